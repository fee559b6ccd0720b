/* Which page lies where on a sheet, and whole documents laid on sheets. */
#include "pdf/print.h"
#include "tests/unit/pdf_reading.h"

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

static cJSON *parse(const char *json)
{
	cJSON *model = NULL;
	assert_int_equal(json_parse(arena, str_from(json), &model, &err), OK);
	return model;
}

static enum rc print(const char *kind, const char *json, struct buf *out)
{
	*out = buf_in(arena, PRINT_MAX_BYTES);
	const struct sink sink = sink_to_buf(out);
	return print_document(arena, kind, parse(json), &sink, &warnings, &err);
}

static int count(const struct buf *b, const char *text)
{
	return pdf_count(arena, b, text);
}

static int pages(const char *kind, const char *json)
{
	struct buf out;
	assert_int_equal(print(kind, json, &out), OK);
	assert_null(warnings.first);
	return count(&out, "/Type/Page/");
}

static struct imposition imposition(enum impose_way way, size_t n_pages)
{
	return (struct imposition){.way = way, .n_pages = n_pages, .width = 100, .height = 200};
}

/* Pages from the left to the right, counted from 1, 0 blank, "|" between sides: "8 1|2 7". */
static const char *sides(const struct imposition *i, size_t n_with_blanks)
{
	struct buf b = buf_in(arena, 4096);
	for (size_t side = 0; side < impose_sides(i); side++) {
		buf_text(&b, side ? "|" : "");
		for (int column = 0; column < 2; column++)
			for (size_t page = 0; page < n_with_blanks; page++) {
				struct impose_place at = impose_place(i, page);
				if (at.side == side && at.panel.x == column * i->width)
					buf_printf(&b, "%s%zu", column ? " " : "",
						page < i->n_pages ? page + 1 : 0);
			}
	}
	return buf_cstr(&b);
}

static void stitches_booklets_of_any_length(void **state)
{
	(void)state;
	static const struct {
		size_t n, with_blanks;
		const char *sides;
	} booklets[] = {
		{1, 4, "0 1|0 0"},
		{4, 4, "4 1|2 3"},
		{5, 8, "0 1|2 0|0 3|4 5"},
		{8, 8, "8 1|2 7|6 3|4 5"},
		{13, 16, "0 1|2 0|0 3|4 13|12 5|6 11|10 7|8 9"},
	};
	for (size_t i = 0; i < sizeof booklets / sizeof booklets[0]; i++) {
		struct imposition b = imposition(IMPOSE_BOOKLET, booklets[i].n);
		assert_string_equal(sides(&b, booklets[i].with_blanks), booklets[i].sides);
	}
}

/* Turned on its short edge, a sheet shows on its left what lies behind its right half. */
static void prints_every_leaf_on_both_sides(void **state)
{
	(void)state;
	for (size_t n = 4; n <= 64; n += 4)
		for (size_t page = 0; page < n; page += 2) {
			struct imposition b = imposition(IMPOSE_BOOKLET, n);
			struct impose_place recto = impose_place(&b, page),
					    verso = impose_place(&b, page + 1);
			assert_int_equal(recto.side / 2, verso.side / 2);
			assert_int_not_equal(recto.side, verso.side);
			assert_true(recto.panel.x == b.width);
			assert_true(verso.panel.x == 0);
		}
}

static void binds_on_the_right_what_reads_from_the_right(void **state)
{
	(void)state;
	struct imposition b = imposition(IMPOSE_BOOKLET, 8);
	b.is_rtl = true;
	assert_string_equal(sides(&b, 8), "1 8|7 2|3 6|5 4");
	struct imposition two = imposition(IMPOSE_TWO_UP, 3);
	two.is_rtl = true;
	assert_string_equal(sides(&two, 4), "2 1|0 3");
}

static void moves_inner_pages_towards_the_spine(void **state)
{
	(void)state;
	struct imposition b = imposition(IMPOSE_BOOKLET, 8);
	b.creep = 2;
	assert_true(impose_place(&b, 0).panel.x == 100); /* the outer sheet stays */
	assert_true(impose_place(&b, 7).panel.x == 0);
	assert_true(impose_place(&b, 2).panel.x == 98);
	assert_true(impose_place(&b, 3).panel.x == 2);
}

/*
 * The sheet cut and folded: pages follow each other around the cut, along the lower row to the
 * right and the upper row back, the upper one upside down.
 */
