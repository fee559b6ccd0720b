/* Sessions in rooms come first, then those of the whole event, then breaks, into what is free. */
#include "pdf/documents/glance_plan.h"

#include <string.h>

enum {
	LONG_GAP_MIN = 60,
	GAP_SHOWN_MIN = 20,
	LONG_BREAK_MIN = 90,
	BREAK_SHOWN_MIN = 60,
};

struct plan {
	struct arena *arena;
	const cJSON *rooms; /* NULL: no order is given */
	const char *path;
	struct glance_day *day;
	struct err *err;
};

static bool meet(const struct glance_entry *x, const struct glance_entry *y)
{
	return x->from < y->to && y->from < x->to;
}

static bool is_break(const struct glance_entry *e)
{
	return session_shape(e->session) == SESSION_BREAK;
}

/* No other session runs at its time; breaks do not count. */
static bool is_alone(const struct glance_day *day, const struct glance_entry *e)
{
	for (size_t i = 0; i < day->n_entries; i++) {
		const struct glance_entry *other = &day->entries[i];
		if (other != e && !is_break(other) && meet(e, other))
			return false;
	}
	return true;
}

static bool lies_across(const struct glance_day *day, const struct glance_entry *e)
{
	bool is_common = session_shape(e->session) == SESSION_COMMON;
	return !json_text(e->session, "room") || is_break(e) || (is_common && is_alone(day, e));
}

static void read_day(struct plan *p, const cJSON *day)
{
	const cJSON *sessions = json_get(day, "sessions"), *session;
	size_t n = model_count(sessions);
	int number = 0;
	*p->day = (struct glance_day){.entries = ARENA_ARRAY(p->arena, n, struct glance_entry)};
	p->day->rooms = ARENA_ARRAY(p->arena, n + 1, const char *);
	cJSON_ArrayForEach(session, sessions)
	{
		p->day->entries[p->day->n_entries++] = (struct glance_entry){.session = session,
			.number = number++,
			.from = session_minute(session, "start"),
			.to = session_minute(session, "end"),
			.columns = ARENA_ARRAY(p->arena, n + 1, bool)};
	}
	for (size_t i = 0; i < n; i++)
		p->day->entries[i].is_across = lies_across(p->day, &p->day->entries[i]);
}

/* The column of a room; n_rooms when it has none. */
static size_t column_of(const struct glance_day *day, const char *room)
{
	size_t i = 0;
	while (i < day->n_rooms && strcmp(day->rooms[i], room) != 0)
		i++;
	return i;
}

static bool is_used(const struct glance_day *day, const char *room)
{
	for (size_t i = 0; i < day->n_entries; i++)
		if (!day->entries[i].is_across &&
			strcmp(model_text(day->entries[i].session, "room"), room) == 0)
			return true;
	return false;
}

static void add_column(struct glance_day *day, const char *room)
{
	if (is_used(day, room) && column_of(day, room) == day->n_rooms)
		day->rooms[day->n_rooms++] = room;
}

static void make_columns(struct plan *p)
{
	const cJSON *room;
	struct glance_day *day = p->day;
	day->n_rooms = 0;
	cJSON_ArrayForEach(room, p->rooms) add_column(day, cJSON_GetStringValue(room));
	for (size_t i = 0; i < day->n_entries; i++)
		if (!day->entries[i].is_across)
			add_column(day, model_text(day->entries[i].session, "room"));
	if (!day->n_rooms)
		day->rooms[day->n_rooms++] = NULL;
}

/* Who lies in the column at the time of e; NULL: it is free. */
static const struct glance_entry *in_the_way(
	const struct glance_day *day, const struct glance_entry *e, size_t column)
{
	for (size_t i = 0; i < day->n_entries; i++)
		if (&day->entries[i] != e && day->entries[i].columns[column] &&
			meet(&day->entries[i], e))
			return &day->entries[i];
	return NULL;
}

static enum rc refuse(struct plan *p, const struct glance_entry *x, const struct glance_entry *y)
{
	const struct glance_entry *later = x->number > y->number ? x : y,
				  *first = later == x ? y : x;
	const char *room = json_text(later->session, "room");
	return err_field(p->err,
		arena_printf(p->arena, "%s.sessions.%d.start", p->path, later->number),
		"“%s” (%s) overlaps with “%s” (%s)%s%s: move one of them",
		model_text(later->session, "title"), session_hours(p->arena, "en", later->session),
		model_text(first->session, "title"), session_hours(p->arena, "en", first->session),
		room ? " in " : "", room ? room : "");
}

static enum rc place_in_room(struct plan *p, struct glance_entry *e)
{
	size_t column = column_of(p->day, model_text(e->session, "room"));
	const struct glance_entry *other = in_the_way(p->day, e, column);
	e->columns[column] = true;
	return other ? refuse(p, e, other) : OK;
}

/* False when no column is free. */
static bool place_across(struct plan *p, struct glance_entry *e)
{
	bool is_placed = false;
	for (size_t i = 0; i < p->day->n_rooms; i++) {
		e->columns[i] = !in_the_way(p->day, e, i);
		is_placed = is_placed || e->columns[i];
	}
	return is_placed;
}

enum step { PLACED, ONE_MORE_COLUMN, REFUSED };

