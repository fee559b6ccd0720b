/*
 * Why a pair is chosen, or is not. What it would cost to turn it round is found exactly: on an
 * assignment of highest total a unit is sent along a cheapest path of the residual network. When
 * the solution is not of highest total, one that is comes first.
 */
#include <stdlib.h>
#include <string.h>
#include "optimise/assign.h"
#include "optimise/assign_candidates.h"
#include "optimise/assign_residual.h"

struct board {
	const struct assign_problem *problem;
	const struct assign_solution *solution;
	struct assign_solution
		best;             /* of highest total: the solution itself when it is certified */
	struct residual residual; /* of best */
	bool *is_chosen;          /* [paper * n_reviewers + reviewer] of solution */
	uint32_t *first;          /* [paper + 1], into the pairs of solution */
	uint32_t *load;           /* [reviewer] */
	int64_t *scores, *turned; /* [paper], ascending: of solution; scratch */
	uint32_t source;          /* of the last search, or RESIDUAL_NONE */
};

/* ---- opening ---- */

static int ascending(const void *x, const void *y)
{
	int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;

	return a < b ? -1 : a > b;
}

static void add_scores(
	const struct assign_problem *p, const struct assign_solution *s, int64_t *scores)
{
	memset(scores, 0, p->n_papers * sizeof *scores);
	for (size_t i = 0; i < s->n_pairs; i++)
		scores[s->pairs[i].paper] +=
			assign_value(p, s->pairs[i].paper, s->pairs[i].reviewer);
}

static enum rc board_open(struct arena *a, const struct assign_problem *p,
	const struct assign_solution *s, struct board *b, struct err *err)
{
	*b = (struct board){.problem = p, .solution = s, .best = *s, .source = RESIDUAL_NONE};
	if (!s->is_certified) {
		struct effort unlimited = {0};
		effort_begin(&unlimited);
		TRY(assign_best(a, p, &unlimited, &b->best, err));
	}
	TRY(residual_open(a, p, b->best.pairs, b->best.n_pairs, &b->residual, err));
	b->is_chosen = ARENA_ARRAY(a, (size_t)p->n_papers * p->n_reviewers, bool);
	b->first = ARENA_ARRAY(a, p->n_papers + 1, uint32_t);
	b->load = ARENA_ARRAY(a, p->n_reviewers, uint32_t);
	b->scores = ARENA_ARRAY(a, p->n_papers, int64_t);
	b->turned = ARENA_ARRAY(a, p->n_papers, int64_t);
	for (size_t i = 0; i < s->n_pairs; i++) {
		struct assign_pair it = s->pairs[i];
		b->is_chosen[(size_t)it.paper * p->n_reviewers + it.reviewer] = true;
		b->first[it.paper + 1]++;
		b->load[it.reviewer]++;
	}
	for (uint32_t i = 0; i < p->n_papers; i++)
		b->first[i + 1] += b->first[i];
	add_scores(p, s, b->scores);
	qsort(b->scores, p->n_papers, sizeof *b->scores, ascending);
	return OK;
}

static void search(struct board *b, uint32_t source)
{
	if (b->source != source)
		residual_search(&b->residual, source);
	b->source = source;
}

/* ---- turning a pair round ---- */

/* The highest total with the pair the other way round than in `best`; the path is left in the
 * residual. */
static int64_t total_turned(struct board *b, struct assign_pair pair, bool is_in_best)
{
	const struct residual *r = &b->residual;
	uint32_t reviewer = r->first_reviewer + pair.reviewer;
	uint32_t tail = residual_tail(r, pair.paper, pair.reviewer);
	int64_t value = assign_value(b->problem, pair.paper, pair.reviewer);

	search(b, is_in_best ? tail : reviewer);
	int64_t loss = r->loss[is_in_best ? reviewer : tail];
	if (loss == RESIDUAL_UNREACHABLE)
		return INT64_MIN;
	return b->best.total - loss + (is_in_best ? -value : value);
}

/* Who gets the paper on the path that begins there: the first reviewer behind the source. */
static uint32_t successor(const struct board *b, uint32_t end)
{
	const struct residual *r = &b->residual;
	uint32_t first = RESIDUAL_NONE;

	for (uint32_t v = end; v != RESIDUAL_NONE && v != b->source; v = r->from[v])
		if (v >= r->first_reviewer && v < r->pool)
			first = v - r->first_reviewer;
	return first;
}

