/* The strict check of document models: what is let through, and which path is named when not. */
#include "pdf/model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const char schema_text[] =
	"{\"type\":\"object\",\"required\":[\"title\"],\"additionalProperties\":false,"
	"\"dateOrder\":[\"on\",\"until\"],"
	"\"properties\":{"
	"\"title\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":20},"
	"\"size\":{\"type\":\"string\",\"maxLength\":20,\"enum\":[\"small\",\"large\"]},"
	"\"number\":{\"type\":\"integer\",\"minimum\":0,\"maximum\":6},"
	"\"width\":{\"type\":\"number\",\"minimum\":-1.5,\"maximum\":6},"
	"\"flag\":{\"type\":\"boolean\"},"
	"\"on\":{\"type\":\"string\",\"format\":\"date\",\"maxLength\":10},"
	"\"until\":{\"type\":\"string\",\"format\":\"date\",\"maxLength\":10},"
	"\"amount\":{\"type\":\"integer\",\"minimum\":-100000000000,\"maximum\":100000000000},"
	"\"at\":{\"type\":\"string\",\"format\":\"clock\",\"maxLength\":5},"
	"\"ink\":{\"type\":\"string\",\"format\":\"colour\",\"maxLength\":7},"
	"\"text\":{\"type\":\"string\",\"format\":\"paragraphs\",\"maxLength\":20},"
	"\"picture\":{\"type\":\"string\",\"contentEncoding\":\"base64\",\"maxLength\":8},"
	"\"chair\":{\"$ref\":\"#/$defs/person\"},"
	"\"people\":{\"type\":\"array\",\"minItems\":1,\"maxItems\":2,\"items\":{\"$ref\":\"#/"
	"$defs/"
	"person\"}},"
	"\"notes\":{\"type\":\"array\",\"maxItems\":3,\"items\":{\"$ref\":"
	"\"common.schema.json#/$defs/note\"}}},"
	"\"$defs\":{\"person\":{\"type\":\"object\",\"required\":[\"name\"],"
	"\"additionalProperties\":false,\"properties\":{"
	"\"name\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":5},"
	"\"lang\":{\"type\":\"string\",\"format\":\"lang\",\"maxLength\":35}}}}}";
static const char common_text[] =
	"{\"$defs\":{\"note\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":5}}}";

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

static const cJSON *tree(const char *json)
{
	struct err err = err_in(arena);
	cJSON *parsed = NULL;
	assert_int_equal(json_parse(arena, str_from(json), &parsed, &err), OK);
	return parsed;
}

static struct err check(const char *json)
{
	struct err err = err_in(arena);
	cJSON *model = NULL;
	assert_int_equal(json_parse(arena, str_from(json), &model, &err), OK);
	struct model_schema schema = {tree(schema_text), tree(common_text)};
	enum rc rc = model_check(model, &schema, &err);
	assert_int_equal(rc, err.rc);
	return err;
}

static void assert_fault(const char *json, const char *path)
{
	struct err err = check(json);
	assert_int_equal(err.rc, INVALID);
	assert_non_null(err.message);
	assert_non_null(err.fields);
	assert_string_equal(err.fields->field, path);
}

static void accepts_a_full_model(void **state)
{
	(void)state;
	struct err err =
		check("{\"title\":\"Ægir\",\"size\":\"large\",\"number\":6,\"flag\":false,"
		      "\"on\":\"2028-02-29\",\"at\":\"23:59\",\"chair\":{\"name\":\"山田\"},"
		      "\"people\":[{\"name\":\"a\",\"lang\":\"zh-Hant\"}],\"notes\":[\"x\"]}");
	assert_int_equal(err.rc, OK);
	assert_null(err.fields);
}

static void accepts_what_is_optional_left_out(void **state)
{
	(void)state;
	assert_int_equal(check("{\"title\":\"x\"}").rc, OK);
}

static void names_what_is_missing(void **state)
{
	(void)state;
	assert_fault("{}", "title");
	assert_fault("{\"title\":\"x\",\"people\":[{\"name\":\"a\"},{}]}", "people.1.name");
}

static void refuses_members_nobody_reads(void **state)
{
	(void)state;
	assert_fault("{\"title\":\"x\",\"Size\":\"small\"}", "Size");
	assert_fault("{\"title\":\"x\",\"chair\":{\"name\":\"a\",\"nmae\":\"b\"}}", "chair.nmae");
}

static void refuses_wrong_types(void **state)
{
	(void)state;
	assert_fault("{\"title\":7}", "title");
	assert_fault("{\"title\":null}", "title");
	assert_fault("{\"title\":\"x\",\"flag\":1}", "flag");
	assert_fault("{\"title\":\"x\",\"chair\":[]}", "chair");
	assert_fault("{\"title\":\"x\",\"people\":{}}", "people");
	assert_fault("{\"title\":\"x\",\"notes\":[\"a\",{}]}", "notes.1");
	assert_fault("{\"title\":\"x\",\"number\":\"3\"}", "number");
}

