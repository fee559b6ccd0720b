/* See affinity.h; how texts become vectors is in affinity_terms.c. */
#include "optimise/affinity.h"

#include <assert.h>
#include "optimise/affinity_terms.h"

enum {
	TEXT_PARTS = 3,
	THEME_PARTS = 2,
	ALL_PARTS = TEXT_PARTS + THEME_PARTS,
	UNTOLD_COUNTS_AS = AFFINITY_UNIT / 4,
};

struct affinity {
	struct affinity_input in;
	struct affinity_terms terms;
};

const struct affinity *affinity_prepare(struct arena *a, const struct affinity_input *in)
{
	struct affinity *f = ARENA_NEW(a, struct affinity);

	f->in = *in;
	affinity_terms(a, in->texts, in->n_texts, &f->terms);
	return f;
}

/* ---- the rule ---- */

int32_t affinity_combine(int32_t text, int32_t theme, enum affinity_bid bid)
{
	static const struct {
		int64_t at_0, at_1;
	} bounds[AFFINITY_N_BIDS] = {
		[AFFINITY_RELUCTANT] = {0, 250000},
		[AFFINITY_NO_BID] = {100000, 750000},
		[AFFINITY_WILLING] = {300000, 900000},
		[AFFINITY_EAGER] = {500000, 1000000},
	};
	int64_t by_text = text < 0 ? UNTOLD_COUNTS_AS : text;
	int64_t by_theme = theme < 0 ? UNTOLD_COUNTS_AS : theme;
	int64_t fit;

	assert(text <= AFFINITY_UNIT && theme <= AFFINITY_UNIT);
	if (text == AFFINITY_MOOT)
		fit = by_theme;
	else if (theme == AFFINITY_MOOT)
		fit = by_text;
	else
		fit = (TEXT_PARTS * by_text + THEME_PARTS * by_theme) / ALL_PARTS;
	return (int32_t)(bounds[bid].at_0 +
			 fit * (bounds[bid].at_1 - bounds[bid].at_0) / AFFINITY_UNIT);
}

/* The whole root of n < 2^62, digit by digit. */
static uint32_t root_of(uint64_t n)
{
	uint64_t root = 0;

	for (uint64_t bit = UINT64_C(1) << 30; bit; bit >>= 1)
		if ((root + bit) * (root + bit) <= n)
			root += bit;
	return (uint32_t)root;
}

/* Of a sum of products of weights. */
static uint32_t likeness_of(uint64_t product)
{
	uint32_t root = root_of(product);

	return root < AFFINITY_UNIT ? root : AFFINITY_UNIT; /* rounded lengths pass 1 by a hair */
}

/* The texts of one reviewer beside one submission, as they are gone through. */
struct likeness {
	uint64_t sum;
	uint32_t best, n;
};

static void likeness_add(struct likeness *l, uint32_t likeness)
{
	l->sum += likeness;
	l->best = likeness > l->best ? likeness : l->best;
	l->n++;
}

static int32_t text_part(const struct affinity_vector *submission, const struct likeness *l)
{
	if (!submission->n)
		return AFFINITY_MOOT;
	return l->n ? (int32_t)((l->best + l->sum / l->n) / 2) : AFFINITY_UNTOLD;
}

/* How many themes are in both; into `common`, unless it is NULL. */
static uint32_t common_themes(
	const struct affinity_submission *s, const struct affinity_reviewer *r, uint32_t *common)
{
	uint32_t n = 0;

	for (uint32_t i = 0, k = 0; i < s->n_themes && k < r->n_themes;) {
		if (s->themes[i] < r->themes[k]) {
			i++;
		} else if (s->themes[i] > r->themes[k]) {
			k++;
		} else {
			if (common)
				common[n] = s->themes[i];
			n++;
			i++;
			k++;
		}
	}
	return n;
}

static int32_t theme_part(const struct affinity_submission *s, const struct affinity_reviewer *r)
{
	if (!s->n_themes)
		return AFFINITY_MOOT;
	if (!r->n_themes)
		return AFFINITY_UNTOLD;
	return (int32_t)((int64_t)AFFINITY_UNIT * common_themes(s, r, NULL) / s->n_themes);
}

/* ---- all pairs ---- */

/* Weights of one text by term, 0 elsewhere; and 0 again. */
static void spread_weights(uint32_t *by_term, const struct affinity_vector *v, bool is_set)
{
	for (uint32_t i = 0; i < v->n; i++)
		by_term[v->terms[i].id] = is_set ? v->terms[i].weight : 0;
}

static uint64_t product_with(const uint32_t *by_term, const struct affinity_vector *v)
{
	uint64_t sum = 0;

	for (uint32_t i = 0; i < v->n; i++)
		sum += (uint64_t)by_term[v->terms[i].id] * v->terms[i].weight;
	return sum;
}

