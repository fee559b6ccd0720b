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
	MAX_TOGETHER = 8,     /* as many are placed together */
	MAX_GROUP = 32,       /* as many of one track are */
	MAX_EXTRA = 8,        /* so many more may move than must */
	ATTEMPTS = 6,         /* at another order, when many are placed one after the other */
	ROUNDS = 4,           /* of polishing */
	STEPS = 3000000,      /* places looked at in one search, at most */
	LEAST_STEPS = 20000,  /* and at least, when those of the whole are used up */
	ALL_STEPS = 10000000, /* in all searches together */
};

/* In operations of valuing: of one search, and in all. */
#define LEAF_WORK     ((int64_t)150000000)
#define ALL_LEAF_WORK ((int64_t)500000000)

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
	int64_t steps = ALL_STEPS - r->steps_done;

	steps = steps > STEPS ? STEPS : steps;
	r->steps_left = steps < LEAST_STEPS ? LEAST_STEPS : steps;
	int64_t work = (ALL_LEAF_WORK - r->leaves_done * leaf_work(r->p)) / 4;
	work = work > LEAF_WORK ? LEAF_WORK : work;
	r->leaves_left = (work > 0 ? work / leaf_work(r->p) : 0) + 100;
}

static bool is_cut(const struct repair *r)
{
	return r->effort && r->effort->is_cut;
}

/* Is all that waits of one track, of which nothing has a place? */
static bool is_homeless(const struct repair *r)
{
	const struct timetable_problem *p = r->p;

	if (r->n_waiting < 2)
		return false;
	uint32_t track = p->submissions[r->waiting[0]].track;
	for (uint32_t i = 1; i < r->n_waiting; i++)
		if (p->submissions[r->waiting[i]].track != track)
			return false;
	for (uint32_t room = 0; room < p->n_rooms; room++)
		if (r->in_room[(size_t)track * p->n_rooms + room])
			return false;
	return true;
}

/* Each room is tried for itself, lest the first one uses up all the leaves. */
static void search_rooms(struct repair *r)
{
	begin_search(r);
	int64_t leaves = r->leaves_left / r->p->n_rooms + 1, steps = r->steps_left;
	for (uint32_t room = 0; room < r->p->n_rooms; room++) {
		r->only_room = room;
		r->leaves_left = leaves;
		r->steps_left = steps / r->p->n_rooms;
		repair_search(r);
	}
	r->only_room = TIMETABLE_NONE;
}

/* Was every way within the limit tried, and none found? Then more have to move. */
static void note_least(struct repair *r)
{
	bool is_all = r->steps_left > 0 && r->leaves_left > 0 && !is_cut(r) && !r->has_best;

	if (is_all && r->n_least == r->limit)
		r->n_least++;
}

/* All who wait get a place, with the fewest moves. is_whole: they are all that have to move. */
static bool place_together(struct repair *r, bool is_whole)
{
	uint32_t least = r->n_moved + r->n_must;
	bool by_room = r->level < REPAIR_ROOMS && is_homeless(r);

	r->has_best = false;
	for (uint32_t extra = 0; extra <= MAX_EXTRA && !is_cut(r); extra++) {
		r->limit = least + extra;
		if (by_room)
			search_rooms(r);
		begin_search(r);
		repair_search(r);
		if (r->has_best) {
			repair_take(r);
			return true;
		}
		if (is_whole)
			note_least(r);
	}
	if (!by_room)
		return false;
	/* Of a track that has to go as a whole, everything may move. */
	r->limit = r->n_moved + r->n_waiting;
	search_rooms(r);
	if (r->has_best)
		repair_take(r);
	return r->has_best;
}

/* The tracks one after the other, up to MAX_GROUP at a time. *failed: who could not be placed. */
static bool place_groups(struct repair *r, const uint32_t *order, uint32_t n, uint32_t *failed)
{
	const struct timetable_submission *submissions = r->p->submissions;

	r->n_waiting = r->n_must = 0;
	for (uint32_t i = 0; i < n;) {
		uint32_t track = submissions[order[i]].track;
		*failed = i;
		while (i < n && submissions[order[i]].track == track && r->n_waiting < MAX_GROUP)
			repair_wait(r, order[i++]);
		if (!place_together(r, false))
			return false;
	}
	return true;
}

/* Who waits, then who clashes. */
static bool place_in_turn(struct repair *r, const uint32_t *order, uint32_t n, uint32_t *failed)
{
	size_t n_pairs = r->n_pairs;
	struct repair_pair *pairs = r->pairs;

	r->n_pairs = 0;
	bool is_placed = place_groups(r, order, n, failed);
	for (size_t i = 0; i < n_pairs && is_placed; i++) {
		r->pairs = pairs + i;
		r->n_pairs = 1;
		is_placed = place_together(r, false);
	}
	r->pairs = pairs;
	r->n_pairs = n_pairs;
	return is_placed;
}

