/* Abstracts of a session. A title, its authors and the first lines of its text are never parted. */
#include "pdf/documents/book.h"

#include "pdf/documents/date.h"
#include "pdf/layout/prose.h"

#include <string.h>
#include <unicode/uloc.h>

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
	struct book_column at;
	double hang; /* of the column of codes beside it; 0: they stand in the text */
	bool is_rtl;
	bool has_eyebrow; /* code and time stand above the title */
	size_t first; /* row of the block: the first one may stand below the head of its session */
};

/* As its language runs: a title may begin with a word of another. */
static enum paragraph_direction direction_of(const struct setting *s)
{
	return s->is_rtl ? DIRECTION_RTL : DIRECTION_LTR;
}

static enum paragraph_direction direction_of_book(const struct setting *s)
{
	return s->b->text.is_on ? DIRECTION_RTL : DIRECTION_LTR;
}

/*
 * Where no column hangs beside the text, or the code is too long for it, code and time stand above
 * the title.
 */
static void add_eyebrow(struct setting *s, const char *code, struct tag *heading)
{
	struct typesetter *type = s->b->doc->type;
	const char *start = json_text(s->model, "start");
	struct tag *tag = tag_new(heading, "Span", NULL, NULL);
	struct text_span spans[] = {
		{.style = &code_style, .text = code ? code : "", .isolate = true, .tag = tag},
		{.style = &time_style, .text = code && start ? "\u2002" : ""},
		{.style = &time_style, .text = start ? start : "", .isolate = true}};
	struct block_text text = {.width = s->at.width,
		.leading = 14,
		.x = s->at.x,
		.align = ALIGN_START,
		.tag = heading};
	size_t row = block_rows(s->block);
	text.paragraph =
		paragraph_new(type, spans, 3, s->hang > 0 ? direction_of_book(s) : direction_of(s));
	book_bind_code(text.paragraph, tag);
	if (s->hang > 0) {
		text.x = 0;
		text.width = s->b->width;
		text.align = ALIGN_LEFT;
		book_text(s->b, s->block, &text);
	} else {
		block_text(s->block, &text);
	}
	block_keep(s->block, row, true);
}

static void add_heading(struct setting *s, const char *code, struct tag *heading)
{
	const struct text_style *style = s->at.is_compact ? &compact_title_style : &title_style;
	struct text_span spans[] = {{.style = &code_style, .text = code, .isolate = true},
		{.style = &code_style, .text = "\u2002"},
		{.style = style, .text = model_text(s->model, "title"), .lang = s->lang}};
	if (code)
		spans[0].tag = tag_new(heading, "Span", NULL, NULL);
	struct paragraph *p = paragraph_new(
		s->b->doc->type, code ? spans : spans + 2, code ? 3 : 1, direction_of(s));
	if (code)
		book_bind_code(p, spans[0].tag);
	block_text(s->block, &(struct block_text){.paragraph = p,
				     .x = s->at.x,
				     .width = s->at.width,
				     .leading = style->size * 1.26,
				     .align = ALIGN_START,
				     .tag = heading,
				     .balance = true});
}

/* In the column beside the title. */
static void add_code(struct setting *s, struct paragraph *code, struct tag *heading, size_t row)
{
	const struct text_style *style = s->at.is_compact ? &compact_title_style : &title_style;
	book_beside(s->b, s->block, row,
		&(struct block_text){.paragraph = code,
			.width = s->hang,
			.leading = style->size * 1.26,
			.tag = tag_new(heading, "Span", NULL, NULL)});
}

static void add_title(struct setting *s)
{
	const char *code = json_text(s->model, "code"), *start = json_text(s->model, "start");
	struct tag *heading = tag_new(s->sect, "H3", NULL, NULL);
	bool hangs = s->hang > 0;
	struct paragraph *beside =
		code && hangs ? book_code(s->b, &code_style, code, s->hang) : NULL;
	s->has_eyebrow = hangs ? code && !beside : !s->at.is_compact && (code || start);
	if (s->has_eyebrow) {
		add_eyebrow(s, code, heading);
		code = NULL;
	}
	size_t row = block_rows(s->block);
	add_heading(s, hangs ? NULL : code, heading);
	if (beside)
		add_code(s, beside, heading, row);
}

/* Below the code: beside the second line of the title, or else beside the authors. */
static void add_start(struct setting *s, size_t authors)
{
	const char *start = json_text(s->model, "start");
	if (start && s->hang > 0 && !s->has_eyebrow)
		book_beside(s->b, s->block, authors > s->first + 2 ? s->first + 1 : authors,
			&(struct block_text){.paragraph = paragraph_of(
						     s->b->doc->type, &time_style, start, NULL),
				.width = s->hang,
				.leading = 12,
				.tag = tag_new(s->sect, "P", NULL, NULL)});
}

