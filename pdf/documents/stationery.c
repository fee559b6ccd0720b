/* The first page is drawn around its text when the flow opens it, the others likewise. */
#include "pdf/documents/stationery.h"

#include "pdf/documents/date.h"
#include "pdf/documents/sign_parts.h"
#include "pdf/documents/words.h"
#include "pdf/page/emblem.h"

#include <string.h>

static const struct text_style name_style = {
	.family = FONT_SERIF, .bold = true, .size = 14, .colour = COLOUR_WINE};
static const struct text_style event_style = {
	.family = FONT_SERIF, .italic = true, .size = 10.5, .colour = COLOUR_INK_2};
static const struct text_style return_style = {
	.family = FONT_SANS, .size = 6.8, .colour = COLOUR_INK_2};
static const struct text_style address_style = {
	.family = FONT_SANS, .size = 10.5, .colour = COLOUR_INK};
static const struct text_style label_style = {
	.family = FONT_SANS, .size = 8, .colour = COLOUR_INK_2};
static const struct text_style value_style = {
	.family = FONT_SANS, .tabular = true, .size = 9.3, .colour = COLOUR_INK};
static const struct text_style foot_style = {
	.family = FONT_SANS, .size = 7.4, .colour = COLOUR_INK_2};
static const struct text_style running_style = {
	.family = FONT_SERIF, .italic = true, .size = 9.5, .colour = COLOUR_INK_2};

static const struct text_style number_style = {
	.family = FONT_SANS, .tabular = true, .size = 8.5, .colour = COLOUR_INK_2};

static const struct word words[] = {
	{"tax_id", "VAT no."},
	{NULL, NULL},
};

/* Distances from the left and the top of the page. */
static const double left = MM(25), right = MM(25), text_top = MM(98.5), window_x = MM(20),
		    window_y = MM(45), window_w = MM(85), lines_x = MM(120);

/* The foot, from the edge of the paper, and what of it is above and below its lines. */
static const double foot_least = MM(24), foot_clearance = MM(8);

static void put(struct stationery *s, struct page *page, const struct slot *slot, const char *text,
	const char *lang, struct tag *tag)
{
	struct slot at = mirror_slot(&s->page, slot);
	slot_put(s->doc, page, &at, text, lang, tag);
}

static struct tag *head_tag(struct stationery *s, const char *lang)
{
	return tag_new(s->head_sect, "P", lang, NULL);
}

/* Of the head: two texts, the first of which may be NULL. */
static void put_parts(struct stationery *s, struct page *page, const struct slot *slot,
	const char *first, const char *between, const char *second)
{
	struct slot at = mirror_slot(&s->page, slot);
	slot_put_paragraph(s->doc, page, &at,
		mirror_parts(
			&s->page, s->doc, slot->style, (const char *[]){first, second}, 2, between),
		head_tag(s, NULL));
}

static const double mark_side = MM(12), logo_most = MM(36);

/* The logo of who writes, or else the mark of the program; returns its width. */
static double draw_mark(struct stationery *s, struct page *page, double y)
{
	double width = mark_side, height;
	if (!s->logo.n) {
		page_mark(page, NULL);
		emblem_draw(page, mirror_x(&s->page, left, width), y, width, COLOUR_BAND);
		return width;
	}
	width = image_fit(s->logo.images[0], logo_most, mark_side, &height);
	image_draw(page, s->logo.images[0], mirror_x(&s->page, left, width), y, width, mark_side,
		image_tag(s->logo.images[0], s->head_sect));
	return width;
}

/* The mark, who writes, and for what. */
static void draw_sender(struct stationery *s, struct page *page)
{
	const cJSON *event = json_get(s->model, "event"), *sender = json_get(s->model, "sender");
	const double y = MM(16);
	struct arena *a = s->doc->arena;
	const char *dates =
		date_span(a, s->lang, model_text(event, "starts_on"), model_text(event, "ends_on"));
	struct slot slot = {.style = &name_style,
		.x = left + draw_mark(s, page, y) + MM(4.5),
		.y = y - 1.5,
		.height = MM(7),
		.leading = 1.1};
	slot.width = page_width(page) - right - slot.x;
	put(s, page, &slot, model_text(sender, "name"), NULL, head_tag(s, NULL));
	slot.style = &event_style;
	slot.y = y + mark_side - MM(5.5);
	slot.height = MM(6);
	put_parts(s, page, &slot, model_text(event, "title"), " · ", dates);
}

