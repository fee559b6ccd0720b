#include "optimise/allocate_branch.h"

#include <math.h>
#include <string.h>
#include "optimise/allocate_bound.h"
#include "optimise/allocate_common.h"
#include "optimise/allocate_simplex.h"

/* An option that a case demands or forbids gains or loses so much: more than all else together
 * that hangs on one seat, but a case that cannot be has a value below all others. */
enum { DECIDED = 10000000, MAX_CASES = 20000, MAX_CASE_PRICES = 8000000, MAX_DEPTH = 4000 };

struct decision {
	uint32_t attendee;
	uint16_t option;
	bool has;
};

struct search {
	struct branch_stage *stage;
	struct simplex *simplex;
	struct arena *arena;
	struct effort *effort;
	struct bundle *best;
	double *shares;
	int64_t value;      /* of the best */
	int64_t root_bound; /* nothing is left to look for once the value has reached it */
	int64_t kept_worth; /* of all that is kept: no part of any value */
	struct decision path[MAX_DEPTH];
	uint32_t depth;
	struct allocate_branch *branches;
	size_t n_branches, room, max_branches;
	bool is_given_up;
	struct effort_state state;
};

/* ---- values ---- */

static bool fits(const struct branch_stage *stage, const struct bundle *bundles)
{
	const struct allocate_problem *p = stage->problem;
	uint32_t *used = heap_alloc(p->n_offerings * sizeof *used);
	bool has_room = true;

	for (uint32_t i = 0; i < p->n_attendees; i++)
		for (int k = 0; k < bundles[i].n; k++) {
			uint16_t o = stage->menus[i].options[bundles[i].option[k]].offering;
			has_room = ++used[o] <= p->offerings[o].capacity && has_room;
		}
	heap_free(used);
	return has_room;
}

/* What the stage counts; INT64_MIN when something kept is missing, or a seat. */
static int64_t value_of(const struct branch_stage *stage, const struct bundle *bundles)
{
	int64_t value = 0;

	if (!fits(stage, bundles))
		return INT64_MIN;
	for (uint32_t i = 0; i < stage->problem->n_attendees; i++) {
		const struct bundle_menu *menu = &stage->menus[i];
		if (stage->is_kept[i] && bundles[i].n != menu->want)
			return INT64_MIN;
		for (uint32_t k = 0; k < bundles[i].n && !stage->is_kept[i]; k++)
			value += allocate_points(k, menu->options[bundles[i].option[k]].rank);
	}
	return value;
}

/* The bound that prices in parts of a point prove, in parts; menus as they are. */
static int64_t bound_of(const struct search *x, const int64_t *price)
{
	const struct allocate_problem *p = x->stage->problem;
	int64_t sum = -x->kept_worth * BUNDLE_UNIT;
	struct bundle b;

	for (uint32_t o = 0; o < p->n_offerings; o++)
		sum += price[o] * p->offerings[o].capacity;
	for (uint32_t i = 0; i < p->n_attendees; i++)
		sum += bundle_best(&x->stage->menus[i], price, &b);
	for (uint32_t d = 0; d < x->depth; d++)
		sum -= x->path[d].has ? (int64_t)DECIDED * BUNDLE_UNIT : 0;
	return sum;
}

static int64_t whole(int64_t parts)
{
	return parts >= 0 ? parts / BUNDLE_UNIT : -((-parts + BUNDLE_UNIT - 1) / BUNDLE_UNIT);
}

/* The simplex's prices, in multiples of 1/scale and none below nothing. */
static int64_t *rounded_prices(const struct search *x, int64_t scale)
{
	uint32_t m = x->stage->problem->n_offerings;
	int64_t *price = ARENA_ARRAY(x->arena, m, int64_t), part = BUNDLE_UNIT / scale;

	for (uint32_t o = 0; o < m; o++) {
		int64_t exact = x->simplex->price[o];
		price[o] = exact > 0 ? (exact + part / 2) / part * part : 0;
	}
	return price;
}

/* ---- solutions ---- */

/* What the simplex says where it is whole; those in parts get nothing and true is returned. */
static bool take_whole(struct search *x, struct bundle *out)
{
	const struct simplex *s = x->simplex;
	bool has_parts = false;

	simplex_shares(s, x->shares);
	for (uint32_t i = 0; i < s->n; i++)
		out[i] = s->key[i];
	for (uint32_t r = 0; r < s->m; r++) {
		uint32_t who = s->column[r].attendee;
		if (who == ALLOCATE_NONE || x->shares[r] < 1e-6)
			continue;
		if (x->shares[r] > 1 - 1e-6) {
			out[who] = s->column[r].bundle;
		} else {
			has_parts = true;
			out[who] = (struct bundle){.n = UINT8_MAX};
		}
	}
	for (uint32_t i = 0; i < s->n; i++)
		if (out[i].n == UINT8_MAX)
			out[i].n = 0;
	return has_parts;
}

