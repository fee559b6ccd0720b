/*
 * What prices prove, by looking at every bundle of every attendee: class by class, each option of
 * it or none, left off where what could still come is not enough.
 */
#include "optimise/allocate_verify.h"

#include <string.h>

enum { MAX_STEPS = 10000000, MAX_STEPS_IN_ALL = 300000000 };
#define MAX_PRICE ((int64_t)1 << 50)

__extension__ typedef __int128 wide; /* a sum of prices times seats */

struct ruling {
	uint32_t attendee, offering;
	bool has;
};

struct checker {
	const struct allocate_problem *p;
	const struct allocate_solution *s;
	const struct allocate_proof *proof;
	uint32_t *first, *next; /* offerings by class: lists that end with NONE */
	struct ruling *rulings;
	uint32_t n_rulings;
	uint64_t n_steps;
};

/* The search for one attendee. */
struct chooser {
	struct checker *c;
	const int64_t *price;
	uint32_t n, want;
	uint32_t classes[ALLOCATE_MAX_WISHES];
	int64_t worth[ALLOCATE_MAX_WISHES]; /* before the price */
	bool must[ALLOCATE_MAX_WISHES];
	uint32_t only[ALLOCATE_MAX_WISHES]; /* the offering, or NONE for any */
	int64_t bonus[ALLOCATE_MAX_WANT];
	/* from the class on: the best of so many classes, descending; the best of each slot */
	int64_t by_class[ALLOCATE_MAX_WISHES + 1][ALLOCATE_MAX_WANT];
	int64_t by_slot[ALLOCATE_MAX_WISHES + 1][ALLOCATE_MAX_SLOTS];
	uint32_t attendee;
	int64_t best;
	uint64_t busy;
	uint32_t n_steps;
	bool has_any;
};

/* ---- one attendee ---- */

static bool is_barred(const struct chooser *x, uint32_t offering)
{
	for (uint32_t r = 0; r < x->c->n_rulings; r++) {
		const struct ruling *rule = &x->c->rulings[r];
		if (rule->attendee == x->attendee && rule->offering == offering && !rule->has)
			return true;
	}
	return false;
}

static bool may_take(const struct chooser *x, uint32_t at, uint32_t offering, uint64_t slots)
{
	return x->c->p->offerings[offering].capacity > 0 &&
	       !(slots >> x->c->p->offerings[offering].slot & 1) &&
	       (x->only[at] == ALLOCATE_NONE || x->only[at] == offering) && !is_barred(x, offering);
}

/* Keeps the largest `room` of those offered, descending. */
static uint32_t keep_top(int64_t *top, uint32_t n, uint32_t room, int64_t w)
{
	uint32_t k = n < room ? n : n - 1;

	if (n == room && w <= top[n - 1])
		return n;
	for (; k > 0 && top[k - 1] < w; k--)
		top[k] = top[k - 1];
	top[k] = w;
	return n < room ? n + 1 : n;
}

/* What the best of some, descending, add to n seats; fewer where the last ones would not. */
static int64_t sum_top(const struct chooser *x, uint32_t n, const int64_t *top, uint32_t n_top)
{
	int64_t sum = 0;

	for (uint32_t k = 0; k < n_top && top[k] != INT64_MIN && top[k] + x->bonus[n + k] > 0; k++)
		sum += top[k] + x->bonus[n + k];
	return sum;
}

/* No choice from class `at` on adds more: the best of each slot that is free, without the rule of
 * classes. */
static int64_t at_most(const struct chooser *x, uint32_t at, uint32_t n, uint64_t slots)
{
	int64_t top[ALLOCATE_MAX_WANT];
	uint32_t n_top = 0;

	for (uint32_t s = 0; s < x->c->p->n_slots && n < x->want; s++)
		if (!(slots >> s & 1) && x->by_slot[at][s] != INT64_MIN)
			n_top = keep_top(top, n_top, x->want - n, x->by_slot[at][s]);
	return sum_top(x, n, top, n_top);
}

/* Can what is left from class `at` on still make a better choice? The rule of slots left out, then
 * that of classes. */
static bool is_promising(
	const struct chooser *x, uint32_t at, uint32_t n, uint64_t slots, int64_t sum)
{
	return !x->has_any || (sum + sum_top(x, n, x->by_class[at], x->want - n) > x->best &&
				      sum + at_most(x, at, n, slots) > x->best);
}

/* Depth: one class a call, so 32 at most. */
static void search(struct chooser *x, uint32_t at, uint32_t n, uint64_t slots, int64_t sum)
{
	if (at == x->n) {
		if (!x->has_any || sum > x->best)
			x->best = sum;
		x->has_any = true;
		return;
	}
	if (++x->n_steps > MAX_STEPS || !is_promising(x, at, n, slots, sum))
		return;
	uint32_t o = n < x->want ? x->c->first[x->classes[at]] : ALLOCATE_NONE;
	for (; o != ALLOCATE_NONE; o = x->c->next[o])
		if (may_take(x, at, o, slots))
			search(x, at + 1, n + 1, slots | (uint64_t)1 << x->c->p->offerings[o].slot,
				sum + x->bonus[n] + x->worth[at] - x->price[o]);
	if (!x->must[at])
		search(x, at + 1, n, slots, sum);
}

