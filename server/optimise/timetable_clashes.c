/* What remains in a timetable, in words. */
#include <stdlib.h>
#include "optimise/timetable_count.h"

struct list {
	struct arena *a;
	const struct timetable_problem *p;
	const struct timetable *t;
	struct timetable_clash *items;
	size_t n, cap;
};

/* ---- sentences ---- */

static const char *session_name(const struct list *l, const struct timetable_clash *c)
{
	return l->p->sessions[c->session].name;
}

static const char *room_name(const struct list *l, const struct timetable_clash *c)
{
	return l->p->rooms[c->room];
}

static const char *track_name(const struct list *l, uint32_t track)
{
	return l->p->tracks[track].name;
}

static const char *id_of(const struct list *l, uint32_t submission)
{
	return l->p->submissions[submission].id;
}

/* "Room 1, Room 2 and Room 3", where a track has cells. */
static const char *rooms_of_track(const struct list *l, uint32_t track)
{
	const struct timetable_problem *p = l->p;
	struct buf out = buf_in(l->a, 200000);
	const char *waiting = NULL; /* the last one, before which there is an "and" */

	for (uint32_t r = 0; r < p->n_rooms; r++) {
		bool is_used = false;
		for (uint32_t s = 0; s < p->n_sessions && !is_used; s++)
			is_used = l->t->track[(size_t)s * p->n_rooms + r] == track;
		if (!is_used)
			continue;
		if (waiting)
			buf_printf(&out, "%s%s", out.n ? ", " : "", waiting);
		waiting = p->rooms[r];
	}
	buf_printf(&out, "%s%s", out.n ? " and " : "", waiting ? waiting : "");
	return buf_cstr(&out);
}

static const char *track_sentence(const struct list *l, const struct timetable_clash *c)
{
	const char *track = track_name(l, c->track);
	const char *verb = c->is_forbidden ? "cannot" : "should not";

	if (c->kind == TIMETABLE_TRACK_SESSION)
		return arena_printf(l->a, "%s is in %s, where it %s be", track,
			session_name(l, c), verb);
	if (c->kind == TIMETABLE_TRACK_ROOM)
		return arena_printf(l->a, "%s is in %s in %s, where it %s be", track,
			room_name(l, c), session_name(l, c), verb);
	if (c->kind == TIMETABLE_SESSION_ROOM)
		return arena_printf(l->a, "%s is in %s in %s, when that room %s be used", track,
			room_name(l, c), session_name(l, c), verb);
	if (c->kind == TIMETABLE_ROOMS_PER_TRACK)
		return arena_printf(l->a, "%s has more than one room: %s", track,
			rooms_of_track(l, c->track));
	if (c->kind == TIMETABLE_PARALLEL_TRACKS)
		return arena_printf(
			l->a, "%s runs beside itself in %s", track, session_name(l, c));
	return arena_printf(l->a, "The sessions of %s do not follow one another", track);
}

static const char *tracks_sentence(const struct list *l, const struct timetable_clash *c)
{
	const char *one = track_name(l, c->track), *other = track_name(l, c->other_track);

	if (c->kind == TIMETABLE_CHAIR)
		return arena_printf(l->a, "%s and %s are both in %s and share a chair", one, other,
			session_name(l, c));
	return arena_printf(
		l->a, "%s and %s are alike and both in %s", one, other, session_name(l, c));
}

static const char *submission_sentence(const struct list *l, const struct timetable_clash *c)
{
	const char *id = id_of(l, c->submission), *session = session_name(l, c);
	const char *verb = c->is_forbidden ? "cannot" : "should not";

	if (c->kind == TIMETABLE_SUBMISSION_SESSION)
		return arena_printf(l->a, "%s is in %s, where it %s be", id, session, verb);
	if (c->kind == TIMETABLE_SUBMISSION_ROOM)
		return arena_printf(l->a, "%s is in %s in %s, where it %s be", id, room_name(l, c),
			session, verb);
	if (c->kind == TIMETABLE_TIMEZONE)
		return arena_printf(l->a, "%s is in %s, %s hour for those who give it", id, session,
			c->is_forbidden ? "an impossible" : "a bad");
	return arena_printf(l->a, "%s is not number %u of %s", id,
		l->p->submissions[c->submission].order, track_name(l, c->track));
}