static void keep_if_better(struct search *x, const struct bundle *bundles)
{
	int64_t value = value_of(x->stage, bundles);

	if (value <= x->value)
		return;
	x->value = value;
	x->state.value = (double)(x->stage->value_before + value);
	memcpy(x->best, bundles, x->simplex->n * sizeof *bundles);
}

/* Those who have nothing, or less than they want, choose from the seats left: first those without.
 */
static void fill_up(struct search *x, struct bundle *bundles)
{
	const struct branch_stage *stage = x->stage;
	const struct allocate_problem *p = stage->problem;
	int64_t *price = heap_alloc(p->n_offerings * sizeof *price);
	const int64_t barred = (int64_t)BRANCH_KEPT * 100 * BUNDLE_UNIT;
	uint32_t *left = heap_alloc(p->n_offerings * sizeof *left);
	struct bundle b;

	for (uint32_t o = 0; o < p->n_offerings; o++)
		left[o] = p->offerings[o].capacity;
	for (uint32_t i = 0; i < p->n_attendees; i++)
		for (int k = 0; k < bundles[i].n; k++)
			left[stage->menus[i].options[bundles[i].option[k]].offering]--;
	for (int with = 0; with <= 1; with++)
		for (uint32_t i = 0; i < p->n_attendees; i++) {
			const struct bundle_menu *menu = &stage->menus[i];
			if ((bundles[i].n > 0) != with || bundles[i].n == menu->want)
				continue;
			for (int k = 0; k < bundles[i].n; k++)
				left[menu->options[bundles[i].option[k]].offering]++;
			for (uint32_t o = 0; o < p->n_offerings; o++)
				price[o] = left[o] ? 0 : barred;
			bundle_best(menu, price, &b);
			bundles[i] = b;
			for (int k = 0; k < b.n; k++)
				left[menu->options[b.option[k]].offering]--;
		}
	heap_free(price);
	heap_free(left);
}

/* ---- cases ---- */

static void decide(struct search *x, const struct decision *d, int sign)
{
	struct bundle_option *option = &x->stage->menus[d->attendee].options[d->option];

	option->gain += sign * (d->has ? DECIDED : -DECIDED);
}

static void record(struct search *x, struct allocate_branch branch)
{
	if (x->n_branches == x->room) {
		x->room = x->room ? 2 * x->room : 64;
		x->branches = heap_resize(x->branches, x->room * sizeof *x->branches);
	}
	x->branches[x->n_branches++] = branch;
}

/* The attendee and option that come out in parts, nearest to one half. */
static struct decision undecided(const struct search *x)
{
	const struct simplex *s = x->simplex;
	struct decision best = {.has = true};
	double distance = 1;

	for (uint32_t r = 0; r < s->m; r++) {
		uint32_t who = s->column[r].attendee;
		if (who == ALLOCATE_NONE || x->shares[r] < 1e-6 || x->shares[r] > 1 - 1e-6)
			continue;
		for (uint16_t o = 0; o < s->menus[who].n_options; o++) {
			double share = 0, key = 1;
			for (uint32_t k = 0; k < s->m; k++) {
				if (s->column[k].attendee != who)
					continue;
				key -= x->shares[k];
				for (int i = 0; i < s->column[k].bundle.n; i++)
					share += s->column[k].bundle.option[i] == o ? x->shares[k]
										    : 0;
			}
			for (int i = 0; i < s->key[who].n; i++)
				share += s->key[who].option[i] == o ? key : 0;
			if (fabs(share - 0.5) < distance - 1e-9) {
				distance = fabs(share - 0.5);
				best.attendee = who;
				best.option = o;
			}
		}
	}
	return best;
}

/* The next case that is not looked at, or false when all are. */
static bool next_case(struct search *x)
{
	while (x->depth) {
		struct decision *last = &x->path[x->depth - 1];
		decide(x, last, -1);
		if (last->has) {
			last->has = false;
			decide(x, last, 1);
			return true;
		}
		x->depth--;
	}
	return false;
}

/* The case at hand: true when its bound is proved, false when it is to be parted. */
static bool close_case(struct search *x, struct bundle *scratch)
{
	int64_t *price = rounded_prices(x, BUNDLE_UNIT), bound = whole(bound_of(x, price));
	bool has_parts;

	if (bound > x->value) {
		has_parts = take_whole(x, scratch);
		if (has_parts && !x->depth)
			fill_up(x, scratch);
		keep_if_better(x, scratch);
		if (!has_parts && bound > x->value)
			x->is_given_up = true; /* rounding: nothing to part, yet no proof */
	}
	if (bound > x->value)
		return false;
	record(x, (struct allocate_branch){.price = price});
	return true;
}

