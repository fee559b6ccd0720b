/*
 * Places on paper. A cell is what is cut out: one side of a badge, or both when it is folded. A
 * cell may lie on its side; its parts are turned with it.
 */
#include "pdf/documents/badge_parts.h"

#include <math.h>
#include <string.h>

static const double tolerance = MM(0.05);

struct preset {
	const char *name;
	double width, height; /* of the cell, in millimetres */
	int columns, rows;
	double gap_x, gap_y;
};

/* A badge of the other orientation lies on its side. */
static const struct preset presets[] = {
#define BADGE_SHEET(name, title, width, height, columns, rows, gap_x, gap_y)                       \
	{name, width, height, columns, rows, gap_x, gap_y},
#include "pdf/documents/badge_sheets.def"
#undef BADGE_SHEET
};

static const struct {
	const char *name;
	double width, height;
} papers[] = {{"A4", 210, 297}, {"A3", 297, 420}, {"Letter", 215.9, 279.4}};

struct grid {
	double paper_width, paper_height;
	int columns, rows;
	double left, top, gap_x, gap_y;
	bool is_turned, has_marks, has_backs;
	double bleed;
};

struct badge_sheets {
	struct badge_press *press;
	struct grid grid;
	double cell_width, cell_height; /* upright */
	int place;                      /* the next one, counted over the open sheet */
	int n_used;                     /* places of the open sheet that were cut out before */
	struct sheet *fronts, *backs;   /* open; NULL: none */
};

/* ---- the grid ------------------------------------------------------------------------------ */

static bool is_near(double a, double b)
{
	return fabs(a - b) < tolerance;
}

/* The schema lets through only names that are in the table. */
static const struct preset *preset_named(const char *name)
{
	size_t i = sizeof presets / sizeof presets[0] - 1;
	while (i > 0 && strcmp(presets[i].name, name) != 0)
		i--;
	return &presets[i];
}

static void read_paper(const cJSON *sheet, struct grid *g)
{
	const cJSON *own = json_get(sheet, "paper_size");
	const char *name = json_text(sheet, "paper");
	size_t chosen = 0;
	for (size_t i = 0; name && i < sizeof papers / sizeof papers[0]; i++)
		if (strcmp(papers[i].name, name) == 0)
			chosen = i;
	g->paper_width = MM(model_number(own, "width", papers[chosen].width));
	g->paper_height = MM(model_number(own, "height", papers[chosen].height));
}

static enum rc apply_preset(struct badge_sheets *s, const struct preset *p, struct err *err)
{
	double width = MM(p->width), height = MM(p->height);
	bool is_upright = is_near(s->cell_width, width) && is_near(s->cell_height, height);
	bool is_turned = is_near(s->cell_width, height) && is_near(s->cell_height, width);
	if (!is_upright && !is_turned)
		return err_field(err, "sheet.preset",
			"This sheet is for badges of %g × %g mm; these are %g × %g mm", p->width,
			p->height, s->cell_width / MM(1), s->cell_height / MM(1));
	s->grid.columns = p->columns;
	s->grid.rows = p->rows;
	s->grid.gap_x = MM(p->gap_x);
	s->grid.gap_y = MM(p->gap_y);
	s->grid.is_turned = is_turned;
	return OK;
}

static double block_side(double cell, int n, double gap)
{
	return cell * n + gap * (n - 1);
}

static enum rc check_grid(const struct badge_sheets *s, double across, double down, struct err *err)
{
	const struct grid *g = &s->grid;
	double room = g->gap_x < g->gap_y ? g->gap_x : g->gap_y;
	bool is_single = g->columns == 1 && g->rows == 1;
	if (g->left < -tolerance || g->left + across > g->paper_width + tolerance)
		err_field(err, "sheet.columns", "This is %g mm wide, and the paper %g mm",
			(g->left > 0 ? g->left + across : across) / MM(1), g->paper_width / MM(1));
	if (g->top < -tolerance || g->top + down > g->paper_height + tolerance)
		err_field(err, "sheet.rows", "This is %g mm high, and the paper %g mm",
			(g->top > 0 ? g->top + down : down) / MM(1), g->paper_height / MM(1));
	if (g->bleed > 0 && s->press->layout.is_folded)
		err_field(err, "sheet.bleed", "What is folded shares an edge and cannot bleed");
	else if (g->bleed > 0 && !is_single && 2 * g->bleed > room + tolerance)
		err_field(err, "sheet.bleed", "Between the badges is room for %g mm",
			room / 2 / MM(1));
	if (s->place >= g->columns * g->rows)
		err_field(err, "sheet.skip", "This sheet has %d places", g->columns * g->rows);
	return err->fields ? INVALID : OK;
}

