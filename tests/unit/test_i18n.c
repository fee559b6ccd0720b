/* Catalogues, plural rules, languages, dates and money. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <fcntl.h>
#include <time.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/clock.h"
#include "view/i18n.h"
#include "view/plural.h"
#include "view/po.h"

struct world {
	struct arena *arena;
	struct err err;
	char directory[64];
	struct assets *assets;
	struct i18n *i18n;
};

static void write_po(struct world *w, const char *name, const char *text)
{
	const char *path = arena_printf(w->arena, "%s/locale/%s", w->directory, name);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
}

/* An edit later than all others, however coarse the clock of the file system is. */
static void edit_po(struct world *w, const char *name, const char *text, int after_s)
{
	const char *path = arena_printf(w->arena, "%s/locale/%s", w->directory, name);
	struct timespec at[2] = {{.tv_nsec = UTIME_NOW}, {.tv_sec = time(NULL) + after_s}};
	write_po(w, name, text);
	assert_int_equal(utimensat(AT_FDCWD, path, at, 0), 0);
}

static const char en[] = "msgid \"state.submitted\"\nmsgstr \"Submitted\"\n"
			 "msgid \"left.days\"\nmsgid_plural \"left.days\"\n"
			 "msgstr[0] \"{{n}} day\"\nmsgstr[1] \"{{n}} days\"\n";
static const char pl[] =
	"msgid \"\"\nmsgstr \"\"\n"
	"\"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || \"\n"
	"\"n%100>14) ? 1 : 2);\\n\"\n"
	"#: page.mustache\nmsgid \"Save draft\"\nmsgstr \"Zapisz szkic\"\n"
	"msgid \"{{n}} place left\"\nmsgid_plural \"{{n}} places left\"\n"
	"msgstr[0] \"{{n}} miejsce\"\nmsgstr[1] \"{{n}} miejsca\"\nmsgstr[2] \"{{n}} miejsc\"\n"
	"#, fuzzy\nmsgid \"Unsure\"\nmsgstr \"Niepewne\"\n"
	"msgid \"Empty\"\nmsgstr \"\"\n"
	"#~ msgid \"Old\"\n#~ msgstr \"Stare\"\n";

static int setup(void **state)
{
	struct world *w = heap_alloc(sizeof *w);
	w->arena = arena_new();
	w->err = err_in(w->arena);
	memcpy(w->directory, "/tmp/test_i18n.XXXXXX", sizeof "/tmp/test_i18n.XXXXXX");
	assert_non_null(mkdtemp(w->directory));
	assert_int_equal(mkdir(arena_printf(w->arena, "%s/locale", w->directory), 0777), 0);
	write_po(w, "en.po", en);
	write_po(w, "pl.po", pl);
	write_po(w, "pt-BR.po", "msgid \"Save draft\"\nmsgstr \"Salvar rascunho\"\n");
	w->assets = assets_new(w->directory);
	assert_int_equal(i18n_new(w->assets, &w->i18n, &w->err), OK);
	*state = w;
	return 0;
}

static int teardown(void **state)
{
	static const char *const names[] = {
		"locale/en.po", "locale/pl.po", "locale/pt-BR.po", "locale/de.po", "locale", ""};
	struct world *w = *state;
	i18n_free(w->i18n);
	assets_free(w->assets);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		remove(arena_printf(w->arena, "%s/%s", w->directory, names[i]));
	arena_free(w->arena);
	heap_free(w);
	return 0;
}

/* ---- plural rules ---- */

static void plural_rules_of_many_languages_are_understood(void **state)
{
	static const struct {
		const char *rule;
		int64_t n[6];
		unsigned form[6];
	} cases[] = {
		{"nplurals=2; plural=(n != 1);", {0, 1, 2, -1, -2, 100}, {1, 0, 1, 0, 1, 1}},
		{"nplurals=1; plural=0;", {0, 1, 2, 3, 4, 5}, {0, 0, 0, 0, 0, 0}},
		{"nplurals=2; plural=n>1", {0, 1, 2, 3, 4, 5}, {0, 0, 1, 1, 1, 1}},
		{"nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && "
		 "(n%100<10 || n%100>=20) ? 1 : 2);",
			{1, 11, 21, 2, 12, 5}, {0, 2, 0, 1, 2, 2}},
		{"nplurals=4; plural=(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3);",
			{1, 102, 3, 204, 5, 0}, {0, 1, 2, 2, 3, 3}},
		{"nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
		 "n%100>=11 ? 4 : 5);",
			{0, 1, 2, 3, 11, 100}, {0, 1, 2, 3, 4, 5}},
		{"nplurals=2; plural=!(n+1-1==2*3/3)", {0, 1, 2, 3, 4, 5}, {1, 1, 0, 1, 1, 1}},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct plural p;
		assert_true(plural_parse(str_from(cases[i].rule), &p));
		for (int k = 0; k < 6; k++)
			assert_int_equal(plural_form(&p, cases[i].n[k]), cases[i].form[k]);
	}
}

