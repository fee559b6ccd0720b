/* What cannot be: the rules of a programme over plain rows, with no store in sight. */
#include "base/clock.h"
#include "domain/programme.h"

static int64_t midnight(const struct zone *zone, const char *date_on, int days_after)
{
	struct civil day;
	int64_t at_ms;

	if (!civil_parse_date(str_from(date_on), &day))
		return 0;
	civil_from_days(civil_to_days(day.year, day.month, day.day) + days_after, &day.year,
		&day.month, &day.day);
	day.hour = day.minute = day.second = 0;
	zone_instant(zone, &day, &at_ms);
	return at_ms;
}

struct programme_days programme_days_of(const struct event *event)
{
	return (struct programme_days){
		.from_ms = midnight(event->zone, event->row.starts_on, 0),
		.to_ms = midnight(event->zone, event->row.ends_on, 1),
		.zone = event->zone,
		.first_on = event->row.starts_on,
		.last_on = event->row.ends_on,
	};
}

struct checking {
	struct arena *a;
	const struct programme_days *days;
	struct clash *list;
	size_t n, cap;
};

static void tell(struct checking *c, enum clash_kind kind, const struct programme_session *s,
	const struct programme_session *other, const char *reason)
{
	if (c->n == c->cap) {
		struct clash *more = ARENA_ARRAY(c->a, c->cap * 2 + 8, struct clash);
		for (size_t i = 0; i < c->n; i++)
			more[i] = c->list[i];
		c->list = more;
		c->cap = c->cap * 2 + 8;
	}
	c->list[c->n++] =
		(struct clash){.kind = kind, .session = s, .other = other, .reason = reason};
}

/* "2027-09-08, 09:00 to 10:15" */
static const char *when(const struct checking *c, const struct programme_session *s)
{
	struct civil from = zone_civil(c->days->zone, s->starts_at);
	struct civil to = zone_civil(c->days->zone, s->ends_at);

	return arena_printf(c->a, "%s, %02d:%02d to %02d:%02d", civil_date(c->a, &from), from.hour,
		from.minute, to.hour, to.minute);
}

static bool overlap(const struct programme_session *x, const struct programme_session *y)
{
	return x->starts_at && y->starts_at && x->starts_at < y->ends_at &&
	       y->starts_at < x->ends_at;
}

/* ---- persons ---- */

static const char *name_in_items(const struct programme_session *s, int64_t person_id)
{
	for (size_t i = 0; i < s->n_items; i++)
		for (size_t k = 0; s->items[i].is_fit && k < s->items[i].n_authors; k++)
			if (s->items[i].authors[k].is_presenting &&
				s->items[i].authors[k].person_id == person_id)
				return s->items[i].authors[k].name;
	return NULL;
}

/* The person's name when they have a part in the session, else NULL. */
static const char *name_in(const struct programme_session *s, int64_t person_id)
{
	if (!person_id)
		return NULL;
	for (size_t i = 0; i < s->n_people; i++)
		if (s->people[i].id == person_id)
			return s->people[i].name;
	return name_in_items(s, person_id);
}

/* Somebody with a part in both; NULL when there is nobody. */
static const char *shared_name(const struct programme_session *x, const struct programme_session *y)
{
	for (size_t i = 0; i < x->n_people; i++)
		if (name_in(y, x->people[i].id))
			return x->people[i].name;
	for (size_t i = 0; i < x->n_items; i++)
		for (size_t k = 0; x->items[i].is_fit && k < x->items[i].n_authors; k++) {
			const struct programme_author *author = &x->items[i].authors[k];
			if (author->is_presenting && name_in(y, author->person_id))
				return author->name;
		}
	return NULL;
}

/* ---- rules ---- */

static void check_days(struct checking *c, const struct programme_session *s)
{
	if (s->starts_at && (s->starts_at < c->days->from_ms || s->ends_at > c->days->to_ms))
		tell(c, CLASH_DAYS, s, NULL,
			arena_printf(c->a, "“%s” is outside the event, which runs from %s to %s",
				s->title, c->days->first_on, c->days->last_on));
}

static void check_minutes(struct checking *c, const struct programme_session *s)
{
	int64_t needed = 0, there = (s->ends_at - s->starts_at) / MINUTE_MS;

	if (!s->starts_at || text_equal(s->kind, "poster"))
		return;
	for (size_t i = 0; i < s->n_items; i++)
		needed += s->items[i].is_fit ? s->items[i].minutes : 0;
	if (needed > there)
		tell(c, CLASH_MINUTES, s, NULL,
			arena_printf(c->a,
				"The presentations of “%s” need %lld minutes, the session has %lld",
				s->title, (long long)needed, (long long)there));
}

static void check_pair(struct checking *c, const struct programme_session *s,
	const struct programme_session *other)
{
	const char *name;

	if (!overlap(s, other))
		return;
	if (s->room_id && s->room_id == other->room_id)
		tell(c, CLASH_ROOM, s, other,
			arena_printf(c->a, "%s is taken by “%s” (%s)", s->room_name, other->title,
				when(c, other)));
	name = shared_name(s, other);
	if (name)
		tell(c, CLASH_PERSON, s, other,
			arena_printf(c->a, "%s cannot be in “%s” and in “%s” (%s) at the same time",
				name, s->title, other->title, when(c, other)));
}

size_t programme_clashes(struct arena *a, const struct programme *p,
	const struct programme_days *days, int64_t session_id, struct clash **out)
{
	struct checking c = {.a = a, .days = days};

	for (size_t i = 0; i < p->n_sessions; i++) {
		const struct programme_session *s = &p->sessions[i];
		if (session_id && s->id != session_id)
			continue;
		check_days(&c, s);
		check_minutes(&c, s);
		for (size_t k = session_id ? 0 : i + 1; k < p->n_sessions; k++)
			if (k != i)
				check_pair(&c, s, &p->sessions[k]);
	}
	*out = c.list;
	return c.n;
}
