/* Pages, forms, uploads, cookies and caches, over a real connection. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "base/log.h"
#include "http_fixture.h"

#define H "Host: " TEST_HOST "\r\n"

static const char *get(struct site *s, const char *path, const char *headers)
{
	const char *answer =
		site_ask(s, "GET %s HTTP/1.1\r\n" H "%s\r\n", path, headers != NULL ? headers : "");
	answer_check_headers(s, answer);
	return answer;
}

static const char *post_as(
	struct site *s, const char *path, const char *headers, const char *type, const char *body)
{
	const char *answer = site_ask(s,
		"POST %s HTTP/1.1\r\n" H "Content-Type: %s\r\nContent-Length: %zu\r\n%s\r\n%s",
		path, type, strlen(body), headers, body);
	answer_check_headers(s, answer);
	assert_int_equal(answer_count(answer), 1);
	return answer;
}

/* With token and cookies of a visit, as a form. */
static const char *post(struct site *s, const struct visit *v, const char *path, const char *body)
{
	return post_as(s, path, arena_printf(s->arena, "Cookie: %s\r\n", v->cookies),
		"application/x-www-form-urlencoded",
		arena_printf(s->arena, "csrf_token=%s&%s", v->token, body));
}

static const char *post_json(
	struct site *s, const struct visit *v, const char *path, const char *body)
{
	return post_as(s, path,
		arena_printf(s->arena, "Cookie: %s\r\nX-CSRF-Token: %s\r\n", v->cookies, v->token),
		"application/json", body);
}

static void assert_holds(const char *answer, const char *text)
{
	if (strstr(answer, text) == NULL)
		fail_msg("no \"%s\" in\n%.3000s", text, answer);
}

static void assert_lacks(const char *answer, const char *text)
{
	if (strstr(answer, text) != NULL)
		fail_msg("\"%s\" in\n%.3000s", text, answer);
}

/* ---- pages ---- */

static void a_page_is_html_or_its_data(void **state)
{
	struct site *s = *state;
	const char *answer = get(s, "/summit?q=a%26b", NULL);
	assert_int_equal(answer_status(answer), 200);
	assert_string_equal(answer_header(s, answer, "Content-Type"), "text/html; charset=utf-8");
	assert_holds(answer, "<title>summit</title>[a&amp;b]");
	const char *const asks[][2] = {{"/summit.json?q=x", NULL},
		{"/summit?q=x", "Accept: application/json\r\n"},
		{"/summit?q=x", "Accept: text/html;q=0.5, application/json\r\n"},
		{"/summit?q=x", "Accept: application/json, text/plain, */*\r\n"}};
	for (size_t i = 0; i < 4; i++) {
		answer = get(s, asks[i][0], asks[i][1]);
		assert_string_equal(answer_header(s, answer, "Content-Type"), "application/json");
		assert_string_equal(answer_body(answer), "{\"title\":\"summit\",\"q\":\"x\"}");
	}
	assert_holds(get(s, "/summit", "Accept: */*\r\n"), "<title>");
	assert_holds(get(s, "/summit", "Accept: text/html,application/json;q=0.9\r\n"), "<title>");
}

static void suffixes_serve_only_what_the_page_can(void **state)
{
	struct site *s = *state;
	const char *answer = get(s, "/summit/table.csv", NULL);
	assert_string_equal(answer_header(s, answer, "Content-Type"), "text/csv; charset=utf-8");
	assert_string_equal(answer_header(s, answer, "Content-Disposition"),
		"attachment; filename=\"table.csv\"");
	assert_int_equal(answer_status(get(s, "/summit/table", NULL)), 200);
	assert_int_equal(answer_status(get(s, "/summit/table.json", NULL)), 200);
	assert_int_equal(answer_status(get(s, "/summit/table.pdf", NULL)), 404);
	assert_int_equal(answer_status(get(s, "/summit/table.exe", NULL)), 404);
}