static void what_is_no_plural_rule_is_refused(void **state)
{
	static const char *const rules[] = {"", "nplurals=2;",
		"nplurals=2; plural=", "nplurals=0; plural=0;", "nplurals=7; plural=0;",
		"nplurals=2; plural=2;", "nplurals=2; plural=n;", "nplurals=2; plural=(n;",
		"nplurals=2; plural=n!=1;x", "nplurals=2; plural=n ? 1;", "nplurals=2; plural=m;",
		"nplurals=2; plural=n &&;", "nplurals=2; plural=99999999999;",
		"plural=n!=1; nplurals=2;",
		"nplurals=2; plural=((((((((((((((((((n))))))))))))))))))",
		"nplurals=2; plural=!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!n",
		"nplurals=2; plural=n?n?n?n?n?n?n?n?n?n?n?n?n?n?n?n?n?n?n?n?1",
		"nplurals=2; "
		"plural=n+n+n+n+n+n+n+n+n+n+n+n+n+n+n+n+n+n+n+n+n+n+n+n+n+n+n+n+n+n+n+n+n"};
	(void)state;
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
		struct plural p;
		assert_false(plural_parse(str_from(rules[i]), &p));
	}
}

static void dividing_by_zero_is_harmless(void **state)
{
	struct plural p;
	(void)state;
	assert_true(plural_parse(STR("nplurals=1; plural=n/0+n%0;"), &p));
	assert_int_equal(plural_form(&p, INT64_MIN), 0);
}

/* ---- .po files ---- */

static enum rc parse(struct world *w, const char *text, struct po *po)
{
	w->err = err_in(w->arena);
	return po_parse(w->arena, str_from(text), po, &w->err);
}

static void po_text_is_joined_and_unescaped(void **state)
{
	struct po po;
	assert_int_equal(
		parse(*state, "msgid \"a\\\"\"\n\"b\\n\"\nmsgstr \"\"\r\n\"c\\t\\\\\"\n", &po), OK);
	assert_int_equal(po.n_entries, 1);
	assert_string_equal(po_find(&po, "a\"b\n")->forms[0], "c\t\\");
	assert_null(po_find(&po, "a"));
	assert_int_equal(parse(*state, "", &po), OK);
	assert_null(po_find(&po, "a"));
}

static void po_mistakes_are_named_by_line(void **state)
{
	static const struct {
		const char *text, *message;
	} cases[] = {
		{"msgid a\n", "line 1: text must stand in double quotes"},
		{"\n\"a\"\n", "line 2: text that belongs to nothing"},
		{"msgstr \"a\"\n", "line 1: msgstr without a msgid"},
		{"msgid \"a\"\n", "line 2: a msgid without msgstr"},
		{"msgid \"a\"\nmsgid \"b\"\n", "line 2: a msgid without msgstr"},
		{"msgctxt \"x\"\n", "line 1: expected msgid, msgid_plural or msgstr"},
		{"msgid \"a\"\nmsgstr \"a\"b\"\n", "line 2: a quote inside text is written \\\""},
		{"msgid \"a\\q\"\n", "line 1: only \\n, \\t, \\\" and \\\\ are known"},
		{"msgid \"a\\\"\n", "line 1: only \\n, \\t, \\\" and \\\\ are known"},
		{"msgid \"a\"\nmsgstr[0] \"b\"\n",
			"line 2: msgstr[0], msgstr[1] ... follow msgid_plural in order"},
		{"msgid \"a\"\nmsgid_plural \"as\"\nmsgstr[1] \"b\"\n",
			"line 3: msgstr[0], msgstr[1] ... follow msgid_plural in order"},
		{"msgid \"a\"\nmsgid_plural \"as\"\nmsgstr[\"b\"\n",
			"line 3: msgstr[0], msgstr[1] ... follow msgid_plural in order"},
		{"msgid \"a\"\nmsgid_plural \"as\"\nmsgstr \"b\"\n",
			"line 3: one msgstr belongs to one msgid"},
		{"msgid \"a\"\nmsgid_plural \"as\"\nmsgstr[0] \"b\"\n",
			"line 1: needs 2 forms of msgstr"},
		{"msgid \"a\"\nmsgstr \"b\"\nmsgid \"a\"\nmsgstr \"c\"\n",
			"the msgid \"a\" stands there twice"},
		{"msgid \"\"\nmsgstr \"Plural-Forms: nplurals=9\\n\"\n",
			"line 3: Plural-Forms cannot be understood"},
		{"msgid \"\xff\"\n", "line 1: the file is not UTF-8"},
	};
	struct world *w = *state;
	struct po po;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(parse(w, cases[i].text, &po), INVALID);
		assert_string_equal(w->err.message, cases[i].message);
	}
}

