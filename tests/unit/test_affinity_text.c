/* How texts are compared: words, stems, stop words, scripts, weights. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>
#include "affinity_fixture.h"
#include "base/text.h"

static struct arena *arena;

static int set_up(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void the_same_text_is_wholly_alike_and_a_foreign_one_not_at_all(void **state)
{
	(void)state;
	assert_int_equal(
		fixture_likeness(arena, "dementia wards", "dementia wards"), AFFINITY_UNIT);
	assert_int_equal(fixture_likeness(arena, "dementia wards", "dental fear"), 0);
}

/* apple is in both texts: ln 2; pear and plum in one: ln 3. (ln 2)^2 / ((ln 2)^2 + (ln 3)^2). */
static void the_cosine_is_that_of_the_book(void **state)
{
	(void)state;
	assert_in_range(
		fixture_likeness(arena, "apple pear", "apple plum"), 533600 - 2, 533600 + 2);
}

/* (1 + ln 2) * ln 3 for the pear: of f = 2, be it said twice or in the title. */
static void a_word_in_the_title_counts_as_two(void **state)
{
	struct affinity_text twice[] = {
		fixture_abstract("apple pear pear"), fixture_abstract("apple plum")};
	struct affinity_text in_title[] = {
		{.title = "pear", .abstract = "apple"}, fixture_abstract("apple plum")};
	int32_t likeness = fixture_explain(arena, twice, 2, 1).text;

	(void)state;
	assert_in_range(likeness, 431652 - 2, 431652 + 2);
	assert_int_equal(fixture_explain(arena, in_title, 2, 1).text, likeness);
}

static void it_is_the_same_either_way_round(void **state)
{
	static const char *const texts[] = {
		"Teaching empathy to surgeons with simulated patients, twice a year",
		"Simulation and empathy: what third-year students are taught by patients",
		"Die Lehre der Empathie an drei Schulen", ""};

	(void)state;
	for (size_t i = 0; i < 4; i++)
		for (size_t k = 0; k < 4; k++)
			if (*texts[i] && *texts[k])
				assert_int_equal(fixture_likeness(arena, texts[i], texts[k]),
					fixture_likeness(arena, texts[k], texts[i]));
}

static void endings_are_joined(void **state)
{
	(void)state;
	assert_int_equal(
		fixture_likeness(arena, "the teaching of students", "a student who teaches"),
		AFFINITY_UNIT);
	assert_int_equal(fixture_likeness(arena, "die Patienten und der Patient",
				 "eine Patientin ist nicht der Patient"),
		fixture_likeness(arena, "eine Patientin ist nicht der Patient",
			"die Patienten und der Patient"));
	assert_int_equal(fixture_likeness(arena, "nous enseignant l’empathie",
				 "qu'il enseigne de l'empathie"),
		AFFINITY_UNIT);
	assert_int_equal(
		fixture_likeness(arena, "это для пациентов", "это о пациентах"), AFFINITY_UNIT);
}

static void capitals_and_accents_make_no_difference(void **state)
{
	(void)state;
	assert_int_equal(fixture_likeness(arena, "THE EMPATHY", "the empathy"), AFFINITY_UNIT);
	assert_int_equal(fixture_likeness(arena, "Žižek naïve", "zizek naive"), AFFINITY_UNIT);
}

static void stop_words_and_numbers_do_not_count(void **state)
{
	struct affinity_text texts[] = {fixture_abstract("the and of which was 412 2025 dementia"),
		fixture_abstract("the and of which was 412 2025 hospice")};

	(void)state;
	assert_int_equal(fixture_explain(arena, texts, 2, 1).text, 0);
	assert_int_equal(fixture_likeness(arena, "der und die Demenz", "der und die Hospiz"), 0);
	/* A text of nothing else has nothing to compare. */
	assert_int_equal(fixture_likeness(arena, "and of the", "and of the"), AFFINITY_MOOT);
}

static void the_language_may_be_told(void **state)
{
	struct affinity_text texts[] = {
		fixture_abstract("Pflege Patienten"), fixture_abstract("Pflege Patient")};

	(void)state;
	/* No word shows what they are in; English rules leave the ending. */
	assert_in_range(fixture_explain(arena, texts, 2, 1).text, 1, AFFINITY_UNIT - 1);
	texts[0].language = texts[1].language = "de-AT";
	assert_int_equal(fixture_explain(arena, texts, 2, 1).text, AFFINITY_UNIT);
}

/* A list of words shows no language: it is read as most of the other texts are. */
static void a_list_of_words_is_read_in_the_language_of_the_others(void **state)
{
	struct affinity_text texts[] = {fixture_abstract("Pflege Patienten"),
		fixture_abstract("Pflege Patient"), fixture_abstract("und das ist nicht alles")};

	(void)state;
	assert_int_equal(fixture_explain(arena, texts, 3, 1).text, AFFINITY_UNIT);
}

static void scripts_without_spaces_have_words(void **state)
{
	(void)state;
	/* Chinese, Japanese, Thai: a dictionary parts them. */
	assert_in_range(fixture_likeness(arena, "医学教育中的共情", "护士的共情训练"), 1,
		AFFINITY_UNIT - 1);
	assert_in_range(fixture_likeness(arena, "看護師の共感について", "医師と患者の共感"), 1,
		AFFINITY_UNIT - 1);
	assert_in_range(fixture_likeness(arena, "การดูแลผู้ป่วยสมองเสื่อม", "พยาบาลดูแลผู้ป่วยเด็ก"), 1,
		AFFINITY_UNIT - 1);
	assert_int_equal(fixture_likeness(arena, "护士", "海洋"), 0);
	/* The particle の in both is no likeness. */
	assert_int_equal(fixture_likeness(arena, "看護師の訓練", "海の音楽"), 0);
}

