/* The view model: two halves in one tree, and the words beside the values. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/clock.h"
#include "view/i18n.h"
#include "view/vm.h"

/* Sunday 2 May 2027, 23:59 in London; the clock stands at noon of that day. */
static const int64_t DEADLINE = INT64_C(1809298740000);
static const int64_t NOON = INT64_C(1809255600000);

struct world {
	struct arena *arena;
	struct assets *assets;
	struct i18n *i18n;
	struct vm_format format;
	struct vm *vm;
};

static int setup(void **state)
{
	struct world *w = heap_alloc(sizeof *w);
	w->arena = arena_new();
	struct err err = err_in(w->arena);
	w->assets = assets_new(NULL);
	assert_int_equal(i18n_new(w->assets, &w->i18n, &err), OK);
	w->format = (struct vm_format){.lang = "en",
		.i18n = w->i18n,
		.event_zone = zone_find("Europe/London"),
		.now_ms = NOON};
	assert_non_null(w->format.event_zone);
	w->vm = vm_new(w->arena, &w->format);
	*state = w;
	return 0;
}

static int teardown(void **state)
{
	struct world *w = *state;
	i18n_free(w->i18n);
	assets_free(w->assets);
	arena_free(w->arena);
	heap_free(w);
	return 0;
}

static const char *data_of(struct world *w)
{
	struct buf b = buf_in(w->arena, 1 << 16);
	json_write(&b, vm_root(w->vm));
	return buf_cstr(&b);
}

/* The text of a member of the page half; "null" for null, "true" and "false" for booleans. */
static const char *page(struct vm *vm, const char *key)
{
	const cJSON *m = json_get(vm_root(vm), key);
	assert_non_null(m);
	assert_true(m->type & JSON_PAGE_ONLY);
	if (cJSON_IsNull(m))
		return "null";
	if (cJSON_IsBool(m))
		return cJSON_IsTrue(m) ? "true" : "false";
	assert_true(cJSON_IsString(m));
	return m->valuestring;
}

static void fresh(struct world *w)
{
	w->vm = vm_new(w->arena, &w->format);
}

/* ---- the two halves ---- */

static void data_goes_out_and_page_stays(void **state)
{
	struct world *w = *state;
	vm_text(w->vm, "title", "Łukasz");
	vm_text(w->vm, "none", NULL);
	vm_int(w->vm, "n", INT64_C(-9007199254740992));
	vm_bool(w->vm, "yes", true);
	vm_bool(w->vm, "no", false);
	vm_page_text(w->vm, "csrf", "secret");
	vm_page_printf(w->vm, "line", "%d of %s", 1, "2");
	vm_page_int(w->vm, "count", 3);
	vm_page_bool(w->vm, "is_chair", true);
	vm_html(w->vm, "body_html", (struct safe_html){"<p>"});
	vm_text(vm_page_object(w->vm, "form"), "value", "typed");
	vm_text(vm_item(vm_page_list(w->vm, "nav")), "href", "/");
	assert_string_equal(data_of(w), "{\"title\":\"Łukasz\",\"none\":null,"
					"\"n\":-9007199254740992,\"yes\":true,\"no\":false}");
	assert_string_equal(page(w->vm, "line"), "1 of 2");
	assert_string_equal(page(w->vm, "body_html"), "<p>");
}

static void lists_are_lists_even_when_empty(void **state)
{
	struct world *w = *state;
	vm_list(w->vm, "empty");
	struct vm_list *rows = vm_list(w->vm, "rows");
	struct vm *first = vm_item(rows);
	vm_text(vm_object(first, "author"), "name", "x");
	vm_item(rows);
	struct vm_list *tags = vm_list(first, "tags");
	vm_item_text(tags, "a");
	vm_item_text(tags, NULL);
	assert_int_equal(vm_count(rows), 2);
	assert_int_equal(vm_count(tags), 2);
	assert_string_equal(data_of(w), "{\"empty\":[],\"rows\":[{\"author\":{\"name\":\"x\"},"
					"\"tags\":[\"a\",null]},{}]}");
}

