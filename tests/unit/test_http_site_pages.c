/* Pages, redirects, caches and cookies, over a real connection. */
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

/* ---- pages ---- */

static void a_page_is_html_or_its_data(void **state)
{
	struct site *s = *state;
	const char *answer = site_get(s, "/summit?q=a%26b", NULL);
	assert_int_equal(answer_status(answer), 200);
	assert_string_equal(answer_header(s, answer, "Content-Type"), "text/html; charset=utf-8");
	assert_holds(answer, "<title>summit</title>[a&amp;b]");
	const char *const asks[][2] = {{"/summit.json?q=x", NULL},
		{"/summit?q=x", "Accept: application/json\r\n"},
		{"/summit?q=x", "Accept: text/html;q=0.5, application/json\r\n"},
		{"/summit?q=x", "Accept: application/json, text/plain, */*\r\n"}};
	for (size_t i = 0; i < 4; i++) {
		answer = site_get(s, asks[i][0], asks[i][1]);
		assert_string_equal(answer_header(s, answer, "Content-Type"), "application/json");
		assert_string_equal(answer_body(answer), "{\"title\":\"summit\",\"q\":\"x\"}");
	}
	assert_holds(site_get(s, "/summit", "Accept: */*\r\n"), "<title>");
	assert_holds(
		site_get(s, "/summit", "Accept: text/html,application/json;q=0.9\r\n"), "<title>");
}

static void suffixes_serve_only_what_the_page_can(void **state)
{
	struct site *s = *state;
	const char *answer = site_get(s, "/summit/table.csv", NULL);
	assert_string_equal(answer_header(s, answer, "Content-Type"), "text/csv; charset=utf-8");
	assert_string_equal(answer_header(s, answer, "Content-Disposition"),
		"attachment; filename=\"table.csv\"");
	assert_int_equal(answer_status(site_get(s, "/summit/table", NULL)), 200);
	assert_int_equal(answer_status(site_get(s, "/summit/table.json", NULL)), 200);
	assert_int_equal(answer_status(site_get(s, "/summit/table.pdf", NULL)), 404);
	assert_int_equal(answer_status(site_get(s, "/summit/table.exe", NULL)), 404);
}

static void unknown_pages_say_so_in_the_language_asked(void **state)
{
	struct site *s = *state;
	const char *answer = site_get(s, "/nosuch/page", NULL);
	assert_int_equal(answer_status(answer), 404);
	assert_holds(answer, "<title>404</title>");
	answer = site_get(s, "/nosuch", NULL);
	assert_int_equal(answer_status(answer), 404);
	assert_holds(answer, "There is no such event");
	answer = site_get(s, "/nosuch", "Accept: application/json\r\n");
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
	const char *answer = site_get(s, "/summ%69t/form/?a=%26", NULL);
	assert_int_equal(answer_status(answer), 308);
	assert_string_equal(answer_header(s, answer, "Location"), "/summ%69t/form?a=%26");
	assert_int_equal(answer_status(site_get(s, "/a/b/c/d/", NULL)), 404);
}

static void strangers_are_sent_to_sign_in_and_others_refused(void **state)
{
	struct site *s = *state;
	const char *answer = site_get(s, "/account?tab=1&x=%2F", NULL);
	assert_int_equal(answer_status(answer), 303);
	assert_string_equal(answer_header(s, answer, "Location"),
		"/signin?next=%2Faccount%3Ftab%3D1%26x%3D%252F");
	answer = site_get(s, "/account.json", NULL);
	assert_int_equal(answer_status(answer), 401);
	assert_string_equal(answer_header(s, answer, "WWW-Authenticate"), "Bearer");
	answer = site_get(s, "/account", "Cookie: session=ada\r\n");
	assert_int_equal(answer_status(answer), 200);
	assert_string_equal(answer_header(s, answer, "Cache-Control"), "no-store");
	assert_holds(answer_header(s, answer, "Vary"), "Cookie");
	assert_int_equal(
		answer_status(site_get(s, "/account/roles", "Cookie: session=ada\r\n")), 403);
	assert_int_equal(answer_status(site_get(s, "/account/roles", NULL)), 303);
	assert_int_equal(answer_status(site_get(s, "/account/ghost", NULL)), 404);
	assert_int_equal(
		answer_status(site_get(s, "/account", "Authorization: Bearer good\r\n")), 200);
	answer = site_get(s, "/account", "Authorization: Bearer old\r\n");
	assert_int_equal(answer_status(answer), 401);
	assert_string_equal(answer_header(s, answer, "WWW-Authenticate"), "Bearer");
	assert_holds(answer, "This token is revoked");
	assert_int_equal(s->n_enters, s->n_leaves);
}

static void our_own_faults_are_500_and_tell_nothing(void **state)
{
	struct site *s = *state;
	log_set_level(LOG_ERROR + 1);
	const char *answer = site_get(s, "/broken", NULL);
	assert_int_equal(answer_status(answer), 500);
	assert_lacks(answer, "on purpose");
	answer = site_get(s, "/noview", NULL);
	assert_int_equal(answer_status(answer), 500);
	assert_lacks(answer, "missing/template");
	assert_int_equal(s->n_enters, s->n_leaves);
}

static void files_are_attachments_in_a_sandbox(void **state)
{
	struct site *s = *state;
	const char *answer = site_get(s, "/file", NULL);
	assert_string_equal(answer_body(answer), "p { color: red }\n");
	assert_string_equal(answer_header(s, answer, "Content-Disposition"),
		"attachment; filename=\"_gir _1_.css\"; filename*=UTF-8''%C3%86gir%20%221%22.css");
	assert_holds(answer_header(s, answer, "Content-Security-Policy"), "sandbox");
}