/* The text part of a reviewer for every submission. */
static void compare_reviewer(
	const struct affinity *f, uint32_t reviewer, uint32_t *by_term, struct likeness *likenesses)
{
	const struct affinity_reviewer *r = &f->in.reviewers[reviewer];

	for (uint32_t s = 0; s < f->in.n_submissions; s++)
		likenesses[s] = (struct likeness){0};
	for (uint32_t t = 0; t < r->n_texts; t++) {
		const struct affinity_vector *own = &f->terms.texts[r->texts[t]];
		if (!own->n)
			continue;
		spread_weights(by_term, own, true);
		for (uint32_t s = 0; s < f->in.n_submissions; s++)
			likeness_add(&likenesses[s],
				likeness_of(product_with(
					by_term, &f->terms.texts[f->in.submissions[s].text])));
		spread_weights(by_term, own, false);
	}
}

static bool is_before(const struct affinity_wish *w, uint32_t submission, uint32_t reviewer)
{
	return w->submission != submission ? w->submission < submission : w->reviewer < reviewer;
}

/* By halving: the wishes are sorted. */
static enum affinity_bid bid_of(
	const struct affinity_input *in, uint32_t submission, uint32_t reviewer)
{
	size_t low = 0, high = in->n_wishes;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (is_before(&in->wishes[middle], submission, reviewer))
			low = middle + 1;
		else
			high = middle;
	}
	if (low < in->n_wishes && in->wishes[low].submission == submission &&
		in->wishes[low].reviewer == reviewer)
		return in->wishes[low].bid;
	return AFFINITY_NO_BID;
}

void affinity_fill(const struct affinity *f, int32_t *out)
{
	const struct affinity_input *in = &f->in;
	uint32_t *by_term = heap_alloc((f->terms.n_terms + 1) * sizeof *by_term);
	struct likeness *likenesses = heap_alloc((in->n_submissions + 1) * sizeof *likenesses);

	for (uint32_t r = 0; r < in->n_reviewers; r++) {
		compare_reviewer(f, r, by_term, likenesses);
		for (uint32_t s = 0; s < in->n_submissions; s++) {
			const struct affinity_submission *submission = &in->submissions[s];
			out[(size_t)s * in->n_reviewers + r] = affinity_combine(
				text_part(&f->terms.texts[submission->text], &likenesses[s]),
				theme_part(submission, &in->reviewers[r]), bid_of(in, s, r));
		}
	}
	heap_free(likenesses);
	heap_free(by_term);
}

/* ---- one pair ---- */

/* A word both texts have, and how much it adds to their likeness. */
struct shared {
	uint64_t product;
	struct str written;
};

/* Keeps the weightiest, in order; of equals the one that came first. */
static void keep_shared(struct shared kept[AFFINITY_N_WORDS], size_t *n, struct shared one)
{
	size_t at = *n;

	if (at == AFFINITY_N_WORDS && kept[at - 1].product >= one.product)
		return;
	at = at == AFFINITY_N_WORDS ? at - 1 : at;
	*n = at + 1;
	for (; at && kept[at - 1].product < one.product; at--)
		kept[at] = kept[at - 1];
	kept[at] = one;
}

/* Walks two vectors in step; kept may be NULL. */
static uint64_t compare_vectors(const struct affinity_vector *a, const struct affinity_vector *b,
	struct shared kept[AFFINITY_N_WORDS], size_t *n_kept)
{
	uint64_t sum = 0;

	for (uint32_t i = 0, k = 0; i < a->n && k < b->n;) {
		const struct affinity_term *x = &a->terms[i], *y = &b->terms[k];
		uint64_t product = x->id == y->id ? (uint64_t)x->weight * y->weight : 0;
		if (product && kept)
			keep_shared(kept, n_kept, (struct shared){product, x->written});
		sum += product;
		i += x->id <= y->id;
		k += y->id <= x->id;
	}
	return sum;
}

static void explain_text(struct arena *a, const struct affinity *f,
	const struct affinity_vector *submission, const struct affinity_reviewer *r,
	struct affinity_reason *out)
{
	struct shared kept[AFFINITY_N_WORDS];
	struct likeness all = {0};

	out->nearest = AFFINITY_NO_TEXT;
	for (uint32_t t = 0; t < r->n_texts; t++) {
		const struct affinity_vector *own = &f->terms.texts[r->texts[t]];
		if (!own->n)
			continue;
		uint32_t best = all.best;
		likeness_add(&all, likeness_of(compare_vectors(submission, own, NULL, NULL)));
		if (all.best > best)
			out->nearest = r->texts[t];
	}
	out->text = text_part(submission, &all);
	if (out->nearest == AFFINITY_NO_TEXT)
		return;
	compare_vectors(submission, &f->terms.texts[out->nearest], kept, &out->n_words);
	for (size_t i = 0; i < out->n_words; i++)
		out->words[i] = str_dup(a, kept[i].written);
}

void affinity_explain(struct arena *a, const struct affinity *f, uint32_t submission,
	uint32_t reviewer, struct affinity_reason *out)
{
	const struct affinity_submission *s = &f->in.submissions[submission];
	const struct affinity_reviewer *r = &f->in.reviewers[reviewer];

	*out = (struct affinity_reason){.bid = bid_of(&f->in, submission, reviewer)};
	explain_text(a, f, &f->terms.texts[s->text], r, out);
	out->theme = theme_part(s, r);
	out->themes = ARENA_ARRAY(a, s->n_themes, uint32_t);
	out->n_themes = common_themes(s, r, out->themes);
	out->affinity = affinity_combine(out->text, out->theme, out->bid);
}
