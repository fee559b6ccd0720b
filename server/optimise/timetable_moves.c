#include "optimise/timetable_moves_in.h"

#include "optimise/timetable_order.h"

enum { N_TRIES = 4 };

/* Of ten moves, those that leave a track in one room and once in a session. */
enum { DISCIPLINED_STRICT = 7, DISCIPLINED_SOFT = 2 };

struct timetable_mover timetable_mover_of(
	struct arena *a, struct timetable_state *s, struct rng *rng)
{
	const struct timetable_problem *p = s->t->p;

	return (struct timetable_mover){.s = s,
		.rng = rng,
		.held = ARENA_ARRAY(a, p->n_submissions, uint16_t),
		.others = ARENA_ARRAY(a, p->n_submissions, uint16_t),
		.is_in = ARENA_ARRAY(a, p->n_sessions, bool),
		.cells = ARENA_ARRAY(a, p->n_submissions, uint32_t),
		.slots = ARENA_ARRAY(a, p->n_submissions, uint16_t),
		.touched = ARENA_ARRAY(a, p->n_tracks, uint32_t),
		.ends = ARENA_ARRAY(a, (size_t)p->n_sessions + 1, uint32_t)};
}

/* ---- in and out of a cell ---- */

/* Where nobody minds the slot, cells are kept without gaps. */
static bool is_packed(const struct timetable_state *s, uint32_t cell)
{
	return !s->t->has_slots && s->n_fixed[cell] == 0;
}

static void close_up(struct timetable_state *s, uint32_t cell, uint32_t from)
{
	const uint16_t *slots = timetable_slots(s, cell);
	uint32_t n = timetable_slots_of(s->t, cell), to = from;

	for (uint32_t k = from; k < n;) {
		uint32_t i = slots[k];
		if (i == TIMETABLE_FREE) {
			k++;
			continue;
		}
		uint32_t length = timetable_length(s, i);
		if (to != k)
			timetable_state_shift(s, i, to);
		to += length;
		k += length;
	}
}

static void take_out(struct timetable_state *s, uint32_t submission)
{
	uint32_t cell = s->cell_of[submission], slot = s->slot_of[submission];

	timetable_state_take(s, submission);
	if (is_packed(s, cell))
		close_up(s, cell, slot);
}

uint32_t timetable_empty_cell(struct timetable_state *s, uint32_t cell, uint16_t *out)
{
	const uint16_t *slots = timetable_slots(s, cell);
	uint32_t n = timetable_slots_of(s->t, cell), n_out = 0;

	for (uint32_t k = 0; k < n; k++) {
		uint16_t i = slots[k];
		if (i == TIMETABLE_FREE || s->is_fixed[i])
			continue;
		timetable_state_take(s, i);
		out[n_out++] = i;
	}
	return n_out;
}

/* Moves what lies from the given slot on so far back, from the end. */
static void make_hole(struct timetable_state *s, uint32_t cell, uint32_t slot, uint32_t length)
{
	const uint16_t *slots = timetable_slots(s, cell);

	for (uint32_t k = s->used[cell]; k > slot;) {
		uint32_t i = slots[k - 1];
		k = s->slot_of[i];
		timetable_state_shift(s, i, k + length);
	}
}

static void put_packed(struct timetable_mover *m, uint32_t submission, uint32_t cell)
{
	struct timetable_state *s = m->s;
	uint32_t slot = s->used[cell];

	if (s->t->has_order && s->n_in[cell] > 0) {
		uint32_t draw = rng_below(m->rng, slot + 1);
		if (draw < slot)
			slot = s->slot_of[timetable_slots(s, cell)[draw]];
		make_hole(s, cell, slot, timetable_length(s, submission));
	}
	timetable_state_put(s, submission, cell, slot);
}

static bool put_loose(struct timetable_mover *m, uint32_t submission, uint32_t cell)
{
	struct timetable_state *s = m->s;
	uint32_t n = timetable_slots_of(s->t, cell), length = timetable_length(s, submission);
	uint32_t n_free = 0, chosen = 0;

	for (uint32_t k = 0; k + length <= n; k++)
		if (timetable_state_is_free(s, cell, k, length) && rng_below(m->rng, ++n_free) == 0)
			chosen = k;
	if (n_free == 0) {
		if (s->n_fixed[cell] > 0)
			return false;
		close_up(s, cell, 0);
		chosen = s->used[cell];
	}
	timetable_state_put(s, submission, cell, chosen);
	return true;
}

bool timetable_move_in(struct timetable_mover *m, uint32_t submission, uint32_t cell)
{
	struct timetable_state *s = m->s;
	uint32_t track = s->t->p->submissions[submission].track;

	if (s->is_shut[cell] ||
		timetable_state_room_left(s, cell) < timetable_length(s, submission) ||
		(s->n_in[cell] > 0 && s->track_of[cell] != track))
		return false;
	if (!is_packed(s, cell))
		return put_loose(m, submission, cell);
	put_packed(m, submission, cell);
	return true;
}

