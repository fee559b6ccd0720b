/*
 * Everything stands on A5 landscape in millimetres; A4 and A6 are the same at the scale of their
 * sides. Nothing reaches the edge, where an office printer does not print, and a sheet is filled
 * without gaps: one cut parts two labels.
 */
#include "pdf/documents/sign_parts.h"

#include "pdf/documents/date.h"
#include "pdf/documents/hues.h"
#include "pdf/documents/session.h"

#include <string.h>

static const struct text_style number_style = {
	.family = FONT_SANS, .bold = true, .tabular = true, .size = 170, .colour = COLOUR_INK};
static const struct text_style letter_style = {
	.family = FONT_SANS, .bold = true, .size = 32, .colour = COLOUR_WHITE};
static const struct text_style theme_style = {
	.family = FONT_SANS, .bold = true, .size = 14, .colour = COLOUR_INK};
static const struct text_style title_style = {
	.family = FONT_SERIF, .bold = true, .size = 28, .colour = COLOUR_INK};
static const struct text_style author_style = {
	.family = FONT_SANS, .size = 14, .colour = COLOUR_INK};
static const struct text_style presenter_style = {
	.family = FONT_SANS, .bold = true, .size = 14, .colour = COLOUR_INK};
static const struct text_style quiet_style = {
	.family = FONT_SANS, .size = 14, .colour = COLOUR_INK_2};
static const struct text_style session_style = {
	.family = FONT_SANS, .bold = true, .size = 12, .colour = COLOUR_INK};
static const struct text_style when_style = {
	.family = FONT_SANS, .tabular = true, .size = 12, .colour = COLOUR_INK};
static const struct text_style code_style = {
	.family = FONT_SANS, .tabular = true, .size = 9.5, .colour = COLOUR_INK_2};

/* On A5, in millimetres. */
enum {
	PAGE_W = 210,
	MARGIN = 12,
	RIGHT = PAGE_W - MARGIN,
	NUMBER_W = 118,
	SIDE_X = MARGIN + NUMBER_W + 6, /* beside the number: theme and session */
	SIDE_W = RIGHT - SIDE_X,
	CHIP = 15,
	RULE_Y = 59, /* below all of them */
	TEXT_Y = 65, /* title and authors, beside them the code */
	TEXT_W = 135,
	TITLE_H = 42,
	FOOT = 137,
	QR_SIDE = 42,    /* 29 on A6, still more than the least */
	QR_BOTTOM = 130, /* below it the code for people */
};

struct labels {
	struct doc *doc;
	const cJSON *model;
	double scale; /* of the label against A5 */
	double width, height;
	struct mirror mirror; /* of the label */
	int columns, rows;    /* on a sheet; 1 and 1: a page each */
	bool in_stacks;
	struct page *page; /* of the label in hand */
	struct tag *sect;
};

static double mm(const struct labels *l, double millimetres)
{
	return MM(millimetres) * l->scale;
}

/* A place in millimetres of A5, mirrored if need be. */
static struct slot place(
	const struct labels *l, const struct text_style *style, const double box[4], double leading)
{
	const struct slot slot = {.style = sign_style(l->doc, style, l->scale),
		.x = mm(l, box[0]),
		.y = mm(l, box[1]),
		.width = mm(l, box[2]),
		.height = mm(l, box[3]),
		.leading = leading};
	return mirror_slot(&l->mirror, &slot);
}

static void draw_number(struct labels *l, const cJSON *label)
{
	const double box[4] = {MARGIN, MARGIN, NUMBER_W, RULE_Y - MARGIN - 2};
	struct slot s = place(l, &number_style, box, 0.98);
	s.vertical = SLOT_MIDDLE;
	s.at = WRAP_BLANKS;
	slot_put(l->doc, l->page, &s, model_text(label, "number"), NULL,
		tag_new(l->sect, "H1", NULL, NULL));
}

