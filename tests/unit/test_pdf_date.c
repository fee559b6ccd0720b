/* Dates in words: formatters are kept, and must not be kept for another language. */
#include "pdf/documents/date.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void dates_follow_their_language(void **state)
{
	struct arena *a = arena_new();
	(void)state;
	for (int i = 0; i < 2; i++) {
		assert_string_equal(
			date_long(a, "en-GB", "2027-09-08"), "Wednesday 8 September 2027");
		assert_string_equal(
			date_long(a, "de", "2027-09-08"), "Mittwoch, 8. September 2027");
		assert_string_equal(
			date_span(a, "de", "2027-09-08", "2027-09-10"), "8.–10. September 2027");
		assert_string_equal(
			date_span(a, "en", "2027-09-08", "2027-09-10"), "8–10 September 2027");
		assert_string_equal(date_long(a, "en", "2027-09-09"), "Thursday 9 September 2027");
	}
	arena_free(a);
}

static void a_date_that_is_one_day_is_no_span(void **state)
{
	struct arena *a = arena_new();
	(void)state;
	assert_string_equal(date_span(a, "fr", "2027-09-08", "2027-09-08"), "8 septembre 2027");
	assert_string_equal(date_in_lines(a, "en-GB", "2027-09-08"), "Wednesday 8 September 2027");
	assert_string_equal(date_in_lines(a, "ja", "2027-09-08"), "2027年9月8日\n水曜日");
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_follow_their_language),
		cmocka_unit_test(a_date_that_is_one_day_is_no_span),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
