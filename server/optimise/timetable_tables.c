#include "optimise/timetable_tables.h"

#include "optimise/timetable_conflicts.h"

_Static_assert(TIMETABLE_MAX_SUBMISSIONS <= UINT16_MAX, "a list holds sixteen bits an item");

static struct timetable_price price_of(int64_t penalty, int64_t weight, int64_t times)
{
	return (struct timetable_price){penalty * weight * times, penalty >= TIMETABLE_IMPOSSIBLE};
}

static struct timetable_price *prices_of(struct arena *a, const struct timetable_dislike *list,
	size_t n, size_t n_rows, size_t n_columns, int64_t weight)
{
	struct timetable_price *out = ARENA_ARRAY(a, n_rows * n_columns, struct timetable_price);

	for (size_t i = 0; i < n; i++)
		out[list[i].a * n_columns + list[i].b] = price_of(list[i].penalty, weight, 1);
	return out;
}

static void add_penalties(struct arena *a, struct timetable_tables *t)
{
	const struct timetable_problem *p = t->p;
	const int64_t *w = p->weights;

	t->track_session = prices_of(a, p->track_session, p->n_track_session, p->n_tracks,
		p->n_sessions, w[TIMETABLE_TRACK_SESSION]);
	t->track_room = prices_of(a, p->track_room, p->n_track_room, p->n_tracks, p->n_rooms,
		w[TIMETABLE_TRACK_ROOM]);
	t->session_room = prices_of(a, p->session_room, p->n_session_room, p->n_sessions,
		p->n_rooms, w[TIMETABLE_SESSION_ROOM]);
}

/* Penalties of a submission count once for each of its slots. */
static void add_dislikes(struct timetable_price *row, const struct timetable_dislike *list,
	uint32_t n, int64_t weight, uint32_t n_slots)
{
	for (uint32_t k = 0; k < n; k++) {
		struct timetable_price price = price_of(list[k].penalty, weight, n_slots);
		timetable_price_add(&row[list[k].b], &price, 1);
	}
}

static void add_submission_sessions(struct arena *a, struct timetable_tables *t)
{
	const struct timetable_problem *p = t->p;
	const int64_t *w = p->weights;

	t->submission_session =
		ARENA_ARRAY(a, (size_t)p->n_submissions * p->n_sessions, struct timetable_price);
	for (uint32_t i = 0; i < p->n_submissions; i++) {
		const struct timetable_submission *s = &p->submissions[i];
		struct timetable_price *row = t->submission_session + (size_t)i * p->n_sessions;
		add_dislikes(
			row, s->session, s->n_session, w[TIMETABLE_SUBMISSION_SESSION], s->n_slots);
		add_dislikes(row, s->timezone, s->n_timezone, w[TIMETABLE_TIMEZONE], s->n_slots);
		t->has_order = t->has_order || (s->order > 0 && w[TIMETABLE_ORDER] != 0);
	}
}

static void add_submission_rooms(struct arena *a, struct timetable_tables *t)
{
	const struct timetable_problem *p = t->p;
	bool any = false;

	for (uint32_t i = 0; i < p->n_submissions; i++)
		any = any || p->submissions[i].n_room > 0;
	if (!any)
		return;
	t->submission_room =
		ARENA_ARRAY(a, (size_t)p->n_submissions * p->n_rooms, struct timetable_price);
	for (uint32_t i = 0; i < p->n_submissions; i++) {
		const struct timetable_submission *s = &p->submissions[i];
		add_dislikes(t->submission_room + (size_t)i * p->n_rooms, s->room, s->n_room,
			p->weights[TIMETABLE_SUBMISSION_ROOM], s->n_slots);
	}
}

static void add_members(struct arena *a, struct timetable_tables *t)
{
	const struct timetable_problem *p = t->p;
	uint32_t *start = ARENA_ARRAY(a, (size_t)p->n_tracks + 2, uint32_t);

	t->need = ARENA_ARRAY(a, p->n_tracks, uint32_t);
	t->members.items = ARENA_ARRAY(a, p->n_submissions, uint16_t);
	for (uint32_t i = 0; i < p->n_submissions; i++) {
		start[p->submissions[i].track + 2]++;
		t->need[p->submissions[i].track] += p->submissions[i].n_slots;
	}
	for (uint32_t k = 0; k < p->n_tracks; k++)
		start[k + 2] += start[k + 1];
	for (uint32_t i = 0; i < p->n_submissions; i++)
		t->members.items[start[p->submissions[i].track + 1]++] = (uint16_t)i;
	t->members.start = start;
}

