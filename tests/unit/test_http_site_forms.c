/* Forms, JSON bodies and tokens, over a real connection. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

#include "http_fixture.h"

static void a_good_form_redirects_with_a_flash_shown_once(void **state)
{
	struct site *s = *state;
	struct visit v = site_visit(s, "");
	const char *answer = site_post(s, &v, "/summit/form",
		"title=+Caf%65+&author.0.name=Ada&author.5.name=Bo&do=submit");
	assert_int_equal(answer_status(answer), 303);
	assert_string_equal(answer_header(s, answer, "Location"), "/summit/form?n=2");
	const char *set = answer_header(s, answer, "Set-Cookie");
	assert_holds(set, "flash=");
	assert_holds(set, "HttpOnly");
	assert_holds(set, "SameSite=Lax");
	const char *flash = arena_strndup(s->arena, set, strcspn(set, ";"));
	const char *with = arena_printf(s->arena, "Cookie: %s; %s\r\n", v.cookies, flash);
	answer = site_get(s, "/summit", with);
	assert_holds(answer, "(Saved «Cafe»)");
	assert_holds(answer_header(s, answer, "Set-Cookie"), "flash=; Path=/");
	assert_holds(answer_header(s, answer, "Set-Cookie"), "Max-Age=0");
	assert_lacks(site_get(s, "/summit", NULL), "Saved");
	/* JSON and refusals leave it for the next page. */
	assert_null(answer_header(s,
		site_get(s, "/summit.json", arena_printf(s->arena, "Cookie: %s\r\n", flash)),
		"Set-Cookie"));
	char *forged = arena_strdup(s->arena, flash);
	forged[strlen(forged) - 1] = 'X';
	answer = site_get(s, "/summit", arena_printf(s->arena, "Cookie: %s\r\n", forged));
	assert_holds(answer, "()");
}

static void a_refused_form_comes_back_with_all_that_was_typed(void **state)
{
	struct site *s = *state;
	struct visit v = site_visit(s, "");
	const char *answer = site_post(s, &v, "/summit/form",
		"title=&abstract=Two%0D%0Alines+%26+%3Cb%3E&score=9&email=nobody&password=geheim12&"
		"theme=t&author.0.name=Ada&author.0.presents=1&author.2.name=&author.7.name=Bo");
	assert_int_equal(answer_status(answer), 422);
	assert_int_equal(s->n_posts, 0);
	assert_holds(answer, "<h2>3 wrong ");
	assert_holds(answer, "<a href=\"#f-title\">Title is missing</a>");
	assert_holds(answer, "<a href=\"#f-score\">Score must lie between 1 and 5</a>");
	assert_holds(answer, "title=[]Title is missing");
	assert_holds(answer, "abstract=[Two\nlines &amp; &lt;b&gt;]");
	assert_holds(answer, "score=[9]");
	assert_holds(answer, "email=[nobody]");
	assert_holds(answer, "password=[]");
	assert_lacks(answer, "geheim12");
	assert_holds(answer, "consent=[]");
	assert_holds(answer, "t=on;r=;");
	assert_holds(answer, "<0 author.0.name=[Ada]presents><1 author.1.name=[Bo] last>");
	assert_int_equal(s->n_enters, s->n_leaves);
	/* The first showing has its defaults. */
	const char *fresh = site_get(s, "/summit/form", NULL);
	assert_holds(fresh, "title=[Default]");
	assert_holds(fresh, "consent=[yes]");
	assert_holds(fresh, "<0 author.0.name=[Ada] last>");
	assert_holds(fresh, "action=\"/summit/form\"");
}

static void a_conflict_and_other_refusals_keep_their_status(void **state)
{
	struct site *s = *state;
	struct visit v = site_visit(s, "");
	const char *answer = site_post(s, &v, "/summit/form", "title=taken&score=3");
	assert_int_equal(answer_status(answer), 409);
	assert_holds(answer, "Somebody else has this title");
	assert_holds(answer, "title=[taken]");
	assert_holds(answer, "score=[3]");
	answer = site_post(s, &v, "/summit/form", "title=late");
	assert_int_equal(answer_status(answer), 410);
	assert_holds(answer, "The call is over");
	answer = site_post_json(s, &v, "/summit/form", "{\"title\":\"taken\"}");
	assert_int_equal(answer_status(answer), 409);
	assert_holds(answer, "\"detail\":\"Somebody else has this title\"");
}

