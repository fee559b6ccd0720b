/* Typed fields: what each type takes, what it says otherwise, rows and their buttons. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "http/form_read.h"

static enum rc handler(struct request *rq, struct vm *vm)
{
	(void)rq;
	(void)vm;
	return OK;
}

#define ONE(name, type, min, max)                                                                  \
	{                                                                                          \
		handler, "handler", NULL, name, type, FIELD_ONE, min, max, "Value"                 \
	}

static const struct field fields[] = {
	ONE("text", FIELD_TEXT, 0, 10),
	ONE("block", FIELD_BLOCK, 0, 100),
	ONE("email", FIELD_EMAIL, 0, 254),
	ONE("int", FIELD_INT, -5, 5),
	ONE("money", FIELD_MONEY, 0, 1000000),
	ONE("debt", FIELD_MONEY, -100000, 0),
	ONE("date", FIELD_DATE, 0, 10),
	ONE("when", FIELD_DATETIME, 0, 20),
	ONE("code", FIELD_CODE, 0, 10),
	ONE("word", FIELD_WORD, 0, 5),
	ONE("tick", FIELD_BOOL, 0, 1),
	ONE("secret", FIELD_SECRET, 0, 20),
	ONE("file", FIELD_FILE, 0, 100),
	{handler, "handler", NULL, "list", FIELD_WORD, FIELD_LIST, 0, 10, "List"},
	{handler, "handler", "row", "name", FIELD_TEXT, FIELD_ROWS, 1, 20, "Name"},
	{handler, "handler", "row", "n", FIELD_INT, FIELD_ROWS, 0, 9, "Number"},
	{handler, "handler", "row", "tick", FIELD_BOOL, FIELD_ROWS, 0, 1, "Tick"},
	{handler, "handler", NULL, "map", FIELD_INT, FIELD_MAP, 1, 5, "Map"},
};
enum { N_FIELDS = sizeof fields / sizeof fields[0] };

static const struct field needed[] = {
	ONE("title", FIELD_TEXT, 5, 10),
	ONE("date", FIELD_DATE, 1, 10),
	ONE("tick", FIELD_BOOL, 1, 1),
	ONE("score", FIELD_INT, 1, 5),
	{handler, "handler", NULL, "list", FIELD_WORD, FIELD_LIST, 1, 10, "List"},
};

struct reading {
	struct form form;
	struct err err;
	enum rc rc;
};

static struct reading *read_pairs(
	struct arena *a, const struct pairs *pairs, enum form_source source)
{
	struct reading *x = ARENA_NEW(a, struct reading);
	x->err = err_in(a);
	x->rc = form_read(a, fields, N_FIELDS, pairs, source, &x->form, &x->err);
	return x;
}

static struct reading *read_text(struct arena *a, const char *text)
{
	struct pairs pairs = {0};
	struct err err = err_in(a);
	assert_int_equal(urlencoded_parse(a, str_from(text), &pairs, &err), OK);
	return read_pairs(a, &pairs, FORM_BODY);
}

static struct reading *read_json(struct arena *a, const char *text)
{
	struct pairs pairs = {0};
	struct err err = err_in(a);
	assert_int_equal(json_body_parse(a, str_from(text), &pairs, &err), OK);
	return read_pairs(a, &pairs, FORM_BODY);
}

static void takes(struct arena *a, const char *name, const char *value, const char *text)
{
	struct buf b = buf_in(a, 4096);
	buf_printf(&b, "%s=", name);
	buf_url(&b, str_from(value));
	struct reading *r = read_text(a, buf_cstr(&b));
	if (r->rc != OK)
		fail_msg("%s=%s: %s", name, value, err_of_field(&r->err, name));
	assert_string_equal(form_text(&r->form, name), text);
}

static void refuses(struct arena *a, const char *name, const char *value, const char *message)
{
	struct buf b = buf_in(a, 4096);
	buf_printf(&b, "%s=", name);
	buf_url(&b, str_from(value));
	struct reading *r = read_text(a, buf_cstr(&b));
	if (r->rc != INVALID || err_of_field(&r->err, name) == NULL ||
		strstr(err_of_field(&r->err, name), message) == NULL)
		fail_msg("%s=%s: %s", name, value, err_of_field(&r->err, name));
	assert_string_equal(form_text(&r->form, name), value);
}

static void texts_are_cleaned_and_counted(void **state)
{
	takes(*state, "text", "  a  b ", "a  b");
	takes(*state, "text", "a\r\nb", "a b");
	takes(*state, "text", "e\xcc\x81", "\xc3\xa9");
	takes(*state, "text", "", "");
	takes(*state, "text", " \t", "");
	takes(*state, "text", "1234567890", "1234567890");
	takes(*state, "text", "👩‍👩‍👧‍👦👩‍👩‍👧‍👦",
		"👩‍👩‍👧‍👦👩‍👩‍👧‍👦");
	refuses(*state, "text", "12345678901", "too long: at most 10");
	takes(*state, "block", "a\r\nb\rc", "a\nb\nc");
	struct reading *r = read_text(*state, "text=a%01b%E2%80%AEc%ffd%00e");
	assert_int_equal(r->rc, INVALID);
	assert_string_equal(form_text(&r->form, "text"), "abc\xef\xbf\xbd"
							 "de");
}

/* What is shown again is what the sentence says: without what could not be kept. */
static void marks_without_end_are_taken_out(void **state)
{
	enum { SOME = 40, KEPT = 30 };
	struct buf many = buf_in(*state, 1000), kept = buf_in(*state, 1000);
	buf_text(&many, "text=a");
	buf_text(&kept, "a");
	for (int i = 0; i < SOME; i++) {
		buf_text(&many, "%CC%81");
		if (i < KEPT)
			buf_text(&kept, "\xcc\x81");
	}
	struct reading *r = read_text(*state, buf_cstr(&many));
	assert_int_equal(r->rc, INVALID);
	assert_non_null(strstr(err_of_field(&r->err, "text"), "taken out"));
	assert_string_equal(form_text(&r->form, "text"), buf_cstr(&kept));
}

