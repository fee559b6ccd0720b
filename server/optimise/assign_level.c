#include "optimise/assign_level.h"

#include <math.h>
#include <string.h>
#include "optimise/flow_wide.h"

/* ---- values ---- */

static void fill_row(void *arg, uint32_t paper, int64_t *values)
{
	const struct level *l = arg;
	const uint8_t *state = l->state + (size_t)paper * l->problem->n_reviewers;
	int64_t factor = (l->is_blind ? 0 : l->scale) + l->weight[paper];

	for (uint32_t r = 0; r < l->problem->n_reviewers; r++)
		values[r] = state[r] == LEVEL_BARRED ? ASSIGN_NO_VALUE
						     : assign_value(l->problem, paper, r) * factor;
}

/* Weights as fine as the values allow, and up to 63 times what affinity counts. */
static void choose_scale(struct level *l)
{
	const struct assign_problem *p = l->problem;
	size_t n = (size_t)p->n_papers * p->n_reviewers;
	int64_t most = 1;

	for (size_t i = 0; i < n; i++)
		most = p->affinity[i] > most ? p->affinity[i] : most;
	int64_t room = ASSIGN_MAX_VALUE / most;
	l->scale = room / 64 > 0 ? room / 64 : 1;
	if (l->scale > 1 << 20)
		l->scale = 1 << 20;
	l->max_weight = room - l->scale < 63 * l->scale ? room - l->scale : 63 * l->scale;
}

struct level *level_new(const struct assign_problem *p)
{
	struct level *l = heap_alloc(sizeof *l);

	l->problem = p;
	l->weight = heap_alloc(p->n_papers * sizeof *l->weight + 1);
	l->score = heap_alloc(p->n_papers * sizeof *l->score + 1);
	l->n_forced = heap_alloc(p->n_papers * sizeof *l->n_forced + 1);
	l->state = heap_alloc((size_t)p->n_papers * p->n_reviewers + 1);
	choose_scale(l);
	l->dense = assign_dense_new(p, (struct assign_values){fill_row, l});
	return l;
}

void level_free(struct level *l)
{
	assign_dense_free(l->dense);
	heap_free(l->weight);
	heap_free(l->score);
	heap_free(l->n_forced);
	heap_free(l->state);
	heap_free(l->trail);
	heap_free(l);
}

/* ---- deciding pairs ---- */

static bool is_kept(const struct level *l, struct assign_pair pair)
{
	const struct assign_problem *p = l->problem;

	for (size_t i = 0; i < p->n_kept; i++)
		if (p->kept[i].paper == pair.paper && p->kept[i].reviewer == pair.reviewer)
			return true;
	return false;
}

static void put(struct level *l, struct assign_pair pair, enum level_pair state)
{
	if (l->n_trail == l->max_trail) {
		l->max_trail = l->max_trail ? 2 * l->max_trail : 256;
		l->trail = heap_resize(l->trail, l->max_trail * sizeof *l->trail);
	}
	l->trail[l->n_trail++] = pair;
	l->state[(size_t)pair.paper * l->problem->n_reviewers + pair.reviewer] = (uint8_t)state;
	if (state != LEVEL_FORCED)
		return;
	assign_dense_bound_pair(l->dense, pair, 1, 1);
	l->n_forced[pair.paper]++;
}

void level_undo(struct level *l, size_t mark)
{
	while (l->n_trail > mark) {
		struct assign_pair pair = l->trail[--l->n_trail];
		uint8_t *state =
			&l->state[(size_t)pair.paper * l->problem->n_reviewers + pair.reviewer];
		if (*state == LEVEL_FORCED) {
			assign_dense_bound_pair(l->dense, pair, is_kept(l, pair), 1);
			l->n_forced[pair.paper]--;
		}
		*state = LEVEL_FREE;
	}
}

/* What a paper can still get. */
struct prospect {
	uint32_t n_open; /* places that are not forced */
	int64_t best;    /* sum: all places at their best */
	int64_t last;    /* the lowest affinity in it that is not forced */
	int64_t next;    /* the highest that is not in it; -1: there is none */
};