static void unknown_pages_say_so_in_the_language_asked(void **state)
{
	struct site *s = *state;
	const char *answer = get(s, "/nosuch/page", NULL);
	assert_int_equal(answer_status(answer), 404);
	assert_holds(answer, "<title>404</title>");
	answer = get(s, "/nosuch", NULL);
	assert_int_equal(answer_status(answer), 404);
	assert_holds(answer, "There is no such event");
	answer = get(s, "/nosuch", "Accept: application/json\r\n");
	assert_int_equal(answer_status(answer), 404);
	assert_string_equal(answer_header(s, answer, "Content-Type"), "application/problem+json");
	assert_holds(answer,
		"{\"type\":\"urn:symposiarch:problem:not-found\",\"title\":\"Not Found\","
		"\"status\":404,\"detail\":\"There is no such event\",\"fields\":{},"
		"\"instance\":\"urn:symposiarch:request:");
	assert_int_equal(s->n_enters, s->n_leaves);
}

static void a_trailing_slash_is_sent_to_its_page(void **state)
{
	struct site *s = *state;
	const char *answer = get(s, "/summ%69t/form/?a=%26", NULL);
	assert_int_equal(answer_status(answer), 308);
	assert_string_equal(answer_header(s, answer, "Location"), "/summ%69t/form?a=%26");
	assert_int_equal(answer_status(get(s, "/a/b/c/d/", NULL)), 404);
}

static void strangers_are_sent_to_sign_in_and_others_refused(void **state)
{
	struct site *s = *state;
	const char *answer = get(s, "/account?tab=1&x=%2F", NULL);
	assert_int_equal(answer_status(answer), 303);
	assert_string_equal(answer_header(s, answer, "Location"),
		"/signin?next=%2Faccount%3Ftab%3D1%26x%3D%252F");
	answer = get(s, "/account.json", NULL);
	assert_int_equal(answer_status(answer), 401);
	assert_string_equal(answer_header(s, answer, "WWW-Authenticate"), "Bearer");
	answer = get(s, "/account", "Cookie: session=ada\r\n");
	assert_int_equal(answer_status(answer), 200);
	assert_string_equal(answer_header(s, answer, "Cache-Control"), "no-store");
	assert_holds(answer_header(s, answer, "Vary"), "Cookie");
	assert_int_equal(answer_status(get(s, "/account/roles", "Cookie: session=ada\r\n")), 403);
	assert_int_equal(answer_status(get(s, "/account/roles", NULL)), 303);
	assert_int_equal(answer_status(get(s, "/account/ghost", NULL)), 404);
	assert_int_equal(answer_status(get(s, "/account", "Authorization: Bearer good\r\n")), 200);
	answer = get(s, "/account", "Authorization: Bearer old\r\n");
	assert_int_equal(answer_status(answer), 403);
	assert_holds(answer, "This token is revoked");
	assert_int_equal(s->n_enters, s->n_leaves);
}

static void our_own_faults_are_500_and_tell_nothing(void **state)
{
	struct site *s = *state;
	log_set_level(LOG_ERROR + 1);
	const char *answer = get(s, "/broken", NULL);
	assert_int_equal(answer_status(answer), 500);
	assert_lacks(answer, "on purpose");
	answer = get(s, "/noview", NULL);
	assert_int_equal(answer_status(answer), 500);
	assert_lacks(answer, "missing/template");
	assert_int_equal(s->n_enters, s->n_leaves);
}

static void files_are_attachments_in_a_sandbox(void **state)
{
	struct site *s = *state;
	const char *answer = get(s, "/file", NULL);
	assert_string_equal(answer_body(answer), "p { color: red }\n");
	assert_string_equal(answer_header(s, answer, "Content-Disposition"),
		"attachment; filename=\"_gir _1_.css\"; filename*=UTF-8''%C3%86gir%20%221%22.css");
	assert_holds(answer_header(s, answer, "Content-Security-Policy"), "sandbox");
}

static void the_camera_is_allowed_where_the_page_says(void **state)
{
	struct site *s = *state;
	assert_holds(
		answer_header(s, get(s, "/scan", NULL), "Permissions-Policy"), "camera=(self)");
	assert_holds(answer_header(s, get(s, "/", NULL), "Permissions-Policy"), "camera=()");
}