/* Sorts those who wait by track, as they are. */
static uint32_t sort_by_track(const struct repair *r, uint32_t *order)
{
	uint32_t n = 0;

	for (uint32_t track = 0; track < r->p->n_tracks; track++)
		for (uint32_t i = 0; i < r->n_waiting; i++)
			if (r->p->submissions[r->waiting[i]].track == track)
				order[n++] = r->waiting[i];
	return n;
}

/* The group that found no place comes first the next time. */
static void bring_forward(struct repair *r, uint32_t *order, uint32_t n, uint32_t failed)
{
	const struct timetable_submission *submissions = r->p->submissions;
	uint32_t track = submissions[order[failed]].track, n_first = 0;

	/* The list of those who wait is not needed any more: repair_load() makes it anew. */
	for (int is_other = 0; is_other < 2; is_other++)
		for (uint32_t i = 0; i < n; i++)
			if ((submissions[order[i]].track != track) == is_other)
				r->waiting[n_first++] = order[i];
	memcpy(order, r->waiting, n * sizeof *order);
}

struct turns {
	uint32_t *order;   /* [submission] */
	bool *is_leaving;  /* [track] */
	bool is_evicting;  /* whole tracks may leave their place */
};

/* Those of the same tracks as who waits wait, too; they may return. */
static void evict_tracks(struct repair *r, bool *is_leaving)
{
	const struct timetable_problem *p = r->p;

	memset(is_leaving, 0, p->n_tracks * sizeof *is_leaving);
	for (uint32_t i = 0; i < r->n_waiting; i++)
		is_leaving[p->submissions[r->waiting[i]].track] = true;
	for (uint32_t i = 0; i < p->n_submissions; i++) {
		if (!is_leaving[p->submissions[i].track] || r->is_settled[i] ||
			r->now.places[i].session == TIMETABLE_NONE)
			continue;
		repair_remove(r, i);
		r->is_returnable[i] = true;
		repair_wait(r, i);
	}
}

static enum rc place_many(struct repair *r, struct turns *turns, bool *is_placed, struct err *err)
{
	uint32_t failed = 0, n = 0;

	for (uint32_t attempt = 0; attempt < ATTEMPTS && !is_cut(r); attempt++) {
		TRY(repair_load(r, err));
		if (turns->is_evicting)
			evict_tracks(r, turns->is_leaving);
		if (!attempt)
			n = sort_by_track(r, turns->order);
		*is_placed = place_in_turn(r, turns->order, n, &failed);
		if (*is_placed || !n)
			return OK;
		bring_forward(r, turns->order, n, failed);
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
	r->has_best = false;
	repair_search(r);
	if (r->has_best && repair_is_better(r, &r->best_sum, &before)) {
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

/* With the fewest moves; else one track after the other; else by moving whole tracks. */
static enum rc replan_at(
	struct repair *r, struct turns *turns, bool *is_done, struct err *err)
{
	TRY(repair_load(r, err));
	*is_done = false;
	r->n_least = r->n_must;
	if (r->n_waiting + r->n_pairs <= MAX_TOGETHER)
		*is_done = place_together(r, true);
	turns->is_evicting = false;
	if (!*is_done)
		TRY(place_many(r, turns, is_done, err));
	turns->is_evicting = true;
	if (!*is_done && r->level < REPAIR_ROOMS)
		TRY(place_many(r, turns, is_done, err));
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
	struct turns turns = {.order = ARENA_ARRAY(scratch, r->p->n_submissions, uint32_t),
		.is_leaving = ARENA_ARRAY(scratch, r->p->n_tracks, bool)};
	bool is_done = false;

	for (r->level = REPAIR_STRICT; r->level < REPAIR_N_LEVELS && !is_done; r->level++) {
		TRY(replan_at(r, &turns, &is_done, err));
		if (is_done)
			break;
	}
	if (!is_done && is_cut(r))
		return err_set(err, BUSY, "The time was over before everything had a place");
	if (!is_done)
		return err_set(err, CONFLICT,
			"No timetable was found in which everything has a place: %u submissions have "
			"to move", r->n_waiting);
	polish(r, turns.order);
	keep_empty_cells(r, out);
	out->timetable = timetable_copy(a, r->p, &r->now);
	out->n_moved = r->n_moved;
	out->n_moved_bound = r->level == REPAIR_STRICT ? r->n_least : 0;
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