/* The highest n + 1 free affinities, sorted in place as they come. */
static uint32_t top_free(const struct level *l, uint32_t paper, uint32_t n, int64_t *top)
{
	const struct assign_problem *p = l->problem;
	const int32_t *row = p->affinity + (size_t)paper * p->n_reviewers;
	const uint8_t *state = l->state + (size_t)paper * p->n_reviewers;
	uint32_t n_top = 0;

	for (uint32_t r = 0; r < p->n_reviewers; r++) {
		uint32_t at;
		if (state[r] != LEVEL_FREE || row[r] == ASSIGN_BARRED)
			continue;
		if (n_top > n && row[r] <= top[n])
			continue;
		for (at = n_top > n ? n : n_top++; at > 0 && top[at - 1] < row[r]; at--)
			top[at] = top[at - 1];
		top[at] = row[r];
	}
	return n_top;
}

static bool foresee(const struct level *l, uint32_t paper, struct prospect *out)
{
	const struct assign_problem *p = l->problem;
	const uint8_t *state = l->state + (size_t)paper * p->n_reviewers;

	*out = (struct prospect){.n_open = p->wanted[paper], .next = -1};
	for (uint32_t r = 0; r < p->n_reviewers; r++)
		if (state[r] == LEVEL_FORCED) {
			if (out->n_open == 0)
				return false;
			out->n_open--;
			out->best += assign_value(p, paper, r);
		}
	int64_t *top = heap_alloc((out->n_open + 1) * sizeof *top);
	uint32_t n_top = top_free(l, paper, out->n_open, top);
	bool is_enough = n_top >= out->n_open;
	for (uint32_t i = 0; i < out->n_open && is_enough; i++)
		out->best += top[i];
	if (is_enough && out->n_open > 0)
		out->last = top[out->n_open - 1];
	if (n_top > out->n_open)
		out->next = top[out->n_open];
	heap_free(top);
	return is_enough && out->best >= l->goal;
}

/* Forces what the paper cannot do without, and bars what it cannot do with. */
static bool filter(struct level *l, uint32_t paper)
{
	const struct assign_problem *p = l->problem;
	const int32_t *row = p->affinity + (size_t)paper * p->n_reviewers;
	const uint8_t *state = l->state + (size_t)paper * p->n_reviewers;
	struct prospect it;

	if (!foresee(l, paper, &it))
		return false;
	for (uint32_t r = 0; r < p->n_reviewers && it.n_open > 0; r++) {
		struct assign_pair pair = {paper, r};
		if (state[r] != LEVEL_FREE || row[r] == ASSIGN_BARRED)
			continue;
		if (row[r] < it.last && it.best - it.last + row[r] < l->goal)
			put(l, pair, LEVEL_BARRED);
		else if (row[r] >= it.last && (it.next < 0 || it.best - row[r] + it.next < l->goal))
			put(l, pair, LEVEL_FORCED);
	}
	return true;
}

bool level_decide(struct level *l, struct assign_pair pair, enum level_pair state)
{
	put(l, pair, state);
	return filter(l, pair.paper);
}

bool level_set(struct level *l, int64_t goal)
{
	const struct assign_problem *p = l->problem;

	level_undo(l, 0);
	l->goal = goal;
	for (size_t i = 0; i < p->n_kept; i++)
		if (l->state[(size_t)p->kept[i].paper * p->n_reviewers + p->kept[i].reviewer] ==
			LEVEL_FREE)
			put(l, p->kept[i], LEVEL_FORCED);
	for (uint32_t paper = 0; paper < p->n_papers; paper++)
		if (!filter(l, paper))
			return false;
	return true;
}

/* ---- bounding ---- */

static int64_t floor_div(int64_t x, int64_t by)
{
	return x / by - (x % by < 0);
}

/* Rounded down: the scores of any set that reaches the goal weigh no more than those of the best.
 */
static int64_t weighted_mean(const struct level *l)
{
	flow_wide_cost sum = 0, weights = 0;

	for (uint32_t paper = 0; paper < l->problem->n_papers; paper++) {
		sum += (flow_wide_cost)l->weight[paper] * l->score[paper];
		weights += l->weight[paper];
	}
	return weights > 0 ? (int64_t)(sum / weights) : INT64_MAX;
}