static void branch_out(struct search *x, struct bundle *scratch)
{
	do {
		simplex_reprice(x->simplex);
		bool is_solved = simplex_run(x->simplex, x->effort, &x->state);
		x->is_given_up = x->is_given_up || !is_solved || x->depth == MAX_DEPTH ||
				 x->n_branches >= x->max_branches;
		while (!x->is_given_up && !close_case(x, scratch) && !x->is_given_up) {
			struct decision d = undecided(x);
			record(x, (struct allocate_branch){.attendee = d.attendee,
					  .offering = x->stage->menus[d.attendee]
							      .options[d.option]
							      .offering});
			x->path[x->depth++] = d;
			decide(x, &d, 1);
			simplex_reprice(x->simplex);
			x->is_given_up = !simplex_run(x->simplex, x->effort, &x->state) ||
					 x->depth == MAX_DEPTH || x->n_branches >= x->max_branches;
		}
	} while (!x->is_given_up && x->value < x->root_bound && next_case(x));
	for (; x->depth; x->depth--)
		decide(x, &x->path[x->depth - 1], -1);
}

/* ---- the whole ---- */

/* With no time left: other prices may prove more than those of the simplex on its way. */
static void improve_root(struct search *x, struct allocate_proof *proof)
{
	int64_t *price = rounded_prices(x, BUNDLE_UNIT);
	int64_t target = (x->value + x->kept_worth) * BUNDLE_UNIT;

	bound_improve(x->stage->problem, x->stage->menus, target, price);
	int64_t bound = whole(bound_of(x, price));
	if (bound >= proof->bound)
		return;
	proof->bound = bound;
	proof->scale = BUNDLE_UNIT;
	proof->price = price;
}

/* Prices as round as the bound allows: whole points mostly. */
static void prove_root(struct search *x, struct allocate_proof *proof)
{
	static const int64_t scales[] = {1, 2, 4, 1024, BUNDLE_UNIT};
	int64_t lowest = INT64_MAX;

	for (size_t i = sizeof scales / sizeof *scales; i-- > 0;) {
		int64_t *price = rounded_prices(x, scales[i]), bound = whole(bound_of(x, price));
		if (bound > lowest)
			continue;
		lowest = bound;
		for (uint32_t o = 0; o < x->simplex->m; o++)
			price[o] /= BUNDLE_UNIT / scales[i];
		proof->scale = scales[i];
		proof->price = price;
	}
	proof->bound = lowest;
}

void branch_solve(struct arena *a, struct branch_stage *stage, struct effort *effort,
	struct allocate_proof *proof)
{
	const struct allocate_problem *p = stage->problem;
	struct arena *own = arena_new();
	struct bundle *scratch = ARENA_ARRAY(own, p->n_attendees, struct bundle);
	struct search *x = ARENA_NEW(own, struct search);

	*x = (struct search){.stage = stage,
		.arena = a,
		.effort = effort,
		.best = stage->best,
		.value = value_of(stage, stage->best),
		.max_branches = MAX_CASES,
		.shares = ARENA_ARRAY(own, p->n_offerings, double)};
	if ((uint64_t)MAX_CASES * p->n_offerings > MAX_CASE_PRICES)
		x->max_branches = MAX_CASE_PRICES / p->n_offerings;
	for (uint32_t i = 0; i < p->n_attendees; i++)
		x->kept_worth +=
			stage->is_kept[i] ? BRANCH_KEPT * (int64_t)stage->menus[i].want : 0;
	x->simplex = simplex_new(own, p, stage->menus, stage->best, stage->seed);
	x->state = (struct effort_state){.doing = "pricing bundles",
		.bound = NAN,
		.done = stage->done,
		.value = (double)(stage->value_before + x->value)};
	bool is_solved = simplex_run(x->simplex, effort, &x->state);
	prove_root(x, proof);
	if (!is_solved)
		improve_root(x, proof);
	x->root_bound = proof->bound;
	if (proof->bound > x->value) {
		bool has_parts = take_whole(x, scratch);
		if (has_parts)
			fill_up(x, scratch);
		keep_if_better(x, scratch);
	}
	x->state.doing = "telling cases apart";
	if (is_solved && proof->bound > x->value)
		branch_out(x, scratch);
	else
		x->is_given_up = proof->bound > x->value;
	proof->value = x->value;
	if (x->n_branches && !x->is_given_up && proof->bound > x->value) {
		proof->bound = x->value;
		for (uint32_t o = 0; o < p->n_offerings; o++)
			proof->price[o] *= BUNDLE_UNIT / proof->scale;
		proof->scale = BUNDLE_UNIT;
		proof->n_branches = x->n_branches;
		proof->branches = ARENA_ARRAY(a, x->n_branches, struct allocate_branch);
		memcpy(proof->branches, x->branches, x->n_branches * sizeof *x->branches);
	}
	heap_free(x->branches);
	arena_free(own);
}
