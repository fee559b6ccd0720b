/*
 * Re-planning: what no longer holds is taken out, then put back with as few moves as possible.
 *
 * Few that wait get their places together, with a limit on the moves that rises from the least there
 * can be: what is found first has the fewest (timetable_repair.h). Many get theirs one after the
 * other. At last those who have moved anyway try each other place, and each other's, for the value.
 */
#include <stdlib.h>
#include <string.h>
#include "optimise/timetable_check.h"
#include "optimise/timetable_repair.h"

enum {
	MAX_TOGETHER = 8, /* as many are placed together */
	MAX_EXTRA = 8,    /* so many more may move than must */
	ATTEMPTS = 6,     /* at another order, when many are placed one after the other */
	ROUNDS = 4,       /* of polishing */
	STEPS = 2000000,  /* places looked at in one search */
};

/* Of one search, in operations of valuing. */
#define LEAF_WORK ((int64_t)150000000)

/* ---- what no longer holds ---- */

/* Is there any cell that is open, long enough and not impossible for it? */
static bool has_hope(const struct repair *r, uint32_t submission)
{
	struct timetable_place at = {0};

	for (at.session = 0; at.session < r->p->n_sessions; at.session++)
		for (at.room = 0; at.room < r->p->n_rooms; at.room++)
			if (timetable_fits(r->p, submission, &at) &&
				!timetable_is_shut(r->p, at.session, at.room) &&
				repair_is_possible(r, submission, &at))
				return true;
	return false;
}

static bool is_taken(const struct repair *r, uint32_t submission, const struct timetable_place *at)
{
	size_t cell = repair_cell(r, at);
	const uint32_t *slots = r->occupant + cell * TIMETABLE_MAX_SLOTS + at->slot;

	for (uint32_t k = 0; k < r->p->submissions[submission].n_slots; k++)
		if (slots[k] != TIMETABLE_NONE)
			return true;
	return r->n_in_cell[cell] && r->now.track[cell] != r->p->submissions[submission].track;
}

static bool is_fixed(const struct repair *r, uint32_t submission)
{
	return r->p->is_fixed && r->p->is_fixed[submission];
}

/* Fixed ones come first and have to fit. */
static enum rc load_fixed(struct repair *r, struct err *err)
{
	for (uint32_t i = 0; i < r->p->n_submissions; i++) {
		const struct timetable_place *at = &r->present.places[i];
		if (!is_fixed(r, i))
			continue;
		if (!timetable_fits(r->p, i, at) ||
			timetable_is_shut(r->p, at->session, at->room) || is_taken(r, i, at))
			return err_set(err, CONFLICT,
				"%s is to stay where it is, but it cannot: its place does not exist, "
				"is shut or too short, or is taken", r->p->submissions[i].id);
		repair_place(r, i, *at);
		r->is_settled[i] = true;
	}
	return OK;
}

/*
 * Waits when its place does not exist or has become impossible; may return when others are in the
 * way there, or when only the cell is said to be of another track.
 */
static void load(struct repair *r, uint32_t i)
{
	const struct timetable_place *at = &r->present.places[i];
	bool exists = timetable_fits(r->p, i, at) && !timetable_is_shut(r->p, at->session, at->room);
	bool is_held = exists && (repair_is_possible(r, i, at) || !has_hope(r, i));
	bool is_labelled =
		exists && r->present.track[repair_cell(r, at)] == r->p->submissions[i].track;

	if (is_held && is_labelled && !is_taken(r, i, at)) {
		repair_place(r, i, *at);
		return;
	}
	r->is_returnable[i] = is_held;
	repair_wait(r, i);
}

static void add_pair(struct repair *r, size_t *cap, uint32_t one, uint32_t other)
{
	if (r->n_pairs == *cap) {
		*cap = *cap ? 2 * *cap : 64;
		r->pairs = heap_resize(r->pairs, *cap * sizeof *r->pairs);
	}
	r->pairs[r->n_pairs++] = (struct repair_pair){one, other};
}

