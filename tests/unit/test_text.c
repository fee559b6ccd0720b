/* Human text: what is stored, sorted, folded, counted and cut. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include "base/json.h"
#include "base/text.h"

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

static void only_wellformed_utf8_passes(void **state)
{
	(void)state;
	assert_true(text_is_utf8(STR("")));
	assert_true(text_is_utf8(STR("aü€😀\xed\x9f\xbf\xee\x80\x80\xf4\x8f\xbf\xbf")));
	const struct str bad[] = {STR("\xff"), STR("\xc0\x80"), STR("\xc1\xbf"),
		STR("\xe0\x9f\xbf"), STR("\xed\xa0\x80"), STR("\xed\xbf\xbf"),
		STR("\xf0\x8f\xbf\xbf"), STR("\xf4\x90\x80\x80"), STR("\xc3"), STR("\xe2\x82"),
		STR("\xf0\x9f\x98"), STR("\x80"), STR("a\0b"), STR("\xc3(")};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(text_is_utf8(bad[i]));
}

static void a_line_is_stored_composed_and_trimmed(void **state)
{
	(void)state;
	static const struct {
		const char *typed, *stored;
	} cases[] = {
		{"", ""},
		{"  \t\n ", ""},
		{" \xc2\xa0\xe3\x80\x80 Title \xe2\x80\x8b\xe2\x81\xa0 ", "Title"},
		{"two\r\nlines\tand\rmore\nend\xe2\x80\xa8x", "two lines and more end x"},
		{"Z\xcc\x8ci\xcc\x8c", "Žǐ"},
		{"e\xcc\x81", "\xc3\xa9"},
		{"\xef\xbb\xbfname\xef\xbb\xbf", "name"},
		{"\xe2\x84\xab", "\xc3\x85"}, /* the Angstrom sign composes to a letter */
		{"\xef\xbc\xa1 \xef\xac\x81",
			"\xef\xbc\xa1 \xef\xac\x81"}, /* compatibility forms stay */
		{"שלום \xe2\x80\x8f!", "שלום \xe2\x80\x8f!"},
		{"\xed\x95\x9c", "\xed\x95\x9c"},
		{"\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", "\xed\x95\x9c"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(
			text_clean(arena, str_from(cases[i].typed), TEXT_LINE), cases[i].stored);
}

static void a_block_keeps_its_lines_and_tabs(void **state)
{
	(void)state;
	assert_string_equal(
		text_clean(arena, STR("\r\n a \r\n\tb\t\r\r\n c\xc2\xa0\n\n"), TEXT_BLOCK),
		"a\n\tb\n\n c");
	assert_string_equal(text_clean(arena, STR("e\xcc\x81 \ne\xcc\x81"), TEXT_BLOCK), "é\né");
	assert_string_equal(text_clean(arena, STR(" \n \n"), TEXT_BLOCK), "");
}

static void controls_and_overrides_are_refused(void **state)
{
	(void)state;
	const struct str bad[] = {STR("a\x01"), STR("a\0b"), STR("\x1b[31m"), STR("a\x0b"),
		STR("\x7f"), STR("\xc2\x9b"), STR("x\xe2\x80\xaey"), STR("\xe2\x80\xaa"),
		STR("\xe2\x81\xa6"), STR("\xe2\x81\xa9"), STR("\xff"), STR("\xed\xa0\x80")};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_null(text_clean(arena, bad[i], TEXT_LINE));
		assert_null(text_clean(arena, bad[i], TEXT_BLOCK));
	}
	assert_non_null(text_clean(arena, STR("\xe2\x80\xa9"), TEXT_LINE));
}

/* The letter with n marks, `a` and `b` in turn. */
static struct str letter_with_marks(const char *letter, const char *a, const char *b, int n)
{
	struct buf out = buf_in(arena, 8 * (size_t)n + 20);
	buf_text(&out, letter);
	for (int i = 0; i < n; i++)
		buf_text(&out, i % 2 ? b : a);
	return buf_view(&out);
}

