/* What reviewers wrote, in a letter and back out of it. */
#include "domain/decision.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "gen/query.h"

static void comments_are_read_back_as_they_were_written(void **state)
{
	struct arena *a = arena_new();
	const struct q_reviews_of_submission reviews[] = {
		{.to_authors = "Good.\n\nReview 3 of my list is about the sample."},
		{.to_authors = ""},
		{.to_authors = "Shorten it."},
	};
	struct decision_comment *rows;

	(void)state;
	assert_int_equal(decision_comments_read(a, decision_comments(a, reviews, 3), &rows), 3);
	assert_string_equal(rows[0].title, "Review 1");
	assert_string_equal(rows[0].text, reviews[0].to_authors);
	assert_string_equal(rows[1].text, "");
	assert_string_equal(rows[2].title, "Review 3");
	assert_string_equal(rows[2].text, "Shorten it.");
	arena_free(a);
}

static void other_texts_are_no_comments(void **state)
{
	struct arena *a = arena_new();
	struct decision_comment *rows;

	(void)state;
	assert_int_equal(decision_comments_read(a, "", &rows), 0);
	assert_int_equal(decision_comments_read(a, "Dear author,\nReview 1\nGood.", &rows), 0);
	assert_int_equal(decision_comments_read(a, "Review 2\nGood.", &rows), 0);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(comments_are_read_back_as_they_were_written),
		cmocka_unit_test(other_texts_are_no_comments),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
