/* Finds the plain word in the text, and asks the patterns of its language. */
#include "pdf/text/hyphenate.h"

#include "pdf/text/patterns.h"

#include <pthread.h>
#include <string.h>

struct language {
	const char *tag, *file;
	int at_start, at_end;
	bool tried;
	struct patterns *patterns; /* NULL: not installed */
};

/* `lock` guards `tried` and `patterns`; patterns that were read never change. */
static struct language library[] = {
#define HYPHENS(language, name, package, start, end)                                               \
	{language, HYPHEN_ROOT "/" name, start, end, false, NULL},
#include "pdf/text/hyphens.def"
#undef HYPHENS
};

enum { N_LANGUAGES = sizeof library / sizeof library[0] };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* "en" is meant by "en", "en-GB" and "en-Latn-GB". */
static bool is_meant(const char *tag, const char *lang)
{
	size_t n = strlen(tag);
	return strncmp(lang, tag, n) == 0 && (!lang[n] || lang[n] == '-');
}

static const struct language *language_for(const char *lang)
{
	struct language *l = NULL;
	for (int i = 0; i < N_LANGUAGES && !l; i++)
		if (is_meant(library[i].tag, lang))
			l = &library[i];
	if (!l)
		return NULL;
	pthread_mutex_lock(&lock);
	if (!l->tried)
		l->patterns = patterns_read(l->file);
	l->tried = true;
	pthread_mutex_unlock(&lock);
	return l->patterns ? l : NULL;
}

/* Behind the elided article of French and Italian: "l’" in front of "accompagnement". */
static int behind_elision(const UChar *text, int start, int end)
{
	enum { MOST_ELIDED = 3 }; /* qu’, all’ and dell’ have no more behind their first letter */
	for (int i = start + 1; i < end && i <= start + MOST_ELIDED + 1; i++)
		if (text[i] == '\'' || text[i] == 0x2019)
			return i + 1;
	return start;
}

/* The letters of the text, from *start, lowered; 0 when it is no plain word. */
static int find_letters(const UChar *text, int n, int *start, UChar letters[])
{
	int n_letters = 0, end = n;
	for (*start = 0; *start < n && !u_isalnum(text[*start]);)
		++*start;
	while (end > *start && !u_isalnum(text[end - 1]))
		end--;
	*start = behind_elision(text, *start, end);
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

int hyphenate(const UChar *text, int n, const char *lang, unsigned char points[])
{
	UChar letters[HYPHENATE_MAX_LETTERS];
	unsigned char marks[HYPHENATE_MAX_LETTERS];
	int start, n_points = 0;
	int n_letters = n > UINT8_MAX || !lang ? 0 : find_letters(text, n, &start, letters);
	const struct language *l = n_letters ? language_for(lang) : NULL;
	if (!l)
		return 0;
	patterns_mark(l->patterns, letters, n_letters, marks);
	for (int i = l->at_start - 1; i < n_letters - l->at_end && n_points < HYPHENATE_MAX_POINTS;
		i++)
		if (marks[i] & 1)
			points[n_points++] = (unsigned char)(start + i + 1);
	return n_points;
}
