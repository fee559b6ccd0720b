/* Views, numbers and bounded buffers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <float.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/str.h"

static void views_compare_by_bytes(void **state)
{
	(void)state;
	assert_true(str_equal(STR("abc"), str_from("abc")));
	assert_false(str_equal(STR("abc"), STR("abd")));
	assert_false(str_equal(STR("abc"), STR("ab")));
	assert_true(str_equal((struct str){NULL, 0}, STR("")));
	assert_int_equal(str_from(NULL).n, 0);
	assert_true(str_is(STR("a"), "a"));
	assert_false(str_is((struct str){"a\0b", 3}, "a"));
	assert_true(str_starts_with(STR("abc"), STR("ab")));
	assert_true(str_starts_with(STR("abc"), STR("")));
	assert_false(str_starts_with(STR("a"), STR("ab")));
	assert_true(str_ends_with(STR("abc"), STR("bc")));
	assert_false(str_ends_with(STR("abc"), STR("xabc")));
	assert_false(str_ends_with(STR("abc"), STR("ab")));
}

static void trim_takes_white_space_off_both_ends(void **state)
{
	(void)state;
	assert_true(str_is(str_trim(STR(" \t\r\n a b\v\f ")), "a b"));
	assert_int_equal(str_trim(STR("  \n ")).n, 0);
	assert_int_equal(str_trim((struct str){NULL, 0}).n, 0);
}

static void cut_walks_through_all_pieces(void **state)
{
	(void)state;
	static const char *const expected[] = {"a", "", "bc", ""};
	struct str rest = STR("a,,bc,");
	int i = 0;
	while (rest.p) {
		struct str piece = str_cut(&rest, ',');
		assert_true(i < 4);
		assert_true(str_is(piece, expected[i++]));
	}
	assert_int_equal(i, 4);
	rest = STR("");
	assert_true(str_is(str_cut(&rest, ','), ""));
	assert_null(rest.p);
}

static void integers_are_read_strictly(void **state)
{
	(void)state;
	int64_t v = 99;
	static const struct {
		const char *text;
		int64_t value;
	} good[] = {{"0", 0}, {"-0", 0}, {"007", 7}, {"-42", -42},
		{"9223372036854775807", INT64_MAX}, {"-9223372036854775808", INT64_MIN}};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		assert_true(str_to_i64(str_from(good[i].text), &v));
		assert_true(v == good[i].value);
	}
	static const char *const bad[] = {"", "-", "+1", " 1", "1 ", "1x", "0x10", "--1", "1.0",
		"9223372036854775808", "-9223372036854775809", "99999999999999999999", "１"};
	v = 99;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(str_to_i64(str_from(bad[i]), &v));
	assert_false(str_to_i64((struct str){"1\0", 2}, &v));
	assert_int_equal(v, 99);
}

static void decimals_are_read_strictly(void **state)
{
	(void)state;
	double v = 99;
	static const struct {
		const char *text;
		double value;
	} good[] = {{"4", 4}, {"-0.5", -0.5}, {"3.25", 3.25}, {"0.1", 0.1}, {"52.6369", 52.6369},
		{"9007199254740992", 9007199254740992.0}, {"0.0000001", 0.0000001}, {"007.50", 7.5},
		{"123456.789012345", 123456.789012345}};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		assert_true(str_to_double(str_from(good[i].text), &v));
		assert_true(v == good[i].value);
	}
	static const char *const bad[] = {"", "-", ".", ".5", "5.", "1.2.3", "1e3", "0x1", "inf",
		"nan", "+1", " 1", "1 ", "1,5", "9007199254740993", "1.00000000000000000", "--1",
		"-.5"};
	v = 99;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(str_to_double(str_from(bad[i]), &v));
	assert_true(v == 99);
}

/* Every number of six decimals in a sweep is the same double that the C library reads. */
static void decimals_round_as_the_c_library_does(void **state)
{
	(void)state;
	uint64_t x = 12345;
	for (int i = 0; i < 20000; i++) {
		char text[40];
		x = x * 6364136223846793005u + 1442695040888963407u;
		snprintf(text, sizeof text, "%u.%06u", (unsigned)(x >> 33),
			(unsigned)(x & 0xfffff) % 1000000);
		double v = -1;
		assert_true(str_to_double(str_from(text), &v));
		assert_true(v == strtod(text, NULL));
	}
}

static void secrets_and_texts_compare(void **state)
{
	(void)state;
	assert_true(str_equal_secret(STR("s3cret"), STR("s3cret")));
	assert_false(str_equal_secret(STR("s3cret"), STR("s3creT")));
	assert_false(str_equal_secret(STR("s3cret"), STR("s3cre")));
	assert_true(str_equal_secret(STR(""), STR("")));
	assert_true(text_equal(NULL, NULL));
	assert_true(text_equal("a", "a"));
	assert_false(text_equal("a", NULL));
	assert_false(text_equal(NULL, "a"));
	assert_true(text_is_empty(NULL));
	assert_true(text_is_empty(""));
	assert_false(text_is_empty(" "));
}

