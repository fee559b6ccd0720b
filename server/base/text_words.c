/*
 * Words and characters of a text. Counting for authors follows a rule simple enough to have a twin
 * in the browser; searching uses ICU's word breaks.
 */
#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utext.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>
#include "base/text_icu.h"

enum { MAX_TOKEN_BYTES = 64 };

/* Ideographs, kana and Hangul syllables: each is told as a word of its own. */
static bool is_word_alone(UChar32 c)
{
	if (c < 0x1100)
		return false;
	if (c >= 0xac00 && c <= 0xd7a3)
		return true;
	if (u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC))
		return true;
	return (U_GET_GC_MASK(c) & U_GC_L_MASK) &&
	       (uscript_hasScript(c, USCRIPT_HAN) || uscript_hasScript(c, USCRIPT_HIRAGANA) ||
		       uscript_hasScript(c, USCRIPT_KATAKANA));
}

/* ASCII without asking ICU: most of all texts. */
static bool is_space(UChar32 c)
{
	return c < 0x80 ? c == ' ' || (c >= '\t' && c <= '\r') : u_isUWhiteSpace(c);
}

static bool is_letter_or_digit(UChar32 c)
{
	if (c < 0x80)
		return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
	return (U_GET_GC_MASK(c) & (U_GC_L_MASK | U_GC_N_MASK)) != 0;
}

int text_count_words(const char *s)
{
	const uint8_t *bytes = (const uint8_t *)s;
	size_t n = strlen(s);
	int count = 0;
	bool counted = false; /* the run at hand has its letter or digit */
	for (size_t i = 0; i < n;) {
		UChar32 c;
		U8_NEXT(bytes, i, n, c);
		if (c < 0)
			continue;
		if (is_space(c)) {
			counted = false;
		} else if (is_word_alone(c)) {
			count++;
			counted = false;
		} else if (!counted && is_letter_or_digit(c)) {
			count++;
			counted = true;
		}
	}
	return count;
}

/* The byte where the n-th grapheme cluster ends, or the end; *seen = how many there were. */
static size_t cluster_end(const char *s, int n, int *seen)
{
	UErrorCode status = U_ZERO_ERROR;
	UText text = UTEXT_INITIALIZER;
	UBreakIterator *breaks = icu_characters();
	utext_openUTF8(&text, s, -1, &status);
	ubrk_setUText(breaks, &text, &status);
	icu_must(status, "utext");
	int32_t at = ubrk_first(breaks);
	for (*seen = 0; *seen < n; ++*seen) {
		int32_t next = ubrk_next(breaks);
		if (next == UBRK_DONE)
			break;
		at = next;
	}
	ubrk_close(breaks);
	utext_close(&text);
	return (size_t)at;
}

static bool is_ascii_without_cr(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s >= 0x80 || *s == '\r')
			return false;
	return true;
}

int text_count_characters(const char *s)
{
	int seen;
	if (is_ascii_without_cr(s))
		return (int)strlen(s);
	cluster_end(s, INT32_MAX, &seen);
	return seen;
}

const char *text_excerpt(struct arena *a, const char *s, int n)
{
	int seen;
	size_t whole = strlen(s);
	size_t end = cluster_end(s, n, &seen);
	if (end == whole)
		return arena_strdup(a, s);
	struct str kept = str_trim((struct str){s, end});
	/* Only the end is trimmed: the start belongs to the text. */
	return arena_printf(a, "%.*s…", (int)(kept.n ? kept.p + kept.n - s : 0), s);
}

const char *text_initial(struct arena *a, const char *s)
{
	int seen;
	return arena_strndup(a, s, cluster_end(s, 1, &seen));
}

struct tokens {
	struct arena *arena;
	const char **list;
	size_t n, max;
};

static void add_token(struct tokens *t, UChar *p, int32_t n)
{
	char *token = icu_to_utf8(t->arena, (struct u16){p, n});
	size_t length = strlen(token);
	if (length > MAX_TOKEN_BYTES) {
		length = MAX_TOKEN_BYTES;
		while (U8_IS_TRAIL(token[length]))
			length--;
		token[length] = '\0';
	}
	if (t->n == t->max) {
		size_t max = t->max ? t->max * 2 : 32;
		const char **list = ARENA_ARRAY(t->arena, max, const char *);
		if (t->n)
			memcpy(list, t->list, t->n * sizeof *list);
		t->list = list;
		t->max = max;
	}
	t->list[t->n++] = token;
}

