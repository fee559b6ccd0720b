/* Where rows come to stand: columns, columns of equal length, and blocks that float. */
#include "pdf/layout/layout.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { MAX_SEEN = 400, LEADING = 20 };

static const struct text_style plain = {.family = FONT_SANS, .size = 10, .colour = 0};

/* A page has room for ten rows. */
static const double top = 50, bottom = 50, height = 300;

static struct {
	struct arena *arena;
	struct print_warnings warnings;
	struct doc *doc;
	struct flow *flow;
	struct placed_line seen[MAX_SEEN];
	size_t n_seen;
	const char *heads[20]; /* the running text at the first row of every page */
} world;

static void note_line(void *context, const struct placed_line *line)
{
	(void)context;
	assert_true(world.n_seen < MAX_SEEN);
	world.seen[world.n_seen++] = *line;
}

static void end_page(void *context, const struct flow_page *page)
{
	(void)context;
	assert_true(page->number < 20);
	world.heads[page->number] = page->first;
}

static int setup(void **state)
{
	(void)state;
	memset(&world, 0, sizeof world);
	world.arena = arena_new();
	world.warnings = print_warnings_in(world.arena);
	world.doc = doc_new(world.arena, "en", &world.warnings);
	world.doc->trace = note_line;
	world.flow = flow_new(world.doc, &(struct flow_frame){.width = 400,
						 .height = height,
						 .left = 20,
						 .right = 20,
						 .top = top,
						 .bottom = bottom,
						 .end = end_page});
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	doc_free(world.doc);
	arena_free(world.arena);
	return 0;
}

static void add_row(struct block *b, const char *text)
{
	block_text(b,
		&(struct block_text){.paragraph = paragraph_of(world.doc->type, &plain, text, NULL),
			.width = flow_width(world.flow),
			.leading = LEADING});
}

static struct block *rows(int n)
{
	struct block *b = block_new(world.doc);
	for (int i = 0; i < n; i++)
		add_row(b, "row");
	return b;
}

/* The rows that stand in a column of a page. */
static int count(int page, int column)
{
	int n = 0;
	for (size_t i = 0; i < world.n_seen; i++)
		n += world.seen[i].page == page && world.seen[i].column == column;
	return n;
}

static void fills_one_column_after_the_other(void **state)
{
	(void)state;
	flow_columns(world.flow, 2, 10);
	flow_add(world.flow, rows(25));
	flow_finish(world.flow);
	assert_int_equal(count(1, 0), 10);
	assert_int_equal(count(1, 1), 10);
	assert_int_equal(count(2, 0), 5);
	assert_int_equal(count(2, 1), 0);
	assert_true(world.seen[0].baseline == world.seen[10].baseline);
}

static void begins_columns_below_what_stands(void **state)
{
	(void)state;
	flow_add(world.flow, rows(4));
	flow_columns(world.flow, 3, 10);
	flow_add(world.flow, rows(7));
	flow_columns(world.flow, 1, 0);
	flow_add(world.flow, rows(1));
	flow_finish(world.flow);
	assert_int_equal(count(1, 0), 4 + 6);
	assert_int_equal(count(1, 1), 1);
	assert_true(world.seen[10].baseline == world.seen[4].baseline);
	/* Below the longest column there is no room any more. */
	assert_int_equal(count(2, 0), 1);
}

static void begins_a_new_page_below_the_head_of_columns(void **state)
{
	(void)state;
	flow_new_page(world.flow); /* nothing: there is none yet */
	flow_add(world.flow, rows(2));
	flow_columns(world.flow, 2, 10);
	flow_new_page(world.flow);
	flow_add(world.flow, rows(1));
	flow_new_page(world.flow);
	flow_new_page(world.flow);
	flow_add(world.flow, rows(1));
	flow_finish(world.flow);
	assert_int_equal(count(1, 0), 2);
	assert_int_equal(count(2, 0), 1);
	assert_int_equal(count(3, 0), 1);
}

static void goes_on_where_there_is_room_enough(void **state)
{
	(void)state;
	flow_add(world.flow, rows(4));
	flow_need(world.flow, 6 * LEADING);
	flow_add(world.flow, rows(1));
	flow_need(world.flow, 6 * LEADING);
	flow_add(world.flow, rows(7));
	flow_columns(world.flow, 2, 10);
	flow_need(world.flow, 4 * LEADING);
	flow_add(world.flow, rows(1));
	flow_finish(world.flow);
	assert_int_equal(count(1, 0), 5);
	assert_int_equal(count(2, 0), 7);
	assert_int_equal(count(3, 0), 1);
}