static void row_buttons_change_rows_and_nothing_else(void **state)
{
	struct site *s = *state;
	struct visit v = site_visit(s, "");
	const char *const rows = "title=&score=x&author.0.name=Ada&author.1.name=Bo&"
				 "author.1.presents=1&author.2.name=";
	const char *const presses[][2] = {
		{"author.add", "<0 author.0.name=[Ada]><1 author.1.name=[Bo]presents>"
			       "<2 author.2.name=[]><3 author.3.name=[] last>"},
		{"author.0.remove", "<0 author.0.name=[Bo]presents><1 author.1.name=[] last>"},
		{"author.1.up", "<0 author.0.name=[Bo]presents><1 author.1.name=[Ada]>"},
		{"author.0.down", "<0 author.0.name=[Bo]presents><1 author.1.name=[Ada]>"},
		{"author.0.up", "<0 author.0.name=[Ada]><1 author.1.name=[Bo]presents>"},
		{"author.9.remove", "<0 author.0.name=[Ada]><1 author.1.name=[Bo]presents>"},
	};
	for (size_t i = 0; i < sizeof presses / sizeof presses[0]; i++) {
		const char *answer = site_post(s, &v, "/summit/form",
			arena_printf(s->arena, "%s&do=%s", rows, presses[i][0]));
		assert_int_equal(answer_status(answer), 200);
		assert_holds(answer, presses[i][1]);
		assert_lacks(answer, "wrong</h2>");
		assert_holds(answer, "score=[x]");
	}
	assert_int_equal(s->n_posts, 0);
	assert_int_equal(
		answer_status(site_post(s, &v, "/summit/form", "title=a&do=author.0.burn")), 303);
}

static void a_post_needs_its_token(void **state)
{
	struct site *s = *state;
	struct visit v = site_visit(s, ""), ada = site_visit(s, "session=ada");
	assert_string_equal(ada.cookies, "session=ada");
	assert_holds(v.cookies, "visitor=");
	const char *form = "application/x-www-form-urlencoded";
	const char *with = arena_printf(s->arena, "Cookie: %s\r\n", v.cookies);
	const char *good = arena_printf(s->arena, "title=A&csrf_token=%s", v.token);
	assert_int_equal(answer_status(site_post_as(s, "/summit/form", with, form, good)), 303);
	assert_int_equal(answer_status(site_post_as(s, "/summit/form", "Cookie: session=ada\r\n",
				 form, arena_printf(s->arena, "title=A&csrf_token=%s", ada.token))),
		303);
	unsigned posts = s->n_posts;
	/* Without, with another's, altered, for another cookie, for none. */
	const char *answer = site_post_as(s, "/summit/form", with, form, "title=typed");
	assert_int_equal(answer_status(answer), 403);
	assert_holds(answer, "title=[typed]");
	assert_int_equal(answer_status(site_post_as(s, "/summit/form", with, form,
				 arena_printf(s->arena, "title=A&csrf_token=%s", ada.token))),
		403);
	char *altered = arena_strdup(s->arena, good);
	altered[strlen(altered) - 1] = altered[strlen(altered) - 1] == '0' ? '1' : '0';
	assert_int_equal(answer_status(site_post_as(s, "/summit/form", with, form, altered)), 403);
	assert_int_equal(answer_status(site_post_as(s, "/summit/form", "", form, good)), 403);
	assert_int_equal(answer_status(site_post_as(s, "/summit/form",
				 "Cookie: visitor=00000000000000000000000000\r\n", form, good)),
		403);
	assert_int_equal(
		answer_status(site_post_as(s, "/summit/form.json", with, form, "title=A")), 403);
	assert_int_equal(s->n_posts, posts);
	/* A program's token is its own proof. */
	assert_int_equal(answer_status(site_post_as(s, "/summit/form",
				 "Authorization: Bearer good\r\n", form, "title=A")),
		303);
}

static void what_a_signed_out_person_typed_is_carried_along(void **state)
{
	struct site *s = *state;
	const char *form = "application/x-www-form-urlencoded";
	const char *answer = site_post_as(s, "/summit/mine", "", form,
		"csrf_token=old&text=Two%0D%0Alines+%3Cb%3E&pin=1234&other=%00x&do=send");
	assert_int_equal(answer_status(answer), 401);
	assert_holds(answer, "action=\"/summit/mine\"");
	assert_holds(answer, "text=[Two\nlines &lt;b&gt;];");
	assert_holds(answer, "do=[send];");
	assert_lacks(answer, "1234");
	assert_lacks(answer, "old");
	/* Nothing typed, or nothing to come back to: the way to sign in. */
	assert_int_equal(
		answer_status(site_post_as(s, "/summit/mine", "", form, "csrf_token=old")), 303);
	assert_int_equal(
		answer_status(site_post_as(s, "/summit/private", "", form, "text=a")), 303);
	assert_int_equal(
		answer_status(site_post_as(s, "/summit/mine.json", "", form, "text=a")), 401);
	assert_int_equal(s->n_enters, s->n_leaves);
}

