/* The clock, its test door and its three spellings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <time.h>
#include "base/clock.h"

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
	clock_release();
	arena_free(arena);
	return 0;
}

static void a_released_clock_is_the_machines(void **state)
{
	(void)state;
	clock_set(5, true);
	clock_release();
	int64_t seconds = (int64_t)time(NULL);
	int64_t now = clock_now_ms();
	assert_true(now / 1000 - seconds >= -1 && now / 1000 - seconds <= 1);
}

static void a_frozen_clock_stands_still_while_time_elapses(void **state)
{
	(void)state;
	int64_t before = clock_elapsed_ms();
	clock_set(INT64_C(1809208740120), true);
	while (clock_elapsed_ms() < before + 3)
		assert_int_equal(clock_now_ms(), INT64_C(1809208740120));
	assert_true(clock_elapsed_ms() >= before + 3);
	assert_int_equal(clock_now_ms(), INT64_C(1809208740120));
}

static void a_moved_clock_runs_on(void **state)
{
	(void)state;
	int64_t before = clock_elapsed_ms();
	clock_set(INT64_C(1809208740120), false);
	int64_t start = clock_elapsed_ms();
	while (clock_elapsed_ms() < start + 5)
		;
	int64_t shown = clock_now_ms() - INT64_C(1809208740120);
	assert_true(shown >= 5);
	assert_true(shown <= clock_elapsed_ms() - before);
}

static void instants_are_written_as_rfc_3339(void **state)
{
	(void)state;
	assert_string_equal(clock_rfc3339(arena, 0), "1970-01-01T00:00:00Z");
	assert_string_equal(clock_rfc3339(arena, INT64_C(1809295140000)), "2027-05-02T21:59:00Z");
	assert_string_equal(
		clock_rfc3339(arena, INT64_C(1809295140120)), "2027-05-02T21:59:00.120Z");
	assert_string_equal(clock_rfc3339(arena, -1), "1969-12-31T23:59:59.999Z");
	assert_string_equal(clock_rfc3339(arena, INT64_MAX), "9999-12-31T23:59:59.999Z");
	assert_string_equal(clock_rfc3339(arena, INT64_MIN), "0001-01-01T00:00:00Z");
	assert_string_equal(
		clock_http_date(arena, INT64_C(1809295140999)), "Sun, 02 May 2027 21:59:00 GMT");
	assert_string_equal(clock_http_date(arena, 0), "Thu, 01 Jan 1970 00:00:00 GMT");
}

static void rfc_3339_is_read_with_any_offset(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t at_ms;
	} good[] = {
		{"1970-01-01T00:00:00Z", 0},
		{"2027-05-02T21:59:00Z", INT64_C(1809295140000)},
		{"2027-05-02T22:59:00+01:00", INT64_C(1809295140000)},
		{"2027-05-03T03:44:00+05:45", INT64_C(1809295140000)},
		{"2027-05-02T09:59:00-12:00", INT64_C(1809295140000)},
		{"2027-05-02T21:59:00.12Z", INT64_C(1809295140120)},
		{"2027-05-02T21:59:00.1209999999999999Z", INT64_C(1809295140120)},
		{"2028-02-29T00:00:00z", INT64_C(1835395200000)},
		{"1969-12-31T23:59:59.999Z", -1},
	};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		int64_t at_ms = 77;
		assert_true(clock_parse_rfc3339(str_from(good[i].text), &at_ms));
		assert_int_equal(at_ms, good[i].at_ms);
	}
	static const char *const bad[] = {"", "2027-05-02", "2027-05-02T21:59:00",
		"2027-05-02T21:59Z", "2027-02-29T00:00:00Z", "2027-05-02T24:00:00Z",
		"2027-05-02T21:60:00Z", "2027-05-02T21:59:60Z", "2027-05-02 21:59:00Z",
		"2027-05-02T21:59:00.Z", "2027-05-02T21:59:00+0100", "2027-05-02T21:59:00+24:00",
		"2027-05-02T21:59:00+01:60", "2027-05-02T21:59:00Zx", "0000-01-01T00:00:00Z",
		"2027-13-01T00:00:00Z", "+027-05-02T21:59:00Z", "2027-05-02T21:59:00+1:000"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		int64_t at_ms = 77;
		assert_false(clock_parse_rfc3339(str_from(bad[i]), &at_ms));
		assert_int_equal(at_ms, 77);
	}
}

static void what_is_written_reads_back(void **state)
{
	(void)state;
	for (int64_t at = INT64_C(-62135596800000); at < INT64_C(253402300799999);
		at += INT64_C(86399999999)) {
		int64_t again = 0;
		assert_true(clock_parse_rfc3339(str_from(clock_rfc3339(arena, at)), &again));
		assert_int_equal(again, at);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_released_clock_is_the_machines),
		cmocka_unit_test(a_frozen_clock_stands_still_while_time_elapses),
		cmocka_unit_test(a_moved_clock_runs_on),
		cmocka_unit_test(instants_are_written_as_rfc_3339),
		cmocka_unit_test(rfc_3339_is_read_with_any_offset),
		cmocka_unit_test(what_is_written_reads_back),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