static void static_files_answer_without_the_hooks(void **state)
{
	struct site *s = *state;
	unsigned enters = s->n_enters;
	const char *answer = get(s, "/static/a.css", NULL);
	assert_int_equal(answer_status(answer), 200);
	assert_string_equal(answer_body(answer), "p { color: red }\n");
	assert_int_equal(answer_status(get(s, "/static/b.css", NULL)), 404);
	assert_int_equal(answer_status(get(s, "/static/../templates/page.mustache", NULL)), 400);
	assert_int_equal(answer_status(get(s, "/templates/page.mustache", NULL)), 404);
	assert_int_equal(answer_status(site_ask(s,
				 "POST /static/a.css HTTP/1.1\r\n" H "Content-Length: 0\r\n\r\n")),
		405);
	assert_int_equal(s->n_enters, enters);
}

/* ---- cache ---- */

static void strangers_share_a_cached_page(void **state)
{
	struct site *s = *state;
	const char *first = get(s, "/summit?q=x", NULL);
	const char *etag = answer_header(s, first, "ETag");
	assert_non_null(etag);
	assert_string_equal(answer_header(s, first, "Cache-Control"), "no-cache");
	const char *second = get(s, "/summit?utm=1&q=x", NULL);
	assert_string_equal(answer_body(second), answer_body(first));
	assert_int_equal(s->n_pages, 1);
	assert_string_equal(answer_header(s, second, "ETag"), etag);
	get(s, "/summit?q=y", NULL);
	get(s, "/summit.json?q=x", NULL);
	get(s, "/summit?q=x", "Accept-Language: de\r\n");
	assert_in_range(s->n_pages, 3, 4); /* one catalogue: German readers get English */
	unsigned pages = s->n_pages;
	get(s, "/summit?q=x", "Cookie: session=ada\r\n");
	assert_int_equal(s->n_pages, pages + 1);
	s->revision = 2;
	get(s, "/summit?q=x", NULL);
	assert_int_equal(s->n_pages, pages + 2);
	s->revision = 0;
	const char *never = get(s, "/summit?q=x", NULL);
	assert_null(answer_header(s, never, "ETag"));
	assert_string_equal(answer_header(s, never, "Cache-Control"), "no-store");
}

static void an_etag_saves_the_body(void **state)
{
	struct site *s = *state;
	const char *etag = answer_header(s, get(s, "/summit", NULL), "ETag");
	const char *answer =
		get(s, "/summit", arena_printf(s->arena, "If-None-Match: \"x\", %s\r\n", etag));
	assert_int_equal(answer_status(answer), 304);
	assert_string_equal(answer_body(answer), "");
	assert_string_equal(answer_header(s, answer, "ETag"), etag);
	assert_null(answer_header(s, answer, "Content-Length"));
	assert_int_equal(answer_status(get(s, "/summit", "If-None-Match: \"x\"\r\n")), 200);
	assert_int_equal(answer_status(get(s, "/summit",
				 arena_printf(s->arena,
					 "If-None-Match: %s\r\nCookie: session=ada\r\n", etag))),
		200);
}

static const char *inflate_body(struct site *s, const char *answer, size_t n_answer)
{
	const char *body = answer_body(answer);
	char *out = arena_alloc(s->arena, 100000);
	z_stream z = {0};
	union {
		const char *p;
		Bytef *bytes;
	} in = {body};
	assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
	z.next_in = in.bytes;
	z.avail_in = (uInt)(n_answer - (size_t)(body - answer));
	z.next_out = (Bytef *)out;
	z.avail_out = 99999;
	assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
	inflateEnd(&z);
	return out;
}

static void long_text_is_compressed_when_taken(void **state)
{
	struct site *s = *state;
	const char *plain = get(s, "/summit", NULL);
	assert_null(answer_header(s, plain, "Content-Encoding"));
	const char *const cookies[] = {"", "Cookie: session=ada\r\n"};
	for (size_t i = 0; i < 2; i++) {
		int fd = site_connect(s);
		const char *request = arena_printf(s->arena,
			"GET /summit HTTP/1.1\r\n" H "Accept-Encoding: br, gzip\r\n%s\r\n",
			cookies[i]);
		size_t n;

		assert_int_equal(write(fd, request, strlen(request)), (ssize_t)strlen(request));
		const char *answer = site_read(s, fd, &n);
		assert_string_equal(answer_header(s, answer, "Content-Encoding"), "gzip");
		assert_string_equal(inflate_body(s, answer, n), answer_body(plain));
	}
	assert_null(answer_header(
		s, get(s, "/summit", "Accept-Encoding: gzip;q=0\r\n"), "Content-Encoding"));
	assert_null(
		answer_header(s, get(s, "/file", "Accept-Encoding: gzip\r\n"), "Content-Encoding"));
}

