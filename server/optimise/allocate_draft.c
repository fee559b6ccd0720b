/* The draft: turns in the order of the lots, forth and back. */
#include "optimise/allocate_common.h"
#include "optimise/rng.h"

struct drafter {
	uint32_t attendee, n_seats;
	uint64_t slots;  /* busy, or taken */
	uint64_t wishes; /* bit of rank: has it */
};

struct table {
	const struct allocate_problem *p;
	uint32_t *left;
	uint32_t *first, *next; /* offerings by class, ascending: lists that end with NONE */
};

/* The offering of a class with the most seats left in a slot that suits, or NONE. */
static uint32_t best_offering(const struct table *t, uint32_t class_id, uint64_t slots)
{
	uint32_t best = ALLOCATE_NONE;

	for (uint32_t o = t->first[class_id]; o != ALLOCATE_NONE; o = t->next[o])
		if (t->left[o] && !(slots >> t->p->offerings[o].slot & 1) &&
			(best == ALLOCATE_NONE || t->left[o] > t->left[best]))
			best = o;
	return best;
}

static bool take_turn(struct table *t, struct drafter *d, struct allocate_seat *seat)
{
	const struct allocate_attendee *who = &t->p->attendees[d->attendee];

	for (uint32_t rank = 0; rank < who->n_wishes && d->n_seats < who->want; rank++) {
		if (d->wishes >> rank & 1)
			continue;
		uint32_t o = best_offering(t, who->wishes[rank], d->slots);
		if (o == ALLOCATE_NONE)
			continue;
		t->left[o]--;
		d->n_seats++;
		d->slots |= (uint64_t)1 << t->p->offerings[o].slot;
		d->wishes |= (uint64_t)1 << rank;
		seat->attendee = d->attendee;
		seat->offering = o;
		return true;
	}
	return false;
}

void allocate_draft_group(const struct allocate_problem *p, uint32_t priority, struct rng *lots,
	uint32_t *left, uint32_t *turn, struct allocate_solution *out)
{
	uint32_t *order = heap_alloc(p->n_attendees * sizeof *order), n = 0;
	struct drafter *drafters = heap_alloc(p->n_attendees * sizeof *drafters);
	struct table t = {.p = p,
		.left = left,
		.first = heap_alloc(p->n_classes * sizeof *t.first),
		.next = heap_alloc(p->n_offerings * sizeof *t.next)};
	bool has_taken = true;

	for (uint32_t c = 0; c < p->n_classes; c++)
		t.first[c] = ALLOCATE_NONE;
	for (uint32_t o = p->n_offerings; o-- > 0;) {
		t.next[o] = t.first[p->offerings[o].class_id];
		t.first[p->offerings[o].class_id] = o;
	}
	for (uint32_t i = 0; i < p->n_attendees; i++)
		if (p->attendees[i].priority == priority)
			order[n++] = i;
	rng_shuffle(lots, order, n);
	for (uint32_t i = 0; i < n; i++)
		drafters[i] = (struct drafter){
			.attendee = order[i], .slots = p->attendees[order[i]].busy};
	for (uint32_t round = 0; has_taken; round++) {
		has_taken = false;
		for (uint32_t i = 0; i < n; i++) {
			struct drafter *d = &drafters[round % 2 ? n - 1 - i : i];
			struct allocate_seat *seat = &out->seats[out->n_seats];
			if (take_turn(&t, d, seat)) {
				seat->turn = *turn;
				out->n_seats++;
				has_taken = true;
			}
			++*turn;
		}
	}
	heap_free(order);
	heap_free(drafters);
	heap_free(t.first);
	heap_free(t.next);
}

enum rc allocate_draft(struct arena *a, const struct allocate_problem *p, uint64_t seed,
	struct allocate_solution *out, struct err *err)
{
	uint32_t *groups, n_groups, turn = 0;
	size_t most = 0;
	struct rng lots;

	TRY(allocate_check(p, err));
	for (uint32_t i = 0; i < p->n_attendees; i++)
		most += p->attendees[i].want;
	*out = (struct allocate_solution){.method = ALLOCATE_DRAFT,
		.seed = seed,
		.seats = ARENA_ARRAY(a, most + 1, struct allocate_seat)};
	uint32_t *left = heap_alloc(p->n_offerings * sizeof *left);
	for (uint32_t o = 0; o < p->n_offerings; o++)
		left[o] = p->offerings[o].capacity;
	n_groups = allocate_groups(a, p, &groups);
	rng_seed(&lots, seed);
	for (uint32_t g = 0; g < n_groups; g++)
		allocate_draft_group(p, groups[g], &lots, left, &turn, out);
	heap_free(left);
	allocate_finish(p, out);
	return OK;
}