static void makes_columns_of_equal_length(void **state)
{
	(void)state;
	flow_columns(world.flow, 3, 10);
	flow_add_balanced(world.flow, rows(11));
	flow_columns(world.flow, 1, 0);
	flow_add(world.flow, rows(1));
	flow_finish(world.flow);
	assert_int_equal(count(1, 0), 4 + 1);
	assert_int_equal(count(1, 1), 4);
	assert_int_equal(count(1, 2), 3);
	/* What comes after begins below the longest one. */
	assert_true(world.seen[11].baseline > world.seen[3].baseline);
}

static void balances_only_the_last_page(void **state)
{
	(void)state;
	flow_columns(world.flow, 2, 10);
	flow_add_balanced(world.flow, rows(26));
	flow_finish(world.flow);
	assert_int_equal(count(1, 0), 10);
	assert_int_equal(count(1, 1), 10);
	assert_int_equal(count(2, 0), 3);
	assert_int_equal(count(2, 1), 3);
}

static void keeps_white_space_below_columns_but_not_above(void **state)
{
	struct block *in = block_new(world.doc), *below = block_new(world.doc);
	(void)state;
	flow_add(world.flow, rows(1));
	flow_columns(world.flow, 2, 10);
	block_space(in, LEADING);
	add_row(in, "row");
	flow_add(world.flow, in);
	flow_columns(world.flow, 1, 0);
	block_space(below, LEADING);
	add_row(below, "row");
	flow_add(world.flow, below);
	flow_finish(world.flow);
	assert_int_equal(lround(world.seen[1].baseline - world.seen[0].baseline), LEADING);
	assert_int_equal(lround(world.seen[2].baseline - world.seen[1].baseline), 2 * LEADING);
}

static void keeps_rows_together_in_balanced_columns(void **state)
{
	struct block *b = rows(5);
	(void)state;
	block_keep(b, 0, true);
	add_row(b, "row");
	flow_columns(world.flow, 2, 10);
	flow_add_balanced(world.flow, b);
	flow_finish(world.flow);
	assert_int_equal(count(1, 0), 6);
}

static void moves_kept_rows_to_the_next_column(void **state)
{
	struct block *b = rows(4);
	(void)state;
	block_keep(b, 0, false);
	flow_columns(world.flow, 2, 10);
	flow_add(world.flow, rows(8));
	flow_add(world.flow, b);
	flow_finish(world.flow);
	assert_int_equal(count(1, 0), 8);
	assert_int_equal(count(1, 1), 4);
}

static void breaks_what_is_kept_but_taller_than_a_page(void **state)
{
	struct block *b = rows(23);
	(void)state;
	block_keep(b, 0, false);
	flow_add(world.flow, b);
	flow_finish(world.flow);
	assert_int_equal(count(1, 0), 10);
	assert_int_equal(count(2, 0), 10);
	assert_int_equal(count(3, 0), 3);
}

static void floats_to_the_head_of_the_next_page(void **state)
{
	struct block *b = block_new(world.doc);
	(void)state;
	flow_add(world.flow, rows(7));
	for (int i = 0; i < 5; i++)
		add_row(b, "a figure");
	flow_float(world.flow, b);
	assert_false(flow_is_settled(world.flow));
	flow_add(world.flow, rows(6)); /* three of them in front of the figure */
	assert_true(flow_is_settled(world.flow));
	flow_finish(world.flow);
	assert_int_equal(count(1, 0), 10);
	assert_int_equal(count(2, 0), 8);
	assert_true(world.seen[10].line->width > world.seen[9].line->width);
	assert_true(world.seen[10].line->width > world.seen[15].line->width);
}

static void floats_nowhere_when_there_is_room(void **state)
{
	(void)state;
	flow_add(world.flow, rows(5));
	flow_float(world.flow, rows(5));
	assert_true(flow_is_settled(world.flow));
	flow_finish(world.flow);
	assert_int_equal(count(1, 0), 10);
}