static void translated_formats_take_the_same_arguments(void **state)
{
	static const struct {
		const char *id, *text;
		enum rc rc;
	} cases[] = {
		{"%s has %d", "bei %s sind es %d", OK},
		{"%s has %5d", "%.20s: %d", OK},
		{"100 % sure, 50%%", "zu 100 % sicher, 50%%", OK},
		{"no format", "keines %s", INVALID},
		{"%s", "keines", INVALID},
		{"%s has %d", "%d bei %s", INVALID},
		{"%d", "%s", INVALID},
		{"%d", "%n", INVALID},
		{"%d", "%ld", INVALID},
		{"%d", "%*d", INVALID},
		{"%.*s of %d", "%d von %.*s", INVALID},
		{"%.*s of %d", "%.*s von %3d", OK},
		{"%s %s", "%2$s %1$s", INVALID},
	};
	struct world *w = *state;
	struct po po;
	for (size_t i = 0; i + 1 < sizeof cases / sizeof *cases; i++) {
		const char *text = arena_printf(
			w->arena, "msgid \"%s\"\nmsgstr \"%s\"\n", cases[i].id, cases[i].text);
		assert_int_equal(parse(w, text, &po), cases[i].rc);
	}
}

/* ---- messages ---- */

static void messages_come_in_the_language_then_english_then_as_they_are(void **state)
{
	struct world *w = *state;
	assert_string_equal(i18n_text(w->i18n, "pl", "Save draft", 1), "Zapisz szkic");
	assert_string_equal(i18n_text(w->i18n, "pt-BR", "Save draft", 1), "Salvar rascunho");
	assert_string_equal(i18n_text(w->i18n, "en", "Save draft", 1), "Save draft");
	assert_string_equal(i18n_text(w->i18n, "xx", "Save draft", 1), "Save draft");
	assert_string_equal(i18n_text(w->i18n, NULL, "Save draft", 1), "Save draft");
	assert_string_equal(i18n_text(w->i18n, "pl", "left.days", 2), "{{n}} days");
	assert_string_equal(i18n_text(w->i18n, "pl", "left.days", 1), "{{n}} day");
}

static void unfinished_entries_are_left_out(void **state)
{
	struct world *w = *state;
	assert_string_equal(i18n_text(w->i18n, "pl", "Unsure", 1), "Unsure");
	assert_string_equal(i18n_text(w->i18n, "pl", "Empty", 1), "Empty");
	assert_string_equal(i18n_text(w->i18n, "pl", "Old", 1), "Old");
}

static void plurals_follow_the_language(void **state)
{
	struct world *w = *state;
	const char *id = "{{n}} place left|{{n}} places left";
	assert_string_equal(i18n_text(w->i18n, "pl", id, 1), "{{n}} miejsce");
	assert_string_equal(i18n_text(w->i18n, "pl", id, 3), "{{n}} miejsca");
	assert_string_equal(i18n_text(w->i18n, "pl", id, 12), "{{n}} miejsc");
	assert_string_equal(i18n_text(w->i18n, "en", id, 1), "{{n}} place left");
	assert_string_equal(i18n_text(w->i18n, "en", id, 0), "{{n}} places left");
	assert_ptr_equal(i18n_text(w->i18n, "en", id, 1), i18n_text(w->i18n, "pt-BR", id, 1));
}

static void words_of_codes_fall_back_to_the_code(void **state)
{
	struct world *w = *state;
	assert_string_equal(i18n_word(w->i18n, "en", "state", "submitted"), "Submitted");
	assert_string_equal(i18n_word(w->i18n, "pl", "state", "submitted"), "Submitted");
	assert_string_equal(i18n_word(w->i18n, "en", "state", "unheard_of"), "unheard_of");
}