static void other_sites_may_not_post(void **state)
{
	struct site *s = *state;
	struct visit v = site_visit(s, "");
	static const struct {
		const char *headers;
		int status;
	} cases[] = {
		{"Origin: http://" TEST_HOST "\r\n", 303},
		{"Origin: http://" TEST_HOST "\r\nSec-Fetch-Site: same-origin\r\n", 303},
		{"Sec-Fetch-Site: none\r\n", 303},
		{"Origin: https://" TEST_HOST "\r\n", 403},
		{"Origin: http://evil.example\r\n", 403},
		{"Origin: http://" TEST_HOST ".evil.example\r\n", 403},
		{"Origin: null\r\n", 403},
		{"Sec-Fetch-Site: cross-site\r\n", 403},
		{"Sec-Fetch-Site: same-site\r\n", 403},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const char *answer = site_post_as(s, "/summit/form",
			arena_printf(s->arena, "Cookie: %s\r\n%s", v.cookies, cases[i].headers),
			"application/x-www-form-urlencoded",
			arena_printf(s->arena, "title=A&csrf_token=%s", v.token));
		if (answer_status(answer) != cases[i].status)
			fail_msg("%s: %d", cases[i].headers, answer_status(answer));
	}
}

static void what_is_not_declared_is_refused_by_name(void **state)
{
	struct site *s = *state;
	struct visit v = site_visit(s, "");
	static const struct {
		const char *body, *field;
	} cases[] = {
		{"title=A&colour=red", "colour"},
		{"title=A&title=B", "title"},
		{"title=A&author.name=x", "author.name"},
		{"title=A&author.64.name=x", "author.64.name"},
		{"title=A&author.00.name=x", "author.00.name"},
		{"title=A&author.0.role=x", "author.0.role"},
		{"title=A&mark.K%00=1", "mark.K"},
		{"title=A&mark.K=6", "mark.K"},
		{"title=a%00b", "title"},
		{"title=%ff%fe", "title"},
		{"title=%ed%a0%80", "title"},
		{"title=a%E2%80%AEb", "title"},
		{"title=A&score=4.5", "score"},
		{"title=A&score=99999999999999999999", "score"},
		{"title=A&email=a%0d%0ab%40c.de", "email"},
		{"title=A&theme=%C3%86", "theme"},
		{"title=A&idempotency_key=kurz", "idempotency_key"},
		{"title=A&do=a&do=b", "do"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const char *answer = site_post_as(s, "/summit/form.json",
			arena_printf(s->arena, "Cookie: %s\r\n", v.cookies),
			"application/x-www-form-urlencoded",
			arena_printf(s->arena, "csrf_token=%s&%s", v.token, cases[i].body));
		if (answer_status(answer) != 422 ||
			strstr(answer, arena_printf(s->arena, "\"%s\":\"", cases[i].field)) == NULL)
			fail_msg("%s: %s", cases[i].body, answer);
	}
	assert_int_equal(s->n_posts, 0);
	/* On a GET, what is not declared is no concern of ours. */
	assert_int_equal(answer_status(site_get(s, "/summit?colour=red&colour=blue", NULL)), 200);
	assert_int_equal(answer_status(site_get(s, "/summit?q=a&q=b", NULL)), 422);
}

static void json_bodies_have_types(void **state)
{
	struct site *s = *state;
	struct visit v = site_visit(s, "");
	const char *answer = site_post_json(s, &v, "/summit/form",
		"{\"title\":\"Ægir\",\"score\":4,\"consent\":true,\"theme\":[\"t\",\"r\"],"
		"\"author\":[{\"name\":\"Ada\"},{\"name\":\"Bo\",\"presents\":true}],"
		"\"mark\":{\"K7QF3M2XA\":5},\"abstract\":null}");
	assert_int_equal(answer_status(answer), 201);
	assert_string_equal(answer_header(s, answer, "Location"), "/summit/form?n=2");
	assert_string_equal(answer_body(answer), "{\"location\":\"/summit/form?n=2\"}");
	static const struct {
		const char *body, *field;
		int status;
	} cases[] = {
		{"{\"title\":5}", "title", 422},
		{"{\"title\":[\"a\"],\"score\":\"4\"}", "score", 422},
		{"{\"title\":{\"a\":\"b\"}}", "title.a", 422},
		{"{\"title\":\"a\",\"consent\":\"yes\"}", "consent", 422},
		{"{\"title\":\"a\",\"score\":4.5}", "score", 422},
		{"{\"title\":\"a\",\"theme\":[[\"t\"]]}", "theme", 422},
		{"{\"title\":\"a\",\"author\":[{\"name\":5}]}", "author.0.name", 422},
		{"{\"title\":\"a\",\"author\":{\"name\":\"x\"}}", "author.name", 422},
		{"{\"title\":\"a\",\"Title\":\"b\"}", "Title", 422},
		{"{\"title\":\"a\",\"colour\":\"red\"}", "colour", 422},
		{"{\"title\":\"a\",\"title\":\"b\"}", NULL, 400},
		{"{\"title\":\"a\\u0000b\"}", NULL, 400},
		{"{\"title\":\"\xff\"}", NULL, 400},
		{"{\"title\":\"a\"} x", NULL, 400},
		{"{\"score\":1e999}", NULL, 400},
		{"[1]", NULL, 400},
		{"\"a\"", NULL, 400},
		{"{", NULL, 400},
		{"nonsense", NULL, 400},
	};
	unsigned posts = s->n_posts;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		answer = site_post_json(s, &v, "/summit/form", cases[i].body);
		bool is_named =
			cases[i].field == NULL ||
			strstr(answer, arena_printf(s->arena, "\"%s\":\"", cases[i].field)) != NULL;
		if (answer_status(answer) != cases[i].status || !is_named)
			fail_msg("%s: %s", cases[i].body, answer);
		assert_string_equal(
			answer_header(s, answer, "Content-Type"), "application/problem+json");
	}
	assert_int_equal(s->n_posts, posts);
	answer = site_post_as(s, "/summit/form",
		arena_printf(s->arena, "Cookie: %s\r\n", v.cookies), "application/json",
		arena_printf(s->arena, "{\"title\":\"a\",\"csrf_token\":\"%s\"}", v.token));
	assert_int_equal(answer_status(answer), 201);
}

