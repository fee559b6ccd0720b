/*
 * libhyphen works on the bytes of its dictionary's character set: words are lowered, converted by
 * ICU, and its answer, which is by letter, is carried back to code units.
 */
#include "pdf/text/hyphenate.h"

#include "base/str.h"

#include <hyphen.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/ustring.h>

enum { MAX_BYTES = HYPHENATE_MAX_LETTERS * 4, LIBHYPHEN_MARGIN = 8 };

struct patterns {
	const char *lang, *file;
	int at_start, at_end;
	bool tried;
	HyphenDict *dictionary; /* NULL: not installed */
	UConverter *converter;
};

/* `lock` guards what is read late; libhyphen's dictionaries and ICU's converters are used under it. */
static struct patterns library[] = {
#define HYPHENS(language, name, package, start, end)                                               \
	{language, HYPHEN_ROOT "/" name, start, end, false, NULL, NULL},
#include "pdf/text/hyphens.def"
#undef HYPHENS
};

enum { N_PATTERNS = sizeof library / sizeof library[0] };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* "en" is meant by "en", "en-GB" and "en-Latn-GB". */
static bool is_meant(const char *tag, const char *lang)
{
	size_t n = strlen(tag);
	return strncmp(lang, tag, n) == 0 && (!lang[n] || lang[n] == '-');
}

static struct patterns *patterns_for(const char *lang)
{
	struct patterns *p = NULL;
	UErrorCode status = U_ZERO_ERROR;
	for (int i = 0; i < N_PATTERNS && !p; i++)
		if (is_meant(library[i].lang, lang))
			p = &library[i];
	if (!p || p->tried)
		return p && p->dictionary ? p : NULL;
	p->tried = true;
	FILE *file = fopen(p->file, "re");
	if (!file)
		return NULL;
	p->dictionary = hnj_hyphen_load_file(file);
	fclose(file);
	if (!p->dictionary)
		return NULL;
	p->converter = ucnv_open(p->dictionary->cset, &status);
	if (U_SUCCESS(status))
		return p;
	hnj_hyphen_free(p->dictionary);
	p->dictionary = NULL;
	return NULL;
}

/* The letters of the text, from *start, lowered; 0 when it is no plain word. */
static int find_letters(const UChar *text, int n, int *start, UChar letters[])
{
	int n_letters = 0, end = n;
	for (*start = 0; *start < n && !u_isalpha(text[*start]);)
		++*start;
	while (end > *start && !u_isalpha(text[end - 1]))
		end--;
	if (end - *start < HYPHENATE_LEAST_LETTERS || end - *start > HYPHENATE_MAX_LETTERS)
		return 0;
	for (int i = *start; i < end; i++) {
		/* One unit a letter in, one out, so that positions are the same. */
		UChar32 low = u_tolower(text[i]);
		if (!u_isalpha(text[i]) || low > 0xFFFF)
			return 0;
		letters[n_letters++] = (UChar)low;
	}
	return n_letters;
}

static int divide(struct patterns *p, const UChar *letters, int n, int start, unsigned char points[])
{
	char word[MAX_BYTES], marks[MAX_BYTES + LIBHYPHEN_MARGIN];
	char **replacement = NULL;
	int *position = NULL, *cut = NULL, n_points = 0;
	UErrorCode status = U_ZERO_ERROR;
	int n_bytes = ucnv_fromUChars(p->converter, word, sizeof word, letters, n, &status);
	if (U_FAILURE(status) || n_bytes >= (int)sizeof word)
		return 0;
	if (hnj_hyphen_hyphenate3(p->dictionary, word, n_bytes, marks, NULL, &replacement, &position,
		    &cut, p->at_start, p->at_end, p->at_start, p->at_end) != 0)
		return 0;
	for (int i = p->at_start - 1; i < n - p->at_end && n_points < HYPHENATE_MAX_POINTS; i++)
		if (marks[i] & 1 && !(replacement && replacement[i]))
			points[n_points++] = (unsigned char)(start + i + 1);
	for (int i = 0; replacement && i < n_bytes; i++)
		free(replacement[i]);
	free(replacement);
	free(position);
	free(cut);
	return n_points;
}

int hyphenate(const UChar *text, int n, const char *lang, unsigned char points[])
{
	UChar letters[HYPHENATE_MAX_LETTERS];
	int start, n_points = 0;
	int n_letters = n > UINT8_MAX || !lang ? 0 : find_letters(text, n, &start, letters);
	if (!n_letters)
		return 0;
	pthread_mutex_lock(&lock);
	struct patterns *p = patterns_for(lang);
	if (p)
		n_points = divide(p, letters, n_letters, start, points);
	pthread_mutex_unlock(&lock);
	return n_points;
}
