/*
 * A table that people sign in. The rules alone carry it: the tint behind every other row may be
 * lost on a bad copier, or come out as dirt, so it stays away from the cells that are written in.
 */
#include "pdf/documents/sign_parts.h"

#include "pdf/documents/date.h"
#include "pdf/documents/session.h"
#include "pdf/layout/running.h"

#include <stdio.h>
#include <string.h>

static const struct text_style label_style = {
	.family = FONT_SANS, .bold = true, .size = 10, .colour = COLOUR_WINE};
static const struct text_style title_style = {
	.family = FONT_SERIF, .bold = true, .size = 20, .colour = COLOUR_INK};
static const struct text_style fact_style = {
	.family = FONT_SANS, .tabular = true, .size = 11.5, .colour = COLOUR_INK};
static const struct text_style quiet_style = {
	.family = FONT_SANS, .size = 11.5, .colour = COLOUR_INK_2};
static const struct text_style head_style = {
	.family = FONT_SANS, .bold = true, .size = 9.5, .colour = COLOUR_INK};
static const struct text_style number_style = {
	.family = FONT_SANS, .tabular = true, .size = 10, .colour = COLOUR_INK_2};
static const struct text_style name_style = {
	.family = FONT_SANS, .bold = true, .size = 11.5, .colour = COLOUR_INK};
static const struct text_style cell_style = {
	.family = FONT_SANS, .tabular = true, .size = 10, .colour = COLOUR_INK};
static const struct text_style foot_style = {
	.family = FONT_SANS, .size = 8.5, .colour = COLOUR_INK_2};

enum { MAX_OWN = 4, MAX_COLUMNS = MAX_OWN + 4 };

enum column_kind {
	COLUMN_NUMBER,
	COLUMN_NAME,
	COLUMN_AFFILIATION,
	COLUMN_TEXT,
	COLUMN_TICK,
	COLUMN_WRITE
};

struct column {
	enum column_kind kind;
	const char *title;
	double x, width; /* from where lines begin */
	int own;         /* which one of the sheet's own; -1: none of them */
};

struct sheet_list {
	struct doc *doc;
	const cJSON *model, *sheet;
	struct flow_frame frame;
	double width;             /* of the text area */
	struct mirror text, page; /* of blocks in that area; of what is drawn on the page */
	struct column columns[MAX_COLUMNS];
	int n_columns;
	struct tag *head, *table, *names; /* what stands above, and the row of the columns' names */
};

static const double margin = MM(15), row_height = MM(11), cell_pad = MM(1.5);
static const double number_w = MM(10), own_w = 18, least_signature_w = MM(46);
static const double rule = 0.6;
static const unsigned tint = 0xf0f0f0;

/* ---- columns ------------------------------------------------------------------------------- */

static void add_column(struct sheet_list *l, enum column_kind kind, const char *title, double width)
{
	struct column *c = &l->columns[l->n_columns];
	double x = l->n_columns ? c[-1].x + c[-1].width : 0;
	*c = (struct column){kind, title, x, width, -1};
	l->n_columns++;
}

static double own_width(const cJSON *column)
{
	return MM(model_number(column, "width", own_w));
}

static double own_widths(const cJSON *sheet)
{
	const cJSON *column;
	double width = 0;
	cJSON_ArrayForEach(column, json_get(sheet, "columns")) width += own_width(column);
	return width;
}

static void add_own_columns(struct sheet_list *l)
{
	const cJSON *column;
	int own = 0;
	cJSON_ArrayForEach(column, json_get(l->sheet, "columns"))
	{
		const char *kind = model_text(column, "kind");
		add_column(l,
			strcmp(kind, "text") == 0   ? COLUMN_TEXT
			: strcmp(kind, "tick") == 0 ? COLUMN_TICK
						    : COLUMN_WRITE,
			model_text(column, "title"), own_width(column));
		l->columns[l->n_columns - 1].own = own++;
	}
}