static enum rc read_grid(struct badge_sheets *s, const cJSON *sheet, struct err *err)
{
	struct grid *g = &s->grid;
	const cJSON *turned = json_get(sheet, "turned");
	const char *preset = json_text(sheet, "preset");
	if (preset)
		TRY(apply_preset(s, preset_named(preset), err));
	read_paper(sheet, g);
	g->columns = (int)json_int(sheet, "columns", g->columns);
	g->rows = (int)json_int(sheet, "rows", g->rows);
	if (g->columns < 1 || g->rows < 1)
		return err_field(err, "sheet.columns",
			"Give a preset, or the number of columns and of rows");
	g->gap_x = MM(model_number(sheet, "gap_x", g->gap_x / MM(1)));
	g->gap_y = MM(model_number(sheet, "gap_y", g->gap_y / MM(1)));
	g->is_turned = turned ? cJSON_IsTrue(turned) : g->is_turned;
	g->bleed = MM(model_number(sheet, "bleed", 0));
	g->has_marks = json_bool(sheet, "crop_marks");
	if (json_get(sheet, "duplex") && !json_bool(sheet, "duplex"))
		g->has_backs = false;
	double width = g->is_turned ? s->cell_height : s->cell_width,
	       height = g->is_turned ? s->cell_width : s->cell_height;
	double across = block_side(width, g->columns, g->gap_x),
	       down = block_side(height, g->rows, g->gap_y);
	g->left = MM(model_number(sheet, "left", (g->paper_width - across) / 2 / MM(1)));
	g->top = MM(model_number(sheet, "top", (g->paper_height - down) / 2 / MM(1)));
	s->place = s->n_used = (int)json_int(sheet, "skip", 0);
	return check_grid(s, across, down, err);
}

enum rc badge_sheets_new(struct badge_press *press, struct badge_sheets **out, struct err *err)
{
	const struct badge_layout *l = &press->layout;
	const cJSON *sheet = json_get(press->model, "sheet");
	struct badge_sheets *s = *out = ARENA_NEW(press->doc->arena, struct badge_sheets);
	s->press = press;
	s->cell_width = l->width;
	s->cell_height = l->height * (l->is_folded ? 2 : 1);
	s->grid.has_backs = l->back.n && !l->is_folded;
	if (sheet)
		return read_grid(s, sheet, err);
	s->grid.paper_width = s->cell_width;
	s->grid.paper_height = s->cell_height;
	s->grid.columns = s->grid.rows = 1;
	return OK;
}

/* ---- pages --------------------------------------------------------------------------------- */

/* The top left corner of a cell on the paper; backs are mirrored across the long edge. */
static struct badge_box cell_at(const struct badge_sheets *s, int place, bool is_back)
{
	const struct grid *g = &s->grid;
	struct badge_box cell = {.width = g->is_turned ? s->cell_height : s->cell_width,
		.height = g->is_turned ? s->cell_width : s->cell_height};
	cell.x = g->left + (place % g->columns) * (cell.width + g->gap_x);
	cell.y = g->top + (place / g->columns) * (cell.height + g->gap_y);
	if (is_back)
		cell.x = g->paper_width - cell.x - cell.width;
	return cell;
}

/*
 * One side in its cell, whose top is `down` below the cell's. The back of a cell on its side is
 * turned the other way, so that both sides have the same edge at the top.
 */
static struct page *side_page(
	struct badge_sheets *s, struct sheet *sheet, bool is_back, double down, int half_turns)
{
	struct badge_box cell = cell_at(s, s->place, is_back);
	const struct badge_layout *l = &s->press->layout;
	struct panel panel = {.x = cell.x,
		.y = cell.y + down,
		.width = l->width,
		.height = l->height,
		.quarter_turns = 2 * half_turns,
		.bleed = s->grid.bleed};
	if (s->grid.is_turned) {
		panel.x = cell.x + (is_back ? down : s->cell_height - down - l->height);
		panel.y = cell.y;
		panel.quarter_turns += is_back ? 3 : 1;
	}
	return sheet_page(sheet, &panel);
}

