#include "optimise/allocate_simplex.h"

#include <math.h>
#include <string.h>
#include "optimise/rng.h"

enum { FRESH_STEPS = 150, TELL_STEPS = 64, MAX_PRICE = 1000000000 };

static const double tiny = 1e-7, small = 1e-4, slack = 1e-9, infinite = 1e100;

/* ---- columns ---- */

static uint16_t offering_of(const struct simplex *s, uint32_t attendee, uint16_t option)
{
	return s->menus[attendee].options[option].offering;
}

static double worth_of(const struct simplex *s, const struct simplex_column *c)
{
	if (c->attendee == ALLOCATE_NONE)
		return 0;
	return (double)(bundle_worth(&s->menus[c->attendee], &c->bundle) -
			bundle_worth(&s->menus[c->attendee], &s->key[c->attendee]));
}

static void add_column(struct simplex *s, uint32_t offering, double sign)
{
	const double *in = s->inverse + offering;

	for (uint32_t r = 0; r < s->m; r++, in += s->m)
		s->y[r] += sign * *in;
}

/* y = inverse x column */
static void find_direction(struct simplex *s, const struct simplex_column *c)
{
	memset(s->y, 0, s->m * sizeof *s->y);
	if (c->attendee == ALLOCATE_NONE) {
		add_column(s, c->offering, 1);
		return;
	}
	const struct bundle *key = &s->key[c->attendee];
	for (int i = 0; i < c->bundle.n; i++)
		add_column(s, offering_of(s, c->attendee, c->bundle.option[i]), 1);
	for (int i = 0; i < key->n; i++)
		add_column(s, offering_of(s, c->attendee, key->option[i]), -1);
}

/* What enters by column c, in points for one of it. */
static double gain_of(const struct simplex *s, const struct simplex_column *c)
{
	if (c->attendee == ALLOCATE_NONE)
		return -s->pi[c->offering];
	const struct bundle *key = &s->key[c->attendee];
	double gain = worth_of(s, c);
	for (int i = 0; i < c->bundle.n; i++)
		gain -= s->pi[offering_of(s, c->attendee, c->bundle.option[i])];
	for (int i = 0; i < key->n; i++)
		gain += s->pi[offering_of(s, c->attendee, key->option[i])];
	return gain;
}

/* ---- the basis ---- */

static void eliminate(struct simplex *s, uint32_t row)
{
	double *own = s->inverse + (size_t)row * s->m, by = 1 / s->y[row];

	for (uint32_t k = 0; k < s->m; k++)
		own[k] *= by;
	for (uint32_t r = 0; r < s->m; r++) {
		double times = s->y[r];
		if (r == row || fabs(times) < 1e-13)
			continue;
		double *other = s->inverse + (size_t)r * s->m;
		for (uint32_t k = 0; k < s->m; k++)
			other[k] -= times * own[k];
	}
}

static void round_prices(struct simplex *s)
{
	for (uint32_t o = 0; o < s->m; o++) {
		s->is_broken = s->is_broken || !(fabs(s->pi[o]) < MAX_PRICE);
		s->price[o] = s->is_broken ? 0 : llround(s->pi[o] * BUNDLE_UNIT);
	}
}

void simplex_reprice(struct simplex *s)
{
	memset(s->pi, 0, s->m * sizeof *s->pi);
	for (uint32_t r = 0; r < s->m; r++) {
		double worth = worth_of(s, &s->column[r]);
		const double *row = s->inverse + (size_t)r * s->m;
		if (worth == 0)
			continue;
		for (uint32_t k = 0; k < s->m; k++)
			s->pi[k] += worth * row[k];
	}
	round_prices(s);
	s->n_candidates = 0;
	s->n_quiet = 0;
}

static void find_shares(const struct simplex *s, const double *extra_seats, double *x)
{
	double *left = heap_alloc(s->m * sizeof *left);

	for (uint32_t o = 0; o < s->m; o++)
		left[o] = s->problem->offerings[o].capacity + (extra_seats ? extra_seats[o] : 0);
	for (uint32_t i = 0; i < s->n; i++)
		for (int k = 0; k < s->key[i].n; k++)
			left[offering_of(s, i, s->key[i].option[k])] -= 1;
	for (uint32_t r = 0; r < s->m; r++) {
		const double *row = s->inverse + (size_t)r * s->m;
		x[r] = 0;
		for (uint32_t k = 0; k < s->m; k++)
			x[r] += row[k] * left[k];
	}
	heap_free(left);
}

void simplex_shares(const struct simplex *s, double *x)
{
	find_shares(s, NULL, x);
}

