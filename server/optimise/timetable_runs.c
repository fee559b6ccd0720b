/* Moves of whole runs of sessions, for tracks that shall not be torn apart. */
#include "optimise/timetable_moves_in.h"

enum { N_RUNS = 12 }; /* runs that are looked at before the best of them is taken */

/* ---- two runs of a room change places ---- */

static uint32_t track_at(const struct timetable_state *s, uint32_t session, uint32_t room)
{
	return s->track_of[session * s->t->p->n_rooms + room];
}

/* The session behind the run of one track (or of nobody) that begins there. */
static uint32_t end_of_run(const struct timetable_state *s, uint32_t session, uint32_t room)
{
	uint32_t track = track_at(s, session, room), n = s->t->p->n_sessions;

	while (session < n && track_at(s, session, room) == track)
		session++;
	return session;
}

static bool may_move(const struct timetable_state *s, uint32_t from, uint32_t to, uint32_t room)
{
	for (uint32_t k = from; k < to; k++) {
		uint32_t cell = k * s->t->p->n_rooms + room;
		if (s->is_shut[cell] || s->n_fixed[cell] > 0)
			return false;
	}
	return true;
}

/* What lies in [from, middle) goes behind what lies in [middle, to). */
static void rotate(
	struct timetable_mover *m, uint32_t from, uint32_t middle, uint32_t to, uint32_t room)
{
	struct timetable_state *s = m->s;
	uint32_t n_rooms = s->t->p->n_rooms, n = 0, n_left = 0, n_sessions = to - from;

	for (uint32_t k = 0; k < n_sessions; k++) {
		m->ends[k] = n;
		n += timetable_empty_cell(s, (from + k) * n_rooms + room, m->held + n);
	}
	m->ends[n_sessions] = n;
	for (uint32_t k = 0; k < n_sessions; k++) {
		uint32_t back = (k + middle - from) % n_sessions;
		uint32_t n_here = m->ends[back + 1] - m->ends[back];
		uint16_t *list = m->held + m->ends[back];
		timetable_refill(m, list, &n_here, (from + k) * n_rooms + room);
		for (uint32_t i = 0; i < n_here; i++)
			m->others[n_left++] = list[i];
	}
	timetable_rehouse(m, m->others, n_left);
}

bool timetable_rotate(struct timetable_mover *m)
{
	struct timetable_state *s = m->s;
	uint32_t i, n_rooms = s->t->p->n_rooms;

	if (!timetable_draw_submission(m, &i))
		return false;
	uint32_t from = s->session_of[i], room = s->cell_of[i] % n_rooms, middle, to;
	if (rng_below(m->rng, 2) == 0)
		while (from > 0 && track_at(s, from - 1, room) == track_at(s, from, room))
			from--;
	middle = rng_below(m->rng, 2) == 0 ? from + 1 : end_of_run(s, from, room);
	if (middle >= s->t->p->n_sessions)
		return false;
	to = end_of_run(s, middle, room);
	if (to - middle > 1 && rng_below(m->rng, 2) == 0)
		to = middle + 1 + rng_below(m->rng, to - middle - 1);
	if (!may_move(s, from, to, room))
		return false;
	rotate(m, from, middle, to, room);
	return true;
}

/* ---- a track anew ---- */

struct run {
	uint32_t room, from, to;
};

/* From a session on as many empty cells as the track needs; false when there are not enough. */
static bool measure_run(const struct timetable_state *s, uint32_t track, struct run *run)
{
	uint32_t n_slots = 0, n_rooms = s->t->p->n_rooms;

	for (run->to = run->from; n_slots < s->t->need[track]; run->to++) {
		uint32_t cell = run->to * n_rooms + run->room;
		if (run->to == s->t->p->n_sessions || s->n_in[cell] > 0 || s->is_shut[cell])
			return false;
		n_slots += timetable_slots_of(s->t, cell);
	}
	return true;
}

