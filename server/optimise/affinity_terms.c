/* See affinity_terms.h. */
#include "optimise/affinity_terms.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "base/text.h"
#include "optimise/stem.h"
#include "optimise/stop_words.h"

enum { TIMES_IN_TITLE = 2, FIRST_SLOTS = 1024, NO_TERM = -1 };

/* Every stem once, by number. */
struct lexicon {
	struct arena *arena; /* of the stems and the table */
	struct slot {
		const char *stem; /* NULL: free */
		uint32_t id;
	} * slots;
	size_t n_slots; /* a power of 2, at least twice n */
	uint32_t n;
};

struct work {
	struct arena *arena; /* of one text, reset for the next */
	struct lexicon lexicon;
	struct stem *stem;
	const struct stop_words *stop_words;
	uint32_t *n_texts_with; /* [term], on the heap */
	size_t max_terms;
};

/* A term of one text while it is counted. */
struct count {
	uint32_t id, times;
	uint32_t at; /* which word of the text it is */
	bool is_lower;
	struct str written;
};

struct words {
	struct text_word *words;
	size_t n;
	uint32_t times; /* what each counts for */
};

enum { PART_TITLE, PART_ABSTRACT, PART_KEYWORDS, N_PARTS };

/* ---- the lexicon ---- */

static size_t slot_of(const struct lexicon *l, const char *stem)
{
	uint32_t hash = 2166136261u; /* FNV-1a */

	for (const char *p = stem; *p; p++)
		hash = (hash ^ (unsigned char)*p) * 16777619u;
	size_t at = hash & (l->n_slots - 1);
	while (l->slots[at].stem && strcmp(l->slots[at].stem, stem) != 0)
		at = (at + 1) & (l->n_slots - 1);
	return at;
}

static void lexicon_grow(struct lexicon *l)
{
	struct slot *old = l->slots;
	size_t n_old = l->n_slots;

	l->n_slots = n_old ? 2 * n_old : FIRST_SLOTS;
	l->slots = heap_alloc(l->n_slots * sizeof *l->slots);
	for (size_t i = 0; i < n_old; i++)
		if (old[i].stem)
			l->slots[slot_of(l, old[i].stem)] = old[i];
	heap_free(old);
}

static uint32_t lexicon_id(struct lexicon *l, const char *stem)
{
	if (2 * (size_t)l->n >= l->n_slots)
		lexicon_grow(l);
	struct slot *slot = &l->slots[slot_of(l, stem)];
	if (!slot->stem)
		*slot = (struct slot){arena_strdup(l->arena, stem), l->n++};
	return slot->id;
}

/* ---- one text ---- */

static void read_words(
	struct work *w, const struct affinity_text *text, struct words parts[N_PARTS])
{
	const char *const texts[N_PARTS] = {[PART_TITLE] = text->title,
		[PART_ABSTRACT] = text->abstract,
		[PART_KEYWORDS] = text->keywords};

	for (size_t i = 0; i < N_PARTS; i++) {
		parts[i] = (struct words){.times = i == PART_TITLE ? TIMES_IN_TITLE : 1};
		if (!text_is_empty(texts[i]))
			parts[i].words = text_words(w->arena, texts[i], &parts[i].n);
	}
}

/* ISO 639-1 of a language tag, with the two Norwegians as one; NULL when it has none. */
static const char *code_of_tag(struct arena *a, const char *tag)
{
	if (text_is_empty(tag))
		return NULL;
	const char *code = text_fold(a, arena_strndup(a, tag, strcspn(tag, "-_")));
	return text_equal(code, "nb") || text_equal(code, "nn") ? "no" : code;
}

/* NULL: it shows none. `rather`: the one to take when it may be one of several. */
static const char *language_of(struct work *w, const struct affinity_text *text,
	const struct words parts[N_PARTS], int rather)
{
	uint32_t counts[STOP_WORDS_MAX_LANGUAGES] = {0};
	const char *told = code_of_tag(w->arena, text->language);

	if (told)
		return told;
	for (size_t i = 0; i < N_PARTS; i++) {
		for (size_t k = 0; k < parts[i].n; k++) {
			uint32_t bits = stop_words_of(w->stop_words, parts[i].words[k].lower);
			for (int b = 0; bits; b++, bits >>= 1)
				counts[b] += bits & 1;
		}
	}
	return stop_words_language(stop_words_guess(counts, rather));
}

static int64_t term_of(struct work *w, const char *language, const char *lower)
{
	int bit = language ? stop_words_find_language(language) : STOP_WORDS_NO_LANGUAGE;
	const char *word = stem_without_article(language, lower);

	if (bit >= 0 && (stop_words_of(w->stop_words, word) >> bit & 1))
		return NO_TERM;
	/* A letter alone is a list's number or a variable; an ideograph is a word. */
	if (word[0] && !word[1])
		return NO_TERM;
	return lexicon_id(&w->lexicon, stem_word(w->stem, w->arena, language, word));
}

/* By term; within one, what has no capital first, then in the order of the text. */
static int compare_counts(const void *a, const void *b)
{
	const struct count *x = a, *y = b;

	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	if (x->is_lower != y->is_lower)
		return x->is_lower ? -1 : 1;
	return (x->at > y->at) - (x->at < y->at);
}

