/* See text_icu.h. */
#include "base/text_icu.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>
#include "base/log.h"
#include "base/text.h"

enum {
	MAX_MARKS = 30,
	MAX_DECOMPOSED_UNITS = 32, /* U+FDFA has the longest of all, 18 */
	FIRST_DECOMPOSED = 0xa0,
};

static UBreakIterator *words, *characters;
static pthread_once_t breaks_once = PTHREAD_ONCE_INIT;

void icu_must(UErrorCode status, const char *what)
{
	if (U_SUCCESS(status))
		return;
	log_event(LOG_ERROR, "icu", "what=%s status=%s", what, u_errorName(status));
	abort();
}

static int32_t bounded(size_t n)
{
	assert(n < INT32_MAX / 4);
	return (int32_t)n;
}

struct u16 icu_from_utf8(struct arena *a, struct str s)
{
	/* One byte of UTF-8 never makes more than one unit of UTF-16. */
	struct u16 out = {.p = ARENA_ARRAY(a, s.n + 1, UChar)};
	UErrorCode status = U_ZERO_ERROR;
	u_strFromUTF8(out.p, bounded(s.n + 1), &out.n, s.p, bounded(s.n), &status);
	icu_must(status, "from-utf8");
	return out;
}

char *icu_to_utf8(struct arena *a, struct u16 s)
{
	size_t room = (size_t)s.n * 3 + 1;
	char *out = arena_alloc(a, room);
	UErrorCode status = U_ZERO_ERROR;
	u_strToUTF8(out, bounded(room), NULL, s.p, s.n, &status);
	icu_must(status, "to-utf8");
	return out;
}

struct u16 icu_normalise(struct arena *a, const UNormalizer2 *form, struct u16 s)
{
	UErrorCode status = U_ZERO_ERROR;
	if (unorm2_spanQuickCheckYes(form, s.p, s.n, &status) == s.n && U_SUCCESS(status))
		return s;
	status = U_ZERO_ERROR;
	int32_t n = unorm2_normalize(form, s.p, s.n, NULL, 0, &status);
	if (status != U_BUFFER_OVERFLOW_ERROR)
		icu_must(status, "normalise");
	struct u16 out = {ARENA_ARRAY(a, (size_t)n + 1, UChar), n};
	status = U_ZERO_ERROR;
	unorm2_normalize(form, s.p, s.n, out.p, n + 1, &status);
	icu_must(status, "normalise");
	return out;
}

static int32_t marks_with(int32_t n_marks, UChar32 c)
{
	if (u_getCombiningClass(c))
		return n_marks + 1;
	return u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) ? n_marks : 0;
}

/* How many marks stand in a row once c follows n_marks of them. */
static int32_t marks_after(const UNormalizer2 *nfkd, int32_t n_marks, UChar32 c)
{
	UChar parts[MAX_DECOMPOSED_UNITS];
	UErrorCode status = U_ZERO_ERROR;
	if (c < FIRST_DECOMPOSED)
		return 0;
	int32_t n = unorm2_getDecomposition(nfkd, c, parts, MAX_DECOMPOSED_UNITS, &status);
	icu_must(status, "decompose");
	if (n < 0)
		return marks_with(n_marks, c);
	for (int32_t i = 0; i < n;) {
		UChar32 part;
		U16_NEXT(parts, i, n, part);
		n_marks = marks_with(n_marks, part);
	}
	return n_marks;
}

/*
 * Whether there may be too many at all: a run of them takes several characters that do not begin
 * with a letter, as one character has four marks at most.
 */
static bool may_have_surplus_marks(const UNormalizer2 *nfkd, struct u16 s)
{
	enum { MOST_MARKS_OF_ONE = 4 };
	int32_t n = 0;
	for (int32_t i = 0; i < s.n;) {
		UChar32 c;
		U16_NEXT(s.p, i, s.n, c);
		bool is_start = c < FIRST_DECOMPOSED || text_is_plain_letter(c) ||
				(unorm2_hasBoundaryBefore(nfkd, c) &&
					!u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT));
		n = is_start ? 0 : n + 1;
		if (n >= MAX_MARKS / MOST_MARKS_OF_ONE)
			return true;
	}
	return false;
}

struct u16 icu_without_surplus_marks(struct arena *a, struct u16 s)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfkd = unorm2_getNFKDInstance(&status);
	icu_must(status, "nfkd");
	if (!may_have_surplus_marks(nfkd, s))
		return s;
	struct u16 out = {.p = ARENA_ARRAY(a, (size_t)s.n + 1, UChar)};
	int32_t n_marks = 0;
	for (int32_t i = 0; i < s.n;) {
		UChar32 c;
		U16_NEXT(s.p, i, s.n, c);
		int32_t n = marks_after(nfkd, n_marks, c);
		if (n > MAX_MARKS)
			continue;
		U16_APPEND_UNSAFE(out.p, out.n, c);
		n_marks = n;
	}
	return out;
}

static void open_breaks(void)
{
	UErrorCode status = U_ZERO_ERROR;
	words = ubrk_open(UBRK_WORD, "", NULL, 0, &status);
	icu_must(status, "words");
	characters = ubrk_open(UBRK_CHARACTER, "", NULL, 0, &status);
	icu_must(status, "characters");
}

static UBreakIterator *clone_of(UBreakIterator *const *shared)
{
	UErrorCode status = U_ZERO_ERROR;
	pthread_once(&breaks_once, open_breaks);
	UBreakIterator *clone = ubrk_clone(*shared, &status);
	icu_must(status, "clone");
	return clone;
}

UBreakIterator *icu_words(void)
{
	return clone_of(&words);
}

UBreakIterator *icu_characters(void)
{
	return clone_of(&characters);
}