/* Who reads the paper in the assignment of highest total, but not now: the best fit of those. */
static uint32_t newcomer(const struct board *b, uint32_t paper)
{
	const struct assign_problem *p = b->problem;
	uint32_t best = UINT32_MAX;

	for (uint32_t i = b->residual.first[paper]; i < b->residual.first[paper + 1]; i++) {
		uint32_t r = b->best.pairs[i].reviewer;
		if (!b->is_chosen[(size_t)paper * p->n_reviewers + r] &&
			(best == UINT32_MAX ||
				assign_value(p, paper, r) > assign_value(p, paper, best)))
			best = r;
	}
	return best;
}

/* ---- the rule in the way ---- */

static uint32_t paper_of(const struct residual *r, uint32_t node)
{
	return node < r->first_reviewer ? node : r->group_paper[node - r->first_group];
}

/* Adds to the scores what the papers on the path win and lose. */
static void add_path(const struct board *b, uint32_t end, int64_t *scores)
{
	const struct residual *r = &b->residual;

	for (uint32_t v = end; v != b->source; v = r->from[v]) {
		uint32_t u = r->from[v];
		bool is_u = u >= r->first_reviewer && u < r->pool;
		bool is_v = v >= r->first_reviewer && v < r->pool;
		if (is_v && !is_u && u != r->pool)
			scores[paper_of(r, u)] +=
				assign_value(b->problem, paper_of(r, u), v - r->first_reviewer);
		else if (is_u && !is_v && v != r->pool)
			scores[paper_of(r, v)] -=
				assign_value(b->problem, paper_of(r, v), u - r->first_reviewer);
	}
}

/* Would the papers be served worse, the lowest first? The path of total_turned() is still there. */
static bool is_less_fair(struct board *b, struct assign_pair pair, bool is_in_best)
{
	const struct assign_problem *p = b->problem;

	add_scores(p, &b->best, b->turned);
	if (!is_in_best) {
		uint32_t tail = residual_tail(&b->residual, pair.paper, pair.reviewer);
		add_path(b, tail, b->turned);
		b->turned[pair.paper] += assign_value(p, pair.paper, pair.reviewer);
	}
	qsort(b->turned, p->n_papers, sizeof *b->turned, ascending);
	for (uint32_t i = 0; i < p->n_papers; i++)
		if (b->turned[i] != b->scores[i])
			return b->turned[i] < b->scores[i];
	return false;
}

static bool is_kept(const struct assign_problem *p, struct assign_pair pair)
{
	for (size_t i = 0; i < p->n_kept; i++)
		if (p->kept[i].paper == pair.paper && p->kept[i].reviewer == pair.reviewer)
			return true;
	return false;
}

static uint32_t n_colleagues(const struct board *b, struct assign_pair pair)
{
	const struct assign_problem *p = b->problem;
	uint32_t n = 0;

	if (p->per_organisation == 0 || !p->organisation ||
		p->organisation[pair.reviewer] == ASSIGN_NO_ORGANISATION)
		return 0;
	for (uint32_t i = b->first[pair.paper]; i < b->first[pair.paper + 1]; i++)
		n += p->organisation[b->solution->pairs[i].reviewer] ==
		     p->organisation[pair.reviewer];
	return n;
}

/*
 * Every reader of the paper who fits less well could give way at a gain, were there not a rule; the
 * first that holds for any of them is told. Nobody fits less well: those who read it are the better
 * ones. NONE: one of them could indeed give way.
 */
static enum assign_rule rule_against(const struct board *b, struct assign_pair pair)
{
	const struct assign_problem *p = b->problem;
	int64_t value = assign_value(p, pair.paper, pair.reviewer);
	bool is_full = b->load[pair.reviewer] >= p->max_load[pair.reviewer];
	bool is_complete = p->per_organisation > 0 && n_colleagues(b, pair) >= p->per_organisation;
	enum assign_rule found = ASSIGN_RULE_WANTED;

	for (uint32_t i = b->first[pair.paper]; i < b->first[pair.paper + 1]; i++) {
		struct assign_pair other = b->solution->pairs[i];
		if (assign_value(p, pair.paper, other.reviewer) >= value || is_kept(p, other))
			continue;
		if (is_full)
			return ASSIGN_RULE_LOAD;
		if (is_complete &&
			p->organisation[other.reviewer] != p->organisation[pair.reviewer])
			found = ASSIGN_RULE_ORGANISATION;
		else if (b->load[other.reviewer] > p->min_load[other.reviewer])
			return ASSIGN_RULE_NONE;
		else if (found == ASSIGN_RULE_WANTED)
			found = ASSIGN_RULE_MIN_LOAD;
	}
	return found;
}

/* ---- one pair ---- */