void timetable_refill(struct timetable_mover *m, uint16_t *list, uint32_t *n, uint32_t cell)
{
	uint32_t n_left = 0;

	for (uint32_t k = 0; k < *n; k++)
		if (!timetable_move_in(m, list[k], cell))
			list[n_left++] = list[k];
	*n = n_left;
}

/* ---- drawing ---- */

bool timetable_draw_submission(struct timetable_mover *m, uint32_t *out)
{
	const struct timetable_state *s = m->s;

	*out = rng_below(m->rng, s->t->p->n_submissions);
	return !s->is_fixed[*out] && s->cell_of[*out] != TIMETABLE_NONE;
}

/* A cell that the track might have: in strict searches mostly of the room that it has. */
static uint32_t draw_cell_for(struct timetable_mover *m, uint32_t track)
{
	const struct timetable_state *s = m->s;
	uint32_t n_rooms = s->t->p->n_rooms, n = s->n_cells[track], kind = rng_below(m->rng, 8);

	if (n > 0 && kind < (m->is_disciplined ? 8 : 3)) {
		uint32_t room = timetable_track_cell(s, track, rng_below(m->rng, n)) % n_rooms;
		return rng_below(m->rng, s->t->p->n_sessions) * n_rooms + room;
	}
	if (kind < 7 && s->empty.n > 0)
		return s->empty.items[rng_below(m->rng, s->empty.n)];
	return rng_below(m->rng, s->t->n_cells);
}

/* ---- finding a place for those who were pushed out ---- */

/* Into any cell of its track, else into an empty one. */
static bool rehouse(struct timetable_mover *m, uint32_t submission)
{
	struct timetable_state *s = m->s;
	uint32_t track = s->t->p->submissions[submission].track, n = s->n_cells[track];
	uint32_t first = n > 0 ? rng_below(m->rng, n) : 0;

	for (uint32_t k = 0; k < n; k++)
		if (timetable_move_in(
			    m, submission, timetable_track_cell(s, track, (first + k) % n)))
			return true;
	for (uint32_t k = 0; k < N_TRIES; k++) {
		uint32_t cell = draw_cell_for(m, track);
		if (s->n_in[cell] == 0 && timetable_move_in(m, submission, cell))
			return true;
	}
	return false;
}

void timetable_rehouse(struct timetable_mover *m, const uint16_t *list, uint32_t n)
{
	for (uint32_t k = 0; k < n; k++)
		rehouse(m, list[k]);
}

/* ---- submissions ---- */

/* Takes as many out of a cell as make room, from a drawn one on; how many, 0: it cannot be done. */
static uint32_t make_room(struct timetable_mover *m, uint32_t cell, uint32_t length,
	uint32_t n_at_most, uint16_t *out)
{
	struct timetable_state *s = m->s;
	const uint16_t *slots = timetable_slots(s, cell);
	uint32_t n = timetable_slots_of(s->t, cell), first = rng_below(m->rng, n), n_out = 0;
	uint32_t room = timetable_state_room_left(s, cell), freed = 0;

	for (uint32_t k = 0; k < n && room + freed < length; k++) {
		uint16_t i = slots[(first + k) % n];
		if (i == TIMETABLE_FREE || s->is_fixed[i] || (n_out > 0 && out[n_out - 1] == i) ||
			(n_out > 0 && out[0] == i))
			continue;
		out[n_out++] = i;
		freed += timetable_length(s, i);
	}
	if (room + freed < length || freed > n_at_most)
		return 0;
	for (uint32_t k = 0; k < n_out; k++)
		take_out(s, out[k]);
	return n_out;
}

static bool relocate(struct timetable_mover *m)
{
	struct timetable_state *s = m->s;
	uint32_t i, n_out = 0;

	if (!timetable_draw_submission(m, &i))
		return false;
	uint32_t from = s->cell_of[i], track = s->track_of[from], n = s->n_cells[track];
	if (n < 2)
		return false;
	uint32_t at = rng_below(m->rng, n - 1), length = timetable_length(s, i);
	uint32_t to = timetable_track_cell(s, track, at + (at >= s->at_in_track[from]));
	if (timetable_state_room_left(s, to) < length || rng_below(m->rng, 4) == 0) {
		uint32_t left = timetable_state_room_left(s, from) + length;
		uint32_t wanted = timetable_state_room_left(s, to) + 1;
		n_out = make_room(m, to, wanted > length ? wanted : length, left, m->others);
		if (n_out == 0)
			return false;
	}
	take_out(s, i);
	if (!timetable_move_in(m, i, to))
		return false;
	for (uint32_t k = 0; k < n_out; k++)
		if (!timetable_move_in(m, m->others[k], from))
			return false;
	return true;
}