/* ---- forms ---- */

static void a_good_form_redirects_with_a_flash_shown_once(void **state)
{
	struct site *s = *state;
	struct visit v = site_visit(s, "");
	const char *answer = post(s, &v, "/summit/form",
		"title=+Caf%65+&author.0.name=Ada&author.5.name=Bo&do=submit");
	assert_int_equal(answer_status(answer), 303);
	assert_string_equal(answer_header(s, answer, "Location"), "/summit/form?n=2");
	const char *set = answer_header(s, answer, "Set-Cookie");
	assert_holds(set, "flash=");
	assert_holds(set, "HttpOnly");
	assert_holds(set, "SameSite=Lax");
	const char *flash = arena_strndup(s->arena, set, strcspn(set, ";"));
	const char *with = arena_printf(s->arena, "Cookie: %s; %s\r\n", v.cookies, flash);
	answer = get(s, "/summit", with);
	assert_holds(answer, "(Saved «Cafe»)");
	assert_holds(answer_header(s, answer, "Set-Cookie"), "flash=; Path=/");
	assert_holds(answer_header(s, answer, "Set-Cookie"), "Max-Age=0");
	assert_lacks(get(s, "/summit", NULL), "Saved");
	/* JSON and refusals leave it for the next page. */
	assert_null(answer_header(s,
		get(s, "/summit.json", arena_printf(s->arena, "Cookie: %s\r\n", flash)),
		"Set-Cookie"));
	char *forged = arena_strdup(s->arena, flash);
	forged[strlen(forged) - 1] = 'X';
	answer = get(s, "/summit", arena_printf(s->arena, "Cookie: %s\r\n", forged));
	assert_holds(answer, "()");
}

static void a_refused_form_comes_back_with_all_that_was_typed(void **state)
{
	struct site *s = *state;
	struct visit v = site_visit(s, "");
	const char *answer = post(s, &v, "/summit/form",
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
	const char *fresh = get(s, "/summit/form", NULL);
	assert_holds(fresh, "title=[Default]");
	assert_holds(fresh, "consent=[yes]");
	assert_holds(fresh, "<0 author.0.name=[Ada] last>");
	assert_holds(fresh, "action=\"/summit/form\"");
}

static void a_conflict_and_other_refusals_keep_their_status(void **state)
{
	struct site *s = *state;
	struct visit v = site_visit(s, "");
	const char *answer = post(s, &v, "/summit/form", "title=taken&score=3");
	assert_int_equal(answer_status(answer), 409);
	assert_holds(answer, "Somebody else has this title");
	assert_holds(answer, "title=[taken]");
	assert_holds(answer, "score=[3]");
	answer = post(s, &v, "/summit/form", "title=late");
	assert_int_equal(answer_status(answer), 410);
	assert_holds(answer, "The call is over");
	answer = post_json(s, &v, "/summit/form", "{\"title\":\"taken\"}");
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
		const char *answer = post(s, &v, "/summit/form",
			arena_printf(s->arena, "%s&do=%s", rows, presses[i][0]));
		assert_int_equal(answer_status(answer), 200);
		assert_holds(answer, presses[i][1]);
		assert_lacks(answer, "wrong</h2>");
		assert_holds(answer, "score=[x]");
	}
	assert_int_equal(s->n_posts, 0);
	assert_int_equal(
		answer_status(post(s, &v, "/summit/form", "title=a&do=author.0.burn")), 303);
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
	assert_int_equal(answer_status(post_as(s, "/summit/form", with, form, good)), 303);
	assert_int_equal(answer_status(post_as(s, "/summit/form", "Cookie: session=ada\r\n", form,
				 arena_printf(s->arena, "title=A&csrf_token=%s", ada.token))),
		303);
	unsigned posts = s->n_posts;
	/* Without, with another's, altered, for another cookie, for none. */
	const char *answer = post_as(s, "/summit/form", with, form, "title=typed");
	assert_int_equal(answer_status(answer), 403);
	assert_holds(answer, "title=[typed]");
	assert_int_equal(answer_status(post_as(s, "/summit/form", with, form,
				 arena_printf(s->arena, "title=A&csrf_token=%s", ada.token))),
		403);
	char *altered = arena_strdup(s->arena, good);
	altered[strlen(altered) - 1] = altered[strlen(altered) - 1] == '0' ? '1' : '0';
	assert_int_equal(answer_status(post_as(s, "/summit/form", with, form, altered)), 403);
	assert_int_equal(answer_status(post_as(s, "/summit/form", "", form, good)), 403);
	assert_int_equal(answer_status(post_as(s, "/summit/form",
				 "Cookie: visitor=00000000000000000000000000\r\n", form, good)),
		403);
	assert_int_equal(
		answer_status(post_as(s, "/summit/form.json", with, form, "title=A")), 403);
	assert_int_equal(s->n_posts, posts);
	/* A program's token is its own proof. */
	assert_int_equal(answer_status(post_as(s, "/summit/form", "Authorization: Bearer good\r\n",
				 form, "title=A")),
		303);
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
		const char *answer = post_as(s, "/summit/form",
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
		const char *answer = post_as(s, "/summit/form.json",
			arena_printf(s->arena, "Cookie: %s\r\n", v.cookies),
			"application/x-www-form-urlencoded",
			arena_printf(s->arena, "csrf_token=%s&%s", v.token, cases[i].body));
		if (answer_status(answer) != 422 ||
			strstr(answer, arena_printf(s->arena, "\"%s\":\"", cases[i].field)) == NULL)
			fail_msg("%s: %s", cases[i].body, answer);
	}
	assert_int_equal(s->n_posts, 0);
	/* On a GET, what is not declared is no concern of ours. */
	assert_int_equal(answer_status(get(s, "/summit?colour=red&colour=blue", NULL)), 200);
	assert_int_equal(answer_status(get(s, "/summit?q=a&q=b", NULL)), 422);
}