static void folds_a_zine_in_order(void **state)
{
	(void)state;
	struct imposition z = imposition(IMPOSE_ZINE, 8);
	static const int around[8][2] = {
		{1, 1}, {2, 1}, {3, 1}, {3, 0}, {2, 0}, {1, 0}, {0, 0}, {0, 1}};
	assert_int_equal(impose_sides(&z), 1);
	assert_true(impose_side_width(&z) == 400 && impose_side_height(&z) == 400);
	for (size_t page = 0; page < 8; page++) {
		struct panel p = impose_place(&z, page).panel;
		assert_true(p.x == around[page][0] * z.width);
		assert_true(p.y == around[page][1] * z.height);
		assert_int_equal(p.quarter_turns, around[page][1] ? 0 : 2);
	}
}

static void lays_pages_side_by_side_in_reading_order(void **state)
{
	(void)state;
	struct imposition two = imposition(IMPOSE_TWO_UP, 5), four = imposition(IMPOSE_FOUR_UP, 5);
	assert_string_equal(sides(&two, 6), "1 2|3 4|5 0");
	assert_int_equal(impose_sides(&four), 2);
	struct panel third = impose_place(&four, 2).panel, fifth = impose_place(&four, 4).panel;
	assert_true(third.x == 0 && third.y == 200);
	assert_true(fifth.x == 0 && fifth.y == 0);
}

static void knows_only_its_ways_to_lay_pages(void **state)
{
	(void)state;
	struct imposition i = {.n_pages = 7};
	static const char *const wrong[] = {"", "zine", "3-up", "booklet/", "booklet/2",
		"booklet/0.12", "booklet/-1", "2-up/0.1", "Booklet"};
	assert_true(impose_parse("booklet", &i) && i.way == IMPOSE_BOOKLET && i.creep == 0);
	assert_true(impose_parse("booklet/0.5", &i) && i.creep == MM(0.5));
	assert_true(impose_parse("4-up", &i) && i.way == IMPOSE_FOUR_UP);
	assert_int_equal(i.n_pages, 7);
	for (size_t k = 0; k < sizeof wrong / sizeof wrong[0]; k++)
		assert_false(impose_parse(wrong[k], &i));
}

static void prints_any_kind_as_a_booklet(void **state)
{
	(void)state;
	struct buf plain, booklet, again;
	const char *model = print_example("programme");
	assert_int_equal(print("programme", model, &plain), OK);
	assert_int_equal(print("programme/booklet", model, &booklet), OK);
	assert_int_equal(count(&plain, "/Type/Page/"), 5);
	assert_int_equal(count(&booklet, "/Type/Page/"), 4);
	assert_int_equal(count(&booklet, "/Duplex/DuplexFlipShortEdge"), 1);
	/* Links, bookmarks and tags are those of the pages. */
	static const char *const kept[] = {"/Subtype/Link", "/S/H1", "/S/H3", "/Title"};
	for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
		assert_int_equal(count(&plain, kept[i]), count(&booklet, kept[i]));
	assert_int_equal(print("programme/booklet", model, &again), OK);
	assert_int_equal(booklet.n, again.n);
	assert_memory_equal(booklet.p, again.p, again.n);
	assert_int_equal(pages("programme/2-up", model), 3);
	assert_int_equal(pages("badge/4-up", print_example("badge")), 3);
}

static void refuses_sheets_that_cannot_be(void **state)
{
	(void)state;
	struct buf out;
	assert_int_equal(print("programme/3-up", print_example("programme"), &out), NOT_FOUND);
	err_clear(&err);
	assert_int_equal(print("pocket/booklet", print_example("pocket"), &out), INVALID);
	err_clear(&err);
	assert_int_equal(print("nothing/booklet", "{}", &out), NOT_FOUND);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(stitches_booklets_of_any_length),
		TEST(prints_every_leaf_on_both_sides),
		TEST(binds_on_the_right_what_reads_from_the_right),
		TEST(moves_inner_pages_towards_the_spine),
		TEST(folds_a_zine_in_order),
		TEST(lays_pages_side_by_side_in_reading_order),
		TEST(knows_only_its_ways_to_lay_pages),
		TEST(prints_any_kind_as_a_booklet),
		TEST(refuses_sheets_that_cannot_be),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