static void addresses_numbers_and_words(void **state)
{
	struct arena *a = *state;
	takes(a, "email", " Ada@Example.org ", "Ada@example.org");
	refuses(a, "email", "ada", "not an e-mail address");
	refuses(a, "email", "a@b.c\nBcc: x@y.z", "not an e-mail address");
	takes(a, "int", " -5 ", "-5");
	takes(a, "int", "0", "0");
	refuses(a, "int", "6", "between -5 and 5");
	refuses(a, "int", "1.0", "not a whole number");
	refuses(a, "int", "0x1", "not a whole number");
	refuses(a, "int", "1e1", "not a whole number");
	refuses(a, "int", "٣", "not a whole number");
	takes(a, "word", "a.b-_", "a.b-_");
	refuses(a, "word", "A", "not one of the choices");
	refuses(a, "word", "abcdef", "not one of the choices");
	takes(a, "secret", " a\tb ", " a\tb ");
	takes(a, "code", "", "");
	refuses(a, "code", "K7QF3M2X", "not a code");
}

static void money_is_minor_units(void **state)
{
	static const struct {
		const char *text;
		int64_t minor; /* -1: refused */
	} cases[] = {{"12", 1200}, {"12.50", 1250}, {"1,250.00", 125000}, {"0", 0}, {"0.05", 5},
		{"10,000", 1000000}, {"12.5", -1}, {"12,50", -1}, {"1,2500", -1}, {"1250,000", -1},
		{",5", -1}, {".50", -1}, {"12.", -1}, {"1,,000", -1}, {"12.505", -1}, {"1 250", -1},
		{"£12", -1}, {"1e3", -1}, {"-1", -1}, {"99999999999999999999", -1}, {"--1", -1}};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct reading *r =
			read_text(*state, arena_printf(*state, "money=%s", cases[i].text));
		int64_t minor = r->rc == OK ? form_int(&r->form, "money", -2) : -1;
		if (minor != cases[i].minor)
			fail_msg("%s: %lld", cases[i].text, (long long)minor);
	}
	struct reading *r = read_text(*state, "debt=-12.50");
	assert_int_equal(form_int(&r->form, "debt", 0), -1250);
	r = read_json(*state, "{\"money\":1250}");
	assert_int_equal(form_int(&r->form, "money", 0), 1250);
	r = read_json(*state, "{\"money\":\"12.50\"}");
	assert_int_equal(form_int(&r->form, "money", 0), 1250);
	assert_int_equal(read_json(*state, "{\"money\":12.5}")->rc, INVALID);
	assert_int_equal(form_int(&read_text(*state, "money=")->form, "money", 77), 77);
}

