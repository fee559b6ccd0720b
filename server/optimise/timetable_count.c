#include "optimise/timetable_count.h"

#include <string.h>

/* ---- tables ---- */

static int64_t *table_of(struct arena *a, const struct timetable_dislike *list, size_t n, size_t rows,
	size_t columns)
{
	int64_t *table = ARENA_ARRAY(a, rows * columns, int64_t);

	for (size_t i = 0; i < n; i++)
		table[list[i].a * columns + list[i].b] = list[i].penalty;
	return table;
}

static bool *chairs_of(struct arena *a, const struct timetable_problem *p)
{
	bool *shares = ARENA_ARRAY(a, (size_t)p->n_tracks * p->n_tracks, bool);
	uint32_t *last = ARENA_ARRAY(a, p->n_people, uint32_t); /* track + 1 */

	for (uint32_t t = 0; t < p->n_tracks; t++) {
		for (uint32_t i = 0; i < p->tracks[t].n_chairs; i++)
			last[p->tracks[t].chairs[i]] = t + 1;
		for (uint32_t o = 0; o < p->n_tracks; o++)
			for (uint32_t i = 0; i < p->tracks[o].n_chairs && o != t; i++)
				if (last[p->tracks[o].chairs[i]] == t + 1)
					shares[(size_t)t * p->n_tracks + o] = true;
	}
	return shares;
}

struct timetable_counter timetable_counter_of(
	struct arena *a, const struct timetable_problem *p)
{
	size_t n = p->n_tracks;
	struct timetable_counter c = {.p = p, .conflicts = timetable_conflicts_of(a, p),
		.track_session = table_of(a, p->track_session, p->n_track_session, n, p->n_sessions),
		.track_room = table_of(a, p->track_room, p->n_track_room, n, p->n_rooms),
		.session_room = table_of(
			a, p->session_room, p->n_session_room, p->n_sessions, p->n_rooms),
		.similar = table_of(a, p->similar_tracks, p->n_similar_tracks, n, n),
		.shares_chair = chairs_of(a, p),
		.by_session = ARENA_ARRAY(a, p->n_submissions, uint32_t),
		.by_track = ARENA_ARRAY(a, p->n_submissions, uint32_t),
		.session_start = ARENA_ARRAY(a, (size_t)p->n_sessions + 2, uint32_t),
		.track_start = ARENA_ARRAY(a, n + 2, uint32_t)};

	for (size_t i = 0; i < p->n_similar_tracks; i++)
		c.similar[p->similar_tracks[i].b * n + p->similar_tracks[i].a] =
			p->similar_tracks[i].penalty;
	return c;
}

int64_t timetable_disliked(const struct timetable_dislike *list, uint32_t n, uint32_t which)
{
	for (uint32_t i = 0; i < n; i++)
		if (list[i].b == which)
			return list[i].penalty;
	return 0;
}

bool timetable_is_strict_kind(const struct timetable_problem *p, enum timetable_penalty kind)
{
	if (kind == TIMETABLE_PRESENTER_SESSION)
		return p->weights[TIMETABLE_PRESENTER_SESSION] != 0;
	if (kind == TIMETABLE_PRESENTER_SLOT)
		return p->weights[TIMETABLE_PRESENTER_SESSION] == 0;
	return kind == TIMETABLE_PARALLEL_TRACKS || kind == TIMETABLE_ROOMS_PER_TRACK;
}

/* ---- the walk ---- */

struct walk {
	struct timetable_counter *c;
	const struct timetable_problem *p;
	const struct timetable *t;
	timetable_found *found;
	void *arg;
};

static const struct timetable_clash NOWHERE = {.session = TIMETABLE_NONE, .room = TIMETABLE_NONE,
	.slot = TIMETABLE_NONE, .track = TIMETABLE_NONE, .other_track = TIMETABLE_NONE,
	.submission = TIMETABLE_NONE, .other_submission = TIMETABLE_NONE, .person = TIMETABLE_NONE};

static struct timetable_clash in_session(uint32_t session)
{
	struct timetable_clash clash = NOWHERE;

	clash.session = session;
	return clash;
}

static void find(const struct walk *w, struct timetable_clash clash, enum timetable_penalty kind,
	int64_t count)
{
	if (!count)
		return;
	clash.kind = kind;
	clash.cost = w->p->weights[kind] * count;
	clash.is_forbidden = timetable_is_strict_kind(w->p, kind);
	w->found(w->arg, &(struct timetable_item){.clash = clash, .count = count});
}

/* A penalty, `times` over. */
static void find_disliked(const struct walk *w, struct timetable_clash clash,
	enum timetable_penalty kind, int64_t penalty, int64_t times)
{
	if (!penalty)
		return;
	clash.kind = kind;
	clash.cost = w->p->weights[kind] * penalty * times;
	clash.is_forbidden = penalty >= TIMETABLE_IMPOSSIBLE;
	w->found(w->arg, &(struct timetable_item){.clash = clash, .count = penalty * times});
}