static void bytes_are_put_into_room_by_hand(void **state)
{
	(void)state;
	struct buf b = buf_on_heap(1000);
	char *room = buf_room(&b, 3);
	memcpy(room, "ab?", 3);
	buf_use(&b, 2);
	assert_string_equal(buf_cstr(&b), "ab");
	memset(buf_room(&b, 990), 'c', 990);
	buf_use(&b, 990);
	assert_int_equal(strlen(buf_cstr(&b)), 992);
	assert_null(buf_room(&b, 9));
	assert_true(b.failed);
	buf_free(&b);
}

static void a_buffer_builds_text(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct buf b = buf_in(a, 1000);
	assert_string_equal(buf_cstr(&b), "");
	assert_int_equal(buf_view(&b).n, 0);
	buf_text(&b, "a");
	buf_text(&b, NULL);
	buf_char(&b, '-');
	buf_i64(&b, INT64_MIN);
	buf_i64(&b, 0);
	buf_str(&b, STR("/"));
	buf_printf(&b, "%s%d", "x", 7);
	assert_string_equal(buf_cstr(&b), "a--92233720368547758080/x7");
	buf_reset(&b);
	assert_string_equal(buf_cstr(&b), "");
	assert_false(b.failed);
	arena_free(a);
}

static void escapes(void **state)
{
	(void)state;
	struct buf b = buf_on_heap(1000);
	buf_html(&b, STR("<a href=\"x\" title='y'>R&D ü</a>"));
	assert_string_equal(
		buf_cstr(&b), "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;R&amp;D ü&lt;/a&gt;");
	buf_reset(&b);
	buf_html(&b, STR(""));
	buf_url(&b, STR("a b/ü?&=~-_.Z9"));
	assert_string_equal(buf_cstr(&b), "a%20b%2F%C3%BC%3F%26%3D~-_.Z9");
	buf_free(&b);
	assert_null(b.p);
}

/* For every maximum: the text stays whole below it and the flag is set exactly when it would not.
 */
static void the_maximum_is_exact(void **state)
{
	(void)state;
	for (size_t max = 0; max < 600; max += 7) {
		struct buf by_add = buf_on_heap(max);
		struct buf by_printf = buf_on_heap(max);
		for (size_t n = 1; n <= 620; n++) {
			buf_char(&by_add, 'x');
			buf_printf(&by_printf, "%c", 'x');
			assert_int_equal(by_add.failed, n > max);
			assert_int_equal(by_printf.failed, n > max);
		}
		assert_int_equal(by_add.n, max);
		assert_int_equal(by_printf.n, max);
		assert_int_equal(strlen(buf_cstr(&by_add)), max);
		assert_int_equal(strlen(buf_cstr(&by_printf)), max);
		buf_free(&by_add);
		buf_free(&by_printf);
	}
}

static void what_does_not_fit_leaves_no_trace(void **state)
{
	(void)state;
	struct buf b = buf_on_heap(10);
	buf_text(&b, "12345");
	buf_printf(&b, "%s", "abcdef");
	assert_true(b.failed);
	assert_string_equal(buf_cstr(&b), "12345");
	buf_text(&b, "6");
	assert_string_equal(buf_cstr(&b), "12345");
	buf_reset(&b);
	char wide[300];
	memset(wide, 'w', sizeof wide);
	buf_printf(&b, "%.*s", 299, wide);
	assert_true(b.failed);
	assert_string_equal(buf_cstr(&b), "");
	buf_free(&b);
	b = buf_on_heap(SIZE_MAX);
	buf_add(&b, "x", 1);
	assert_false(b.failed);
	buf_printf(&b, "%.*s", 299, wide);
	assert_int_equal(b.n, 300);
	assert_int_equal(strlen(b.p), 300);
	buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(views_compare_by_bytes),
		cmocka_unit_test(trim_takes_white_space_off_both_ends),
		cmocka_unit_test(cut_walks_through_all_pieces),
		cmocka_unit_test(integers_are_read_strictly),
		cmocka_unit_test(decimals_are_read_strictly),
		cmocka_unit_test(decimals_round_as_the_c_library_does),
		cmocka_unit_test(secrets_and_texts_compare),
		cmocka_unit_test(a_buffer_builds_text),
		cmocka_unit_test(bytes_are_put_into_room_by_hand),
		cmocka_unit_test(escapes),
		cmocka_unit_test(the_maximum_is_exact),
		cmocka_unit_test(what_does_not_fit_leaves_no_trace),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
