/* What stands before the first session: cover, texts, contents. */
#include "pdf/documents/book.h"

#include "pdf/documents/date.h"
#include "pdf/layout/prose.h"
#include "pdf/layout/slot.h"
#include "pdf/page/emblem.h"

static const struct text_style network_style = {
	.family = FONT_SANS, .size = 12, .colour = COLOUR_ON_BAND_2};
static const struct text_style title_style = {
	.family = FONT_SERIF, .bold = true, .size = 44, .colour = COLOUR_ON_BAND};
static const struct text_style subtitle_style = {
	.family = FONT_SERIF, .italic = true, .size = 22, .colour = COLOUR_ON_BAND};
static const struct text_style dates_style = {
	.family = FONT_SANS, .size = 13, .colour = COLOUR_ON_BAND};
static const struct text_style note_style = {
	.family = FONT_SANS, .size = 9.5, .colour = COLOUR_INK_2};
static const struct text_style heading_style = {
	.family = FONT_SERIF, .bold = true, .size = 21, .colour = COLOUR_INK};
static const struct text_style prose_style = {
	.family = FONT_SERIF, .size = 11.5, .colour = COLOUR_INK};
static const struct text_style wide_prose_style = {
	.family = FONT_SERIF, .size = 12.5, .colour = COLOUR_INK};
static const struct text_style signed_style = {
	.family = FONT_SERIF, .italic = true, .size = 11.5, .colour = COLOUR_INK};
static const struct text_style wide_signed_style = {
	.family = FONT_SERIF, .italic = true, .size = 12.5, .colour = COLOUR_INK};
static const struct text_style session_style = {
	.family = FONT_SANS, .bold = true, .size = 9.8, .colour = COLOUR_INK};
static const struct text_style when_style = {
	.family = FONT_SANS, .size = 8.5, .colour = COLOUR_INK_2};
static const struct text_style entry_style = {
	.family = FONT_SERIF, .size = 10, .colour = COLOUR_INK};
static const struct text_style code_style = {
	.family = FONT_SANS, .tabular = true, .size = 8.5, .colour = COLOUR_INK_2};
static const struct text_style number_style = {
	.family = FONT_SANS, .tabular = true, .size = 8.8, .colour = COLOUR_INK};

static const double number_room = MM(13);

/* ---- cover ---------------------------------------------------------------------------------- */

static void draw_cloth(struct page *page, double height)
{
	double bleed = MM(3), width = page_width(page) + 2 * bleed;
	page_mark(page, NULL);
	page_rect(page, -bleed, -bleed, width, height + bleed, COLOUR_BAND);
	page_rect(page, -bleed, height, width, MM(1.6), COLOUR_OCHRE_FILL);
}

static double put(struct book *b, struct page *page, const struct slot *slot,
	const struct paragraph *text, const char *type, struct tag *sect)
{
	const struct slot s = mirror_slot(&b->page, slot);
	return slot_put_paragraph(b->doc, page, &s, text, tag_new(sect, type, NULL, NULL));
}

static double put_text(struct book *b, struct page *page, const struct slot *slot, const char *text,
	const char *type, struct tag *sect)
{
	return put(b, page, slot, paragraph_of(b->doc->type, slot->style, text, NULL), type, sect);
}

void book_cover(struct book *b)
{
	const cJSON *event = json_get(b->model, "event");
	const char *network = json_text(event, "network"), *place = json_text(event, "place"),
		   *subtitle = json_text(b->model, "subtitle"), *note = json_text(b->model, "note");
	const char *dates = date_span(b->doc->arena, b->lang, model_text(event, "starts_on"),
		model_text(event, "ends_on"));
	double width = b->measures.width, height = b->measures.height, scale = width / MM(210),
	       x = b->measures.width * 0.11, cloth = height * 0.72, emblem = MM(15) * scale;
	struct page *page = doc_page(b->doc, width, height);
	struct tag *sect = tag_new(tag_root(b->doc->tags), "Sect", NULL, NULL);
	struct slot slot = {.x = x, .width = width - 2 * x, .y = height * 0.075, .height = MM(8)};
	draw_cloth(page, cloth);
	emblem_draw(page, mirror_x(&b->page, width - x - emblem, emblem), slot.y, emblem,
		COLOUR_ON_BAND);
	slot.style = &network_style;
	if (network) {
		slot.width -= MM(24) * scale;
		put_text(b, page, &slot, network, "P", sect);
		slot.width += MM(24) * scale;
	}
	slot.style = &title_style;
	slot.y = height * 0.25;
	slot.height = height * 0.26;
	slot.leading = 1.12;
	slot.least = 16;
	slot.y += put_text(b, page, &slot, b->title, "H1", sect);
	slot.style = &subtitle_style;
	slot.y += MM(7) * scale;
	slot.height = MM(14);
	put_text(b, page, &slot, subtitle ? subtitle : book_word(b, "book"), "P", sect);
	slot.style = &dates_style;
	slot.y = cloth - MM(22) * scale;
	slot.least = 8;
	put(b, page, &slot,
		mirror_line(
			&b->page, b->doc, slot.style, (const char *const[]){place, dates}, 2, ", "),
		"P", sect);
	if (note) {
		slot.style = &note_style;
		slot.y = height - MM(22) * scale;
		put_text(b, page, &slot, note, "P", sect);
	}
	logos_row(&b->logos, page,
		&(struct logos_place){.mirror = b->page,
			.x = x,
			.y = cloth + height * 0.05,
			.width = width - 2 * x,
			.sect = sect});
	page_close(page);
	doc_forget(b->doc);
}

