/* What texts, themes and bids make together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>
#include "affinity_fixture.h"
#include "optimise/rng.h"

static const enum affinity_bid all_bids[AFFINITY_N_BIDS] = {
	AFFINITY_RELUCTANT, AFFINITY_NO_BID, AFFINITY_WILLING, AFFINITY_EAGER};

static void the_rule_is_that_of_the_header(void **state)
{
	(void)state;
	assert_int_equal(affinity_combine(0, 0, AFFINITY_EAGER), 500000);
	assert_int_equal(affinity_combine(1000000, 1000000, AFFINITY_EAGER), 1000000);
	assert_int_equal(affinity_combine(1000000, 1000000, AFFINITY_NO_BID), 750000);
	assert_int_equal(affinity_combine(0, 0, AFFINITY_RELUCTANT), 0);
	/* 3/5 of 0.5 and 2/5 of 1: fit 0.7. */
	assert_int_equal(affinity_combine(500000, 1000000, AFFINITY_WILLING), 300000 + 420000);
	/* What is not told counts as a quarter; what there is nothing to compare with, not at all.
	 */
	assert_int_equal(affinity_combine(AFFINITY_UNTOLD, 1000000, AFFINITY_RELUCTANT), 137500);
	assert_int_equal(affinity_combine(AFFINITY_MOOT, 1000000, AFFINITY_RELUCTANT), 250000);
	assert_int_equal(affinity_combine(400000, AFFINITY_MOOT, AFFINITY_RELUCTANT), 100000);
	assert_int_equal(affinity_combine(AFFINITY_MOOT, AFFINITY_MOOT, AFFINITY_RELUCTANT), 62500);
}

static void a_better_bid_is_better_and_so_is_a_better_fit(void **state)
{
	(void)state;
	for (int32_t text = AFFINITY_MOOT; text <= AFFINITY_UNIT; text += text < 0 ? 1 : 25000) {
		for (int32_t theme = AFFINITY_MOOT; theme <= AFFINITY_UNIT;
			theme += theme < 0 ? 1 : 25000) {
			int32_t before = -1;
			for (size_t b = 0; b < AFFINITY_N_BIDS; b++) {
				int32_t now = affinity_combine(text, theme, all_bids[b]);
				assert_true(now > before && now >= 0 && now <= AFFINITY_UNIT);
				if (text >= 0 && text + 25000 <= AFFINITY_UNIT)
					assert_true(affinity_combine(text + 25000, theme,
							    all_bids[b]) > now);
				if (theme >= 0 && theme + 25000 <= AFFINITY_UNIT)
					assert_true(affinity_combine(text, theme + 25000,
							    all_bids[b]) >= now);
				before = now;
			}
		}
	}
}

/* Two submissions, three reviewers; themes 1 and 2. */
struct board {
	struct affinity_text texts[5];
	struct affinity_submission submissions[2];
	struct affinity_reviewer reviewers[3];
	struct affinity_wish wishes[2];
	struct affinity_input in;
};

static const uint32_t themes_1[] = {1}, themes_1_2[] = {1, 2}, themes_2_3[] = {2, 3};
static const uint32_t texts_2[] = {2}, texts_1_3[] = {1, 3};

static void board_make(struct board *b)
{
	*b = (struct board){
		.texts = {{.title = "Dementia wards"}, {.title = "Dental fear"},
			{.abstract = "dementia"}, {.abstract = "fear of dementia"}, {0}},
		.submissions = {{0, themes_1_2, 2}, {1, NULL, 0}},
		.reviewers = {{texts_2, 1, themes_1, 1}, {texts_1_3, 2, themes_2_3, 2},
			{NULL, 0, NULL, 0}},
		.wishes = {{0, 1, AFFINITY_EAGER}, {1, 2, AFFINITY_RELUCTANT}},
	};
	b->in = (struct affinity_input){
		b->texts, 5, b->submissions, 2, b->reviewers, 3, b->wishes, 2};
}

static void every_pair_is_filled_as_it_is_explained(void **state)
{
	struct arena *a = arena_new();
	struct board b;
	int32_t all[6];

	(void)state;
	board_make(&b);
	const struct affinity *f = affinity_prepare(a, &b.in);
	affinity_fill(f, all);
	for (uint32_t s = 0; s < 2; s++) {
		for (uint32_t r = 0; r < 3; r++) {
			struct affinity_reason reason;
			affinity_explain(a, f, s, r, &reason);
			assert_int_equal(reason.affinity, all[s * 3 + r]);
			assert_int_equal(reason.affinity,
				affinity_combine(reason.text, reason.theme, reason.bid));
		}
	}
	arena_free(a);
}