/* The inverse anew from the columns, against the rounding of many steps: free seats stand in their
 * own rows, and each of the others replaces the free seats of an offering that has none. */
static void make_fresh(struct simplex *s)
{
	struct simplex_column *old = heap_alloc(s->m * sizeof *old);
	bool *is_taken = heap_alloc(s->m);

	memcpy(old, s->column, s->m * sizeof *old);
	memset(s->inverse, 0, (size_t)s->m * s->m * sizeof *s->inverse);
	for (uint32_t o = 0; o < s->m; o++)
		s->inverse[(size_t)o * s->m + o] = 1;
	for (uint32_t r = 0; r < s->m; r++)
		if (old[r].attendee == ALLOCATE_NONE) {
			s->column[old[r].offering] = old[r];
			is_taken[old[r].offering] = true;
		}
	for (uint32_t r = 0; r < s->m; r++) {
		uint32_t best = ALLOCATE_NONE;
		if (old[r].attendee == ALLOCATE_NONE)
			continue;
		find_direction(s, &old[r]);
		for (uint32_t k = 0; k < s->m; k++)
			if (!is_taken[k] &&
				(best == ALLOCATE_NONE || fabs(s->y[k]) > fabs(s->y[best])))
				best = k;
		if (best == ALLOCATE_NONE || fabs(s->y[best]) < 1e-9) {
			s->is_broken = true;
			break;
		}
		eliminate(s, best);
		s->column[best] = old[r];
		is_taken[best] = true;
	}
	heap_free(old);
	heap_free(is_taken);
	find_shares(s, s->extra_seats, s->x);
	uint32_t n_quiet = s->n_quiet, n_candidates = s->n_candidates;
	simplex_reprice(s);
	s->n_quiet = n_quiet;
	s->n_candidates = n_candidates;
	s->n_fresh = 0;
}

/* ---- a step ---- */

struct leaving {
	double length;
	uint32_t row;      /* NONE: a key */
	uint32_t attendee; /* whose key */
	double pivot;
};

/*
 * In the first pass the length that nothing falls below zero by more than `slack`; in the second,
 * of all that end by then, the largest pivot (Harris 1973): small ones ruin the inverse.
 */
static void offer(
	struct leaving *l, double limit, double share, double pivot, uint32_t row, uint32_t attendee)
{
	double at_least = share > 0 ? share : 0;

	if (limit < 0) {
		double length = (at_least + slack) / pivot;
		if (length < l->length)
			l->length = length;
	} else if (at_least / pivot <= limit && pivot > l->pivot) {
		*l = (struct leaving){at_least / pivot, row, attendee, pivot};
	}
}

/* How much of an attendee is the key's. */
static double key_share(const struct simplex *s, uint32_t attendee)
{
	double share = 1;

	if (s->n_extra[attendee])
		for (uint32_t r = 0; r < s->m; r++)
			if (s->column[r].attendee == attendee)
				share -= s->x[r];
	return share;
}

/* All that shrinks when column c enters. limit < 0: the first pass. */
static void offer_all(
	struct simplex *s, const struct simplex_column *c, double limit, struct leaving *l)
{
	for (uint32_t r = 0; r < s->m; r++) {
		if (s->y[r] > tiny)
			offer(l, limit, s->x[r], s->y[r], r, ALLOCATE_NONE);
		if (s->column[r].attendee != ALLOCATE_NONE)
			s->change[s->column[r].attendee] -= s->y[r];
	}
	if (c->attendee != ALLOCATE_NONE)
		s->change[c->attendee] += 1;
	for (uint32_t r = 0; r <= s->m; r++) {
		uint32_t who = r < s->m ? s->column[r].attendee : c->attendee;
		if (who == ALLOCATE_NONE || s->change[who] == 0)
			continue;
		if (s->change[who] > tiny)
			offer(l, limit, key_share(s, who), s->change[who], ALLOCATE_NONE, who);
		s->change[who] = 0;
	}
}

/* How far column c can enter, and what is used up first. */
static struct leaving find_leaving(struct simplex *s, const struct simplex_column *c)
{
	struct leaving l = {.length = infinite, .row = ALLOCATE_NONE, .attendee = ALLOCATE_NONE};

	offer_all(s, c, -1, &l);
	if (l.length < infinite)
		offer_all(s, c, l.length, &l);
	return l;
}