/* What counts is what normalisation makes of them, not how they are written. */
static void a_letter_has_thirty_marks_at_most(void **state)
{
	(void)state;
	static const struct {
		const char *letter, *a, *b;
		int most;
	} cases[] = {
		{"a", "\u0301", "\u0323", 30},
		{"", "\u0301", "\u0323", 30},
		{"x y", "\u0301", "\u0301", 30},
		{"\u00e1", "\u0301", "\u0323", 29}, /* the letter brings one */
		{"\u1ead", "\u0301", "\u0323", 28},
		{"a", "\u0344", "\u0344", 15},       /* one that stands for two */
		{"\u0f40", "\u0f73", "\u0f73", 15},  /* a starter that does */
		{"\uff76", "\uff9e", "\u0323", 30},  /* a letter in NFC, a mark in NFKC */
		{"a", "\u0301", "\u0323\u034f", 30}, /* what folding drops parts no marks */
		{"a", "\u0301\u00ad", "\u0323\u200d", 30},
		{"a", "\u0301", "\u0323\ufe0f", 30},
		{"a", "\U000e0100\u0301", "\u0323\uffa0", 30},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct str most =
			letter_with_marks(cases[i].letter, cases[i].a, cases[i].b, cases[i].most);
		struct str more = letter_with_marks(
			cases[i].letter, cases[i].a, cases[i].b, cases[i].most + 1);
		const char *clean = text_clean(arena, most, TEXT_LINE);
		assert_non_null(clean);
		assert_string_equal(text_clean(arena, str_from(clean), TEXT_BLOCK), clean);
		if (text_clean(arena, more, TEXT_LINE) || text_clean(arena, more, TEXT_BLOCK))
			fail_msg("case %zu takes %d marks", i, cases[i].most + 1);
	}
	assert_null(
		text_clean(arena, letter_with_marks("a", "\u0301", "\u0323", 80000), TEXT_LINE));
}

static void every_letter_has_its_own_marks(void **state)
{
	(void)state;
	/* All are kept, in their canonical order; one dot joins the letter. */
	struct buf kept = buf_in(arena, 1000);
	buf_text(&kept, "\u1ea1");
	for (int i = 1; i < 15; i++)
		buf_text(&kept, "\u0323");
	for (int i = 0; i < 15; i++)
		buf_text(&kept, "\u0301");
	assert_string_equal(
		text_clean(arena, letter_with_marks("a", "\u0301", "\u0323", 30), TEXT_LINE),
		buf_cstr(&kept));
	assert_non_null(
		text_clean(arena, letter_with_marks("", "a\u0301", "\u0323", 1000), TEXT_LINE));
	assert_non_null(text_clean(
		arena, letter_with_marks("", "\u05e9\u05c1\u05bc", "\u05b8", 10), TEXT_LINE));
}

static void assert_sorted(const char *const *names, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		const char *a = text_sort_key(arena, names[i - 1]);
		const char *b = text_sort_key(arena, names[i]);
		if (strcmp(a, b) >= 0)
			fail_msg("%s should stand before %s", names[i - 1], names[i]);
	}
}

static void names_sort_as_a_reader_expects(void **state)
{
	(void)state;
	static const char *const names[] = {"", "Abel", "Ægir", "Ångström", "de Souza", "Eco",
		"Éluard", "lukas", "Łukasz", "Lukasza", "Nguyen", "Nguyễn", "zizek", "Žižek",
		"Zizeks", "Ωμέγα", "Яна", "אבי", "فاطمة", "अनुराधा", "山田"};
	assert_sorted(names, sizeof names / sizeof *names);
	assert_string_equal(text_sort_key(arena, "same"), text_sort_key(arena, "same"));
}

static void a_sort_key_is_hex_of_at_most_120_bytes(void **state)
{
	(void)state;
	char *endless = arena_alloc(arena, 5001);
	memset(endless, 'z', 5000);
	const char *key = text_sort_key(arena, endless);
	assert_int_equal(strlen(key), 240);
	assert_int_equal(strspn(key, "0123456789abcdef"), 240);
	assert_true(strlen(text_sort_key(arena, "Žižek")) < 40);
}

