/* Sessions and abstracts. A title, its authors and the first lines of its text are never parted. */
#include "pdf/documents/book.h"

#include "pdf/documents/date.h"
#include "pdf/documents/hues.h"
#include "pdf/layout/prose.h"

#include <string.h>

static const struct text_style session_style = {
	.family = FONT_SERIF, .bold = true, .size = 19, .colour = COLOUR_WINE};
static const struct text_style when_style = {
	.family = FONT_SANS, .size = 9.5, .colour = COLOUR_INK_2};
static const struct text_style letter_style = {
	.family = FONT_SANS, .bold = true, .size = 8, .colour = COLOUR_WHITE};
static const struct text_style code_style = {
	.family = FONT_SANS, .bold = true, .tabular = true, .size = 9.5, .colour = COLOUR_WINE};
static const struct text_style time_style = {
	.family = FONT_SANS, .tabular = true, .size = 9, .colour = COLOUR_INK_2};
static const struct text_style title_style = {
	.family = FONT_SERIF, .bold = true, .size = 13, .colour = COLOUR_INK};
static const struct text_style compact_title_style = {
	.family = FONT_SERIF, .bold = true, .size = 10.5, .colour = COLOUR_INK};
static const struct text_style body_style = {
	.family = FONT_SERIF, .size = 10.5, .colour = COLOUR_INK};
static const struct text_style run_in_style = {
	.family = FONT_SERIF, .bold = true, .size = 10.5, .colour = COLOUR_INK};
static const struct text_style compact_style = {
	.family = FONT_SERIF, .size = 9, .colour = COLOUR_INK};
static const struct text_style compact_run_in_style = {
	.family = FONT_SERIF, .bold = true, .size = 9, .colour = COLOUR_INK};
static const struct text_style notes_style = {
	.family = FONT_SANS, .size = 8.6, .colour = COLOUR_INK_2};
static const struct text_style notes_label_style = {
	.family = FONT_SANS, .bold = true, .size = 8.6, .colour = COLOUR_INK_2};
static const struct text_style withheld_style = {
	.family = FONT_SERIF, .italic = true, .size = 10.5, .colour = COLOUR_INK_2};

static const double body_leading = 14, compact_leading = 11.6;

/* An abstract while its block is being built. */
struct setting {
	struct book *b;
	struct block *block;
	const cJSON *model;
	const char *lang;
	struct tag *sect;
	double x, width; /* of the text */
	bool is_compact;
};

/* ---- session -------------------------------------------------------------------------------- */

/* "Wednesday 8 September 2027 · 09:00–10:30 · Great Hall". */
static const char *when_of(struct book *b, const cJSON *session)
{
	struct arena *a = typesetter_arena(b->doc->type);
	const char *on = json_text(session, "on"), *start = json_text(session, "start"),
		   *end = json_text(session, "end"), *room = json_text(session, "room");
	const char *parts[3] = {on ? date_long(a, b->lang, on) : NULL,
		start && end ? arena_printf(a, "%s–%s", start, end) : start, room};
	const char *when = NULL;
	for (int i = 0; i < 3; i++)
		if (parts[i])
			when = when ? arena_printf(a, "%s · %s", when, parts[i]) : parts[i];
	return when;
}

static const char *chairs_of(struct book *b, const cJSON *session)
{
	struct arena *a = typesetter_arena(b->doc->type);
	const cJSON *chair;
	const char *names = NULL;
	cJSON_ArrayForEach(chair, json_get(session, "chairs"))
	{
		const char *name = model_text(chair, "name"),
			   *affiliation = json_text(chair, "affiliation");
		if (affiliation)
			name = arena_printf(a, "%s (%s)", name, affiliation);
		names = names ? arena_printf(a, "%s, %s", names, name)
			      : arena_printf(a, "%s: %s", book_word(b, "chair"), name);
	}
	return names;
}

static void add_line(struct book *b, struct block *block, const struct text_style *style,
	const char *text, double x, struct tag *sect)
{
	if (text)
		block_text(block, &(struct block_text){.paragraph = paragraph_of(
							       b->doc->type, style, text, NULL),
					  .x = x,
					  .width = b->width - x,
					  .leading = style->size * 1.42,
					  .tag = tag_new(sect, "P", NULL, NULL)});
}

static void add_theme(struct book *b, struct block *block, const cJSON *theme, struct tag *sect)
{
	size_t row = block_rows(block);
	if (!theme)
		return;
	add_line(b, block, &when_style, model_text(theme, "name"), MM(5.5), sect);
	block_chip(block, row,
		&(struct block_chip){.letter = paragraph_of(b->doc->type, &letter_style,
					     model_text(theme, "letter"), NULL),
			.side = MM(4),
			.colour = hue_colour((int)json_int(theme, "hue", 1)),
			.tag = tag_new(sect, "P", NULL, NULL)});
}