/* Presenters who are in two places at once. */
static void find_pairs(struct repair *r)
{
	size_t cap = 0;

	heap_free(r->pairs);
	r->pairs = NULL;
	r->n_pairs = 0;
	if (r->level >= REPAIR_CLASHES)
		return;
	for (uint32_t i = 0; i < r->p->n_submissions; i++) {
		if (r->now.places[i].session == TIMETABLE_NONE)
			continue;
		for (uint32_t k = r->enemies_start[i]; k < r->enemies_start[i + 1]; k++) {
			uint32_t other = r->enemies[k];
			if (other > i && repair_clashes(r, i, other) &&
				!(r->is_settled[i] && r->is_settled[other]))
				add_pair(r, &cap, i, other);
		}
	}
}

static enum rc load_all(struct repair *r, struct err *err)
{
	repair_empty(r);
	TRY(load_fixed(r, err));
	for (uint32_t i = 0; i < r->p->n_submissions; i++)
		if (!is_fixed(r, i))
			load(r, i);
	find_pairs(r);
	return OK;
}

/* ---- placing ---- */

/* How much one valuing costs, about. */
static int64_t leaf_work(const struct timetable_problem *p)
{
	int64_t cells = (int64_t)p->n_sessions * p->n_rooms;
	int64_t per_session = p->n_submissions / p->n_sessions + 1;

	return cells * p->n_rooms / 2 + 2 * cells * p->n_tracks +
		p->n_sessions * per_session * per_session / 2 + 1000;
}

static void begin_search(struct repair *r)
{
	r->steps_left = STEPS;
	r->leaves_left = LEAF_WORK / leaf_work(r->p) + 100;
}

static bool is_cut(const struct repair *r)
{
	return r->effort && r->effort->is_cut;
}

/* All who wait get a place, with the fewest moves. */
static bool place_together(struct repair *r)
{
	uint32_t least = r->n_moved + r->n_must;

	for (uint32_t extra = 0; extra <= MAX_EXTRA && !is_cut(r); extra++) {
		r->limit = least + extra;
		begin_search(r);
		repair_search(r);
		if (r->has_best) {
			repair_take(r);
			return true;
		}
	}
	return false;
}

/* One after the other; who cannot be placed is *failed. Pairs come last. */
static bool place_in_turn(
	struct repair *r, const uint32_t *order, uint32_t n, uint32_t *failed)
{
	size_t n_pairs = r->n_pairs;
	struct repair_pair *pairs = r->pairs;

	r->n_waiting = r->n_must = 0;
	r->n_pairs = 0;
	bool is_placed = true;
	for (uint32_t i = 0; i < n && is_placed; i++) {
		repair_wait(r, order[i]);
		is_placed = place_together(r);
		*failed = i;
	}
	for (size_t i = 0; i < n_pairs && is_placed; i++) {
		r->pairs = pairs + i;
		r->n_pairs = 1;
		is_placed = place_together(r);
		*failed = 0;
	}
	r->pairs = pairs;
	r->n_pairs = n_pairs;
	return is_placed;
}

/* Whoever found no place comes first the next time. */
static enum rc place_many(struct repair *r, uint32_t *order, bool *is_placed, struct err *err)
{
	uint32_t n = r->n_waiting, failed = 0;

	memcpy(order, r->waiting, n * sizeof *order);
	for (uint32_t attempt = 0; attempt < ATTEMPTS && !is_cut(r); attempt++) {
		*is_placed = place_in_turn(r, order, n, &failed);
		if (*is_placed)
			return OK;
		TRY(load_all(r, err));
		if (!n)
			return OK;
		uint32_t first = order[failed];
		memmove(order + 1, order, failed * sizeof *order);
		order[0] = first;
	}
	return OK;
}

/* ---- polishing ---- */

/*
 * One or two who have moved are put wherever the value is lowest, and nobody else moves. With the
 * budget at its end before anything was found, or with nothing better, all is as before.
 */
static bool put_better(struct repair *r, const uint32_t *who, size_t n)
{
	struct timetable_solution before;
	struct timetable_place places[2];

	timetable_sum(&r->counter, &r->now, &before);
	for (size_t i = 0; i < n; i++) {
		places[i] = r->now.places[who[i]];
		repair_remove(r, who[i]);
		r->is_settled[who[i]] = false;
		r->is_returnable[who[i]] = false;
		r->n_moved--;
		repair_wait(r, who[i]);
	}
	r->limit = r->n_moved + r->n_must;
	repair_search(r);
	if (r->has_best && r->best_sum.n_forbidden <= before.n_forbidden &&
		r->best_sum.value < before.value) {
		repair_take(r);
		return true;
	}
	r->n_waiting = r->n_must = 0;
	for (size_t i = 0; i < n; i++) {
		repair_place(r, who[i], places[i]);
		r->is_settled[who[i]] = true;
		r->n_moved++;
	}
	return false;
}

