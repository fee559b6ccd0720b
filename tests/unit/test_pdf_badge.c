/* Badges whose layout is data: what is refused by name, what closes up, what fits on a sheet. */
#include "pdf/documents/badge_layouts.h"
#include "pdf/print.h"
#include "tests/unit/pdf_reading.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
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

/* A model with that among its members, and that many badges. */
static enum rc print(const char *members, int n_badges, struct buf *out)
{
	struct buf json = buf_in(arena, 1 << 20);
	cJSON *model = NULL;
	err_clear(&err);
	buf_printf(&json,
		"{\"lang\":\"en-GB\",\"event\":{\"title\":\"T\",\"starts_on\":\"2027-09-08\","
		"\"ends_on\":\"2027-09-10\"},%s%s\"badges\":[",
		members, *members ? "," : "");
	for (int i = 0; i < n_badges; i++)
		buf_printf(&json,
			"%s{\"name\":\"Ægir Sturluson\",\"role\":\"Speaker\",\"role_number\":1,"
			"\"code\":\"K%d\",\"qr\":\"HTTPS://SYMPOSIUM.EXAMPLE/C/%026d\"}",
			i ? "," : "", i, i);
	buf_text(&json, "]}");
	*out = buf_in(arena, PRINT_MAX_BYTES);
	assert_int_equal(json_parse(arena, buf_view(&json), &model, &err), OK);
	const struct sink sink = sink_to_buf(out);
	return print_document(arena, "badge", model, &sink, &warnings, &err);
}

static int n_pages(const struct buf *pdf)
{
	return pdf_count(arena, pdf, "/Type/Page/");
}

/* The front of an 80 by 60 mm layout. */
#define LAYOUT(items) "\"layout\":{\"size\":{\"width\":80,\"height\":60},\"front\":[" items "]}"
#define BOX(x, y, width, height)                                                                   \
	"\"x\":" #x ",\"y\":" #y ",\"width\":" #width ",\"height\":" #height
#define NAME "{\"kind\":\"text\",\"of\":\"name\"," BOX(2, 2, 40, 20) "}"
#define QR   "{\"kind\":\"qr\"," BOX(46, 20, 28, 28) "}"

static void assert_fault(const char *members, const char *path)
{
	struct buf out;
	assert_int_equal(print(members, 1, &out), INVALID);
	assert_non_null(err.message);
	assert_non_null(err.fields);
	assert_string_equal(err.fields->field, path);
	assert_int_equal(out.n, 0);
}

static void prints_every_layout_that_is_built_in(void **state)
{
	(void)state;
	static const char *const names[] = {
#define BADGE_LAYOUT(id, name, title) name,
#include "pdf/documents/badge_layouts.def"
#undef BADGE_LAYOUT
	};
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		struct buf named, own;
		const char *json = badge_layout_json(names[i]);
		assert_non_null(json);
		assert_int_equal(
			print(arena_printf(arena, "\"layout_name\":\"%s\"", names[i]), 2, &named),
			OK);
		assert_null(warnings.first);
		assert_int_equal(print(arena_printf(arena, "\"layout\":%s", json), 2, &own), OK);
		assert_int_equal(named.n, own.n);
		assert_memory_equal(named.p, own.p, own.n);
	}
	assert_null(badge_layout_json("a5"));
}

static void takes_a6_when_nothing_is_said(void **state)
{
	(void)state;
	struct buf silent, named;
	assert_int_equal(print("", 1, &silent), OK);
	assert_int_equal(print("\"layout_name\":\"a6\"", 1, &named), OK);
	assert_int_equal(silent.n, named.n);
	assert_memory_equal(silent.p, named.p, named.n);
}

static void refuses_a_name_beside_a_layout(void **state)
{
	(void)state;
	assert_fault("\"layout_name\":\"a6\"," LAYOUT(NAME), "layout_name");
}