enum flow_end level_solve(struct level *l, struct effort *effort, int64_t *bound)
{
	const struct assign_problem *p = l->problem;
	struct effort_state state = {.doing = "bounding"};
	size_t n;

	/* Of a paper whose readers are settled a weight could only spoil the bound. */
	for (uint32_t paper = 0; paper < p->n_papers; paper++)
		if (l->n_forced[paper] == p->wanted[paper])
			l->weight[paper] = 0;
	assign_dense_revalue(l->dense);
	enum flow_end end = assign_dense_solve(l->dense, effort, &state);
	if (end != FLOW_OPTIMAL)
		return end;
	const struct assign_pair *pairs = assign_dense_pairs(l->dense, &n);
	memset(l->score, 0, p->n_papers * sizeof *l->score);
	l->total = 0;
	for (size_t i = 0; i < n; i++) {
		int64_t value = assign_value(p, pairs[i].paper, pairs[i].reviewer);
		l->score[pairs[i].paper] += value;
		l->total += value;
	}
	/* total + sum of weight * (score - goal), of which the weights are so many parts of scale
	 */
	int64_t over = 0;
	for (uint32_t paper = 0; paper < p->n_papers; paper++)
		over += l->weight[paper] * (l->score[paper] - l->goal);
	if (l->is_blind)
		l->mean = weighted_mean(l);
	*bound = l->is_blind ? over : l->total + floor_div(over, l->scale);
	return FLOW_OPTIMAL;
}

void level_begin(struct level *l, bool is_blind)
{
	l->is_blind = is_blind;
	for (uint32_t paper = 0; paper < l->problem->n_papers; paper++)
		l->weight[paper] = is_blind ? l->max_weight : 0;
}

/* A paper that falls short wins weight, one with more than the goal loses some. */
static void step_blind(struct level *l, double pace)
{
	uint32_t n = l->problem->n_papers;
	double most = 1, spread = 1;
	int64_t aim = l->mean < INT64_MAX ? l->mean : l->goal;

	for (uint32_t paper = 0; paper < n; paper++)
		spread = fmax(spread, fabs((double)(aim - l->score[paper])));
	for (uint32_t paper = 0; paper < n; paper++) {
		double wrong = (double)(aim - l->score[paper]) / spread;
		l->weight[paper] = (int64_t)((double)l->weight[paper] * exp(pace * wrong)) + 1;
		most = fmax(most, (double)l->weight[paper]);
	}
	for (uint32_t paper = 0; paper < n; paper++)
		l->weight[paper] =
			(int64_t)((double)l->weight[paper] * fmin(1, (double)l->max_weight / most));
}

void level_step(struct level *l, int64_t bound, int64_t target, double pace)
{
	const struct assign_problem *p = l->problem;
	double length = 0;

	if (l->is_blind) {
		step_blind(l, pace);
		return;
	}
	for (uint32_t paper = 0; paper < p->n_papers; paper++) {
		double short_by = (double)(l->goal - l->score[paper]);
		if (short_by > 0 || l->weight[paper] > 0)
			length += short_by * short_by;
	}
	if (length <= 0)
		return;
	double step = pace * (double)(bound - target + 1) / length * (double)l->scale;
	for (uint32_t paper = 0; paper < p->n_papers; paper++) {
		double w = (double)l->weight[paper] + step * (double)(l->goal - l->score[paper]);
		double most = (double)l->max_weight;
		l->weight[paper] = (int64_t)(w < 0 ? 0 : w > most ? most : w + 0.5);
	}
}

int64_t level_bound_lowest(struct level *l, int64_t goal, uint32_t n_steps, struct effort *effort)
{
	int64_t best = INT64_MAX;
	double pace = 0.5;

	level_begin(l, true);
	if (!level_set(l, goal))
		return goal - 1;
	for (uint32_t step = 0; step < n_steps && best >= goal; step++) {
		int64_t over;
		enum flow_end end = level_solve(l, effort, &over);
		if (end == FLOW_INFEASIBLE)
			return goal - 1;
		if (end != FLOW_OPTIMAL)
			break;
		if (l->mean < best)
			best = l->mean;
		else
			pace *= 0.8;
		level_step(l, 0, 0, pace);
	}
	return best >= goal ? best : goal - 1;
}
