/* Whole documents: the examples, sameness of bytes, warnings, refusals, limits of the syntax. */
#include "pdf/print.h"
#include "tests/unit/pdf_reading.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct arena *arena;
static struct err err;
static struct print_warnings warnings;

static int setup(void **state)
{
	(void)state;
	json_setup();
	arena = arena_new();
	err = err_in(arena);
	warnings = print_warnings_in(arena);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static enum rc print(const char *kind, const char *json, struct buf *out)
{
	cJSON *model = NULL;
	*out = buf_in(arena, PRINT_MAX_BYTES);
	assert_int_equal(json_parse(arena, str_from(json), &model, &err), OK);
	const struct sink sink = sink_to_buf(out);
	return print_document(arena, kind, model, &sink, &warnings, &err);
}

static int count(const struct buf *b, const char *text)
{
	return pdf_count(arena, b, text);
}

static bool contains(const struct buf *b, const char *text)
{
	return count(b, text) > 0;
}

static void prints_the_example_of_every_kind_without_a_warning(void **state)
{
	(void)state;
	for (const char *const *kind = print_kinds(); *kind; kind++) {
		struct buf out;
		assert_int_equal(print(*kind, print_example(*kind), &out), OK);
		assert_null(warnings.first);
		assert_true(str_starts_with(buf_view(&out), STR("%PDF-1.7\n")));
		assert_true(str_ends_with(buf_view(&out), STR("%%EOF\n")));
	}
}

static void marks_documents_as_tagged_with_language_and_title(void **state)
{
	(void)state;
	struct buf out;
	assert_int_equal(print("programme", print_example("programme"), &out), OK);
	assert_true(contains(&out, "/MarkInfo<</Marked true>>"));
	assert_true(contains(&out, "/StructTreeRoot"));
	assert_true(contains(&out, "/DisplayDocTitle true"));
	assert_true(contains(&out, "/Lang(en-GB)"));
	assert_true(contains(&out, "/S/H1"));
	assert_true(contains(&out, "/Subtype/Link"));
	assert_true(contains(&out, "/Outlines"));
}

static void gives_the_same_bytes_for_the_same_model(void **state)
{
	(void)state;
	struct buf first, between, second;
	assert_int_equal(print("badge", print_example("badge"), &first), OK);
	assert_int_equal(print("programme", print_example("programme"), &between), OK);
	assert_int_equal(print("badge", print_example("badge"), &second), OK);
	assert_int_equal(first.n, second.n);
	assert_memory_equal(first.p, second.p, first.n);
	assert_false(contains(&first, "CreationDate"));
}

#define BADGE(members)                                                                             \
	"{\"lang\":\"en-GB\",\"event\":{\"title\":\"T\",\"starts_on\":\"2027-09-08\","             \
	"\"ends_on\":\"2027-09-10\"},\"badges\":[{\"role\":\"Speaker\",\"role_number\":1,"         \
	"\"code\":\"K7QF\"," members "}]}"

static void makes_one_page_a_badge(void **state)
{
	(void)state;
	struct buf out;
	assert_int_equal(print("badge", print_example("badge"), &out), OK);
	assert_int_equal(count(&out, "/Type/Page/"), 11);
}

static void warns_of_missing_characters_and_prints_all_the_same(void **state)
{
	(void)state;
	struct buf out;
	const char *model = BADGE("\"name\":\"Lu \xF4\x8F\xBF\xBD\",\"qr\":\"x\"");
	assert_int_equal(print("badge", model, &out), OK);
	assert_non_null(warnings.first);
	assert_int_equal(warnings.first->code_point, 0x10FFFD);
	assert_string_equal(warnings.first->where, "Lu \xF4\x8F\xBF\xBD");
}

static void names_the_field_that_is_wrong(void **state)
{
	(void)state;
	struct buf out;
	assert_int_equal(print("badge", BADGE("\"qr\":\"x\""), &out), INVALID);
	assert_non_null(err_of_field(&err, "badges.0.name"));
	assert_int_equal(out.n, 0);
}

static void names_the_qr_text_that_is_too_long_in_bytes(void **state)
{
	(void)state;
	struct buf out;
	/* 60 letters, 120 bytes */
	struct buf json = buf_in(arena, 4096);
	buf_text(&json, "\"name\":\"x\",\"qr\":\"");
	for (int i = 0; i < 60; i++)
		buf_text(&json, "Æ");
	buf_text(&json, "\"");
	const char *all = arena_printf(arena, "%s%s}]}",
		"{\"lang\":\"en\",\"event\":{\"title\":\"T\",\"starts_on\":\"2027-09-08\",\"ends_"
		"on\":"
		"\"2027-09-10\"},\"badges\":[{\"role\":\"S\",\"role_number\":1,\"code\":\"K\",",
		buf_cstr(&json));
	assert_int_equal(print("badge", all, &out), INVALID);
	assert_non_null(err_of_field(&err, "badges.0.qr"));
}

static void knows_only_its_kinds(void **state)
{
	(void)state;
	struct buf out;
	assert_int_equal(print("poster", "{}", &out), NOT_FOUND);
	assert_null(print_example("poster"));
}

static void prints_names_that_try_the_patience(void **state)
{
	(void)state;
	const char *names[] = {
		/* one word of 150 letters */
		"\"name\":"
		"\"WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW"
		"WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW\",\"qr\":"
		"\"x\"",
		/* marks without a letter, private use */
		"\"name\":\"\xCC\x81\xCC\x81\xD9\x91\xD9\x91 \xD9\x91\",\"qr\":\"x\"",
		"\"name\":\"\xEE\x80\x80 ok\",\"qr\":\"x\"",
		/* fifty marks on one letter */
		"\"name\":"
		"\"Z\xCC\x81\xCC\x82\xCC\x83\xCC\x84\xCC\x86\xCC\x87\xCC\x88\xCC\x89\xCC\x8A\xCC"
		"\x8B"
		"\xCC\x8C\xCC\x8D\xCC\x8E\xCC\x8F\xCC\x90\",\"qr\":\"x\"",
		/* both directions, figures and brackets */
		"\"name\":\"(אבי) 12-3 [فاطمة] 45% Žižek\",\"qr\":\"x\"",
	};
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		struct buf out;
		const char *json = arena_printf(arena, "%s%s}]}",
			"{\"lang\":\"en\",\"event\":{\"title\":\"T\",\"starts_on\":\"2027-09-08\","
			"\"ends_on\":\"2027-09-10\"},\"badges\":[{\"role\":\"S\",\"role_number\":1,"
			"\"code\":\"K\",",
			names[i]);
		assert_int_equal(print("badge", json, &out), OK);
	}
}