/* Begins low on a page only where an abstract finds room below its head. */
static void add_session_head(struct book *b, const struct book_entry *e, struct tag *sect)
{
	const double least_room = MM(95);
	struct block *block = block_new(b->doc);
	const char *title = model_text(e->model, "title");
	block_space(block, MM(7));
	block_rule(block, 0, b->width, 1.4, COLOUR_WINE);
	size_t row = block_rows(block) - 1;
	block_pad(block, MM(3));
	block_text(block, &(struct block_text){.paragraph = paragraph_of(
						       b->doc->type, &session_style, title, NULL),
				  .width = b->width,
				  .leading = 24,
				  .tag = tag_new(sect, "H2", NULL, NULL),
				  .balance = true});
	block_place(block, row, e->place);
	block_bookmark(block, row, 0, title);
	block_running(block, row, title);
	block_pad(block, 3);
	add_line(b, block, &when_style, when_of(b, e->model), 0, sect);
	add_line(b, block, &when_style, chairs_of(b, e->model), 0, sect);
	add_theme(b, block, json_get(e->model, "theme"), sect);
	block_pad(block, MM(5));
	block_keep(block, 0, false);
	flow_need(b->flow, least_room);
	flow_add(b->flow, block);
}

void book_session(struct book *b, struct book_entry *session)
{
	bool is_compact = json_bool(session->model, "compact");
	struct tag *sect = tag_new(tag_root(b->doc->tags), "Sect", NULL, NULL);
	doc_about(b->doc, model_text(session->model, "title"));
	flow_columns(b->flow, b->columns, MM(7));
	b->width = flow_width(b->flow);
	add_session_head(b, session, sect);
	for (size_t i = 0; i < session->n_abstracts; i++) {
		if (i > 0 && json_bool(json_get(b->model, "page"), "abstract_per_page"))
			flow_new_page(b->flow);
		book_abstract(b, &session->abstracts[i], is_compact, sect);
	}
}

/* ---- abstract ------------------------------------------------------------------------------- */

static void add_title(struct setting *s)
{
	const char *code = json_text(s->model, "code"), *start = json_text(s->model, "start");
	struct typesetter *type = s->b->doc->type;
	const struct text_style *style = s->is_compact ? &compact_title_style : &title_style;
	struct tag *heading = tag_new(s->sect, "H3", NULL, NULL);
	struct tag *label = code ? tag_new(heading, "Span", NULL, NULL) : NULL;
	bool hangs = s->x > 0;
	struct text_span spans[] = {
		{.style = &code_style,
			.text = code ? arena_printf(typesetter_arena(type), "%s  ", code) : "",
			.tag = label},
		{.style = style, .text = model_text(s->model, "title"), .lang = s->lang}};
	struct text_span *title = code && !hangs ? spans : spans + 1;
	size_t row = block_rows(s->block);
	block_text(
		s->block, &(struct block_text){.paragraph = paragraph_new(type, title,
						       (size_t)(spans + 2 - title), DIRECTION_AUTO),
				  .x = s->x,
				  .width = s->width,
				  .leading = style->size * 1.26,
				  .align = ALIGN_START,
				  .tag = heading,
				  .balance = true});
	if (code && hangs)
		block_beside(s->block, row,
			&(struct block_text){
				.paragraph = paragraph_of(type, &code_style, code, NULL),
				.width = s->x - 4,
				.leading = style->size * 1.26,
				.tag = label});
	if (start && hangs)
		block_beside(s->block, row + 1,
			&(struct block_text){
				.paragraph = paragraph_of(type, &time_style, start, NULL),
				.width = s->x - 4,
				.leading = 12,
				.tag = tag_new(s->sect, "P", NULL, NULL)});
}

/* One paragraph, perhaps with its heading in front: "Background. The ward ...". */
static void add_paragraph(struct setting *s, const char *heading, const char *text)
{
	struct typesetter *type = s->b->doc->type;
	struct tag *tag = tag_new(s->sect, "P", s->lang, NULL);
	struct text_span spans[] = {
		{.style = s->is_compact ? &compact_run_in_style : &run_in_style,
			.text = heading ? arena_printf(typesetter_arena(type), "%s. ", heading)
					: "",
			.lang = s->lang},
		{.style = s->is_compact ? &compact_style : &body_style,
			.text = text,
			.lang = s->lang}};
	block_text(s->block,
		&(struct block_text){.paragraph = paragraph_new(type, heading ? spans : spans + 1,
					     heading ? 2 : 1, DIRECTION_AUTO),
			.x = s->x,
			.width = s->width,
			.leading = s->is_compact ? compact_leading : body_leading,
			.align = ALIGN_JUSTIFY,
			.tag = tag});
}

static void add_part(struct setting *s, const cJSON *part)
{
	const double gap = s->is_compact ? 0 : 3;
	const char *heading = json_text(part, "heading"), *rest = model_text(part, "text");
	for (const char *text;
		(text = prose_cut(typesetter_arena(s->b->doc->type), &rest)) != NULL;) {
		block_space(s->block, gap);
		add_paragraph(s, heading, text);
		heading = NULL;
	}
}

