/* Lines: they fit, nothing is lost or doubled, words are cut only when they must be. */
#include "base/str.h"
#include "pdf/text/utf16.h"
#include "pdf/text/wrap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/ustring.h>

#include <cmocka.h>

#include "type_fixture.h"

static const struct text_style serif = {.family = FONT_SERIF, .size = 10, .colour = 0};
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

/* The text of a line in visual order, blanks at its end left out. */
static const char *line_text(const struct line *line)
{
	struct buf b = buf_in(arena, 1 << 16);
	for (size_t i = 0; i < line->n_pieces; i++) {
		const struct shape_request *r = &line->pieces[i].shape->request;
		buf_text(&b, utf16_to_utf8(arena, r->text, r->n_text));
	}
	return buf_cstr(&b);
}

static void assert_lines(struct lines lines, const char *const *expected)
{
	for (size_t i = 0; i < lines.n_lines; i++) {
		assert_non_null(expected[i]);
		assert_string_equal(line_text(&lines.lines[i]), expected[i]);
	}
	assert_null(expected[lines.n_lines]);
}

static void sets_short_text_on_one_line(void **state)
{
	(void)state;
	const char *const expected[] = {"Rules with a human face", NULL};
	assert_lines(paragraph_wrap(type, paragraph("Rules with a human face"), 1000, WRAP_ANY),
		expected);
}

static void ends_lines_of_thai_only_where_they_are_full(void **state)
{
	(void)state;
	const char *const expected[] = {"สุภาพร ศรีวัฒนกุล", "เชียงใหม่", "Thailand", NULL};
	assert_lines(
		paragraph_wrap(type, paragraph("สุภาพร ศรีวัฒนกุล\nเชียงใหม่\nThailand"), 1000, WRAP_ANY),
		expected);
}

static void ends_lines_at_blanks_and_fits_them(void **state)
{
	(void)state;
	struct paragraph *p = paragraph("What a ward teaches when nobody is teaching");
	for (double width = 40; width < 220; width += 7) {
		struct lines lines = paragraph_wrap(type, p, width, WRAP_ANY);
		struct buf all = buf_in(arena, 4096);
		assert_false(lines.has_cut_word);
		for (size_t i = 0; i < lines.n_lines; i++) {
			assert_true(lines.lines[i].width <= width + 0.001);
			buf_printf(&all, "%s%s", i ? " " : "", line_text(&lines.lines[i]));
		}
		assert_string_equal(buf_cstr(&all), "What a ward teaches when nobody is teaching");
	}
}

static void cuts_a_word_only_when_it_is_wider_than_the_line(void **state)
{
	(void)state;
	const char *word = "Donaudampfschifffahrtsgesellschaft";
	struct paragraph *p = paragraph(word);
	assert_false(paragraph_wrap(type, p, 300, WRAP_ANY).has_cut_word);
	struct lines lines = paragraph_wrap(type, p, 50, WRAP_ANY);
	struct buf all = buf_in(arena, 4096);
	assert_true(lines.has_cut_word);
	assert_true(lines.n_lines > 2);
	for (size_t i = 0; i < lines.n_lines; i++) {
		assert_true(lines.lines[i].width <= 50.001);
		buf_text(&all, line_text(&lines.lines[i]));
	}
	assert_string_equal(buf_cstr(&all), word);
}

static void keeps_a_letter_on_a_line_that_is_narrower_than_it(void **state)
{
	(void)state;
	struct lines lines = paragraph_wrap(type, paragraph("WWW"), 1, WRAP_ANY);
	assert_int_equal(lines.n_lines, 3);
}

/* Names: with a hyphen where they are cut, and into even parts. */
static void parts_a_long_name_with_hyphens(void **state)
{
	(void)state;
	static const char name[] = "Keihanaikukauakahihuliheekahaunaele";
	const double width = 60;
	struct lines lines = paragraph_wrap(type, paragraph(name), width, WRAP_BLANKS);
	struct buf whole = buf_in(arena, 1 << 10);
	assert_true(lines.n_lines > 2);
	for (size_t i = 0; i < lines.n_lines; i++) {
		const char *text = line_text(&lines.lines[i]);
		size_t n = strlen(text);
		bool is_last = i + 1 == lines.n_lines;
		assert_true(lines.lines[i].width <= width + 1);
		assert_true(lines.lines[i].width > width / 2);
		assert_int_equal(lines.lines[i].is_hyphenated, !is_last);
		buf_add(&whole, text, is_last ? n : n - 1);
	}
	assert_string_equal(buf_cstr(&whole), name);
	/* Addresses of the web and the like have none that is not theirs. */
	lines = paragraph_wrap(type, paragraph(name), width, WRAP_ANY);
	for (size_t i = 0; i < lines.n_lines; i++)
		assert_false(lines.lines[i].is_hyphenated);
}