static void folding_makes_spellings_equal(void **state)
{
	(void)state;
	static const struct {
		const char *a, *b;
	} same[] = {{"Žižek", "zizek"}, {"ŁUKASZ", "lukasz"}, {"Ægir", "aegir"},
		{"Straße", "STRASSE"}, {"Nguyễn", "nguyen"}, {"Đorđe", "dorde"},
		{"Øystein", "oystein"}, {"İstanbul", "istanbul"}, {"Diyarbakır", "diyarbakir"},
		{"ＡＢＣ", "abc"}, {"ﬁne", "fine"}, {"ΣΊΣΥΦΟΣ", "σισυφος"}, {"Ёлка", "елка"},
		{"אָבִי", "אבי"}, {"فَاطِمَة", "فاطمة"}, {"soft\xc2\xadhyphen", "softhyphen"},
		{"Þór", "thor"}};
	for (size_t i = 0; i < sizeof same / sizeof *same; i++)
		assert_string_equal(text_fold(arena, same[i].a), text_fold(arena, same[i].b));
	static const struct {
		const char *a, *b;
	} different[] = {
		{"अनुराधा", "अनराध"}, {"かき", "がき"}, {"a", "b"}, {"กิน", "กน"}, {"", "a"}};
	for (size_t i = 0; i < sizeof different / sizeof *different; i++)
		assert_string_not_equal(
			text_fold(arena, different[i].a), text_fold(arena, different[i].b));
	assert_string_equal(text_fold(arena, "अनुराधा"), "अनुराधा");
	assert_string_equal(text_fold(arena, "한국"), "한국");
}

/* Passwords are folded as they come: what text_clean() refuses has a fold all the same. */
static void folding_leaves_out_the_marks_too_many(void **state)
{
	(void)state;
	static const char aa[] = "\u0f71", u[] = "\u0f74"; /* no accents: folding keeps them */
	const char *most = text_fold(arena, str_dup(arena, letter_with_marks("\u0f40", aa, u, 30)));
	assert_int_equal(strlen(most), 31 * 3);
	assert_string_equal(
		text_fold(arena, str_dup(arena, letter_with_marks("\u0f40", aa, u, 40))), most);
	assert_string_equal(text_fold(arena, most), most);
	const char *endless =
		str_dup(arena, letter_with_marks("X", "\u0301", "\u0323\u034f", 40000));
	assert_string_equal(text_fold(arena, arena_printf(arena, "%sY", endless)), "xy");
}

static const char *tokens_of(const char *s)
{
	size_t n;
	const char **tokens = text_tokens(arena, s, &n);
	struct buf b = buf_in(arena, 10000);
	for (size_t i = 0; i < n; i++)
		buf_printf(&b, "[%s]", tokens[i]);
	return buf_cstr(&b);
}

static void tokens_are_folded_unique_and_sorted(void **state)
{
	(void)state;
	assert_string_equal(tokens_of("Zoë's care, CARE & evidence-based Łukasz x 7 42"),
		"[42][based][care][evidence][lukasz][zoes]");
	assert_string_equal(tokens_of(""), "");
	assert_string_equal(tokens_of("a b . ! 🙂"), "");
	assert_string_equal(tokens_of("共感と医療"), "[と][共][医][感][療]");
	assert_string_equal(tokens_of("공감 교육"), "[공감][교육]");
	assert_string_equal(tokens_of("אבי فاطمة"), "[אבי][فاطمة]");
	char *endless = arena_alloc(arena, 3002);
	for (size_t i = 0; i + 1 < 3000; i += 2)
		memcpy(endless + 1 + i, "я", 2);
	endless[0] = 'x';
	assert_int_equal(strlen(tokens_of(endless)), 63 + 2);
}

static const char *file_text(const char *path)
{
	FILE *f = fopen(path, "rb");
	assert_non_null(f);
	char *text = arena_alloc(arena, 1 << 16);
	size_t n = fread(text, 1, (1 << 16) - 1, f);
	fclose(f);
	assert_true(n > 0);
	return text;
}