static void huge_values_get_a_clear_4xx(void **state)
{
	struct site *s = *state;
	struct visit v = site_visit(s, "");
	char *million = arena_alloc(s->arena, 1000001);
	memset(million, 'a', 1000000);
	const char *answer =
		site_post(s, &v, "/summit/form", arena_printf(s->arena, "title=%s", million));
	assert_int_equal(answer_status(answer), 422);
	assert_holds(answer, "Title is too long: at most 300 characters fit");
	answer = site_post(s, &v, "/summit/form",
		arena_printf(s->arena, "title=a&abstract=%s%s", million, million));
	assert_int_equal(answer_status(answer), 413);
	/* One letter with a mountain of marks is one character, and too long all the same. */
	struct buf marks = buf_in(s->arena, 700000);
	buf_text(&marks, "title=a");
	for (int i = 0; i < 100000; i++)
		buf_text(&marks, "%CC%81");
	answer = site_post(s, &v, "/summit/form", buf_cstr(&marks));
	assert_int_equal(answer_status(answer), 422);
	struct buf many = buf_in(s->arena, 700000);
	for (int i = 0; i < 10000; i++)
		buf_printf(&many, "mark.K%d=1&", i);
	answer = site_post(s, &v, "/summit/form", buf_cstr(&many));
	assert_int_equal(answer_status(answer), 400);
	assert_holds(answer, "more than 4096 fields");
	struct buf deep = buf_in(s->arena, 70000);
	for (int i = 0; i < 30000; i++)
		buf_char(&deep, '[');
	assert_int_equal(
		answer_status(site_post_json(s, &v, "/summit/form", buf_cstr(&deep))), 400);
	assert_int_equal(s->n_posts, 0);
}

static void idempotency_keys_come_by_header_or_field(void **state)
{
	struct site *s = *state;
	struct visit v = site_visit(s, "");
	assert_true(strlen(v.key) >= 8);
	static const struct {
		const char *header, *field;
		int status;
	} cases[] = {
		{"Idempotency-Key: abcd1234\r\n", "", 303},
		{"Idempotency-Key: \"abcd1234\"\r\n", "", 303},
		{"Idempotency-Key: abcd1234\r\n", "&idempotency_key=abcd1234", 303},
		{"Idempotency-Key: abcd1234\r\n", "&idempotency_key=other5678", 422},
		{"Idempotency-Key: abc\r\n", "", 422},
		{"Idempotency-Key: abcd 1234\r\n", "", 422},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const char *answer = site_post_as(s, "/summit/form",
			arena_printf(s->arena, "Cookie: %s\r\n%s", v.cookies, cases[i].header),
			"application/x-www-form-urlencoded",
			arena_printf(s->arena, "title=A&csrf_token=%s%s", v.token, cases[i].field));
		if (answer_status(answer) != cases[i].status)
			fail_msg("%zu: %s", i, answer);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, site_start, site_stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_good_form_redirects_with_a_flash_shown_once),
		TEST(a_refused_form_comes_back_with_all_that_was_typed),
		TEST(a_conflict_and_other_refusals_keep_their_status),
		TEST(row_buttons_change_rows_and_nothing_else),
		TEST(a_post_needs_its_token),
		TEST(what_a_signed_out_person_typed_is_carried_along),
		TEST(other_sites_may_not_post),
		TEST(what_is_not_declared_is_refused_by_name),
		TEST(json_bodies_have_types),
		TEST(huge_values_get_a_clear_4xx),
		TEST(idempotency_keys_come_by_header_or_field),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
