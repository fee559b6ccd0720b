/* What the files that make the solver's problem of a board share. */
#ifndef PLANNING_TIMETABLE_GRID_PARTS_H
#define PLANNING_TIMETABLE_GRID_PARTS_H

#include "optimise/timetable.h"
#include "planning/timetable_grid.h"

struct grid {
	struct board *b;
	enum board_format format;
	struct arena *scratch;
	int64_t slot;     /* minutes */
	size_t *cells;    /* of the board, open ones of the format; n_cells */
	size_t *cell_at;  /* [session * n_rooms + room]: of the board, or BOARD_NONE */
	size_t *sessions; /* [block of the board]: session of the problem */
	size_t *rooms;    /* [room of the board]: room of the problem */
	uint32_t *slots;  /* [cell of the board]: all of it */
	size_t *group;    /* [theme, and one for works without]: the smallest theme of its track */
	size_t *work_of;  /* [submission]: of the board; BOARD_NONE: it fills a cell that is shorter
			   */
	uint32_t *track_of; /* [theme that stands for a group]: track of the problem */
	int64_t *people;    /* ids of those who present */
	uint32_t *filled;   /* [cell of the board]: slots of `start` */
	bool *is_fixed;     /* [submission] */
	size_t n_cells, n_sessions, n_rooms, n_people;
	bool is_shared; /* some themes share a track */
	struct timetable_problem problem;
	struct timetable start;
};

uint32_t grid_slots_of(const struct grid *g, size_t work);
/* A work of the format that may move and stands nowhere; one that stands in an open session. */
bool grid_wants(const struct grid *g, size_t work);
bool grid_holds(const struct grid *g, size_t work);

/* [session * n_rooms + room] of a cell of the board. */
size_t grid_place(const struct grid *g, size_t cell);

/* ---- timetable_submissions.c ---- */

/* Those that stay, where they are, and those to place; before them the tracks must be there. */
void grid_works_add(struct grid *g);
/* What a session is shorter than others of its time is filled with nothing. */
void grid_fillers_add(struct grid *g);
/* Those who follow a theme "attend" all its works, where its track is not its own. */
void grid_followers_fill(struct grid *g);

/* ---- timetable_tracks.c ---- */

/* Fills `group`; is_one_track: whatever the themes. The cells and their slots must be there. */
void grid_tracks_fill(struct grid *g, bool is_one_track);
/* Index of the theme of a work in `group`. */
size_t grid_theme(const struct grid *g, size_t work);
/* [session]: the most slots of a cell of that time. */
uint32_t *grid_longest(const struct grid *g);

#endif