static bool is_one_of(const char *lang, const char *const languages[])
{
	for (; lang && *languages; languages++)
		if (strncmp(lang, *languages, strlen(*languages)) == 0)
			return true;
	return false;
}

/* What parts a heading from the text it runs into. */
static const char *heading_end(const char *lang)
{
	static const char *const square[] = {"zh", "ja", NULL}, *const without_stops[] = {
									"th", "lo", "km", NULL};
	return is_one_of(lang, square)          ? "\u3000"
	       : is_one_of(lang, without_stops) ? "\u2002"
						: ". ";
}

/* One paragraph, perhaps with its heading in front: "Background. The ward ...". */
static void add_paragraph(struct setting *s, const char *heading, const char *text)
{
	struct typesetter *type = s->b->doc->type;
	struct tag *tag = tag_new(s->sect, "P", s->lang, NULL);
	struct text_span spans[] = {
		{.style = &run_in_style,
			.text = heading ? arena_printf(typesetter_arena(type), "%s%s", heading,
						  heading_end(s->lang))
					: "",
			.lang = s->lang},
		{.style = s->at.is_compact ? &compact_style : &body_style,
			.text = text,
			.lang = s->lang}};
	block_text(s->block,
		&(struct block_text){.paragraph = paragraph_new(type, heading ? spans : spans + 1,
					     heading ? 2 : 1, direction_of(s)),
			.x = s->at.x,
			.width = s->at.width,
			.leading = s->at.is_compact ? compact_leading : body_leading,
			.align = ALIGN_JUSTIFY,
			.tag = tag});
}

static void add_part(struct setting *s, const cJSON *part)
{
	const char *heading = json_text(part, "heading"), *rest = model_text(part, "text");
	for (const char *text;
		(text = prose_cut(typesetter_arena(s->b->doc->type), &rest)) != NULL;) {
		block_space(s->block, 3);
		add_paragraph(s, heading, text);
		heading = NULL;
	}
}

/* All parts as one paragraph, without their headings. */
static void add_run_together(struct setting *s)
{
	static const char *const without_blanks[] = {"zh", "ja", NULL};
	const cJSON *part;
	struct arena *a = typesetter_arena(s->b->doc->type);
	const char *blank = is_one_of(s->lang, without_blanks) ? "" : " ";
	struct buf all = buf_in(a, SIZE_MAX);
	cJSON_ArrayForEach(part, json_get(s->model, "parts"))
	{
		const char *rest = model_text(part, "text");
		for (const char *text; (text = prose_cut(a, &rest)) != NULL;) {
			buf_text(&all, all.n ? blank : "");
			buf_text(&all, text);
		}
	}
	if (all.n)
		add_paragraph(s, NULL, buf_cstr(&all));
}

/*
 * The direction of a note. Where the label is in the language of a book from left to right, the
 * line runs like the text behind it.
 */
static enum paragraph_direction note_direction(const struct setting *s, const char *text)
{
	struct typesetter *type = s->b->doc->type;
	if (!s->is_rtl)
		return DIRECTION_LTR;
	return s->b->text.is_on || paragraph_of(type, &notes_style, text, NULL)->is_rtl
		       ? DIRECTION_RTL
		       : DIRECTION_LTR;
}

/*
 * "Keywords: listening, ward round". In an abstract that runs from right to left the line stands on
 * the right.
 */