static void the_camera_is_allowed_where_the_page_says(void **state)
{
	struct site *s = *state;
	assert_holds(answer_header(s, site_get(s, "/scan", NULL), "Permissions-Policy"),
		"camera=(self)");
	assert_holds(answer_header(s, site_get(s, "/", NULL), "Permissions-Policy"), "camera=()");
}

static void static_files_answer_without_the_hooks(void **state)
{
	struct site *s = *state;
	unsigned enters = s->n_enters;
	const char *answer = site_get(s, "/static/a.css", NULL);
	assert_int_equal(answer_status(answer), 200);
	assert_string_equal(answer_body(answer), "p { color: red }\n");
	assert_int_equal(answer_status(site_get(s, "/static/b.css", NULL)), 404);
	assert_int_equal(
		answer_status(site_get(s, "/static/../templates/page.mustache", NULL)), 400);
	assert_int_equal(answer_status(site_get(s, "/templates/page.mustache", NULL)), 404);
	assert_int_equal(answer_status(site_ask(s,
				 "POST /static/a.css HTTP/1.1\r\n" H "Content-Length: 0\r\n\r\n")),
		405);
	assert_int_equal(s->n_enters, enters);
}

/* ---- cache ---- */

static void strangers_share_a_cached_page(void **state)
{
	struct site *s = *state;
	const char *first = site_get(s, "/summit?q=x", NULL);
	const char *etag = answer_header(s, first, "ETag");
	assert_non_null(etag);
	assert_string_equal(answer_header(s, first, "Cache-Control"), "no-cache");
	const char *second = site_get(s, "/summit?utm=1&q=x", NULL);
	assert_string_equal(answer_body(second), answer_body(first));
	assert_int_equal(s->n_pages, 1);
	assert_string_equal(answer_header(s, second, "ETag"), etag);
	site_get(s, "/summit?q=y", NULL);
	site_get(s, "/summit.json?q=x", NULL);
	site_get(s, "/summit?q=x", "Accept-Language: de\r\n");
	assert_in_range(s->n_pages, 3, 4); /* one catalogue: German readers get English */
	unsigned pages = s->n_pages;
	site_get(s, "/summit?q=x", "Cookie: session=ada\r\n");
	assert_int_equal(s->n_pages, pages + 1);
	s->revision = 2;
	site_get(s, "/summit?q=x", NULL);
	assert_int_equal(s->n_pages, pages + 2);
	s->revision = 0;
	const char *never = site_get(s, "/summit?q=x", NULL);
	assert_null(answer_header(s, never, "ETag"));
	assert_string_equal(answer_header(s, never, "Cache-Control"), "private, no-cache");
}

static void an_etag_saves_the_body(void **state)
{
	struct site *s = *state;
	const char *etag = answer_header(s, site_get(s, "/summit", NULL), "ETag");
	const char *answer = site_get(
		s, "/summit", arena_printf(s->arena, "If-None-Match: \"x\", %s\r\n", etag));
	assert_int_equal(answer_status(answer), 304);
	assert_string_equal(answer_body(answer), "");
	assert_string_equal(answer_header(s, answer, "ETag"), etag);
	assert_null(answer_header(s, answer, "Content-Length"));
	assert_int_equal(answer_status(site_get(s, "/summit", "If-None-Match: \"x\"\r\n")), 200);
	assert_int_equal(answer_status(site_get(s, "/summit",
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
	const char *plain = site_get(s, "/summit", NULL);
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
		s, site_get(s, "/summit", "Accept-Encoding: gzip;q=0\r\n"), "Content-Encoding"));
	assert_null(answer_header(
		s, site_get(s, "/file", "Accept-Encoding: gzip\r\n"), "Content-Encoding"));
}

/* ---- https ---- */

static void https_hardens_cookies_and_transport(void **state)
{
	struct site *s = *state;
	const char *answer = site_get(s, "/summit/form", NULL);
	assert_holds(answer_header(s, answer, "Strict-Transport-Security"), "max-age=31536000");
	const char *set = answer_header(s, answer, "Set-Cookie");
	assert_int_equal(strncmp(set, "__Host-visitor=", 15), 0);
	assert_holds(set, "; Secure");
	assert_holds(set, "; HttpOnly");
	/* A planted cookie without the prefix is not read. */
	assert_int_equal(answer_status(site_get(s, "/account", "Cookie: session=ada\r\n")), 303);
	assert_int_equal(
		answer_status(site_get(s, "/account", "Cookie: __Host-session=ada\r\n")), 200);
}

static void plain_http_promises_no_transport(void **state)
{
	struct site *s = *state;
	const char *answer = site_get(s, "/summit/form", NULL);
	assert_null(answer_header(s, answer, "Strict-Transport-Security"));
	assert_int_equal(strncmp(answer_header(s, answer, "Set-Cookie"), "visitor=", 8), 0);
	assert_null(answer_header(s, site_get(s, "/summit", NULL), "Set-Cookie"));
}

static int start_https(void **state)
{
	*state = site_new((struct site_options){.base_url = "https://" TEST_HOST});
	return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, site_start, site_stop)

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
		cmocka_unit_test_setup_teardown(
			https_hardens_cookies_and_transport, start_https, site_stop),
		TEST(plain_http_promises_no_transport),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