static void texts_are_copied(void **state)
{
	struct world *w = *state;
	char key[] = "key", text[] = "text";
	vm_text(w->vm, key, text);
	memset(key, 'x', 3);
	memset(text, 'x', 4);
	assert_string_equal(data_of(w), "{\"key\":\"text\"}");
}

static void reals_are_rounded_and_shown_with_their_decimals(void **state)
{
	struct world *w = *state;
	vm_real(w->vm, "mean", 4.4999, 2);
	vm_real(w->vm, "whole", 4, 1);
	vm_real(w->vm, "minus", -0.001, 2);
	vm_real(w->vm, "nan", (double)NAN, 2);
	assert_string_equal(data_of(w), "{\"mean\":4.5,\"whole\":4,\"minus\":0,\"nan\":null}");
	assert_string_equal(page(w->vm, "mean_text"), "4.50");
	assert_string_equal(page(w->vm, "whole_text"), "4.0");
	assert_string_equal(page(w->vm, "minus_text"), "0.00");
	assert_string_equal(page(w->vm, "nan_text"), "null");
}

/* Whether the act ends the program, as a programmer's fault must. */
static bool aborts(struct world *w, void (*act)(struct vm *vm))
{
	int status;
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		int quiet = open("/dev/null", O_WRONLY);
		dup2(quiet, STDERR_FILENO);
		act(w->vm);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void write_once(struct vm *vm)
{
	vm_text(vm, "once", "x");
}

static void write_twice(struct vm *vm)
{
	vm_text(vm, "twice", "x");
	vm_page_bool(vm, "twice", true);
}

static void write_text_as_html(struct vm *vm)
{
	vm_text(vm, "body_html", "<b>");
}

static void write_html_as_text(struct vm *vm)
{
	vm_html(vm, "body", (struct safe_html){"<b>"});
}

static void write_too_large(struct vm *vm)
{
	vm_int(vm, "n", (INT64_C(1) << 53) + 1);
}

static void faults_of_the_programmer_end_the_program(void **state)
{
	struct world *w = *state;
	assert_false(aborts(w, write_once));
	assert_true(aborts(w, write_twice));
	assert_true(aborts(w, write_text_as_html));
	assert_true(aborts(w, write_html_as_text));
	assert_true(aborts(w, write_too_large));
}

/* ---- instants ---- */

static void an_instant_is_shown_in_every_form(void **state)
{
	struct world *w = *state;
	w->format.reader_zone = zone_find("Asia/Singapore");
	fresh(w);
	vm_time(w->vm, "at", DEADLINE);
	assert_string_equal(data_of(w), "{\"at\":\"2027-05-02T22:59:00Z\"}");
	assert_string_equal(page(w->vm, "at_text"), "Sunday 2 May 2027, 23:59");
	assert_string_equal(page(w->vm, "at_short"), "2 May, 23:59");
	assert_string_equal(page(w->vm, "at_clock"), "23:59");
	assert_string_equal(page(w->vm, "at_zone"), "BST");
	assert_string_equal(page(w->vm, "at_reader"), "Monday 3 May 2027, 06:59");
	assert_string_equal(page(w->vm, "at_left"), "11 h 59 min");
	assert_string_equal(page(w->vm, "at_is_past"), "false");
}

static void a_deadline_may_run_anywhere_on_earth(void **state)
{
	struct world *w = *state;
	vm_time_in(w->vm, "at", DEADLINE + 12 * HOUR_MS + HOUR_MS, zone_find("AoE"));
	assert_string_equal(page(w->vm, "at_text"), "Sunday 2 May 2027, 23:59");
	assert_string_equal(page(w->vm, "at_zone"), "Anywhere on Earth");
}

static void zones_without_letters_are_named_by_offset(void **state)
{
	static const struct {
		const char *zone, *text;
	} cases[] = {
		{"America/Sao_Paulo", "UTC−3"},
		{"Asia/Kathmandu", "UTC+5:45"},
		{"Asia/Kolkata", "IST"},
		{"UTC", "UTC"},
		{"America/New_York", "EDT"},
	};
	struct world *w = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		fresh(w);
		vm_time_in(w->vm, "at", DEADLINE, zone_find(cases[i].zone));
		assert_string_equal(page(w->vm, "at_zone"), cases[i].text);
	}
}

