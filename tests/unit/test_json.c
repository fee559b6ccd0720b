/* The strict door, the arena of a tree, and JSON that is safe in a page. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>
#include "base/json.h"

static struct arena *arena;

static int setup(void **state)
{
	(void)state;
	json_setup();
	arena = arena_new();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static const char *message_of(struct str text)
{
	struct err err = err_in(arena);
	cJSON *tree = NULL;
	enum rc rc = json_parse(arena, text, &tree, &err);
	if (rc == OK) {
		assert_non_null(tree);
		return NULL;
	}
	assert_int_equal(rc, INVALID);
	assert_null(tree);
	return err.message;
}

static const char *rewritten(const char *text)
{
	struct err err = err_in(arena);
	cJSON *tree = NULL;
	struct buf b = buf_in(arena, 10000);
	assert_int_equal(json_parse(arena, str_from(text), &tree, &err), OK);
	json_write(&b, tree);
	return buf_cstr(&b);
}

static void valid_texts_are_taken(void **state)
{
	(void)state;
	static const char *const texts[] = {"null", " true ", "[]", "{}", "[ ]", "{ }", "0", "-0",
		"-1.5e3", "1E+2", "\"\"", "\"\\u00fc\\ud83d\\ude00\\/\"", "[1,[2,{\"a\":[]}]]",
		"{\"a\":1,\"b\":{\"a\":2}}", "[{\"a\":1},{\"a\":1}]", "{\"a\":1,\"A\":2}",
		"9007199254740992", "-9007199254740992", "999999999999999.5", "0.000001e20",
		"0e9999", "1e-400", "\"\x7f\"", "\r\n\t 1", "[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]",
		"{\"\":1}", "\"\\u0001\""};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		assert_null(message_of(str_from(texts[i])));
}

static void invalid_texts_are_refused_at_their_place(void **state)
{
	(void)state;
	const struct {
		struct str text;
		const char *end;
	} cases[] = {
		{STR(""), "line 1, column 1: a value is expected"},
		{STR("  "), "line 1, column 3: a value is expected"},
		{STR("nul"), "line 1, column 1: a value is expected"},
		{STR("NaN"), "line 1, column 1: a value is expected"},
		{STR("\xef\xbb\xbf"
		     "1"),
			"line 1, column 1: a value is expected"},
		{STR("1 2"), "line 1, column 3: something follows the value"},
		{STR("truex"), "line 1, column 5: something follows the value"},
		{STR("1\0"), "line 1, column 2: something follows the value"},
		{STR("[1,]"), "line 1, column 4: a value is expected"},
		{STR("[1"), "line 1, column 3: a comma or a closing bracket is expected"},
		{STR("[1}"), "line 1, column 3: a comma or a closing bracket is expected"},
		{STR("["), "line 1, column 2: a value is expected"},
		{STR("{\"a\":1,}"), "line 1, column 8: a string is expected"},
		{STR("{a:1}"), "line 1, column 2: a string is expected"},
		{STR("{\"a\"}"), "line 1, column 5: a colon is expected"},
		{STR("{\"a\":}"), "line 1, column 6: a value is expected"},
		{STR("012"), "line 1, column 4: a number has leading zeros"},
		{STR("-"), "line 1, column 2: a value is expected"},
		{STR("+1"), "line 1, column 1: a value is expected"},
		{STR(".5"), "line 1, column 1: a value is expected"},
		{STR("1."), "line 1, column 3: digits are missing after the decimal point"},
		{STR("1e"), "line 1, column 3: digits are missing in the exponent"},
		{STR("1e+"), "line 1, column 4: digits are missing in the exponent"},
		{STR("9007199254740993"), "line 1, column 17: a whole number is beyond 2^53"},
		{STR("-9007199254740993"), "line 1, column 18: a whole number is beyond 2^53"},
		{STR("1e999"), "line 1, column 6: a number is 1e15 or more"},
		{STR("1e15"), "line 1, column 5: a number is 1e15 or more"},
		{STR("0.1e17"), "line 1, column 7: a number is 1e15 or more"},
		{STR("1000000000000000.5"), "line 1, column 19: a number is 1e15 or more"},
		{STR("0.00000000000000000000000000000000000000001"),
			"line 1, column 44: a number is too long"},
		{STR("\"abc"), "line 1, column 5: a string is not closed"},
		{STR("\"a\nb\""), "line 1, column 3: a control character must be written as an escape"},
		{STR("\"a\0b\""), "line 1, column 3: a control character must be written as an escape"},
		{STR("\"\\u0000\""), "line 1, column 8: the character U+0000 is not allowed"},
		{STR("\"\\ud800\""), "line 1, column 8: half of a surrogate pair stands alone"},
		{STR("\"\\udc00\""), "line 1, column 8: half of a surrogate pair stands alone"},
		{STR("\"\\ud800\\u0041\""), "line 1, column 14: half of a surrogate pair stands alone"},
		{STR("\"\\x41\""), "line 1, column 4: this escape is unknown"},
		{STR("\"\\u12g4\""), "line 1, column 6: \\u needs four hexadecimal digits"},
		{STR("\"\xff\""), "line 1, column 2: this is not UTF-8"},
		{STR("\"\xc0\x80\""), "line 1, column 2: this is not UTF-8"},
		{STR("\"\xed\xa0\x80\""), "line 1, column 2: this is not UTF-8"},
		{STR("\"\xf4\x90\x80\x80\""), "line 1, column 2: this is not UTF-8"},
		{STR("\"\xc3"), "line 1, column 2: this is not UTF-8"},
		{STR("{\"a\":1,\"b\":2,\"a\":3}"), "line 1, column 14: an object has the same key twice"},
		{STR("{\"a\":1,\"\\u0061\":3}"), "line 1, column 8: an object has the same key twice"},
		{STR("{\"\xc3\xbc\":1,\"\\u00FC\":3}"), "line 1, column 8: an object has the same key twice"},
		{STR("{\"a\":1,\n\"b\":\nx}"), "line 3, column 1: a value is expected"},
		{STR("{\"x\":{\"k\":1,\"k\":2}}"), "line 1, column 13: an object has the same key twice"},
		{STR("[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]"), "line 1, column 17: it is nested too deeply"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *message = message_of(cases[i].text);
		const char *expected =
			arena_printf(arena, "The JSON is not valid at %s", cases[i].end);
		assert_non_null(message);
		assert_string_equal(message, expected);
	}
}

static void size_is_bounded(void **state)
{
	(void)state;
	char *text = arena_alloc(arena, JSON_MAX_BYTES + 1);
	memset(text, ' ', JSON_MAX_BYTES + 1);
	text[0] = '1';
	assert_null(message_of((struct str){text, JSON_MAX_BYTES}));
	assert_string_equal(message_of((struct str){text, JSON_MAX_BYTES + 1}),
		"The JSON is longer than 1048576 bytes");
}

/* A hundred thousand keys in one object must not take quadratic time. */
static void many_keys_are_compared_quickly(void **state)
{
	(void)state;
	struct buf b = buf_in(arena, JSON_MAX_BYTES);
	for (int i = 0; i < 80000; i++)
		buf_printf(&b, "%c\"%d\":0", i ? ',' : '{', i * 7919 % 80000);
	struct buf twice = buf_in(arena, JSON_MAX_BYTES);
	buf_str(&twice, buf_view(&b));
	buf_text(&b, "}");
	buf_text(&twice, ",\"7\":0}");
	assert_false(twice.failed);
	assert_null(message_of(buf_view(&b)));
	assert_non_null(strstr(message_of(buf_view(&twice)), "the same key twice"));
}