static void a_broken_catalogue_stops_the_start(void **state)
{
	struct world *w = *state;
	struct i18n *other = NULL;
	write_po(w, "de.po", "msgid \"a\"\n");
	assert_int_equal(i18n_new(w->assets, &other, &w->err), INVALID);
	assert_string_equal(w->err.message, "web/locale/de.po, line 2: a msgid without msgstr");
	assert_null(other);
	assert_int_equal(remove(arena_printf(w->arena, "%s/locale/de.po", w->directory)), 0);
	assert_int_equal(remove(arena_printf(w->arena, "%s/locale/en.po", w->directory)), 0);
	w->err = err_in(w->arena);
	assert_int_equal(i18n_new(w->assets, &other, &w->err), INVALID);
	assert_string_equal(w->err.message, "web/locale/en.po is missing");
}

/* The files are looked at every 200 ms. */
static bool shows_soon(struct world *w, const char *id, const char *text)
{
	int64_t begin = clock_elapsed_ms();
	while (strcmp(i18n_text(w->i18n, "pl", id, 1), text) != 0)
		if (clock_elapsed_ms() - begin > 2000)
			return false;
	return true;
}

static void an_edited_catalogue_is_read_anew(void **state)
{
	struct world *w = *state;
	const char *before = i18n_text(w->i18n, "pl", "Save draft", 1);
	edit_po(w, "pl.po", "msgid \"Save draft\"\nmsgstr \"Zachowaj szkic\"\n", 10);
	assert_true(shows_soon(w, "Save draft", "Zachowaj szkic"));
	assert_string_equal(before, "Zapisz szkic"); /* what was handed out stays */
	edit_po(w, "pl.po",
		"msgid \"Save draft\"\nmsgstr \"Szkic\"\nmsgid \"New\"\nmsgstr \"Nowy\"\n", 20);
	assert_true(shows_soon(w, "New", "Nowy"));
}

static void the_shipped_catalogues_load(void **state)
{
	struct world *w = *state;
	struct assets *assets = assets_new(NULL);
	struct i18n *shipped;
	assert_int_equal(i18n_new(assets, &shipped, &w->err), OK);
	assert_string_equal(i18n_text(shipped, "en", "{{n}} day|{{n}} days", 1), "{{n}} day");
	i18n_free(shipped);
	assets_free(assets);
}

/* ---- Accept-Language ---- */

static void the_best_language_is_chosen(void **state)
{
	static const struct {
		const char *header, *lang;
	} cases[] = {
		{NULL, "en"},
		{"", "en"},
		{"pl", "pl"},
		{"PL-pl", "pl"},
		{"pt", "pt-BR"},
		{"pt-PT, pl;q=0.9", "pt-BR"},
		{"fr, pl;q=0.4, en;q=0.3", "pl"},
		{"en;q=0.3,pl;q=0.4", "pl"},
		{"pl;q=0, en;q=0.1", "en"},
		{"pl;q=0", "en"},
		{"*;q=0.5, fr", "en"},
		{"pl;q=2, en;q=0.1", "en"},
		{"pl;q=x", "en"},
		{"pl ; q=0.8 , pt-br ;q=0.81", "pt-BR"},
		{",,;;,=,-,;q=", "en"},
	};
	struct world *w = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(i18n_negotiate(w->i18n, cases[i].header), cases[i].lang);
}

/* ---- dates and money ---- */

static void dates_read_as_the_language_writes_them(void **state)
{
	static const struct {
		const char *lang, *skeleton, *text;
	} cases[] = {
		{"en", "EEEEdMMMMy", "Sunday 2 May 2027"},
		{"en", "EEEEdMMMM", "Sunday 2 May"},
		{"en", "EEEEd", "Sunday 2"},
		{"en", "EEEdMMM", "Sun 2 May"},
		{"en", "dMMM", "2 May"},
		{"en", "Hm", "23:59"},
		{"de", "EEEEdMMMMy", "Sonntag, 2. Mai 2027"},
		{"fr", "EEEEdMMMMy", "dimanche 2 mai 2027"},
		{"ja", "EEEEdMMMMy", "2027年5月2日日曜日"},
		{"fi", "Hm", "23.59"},
		{"pt-BR", "dMMMMy", "2 de maio de 2027"},
		{"th", "y", "2027"},
	};
	struct world *w = *state;
	const struct civil c = {.year = 2027, .month = 5, .day = 2, .hour = 23, .minute = 59};
	for (int round = 0; round < 2; round++) /* the second is from memory */
		for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
			assert_string_equal(
				i18n_date(w->arena, cases[i].lang, cases[i].skeleton, &c),
				cases[i].text);
}

