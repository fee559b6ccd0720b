#include "optimise/allocate.h"

static uint32_t rank_of(const struct allocate_problem *p, uint32_t attendee, uint32_t class_id)
{
	const struct allocate_attendee *who = &p->attendees[attendee];
	uint32_t rank = 0;

	while (rank < who->n_wishes && who->wishes[rank] != class_id)
		rank++;
	return rank;
}

/* The first seat of an attendee, or where it would be. */
static size_t first_seat(const struct allocate_solution *s, uint32_t attendee)
{
	size_t low = 0, high = s->n_seats;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (s->seats[middle].attendee < attendee)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Which offerings are of a class: [first[class] .. first[class + 1]) of list, ascending. */
struct by_class {
	uint32_t *first, *list;
};

static struct by_class index_classes(struct arena *a, const struct allocate_problem *p)
{
	struct by_class x = {ARENA_ARRAY(a, p->n_classes + 2, uint32_t),
		ARENA_ARRAY(a, p->n_offerings, uint32_t)};

	for (uint32_t o = 0; o < p->n_offerings; o++)
		x.first[p->offerings[o].class_id + 2]++;
	for (uint32_t c = 2; c < p->n_classes + 2; c++)
		x.first[c] += x.first[c - 1];
	for (uint32_t o = 0; o < p->n_offerings; o++)
		x.list[x.first[p->offerings[o].class_id + 1]++] = o;
	return x;
}

/* ---- everybody ---- */

struct allocate_demand *allocate_demand(
	struct arena *a, const struct allocate_problem *p, const struct allocate_solution *s)
{
	struct allocate_demand *demand = ARENA_ARRAY(a, p->n_offerings, struct allocate_demand);
	struct arena *own = arena_new();
	struct by_class x = index_classes(own, p);
	size_t at = 0;

	for (uint32_t i = 0; i < p->n_attendees; i++) {
		const struct allocate_attendee *who = &p->attendees[i];
		uint32_t has = 0; /* bit of rank */
		for (; at < s->n_seats && s->seats[at].attendee == i; at++) {
			struct allocate_demand *d = &demand[s->seats[at].offering];
			uint32_t rank = rank_of(p, i, p->offerings[s->seats[at].offering].class_id);
			has |= (uint32_t)1 << rank;
			if (!d->n_seats++ || s->seats[at].turn >= d->last_turn) {
				d->last_turn = s->seats[at].turn;
				d->last_rank = rank;
			}
		}
		for (uint32_t rank = 0; rank < who->n_wishes; rank++) {
			uint32_t c = who->wishes[rank];
			for (uint32_t k = x.first[c]; k < x.first[c + 1] && !(has >> rank & 1); k++)
				demand[x.list[k]].n_unserved +=
					!(who->busy >> p->offerings[x.list[k]].slot & 1);
		}
	}
	arena_free(own);
	return demand;
}

/* ---- one attendee ---- */

/* What of their own seats is in the way, in the order in which people would see it. */
static void find_why(const struct allocate_problem *p, const struct allocate_solution *s,
	const struct allocate_demand *demand, uint32_t attendee, struct allocate_reason *r)
{
	const struct allocate_attendee *who = &p->attendees[attendee];
	const struct allocate_offering *o = &p->offerings[r->offering];
	uint32_t n_better = 0;

	r->why = ALLOCATE_LEFT;
	if (who->busy >> o->slot & 1) {
		r->why = ALLOCATE_BUSY;
		return;
	}
	for (size_t k = first_seat(s, attendee); k < s->n_seats && s->seats[k].attendee == attendee;
		k++) {
		const struct allocate_offering *own = &p->offerings[s->seats[k].offering];
		uint32_t rank = rank_of(p, attendee, own->class_id);
		n_better += rank < r->rank;
		if (own == o) {
			r->why = ALLOCATE_GOT;
			return;
		}
		if (own->class_id != o->class_id && (own->slot != o->slot || rank > r->rank))
			continue;
		if (r->why == ALLOCATE_CLASS_GOT)
			continue;
		r->why = own->class_id == o->class_id ? ALLOCATE_CLASS_GOT : ALLOCATE_SLOT_TAKEN;
		r->other = s->seats[k].offering;
	}
	if (r->why == ALLOCATE_LEFT && n_better == who->want)
		r->why = ALLOCATE_ENOUGH;
	else if (r->why == ALLOCATE_LEFT && demand[r->offering].n_seats >= o->capacity)
		r->why = ALLOCATE_FULL;
}

static enum allocate_worth worth_of(int64_t price)
{
	/* Between the steps of 100, 1,000 and 10,000 for a third, second and first seat, each more
	 * or less a few ranks, or less the seat that somebody else wins. */
	if (price >= 5000)
		return ALLOCATE_WORTH_FIRST;
	if (price >= 500)
		return ALLOCATE_WORTH_SECOND;
	if (price >= 50)
		return ALLOCATE_WORTH_THIRD;
	return price > 0 ? ALLOCATE_WORTH_RANKS : ALLOCATE_WORTH_NOTHING;
}

static void find_numbers(const struct allocate_problem *p, const struct allocate_solution *s,
	const struct allocate_demand *demand, uint32_t attendee, struct allocate_reason *r)
{
	const struct allocate_demand *d = &demand[r->offering];
	bool is_unserved =
		r->why != ALLOCATE_GOT && r->why != ALLOCATE_CLASS_GOT && r->why != ALLOCATE_BUSY;

	r->n_others = d->n_unserved - is_unserved;
	if (s->method == ALLOCATE_DRAFT && r->why == ALLOCATE_FULL && d->n_seats) {
		r->last_rank = d->last_rank;
		r->last_turn = d->last_turn;
	}
	for (size_t g = 0; g < s->n_proofs; g++) {
		const struct allocate_proof *proof = &s->proofs[g];
		if (proof->priority != p->attendees[attendee].priority)
			continue;
		r->price = (proof->price[r->offering] + proof->scale / 2) / proof->scale;
		r->worth = worth_of(r->price);
	}
}

size_t allocate_explain(struct arena *a, const struct allocate_problem *p,
	const struct allocate_solution *s, const struct allocate_demand *demand, uint32_t attendee,
	struct allocate_reason **out)
{
	const struct allocate_attendee *who = &p->attendees[attendee];
	struct arena *own = arena_new();
	struct by_class x = index_classes(own, p);
	size_t n = 0, most = 0;

	for (uint32_t rank = 0; rank < who->n_wishes; rank++)
		most += 1 + x.first[who->wishes[rank] + 1] - x.first[who->wishes[rank]];
	*out = ARENA_ARRAY(a, most, struct allocate_reason);
	for (uint32_t rank = 0; rank < who->n_wishes; rank++) {
		uint32_t c = who->wishes[rank];
		struct allocate_reason reason = {.rank = rank,
			.class_id = c,
			.offering = ALLOCATE_NONE,
			.why = ALLOCATE_NOT_OFFERED,
			.other = ALLOCATE_NONE,
			.last_rank = ALLOCATE_NONE,
			.last_turn = ALLOCATE_NONE};
		if (x.first[c] == x.first[c + 1])
			(*out)[n++] = reason;
		for (uint32_t k = x.first[c]; k < x.first[c + 1]; k++, n++) {
			(*out)[n] = reason;
			(*out)[n].offering = x.list[k];
			find_why(p, s, demand, attendee, &(*out)[n]);
			find_numbers(p, s, demand, attendee, &(*out)[n]);
		}
	}
	arena_free(own);
	return n;
}
