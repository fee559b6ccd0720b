#include "optimise/allocate_common.h"

#include <stdlib.h>

/* ---- the rules of input ---- */

static enum rc check_attendee(
	const struct allocate_problem *p, uint32_t i, uint32_t *seen, struct err *err)
{
	const struct allocate_attendee *who = &p->attendees[i];

	if (who->want > ALLOCATE_MAX_WANT)
		return err_set(err, INVALID, "attendee %u wants %u seats, at most %d are possible",
			i, who->want, ALLOCATE_MAX_WANT);
	if (who->n_wishes > ALLOCATE_MAX_WISHES)
		return err_set(err, INVALID, "attendee %u has %u wishes, at most %d are possible",
			i, who->n_wishes, ALLOCATE_MAX_WISHES);
	if (who->priority > ALLOCATE_MAX_PRIORITY)
		return err_set(err, INVALID, "attendee %u is of priority %u, the last is %d", i,
			who->priority, ALLOCATE_MAX_PRIORITY);
	if (p->n_slots < ALLOCATE_MAX_SLOTS && who->busy >> p->n_slots)
		return err_set(err, INVALID, "attendee %u is busy in a slot that there is not", i);
	for (uint32_t k = 0; k < who->n_wishes; k++) {
		if (who->wishes[k] >= p->n_classes)
			return err_set(err, INVALID, "attendee %u wishes for class %u of %u", i,
				who->wishes[k], p->n_classes);
		if (seen[who->wishes[k]] == i + 1)
			return err_set(err, INVALID, "attendee %u wishes for class %u twice", i,
				who->wishes[k]);
		seen[who->wishes[k]] = i + 1;
	}
	return OK;
}

static enum rc check_offerings(const struct allocate_problem *p, struct err *err)
{
	for (uint32_t o = 0; o < p->n_offerings; o++) {
		const struct allocate_offering *offering = &p->offerings[o];
		if (offering->class_id >= p->n_classes)
			return err_set(err, INVALID, "offering %u is of class %u of %u", o,
				offering->class_id, p->n_classes);
		if (offering->slot >= p->n_slots)
			return err_set(err, INVALID, "offering %u is in slot %u of %u", o,
				offering->slot, p->n_slots);
		if (offering->capacity > ALLOCATE_MAX_CAPACITY)
			return err_set(err, INVALID,
				"offering %u has %u seats, at most %d are possible", o,
				offering->capacity, ALLOCATE_MAX_CAPACITY);
	}
	return OK;
}

enum rc allocate_check(const struct allocate_problem *p, struct err *err)
{
	enum rc rc = OK;

	if (p->n_attendees > ALLOCATE_MAX_ATTENDEES || p->n_offerings > ALLOCATE_MAX_OFFERINGS ||
		p->n_slots > ALLOCATE_MAX_SLOTS || p->n_classes > ALLOCATE_MAX_CLASSES)
		return err_set(err, INVALID,
			"at most %d attendees, %d offerings, %d slots and %d classes are possible",
			ALLOCATE_MAX_ATTENDEES, ALLOCATE_MAX_OFFERINGS, ALLOCATE_MAX_SLOTS,
			ALLOCATE_MAX_CLASSES);
	TRY(check_offerings(p, err));
	uint32_t *seen = heap_alloc(p->n_classes * sizeof *seen);
	for (uint32_t i = 0; i < p->n_attendees && rc == OK; i++)
		rc = check_attendee(p, i, seen, err);
	heap_free(seen);
	return rc;
}

/* ---- for both methods ---- */

uint32_t allocate_rank(const struct allocate_problem *p, uint32_t attendee, uint32_t offering)
{
	const struct allocate_attendee *who = &p->attendees[attendee];

	for (uint32_t rank = 0; rank < who->n_wishes; rank++)
		if (who->wishes[rank] == p->offerings[offering].class_id)
			return rank;
	return ALLOCATE_NONE;
}

int64_t allocate_points(uint32_t seats_before, uint32_t rank)
{
	static const int64_t points[] = {10000, 1000, 100};

	return (seats_before < 3 ? points[seats_before] : 0) + 8 - (int64_t)rank;
}

static int compare_seats(const void *a, const void *b)
{
	const struct allocate_seat *x = a, *y = b;

	if (x->attendee != y->attendee)
		return x->attendee < y->attendee ? -1 : 1;
	return (x->offering > y->offering) - (x->offering < y->offering);
}

void allocate_finish(const struct allocate_problem *p, struct allocate_solution *s)
{
	uint32_t k = 0;

	if (s->n_seats)
		qsort(s->seats, s->n_seats, sizeof *s->seats, compare_seats);
	s->value = 0;
	s->counts = (struct allocate_counts){.n_seats = (uint32_t)s->n_seats};
	for (uint32_t i = 0; i < p->n_attendees; i++) {
		uint32_t n = 0;
		for (; k < s->n_seats && s->seats[k].attendee == i; k++) {
			uint32_t rank = allocate_rank(p, i, s->seats[k].offering);
			s->value += allocate_points(n++, rank);
			s->counts.n_first += rank == 0;
			s->counts.n_second += rank == 1;
			s->counts.n_third += rank == 2;
		}
		s->counts.n_without += !n && p->attendees[i].want && p->attendees[i].n_wishes;
	}
}

/* ---- groups ---- */

static int compare_numbers(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

uint32_t allocate_groups(struct arena *a, const struct allocate_problem *p, uint32_t **out)
{
	uint32_t *groups = ARENA_ARRAY(a, p->n_attendees, uint32_t), n = 0;

	for (uint32_t i = 0; i < p->n_attendees; i++)
		groups[i] = p->attendees[i].priority;
	if (p->n_attendees)
		qsort(groups, p->n_attendees, sizeof *groups, compare_numbers);
	for (uint32_t i = 0; i < p->n_attendees; i++)
		if (!n || groups[n - 1] != groups[i])
			groups[n++] = groups[i];
	*out = groups;
	return n;
}