static bool has_place(const struct walk *w, uint32_t submission)
{
	const struct timetable_place *place = &w->t->places[submission];

	return place->session < w->p->n_sessions && place->room < w->p->n_rooms;
}

static uint32_t track_of(const struct walk *w, uint32_t session, uint32_t room)
{
	return w->t->track[(size_t)session * w->p->n_rooms + room];
}

/* Puts the submissions that have a place in order, by session and by track. */
static void sort_submissions(const struct walk *w)
{
	struct timetable_counter *c = w->c;
	const struct timetable_problem *p = w->p;

	memset(c->session_start, 0, (p->n_sessions + 2) * sizeof *c->session_start);
	memset(c->track_start, 0, (p->n_tracks + 2) * sizeof *c->track_start);
	for (uint32_t i = 0; i < p->n_submissions; i++) {
		if (!has_place(w, i))
			continue;
		c->session_start[w->t->places[i].session + 2]++;
		c->track_start[p->submissions[i].track + 2]++;
	}
	for (uint32_t s = 0; s < p->n_sessions; s++)
		c->session_start[s + 2] += c->session_start[s + 1];
	for (uint32_t t = 0; t < p->n_tracks; t++)
		c->track_start[t + 2] += c->track_start[t + 1];
	for (uint32_t i = 0; i < p->n_submissions; i++) {
		if (!has_place(w, i))
			continue;
		c->by_session[c->session_start[w->t->places[i].session + 1]++] = i;
		c->by_track[c->track_start[p->submissions[i].track + 1]++] = i;
	}
}

/* ---- cells ---- */

static void walk_other_cells(const struct walk *w, struct timetable_clash clash)
{
	size_t row = (size_t)clash.track * w->p->n_tracks;

	for (uint32_t room = clash.room + 1; room < w->p->n_rooms; room++) {
		uint32_t other = track_of(w, clash.session, room);
		if (other == TIMETABLE_NONE || other == clash.track)
			continue;
		clash.other_track = other;
		find_disliked(w, clash, TIMETABLE_SIMILAR_TRACKS, w->c->similar[row + other], 1);
		find(w, clash, TIMETABLE_CHAIR, w->c->shares_chair[row + other]);
	}
}

static void walk_cells(const struct walk *w)
{
	const struct timetable_counter *c = w->c;
	const struct timetable_problem *p = w->p;

	for (uint32_t session = 0; session < p->n_sessions; session++) {
		for (uint32_t room = 0; room < p->n_rooms; room++) {
			struct timetable_clash clash = in_session(session);
			clash.room = room;
			clash.track = track_of(w, session, room);
			if (clash.track == TIMETABLE_NONE)
				continue;
			find_disliked(w, clash, TIMETABLE_TRACK_SESSION,
				c->track_session[(size_t)clash.track * p->n_sessions + session], 1);
			find_disliked(w, clash, TIMETABLE_TRACK_ROOM,
				c->track_room[(size_t)clash.track * p->n_rooms + room], 1);
			find_disliked(w, clash, TIMETABLE_SESSION_ROOM,
				c->session_room[(size_t)session * p->n_rooms + room], 1);
			walk_other_cells(w, clash);
		}
	}
}

/* ---- tracks ---- */

static uint32_t cells_in_session(const struct walk *w, uint32_t track, uint32_t session)
{
	uint32_t n = 0;

	for (uint32_t room = 0; room < w->p->n_rooms; room++)
		n += track_of(w, session, room) == track;
	return n;
}

static uint32_t rooms_of(const struct walk *w, uint32_t track)
{
	uint32_t n = 0;

	for (uint32_t room = 0; room < w->p->n_rooms; room++) {
		bool is_used = false;
		for (uint32_t s = 0; s < w->p->n_sessions && !is_used; s++)
			is_used = track_of(w, s, room) == track;
		n += is_used;
	}
	return n;
}

static void walk_track(const struct walk *w, uint32_t track)
{
	struct timetable_clash clash = NOWHERE;
	uint32_t n_sessions = 0, first = TIMETABLE_NONE, last = 0, n_rooms = rooms_of(w, track);

	clash.track = track;
	for (uint32_t session = 0; session < w->p->n_sessions; session++) {
		uint32_t n = cells_in_session(w, track, session);
		if (!n)
			continue;
		first = first == TIMETABLE_NONE ? session : first;
		last = session;
		n_sessions++;
		clash.session = session;
		find(w, clash, TIMETABLE_PARALLEL_TRACKS, n - 1);
	}
	if (!n_sessions)
		return;
	clash.session = TIMETABLE_NONE;
	find(w, clash, TIMETABLE_ROOMS_PER_TRACK, n_rooms - 1);
	find(w, clash, TIMETABLE_CONSECUTIVE_TRACKS, last - first + 1 != n_sessions);
}

