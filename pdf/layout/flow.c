/*
 * Placing rows. A block is put on pages in stretches: as many rows as fit in a column, their tints
 * first, then their contents, then the next column or page. Rows kept with the next one form a
 * group; a group that is taller than a whole page is broken anywhere.
 */
#include "pdf/layout/rows.h"

#include <assert.h>
#include <stdio.h>

/* What waits for a place to be set. */
struct pending {
	struct page *page;
	double box[4]; /* of a link; of a number: its x, baseline, where its leader meets the text
			*/
	struct tag *tag;
	const struct place *place;
	const char *description;        /* links */
	const struct text_style *style; /* numbers */
	bool is_left;                   /* the number stands left of the text of its row */
	struct pending *next;
};

enum { MAX_FLOATS = 16, LEADER_GAP = 5 /* points */ };

/* A full page that waits for the number of pages. */
struct held {
	struct flow_page page;
	struct held *next;
};

struct flow {
	struct doc *doc;
	bool is_rtl;
	struct flow_frame frame;
	struct flow_page page; /* page.page NULL: none is open */
	struct {
		int n, current;
		double gap;
	} columns;
	double top, y;  /* of the column: where it begins, and how far it is filled */
	double bottom;  /* of the column */
	double deepest; /* of all columns so far */
	double head;    /* where the text of the page begins */
	struct {
		struct block *waiting[MAX_FLOATS];
		int n;
	} floats;
	bool has_numbers; /* the open page waits for page numbers */
	const char *running;
	struct core_bookmark *bookmarks[MAX_LEVELS];
	struct pending *links, **links_end;
	struct pending *numbers, **numbers_end;
	struct held *held, **held_end; /* all pages, when the frame asks for their number */
};

struct flow *flow_new(struct doc *d, const struct flow_frame *frame)
{
	struct flow *f = ARENA_NEW(d->arena, struct flow);
	f->doc = d;
	f->is_rtl = doc_is_rtl(d);
	f->frame = *frame;
	f->columns.n = 1;
	f->links_end = &f->links;
	f->numbers_end = &f->numbers;
	f->held_end = &f->held;
	return f;
}

double flow_width(const struct flow *f)
{
	double whole = f->frame.width - f->frame.left - f->frame.right;
	return (whole - (f->columns.n - 1) * f->columns.gap) / f->columns.n;
}

double flow_room(const struct flow *f)
{
	return f->page.page ? f->bottom - f->y : 0;
}

void flow_count_from(struct flow *f, int number)
{
	f->page.number = number - 1;
}

int flow_page_number(const struct flow *f)
{
	return f->page.number;
}

/* The left edge of the column. */
static double left_of(const struct flow *f)
{
	int from_left = f->is_rtl ? f->columns.n - 1 - f->columns.current : f->columns.current;
	return f->page.left + from_left * (flow_width(f) + f->columns.gap);
}

struct place *place_new(struct arena *a)
{
	return ARENA_NEW(a, struct place);
}

int place_number(const struct place *p)
{
	return p->number;
}

/*
 * The head is drawn at once, because it says where the text begins; header and footer at the end.
 * What the frame draws is about the document, whatever part of it the page begins or ends in.
 */
static void begin_page(struct flow *f)
{
	const char *about = doc_about(f->doc, NULL);
	f->page.page = doc_page(f->doc, f->frame.width, f->frame.height);
	f->page.number++;
	f->page.first = f->page.last = NULL;
	bool is_turned = (f->frame.is_mirrored && f->page.number % 2 == 0) != f->is_rtl;
	f->page.left = is_turned ? f->frame.right : f->frame.left;
	f->columns.current = 0;
	f->bottom = f->frame.height - f->frame.bottom;
	f->top = f->frame.top;
	if (f->frame.begin)
		f->top = f->frame.begin(f->frame.context, &f->page, f->top);
	doc_about(f->doc, about);
	f->y = f->deepest = f->head = f->top;
	f->has_numbers = false;
}

static void hold_page(struct flow *f)
{
	struct held *h = ARENA_NEW(f->doc->arena, struct held);
	h->page = f->page;
	*f->held_end = h;
	f->held_end = &h->next;
}