/* Makes an extra of the attendee the key, and the key an extra; returns its row. */
static uint32_t swap_key(struct simplex *s, uint32_t attendee)
{
	uint32_t row = ALLOCATE_NONE;
	double share = key_share(s, attendee);

	for (uint32_t r = 0; r < s->m; r++)
		if (s->column[r].attendee == attendee &&
			(row == ALLOCATE_NONE || s->x[r] > s->x[row]))
			row = r;
	double *own = s->inverse + (size_t)row * s->m;
	for (uint32_t k = 0; k < s->m; k++)
		own[k] = -own[k];
	for (uint32_t r = 0; r < s->m; r++) {
		if (r == row || s->column[r].attendee != attendee)
			continue;
		const double *other = s->inverse + (size_t)r * s->m;
		for (uint32_t k = 0; k < s->m; k++)
			own[k] -= other[k];
	}
	struct bundle kept = s->key[attendee];
	s->key[attendee] = s->column[row].bundle;
	s->column[row].bundle = kept;
	s->x[row] = share;
	return row;
}

static void take_step(struct simplex *s, const struct simplex_column *c, double gain)
{
	find_direction(s, c);
	struct leaving l = find_leaving(s, c);
	if (l.length >= infinite) { /* nothing in the program is without a limit */
		s->is_broken = true;
		return;
	}
	if (l.pivot < small && s->n_fresh) { /* perhaps it is rounding, and nothing at all */
		make_fresh(s);
		return;
	}
	s->n_steps++;
	s->n_quiet = 0;
	if (l.row == ALLOCATE_NONE && !s->n_extra[l.attendee]) {
		for (uint32_t r = 0; r < s->m; r++)
			s->x[r] -= l.length * s->y[r];
		s->key[l.attendee] = c->bundle;
		return;
	}
	if (l.row == ALLOCATE_NONE) {
		l.row = swap_key(s, l.attendee);
		find_direction(s, c);
	}
	for (uint32_t r = 0; r < s->m; r++)
		s->x[r] -= l.length * s->y[r];
	s->x[l.row] = l.length;
	eliminate(s, l.row);
	if (s->column[l.row].attendee != ALLOCATE_NONE)
		s->n_extra[s->column[l.row].attendee]--;
	if (c->attendee != ALLOCATE_NONE)
		s->n_extra[c->attendee]++;
	s->column[l.row] = *c;
	const double *row = s->inverse + (size_t)l.row * s->m;
	for (uint32_t o = 0; o < s->m; o++)
		s->pi[o] += gain * row[o];
	round_prices(s);
	if (++s->n_fresh >= FRESH_STEPS + s->m)
		make_fresh(s);
}

bool simplex_run(struct simplex *s, struct effort *effort, struct effort_state *state)
{
	struct simplex_column c;

	s->n_quiet = 0;
	for (uint32_t steps = 1; simplex_find_entering(s, &c); steps++) {
		if (steps % TELL_STEPS == 0 && !effort_go_on(effort, state))
			return false;
		take_step(s, &c, gain_of(s, &c));
		if (s->is_broken)
			return false;
	}
	return true;
}

/* ---- beginning ---- */

struct simplex *simplex_new(struct arena *a, const struct allocate_problem *p,
	const struct bundle_menu *menus, const struct bundle *key, uint64_t seed)
{
	struct simplex *s = ARENA_NEW(a, struct simplex);
	uint32_t n = p->n_attendees, m = p->n_offerings;
	struct rng lots;

	*s = (struct simplex){.problem = p,
		.menus = menus,
		.n = n,
		.m = m,
		.key = ARENA_ARRAY(a, n, struct bundle),
		.n_extra = ARENA_ARRAY(a, n, uint16_t),
		.column = ARENA_ARRAY(a, m, struct simplex_column),
		.inverse = ARENA_ARRAY(a, (size_t)m * m, double),
		.x = ARENA_ARRAY(a, m, double),
		.extra_seats = ARENA_ARRAY(a, m, double),
		.pi = ARENA_ARRAY(a, m, double),
		.price = ARENA_ARRAY(a, m, int64_t),
		.y = ARENA_ARRAY(a, m, double),
		.change = ARENA_ARRAY(a, n, double),
		.order = ARENA_ARRAY(a, n, uint32_t),
		.candidates = ARENA_ARRAY(a, SIMPLEX_MAX_CANDIDATES, struct simplex_candidate)};
	rng_seed(&lots, seed);
	memcpy(s->key, key, n * sizeof *key);
	for (uint32_t i = 0; i < n; i++)
		s->order[i] = i;
	rng_shuffle(&lots, s->order, n);
	for (uint32_t o = 0; o < m; o++) {
		s->column[o] = (struct simplex_column){.attendee = ALLOCATE_NONE, .offering = o};
		s->extra_seats[o] = 1e-5 * (1 + rng_unit(&lots));
	}
	make_fresh(s);
	return s;
}
