/* Errors: the first wins, fields keep their order, formats are translated before they are filled.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include <unistd.h>
#include "base/err.h"

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

static void the_first_error_wins(void **state)
{
	(void)state;
	struct err e = err_in(arena);
	assert_int_equal(e.rc, OK);
	assert_int_equal(err_set(&e, CONFLICT, "Seat %d is taken", 7), CONFLICT);
	assert_int_equal(err_set(&e, GONE, "Too late"), CONFLICT);
	assert_string_equal(e.message, "Seat 7 is taken");
	assert_int_equal(err_field(&e, "title", "Give it a title"), INVALID);
	assert_int_equal(e.rc, CONFLICT);
	err_clear(&e);
	assert_int_equal(e.rc, OK);
	assert_null(e.message);
	assert_null(e.fields);
	assert_int_equal(err_set(&e, GONE, "Too late"), GONE);
}

static void field_errors_keep_their_order_and_their_first_word(void **state)
{
	(void)state;
	struct err e = err_in(arena);
	assert_int_equal(err_field(&e, "title", "Give it a title"), INVALID);
	assert_int_equal(err_field(&e, "author.1.name", "Name author %d", 2), INVALID);
	assert_int_equal(err_field(&e, "title", "Another word"), INVALID);
	assert_int_equal(e.rc, INVALID);
	assert_null(e.message);
	assert_string_equal(e.fields->field, "title");
	assert_string_equal(e.fields->next->field, "author.1.name");
	assert_null(e.fields->next->next);
	assert_string_equal(err_of_field(&e, "title"), "Give it a title");
	assert_string_equal(err_of_field(&e, "author.1.name"), "Name author 2");
	assert_null(err_of_field(&e, "author.1"));
	assert_int_equal(err_set(&e, INVALID, "Two answers are missing"), INVALID);
	assert_string_equal(e.message, "Two answers are missing");
	assert_int_equal(err_set(&e, INVALID, "Three"), INVALID);
	assert_string_equal(e.message, "Two answers are missing");
}

static const char *to_german(void *context, const char *format)
{
	*(int *)context += 1;
	return strcmp(format, "At most %d words") == 0 ? "Höchstens %d Wörter" : format;
}

static void formats_are_translated_before_they_are_filled(void **state)
{
	(void)state;
	int calls = 0;
	struct err e = err_in(arena);
	e.translate = to_german;
	e.translate_context = &calls;
	err_field(&e, "text", "At most %d words", 250);
	err_set(&e, INVALID, "At most %d words", 300);
	assert_string_equal(err_of_field(&e, "text"), "Höchstens 250 Wörter");
	assert_string_equal(e.message, "Höchstens 300 Wörter");
	assert_int_equal(calls, 2);
}

static void internal_detail_goes_to_the_log_only(void **state)
{
	(void)state;
	struct err e = err_in(arena);
	int pipe_ends[2], saved = dup(STDERR_FILENO);
	char line[500] = "";
	assert_int_equal(pipe(pipe_ends), 0);
	dup2(pipe_ends[1], STDERR_FILENO);
	enum rc rc = err_internal(&e, "disk %s", "sda1 is full");
	dup2(saved, STDERR_FILENO);
	assert_true(read(pipe_ends[0], line, sizeof line - 1) > 0);
	close(pipe_ends[0]);
	close(pipe_ends[1]);
	close(saved);
	assert_int_equal(rc, INTERNAL);
	assert_null(strstr(e.message, "sda1"));
	assert_non_null(strstr(line, " lvl=error evt=internal detail=\"disk sda1 is full\"\n"));
}

static enum rc tries(enum rc inner, int *reached)
{
	TRY(inner);
	*reached = 1;
	return OK;
}

static void try_returns_early(void **state)
{
	(void)state;
	int reached = 0;
	assert_int_equal(tries(BUSY, &reached), BUSY);
	assert_int_equal(reached, 0);
	assert_int_equal(tries(OK, &reached), OK);
	assert_int_equal(reached, 1);
}

static void every_rc_has_its_stable_word(void **state)
{
	(void)state;
	static const char *const words[] = {"ok", "invalid", "not-found", "forbidden", "conflict",
		"gone", "too-many", "busy", "internal"};
	for (int rc = OK; rc <= INTERNAL; rc++)
		assert_string_equal(rc_name((enum rc)rc), words[rc]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_error_wins),
		cmocka_unit_test(field_errors_keep_their_order_and_their_first_word),
		cmocka_unit_test(formats_are_translated_before_they_are_filled),
		cmocka_unit_test(internal_detail_goes_to_the_log_only),
		cmocka_unit_test(try_returns_early),
		cmocka_unit_test(every_rc_has_its_stable_word),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
