#include "optimise/allocate_bound.h"

#include <string.h>

enum { MAX_STEPS = 200, MAX_LOOKS = 20000000, PATIENCE = 10 };

/* The bound; excess [offering]: how many more want it than there are seats. */
static int64_t price_all(const struct allocate_problem *p, const struct bundle_menu *menus,
	const int64_t *price, int64_t *excess)
{
	int64_t bound = 0;
	struct bundle b;

	for (uint32_t o = 0; o < p->n_offerings; o++) {
		excess[o] = -(int64_t)p->offerings[o].capacity;
		bound += price[o] * p->offerings[o].capacity;
	}
	for (uint32_t i = 0; i < p->n_attendees; i++) {
		bound += bundle_best(&menus[i], price, &b);
		for (int k = 0; k < b.n; k++)
			excess[menus[i].options[b.option[k]].offering]++;
	}
	return bound;
}

/* Prices rise where too many want a seat, and fall where too few do. */
static void step(
	const struct allocate_problem *p, double length, const int64_t *excess, int64_t *price)
{
	double square = 0;

	for (uint32_t o = 0; o < p->n_offerings; o++)
		if (excess[o] > 0 || price[o] > 0)
			square += (double)excess[o] * (double)excess[o];
	for (uint32_t o = 0; o < p->n_offerings && square > 0; o++) {
		price[o] += (int64_t)(length / square * (double)excess[o]);
		price[o] = price[o] > 0 ? price[o] : 0;
	}
}

void bound_improve(const struct allocate_problem *p, const struct bundle_menu *menus,
	int64_t target, int64_t *price)
{
	struct arena *own = arena_new();
	size_t bytes = p->n_offerings * sizeof *price, n_options = 1;
	int64_t *now = ARENA_ARRAY(own, p->n_offerings, int64_t);
	int64_t *excess = ARENA_ARRAY(own, p->n_offerings, int64_t);
	int64_t best = INT64_MAX;
	double share = 1;

	for (uint32_t i = 0; i < p->n_attendees; i++)
		n_options += menus[i].n_options;
	memcpy(now, price, bytes);
	for (size_t k = 0, idle = 0; k < MAX_STEPS && k < MAX_LOOKS / n_options; k++) {
		int64_t bound = price_all(p, menus, now, excess);
		if (bound < best) {
			best = bound;
			idle = 0;
			memcpy(price, now, bytes);
		} else if (++idle == PATIENCE) { /* too far; shorter steps from the best so far */
			idle = 0;
			share /= 2;
			memcpy(now, price, bytes);
			price_all(p, menus, now, excess);
		}
		if (bound <= target)
			break;
		step(p, share * (double)(bound - target), excess, now);
	}
	arena_free(own);
}