/* The lines of a list, joined. */
static const char *join(struct arena *a, const char *first, const cJSON *lines, const char *between)
{
	struct buf b = buf_in(a, 1 << 13);
	const cJSON *line;
	buf_text(&b, first);
	cJSON_ArrayForEach(line, lines)
	{
		if (b.n)
			buf_text(&b, between);
		buf_text(&b, line->valuestring);
	}
	return buf_cstr(&b);
}

/* The sender in one small line, for the window; more than one go up from the rule below them. */
static void draw_return(struct stationery *s, struct page *page)
{
	const cJSON *sender = json_get(s->model, "sender");
	const double bottom = window_y + MM(16), highest = MM(34);
	/* The dot stays with what is before it: no line begins with one. */
	const char *text = join(s->doc->arena, model_text(sender, "name"),
		json_get(sender, "address"), "\xc2\xa0· ");
	const struct paragraph *paragraph = paragraph_of(s->doc->type, &return_style, text, NULL);
	struct slot slot = {.style = &return_style,
		.x = left,
		.y = window_y,
		.width = window_x + window_w - left,
		.height = bottom - window_y,
		.least = 5.5,
		.max_lines = 1,
		.vertical = SLOT_BOTTOM};
	slot = mirror_slot(&s->page, &slot);
	struct slot_fit fit = slot_fit(s->doc, &slot, paragraph);
	if (fit.is_over) {
		slot.max_lines = 0;
		slot.least = 6;
		fit = slot_fit(s->doc, &slot, paragraph);
	}
	if (fit.is_over) {
		slot.least = 5;
		slot.y = highest;
		slot.height = bottom - highest;
		fit = slot_fit(s->doc, &slot, paragraph);
	}
	slot_draw(s->doc, page, &slot, &fit, head_tag(s, NULL));
	page_mark(page, NULL);
	page_rect(page, slot.x, bottom + 1, slot.width, 0.4, COLOUR_LINE);
}

/*
 * Where the window is; one that is too long for it is set in legible type, and what follows moves
 * down. Returns where it ends.
 */
static double draw_address(struct stationery *s, struct page *page)
{
	const cJSON *to = s->head.address;
	const char *lang = json_text(to, "lang");
	doc_about(s->doc, s->about);
	const struct paragraph *paragraph = paragraph_of(s->doc->type, &address_style,
		join(s->doc->arena, model_text(to, "name"), json_get(to, "lines"), "\n"), lang);
	struct slot slot = {.style = &address_style,
		.x = left,
		.y = window_y + MM(18.2),
		.width = window_x + window_w - left,
		.height = MM(26.8),
		.leading = 1.25,
		.least = 6.5};
	slot = mirror_slot(&s->page, &slot);
	struct slot_fit fit = slot_fit(s->doc, &slot, paragraph);
	if (fit.is_over) {
		typesetter_warn(s->doc->type, "", 0,
			"The address is longer than the window of an envelope");
		slot.height = MM(45);
		slot.least = 7;
		fit = slot_fit(s->doc, &slot, paragraph);
		fit.is_over = false;
	}
	return slot.y + slot_draw(s->doc, page, &slot, &fit, head_tag(s, lang));
}

static void draw_lines(struct stationery *s, struct page *page)
{
	const double row = MM(5.2), label_w = MM(25);
	struct slot label = {.style = &label_style,
		.x = lines_x,
		.y = window_y + MM(18.2),
		.width = label_w,
		.height = row,
		.leading = 1,
		.least = 5,
		.vertical = SLOT_MIDDLE};
	struct slot value = label;
	value.style = &value_style;
	value.x = lines_x + label_w + MM(1);
	value.width = page_width(page) - right - value.x;
	/* More lines than an address has begin higher, not lower. */
	if (s->head.n_lines > 5)
		label.y -= (double)(s->head.n_lines - 5) * row;
	for (size_t i = 0; i < s->head.n_lines; i++, label.y += row) {
		value.y = label.y;
		put(s, page, &label, s->head.lines[i].label, NULL, head_tag(s, NULL));
		put_parts(s, page, &value, s->head.lines[i].place, ", ", s->head.lines[i].value);
	}
}

