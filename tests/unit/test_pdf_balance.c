/* Lines chosen for their looks: headings of even lines, and last lines of more than one word. */
#include "base/str.h"
#include "pdf/text/utf16.h"
#include "pdf/text/wrap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "type_fixture.h"

static const struct text_style sans = {.family = FONT_SANS, .size = 10, .colour = 0};

static int setup(void **state)
{
	(void)state;
	return type_begin("en");
}

static int teardown(void **state)
{
	(void)state;
	return type_end();
}

static struct paragraph *paragraph(const char *text)
{
	return paragraph_of(type, &sans, text, NULL);
}

static double width_of(const char *text)
{
	return paragraph_wrap(type, paragraph(text), 10000, WRAP_ANY).width;
}

/* The lines with strokes between them, each without the blank at its end. */
static const char *text_of(struct lines lines)
{
	struct buf b = buf_in(arena, 1 << 16);
	for (size_t k = 0; k < lines.n_lines; k++) {
		const struct line *line = &lines.lines[k];
		buf_text(&b, k ? "/" : "");
		for (size_t i = 0; i < line->n_pieces; i++) {
			const struct shape_request *r = &line->pieces[i].shape->request;
			buf_text(&b, utf16_to_utf8(arena, r->text, r->n_text));
		}
	}
	return buf_cstr(&b);
}

static const char *balanced(const char *text, double width)
{
	return text_of(paragraph_balance(type, paragraph(text), width, WRAP_ANY));
}

/* ---- headings ------------------------------------------------------------------------------- */

static void shares_what_is_left_among_all_lines(void **state)
{
	(void)state;
	const char *text = "What a ward teaches when nobody is teaching";
	assert_string_equal(balanced(text, width_of("What a ward teaches") + 1),
		"What a ward/teaches when/nobody is teaching");
	assert_string_equal(balanced(text, width_of("What a ward teaches when nobody") + 1),
		"What a ward teaches/when nobody is teaching");
	assert_string_equal(balanced(text, 1000), text);
	/* A long word makes the other lines no fuller. */
	assert_string_equal(balanced("Wolfeschlegelsteinhausen and what a ward teaches all of us",
				    width_of("Wolfeschlegelsteinhausen") + 5),
		"Wolfeschlegelsteinhausen/and what a ward/teaches all of us");
}

static void ends_no_line_at_a_hyphen_without_need(void **state)
{
	(void)state;
	const char *text = "Teaching empathy in patient-centred consultations";
	assert_string_equal(balanced(text, width_of("Teaching empathy in patient-centred") + 1),
		"Teaching empathy in/patient-centred consultations");
	/* Where one line more would be needed, it does. */
	assert_string_equal(balanced("Teaching patient-centred consultations",
				    width_of("centred consultations") + 1),
		"Teaching patient-/centred consultations");
}

static void leaves_no_short_word_alone_in_the_last_line(void **state)
{
	(void)state;
	assert_string_equal(
		balanced("Simulations teaching attention", width_of("Simulations teaching") + 1),
		"Simulations/teaching attention");
	assert_string_equal(balanced("Compassion", 1000), "Compassion");
}

/* Hours behind a title are no remainder of it. */
static void leaves_what_is_set_in_another_type_alone(void **state)
{
	static const struct text_style serif = {.family = FONT_SERIF, .size = 10, .colour = 0};
	const struct text_span spans[] = {{.style = &serif, .text = "Choir for everyone"},
		{.style = &sans, .text = "   "}, {.style = &sans, .text = "12:30–13:00"}};
	struct paragraph *p = paragraph_new(type, spans, 3, DIRECTION_AUTO);
	double width = paragraph_wrap(type, p, 1000, WRAP_ANY).width - 1;
	(void)state;
	assert_string_equal(text_of(paragraph_balance(type, p, width, WRAP_ANY)),
		"Choir for everyone/12:30–13:00");
}

static void ends_lines_where_the_sense_pauses(void **state)
{
	(void)state;
	assert_string_equal(balanced("Ward rounds sitting down: a stepped-wedge trial in nine",
				    width_of("Ward rounds sitting down: a steppe")),
		"Ward rounds sitting down:/a stepped-wedge trial in nine");
	assert_string_equal(
		balanced("With Doctor D. Yamada in Japan", width_of("With Doctor D. Yamada")),
		"With Doctor/D. Yamada in Japan");
	/* Nor inside of a name whose letters need no blanks. */
	assert_string_equal(balanced("With Chihiro Yamada of the 東北緩和ケア研究所 in Japan",
				    width_of("With Chihiro Yamada of the 東北緩")),
		"With Chihiro Yamada of the/東北緩和ケア研究所 in Japan");
}

static void balances_what_stands_between_forced_ends_by_itself(void **state)
{
	(void)state;
	assert_string_equal(balanced("Care\nWhat a ward teaches when nobody is teaching\nLondon",
				    width_of("What a ward teaches when nobody") + 1),
		"Care/What a ward teaches/when nobody is teaching/London");
	struct lines lines = paragraph_balance(type, paragraph("one\ntwo"), 1000, WRAP_ANY);
	assert_true(lines.lines[0].is_last && lines.lines[1].is_last);
}