static void end_page(struct flow *f)
{
	const char *about = doc_about(f->doc, NULL);
	f->page.last = f->running;
	f->frame.end(f->frame.context, &f->page);
	doc_about(f->doc, about);
	if (f->frame.total)
		hold_page(f);
	else if (!f->has_numbers)
		page_close(f->page.page);
	f->page.page = NULL;
}

void flow_new_page(struct flow *f)
{
	if (f->page.page && (f->y > f->head || f->deepest > f->head))
		end_page(f);
}

void flow_columns(struct flow *f, int n, double gap)
{
	if (f->page.page) {
		f->y = f->top = f->deepest = f->y > f->deepest ? f->y : f->deepest;
		f->bottom = f->frame.height - f->frame.bottom;
	}
	f->columns.n = n;
	f->columns.gap = gap;
	f->columns.current = 0;
}

static void next_column(struct flow *f)
{
	f->deepest = f->y > f->deepest ? f->y : f->deepest;
	if (f->columns.current + 1 < f->columns.n) {
		f->columns.current++;
		f->y = f->top;
	} else {
		end_page(f);
	}
}

static struct pending *add_pending(
	struct flow *f, struct pending ***end, struct tag *tag, const struct place *place)
{
	struct pending *p = ARENA_NEW(f->doc->arena, struct pending);
	p->page = f->page.page;
	p->tag = tag;
	p->place = place;
	**end = p;
	*end = &p->next;
	return p;
}

static void trace_line(
	const struct flow *f, const struct row_item *item, const struct draw_place *at)
{
	const struct line *line = item->text.line;
	double left = item->width - line->width;
	bool is_justified = item->text.align == ALIGN_JUSTIFY && !line->is_last && !line->is_ragged;
	f->doc->trace(f->doc->trace_context, &(struct placed_line){.page = f->page.number,
						     .column = f->columns.current,
						     .x = at->x,
						     .baseline = at->baseline,
						     .tag = item->text.tag,
						     .line = line,
						     .index = item->text.index,
						     .n_lines = item->text.n_lines,
						     .is_justified = is_justified,
						     .ratio = !is_justified ? 0
							      : left > 0    ? left / line->stretch
							      : left < 0    ? left / line->shrink
									    : 0});
}

static void place_line(struct flow *f, const struct row *r, const struct row_item *item)
{
	const struct line *line = item->text.line;
	struct draw_place at =
		line_place(line, left_of(f) + item->x, item->width, item->text.align);
	at.baseline = r->y + r->baseline;
	at.tag = item->text.tag;
	draw_line(f->page.page, f->doc->fonts, line, &at);
	if (f->doc->trace)
		trace_line(f, item, &at);
	if (!item->text.link)
		return;
	struct pending *p = add_pending(f, &f->links_end, item->text.tag, item->text.link);
	p->box[0] = at.x;
	p->box[1] = r->y;
	p->box[2] = line->width;
	p->box[3] = r->height;
	p->description = arena_strdup(f->doc->arena, item->text.description);
}

static void place_chip(struct flow *f, const struct row *r, const struct row_item *item)
{
	const struct block_chip *chip = &item->chip.of;
	double x = left_of(f) + chip->x, size = chip->letter->size;
	/* Capitals are two thirds of the size high; the square stands around their middle. */
	double y = r->y + r->baseline - size / 3 - chip->side / 2;
	page_mark(f->page.page, NULL);
	page_rect(f->page.page, x, y, chip->side, chip->side, chip->colour);
	struct draw_place at = line_place(&item->chip.line, x, chip->side, ALIGN_CENTRE);
	at.baseline = r->y + r->baseline + size / 30;
	at.tag = chip->tag;
	draw_line(f->page.page, f->doc->fonts, &item->chip.line, &at);
}

static void place_bookmark(struct flow *f, const struct row *r, const struct row_item *item)
{
	int level = item->bookmark.level;
	struct core_bookmark *parent = level ? f->bookmarks[level - 1] : NULL;
	f->bookmarks[level] = core_bookmark_new(f->doc->core, parent, item->bookmark.title,
		page_core(f->page.page), page_core_y(f->page.page, r->y));
}

