/*
 * Sessions into rooms and slots. The conference is a grid: sessions (blocks of time, each with some
 * slots) by rooms. A cell holds one track, and only submissions of that track; a submission takes
 * one or more slots in a row of one cell.
 *
 * Value = sum of weight * count over sixteen kinds of penalty (enum timetable_penalty): lower is
 * better, and 0 is perfect. The strict regime forbids besides: two submissions that share a
 * presenter at once (in one session where that penalty has a weight, else in one slot), a track twice
 * in one session, a track in two rooms, and whatever is disliked by TIMETABLE_IMPOSSIBLE or more.
 *
 * What is counted follows the evaluator of CoSPLib (Pylyavskyy, Kheiri and Jacko, European Journal of
 * Operational Research 317(2), 2024):
 *   track_session, track_room, session_room: the penalties of every cell that holds a track.
 *   submission_session, submission_room, timezone: of every submission, once for each of its slots.
 *   similar_tracks: the penalty, and chair_conflict: 1, for every two cells of one session that hold
 *     different tracks which are similar, or which share a chair.
 *   rooms_per_track: rooms of a track less 1. parallel_tracks: its cells in one session less 1.
 *   consecutive_tracks: 1 for a track whose sessions are no unbroken run.
 *   order: 1 for every submission with a wanted place that has another one among all of its track (by
 *     session, room, slot), and 1 for every slot that two such submissions of a track share.
 *   presenter and attendee conflicts: 1 for every two submissions in one session but different rooms;
 *     ..._slot: for each slot that they share. Presenters conflict when one person presents both, or
 *     presents one and chairs the other's, different, track; attendees when one person attends both,
 *     or attends one and presents the other or chairs its, different, track.
 */
#ifndef OPTIMISE_TIMETABLE_H
#define OPTIMISE_TIMETABLE_H

#include "base/err.h"
#include "base/str.h"
#include "optimise/effort.h"

enum { TIMETABLE_MAX_SESSIONS = 200, TIMETABLE_MAX_ROOMS = 100, TIMETABLE_MAX_SLOTS = 60,
	TIMETABLE_MAX_TRACKS = 500, TIMETABLE_MAX_SUBMISSIONS = 5000,
	TIMETABLE_MAX_PEOPLE = 200000, TIMETABLE_MAX_PENALTY = 1000000000,
	TIMETABLE_MAX_WEIGHT = 1000000000 };

/*
 * A dislike of so much or more says "never": the speaker is away in that session, the room is too
 * small for that track. It costs what it says, too, so that a search that only sums up avoids it.
 */
enum { TIMETABLE_IMPOSSIBLE = 1000000 };

#define TIMETABLE_NONE UINT32_MAX

enum timetable_penalty {
	TIMETABLE_TRACK_SESSION,
	TIMETABLE_TRACK_ROOM,
	TIMETABLE_SESSION_ROOM,
	TIMETABLE_SIMILAR_TRACKS,
	TIMETABLE_ROOMS_PER_TRACK,
	TIMETABLE_PARALLEL_TRACKS,
	TIMETABLE_CONSECUTIVE_TRACKS,
	TIMETABLE_TIMEZONE,
	TIMETABLE_ORDER,
	TIMETABLE_SUBMISSION_SESSION,
	TIMETABLE_SUBMISSION_ROOM,
	TIMETABLE_PRESENTER_SESSION, /* presenter_conflict_session */
	TIMETABLE_ATTENDEE_SESSION,
	TIMETABLE_CHAIR,
	TIMETABLE_PRESENTER_SLOT,
	TIMETABLE_ATTENDEE_SLOT,
	TIMETABLE_N_PENALTIES
};

/* "track_session" ... "attendee_conflict_slot": the key in the files. */
const char *timetable_penalty_name(enum timetable_penalty kind);

/*
 * A list of things that are disliked: all penalties are 0 where nothing is said. No two entries of a
 * list are about the same; similar tracks are so both ways and stand there once.
 */
struct timetable_dislike {
	uint32_t a, b; /* as the name of the list says; of a submission's own lists a is unused */
	int64_t penalty;
};

struct timetable_session {
	const char *name, *date;
	uint32_t n_slots;
	int32_t start_min, end_min; /* minutes of the day */
};

struct timetable_track {
	const char *name;
	const uint32_t *chairs; /* people */
	uint32_t n_chairs;
};

struct timetable_submission {
	const char *id;
	uint32_t track, n_slots;
	uint32_t order; /* 0: free; else its wanted place within its track, from 1 */
	const uint32_t *presenters, *attendees; /* people */
	uint32_t n_presenters, n_attendees;
	const struct timetable_dislike *timezone, *session, *room; /* b: which one */
	uint32_t n_timezone, n_session, n_room;
};

struct timetable_problem {
	const char *name;
	int64_t weights[TIMETABLE_N_PENALTIES];
	struct timetable_session *sessions;
	const char **rooms;
	struct timetable_track *tracks;
	struct timetable_submission *submissions;
	uint32_t n_sessions, n_rooms, n_tracks, n_submissions, n_people;
	const struct timetable_dislike *track_session, *track_room, *session_room, *similar_tracks;
	size_t n_track_session, n_track_room, n_session_room, n_similar_tracks;
	/* What stays where it is in the timetable one starts from; NULL: nothing. */
	const bool *is_fixed; /* [submission] */
	const bool *is_shut;  /* [session * n_rooms + room]: nothing may be put there; NULL: none is */
};