static void names_the_item_that_reaches_outside(void **state)
{
	(void)state;
	struct buf out;
	assert_int_equal(
		print(LAYOUT(NAME ",{\"kind\":\"band\"," BOX(0, 0, 80, 60) "}"), 1, &out), OK);
	assert_fault(LAYOUT(NAME ",{\"kind\":\"band\"," BOX(0, 0, 80.2, 60) "}"), "layout.front.1");
	assert_fault(LAYOUT("{\"kind\":\"rule\"," BOX(10, 59, 10, 2) "}"), "layout.front.0");
	assert_fault(LAYOUT("{\"kind\":\"rule\"," BOX(10, 50, 10, 0) "}"), "layout.front.0");
	assert_fault("\"layout\":{\"size\":{\"width\":80,\"height\":60},\"front\":[" NAME
		     "],\"back\":[" NAME
		     ",{\"kind\":\"text\",\"of\":\"code\"," BOX(70, 0, 11, 9) "}]}",
		"layout.back.1");
}

static void refuses_a_qr_code_that_scanners_miss(void **state)
{
	(void)state;
	struct buf out;
	assert_int_equal(print(LAYOUT(QR), 1, &out), OK);
	assert_fault(LAYOUT("{\"kind\":\"qr\"," BOX(30, 20, 27, 27) "}"), "layout.front.0.width");
	assert_fault(LAYOUT("{\"kind\":\"qr\"," BOX(30, 20, 28, 30) "}"), "layout.front.0.height");
	assert_fault(LAYOUT("{\"kind\":\"qr\"," BOX(50, 20, 28, 28) "}"), "layout.front.0");
}

/* 28 mm need 3.86 mm of white: the zone of QR is 42.14 to 77.86 by 16.14 to 51.86. */
static void keeps_the_margin_of_the_qr_code_free(void **state)
{
	(void)state;
	struct buf out;
	assert_int_equal(
		print(LAYOUT("{\"kind\":\"rule\"," BOX(2, 52, 76, 1) "}," QR), 1, &out), OK);
	assert_fault(LAYOUT("{\"kind\":\"rule\"," BOX(2, 51, 76, 1) "}," QR), "layout.front.0");
	assert_fault(LAYOUT(QR ",{\"kind\":\"text\",\"of\":\"code\"," BOX(2, 20, 41, 9) "}"),
		"layout.front.1");
	/* A ground below it is no harm; above it, it would hide it. */
	assert_int_equal(
		print(LAYOUT("{\"kind\":\"band\"," BOX(0, 0, 80, 60) "}," QR), 1, &out), OK);
	assert_fault(LAYOUT(QR ",{\"kind\":\"band\"," BOX(0, 0, 80, 60) "}"), "layout.front.1");
}

static void says_the_role_in_words_wherever_it_is_a_colour(void **state)
{
	(void)state;
	struct buf out;
	const char *band = "{\"kind\":\"band\",\"by_role\":true," BOX(0, 50, 80, 10) "}";
	assert_fault(
		arena_printf(arena,
			"\"layout\":{\"size\":{\"width\":80,\"height\":60},\"front\":[%s]}", band),
		"layout.front.0.by_role");
	assert_int_equal(
		print(arena_printf(arena,
			      "\"layout\":{\"size\":{\"width\":80,\"height\":60},\"front\":[%s,"
			      "{\"kind\":\"text\",\"of\":\"role\"," BOX(2, 50, 70, 10) "}]}",
			      band),
			1, &out),
		OK);
}

/* The label of a logo is larger than the emblem it stands for: it ends at 42.8, the margin begins
 * at 42.14. */
static void keeps_room_for_a_logo(void **state)
{
	(void)state;
	struct buf out;
	const char *emblem = "{\"kind\":\"emblem\",\"logo_width\":30," BOX(10, 30, 7, 7) "},";
	assert_int_equal(
		print(arena_printf(arena,
			      "\"layout\":{\"size\":{\"width\":80,\"height\":60},\"front\":[%s%s]}",
			      emblem, QR),
			1, &out),
		INVALID);
	assert_non_null(err_of_field(&err, "layout.front.0"));
	assert_int_equal(
		print(LAYOUT("{\"kind\":\"emblem\"," BOX(10, 30, 7, 7) "}," QR), 1, &out), OK);
	assert_int_equal(
		print(LAYOUT("{\"kind\":\"image\",\"logo\":2," BOX(10, 30, 7, 7) "}," QR), 1, &out),
		OK);
}