static void settles_what_still_floats_at_the_end(void **state)
{
	(void)state;
	flow_add(world.flow, rows(8));
	flow_float(world.flow, rows(5));
	flow_float(world.flow, rows(6));
	assert_int_equal(count(2, 0), 0);
	flow_finish(world.flow);
	assert_int_equal(count(1, 0), 8);
	assert_int_equal(count(2, 0) + count(3, 0), 11);
}

static void shows_the_running_text_of_the_first_row(void **state)
{
	struct block *b = block_new(world.doc);
	(void)state;
	for (int i = 0; i < 24; i++) {
		add_row(b, "row");
		block_running(b, (size_t)i, arena_printf(world.arena, "%d", i));
	}
	flow_add(world.flow, b);
	flow_finish(world.flow);
	assert_string_equal(world.heads[1], "0");
	assert_string_equal(world.heads[2], "10");
	assert_string_equal(world.heads[3], "20");
}

static void add_turned_over(const char *text, enum paragraph_direction direction)
{
	const struct text_span span = {.style = &plain, .text = text};
	struct block *b = block_new(world.doc);
	block_text(b, &(struct block_text){
			      .paragraph = paragraph_new(world.doc->type, &span, 1, direction),
			      .width = 60,
			      .leading = LEADING,
			      .hang = 9,
			      .align = ALIGN_START});
	flow_add(world.flow, b);
	flow_finish(world.flow);
}

static double right_end(const struct placed_line *line)
{
	return line->x + line->line->width;
}

static void indents_turnovers(void **state)
{
	(void)state;
	add_turned_over("Faculty of Health Sciences, Christchurch", DIRECTION_LTR);
	assert_true(world.n_seen >= 3);
	assert_true(fabs(world.seen[0].x - 20) < 0.01);
	for (size_t i = 0; i < world.n_seen; i++) {
		if (i > 0)
			assert_true(fabs(world.seen[i].x - 29) < 0.01);
		assert_true(right_end(&world.seen[i]) <= 80.01);
	}
}

static void indents_turnovers_on_the_right_of_texts_from_there(void **state)
{
	(void)state;
	add_turned_over("בית הספר לסיעוד של הגליל העליון", DIRECTION_RTL);
	assert_true(world.n_seen >= 2);
	assert_true(fabs(right_end(&world.seen[0]) - 80) < 0.01);
	for (size_t i = 0; i < world.n_seen; i++) {
		if (i > 0)
			assert_true(fabs(right_end(&world.seen[i]) - 71) < 0.01);
		assert_true(world.seen[i].x >= 19.99);
	}
}

static void add_kept_in_words(const char *text, double width)
{
	struct block *b = block_new(world.doc);
	block_text(b,
		&(struct block_text){.paragraph = paragraph_of(world.doc->type, &plain, text, NULL),
			.width = width,
			.leading = LEADING,
			.keeps_words = true});
	flow_add(world.flow, b);
	flow_finish(world.flow);
}

/* There is room for three syllables and a blank. */
static void keeps_words_of_syllables_whole(void **state)
{
	(void)state;
	add_kept_in_words("대구 대구", 35);
	assert_int_equal(world.n_seen, 2);
	assert_true(fabs(world.seen[0].line->width - world.seen[1].line->width) < 0.01);
}

static void leaves_no_syllable_of_a_wide_word_alone(void **state)
{
	(void)state;
	add_kept_in_words("대구대구", 35);
	assert_int_equal(world.n_seen, 2);
	assert_true(fabs(world.seen[0].line->width - world.seen[1].line->width) < 0.01);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(fills_one_column_after_the_other),
		TEST(begins_columns_below_what_stands),
		TEST(begins_a_new_page_below_the_head_of_columns),
		TEST(goes_on_where_there_is_room_enough),
		TEST(makes_columns_of_equal_length),
		TEST(balances_only_the_last_page),
		TEST(keeps_white_space_below_columns_but_not_above),
		TEST(keeps_rows_together_in_balanced_columns),
		TEST(moves_kept_rows_to_the_next_column),
		TEST(breaks_what_is_kept_but_taller_than_a_page),
		TEST(floats_to_the_head_of_the_next_page),
		TEST(floats_nowhere_when_there_is_room),
		TEST(settles_what_still_floats_at_the_end),
		TEST(shows_the_running_text_of_the_first_row),
		TEST(indents_turnovers),
		TEST(indents_turnovers_on_the_right_of_texts_from_there),
		TEST(keeps_words_of_syllables_whole),
		TEST(leaves_no_syllable_of_a_wide_word_alone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
