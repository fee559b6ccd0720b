/* Another room for sessions whose room is gone: their works stay together and keep their time. */
#include "planning/timetable_answer.h"

static bool is_shut(
	const struct timetable_question *q, int64_t room_id, const struct programme_session *s)
{
	for (size_t i = 0; i < q->n_shut; i++)
		if (q->shut[i].room_id == room_id && s->starts_at < q->shut[i].to_ms &&
			q->shut[i].from_ms < s->ends_at)
			return true;
	return false;
}

static bool is_taken(const struct programme *p, int64_t room_id, const struct programme_session *s)
{
	for (size_t i = 0; i < p->n_sessions; i++) {
		const struct programme_session *other = &p->sessions[i];
		if (other != s && other->room_id == room_id && other->starts_at &&
			other->starts_at < s->ends_at && s->starts_at < other->ends_at)
			return true;
	}
	return false;
}

/* Enough seats before too few; among enough the fewest, among too few the most. */
static bool suits_better(
	const struct programme_room *x, const struct programme_room *y, int64_t n_seats)
{
	bool x_enough = x->capacity >= n_seats, y_enough = y->capacity >= n_seats;

	if (x_enough != y_enough)
		return x_enough;
	return x_enough ? x->capacity < y->capacity : x->capacity > y->capacity;
}

static const struct programme_room *room_by_id(const struct programme *p, int64_t id)
{
	for (size_t i = 0; i < p->n_rooms; i++)
		if (p->rooms[i].id == id)
			return &p->rooms[i];
	return NULL;
}

static const struct programme_room *other_room(
	const struct timetable_question *q, const struct programme_session *s)
{
	const struct programme *p = &q->programme;
	const struct programme_room *own = room_by_id(p, s->room_id), *best = NULL;

	for (size_t i = 0; i < p->n_rooms; i++) {
		const struct programme_room *room = &p->rooms[i];
		if (is_shut(q, room->id, s) || is_taken(p, room->id, s))
			continue;
		if (!best || suits_better(room, best, own ? own->capacity : 0))
			best = room;
	}
	return best;
}

static const char *why_of(
	struct arena *a, const struct programme_room *from, const struct programme_room *to)
{
	if (to->capacity < from->capacity)
		return arena_printf(a,
			"%s is shut; %s is the largest that is free, with %lld seats in place of "
			"%lld",
			from->name, to->name, (long long)to->capacity, (long long)from->capacity);
	return arena_printf(a, "%s is shut, and %s is free", from->name, to->name);
}

size_t timetable_rooms_move(
	struct arena *a, struct timetable_question *q, struct timetable_room_move **out)
{
	struct programme *p = &q->programme;
	size_t n = 0;

	*out = ARENA_ARRAY(a, p->n_sessions, struct timetable_room_move);
	for (size_t i = 0; i < p->n_sessions; i++) {
		struct programme_session *s = &p->sessions[i];
		const struct programme_room *from = room_by_id(p, s->room_id), *to;
		if (!s->starts_at || !from || !is_shut(q, s->room_id, s))
			continue;
		to = other_room(q, s);
		if (!to)
			continue;
		(*out)[n++] = (struct timetable_room_move){s, from, to, why_of(a, from, to)};
		s->room_id = to->id;
		s->room_code = to->code;
		s->room_name = to->name;
	}
	return n;
}
