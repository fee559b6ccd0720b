#include "optimise/timetable_order.h"

/* Short lists that are nearly sorted. */
static void sort_cells(struct timetable_state *s, uint32_t *cells, uint32_t n)
{
	for (uint32_t i = 1; i < n; i++) {
		uint32_t cell = cells[i], k = i;
		for (; k > 0 && cells[k - 1] > cell; k--)
			cells[k] = cells[k - 1];
		cells[k] = cell;
	}
	for (uint32_t i = 0; i < n; i++)
		s->at_in_track[cells[i]] = i;
}

static int64_t misplaced(const struct timetable_state *s, uint32_t cell, uint32_t *ordinal)
{
	const uint16_t *slots = s->occupant + (size_t)cell * s->t->n_slots;
	uint32_t n_slots = timetable_slots_of(s->t, cell);
	int64_t count = 0;

	for (uint32_t k = 0; k < n_slots;) {
		if (slots[k] == TIMETABLE_FREE) {
			k++;
			continue;
		}
		const struct timetable_submission *what = &s->t->p->submissions[slots[k]];
		++*ordinal;
		count += what->order != 0 && what->order != *ordinal;
		k += what->n_slots;
	}
	return count;
}

static int64_t at_once(const struct timetable_state *s, uint32_t one, uint32_t other)
{
	const uint16_t *a = s->occupant + (size_t)one * s->t->n_slots;
	const uint16_t *b = s->occupant + (size_t)other * s->t->n_slots;
	const struct timetable_submission *of = s->t->p->submissions;
	int64_t count = 0;

	for (uint32_t k = timetable_slots_of(s->t, one); k-- > 0;)
		count += a[k] != TIMETABLE_FREE && b[k] != TIMETABLE_FREE && of[a[k]].order &&
			 of[b[k]].order;
	return count;
}

int64_t timetable_order_count(struct timetable_state *s, uint32_t track)
{
	uint32_t *cells = s->cells + s->t->members.start[track], n = s->n_cells[track];
	uint32_t ordinal = 0;
	int64_t count = 0;

	sort_cells(s, cells, n);
	for (uint32_t i = 0; i < n; i++) {
		count += misplaced(s, cells[i], &ordinal);
		for (uint32_t k = i + 1; k < n && timetable_session_of(s->t, cells[k]) ==
							  timetable_session_of(s->t, cells[i]);
			k++)
			count += at_once(s, cells[i], cells[k]);
	}
	return count;
}