/* ---- texts ---------------------------------------------------------------------------------- */

/* Above the title of a part stands that of the event, and its own on the pages that follow. */
static void add_title(
	struct book *b, struct block *block, const char *title, enum align align, struct tag *sect)
{
	size_t row = block_rows(block);
	book_text(b, block,
		&(struct block_text){
			.paragraph = paragraph_of(b->doc->type, &heading_style, title, NULL),
			.width = b->width,
			.leading = 27,
			.tag = tag_new(sect, "H1", NULL, NULL),
			.align = align,
			.balance = true});
	block_running(block, row, b->title);
	block_bookmark(block, row, 0, title);
	block_pad(block, MM(6));
	block_keep(block, row, true);
}

/* As wide as the page, and as large as lines of that width ask for. */
static struct prose measure_of_texts(const struct book *b)
{
	const double wide = 400;
	bool is_wide = b->width > wide;
	double leading = is_wide ? 18.4 : 16.4;
	return (struct prose){.style = is_wide ? &wide_prose_style : &prose_style,
		.width = b->width,
		.leading = leading,
		.gap = leading / 2,
		.align = ALIGN_JUSTIFY};
}

static void add_signature(
	struct book *b, struct block *block, const struct prose *how, const char *sign)
{
	bool is_wide = how->style == &wide_prose_style;
	block_keep(block, block_rows(block) - 1, true);
	block_pad(block, how->gap);
	block_keep(block, block_rows(block) - 1, true);
	block_text(block, &(struct block_text){.paragraph = paragraph_of(b->doc->type,
						       is_wide ? &wide_signed_style : &signed_style,
						       sign, how->lang),
				  .x = how->x,
				  .width = how->width,
				  .leading = how->leading,
				  .align = ALIGN_START,
				  .tag = tag_new(how->parent, "P", NULL, NULL)});
}

/* Below the text before it where there is room. */
static void print_text(struct book *b, const struct book_entry *e)
{
	const double least_room = MM(70);
	const cJSON *text = e->model;
	const char *lang = json_text(text, "lang"), *sign = json_text(text, "signed"),
		   *title = model_text(text, "title");
	struct tag *sect = tag_new(tag_root(b->doc->tags), "Sect", lang, NULL);
	struct block *block = block_new(b->doc);
	struct prose how = measure_of_texts(b);
	how.lang = lang;
	how.parent = sect;
	doc_about(b->doc, title);
	flow_need(b->flow, least_room);
	block_space(block, MM(14));
	add_title(b, block, title, ALIGN_START, sect);
	block_place(block, 1, e->place);
	size_t row = block_rows(block);
	block_prose(block, &how, model_text(text, "text"));
	block_running(block, row, title);
	block_hold(block, row, 2);
	if (sign)
		add_signature(b, block, &how, sign);
	flow_add(b->flow, block);
	doc_forget(b->doc);
}

void book_texts(struct book *b)
{
	for (size_t i = 0; i < b->n_texts; i++)
		print_text(b, &b->texts[i]);
}

/* ---- contents ------------------------------------------------------------------------------- */

static void add_number(
	struct book *b, struct block *block, const struct place *place, struct tag *item)
{
	block_page_number(block, block_rows(block) - 1,
		&(struct block_number){.place = place,
			.style = &number_style,
			.x = mirror_x(&b->text, b->width, 0),
			.is_left = b->text.is_on,
			.tag = tag_new(item, "P", NULL, NULL),
			.has_leader = true});
}

/* A code that is too long for its column stands in front of the title, which goes on below it. */
static struct paragraph *titled_with_code(
	struct book *b, const char *code, const cJSON *abstract, struct tag *label)
{
	struct text_span spans[] = {
		{.style = &code_style, .text = code, .isolate = true, .tag = label},
		{.style = &code_style, .text = "\u2002"},
		{.style = &entry_style,
			.text = model_text(abstract, "title"),
			.lang = json_text(abstract, "lang"),
			.isolate = true}};
	struct paragraph *p = paragraph_new(
		b->doc->type, spans, 3, b->text.is_on ? DIRECTION_RTL : DIRECTION_LTR);
	book_bind_code(p, label);
	return p;
}