static void keeps_a_thai_name_whole_before_a_blank(void **state)
{
	(void)state;
	static const char *const expected[] = {"ณัฏฐ์ธนันท์พงศ์ภัค", "วงศ์สุวรรณเลิศลักษณ์ชัย", NULL};
	const struct paragraph *p = paragraph("ณัฏฐ์ธนันท์พงศ์ภัค วงศ์สุวรรณเลิศลักษณ์ชัย");
	struct fit_box box = {
		.width = 80, .height = 60, .leading = 1.2, .least = 0.2, .at = WRAP_BLANKS};
	struct lines lines;
	assert_true(paragraph_fit(type, p, &box, &lines) > 0.5);
	assert_lines(lines, expected);
}

static void never_parts_a_letter_from_its_marks(void **state)
{
	(void)state;
	/* x with caron has no precomposed form. */
	const char *const expected[] = {"x\u030c", "x\u030c", "x\u030c", NULL};
	assert_lines(
		paragraph_wrap(type, paragraph("x\u030cx\u030cx\u030c"), 6, WRAP_ANY), expected);
}

static void cuts_even_what_must_not_be_parted_before_it_leaves_the_line(void **state)
{
	(void)state;
	/* No-break spaces throughout. */
	struct paragraph *p = paragraph("Maria\u00a0da\u00a0Conceição\u00a0dos\u00a0Santos");
	struct lines lines = paragraph_wrap(type, p, 50, WRAP_ANY);
	assert_true(lines.n_lines > 1);
	for (size_t i = 0; i < lines.n_lines; i++)
		assert_true(lines.lines[i].width <= 50.001);
}

static void keeps_relations_on_one_line(void **state)
{
	(void)state;
	const char *const expected[] = {"in nine hospitals", "(β = 0.42, p ≤ 0.01)", NULL};
	assert_lines(paragraph_wrap(type, paragraph("in nine hospitals (β = 0.42, p ≤ 0.01)"), 110,
			     WRAP_ANY),
		expected);
}

static void ends_a_line_where_the_text_says_so(void **state)
{
	(void)state;
	const char *const expected[] = {"one", "two", NULL};
	struct lines lines = paragraph_wrap(type, paragraph("one\ntwo"), 1000, WRAP_ANY);
	assert_lines(lines, expected);
	assert_true(lines.lines[0].is_last);
}

static void breaks_between_ideographs_but_not_before_their_full_stop(void **state)
{
	(void)state;
	struct lines lines = paragraph_wrap(type, paragraph("東北緩和。"), 41, WRAP_ANY);
	const char *const expected[] = {"東北緩", "和。", NULL};
	assert_lines(lines, expected);
}

static void breaks_thai_between_words(void **state)
{
	(void)state;
	struct paragraph *p = paragraph_of(type, &sans, "โรงพยาบาลเชียงใหม่", "th");
	struct lines lines = paragraph_wrap(type, p, 50, WRAP_ANY);
	const char *const expected[] = {"โรงพยาบาล", "เชียงใหม่", NULL};
	assert_lines(lines, expected);
}

static void orders_mixed_directions_for_the_eye(void **state)
{
	(void)state;
	/* A Hebrew name in an English sentence: letters stay in one piece, pieces keep their
	 * places. */
	struct text_span spans[] = {{.style = &sans, .text = "For: "},
		{.style = &sans, .text = "אבי לוינסון", .isolate = true},
		{.style = &sans, .text = ", Haifa"}};
	struct paragraph *p = paragraph_new(type, spans, 3, DIRECTION_LTR);
	const char *const expected[] = {"For: לוינסון אבי, Haifa", NULL};
	assert_true(p->is_mixed);
	assert_lines(paragraph_wrap(type, p, 1000, WRAP_ANY), expected);
}

static void keeps_hyphens_inside_names(void **state)
{
	(void)state;
	struct paragraph *p = paragraph("Ana-Marija Žižek");
	const char *const anywhere[] = {"Ana-", "Marija", "Žižek", NULL};
	const char *const at_blanks[] = {"Ana-Marija", "Žižek", NULL};
	assert_lines(paragraph_wrap(type, p, 45, WRAP_ANY), anywhere);
	assert_lines(paragraph_wrap(type, p, 60, WRAP_BLANKS), at_blanks);
}