/* The letter in its hue and the word beside it: either alone would do. */
static void draw_theme(struct labels *l, const cJSON *theme)
{
	const double box[4] = {SIDE_X, MARGIN, CHIP, CHIP},
		     word[4] = {SIDE_X + CHIP + 3, MARGIN, SIDE_W - CHIP - 3, CHIP};
	struct slot s = place(l, &letter_style, box, 1);
	struct tag *tag = tag_new(l->sect, "P", NULL, NULL);
	page_mark(l->page, NULL);
	page_rect(l->page, s.x, s.y, s.width, s.height, hue_colour((int)json_int(theme, "hue", 0)));
	s.align = ALIGN_CENTRE;
	s.vertical = SLOT_MIDDLE;
	slot_put(l->doc, l->page, &s, model_text(theme, "letter"), NULL, tag);
	s = place(l, &theme_style, word, 1.15);
	s.vertical = SLOT_MIDDLE;
	slot_put(l->doc, l->page, &s, model_text(theme, "name"), NULL, tag);
}

/* What it is, when and where, a line each. */
static void draw_session(struct labels *l, const cJSON *session)
{
	const double title[4] = {SIDE_X, 30, SIDE_W, 11}, when[4] = {SIDE_X, 41, SIDE_W, 16};
	const char *room = json_text(session, "room");
	struct arena *a = l->doc->arena;
	struct slot s = place(l, &session_style, title, 1.15);
	s.vertical = SLOT_BOTTOM;
	slot_put(l->doc, l->page, &s, model_text(session, "title"), NULL,
		tag_new(l->sect, "P", NULL, NULL));
	s = place(l, &when_style, when, 1.25);
	slot_put(l->doc, l->page, &s,
		arena_printf(a, "%s\n%s%s%s",
			date_long(a, model_text(l->model, "lang"), model_text(session, "on")),
			session_hours(a, l->doc->lang, session), room ? " · " : "",
			room ? room : ""),
		NULL, tag_new(l->sect, "P", NULL, NULL));
}

/* Title and authors in one place, the authors below the title at once. */
struct label_text {
	const cJSON *label;
	double factor; /* both are made smaller by it */
	struct people people;
	struct slot title, authors;
	struct slot_fit title_fit, authors_fit;
	bool is_over;
};

static void fit_text(struct labels *l, struct label_text *t)
{
	const double room[4] = {MARGIN, TEXT_Y, TEXT_W, FOOT - TEXT_Y},
		     title[4] = {MARGIN, TEXT_Y, TEXT_W, TITLE_H}, gap = mm(l, 4), scale = l->scale;
	struct doc *d = l->doc;
	t->people.name = sign_style(d, &author_style, scale * t->factor);
	t->people.presenting = sign_style(d, &presenter_style, scale * t->factor);
	t->people.quiet = sign_style(d, &quiet_style, scale * t->factor);
	t->title = place(l, sign_style(d, &title_style, t->factor), title, 1.16);
	t->title.align = mirror_align(&l->mirror, mirror_heading(&l->mirror));
	t->title_fit = slot_fit(d, &t->title,
		paragraph_of(d->type, t->title.style, model_text(t->label, "title"),
			json_text(t->label, "lang")));
	t->authors = place(l, sign_style(d, &author_style, t->factor), room, 1.28);
	double below = slot_height(&t->title_fit) + gap;
	t->authors.y += below;
	t->authors.height -= below;
	t->authors.least = t->authors.style->size;
	t->authors_fit = slot_fit(d, &t->authors, sign_people(d, &t->people));
	t->is_over = slot_height(&t->authors_fit) > t->authors.height;
}

/* The most authors that there is room for; whoever presents is one of them. */
static void shorten_text(struct labels *l, struct label_text *t)
{
	size_t low = 1, high = model_count(t->people.list);
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		t->people.most = middle;
		fit_text(l, t);
		if (t->is_over)
			high = middle;
		else
			low = middle + 1;
	}
	t->people.most = low > 1 ? low - 1 : 1;
	fit_text(l, t);
	typesetter_warn(l->doc->type, "", 0,
		arena_printf(l->doc->arena,
			"There is no room for %zu of its authors: the label says how many more",
			sign_people_left_out(&t->people)));
}

