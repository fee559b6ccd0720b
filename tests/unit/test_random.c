/* Randomness, ids, codes and tokens: shape, uniqueness, uniformity, reproducibility. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include "base/random.h"

/* The unseeded tests stand first in main(): a seed holds for the rest of the process. */

static struct arena *arena;

static int setup(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void unseeded_bytes_differ(void **state)
{
	(void)state;
	unsigned char a[32], b[32];
	random_bytes(a, sizeof a);
	random_bytes(b, sizeof b);
	assert_memory_not_equal(a, b, sizeof a);
}

/* Chi-squared with 9 degrees of freedom; 40 is exceeded once in 130,000 runs. */
static void drawing_below_is_uniform(void **state)
{
	(void)state;
	enum { DRAWS = 100000 };
	double counts[10] = {0}, chi = 0;
	for (int i = 0; i < DRAWS; i++) {
		uint32_t drawn = random_below(10);
		assert_true(drawn < 10);
		counts[drawn]++;
	}
	for (int i = 0; i < 10; i++)
		chi += (counts[i] - DRAWS / 10.0) * (counts[i] - DRAWS / 10.0) / (DRAWS / 10.0);
	assert_true(chi < 40);
	for (int i = 0; i < 100; i++)
		assert_int_equal(random_below(1), 0);
	/* Over half of the range every second draw must be redrawn. */
	for (int i = 0; i < 100; i++)
		assert_true(random_below(UINT32_C(0x80000001)) <= UINT32_C(0x80000000));
}

static void ids_rise_with_time_and_never_repeat(void **state)
{
	(void)state;
	const int64_t now = INT64_C(1809295140000);
	int64_t before = 0;
	for (int i = 0; i < 200000; i++) {
		int64_t id = id_new(now + i / 50000);
		assert_true(id > before);
		before = id;
	}
	assert_true(id_new(now + 86400000) > before);
	assert_true(id_new(0) > 0);
	assert_true(id_new(INT64_MIN / 2) > 0);
	assert_true(id_new(INT64_C(253402300799999)) > 0);
	/* 2088 still fits and still rises. */
	assert_true(id_new(INT64_C(3755289600000)) > id_new(INT64_C(3724000000000)));
}

static int compare_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void codes_pass_their_own_check(void **state)
{
	(void)state;
	enum { N = 20000 };
	const char **codes = ARENA_ARRAY(arena, N, const char *);
	for (int i = 0; i < N; i++) {
		codes[i] = code_new(arena);
		assert_int_equal(strlen(codes[i]), 9);
		assert_int_equal(strspn(codes[i], "0123456789ABCDEFGHJKMNPQRSTVWXYZ"), 9);
		assert_string_equal(code_normalise(arena, str_from(codes[i])), codes[i]);
	}
	qsort(codes, N, sizeof *codes, compare_texts);
	for (int i = 1; i < N; i++)
		assert_string_not_equal(codes[i - 1], codes[i]);
}

/* MOD 37,2 finds every wrong symbol and every swap of neighbours. */
static void a_mistyped_code_is_refused(void **state)
{
	(void)state;
	static const char symbols[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	for (int round = 0; round < 50; round++) {
		const char *code = code_new(arena);
		char typed[10];
		for (size_t at = 0; at < 9; at++) {
			for (const char *s = symbols; *s; s++) {
				memcpy(typed, code, sizeof typed);
				typed[at] = *s;
				assert_int_equal(code_normalise(arena, str_from(typed)) != NULL,
					*s == code[at]);
			}
			if (at == 8 || code[at] == code[at + 1])
				continue;
			memcpy(typed, code, sizeof typed);
			typed[at] = code[at + 1];
			typed[at + 1] = code[at];
			assert_null(code_normalise(arena, str_from(typed)));
		}
	}
}

/* The check symbol by hand: (((1*2 + 0)*2 + ...)*2 + check) mod 37 == 1. */
static void a_code_may_be_typed_as_people_type(void **state)
{
	(void)state;
	/* "1000000": value 1 at weight 2^8 = 256 = 34 mod 37; 1 - 34 = 4 mod 37. */
	assert_string_equal(code_normalise(arena, STR("100000004")), "100000004");
	assert_string_equal(code_normalise(arena, STR(" 1ooo-Oooo 4")), "100000004");
	assert_string_equal(code_normalise(arena, STR("lOOO-OOOO-4")), "100000004");
	assert_string_equal(code_normalise(arena, STR("i00000004")), "100000004");
	assert_string_equal(code_normalise(arena, STR("k7qf-3m2x-g")), "K7QF3M2XG");
	assert_null(code_normalise(arena, STR("100000005")));
	assert_null(code_normalise(arena, STR("10000000")));
	assert_null(code_normalise(arena, STR("1000000040")));
	assert_null(code_normalise(arena, STR("10000000\0")));
	assert_null(code_normalise(arena, STR("")));
	assert_null(code_normalise(arena, STR("10000000U")));
	assert_null(code_normalise(arena, STR("10000000é")));
}

static void tokens_have_128_bits_in_26_symbols(void **state)
{
	(void)state;
	unsigned seen[26] = {0};
	for (int i = 0; i < 2000; i++) {
		const char *token = token_new(arena);
		assert_true(token_is_wellformed(str_from(token)));
		for (int at = 0; at < 26; at++)
			seen[at] |= 1u << (strchr("0123456789abcdefghjkmnpqrstvwxyz", token[at]) -
					    "0123456789abcdefghjkmnpqrstvwxyz");
	}
	for (int at = 0; at < 25; at++)
		assert_int_equal(seen[at], 0xffffffff);
	assert_int_equal(seen[25], 0x11111111);
	assert_false(token_is_wellformed(STR("")));
	assert_false(token_is_wellformed(STR("0123456789abcdefghjkmnpqr")));
	assert_true(token_is_wellformed(STR("0123456789abcdefghjkmnpqr0")));
	assert_false(token_is_wellformed(STR("0123456789abcdefghjkmnpqr1")));
	assert_false(token_is_wellformed(STR("0123456789abcdefghjkmnpqR0")));
	assert_false(token_is_wellformed(STR("0123456789abcdefghjkmnpqu0")));
	assert_false(token_is_wellformed(STR("0123456789abcdefghjkmnpq\0000")));
}

static const char *draw_everything(void)
{
	unsigned char bytes[150];
	char *text = arena_printf(arena, "%s %s %u %lld", code_new(arena), token_new(arena),
		random_below(1000), (long long)id_new(INT64_C(1809295140000)));
	random_bytes(bytes, sizeof bytes);
	return arena_printf(arena, "%s %02x%02x", text, bytes[0], bytes[149]);
}

static void a_seed_makes_everything_reproducible(void **state)
{
	(void)state;
	random_seed(42);
	const char *first = draw_everything();
	const char *second = draw_everything();
	assert_string_not_equal(first, second);
	random_seed(42);
	assert_string_equal(draw_everything(), first);
	assert_string_equal(draw_everything(), second);
	random_seed(43);
	assert_string_not_equal(draw_everything(), first);
}

static void the_seeded_stream_does_not_depend_on_piece_sizes(void **state)
{
	(void)state;
	unsigned char whole[500], pieces[500];
	random_seed(7);
	random_bytes(whole, sizeof whole);
	random_seed(7);
	for (size_t at = 0, n = 0; at < sizeof pieces; at += n, n = n % 90 + 1)
		random_bytes(pieces + at, n < sizeof pieces - at ? n : sizeof pieces - at);
	assert_memory_equal(whole, pieces, sizeof whole);
}

static void *draw_numbers(void *arg)
{
	uint32_t *drawn = arg;
	for (int i = 0; i < 1000; i++)
		random_bytes(&drawn[i], sizeof drawn[i]);
	return NULL;
}

static int compare_numbers(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return x < y ? -1 : x > y;
}

/* Which thread gets which piece is open; the pieces together are the stream. */
static void threads_share_one_seeded_stream(void **state)
{
	(void)state;
	static uint32_t shared[4000], alone[4000];
	pthread_t threads[4];
	random_seed(9);
	for (int i = 0; i < 4; i++)
		pthread_create(&threads[i], NULL, draw_numbers, shared + (ptrdiff_t)i * 1000);
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	random_seed(9);
	for (int i = 0; i < 4; i++)
		draw_numbers(alone + (ptrdiff_t)i * 1000);
	qsort(shared, 4000, sizeof *shared, compare_numbers);
	qsort(alone, 4000, sizeof *alone, compare_numbers);
	assert_memory_equal(shared, alone, sizeof shared);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(unseeded_bytes_differ),
		cmocka_unit_test(drawing_below_is_uniform),
		cmocka_unit_test(ids_rise_with_time_and_never_repeat),
		cmocka_unit_test(codes_pass_their_own_check),
		cmocka_unit_test(a_mistyped_code_is_refused),
		cmocka_unit_test(a_code_may_be_typed_as_people_type),
		cmocka_unit_test(tokens_have_128_bits_in_26_symbols),
		cmocka_unit_test(a_seed_makes_everything_reproducible),
		cmocka_unit_test(the_seeded_stream_does_not_depend_on_piece_sizes),
		cmocka_unit_test(threads_share_one_seeded_stream),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