struct timetable_place {
	uint32_t session, room, slot; /* the first one of its slots */
};

/* Every submission has a place once a timetable is complete. */
struct timetable {
	uint32_t *track;                /* [session * n_rooms + room], or TIMETABLE_NONE */
	struct timetable_place *places; /* [submission]; session TIMETABLE_NONE: has none */
};

struct timetable_solution {
	struct timetable timetable;
	int64_t value, bound; /* no timetable of that regime has a lower value than the bound */
	int64_t counts[TIMETABLE_N_PENALTIES]; /* unweighted; value is their weighted sum */
	/* Breaches of the strict regime, in either: the counts of what it forbids, and impossibles. */
	uint32_t n_forbidden;
	/* Of a re-plan: submissions that changed their place, and how many must at least. */
	uint32_t n_moved, n_moved_bound;
};

/* ---- valuing ---- */

/*
 * Counts everything from nothing: slow and plain, the measure of the search's own accounts.
 * INVALID when a hard rule is broken (a submission without a place, or over its session's end, two
 * in one slot, another track in the cell, a track where it is shut), naming it. What is fixed is not
 * looked at: it has no place of its own.
 */
enum rc timetable_value(struct arena *a, const struct timetable_problem *p,
	const struct timetable *t, struct timetable_solution *out, struct err *err) NODISCARD;

/* ---- solving ---- */

struct timetable_wish {
	bool is_strict;
	const struct timetable *start; /* to begin with and to keep what is fixed; or NULL */
};

/*
 * The best timetable found: of a strict search the one with the fewest forbidden things, which need
 * not be none. The same seed and seconds give the same one unless effort.is_cut; it is never worse
 * than a complete start. 0 seconds: work in proportion to the submissions, however long that takes.
 * CONFLICT when no complete timetable was found, with the reason when it can be proved (not room
 * enough, a submission longer than any session). INVALID when something fixed cannot be where it is.
 */
enum rc timetable_solve(struct arena *a, const struct timetable_problem *p,
	const struct timetable_wish *wish, struct effort *effort, struct timetable_solution *out,
	struct err *err) NODISCARD;

/*
 * `present` no longer holds (a speaker cannot come then, a room is shut, a talk is new or longer):
 * first no broken hard rule and no forbidden clash, then as few submissions moved as possible, then
 * the value. What is fixed stays.
 *
 * Presenters who clash and impossible places are mended wherever they are. A track that had several
 * rooms or parallel cells in `present` may keep as many, but gets no more. Only when no such timetable
 * is found, tracks are split, then presenters clash, then impossible places stay: n_forbidden says how
 * much is left. Two tracks that are never to be in one session stay there if they are already.
 *
 * No timetable without a new breach moves fewer than n_moved_bound: the search tried them all. It is
 * 0 when there was none to be found, and lower than n_moved when a budget of steps ended the search,
 * which it does not for one speaker in a conference of 1,000. The same input gives the same timetable
 * unless effort.is_cut. effort may be NULL.
 * CONFLICT: something fixed cannot stay, or not everything found a place. BUSY: effort ended it before
 * that. INVALID: `present` holds a track that does not exist.
 */
enum rc timetable_replan(struct arena *a, const struct timetable_problem *p,
	const struct timetable *present, struct effort *effort, struct timetable_solution *out,
	struct err *err) NODISCARD;

/*
 * What no timetable can be better than, proved by counting; at least 0. Takes up to a second. In the
 * strict regime it is that of timetables without any breach.
 */
int64_t timetable_bound(struct arena *a, const struct timetable_problem *p, bool is_strict);

/* ---- explaining ---- */

/* One thing that costs, or that is forbidden. Indices that do not apply are TIMETABLE_NONE. */
struct timetable_clash {
	enum timetable_penalty kind;
	bool is_forbidden;
	int64_t cost; /* its part of the value */
	uint32_t session, room, slot, track, other_track, submission, other_submission, person;
	const char *why; /* a sentence without a full stop, with the names of the problem */
};

/*
 * All that remain, the dearest first, forbidden ones before all (with cost 0 where their kind has no
 * weight). Their costs sum up to the value. t may be incomplete: what has no place is not looked at.
 */
size_t timetable_clashes(struct arena *a, const struct timetable_problem *p,
	const struct timetable *t, struct timetable_clash **out);

/* ---- files: timetable-1 and timetable-solution-1 ---- */

/*
 * INVALID, naming the key: indices and counts out of range, an id that is there twice, weights that
 * are missing or unknown, one thing disliked in two ways, or weights and penalties with which a value
 * could pass half of what an int64_t holds. The text is not needed afterwards.
 */
enum rc timetable_read(struct arena *a, struct str json, struct timetable_problem *out,
	struct err *err) NODISCARD;
/*
 * INVALID: another shape than the problem's, or a submission that is torn apart, there twice, or too
 * long or too short. It may be incomplete, and may break other hard rules: timetable_value() says so.
 */
enum rc timetable_read_solution(struct arena *a, struct str json,
	const struct timetable_problem *p, struct timetable *out, struct err *err) NODISCARD;
/* Submissions without a place are left out. */
void timetable_write(
	const struct timetable_problem *p, const struct timetable *t, struct buf *out);

#endif