static void members_are_found_by_exact_name_and_type(void **state)
{
	(void)state;
	struct err err = err_in(arena);
	cJSON *tree = NULL;
	struct str text =
		STR("{\"Name\":\"Ada\",\"n\":3,\"big\":9007199254740992,\"half\":0.5,\"yes\":true,"
		    "\"no\":false,\"nil\":null,\"list\":[1]}");
	assert_int_equal(json_parse(arena, text, &tree, &err), OK);
	assert_string_equal(json_text(tree, "Name"), "Ada");
	assert_null(json_text(tree, "name"));
	assert_null(json_text(tree, "n"));
	assert_int_equal(json_int(tree, "n", -1), 3);
	assert_int_equal(json_int(tree, "big", -1), INT64_C(9007199254740992));
	assert_int_equal(json_int(tree, "half", -1), -1);
	assert_int_equal(json_int(tree, "Name", -1), -1);
	assert_int_equal(json_int(tree, "absent", -1), -1);
	assert_true(json_bool(tree, "yes"));
	assert_false(json_bool(tree, "no"));
	assert_false(json_bool(tree, "n"));
	assert_false(json_bool(tree, "absent"));
	assert_non_null(json_get(tree, "nil"));
	assert_null(json_get(json_get(tree, "list"), "x"));
	assert_null(json_get(NULL, "x"));
}

static void a_tree_lives_in_its_arena(void **state)
{
	(void)state;
	struct arena *own = arena_new();
	struct arena *before = json_arena_begin(own);
	assert_null(before);
	struct arena *inner = json_arena_begin(arena);
	assert_ptr_equal(inner, own);
	json_arena_end(inner);
	size_t used = arena_used_bytes(own);
	cJSON *tree = cJSON_CreateObject();
	cJSON_AddStringToObject(tree, "a", "some text");
	assert_true(arena_used_bytes(own) > used);
	/* Replacing a member frees the old one: in an arena that does nothing. */
	cJSON_ReplaceItemInObjectCaseSensitive(tree, "a", cJSON_CreateNumber(5));
	assert_int_equal(json_int(tree, "a", 0), 5);
	json_arena_end(before);
	arena_free(own);
	/* With none named, the heap: the leak checker would see a missing free. */
	tree = cJSON_CreateObject();
	cJSON_AddStringToObject(tree, "a", "some text");
	cJSON_Delete(tree);
}