static void polish(struct repair *r, uint32_t *moved)
{
	uint32_t n = 0;
	bool is_better = true;

	for (uint32_t i = 0; i < r->p->n_submissions; i++)
		if (!repair_is_same(&r->now.places[i], &r->present.places[i]))
			moved[n++] = i;
	r->n_pairs = 0;
	begin_search(r);
	for (int round = 0; round < ROUNDS && is_better && r->leaves_left > 0; round++) {
		is_better = false;
		for (uint32_t i = 0; i < n; i++) {
			is_better = put_better(r, (uint32_t[]){moved[i]}, 1) || is_better;
			for (uint32_t k = i + 1; k < n; k++)
				is_better = put_better(r, (uint32_t[]){moved[i], moved[k]}, 2) ||
					is_better;
		}
	}
}

/* Cells that held a track without any submission: where that is better, they do so again. */
static void keep_empty_cells(struct repair *r, struct timetable_solution *out)
{
	const struct timetable_problem *p = r->p;
	uint32_t *held = r->present.track;
	struct timetable_solution with;

	for (uint32_t i = 0; i < p->n_submissions; i++)
		if (timetable_fits(p, i, &r->present.places[i]))
			held[repair_cell(r, &r->present.places[i])] = TIMETABLE_NONE;
	timetable_sum(&r->counter, &r->now, out);
	for (size_t cell = 0; cell < (size_t)p->n_sessions * p->n_rooms; cell++) {
		if (r->now.track[cell] != TIMETABLE_NONE || (p->is_shut && p->is_shut[cell]) ||
			held[cell] == TIMETABLE_NONE)
			continue;
		r->now.track[cell] = held[cell];
		timetable_sum(&r->counter, &r->now, &with);
		if (with.value < out->value && with.n_forbidden <= out->n_forbidden)
			*out = with;
		else
			r->now.track[cell] = TIMETABLE_NONE;
	}
}

/* ---- the whole ---- */

static enum rc replan_at(struct repair *r, uint32_t *scratch, bool *is_done, struct err *err)
{
	TRY(load_all(r, err));
	*is_done = false;
	if (r->n_waiting + r->n_pairs <= MAX_TOGETHER)
		*is_done = place_together(r);
	if (!*is_done)
		TRY(place_many(r, scratch, is_done, err));
	return OK;
}

static enum rc check_present(
	const struct timetable_problem *p, const struct timetable *present, struct err *err)
{
	for (size_t i = 0; i < (size_t)p->n_sessions * p->n_rooms; i++)
		if (present->track[i] != TIMETABLE_NONE && present->track[i] >= p->n_tracks)
			return err_set(err, INVALID, "The timetable holds a track that does not exist");
	return OK;
}

static enum rc replan(struct arena *a, struct arena *scratch, struct repair *r,
	struct timetable_solution *out, struct err *err)
{
	uint32_t *order = ARENA_ARRAY(scratch, r->p->n_submissions, uint32_t);
	bool is_done = false;

	for (r->level = REPAIR_STRICT; r->level < REPAIR_N_LEVELS && !is_done; r->level++) {
		TRY(replan_at(r, order, &is_done, err));
		if (is_done)
			break;
	}
	if (!is_done)
		return err_set(err, CONFLICT,
			"No timetable was found in which everything has a place: %u submissions have "
			"to move", r->n_waiting);
	polish(r, order);
	keep_empty_cells(r, out);
	out->timetable = timetable_copy(a, r->p, &r->now);
	out->n_moved = r->n_moved;
	return timetable_check(r->p, &out->timetable, err);
}

enum rc timetable_replan(struct arena *a, const struct timetable_problem *p,
	const struct timetable *present, struct effort *effort, struct timetable_solution *out,
	struct err *err)
{
	TRY(check_present(p, present, err));
	struct arena *scratch = arena_new();
	struct repair r;

	if (effort)
		effort_begin(effort);
	repair_begin(&r, scratch, p, present);
	r.effort = effort;
	*out = (struct timetable_solution){0};
	enum rc rc = replan(a, scratch, &r, out, err);
	repair_end(&r);
	arena_free(scratch);
	return rc;
}