static void find_bests(struct chooser *x)
{
	uint32_t n_slots = x->c->p->n_slots;

	for (uint32_t k = 0; k < ALLOCATE_MAX_WANT; k++)
		x->by_class[x->n][k] = INT64_MIN;
	for (uint32_t s = 0; s < n_slots; s++)
		x->by_slot[x->n][s] = INT64_MIN;
	for (uint32_t at = x->n; at-- > 0;) {
		int64_t best = INT64_MIN;
		memcpy(x->by_class[at], x->by_class[at + 1], sizeof x->by_class[at]);
		memcpy(x->by_slot[at], x->by_slot[at + 1], n_slots * sizeof(int64_t));
		uint32_t o = x->c->first[x->classes[at]];
		for (; o != ALLOCATE_NONE; o = x->c->next[o]) {
			int64_t *of_slot = &x->by_slot[at][x->c->p->offerings[o].slot];
			int64_t w = x->worth[at] - x->price[o];
			if (!may_take(x, at, o, x->busy))
				continue;
			*of_slot = w > *of_slot ? w : *of_slot;
			best = w > best ? w : best;
		}
		keep_top(x->by_class[at], ALLOCATE_MAX_WANT, ALLOCATE_MAX_WANT, best);
	}
}

/* What the attendee may choose from: all wishes, or of an earlier group the classes they have. */
static void lay_out(struct chooser *x, uint32_t attendee)
{
	static const int64_t bonus[3] = {10000, 1000, 100};
	const struct checker *c = x->c;
	const struct allocate_attendee *who = &c->p->attendees[attendee];
	bool is_kept = who->priority < c->proof->priority;
	size_t low = 0, high = c->s->n_seats;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (c->s->seats[middle].attendee < attendee)
			low = middle + 1;
		else
			high = middle;
	}
	for (uint32_t rank = 0; rank < who->n_wishes; rank++) {
		bool has = false;
		for (size_t k = low; k < c->s->n_seats && c->s->seats[k].attendee == attendee; k++)
			has = has || c->p->offerings[c->s->seats[k].offering].class_id ==
					     who->wishes[rank];
		if (is_kept && !has)
			continue;
		x->classes[x->n] = who->wishes[rank];
		x->worth[x->n] = is_kept ? 0 : (8 - (int64_t)rank) * c->proof->scale;
		x->must[x->n] = is_kept;
		x->only[x->n] = ALLOCATE_NONE;
		for (uint32_t r = 0; r < c->n_rulings; r++) {
			const struct ruling *rule = &c->rulings[r];
			if (rule->attendee == attendee && rule->has &&
				c->p->offerings[rule->offering].class_id == who->wishes[rank]) {
				x->must[x->n] = true;
				x->only[x->n] = rule->offering;
			}
		}
		x->n++;
	}
	for (int k = 0; k < 3 && !is_kept; k++)
		x->bonus[k] = bonus[k] * c->proof->scale;
	x->want = who->want;
	x->busy = who->busy;
}

/* Of any bundle; *is_possible false when there is none at all. */
static enum rc best_bundle(struct checker *c, const int64_t *price, uint32_t attendee,
	int64_t *best, bool *is_possible, struct err *err)
{
	struct chooser x = {.c = c, .price = price, .attendee = attendee};

	*best = 0;
	*is_possible = true;
	if (c->p->attendees[attendee].priority > c->proof->priority)
		return OK;
	lay_out(&x, attendee);
	find_bests(&x);
	search(&x, 0, 0, x.busy, 0);
	c->n_steps += x.n_steps;
	if (x.n_steps > MAX_STEPS || c->n_steps > MAX_STEPS_IN_ALL)
		return err_set(
			err, INVALID, "attendee %u has too many choices to go through", attendee);
	*best = x.best;
	*is_possible = x.has_any;
	return OK;
}

/* ---- one case ---- */

static enum rc bound_of(struct checker *c, const int64_t *price, int64_t *bound, struct err *err)
{
	wide sum = 0;
	int64_t best;
	bool is_possible;

	for (uint32_t o = 0; o < c->p->n_offerings; o++) {
		if (price[o] < 0 || price[o] > MAX_PRICE)
			return err_set(err, INVALID, "the price of offering %u is impossible", o);
		sum += (wide)price[o] * c->p->offerings[o].capacity;
	}
	for (uint32_t i = 0; i < c->p->n_attendees; i++) {
		TRY(best_bundle(c, price, i, &best, &is_possible, err));
		if (!is_possible) { /* a case that cannot be */
			*bound = INT64_MIN;
			return OK;
		}
		sum += best;
	}
	wide down = sum / c->proof->scale - (sum % c->proof->scale < 0);
	if (down > INT64_MAX / 2)
		return err_set(err, INVALID, "the prices prove nothing");
	*bound = (int64_t)down;
	return OK;
}