static size_t merge_counts(struct count *counts, size_t n)
{
	size_t kept = 0;

	qsort(counts, n, sizeof *counts, compare_counts);
	for (size_t i = 0; i < n; i++) {
		if (kept && counts[kept - 1].id == counts[i].id)
			counts[kept - 1].times += counts[i].times;
		else
			counts[kept++] = counts[i];
	}
	return kept;
}

static void note_term(struct work *w, uint32_t id)
{
	if (id >= w->max_terms) {
		size_t max = w->max_terms ? 2 * w->max_terms : FIRST_SLOTS;
		while (max <= id)
			max *= 2;
		w->n_texts_with = heap_resize(w->n_texts_with, max * sizeof *w->n_texts_with);
		memset(w->n_texts_with + w->max_terms, 0,
			(max - w->max_terms) * sizeof *w->n_texts_with);
		w->max_terms = max;
	}
	w->n_texts_with[id]++;
}

/* The terms of a text; the weight of each is how often it stands there, of which weigh() makes TF-IDF. */
static void count_terms(struct arena *a, struct work *w, const struct words parts[N_PARTS],
	const char *language, struct affinity_vector *out)
{
	size_t n_words = parts[0].n + parts[1].n + parts[2].n, n = 0;
	uint32_t at = 0;
	struct count *counts = ARENA_ARRAY(w->arena, n_words, struct count);

	for (size_t i = 0; i < N_PARTS; i++) {
		for (size_t k = 0; k < parts[i].n; k++, at++) {
			const struct text_word *word = &parts[i].words[k];
			int64_t id = term_of(w, language, word->lower);
			if (id != NO_TERM)
				counts[n++] = (struct count){
					.id = (uint32_t)id,
					.times = parts[i].times,
					.at = at,
					.is_lower = str_is(word->written, word->lower),
					.written = word->written,
				};
		}
	}
	out->n = (uint32_t)merge_counts(counts, n);
	out->terms = ARENA_ARRAY(a, out->n, struct affinity_term);
	for (size_t i = 0; i < out->n; i++) {
		out->terms[i] =
			(struct affinity_term){counts[i].id, counts[i].times, counts[i].written};
		note_term(w, counts[i].id);
	}
}

/* ---- all texts ---- */

/* Counts a text, unless its language is not known; *language is the one it was counted in. */
static bool count_text(struct arena *a, struct work *w, const struct affinity_text *text,
	int rather, bool is_last, struct affinity_vector *out, int *language)
{
	struct words parts[N_PARTS];

	arena_reset(w->arena);
	read_words(w, text, parts);
	const char *code = language_of(w, text, parts, rather);
	if (!code && !is_last)
		return false;
	code = code ? code : stop_words_language(rather);
	*language = code ? stop_words_find_language(code) : STOP_WORDS_NO_LANGUAGE;
	count_terms(a, w, parts, code, out);
	return true;
}

/*
 * Texts that show their language first; then the others, mere lists of words most often, in the
 * language of the majority.
 */
static void count_all(struct arena *a, struct work *w, const struct affinity_text *texts, size_t n,
	struct affinity_terms *out)
{
	uint32_t n_in[STOP_WORDS_MAX_LANGUAGES] = {0};
	bool *is_counted = heap_alloc(n + 1);
	int majority = STOP_WORDS_NO_LANGUAGE, language;

	for (size_t i = 0; i < n; i++) {
		is_counted[i] =
			count_text(a, w, &texts[i], majority, false, &out->texts[i], &language);
		if (is_counted[i] && language != STOP_WORDS_NO_LANGUAGE)
			n_in[language]++;
	}
	majority = stop_words_guess(n_in, STOP_WORDS_NO_LANGUAGE);
	for (size_t i = 0; i < n; i++)
		if (!is_counted[i])
			count_text(a, w, &texts[i], majority, true, &out->texts[i], &language);
	heap_free(is_counted);
}

/* From how often to how much, at length 1. */
static void weigh(const struct work *w, size_t n_worded, struct affinity_vector *v)
{
	double *weights = heap_alloc((v->n + 1) * sizeof *weights);
	double square = 0;

	for (size_t i = 0; i < v->n; i++) {
		double with = w->n_texts_with[v->terms[i].id];
		weights[i] = (1 + log(v->terms[i].weight)) * log(1 + (double)n_worded / with);
		square += weights[i] * weights[i];
	}
	for (size_t i = 0; i < v->n; i++)
		v->terms[i].weight = (uint32_t)lround(weights[i] / sqrt(square) * AFFINITY_UNIT);
	heap_free(weights);
}

void affinity_terms(struct arena *a, const struct affinity_text *texts, size_t n_texts,
	struct affinity_terms *out)
{
	struct arena *keys = arena_new();
	struct work w = {.arena = arena_new(),
		.lexicon = {.arena = keys},
		.stem = stem_new(),
		.stop_words = stop_words_open(keys)};
	size_t n_worded = 0;

	out->texts = ARENA_ARRAY(a, n_texts, struct affinity_vector);
	out->n_texts = n_texts;
	count_all(a, &w, texts, n_texts, out);
	out->n_terms = w.lexicon.n;
	for (size_t i = 0; i < n_texts; i++)
		n_worded += out->texts[i].n > 0;
	for (size_t i = 0; i < n_texts; i++)
		weigh(&w, n_worded, &out->texts[i]);
	heap_free(w.lexicon.slots);
	heap_free(w.n_texts_with);
	stem_free(w.stem);
	arena_free(w.arena);
	arena_free(keys);
}