/* Where the texts of a row end on the right, or on the left. */
static double end_of_text(const struct flow *f, const struct row *r, bool on_left)
{
	double end = on_left ? f->frame.width : 0;
	for (const struct row_item *item = r->items; item; item = item->next) {
		if (item->kind != ROW_LINE)
			continue;
		struct draw_place at = line_place(
			item->text.line, left_of(f) + item->x, item->width, item->text.align);
		double right = at.x + item->text.line->width;
		if (on_left)
			end = at.x < end ? at.x : end;
		else
			end = right > end ? right : end;
	}
	return end;
}

static void place_page_number(struct flow *f, const struct row *r, const struct row_item *item)
{
	const struct block_number *n = &item->number;
	struct pending *p = add_pending(f, &f->numbers_end, n->tag, n->place);
	p->box[0] = left_of(f) + n->x;
	p->box[1] = r->y + r->baseline;
	p->style = n->style;
	p->is_left = n->is_left;
	f->has_numbers = true;
	if (n->has_leader)
		p->box[2] = end_of_text(f, r, n->is_left);
}

static void place_item(struct flow *f, const struct row *r, const struct row_item *item)
{
	switch (item->kind) {
	case ROW_LINE:
		place_line(f, r, item);
		break;
	case ROW_RULE:
		page_mark(f->page.page, NULL);
		page_rect(f->page.page, left_of(f) + item->x, r->y, item->width,
			item->rule.thickness, item->rule.colour);
		break;
	case ROW_CHIP:
		place_chip(f, r, item);
		break;
	case ROW_FIGURE:
		item->figure.draw(
			item->figure.context, f->page.page, left_of(f) + item->figure.x, r->y);
		break;
	case ROW_NUMBER:
		place_page_number(f, r, item);
		break;
	case ROW_PLACE:
		*item->place = (struct place){
			page_core(f->page.page), page_core_y(f->page.page, r->y), f->page.number};
		break;
	case ROW_BOOKMARK:
		place_bookmark(f, r, item);
		break;
	case ROW_RUNNING:
		f->running = arena_strdup(f->doc->arena, item->running);
		break;
	}
}

static void place_tints(struct flow *f, const struct block *b, size_t from, size_t to)
{
	for (const struct tint *t = b->tints; t; t = t->next) {
		size_t first = t->from > from ? t->from : from, behind = t->to < to ? t->to : to;
		if (first >= behind)
			continue;
		const struct row *top = b->rows[first], *last = b->rows[behind - 1];
		page_mark(f->page.page, NULL);
		page_rect(f->page.page, left_of(f) + t->x, top->y, t->width,
			last->y + last->height - top->y, t->colour);
	}
}

/* The text goes on across the page below columns that have ended: no head of anything. */
static bool is_below_columns(const struct flow *f)
{
	return f->columns.n == 1 && f->top > f->head;
}

/*
 * Gives a y to the rows from `from` that fit in the column; returns the first that does not. Only
 * at the head of a page must a row be put whether it fits or not.
 */
static size_t fit_rows(struct flow *f, struct block *b, size_t from)
{
	double bottom = f->bottom + 1e-6, page = f->frame.height - f->frame.bottom - f->frame.top;
	double height;
	for (size_t row = from; row < b->n_rows;) {
		size_t end = rows_group_end(b, row, &height);
		if (height <= page && f->y + height > bottom && f->y > f->head)
			return row;
		for (; row < end; row++) {
			struct row *r = b->rows[row];
			bool vanishes = r->is_space && f->y == f->top && !is_below_columns(f);
			if (!vanishes && f->y + r->height > bottom && f->y > f->head)
				return row;
			r->y = f->y;
			f->y += vanishes ? 0 : r->height;
		}
	}
	return b->n_rows;
}

/* Puts rows on the open column; returns the first that did not fit. */
static size_t place_rows(struct flow *f, struct block *b, size_t from)
{
	size_t to = fit_rows(f, b, from);
	place_tints(f, b, from, to);
	for (size_t i = from; i < to; i++) {
		for (const struct row_item *item = b->rows[i]->items; item; item = item->next)
			place_item(f, b->rows[i], item);
		if (!f->page.first && !b->rows[i]->is_space)
			f->page.first = f->running;
	}
	return to;
}

