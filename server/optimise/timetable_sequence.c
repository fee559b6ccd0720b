/* Putting the submissions of a track into their wanted order. */
#include "optimise/timetable_moves_in.h"

/*
 * Those that have a place, by session, room and slot; false when some of them are fixed. The
 * track's list of cells is sorted (timetable_order_count).
 */
static bool list_track(const struct timetable_state *s, uint32_t track, uint16_t *list, uint32_t *n)
{
	*n = 0;
	for (uint32_t c = 0; c < s->n_cells[track]; c++) {
		uint32_t cell = timetable_track_cell(s, track, c);
		const uint16_t *slots = timetable_slots(s, cell);
		uint32_t n_slots = timetable_slots_of(s->t, cell);
		if (s->n_fixed[cell] > 0)
			return false;
		for (uint32_t k = 0; k < n_slots; k++)
			if (slots[k] != TIMETABLE_FREE && (k == 0 || slots[k] != slots[k - 1]))
				list[(*n)++] = slots[k];
	}
	return true;
}

/* Who wants a place comes there; who was there goes where that one was. True: something changed. */
static bool sort_wanted(const struct timetable_state *s, uint16_t *list, uint32_t n)
{
	const struct timetable_submission *of = s->t->p->submissions;
	bool is_changed = false;

	for (uint32_t k = 0; k < n; k++) {
		for (uint32_t i = 0; i < n && of[list[k]].order != k + 1; i++) {
			if (of[list[i]].order != k + 1)
				continue;
			uint16_t kept = list[k];
			list[k] = list[i];
			list[i] = kept;
			is_changed = true;
		}
	}
	return is_changed;
}

/*
 * Where each of the list comes to lie, in the track's cells one after the other: as many in each as
 * there are now, or (is_full) as many as go. False: they do not fit.
 */
static bool plan(
	struct timetable_mover *m, uint32_t track, const uint16_t *list, uint32_t n, bool is_full)
{
	const struct timetable_state *s = m->s;
	uint32_t at = 0;

	for (uint32_t c = 0; c < s->n_cells[track]; c++) {
		uint32_t cell = timetable_track_cell(s, track, c), slot = 0;
		uint32_t n_slots = timetable_slots_of(s->t, cell);
		for (uint32_t k = 0; at < n && (is_full || k < s->n_in[cell]); k++) {
			if (slot + timetable_length(s, list[at]) > n_slots)
				break;
			m->cells[at] = cell;
			m->slots[at] = (uint16_t)slot;
			slot += timetable_length(s, list[at++]);
		}
	}
	return at == n;
}

void timetable_resequence(struct timetable_mover *m, uint32_t track)
{
	struct timetable_state *s = m->s;
	uint16_t *list = m->held;
	uint32_t n, n_moving = 0;

	if (!list_track(s, track, list, &n) || !sort_wanted(s, list, n))
		return;
	if (!plan(m, track, list, n, false) && !plan(m, track, list, n, true))
		return;
	for (uint32_t k = 0; k < n; k++) {
		if (s->cell_of[list[k]] == m->cells[k] && s->slot_of[list[k]] == m->slots[k])
			continue;
		timetable_state_take(s, list[k]);
		list[n_moving] = list[k];
		m->cells[n_moving] = m->cells[k];
		m->slots[n_moving++] = m->slots[k];
	}
	for (uint32_t k = 0; k < n_moving; k++)
		timetable_state_put(s, list[k], m->cells[k], m->slots[k]);
}
