/* A hash table from word to languages, made of the lists. */
#include "optimise/stop_words.h"

#include <assert.h>
#include <string.h>
#include "base/str.h"

static const struct list {
	const char *language;
	const char *words; /* parted by spaces */
} lists[] = {
#define STOP_WORDS(language, words) {language, words},
#include "optimise/stop_words.def"
#undef STOP_WORDS
};

enum {
	N_LISTS = sizeof lists / sizeof lists[0],
	N_SLOTS = 8192 /* twice the words, a power of 2 */
};

_Static_assert((int)N_LISTS <= (int)STOP_WORDS_MAX_LANGUAGES, "a bit for each language");

struct stop_words {
	struct slot {
		struct str word; /* p NULL: free */
		uint32_t languages;
	} slots[N_SLOTS];
};

/* FNV-1a (Fowler, Noll, Vo). */
static uint32_t hash_of(struct str word)
{
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i < word.n; i++)
		hash = (hash ^ (unsigned char)word.p[i]) * 16777619u;
	return hash;
}

/* Where the word stands, or would stand. */
static uint32_t slot_of(const struct stop_words *w, struct str word)
{
	uint32_t at = hash_of(word) % N_SLOTS;

	while (w->slots[at].word.p && !str_equal(w->slots[at].word, word))
		at = (at + 1) % N_SLOTS;
	return at;
}

const struct stop_words *stop_words_open(struct arena *a)
{
	struct stop_words *w = ARENA_NEW(a, struct stop_words);
	size_t n = 0;

	for (size_t i = 0; i < N_LISTS; i++) {
		struct str rest = str_from(lists[i].words);
		while (rest.p) {
			struct str word = str_cut(&rest, ' ');
			struct slot *slot = &w->slots[slot_of(w, word)];
			n += !slot->word.p;
			slot->word = word;
			slot->languages |= 1u << i;
		}
	}
	assert(n <= N_SLOTS / 2);
	return w;
}

uint32_t stop_words_of(const struct stop_words *w, const char *lower)
{
	return w->slots[slot_of(w, str_from(lower))].languages;
}

const char *stop_words_language(int language)
{
	return language >= 0 && language < (int)N_LISTS ? lists[language].language : NULL;
}

int stop_words_find_language(const char *code)
{
	for (size_t i = 0; i < N_LISTS; i++)
		if (strcmp(lists[i].language, code) == 0)
			return (int)i;
	return STOP_WORDS_NO_LANGUAGE;
}

int stop_words_guess(const uint32_t counts[STOP_WORDS_MAX_LANGUAGES], int rather)
{
	int best = STOP_WORDS_NO_LANGUAGE;
	uint32_t most = 0;

	for (int i = 0; i < (int)N_LISTS; i++) {
		if (counts[i] > most) {
			most = counts[i];
			best = i;
		} else if (most && counts[i] == most) {
			best = i == rather || best == rather ? rather : STOP_WORDS_NO_LANGUAGE;
		}
	}
	return best;
}