static void add_note(struct setting *s, const char *label, const char *text)
{
	struct typesetter *type = s->b->doc->type;
	/* In a book from right to left the colon stands left of a label in any language. */
	bool is_apart = s->b->text.is_on;
	struct text_span spans[] = {
		{.style = &notes_label_style,
			.text = is_apart ? label
					 : arena_printf(typesetter_arena(type), "%s: ", label),
			.isolate = true},
		{.style = &notes_label_style, .text = is_apart ? ": " : ""},
		{.style = &notes_style, .text = text, .isolate = true}};
	if (!text)
		return;
	block_text(s->block, &(struct block_text){.paragraph = paragraph_new(
							  type, spans, 3, note_direction(s, text)),
				     .x = s->at.x,
				     .width = s->at.width,
				     .leading = 12,
				     .align = s->is_rtl ? ALIGN_RIGHT : ALIGN_LEFT,
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

/* The notes stay together, with the last two lines of the text above them. */
static void add_notes(struct setting *s)
{
	enum { MOST_KEPT = 12 };
	const char *doi = json_text(s->model, "doi"), *keywords = keywords_of(s),
		   *funding = json_text(s->model, "funding"),
		   *interests = json_text(s->model, "interests");
	size_t row = block_rows(s->block);
	if (!keywords && !funding && !interests && !doi)
		return;
	block_space(s->block, s->at.is_compact ? 2.5 : 4.5);
	add_note(s, book_word(s->b, "keywords"), keywords);
	add_note(s, book_word(s->b, "funding"), funding);
	add_note(s, book_word(s->b, "interests"), interests);
	add_note(s, "DOI", doi);
	if (block_rows(s->block) - row <= MOST_KEPT)
		block_keep(s->block, row - 2, false);
}

bool book_is_withheld(const struct book *b, const cJSON *abstract)
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
			.paragraph = mirror_line(&s->b->page, s->b->doc, &withheld_style,
				(const char *const[]){book_word(s->b, "withheld"), until}, 2, " "),
			.x = s->at.x,
			.width = s->at.width,
			.leading = body_leading,
			.align = mirror_align(&s->b->text, ALIGN_LEFT),
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
	if (book_is_withheld(s->b, s->model)) {
		add_withheld(s);
		return;
	}
	if (s->at.is_compact)
		add_run_together(s);
	else
		cJSON_ArrayForEach(part, json_get(s->model, "parts")) add_part(s, part);
	add_notes(s);
}

/* Title, authors and affiliations. */
static void add_head(struct setting *s, const char *running)
{
	const char *title = model_text(s->model, "title");
	add_title(s);
	block_bookmark(s->block, s->first, 1, title);
	block_running(s->block, s->first, running);
	block_pad(s->block, s->at.is_compact ? 1.5 : 3);
	size_t authors = block_rows(s->block);
	book_authors(s->b, s->block, s->model, &s->at, s->sect);
	add_start(s, authors);
	block_pad(s->block, s->at.is_compact ? 2 : 3);
}

static struct setting setting_of(
	struct book *b, struct block *block, const cJSON *abstract, const cJSON *session)
{
	const char *lang = json_text(abstract, "lang");
	double hang = b->columns > 1 ? 0 : b->measures.hang, width = b->width - hang;
	return (struct setting){.b = b,
		.block = block,
		.model = abstract,
		.lang = lang,
		.at = {mirror_x(&b->text, hang, width), width, json_bool(session, "compact")},
		.hang = hang,
		.is_rtl = uloc_isRightToLeft(lang ? lang : b->lang),
		.first = block_rows(block)};
}

static void add_abstract(struct book *b, struct block *block, const struct book_entry *e,
	const cJSON *session, struct tag *session_tag)
{
	enum { HELD_ROWS = 2 }; /* of the text: space and two lines */
	struct setting s = setting_of(b, block, e->model, session);
	const char *code = json_text(e->model, "code"), *title = model_text(e->model, "title");
	s.sect = tag_new(session_tag, "Sect", s.lang, NULL);
	doc_about(b->doc,
		code ? arena_printf(typesetter_arena(b->doc->type), "%s %s", code, title) : title);
	add_head(&s, model_text(session, "title"));
	size_t n_head = block_rows(block) - s.first;
	block_place(block, s.first, e->place);
	add_text(&s);
	block_hold(block, s.first, n_head + HELD_ROWS);
	block_space(block, s.at.is_compact ? MM(5) : MM(8));
	add_to_indexes(b, e);
}

static void flush(struct book *b, struct block *block)
{
	flow_add(b->flow, block);
	if (flow_is_settled(b->flow))
		doc_forget(b->doc);
}

void book_session(struct book *b, struct book_entry *session)
{
	struct tag *sect = tag_new(tag_root(b->doc->tags), "Sect", NULL, NULL);
	struct block *block = block_new(b->doc);
	bool is_page_each = json_bool(json_get(b->model, "page"), "abstract_per_page");
	doc_about(b->doc, model_text(session->model, "title"));
	if (is_page_each)
		flow_new_page(b->flow);
	book_session_head(b, block, session, sect);
	for (size_t i = 0; i < session->n_abstracts; i++) {
		if (i > 0 && is_page_each)
			flow_new_page(b->flow);
		add_abstract(b, block, &session->abstracts[i], session->model, sect);
		flush(b, block);
		book_figures(b, &session->abstracts[i], sect);
		block = block_new(b->doc);
	}
	if (!session->n_abstracts)
		flush(b, block);
}