static void days_and_times_are_civil(void **state)
{
	struct arena *a = *state;
	struct civil c;
	takes(a, "date", "2028-02-29", "2028-02-29");
	refuses(a, "date", "2027-02-29", "not a date");
	refuses(a, "date", "02/05/2027", "not a date");
	refuses(a, "when", "2027-05-02", "not a date and time");
	refuses(a, "when", "2027-05-02T23:59+5", "not a date and time");
	struct reading *r = read_text(a, "date=2027-05-02&when=");
	assert_true(form_civil(&r->form, "date", &c));
	assert_int_equal(c.month * 100 + c.day, 502);
	assert_false(form_civil(&read_text(a, "date=")->form, "date", &c));
	assert_int_equal(form_instant(&r->form, "when", zone_find("Asia/Kathmandu")), 0);
	static const char *const same[] = {
		"2027-05-02T23:59", "2027-05-02T18:14:00Z", "2027-05-02T20:14:00%2B02:00"};
	for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
		r = read_text(a, arena_printf(a, "when=%s", same[i]));
		assert_int_equal(form_instant(&r->form, "when", zone_find("Asia/Kathmandu")),
			INT64_C(1809281640000));
	}
}

static void ticks_are_there_or_not(void **state)
{
	struct arena *a = *state;
	assert_true(form_bool(&read_text(a, "tick=1")->form, "tick"));
	assert_true(form_bool(&read_text(a, "tick=on")->form, "tick"));
	assert_true(form_bool(&read_json(a, "{\"tick\":true}")->form, "tick"));
	assert_false(form_bool(&read_text(a, "tick=0")->form, "tick"));
	assert_false(form_bool(&read_text(a, "tick=false")->form, "tick"));
	assert_false(form_bool(&read_text(a, "")->form, "tick"));
	assert_false(form_bool(&read_json(a, "{\"tick\":false}")->form, "tick"));
	assert_true(form_has(&read_text(a, "text=")->form, "text"));
	assert_false(form_has(&read_text(a, "tick=0")->form, "tick"));
	assert_false(form_has(&read_text(a, "")->form, "text"));
}

static void lists_and_maps_keep_their_order(void **state)
{
	struct reading *r = read_text(*state, "list=b&list=&list=a&map.K2=5&map.K1=1&map.K3=");
	size_t n;
	const char *const *list = form_list(&r->form, "list", &n);
	assert_int_equal(n, 2);
	assert_string_equal(list[0], "b");
	assert_string_equal(list[1], "a");
	assert_int_equal(form_n_keys(&r->form, "map"), 2);
	assert_string_equal(form_key(&r->form, "map", 0), "K2");
	assert_int_equal(form_key_int(&r->form, "map", 0, 0), 5);
	assert_string_equal(form_key_text(&r->form, "map", 1), "1");
	form_list(&read_text(*state, "")->form, "list", &n);
	assert_int_equal(n, 0);
	assert_int_equal(read_text(*state, "map.K1=1&map.K1=2")->rc, INVALID);
	assert_int_equal(read_text(*state, "map.=1")->rc, INVALID);
	assert_int_equal(read_text(*state, "map.a.b=1")->rc, INVALID);
}

static void lists_have_an_end(void **state)
{
	struct buf b = buf_in(*state, 1 << 20);
	for (int i = 0; i < FORM_MAX_LIST; i++)
		buf_text(&b, "list=a&");
	assert_int_equal(read_text(*state, buf_cstr(&b))->rc, OK);
	buf_text(&b, "list=a");
	struct reading *r = read_text(*state, buf_cstr(&b));
	assert_non_null(strstr(err_of_field(&r->err, "list"), "more than 512"));
}

