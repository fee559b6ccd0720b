/* Tokens, cookies and flash: what we sign we know again, and nothing else. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

#include "http/cookies.h"
#include "http/csrf.h"
#include "http/flash.h"
#include "http/headers.h"
#include "http/negotiate.h"

struct world {
	struct arena *arena;
	struct http_server server;
	struct header headers[8];
};

static struct request *request(struct world *w)
{
	struct request *rq = ARENA_NEW(w->arena, struct request);
	rq->arena = w->arena;
	rq->headers = w->headers;
	rq->exchange = ARENA_NEW(w->arena, struct exchange);
	rq->exchange->server = &w->server;
	return rq;
}

static struct request *with(struct world *w, const char *name, const char *value)
{
	struct request *rq = request(w);
	w->headers[0] = (struct header){str_from(name), str_from(value)};
	rq->n_headers = 1;
	return rq;
}

static struct request *signed_in(struct world *w, const char *key)
{
	struct request *rq = request(w);
	rq->csrf_key = str_from(key);
	rq->has_session = true;
	return rq;
}

static void a_token_is_valid_for_its_session_only(void **state)
{
	struct world *w = *state;
	struct request *ada = signed_in(w, "ada"), *bo = signed_in(w, "bo");
	const char *token = csrf_token(ada), *other = csrf_token(ada);
	assert_string_not_equal(token, other);
	assert_true(csrf_is_valid(signed_in(w, "ada"), token));
	assert_true(csrf_is_valid(signed_in(w, "ada"), other));
	assert_false(csrf_is_valid(bo, token));
	assert_false(csrf_is_valid(request(w), token));
	assert_null(ada->exchange->new_visitor);
}

static void every_altered_token_is_refused(void **state)
{
	struct world *w = *state;
	struct request *rq = signed_in(w, "ada");
	const char *token = csrf_token(rq);
	for (size_t i = 0; token[i] != '\0'; i++) {
		char *altered = arena_strdup(w->arena, token);
		altered[i] = altered[i] == 'a' ? 'b' : 'a';
		assert_false(csrf_is_valid(rq, altered));
		altered[i] = 'x';
		assert_false(csrf_is_valid(rq, altered));
		altered[i] = '\0';
		assert_false(csrf_is_valid(rq, altered));
	}
	assert_false(csrf_is_valid(rq, NULL));
	assert_false(csrf_is_valid(rq, arena_printf(w->arena, "%s0", token)));
}

static void another_secret_knows_no_token_of_ours(void **state)
{
	struct world *w = *state;
	const char *token = csrf_token(signed_in(w, "ada"));
	w->server.csrf_secret[0] = '1';
	assert_false(csrf_is_valid(signed_in(w, "ada"), token));
	w->server.csrf_secret[0] = '0';
	assert_true(csrf_is_valid(signed_in(w, "ada"), token));
}

static void a_stranger_gets_a_visitor_cookie_with_the_token(void **state)
{
	struct world *w = *state;
	struct request *first = request(w);
	csrf_adopt_visitor(first);
	const char *token = csrf_token(first);
	const char *visitor = first->exchange->new_visitor;
	assert_non_null(visitor);
	struct request *second =
		with(w, "Cookie", arena_printf(w->arena, "a=b; visitor=%s", visitor));
	csrf_adopt_visitor(second);
	assert_true(csrf_is_valid(second, token));
	csrf_token(second);
	assert_null(second->exchange->new_visitor);
	struct request *planted = with(w, "Cookie", "visitor=short");
	csrf_adopt_visitor(planted);
	assert_false(csrf_is_valid(planted, token));
	assert_int_equal(planted->csrf_key.n, 0);
}

static void cookies_are_read_by_their_full_name(void **state)
{
	struct world *w = *state;
	struct request *rq = with(w, "cookie", "xa=1; a=2;b=;c; a=3;  d=4=5 ");
	assert_string_equal(request_cookie(rq, "a"), "2");
	assert_string_equal(request_cookie(rq, "b"), "");
	assert_string_equal(request_cookie(rq, "d"), "4=5");
	assert_null(request_cookie(rq, "c"));
	assert_null(request_cookie(rq, "A"));
	w->server.is_https = true;
	assert_null(request_cookie(rq, "a"));
	rq = with(w, "Cookie", "a=1; __Host-a=2");
	assert_string_equal(request_cookie(rq, "a"), "2");
	w->server.is_https = false;
}

static void cookies_hold_nothing_that_ends_them(void **state)
{
	(void)state;
	assert_true(cookie_is_clean("Europe/London"));
	assert_true(cookie_is_clean("aZ09-._~%!$&'()*+/:=?@"));
	static const char *const bad[] = {
		"a b", "a;b", "a,b", "a\"b", "a\\b", "a\r\nb", "\xc3\xa6"};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_false(cookie_is_clean(bad[i]));
}

static const char *carried(struct world *w, const char *sentence)
{
	struct cookie c = flash_cookie(request(w), sentence);
	assert_true(cookie_is_clean(c.value));
	return request_flash(with(w, "Cookie", arena_printf(w->arena, "flash=%s", c.value)));
}

static void a_flash_comes_back_as_it_was(void **state)
{
	struct world *w = *state;
	assert_string_equal(
		carried(w, "Saved; \"Ægir\" = 100%, 山田"), "Saved; \"Ægir\" = 100%, 山田");
	struct buf b = buf_in(w->arena, 5000);
	for (int i = 0; i < 500; i++)
		buf_text(&b, "山");
	const char *cut = carried(w, buf_cstr(&b));
	assert_int_equal(strlen(cut), FLASH_MAX_BYTES);
}

static void a_forged_flash_is_not_shown(void **state)
{
	struct world *w = *state;
	struct cookie c = flash_cookie(request(w), "Saved");
	static const char *const forged[] = {"flash=", "flash=.", "flash=Saved", "flash=.Saved",
		"flash=00000000000000000000000000000000.Saved", "flash=%.%"};
	for (size_t i = 0; i < sizeof forged / sizeof forged[0]; i++)
		assert_null(request_flash(with(w, "Cookie", forged[i])));
	assert_null(
		request_flash(with(w, "Cookie", arena_printf(w->arena, "flash=%s%%21", c.value))));
	assert_null(request_flash(
		with(w, "Cookie", arena_printf(w->arena, "flash=%.40s", c.value + 1))));
}

static void redirects_stay_on_the_site(void **state)
{
	(void)state;
	static const char *const own[] = {"/", "/a", "/a//b", "/?next=//x", "/a\\b"};
	static const char *const foreign[] = {"", "a", "//evil.example", "/\\evil.example",
		"https://evil.example", "javascript:alert(1)", "/a\nb", "/\t/evil.example",
		"\\\\evil", " /a", "/a\x7f", NULL};
	for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
		assert_true(is_own_path(own[i]));
	for (size_t i = 0; i < sizeof foreign / sizeof foreign[0]; i++)
		assert_false(is_own_path(foreign[i]));
}

static void file_names_cannot_break_out_of_their_header(void **state)
{
	struct world *w = *state;
	static const struct {
		const char *name, *line;
	} cases[] = {
		{"a.pdf", "Content-Disposition: attachment; filename=\"a.pdf\"\r\n"},
		{"a\"; x=\"b", "Content-Disposition: attachment; filename=\"a__ x=_b\"; "
			       "filename*=UTF-8''a%22%3B%20x%3D%22b\r\n"},
		{"a\r\nb", "Content-Disposition: attachment; filename=\"a__b\"; "
			   "filename*=UTF-8''a%0D%0Ab\r\n"},
		{"山", "Content-Disposition: attachment; filename=\"_\"; "
		       "filename*=UTF-8''%E5%B1%B1\r\n"},
		{NULL, "Content-Disposition: attachment\r\n"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct buf b = buf_in(w->arena, 1000);
		disposition_write(&b, cases[i].name, true);
		assert_string_equal(buf_cstr(&b), cases[i].line);
	}
}

static void accept_is_weighed(void **state)
{
	struct world *w = *state;
	static const struct {
		const char *accept;
		bool wants_json;
	} cases[] = {{"*/*", false}, {"application/json", true}, {"text/html", false},
		{"text/html, application/json", false}, {"text/html;q=0.9, application/json", true},
		{"application/json;q=0.1", true}, {"application/json;q=0", false},
		{"application/*", true}, {"application/json, */*", true},
		{"application/json;q=0.5, */*", false}, {"application/problem+json", true},
		{"application/xhtml+xml, application/json;q=0.8", true}, {"APPLICATION/JSON", true},
		{"application/json ; q=1.0", true}, {"", false}, {",,;q=", false},
		{"image/png", false}};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		if (negotiate_wants_json(with(w, "Accept", cases[i].accept)) != cases[i].wants_json)
			fail_msg("%s", cases[i].accept);
	assert_true(negotiate_wants_json(with(w, "Content-Type", "application/json; charset=x")));
	assert_false(negotiate_wants_json(request(w)));
	static const struct {
		const char *accept;
		bool takes;
	} codings[] = {{"gzip", true}, {"br, GZIP;q=0.1", true}, {"gzip;q=0", false}, {"*", true},
		{"*;q=0", false}, {"gzip;q=0, *", false}, {"br", false}, {"xgzip", false},
		{"gzip;q=0.000", false}};
	for (size_t i = 0; i < sizeof codings / sizeof codings[0]; i++)
		if (negotiate_takes_gzip(with(w, "Accept-Encoding", codings[i].accept)) !=
			codings[i].takes)
			fail_msg("%s", codings[i].accept);
}

static int setup(void **state)
{
	struct world *w = heap_alloc(sizeof *w);
	w->arena = arena_new();
	memset(w->server.csrf_secret, '0', 64);
	memset(w->server.flash_secret, '1', 64);
	*state = w;
	return 0;
}

static int teardown(void **state)
{
	struct world *w = *state;
	arena_free(w->arena);
	heap_free(w);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_token_is_valid_for_its_session_only),
		cmocka_unit_test(every_altered_token_is_refused),
		cmocka_unit_test(another_secret_knows_no_token_of_ours),
		cmocka_unit_test(a_stranger_gets_a_visitor_cookie_with_the_token),
		cmocka_unit_test(cookies_are_read_by_their_full_name),
		cmocka_unit_test(cookies_hold_nothing_that_ends_them),
		cmocka_unit_test(a_flash_comes_back_as_it_was),
		cmocka_unit_test(a_forged_flash_is_not_shown),
		cmocka_unit_test(redirects_stay_on_the_site),
		cmocka_unit_test(file_names_cannot_break_out_of_their_header),
		cmocka_unit_test(accept_is_weighed),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