static void the_readers_clock_is_left_out_when_it_shows_the_same(void **state)
{
	struct world *w = *state;
	w->format.reader_zone = zone_find("Europe/Lisbon");
	fresh(w);
	vm_time(w->vm, "at", DEADLINE);
	assert_string_equal(page(w->vm, "at_reader"), "null");
	w->format.event_zone = NULL;
	fresh(w);
	vm_time(w->vm, "at", DEADLINE);
	assert_string_equal(page(w->vm, "at_text"), "Sunday 2 May 2027, 22:59");
	assert_string_equal(page(w->vm, "at_reader"), "Sunday 2 May 2027, 23:59");
}

static void the_time_left_is_never_more_than_there_is(void **state)
{
	static const struct {
		int64_t left_ms;
		const char *text;
	} cases[] = {
		{1, "less than a minute"},
		{MINUTE_MS - 1, "less than a minute"},
		{MINUTE_MS, "1 min"},
		{HOUR_MS - 1, "59 min"},
		{HOUR_MS, "1 h"},
		{3 * HOUR_MS + 12 * MINUTE_MS + 59 * SECOND_MS, "3 h 12 min"},
		{DAY_MS - 1, "23 h 59 min"},
		{DAY_MS, "1 day"},
		{DAY_MS + 5 * HOUR_MS, "1 day 5 h"},
		{3 * DAY_MS - 1, "2 days 23 h"},
		{3 * DAY_MS + 5 * HOUR_MS, "3 days"},
		{13 * DAY_MS - 1, "12 days"},
	};
	struct world *w = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		fresh(w);
		vm_time(w->vm, "at", NOON + cases[i].left_ms);
		assert_string_equal(page(w->vm, "at_left"), cases[i].text);
	}
}

static void what_has_passed_has_no_time_left(void **state)
{
	struct world *w = *state;
	vm_time(w->vm, "now", NOON);
	assert_string_equal(page(w->vm, "now_left"), "null");
	assert_string_equal(page(w->vm, "now_is_past"), "true");
	vm_time(w->vm, "never", 0);
	assert_string_equal(page(w->vm, "never_text"), "null");
	assert_string_equal(page(w->vm, "never_left"), "null");
	assert_string_equal(page(w->vm, "never_is_past"), "null");
	assert_non_null(strstr(data_of(w), "\"never\":null}"));
}

/* ---- dates ---- */

static void a_date_knows_its_weekday(void **state)
{
	struct world *w = *state;
	vm_date(w->vm, "on", "2025-03-16");
	assert_string_equal(page(w->vm, "on_text"), "Sunday 16 March 2025");
	assert_string_equal(page(w->vm, "on_short"), "16 Mar");
	vm_date(w->vm, "none", NULL);
	vm_date(w->vm, "wrong", "2025-02-30");
	assert_string_equal(page(w->vm, "wrong_text"), "null");
	assert_string_equal(data_of(w), "{\"on\":\"2025-03-16\",\"none\":null,\"wrong\":null}");
}

static void a_range_says_what_is_shared_once(void **state)
{
	static const struct {
		const char *from, *to, *text;
	} cases[] = {
		{"2027-09-08", "2027-09-10", "Wednesday 8 to Friday 10 September 2027"},
		{"2027-08-31", "2027-09-02", "Tuesday 31 August to Thursday 2 September 2027"},
		{"2027-12-31", "2028-01-02", "Friday 31 December 2027 to Sunday 2 January 2028"},
		{"2027-09-08", "2027-09-08", "Wednesday 8 September 2027"},
		{"2027-09-10", "2027-09-08",
			"Friday 10 September 2027 to Wednesday 8 September 2027"},
		{"2027-09-08", NULL, "null"},
		{"x", "2027-09-08", "null"},
	};
	struct world *w = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		fresh(w);
		vm_dates(w->vm, "dates", cases[i].from, cases[i].to);
		assert_string_equal(page(w->vm, "dates_text"), cases[i].text);
	}
	assert_string_equal(data_of(w), "{\"dates\":null}");
	fresh(w);
	vm_dates(w->vm, "dates", "2027-09-08", "2027-09-10");
	assert_string_equal(
		data_of(w), "{\"dates\":{\"from\":\"2027-09-08\",\"to\":\"2027-09-10\"}}");
}