static void balances_without_adding_lines(void **state)
{
	(void)state;
	struct paragraph *p = paragraph("This house believes that machines cannot provide care");
	struct lines greedy = paragraph_wrap(type, p, 180, WRAP_ANY);
	struct lines even = paragraph_balance(type, p, 180, WRAP_ANY);
	assert_int_equal(greedy.n_lines, even.n_lines);
	assert_true(even.width < greedy.width);
}

static void fits_without_cutting_words_when_that_is_possible(void **state)
{
	(void)state;
	struct paragraph *p = paragraph("Nguyễn Thị Minh Hạnh Wolfeschlegelsteinhausenbergerdorff");
	struct fit_box box = {.width = 80, .height = 60, .leading = 1.2, .least = 0.1};
	struct lines lines;
	double factor = paragraph_fit(type, p, &box, &lines);
	assert_false(lines.has_cut_word);
	assert_true(factor < 1 && factor > 0.1);
	assert_true(lines.width * factor <= 80.001);
	assert_true((double)lines.n_lines * 10 * 1.2 * factor <= 60.001);
}

static void fits_short_text_at_full_size(void **state)
{
	(void)state;
	struct lines lines;
	struct fit_box box = {.width = 80, .height = 60, .leading = 1.2, .least = 0.1};
	assert_true(paragraph_fit(type, paragraph("Ægir"), &box, &lines) == 1);
}

static void sets_an_empty_text_as_no_lines(void **state)
{
	(void)state;
	struct lines lines;
	struct fit_box box = {.width = 80, .height = 60, .leading = 1.2, .least = 0.1};
	assert_int_equal(paragraph_wrap(type, paragraph(""), 100, WRAP_ANY).n_lines, 0);
	paragraph_fit(type, paragraph(""), &box, &lines);
	assert_int_equal(lines.n_lines, 0);
}

static void composes_to_normal_form(void **state)
{
	(void)state;
	struct paragraph *p = paragraph("Zˇ e\u0301"); /* a spacing caron stays, e and acute join */
	struct line line = paragraph_wrap(type, p, 1000, WRAP_ANY).lines[0];
	assert_string_equal(line_text(&line), "Zˇ é");
}

static void never_sorts_more_than_thirty_marks_at_a_time(void **state)
{
	(void)state;
	enum { N_MARKS = 1000, MOST = 30 };
	struct buf b = buf_in(arena, 1 << 14);
	int n_marks = 0, run = 0, longest = 0;
	buf_text(&b, "x");
	for (int i = 0; i < N_MARKS; i++)
		buf_text(&b, i % 2 ? "\u0323" : "\u0301");
	struct paragraph *p = paragraph(buf_cstr(&b));
	for (size_t i = 0; i < p->n_pieces; i++) {
		const struct shape_request *r = &p->pieces[i].shape->request;
		for (int k = 0; k < r->n_text; k++) {
			bool is_mark = u_getCombiningClass(r->text[k]);
			n_marks += is_mark;
			run = is_mark ? run + 1 : 0;
			longest = run > longest ? run : longest;
		}
	}
	assert_int_equal(n_marks, N_MARKS);
	assert_int_equal(longest, MOST);
}

static void sorts_the_marks_of_a_letter(void **state)
{
	(void)state;
	struct paragraph *p = paragraph("x\u0301\u0323\u0301\u0323");
	assert_string_equal(line_text(&paragraph_wrap(type, p, 1000, WRAP_ANY).lines[0]),
		"x\u0323\u0323\u0301\u0301");
}

static void sets_a_word_from_one_face(void **state)
{
	(void)state;
	/* Lato has no ꞌ: the whole word moves to the next face, its neighbours stay. */
	struct paragraph *p = paragraph("Anna Maꞌalo Wu");
	assert_int_equal(p->n_pieces, 5);
	assert_ptr_equal(p->pieces[0].shape->request.face, p->pieces[4].shape->request.face);
	assert_ptr_not_equal(p->pieces[0].shape->request.face, p->pieces[2].shape->request.face);
	assert_null(warnings.first);
}

static void finds_the_script_of_a_sign_that_some_scripts_share(void **state)
{
	(void)state;
	/* Only the faces of Indian scripts draw a danda, only those of Arabic its comma. */
	paragraph("शिकायतें आधी रह गईं (p ≤ 0.05)।");
	paragraph("(p ≤ 0.05)॥ शिकायतें");
	paragraph("Rigveda।");
	paragraph("हाँ 5। WHO।।");
	paragraph("p\u060c ألم (p ≤ 0.05)\u060c WHO\u061f");
	assert_null(warnings.first);
}