static struct timetable_lists lists_of(
	struct arena *a, const struct timetable_conflicts *c, const uint64_t *table, uint32_t n)
{
	struct timetable_lists out = {.start = ARENA_ARRAY(a, (size_t)n + 1, uint32_t)};

	for (size_t i = 0; i < n; i++) {
		out.start[i + 1] = out.start[i];
		for (uint32_t w = 0; w < c->n_words; w++)
			out.start[i + 1] +=
				(uint32_t)__builtin_popcountll(table[i * c->n_words + w]);
	}
	out.items = ARENA_ARRAY(a, out.start[n], uint16_t);
	for (size_t i = 0, k = 0; i < n; i++)
		for (uint32_t w = 0; w < c->n_words; w++)
			for (uint64_t row = table[i * c->n_words + w]; row; row &= row - 1)
				out.items[k++] =
					(uint16_t)(w * 64 + (uint32_t)__builtin_ctzll(row));
	return out;
}

static void add_conflicts(struct arena *a, struct timetable_tables *t)
{
	const int64_t *w = t->p->weights;
	struct arena *scratch = arena_new();
	struct timetable_conflicts c = timetable_conflicts_of(scratch, t->p);

	if (t->is_strict || w[TIMETABLE_PRESENTER_SESSION] || w[TIMETABLE_PRESENTER_SLOT])
		t->presenter = lists_of(a, &c, c.presenter, t->p->n_submissions);
	if (w[TIMETABLE_ATTENDEE_SESSION] || w[TIMETABLE_ATTENDEE_SLOT])
		t->attendee = lists_of(a, &c, c.attendee, t->p->n_submissions);
	arena_free(scratch);
	t->is_clash_by_slot = w[TIMETABLE_PRESENTER_SESSION] == 0;
	t->has_slots = w[TIMETABLE_PRESENTER_SLOT] || w[TIMETABLE_ATTENDEE_SLOT] ||
		       (t->is_strict && t->is_clash_by_slot);
}

static bool shares_chair(const struct timetable_track *one, const struct timetable_track *other)
{
	for (uint32_t i = 0; i < one->n_chairs; i++)
		for (uint32_t k = 0; k < other->n_chairs; k++)
			if (one->chairs[i] == other->chairs[k])
				return true;
	return false;
}

static bool is_rival(const struct timetable_price *price, size_t one, size_t other)
{
	return one != other && (price->cost != 0 || price->n_breaches != 0);
}

static void add_rivals(struct arena *a, struct timetable_tables *t)
{
	const struct timetable_problem *p = t->p;
	size_t n = p->n_tracks;
	struct arena *scratch = arena_new();
	struct timetable_price *price = prices_of(scratch, p->similar_tracks, p->n_similar_tracks,
		n, n, p->weights[TIMETABLE_SIMILAR_TRACKS]);
	uint32_t n_rivals = 0, k = 0;

	for (size_t i = 0; i < p->n_similar_tracks; i++) {
		const struct timetable_dislike *d = &p->similar_tracks[i];
		price[d->b * n + d->a] = price[d->a * n + d->b];
	}
	for (size_t i = 0; i < n * n; i++) {
		if (shares_chair(&p->tracks[i / n], &p->tracks[i % n]))
			price[i].cost += p->weights[TIMETABLE_CHAIR];
		n_rivals += is_rival(&price[i], i / n, i % n);
	}
	t->rivals = ARENA_ARRAY(a, n_rivals, struct timetable_rival);
	t->rival_start = ARENA_ARRAY(a, n + 1, uint32_t);
	for (size_t i = 0; i < n * n; i++) {
		if (is_rival(&price[i], i / n, i % n))
			t->rivals[k++] = (struct timetable_rival){(uint32_t)(i % n), price[i]};
		t->rival_start[i / n + 1] = k;
	}
	arena_free(scratch);
}

struct timetable_tables *timetable_tables_of(
	struct arena *a, const struct timetable_problem *p, bool is_strict)
{
	struct timetable_tables *t = ARENA_NEW(a, struct timetable_tables);

	t->p = p;
	t->is_strict = is_strict;
	t->n_cells = p->n_sessions * p->n_rooms;
	for (uint32_t s = 0; s < p->n_sessions; s++)
		if (p->sessions[s].n_slots > t->n_slots)
			t->n_slots = p->sessions[s].n_slots;
	add_penalties(a, t);
	add_submission_sessions(a, t);
	add_submission_rooms(a, t);
	add_members(a, t);
	add_conflicts(a, t);
	add_rivals(a, t);
	return t;
}