static void values_are_written_compactly(void **state)
{
	(void)state;
	assert_string_equal(
		rewritten(" { \"a\" : [ 1 , -2.50 , true , false , null ] , \"b\" : { } } "),
		"{\"a\":[1,-2.5,true,false,null],\"b\":{}}");
	assert_string_equal(
		rewritten("[0,-0,0.1,0.30000000000000004,123456.789,1e-7,9007199254740992]"),
		"[0,0,0.1,0.30000000000000004,123456.789,0.0000001,9007199254740992]");
	assert_string_equal(rewritten("[-0.05,1e-30,999999999999999.5]"),
		"[-0.05,1.0000000000000001e-30,999999999999999.5]");
	cJSON *tree = cJSON_CreateNumber(NAN);
	struct buf b = buf_in(arena, 100);
	json_write(&b, tree);
	cJSON_Delete(tree);
	assert_string_equal(buf_cstr(&b), "null");
}

static void strings_are_safe_in_any_page(void **state)
{
	(void)state;
	struct buf b = buf_in(arena, 1000);
	json_add_string(&b, "</script>&\"\\\n\r\t\x01 \xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xaaü'");
	assert_string_equal(buf_cstr(&b), "\"\\u003c/script\\u003e\\u0026\\\"\\\\\\n\\r\\t\\u0001 "
					  "\\u2028\\u2029\xe2\x80\xaaü'\"");
	buf_reset(&b);
	json_add_string(&b, "");
	json_add_string(&b, "\xe2\x80");
	assert_string_equal(buf_cstr(&b), "\"\"\"\xe2\x80\"");
}

static void page_only_members_stay_out(void **state)
{
	(void)state;
	struct buf b = buf_in(arena, 1000);
	cJSON *tree = cJSON_CreateObject();
	cJSON_AddNumberToObject(tree, "csrf", 1)->type |= JSON_PAGE_ONLY;
	cJSON_AddNumberToObject(tree, "count", 2);
	cJSON_AddStringToObject(tree, "count_text", "two")->type |= JSON_PAGE_ONLY;
	cJSON_AddRawToObject(tree, "price", "2.50");
	assert_string_equal(json_text(tree, "count_text"), "two");
	json_write(&b, tree);
	cJSON_Delete(tree);
	assert_string_equal(buf_cstr(&b), "{\"count\":2,\"price\":2.50}");
}

/* Changed, cut and doubled texts: refused or taken, and what is taken means the same when
 * rewritten. */
static void mutations_never_break_the_door(void **state)
{
	(void)state;
	static const char seed[] = "{\"a\":[1,-2.5e3,\"\\u00fc\\ud83d\\ude00\"],\"b\\n\":{\"c\":"
				   "true,\"a\":null},\"ü\":\"x\\\\\"}";
	static const char alphabet[] = "{}[]\",:\\u0aDd81.eE+-x \n\xc3\xbc\xff";
	uint64_t x = 77;
	int taken = 0;
	for (int round = 0; round < 20000; round++) {
		char text[sizeof seed + 4];
		size_t n = sizeof seed - 1;
		memcpy(text, seed, n);
		for (int i = 0; i < 1 + round % 3; i++) {
			x = x * 6364136223846793005u + 1442695040888963407u;
			size_t at = (x >> 33) % n;
			switch ((x >> 20) % 3) {
			case 0:
				text[at] = alphabet[(x >> 40) % (sizeof alphabet - 1)];
				break;
			case 1:
				memmove(text + at, text + at + 1, --n - at);
				break;
			default:
				memmove(text + at + 1, text + at, n++ - at);
				break;
			}
		}
		struct err err = err_in(arena);
		cJSON *tree = NULL;
		enum rc rc = json_parse(arena, (struct str){text, n}, &tree, &err);
		assert_true(rc == OK || rc == INVALID);
		if (rc == OK) {
			struct buf once = buf_in(arena, 10000), again = buf_in(arena, 10000);
			json_write(&once, tree);
			assert_int_equal(json_parse(arena, buf_view(&once), &tree, &err), OK);
			json_write(&again, tree);
			assert_string_equal(buf_cstr(&once), buf_cstr(&again));
			taken++;
		}
		arena_reset(arena);
	}
	assert_true(taken > 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(valid_texts_are_taken),
		cmocka_unit_test(invalid_texts_are_refused_at_their_place),
		cmocka_unit_test(size_is_bounded),
		cmocka_unit_test(many_keys_are_compared_quickly),
		cmocka_unit_test(members_are_found_by_exact_name_and_type),
		cmocka_unit_test(a_tree_lives_in_its_arena),
		cmocka_unit_test(values_are_written_compactly),
		cmocka_unit_test(strings_are_safe_in_any_page),
		cmocka_unit_test(page_only_members_stay_out),
		cmocka_unit_test(mutations_never_break_the_door),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