/* Above the lines: on the first page, whatever the length of the letter. */
static void draw_verify(struct stationery *s, struct page *page)
{
	verify_draw(s->doc, page, s->head.verify,
		&(struct verify_place){.x = lines_x,
			.y = MM(36),
			.width = page_width(page) - right - lines_x,
			.mirror = &s->page,
			.parent = s->head_sect});
}

/* Where a sheet of A4 is folded for the window, and where it is punched. */
static void draw_marks(struct stationery *s, struct page *page)
{
	static const double marks[][2] = {{MM(105), MM(4)}, {MM(148.5), MM(6)}, {MM(210), MM(4)}};
	page_mark(page, NULL);
	for (int i = 0; i < 3; i++)
		page_rect(page, mirror_x(&s->page, MM(4), marks[i][1]), marks[i][0], marks[i][1],
			0.4, COLOUR_INK_2);
}

static const char *tax_line(struct stationery *s)
{
	const char *id = json_text(json_get(s->model, "sender"), "tax_id");
	return id ? arena_printf(s->doc->arena, "%s %s", word_of(s->model, words, "tax_id"), id)
		  : "";
}

enum { FOOT_COLUMNS = 3 };

/*
 * Address, contact, register: three columns below a hairline, all in one size of type. The first is
 * at the top of them; parent NULL: artifacts.
 */
static void foot_columns(
	struct stationery *s, double y, struct tag *parent, struct slot_text columns[FOOT_COLUMNS])
{
	const cJSON *sender = json_get(s->model, "sender");
	struct arena *a = s->doc->arena;
	const double gap = MM(6);
	const char *texts[FOOT_COLUMNS] = {
		join(a, model_text(sender, "name"), json_get(sender, "address"), "\n"),
		join(a, "", json_get(sender, "contact"), "\n"),
		join(a, tax_line(s), json_get(sender, "register"), "\n")};
	struct slot slot = {.style = &foot_style,
		.x = left,
		.y = y + MM(2.5),
		.width = (s->width - (FOOT_COLUMNS - 1) * gap) / FOOT_COLUMNS,
		.height = s->foot_height - foot_clearance,
		.leading = 1.32,
		.least = s->foot_least_size};
	for (int i = 0; i < FOOT_COLUMNS; i++, slot.x += slot.width + gap)
		columns[i] = (struct slot_text){
			.paragraph = paragraph_of(s->doc->type, &foot_style, texts[i], NULL),
			.slot = mirror_slot(&s->page, &slot),
			.tag = parent && *texts[i] ? tag_new(parent, "P", NULL, NULL) : NULL};
}

/* How high the foot is when no type in it is smaller than the least size. */
static double foot_height_of(struct stationery *s)
{
	double height = foot_least;
	struct slot_text columns[FOOT_COLUMNS];
	foot_columns(s, 0, NULL, columns);
	for (int i = 0; i < FOOT_COLUMNS; i++) {
		struct slot_fit fit = slot_fit(s->doc, &columns[i].slot, columns[i].paragraph);
		if (fit.height + foot_clearance > height)
			height = fit.height + foot_clearance;
	}
	return height;
}

/* Higher when its lines would be too small; smaller type only when it would be too high. */
static void measure_foot(struct stationery *s)
{
	const double legible = 6.5, least = 4.5, step = 0.5, highest = MM(72);
	double height = 0;
	for (double size = legible; size >= least; size -= step) {
		s->foot_height = foot_least;
		s->foot_least_size = size;
		height = foot_height_of(s);
		if (height <= highest)
			break;
	}
	s->foot_height = height < highest ? height : highest;
}

/* An artifact after the first page, where parent is NULL. */
static void draw_foot(struct stationery *s, struct page *page, struct tag *parent)
{
	double y = page_height(page) - s->foot_height;
	struct slot_text columns[FOOT_COLUMNS];
	foot_columns(s, y, parent, columns);
	page_mark(page, NULL);
	page_rect(page, left, y, s->width, 0.5, COLOUR_LINE);
	slot_put_alike(s->doc, page, columns, FOOT_COLUMNS);
}