/* What it costs at least: the cells, and each submission in its best session of them. */
static int64_t price_run(const struct timetable_state *s, uint32_t track, const struct run *run)
{
	const struct timetable_tables *t = s->t;
	size_t n_sessions = t->p->n_sessions, n_rooms = t->p->n_rooms;
	int64_t sum = 0;

	for (size_t k = run->from; k < run->to; k++)
		sum += t->track_session[track * n_sessions + k].cost +
		       t->track_room[track * n_rooms + run->room].cost +
		       t->session_room[k * n_rooms + run->room].cost;
	for (uint32_t i = t->members.start[track]; i < t->members.start[track + 1]; i++) {
		const struct timetable_price *row =
			t->submission_session + t->members.items[i] * n_sessions;
		int64_t least = row[run->from].cost;
		for (size_t k = run->from + 1; k < run->to; k++)
			least = row[k].cost < least ? row[k].cost : least;
		sum += least;
	}
	return sum;
}

/* The best of some that are drawn; false when none was long enough. */
static bool draw_run(struct timetable_mover *m, uint32_t track, uint32_t old_room, struct run *out)
{
	const struct timetable_problem *p = m->s->t->p;
	int64_t least = INT64_MAX;

	for (uint32_t k = 0; k < N_RUNS; k++) {
		struct run run = {.from = rng_below(m->rng, p->n_sessions),
			.room = k % 2 ? old_room : rng_below(m->rng, p->n_rooms)};
		if (!measure_run(m->s, track, &run))
			continue;
		int64_t price = price_run(m->s, track, &run);
		if (price >= least)
			continue;
		least = price;
		*out = run;
	}
	return least < INT64_MAX;
}

/* The longest first, each where it costs least. */
static uint32_t fill_run(
	struct timetable_mover *m, uint16_t *list, uint32_t n, const struct run *run)
{
	struct timetable_state *s = m->s;
	size_t n_sessions = s->t->p->n_sessions, n_rooms = s->t->p->n_rooms;
	uint32_t n_left = 0;

	for (uint32_t k = 1; k < n; k++)
		for (uint32_t i = k;
			i > 0 && timetable_length(s, list[i]) > timetable_length(s, list[i - 1]);
			i--) {
			uint16_t kept = list[i];
			list[i] = list[i - 1];
			list[i - 1] = kept;
		}
	for (uint32_t i = 0; i < n; i++) {
		const struct timetable_price *row = s->t->submission_session + list[i] * n_sessions;
		uint32_t best = TIMETABLE_NONE;
		for (uint32_t k = run->from; k < run->to; k++)
			if (timetable_state_room_left(s, (uint32_t)(k * n_rooms) + run->room) >=
					timetable_length(s, list[i]) &&
				(best == TIMETABLE_NONE || row[k].cost < row[best].cost))
				best = k;
		if (best == TIMETABLE_NONE ||
			!timetable_move_in(m, list[i], (uint32_t)(best * n_rooms) + run->room))
			list[n_left++] = list[i];
	}
	return n_left;
}

void timetable_lay_track(
	struct timetable_mover *m, uint32_t track, uint16_t *list, uint32_t n, uint32_t room)
{
	struct run run;

	if (draw_run(m, track, room, &run))
		n = fill_run(m, list, n, &run);
	timetable_rehouse(m, list, n);
}

bool timetable_rebuild(struct timetable_mover *m)
{
	struct timetable_state *s = m->s;
	uint32_t i, n = 0;

	if (!timetable_draw_submission(m, &i))
		return false;
	uint32_t track = s->t->p->submissions[i].track, room = s->cell_of[i] % s->t->p->n_rooms;
	while (s->n_cells[track] > 0) {
		uint32_t cell = timetable_track_cell(s, track, 0);
		if (s->n_fixed[cell] > 0)
			return false;
		n += timetable_empty_cell(s, cell, m->held + n);
	}
	struct run run;
	if (!draw_run(m, track, room, &run))
		return false;
	n = fill_run(m, m->held, n, &run);
	timetable_rehouse(m, m->held, n);
	return true;
}
