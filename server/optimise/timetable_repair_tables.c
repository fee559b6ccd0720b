/* What a re-plan keeps account of, and how it changes. */
#include <string.h>
#include "optimise/timetable_check.h"
#include "optimise/timetable_repair.h"

/* ---- tables ---- */

static void find_enemies(struct repair *r, struct arena *a)
{
	const struct timetable_conflicts *c = &r->counter.conflicts;
	uint32_t n = r->p->n_submissions, total = 0;

	r->enemies_start = ARENA_ARRAY(a, (size_t)n + 1, uint32_t);
	for (uint32_t i = 0; i < n; i++) {
		for (uint32_t w = 0; w < c->n_words; w++)
			total += (uint32_t)__builtin_popcountll(
				c->presenter[(size_t)i * c->n_words + w]);
		r->enemies_start[i + 1] = total;
	}
	r->enemies = ARENA_ARRAY(a, total, uint32_t);
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t k = 0, at = r->enemies_start[i]; k < n; k++)
			if (timetable_conflicts_in(c, c->presenter, i, k))
				r->enemies[at++] = k;
}

/* What a track had at present, it may keep: at least one room, and one cell in a session. */
static void find_allowed(struct repair *r, struct arena *a)
{
	const struct timetable_problem *p = r->p;
	size_t n = p->n_tracks;
	bool *has_room = ARENA_ARRAY(a, n * p->n_rooms, bool);

	r->rooms_allowed = ARENA_ARRAY(a, n, uint32_t);
	r->cells_allowed = ARENA_ARRAY(a, n * p->n_sessions, uint32_t);
	for (uint32_t s = 0; s < p->n_sessions; s++) {
		for (uint32_t room = 0; room < p->n_rooms; room++) {
			uint32_t track = r->present.track[(size_t)s * p->n_rooms + room];
			if (track == TIMETABLE_NONE)
				continue;
			r->cells_allowed[(size_t)track * p->n_sessions + s]++;
			r->rooms_allowed[track] += !has_room[(size_t)track * p->n_rooms + room];
			has_room[(size_t)track * p->n_rooms + room] = true;
		}
	}
	for (size_t i = 0; i < n; i++)
		r->rooms_allowed[i] += !r->rooms_allowed[i];
	for (size_t i = 0; i < n * p->n_sessions; i++)
		r->cells_allowed[i] += !r->cells_allowed[i];
}

void repair_begin(struct repair *r, struct arena *a, const struct timetable_problem *p,
	const struct timetable *present)
{
	size_t n_cells = (size_t)p->n_sessions * p->n_rooms, n = p->n_submissions;

	*r = (struct repair){.p = p, .counter = timetable_counter_of(a, p),
		.present = timetable_copy(a, p, present), .now = timetable_empty(a, p),
		.best = timetable_empty(a, p),
		.occupant = ARENA_ARRAY(a, n_cells * TIMETABLE_MAX_SLOTS, uint32_t),
		.n_in_cell = ARENA_ARRAY(a, n_cells, uint32_t),
		.in_room = ARENA_ARRAY(a, (size_t)p->n_tracks * p->n_rooms, uint32_t),
		.is_settled = ARENA_ARRAY(a, n, bool), .is_returnable = ARENA_ARRAY(a, n, bool),
		.waiting = ARENA_ARRAY(a, n, uint32_t), .log = ARENA_ARRAY(a, n, uint32_t)};
	find_enemies(r, a);
	find_allowed(r, a);
	repair_empty(r);
}

void repair_end(struct repair *r)
{
	heap_free(r->candidates);
	heap_free(r->pairs);
}

void repair_empty(struct repair *r)
{
	const struct timetable_problem *p = r->p;
	size_t n_cells = (size_t)p->n_sessions * p->n_rooms, n = p->n_submissions;

	for (size_t i = 0; i < n_cells * TIMETABLE_MAX_SLOTS; i++)
		r->occupant[i] = TIMETABLE_NONE;
	for (size_t i = 0; i < n_cells; i++)
		r->now.track[i] = TIMETABLE_NONE;
	for (size_t i = 0; i < n; i++)
		r->now.places[i].session = TIMETABLE_NONE;
	memset(r->n_in_cell, 0, n_cells * sizeof *r->n_in_cell);
	memset(r->in_room, 0, (size_t)p->n_tracks * p->n_rooms * sizeof *r->in_room);
	memset(r->is_settled, 0, n * sizeof *r->is_settled);
	memset(r->is_returnable, 0, n * sizeof *r->is_returnable);
	r->n_waiting = r->n_must = r->n_moved = 0;
	r->n_pairs = 0;
	r->has_best = false;
	r->only_room = TIMETABLE_NONE;
}

/* ---- placing ---- */

void repair_place(struct repair *r, uint32_t submission, struct timetable_place place)
{
	size_t cell = repair_cell(r, &place);
	uint32_t *slots = r->occupant + cell * TIMETABLE_MAX_SLOTS + place.slot;

	for (uint32_t k = 0; k < r->p->submissions[submission].n_slots; k++)
		slots[k] = submission;
	r->n_in_cell[cell]++;
	r->in_room[(size_t)r->p->submissions[submission].track * r->p->n_rooms + place.room]++;
	r->now.track[cell] = r->p->submissions[submission].track;
	r->now.places[submission] = place;
}

void repair_remove(struct repair *r, uint32_t submission)
{
	struct timetable_place place = r->now.places[submission];
	size_t cell = repair_cell(r, &place);
	uint32_t *slots = r->occupant + cell * TIMETABLE_MAX_SLOTS + place.slot;

	for (uint32_t k = 0; k < r->p->submissions[submission].n_slots; k++)
		slots[k] = TIMETABLE_NONE;
	if (--r->n_in_cell[cell] == 0)
		r->now.track[cell] = TIMETABLE_NONE;
	r->in_room[(size_t)r->p->submissions[submission].track * r->p->n_rooms + place.room]--;
	r->now.places[submission].session = TIMETABLE_NONE;
}

void repair_wait(struct repair *r, uint32_t submission)
{
	r->waiting[r->n_waiting++] = submission;
	r->n_must += !r->is_returnable[submission];
}

void repair_take(struct repair *r)
{
	const struct timetable_problem *p = r->p;

	for (uint32_t i = 0; i < p->n_submissions; i++)
		if (r->now.places[i].session != TIMETABLE_NONE &&
			!repair_is_same(&r->now.places[i], &r->best.places[i]))
			repair_remove(r, i);
	r->n_moved = r->n_waiting = r->n_must = 0;
	for (uint32_t i = 0; i < p->n_submissions; i++) {
		if (r->best.places[i].session == TIMETABLE_NONE)
			continue;
		bool is_moved = !repair_is_same(&r->best.places[i], &r->present.places[i]);
		if (r->now.places[i].session == TIMETABLE_NONE) {
			repair_place(r, i, r->best.places[i]);
			r->is_settled[i] = true;
		}
		r->is_settled[i] = r->is_settled[i] || is_moved;
		r->n_moved += is_moved;
	}
}
