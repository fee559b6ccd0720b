/* Re-planning: the fewest moves, no new forbidden clash, and what is fixed stays. */
#include <stdlib.h>
#include "timetable_fixture.h"
#include "optimise/rng.h"

/* ---- small worlds, held against all there are ---- */

enum { MAX_N = 5, WORLDS = 300 };

struct world {
	struct timetable_problem p;
	struct timetable present;
	struct rng rng;
};

static uint32_t some(struct world *w, uint32_t from, uint32_t to)
{
	return from + rng_below(&w->rng, to - from + 1);
}

static struct timetable_dislike *dislikes(struct world *w, uint32_t n, uint32_t n_a)
{
	struct timetable_dislike *list = ARENA_ARRAY(arena, n, struct timetable_dislike);

	for (uint32_t i = 0; i < n; i++)
		list[i] = (struct timetable_dislike){
			.a = n_a ? i % n_a : 0, .b = n_a ? i / n_a : i, .penalty = some(w, 0, 9)};
	return list;
}

static void make_submission(struct world *w, struct timetable_submission *s, uint32_t i)
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

static void make_problem(struct world *w)
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
static bool label(const struct timetable_problem *p, struct timetable *t)
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

struct all {
	const struct timetable_problem *p;
	const struct timetable *present;
	struct timetable t;
	bool is_found;
	uint32_t n_moved;
	int64_t value;
};

static void judge(struct all *all)
{
	struct timetable_solution s;
	struct err err = err_in(arena);
	uint32_t n_moved = 0;

	if (!label(all->p, &all->t))
		return;
	for (uint32_t i = 0; i < all->p->n_submissions; i++)
		n_moved += memcmp(&all->t.places[i], &all->present->places[i],
			sizeof *all->t.places) != 0;
	if (all->is_found && n_moved > all->n_moved)
		return;
	if (timetable_value(arena, all->p, &all->t, &s, &err) != OK || s.n_forbidden)
		return;
	if (all->is_found && n_moved == all->n_moved && s.value >= all->value)
		return;
	all->is_found = true;
	all->n_moved = n_moved;
	all->value = s.value;
}

static void try_all(struct all *all, uint32_t i)
{
	const struct timetable_problem *p = all->p;
	struct timetable_place at;

	if (i == p->n_submissions) {
		judge(all);
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
					try_all(all, i + 1);
			}
}

/* Somebody is away, a cell is shut, a talk grows, or somebody presents one more. */
static void change(struct world *w)
{
	struct timetable_problem *p = &w->p;
	uint32_t i = rng_below(&w->rng, p->n_submissions);
	struct timetable_submission *s = &p->submissions[i];
	struct timetable_dislike *list = ARENA_ARRAY(arena, p->n_sessions, struct timetable_dislike);
	bool *shut = ARENA_ARRAY(arena, p->n_sessions * p->n_rooms, bool);

	switch (rng_below(&w->rng, 5)) {
	case 0:
		shut[w->present.places[i].session * p->n_rooms + w->present.places[i].room] = true;
		p->is_shut = shut;
		return;
	case 1:
		s->n_slots++;
		return;
	case 2:
		s->presenters = p->submissions[0].presenters;
		return;
	case 3:
		s->track = rng_below(&w->rng, p->n_tracks);
		return;
	default:
		memcpy(list, s->session, p->n_sessions * sizeof *list);
		list[w->present.places[i].session].penalty = TIMETABLE_IMPOSSIBLE;
		s->session = list;
	}
}

/* A problem with a timetable that has no forbidden clash; then something changes. */
static bool make_world(struct world *w, uint64_t seed)
{
	rng_seed(&w->rng, seed);
	make_problem(w);
	const struct timetable_problem *p = &w->p;
	w->present = (struct timetable){
		.track = ARENA_ARRAY(arena, p->n_sessions * p->n_rooms, uint32_t),
		.places = ARENA_ARRAY(arena, p->n_submissions, struct timetable_place)};
	for (int attempt = 0; attempt < 300; attempt++) {
		struct timetable_solution s;
		struct err err = err_in(arena);
		for (uint32_t i = 0; i < p->n_submissions; i++) {
			struct timetable_place *at = &w->present.places[i];
			at->session = rng_below(&w->rng, p->n_sessions);
			at->room = rng_below(&w->rng, p->n_rooms);
			at->slot = rng_below(&w->rng, p->sessions[at->session].n_slots);
		}
		if (label(p, &w->present) &&
			timetable_value(arena, p, &w->present, &s, &err) == OK && !s.n_forbidden) {
			change(w);
			return true;
		}
	}
	return false;
}

