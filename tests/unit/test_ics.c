/* Calendars: escaping, folding at 75 octets, line ends, times. */
#include "view/ics.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

static struct buf text(struct arena *a, const char *name, const char *value)
{
	struct buf b = buf_in(a, 1 << 16);

	ics_text(&b, name, value);
	return b;
}

static void test_text_is_escaped(void **state)
{
	struct arena *a = arena_new();
	struct buf b = text(a, "SUMMARY", "Bread, wine; and \\ on\ntwo lines");

	(void)state;
	assert_string_equal(buf_cstr(&b), "SUMMARY:Bread\\, wine\\; and \\\\ on\\ntwo lines\r\n");
	arena_free(a);
}

static void test_control_characters_are_left_out(void **state)
{
	struct arena *a = arena_new();
	struct buf b = text(a, "SUMMARY",
		"a\rb\x01"
		"c\td");

	(void)state;
	assert_string_equal(buf_cstr(&b), "SUMMARY:abc\td\r\n");
	arena_free(a);
}

static void test_a_line_of_75_octets_is_not_folded_one_more_is(void **state)
{
	struct arena *a = arena_new();
	char value[80] = {0};
	struct buf b;

	(void)state;
	memset(value, 'x', 73);
	b = text(a, "A", value);
	assert_int_equal(b.n, 77);
	assert_null(strstr(buf_cstr(&b), "\r\n "));
	memset(value, 'x', 74);
	b = text(a, "A", value);
	assert_string_equal(strstr(buf_cstr(&b), "\r\n "), "\r\n x\r\n");
	arena_free(a);
}

/* Unfolds, and checks that every line fits and is whole UTF-8. */
static char *unfold(struct arena *a, struct buf *b)
{
	struct buf out = buf_in(a, 1 << 16);
	struct str rest = str_from(buf_cstr(b));

	while (rest.p) {
		struct str line = str_cut(&rest, '\n');
		if (!line.n)
			continue;
		assert_int_equal(line.p[line.n - 1], '\r');
		line.n--;
		assert_true(line.n <= 75);
		assert_true(line.n == 0 || ((unsigned char)line.p[0] & 0xc0) != 0x80);
		if (line.p[0] == ' ') {
			assert_true(line.n < 2 || ((unsigned char)line.p[1] & 0xc0) != 0x80);
			buf_add(&out, line.p + 1, line.n - 1);
		} else {
			buf_str(&out, line);
		}
	}
	return out.p;
}

static void test_folding_cuts_no_character_and_no_escape(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	for (size_t shift = 0; shift < 8; shift++) {
		struct buf value = buf_in(a, 1 << 12), want = buf_in(a, 1 << 12), b;
		for (size_t i = 0; i < shift; i++)
			buf_char(&value, 'x');
		for (int i = 0; i < 60; i++)
			buf_text(&value, "山é,𝄞");
		buf_text(&want, "SUMMARY:");
		for (size_t i = 0; i < shift; i++)
			buf_char(&want, 'x');
		for (int i = 0; i < 60; i++)
			buf_text(&want, "山é\\,𝄞");
		b = text(a, "SUMMARY", buf_cstr(&value));
		assert_null(strstr(buf_cstr(&b), "\\\r\n"));
		assert_string_equal(unfold(a, &b), buf_cstr(&want));
	}
	arena_free(a);
}

static void test_an_event_is_told_in_utc(void **state)
{
	struct arena *a = arena_new();
	struct buf b = buf_in(a, 1 << 16);

	(void)state;
	ics_begin(&b, "A, B");
	ics_add(&b, &(struct ics_event){
			    .uid = "K7QF3M2XG@example.org",
			    .sequence = 4,
			    .stamp_at = 1811000000000,
			    .starts_at = 1812000000000,
			    .ends_at = 1812003600000,
			    .summary = "Tea",
			    .url = "https://example.org/a,b;c",
		    });
	ics_end(&b);
	assert_string_equal(buf_cstr(&b),
		"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Symposiarch//Programme//EN\r\n"
		"CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\nX-WR-CALNAME:A\\, B\r\n"
		"BEGIN:VEVENT\r\nUID:K7QF3M2XG@example.org\r\nDTSTAMP:20270522T153320Z\r\n"
		"DTSTART:20270603T052000Z\r\nDTEND:20270603T062000Z\r\nSEQUENCE:4\r\n"
		"SUMMARY:Tea\r\nURL:https://example.org/a,b;c\r\nEND:VEVENT\r\n"
		"END:VCALENDAR\r\n");
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text_is_escaped),
		cmocka_unit_test(test_control_characters_are_left_out),
		cmocka_unit_test(test_a_line_of_75_octets_is_not_folded_one_more_is),
		cmocka_unit_test(test_folding_cuts_no_character_and_no_escape),
		cmocka_unit_test(test_an_event_is_told_in_utc),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