static void json_bodies_have_types(void **state)
{
	struct site *s = *state;
	struct visit v = site_visit(s, "");
	const char *answer = post_json(s, &v, "/summit/form",
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
		answer = post_json(s, &v, "/summit/form", cases[i].body);
		bool is_named =
			cases[i].field == NULL ||
			strstr(answer, arena_printf(s->arena, "\"%s\":\"", cases[i].field)) != NULL;
		if (answer_status(answer) != cases[i].status || !is_named)
			fail_msg("%s: %s", cases[i].body, answer);
		assert_string_equal(
			answer_header(s, answer, "Content-Type"), "application/problem+json");
	}
	assert_int_equal(s->n_posts, posts);
	answer = post_as(s, "/summit/form", arena_printf(s->arena, "Cookie: %s\r\n", v.cookies),
		"application/json",
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
		post(s, &v, "/summit/form", arena_printf(s->arena, "title=%s", million));
	assert_int_equal(answer_status(answer), 422);
	assert_holds(answer, "Title is too long: at most 300 characters fit");
	answer = post(s, &v, "/summit/form",
		arena_printf(s->arena, "title=a&abstract=%s%s", million, million));
	assert_int_equal(answer_status(answer), 413);
	/* One letter with a mountain of marks is one character, and too long all the same. */
	struct buf marks = buf_in(s->arena, 700000);
	buf_text(&marks, "title=a");
	for (int i = 0; i < 100000; i++)
		buf_text(&marks, "%CC%81");
	answer = post(s, &v, "/summit/form", buf_cstr(&marks));
	assert_int_equal(answer_status(answer), 422);
	struct buf many = buf_in(s->arena, 700000);
	for (int i = 0; i < 10000; i++)
		buf_printf(&many, "mark.K%d=1&", i);
	answer = post(s, &v, "/summit/form", buf_cstr(&many));
	assert_int_equal(answer_status(answer), 400);
	assert_holds(answer, "more than 4096 fields");
	struct buf deep = buf_in(s->arena, 70000);
	for (int i = 0; i < 30000; i++)
		buf_char(&deep, '[');
	assert_int_equal(answer_status(post_json(s, &v, "/summit/form", buf_cstr(&deep))), 400);
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
		const char *answer = post_as(s, "/summit/form",
			arena_printf(s->arena, "Cookie: %s\r\n%s", v.cookies, cases[i].header),
			"application/x-www-form-urlencoded",
			arena_printf(s->arena, "title=A&csrf_token=%s%s", v.token, cases[i].field));
		if (answer_status(answer) != cases[i].status)
			fail_msg("%zu: %s", i, answer);
	}
}