static void small_worlds_are_mended_with_the_fewest_moves_and_the_lowest_value(void **state)
{
	(void)state;
	uint32_t n_mended = 0, n_moves[MAX_N + 1] = {0};

	for (uint64_t seed = 1; n_mended < WORLDS; seed++) {
		struct world w;
		arena_reset(arena);
		if (!make_world(&w, seed))
			continue;
		struct all all = {.p = &w.p, .present = &w.present,
			.t = {.track = ARENA_ARRAY(arena, w.p.n_sessions * w.p.n_rooms, uint32_t),
				.places = ARENA_ARRAY(
					arena, w.p.n_submissions, struct timetable_place)}};
		try_all(&all, 0);
		struct timetable_solution s;
		struct err err = err_in(arena);
		enum rc rc = timetable_replan(arena, &w.p, &w.present, NULL, &s, &err);
		if (!all.is_found) {
			assert_true(rc == CONFLICT || (rc == OK && s.n_forbidden > 0));
			continue;
		}
		assert_int_equal(rc, OK);
		if (s.n_moved != all.n_moved || s.value != all.value || s.n_forbidden)
			fail_msg("seed %d: %u moves for %u, %lld for %lld, %u forbidden", (int)seed,
				s.n_moved, all.n_moved, (long long)s.value, (long long)all.value,
				s.n_forbidden);
		assert_int_equal(value_of(&w.p, &s.timetable).value, s.value);
		n_mended++;
		n_moves[s.n_moved]++;
	}
	/* The worlds are such that there was something to do. */
	for (int n = 0; n < 4; n++)
		assert_true(n_moves[n] > 2);
}

/* ---- real timetables ---- */

enum { SPEAKERS = 20 };

/* The speaker of a submission can no longer come to the session where it is. */
static struct timetable_problem without(
	const struct timetable_problem *p, const struct timetable *t, uint32_t submission)
{
	struct timetable_problem changed = *p;
	struct timetable_submission *s;
	size_t n = p->n_submissions;

	changed.submissions = ARENA_ARRAY(arena, n, struct timetable_submission);
	memcpy(changed.submissions, p->submissions, n * sizeof *p->submissions);
	s = &changed.submissions[submission];
	struct timetable_dislike *list = ARENA_ARRAY(arena, s->n_session + 1, struct timetable_dislike);
	uint32_t k = 0;
	for (uint32_t i = 0; i < s->n_session; i++)
		if (s->session[i].b != t->places[submission].session)
			list[k++] = s->session[i];
	list[k++] = (struct timetable_dislike){
		.b = t->places[submission].session, .penalty = TIMETABLE_IMPOSSIBLE};
	s->session = list;
	s->n_session = k;
	return changed;
}

static uint32_t n_moves(const struct timetable_problem *p, const struct timetable *x,
	const struct timetable *y)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < p->n_submissions; i++)
		n += memcmp(&x->places[i], &y->places[i], sizeof *x->places) != 0;
	return n;
}

static void replan_speakers(const char *instance, const char *timetable)
{
	struct timetable_problem p = problem_of(instance);
	struct timetable present = published(timetable, &p);
	struct rng rng;

	rng_seed(&rng, 7);
	for (int i = 0; i < SPEAKERS; i++) {
		uint32_t who = rng_below(&rng, p.n_submissions);
		struct timetable_problem changed = without(&p, &present, who);
		struct timetable_solution s;
		struct err err = err_in(arena);
		assert_int_equal(value_of(&changed, &present).n_forbidden, 1);
		if (timetable_replan(arena, &changed, &present, NULL, &s, &err) != OK)
			fail_msg("%s", err.message);
		struct timetable_solution again = value_of(&changed, &s.timetable);
		assert_int_equal(again.value, s.value);
		assert_int_equal(again.n_forbidden, 0);
		assert_int_equal(s.n_moved, n_moves(&p, &present, &s.timetable));
		assert_true(s.timetable.places[who].session != present.places[who].session);
		if (s.n_moved > 5)
			fail_msg("%s %s: %u moved", instance, p.submissions[who].id, s.n_moved);
		if (getenv("VERBOSE"))
			print_message("%s %u: %u moved, value %lld\n", instance, who, s.n_moved, (long long)s.value);
	}
}

static void a_speaker_who_cannot_come_moves_at_most_five(void **state)
{
	(void)state;
	replan_speakers("OR60F", "OR60F.published-extended");
	replan_speakers("GECCO21", "GECCO21.published-extended");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			small_worlds_are_mended_with_the_fewest_moves_and_the_lowest_value, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			a_speaker_who_cannot_come_moves_at_most_five, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