/* "Keywords: listening, ward round". */
static void add_note(struct setting *s, const char *label, const char *text)
{
	struct typesetter *type = s->b->doc->type;
	struct text_span spans[] = {
		{.style = &notes_label_style,
			.text = arena_printf(typesetter_arena(type), "%s: ", label)},
		{.style = &notes_style, .text = text, .isolate = true}};
	if (text)
		block_text(s->block, &(struct block_text){.paragraph = paragraph_new(
								  type, spans, 2, DIRECTION_LTR),
					     .x = s->x,
					     .width = s->width,
					     .leading = 12,
					     .tag = tag_new(s->sect, "P", NULL, NULL)});
}

static const char *keywords_of(struct setting *s)
{
	const cJSON *keyword;
	const char *all = NULL;
	struct arena *a = typesetter_arena(s->b->doc->type);
	cJSON_ArrayForEach(keyword, json_get(s->model, "keywords")) all =
		all ? arena_printf(a, "%s, %s", all, keyword->valuestring) : keyword->valuestring;
	return all;
}

static void add_notes(struct setting *s)
{
	const char *doi = json_text(s->model, "doi"), *keywords = keywords_of(s);
	if (keywords || doi)
		block_space(s->block, 3);
	add_note(s, book_word(s->b, "keywords"), keywords);
	add_note(s, book_word(s->b, "funding"), json_text(s->model, "funding"));
	add_note(s, book_word(s->b, "interests"), json_text(s->model, "interests"));
	add_note(s, "DOI", doi);
}

static bool is_withheld(const struct book *b, const cJSON *abstract)
{
	const char *until = json_text(abstract, "embargo_until"),
		   *as_of = json_text(b->model, "as_of");
	return until && (!as_of || strcmp(as_of, until) < 0);
}

static void add_withheld(struct setting *s)
{
	struct arena *a = typesetter_arena(s->b->doc->type);
	const char *until = date_long(a, s->b->lang, model_text(s->model, "embargo_until"));
	block_text(s->block,
		&(struct block_text){
			.paragraph = paragraph_of(s->b->doc->type, &withheld_style,
				arena_printf(a, "%s %s", book_word(s->b, "withheld"), until), NULL),
			.x = s->x,
			.width = s->width,
			.leading = body_leading,
			.tag = tag_new(s->sect, "P", NULL, NULL)});
}

static void add_to_indexes(struct book *b, const struct book_entry *e)
{
	const cJSON *author, *item;
	cJSON_ArrayForEach(author, json_get(e->model, "authors"))
	{
		const char *name = model_text(author, "name"),
			   *sort_name = json_text(author, "sort_name");
		book_index_add(b->authors, sort_name ? sort_name : name, json_text(author, "lang"),
			sort_name ? sort_name : name, e->place);
		cJSON_ArrayForEach(item, json_get(author, "affiliations")) book_index_add(
			b->affiliations, item->valuestring, NULL, item->valuestring, e->place);
	}
	cJSON_ArrayForEach(item, json_get(e->model, "keywords")) book_index_add(b->keywords,
		item->valuestring, json_text(e->model, "lang"), item->valuestring, e->place);
}

static void add_text(struct setting *s)
{
	const cJSON *part;
	if (is_withheld(s->b, s->model)) {
		add_withheld(s);
		return;
	}
	cJSON_ArrayForEach(part, json_get(s->model, "parts")) add_part(s, part);
	add_notes(s);
}

void book_abstract(struct book *b, const struct book_entry *e, bool is_compact, struct tag *session)
{
	enum { HELD_LINES = 4 };
	double x = b->columns > 1 ? 0 : b->measures.hang;
	const char *code = json_text(e->model, "code"), *title = model_text(e->model, "title");
	struct setting s = {.b = b,
		.block = block_new(b->doc),
		.model = e->model,
		.lang = json_text(e->model, "lang"),
		.x = x,
		.width = b->width - x,
		.is_compact = is_compact};
	s.sect = tag_new(session, "Sect", s.lang, NULL);
	doc_about(b->doc,
		code ? arena_printf(typesetter_arena(b->doc->type), "%s %s", code, title) : title);
	add_title(&s);
	block_place(s.block, 0, e->place);
	block_bookmark(s.block, 0, 1, title);
	block_pad(s.block, 3);
	book_authors(b, s.block, e->model, s.x, s.width, s.sect);
	block_pad(s.block, is_compact ? 1 : 3);
	size_t n_head = block_rows(s.block);
	add_text(&s);
	block_hold(s.block, 0, n_head + HELD_LINES);
	block_space(s.block, is_compact ? MM(4.5) : MM(8));
	add_to_indexes(b, e);
	flow_add(b->flow, s.block);
	if (flow_is_settled(b->flow))
		doc_forget(b->doc);
}