static void refuses_values_out_of_range(void **state)
{
	(void)state;
	assert_fault("{\"title\":\"\"}", "title");
	assert_fault("{\"title\":\"x\",\"number\":7}", "number");
	assert_fault("{\"title\":\"x\",\"number\":-1}", "number");
	assert_fault("{\"title\":\"x\",\"number\":2.5}", "number");
	assert_fault("{\"title\":\"x\",\"size\":\"huge\"}", "size");
	assert_fault("{\"title\":\"x\",\"people\":[]}", "people");
	assert_fault(
		"{\"title\":\"x\",\"people\":[{\"name\":\"a\"},{\"name\":\"a\"},{\"name\":\"a\"}]}",
		"people");
}

static void assert_message(const char *json, const char *path, const char *message)
{
	struct err err = check(json);
	assert_string_equal(err_of_field(&err, path), message);
}

static void says_what_would_be_right(void **state)
{
	(void)state;
	assert_message("{\"title\":\"x\",\"size\":\"huge\"}", "size",
		"This is none of these: small, large");
	assert_message("{\"title\":\"x\",\"amount\":1e12}", "amount",
		"This is not a whole number from -100000000000 to 100000000000");
	assert_message(
		"{\"title\":\"x\",\"width\":7}", "width", "This is not a number from -1.5 to 6");
}

static void refuses_an_end_before_the_start(void **state)
{
	(void)state;
	assert_message("{\"title\":\"x\",\"on\":\"2027-09-08\",\"until\":\"2026-01-01\"}", "until",
		"This is before on");
	assert_int_equal(
		check("{\"title\":\"x\",\"on\":\"2027-09-08\",\"until\":\"2027-09-08\"}").rc, OK);
	assert_int_equal(check("{\"title\":\"x\",\"until\":\"2027-09-08\"}").rc, OK);
	/* What is no date is told once. */
	assert_fault("{\"title\":\"x\",\"on\":\"soon\",\"until\":\"2027-09-08\"}", "on");
}

static void counts_letters_and_not_bytes(void **state)
{
	(void)state;
	assert_int_equal(check("{\"title\":\"x\",\"chair\":{\"name\":\"अनुराधा\"}}").rc, OK);
	assert_fault("{\"title\":\"x\",\"chair\":{\"name\":\"abcdef\"}}", "chair.name");
}

static void refuses_dates_and_times_that_are_none(void **state)
{
	(void)state;
	assert_fault("{\"title\":\"x\",\"on\":\"2027-02-29\"}", "on");
	assert_fault("{\"title\":\"x\",\"on\":\"9 September\"}", "on");
	assert_fault("{\"title\":\"x\",\"at\":\"24:00\"}", "at");
	assert_fault("{\"title\":\"x\",\"at\":\"09:60\"}", "at");
	assert_fault("{\"title\":\"x\",\"at\":\"9:00\"}", "at");
	assert_fault("{\"title\":\"x\",\"at\":9}", "at");
	assert_fault("{\"title\":\"x\",\"chair\":{\"name\":\"a\",\"lang\":\"e\"}}", "chair.lang");
	assert_fault(
		"{\"title\":\"x\",\"chair\":{\"name\":\"a\",\"lang\":\"en_GB\"}}", "chair.lang");
}

static void refuses_languages_that_are_no_tags(void **state)
{
	(void)state;
	static const char *const right[] = {"sr-Latn-RS", "de-1996", "en-US-u-ca-gregory", "qaa"};
	static const char *const wrong[] = {"456789012345", "e", "abcdefghi", "en-", "-en",
		"en--GB", "en-GB-123456789", "en_GB", "e1", "\xC3\xA9n"};
	for (size_t i = 0; i < sizeof right / sizeof right[0]; i++)
		assert_int_equal(check(arena_printf(arena,
					       "{\"title\":\"x\",\"chair\":{\"name\":\"a\","
					       "\"lang\":\"%s\"}}",
					       right[i]))
					 .rc,
			OK);
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		assert_fault(arena_printf(arena,
				     "{\"title\":\"x\",\"chair\":{\"name\":\"a\",\"lang\":\"%s\"}}",
				     wrong[i]),
			"chair.lang");
}

static void refuses_what_is_no_colour_and_no_length(void **state)
{
	(void)state;
	assert_int_equal(check("{\"title\":\"x\",\"ink\":\"#0f5F6b\",\"width\":-1.25}").rc, OK);
	assert_fault("{\"title\":\"x\",\"ink\":\"red\"}", "ink");
	assert_fault("{\"title\":\"x\",\"ink\":\"#0f5f6\"}", "ink");
	assert_fault("{\"title\":\"x\",\"width\":6.5}", "width");
	assert_fault("{\"title\":\"x\",\"picture\":\"123456789\"}", "picture");
}