static void rows_close_their_gaps(void **state)
{
	struct reading *r = read_text(*state, "row.9.name=c&row.9.n=3&row.2.name=a&row.4.name=&"
					      "row.4.n=&row.7.name=b&row.7.tick=1&row.63.tick=0");
	assert_int_equal(
		r->rc, INVALID); /* row 63 was sent with a tick that is none, and no name */
	r = read_text(*state, "row.9.name=c&row.9.n=3&row.2.name=a&row.4.name=&row.4.n=&row.7.name="
			      "b&row.7.tick=1");
	assert_int_equal(r->rc, OK);
	assert_int_equal(form_n_rows(&r->form, "row"), 3);
	assert_string_equal(form_row_text(&r->form, "row", 0, "name"), "a");
	assert_string_equal(form_row_text(&r->form, "row", 2, "name"), "c");
	assert_int_equal(form_row_int(&r->form, "row", 2, "n", 0), 3);
	assert_int_equal(form_row_int(&r->form, "row", 0, "n", -1), -1);
	assert_true(form_row_bool(&r->form, "row", 1, "tick"));
	assert_false(form_row_bool(&r->form, "row", 0, "tick"));
	/* Errors carry the numbers that the page will show. */
	r = read_text(*state, "row.5.name=a&row.8.n=x");
	assert_non_null(err_of_field(&r->err, "row.1.n"));
	assert_string_equal(err_of_field(&r->err, "row.1.name"), "Name is missing");
}

static void row_buttons_check_nothing(void **state)
{
	struct reading *r =
		read_text(*state, "row.0.name=&row.1.name=b&row.1.n=x&do=row.add&int=x");
	assert_int_equal(r->rc, OK);
	assert_true(form_rows_is_button(&r->form));
	form_rows_press(*state, &r->form);
	assert_int_equal(form_count_rows(&r->form, "row"), 3);
	assert_string_equal(form_row_text(&r->form, "row", 1, "n"), "x");
	static const char *const others[] = {"", "save", "row", "row.", "row.0", "row.0.",
		"row.x.up", "row.-1.up", "row.64.up", "list.add", "row.0.add", "row.add.0"};
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		r = read_text(*state, arena_printf(*state, "row.0.name=a&do=%s", others[i]));
		assert_false(form_rows_is_button(&r->form));
	}
	struct buf b = buf_in(*state, 10000);
	for (int i = 0; i < FORM_MAX_ROWS; i++)
		buf_printf(&b, "row.%d.name=a&", i);
	buf_text(&b, "do=row.add");
	r = read_text(*state, buf_cstr(&b));
	form_rows_press(*state, &r->form);
	assert_int_equal(form_count_rows(&r->form, "row"), FORM_MAX_ROWS);
}

static void what_is_required_must_come(void **state)
{
	struct form form;
	struct pairs none = {0};
	struct err err = err_in(*state);
	assert_int_equal(form_read(*state, needed, 5, &none, FORM_BODY, &form, &err), INVALID);
	static const char *const names[] = {"title", "date", "tick", "list"};
	const struct field_error *e = err.fields;
	for (size_t i = 0; i < 4; i++, e = e->next)
		assert_string_equal(e->field, names[i]);
	assert_null(e);
	assert_string_equal(err_of_field(&err, "tick"), "Value must be ticked");
	struct pairs shorter = {0};
	err = err_in(*state);
	assert_int_equal(urlencoded_parse(*state, STR("title=1234"), &shorter, &err), OK);
	assert_int_equal(form_read(*state, needed, 5, &shorter, FORM_BODY, &form, &err), INVALID);
	assert_string_equal(
		err_of_field(&err, "title"), "Value is too short: it needs at least 5 characters");
	/* A query may leave everything out. */
	err = err_in(*state);
	assert_int_equal(form_read(*state, needed, 5, &none, FORM_QUERY, &form, &err), OK);
}

static void errors_stand_in_the_order_of_the_fields(void **state)
{
	struct reading *r =
		read_text(*state, "zzz=1&map.K=9&row.1.n=x&row.0.name=a&int=x&text=12345678901");
	static const char *const names[] = {"text", "int", "row.1.name", "row.1.n", "map.K", "zzz"};
	const struct field_error *e = r->err.fields;
	for (size_t i = 0; i < 6; i++, e = e->next)
		assert_string_equal(e->field, names[i]);
	assert_null(e);
}

