/*
 * The search of a re-plan: submissions that wait for a place get one, others make way for them, and
 * no more than a limit change theirs. Ejection chains (Glover, 1996) as a depth-first search.
 *
 * Whoever is put somewhere makes those wait that cannot stay then: who is in the same slots, who is
 * of another track in that cell, who must not run at the same time for the sake of a presenter, and
 * those of the own track whose room or parallel cell would be one too many. What has been put
 * somewhere stays there.
 *
 * The search is exact: it finds the least number of moves when no budget ends it. For let F be a
 * timetable without new breaches in which the set M has moved, and follow the branches that put each
 * waiting one to its place in F. Who is made to wait cannot have the place it had in F, as somebody
 * of F is in its way (of the rooms of a track, one must be empty in F; the search tries each), so it
 * is in M. When nobody waits any more, those who moved are a part of M.
 *
 * A level of the search takes about 600 bytes of stack; there are at most as many as wait at first,
 * which the caller keeps below fifty, and as may move.
 */
#ifndef OPTIMISE_TIMETABLE_REPAIR_H
#define OPTIMISE_TIMETABLE_REPAIR_H

#include "optimise/timetable_count.h"

/* What the search gives up, one after the other, when there is no timetable otherwise. */
enum repair_level {
	REPAIR_STRICT,     /* no breach of the strict regime but those that were there */
	REPAIR_ROOMS,      /* tracks may have more rooms, and run beside themselves */
	REPAIR_CLASHES,    /* presenters may clash, too */
	REPAIR_IMPOSSIBLE, /* only the hard rules */
	REPAIR_N_LEVELS
};

struct repair_pair {
	uint32_t one, other;
};

struct repair {
	const struct timetable_problem *p;
	struct timetable_counter counter;
	struct timetable present; /* as it was */
	struct timetable now;     /* under work: cells without a submission have no track */
	struct effort *effort;
	enum repair_level level;
	uint32_t limit;   /* most submissions that may move */
	uint32_t only_room; /* nobody is put into another one; TIMETABLE_NONE: all will do */
	uint32_t n_least; /* fewer than so many cannot move, all in all */
	uint32_t n_moved; /* settled in another place than at present */
	uint32_t n_must;  /* waiting, without a way back */
	uint32_t n_asked;  /* how often, for the clock */
	int64_t steps_left, leaves_left; /* of one search: places looked at, timetables valued */
	int64_t steps_done, leaves_done; /* in all */

	/* The best timetable of this search. */
	struct timetable best;
	struct timetable_solution best_sum;
	bool has_best;

	uint32_t *occupant;      /* [cell * TIMETABLE_MAX_SLOTS + slot], or TIMETABLE_NONE */
	uint32_t *n_in_cell;     /* [cell] */
	uint32_t *in_room;       /* [track * n_rooms + room] submissions */
	uint32_t *rooms_allowed; /* [track] */
	uint32_t *cells_allowed; /* [track * n_sessions + session] */
	uint32_t *enemies;       /* who must not run at the same time, by submission */
	uint32_t *enemies_start; /* [submission + 1] */
	bool *is_settled;        /* [submission]: may not be made to wait */
	bool *is_returnable;     /* [submission]: waiting, but may go back to where it was */
	uint32_t *waiting;
	uint32_t n_waiting;
	/* Two that cannot both stay where they are at present. */
	struct repair_pair *pairs;
	size_t n_pairs;
	uint32_t *log; /* who was made to wait, to be undone */
	size_t n_log;
	struct repair_candidate *candidates; /* of all depths, one after the other */
	size_t n_candidates, candidates_cap;
};

/* All tables; nothing is placed yet. The tables are a's; repair_end() frees the rest. */
void repair_begin(struct repair *r, struct arena *a, const struct timetable_problem *p,
	const struct timetable *present);
void repair_end(struct repair *r);
/* Nothing is placed, nobody waits, nobody is settled. */
void repair_empty(struct repair *r);

static inline size_t repair_cell(const struct repair *r, const struct timetable_place *place)
{
	return (size_t)place->session * r->p->n_rooms + place->room;
}

static inline bool repair_is_same(const struct timetable_place *x, const struct timetable_place *y)
{
	return x->session == y->session && x->room == y->room && x->slot == y->slot;
}

/*
 * Places what still holds at the present level, and lets wait what does not; pairs are those whose
 * presenters clash. What is fixed is settled. CONFLICT when that cannot stay.
 */
enum rc repair_load(struct repair *r, struct err *err) NODISCARD;

/* Puts a submission into the tables of `now`, without a question. */
void repair_place(struct repair *r, uint32_t submission, struct timetable_place place);
void repair_remove(struct repair *r, uint32_t submission);
void repair_wait(struct repair *r, uint32_t submission);

/* Do two that have a place break the rule of presenters? */
bool repair_clashes(const struct repair *r, uint32_t one, uint32_t other);
/* May it stand there, for all that others do? */
bool repair_is_possible(
	const struct repair *r, uint32_t submission, const struct timetable_place *place);

/*
 * Searches with r->limit for something better than best, if there is one; sets has_best and best.
 * Everything else is as before afterwards.
 */
void repair_search(struct repair *r);
/*
 * By value; below the strict level, where there may be new ones, by forbidden clashes first. The strict
 * level knows old ones only, and they are worth what the weights say.
 */
bool repair_is_better(const struct repair *r, const struct timetable_solution *sum,
	const struct timetable_solution *than);
/* Takes the best for `now`: nobody waits, who was put somewhere is settled. */
void repair_take(struct repair *r);

#endif