static void says_what_an_item_lacks(void **state)
{
	(void)state;
	assert_fault(
		LAYOUT("{\"kind\":\"band\",\"y\":0,\"width\":9,\"height\":9}"), "layout.front.0.x");
	assert_fault(LAYOUT("{\"kind\":\"text\"," BOX(2, 2, 9, 9) "}"), "layout.front.0.of");
	assert_fault(LAYOUT("{\"kind\":\"text\",\"of\":\"text\"," BOX(2, 2, 9, 9) "}"),
		"layout.front.0.text");
	assert_fault(LAYOUT("{\"kind\":\"text\",\"of\":\"role\",\"follows\":true,\"height\":5}"),
		"layout.front.0.follows");
	assert_fault(LAYOUT(NAME ",{\"kind\":\"text\",\"of\":\"role\",\"follows\":true,"
				 "\"height\":5,\"x\":3}"),
		"layout.front.1.x");
	assert_fault("\"layout\":{\"size\":{\"width\":80,\"height\":60},\"fold\":\"top\","
		     "\"front\":[" NAME "]}",
		"layout.fold");
}

static void warns_when_a_text_is_too_long_for_its_lines(void **state)
{
	(void)state;
	struct buf out;
	const char *roomy =
		LAYOUT("{\"kind\":\"text\",\"of\":\"name\",\"size\":30,\"lines\":1," BOX(
			2, 2, 70, 20) "}");
	const char *narrow = LAYOUT("{\"kind\":\"text\",\"of\":\"name\",\"size\":30,\"least\":28,"
				    "\"lines\":1," BOX(2, 2, 40, 50) "}");
	assert_int_equal(print(roomy, 1, &out), OK);
	assert_null(warnings.first);
	const char *wrapped =
		LAYOUT("{\"kind\":\"text\",\"of\":\"name\",\"size\":30," BOX(2, 2, 40, 50) "}");
	const char *single = LAYOUT("{\"kind\":\"text\",\"of\":\"name\",\"size\":30,"
				    "\"lines\":1," BOX(2, 2, 40, 50) "}");
	struct buf two, one;
	assert_int_equal(print(wrapped, 1, &two), OK);
	assert_int_equal(print(single, 1, &one), OK);
	assert_true(two.n != one.n || memcmp(two.p, one.p, one.n) != 0);
	assert_null(warnings.first);
	assert_int_equal(print(narrow, 1, &out), OK);
	assert_non_null(warnings.first);
	assert_string_equal(warnings.first->where, "Ægir Sturluson");
}

static void fills_sheets_place_by_place(void **state)
{
	(void)state;
	struct buf out;
	assert_int_equal(print("\"sheet\":{\"preset\":\"4xA6\"}", 8, &out), OK);
	assert_int_equal(n_pages(&out), 2);
	assert_int_equal(pdf_count(arena, &out, "/MediaBox[0 0 595.27"), 2);
	assert_int_equal(print("\"sheet\":{\"preset\":\"4xA6\",\"skip\":1}", 8, &out), OK);
	assert_int_equal(n_pages(&out), 3);
	assert_int_equal(
		print("\"layout_name\":\"a7\",\"sheet\":{\"preset\":\"8xA7\"}", 9, &out), OK);
	assert_int_equal(n_pages(&out), 2);
	assert_int_equal(
		print("\"layout_name\":\"cr80\",\"sheet\":{\"preset\":\"10xCR80\"}", 10, &out), OK);
	assert_int_equal(n_pages(&out), 1);
	assert_int_equal(print("\"layout_name\":\"a6-foldover\",\"sheet\":{\"preset\":"
			       "\"2xA6-foldover\"}",
				 4, &out),
		OK);
	assert_int_equal(n_pages(&out), 2);
}

static void prints_backs_on_pages_of_their_own(void **state)
{
	(void)state;
	struct buf out;
	assert_int_equal(print("\"layout_name\":\"a6-double\"", 3, &out), OK);
	assert_int_equal(n_pages(&out), 6);
	assert_int_equal(print("\"layout_name\":\"a6-foldover\"", 3, &out), OK);
	assert_int_equal(n_pages(&out), 3);
	assert_int_equal(
		print("\"layout_name\":\"a6-double\",\"sheet\":{\"preset\":\"4xA6\"}", 5, &out),
		OK);
	assert_int_equal(n_pages(&out), 4);
	assert_int_equal(print("\"layout_name\":\"a6-double\",\"sheet\":{\"preset\":\"4xA6\","
			       "\"duplex\":false}",
				 5, &out),
		OK);
	assert_int_equal(n_pages(&out), 2);
}

