/* Moves of whole cells, and of whole rooms. */
#include <string.h>
#include "optimise/timetable_moves_in.h"

/* ---- cells ---- */

static void swap_cells(struct timetable_mover *m, uint32_t one, uint32_t other)
{
	uint32_t n_held = timetable_empty_cell(m->s, one, m->held);
	uint32_t n_others = timetable_empty_cell(m->s, other, m->others);

	timetable_refill(m, m->held, &n_held, other);
	timetable_refill(m, m->others, &n_others, one);
	timetable_rehouse(m, m->held, n_held);
	timetable_rehouse(m, m->others, n_others);
}

static bool may_swap(const struct timetable_state *s, uint32_t one, uint32_t other)
{
	return one != other && !s->is_shut[one] && !s->is_shut[other] && s->n_fixed[one] == 0 &&
	       s->n_fixed[other] == 0 && s->track_of[one] != s->track_of[other];
}

bool timetable_swap_cells(struct timetable_mover *m)
{
	const struct timetable_state *s = m->s;
	uint32_t i, n_rooms = s->t->p->n_rooms;

	if (!timetable_draw_submission(m, &i))
		return false;
	uint32_t one = s->cell_of[i], kind = rng_below(m->rng, 8), other;
	if (kind < (m->is_disciplined ? 8 : 3))
		other = rng_below(m->rng, s->t->p->n_sessions) * n_rooms + one % n_rooms;
	else if (kind < 5)
		other = one / n_rooms * n_rooms + rng_below(m->rng, n_rooms);
	else
		other = rng_below(m->rng, s->t->n_cells);
	if (!may_swap(s, one, other))
		return false;
	swap_cells(m, one, other);
	return true;
}

bool timetable_close_cell(struct timetable_mover *m)
{
	struct timetable_state *s = m->s;
	uint32_t i;

	if (!timetable_draw_submission(m, &i))
		return false;
	uint32_t cell = s->cell_of[i], track = s->track_of[cell], n = s->n_cells[track];
	if (n < 2 || s->n_fixed[cell] > 0)
		return false;
	uint32_t n_out = timetable_empty_cell(s, cell, m->held), first = rng_below(m->rng, --n);
	for (uint32_t k = 0; k < n && n_out > 0; k++)
		timetable_refill(
			m, m->held, &n_out, timetable_track_cell(s, track, (first + k) % n));
	return n_out == 0;
}

/* ---- rooms ---- */

/* All sessions of the track in the room; true when there was a new one. */
static bool add_sessions(struct timetable_mover *m, uint32_t track, uint32_t room)
{
	const struct timetable_state *s = m->s;
	uint32_t n_rooms = s->t->p->n_rooms;
	bool is_new = false;

	for (uint32_t k = 0; track != TIMETABLE_NONE && k < s->n_cells[track]; k++) {
		uint32_t cell = timetable_track_cell(s, track, k);
		if (cell % n_rooms != room || m->is_in[cell / n_rooms])
			continue;
		m->is_in[cell / n_rooms] = true;
		is_new = true;
	}
	return is_new;
}

/* A Kempe chain: sessions of two rooms that must change together to tear no track apart. */
static void add_chain(struct timetable_mover *m, uint32_t room, uint32_t other)
{
	const struct timetable_state *s = m->s;
	uint32_t n_rooms = s->t->p->n_rooms, n_sessions = s->t->p->n_sessions;

	for (bool is_new = true; is_new;) {
		is_new = false;
		for (uint32_t k = 0; k < n_sessions; k++) {
			if (!m->is_in[k])
				continue;
			bool a = add_sessions(m, s->track_of[k * n_rooms + room], room);
			bool b = add_sessions(m, s->track_of[k * n_rooms + other], other);
			is_new = is_new || a || b;
		}
	}
}

bool timetable_swap_rooms(struct timetable_mover *m)
{
	struct timetable_state *s = m->s;
	uint32_t i, n_rooms = s->t->p->n_rooms, n_sessions = s->t->p->n_sessions;

	if (n_rooms < 2 || !timetable_draw_submission(m, &i))
		return false;
	uint32_t room = s->cell_of[i] % n_rooms;
	uint32_t other = (room + 1 + rng_below(m->rng, n_rooms - 1)) % n_rooms;
	memset(m->is_in, 0, n_sessions);
	add_sessions(m, s->t->p->submissions[i].track, room);
	if (m->is_disciplined || rng_below(m->rng, 2) == 0)
		add_chain(m, room, other);
	for (uint32_t k = 0; k < n_sessions; k++)
		if (m->is_in[k] && !may_swap(s, k * n_rooms + room, k * n_rooms + other))
			return false;
	for (uint32_t k = 0; k < n_sessions; k++)
		if (m->is_in[k])
			swap_cells(m, k * n_rooms + room, k * n_rooms + other);
	return true;
}