static void other_alphabets_are_read(void **state)
{
	(void)state;
	assert_in_range(fixture_likeness(arena, "الرحمة في التمريض", "التمريض والمرضى"), 1,
		AFFINITY_UNIT - 1);
	assert_in_range(
		fixture_likeness(arena, "נשים בבית חולים", "בתי חולים"), 1, AFFINITY_UNIT - 1);
	assert_in_range(
		fixture_likeness(arena, "रोगियों की देखभाल", "बच्चों की देखभाल"), 1, AFFINITY_UNIT - 1);
}

static void empty_texts_have_nothing_to_compare(void **state)
{
	struct affinity_text empty = {0};
	struct affinity_text texts[] = {empty, fixture_abstract("dementia"), empty};

	(void)state;
	assert_int_equal(fixture_explain(arena, texts, 3, 2).text, AFFINITY_MOOT);
	assert_int_equal(fixture_explain(arena, texts + 1, 2, 1).text, AFFINITY_UNTOLD);
	assert_int_equal(fixture_explain(arena, texts + 1, 2, 0).text, AFFINITY_UNTOLD);
	assert_int_equal(fixture_likeness(arena, " \n", "?!"), AFFINITY_MOOT);
}

/* Of the likenesses 1 and 0: the mean of the best, 1, and of their mean, 1/2. */
static void the_best_text_and_all_of_them_count(void **state)
{
	struct affinity_text texts[] = {fixture_abstract("the dementia wards"),
		fixture_abstract("ward dementia"), fixture_abstract("dental fear")};

	(void)state;
	assert_int_equal(fixture_explain(arena, texts, 3, 2).text, 750000);
	assert_int_equal(fixture_explain(arena, texts, 3, 1).text, AFFINITY_UNIT);
	assert_int_equal(fixture_explain(arena, texts, 3, 1).nearest, 1);
}

static void rare_words_weigh_more(void **state)
{
	struct affinity_text texts[] = {fixture_abstract("empathy midwives"),
		fixture_abstract("empathy surgeons"), fixture_abstract("surgeons midwives"),
		fixture_abstract("empathy porters"), fixture_abstract("empathy cooks")};

	(void)state;
	int32_t by_common = fixture_explain(arena, texts, 5, 1).text;
	struct affinity_text other[] = {texts[0], texts[2], texts[1], texts[3], texts[4]};
	assert_true(by_common > 0 && by_common < fixture_explain(arena, other, 5, 1).text);
}

static void shared_words_are_told_as_they_are_written(void **state)
{
	struct affinity_text texts[] = {
		{.title = "Teaching midwives",
			.abstract = "We are teaching Midwives in Ibadan about AI "
				    "and of porters, cooks, gardens and birth.",
			.keywords = "ÉPOQUE"},
		fixture_abstract(
			"He teaches midwives from Ibadan; AI of the époque for cook and porter"),
		fixture_abstract("something else")};
	struct affinity_reason reason = fixture_explain(arena, texts, 3, 2);

	(void)state;
	assert_int_equal(reason.nearest, 1);
	assert_int_equal(reason.n_words, 5);
	/* Those of the title first, without a capital where the text has one so. */
	assert_string_equal(reason.words[0], "teaching");
	assert_string_equal(reason.words[1], "midwives");
	bool has_name = false;
	for (size_t i = 0; i < 5; i++)
		has_name |=
			text_equal(reason.words[i], "Ibadan") || text_equal(reason.words[i], "AI");
	assert_true(has_name);
}

static void words_come_in_their_order(void **state)
{
	size_t n;
	struct text_word *words = text_words(arena, "L’Été, 3.5 Ärzte’s WARD-Round!", &n);

	(void)state;
	assert_int_equal(n, 4);
	assert_string_equal(words[0].lower, "l'été");
	assert_true(str_is(words[0].written, "L’Été"));
	assert_string_equal(words[1].lower, "ärzte's");
	assert_string_equal(words[2].lower, "ward");
	assert_true(str_is(words[3].written, "Round"));
	text_words(arena, "", &n);
	assert_int_equal(n, 0);
	/* More words than a text of its length has most often. */
	text_words(arena, "ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab",
		&n);
	assert_int_equal(n, 24);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			the_same_text_is_wholly_alike_and_a_foreign_one_not_at_all, set_up,
			tear_down),
		cmocka_unit_test_setup_teardown(the_cosine_is_that_of_the_book, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_word_in_the_title_counts_as_two, set_up, tear_down),
		cmocka_unit_test_setup_teardown(it_is_the_same_either_way_round, set_up, tear_down),
		cmocka_unit_test_setup_teardown(endings_are_joined, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			capitals_and_accents_make_no_difference, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			stop_words_and_numbers_do_not_count, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_language_may_be_told, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_list_of_words_is_read_in_the_language_of_the_others, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			scripts_without_spaces_have_words, set_up, tear_down),
		cmocka_unit_test_setup_teardown(other_alphabets_are_read, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			empty_texts_have_nothing_to_compare, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			the_best_text_and_all_of_them_count, set_up, tear_down),
		cmocka_unit_test_setup_teardown(rare_words_weigh_more, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			shared_words_are_told_as_they_are_written, set_up, tear_down),
		cmocka_unit_test_setup_teardown(words_come_in_their_order, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
