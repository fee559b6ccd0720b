/* Justified paragraphs: the best breaks, nothing lost, and what the edges of the rules do. */
#include "base/str.h"
#include "pdf/text/utf16.h"
#include "pdf/text/wrap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "type_fixture.h"

static const struct text_style serif = {.family = FONT_SERIF, .size = 10, .colour = 0};
static const struct text_style figures = {
	.family = FONT_SANS, .tabular = true, .size = 10, .colour = 0};

static int setup(void **state)
{
	(void)state;
	return type_begin("en-GB");
}

static int teardown(void **state)
{
	(void)state;
	assert_null(warnings.first);
	return type_end();
}

/* In the order of reading, which in text from right to left is not the order on the page. */
static const char *line_text(const struct line *line)
{
	struct buf b = buf_in(arena, 1 << 16);
	for (size_t i = 0; i < line->n_pieces; i++) {
		size_t at = line->is_rtl ? line->n_pieces - 1 - i : i;
		const struct shape_request *r = &line->pieces[at].shape->request;
		buf_text(&b, utf16_to_utf8(arena, r->text, r->n_text - r->is_hyphenated));
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

/* Every line fits when it is shrunk as far as it may be, and all of the text is there. */
static void assert_whole(struct lines lines, double width, const char *text, const char *blank)
{
	struct buf all = buf_in(arena, 1 << 16);
	for (size_t i = 0; i < lines.n_lines; i++) {
		const struct line *line = &lines.lines[i];
		bool is_joined = i == 0 || lines.lines[i - 1].is_hyphenated;
		assert_true(line->width - line->shrink <= width + 0.01);
		buf_printf(&all, "%s%s", is_joined ? "" : blank, line_text(line));
	}
	assert_string_equal(buf_cstr(&all), text);
}

/* Of the loosest line that is stretched. */
static double loosest(struct lines lines, double width)
{
	double most = 0;
	for (size_t i = 0; i < lines.n_lines; i++) {
		const struct line *line = &lines.lines[i];
		double ratio = line->is_last ? 0 : (width - line->width) / line->stretch;
		most = ratio > most ? ratio : most;
	}
	return most;
}

static double width_of(const char *text)
{
	return paragraph_wrap(type, paragraph_of(type, &figures, text, NULL), 1e6, WRAP_ANY).width;
}

static void looks_ahead_where_greed_leaves_a_word_alone(void **state)
{
	static const char *const greedy[] = {"00 00 00 00", "000000", "0000", NULL};
	static const char *const best[] = {"00 00 00", "00 000000", "0000", NULL};
	struct paragraph *p = paragraph_of(type, &figures, "00 00 00 00 000000 0000", NULL);
	double width = width_of("00 00 00 00");
	(void)state;
	assert_lines(paragraph_wrap(type, p, width, WRAP_ANY), greedy);
	assert_lines(paragraph_justify(type, p, width), best);
}

static void ends_lines_exactly_where_they_are_full(void **state)
{
	static const char *const expected[] = {"00 00 00 00", "0 000 000 0", "00", NULL};
	struct paragraph *p = paragraph_of(type, &figures, "00 00 00 00 0 000 000 0 00", NULL);
	struct lines lines = paragraph_justify(type, p, width_of("00 00 00 00"));
	(void)state;
	assert_lines(lines, expected);
	assert_false(lines.lines[0].is_last || lines.lines[0].is_forced);
	assert_true(lines.lines[2].is_last);
}

static void shrinks_blanks_for_the_last_word(void **state)
{
	struct paragraph *p = paragraph_of(type, &figures, "0 0 0 0 0 0 0 0 0 0", NULL);
	double width = width_of("0 0 0 0 0 0 0 0 0 0");
	struct lines whole = paragraph_justify(type, p, width - 2),
		     cut = paragraph_justify(type, p, width - 12);
	(void)state;
	assert_int_equal(whole.n_lines, 1);
	assert_true(whole.lines[0].width - whole.lines[0].shrink <= width - 2);
	assert_int_equal(cut.n_lines, 2);
}

static void ends_a_line_where_the_text_says_so(void **state)
{
	static const char *const expected[] = {"one", "two three", NULL};
	struct lines lines =
		paragraph_justify(type, paragraph_of(type, &serif, "one\ntwo three", NULL), 400);
	(void)state;
	assert_lines(lines, expected);
	assert_true(lines.lines[0].is_last && lines.lines[1].is_last);
}

static void knows_when_a_line_is_loose_for_want_of_a_way(void **state)
{
	struct paragraph *p = paragraph_of(type, &figures, "0 000000000000000 0 00", NULL);
	struct lines lines = paragraph_justify(type, p, width_of("000000000000000"));
	(void)state;
	assert_true(lines.n_lines > 1);
	assert_true(lines.lines[0].is_forced);
}

static double ratio_of(const struct line *line, double width)
{
	return (width - line->width) / line->stretch;
}

/* A long address leaves the lines around it short; the others have even edges as ever. */
static void leaves_a_line_ragged_rather_than_torn(void **state)
{
	const char *address =
			   "https://symposium.example/a/very/long/address/of/a/page/that/no/line",
		   *prose =
			   "Patients overestimate the length of a visit when the doctor sits down, "
			   "but most evidence comes from single wards and short periods.";
	const char *text = arena_printf(arena, "%s See %s for more. %s", prose, address, prose);
	int n_ragged = 0, n_even = 0;
	(void)state;
	for (double width = 120; width < 300; width += 5) {
		struct lines lines =
			paragraph_justify(type, paragraph_of(type, &serif, text, "en-GB"), width);
		for (size_t i = 0; i < lines.n_lines; i++) {
			const struct line *line = &lines.lines[i];
			bool is_torn = !line->is_last && ratio_of(line, width) > 4;
			assert_int_equal(line->is_ragged, is_torn);
			n_ragged += line->is_ragged;
			n_even += !line->is_ragged && !line->is_last;
		}
	}
	assert_true(n_ragged > 3);
	assert_true(n_even > 2 * n_ragged);
}

static const char german[] =
	"Krankenversicherungsbeiträge und Gesundheitsversorgungsstrukturen unterscheiden sich "
	"zwischen Krankenhausverwaltungen, Rehabilitationseinrichtungen und "
	"Gesundheitswissenschaftsinstituten, weshalb Vergleichsuntersuchungen "
	"Berücksichtigungsregeln für Unterschiedlichkeiten benötigen.";

static void divides_words_but_not_three_times_in_a_row(void **state)
{
	size_t n_divided = 0;
	(void)state;
	for (double width = 60; width < 260; width += 4) {
		struct paragraph *p = paragraph_of(type, &serif, german, "de");
		struct lines lines = paragraph_justify(type, p, width);
		int n = 0;
		if (lines.has_cut_word)
			continue;
		assert_whole(lines, width, german, " ");
		for (size_t i = 0; i < lines.n_lines; i++) {
			n = lines.lines[i].is_hyphenated ? n + 1 : 0;
			n_divided += lines.lines[i].is_hyphenated;
			assert_true(n <= 2);
			assert_int_equal(lines.lines[i].is_forced, loosest(lines, width) > 2);
		}
	}
	assert_true(n_divided > 50);
}

static void divides_nothing_where_all_lines_are_good_without(void **state)
{
	const char *text =
		"In the spring of the year a group of clinicians and historians met on a "
		"screen and put a plain question to all who would hear it: what becomes "
		"of a person’s story once it has been entered in the right boxes?";
	int n_good = 0;
	(void)state;
	for (double width = 150; width < 300; width += 1) {
		struct paragraph *whole = paragraph_of(type, &serif, text, "ja"), /* no patterns */
			*p = paragraph_of(type, &serif, text, "en-GB");
		struct lines lines = paragraph_justify(type, p, width);
		assert_int_equal(lines.lines[0].is_forced, loosest(lines, width) > 2);
		if (loosest(paragraph_justify(type, whole, width), width) > 1)
			continue;
		n_good++;
		for (size_t i = 0; i < lines.n_lines; i++)
			assert_false(lines.lines[i].is_hyphenated);
	}
	assert_true(n_good > 10);
}

static void sets_text_from_right_to_left(void **state)
{
	const char *text = "אחיות בחדר מיון פוגשות עשרות מטופלים במשמרת אחת ורוב המפגשים נרשמים "
			   "בכמה שורות בלבד ומה שנאמר בין השורות נשכח לעיתים קרובות";
	struct lines lines = paragraph_justify(type, paragraph_of(type, &serif, text, "he"), 180);
	(void)state;
	assert_true(lines.n_lines > 2);
	assert_whole(lines, 180, text, " ");
	for (size_t i = 0; i < lines.n_lines; i++) {
		assert_true(lines.lines[i].is_rtl);
		assert_true(lines.lines[i].stretch > 0);
	}
}

static void stretches_text_without_blanks(void **state)
{
	const char *text =
		"沈黙の多くは、家族が患者の名前を口にした直後に生じていた。医療者が沈黙を"
		"待った場合、家族はその後に思い出や後悔を語りはじめることが多かった。";
	struct lines lines = paragraph_justify(type, paragraph_of(type, &serif, text, "ja"), 153);
	(void)state;
	assert_true(lines.n_lines > 3);
	assert_whole(lines, 153, text, "");
	for (size_t i = 0; i < lines.n_lines; i++) {
		const struct line *line = &lines.lines[i];
		assert_true(strncmp(line_text(line), "。", 3) != 0);
		assert_true(strncmp(line_text(line), "、", 3) != 0);
		assert_true(line->is_last || line->stretch > 5);
	}
}

static void sets_thai_with_an_uneven_edge(void **state)
{
	const char *text = "พยาบาลจำนวนมากรู้สึกว่าการนั่งอยู่ข้างเตียงผู้ป่วยเป็นการเสียเวลา";
	struct lines lines = paragraph_justify(type, paragraph_of(type, &serif, text, "th"), 120);
	(void)state;
	assert_true(lines.n_lines > 1);
	assert_whole(lines, 120, text, "");
	for (size_t i = 0; i < lines.n_lines; i++)
		assert_true(lines.lines[i].is_ragged);
}

static void cuts_a_word_that_is_wider_than_the_line(void **state)
{
	const char *word = "0123456789012345678901234567890123456789";
	struct lines lines = paragraph_justify(type, paragraph_of(type, &figures, word, NULL), 80);
	(void)state;
	assert_true(lines.has_cut_word);
	assert_true(lines.n_lines > 2);
	assert_whole(lines, 80, word, "");
}

static void sets_an_empty_paragraph_as_no_lines(void **state)
{
	(void)state;
	assert_int_equal(
		paragraph_justify(type, paragraph_of(type, &serif, "", NULL), 100).n_lines, 0);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(looks_ahead_where_greed_leaves_a_word_alone),
		TEST(ends_lines_exactly_where_they_are_full),
		TEST(shrinks_blanks_for_the_last_word),
		TEST(ends_a_line_where_the_text_says_so),
		TEST(knows_when_a_line_is_loose_for_want_of_a_way),
		TEST(leaves_a_line_ragged_rather_than_torn),
		TEST(divides_words_but_not_three_times_in_a_row),
		TEST(divides_nothing_where_all_lines_are_good_without),
		TEST(sets_text_from_right_to_left),
		TEST(stretches_text_without_blanks),
		TEST(sets_thai_with_an_uneven_edge),
		TEST(cuts_a_word_that_is_wider_than_the_line),
		TEST(sets_an_empty_paragraph_as_no_lines),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
