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
static const struct text_style signed_style = {
	.family = FONT_SERIF, .italic = true, .size = 11.5, .colour = COLOUR_INK};
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

static const double number_room = MM(13), code_room = MM(17);

/* ---- cover ---------------------------------------------------------------------------------- */

static void draw_cloth(struct page *page, double height)
{
	double bleed = MM(3), width = page_width(page) + 2 * bleed;
	page_mark(page, NULL);
	page_rect(page, -bleed, -bleed, width, height + bleed, COLOUR_BAND);
	page_rect(page, -bleed, height, width, MM(1.6), COLOUR_OCHRE_FILL);
}

void book_cover(struct book *b)
{
	const cJSON *event = json_get(b->model, "event");
	const char *network = json_text(event, "network"), *place = json_text(event, "place"),
		   *subtitle = json_text(b->model, "subtitle"), *note = json_text(b->model, "note");
	const char *dates = date_span(b->doc->arena, b->lang, model_text(event, "starts_on"),
		model_text(event, "ends_on"));
	double width = b->measures.width, height = b->measures.height, scale = width / MM(210),
	       x = b->measures.width * 0.11, cloth = height * 0.72;
	struct page *page = doc_page(b->doc, width, height);
	struct tag *sect = tag_new(tag_root(b->doc->tags), "Sect", NULL, NULL);
	struct slot slot = {.x = x, .width = width - 2 * x, .y = height * 0.075, .height = MM(8)};
	draw_cloth(page, cloth);
	emblem_draw(page, width - x - MM(15) * scale, slot.y, MM(15) * scale, COLOUR_ON_BAND);
	slot.style = &network_style;
	if (network) {
		slot.width -= MM(24) * scale;
		slot_put(b->doc, page, &slot, network, NULL, tag_new(sect, "P", NULL, NULL));
		slot.width += MM(24) * scale;
	}
	slot.style = &title_style;
	slot.y = height * 0.25;
	slot.height = height * 0.26;
	slot.leading = 1.12;
	slot.least = 16;
	slot.y += slot_put(b->doc, page, &slot, b->title, NULL, tag_new(sect, "H1", NULL, NULL));
	slot.style = &subtitle_style;
	slot.y += MM(7) * scale;
	slot.height = MM(14);
	slot_put(b->doc, page, &slot, subtitle ? subtitle : book_word(b, "book"), NULL,
		tag_new(sect, "P", NULL, NULL));
	slot.style = &dates_style;
	slot.y = cloth - MM(22) * scale;
	slot.least = 8;
	slot_put(b->doc, page, &slot,
		place ? arena_printf(b->doc->arena, "%s, %s", place, dates) : dates, NULL,
		tag_new(sect, "P", NULL, NULL));
	if (note) {
		slot.style = &note_style;
		slot.y = height - MM(22) * scale;
		slot_put(b->doc, page, &slot, note, NULL, tag_new(sect, "P", NULL, NULL));
	}
	logos_row(&b->logos, page, x, cloth + height * 0.05, width - 2 * x, sect);
	page_close(page);
	doc_forget(b->doc);
}

/* ---- texts ---------------------------------------------------------------------------------- */

/*
 * A part begins on a page of its own, with its title. Above it stands the title of the event, and
 * its own on the pages that follow.
 */
static void begin_part(struct book *b, const char *title, struct tag *sect)
{
	struct block *block = block_new(b->doc);
	flow_new_page(b->flow);
	block_text(block, &(struct block_text){.paragraph = paragraph_of(
						       b->doc->type, &heading_style, title, NULL),
				  .width = b->width,
				  .leading = 27,
				  .tag = tag_new(sect, "H1", NULL, NULL),
				  .align = ALIGN_START,
				  .balance = true});
	block_running(block, 0, b->title);
	block_bookmark(block, 0, 0, title);
	block_pad(block, MM(6));
	flow_add(b->flow, block);
}

/* Narrower than the abstracts: seventy letters to a line, to be read from end to end. */
static struct prose measure_of_texts(const struct book *b)
{
	const double leading = 16.4, most = 390;
	double x = b->columns > 1 ? 0 : b->measures.hang, width = b->width - x;
	return (struct prose){.style = &prose_style,
		.x = x,
		.width = width < most ? width : most,
		.leading = leading,
		.gap = leading / 2,
		.align = ALIGN_JUSTIFY};
}

static void add_signature(
	struct book *b, struct block *block, const struct prose *how, const char *sign)
{
	block_keep(block, block_rows(block) - 1, true);
	block_pad(block, how->gap);
	block_keep(block, block_rows(block) - 1, true);
	block_text(block, &(struct block_text){.paragraph = paragraph_of(b->doc->type,
						       &signed_style, sign, how->lang),
				  .x = how->x,
				  .width = how->width,
				  .leading = how->leading,
				  .align = ALIGN_START,
				  .tag = tag_new(how->parent, "P", NULL, NULL)});
}