static struct sheet *new_sheet(struct badge_sheets *s)
{
	struct doc *d = s->press->doc;
	return sheet_new(d->arena, d->core, s->grid.paper_width, s->grid.paper_height);
}

/* A page over the whole paper, for what belongs to no badge. */
static struct page *paper_page(struct badge_sheets *s, struct sheet *sheet)
{
	struct page *p = sheet_page(sheet,
		&(struct panel){.width = s->grid.paper_width, .height = s->grid.paper_height});
	page_mark(p, NULL);
	return p;
}

static void seal(struct badge_sheets *s, struct sheet *sheet, bool is_back);

static void end_sheets(struct badge_sheets *s)
{
	if (s->fronts)
		seal(s, s->fronts, false);
	if (s->backs)
		seal(s, s->backs, true);
	s->fronts = s->backs = NULL;
}

/* Paper of the badge's own size with nothing else on it: a page as every document has them. */
static bool is_alone(const struct badge_sheets *s)
{
	const struct badge_layout *l = &s->press->layout;
	const struct grid *g = &s->grid;
	return g->columns * g->rows == 1 && !l->is_folded && !g->has_marks && !g->is_turned &&
	       g->paper_width == l->width && g->paper_height == l->height;
}

void badge_sheets_next(struct badge_sheets *s, struct page **front, struct page **back)
{
	const struct badge_layout *l = &s->press->layout;
	const struct grid *g = &s->grid;
	if (is_alone(s)) {
		*front = doc_page(s->press->doc, l->width, l->height);
		*back = g->has_backs ? doc_page(s->press->doc, l->width, l->height) : NULL;
		return;
	}
	if (s->place == g->columns * g->rows) {
		end_sheets(s);
		s->place = s->n_used = 0;
	}
	if (!s->fronts) {
		s->fronts = new_sheet(s);
		s->backs = g->has_backs ? new_sheet(s) : NULL;
	}
	*back = NULL;
	*front = side_page(s, s->fronts, false, l->is_folded ? l->height : 0, 0);
	if (l->is_folded)
		*back = side_page(s, s->fronts, false, 0, 1);
	else if (s->backs)
		*back = side_page(s, s->backs, true, 0, 0);
	s->place++;
}

void badge_sheets_finish(struct badge_sheets *s)
{
	end_sheets(s);
}

/* ---- marks --------------------------------------------------------------------------------- */

static const double hair = 0.35;

static void dashed_line(struct page *p, double x, double y, double length, bool is_upright)
{
	const double dash = MM(1.5), gap = MM(1.5);
	for (double at = gap / 2; at + dash <= length; at += dash + gap)
		page_rect(p, is_upright ? x - hair / 2 : x + at, is_upright ? y + at : y - hair / 2,
			is_upright ? hair : dash, is_upright ? dash : hair, COLOUR_INK_2);
}

static void mark_fold(const struct badge_sheets *s, struct page *p, const struct badge_box *cell)
{
	if (s->grid.is_turned)
		dashed_line(p, cell->x + cell->width / 2, cell->y, cell->height, true);
	else
		dashed_line(p, cell->x, cell->y + cell->height / 2, cell->width, false);
}

/* An edge of a cell, seen along one of the two axes of the paper. */
struct edge {
	double at, away;       /* where it is; 1 or -1: the way out of the cell */
	double length;         /* of a mark outside of it; 0: there is no room for one */
	bool is_outer;         /* no other cell lies beyond it */
	bool is_shared;        /* the cell beyond it touches this one */
	bool leaves_its_marks; /* to the outermost edges of its row or column: the gap is too narrow
				*/
};

/* A mark keeps clear of the bleed; a shorter one than a millimetre leads no knife. */
static double mark_length(const struct grid *g, double room)
{
	const double least = MM(1), most = MM(5), length = room - g->bleed - MM(1);
	return length < least - tolerance ? 0 : length > most ? most : length;
}

static struct edge edge_of(
	const struct grid *g, double at, double margin, double gap, bool is_far, bool is_outer)
{
	double within = mark_length(g, gap / 2);
	return (struct edge){.at = at,
		.away = is_far ? 1 : -1,
		.length = is_outer ? mark_length(g, margin) : within,
		.is_outer = is_outer,
		.is_shared = !is_outer && gap < tolerance,
		.leaves_its_marks = within <= 0};
}