/* What another track has there is moved away. */
static bool open(struct timetable_mover *m)
{
	struct timetable_state *s = m->s;
	uint32_t i, n_out = 0;

	if (!timetable_draw_submission(m, &i))
		return false;
	uint32_t track = s->t->p->submissions[i].track, cell = draw_cell_for(m, track);
	if (s->is_shut[cell] || s->track_of[cell] == track || s->n_fixed[cell] > 0)
		return false;
	if (s->n_in[cell] > 0)
		n_out = timetable_empty_cell(s, cell, m->held);
	take_out(s, i);
	if (!timetable_move_in(m, i, cell))
		return false;
	timetable_rehouse(m, m->held, n_out);
	return true;
}

static bool reorder(struct timetable_mover *m)
{
	struct timetable_state *s = m->s;
	uint32_t i;

	if (!timetable_draw_submission(m, &i))
		return false;
	uint32_t cell = s->cell_of[i];
	if (s->n_in[cell] < 2 && !s->t->has_slots)
		return false;
	if (s->t->has_slots && s->n_fixed[cell] == 0 && rng_below(m->rng, 2) == 0) {
		uint32_t n = timetable_empty_cell(s, cell, m->held);
		for (uint32_t k = n; k > 1; k--) {
			uint32_t at = rng_below(m->rng, k);
			uint16_t kept = m->held[k - 1];
			m->held[k - 1] = m->held[at];
			m->held[at] = kept;
		}
		for (uint32_t k = 0; k < n; k++)
			if (!timetable_move_in(m, m->held[k], cell))
				return false;
		return true;
	}
	take_out(s, i);
	return timetable_move_in(m, i, cell);
}

static bool insert(struct timetable_mover *m)
{
	struct timetable_state *s = m->s;

	if (s->unplaced.n == 0)
		return false;
	uint32_t i = s->unplaced.items[rng_below(m->rng, s->unplaced.n)];
	uint32_t track = s->t->p->submissions[i].track, n = s->n_cells[track];
	uint32_t length = timetable_length(s, i), n_out = 0;
	if (rng_below(m->rng, 2) == 0 && rehouse(m, i))
		return true;
	uint32_t cell = n > 0 && rng_below(m->rng, 2) == 0
				? timetable_track_cell(s, track, rng_below(m->rng, n))
				: rng_below(m->rng, s->t->n_cells);
	if (s->is_shut[cell] || timetable_slots_of(s->t, cell) < length)
		return false;
	if (s->track_of[cell] == track)
		n_out = make_room(m, cell, length, TIMETABLE_MAX_SLOTS, m->others);
	else if (s->n_in[cell] > 0 && s->n_fixed[cell] == 0)
		n_out = timetable_empty_cell(s, cell, m->others);
	if (!timetable_move_in(m, i, cell))
		return false;
	timetable_rehouse(m, m->others, n_out);
	return true;
}

static bool move(struct timetable_mover *m, enum timetable_move kind)
{
	switch (kind) {
	case TIMETABLE_MOVE_RELOCATE:
		return relocate(m);
	case TIMETABLE_MOVE_OPEN:
		return open(m);
	case TIMETABLE_MOVE_SWAP_CELLS:
		return timetable_swap_cells(m);
	case TIMETABLE_MOVE_SWAP_ROOMS:
		return timetable_swap_rooms(m);
	case TIMETABLE_MOVE_CLOSE:
		return timetable_close_cell(m);
	case TIMETABLE_MOVE_REORDER:
		return reorder(m);
	case TIMETABLE_MOVE_INSERT:
		return insert(m);
	case TIMETABLE_MOVE_ROTATE:
		return timetable_rotate(m);
	case TIMETABLE_MOVE_REBUILD:
		return timetable_rebuild(m);
	case TIMETABLE_N_MOVES:
		break;
	}
	return false;
}

/* The tracks whose order the move has touched, in their wanted order again as far as that goes. */
static void resequence_touched(struct timetable_mover *m)
{
	struct timetable_state *s = m->s;
	uint32_t n = s->n_dirty;

	for (uint32_t k = 0; k < n; k++)
		m->touched[k] = s->dirty[k];
	for (uint32_t k = 0; k < n; k++)
		if (timetable_order_count(s, m->touched[k]) > 0)
			timetable_resequence(m, m->touched[k]);
}

bool timetable_move(struct timetable_mover *m, enum timetable_move kind)
{
	bool is_done;

	m->is_disciplined = !m->s->is_packing &&
			    rng_below(m->rng, 10) <
				    (m->s->t->is_strict ? DISCIPLINED_STRICT : DISCIPLINED_SOFT);
	is_done = move(m, kind);
	if (is_done && m->s->n_dirty > 0 && rng_below(m->rng, 4) > 0)
		resequence_touched(m);
	timetable_state_settle(m->s);
	return is_done;
}