static const char *pair_sentence(const struct list *l, const struct timetable_clash *c)
{
	const char *one = id_of(l, c->submission), *other = id_of(l, c->other_submission);
	const char *session = session_name(l, c);

	if (c->kind == TIMETABLE_ORDER)
		return arena_printf(l->a,
			"%s and %s of %s should follow one another and run at the same time in %s",
			one, other, track_name(l, c->track), session);
	bool is_slot = c->kind == TIMETABLE_PRESENTER_SLOT || c->kind == TIMETABLE_ATTENDEE_SLOT;
	bool is_presenter =
		c->kind == TIMETABLE_PRESENTER_SESSION || c->kind == TIMETABLE_PRESENTER_SLOT;
	return arena_printf(l->a, "%s and %s %s %s%s and %s", one, other,
		is_slot ? "run at the same time in" : "are both in", session,
		is_slot ? "" : ", in different rooms,",
		is_presenter ? "need the same person to present or to chair"
			     : "somebody wants to be at both");
}

static const char *sentence(const struct list *l, const struct timetable_clash *c)
{
	if (c->other_submission != TIMETABLE_NONE)
		return pair_sentence(l, c);
	if (c->submission != TIMETABLE_NONE)
		return submission_sentence(l, c);
	return c->other_track != TIMETABLE_NONE ? tracks_sentence(l, c) : track_sentence(l, c);
}

/* ---- people ---- */

static uint32_t shared_chair(const struct timetable_problem *p, uint32_t one, uint32_t other)
{
	for (uint32_t i = 0; i < p->tracks[one].n_chairs; i++)
		for (uint32_t k = 0; k < p->tracks[other].n_chairs; k++)
			if (p->tracks[one].chairs[i] == p->tracks[other].chairs[k])
				return p->tracks[one].chairs[i];
	return TIMETABLE_NONE;
}

static uint32_t person_of(const struct timetable_problem *p, const struct timetable_clash *c)
{
	if (c->kind == TIMETABLE_CHAIR)
		return shared_chair(p, c->track, c->other_track);
	bool is_presenter =
		c->kind == TIMETABLE_PRESENTER_SESSION || c->kind == TIMETABLE_PRESENTER_SLOT;
	bool is_attendee =
		c->kind == TIMETABLE_ATTENDEE_SESSION || c->kind == TIMETABLE_ATTENDEE_SLOT;
	if (!is_presenter && !is_attendee)
		return TIMETABLE_NONE;
	return timetable_conflict_person(p, c->submission, c->other_submission, is_presenter);
}

/* ---- the list ---- */

static void add_clash(void *arg, const struct timetable_item *item)
{
	struct list *l = arg;

	if (!item->clash.cost && !item->clash.is_forbidden)
		return;
	if (l->n == l->cap) {
		l->cap = l->cap ? 2 * l->cap : 64;
		l->items = heap_resize(l->items, l->cap * sizeof *l->items);
	}
	l->items[l->n] = item->clash;
	/* Until they are sorted, their place in the walk stands where the person will. */
	l->items[l->n].person = (uint32_t)l->n;
	l->n++;
}

static int compare(const void *x, const void *y)
{
	const struct timetable_clash *a = x, *b = y;

	if (a->is_forbidden != b->is_forbidden)
		return a->is_forbidden ? -1 : 1;
	if (a->cost != b->cost)
		return a->cost > b->cost ? -1 : 1;
	return (a->person > b->person) - (a->person < b->person);
}

size_t timetable_clashes(struct arena *a, const struct timetable_problem *p,
	const struct timetable *t, struct timetable_clash **out)
{
	struct arena *scratch = arena_new();
	struct timetable_counter counter = timetable_counter_of(scratch, p);
	struct list l = {.a = a, .p = p, .t = t};

	timetable_count(&counter, t, add_clash, &l);
	arena_free(scratch);
	if (l.n)
		qsort(l.items, l.n, sizeof *l.items, compare);
	*out = ARENA_ARRAY(a, l.n, struct timetable_clash);
	for (size_t i = 0; i < l.n; i++) {
		(*out)[i] = l.items[i];
		(*out)[i].person = person_of(p, &l.items[i]);
		(*out)[i].why = sentence(&l, &l.items[i]);
	}
	heap_free(l.items);
	return l.n;
}
