/* What authors typed, as print has it. */
#include "domain/abstract.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void check(const char *text, size_t n, const struct abstract_part *wanted)
{
	struct arena *a = arena_new();
	struct abstract_part *parts;

	assert_int_equal(abstract_parts(a, text, &parts), n);
	for (size_t i = 0; i < n; i++) {
		assert_string_equal(parts[i].text, wanted[i].text);
		if (wanted[i].heading)
			assert_string_equal(parts[i].heading, wanted[i].heading);
		else
			assert_null(parts[i].heading);
	}
	arena_free(a);
}

#define CHECK(text, ...)                                                                           \
	do {                                                                                       \
		const struct abstract_part wanted[] = {__VA_ARGS__};                               \
		check(text, sizeof(wanted) / sizeof(wanted[0]), wanted);                           \
	} while (0)

static void headings_are_found_however_they_end(void **state)
{
	(void)state;
	CHECK("Background. Why.\n\nMETHODS: How.\n\nResults\nMuch.\n\nConclusions\nNone.",
		{"Background", "Why."}, {"Methods", "How."}, {"Results", "Much."},
		{"Conclusions", "None."});
	CHECK("Aim\n\nTo ask.\n\nRESULTS\n\nMuch.", {"Aim", "To ask."}, {"Results", "Much."});
}

static void a_text_without_headings_is_one_part(void **state)
{
	(void)state;
	CHECK("One.\n\nTwo.\n\n\n\nThree.", {NULL, "One.\n\nTwo.\n\nThree."});
	check("", 0, NULL);
	check("\n\n \n\n", 0, NULL);
}

static void a_sentence_that_begins_like_a_heading_stays_whole(void **state)
{
	(void)state;
	CHECK("Methods differ between wards.\n\nResults were read aloud.",
		{NULL, "Methods differ between wards.\n\nResults were read aloud."});
	CHECK("Before.\n\nAims: to ask.\n\nStill about aims.", {NULL, "Before."},
		{"Aims", "to ask.\n\nStill about aims."});
}

static void more_parts_than_print_takes_stay_in_the_last_one(void **state)
{
	struct arena *a = arena_new();
	struct buf b = buf_in(a, 4000);
	struct abstract_part *parts;

	(void)state;
	for (int i = 0; i < 30; i++)
		buf_text(&b, "Aim: x\n\n");
	assert_int_equal(abstract_parts(a, buf_cstr(&b), &parts), 20);
	assert_true(str_ends_with(str_from(parts[19].text), STR("Aim: x")));
	arena_free(a);
}

static void names_stand_in_the_index_under_the_family_name(void **state)
{
	static const char *const wanted[][3] = {
		{"Łukasz Wiśniewski", "pl", "Wiśniewski, Łukasz"},
		{"Anna van den Berg", "", "Berg, Anna van den"},
		{"Nagy Zsófia", "hu", "Nagy Zsófia"},
		{"歐陽承恩", "zh-Hant", "歐陽承恩"},
		{"Madonna", NULL, "Madonna"},
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
		assert_string_equal(
			abstract_index_name(a, wanted[i][0], wanted[i][1]), wanted[i][2]);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headings_are_found_however_they_end),
		cmocka_unit_test(a_text_without_headings_is_one_part),
		cmocka_unit_test(a_sentence_that_begins_like_a_heading_stays_whole),
		cmocka_unit_test(more_parts_than_print_takes_stay_in_the_last_one),
		cmocka_unit_test(names_stand_in_the_index_under_the_family_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
