/*
 * The working copy of a programme as a board: cells (sessions with a time that take accepted work),
 * works, and who cannot be where. What the timetable's solvers are asked, what becomes of their
 * answers, and what the editor is told of a draft, all go through it. Pure but for its arena.
 *
 * Talks stand in parallel sessions, posters in poster sessions, workshops in workshops. A work that
 * was placed in any other session stays there: it is a duty of its presenters, as is every part
 * somebody has in a session.
 */
#ifndef PLANNING_TIMETABLE_BOARD_H
#define PLANNING_TIMETABLE_BOARD_H

#include "base/zone.h"
#include "domain/programme.h"

#define BOARD_NONE SIZE_MAX

enum board_format { BOARD_TALK, BOARD_WORKSHOP, BOARD_POSTER, BOARD_N_FORMATS };

struct board_person {
	int64_t id;
	const char *name;
};

struct board_work {
	const char *code, *title,
		*presenter; /* the submission's code; presenter "" when not known */
	enum board_format format;
	size_t theme; /* its first one; BOARD_NONE */
	int64_t minutes;
	const struct board_person *people; /* who present it and are known */
	size_t n_people;
	size_t home, cell; /* where it stands in the draft, and here; BOARD_NONE: nowhere */
	const struct programme_item *item; /* NULL: it waits for a place */
	bool may_move;
};

/* What becomes a session: a room at a time. */
struct board_cell {
	const struct programme_session *session;
	enum board_format format;
	size_t block, room; /* indices; a session without a room has a room of its own */
	int64_t minutes;    /* for works: its length less what else is presented there */
	size_t max_works;   /* posters, by the seats of the room; 0: as many as there are */
	bool is_shut;       /* its room is gone */
};

struct board_block {
	int64_t starts_at, ends_at;
	bool has_talks;
};

/* Somebody is busy or away; session NULL: away. */
struct board_duty {
	int64_t person_id, from_ms, to_ms;
	const struct programme_session *session;
	const char *name;
};

/* An accepted work that is in no session yet. */
struct board_waiting {
	const char *code, *title, *presenter, *outcome;
	const char *theme_code, *theme_name; /* "" : none */
	int64_t minutes;
	const struct board_person *people;
	size_t n_people;
};

struct board_room_shut {
	int64_t room_id, from_ms, to_ms;
};

/* Everything a board is made of; the lists may be empty. */
struct board_source {
	const struct programme *programme;
	const struct zone *zone;
	const struct board_waiting *waiting;
	size_t n_waiting;
	const struct board_duty *away;
	size_t n_away;
	const struct board_room_shut *shut;
	size_t n_shut;
};

struct board_theme {
	const char *code, *name;
};

struct board {
	struct arena *arena;
	const struct programme *programme;
	const struct zone *zone;
	struct board_cell *cells;   /* by time, then room, as the programme's sessions */
	struct board_work *works;   /* those of the programme in its order, then those that wait */
	struct board_block *blocks; /* by time */
	struct board_theme *themes;
	struct board_duty *duties;
	size_t n_cells, n_works, n_blocks, n_themes, n_duties, n_rooms;
	bool *may;      /* [work * n_cells + cell]: of its format, and nobody is needed elsewhere */
	size_t **twins; /* [work]: others with a presenter of its own, ended by BOARD_NONE */
	/* kept by board_put() */
	int64_t *used;    /* [cell]: minutes */
	size_t *n_in;     /* [cell]: works */
	size_t *of_theme; /* [theme * n_cells + cell]: works */
};

/* Works that are no longer fit are left out. All that are placed stand where they do; none may
 * move. */
struct board *board_new(struct arena *a, const struct board_source *source);

/* Fills `may` and `twins`: the last step of board_new() (timetable_rules.c). */
void board_rules_fill(struct board *b);

/* Stands in `cell` from now on; BOARD_NONE: nowhere. */
void board_put(struct board *b, size_t work, size_t cell);

/*
 * May it stand there, others being where they are? Of the right format, in an open room, with time
 * enough, and no presenter in two sessions at once. Its own present place does not count.
 */
bool board_fits(const struct board *b, size_t work, size_t cell);
/* Does it hold where it stands? Nowhere: no. */
bool board_holds(const struct board *b, size_t work);

/* Another work of its presenters, in another session at that time; BOARD_NONE. */
size_t board_twin_elsewhere(const struct board *b, size_t work, size_t cell);

bool board_overlap(const struct board *b, size_t cell, size_t other);

/* Why it cannot stand there, a sentence without a full stop; NULL when it can. */
const char *board_objection(const struct board *b, size_t work, size_t cell);

/* "2027-09-08, 11:00 to 12:00", in the event's zone. */
const char *board_when(struct arena *a, const struct zone *zone, int64_t from_ms, int64_t to_ms);

enum board_format board_format_of(const char *outcome, bool *found);
const char *board_format_word(enum board_format format);

/* ---- what a draft costs (timetable_cost.c) ---- */

/*
 * What those lose who follow a theme through talks and workshops:
 *   parallel  they would have to be in two rooms at once: each further room at one time
 *   mixed     a session of talks changes its theme midway: each further theme
 *   rooms     talks on a theme are in several rooms: each further one
 *   gaps      others come between two sessions with talks on a theme: once a theme
 * A talk missed is worse than a foreign talk sat through, and that worse than a walk.
 */
enum board_cost { COST_PARALLEL, COST_MIXED, COST_ROOMS, COST_GAPS, N_COSTS };
enum { COST_OF_PARALLEL = 10, COST_OF_MIXED = 4, COST_OF_ROOM = 2, COST_OF_GAP = 2 };

const char *board_cost_word(enum board_cost kind); /* "parallel" ... */

/* The sum; kinds gets its parts, and may be NULL. */
int64_t board_cost(const struct board *b, int64_t kinds[N_COSTS]);

/* The parts of the sum that a change in themes and cells can touch. */
int64_t board_cost_of_theme(const struct board *b, size_t theme);
int64_t board_cost_of_cell(const struct board *b, size_t cell);

struct board_complaint {
	enum board_cost kind;
	int64_t cost;
	const char *why;                         /* a sentence without a full stop */
	const struct programme_session *session; /* where to look first */
};
/* All of them, the dearest first; their costs sum up to board_cost(). */
size_t board_complaints(const struct board *b, struct board_complaint **out);

#endif
