/* The line at the edge of a page: one line, whatever stands in it, its parts never on each other.
 */
#include "pdf/layout/running.h"

#include "base/str.h"
#include "pdf/text/shorten.h"
#include "pdf/text/utf16.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const struct text_style serif = {.family = FONT_SERIF, .italic = true, .size = 9.5};
static const struct text_style sans = {.family = FONT_SANS, .bold = true, .size = 9};
static const char *const title = "Teaching at the bedside after the pandemic: what patients, "
				 "students and clinicians now expect of each other, and why";

static struct arena *arena;
static struct print_warnings warnings;
static struct doc *doc;

static int setup(void **state)
{
	(void)state;
	arena = arena_new();
	warnings = print_warnings_in(arena);
	doc = doc_new(arena, "en", &warnings);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	doc_free(doc);
	arena_free(arena);
	return 0;
}

/* In visual order, letters as they are read. */
static const char *text_of(const struct lines *lines)
{
	struct buf b = buf_in(arena, 1 << 16);
	assert_int_equal(lines->n_lines, 1);
	for (size_t i = 0; i < lines->lines[0].n_pieces; i++) {
		const struct shape_request *r = &lines->lines[0].pieces[i].shape->request;
		buf_text(&b, utf16_to_utf8(arena, r->text, r->n_text));
	}
	return buf_cstr(&b);
}

static struct lines shorten(const char *text, double width, bool *is_shortened)
{
	return paragraph_shorten(
		doc->type, paragraph_of(doc->type, &serif, text, NULL), width, is_shortened);
}

static double width_of(const char *text)
{
	return shorten(text, 1e6, NULL).width;
}

static void leaves_a_text_that_fits_as_it_is(void **state)
{
	(void)state;
	bool is_shortened = true;
	struct lines lines = shorten(title, width_of(title), &is_shortened);
	assert_string_equal(text_of(&lines), title);
	assert_false(is_shortened);
}

static void ends_behind_a_whole_word_that_fits(void **state)
{
	(void)state;
	size_t n_whole = 0;
	for (double width = 60; width < width_of(title); width += 3) {
		bool is_shortened = false;
		struct lines lines = shorten(title, width, &is_shortened);
		const char *text = text_of(&lines);
		size_t n = strlen(text) - strlen("…");
		assert_true(is_shortened);
		assert_true(lines.width <= width);
		assert_string_equal(text + n, "…");
		assert_memory_equal(text, title, n);
		assert_true(strchr(" ,:", title[n]) != NULL);
		n_whole += strchr(" ,:", text[n - 1]) == NULL;
	}
	assert_true(n_whole > 50);
	/* Nothing that fits is taken away: one word more would be too wide. */
	struct lines lines = shorten(title, width_of("Teaching at the bedside…") + 0.1, NULL);
	assert_string_equal(text_of(&lines), "Teaching at the bedside…");
}

static void takes_pauses_from_the_end(void **state)
{
	(void)state;
	const char *const texts[] = {
		"What patients, students and teachers", "What patients – students and teachers"};
	for (size_t i = 0; i < 2; i++) {
		struct lines lines = shorten(texts[i], width_of("What patients – …") + 0.1, NULL);
		assert_string_equal(text_of(&lines), "What patients…");
	}
	struct lines compound =
		shorten("A patient-centred ward", width_of("A patient-…") + 0.1, NULL);
	assert_string_equal(text_of(&compound), "A…");
}

static void cuts_a_word_that_no_line_holds(void **state)
{
	(void)state;
	struct lines lines = shorten("Donaudampfschifffahrtsgesellschaft", 60, NULL);
	const char *text = text_of(&lines);
	assert_true(lines.width <= 60);
	assert_memory_equal(text, "Donau", 5);
	assert_string_equal(text + strlen(text) - strlen("…"), "…");
}

static void ends_the_line_where_the_text_begins_another(void **state)
{
	(void)state;
	struct lines lines = shorten("Great Hall\nGround floor", 500, NULL);
	assert_string_equal(text_of(&lines), "Great Hall…");
}

static void puts_the_ellipsis_where_the_text_ends(void **state)
{
	(void)state;
	struct lines lines = shorten("החינוך הרפואי בישראל ובעולם כולו", 90, NULL);
	const struct line *line = &lines.lines[0];
	assert_true(lines.width <= 90);
	assert_int_equal(line->pieces[0].shape->request.text[0], 0x2026);
	assert_int_equal(line->pieces[line->n_pieces - 1].shape->request.text[0], 0x05d4);
	struct lines chinese = shorten("医学教育研究年会与临床教学国际研讨会", 90, NULL);
	assert_true(chinese.width <= 90 && chinese.width > 70);
}

static struct running_lines fit(const char *left, const char *right, double width)
{
	const struct running r = {.width = width, .left = {&serif, left}, .right = {&sans, right}};
	struct running_lines l = running_fit(doc, &r);
	assert_true(l.left.n_lines <= 1 && l.right.n_lines <= 1);
	assert_true(l.left.width + l.right.width + (l.right.n_lines ? MM(5) : 0) <= width + 0.01);
	return l;
}

static void leaves_the_shorter_part_its_room(void **state)
{
	(void)state;
	struct running_lines l = fit(title, "Monday 24 May 2027", 350);
	assert_string_equal(text_of(&l.right), "Monday 24 May 2027");
	assert_true(l.is_left_shortened && !l.is_right_shortened);
	assert_true(l.left.width + l.right.width > 270);
	l = fit("Monday 24 May 2027", title, 350);
	assert_string_equal(text_of(&l.left), "Monday 24 May 2027");
	assert_true(!l.is_left_shortened && l.is_right_shortened);
	assert_true(l.left.width + l.right.width > 270);
}

static void parts_the_line_in_two_when_both_are_long(void **state)
{
	(void)state;
	struct running_lines l = fit(title, title, 400);
	assert_true(l.is_left_shortened && l.is_right_shortened);
	assert_true(l.left.width > 130 && l.right.width > 130);
}

static void gives_one_part_the_whole_line(void **state)
{
	(void)state;
	struct running_lines l = fit(title, NULL, width_of(title));
	assert_string_equal(text_of(&l.left), title);
	assert_int_equal(l.right.n_lines, 0);
	l = fit("", "12", 100);
	assert_int_equal(l.left.n_lines, 0);
	assert_string_equal(text_of(&l.right), "12");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(leaves_a_text_that_fits_as_it_is),
		cmocka_unit_test(ends_behind_a_whole_word_that_fits),
		cmocka_unit_test(takes_pauses_from_the_end),
		cmocka_unit_test(cuts_a_word_that_no_line_holds),
		cmocka_unit_test(ends_the_line_where_the_text_begins_another),
		cmocka_unit_test(puts_the_ellipsis_where_the_text_ends),
		cmocka_unit_test(leaves_the_shorter_part_its_room),
		cmocka_unit_test(parts_the_line_in_two_when_both_are_long),
		cmocka_unit_test(gives_one_part_the_whole_line),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