static void says_why_badges_do_not_fit_a_sheet(void **state)
{
	(void)state;
	assert_fault("\"sheet\":{\"preset\":\"8xA7\"}", "sheet.preset");
	assert_string_equal(err.fields->message,
		"This sheet is for badges of 105 × 74 mm; these are 105 × 148 mm");
	assert_fault("\"sheet\":{\"preset\":\"4xA6\",\"skip\":4}", "sheet.skip");
	assert_string_equal(err.fields->message, "This sheet has 4 places");
	assert_fault("\"sheet\":{\"columns\":3,\"rows\":1}", "sheet.columns");
	assert_fault("\"sheet\":{\"columns\":1,\"rows\":3}", "sheet.rows");
	assert_fault("\"sheet\":{\"columns\":2,\"rows\":1,\"left\":1}", "sheet.columns");
	assert_fault("\"sheet\":{\"columns\":2}", "sheet.columns");
	assert_fault("\"sheet\":{\"preset\":\"4xA6\",\"bleed\":3}", "sheet.bleed");
	assert_fault("\"layout_name\":\"a6-foldover\",\"sheet\":{\"preset\":\"2xA6-foldover\","
		     "\"bleed\":1}",
		"sheet.bleed");
	assert_fault("\"sheet\":{\"preset\":\"4xA7\"}", "sheet.preset");
}

/* How often the text stands in a picture. */
static int count(const struct buf *b, const char *text)
{
	int n = 0;
	for (const char *at = b->p; (at = strstr(at, text)) != NULL; at++)
		n++;
	return n;
}

/* A picture of the layout, one page a badge. */
static void draws_a_picture_of_the_first_pages(void **state)
{
	(void)state;
	cJSON *model = NULL;
	struct buf svg = buf_in(arena, PRINT_MAX_BYTES);
	const char *json =
		"{\"lang\":\"en-GB\",\"event\":{\"title\":\"T\",\"starts_on\":\"2027-09-08\","
		"\"ends_on\":\"2027-09-10\"},\"layout\":{\"size\":{\"width\":80,\"height\":60},"
		"\"front\":[{\"kind\":\"band\",\"colour\":\"#0f5f6b\"," BOX(
			0, 0, 80, 60) "},"
				      "{\"kind\":\"text\",\"of\":\"name\"," BOX(2, 2, 70,
					      20) "}]},\"badges\":["
						  "{\"name\":\"Anna\",\"role\":\"S\",\"role_"
						  "number\":0,\"code\":\"K\",\"qr\":\"x\"},"
						  "{\"name\":\"Nana\",\"role\":\"S\",\"role_"
						  "number\":0,\"code\":\"K\",\"qr\":\"x\"}]}";
	assert_int_equal(json_parse(arena, str_from(json), &model, &err), OK);
	assert_int_equal(print_picture(arena, "badge", model, &svg, &warnings, &err), OK);
	assert_true(str_starts_with(buf_view(&svg), STR("<svg xmlns=")));
	assert_true(str_ends_with(buf_view(&svg), STR("</svg>\n")));
	assert_int_equal(count(&svg, " 5.670 "), 1);      /* the first name, 2 mm from the left */
	assert_int_equal(count(&svg, "<use "), 8);        /* letters drawn */
	assert_int_equal(count(&svg, "<path id=\"g"), 4); /* A n a N */
	assert_int_equal(count(&svg, "fill=\"#0f5f6b\""), 2); /* a band a page */
	assert_int_equal(count(&svg, "<g "), count(&svg, "</g>"));
	assert_int_equal(count(&svg, "NaN") + count(&svg, "nan"), 0);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(prints_every_layout_that_is_built_in),
		TEST(takes_a6_when_nothing_is_said),
		TEST(refuses_a_name_beside_a_layout),
		TEST(names_the_item_that_reaches_outside),
		TEST(refuses_a_qr_code_that_scanners_miss),
		TEST(keeps_the_margin_of_the_qr_code_free),
		TEST(says_the_role_in_words_wherever_it_is_a_colour),
		TEST(says_what_an_item_lacks),
		TEST(keeps_room_for_a_logo),
		TEST(warns_when_a_text_is_too_long_for_its_lines),
		TEST(fills_sheets_place_by_place),
		TEST(prints_backs_on_pages_of_their_own),
		TEST(says_why_badges_do_not_fit_a_sheet),
		TEST(draws_a_picture_of_the_first_pages),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