/* One segment between word breaks: each ideograph alone, what is left as one word. */
static void add_segment(struct tokens *t, UChar *p, int32_t n)
{
	UChar *word = ARENA_ARRAY(t->arena, (size_t)n + 1, UChar);
	int32_t n_word = 0;
	int n_characters = 0;
	for (int32_t i = 0; i < n;) {
		int32_t start = i;
		UChar32 c;
		U16_NEXT(p, i, n, c);
		bool is_hangul = c >= 0xac00 && c <= 0xd7a3; /* written with spaces between words */
		if (is_word_alone(c) && !is_hangul) {
			add_token(t, p + start, i - start);
		} else if (c != '\'' && c != 0x2019) {
			U16_APPEND_UNSAFE(word, n_word, c);
			n_characters++;
		}
	}
	if (n_characters >= 2)
		add_token(t, word, n_word);
}

static int compare_tokens(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char **text_tokens(struct arena *a, const char *s, size_t *n)
{
	struct tokens t = {.arena = a, .list = ARENA_ARRAY(a, 1, const char *)};
	struct u16 folded = icu_from_utf8(a, str_from(text_fold(a, s)));
	UErrorCode status = U_ZERO_ERROR;
	UBreakIterator *breaks = icu_words();
	ubrk_setText(breaks, folded.p, folded.n, &status);
	icu_must(status, "words");
	int32_t start = ubrk_first(breaks);
	for (int32_t end = ubrk_next(breaks); end != UBRK_DONE; end = ubrk_next(breaks)) {
		if (ubrk_getRuleStatus(breaks) >= UBRK_WORD_NUMBER)
			add_segment(&t, folded.p + start, end - start);
		start = end;
	}
	ubrk_close(breaks);
	if (t.n > 1)
		qsort(t.list, t.n, sizeof *t.list, compare_tokens);
	size_t kept = 0;
	for (size_t i = 0; i < t.n; i++)
		if (!kept || strcmp(t.list[kept - 1], t.list[i]) != 0)
			t.list[kept++] = t.list[i];
	*n = kept;
	return t.list;
}

/* ---- words in their order ---- */

static const char *word_in_lower_case(struct arena *a, struct str word)
{
	char *lower = arena_strndup(a, word.p, word.n);
	UErrorCode status = U_ZERO_ERROR;
	size_t i = 0;
	for (; i < word.n && (unsigned char)lower[i] < 0x80; i++)
		if (lower[i] >= 'A' && lower[i] <= 'Z')
			lower[i] = (char)(lower[i] - 'A' + 'a');
	if (i == word.n)
		return lower;
	struct u16 units = icu_from_utf8(a, word);
	int32_t room = units.n * 3 + 1; /* no character becomes more than three units */
	struct u16 out = {ARENA_ARRAY(a, (size_t)room, UChar), 0};
	out.n = u_strToLower(out.p, room, units.p, units.n, "", &status);
	icu_must(status, "lower");
	for (int32_t k = 0; k < out.n; k++)
		if (out.p[k] == 0x2019)
			out.p[k] = '\'';
	return icu_to_utf8(a, out);
}

struct text_word *text_words(struct arena *a, const char *s, size_t *n)
{
	UErrorCode status = U_ZERO_ERROR;
	UText text = UTEXT_INITIALIZER;
	UBreakIterator *breaks = icu_words();
	size_t max = strlen(s) / 6 + 8;
	struct text_word *list = ARENA_ARRAY(a, max, struct text_word);
	utext_openUTF8(&text, s, -1, &status);
	ubrk_setUText(breaks, &text, &status);
	icu_must(status, "words");
	*n = 0;
	int32_t start = ubrk_first(breaks);
	for (int32_t end = ubrk_next(breaks); end != UBRK_DONE; end = ubrk_next(breaks)) {
		if (ubrk_getRuleStatus(breaks) >= UBRK_WORD_LETTER) {
			if (*n == max) {
				struct text_word *more = ARENA_ARRAY(a, 2 * max, struct text_word);
				memcpy(more, list, max * sizeof *list);
				list = more;
				max *= 2;
			}
			struct str written = {s + start, (size_t)(end - start)};
			list[(*n)++] =
				(struct text_word){written, word_in_lower_case(a, written)};
		}
		start = end;
	}
	ubrk_close(breaks);
	utext_close(&text);
	return list;
}