void book_texts(struct book *b)
{
	const cJSON *text;
	cJSON_ArrayForEach(text, json_get(b->model, "texts"))
	{
		const char *lang = json_text(text, "lang"), *sign = json_text(text, "signed"),
			   *title = model_text(text, "title");
		struct tag *sect = tag_new(tag_root(b->doc->tags), "Sect", lang, NULL);
		struct block *block = block_new(b->doc);
		struct prose how = measure_of_texts(b);
		how.lang = lang;
		how.parent = sect;
		doc_about(b->doc, title);
		begin_part(b, title, sect);
		block_prose(block, &how, model_text(text, "text"));
		block_running(block, 0, title);
		if (sign)
			add_signature(b, block, &how, sign);
		flow_add(b->flow, block);
		doc_forget(b->doc);
	}
}

/* ---- contents ------------------------------------------------------------------------------- */

static void add_number(
	struct book *b, struct block *block, const struct book_entry *e, struct tag *item)
{
	block_page_number(block, block_rows(block) - 1,
		&(struct block_number){.place = e->place,
			.style = &number_style,
			.x = b->width,
			.tag = tag_new(item, "P", NULL, NULL),
			.has_leader = true});
}

static void add_abstract(
	struct book *b, struct block *block, const struct book_entry *e, struct tag *toc)
{
	const char *code = json_text(e->model, "code");
	struct tag *item = tag_new(toc, "TOCI", NULL, NULL);
	struct tag *label = code ? tag_new(item, "Lbl", NULL, NULL) : NULL;
	struct tag *link = tag_new(item, "Link", json_text(e->model, "lang"), NULL);
	double x = code ? code_room : 0;
	size_t row = block_rows(block);
	block_text(block, &(struct block_text){.paragraph = paragraph_of(b->doc->type, &entry_style,
						       model_text(e->model, "title"),
						       json_text(e->model, "lang")),
				  .x = x,
				  .width = b->width - x - number_room,
				  .leading = 13,
				  .tag = link,
				  .link = e->place});
	if (code)
		block_beside(block, row,
			&(struct block_text){
				.paragraph = paragraph_of(b->doc->type, &code_style, code, NULL),
				.width = code_room,
				.leading = 13,
				.tag = label});
	add_number(b, block, e, item);
	block_keep(block, row, false);
	block_space(block, 2.4);
}

static void add_session(
	struct book *b, struct block *block, const struct book_entry *e, struct tag *toc)
{
	const char *on = json_text(e->model, "on"), *room = json_text(e->model, "room");
	struct tag *item = tag_new(toc, "TOCI", NULL, NULL);
	size_t row = block_rows(block);
	block_text(
		block, &(struct block_text){.paragraph = paragraph_of(b->doc->type, &session_style,
						    model_text(e->model, "title"), NULL),
			       .width = b->width - number_room,
			       .leading = 14,
			       .tag = tag_new(item, "Link", NULL, NULL),
			       .link = e->place});
	add_number(b, block, e, item);
	if (on || room) {
		const char *date = on ? date_long(b->doc->arena, b->lang, on) : "",
			   *when = arena_printf(typesetter_arena(b->doc->type), "%s%s%s", date,
				   on && room ? " · " : "", room ? room : "");
		block_text(block, &(struct block_text){.paragraph = paragraph_of(b->doc->type,
							       &when_style, when, NULL),
					  .width = b->width - number_room,
					  .leading = 12,
					  .tag = tag_new(item, "P", NULL, NULL)});
	}
	block_space(block, 3);
	block_hold(block, row, block_rows(block) - row + 3);
}

void book_contents(struct book *b)
{
	struct tag *sect = tag_new(tag_root(b->doc->tags), "Sect", NULL, NULL);
	begin_part(b, book_word(b, "contents"), sect);
	struct tag *toc = tag_new(sect, "TOC", NULL, NULL);
	for (size_t i = 0; i < b->n_sessions; i++) {
		const struct book_entry *e = &b->sessions[i];
		struct block *block = block_new(b->doc);
		add_session(b, block, e, toc);
		block_running(block, 0, book_word(b, "contents"));
		size_t first = block_rows(block);
		for (size_t k = 0; k < e->n_abstracts; k++)
			add_abstract(b, block, &e->abstracts[k], toc);
		if (e->n_abstracts)
			block_hold(block, first - 1, 3);
		block_space(block, MM(4));
		flow_add(b->flow, block);
		doc_forget(b->doc);
	}
	flow_new_page(b->flow);
}