/* The browser's twin reads the same file. */
static void words_are_counted_as_the_shared_vectors_say(void **state)
{
	(void)state;
	struct err err = err_in(arena);
	cJSON *vectors = NULL;
	int n = 0;
	enum rc rc =
		json_parse(arena, str_from(file_text("tests/unit/words.json")), &vectors, &err);
	assert_int_equal(rc, OK);
	for (const cJSON *v = vectors->child; v; v = v->next, n++) {
		const char *text = json_text(v, "text");
		if (text_count_words(text) != json_int(v, "words", -1))
			fail_msg("\"%s\" has %d words", text, text_count_words(text));
	}
	assert_true(n > 60);
}

static void characters_are_grapheme_clusters(void **state)
{
	(void)state;
	assert_int_equal(text_count_characters(""), 0);
	assert_int_equal(text_count_characters("abc\ndef"), 7);
	assert_int_equal(text_count_characters("a\r\nb"), 3);
	assert_int_equal(text_count_characters("e\xcc\x81"), 1);
	assert_int_equal(text_count_characters("👩‍⚕️👍🏽🇬🇧"), 3);
	assert_int_equal(text_count_characters("한국"), 2);
	assert_int_equal(text_count_characters("नि"), 1);
}

static void excerpts_are_cut_between_clusters(void **state)
{
	(void)state;
	assert_string_equal(text_excerpt(arena, "abc", 3), "abc");
	assert_string_equal(text_excerpt(arena, "abcd", 3), "abc…");
	assert_string_equal(text_excerpt(arena, "ab cd", 3), "ab…");
	assert_string_equal(text_excerpt(arena, " abc", 2), " a…");
	assert_string_equal(text_excerpt(arena, "👩‍⚕️👍🏽x", 1), "👩‍⚕️…");
	assert_string_equal(text_excerpt(arena, "", 3), "");
	assert_string_equal(text_excerpt(arena, "", 0), "");
	assert_string_equal(text_excerpt(arena, "abc", 0), "…");
	assert_string_equal(text_excerpt(arena, "   abc", 2), "…");
}

static void the_first_strong_character_gives_the_direction(void **state)
{
	(void)state;
	assert_true(text_is_rtl("אבי"));
	assert_true(text_is_rtl("  123 – فاطمة (x)"));
	assert_false(text_is_rtl("Avi אבי"));
	assert_false(text_is_rtl(""));
	assert_false(text_is_rtl("123 !?"));
	assert_false(text_is_rtl("山田"));
}