static void every_day_and_minute_has_its_own_text(void **state)
{
	struct world *w = *state;
	for (int i = 0; i < 3000; i++) {
		struct civil c = {.year = 2027, .month = 1};
		civil_from_days(civil_to_days(2027, 1, 1) - 1500 + i, &c.year, &c.month, &c.day);
		c.hour = i / 60 % 24;
		c.minute = i % 60;
		char number[8], clock[8];
		snprintf(number, sizeof number, "%d ", c.day);
		snprintf(clock, sizeof clock, "%02d:%02d", c.hour, c.minute);
		const char *date = i18n_date(w->arena, "en", "dMMMMy", &c);
		assert_memory_equal(date, number, strlen(number));
		assert_string_equal(i18n_date(w->arena, "en", "Hm", &c), clock);
	}
}

static void money_has_the_digits_of_its_currency(void **state)
{
	static const struct {
		const char *lang;
		int64_t minor;
		const char *currency, *text;
	} cases[] = {
		{"en", 26000, "GBP", "£260.00"},
		{"en", 300, "JPY", "¥300"},
		{"en", 5, "EUR", "€0.05"},
		{"en", -5, "GBP", "-£0.05"},
		{"en", 0, "GBP", "£0.00"},
		{"en", 123456789, "USD", "$1,234,567.89"},
		{"en", 1234, "KWD", "KWD\u00a01.234"},
		{"en", INT64_C(900719925474099267), "GBP", "£9,007,199,254,740,992.67"},
		{"de", 123456, "EUR", "1.234,56\u00a0€"},
	};
	struct world *w = *state;
	for (int round = 0; round < 2; round++)
		for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
			assert_string_equal(i18n_money(w->arena, cases[i].lang, cases[i].minor,
						    cases[i].currency),
				cases[i].text);
}

/* A worker of the HTTP server: little stack, and others beside it. */
static void *format_much(void *unused)
{
	struct arena *a = arena_new();
	static const char *const langs[] = {"en", "de", "es", "ar", "he", "zh"};
	(void)unused;
	for (int i = 0; i < 600; i++) {
		const struct civil c = {
			.year = 2027, .month = 5, .day = 1 + i % 28, .hour = i % 24};
		i18n_date(a, langs[i % 6], i % 2 ? "EEEEdMMMMy" : "Hm", &c);
		i18n_money(a, langs[i % 6], i * 100, "EUR");
	}
	arena_free(a);
	return NULL;
}

static void many_threads_format_on_small_stacks(void **state)
{
	pthread_t threads[4];
	pthread_attr_t attr;
	(void)state;
	assert_int_equal(pthread_attr_init(&attr), 0);
#ifdef __SANITIZE_ADDRESS__
	assert_int_equal(pthread_attr_setstacksize(&attr, 512 << 10), 0);
#else
	assert_int_equal(pthread_attr_setstacksize(&attr, 96 << 10), 0);
#endif
	for (int i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&threads[i], &attr, format_much, NULL), 0);
	for (int i = 0; i < 4; i++)
		assert_int_equal(pthread_join(threads[i], NULL), 0);
	pthread_attr_destroy(&attr);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plural_rules_of_many_languages_are_understood),
		cmocka_unit_test(what_is_no_plural_rule_is_refused),
		cmocka_unit_test(dividing_by_zero_is_harmless),
		CASE(po_text_is_joined_and_unescaped),
		CASE(po_mistakes_are_named_by_line),
		CASE(translated_formats_take_the_same_arguments),
		CASE(messages_come_in_the_language_then_english_then_as_they_are),
		CASE(unfinished_entries_are_left_out),
		CASE(plurals_follow_the_language),
		CASE(words_of_codes_fall_back_to_the_code),
		CASE(a_broken_catalogue_stops_the_start),
		CASE(an_edited_catalogue_is_read_anew),
		CASE(the_shipped_catalogues_load),
		CASE(the_best_language_is_chosen),
		CASE(dates_read_as_the_language_writes_them),
		CASE(every_day_and_minute_has_its_own_text),
		CASE(money_has_the_digits_of_its_currency),
		CASE(many_threads_format_on_small_stacks),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