/* What finds no column free gets its room's, and everything is placed anew. */
static enum step place_all_across(struct plan *p, bool breaks)
{
	for (size_t i = 0; i < p->day->n_entries; i++) {
		struct glance_entry *e = &p->day->entries[i];
		if (!e->is_across || is_break(e) != breaks || place_across(p, e))
			continue;
		if (json_text(e->session, "room")) {
			e->is_across = false;
			return ONE_MORE_COLUMN;
		}
		(void)refuse(p, e, in_the_way(p->day, e, 0));
		return REFUSED;
	}
	return PLACED;
}

static enum step place_all(struct plan *p)
{
	enum rc rc = OK;
	make_columns(p);
	for (size_t i = 0; i < p->day->n_entries; i++)
		memset(p->day->entries[i].columns, 0, p->day->n_entries + 1);
	for (size_t i = 0; i < p->day->n_entries; i++)
		if (!p->day->entries[i].is_across && place_in_room(p, &p->day->entries[i]) != OK)
			rc = INVALID;
	if (rc != OK)
		return REFUSED;
	enum step step = place_all_across(p, false);
	return step == PLACED ? place_all_across(p, true) : step;
}

/* A lone column needs no head: its sessions say their rooms themselves, as those across do. */
static void drop_lone_head(struct glance_day *day)
{
	if (day->n_rooms > 1)
		return;
	day->rooms[0] = NULL;
	for (size_t i = 0; i < day->n_entries; i++)
		day->entries[i].is_across = true;
}

enum rc glance_plan(struct arena *a, const cJSON *day, const cJSON *rooms, const char *path,
	struct glance_day *out, struct err *err)
{
	struct plan p = {.arena = a, .rooms = rooms, .path = path, .day = out, .err = err};
	enum step step;
	read_day(&p, day);
	do
		step = place_all(&p);
	while (step == ONE_MORE_COLUMN);
	drop_lone_head(out);
	return step == PLACED ? OK : INVALID;
}

/* The first start or end behind `minute`; -1: there is none. */
static int next_change(const struct glance_day *day, int minute)
{
	int next = -1;
	for (size_t i = 0; i < day->n_entries; i++) {
		const int times[] = {day->entries[i].from, day->entries[i].to};
		for (int k = 0; k < 2; k++)
			if (times[k] > minute && (next < 0 || times[k] < next))
				next = times[k];
	}
	return next;
}

enum running { NOTHING, BREAKS, SESSIONS };

static enum running running_in(const struct glance_day *day, const struct time_stretch *t)
{
	enum running found = NOTHING;
	for (size_t i = 0; i < day->n_entries; i++) {
		const struct glance_entry *e = &day->entries[i];
		if (e->from >= t->to || e->to <= t->from)
			continue;
		if (!is_break(e))
			return SESSIONS;
		found = BREAKS;
	}
	return found;
}

static int shown_minutes(const struct glance_day *day, struct time_stretch *t)
{
	int minutes = t->to - t->from;
	enum running running = running_in(day, t);
	t->is_gap = running == NOTHING && minutes > LONG_GAP_MIN;
	if (t->is_gap)
		return GAP_SHOWN_MIN;
	return running == BREAKS && minutes > LONG_BREAK_MIN ? BREAK_SHOWN_MIN : minutes;
}

/* A session begins and ends with it. */
static bool is_session(const struct glance_day *day, const struct time_stretch *t)
{
	for (size_t i = 0; i < day->n_entries; i++)
		if (day->entries[i].from == t->from && day->entries[i].to == t->to)
			return true;
	return false;
}

/*
 * Heights by the minutes shown. Sessions that come out too low get the least, and the others share
 * what is left, until none is too low.
 */
static void share_height(const struct glance_day *day, struct time_scale *s, double least)
{
	struct arena *a = arena_new();
	double *heights = ARENA_ARRAY(a, s->n, double);
	bool *is_set = ARENA_ARRAY(a, s->n, bool);
	for (bool again = true; again;) {
		double minutes = 0, height = s->height;
		again = false;
		for (size_t i = 0; i < s->n; i++) {
			height -= is_set[i] ? least : 0;
			minutes += is_set[i] ? 0 : shown_minutes(day, &s->stretches[i]);
		}
		for (size_t i = 0; i < s->n; i++) {
			if (is_set[i])
				continue;
			heights[i] = height * shown_minutes(day, &s->stretches[i]) / minutes;
			is_set[i] = heights[i] < least && is_session(day, &s->stretches[i]);
			heights[i] = is_set[i] ? least : heights[i];
			again = again || is_set[i];
		}
	}
	for (size_t i = 1; i < s->n; i++)
		s->stretches[i].y = s->stretches[i - 1].y + heights[i - 1];
	arena_free(a);
}

struct time_scale time_scale_new(
	struct arena *a, const struct glance_day *day, double height, double least)
{
	struct time_scale s = {.height = height};
	s.stretches = ARENA_ARRAY(a, 2 * day->n_entries, struct time_stretch);
	int from = next_change(day, -1), to;
	for (; (to = next_change(day, from)) >= 0; from = to)
		s.stretches[s.n++] = (struct time_stretch){.from = from, .to = to};
	/* More lines than the paper has: then every session is as high as its time. */
	if (least * (double)s.n > height / 2)
		least = 0;
	share_height(day, &s, least);
	return s;
}

double time_scale_y(const struct time_scale *s, int minute)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct time_stretch *t = &s->stretches[i];
		double end = i + 1 < s->n ? s->stretches[i + 1].y : s->height;
		if (minute <= t->from)
			return t->y;
		if (minute < t->to)
			return t->y + (end - t->y) * (minute - t->from) / (t->to - t->from);
	}
	return s->height;
}