/* ---- uploads ---- */

static const char *upload(struct site *s, const struct visit *v, const char *format, ...)
	PRINTF_LIKE(3, 4);

static const char *upload(struct site *s, const struct visit *v, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	const char *body = arena_vprintf(s->arena, format, args);
	va_end(args);
	const char *answer = post_as(s, "/summit/files.json",
		arena_printf(s->arena, "Cookie: %s\r\n", v->cookies),
		"multipart/form-data; boundary=XyZ", body);
	assert_int_equal(s->n_enters, s->n_leaves);
	return answer;
}

#define PART(name, value)                                                                          \
	"--XyZ\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n" value "\r\n"
#define FILE_PART(name, file, value)                                                               \
	"--XyZ\r\nContent-Disposition: form-data; name=\"" name "\"; filename=\"" file "\"\r\n"    \
	"Content-Type: application/pdf\r\n\r\n" value "\r\n"
#define END "--XyZ--\r\n"

static void an_upload_reaches_the_hooks_and_the_handler(void **state)
{
	struct site *s = *state;
	struct visit v = site_visit(s, "");
	const char *answer = upload(s, &v,
		PART("csrf_token", "%s") PART("note", "Hi")
			FILE_PART("file", "C:\\\\talks\\\\Ægir.pdf", "%%PDF-1.7\r\n--Xy") END,
		v.token);
	assert_int_equal(answer_status(answer), 200);
	assert_holds(answer, "\"name\":\"Ægir.pdf\",\"size\":14,\"note\":\"Hi\"");
	assert_int_equal(s->n_commits, 1);
	assert_int_equal(s->n_aborts, 0);
}

static void bad_uploads_leave_nothing_behind(void **state)
{
	struct site *s = *state;
	struct visit v = site_visit(s, "");
	const char *token = v.token;
	log_set_level(LOG_ERROR + 1);
	/* The file before the token; no token; a wrong one. */
	assert_int_equal(
		answer_status(upload(s, &v,
			FILE_PART("file", "a.pdf", "x") PART("csrf_token", "%s") END, token)),
		403);
	assert_int_equal(answer_status(upload(s, &v, FILE_PART("file", "a.pdf", "x") END)), 403);
	assert_int_equal(s->n_commits, 0);
	assert_int_equal(
		answer_status(upload(s, &v, "preamble\r\n" PART("csrf_token", "%s") END, token)),
		400);
	/* Cut off, padded, nameless, doubled, undeclared, filename*, empty. */
	static const struct {
		const char *body;
		int status;
	} cases[] = {
		{FILE_PART("file", "a.pdf", "x"), 400},
		{FILE_PART("file", "a.pdf", "x") END "more", 400},
		{"--XyZ\r\n\r\nx\r\n" END, 400},
		{"--XyZ\r\nContent-Disposition: form-data\r\n\r\nx\r\n" END, 400},
		{"--XyZ\r\nContent-Disposition: form-data; name=\"file\"; "
		 "filename*=UTF-8''a\r\n\r\nx\r\n" END,
			400},
		{"--XyZ\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n"
		 "Content-Transfer-Encoding: base64\r\n\r\neA==\r\n" END,
			400},
		{FILE_PART("other", "a.pdf", "x") END, 422},
		{FILE_PART("file", "a.pdf", "") END, 422},
		{FILE_PART("file", "", "") END, 422},
		{PART("file", "x") END, 422},
		{FILE_PART("note", "a.pdf", "x") END, 422},
		{END, 422},
		{FILE_PART("file", "a.pdf", "FAIL") END, 500},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const char *answer =
			upload(s, &v, PART("csrf_token", "%s") "%s", token, cases[i].body);
		if (answer_status(answer) != cases[i].status)
			fail_msg("%s: %s", cases[i].body, answer);
	}
	assert_int_equal(s->n_posts, 0);
}