#define PROGRAMME(days)                                                                            \
	"{\"lang\":\"en-GB\",\"event\":{\"title\":\"T\",\"starts_on\":\"2027-09-08\","             \
	"\"ends_on\":\"2027-09-10\"},\"days\":[" days "]}"
#define SESSION(start, end)                                                                        \
	"{\"title\":\"S\",\"kind\":\"plenary\",\"start\":\"" start "\",\"end\":\"" end "\"}"

static void refuses_days_and_sessions_out_of_order(void **state)
{
	(void)state;
	struct buf out;
	const char *days = PROGRAMME("{\"on\":\"2027-09-09\",\"sessions\":[" SESSION("09:00",
		"10:00") "]},{\"on\":\"2027-09-08\",\"sessions\":[" SESSION("09:00", "10:00") "]}");
	assert_int_equal(print("programme", days, &out), INVALID);
	assert_non_null(err_of_field(&err, "days.1.on"));
	err_clear(&err);
	const char *starts = PROGRAMME("{\"on\":\"2027-09-09\",\"sessions\":[" SESSION(
		"09:00", "10:00") "," SESSION("08:30", "10:00") "]}");
	assert_int_equal(print("programme", starts, &out), INVALID);
	assert_non_null(err_of_field(&err, "days.0.sessions.1.start"));
	err_clear(&err);
	const char *ends =
		PROGRAMME("{\"on\":\"2027-09-09\",\"sessions\":[" SESSION("09:00", "09:00") "]}");
	assert_int_equal(print("programme", ends, &out), INVALID);
	assert_non_null(err_of_field(&err, "days.0.sessions.0.end"));
}

static void breaks_a_session_that_is_longer_than_a_page(void **state)
{
	(void)state;
	struct buf out, json = buf_in(arena, 1 << 20);
	buf_text(&json,
		"{\"lang\":\"en-GB\",\"event\":{\"title\":\"T\",\"starts_on\":\"2027-09-08\","
		"\"ends_on\":"
		"\"2027-09-10\"},\"days\":[{\"on\":\"2027-09-08\",\"sessions\":[{\"title\":"
		"\"Posters\","
		"\"kind\":\"poster\",\"start\":\"09:00\",\"end\":\"10:00\",\"presentations\":[");
	for (int i = 0; i < 150; i++)
		buf_printf(&json, "%s{\"title\":\"Poster %d\",\"authors\":[{\"name\":\"Ægir\"}]}",
			i ? "," : "", i);
	buf_text(&json, "]}]}]}");
	assert_int_equal(print("programme", buf_cstr(&json), &out), OK);
	assert_true(count(&out, "/Type/Page/") > 5);
}

