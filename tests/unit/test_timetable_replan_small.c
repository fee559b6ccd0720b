/* Re-planning small made-up timetables, held against all there are: the fewest moves, the lowest value. */
#include "timetable_worlds.h"

enum { WORLDS = 300 };

struct best {
	const struct timetable *present;
	bool is_found;
	uint32_t n_moved;
	int64_t value;
};

static void judge(struct all *all)
{
	struct best *best = all->arg;
	struct timetable_solution s;
	struct err err = err_in(arena);
	uint32_t n_moved = 0;

	for (uint32_t i = 0; i < all->p->n_submissions; i++)
		n_moved += memcmp(&all->t.places[i], &best->present->places[i],
			sizeof *all->t.places) != 0;
	if (best->is_found && n_moved > best->n_moved)
		return;
	if (timetable_value(arena, all->p, &all->t, &s, &err) != OK || s.n_forbidden)
		return;
	if (best->is_found && n_moved == best->n_moved && s.value >= best->value)
		return;
	*best = (struct best){best->present, true, n_moved, s.value};
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
		struct best best = {.present = &w.present};
		try_all(&w.p, judge, &best);
		struct timetable_solution s;
		struct err err = err_in(arena);
		enum rc rc = timetable_replan(arena, &w.p, &w.present, NULL, &s, &err);
		if (!best.is_found) {
			assert_true(rc == CONFLICT || (rc == OK && s.n_forbidden > 0));
			continue;
		}
		assert_int_equal(rc, OK);
		if (s.n_moved != best.n_moved || s.value != best.value || s.n_forbidden)
			fail_msg("seed %d: %u moves for %u, %lld for %lld, %u forbidden", (int)seed,
				s.n_moved, best.n_moved, (long long)s.value, (long long)best.value,
				s.n_forbidden);
		assert_int_equal(s.n_moved_bound, s.n_moved);
		assert_int_equal(value_of(&w.p, &s.timetable).value, s.value);
		n_mended++;
		n_moves[s.n_moved]++;
	}
	/* The worlds are such that there was something to do. */
	for (int n = 0; n < 4; n++)
		assert_true(n_moves[n] > 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			small_worlds_are_mended_with_the_fewest_moves_and_the_lowest_value, setup,
			teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