static void add_rows(struct flow *f, struct block *b)
{
	for (size_t from = 0, to; from < b->n_rows; from = to) {
		if (!f->page.page)
			begin_page(f);
		to = place_rows(f, b, from);
		if (to < b->n_rows)
			next_column(f);
	}
}

/* At the head of a column: what found no room before. */
static void add_floats(struct flow *f)
{
	int n = f->floats.n;
	f->floats.n = 0;
	for (int i = 0; i < n; i++)
		add_rows(f, f->floats.waiting[i]);
}

void flow_add(struct flow *f, struct block *b)
{
	for (size_t from = 0, to; from < b->n_rows; from = to) {
		if (!f->page.page)
			begin_page(f);
		if (f->floats.n && f->y == f->top)
			add_floats(f);
		to = place_rows(f, b, from);
		if (to < b->n_rows)
			next_column(f);
	}
}

void flow_float(struct flow *f, struct block *b)
{
	bool fits = f->page.page && f->y + block_height(b) <= f->bottom;
	if (fits || f->floats.n == MAX_FLOATS)
		add_rows(f, b);
	else
		f->floats.waiting[f->floats.n++] = b;
}

bool flow_is_settled(const struct flow *f)
{
	return f->floats.n == 0;
}

void flow_need(struct flow *f, double height)
{
	if (!f->page.page || f->bottom - f->y >= height)
		return;
	if (f->y > f->top)
		next_column(f);
	else if (f->top > f->head) /* the other columns are no longer */
		end_page(f);
}

void flow_settle(struct flow *f)
{
	while (f->floats.n) {
		if (f->page.page)
			next_column(f);
		add_floats(f);
	}
}

void flow_add_balanced(struct flow *f, struct block *b)
{
	for (size_t from = 0, to; from < b->n_rows; from = to) {
		if (!f->page.page)
			begin_page(f);
		if (f->columns.current == 0 && f->y == f->top)
			f->bottom = f->top +
				    rows_balanced_height(b, from, f->bottom - f->top, f->columns.n);
		to = place_rows(f, b, from);
		if (to < b->n_rows)
			next_column(f);
	}
}

static const char *number_text(struct flow *f, const struct place *place)
{
	return arena_printf(typesetter_arena(f->doc->type), "%d", place->number);
}

static void set_number(struct flow *f, const struct pending *p)
{
	struct paragraph *paragraph =
		paragraph_of(f->doc->type, p->style, number_text(f, p->place), NULL);
	struct lines lines = paragraph_wrap(f->doc->type, paragraph, 1000, WRAP_ANY);
	const struct line *line = &lines.lines[0];
	struct draw_place at =
		line_place(line, p->box[0], 0, p->is_left ? ALIGN_LEFT : ALIGN_RIGHT);
	double from = p->is_left ? at.x + line->width : p->box[2],
	       to = p->is_left ? p->box[2] : at.x;
	at.baseline = p->box[1];
	at.tag = p->tag;
	if (p->box[2] > 0)
		page_leader(p->page, from + LEADER_GAP, to - LEADER_GAP, at.baseline);
	draw_line(p->page, f->doc->fonts, line, &at);
}

void flow_finish(struct flow *f)
{
	flow_settle(f);
	if (f->page.page)
		end_page(f);
	for (const struct pending *p = f->links; p; p = p->next) {
		assert(p->place->page);
		page_link(p->page, p->tag, p->box, p->place->page, p->place->y,
			p->description ? p->description : number_text(f, p->place));
	}
	for (const struct pending *p = f->numbers; p; p = p->next) {
		assert(p->place->page);
		set_number(f, p);
		if (!f->frame.total && (!p->next || p->next->page != p->page))
			page_close(p->page);
	}
	doc_about(f->doc, NULL);
	for (const struct held *h = f->held; h; h = h->next) {
		f->frame.total(f->frame.context, &h->page, f->page.number);
		page_close(h->page.page);
	}
}