/*
 * Title and authors shrink together, down to what is still read from a step away; then the list of
 * the authors is cut short.
 */
static void draw_text(struct labels *l, const cJSON *label)
{
	const double legible = 7 / (author_style.size * l->scale), smallest = 0.55, step = 0.05;
	const double least = legible > smallest ? legible : smallest;
	const char *lang = json_text(label, "lang");
	struct label_text t = {.label = label,
		.factor = 1,
		.people = {.list = json_get(label, "authors"),
			.presenting_word = sign_word(l->model, "presenting"),
			.and_word = sign_word(l->model, "and"),
			.more_word = sign_word(l->model, "more"),
			.direction = sign_direction(l->model)}};
	fit_text(l, &t);
	while (t.is_over && t.factor > least) {
		t.factor = t.factor - step > least ? t.factor - step : least;
		fit_text(l, &t);
	}
	if (t.is_over)
		shorten_text(l, &t);
	slot_draw(l->doc, l->page, &t.title, &t.title_fit, tag_new(l->sect, "H2", lang, NULL));
	t.people.tag = tag_new(l->sect, "P", NULL, NULL);
	slot_put_paragraph(
		l->doc, l->page, &t.authors, sign_people(l->doc, &t.people), t.people.tag);
}

static void draw_code(struct labels *l, const cJSON *label)
{
	const char *qr = json_text(label, "qr"), *code = model_text(label, "code");
	const double x = RIGHT - QR_SIDE, side = mm(l, QR_SIDE);
	const double box[4] = {x, QR_BOTTOM + 3, QR_SIDE, 5};
	struct slot s = place(l, &code_style, box, 1.1);
	if (!qr)
		return;
	sign_qr(l->doc, l->page,
		&(struct qr_place){mirror_x(&l->mirror, mm(l, x), side), mm(l, QR_BOTTOM - QR_SIDE),
			side, l->sect},
		qr);
	s.align = ALIGN_CENTRE;
	slot_put(l->doc, l->page, &s,
		arena_printf(l->doc->arena, "%s %s", sign_word(l->model, "abstract"), code), NULL,
		tag_new(l->sect, "P", NULL, NULL));
}

static void draw_label(struct labels *l, const cJSON *label)
{
	const char *name = arena_printf(
		l->doc->arena, "%s  %s", model_text(label, "number"), model_text(label, "title"));
	l->sect = tag_new(tag_root(l->doc->tags), "Sect", NULL, NULL);
	doc_about(l->doc, name);
	core_bookmark_new(l->doc->core, NULL, name, page_core(l->page), page_core_y(l->page, 0));
	draw_number(l, label);
	if (json_get(label, "theme"))
		draw_theme(l, json_get(label, "theme"));
	if (json_get(label, "session"))
		draw_session(l, json_get(label, "session"));
	page_mark(l->page, NULL);
	double whole = mm(l, RIGHT - MARGIN);
	page_rect(l->page, mirror_x(&l->mirror, mm(l, MARGIN), whole), mm(l, RULE_Y), whole,
		mm(l, 0.6), COLOUR_INK);
	draw_text(l, label);
	draw_code(l, label);
	page_close(l->page);
	doc_forget(l->doc);
}

/* ---- sheets -------------------------------------------------------------------------------- */

/*
 * Hairlines on the lines of the cut: at the edges of the sheet, far enough in to be printed, and
 * crossing where two cuts meet.
 */
static void draw_marks(struct page *page, int columns, int rows)
{
	const double tick = MM(9), cross = MM(3), line = 0.35;
	double w = page_width(page), h = page_height(page), y = h / rows - line / 2,
	       x = w / columns - line / 2;
	page_mark(page, NULL);
	page_rect(page, 0, y, tick, line, COLOUR_INK);
	page_rect(page, w - tick, y, tick, line, COLOUR_INK);
	if (columns > 1) {
		page_rect(page, x, 0, line, tick, COLOUR_INK);
		page_rect(page, x, h - tick, line, tick, COLOUR_INK);
		page_rect(page, x - cross, y, 2 * cross, line, COLOUR_INK);
		page_rect(page, x, y - cross, line, 2 * cross, COLOUR_INK);
	}
	page_close(page);
}