static void names_of_strangers_are_shown_harmless(void **state)
{
	struct reading *r = read_text(*state, "%3Cb%3E%00%ff=1&=2");
	assert_non_null(err_of_field(&r->err, "<b>\xef\xbf\xbd"));
	assert_non_null(err_of_field(&r->err, "?"));
	struct buf b = buf_in(*state, 100000);
	for (int i = 0; i < 200; i++)
		buf_printf(&b, "x%d=1&", i);
	r = read_text(*state, buf_cstr(&b));
	size_t n = 0;
	for (const struct field_error *e = r->err.fields; e != NULL; e = e->next)
		n++;
	assert_int_equal(n, 20);
}

static void digests_tell_requests_apart(void **state)
{
	struct arena *a = *state;
	static const char *const bodies[] = {
		"a=1&b=2", "b=2&a=1", "a=1b&=2", "a=1&b=2&c=", "a=12&b="};
	const char *digests[5];
	for (size_t i = 0; i < 5; i++) {
		struct pairs p = {0};
		struct err err = err_in(a);
		assert_int_equal(urlencoded_parse(a, str_from(bodies[i]), &p, &err), OK);
		digests[i] = form_digest(a, METHOD_POST, "/x", &p);
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(digests[i], digests[j]);
		assert_string_not_equal(digests[i], form_digest(a, METHOD_POST, "/y", &p));
	}
	struct pairs p = {0};
	struct err err = err_in(a);
	assert_int_equal(
		urlencoded_parse(a, STR("csrf_token=zz&a=1&b=2&idempotency_key=qq"), &p, &err), OK);
	assert_string_equal(form_digest(a, METHOD_POST, "/x", &p), digests[0]);
}

static void the_button_and_the_key_are_words(void **state)
{
	struct reading *r = read_text(*state, "do=submit&idempotency_key=abc-DEF_123");
	assert_int_equal(r->rc, OK);
	assert_string_equal(r->form.doing, "submit");
	assert_string_equal(r->form.idempotency_key, "abc-DEF_123");
	assert_int_equal(read_text(*state, "idempotency_key=a%00bcdefgh")->rc, INVALID);
	assert_int_equal(read_text(*state, "do=a%00b")->rc, INVALID);
	assert_int_equal(read_text(*state, "do=a&do=a")->rc, INVALID);
	r = read_text(*state, "");
	assert_string_equal(r->form.doing, "");
	assert_string_equal(r->form.idempotency_key, "");
}

/* Four thousand pairs, each wrong, are read in well under a second. */
static void a_flood_of_mistakes_stays_cheap(void **state)
{
	struct buf b = buf_in(*state, 1 << 20);
	for (int i = 0; i < PAIRS_MAX / 4; i++)
		buf_printf(&b, "map.K%d=99&row.%d.n=x&list=AA&zz%d=1&", i, i % 64, i);
	struct reading *r = read_text(*state, buf_cstr(&b));
	assert_int_equal(r->rc, INVALID);
	assert_true(arena_used_bytes(*state) < 64 << 20);
}

static int setup(void **state)
{
	json_setup();
	*state = arena_new();
	return 0;
}

static int teardown(void **state)
{
	arena_free(*state);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_are_cleaned_and_counted),
		cmocka_unit_test(marks_without_end_are_taken_out),
		cmocka_unit_test(addresses_numbers_and_words),
		cmocka_unit_test(money_is_minor_units),
		cmocka_unit_test(days_and_times_are_civil),
		cmocka_unit_test(ticks_are_there_or_not),
		cmocka_unit_test(lists_and_maps_keep_their_order),
		cmocka_unit_test(lists_have_an_end),
		cmocka_unit_test(rows_close_their_gaps),
		cmocka_unit_test(row_buttons_check_nothing),
		cmocka_unit_test(what_is_required_must_come),
		cmocka_unit_test(errors_stand_in_the_order_of_the_fields),
		cmocka_unit_test(names_of_strangers_are_shown_harmless),
		cmocka_unit_test(digests_tell_requests_apart),
		cmocka_unit_test(the_button_and_the_key_are_words),
		cmocka_unit_test(a_flood_of_mistakes_stays_cheap),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
