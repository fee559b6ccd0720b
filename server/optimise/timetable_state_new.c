/* Making the accounts, and writing down what they say. */
#include <string.h>
#include "optimise/timetable_state.h"

/* ---- from and to timetables ---- */

void timetable_state_save(const struct timetable_state *s, struct timetable_place *places)
{
	uint32_t n_rooms = s->t->p->n_rooms;

	for (uint32_t i = 0; i < s->t->p->n_submissions; i++) {
		uint32_t cell = s->cell_of[i];
		if (cell == TIMETABLE_NONE)
			places[i] = (struct timetable_place){TIMETABLE_NONE, TIMETABLE_NONE, 0};
		else
			places[i] = (struct timetable_place){
				cell / n_rooms, cell % n_rooms, s->slot_of[i]};
	}
}

void timetable_state_load(struct timetable_state *s, const struct timetable_place *places)
{
	const struct timetable_problem *p = s->t->p;

	for (uint32_t i = 0; i < p->n_submissions; i++)
		if (!s->is_fixed[i] && s->cell_of[i] != TIMETABLE_NONE)
			timetable_state_take(s, i);
	for (uint32_t i = 0; i < p->n_submissions; i++)
		if (!s->is_fixed[i] && places[i].session != TIMETABLE_NONE)
			timetable_state_put(s, i, places[i].session * p->n_rooms + places[i].room,
				places[i].slot);
	timetable_state_settle(s);
	timetable_state_keep(s);
}

/* ---- making ---- */

static uint32_t *nones(struct arena *a, size_t n)
{
	uint32_t *out = ARENA_RAW_ARRAY(a, n, uint32_t);

	for (size_t i = 0; i < n; i++)
		out[i] = TIMETABLE_NONE;
	return out;
}

static struct timetable_bag bag_of(struct arena *a, uint32_t n)
{
	return (struct timetable_bag){.items = ARENA_ARRAY(a, n, uint32_t), .at = nones(a, n)};
}

static void make_submissions(struct arena *a, struct timetable_state *s)
{
	uint32_t n = s->t->p->n_submissions;

	s->cell_of = nones(a, n);
	s->session_of = ARENA_ARRAY(a, n, uint16_t);
	s->slot_of = ARENA_ARRAY(a, n, uint16_t);
	s->is_fixed = ARENA_ARRAY(a, n, bool);
	s->unplaced = bag_of(a, n);
	for (uint32_t i = 0; i < n; i++) {
		s->session_of[i] = UINT16_MAX;
		s->n_gaps += s->t->p->submissions[i].n_slots;
		timetable_bag_add(&s->unplaced, i);
	}
}

static void make_cells(struct arena *a, struct timetable_state *s)
{
	const struct timetable_tables *t = s->t;

	s->occupant = ARENA_ARRAY(a, (size_t)t->n_cells * t->n_slots, uint16_t);
	memset(s->occupant, 0xff, (size_t)t->n_cells * t->n_slots * sizeof *s->occupant);
	s->track_of = nones(a, t->n_cells);
	s->n_in = ARENA_ARRAY(a, t->n_cells, uint16_t);
	s->used = ARENA_ARRAY(a, t->n_cells, uint16_t);
	s->n_fixed = ARENA_ARRAY(a, t->n_cells, uint16_t);
	s->is_shut = ARENA_ARRAY(a, t->n_cells, bool);
	s->empty = bag_of(a, t->n_cells);
	for (uint32_t cell = 0; cell < t->n_cells; cell++) {
		s->is_shut[cell] = t->p->is_shut && t->p->is_shut[cell];
		if (!s->is_shut[cell])
			timetable_bag_add(&s->empty, cell);
	}
}

static void make_tracks(struct arena *a, struct timetable_state *s)
{
	const struct timetable_problem *p = s->t->p;
	size_t n = p->n_tracks;

	s->cells = ARENA_ARRAY(a, p->n_submissions, uint32_t);
	s->n_cells = ARENA_ARRAY(a, n, uint32_t);
	s->at_in_track = ARENA_ARRAY(a, s->t->n_cells, uint32_t);
	s->in_session = ARENA_ARRAY(a, n * p->n_sessions, uint16_t);
	s->in_room = ARENA_ARRAY(a, n * p->n_rooms, uint16_t);
	s->n_rooms = ARENA_ARRAY(a, n, uint16_t);
	s->sessions = ARENA_ARRAY(a, n * TIMETABLE_SESSION_WORDS, uint64_t);
	s->is_broken = ARENA_ARRAY(a, n, bool);
	s->order_cost = ARENA_ARRAY(a, n, int64_t);
	s->is_dirty = ARENA_ARRAY(a, n, bool);
	s->dirty = ARENA_ARRAY(a, n, uint32_t);
}

static enum rc lay_fixed(
	struct timetable_state *s, uint32_t i, const struct timetable_place *place, struct err *err)
{
	const struct timetable_problem *p = s->t->p;
	const struct timetable_submission *what = &p->submissions[i];

	if (place->session >= p->n_sessions || place->room >= p->n_rooms)
		return err_set(err, INVALID, "Submission %s is fixed, but has no place", what->id);
	uint32_t cell = place->session * p->n_rooms + place->room;
	if (s->is_shut[cell] || place->slot >= s->t->n_slots ||
		!timetable_state_is_free(s, cell, place->slot, what->n_slots) ||
		(s->track_of[cell] != TIMETABLE_NONE && s->track_of[cell] != what->track))
		return err_set(err, INVALID,
			"Submission %s cannot stay where it is fixed: session %s in %s has no room "
			"for it from slot %u on",
			what->id, p->sessions[place->session].name, p->rooms[place->room],
			place->slot + 1);
	timetable_state_put(s, i, cell, place->slot);
	s->is_fixed[i] = true;
	s->n_fixed[cell]++;
	return OK;
}

enum rc timetable_state_new(struct arena *a, const struct timetable_tables *t,
	const struct timetable *start, struct timetable_state **out, struct err *err)
{
	struct timetable_state *s = *out = ARENA_NEW(a, struct timetable_state);

	s->t = t;
	s->arena = a;
	s->max_steps = 256;
	s->steps = ARENA_ARRAY(a, s->max_steps, struct timetable_step);
	make_submissions(a, s);
	make_cells(a, s);
	make_tracks(a, s);
	for (uint32_t i = 0; t->p->is_fixed && i < t->p->n_submissions; i++) {
		const struct timetable_place *place = start ? &start->places[i] : NULL;
		if (!t->p->is_fixed[i])
			continue;
		if (!place)
			return err_set(err, INVALID, "What is fixed needs a timetable to stay in");
		TRY(lay_fixed(s, i, place, err));
	}
	timetable_state_settle(s);
	timetable_state_keep(s);
	return OK;
}