static bool is_before(const struct timetable_place *x, const struct timetable_place *y)
{
	if (x->session != y->session)
		return x->session < y->session;
	return x->room != y->room ? x->room < y->room : x->slot < y->slot;
}

/* Those of a track that want a place within it and have another. */
static void walk_order(const struct walk *w, uint32_t track)
{
	const struct timetable_place *places = w->t->places;
	uint32_t from = w->c->track_start[track], to = w->c->track_start[track + 1];

	for (uint32_t i = from; i < to; i++) {
		uint32_t submission = w->c->by_track[i], ordinal = 1;
		uint32_t wanted = w->p->submissions[submission].order;
		if (!wanted)
			continue;
		for (uint32_t k = from; k < to; k++)
			ordinal += is_before(&places[w->c->by_track[k]], &places[submission]);
		struct timetable_clash clash = in_session(places[submission].session);
		clash.room = places[submission].room;
		clash.slot = places[submission].slot;
		clash.track = track;
		clash.submission = submission;
		find(w, clash, TIMETABLE_ORDER, ordinal != wanted);
	}
}

/* ---- submissions ---- */

static void walk_submission(const struct walk *w, uint32_t submission)
{
	const struct timetable_submission *s = &w->p->submissions[submission];
	const struct timetable_place *place = &w->t->places[submission];
	struct timetable_clash clash = in_session(place->session);

	clash.room = place->room;
	clash.slot = place->slot;
	clash.track = s->track;
	clash.submission = submission;
	find_disliked(w, clash, TIMETABLE_SUBMISSION_SESSION,
		timetable_disliked(s->session, s->n_session, place->session), s->n_slots);
	find_disliked(w, clash, TIMETABLE_SUBMISSION_ROOM,
		timetable_disliked(s->room, s->n_room, place->room), s->n_slots);
	find_disliked(w, clash, TIMETABLE_TIMEZONE,
		timetable_disliked(s->timezone, s->n_timezone, place->session), s->n_slots);
}

/* How many slots two submissions of one session run side by side. */
static int64_t overlap(const struct walk *w, uint32_t one, uint32_t other)
{
	uint32_t a = w->t->places[one].slot, b = w->t->places[other].slot;
	uint32_t a_end = a + w->p->submissions[one].n_slots;
	uint32_t b_end = b + w->p->submissions[other].n_slots;
	uint32_t from = a > b ? a : b, to = a_end < b_end ? a_end : b_end;

	return to > from ? to - from : 0;
}

static void walk_pair(const struct walk *w, uint32_t one, uint32_t other)
{
	const struct timetable_conflicts *c = &w->c->conflicts;
	const struct timetable_submission *s = &w->p->submissions[one];
	const struct timetable_submission *o = &w->p->submissions[other];
	bool presenters = timetable_conflicts_in(c, c->presenter, one, other);
	bool attendees = timetable_conflicts_in(c, c->attendee, one, other);
	bool ordered = s->track == o->track && s->order && o->order;

	if (!presenters && !attendees && !ordered)
		return;
	struct timetable_clash clash = in_session(w->t->places[one].session);
	bool is_apart = w->t->places[one].room != w->t->places[other].room;
	int64_t slots = overlap(w, one, other);
	clash.submission = one;
	clash.other_submission = other;
	clash.track = s->track;
	clash.other_track = o->track;
	find(w, clash, TIMETABLE_PRESENTER_SESSION, presenters && is_apart);
	find(w, clash, TIMETABLE_PRESENTER_SLOT, presenters ? slots : 0);
	find(w, clash, TIMETABLE_ATTENDEE_SESSION, attendees && is_apart);
	find(w, clash, TIMETABLE_ATTENDEE_SLOT, attendees ? slots : 0);
	find(w, clash, TIMETABLE_ORDER, ordered ? slots : 0);
}

static void walk_session(const struct walk *w, uint32_t session)
{
	uint32_t from = w->c->session_start[session], to = w->c->session_start[session + 1];

	for (uint32_t i = from; i < to; i++) {
		walk_submission(w, w->c->by_session[i]);
		for (uint32_t k = i + 1; k < to; k++)
			walk_pair(w, w->c->by_session[i], w->c->by_session[k]);
	}
}

void timetable_count(
	struct timetable_counter *c, const struct timetable *t, timetable_found *found, void *arg)
{
	struct walk w = {.c = c, .p = c->p, .t = t, .found = found, .arg = arg};

	sort_submissions(&w);
	walk_cells(&w);
	for (uint32_t track = 0; track < c->p->n_tracks; track++) {
		walk_track(&w, track);
		walk_order(&w, track);
	}
	for (uint32_t session = 0; session < c->p->n_sessions; session++)
		walk_session(&w, session);
}
