#include "optimise/assign.h"

#include <stdlib.h>
#include <string.h>

__extension__ typedef __int128 int128;

#define MAX_PRICE (INT64_C(1) << 60)

struct verifying {
	const struct assign_problem *p;
	const struct assign_solution *s;
	struct err *err;
	struct assign_pair *kept;              /* sorted by paper, then reviewer */
	uint32_t *load;                        /* [reviewer] */
	uint32_t *colleagues;                  /* organisations of the readers of one paper */
	bool *is_kept;                         /* [reviewer], for one paper */
	size_t next_pair, next_kept, next_org; /* where the present paper's begin */
	int64_t total, min_paper;
	int128 bound;
};

static int by_paper_and_reviewer(const void *a, const void *b)
{
	const struct assign_pair *x = a, *y = b;

	if (x->paper != y->paper)
		return x->paper < y->paper ? -1 : 1;
	return (x->reviewer > y->reviewer) - (x->reviewer < y->reviewer);
}

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* ---- form ---- */

static enum rc verify_pairs(const struct verifying *v)
{
	const struct assign_problem *p = v->p;
	const struct assign_solution *s = v->s;

	for (size_t i = 0; i < s->n_pairs; i++) {
		const struct assign_pair *pair = &s->pairs[i];
		if (pair->paper >= p->n_papers || pair->reviewer >= p->n_reviewers)
			return err_set(
				v->err, INVALID, "pair %zu is of no such paper or reviewer", i);
		if (i > 0 && by_paper_and_reviewer(&s->pairs[i - 1], pair) >= 0)
			return err_set(v->err, INVALID, "pair %zu is twice, or out of order", i);
	}
	return OK;
}

static enum rc verify_price(const struct verifying *v, const char *of, uint32_t i, int64_t price)
{
	if (price >= -MAX_PRICE && price <= MAX_PRICE)
		return OK;
	return err_set(v->err, INVALID, "the price of %s %u is out of bounds", of, i);
}

static enum rc verify_prices(const struct verifying *v)
{
	const struct assign_solution *s = v->s;

	for (uint32_t i = 0; i < v->p->n_papers; i++)
		TRY(verify_price(v, "paper", i, s->paper_price[i]));
	for (uint32_t r = 0; r < v->p->n_reviewers; r++)
		TRY(verify_price(v, "reviewer", r, s->reviewer_price[r]));
	if (s->n_org_prices > 0 && (v->p->per_organisation == 0 || !v->p->organisation))
		return err_set(v->err, INVALID, "there are prices of a rule that there is not");
	for (size_t i = 0; i < s->n_org_prices; i++) {
		const struct assign_org_price *o = &s->org_prices[i];
		bool ordered = i == 0 || o[-1].paper < o->paper ||
			       (o[-1].paper == o->paper && o[-1].organisation < o->organisation);
		if (!ordered || o->paper >= v->p->n_papers ||
			o->organisation == ASSIGN_NO_ORGANISATION)
			return err_set(
				v->err, INVALID, "price %zu of an organisation is out of order", i);
		if (o->price < 0 || o->price > MAX_PRICE)
			return err_set(v->err, INVALID,
				"price %zu of an organisation is out of bounds", i);
	}
	return OK;
}

/* ---- one paper ---- */

static int64_t counted(const struct verifying *v, uint32_t paper, uint32_t reviewer)
{
	int32_t affinity = v->p->affinity[(size_t)paper * v->p->n_reviewers + reviewer];

	return affinity == ASSIGN_BARRED ? 0 : affinity;
}

/* How many of the same number follow one another must not pass the limit. */
static enum rc verify_colleagues(struct verifying *v, uint32_t paper, size_t n)
{
	uint32_t limit = v->p->per_organisation;

	qsort(v->colleagues, n, sizeof *v->colleagues, by_number);
	for (size_t i = limit; i < n; i++)
		if (v->colleagues[i] == v->colleagues[i - limit])
			return err_set(v->err, INVALID,
				"paper %u has more than %u readers of organisation %u", paper,
				limit, v->colleagues[i]);
	return OK;
}

/* The readers of the paper; v->is_kept holds for it. */
static enum rc verify_readers(struct verifying *v, uint32_t paper)
{
	const struct assign_problem *p = v->p;
	size_t begin = v->next_pair, n_colleagues = 0;
	int64_t sum = 0;

	for (; v->next_pair < v->s->n_pairs && v->s->pairs[v->next_pair].paper == paper;
		v->next_pair++) {
		uint32_t r = v->s->pairs[v->next_pair].reviewer;
		if (p->affinity[(size_t)paper * p->n_reviewers + r] == ASSIGN_BARRED &&
			!v->is_kept[r])
			return err_set(
				v->err, INVALID, "reviewer %u is barred from paper %u", r, paper);
		sum += counted(v, paper, r);
		v->load[r]++;
		if (p->per_organisation > 0 && p->organisation &&
			p->organisation[r] != ASSIGN_NO_ORGANISATION)
			v->colleagues[n_colleagues++] = p->organisation[r];
	}
	if (v->next_pair - begin != p->wanted[paper])
		return err_set(v->err, INVALID, "paper %u has %zu reviews, %u are wanted", paper,
			v->next_pair - begin, p->wanted[paper]);
	v->total += sum;
	if (paper == 0 || sum < v->min_paper)
		v->min_paper = sum;
	return verify_colleagues(v, paper, n_colleagues);
}

