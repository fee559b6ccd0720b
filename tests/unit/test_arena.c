/* Arenas: alignment, zeroing after reuse, growth, large blocks and the overflow guard. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/arena.h"

static void memory_is_aligned_and_zeroed(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	for (size_t n = 0; n < 300; n++) {
		unsigned char *p = arena_alloc(a, n);
		assert_non_null(p);
		assert_int_equal((uintptr_t)p % 16, 0);
		for (size_t i = 0; i < n; i++)
			assert_int_equal(p[i], 0);
		memset(p, 0xff, n);
	}
	arena_free(a);
}

static void memory_is_zeroed_again_after_a_reset(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	for (int round = 0; round < 5; round++) {
		for (int i = 0; i < 100; i++) {
			unsigned char *p = arena_alloc(a, 1000);
			for (size_t j = 0; j < 1000; j++)
				assert_int_equal(p[j], 0);
			memset(p, 0xab, 1000);
		}
		assert_int_equal(arena_used_bytes(a), 100000);
		arena_reset(a);
		assert_int_equal(arena_used_bytes(a), 0);
	}
	arena_free(a);
}

static void empty_allocations_are_distinct(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	assert_ptr_not_equal(arena_alloc(a, 0), arena_alloc(a, 0));
	arena_free(a);
}

static void large_and_small_allocations_do_not_overlap(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	enum { N = 400 };
	unsigned char *blocks[N];
	size_t sizes[N];
	for (int i = 0; i < N; i++) {
		sizes[i] = i % 40 == 7 ? 3000000 : (size_t)(i * 37 % 9000);
		blocks[i] = arena_alloc(a, sizes[i]);
		memset(blocks[i], i & 0xff, sizes[i]);
	}
	for (int i = 0; i < N; i++)
		for (size_t j = 0; j < sizes[i]; j += 61)
			assert_int_equal(blocks[i][j], i & 0xff);
	arena_free(a);
}

static void a_reset_keeps_small_blocks_and_drops_large_ones(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	void *first = arena_alloc(a, 100);
	arena_reset(a);
	assert_ptr_equal(arena_alloc(a, 100), first);
	arena_alloc(a, 5 << 20);
	arena_reset(a);
	assert_ptr_equal(arena_alloc(a, 100), first);
	arena_free(a);
	arena_free(NULL);
}

static void text_copies_are_terminated(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	assert_null(arena_strdup(a, NULL));
	assert_string_equal(arena_strdup(a, ""), "");
	assert_string_equal(arena_strdup(a, "Žižek"), "Žižek");
	assert_string_equal(arena_strndup(a, "abcdef", 3), "abc");
	assert_string_equal(arena_printf(a, "%d-%s", 7, "x"), "7-x");
	char wide[1000];
	memset(wide, 'w', sizeof wide);
	for (int n = 250; n < 262; n++) {
		char *s = arena_printf(a, "%.*s", n, wide);
		assert_int_equal(strlen(s), n);
	}
	assert_int_equal(strlen(arena_printf(a, "%.*s", 999, wide)), 999);
	arena_free(a);
}

static void arrays_have_their_size(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	int64_t *numbers = ARENA_ARRAY(a, 1000, int64_t);
	for (int i = 0; i < 1000; i++) {
		assert_int_equal(numbers[i], 0);
		numbers[i] = i;
	}
	assert_int_equal(arena_used_bytes(a), 8000);
	arena_free(a);
}

static void raw_arrays_are_apart_from_all_others(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	unsigned char *before = arena_alloc(a, 8), *raw = ARENA_RAW_ARRAY(a, 333, unsigned char),
		      *behind = arena_alloc(a, 8);
	assert_int_equal((uintptr_t)raw % 16, 0);
	memset(raw, 0xff, 333);
	for (int i = 0; i < 8; i++)
		assert_int_equal(before[i] | behind[i], 0);
	assert_int_equal(arena_used_bytes(a), 349);
	arena_free(a);
}

static void dies_of_overflow(void (*act)(struct arena *))
{
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		signal(SIGABRT, SIG_DFL);
		close(STDERR_FILENO);
		act(arena_new());
		_exit(0);
	}
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
}

static void overflowing_raw_array(struct arena *a)
{
	volatile size_t count = SIZE_MAX / 4;
	arena_raw_array(a, count, 8);
}

static void overflowing_array(struct arena *a)
{
	volatile size_t count = SIZE_MAX / 4;
	arena_array(a, count, 8);
}

static void impossible_size(struct arena *a)
{
	volatile size_t n = SIZE_MAX - 8;
	arena_alloc(a, n);
}

static void an_impossible_size_stops_the_process(void **state)
{
	(void)state;
	dies_of_overflow(overflowing_array);
	dies_of_overflow(overflowing_raw_array);
	dies_of_overflow(impossible_size);
}

static void heap_memory_is_zeroed_and_resizable(void **state)
{
	(void)state;
	char *p = heap_alloc(10);
	for (int i = 0; i < 10; i++)
		assert_int_equal(p[i], 0);
	memset(p, 'x', 10);
	p = heap_resize(p, 10000);
	assert_memory_equal(p, "xxxxxxxxxx", 10);
	heap_free(p);
	char *s = heap_strdup("copy");
	assert_string_equal(s, "copy");
	heap_free(s);
	heap_free(heap_alloc(0));
	heap_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_aligned_and_zeroed),
		cmocka_unit_test(memory_is_zeroed_again_after_a_reset),
		cmocka_unit_test(empty_allocations_are_distinct),
		cmocka_unit_test(large_and_small_allocations_do_not_overlap),
		cmocka_unit_test(a_reset_keeps_small_blocks_and_drops_large_ones),
		cmocka_unit_test(text_copies_are_terminated),
		cmocka_unit_test(arrays_have_their_size),
		cmocka_unit_test(raw_arrays_are_apart_from_all_others),
		cmocka_unit_test(an_impossible_size_stops_the_process),
		cmocka_unit_test(heap_memory_is_zeroed_and_resizable),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
