/*
 * A day as a grid, before it is drawn: which rooms are columns, which sessions lie across them, and
 * how high on the paper a time of day is.
 *
 * A session with a room stands in its room's column. Breaks and sessions without a room lie across
 * all columns that are free at their time; so do plenaries, keynotes, panels and debates while no
 * other session runs. What finds no free column gets one for its room.
 */
#ifndef PDF_GLANCE_PLAN_H
#define PDF_GLANCE_PLAN_H

#include "pdf/documents/session.h"

struct glance_entry {
	const cJSON *session;
	int number;   /* in the day, from 0 */
	int from, to; /* minutes since midnight */
	bool is_across;
	bool *columns; /* whether it lies in each */
};

struct glance_day {
	struct glance_entry *entries; /* in the order of the model */
	size_t n_entries;
	const char **rooms; /* of the columns; a single NULL when everything lies across */
	size_t n_rooms;
};

/*
 * Columns stand in the order of `rooms` (a list of names, or NULL), then as the day first names
 * them. INVALID when two sessions are in one room at a time: the error's field is the later one,
 * below `path`, its message names both.
 */
enum rc glance_plan(struct arena *a, const cJSON *day, const cJSON *rooms, const char *path,
	struct glance_day *out, struct err *err) NODISCARD;

/*
 * Time runs down the page at one rate, with two exceptions. Where nothing happens anywhere for more
 * than an hour, or nothing but breaks for more than ninety minutes, the time takes the room of an
 * hour's third or of an hour. And a session that is very short is as high as `least`, which is a
 * line of type.
 */
struct time_stretch {
	int from, to; /* nothing starts or ends between them */
	double y;     /* of from; the next stretch begins where this one ends */
	bool is_gap;  /* shown as one, because it is shortened and empty */
};

struct time_scale {
	struct time_stretch *stretches;
	size_t n;
	double height;
};

struct time_scale time_scale_new(
	struct arena *a, const struct glance_day *day, double height, double least);

/* Below the top of the scale; times outside of it give its ends. */
double time_scale_y(const struct time_scale *s, int minute);

#endif