static void sets_a_full_stop_behind_latin_letters_like_its_sentence(void **state)
{
	(void)state;
	struct paragraph *p = paragraph("共情WHO。");
	assert_int_equal(p->pieces[p->n_pieces - 1].shape->request.script, USCRIPT_HAN);
}

static bool is_set_in(const char *text, const char *lang, UChar c, UScriptCode script)
{
	struct paragraph *p = paragraph_of(type, &sans, text, lang);
	for (size_t i = 0; i < p->n_pieces; i++) {
		const struct shape_request *r = &p->pieces[i].shape->request;
		if (u_memchr(r->text, c, r->n_text))
			return r->script == script;
	}
	return false;
}

static void sets_chinese_quotes_and_brackets_as_wide_as_its_letters(void **state)
{
	(void)state;
	assert_true(is_set_in("从“问诊”开始", "zh-Hans", 0x201C, USCRIPT_HAN));
	assert_true(is_set_in("从“问诊”开始", "zh-Hans", 0x201D, USCRIPT_HAN));
	assert_true(is_set_in("“问诊”", "zh-Hans", 0x201C, USCRIPT_HAN));
	assert_true(is_set_in("平均差（p = 0.04）", "zh-Hans", 0xFF08, USCRIPT_HAN));
	assert_true(is_set_in("平均差（p = 0.04）", "zh-Hans", 'p', USCRIPT_LATIN));
	/* Around a Chinese word in an English sentence they are English. */
	assert_false(is_set_in("the word “问诊” here", "en", 0x201C, USCRIPT_HAN));
	assert_false(is_set_in("the word “问诊” here", "en", 0x201D, USCRIPT_HAN));
}

static void keeps_the_face_of_a_hebrew_word_in_front_of_a_stop(void **state)
{
	(void)state;
	/* The Hebrew faces have no stops: those alone come from another face. */
	struct paragraph *p = paragraph_of(type, &serif, "אותו אותו. אותו", "he");
	const struct font_face *face = p->pieces[0].shape->request.face;
	assert_int_equal(p->n_pieces, 6);
	assert_ptr_equal(p->pieces[2].shape->request.face, face);
	assert_ptr_not_equal(p->pieces[3].shape->request.face, face);
	assert_ptr_equal(p->pieces[5].shape->request.face, face);
	assert_null(warnings.first);
}

static void warns_once_of_a_character_no_face_draws(void **state)
{
	(void)state;
	paragraph("a \U0010FFFDb \U0010FFFD");
	assert_non_null(warnings.first);
	assert_int_equal(warnings.first->code_point, 0x10FFFD);
	assert_string_equal(warnings.first->where, "a \U0010FFFDb \U0010FFFD");
	assert_null(warnings.first->next);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(sets_short_text_on_one_line),
		TEST(ends_lines_of_thai_only_where_they_are_full),
		TEST(ends_lines_at_blanks_and_fits_them),
		TEST(cuts_a_word_only_when_it_is_wider_than_the_line),
		TEST(keeps_a_letter_on_a_line_that_is_narrower_than_it),
		TEST(parts_a_long_name_with_hyphens),
		TEST(keeps_a_thai_name_whole_before_a_blank),
		TEST(never_parts_a_letter_from_its_marks),
		TEST(cuts_even_what_must_not_be_parted_before_it_leaves_the_line),
		TEST(keeps_relations_on_one_line),
		TEST(ends_a_line_where_the_text_says_so),
		TEST(breaks_between_ideographs_but_not_before_their_full_stop),
		TEST(breaks_thai_between_words),
		TEST(orders_mixed_directions_for_the_eye),
		TEST(keeps_hyphens_inside_names),
		TEST(balances_without_adding_lines),
		TEST(fits_without_cutting_words_when_that_is_possible),
		TEST(fits_short_text_at_full_size),
		TEST(sets_an_empty_text_as_no_lines),
		TEST(composes_to_normal_form),
		TEST(never_sorts_more_than_thirty_marks_at_a_time),
		TEST(sorts_the_marks_of_a_letter),
		TEST(sets_a_word_from_one_face),
		TEST(finds_the_script_of_a_sign_that_some_scripts_share),
		TEST(sets_a_full_stop_behind_latin_letters_like_its_sentence),
		TEST(sets_chinese_quotes_and_brackets_as_wide_as_its_letters),
		TEST(keeps_the_face_of_a_hebrew_word_in_front_of_a_stop),
		TEST(warns_once_of_a_character_no_face_draws),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