static void themes_and_bids_are_told(void **state)
{
	struct arena *a = arena_new();
	struct affinity_reason reason;
	struct board b;

	(void)state;
	board_make(&b);
	const struct affinity *f = affinity_prepare(a, &b.in);
	affinity_explain(a, f, 0, 1, &reason);
	assert_int_equal(reason.bid, AFFINITY_EAGER);
	assert_int_equal(reason.theme, 500000);
	assert_int_equal(reason.n_themes, 1);
	assert_int_equal(reason.themes[0], 2);
	assert_int_equal(reason.nearest, 3);
	assert_int_equal(reason.n_words, 1);
	assert_string_equal(reason.words[0], "Dementia");
	affinity_explain(a, f, 1, 2, &reason);
	assert_int_equal(reason.bid, AFFINITY_RELUCTANT);
	assert_int_equal(reason.text, AFFINITY_UNTOLD);
	assert_int_equal(reason.theme, AFFINITY_MOOT);
	assert_int_equal(reason.nearest, AFFINITY_NO_TEXT);
	assert_int_equal(reason.n_words, 0);
	affinity_explain(a, f, 0, 2, &reason);
	assert_int_equal(reason.bid, AFFINITY_NO_BID);
	assert_int_equal(reason.theme, AFFINITY_UNTOLD);
	arena_free(a);
}

static void a_better_bid_raises_its_pair_and_no_other(void **state)
{
	struct arena *a = arena_new();
	struct board b;
	int32_t before[6], now[6];

	(void)state;
	board_make(&b);
	b.in.n_wishes = 1;
	b.wishes[0].bid = AFFINITY_RELUCTANT;
	affinity_fill(affinity_prepare(a, &b.in), before);
	for (size_t i = 1; i < AFFINITY_N_BIDS; i++) {
		b.wishes[0].bid = all_bids[i];
		affinity_fill(affinity_prepare(a, &b.in), now);
		for (size_t k = 0; k < 6; k++) {
			if (k == 1)
				assert_true(now[k] > before[k]);
			else
				assert_int_equal(now[k], before[k]);
		}
		memcpy(before, now, sizeof before);
	}
	arena_free(a);
}

/* Texts of drawn words, in any order of drawing: all is bounded, and the same the second time. */
static void any_texts_stay_within_bounds_and_come_out_the_same(void **state)
{
	enum { N = 30, WORDS = 40, MAX_BYTES = 600 };
	static const char *const lexicon[] = {"ward", "wards", "Teaching", "taught", "the", "und",
		"l’empathie", "共情", "нет", "x", "2025", "-", "مرضى", "Ǆ", "İstanbul", "ß"};
	struct arena *a = arena_new();
	struct rng rng;
	struct affinity_text texts[N];
	struct affinity_submission submissions[N];
	struct affinity_reviewer reviewers[N];
	uint32_t own[N];
	int32_t first[N * N], second[N * N];

	(void)state;
	rng_seed(&rng, 7);
	for (uint32_t i = 0; i < N; i++) {
		struct buf b = buf_in(a, MAX_BYTES);
		uint32_t n = rng_below(&rng, WORDS);
		for (uint32_t k = 0; k < n; k++)
			buf_printf(&b, "%s ", lexicon[rng_below(&rng, 16)]);
		texts[i] = fixture_abstract(buf_cstr(&b));
		own[i] = i;
		submissions[i] = (struct affinity_submission){i, NULL, 0};
		reviewers[i] = (struct affinity_reviewer){own + i / 2, i - i / 2, NULL, 0};
	}
	struct affinity_input in = {texts, N, submissions, N, reviewers, N, NULL, 0};
	affinity_fill(affinity_prepare(a, &in), first);
	affinity_fill(affinity_prepare(a, &in), second);
	for (size_t i = 0; i < N * N; i++)
		assert_in_range(first[i], 100000, 750000);
	assert_memory_equal(first, second, sizeof first);
	arena_free(a);
}

static void nothing_at_all_is_no_fault(void **state)
{
	struct arena *a = arena_new();
	struct affinity_input in = {0};
	int32_t untouched = 17;

	(void)state;
	affinity_fill(affinity_prepare(a, &in), &untouched);
	assert_int_equal(untouched, 17);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_rule_is_that_of_the_header),
		cmocka_unit_test(a_better_bid_is_better_and_so_is_a_better_fit),
		cmocka_unit_test(every_pair_is_filled_as_it_is_explained),
		cmocka_unit_test(themes_and_bids_are_told),
		cmocka_unit_test(a_better_bid_raises_its_pair_and_no_other),
		cmocka_unit_test(any_texts_stay_within_bounds_and_come_out_the_same),
		cmocka_unit_test(nothing_at_all_is_no_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