static void slugs_are_short_ascii(void **state)
{
	(void)state;
	static const struct {
		const char *title, *slug;
	} cases[] = {
		{"Rehumanising Healthcare 2027", "rehumanising-healthcare-2027"},
		{"  Žižek & Łukasz: what’s next?  ", "zizek-lukasz-whats-next"},
		{"Rehumanising Healthcare in a Divided World",
			"rehumanising-healthcare-in-a-divided"},
		{"Care—and cure", "care-and-cure"},
		{"共感 2027 共感", "2027"},
		{"共感", ""},
		{"", ""},
		{"---", ""},
		{"abcdefghijabcdefghijabcdefghijabcdefghijxyz",
			"abcdefghijabcdefghijabcdefghijabcdefghij"},
		{"abcdefghij abcdefghij abcdefghij abcdefg",
			"abcdefghij-abcdefghij-abcdefghij-abcdefg"},
		{"abcdefghij abcdefghij abcdefghij abcdef ghi",
			"abcdefghij-abcdefghij-abcdefghij-abcdef"},
		{"abcdefghij abcdefghij abcdefghij abcdefg hi",
			"abcdefghij-abcdefghij-abcdefghij-abcdefg"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(text_slug(arena, cases[i].title), cases[i].slug);
}

/* Random code points through every function: nothing but the sanitizers watches the answers. */
static void any_text_is_survived(void **state)
{
	(void)state;
	uint64_t x = 3;
	for (int round = 0; round < 1500; round++) {
		struct buf b = buf_in(arena, 1000);
		for (int i = 0; i < round % 40; i++) {
			x = x * 6364136223846793005u + 1442695040888963407u;
			unsigned c = (unsigned)(x >> 33) % ((x >> 20) % 3 ? 0x700 : 0x30000);
			if (c < 0x80)
				buf_char(&b, (char)c);
			else if (c < 0x800)
				buf_printf(
					&b, "%c%c", (int)(0xc0 | c >> 6), (int)(0x80 | (c & 63)));
			else if (c < 0x10000)
				buf_printf(&b, "%c%c%c", (int)(0xe0 | c >> 12),
					(int)(0x80 | (c >> 6 & 63)), (int)(0x80 | (c & 63)));
			else
				buf_printf(&b, "%c%c%c%c", (int)(0xf0 | c >> 18),
					(int)(0x80 | (c >> 12 & 63)), (int)(0x80 | (c >> 6 & 63)),
					(int)(0x80 | (c & 63)));
		}
		const char *clean = text_clean(arena, buf_view(&b), (enum text_kind)(round % 2));
		if (clean) {
			size_t n;
			assert_true(text_is_utf8(str_from(clean)));
			assert_string_equal(
				text_clean(arena, str_from(clean), (enum text_kind)(round % 2)),
				clean);
			const char *folded = text_fold(arena, clean);
			assert_string_equal(text_fold(arena, folded), folded);
			const char **tokens = text_tokens(arena, clean, &n);
			for (size_t i = 0; i < n; i++)
				assert_true(text_is_utf8(str_from(tokens[i])));
			assert_true(text_count_characters(clean) >= 0);
			assert_true(text_count_words(clean) <= text_count_characters(clean) * 4);
			assert_true(text_is_utf8(str_from(text_excerpt(arena, clean, round % 10))));
			assert_true(strlen(text_slug(arena, clean)) <= 40);
			text_sort_key(arena, clean);
			email_clean(arena, str_from(clean));
		}
		arena_reset(arena);
	}
}

static void *use_everything(void *arg)
{
	struct arena *own = arena_new();
	const char *s = text_clean(own,
		STR("การแพทย์และความเห็นอกเห็นใจ 共感とコーヒー Žižek Łukasz אבי e\xcc\x81"),
		TEXT_LINE);
	size_t n;
	text_sort_key(own, s);
	text_tokens(own, s, &n);
	text_excerpt(own, s, 10);
	text_slug(own, s);
	int *count = arg;
	*count = text_count_words(s) + text_count_characters(s) +
		 (email_clean(own, STR("jan@bücher.example")) != NULL);
	arena_free(own);
	return NULL;
}

/* Request threads have 100 kB, and several of them are at it at once. */
static void everything_runs_in_threads_with_small_stacks(void **state)
{
	(void)state;
	enum { THREADS = 8 };
	pthread_t threads[THREADS];
	int counts[THREADS];
	pthread_attr_t attributes;
	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, 100 << 10);
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(
			pthread_create(&threads[i], &attributes, use_everything, &counts[i]), 0);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	for (int i = 1; i < THREADS; i++)
		assert_int_equal(counts[i], counts[0]);
	assert_true(counts[0] > 30);
	pthread_attr_destroy(&attributes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_wellformed_utf8_passes),
		cmocka_unit_test(a_line_is_stored_composed_and_trimmed),
		cmocka_unit_test(a_block_keeps_its_lines_and_tabs),
		cmocka_unit_test(controls_and_overrides_are_refused),
		cmocka_unit_test(a_letter_has_thirty_marks_at_most),
		cmocka_unit_test(every_letter_has_its_own_marks),
		cmocka_unit_test(names_sort_as_a_reader_expects),
		cmocka_unit_test(a_sort_key_is_hex_of_at_most_120_bytes),
		cmocka_unit_test(folding_makes_spellings_equal),
		cmocka_unit_test(folding_leaves_out_the_marks_too_many),
		cmocka_unit_test(tokens_are_folded_unique_and_sorted),
		cmocka_unit_test(words_are_counted_as_the_shared_vectors_say),
		cmocka_unit_test(characters_are_grapheme_clusters),
		cmocka_unit_test(excerpts_are_cut_between_clusters),
		cmocka_unit_test(the_first_strong_character_gives_the_direction),
		cmocka_unit_test(slugs_are_short_ascii),
		cmocka_unit_test(any_text_is_survived),
		cmocka_unit_test(everything_runs_in_threads_with_small_stacks),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