/* What number and own columns leave is shared: name and affiliation get a third each, and the
 * signature a little more. */
static void make_columns(struct sheet_list *l)
{
	double left = l->width - number_w - own_widths(l->sheet), signature = left * 0.34;
	if (signature < least_signature_w)
		signature = least_signature_w;
	double name = (left - signature) * 0.52;
	l->n_columns = 0;
	add_column(l, COLUMN_NUMBER, sign_word(l->model, "number"), number_w);
	add_column(l, COLUMN_NAME, sign_word(l->model, "name"), name);
	add_column(
		l, COLUMN_AFFILIATION, sign_word(l->model, "affiliation"), left - signature - name);
	add_own_columns(l);
	add_column(l, COLUMN_WRITE, sign_word(l->model, "signature"), signature);
}

/* ---- rows ---------------------------------------------------------------------------------- */

/* One row of the table: its person, or NULL for who walks in. */
struct entry {
	const cJSON *person;
	int number;     /* from 1 */
	struct tag *tr; /* NULL: it is only measured */
};

static const char *text_in(
	const struct sheet_list *l, const struct column *c, const struct entry *e)
{
	const cJSON *cells = json_get(e->person, "cells");
	switch (c->kind) {
	case COLUMN_NUMBER:
		return arena_printf(l->doc->arena, "%d", e->number);
	case COLUMN_NAME:
		return model_text(e->person, "name");
	case COLUMN_AFFILIATION:
		return model_text(e->person, "affiliation");
	case COLUMN_TEXT:
		if (c->own < cJSON_GetArraySize(cells))
			return cJSON_GetArrayItem(cells, c->own)->valuestring;
		return "";
	case COLUMN_TICK:
	case COLUMN_WRITE:
		break;
	}
	return "";
}

static const struct text_style *style_in(enum column_kind kind)
{
	return kind == COLUMN_NUMBER ? &number_style
	       : kind == COLUMN_NAME ? &name_style
				     : &cell_style;
}

static void add_cell(const struct sheet_list *l, struct block *b, size_t row,
	const struct column *c, const struct entry *e)
{
	const struct text_style *style = style_in(c->kind);
	const double side = MM(5);
	const char *lang = c->kind == COLUMN_NAME ? json_text(e->person, "lang") : NULL;
	struct tag *tag = e->tr ? tag_new(e->tr, "TD", lang, NULL) : NULL;
	if (c->kind == COLUMN_TICK) {
		sign_tick_box(l->doc, b, row,
			&(struct tick_box){
				.x = mirror_x(&l->text, c->x + (c->width - side) / 2, side),
				.side = side,
				.style = &name_style,
				.letter = ""});
		return;
	}
	struct block_text text = mirror_text(&l->text,
		&(struct block_text){
			.paragraph = paragraph_of(l->doc->type, style, text_in(l, c, e), lang),
			.x = c->x + (c->kind == COLUMN_NUMBER ? 0 : cell_pad),
			.width = c->width - (c->kind == COLUMN_NUMBER ? 1 : 2) * cell_pad,
			.leading = name_style.size * 1.2,
			.tag = tag});
	if (c->kind == COLUMN_NUMBER)
		text.align = ALIGN_RIGHT; /* in every language, so that tens stand below tens */
	block_beside(b, row, &text);
}

/* The texts of one row, in a block of their own or below a pad. */
static void add_cells(const struct sheet_list *l, struct block *b, const struct entry *e)
{
	size_t row = block_rows(b);
	for (int i = 0; i < l->n_columns; i++)
		add_cell(l, b, row, &l->columns[i], e);
}

static double cells_height(const struct sheet_list *l, const struct entry *e)
{
	struct block *b = block_new(l->doc);
	struct entry measured = *e;
	measured.tr = NULL;
	add_cells(l, b, &measured);
	return block_height(b);
}

static void add_upright(const struct sheet_list *l, struct block *b, double x)
{
	block_tint(b, 0, mirror_x(&l->text, x, rule), rule, COLOUR_INK_2);
}