static enum rc verify_kept(const struct verifying *v, struct assign_pair kept)
{
	if (v->s->n_pairs > 0 &&
		bsearch(&kept, v->s->pairs, v->s->n_pairs, sizeof kept, by_paper_and_reviewer))
		return OK;
	return err_set(v->err, INVALID, "reviewer %u no longer has paper %u, which was agreed",
		kept.reviewer, kept.paper);
}

/* Of the n prices from `first` on, that of the reviewer's organisation. */
static int64_t org_price(const struct verifying *v, uint32_t reviewer,
	const struct assign_org_price *first, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (first[i].organisation == v->p->organisation[reviewer])
			return first[i].price;
	return 0;
}

/* Adds the paper's part of the bound. */
static void add_paper(struct verifying *v, uint32_t paper)
{
	const struct assign_solution *s = v->s;
	const struct assign_org_price *first = &s->org_prices[v->next_org];
	const int32_t *affinity = &v->p->affinity[(size_t)paper * v->p->n_reviewers];
	int64_t base = s->paper_price[paper];
	int128 gains = 0;
	size_t n = 0;

	while (v->next_org + n < s->n_org_prices && first[n].paper == paper)
		v->bound += (int128)first[n++].price * v->p->per_organisation;
	v->next_org += n;
	for (uint32_t r = 0; r < v->p->n_reviewers; r++) {
		int64_t gain = (affinity[r] == ASSIGN_BARRED ? 0 : affinity[r]) - base -
			       s->reviewer_price[r];
		if (n > 0)
			gain -= org_price(v, r, first, n);
		if (v->is_kept[r] || (gain > 0 && affinity[r] != ASSIGN_BARRED))
			gains += gain;
	}
	v->bound += (int128)v->p->wanted[paper] * base + gains;
}

static enum rc verify_paper(struct verifying *v, uint32_t paper)
{
	size_t begin = v->next_kept, end = begin;
	enum rc rc = OK;

	for (; end < v->p->n_kept && v->kept[end].paper == paper; end++)
		v->is_kept[v->kept[end].reviewer] = true;
	for (size_t i = begin; i < end && rc == OK; i++)
		rc = verify_kept(v, v->kept[i]);
	if (rc == OK)
		rc = verify_readers(v, paper);
	if (rc == OK)
		add_paper(v, paper);
	for (size_t i = begin; i < end; i++)
		v->is_kept[v->kept[i].reviewer] = false;
	v->next_kept = end;
	return rc;
}

/* ---- all ---- */

static enum rc verify_load(struct verifying *v, uint32_t r)
{
	const struct assign_problem *p = v->p;
	uint32_t most = p->max_load[r] < p->n_papers ? p->max_load[r] : p->n_papers;
	int128 price = v->s->reviewer_price[r], high = price * most, low = price * p->min_load[r];

	if (v->load[r] < p->min_load[r] || v->load[r] > p->max_load[r])
		return err_set(v->err, INVALID,
			"reviewer %u has %u papers, which is not between %u and %u", r, v->load[r],
			p->min_load[r], p->max_load[r]);
	v->bound += high > low ? high : low;
	return OK;
}

static enum rc verify_sums(const struct verifying *v)
{
	const struct assign_solution *s = v->s;

	if (v->total != s->total)
		return err_set(v->err, INVALID, "the total is %lld, not %lld", (long long)v->total,
			(long long)s->total);
	if (v->min_paper != s->min_paper || s->min_paper_bound < s->min_paper)
		return err_set(v->err, INVALID,
			"the lowest paper has %lld, and no less is its bound",
			(long long)v->min_paper);
	if (v->bound > s->total_bound)
		return err_set(v->err, INVALID, "the prices do not prove a bound of %lld",
			(long long)s->total_bound);
	return OK;
}

static enum rc verify_all(struct verifying *v)
{
	TRY(verify_pairs(v));
	TRY(verify_prices(v));
	for (uint32_t i = 0; i < v->p->n_papers; i++)
		TRY(verify_paper(v, i));
	for (uint32_t r = 0; r < v->p->n_reviewers; r++)
		TRY(verify_load(v, r));
	return verify_sums(v);
}

enum rc assign_verify(const struct assign_problem *p, struct assign_solution *s, struct err *err)
{
	struct verifying v = {.p = p, .s = s, .err = err};

	v.kept = heap_alloc((p->n_kept + 1) * sizeof *v.kept);
	v.load = heap_alloc(((size_t)p->n_reviewers + 1) * sizeof *v.load);
	v.colleagues = heap_alloc(((size_t)p->n_reviewers + 1) * sizeof *v.colleagues);
	v.is_kept = heap_alloc(((size_t)p->n_reviewers + 1) * sizeof *v.is_kept);
	if (p->n_kept > 0)
		memcpy(v.kept, p->kept, p->n_kept * sizeof *v.kept);
	qsort(v.kept, p->n_kept, sizeof *v.kept, by_paper_and_reviewer);
	enum rc rc = verify_all(&v);
	s->is_certified = rc == OK && s->total == s->total_bound;
	heap_free(v.is_kept);
	heap_free(v.colleagues);
	heap_free(v.load);
	heap_free(v.kept);
	return rc;
}
