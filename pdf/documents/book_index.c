/*
 * Indexes: names with the pages on which they stand, sorted by Unicode's collation, under their
 * first letters, in columns that end equally long.
 */
#include "pdf/documents/book.h"

#include "pdf/documents/index_letters.h"
#include "pdf/text/utf16.h"

#include "base/text.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

static const struct text_style heading_style = {
	.family = FONT_SERIF, .bold = true, .size = 21, .colour = COLOUR_INK};
static const struct text_style letter_style = {
	.family = FONT_SANS, .bold = true, .size = 11, .colour = COLOUR_WINE};
static const struct text_style name_style = {
	.family = FONT_SANS, .size = 8.6, .colour = COLOUR_INK};
static const struct text_style page_style = {
	.family = FONT_SANS, .tabular = true, .size = 8.6, .colour = COLOUR_INK_2};

/* One appearance of a name. */
struct mention {
	const char *name, *lang, *sort_name, *key;
	const struct place *place;
	size_t order; /* of being added, so that equal keys stay in order */
};

struct book_index {
	struct doc *doc;
	struct place *place;
	struct mention *mentions;
	size_t n, room;
	uint32_t *table; /* 1 + the first mention of a name, by its hash */
	size_t n_slots;
};

static uint64_t hash_text(const char *s)
{
	uint64_t h = UINT64_C(14695981039346656037);
	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * UINT64_C(1099511628211);
	return h ^ h >> 32;
}

struct book_index *book_index_new(struct doc *d, size_t room)
{
	struct book_index *i = ARENA_NEW(d->arena, struct book_index);
	i->doc = d;
	i->place = place_new(d->arena);
	i->room = room;
	i->n_slots = 16;
	while (i->n_slots < room + room / 2)
		i->n_slots *= 2;
	i->mentions = ARENA_ARRAY(d->arena, room, struct mention);
	i->table = ARENA_ARRAY(d->arena, i->n_slots, uint32_t);
	return i;
}

struct place *book_index_place(const struct book_index *i)
{
	return i->place;
}

static uint32_t *find_slot(struct book_index *i, const char *sort_name)
{
	size_t mask = i->n_slots - 1, at = hash_text(sort_name) & mask;
	while (i->table[at] && strcmp(i->mentions[i->table[at] - 1].sort_name, sort_name) != 0)
		at = (at + 1) & mask;
	return &i->table[at];
}

/* A key is dear, and a university is mentioned a hundred times. */
static const char *key_of(struct book_index *i, const char *sort_name, uint32_t *slot)
{
	if (*slot)
		return i->mentions[*slot - 1].key;
	const char *key = text_sort_key(typesetter_arena(i->doc->type), sort_name);
	*slot = (uint32_t)i->n + 1;
	return arena_strdup(i->doc->arena, key);
}

void book_index_add(struct book_index *i, const char *name, const char *lang, const char *sort_name,
	const struct place *place)
{
	if (!i)
		return;
	assert(i->n < i->room);
	const char *key = key_of(i, sort_name, find_slot(i, sort_name));
	i->mentions[i->n] = (struct mention){name, lang, sort_name, key, place, i->n};
	i->n++;
}

static int compare(const void *a, const void *b)
{
	const struct mention *x = a, *y = b;
	int by_key = strcmp(x->key, y->key);
	return by_key ? by_key : x->order < y->order ? -1 : x->order > y->order;
}

/*
 * "12, 45, 46": places rise with the order in which they were added. The last number never stands
 * on a line alone, where it would look like an entry.
 */
static const char *pages_of(struct arena *a, const struct mention *m, size_t n)
{
	struct buf pages = buf_in(a, 1 << 16);
	int before = 0, last = place_number(m[n - 1].place);
	for (size_t i = 0; i < n; i++) {
		int number = place_number(m[i].place);
		const char *parted = number == last ? ",\u00A0" : ", ";
		if (number != before)
			buf_printf(&pages, "%s%d", before ? parted : "", number);
		before = number;
	}
	return buf_cstr(&pages);
}

/*
 * What the names under one head share: the first letter without its accents, as a capital; in
 * scripts that have no capitals the letter of index_letters.h, or nothing but the script.
 */
struct head {
	const char *letter; /* NULL when there is none */
	UScriptCode script;
};

static struct head head_of(const struct book *b, const struct mention *m)
{
	struct arena *a = typesetter_arena(b->doc->type);
	int32_t n = 0, at = 0;
	const UChar *folded = utf16_from(a, text_fold(a, m->name), &n);
	UErrorCode status = U_ZERO_ERROR;
	UChar32 first = 0;
	if (n)
		U16_NEXT(folded, at, n, first);
	UChar capital = first <= 0xFFFF ? (UChar)u_toupper(first) : 0;
	bool has_capital = n && capital && capital != first;
	UScriptCode script = uscript_getScript(first, &status);
	if (script == USCRIPT_KATAKANA) /* both of them in one alphabet */
		script = USCRIPT_HIRAGANA;
	return (struct head){has_capital ? utf16_to_utf8(a, &capital, 1)
					 : index_letter(b->letters, script, m->key),
		script};
}