static void refuses_texts_of_which_nothing_is_seen(void **state)
{
	(void)state;
	assert_fault("{\"title\":\"  \"}", "title");
	assert_fault("{\"title\":\"\\u200B\\u200E\"}", "title");
	assert_fault("{\"title\":\"\\u00AD\\u3164\"}", "title");
	assert_fault("{\"title\":\"\\u2028\\u00A0\"}", "title");
	assert_int_equal(check("{\"title\":\"\\u200E.\"}").rc, OK);
	assert_int_equal(check("{\"title\":\"x\",\"text\":\"\"}").rc, OK);
}

static const char *times(const char *s, int n)
{
	struct buf b = buf_in(arena, 1 << 20);
	while (n-- > 0)
		buf_text(&b, s);
	return buf_cstr(&b);
}

/* Each of these is one or two characters for a reader. */
static void refuses_towers_of_marks(void **state)
{
	(void)state;
	assert_fault(arena_printf(arena, "{\"title\":\"Z%s\"}", times("\\u0301", 31)), "title");
	assert_fault(arena_printf(arena, "{\"title\":\"Z%s\"}", times("\\u200D", 31)), "title");
	assert_fault(arena_printf(arena, "{\"title\":\"%s\"}", times("\\u1112", 321)), "title");
	struct err err =
		check(arena_printf(arena, "{\"title\":\"Z%s\"}", times("\\u064B\\u064E", 50000)));
	assert_string_equal(err_of_field(&err, "title"),
		"Take out marks and joiners: a letter has too many of them");
	assert_int_equal(
		check(arena_printf(arena, "{\"title\":\"Z%s\"}", times("\\u0301", 30))).rc, OK);
	assert_int_equal(
		check("{\"title\":\"👩🏽‍⚕️👨‍👩‍👧‍👦\"}").rc, OK);
}

static void takes_line_ends_in_paragraphs_alone(void **state)
{
	(void)state;
	assert_int_equal(check("{\"title\":\"x\",\"text\":\"a\\n\\nb\"}").rc, OK);
	assert_fault("{\"title\":\"x\",\"text\":\"a\\u202Eb\"}", "text");
	assert_fault("{\"title\":\"x\",\"notes\":[\"a\\nb\"]}", "notes.0");
}

static void refuses_text_that_turns_the_page_around(void **state)
{
	(void)state;
	assert_fault("{\"title\":\"a\\u202Eb\"}", "title");
	assert_fault("{\"title\":\"a\\nb\"}", "title");
	assert_fault("{\"title\":\"a\\u0007b\"}", "title");
}

static void refuses_a_model_that_is_no_object(void **state)
{
	(void)state;
	struct err err = check("[]");
	assert_int_equal(err.rc, INVALID);
	assert_null(err.fields);
}

static void tells_every_fault_but_not_thousands(void **state)
{
	(void)state;
	struct err err = check("{\"on\":1,\"at\":2,\"flag\":3}");
	int n = 0;
	for (const struct field_error *f = err.fields; f; f = f->next)
		n++;
	assert_int_equal(n, 4);
	struct buf b = buf_in(arena, 1 << 16);
	buf_text(&b, "{\"title\":\"x\"");
	for (int i = 0; i < 500; i++)
		buf_printf(&b, ",\"m%d\":0", i);
	buf_char(&b, '}');
	err = check(buf_cstr(&b));
	n = 0;
	for (const struct field_error *f = err.fields; f; f = f->next)
		n++;
	assert_int_equal(n, 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(accepts_a_full_model, setup, teardown),
		cmocka_unit_test_setup_teardown(accepts_what_is_optional_left_out, setup, teardown),
		cmocka_unit_test_setup_teardown(names_what_is_missing, setup, teardown),
		cmocka_unit_test_setup_teardown(refuses_members_nobody_reads, setup, teardown),
		cmocka_unit_test_setup_teardown(refuses_wrong_types, setup, teardown),
		cmocka_unit_test_setup_teardown(refuses_values_out_of_range, setup, teardown),
		cmocka_unit_test_setup_teardown(says_what_would_be_right, setup, teardown),
		cmocka_unit_test_setup_teardown(refuses_an_end_before_the_start, setup, teardown),
		cmocka_unit_test_setup_teardown(counts_letters_and_not_bytes, setup, teardown),
		cmocka_unit_test_setup_teardown(
			refuses_dates_and_times_that_are_none, setup, teardown),
		cmocka_unit_test_setup_teardown(
			refuses_languages_that_are_no_tags, setup, teardown),
		cmocka_unit_test_setup_teardown(
			refuses_what_is_no_colour_and_no_length, setup, teardown),
		cmocka_unit_test_setup_teardown(
			refuses_texts_of_which_nothing_is_seen, setup, teardown),
		cmocka_unit_test_setup_teardown(refuses_towers_of_marks, setup, teardown),
		cmocka_unit_test_setup_teardown(
			takes_line_ends_in_paragraphs_alone, setup, teardown),
		cmocka_unit_test_setup_teardown(
			refuses_text_that_turns_the_page_around, setup, teardown),
		cmocka_unit_test_setup_teardown(refuses_a_model_that_is_no_object, setup, teardown),
		cmocka_unit_test_setup_teardown(
			tells_every_fault_but_not_thousands, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