static void writes_no_number_that_a_reader_could_choke_on(void **state)
{
	(void)state;
	static const struct {
		double v;
		const char *text;
	} good[] = {{0, "0"}, {1, "1"}, {-1.5, "-1.5"}, {0.1, "0.1"}, {0.0004, "0"}, {-0.0004, "0"},
		{123.4567, "123.457"}, {14400, "14400"}, {-0.001, "-0.001"}};
	struct core *core = core_new(arena, "en");
	struct buf b = buf_in(arena, 4096);
	const struct sink sink = sink_to_buf(&b);
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		buf_reset(&b);
		core_number(core, &b, good[i].v);
		assert_string_equal(buf_cstr(&b), good[i].text);
	}
	buf_reset(&b);
	core_number(core, &b, (double)NAN);
	assert_string_equal(buf_cstr(&b), "0");
	buf_reset(&b);
	assert_int_equal(core_save(core, &sink, &err), INTERNAL);
	core_free(core);
}

static void keeps_the_first_error_and_writes_nothing(void **state)
{
	(void)state;
	struct core *core = core_new(arena, "en");
	struct buf b = buf_in(arena, 4096);
	const struct sink sink = sink_to_buf(&b);
	core_fail(core, "first");
	core_fail(core, "second");
	assert_int_equal(core_object_new(core), 0);
	assert_int_equal(core_save(core, &sink, &err), INTERNAL);
	assert_int_equal(b.n, 0);
	core_free(core);
}

static void says_which_package_brings_a_missing_font(void **state)
{
	(void)state;
	struct buf out;
	font_set_root("/nonexistent");
	assert_int_equal(print("badge", print_example("badge"), &out), INTERNAL);
	font_set_root(FONT_ROOT);
	err_clear(&err);
	assert_int_equal(print("badge", print_example("badge"), &out), OK);
}

static void fails_cleanly_when_the_document_is_too_large(void **state)
{
	(void)state;
	cJSON *model = NULL;
	struct buf out = buf_in(arena, 1000);
	const struct sink sink = sink_to_buf(&out);
	assert_int_equal(json_parse(arena, str_from(print_example("badge")), &model, &err), OK);
	assert_int_equal(print_document(arena, "badge", model, &sink, &warnings, &err), INTERNAL);
}

/* A book of one abstract with a figure whose data is given. */
static const char *book_with_figure(const char *data)
{
	return arena_printf(arena,
		"{\"lang\":\"en\",\"event\":{\"title\":\"E\",\"starts_on\":\"2027-09-08\","
		"\"ends_on\":\"2027-09-08\"},\"sessions\":[{\"title\":\"S\",\"abstracts\":[{"
		"\"title\":\"T\",\"authors\":[{\"name\":\"N\"}],\"figures\":[{\"image\":{"
		"\"data\":\"%s\",\"alt\":\"A dot\"},\"caption\":\"One dot\"}]}]}]}",
		data);
}

static void prints_the_figures_of_a_book(void **state)
{
	(void)state;
	struct buf out;
	const char *dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAC"
			  "hwGA60e6kgAAAABJRU5ErkJggg==";
	assert_int_equal(print("book", book_with_figure(dot), &out), OK);
	assert_int_equal(count(&out, "/S/Figure"), 1);
	assert_int_equal(count(&out, "/Alt(A dot)"), 1);
	assert_non_null(warnings.first); /* one dot is too few */
	assert_string_equal(warnings.first->where, "T");
}

static void names_the_figure_that_is_no_picture(void **state)
{
	(void)state;
	struct buf out;
	assert_int_equal(print("book", book_with_figure("AAAA"), &out), INVALID);
	assert_non_null(err_of_field(&err, "sessions.0.abstracts.0.figures.0.image.data"));
	assert_int_equal(out.n, 0);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(prints_the_example_of_every_kind_without_a_warning),
		TEST(marks_documents_as_tagged_with_language_and_title),
		TEST(gives_the_same_bytes_for_the_same_model),
		TEST(makes_one_page_a_badge),
		TEST(warns_of_missing_characters_and_prints_all_the_same),
		TEST(names_the_field_that_is_wrong),
		TEST(names_the_qr_text_that_is_too_long_in_bytes),
		TEST(knows_only_its_kinds),
		TEST(prints_the_figures_of_a_book),
		TEST(names_the_figure_that_is_no_picture),
		TEST(prints_names_that_try_the_patience),
		TEST(refuses_days_and_sessions_out_of_order),
		TEST(breaks_a_session_that_is_longer_than_a_page),
		TEST(writes_no_number_that_a_reader_could_choke_on),
		TEST(keeps_the_first_error_and_writes_nothing),
		TEST(says_which_package_brings_a_missing_font),
		TEST(fails_cleanly_when_the_document_is_too_large),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
