/*
 * Walks through everything of a timetable that is disliked or forbidden, one thing at a time, from
 * nothing: what valuing sums up and explaining puts into words. Asked again and again for timetables
 * of one problem, it makes its tables only once.
 */
#ifndef OPTIMISE_TIMETABLE_COUNT_H
#define OPTIMISE_TIMETABLE_COUNT_H

#include "optimise/timetable_conflicts.h"

struct timetable_counter {
	const struct timetable_problem *p;
	struct timetable_conflicts conflicts;
	/* Penalties: [track * n_sessions + session] and so on; similar is symmetric. */
	int64_t *track_session, *track_room, *session_room, *similar;
	bool *shares_chair; /* [track * n_tracks + track], symmetric */
	/* Scratch of a walk. */
	uint32_t *by_session, *by_track;     /* submissions that have a place */
	uint32_t *session_start, *track_start; /* [session + 1], [track + 1] */
};

/* The tables are a's; p must outlive them. */
struct timetable_counter timetable_counter_of(
	struct arena *a, const struct timetable_problem *p);

/*
 * One thing, with how often it counts. `clash` has no `why` and no `person` yet; its cost is the
 * count times the weight, and may be 0.
 */
struct timetable_item {
	struct timetable_clash clash;
	int64_t count;
};

typedef void timetable_found(void *arg, const struct timetable_item *item);

/* Submissions without a place, and those that the session or the room does not exist for, are left out. */
void timetable_count(struct timetable_counter *c, const struct timetable *t,
	timetable_found *found, void *arg);

/* Sets value, counts and n_forbidden of a timetable that keeps the hard rules. */
void timetable_sum(struct timetable_counter *c, const struct timetable *t,
	struct timetable_solution *out);

/* What the lists say about a submission in a session, in a room. */
int64_t timetable_disliked(const struct timetable_dislike *list, uint32_t n, uint32_t which);

/* Is the breach of this kind forbidden by the strict regime? Dislikes are not: TIMETABLE_IMPOSSIBLE. */
bool timetable_is_strict_kind(const struct timetable_problem *p, enum timetable_penalty kind);

#endif
