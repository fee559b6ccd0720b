/* Names with raised numbers, and what the numbers stand for; one institution needs no number. */
#include "pdf/documents/book.h"

#include <string.h>
#include <unicode/uloc.h>

/* Numbers are raised; the asterisk is by itself. */
struct author_styles {
	struct text_style name, presenter, star, number, affiliation, small_number;
	double name_leading, affiliation_leading;
};

static const struct author_styles full = {
	.name = {.family = FONT_SANS, .size = 9.6, .colour = COLOUR_INK},
	.presenter = {.family = FONT_SANS, .bold = true, .size = 9.6, .colour = COLOUR_INK},
	.star = {.family = FONT_SANS, .size = 9.6, .colour = COLOUR_INK_2},
	.number = {.family = FONT_SANS, .size = 6.6, .rise = 3.3, .colour = COLOUR_INK_2},
	.affiliation = {.family = FONT_SANS, .size = 8.6, .colour = COLOUR_INK_2},
	.small_number = {.family = FONT_SANS, .size = 6, .rise = 3, .colour = COLOUR_INK_2},
	.name_leading = 13.2,
	.affiliation_leading = 11.8};
static const struct author_styles compact = {
	.name = {.family = FONT_SANS, .size = 8.8, .colour = COLOUR_INK},
	.presenter = {.family = FONT_SANS, .bold = true, .size = 8.8, .colour = COLOUR_INK},
	.star = {.family = FONT_SANS, .size = 8.8, .colour = COLOUR_INK_2},
	.number = {.family = FONT_SANS, .size = 6, .rise = 3, .colour = COLOUR_INK_2},
	.affiliation = {.family = FONT_SANS, .size = 7.9, .colour = COLOUR_INK_2},
	.small_number = {.family = FONT_SANS, .size = 5.6, .rise = 2.7, .colour = COLOUR_INK_2},
	.name_leading = 12,
	.affiliation_leading = 10.6};

/* A line of spans in the making. */
struct phrase {
	struct book *b;
	const struct author_styles *styles;
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

/* "1,3" behind a name. */
static const char *marks_of(struct book *b, const struct institutions *in, const cJSON *author)
{
	struct buf marks = buf_in(arena_of(b), 256);
	const cJSON *item;
	if (in->is_numbered)
		cJSON_ArrayForEach(item, json_get(author, "affiliations")) buf_printf(
			&marks, "%s%zu", marks.n ? "," : "", number_of(in, item->valuestring) + 1);
	return buf_cstr(&marks);
}

/* A name keeps its language, for screen readers and shapes, and its direction to itself. */
static void say_name(struct phrase *s, const cJSON *author, struct tag *tag)
{
	const char *lang = json_text(author, "lang");
	struct text_span *span =
		say(s, json_bool(author, "presenting") ? &s->styles->presenter : &s->styles->name,
			model_text(author, "name"));
	span->lang = lang;
	span->isolate = true;
	/* Told only where it differs from what is known: a book has thousands of names. */
	span->tag = lang && !text_equal(lang, s->lang) ? tag_words(tag, lang) : NULL;
}

static void add_phrase(struct block *block, const struct phrase *s, const struct block_text *how)
{
	struct block_text text = *how;
	text.paragraph = paragraph_new(s->b->doc->type, s->spans, s->n,
		uloc_isRightToLeft(s->lang) ? DIRECTION_RTL : DIRECTION_LTR);
	text.align = ALIGN_START;
	block_text(block, &text);
}

/* The marks belong to the name in front of them, in any direction. */
static void say_author(struct phrase *s, const struct institutions *in, const cJSON *author,
	bool is_alone, struct tag *tag)
{
	const char *marks = marks_of(s->b, in, author);
	say_name(s, author, tag);
	if (*marks && uloc_isRightToLeft(s->lang))
		say(s, &s->styles->number, "\u202F"); /* else the figures stand before the name */
	if (*marks)
		say(s, &s->styles->number, marks)->isolate = true;
	/* Who stands alone presents: nobody needs to be told. */
	if (json_bool(author, "presenting") && !is_alone)
		say(s, &s->styles->star, "*");
}

static void add_names(struct phrase *s, struct block *block, const cJSON *authors,
	const struct institutions *in, struct block_text how)
{
	const cJSON *author;
	bool is_alone = model_count(authors) == 1;
	how.leading = s->styles->name_leading;
	cJSON_ArrayForEach(author, authors)
	{
		if (s->n)
			say(s, &s->styles->name, ", ");
		say_author(s, in, author, is_alone, how.tag);
	}
	add_phrase(block, s, &how);
}

static void add_institutions(
	struct phrase *s, struct block *block, const struct institutions *in, struct block_text how)
{
	how.leading = s->styles->affiliation_leading;
	for (size_t i = 0; i < in->n; i++) {
		if (i > 0)
			say(s, &s->styles->affiliation, "; ");
		if (in->is_numbered)
			say(s, &s->styles->small_number,
				arena_printf(arena_of(s->b), "%zu\u00A0", i + 1));
		say(s, &s->styles->affiliation, in->names[i])->isolate = true;
	}
	if (s->n)
		add_phrase(block, s, &how);
}

void book_authors(struct book *b, struct block *block, const cJSON *abstract,
	const struct book_column *column, struct tag *sect)
{
	const cJSON *authors = json_get(abstract, "authors");
	const char *lang = json_text(abstract, "lang");
	struct institutions in = institutions_of(b, authors);
	struct block_text how = {.x = column->x, .width = column->width};
	struct phrase start = {.b = b,
		.styles = column->is_compact ? &compact : &full,
		.lang = lang ? lang : b->lang};
	struct phrase names = start, institutions = start;
	how.tag = tag_new(sect, "P", NULL, NULL);
	add_names(&names, block, authors, &in, how);
	how.tag = in.n ? tag_new(sect, "P", NULL, NULL) : NULL;
	add_institutions(&institutions, block, &in, how);
}