static bool is_same(const struct head *x, const struct head *y)
{
	bool are_there = x->letter && y->letter;
	return x->script == y->script &&
	       (are_there ? strcmp(x->letter, y->letter) == 0 : x->letter == y->letter);
}

static void add_letter(struct book *b, struct block *block, const char *letter, struct tag *sect)
{
	size_t row = block_rows(block);
	book_text(b, block,
		&(struct block_text){
			.paragraph = paragraph_of(b->doc->type, &letter_style, letter, NULL),
			.width = b->width,
			.leading = 15,
			.tag = tag_new(sect, "H2", NULL, NULL)});
	block_keep(block, row, true);
}

static void add_entry(
	struct book *b, struct block *block, const struct mention *m, size_t n, struct tag *sect)
{
	const double turnover = 9;
	struct arena *a = typesetter_arena(b->doc->type);
	struct text_span spans[] = {
		{.style = &name_style, .text = m->name, .lang = m->lang, .isolate = true},
		{.style = &page_style,
			.text = arena_printf(a, "\u00A0\u00A0%s", pages_of(a, m, n))}};
	book_text(b, block,
		&(struct block_text){.paragraph = paragraph_new(b->doc->type, spans, 2,
					     b->text.is_on ? DIRECTION_RTL : DIRECTION_LTR),
			.width = b->width,
			.leading = 11.6,
			.hang = turnover,
			.keeps_words = true,
			.tag = tag_new(sect, "P", NULL, NULL)});
}

/* From a new page, or below the index before it where there is room. */
static void add_title(struct book *b, const struct book_index *i, const char *title, bool is_first,
	struct tag *sect)
{
	const double least_room = MM(70);
	struct block *block = block_new(b->doc);
	book_columns(b, 1, 0);
	if (is_first)
		flow_new_page(b->flow);
	flow_need(b->flow, least_room);
	block_space(block, MM(12));
	book_text(b, block,
		&(struct block_text){
			.paragraph = paragraph_of(b->doc->type, &heading_style, title, NULL),
			.width = b->width,
			.leading = 27,
			.align = mirror_heading(&b->text),
			.tag = tag_new(sect, "H1", NULL, NULL)});
	block_place(block, 1, i->place);
	block_running(block, 1, b->title);
	block_bookmark(block, 1, 0, title);
	block_pad(block, MM(4));
	block_keep(block, 0, false);
	flow_add(b->flow, block);
}

/* The mentions from k that have the same key. */
static size_t end_of_name(const struct book_index *i, size_t k)
{
	size_t end = k + 1;
	while (end < i->n && strcmp(i->mentions[end].key, i->mentions[k].key) == 0)
		end++;
	return end;
}

static size_t count_names(const struct book_index *i)
{
	size_t n = 0;
	for (size_t k = 0; k < i->n; k = end_of_name(i, k))
		n++;
	return n;
}

/* A, K and E are letters of three scripts: a wider gap tells where the next one begins. */
static const double gap_of_letters = 7, gap_of_scripts = 14;

static void add_names(struct book *b, struct block *block, const struct book_index *i, size_t *k,
	size_t n, struct tag *sect)
{
	struct head before = *k ? head_of(b, &i->mentions[*k - 1]) : (struct head){0};
	for (; n > 0; n--) {
		size_t end = end_of_name(i, *k);
		struct head own = head_of(b, &i->mentions[*k]);
		bool is_other = own.script != before.script,
		     is_new = !*k || !is_same(&own, &before);
		if (is_new && *k)
			block_space(block, is_other ? gap_of_scripts : gap_of_letters);
		if (is_new && own.letter)
			add_letter(b, block, own.letter, sect);
		add_entry(b, block, &i->mentions[*k], end - *k, sect);
		before = own;
		*k = end;
	}
}

/*
 * Hands the names to the flow in portions, so that they need not all be in memory. The last one is
 * longer than a page: the columns of the last page are balanced, which takes all of its rows.
 */
static void add_portions(
	struct book *b, const struct book_index *i, const char *title, struct tag *sect)
{
	enum { PORTION = 500 };
	size_t n_left = count_names(i), k = 0;
	while (n_left) {
		bool is_last = n_left < 2 * PORTION;
		struct block *block = block_new(b->doc);
		add_names(b, block, i, &k, is_last ? n_left : PORTION, sect);
		n_left -= is_last ? n_left : PORTION;
		block_running(block, 0, title);
		if (is_last)
			flow_add_balanced(b->flow, block);
		else
			flow_add(b->flow, block);
		doc_forget(b->doc);
	}
}

bool book_index_print(struct book *b, struct book_index *i, const char *title, bool is_first)
{
	if (!i || !i->n)
		return false;
	struct tag *sect = tag_new(tag_root(b->doc->tags), "Sect", NULL, NULL);
	qsort(i->mentions, i->n, sizeof *i->mentions, compare);
	add_title(b, i, title, is_first, sect);
	book_columns(b, b->measures.index_columns, MM(5));
	add_portions(b, i, title, sect);
	book_columns(b, 1, 0);
	return true;
}
