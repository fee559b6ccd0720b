/* The one home of libstemmer.h. */
#include "optimise/stem.h"

#include <libstemmer.h>
#include <string.h>
#include "base/text.h"

enum { MAX_OPEN = 32, MAX_CODE = 8, MAX_WORD_BYTES = 1000, MAX_ARTICLE_BYTES = 6 };

struct stem {
	struct open {
		char language[MAX_CODE];
		struct sb_stemmer *stemmer; /* NULL: Snowball has no rules */
	} open[MAX_OPEN];
	size_t n_open;
};

struct stem *stem_new(void)
{
	return heap_alloc(sizeof(struct stem));
}

void stem_free(struct stem *s)
{
	for (size_t i = 0; s && i < s->n_open; i++)
		sb_stemmer_delete(s->open[i].stemmer);
	heap_free(s);
}

static struct sb_stemmer *stemmer_of(struct stem *s, const char *language)
{
	size_t n = strlen(language);

	for (size_t i = 0; i < s->n_open; i++)
		if (strcmp(s->open[i].language, language) == 0)
			return s->open[i].stemmer;
	if (n >= MAX_CODE || s->n_open == MAX_OPEN)
		return NULL;
	struct open *o = &s->open[s->n_open++];
	memcpy(o->language, language, n + 1);
	o->stemmer = sb_stemmer_new(language, "UTF_8");
	return o->stemmer;
}

const char *stem_word(struct stem *s, struct arena *a, const char *language, const char *lower)
{
	struct sb_stemmer *stemmer = language ? stemmer_of(s, language) : NULL;
	size_t n = strlen(lower);

	if (!stemmer || n > MAX_WORD_BYTES)
		return text_fold(a, lower);
	const sb_symbol *stem = sb_stemmer_stem(stemmer, (const sb_symbol *)lower, (int)n);
	if (!stem)
		return text_fold(a, lower);
	return text_fold(
		a, arena_strndup(a, (const char *)stem, (size_t)sb_stemmer_length(stemmer)));
}

const char *stem_without_article(const char *language, const char *lower)
{
	static const char *const languages[] = {"ca", "fr", "it"};
	const char *apostrophe = strchr(lower, '\'');

	if (!language || !apostrophe || apostrophe - lower > MAX_ARTICLE_BYTES || !apostrophe[1])
		return lower;
	for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++)
		if (strcmp(languages[i], language) == 0)
			return apostrophe + 1;
	return lower;
}