static void makes_as_many_lines_as_greedy_filling(void **state)
{
	static const char *const texts[] = {"What a ward teaches when nobody is teaching",
		"Ana-Marija Žižek-Kovačević and/or others: a state-of-the-art review",
		"東北緩和医療における看護師の共感について。", "โรงพยาบาลเชียงใหม่ และมหาวิทยาลัย",
		"האחות התיישבה ליד המיטה, WHO 2027",
		" blanks  everywhere\u00a0too \nand\n\nempty lines ", ""};
	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		struct paragraph *p = paragraph(texts[i]);
		for (double width = 8; width < 320; width += 3.3)
			for (enum wrap_at at = WRAP_ANY; at <= WRAP_BLANKS; at++) {
				struct lines even = paragraph_balance(type, p, width, at),
					     greedy = paragraph_wrap(type, p, width, at);
				assert_int_equal(even.n_lines, greedy.n_lines);
				assert_true(even.width <= width * 1.0001 || even.has_cut_word);
				assert_int_equal(even.has_cut_word, greedy.has_cut_word);
			}
	}
}

static void sets_long_text_without_looking_for_the_best_way(void **state)
{
	struct buf b = buf_in(arena, 1 << 16);
	(void)state;
	for (int i = 0; i < 3000; i++)
		buf_text(&b, "care ");
	struct lines lines = paragraph_balance(type, paragraph(buf_cstr(&b)), 300, WRAP_ANY);
	assert_int_equal(lines.n_lines,
		paragraph_wrap(type, paragraph(buf_cstr(&b)), 300, WRAP_ANY).n_lines);
}

/* ---- running text with an uneven edge ---------------------------------------------------------
 */

static const char *ragged(const char *text, double width)
{
	return text_of(paragraph_ragged(type, paragraph(text), width));
}

static void ends_a_paragraph_with_more_than_a_short_word(void **state)
{
	(void)state;
	double width = width_of("a place not confirmed goes to the next on the ");
	assert_string_equal(ragged("a place not confirmed goes to the next on the list.", width),
		"a place not confirmed goes to the next on/the list.");
	assert_string_equal(
		ragged("a place not confirmed goes to the next on the list.\nYours", width),
		"a place not confirmed goes to the next on/the list./Yours");
	assert_string_equal(ragged("東北緩和医療における看護師の共感",
				    width_of("東北緩和医療における看護師の共")),
		"東北緩和医療における看護師の/共感");
}

static void keeps_a_line_full_above_a_last_word(void **state)
{
	(void)state;
	/* A long word would leave a hole. */
	assert_string_equal(ragged("goes to the Donaudampfschifffahrt list.",
				    width_of("goes to the Donaudampfschifffahrt ")),
		"goes to the Donaudampfschifffahrt/list.");
	/* A long word may stand alone. */
	assert_string_equal(ragged("goes to the next on the interprofessional",
				    width_of("goes to the next on the inter")),
		"goes to the next on the/interprofessional");
	/* No compound is parted for it. */
	assert_string_equal(ragged("nobody knows who reads state-of-the list.",
				    width_of("nobody knows who reads state-of-the ")),
		"nobody knows who reads state-of-the/list.");
	assert_string_equal(ragged("one", 1000), "one");
	assert_string_equal(ragged("one two", width_of("one t")), "one/two");
}

static void fills_all_lines_but_the_last_two_greedily(void **state)
{
	(void)state;
	struct paragraph *p = paragraph(
		"We hope to see you, Dr Ana-Marija Žižek, in Leicester all the same, if the "
		"journey can be paid for.\n東北緩和医療における看護師の共感について。\nשלום לך "
		"אבי");
	for (double width = 14; width < 520; width += 3.3) {
		struct lines lines = paragraph_ragged(type, p, width),
			     greedy = paragraph_wrap(type, p, width, WRAP_ANY);
		assert_int_equal(lines.n_lines, greedy.n_lines);
		for (size_t i = 0; i < lines.n_lines; i++) {
			bool is_near_end = lines.lines[i].is_last || lines.lines[i + 1].is_last;
			assert_true(lines.lines[i].width <= width * 1.0001);
			assert_true(lines.lines[i].width <= lines.width);
			assert_int_equal(lines.lines[i].is_last, greedy.lines[i].is_last);
			assert_true(is_near_end || lines.lines[i].width == greedy.lines[i].width);
		}
	}
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(shares_what_is_left_among_all_lines),
		TEST(ends_no_line_at_a_hyphen_without_need),
		TEST(leaves_no_short_word_alone_in_the_last_line),
		TEST(leaves_what_is_set_in_another_type_alone),
		TEST(ends_lines_where_the_sense_pauses),
		TEST(balances_what_stands_between_forced_ends_by_itself),
		TEST(makes_as_many_lines_as_greedy_filling),
		TEST(sets_long_text_without_looking_for_the_best_way),
		TEST(ends_a_paragraph_with_more_than_a_short_word),
		TEST(keeps_a_line_full_above_a_last_word),
		TEST(fills_all_lines_but_the_last_two_greedily),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
