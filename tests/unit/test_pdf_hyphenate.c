/* Where words may be divided: by the patterns of their language, and nowhere else. */
#include "base/str.h"
#include "pdf/text/hyphenate.h"
#include "pdf/text/patterns.h"
#include "pdf/text/utf16.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <unicode/ustring.h>

#include <cmocka.h>

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

/* "edu-ca-tion". */
static const char *divided(const char *lang, const char *word)
{
	int32_t n;
	unsigned char points[HYPHENATE_MAX_POINTS];
	const UChar *units = utf16_from(arena, word, &n);
	int n_points = hyphenate(units, n, lang, points), start = 0;
	struct buf b = buf_in(arena, 4096);
	for (int i = 0; i < n_points; start = points[i++])
		buf_printf(&b, "%s-", utf16_to_utf8(arena, units + start, points[i] - start));
	buf_text(&b, utf16_to_utf8(arena, units + start, n - start));
	return buf_cstr(&b);
}

static void divides_words_as_their_languages_do(void **state)
{
	static const char *const words[][2] = {
		{"en-GB", "edu-ca-tion"},
		{"en-GB", "com-pas-sion"},
		{"en-US", "hy-phen-ation"},
		{"de", "Kran-ken-haus"},
		{"de-CH", "Kran-ken-ver-si-che-rung"},
		{"fr", "com-pré-hen-sion"},
		{"pl", "zro-zu-mie-nie"},
		{"ru", "со-чув-ствие"},
		{"el", "εν-συ-ναί-σθηση"},
		{"hu", "be-teg-ség"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		char *whole = arena_strdup(arena, words[i][1]);
		size_t n = 0;
		for (const char *c = words[i][1]; *c; c++)
			if (*c != '-')
				whole[n++] = *c;
		whole[n] = '\0';
		assert_string_equal(divided(words[i][0], whole), words[i][1]);
	}
}

static void divides_the_same_word_differently_on_two_shores(void **state)
{
	(void)state;
	assert_string_not_equal(divided("en-US", "hyphenation"), divided("en-GB", "hyphenation"));
}

static void passes_over_what_stands_around_a_word(void **state)
{
	(void)state;
	assert_string_equal(divided("en-GB", "(education),"), "(edu-ca-tion),");
	assert_string_equal(divided("de", "„Krankenhaus“."), "„Kran-ken-haus“.");
	assert_string_equal(divided("fr", "l’accompagnement"), "l’ac-com-pa-gne-ment");
	assert_string_equal(divided("fr", "qu’accompagnement"), "qu’ac-com-pa-gne-ment");
}

static void leaves_alone_what_is_no_plain_word(void **state)
{
	static const char *const words[] = {"p53education", "education2", "edu4cation",
		"self-education", "education’s", "10.5555/empathy", "cat", "l’eau", "", "(0.05)",
		"医学教育研究会议"};
	(void)state;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		assert_string_equal(divided("en-GB", words[i]), words[i]);
}

static void leaves_alone_what_has_no_patterns(void **state)
{
	int32_t n;
	unsigned char points[HYPHENATE_MAX_POINTS];
	const UChar *units = utf16_from(arena, "education", &n);
	(void)state;
	assert_string_equal(divided("ja", "education"), "education");
	assert_string_equal(divided("eno", "education"), "education");
	assert_int_equal(hyphenate(units, n, NULL, points), 0);
}

static void gives_rising_points_away_from_the_ends(void **state)
{
	static const char *const words[] = {"Donaudampfschifffahrtsgesellschaftskapitän",
		"Krankenversicherungsbeitragserhöhung", "Arbeiterunfallversicherungsgesetz"};
	(void)state;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		int32_t n;
		unsigned char points[HYPHENATE_MAX_POINTS];
		const UChar *units = utf16_from(arena, words[i], &n);
		int n_points = hyphenate(units, n, "de", points), last = 1;
		assert_true(n_points > 6 && n_points <= HYPHENATE_MAX_POINTS);
		for (int k = 0; k < n_points; k++) {
			assert_true(points[k] > last);
			last = points[k];
		}
		assert_true(last <= n - 3);
	}
}

/* ---- files ---------------------------------------------------------------------------------- */

/* The patterns of a file with this text. */
static struct patterns *patterns_of(const char *text, size_t n)
{
	char path[] = "/tmp/symposiarch-patterns-XXXXXX";
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, n), n);
	close(fd);
	struct patterns *p = patterns_read(path);
	unlink(path);
	return p;
}

static void reads_patterns_from_a_file(void **state)
{
	static const char text[] =
		"ISO8859-1\nLEFTHYPHENMIN 2\n% a remark\na1b\n.ab2c\nx1/y=,1,2\n";
	unsigned char marks[4];
	struct patterns *p = patterns_of(text, sizeof text - 1);
	(void)state;
	assert_non_null(p);
	patterns_mark(p, u"abba", 4, marks);
	assert_int_equal(marks[0], 1); /* a1b */
	assert_int_equal(marks[1], 0);
	patterns_mark(p, u"abca", 4, marks);
	assert_int_equal(marks[1], 2); /* .ab2c */
	patterns_mark(p, u"xyab", 4, marks);
	assert_int_equal(marks[0] & 1, 0); /* it would change the spelling */
	assert_int_equal(marks[2], 1);
}

static void has_no_patterns_without_a_file(void **state)
{
	(void)state;
	assert_null(patterns_read("/nonexistent/hyph_xx.dic"));
	assert_null(patterns_read("/"));
}

static void has_no_patterns_from_a_broken_file(void **state)
{
	static const char unknown[] = "NO-SUCH-CHARSET\na1b\n";
	static const char endless[] =
		"an endless first line that names no set of characters at all";
	(void)state;
	assert_null(patterns_of("", 0));
	assert_null(patterns_of(unknown, sizeof unknown - 1));
	assert_null(patterns_of(endless, sizeof endless - 1));
}

static void survives_rubbish_in_a_file(void **state)
{
	struct buf b = buf_in(arena, 1 << 20);
	unsigned char marks[6];
	(void)state;
	buf_text(&b, "UTF-8\n");
	for (int i = 0; i < 500; i++)
		buf_text(&b, "a1"); /* longer than any word */
	buf_add(&b, "\n\xff\xfe\n1\n123\n/\n\0\n", 14);
	buf_text(&b, "b1c");
	struct patterns *p = patterns_of(b.p, b.n);
	assert_non_null(p);
	patterns_mark(p, u"aaabca", 6, marks);
	assert_int_equal(marks[3], 1);
	assert_int_equal(marks[0], 0);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(divides_words_as_their_languages_do),
		TEST(divides_the_same_word_differently_on_two_shores),
		TEST(passes_over_what_stands_around_a_word),
		TEST(leaves_alone_what_is_no_plain_word),
		TEST(leaves_alone_what_has_no_patterns),
		TEST(gives_rising_points_away_from_the_ends),
		TEST(reads_patterns_from_a_file),
		TEST(has_no_patterns_without_a_file),
		TEST(has_no_patterns_from_a_broken_file),
		TEST(survives_rubbish_in_a_file),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
