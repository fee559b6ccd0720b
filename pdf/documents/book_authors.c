/* Names with raised numbers, and what the numbers stand for; one institution needs no number. */
#include "pdf/documents/book.h"

#include <string.h>
#include <unicode/uloc.h>

static const struct text_style name_style = {
	.family = FONT_SANS, .size = 9.6, .colour = COLOUR_INK};
static const struct text_style presenter_style = {
	.family = FONT_SANS, .bold = true, .size = 9.6, .colour = COLOUR_INK};
static const struct text_style number_style = {
	.family = FONT_SANS, .size = 6.6, .rise = 3.3, .colour = COLOUR_INK_2};
static const struct text_style affiliation_style = {
	.family = FONT_SANS, .size = 8.6, .colour = COLOUR_INK_2};
static const struct text_style small_number_style = {
	.family = FONT_SANS, .size = 6, .rise = 3, .colour = COLOUR_INK_2};

/* A line of spans in the making. */
struct phrase {
	struct book *b;
	const char *lang; /* of the abstract, or of the book */
	struct text_span *spans;
	size_t n, room;
};

/* The affiliations of one abstract in the order in which they are first met. */
struct institutions {
	const char **names;
	size_t n;
	bool is_numbered;
};

static struct arena *arena_of(const struct book *b)
{
	return typesetter_arena(b->doc->type);
}

static struct text_span *say(struct phrase *s, const struct text_style *style, const char *text)
{
	if (s->n == s->room) {
		size_t room = s->room ? s->room * 2 : 32;
		struct text_span *spans = ARENA_ARRAY(arena_of(s->b), room, struct text_span);
		if (s->n)
			memcpy(spans, s->spans, s->n * sizeof *spans);
		s->spans = spans;
		s->room = room;
	}
	s->spans[s->n] = (struct text_span){.style = style, .text = text};
	return &s->spans[s->n++];
}

static size_t number_of(const struct institutions *in, const char *name)
{
	size_t i = 0;
	while (i < in->n && strcmp(in->names[i], name) != 0)
		i++;
	return i;
}

static struct institutions institutions_of(struct book *b, const cJSON *authors)
{
	struct institutions in = {0};
	const cJSON *author, *item;
	size_t n = 0, n_without = 0;
	cJSON_ArrayForEach(author, authors)
	{
		n += model_count(json_get(author, "affiliations"));
		n_without += model_count(json_get(author, "affiliations")) == 0;
	}
	in.names = ARENA_ARRAY(arena_of(b), n, const char *);
	cJSON_ArrayForEach(author, authors)
		cJSON_ArrayForEach(item, json_get(author, "affiliations"))
	{
		if (number_of(&in, item->valuestring) == in.n)
			in.names[in.n++] = item->valuestring;
	}
	in.is_numbered = in.n > 1 || (in.n == 1 && n_without > 0);
	return in;
}

/* "1,3*" behind a name. */
static const char *marks_of(struct book *b, const struct institutions *in, const cJSON *author)
{
	struct buf marks = buf_in(arena_of(b), 256);
	const cJSON *item;
	if (in->is_numbered)
		cJSON_ArrayForEach(item, json_get(author, "affiliations")) buf_printf(
			&marks, "%s%zu", marks.n ? "," : "", number_of(in, item->valuestring) + 1);
	if (json_bool(author, "presenting"))
		buf_char(&marks, '*');
	return buf_cstr(&marks);
}

/* A name keeps its language, for screen readers and shapes, and its direction to itself. */
static void say_name(struct phrase *s, const cJSON *author, struct tag *tag)
{
	const char *lang = json_text(author, "lang");
	struct text_span *span =
		say(s, json_bool(author, "presenting") ? &presenter_style : &name_style,
			model_text(author, "name"));
	span->lang = lang;
	span->isolate = true;
	/* Told only where it differs from what is known: a book has thousands of names. */
	span->tag = lang && !text_equal(lang, s->lang) ? tag_new(tag, "Span", lang, NULL) : NULL;
}

static void add_phrase(struct block *block, const struct phrase *s, const struct block_text *how)
{
	struct block_text text = *how;
	bool is_rtl = uloc_isRightToLeft(s->b->lang);
	text.paragraph = paragraph_new(
		s->b->doc->type, s->spans, s->n, is_rtl ? DIRECTION_RTL : DIRECTION_LTR);
	text.align = ALIGN_START;
	block_text(block, &text);
}

static bool add_names(struct book *b, struct block *block, const cJSON *authors,
	const struct institutions *in, struct block_text how, const char *lang, struct tag *sect)
{
	struct phrase s = {.b = b, .lang = lang};
	const cJSON *author;
	bool has_presenter = false;
	how.tag = tag_new(sect, "P", NULL, NULL);
	how.leading = 13.2;
	cJSON_ArrayForEach(author, authors)
	{
		const char *marks = marks_of(b, in, author);
		if (s.n)
			say(&s, &name_style, ", ");
		say_name(&s, author, how.tag);
		if (*marks)
			say(&s, &number_style, marks);
		has_presenter = has_presenter || json_bool(author, "presenting");
	}
	add_phrase(block, &s, &how);
	return has_presenter;
}

static void add_institutions(struct book *b, struct block *block, const struct institutions *in,
	bool has_presenter, struct block_text how, struct tag *sect)
{
	struct phrase s = {.b = b};
	how.tag = tag_new(sect, "P", NULL, NULL);
	how.leading = 11.8;
	for (size_t i = 0; i < in->n; i++) {
		if (i > 0)
			say(&s, &affiliation_style, "; ");
		if (in->is_numbered)
			say(&s, &small_number_style, arena_printf(arena_of(b), "%zu\u00A0", i + 1));
		say(&s, &affiliation_style, in->names[i])->isolate = true;
	}
	if (has_presenter) {
		say(&s, &small_number_style, in->n ? "\u2003*\u00A0" : "*\u00A0");
		say(&s, &affiliation_style, book_word(b, "presenting"));
	}
	if (s.n)
		add_phrase(block, &s, &how);
}

void book_authors(struct book *b, struct block *block, const cJSON *abstract, double x,
	double width, struct tag *sect)
{
	const cJSON *authors = json_get(abstract, "authors");
	const char *lang = json_text(abstract, "lang");
	struct institutions in = institutions_of(b, authors);
	struct block_text how = {.x = x, .width = width};
	bool has_presenter = add_names(b, block, authors, &in, how, lang ? lang : b->lang, sect);
	/* Who stands alone presents: nobody needs to be told. */
	add_institutions(b, block, &in, has_presenter && model_count(authors) > 1, how, sect);
}
