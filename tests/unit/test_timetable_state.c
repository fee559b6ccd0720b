/* The accounts of the search against the plain count, over thousands of moves. */
#include "timetable_fixture.h"

#include "optimise/timetable_check.h"
#include "optimise/timetable_construct.h"
#include "optimise/timetable_count.h"

static const char *const INSTANCES_ALL[] = {"N2OR", "GECCO19", "GECCO21", "OR60F", "OR60F3"};

struct bench {
	const struct timetable_problem *p;
	struct timetable_state *s;
	struct timetable_mover mover;
	struct rng rng;
	struct timetable_counter counter;
	struct timetable timetable;
	struct timetable_place *before;
};

static struct bench *bench_of(
	const struct timetable_problem *p, bool is_strict, const struct timetable *start)
{
	struct bench *b = ARENA_NEW(arena, struct bench);
	struct err err = err_in(arena);

	b->p = p;
	rng_seed(&b->rng, 7);
	if (timetable_state_new(
		    arena, timetable_tables_of(arena, p, is_strict), start, &b->s, &err) != OK)
		fail_msg("%s", err.message);
	b->mover = timetable_mover_of(arena, b->s, &b->rng);
	b->counter = timetable_counter_of(arena, p);
	b->timetable = timetable_empty(arena, p);
	b->before = ARENA_ARRAY(arena, p->n_submissions, struct timetable_place);
	return b;
}

static void compare(struct bench *b)
{
	struct timetable_solution counted;
	const struct timetable_state *s = b->s;
	int64_t n_gaps = 0;

	for (uint32_t i = 0; i < b->p->n_submissions; i++)
		if (s->cell_of[i] == TIMETABLE_NONE)
			n_gaps += b->p->submissions[i].n_slots;
	memcpy(b->timetable.track, s->track_of, s->t->n_cells * sizeof *s->track_of);
	timetable_state_save(s, b->timetable.places);
	timetable_sum(&b->counter, &b->timetable, &counted);
	assert_int_equal(s->value, counted.value);
	assert_int_equal(s->n_gaps, n_gaps);
	if (s->t->is_strict)
		assert_int_equal(s->n_breaches, counted.n_forbidden);
	if (n_gaps > 0)
		return;
	struct err err = err_in(arena);
	if (timetable_check(b->p, &b->timetable, &err) != OK)
		fail_msg("%s", err.message);
}

static bool is_same(const struct bench *b)
{
	const struct timetable_state *s = b->s;

	for (uint32_t i = 0; i < b->p->n_submissions; i++) {
		uint32_t n = b->p->n_rooms;
		if (s->cell_of[i] == TIMETABLE_NONE
				? b->before[i].session != TIMETABLE_NONE
				: s->cell_of[i] != b->before[i].session * n + b->before[i].room ||
					  s->slot_of[i] != b->before[i].slot)
			return false;
	}
	return true;
}

/* Every second move is taken back; how many of them had done something. */
static uint32_t walk(struct bench *b, uint32_t n_moves, uint32_t compare_every)
{
	uint32_t n_undone = 0;

	for (uint32_t k = 0; k < n_moves; k++) {
		enum timetable_move kind =
			(enum timetable_move)rng_below(&b->rng, TIMETABLE_N_MOVES);
		int64_t value = b->s->value, n_breaches = b->s->n_breaches;
		bool is_kept = rng_below(&b->rng, 2) == 0;
		timetable_state_save(b->s, b->before);
		bool is_done = timetable_move(&b->mover, kind);
		if (is_done && is_kept) {
			timetable_state_keep(b->s);
		} else {
			n_undone += b->s->n_steps > 0;
			timetable_state_undo(b->s);
			assert_int_equal(b->s->value, value);
			assert_int_equal(b->s->n_breaches, n_breaches);
			assert_true(is_same(b));
		}
		if (k % compare_every == 0)
			compare(b);
	}
	compare(b);
	return n_undone;
}

static void accounts_hold_on_large_instances(void **state)
{
	(void)state;
	for (size_t k = 0; k < sizeof INSTANCES_ALL / sizeof *INSTANCES_ALL; k++) {
		struct timetable_problem p = problem_of(INSTANCES_ALL[k]);
		for (int strict = 0; strict < 2; strict++) {
			struct bench *b = bench_of(&p, strict, NULL);
			timetable_construct(&b->mover);
			compare(b);
			assert_true(walk(b, 4000, 1000) > 1000);
		}
	}
}

static void accounts_hold_for_every_kind_of_penalty(void **state)
{
	uint32_t n_undone = 0;

	(void)state;
	for (const cJSON *one = small_cases(); one; one = one->next) {
		struct timetable_problem p = small_problem(one);
		for (int strict = 0; strict < 2; strict++) {
			struct bench *b = bench_of(&p, strict, NULL);
			timetable_construct(&b->mover);
			n_undone += walk(b, 400, 20);
		}
	}
	assert_true(n_undone > 1000);
}

static void a_published_timetable_can_be_resumed_and_loaded(void **state)
{
	struct timetable_problem p = problem_of("OR60F");
	struct timetable t = published("OR60F.published-extended", &p);
	struct bench *b = bench_of(&p, true, NULL);

	(void)state;
	timetable_resume(b->s, t.places);
	assert_int_equal(b->s->value, 433);
	assert_int_equal(b->s->n_gaps, 0);
	assert_int_equal(b->s->n_breaches, 0);
	walk(b, 500, 100);
	timetable_state_load(b->s, t.places);
	compare(b);
	assert_int_equal(b->s->value, 433);
}

/* A third of the submissions fixed, a third of the cells without any of these shut. */
static void fixed_and_shut_stay(void **state)
{
	(void)state;
	for (const cJSON *one = small_cases(); one; one = one->next) {
		struct timetable_problem p = small_problem(one);
		struct timetable t = small_timetable(one, &p);
		bool *is_fixed = ARENA_ARRAY(arena, p.n_submissions, bool);
		bool *is_shut = ARENA_ARRAY(arena, (size_t)p.n_sessions * p.n_rooms, bool);
		for (uint32_t cell = 0; cell < p.n_sessions * p.n_rooms; cell++)
			is_shut[cell] = cell % 3 == 1;
		for (uint32_t i = 0; i < p.n_submissions; i += 3) {
			is_fixed[i] = timetable_fits(&p, i, &t.places[i]);
			if (is_fixed[i])
				is_shut[t.places[i].session * p.n_rooms + t.places[i].room] = false;
		}
		p.is_fixed = is_fixed;
		p.is_shut = is_shut;
		struct bench *b = bench_of(&p, true, &t);
		timetable_construct(&b->mover);
		walk(b, 400, 50);
		for (uint32_t i = 0; i < p.n_submissions; i++)
			if (is_fixed[i])
				assert_memory_equal(
					&b->timetable.places[i], &t.places[i], sizeof *t.places);
		for (uint32_t cell = 0; cell < p.n_sessions * p.n_rooms; cell++)
			if (is_shut[cell])
				assert_int_equal(b->s->track_of[cell], TIMETABLE_NONE);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(accounts_hold_on_large_instances, setup, teardown),
		cmocka_unit_test_setup_teardown(
			accounts_hold_for_every_kind_of_penalty, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_published_timetable_can_be_resumed_and_loaded, setup, teardown),
		cmocka_unit_test_setup_teardown(fixed_and_shut_stay, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