/* Whose it is and what it is about: each keeps its direction to itself. */
static struct paragraph *running_text(struct stationery *s)
{
	const struct text_span spans[] = {
		{.style = &running_style,
			.text = model_text(s->head.address, "name"),
			.lang = json_text(s->head.address, "lang"),
			.isolate = true},
		{.style = &running_style, .text = " · "},
		{.style = &running_style, .text = s->head.subject, .isolate = true},
		{.style = &running_style, .text = " "},
		{.style = &running_style, .text = s->head.number, .isolate = true},
	};
	return paragraph_new(s->doc->type, spans, s->head.number ? 5 : 3,
		s->page.is_on ? DIRECTION_RTL : DIRECTION_LTR);
}

/* "Ελένη Παπαδημητρίου · Your paper". */
static void draw_running(struct stationery *s, const struct flow_page *page)
{
	const double top = MM(8), bottom = MM(14) + 1.2 * running_style.size;
	struct slot slot = {.style = &running_style,
		.x = left,
		.y = top,
		.width = s->width,
		.height = bottom - top,
		.vertical = SLOT_BOTTOM};
	slot = mirror_slot(&s->page, &slot);
	slot_put_paragraph(s->doc, page->page, &slot, running_text(s), NULL);
	page_mark(page->page, NULL);
	page_rect(page->page, left, MM(20), s->width, 0.5, COLOUR_LINE);
}

static double begin_page(void *context, const struct flow_page *page, double top)
{
	struct stationery *s = context;
	if (page->number > 1) {
		doc_about(s->doc, s->about);
		draw_running(s, page);
		return s->head.begin ? s->head.begin(s->head.context, page->page, left, top) : top;
	}
	draw_sender(s, page->page);
	draw_return(s, page->page);
	double below = draw_address(s, page->page) + MM(8);
	draw_lines(s, page->page);
	if (s->head.verify)
		draw_verify(s, page->page);
	if (s->frame.width < MM(211))
		draw_marks(s, page->page);
	return below > text_top ? below : text_top;
}

static void end_page(void *context, const struct flow_page *page)
{
	struct stationery *s = context;
	draw_foot(s, page->page, page->number == 1 ? s->head_sect : NULL);
}

/* "Page 1 of 2" above the foot, where there is more than one. */
static void number_page(void *context, const struct flow_page *page, int n_pages)
{
	struct stationery *s = context;
	struct slot slot = {.style = &number_style,
		.x = left,
		.y = page_height(page->page) - s->foot_height - MM(4.2),
		.width = s->width,
		.height = MM(4),
		.vertical = SLOT_MIDDLE,
		.align = ALIGN_RIGHT};
	if (n_pages == 1)
		return;
	slot = mirror_slot(&s->page, &slot);
	slot_put_paragraph(s->doc, page->page, &slot,
		mirror_phrase(&s->page, s->doc, slot.style,
			sign_page_of(s->doc->arena, s->model, page->number, n_pages)),
		NULL);
}

enum rc stationery_new(struct doc *d, const cJSON *model, struct stationery *out, struct err *err)
{
	bool is_letter = strcmp(model_text(model, "paper"), "Letter") == 0;
	struct stationery s = {.doc = d, .model = model, .lang = model_text(model, "lang")};
	s.frame = (struct flow_frame){.width = is_letter ? 612 : MM(210),
		.height = is_letter ? 792 : MM(297),
		.left = left,
		.right = right,
		.top = MM(28),
		.begin = begin_page,
		.end = end_page,
		.total = number_page};
	s.width = s.frame.width - left - right;
	s.page = mirror_for(s.lang, s.frame.width);
	s.text = mirror_for(s.lang, s.width);
	measure_foot(&s);
	s.frame.bottom = s.foot_height + MM(5);
	*out = s;
	return logos_load(d, json_get(model, "event"), 1, logo_most, mark_side, &out->logo, err);
}

void stationery_begin(struct stationery *s, const struct letter_head *head)
{
	s->head = *head;
	s->about = s->doc->about;
	s->frame.context = s;
	s->flow = flow_new(s->doc, &s->frame);
	s->sect = tag_new(tag_root(s->doc->tags), "Sect", NULL, NULL);
	s->head_sect = tag_new(s->sect, "Sect", NULL, NULL);
}

void stationery_finish(struct stationery *s)
{
	flow_finish(s->flow);
	doc_forget(s->doc);
}

struct block_text stationery_text(struct stationery *s, const struct text_style *style,
	const char *text, const struct block_text *where)
{
	struct block_text t = mirror_text(&s->text, where);
	t.paragraph = paragraph_of(s->doc->type, style, text, NULL);
	return t;
}
