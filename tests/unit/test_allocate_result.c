/* Result files: what they prove, and that nothing in them can be changed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>
#include "allocate_world.h"

static const struct world_shape shape = {.n_attendees = 9,
	.n_offerings = 6,
	.n_classes = 4,
	.n_slots = 3,
	.max_want = 3,
	.max_wishes = 4,
	.max_capacity = 3,
	.n_priorities = 2};

static struct allocate_solution solve(struct arena *a, const struct allocate_problem *p,
	enum allocate_method method, uint64_t seed)
{
	struct allocate_solution s;
	struct err err = err_in(a);
	struct effort effort = {.seed = seed};

	effort_begin(&effort);
	if (method == ALLOCATE_DRAFT)
		assert_int_equal(allocate_draft(a, p, seed, &s, &err), OK);
	else
		assert_int_equal(allocate_exact(a, p, &effort, &s, &err), OK);
	return s;
}

static struct allocate_problem coded_world(struct arena *a, uint64_t seed)
{
	struct allocate_problem p = world_make(a, &shape, seed);

	for (uint32_t i = 0; i < p.n_attendees; i++)
		p.attendees[i].code = arena_printf(a, "P%u-\"<%u>", i, 7 * i);
	return p;
}

static struct str written(
	struct arena *a, const struct allocate_problem *p, const struct allocate_solution *s)
{
	struct buf b = buf_in(a, 1 << 20);

	allocate_result_write(p, s, &b);
	assert_false(b.failed);
	return buf_view(&b);
}

static enum rc verify(
	struct arena *a, struct str json, const char *published, bool *is_repeated, struct err *err)
{
	struct effort effort = {0};

	effort_begin(&effort);
	return allocate_result_verify(a, json, published, &effort, is_repeated, err);
}

static void test_a_result_is_proved_from_its_own_text(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 40; seed++) {
		struct arena *a = arena_new();
		struct err err = err_in(a);
		struct allocate_problem p = coded_world(a, seed), q;
		enum allocate_method method = seed % 2 ? ALLOCATE_DRAFT : ALLOCATE_EXACT;
		struct allocate_solution s = solve(a, &p, method, UINT64_MAX - seed), t;
		struct str json = written(a, &p, &s);
		const char *digest;
		bool is_repeated = false;
		assert_int_equal(allocate_result_read(a, json, &q, &t, &digest, &err), OK);
		assert_int_equal(t.seed, UINT64_MAX - seed);
		assert_int_equal(t.n_seats, s.n_seats);
		assert_memory_equal(t.seats, s.seats, s.n_seats * sizeof *s.seats);
		assert_string_equal(q.attendees[3].code, "P3-\"<21>");
		if (verify(a, json, digest, &is_repeated, &err) != OK)
			fail_msg("seed %llu: %s", (unsigned long long)seed, err.message);
		assert_true(is_repeated);
		arena_free(a);
	}
}

/* Another seed may by chance give the same outcome; then a file with that seed is as true. */
static bool is_of_seed(struct str json, size_t at)
{
	const char *seed = strstr(json.p, "\"seed\":\"") + strlen("\"seed\":\"");

	return json.p + at >= seed && json.p + at < strchr(seed, '"');
}

static void test_no_byte_can_be_changed(void **state)
{
	size_t n_refused = 0;

	(void)state;
	for (int method = ALLOCATE_DRAFT; method <= ALLOCATE_EXACT; method++) {
		struct arena *a = arena_new();
		struct allocate_problem p = coded_world(a, 3);
		struct allocate_solution s = solve(a, &p, (enum allocate_method)method, 4);
		struct str json = written(a, &p, &s);
		char *changed = str_dup(a, json);
		for (size_t k = 0; k < json.n; k++) {
			struct arena *own = arena_new();
			struct err err = err_in(own);
			bool is_repeated;
			changed[k] = json.p[k] == '1' ? '2' : '1';
			enum rc rc = verify(
				own, (struct str){changed, json.n}, NULL, &is_repeated, &err);
			if (rc != INVALID && !is_of_seed(json, k))
				fail_msg("byte %zu may be changed", k);
			n_refused += rc == INVALID;
			changed[k] = json.p[k];
			arena_free(own);
		}
		arena_free(a);
	}
	assert_true(n_refused > 2000);
}

static void swap_wishes(struct arena *a, struct allocate_attendee *who, uint32_t i, uint32_t k)
{
	uint32_t *wishes = ARENA_ARRAY(a, who->n_wishes, uint32_t);

	memcpy(wishes, who->wishes, who->n_wishes * sizeof *wishes);
	wishes[i] = who->wishes[k];
	wishes[k] = who->wishes[i];
	who->wishes = wishes;
}

/* A forger who swaps two wishes and makes the digest anew: it fits only where the outcome, solved
 * again, is the same to the last price; and never the digest that was published. */