/* Lines where every cell that is written in begins, and where the table ends. */
static void add_lines(const struct sheet_list *l, struct block *b, enum column_kind from)
{
	for (int i = 0; i < l->n_columns; i++)
		if (l->columns[i].kind >= from)
			add_upright(l, b, l->columns[i].x);
	add_upright(l, b, l->width - rule);
}

static void add_row(const struct sheet_list *l, struct flow *flow, const struct entry *e)
{
	struct block *b = block_new(l->doc);
	double height = cells_height(l, e), pad = (row_height - height) / 2;
	if (pad < MM(1.8))
		pad = MM(1.8);
	/* The rule of the row above is drawn again, over the tint: it would nibble at it. */
	block_pad(b, -rule);
	block_rule(b, 0, l->width, rule, COLOUR_INK_2);
	block_pad(b, pad);
	add_cells(l, b, e);
	block_pad(b, pad);
	double known = l->columns[COLUMN_AFFILIATION + 1].x;
	if (e->person && e->number % 2 == 0)
		block_tint(b, 1, mirror_x(&l->text, 0, known), known, tint);
	block_rule(b, 0, l->width, rule, COLOUR_INK_2);
	add_lines(l, b, e->person ? COLUMN_TEXT : COLUMN_NAME);
	block_keep(b, 0, false);
	if (e->number == 1)
		block_bookmark(b, 0, 0, model_text(l->sheet, "title"));
	flow_add(flow, b);
	doc_forget(l->doc);
}

/* No sheet is begun for a few empty rows, when others stand on the one before. */
static bool stands_alone(const struct flow *flow, int n_rows)
{
	const int few = 6;
	return n_rows <= few && flow_room(flow) < row_height + rule;
}

static void add_rows(struct sheet_list *l, struct flow *flow)
{
	const cJSON *person;
	int number = 0, n_more = (int)json_int(l->sheet, "walk_ins", 0);
	cJSON_ArrayForEach(person, json_get(l->sheet, "rows"))
	{
		doc_about(l->doc, model_text(person, "name"));
		add_row(l, flow,
			&(struct entry){person, ++number, tag_new(l->table, "TR", NULL, NULL)});
	}
	for (int n = 0; n < n_more && !(n && stands_alone(flow, n_more - n)); n++)
		add_row(l, flow,
			&(struct entry){NULL, ++number, tag_new(l->table, "TR", NULL, NULL)});
}

/* ---- pages --------------------------------------------------------------------------------- */

/* The first page is read, its repetitions are artifacts. */
static struct tag *tag_on(
	const struct flow_page *page, struct tag *parent, const char *type, const char *lang)
{
	return page->number == 1 ? tag_new(parent, type, lang, NULL) : NULL;
}

static double put(struct sheet_list *l, const struct flow_page *page, const struct slot *slot,
	const char *text, const char *lang, const char *type)
{
	const struct slot s = mirror_slot(&l->page, slot);
	return slot_put(l->doc, page->page, &s, text, lang, tag_on(page, l->head, type, lang));
}

/* "Wednesday 8 September 2027 · 14:00–16:00 · Study 1". */
static struct paragraph *facts_of(const struct sheet_list *l)
{
	struct arena *a = l->doc->arena;
	const char *on = json_text(l->sheet, "on");
	const char *const facts[] = {on ? date_long(a, l->doc->lang, on) : NULL,
		session_hours(a, l->doc->lang, l->sheet), json_text(l->sheet, "room")};
	return mirror_parts(&l->page, l->doc, &fact_style, facts, 3, " · ");
}