static uint32_t rank_of(const struct assign_problem *p, struct assign_pair pair)
{
	const int32_t *row = p->affinity + (size_t)pair.paper * p->n_reviewers;
	uint32_t rank = 1;

	if (row[pair.reviewer] == ASSIGN_BARRED)
		return 0;
	for (uint32_t r = 0; r < p->n_reviewers; r++)
		rank += row[r] != ASSIGN_BARRED && row[r] > row[pair.reviewer];
	return rank;
}

static void explain_chosen(struct board *b, struct assign_pair pair, struct assign_reason *out)
{
	bool is_in_best = residual_find(&b->residual, pair.paper, pair.reviewer) != RESIDUAL_NONE;

	if (!is_in_best) {
		out->loss = b->solution->total - b->best.total;
		out->next = newcomer(b, pair.paper);
		return;
	}
	int64_t total = total_turned(b, pair, true);
	out->loss = total == INT64_MIN ? ASSIGN_NO_WAY : b->solution->total - total;
	if (total != INT64_MIN)
		out->next = successor(b, b->residual.first_reviewer + pair.reviewer);
}

static void explain_other(struct board *b, struct assign_pair pair, struct assign_reason *out)
{
	bool is_in_best = residual_find(&b->residual, pair.paper, pair.reviewer) != RESIDUAL_NONE;

	if (out->rank == 0) {
		out->rule = ASSIGN_RULE_BARRED;
		out->loss = ASSIGN_NO_WAY;
		return;
	}
	int64_t total = is_in_best ? b->best.total : total_turned(b, pair, false);
	out->loss = total == INT64_MIN ? ASSIGN_NO_WAY : b->solution->total - total;
	if (out->loss == 0)
		return;
	out->rule = rule_against(b, pair);
	if (out->loss < 0 && out->rule != ASSIGN_RULE_WANTED && out->rule != ASSIGN_RULE_NONE &&
		is_less_fair(b, pair, is_in_best))
		out->rule = ASSIGN_RULE_FAIRNESS;
}

static void explain(struct board *b, struct assign_pair pair, struct assign_reason *out)
{
	const struct assign_problem *p = b->problem;

	*out = (struct assign_reason){
		.is_chosen = b->is_chosen[(size_t)pair.paper * p->n_reviewers + pair.reviewer],
		.affinity = assign_value(p, pair.paper, pair.reviewer),
		.rank = rank_of(p, pair),
		.next = UINT32_MAX,
	};
	if (out->is_chosen)
		explain_chosen(b, pair, out);
	else
		explain_other(b, pair, out);
}

static enum rc check_pair(const struct assign_problem *p, struct assign_pair pair, struct err *err)
{
	if (pair.paper >= p->n_papers || pair.reviewer >= p->n_reviewers)
		return err_set(err, NOT_FOUND, "there is no such paper or no such reviewer");
	return OK;
}

enum rc assign_explain(struct arena *a, const struct assign_problem *p,
	const struct assign_solution *s, struct assign_pair pair, struct assign_reason *out,
	struct err *err)
{
	struct arena *own = arena_new();
	struct board b;
	enum rc rc = check_pair(p, pair, err);

	(void)a;
	if (rc == OK)
		rc = board_open(own, p, s, &b, err);
	if (rc == OK)
		explain(&b, pair, out);
	arena_free(own);
	return rc;
}

static void explain_if(
	struct board *b, struct assign_pair pair, bool is_chosen, struct assign_reason *all)
{
	size_t at = (size_t)pair.paper * b->problem->n_reviewers + pair.reviewer;

	if (b->is_chosen[at] == is_chosen)
		explain(b, pair, &all[at]);
}

/* One search serves all chosen readers of a paper, and one all papers a reviewer does not read. */
enum rc assign_explain_all(struct arena *a, const struct assign_problem *p,
	const struct assign_solution *s, struct assign_reason **out, struct err *err)
{
	struct arena *own = arena_new();
	struct board b;
	enum rc rc = board_open(own, p, s, &b, err);

	if (rc == OK) {
		*out = ARENA_ARRAY(a, (size_t)p->n_papers * p->n_reviewers, struct assign_reason);
		for (uint32_t paper = 0; paper < p->n_papers; paper++)
			for (uint32_t r = 0; r < p->n_reviewers; r++)
				explain_if(&b, (struct assign_pair){paper, r}, true, *out);
		for (uint32_t r = 0; r < p->n_reviewers; r++)
			for (uint32_t paper = 0; paper < p->n_papers; paper++)
				explain_if(&b, (struct assign_pair){paper, r}, false, *out);
	}
	arena_free(own);
	return rc;
}
