/* The beginning of a text in a sentence about it: whole words, in one line. */
#include "pdf/layout/doc.h"
#include "pdf/text/quote.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const struct text_style style = {.family = FONT_SERIF, .size = 10};

static void assert_quote(const char *text, const char *quote)
{
	struct arena *a = arena_new();
	struct print_warnings warnings = print_warnings_in(a);
	struct doc *d = doc_new(a, "en", &warnings);
	assert_string_equal(paragraph_quote(a, paragraph_of(d->type, &style, text, NULL)), quote);
	doc_free(d);
	arena_free(a);
}

static void quotes_a_short_text_in_full(void **state)
{
	(void)state;
	assert_quote("", "");
	assert_quote("Care", "Care");
	assert_quote("ما الذي يسمعه المرضى", "ما الذي يسمعه المرضى");
	assert_quote("Hall 1\nGround floor", "Hall 1 Ground floor");
}

static void ends_a_long_one_behind_a_word(void **state)
{
	(void)state;
	assert_quote("On the moral geography of listening in acute hospital wards",
		"On the moral geography of listening in acute…");
	assert_quote("MMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMM",
		"MMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMM…");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quotes_a_short_text_in_full),
		cmocka_unit_test(ends_a_long_one_behind_a_word),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