static void add_abstract(
	struct book *b, struct block *block, const struct book_entry *e, struct tag *toc)
{
	const char *code = json_text(e->model, "code"), *lang = json_text(e->model, "lang");
	struct tag *item = tag_new(toc, "TOCI", NULL, NULL);
	struct tag *label = code ? tag_new(item, "Lbl", NULL, NULL) : NULL;
	struct tag *link = tag_new(item, "Link", lang, NULL);
	const double turnover = MM(6);
	double room = b->measures.contents_hang, x = code ? room : 0;
	struct paragraph *beside = code ? book_code(b, &code_style, code, room) : NULL;
	struct block_text title = {.x = x,
		.width = b->width - x - number_room,
		.leading = 13,
		.tag = link,
		.link = e->place};
	size_t row = block_rows(block);
	if (code && !beside) {
		title.paragraph = titled_with_code(b, code, e->model, label);
		title.x = 0;
		title.width += x;
		title.hang = turnover;
	} else {
		title.paragraph = paragraph_of(
			b->doc->type, &entry_style, model_text(e->model, "title"), lang);
	}
	book_text(b, block, &title);
	if (beside)
		book_beside(b, block, row,
			&(struct block_text){
				.paragraph = beside, .width = room, .leading = 13, .tag = label});
	add_number(b, block, e->place, item);
	block_keep(block, row, false);
	block_space(block, 2.4);
}

/* What is no abstract: a session, a text, an index. */
static struct tag *add_part(struct book *b, struct block *block, const char *title,
	const char *lang, struct place *place, struct tag *toc)
{
	struct tag *item = tag_new(toc, "TOCI", NULL, NULL);
	book_text(b, block,
		&(struct block_text){
			.paragraph = paragraph_of(b->doc->type, &session_style, title, lang),
			.width = b->width - number_room,
			.leading = 14,
			.tag = tag_new(item, "Link", lang, NULL),
			.link = place});
	add_number(b, block, place, item);
	return item;
}

static void add_session(
	struct book *b, struct block *block, const struct book_entry *e, struct tag *toc)
{
	const char *on = json_text(e->model, "on"), *room = json_text(e->model, "room");
	size_t row = block_rows(block);
	struct tag *item = add_part(b, block, model_text(e->model, "title"), NULL, e->place, toc);
	if (on || room) {
		const char *when[] = {on ? date_long(b->doc->arena, b->lang, on) : NULL, room};
		book_text(b, block,
			&(struct block_text){.paragraph = mirror_line(&b->page, b->doc, &when_style,
						     when, 2, BOOK_BETWEEN),
				.width = b->width - number_room,
				.leading = 12,
				.tag = tag_new(item, "P", NULL, NULL)});
	}
	block_space(block, 3);
	block_hold(block, row, block_rows(block) - row + 3);
}

static void add_block(struct book *b, struct block *block)
{
	block_running(block, 0, book_word(b, "contents"));
	block_space(block, MM(4));
	flow_add(b->flow, block);
	doc_forget(b->doc);
}

/* Texts stand in front of the sessions. */
static void add_texts(struct book *b, struct tag *toc)
{
	struct block *block = block_new(b->doc);
	for (size_t i = 0; i < b->n_texts; i++) {
		const cJSON *text = b->texts[i].model;
		add_part(b, block, model_text(text, "title"), json_text(text, "lang"),
			b->texts[i].place, toc);
	}
	if (b->n_texts)
		add_block(b, block);
}

/* Indexes stand behind them. */
static void add_indexes(struct book *b, struct block *block, struct tag *toc)
{
	const struct {
		const struct book_index *index;
		const char *word;
	} all[] = {{b->authors, "authors"}, {b->affiliations, "affiliations"},
		{b->keywords, "keywords"}};
	bool has_one = false;
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		if (!all[i].index)
			continue;
		if (!has_one)
			block_space(block, MM(4));
		has_one = true;
		add_part(b, block, book_word(b, all[i].word), NULL, book_index_place(all[i].index),
			toc);
	}
}

/*
 * A session with its abstracts. The last two entries of all keep together with the indexes: no
 * page ends the contents with one line, nor with the indexes alone.
 */
static void add_entries(
	struct book *b, const struct book_entry *session, bool is_last, struct tag *toc)
{
	struct block *block = block_new(b->doc);
	add_session(b, block, session, toc);
	size_t first = block_rows(block), tail = 0;
	for (size_t k = 0; k < session->n_abstracts; k++) {
		if (k + 2 == session->n_abstracts)
			tail = block_rows(block);
		add_abstract(b, block, &session->abstracts[k], toc);
	}
	if (session->n_abstracts)
		block_hold(block, first - 1, 3);
	if (is_last) {
		add_indexes(b, block, toc);
		block_keep(block, tail, false);
	}
	add_block(b, block);
}

void book_contents(struct book *b)
{
	struct tag *sect = tag_new(tag_root(b->doc->tags), "Sect", NULL, NULL);
	struct block *head = block_new(b->doc);
	flow_new_page(b->flow);
	add_title(b, head, book_word(b, "contents"), mirror_heading(&b->text), sect);
	flow_add(b->flow, head);
	struct tag *toc = tag_new(sect, "TOC", NULL, NULL);
	add_texts(b, toc);
	for (size_t i = 0; i < b->n_sessions; i++)
		add_entries(b, &b->sessions[i], i + 1 == b->n_sessions, toc);
	flow_new_page(b->flow);
}