/* ---- one group ---- */

/* The highest bound of all cases; the tree must be whole. */
static enum rc bound_of_cases(struct checker *c, int64_t *bound, struct err *err)
{
	const struct allocate_proof *proof = c->proof;
	int64_t one;

	*bound = INT64_MIN;
	c->n_rulings = 0;
	for (size_t b = 0; b < proof->n_branches; b++) {
		const struct allocate_branch *branch = &proof->branches[b];
		if (!branch->price) {
			if (branch->attendee >= c->p->n_attendees ||
				branch->offering >= c->p->n_offerings)
				return err_set(
					err, INVALID, "case %zu is of nobody or of nothing", b);
			c->rulings[c->n_rulings++] =
				(struct ruling){branch->attendee, branch->offering, true};
			continue;
		}
		TRY(bound_of(c, branch->price, &one, err));
		*bound = one > *bound ? one : *bound;
		while (c->n_rulings && !c->rulings[c->n_rulings - 1].has)
			c->n_rulings--;
		if (!c->n_rulings)
			return b + 1 == proof->n_branches
				       ? OK
				       : err_set(err, INVALID,
						 "there are cases behind the last one");
		c->rulings[c->n_rulings - 1].has = false;
	}
	return err_set(err, INVALID, "cases are missing");
}

static int64_t value_of_group(const struct checker *c)
{
	static const int64_t worth[3] = {10000, 1000, 100};
	int64_t value = 0;
	uint32_t n = 0;

	for (size_t k = 0; k < c->s->n_seats; k++) {
		const struct allocate_seat *seat = &c->s->seats[k];
		const struct allocate_attendee *who = &c->p->attendees[seat->attendee];
		n = k && seat[-1].attendee == seat->attendee ? n + 1 : 0;
		if (who->priority != c->proof->priority)
			continue;
		for (uint32_t rank = 0; rank < who->n_wishes; rank++)
			if (who->wishes[rank] == c->p->offerings[seat->offering].class_id)
				value += (n < 3 ? worth[n] : 0) + 8 - (int64_t)rank;
	}
	return value;
}

static enum rc check_proof(struct checker *c, struct err *err)
{
	const struct allocate_proof *proof = c->proof;
	int64_t bound, of_cases;

	if (proof->scale < 1 || proof->scale > 1 << 20)
		return err_set(err, INVALID, "a scale of prices is impossible");
	if (proof->value != value_of_group(c))
		return err_set(err, INVALID, "the value of priority %u is %lld, not %lld",
			proof->priority, (long long)value_of_group(c), (long long)proof->value);
	c->n_rulings = 0;
	TRY(bound_of(c, proof->price, &bound, err));
	if (proof->n_branches) {
		TRY(bound_of_cases(c, &of_cases, err));
		bound = of_cases > proof->value ? of_cases : proof->value;
	}
	if (bound != proof->bound)
		return err_set(err, INVALID,
			"the prices of priority %u prove a bound of %lld, not %lld",
			proof->priority, (long long)bound, (long long)proof->bound);
	return OK;
}

enum rc allocate_verify_proofs(
	const struct allocate_problem *p, const struct allocate_solution *s, struct err *err)
{
	struct arena *own = arena_new();
	struct checker c = {.p = p,
		.s = s,
		.first = ARENA_ARRAY(own, p->n_classes, uint32_t),
		.next = ARENA_ARRAY(own, p->n_offerings, uint32_t)};
	uint32_t there = 0, proved = 0;
	size_t most = 0;
	enum rc rc = OK;

	memset(c.first, 0xff, p->n_classes * sizeof *c.first);
	for (uint32_t o = 0; o < p->n_offerings; o++) {
		c.next[o] = c.first[p->offerings[o].class_id];
		c.first[p->offerings[o].class_id] = o;
	}
	for (uint32_t i = 0; i < p->n_attendees; i++)
		there |= (uint32_t)1 << p->attendees[i].priority;
	for (size_t g = 0; g < s->n_proofs; g++) {
		most = s->proofs[g].n_branches > most ? s->proofs[g].n_branches : most;
		if (s->proofs[g].priority > ALLOCATE_MAX_PRIORITY ||
			proved >> s->proofs[g].priority)
			rc = err_set(err, INVALID, "the proofs are not in the order of priorities");
		else
			proved |= (uint32_t)1 << s->proofs[g].priority;
	}
	if (rc == OK && proved != there)
		rc = err_set(err, INVALID, "there is not one proof for each priority");
	c.rulings = ARENA_ARRAY(own, most + 1, struct ruling);
	for (size_t g = 0; g < s->n_proofs && rc == OK; g++) {
		c.proof = &s->proofs[g];
		rc = check_proof(&c, err);
	}
	arena_free(own);
	return rc;
}