static void draw_sheet(struct labels *l, int sheet, int n_sheets)
{
	const cJSON *labels = json_get(l->model, "labels");
	double w = l->width * l->columns, h = l->height * l->rows;
	int n = (int)model_count(labels), a_sheet = l->columns * l->rows;
	struct sheet *s = sheet_new(l->doc->arena, l->doc->core, w, h);
	for (int i = 0; i < a_sheet; i++) {
		int index = sign_on_sheet(sheet, i, n_sheets, l->in_stacks ? 0 : a_sheet);
		if (index >= n)
			continue;
		l->page = sheet_page(s, &(struct panel){.x = i % l->columns * l->width,
						.y = i / l->columns * l->height,
						.width = l->width,
						.height = l->height});
		draw_label(l, cJSON_GetArrayItem(labels, index));
	}
	draw_marks(sheet_page(s, &(struct panel){.width = w, .height = h}), l->columns, l->rows);
	sheet_seal(s);
}

static void draw_pages(struct labels *l)
{
	const cJSON *label;
	cJSON_ArrayForEach(label, json_get(l->model, "labels"))
	{
		l->page = doc_page(l->doc, l->width, l->height);
		draw_label(l, label);
	}
}

static void draw_sheets(struct labels *l)
{
	int n = (int)model_count(json_get(l->model, "labels")), a_sheet = l->columns * l->rows;
	int n_sheets = (n + a_sheet - 1) / a_sheet;
	for (int i = 0; i < n_sheets; i++)
		draw_sheet(l, i, n_sheets);
}

/* Sizes by ISO 216; on sheets the exact parts of an A4, half a millimetre more. */
static struct labels labels_of(struct doc *d, const cJSON *model)
{
	const cJSON *page = json_get(model, "page");
	const char *size = model_text(page, "size");
	bool on_sheets = json_bool(page, "sheets");
	struct labels l = {.doc = d,
		.model = model,
		.in_stacks = strcmp(model_text(page, "order"), "stack") == 0,
		.rows = on_sheets ? 2 : 1,
		.columns = 1};
	if (strcmp(size, "A4") == 0) {
		l.width = MM(297);
		l.height = MM(210);
	} else if (strcmp(size, "A6") == 0) {
		l.width = on_sheets ? MM(148.5) : MM(148);
		l.height = MM(105);
		l.columns = l.rows;
	} else {
		l.width = MM(210);
		l.height = on_sheets ? MM(148.5) : MM(148);
	}
	l.scale = l.height / MM(148.5);
	l.mirror = mirror_for(d->lang, l.width);
	return l;
}

static enum rc check(struct arena *a, const cJSON *model, struct err *err)
{
	const cJSON *page = json_get(model, "page"), *label;
	int i = 0;
	if (json_bool(page, "sheets") && strcmp(model_text(page, "size"), "A4") == 0)
		err_field(err, "page.sheets",
			"A label of A4 fills its sheet; choose A5 or A6, or leave out the sheets");
	cJSON_ArrayForEach(label, json_get(model, "labels"))
		sign_check_qr(label, arena_printf(a, "labels.%d.qr", i++), err);
	return err->fields ? err_set(err, INVALID, "Nothing was printed: some labels are wrong")
			   : OK;
}

enum rc poster_label_print(struct doc *d, const cJSON *model, struct err *err)
{
	struct labels l = labels_of(d, model);
	TRY(check(d->arena, model, err));
	core_set_title(d->core,
		arena_printf(d->arena, "%s: %s", model_text(json_get(model, "event"), "title"),
			sign_word(model, "poster")));
	if (json_bool(json_get(model, "page"), "sheets"))
		draw_sheets(&l);
	else
		draw_pages(&l);
	return OK;
}