/* ---- money, codes, names ---- */

static void money_is_minor_units_and_words(void **state)
{
	struct world *w = *state;
	vm_money(w->vm, "fee", 26000, "GBP");
	assert_string_equal(page(w->vm, "fee_text"), "£260.00");
	assert_string_equal(data_of(w), "{\"fee\":{\"amount\":26000,\"currency\":\"GBP\"}}");
}

static void a_code_has_a_word_and_a_flag(void **state)
{
	struct world *w = *state;
	vm_enum(w->vm, "state", "no_such_set", "in_review");
	vm_enum(w->vm, "other", "no_such_set", NULL);
	assert_string_equal(page(w->vm, "state_text"), "in_review");
	assert_string_equal(page(w->vm, "state_is_in_review"), "true");
	assert_string_equal(page(w->vm, "other_text"), "null");
	assert_string_equal(data_of(w), "{\"state\":\"in_review\",\"other\":null}");
}

static void a_row_does_not_show_the_code_of_the_page(void **state)
{
	struct world *w = *state;
	vm_enum(w->vm, "state", "state", "draft");
	struct vm_list *rows = vm_list(w->vm, "rows");
	struct vm *row = vm_item(rows), *same = vm_item(rows);
	vm_enum(row, "state", "state", "submitted");
	assert_string_equal(page(row, "state_is_submitted"), "true");
	assert_string_equal(page(row, "state_is_draft"), "false");
	vm_enum(same, "state", "state", "draft");
	assert_string_equal(page(same, "state_is_draft"), "true");
}

static void names_carry_language_and_direction(void **state)
{
	struct world *w = *state;
	vm_name(w->vm, "a", "אבי כהן", "he");
	vm_name(w->vm, "b", "Nguyễn", NULL);
	vm_name(w->vm, "c", NULL, NULL);
	assert_string_equal(page(w->vm, "a_lang"), "he");
	assert_string_equal(page(w->vm, "a_is_rtl"), "true");
	assert_string_equal(page(w->vm, "b_lang"), "null");
	assert_string_equal(page(w->vm, "b_is_rtl"), "false");
	assert_string_equal(page(w->vm, "c_is_rtl"), "false");
	assert_string_equal(data_of(w), "{\"a\":\"אבי כהן\",\"b\":\"Nguyễn\",\"c\":null}");
}

static void without_a_catalogue_everything_is_english(void **state)
{
	struct world *w = *state;
	w->format.i18n = NULL;
	fresh(w);
	vm_time(w->vm, "at", DEADLINE);
	vm_enum(w->vm, "state", "state", "draft");
	assert_string_equal(page(w->vm, "at_text"), "Sunday 2 May 2027, 23:59");
	assert_string_equal(page(w->vm, "at_left"), "11 h 59 min");
	assert_string_equal(page(w->vm, "state_text"), "draft");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(data_goes_out_and_page_stays),
		CASE(lists_are_lists_even_when_empty),
		CASE(texts_are_copied),
		CASE(reals_are_rounded_and_shown_with_their_decimals),
		CASE(faults_of_the_programmer_end_the_program),
		CASE(an_instant_is_shown_in_every_form),
		CASE(a_deadline_may_run_anywhere_on_earth),
		CASE(zones_without_letters_are_named_by_offset),
		CASE(the_readers_clock_is_left_out_when_it_shows_the_same),
		CASE(the_time_left_is_never_more_than_there_is),
		CASE(what_has_passed_has_no_time_left),
		CASE(a_date_knows_its_weekday),
		CASE(a_range_says_what_is_shared_once),
		CASE(money_is_minor_units_and_words),
		CASE(a_code_has_a_word_and_a_flag),
		CASE(a_row_does_not_show_the_code_of_the_page),
		CASE(names_carry_language_and_direction),
		CASE(without_a_catalogue_everything_is_english),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
