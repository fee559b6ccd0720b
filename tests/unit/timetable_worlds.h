/* Small random problems, and all their timetables: what solvers are held against. */
#ifndef TESTS_UNIT_TIMETABLE_WORLDS_H
#define TESTS_UNIT_TIMETABLE_WORLDS_H

#include "timetable_fixture.h"
#include "optimise/rng.h"

enum { MAX_N = 5 };

/* present is filled by who needs it. */
struct world {
	struct timetable_problem p;
	struct timetable present;
	struct rng rng;
};

static inline uint32_t some(struct world *w, uint32_t from, uint32_t to)
{
	return from + rng_below(&w->rng, to - from + 1);
}

static inline struct timetable_dislike *dislikes(struct world *w, uint32_t n, uint32_t n_a)
{
	struct timetable_dislike *list = ARENA_ARRAY(arena, n, struct timetable_dislike);

	for (uint32_t i = 0; i < n; i++)
		list[i] = (struct timetable_dislike){
			.a = n_a ? i % n_a : 0, .b = n_a ? i / n_a : i, .penalty = some(w, 0, 9)};
	return list;
}

static inline void make_submission(struct world *w, struct timetable_submission *s, uint32_t i)
{
	uint32_t *presenter = ARENA_NEW(arena, uint32_t);

	*presenter = some(w, 0, 3);
	s->id = arena_printf(arena, "P%u", i);
	s->track = some(w, 0, w->p.n_tracks - 1);
	s->n_slots = rng_below(&w->rng, 4) ? 1 : 2;
	s->order = some(w, 0, 2);
	s->presenters = presenter;
	s->n_presenters = 1;
	s->session = dislikes(w, w->p.n_sessions, 0);
	s->n_session = w->p.n_sessions;
}

static inline void make_problem(struct world *w)
{
	struct timetable_problem *p = &w->p;

	*p = (struct timetable_problem){.name = "world", .n_sessions = some(w, 2, 3), .n_rooms = 2,
		.n_tracks = some(w, 1, 3), .n_submissions = some(w, 3, MAX_N), .n_people = 4};
	for (int k = 0; k < TIMETABLE_N_PENALTIES; k++)
		p->weights[k] = rng_below(&w->rng, 2) ? some(w, 1, 20) : 0;
	p->sessions = ARENA_ARRAY(arena, p->n_sessions, struct timetable_session);
	for (uint32_t s = 0; s < p->n_sessions; s++)
		p->sessions[s] = (struct timetable_session){
			.name = "S", .date = "2027-06-01", .n_slots = some(w, 1, 3)};
	p->rooms = ARENA_ARRAY(arena, p->n_rooms, const char *);
	p->rooms[0] = p->rooms[1] = "R";
	p->tracks = ARENA_ARRAY(arena, p->n_tracks, struct timetable_track);
	for (uint32_t t = 0; t < p->n_tracks; t++)
		p->tracks[t].name = "T";
	p->submissions = ARENA_ARRAY(arena, p->n_submissions, struct timetable_submission);
	for (uint32_t i = 0; i < p->n_submissions; i++)
		make_submission(w, &p->submissions[i], i);
	p->track_session = dislikes(w, p->n_tracks * p->n_sessions, p->n_tracks);
	p->n_track_session = p->n_tracks * p->n_sessions;
}

/* The grid that follows from the places; false when a cell would hold two tracks. */
static inline bool label(const struct timetable_problem *p, struct timetable *t)
{
	for (uint32_t c = 0; c < p->n_sessions * p->n_rooms; c++)
		t->track[c] = TIMETABLE_NONE;
	for (uint32_t i = 0; i < p->n_submissions; i++) {
		uint32_t *cell = &t->track[t->places[i].session * p->n_rooms + t->places[i].room];
		if (*cell != TIMETABLE_NONE && *cell != p->submissions[i].track)
			return false;
		*cell = p->submissions[i].track;
	}
	return true;
}

/* Calls judge with every timetable in which nothing is beside its session and no slot taken twice. */
struct all {
	const struct timetable_problem *p;
	struct timetable t;
	void (*judge)(struct all *all);
	void *arg;
};

static inline void try_from(struct all *all, uint32_t i)
{
	const struct timetable_problem *p = all->p;
	struct timetable_place at;

	if (i == p->n_submissions) {
		if (label(p, &all->t))
			all->judge(all);
		return;
	}
	for (at.session = 0; at.session < p->n_sessions; at.session++)
		for (at.room = 0; at.room < p->n_rooms; at.room++)
			for (at.slot = 0; at.slot + p->submissions[i].n_slots <=
					p->sessions[at.session].n_slots; at.slot++) {
				bool is_free = true;
				for (uint32_t k = 0; k < i && is_free; k++) {
					const struct timetable_place *o = &all->t.places[k];
					is_free = o->session != at.session || o->room != at.room ||
						(p->submissions[k].track == p->submissions[i].track &&
							(o->slot + p->submissions[k].n_slots <= at.slot ||
								at.slot + p->submissions[i].n_slots <=
									o->slot));
				}
				all->t.places[i] = at;
				if (is_free)
					try_from(all, i + 1);
			}
}

static inline void try_all(
	const struct timetable_problem *p, void (*judge)(struct all *all), void *arg)
{
	struct all all = {.p = p, .judge = judge, .arg = arg,
		.t = {.track = ARENA_ARRAY(arena, p->n_sessions * p->n_rooms, uint32_t),
			.places = ARENA_ARRAY(arena, p->n_submissions, struct timetable_place)}};

	try_from(&all, 0);
}

#endif