/* Around places that were cut out before, only what others of their row or column are cut by. */
static bool is_wanted(const struct edge *along, bool is_used, bool has_others)
{
	return !is_used || (along->is_outer && along->leaves_its_marks && has_others);
}

/*
 * One of the two marks at a corner: it lies on the cut along the edge `across`, outside of `along`.
 * Where badges touch and nothing is beside the cut, it is half of a small cross on the cut itself.
 */
static void draw_mark(struct page *p, const struct grid *g, const struct edge *along,
	const struct edge *across, bool is_upright)
{
	const double cross = MM(1.5), far = g->bleed + MM(1);
	double start = along->at - cross, length = 2 * cross, middle = across->at - hair / 2;
	if (along->length > 0) {
		length = along->length;
		start = along->away > 0 ? along->at + far : along->at - far - length;
	} else if (!along->is_shared && !across->is_shared) {
		return;
	}
	page_rect(p, is_upright ? middle : start, is_upright ? start : middle,
		is_upright ? hair : length, is_upright ? length : hair, COLOUR_INK);
}

/* Four corners, two marks each: they point away from the badge. */
static void mark_cuts(const struct badge_sheets *s, struct page *p, int place, bool is_back)
{
	const struct grid *g = &s->grid;
	const struct badge_box cell = cell_at(s, place, is_back);
	const int row = place / g->columns, column = place % g->columns;
	const int across = is_back ? g->columns - 1 - column : column; /* from the left */
	const bool is_used = place<s->n_used, row_goes_on = (row + 1) * g->columns> s->n_used,
		   column_goes_on = (g->rows - 1) * g->columns + column >= s->n_used;
	for (int corner = 0; corner < 4; corner++) {
		bool is_right = corner & 1, is_low = corner & 2;
		double right = cell.x + cell.width, low = cell.y + cell.height;
		struct edge x = edge_of(g, is_right ? right : cell.x,
			is_right ? g->paper_width - right : cell.x, g->gap_x, is_right,
			across == (is_right ? g->columns - 1 : 0));
		struct edge y =
			edge_of(g, is_low ? low : cell.y, is_low ? g->paper_height - low : cell.y,
				g->gap_y, is_low, row == (is_low ? g->rows - 1 : 0));
		if (is_wanted(&x, is_used, row_goes_on))
			draw_mark(p, g, &x, &y, false);
		if (is_wanted(&y, is_used, column_goes_on))
			draw_mark(p, g, &y, &x, true);
	}
}

/*
 * White along the cuts where badges touch: the band at the foot of one does not run into the head
 * of the next, and marks are seen on dark bands.
 */
static void part_cells(const struct badge_sheets *s, struct page *p, bool is_back)
{
	const struct grid *g = &s->grid;
	const double line = 0.5;
	for (int place = 0; place < g->columns * g->rows; place++) {
		struct badge_box cell = cell_at(s, place, is_back);
		double inner = is_back ? cell.x + cell.width : cell.x;
		if (g->gap_y < tolerance && place >= g->columns)
			page_rect(p, cell.x, cell.y - line / 2, cell.width, line, COLOUR_WHITE);
		if (g->gap_x < tolerance && place % g->columns > 0)
			page_rect(p, inner - line / 2, cell.y, line, cell.height, COLOUR_WHITE);
	}
}

/* There is nothing more to come on the sheet: folds and cuts go over all that is left of it. */
static void seal(struct badge_sheets *s, struct sheet *sheet, bool is_back)
{
	const struct grid *g = &s->grid;
	bool has_folds = s->press->layout.is_folded;
	if (has_folds || g->has_marks || g->columns * g->rows > 1) {
		struct page *p = paper_page(s, sheet);
		part_cells(s, p, is_back);
		int n = has_folds && !g->has_marks ? s->place : g->columns * g->rows;
		for (int place = 0; place < n; place++) {
			struct badge_box cell = cell_at(s, place, is_back);
			if (has_folds && place >= s->n_used)
				mark_fold(s, p, &cell);
			if (g->has_marks)
				mark_cuts(s, p, place, is_back);
		}
		page_close(p);
	}
	sheet_seal(sheet);
}