static void test_a_wish_changed_with_a_new_digest_fits_no_other_outcome(void **state)
{
	int n_refused = 0, n_same = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 60; seed++) {
		struct arena *a = arena_new();
		struct err err = err_in(a);
		struct allocate_problem p = coded_world(a, seed), q;
		struct allocate_solution s = solve(a, &p, ALLOCATE_EXACT, seed), t;
		const char *digest, *other;
		bool is_repeated;
		assert_int_equal(
			allocate_result_read(a, written(a, &p, &s), &q, &t, &digest, &err), OK);
		uint32_t who = (uint32_t)(seed % p.n_attendees);
		if (p.attendees[who].n_wishes < 2) {
			arena_free(a);
			continue;
		}
		swap_wishes(a, &p.attendees[who], 0, p.attendees[who].n_wishes - 1);
		struct str forged = written(a, &p, &s);
		assert_int_equal(allocate_result_read(a, forged, &q, &t, &other, &err), OK);
		assert_string_not_equal(digest, other);
		struct allocate_solution again = solve(a, &p, ALLOCATE_EXACT, seed);
		bool is_same = str_equal(written(a, &p, &again), forged);
		assert_int_equal(
			verify(a, forged, NULL, &is_repeated, &err), is_same ? OK : INVALID);
		n_refused += !is_same;
		n_same += is_same;
		err_clear(&err);
		assert_int_equal(verify(a, forged, digest, &is_repeated, &err), INVALID);
		assert_non_null(strstr(err.message, "digest published"));
		arena_free(a);
	}
	assert_true(n_refused > 10);
	assert_true(n_same > 0);
}

static void test_a_text_that_says_the_same_otherwise_is_refused(void **state)
{
	struct arena *a = arena_new();
	struct err err = err_in(a);
	struct allocate_problem p = coded_world(a, 1), q;
	struct allocate_solution s = solve(a, &p, ALLOCATE_DRAFT, 1), t;
	struct buf b = buf_in(a, 1 << 20);
	const char *digest;

	(void)state;
	buf_str(&b, written(a, &p, &s));
	buf_char(&b, '\n');
	assert_int_equal(allocate_result_read(a, buf_view(&b), &q, &t, &digest, &err), INVALID);
	assert_string_equal(err.message, "the file is not written as such files are");
	buf_reset(&b);
	buf_str(&b, written(a, &p, &s));
	*strstr(b.p, "\"want\":") = ' ';
	err_clear(&err);
	assert_int_equal(allocate_result_read(a, buf_view(&b), &q, &t, &digest, &err), INVALID);
	buf_reset(&b);
	p.attendees[0].want ^= 1;
	buf_str(&b, written(a, &p, &s));
	p.attendees[0].want ^= 1;
	struct str honest = written(a, &p, &s);
	memcpy(strstr(b.p, "\"digest\""), strstr(honest.p, "\"digest\""), 76);
	err_clear(&err);
	assert_int_equal(allocate_result_read(a, buf_view(&b), &q, &t, &digest, &err), INVALID);
	assert_non_null(strstr(err.message, "digest: the problem has the digest "));
	arena_free(a);
}

static void test_another_optimum_is_not_the_outcome(void **state)
{
	bool has_seen_one = false;

	(void)state;
	for (uint64_t seed = 1; seed <= 40 && !has_seen_one; seed++) {
		struct arena *a = arena_new();
		struct err err = err_in(a);
		struct allocate_problem p = coded_world(a, seed);
		struct allocate_solution s = solve(a, &p, ALLOCATE_EXACT, 1),
					 t = solve(a, &p, ALLOCATE_EXACT, 2);
		bool is_repeated;
		if (s.n_seats == t.n_seats &&
			memcmp(s.seats, t.seats, s.n_seats * sizeof *s.seats) != 0) {
			t.seed = 1;
			assert_int_equal(allocate_verify(&p, &t, &err), OK);
			assert_int_equal(
				verify(a, written(a, &p, &t), NULL, &is_repeated, &err), INVALID);
			assert_string_equal(
				err.message, "solved again, the outcome is another one");
			has_seen_one = true;
		}
		arena_free(a);
	}
	assert_true(has_seen_one);
}

static bool stop_at_once(void *arg, const struct effort_state *state)
{
	(void)arg;
	(void)state;
	return false;
}

static void test_a_result_that_was_cut_is_proved_and_not_repeated(void **state)
{
	struct world_shape large = {.n_attendees = 400,
		.n_offerings = 30,
		.n_classes = 20,
		.n_slots = 6,
		.max_want = 3,
		.max_wishes = 8,
		.max_capacity = 20};
	struct arena *a = arena_new();
	struct err err = err_in(a);
	struct allocate_solution s;
	struct effort effort = {.seed = 1, .tell = stop_at_once};
	bool is_repeated = true;

	(void)state;
	struct allocate_problem p = world_make(a, &large, 1);
	effort_begin(&effort);
	effort.told_ms -= 1000;
	assert_int_equal(allocate_exact(a, &p, &effort, &s, &err), OK);
	assert_true(s.is_cut);
	assert_int_equal(verify(a, written(a, &p, &s), NULL, &is_repeated, &err), OK);
	assert_false(is_repeated);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_result_is_proved_from_its_own_text),
		cmocka_unit_test(test_no_byte_can_be_changed),
		cmocka_unit_test(test_a_wish_changed_with_a_new_digest_fits_no_other_outcome),
		cmocka_unit_test(test_a_text_that_says_the_same_otherwise_is_refused),
		cmocka_unit_test(test_another_optimum_is_not_the_outcome),
		cmocka_unit_test(test_a_result_that_was_cut_is_proved_and_not_repeated),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