static double draw_facts(struct sheet_list *l, const struct flow_page *page, struct slot s)
{
	const struct paragraph *facts = facts_of(l);
	double from = s.y;
	s = mirror_slot(&l->page, &s);
	s.leading = 1.35;
	s.style = &fact_style;
	s.height = MM(6);
	if (facts->n_pieces)
		s.y += slot_put_paragraph(
			l->doc, page->page, &s, facts, tag_on(page, l->head, "P", NULL));
	struct people people = {.list = json_get(l->sheet, "leaders"),
		.lead = sign_word(l->model, "leader"),
		.name = &fact_style,
		.quiet = &quiet_style,
		.direction = sign_direction(l->model)};
	if (model_count(people.list)) {
		people.tag = tag_on(page, l->head, "P", NULL);
		s.height = MM(11);
		s.y += slot_put_paragraph(
			l->doc, page->page, &s, sign_people(l->doc, &people), people.tag);
	}
	return s.y - from;
}

/* The names of the columns, standing on a heavy rule; returns where the rows begin. */
static double draw_columns(struct sheet_list *l, const struct flow_page *page, double y)
{
	struct tag *tr = page->number == 1 ? l->names : NULL;
	const double height = MM(9);
	for (int i = 0; i < l->n_columns; i++) {
		const struct column *c = &l->columns[i];
		struct slot s = {.style = &head_style,
			.x = margin + c->x + (i ? cell_pad : 0),
			.y = y,
			.width = c->width - (i ? 2 : 1) * cell_pad,
			.height = height,
			.leading = 1.15,
			.vertical = SLOT_BOTTOM,
			.align = c->kind == COLUMN_TICK ? ALIGN_CENTRE : ALIGN_LEFT};
		s = mirror_slot(&l->page, &s);
		doc_about(l->doc, c->own < 0 ? NULL : model_text(l->sheet, "title"));
		if (c->kind == COLUMN_NUMBER)
			s.align = ALIGN_RIGHT;
		slot_put(l->doc, page->page, &s, c->title, NULL,
			tr ? tag_new(tr, "TH", NULL, NULL) : NULL);
	}
	page_mark(page->page, NULL);
	page_rect(page->page, margin, y + height + MM(1), l->width, 1.4, COLOUR_INK);
	return y + height + MM(1) + 1.4;
}

static double begin_page(void *context, const struct flow_page *page, double top)
{
	struct sheet_list *l = context;
	struct slot s = {.style = &label_style,
		.x = margin,
		.y = top,
		.width = l->width,
		.height = MM(5),
		.leading = 1.3};
	const char *lang = json_text(l->sheet, "lang");
	s.y += put(l, page, &s, sign_word(l->model, "sign_in"), NULL, "P") + 2;
	doc_about(l->doc, model_text(l->sheet, "title"));
	s.style = &title_style;
	s.leading = 1.18;
	s.height = MM(18);
	s.least = 11;
	s.align = mirror_heading(&l->page);
	s.y += put(l, page, &s, model_text(l->sheet, "title"), lang, "H1") + 3;
	s.least = 0;
	s.align = ALIGN_LEFT;
	s.y += draw_facts(l, page, s);
	return draw_columns(l, page, s.y + MM(1));
}

/* The note, and the event below it, a line each. */
struct foot {
	struct running lines[2];
	int n;
};

static struct foot foot_of(const struct sheet_list *l)
{
	const char *texts[] = {
		json_text(l->model, "note"), model_text(json_get(l->model, "event"), "title")};
	struct foot f = {.n = 0};
	double y = l->frame.height - MM(15);
	for (int i = 0; i < 2; i++) {
		const struct running_part text = {&foot_style, texts[i]},
					  none = {&foot_style, NULL};
		if (!texts[i])
			continue;
		f.lines[f.n++] = (struct running){.x = margin,
			.y = y,
			.width = l->width,
			.left = l->page.is_on ? none : text,
			.right = l->page.is_on ? text : none};
		y += foot_style.size * 1.35;
	}
	return f;
}

static void end_page(void *context, const struct flow_page *page)
{
	struct sheet_list *l = context;
	const struct foot f = foot_of(l);
	for (int i = 0; i < f.n; i++)
		running_put(l->doc, page->page, &f.lines[i]);
}