static void a_file_over_its_limit_is_refused_by_name(void **state)
{
	struct site *s = *state;
	struct visit v = site_visit(s, "");
	char *large = arena_alloc(s->arena, 2000002);
	memset(large, 'a', 2000001);
	const char *answer = upload(s, &v,
		PART("csrf_token", "%s") "--XyZ\r\nContent-Disposition: form-data; name=\"file\"; "
					 "filename=\"a.pdf\"\r\n\r\n%s\r\n" PART("note", "kept")
						 END,
		v.token, large);
	assert_int_equal(answer_status(answer), 422);
	assert_holds(answer, "\"file\":\"File is too large: at most 2 MB fit\"");
	assert_int_equal(s->n_aborts, 1);
	assert_int_equal(s->n_commits, 0);
	large[2000000] = '\0';
	answer = upload(s, &v,
		PART("csrf_token", "%s") "--XyZ\r\nContent-Disposition: form-data; name=\"file\"; "
					 "filename=\"a.pdf\"\r\n\r\n%s\r\n" END,
		v.token, large);
	assert_int_equal(answer_status(answer), 200);
	assert_holds(answer, "\"size\":2000000");
}

/* ---- https ---- */

static void https_hardens_cookies_and_transport(void **state)
{
	struct site *s = *state;
	const char *answer = get(s, "/summit/form", NULL);
	assert_holds(answer_header(s, answer, "Strict-Transport-Security"), "max-age=31536000");
	const char *set = answer_header(s, answer, "Set-Cookie");
	assert_int_equal(strncmp(set, "__Host-visitor=", 15), 0);
	assert_holds(set, "; Secure");
	assert_holds(set, "; HttpOnly");
	/* A planted cookie without the prefix is not read. */
	assert_int_equal(answer_status(get(s, "/account", "Cookie: session=ada\r\n")), 303);
	assert_int_equal(answer_status(get(s, "/account", "Cookie: __Host-session=ada\r\n")), 200);
}

static void plain_http_promises_no_transport(void **state)
{
	struct site *s = *state;
	const char *answer = get(s, "/summit/form", NULL);
	assert_null(answer_header(s, answer, "Strict-Transport-Security"));
	assert_int_equal(strncmp(answer_header(s, answer, "Set-Cookie"), "visitor=", 8), 0);
	assert_null(answer_header(s, get(s, "/summit", NULL), "Set-Cookie"));
}

static int start(void **state)
{
	*state = site_new((struct site_options){0});
	return 0;
}

static int start_https(void **state)
{
	*state = site_new((struct site_options){.base_url = "https://" TEST_HOST});
	return 0;
}

static int stop(void **state)
{
	site_free(*state);
	return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_page_is_html_or_its_data),
		TEST(suffixes_serve_only_what_the_page_can),
		TEST(unknown_pages_say_so_in_the_language_asked),
		TEST(a_trailing_slash_is_sent_to_its_page),
		TEST(strangers_are_sent_to_sign_in_and_others_refused),
		TEST(our_own_faults_are_500_and_tell_nothing),
		TEST(files_are_attachments_in_a_sandbox),
		TEST(the_camera_is_allowed_where_the_page_says),
		TEST(static_files_answer_without_the_hooks),
		TEST(strangers_share_a_cached_page),
		TEST(an_etag_saves_the_body),
		TEST(long_text_is_compressed_when_taken),
		TEST(a_good_form_redirects_with_a_flash_shown_once),
		TEST(a_refused_form_comes_back_with_all_that_was_typed),
		TEST(a_conflict_and_other_refusals_keep_their_status),
		TEST(row_buttons_change_rows_and_nothing_else),
		TEST(a_post_needs_its_token),
		TEST(other_sites_may_not_post),
		TEST(what_is_not_declared_is_refused_by_name),
		TEST(json_bodies_have_types),
		TEST(huge_values_get_a_clear_4xx),
		TEST(idempotency_keys_come_by_header_or_field),
		TEST(an_upload_reaches_the_hooks_and_the_handler),
		TEST(bad_uploads_leave_nothing_behind),
		TEST(a_file_over_its_limit_is_refused_by_name),
		cmocka_unit_test_setup_teardown(
			https_hardens_cookies_and_transport, start_https, stop),
		TEST(plain_http_promises_no_transport),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
