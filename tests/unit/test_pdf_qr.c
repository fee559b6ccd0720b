/* QR symbols: what is drawn is exactly the symbol, with its white margin, at the size asked for. */
#include "pdf/page/qr.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

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

static struct qr make(const char *text)
{
	struct err err = err_in(arena);
	struct qr qr;
	assert_int_equal(qr_make(arena, text, &qr, &err), OK);
	return qr;
}

static void has_the_three_finder_patterns(void **state)
{
	(void)state;
	struct qr qr = make("https://symposium.example/t/4b6k2m9x7q3wz8r5t1c0v6n2ha");
	int corners[3][2] = {{0, 0}, {qr.side - 7, 0}, {0, qr.side - 7}};
	assert_int_equal((qr.side - 17) % 4, 0);
	for (int c = 0; c < 3; c++)
		for (int i = 0; i < 7; i++) {
			int x = corners[c][0], y = corners[c][1];
			assert_int_equal(qr.modules[y * qr.side + x + i], 1);
			assert_int_equal(qr.modules[(y + 6) * qr.side + x + i], 1);
			assert_int_equal(qr.modules[(y + 3) * qr.side + x + 3], 1);
		}
}

static void refuses_what_cannot_be_scanned(void **state)
{
	(void)state;
	struct err err = err_in(arena);
	struct qr qr;
	char text[QR_MAX_BYTES + 2];
	memset(text, 'a', sizeof text);
	text[QR_MAX_BYTES + 1] = '\0';
	assert_int_equal(qr_make(arena, text, &qr, &err), INVALID);
	err_clear(&err);
	assert_int_equal(qr_make(arena, "", &qr, &err), INVALID);
	err_clear(&err);
	text[QR_MAX_BYTES] = '\0';
	assert_int_equal(qr_make(arena, text, &qr, &err), OK);
	assert_int_equal(qr.side, 41); /* version 6 */
}

static void leaves_a_margin_of_four_modules(void **state)
{
	(void)state;
	struct qr qr = make("K7QF-3M2XA");
	assert_true(qr_outer_side(&qr, qr.side) == qr.side + 8);
}

/* Paints the rectangles of the operators on a grid of modules. */
static void paint(const char *operators, const struct qr *qr, unsigned char *grid)
{
	const char *at = strstr(operators, "cm\n");
	assert_non_null(at);
	struct str rest = str_from(at + 3);
	while (rest.p) {
		struct str line = str_cut(&rest, '\n');
		int64_t n[4];
		if (!str_ends_with(line, STR(" re")))
			break;
		for (int i = 0; i < 4; i++)
			assert_true(str_to_i64(str_cut(&line, ' '), &n[i]));
		for (int64_t y = n[1]; y < n[1] + n[3]; y++)
			for (int64_t x = n[0]; x < n[0] + n[2]; x++) {
				assert_true(x >= 0 && x < qr->side && y >= 0 && y < qr->side);
				grid[(qr->side - 1 - y) * qr->side + x]++;
			}
	}
}

static void draws_every_dark_module_once_and_no_other(void **state)
{
	(void)state;
	const char *texts[] = {
		"a", "https://symposium.example/t/4b6k2m9x7q3wz8r5t1c0v6n2ha", "Ægir"};
	for (int t = 0; t < 3; t++) {
		struct core *core = core_new(arena, "en");
		struct page *page = page_new(arena, core, 300, 400);
		struct qr qr = make(texts[t]);
		unsigned char *grid = arena_alloc(arena, (size_t)qr.side * (size_t)qr.side);
		qr_draw(page, &qr, 10, 20, 100);
		paint(buf_cstr(page_operators(page)), &qr, grid);
		assert_memory_equal(grid, qr.modules, (size_t)qr.side * (size_t)qr.side);
		page_close(page);
		core_free(core);
	}
}

static void merges_modules_into_fewer_rectangles(void **state)
{
	(void)state;
	struct core *core = core_new(arena, "en");
	struct page *page = page_new(arena, core, 300, 400);
	struct qr qr = make("https://symposium.example/t/4b6k2m9x7q3wz8r5t1c0v6n2ha");
	int n_dark = 0, n_rects = 0;
	for (int i = 0; i < qr.side * qr.side; i++)
		n_dark += qr.modules[i];
	qr_draw(page, &qr, 10, 20, 100);
	for (const char *p = buf_cstr(page_operators(page)); (p = strstr(p, " re\n")); p++)
		n_rects++;
	assert_true(n_rects * 2 < n_dark);
	page_close(page);
	core_free(core);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(has_the_three_finder_patterns),
		TEST(refuses_what_cannot_be_scanned),
		TEST(leaves_a_margin_of_four_modules),
		TEST(draws_every_dark_module_once_and_no_other),
		TEST(merges_modules_into_fewer_rectangles),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