/* What is shortened there stands nowhere else on the sheet. */
static void warn_of_foot(const struct sheet_list *l)
{
	const struct foot f = foot_of(l);
	for (int i = 0; i < f.n; i++) {
		const struct running_lines lines = running_fit(l->doc, &f.lines[i]);
		const char *text =
			lines.left.n_lines ? f.lines[i].left.text : f.lines[i].right.text;
		if (lines.is_left_shortened || lines.is_right_shortened)
			doc_warn_long(l->doc, paragraph_of(l->doc->type, &foot_style, text, NULL));
	}
}

static void number_page(void *context, const struct flow_page *page, int n_pages)
{
	struct sheet_list *l = context;
	const struct edge_line line = {.style = &label_style,
		.x = margin,
		.y = l->frame.top,
		.width = l->width,
		.align = ALIGN_RIGHT};
	sign_edge(l->doc, page->page, &line,
		sign_page_of(l->doc->arena, l->model, page->number, n_pages));
}

static void draw_sheet(struct sheet_list *l)
{
	make_columns(l);
	struct tag *sect = tag_new(tag_root(l->doc->tags), "Sect", NULL, NULL);
	struct flow *flow = flow_new(l->doc, &l->frame);
	/* The head is drawn when the first row opens the page, but is read before it. */
	l->head = tag_new(sect, "Div", NULL, NULL);
	l->table = tag_new(sect, "Table", NULL, NULL);
	l->names = tag_new(l->table, "TR", NULL, NULL);
	add_rows(l, flow);
	flow_finish(flow);
}

/* What no schema says: the columns leave room for names, and every cell has its column. */
static enum rc check(struct arena *a, const cJSON *model, double most, struct err *err)
{
	const cJSON *sheet, *person;
	int i = 0;
	cJSON_ArrayForEach(sheet, json_get(model, "sheets"))
	{
		size_t n_columns = model_count(json_get(sheet, "columns"));
		int k = 0;
		if (own_widths(sheet) > most + 0.01)
			err_field(err, arena_printf(a, "sheets.%d.columns", i),
				"These are %.0f mm wide together; there is room for %.0f",
				own_widths(sheet) / MM(1), most / MM(1));
		if (!model_count(json_get(sheet, "rows")) && !json_int(sheet, "walk_ins", 0))
			err_field(err, arena_printf(a, "sheets.%d.rows", i),
				"There is nobody on this sheet, and no row to write in");
		cJSON_ArrayForEach(person, json_get(sheet, "rows"))
		{
			if (model_count(json_get(person, "cells")) > n_columns)
				err_field(err, arena_printf(a, "sheets.%d.rows.%d.cells", i, k),
					"These are more cells than the sheet has columns");
			k++;
		}
		i++;
	}
	return err->fields ? err_set(err, INVALID, "Nothing was printed: some sheets are wrong")
			   : OK;
}

enum rc sign_in_sheet_print(struct doc *d, const cJSON *model, struct err *err)
{
	bool is_wide = strcmp(model_text(json_get(model, "page"), "orientation"), "landscape") == 0;
	struct sheet_list l = {.doc = d, .model = model};
	l.frame = (struct flow_frame){.width = is_wide ? MM(297) : MM(210),
		.height = is_wide ? MM(210) : MM(297),
		.left = margin,
		.right = margin,
		.top = MM(13),
		.bottom = MM(19),
		.context = &l,
		.begin = begin_page,
		.end = end_page,
		.total = number_page};
	l.width = l.frame.width - 2 * margin;
	l.text = mirror_for(d->lang, l.width);
	l.page = mirror_for(d->lang, l.frame.width);
	TRY(check(d->arena, model, is_wide ? MM(120) : MM(54), err));
	core_set_title(d->core,
		arena_printf(d->arena, "%s: %s", model_text(json_get(model, "event"), "title"),
			sign_word(model, "sign_in")));
	warn_of_foot(&l);
	cJSON_ArrayForEach(l.sheet, json_get(model, "sheets")) draw_sheet(&l);
	return OK;
}
