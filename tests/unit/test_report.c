/* Warnings of the printer lead back to what they are about. */
#include "jobs/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char model_text[] =
	"{\"event\":{\"title\":\"T\"},\"sessions\":[{\"title\":\"S\",\"abstracts\":["
	"{\"code\":\"K7QF-3M2XA\",\"title\":\"One\",\"parts\":[{\"text\":\"plain\"}]},"
	"{\"code\":\"A12\",\"title\":\"Two \\ud83e\\uddec\",\"authors\":[{\"name\":\"Ada\"}]}]}]}";

static cJSON *model_in(struct arena *a)
{
	struct err err = err_in(a);
	cJSON *model = NULL;

	assert_int_equal(json_parse(a, str_from(model_text), &model, &err), OK);
	return model;
}

static void a_character_is_found_where_it_stands(void **state)
{
	struct arena *a = arena_new();
	cJSON *model = model_in(a);

	(void)state;
	assert_string_equal(report_code_of(model, "", 0x1F9EC), "A12");
	assert_string_equal(report_code_of(model, NULL, 'p'), "K7QF-3M2XA");
	assert_null(report_code_of(model, "", 0x2603));
	assert_null(report_code_of(model, "", 0));
	arena_free(a);
}

static void a_place_is_found_by_code_and_by_title(void **state)
{
	struct arena *a = arena_new();
	cJSON *model = model_in(a);

	(void)state;
	assert_string_equal(report_code_of(model, "K7QF-3M2XA One", 0x1F9EC), "K7QF-3M2XA");
	assert_string_equal(report_code_of(model, "One", 0), "K7QF-3M2XA");
	assert_string_equal(report_code_of(model, "A12", 0), "A12");
	assert_null(report_code_of(model, "A123 Other", 0));
	arena_free(a);
}

static void what_names_its_submission_is_told_by_that(void **state)
{
	struct arena *a = arena_new();
	struct err err = err_in(a);
	cJSON *model;

	(void)state;
	assert_int_equal(
		json_parse(a,
			STR("{\"abstracts\":[{\"code\":\"P1\",\"submission\":\"K7QF-3M2XA\","
			    "\"title\":"
			    "\"One\"},{\"submission\":\"A9QF-3M2XB\",\"title\":\"A talk\"}]}"),
			&model, &err),
		OK);
	assert_string_equal(report_code_of(model, "P1 One", 0), "K7QF-3M2XA");
	assert_string_equal(report_code_of(model, "A talk", 0), "A9QF-3M2XB");
	assert_null(report_code_of(model, "P12 Other", 0));
	arena_free(a);
}

static void a_report_says_all_there_is_to_say(void **state)
{
	struct arena *a = arena_new();
	struct print_warnings warnings = print_warnings_in(a);

	(void)state;
	assert_string_equal(report_write(a, model_in(a), &warnings), "[]");
	print_warning_add(&warnings, "A12 Two", 0x1F9EC, "No font draws it");
	print_warning_add(&warnings, NULL, 0, "A line is too long");
	assert_string_equal(report_write(a, model_in(a), &warnings),
		"[{\"where\":\"A12 Two\",\"message\":\"No font draws "
		"it\",\"character\":\"U+1F9EC\","
		"\"code\":\"A12\"},{\"where\":\"\",\"message\":\"A line is too long\"}]");
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_character_is_found_where_it_stands),
		cmocka_unit_test(a_place_is_found_by_code_and_by_title),
		cmocka_unit_test(what_names_its_submission_is_told_by_that),
		cmocka_unit_test(a_report_says_all_there_is_to_say),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
