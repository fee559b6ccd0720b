/* What comes over the wire: hostile bytes, smuggling, the header set. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http_fixture.h"

#define H "Host: " TEST_HOST "\r\n"

struct hostile {
	const char *name;
	const char *request;
	size_t n; /* 0: strlen */
	int status;
};

#define CASE(name, text, status)                                                                   \
	{                                                                                          \
		name, text, sizeof(text) - 1, status                                               \
	}

static const struct hostile corpus[] = {
	/* framing */
	CASE("length and chunked",
		"POST /device HTTP/1.1\r\n" H "Content-Length: 5\r\nTransfer-Encoding: "
		"chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n" H "\r\n",
		400),
	CASE("chunked alone",
		"POST /device HTTP/1.1\r\n" H
		"Transfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n",
		400),
	CASE("identity coding",
		"POST /device HTTP/1.1\r\n" H
		"Transfer-Encoding: identity\r\nContent-Length: 0\r\n\r\n",
		400),
	CASE("chunked in odd case",
		"POST /device HTTP/1.1\r\n" H "Transfer-Encoding: Chunked\r\n\r\n0\r\n\r\n", 400),
	CASE("unknown coding",
		"POST /device HTTP/1.1\r\n" H
		"Transfer-Encoding: xchunked\r\nContent-Length: 0\r\n\r\n",
		400),
	CASE("chunked with a tab",
		"POST /device HTTP/1.1\r\n" H "Transfer-Encoding:\tchunked\r\n\r\n0\r\n\r\n", 400),
	CASE("two lengths alike",
		"POST /device HTTP/1.1\r\n" H "Content-Length: 0\r\nContent-Length: 0\r\n\r\n",
		400),
	CASE("two lengths apart",
		"POST /device HTTP/1.1\r\n" H
		"Content-Length: 0\r\nContent-Length: 30\r\n\r\nGET / HTTP/1.1\r\n" H "\r\n",
		400),
	CASE("a list of lengths", "POST /device HTTP/1.1\r\n" H "Content-Length: 0, 0\r\n\r\n",
		400),
	CASE("length with a sign", "POST /device HTTP/1.1\r\n" H "Content-Length: +0\r\n\r\n", 400),
	CASE("negative length", "POST /device HTTP/1.1\r\n" H "Content-Length: -1\r\n\r\n", 400),
	CASE("length with letters", "POST /device HTTP/1.1\r\n" H "Content-Length: 0x\r\n\r\n",
		400),
	CASE("hexadecimal length", "POST /device HTTP/1.1\r\n" H "Content-Length: 0x0\r\n\r\n",
		400),
	CASE("empty length", "POST /device HTTP/1.1\r\n" H "Content-Length: \r\n\r\n", 400),
	CASE("length in words", "POST /device HTTP/1.1\r\n" H "Content-Length: none\r\n\r\n", 400),
	CASE("length with a point", "POST /device HTTP/1.1\r\n" H "Content-Length: 0.0\r\n\r\n",
		400),
	CASE("no length", "POST /device HTTP/1.1\r\n" H "\r\n", 411),
	CASE("length over 32 MiB", "POST /device HTTP/1.1\r\n" H "Content-Length: 33554433\r\n\r\n",
		413),
	CASE("length over 64 bits",
		"POST /device HTTP/1.1\r\n" H "Content-Length: 99999999999999999999\r\n\r\n", 413),
	CASE("form over 1 MiB",
		"POST /device HTTP/1.1\r\n" H
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
		"1048577\r\n\r\n",
		413),
	CASE("body of a GET", "GET / HTTP/1.1\r\n" H "Content-Length: 5\r\n\r\nhello", 400),
	CASE("body of a HEAD", "HEAD / HTTP/1.1\r\n" H "Content-Length: 5\r\n\r\nhello", 400),
	CASE("space before the colon", "POST /device HTTP/1.1\r\n" H "Content-Length : 0\r\n\r\n",
		400),
	CASE("folded line", "GET / HTTP/1.1\r\n" H "X-A: 1\r\n Content-Length: 5\r\n\r\n", 400),
	CASE("folded first line", "GET / HTTP/1.1\r\n " H "\r\n", 400),
	CASE("bare line feeds", "GET / HTTP/1.1\nHost: " TEST_HOST "\n\n", 400),
	CASE("one bare line feed", "GET / HTTP/1.1\r\nHost: " TEST_HOST "\nX-A: 1\r\n\r\n", 400),
	CASE("bare line feed at the end", "GET / HTTP/1.1\r\nHost: " TEST_HOST "\r\n\n", 400),
	CASE("bare carriage return", "GET / HTTP/1.1\r\n" H "X-A: a\rb\r\n\r\n", 400),
	/* Host */
	CASE("no Host", "GET / HTTP/1.1\r\n\r\n", 400),
	CASE("no Host in 1.0", "GET / HTTP/1.0\r\n\r\n", 400),
	CASE("two Hosts", "GET / HTTP/1.1\r\n" H H "\r\n", 400),
	CASE("foreign Host", "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 400),
	CASE("foreign port", "GET / HTTP/1.1\r\nHost: " TEST_HOST ":81\r\n\r\n", 400),
	CASE("empty Host", "GET / HTTP/1.1\r\nHost: \r\n\r\n", 400),
	CASE("Host with a path", "GET / HTTP/1.1\r\nHost: " TEST_HOST "/x\r\n\r\n", 400),
	CASE("Host with a user", "GET / HTTP/1.1\r\nHost: a@" TEST_HOST "\r\n\r\n", 400),
	CASE("foreign Host, unknown path",
		"GET /static/a.css HTTP/1.1\r\nHost: evil.example\r\n\r\n", 400),
	/* the request line */
	CASE("absolute address", "GET http://" TEST_HOST "/ HTTP/1.1\r\n" H "\r\n", 0),
	CASE("two spaces", "GET  / HTTP/1.1\r\n" H "\r\n", 400),
	CASE("no version", "GET /\r\n" H "\r\n", 400),
	CASE("version 2.0", "GET / HTTP/2.0\r\n" H "\r\n", 505),
	CASE("version 1.2", "GET / HTTP/1.2\r\n" H "\r\n", 505),
	CASE("lower-case method", "get / HTTP/1.1\r\n" H "\r\n", 400),
	CASE("invented method", "BREW / HTTP/1.1\r\n" H "\r\n", 400),
	CASE("TRACE", "TRACE / HTTP/1.1\r\n" H "\r\n", 400),
	CASE("OPTIONS", "OPTIONS / HTTP/1.1\r\n" H "\r\n", 405),
	CASE("PUT", "PUT / HTTP/1.1\r\n" H "Content-Length: 0\r\n\r\n", 405),
	CASE("DELETE", "DELETE /summit HTTP/1.1\r\n" H "\r\n", 405),
	CASE("PROPFIND", "PROPFIND / HTTP/1.1\r\n" H "\r\n", 405),
	CASE("CONNECT", "CONNECT evil.example:443 HTTP/1.1\r\n" H "\r\n", 400),
	CASE("not HTTP", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400),
	/* the address */
	CASE("NUL in the path", "GET /summit%00x HTTP/1.1\r\n" H "\r\n", 400),
	CASE("raw NUL", "GET /sum\0mit HTTP/1.1\r\n" H "\r\n", 400),
	CASE("line break in the path", "GET /a%0d%0aSet-Cookie:x=1 HTTP/1.1\r\n" H "\r\n", 400),
	CASE("tab in the path", "GET /a%09b HTTP/1.1\r\n" H "\r\n", 400),
	CASE("escaped slash", "GET /summit%2fform HTTP/1.1\r\n" H "\r\n", 400),
	CASE("escaped backslash", "GET /..%5cetc HTTP/1.1\r\n" H "\r\n", 400),
	CASE("raw backslash", "GET /..\\etc HTTP/1.1\r\n" H "\r\n", 400),
	CASE("dot segments", "GET /summit/../account HTTP/1.1\r\n" H "\r\n", 400),
	CASE("escaped dots", "GET /%2e%2e/etc/passwd HTTP/1.1\r\n" H "\r\n", 400),
	CASE("one dot", "GET /./summit HTTP/1.1\r\n" H "\r\n", 400),
	CASE("two slashes", "GET //evil.example HTTP/1.1\r\n" H "\r\n", 400),
	CASE("broken escape", "GET /a%zz HTTP/1.1\r\n" H "\r\n", 400),
	CASE("cut escape", "GET /a% HTTP/1.1\r\n" H "\r\n", 400),
	CASE("overlong UTF-8", "GET /%c0%af HTTP/1.1\r\n" H "\r\n", 400),
	CASE("lone surrogate", "GET /%ed%a0%80 HTTP/1.1\r\n" H "\r\n", 400),
	CASE("raw UTF-8", "GET /\xc3\xa6 HTTP/1.1\r\n" H "\r\n", 400),
	CASE("fragment", "GET /#x HTTP/1.1\r\n" H "\r\n", 400),
	CASE("NUL in the query", "GET /?q=%00 HTTP/1.1\r\n" H "\r\n", 400),
	CASE("broken query", "GET /?q=%1 HTTP/1.1\r\n" H "\r\n", 400),
	CASE("quote in the query", "GET /?q=\" HTTP/1.1\r\n" H "\r\n", 400),
	/* other headers */
	CASE("compressed body",
		"POST /device HTTP/1.1\r\n" H "Content-Encoding: gzip\r\nContent-Length: 0\r\n\r\n",
		415),
	CASE("unknown expectation",
		"POST /device HTTP/1.1\r\n" H "Expect: a-pony\r\nContent-Length: 0\r\n\r\n", 417),
	CASE("two content types",
		"POST /device HTTP/1.1\r\n" H "Content-Type: text/plain\r\nContent-Type: "
		"application/json\r\nContent-Length: 0\r\n\r\n",
		400),
	CASE("two authorisations",
		"GET / HTTP/1.1\r\n" H "Authorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n",
		400),
	CASE("control byte in a header", "GET / HTTP/1.1\r\n" H "X-A: a\x01z\r\n\r\n", 400),
	CASE("header without a name", "GET / HTTP/1.1\r\n" H ": a\r\n\r\n", 400),
	CASE("header without a colon", "GET / HTTP/1.1\r\n" H "nonsense\r\n\r\n", 400),
	CASE("brackets in a name", "GET / HTTP/1.1\r\n" H "X(A): 1\r\n\r\n", 400),
	CASE("text body",
		"POST /device HTTP/1.1\r\n" H
		"Content-Type: text/plain\r\nContent-Length: 3\r\n\r\na=b",
		415),
	CASE("body without a type", "POST /device HTTP/1.1\r\n" H "Content-Length: 3\r\n\r\na=b",
		415),
	CASE("multipart where no file goes",
		"POST /device HTTP/1.1\r\n" H
		"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 3\r\n\r\na=b",
		415),
};

static void hostile_requests_get_one_clean_refusal(void **state)
{
	struct site *s = *state;
	unsigned posts = s->n_posts;
	for (size_t i = 0; i < sizeof corpus / sizeof corpus[0]; i++) {
		const struct hostile *c = &corpus[i];
		const char *answer = site_talk(s, c->request, c->n);
		if (answer_status(answer) != c->status)
			fail_msg("%s: %d instead of %d\n%.200s", c->name, answer_status(answer),
				c->status, answer);
		if (c->status == 0)
			continue;
		if (answer_count(answer) != 1)
			fail_msg("%s: %d answers\n%s", c->name, answer_count(answer), answer);
		answer_check_headers(s, answer);
		assert_string_equal(answer_header(s, answer, "Connection"), "close");
		assert_string_equal(answer_header(s, answer, "Cache-Control"), "no-store");
	}
	assert_int_equal(s->n_posts, posts);
	assert_int_equal(s->n_enters, s->n_leaves);
}

static void honest_requests_pass_the_same_gate(void **state)
{
	struct site *s = *state;
	static const struct hostile honest[] = {
		CASE("plain", "GET / HTTP/1.1\r\n" H "\r\n", 200),
		CASE("1.0", "GET / HTTP/1.0\r\n" H "\r\n", 200),
		CASE("port given", "GET / HTTP/1.1\r\nHost: " TEST_HOST ":80\r\n\r\n", 200),
		CASE("other case", "GET / HTTP/1.1\r\nhOST: SYMPOSIUM.example\r\n\r\n", 200),
		CASE("extra host", "GET / HTTP/1.1\r\nHost: other.example\r\n\r\n", 200),
		CASE("extra address", "GET / HTTP/1.1\r\nHost: 192.0.2.7:8080\r\n\r\n", 200),
		CASE("any host", "GET /healthz HTTP/1.1\r\nHost: 10.0.0.1\r\n\r\n", 200),
		CASE("no space", "GET / HTTP/1.1\r\nHost:" TEST_HOST "\r\n\r\n", 200),
		CASE("space behind", "GET / HTTP/1.1\r\nHost: " TEST_HOST " \r\n\r\n", 200),
		CASE("empty header", "GET / HTTP/1.1\r\n" H "X-A:\r\nX-B: \r\n\r\n", 200),
		CASE("length 0", "GET / HTTP/1.1\r\n" H "Content-Length: 0\r\n\r\n", 200),
		CASE("escapes", "GET /summ%69t?q=%C3%86gir+x HTTP/1.1\r\n" H "\r\n", 200),
		CASE("query only", "GET /?utm_source=mail&x HTTP/1.1\r\n" H "\r\n", 200),
		CASE("empty query", "GET /? HTTP/1.1\r\n" H "\r\n", 200),
		CASE("bytes in a header", "GET / HTTP/1.1\r\n" H "User-Agent: \xc3\xa6\r\n\r\n",
			200),
		CASE("device", "POST /device HTTP/1.1\r\n" H "Content-Length: 0\r\n\r\n", 303),
	};
	for (size_t i = 0; i < sizeof honest / sizeof honest[0]; i++) {
		const char *answer = site_talk(s, honest[i].request, honest[i].n);
		if (answer_status(answer) != honest[i].status)
			fail_msg("%s: %d\n%.300s", honest[i].name, answer_status(answer), answer);
		answer_check_headers(s, answer);
	}
}

static void own_address_is_an_accepted_host(void **state)
{
	struct site *s = *state;
	assert_int_equal(
		answer_status(site_ask(s, "GET / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n", s->port)),
		200);
	assert_int_equal(
		answer_status(site_ask(s, "GET / HTTP/1.1\r\nHost: localhost:%d\r\n\r\n", s->port)),
		200);
	assert_int_equal(
		answer_status(site_ask(s, "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")), 400);
}

static const char *repeat(struct site *s, const char *piece, size_t n)
{
	struct buf b = buf_in(s->arena, strlen(piece) * n + 1);
	for (size_t i = 0; i < n; i++)
		buf_text(&b, piece);
	return buf_cstr(&b);
}

static void over_long_requests_are_refused_by_kind(void **state)
{
	struct site *s = *state;
	const char *many = repeat(s, "X-A: 1\r\n", 62), *too_many = repeat(s, "X-A: 1\r\n", 63);
	const char *k2 = repeat(s, "a", 2049), *k8 = repeat(s, "a", 8193);
	const char *k8_query = repeat(s, "a", 8192);
	assert_int_equal(answer_status(site_ask(s, "GET / HTTP/1.1\r\n" H "%s\r\n", many)), 200);
	assert_int_equal(
		answer_status(site_ask(s, "GET / HTTP/1.1\r\n" H "%s\r\n", too_many)), 431);
	assert_int_equal(answer_status(site_ask(s,
				 "POST / HTTP/1.1\r\n" H "%s%sContent-Length: 5\r\n\r\nhello",
				 too_many, "X-B: 1\r\n")),
		431);
	assert_int_equal(answer_status(site_ask(s, "GET /%s HTTP/1.1\r\n" H "\r\n", k2)), 414);
	assert_int_equal(answer_status(site_ask(s, "GET /?%s HTTP/1.1\r\n" H "\r\n", k8)), 414);
	assert_int_equal(
		answer_status(site_ask(s, "GET /?%s HTTP/1.1\r\n" H "\r\n", k8_query)), 200);
	assert_int_equal(
		answer_status(site_ask(s, "GET / HTTP/1.1\r\n" H "X-A: %s\r\n\r\n", k8)), 431);
	assert_int_equal(answer_status(site_ask(s,
				 "GET / HTTP/1.1\r\n" H "X-A: %s\r\nX-B: %s\r\nX-C: a\r\n\r\n",
				 k8_query, k8_query)),
		431);
}

/* A second request hidden in the first is never run, whatever the first looks like. */
static void smuggled_requests_are_not_run(void **state)
{
	struct site *s = *state;
	static const char *const probes[] = {
		"GET / HTTP/1.1\r\n" H "\r\nGET /summit HTTP/1.1\r\n" H "\r\n",
		"POST /device HTTP/1.1\r\n" H "Content-Length: 0\r\n\r\nGET /summit HTTP/1.1\r\n" H
		"\r\n",
		"POST /device HTTP/1.1\r\n" H "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"
		"\r\n0\r\n\r\nGET /summit HTTP/1.1\r\n" H "\r\n",
		"GET / HTTP/1.1\r\n" H "Connection: keep-alive\r\n\r\nGET /summit HTTP/1.1\r\n" H
		"\r\n",
		"\r\nGET / HTTP/1.1\r\n" H "\r\nGET /summit HTTP/1.1\r\n" H "\r\n",
		"\r\n\r\nGET / HTTP/1.1\r\n" H "\r\nGET /summit HTTP/1.1\r\n" H "\r\n",
		"GET / HTTP/1.1\r\n" H "Content-Length: 40\r\n\r\nGET /summit HTTP/1.1\r\n" H
		"\r\n",
	};
	for (size_t i = 0; i < sizeof probes / sizeof probes[0]; i++) {
		unsigned before = s->n_pages;
		s->revision++;
		const char *answer = site_ask(s, "%s", probes[i]);
		if (answer_count(answer) != 1)
			fail_msg("probe %zu: %d answers\n%s", i, answer_count(answer), answer);
		assert_true(s->n_pages <= before + 1);
	}
}

static void behind_a_proxy_a_refusal_ends_the_connection(void **state)
{
	struct site *s = *state;
	const char *pipelined = "GET / HTTP/1.1\r\n" H "\r\n"
				"GET /summit HTTP/1.1\r\n" H "Connection: close\r\n\r\n";
	const char *answer = site_ask(s, "%s", pipelined);
	assert_int_equal(answer_count(answer), 2);
	assert_string_equal(answer_header(s, answer, "Connection"), "keep-alive");
	static const char *const refused[] = {
		"POST /device HTTP/1.1\r\n" H "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"
		"\r\n0\r\n\r\nGET /summit HTTP/1.1\r\n" H "\r\n",
		"POST /device HTTP/1.1\r\n" H "Content-Length: 0\r\nContent-Length: 0\r\n\r\n"
		"GET /summit HTTP/1.1\r\n" H "\r\n",
		"GET / HTTP/1.1\r\n" H "X-A: 1\r\n folded\r\n\r\nGET /summit HTTP/1.1\r\n" H "\r\n",
		"POST /device HTTP/1.1\r\n" H
		"Content-Type: text/plain\r\nContent-Length: 3\r\n\r\n"
		"a=bGET /summit HTTP/1.1\r\n" H "\r\n",
	};
	for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
		answer = site_ask(s, "%s", refused[i]);
		if (answer_count(answer) != 1)
			fail_msg("%zu: %s", i, answer);
		assert_string_equal(answer_header(s, answer, "Connection"), "close");
	}
}

static void expect_continue_is_answered_before_the_body(void **state)
{
	struct site *s = *state;
	int fd = site_connect(s);
	const char *head = "POST /device HTTP/1.1\r\n" H "Expect: 100-continue\r\n"
			   "Content-Type: application/x-www-form-urlencoded\r\n"
			   "Content-Length: 3\r\n\r\n";
	assert_int_equal(send(fd, head, strlen(head), MSG_NOSIGNAL), (ssize_t)strlen(head));
	char go[64] = "";
	assert_true(recv(fd, go, sizeof go - 1, 0) > 0);
	assert_string_equal(go, "HTTP/1.1 100 Continue\r\n\r\n");
	assert_int_equal(send(fd, "a=b", 3, MSG_NOSIGNAL), 3);
	assert_int_equal(answer_status(site_read(s, fd, NULL)), 422);
	/* A refused body is not asked for. */
	const char *answer = site_ask(s,
		"POST /device HTTP/1.1\r\n" H "Expect: 100-continue\r\nContent-Type: text/plain\r\n"
		"Content-Length: 3\r\n\r\n");
	assert_int_equal(answer_count(answer), 1);
	assert_int_equal(answer_status(answer), 415);
}

static void head_answers_like_get_without_a_body(void **state)
{
	struct site *s = *state;
	const char *get = site_ask(s, "GET /account/ghost HTTP/1.1\r\n" H "\r\n");
	const char *head = site_ask(s, "HEAD /scan HTTP/1.1\r\n" H "\r\n");
	assert_int_equal(answer_status(head), 200);
	assert_string_equal(answer_body(head), "");
	assert_string_not_equal(answer_header(s, head, "Content-Length"), "0");
	answer_check_headers(s, head);
	head = site_ask(s, "HEAD /account/ghost HTTP/1.1\r\n" H "\r\n");
	assert_int_equal(answer_status(head), answer_status(get));
	assert_string_equal(answer_body(head), "");
	head = site_ask(s, "HEAD /file HTTP/1.1\r\n" H "\r\n");
	assert_string_equal(answer_header(s, head, "Content-Length"), "17");
	assert_string_equal(answer_body(head), "");
	head = site_ask(s, "HEAD /summit/files HTTP/1.1\r\n" H "\r\n");
	assert_int_equal(answer_status(head), 405);
	assert_string_equal(answer_header(s, head, "Allow"), "POST");
}

static void methods_get_405_with_what_is_allowed(void **state)
{
	struct site *s = *state;
	const char *answer = site_ask(s, "POST / HTTP/1.1\r\n" H "Content-Length: 0\r\n\r\n");
	assert_int_equal(answer_status(answer), 405);
	assert_string_equal(answer_header(s, answer, "Allow"), "GET, HEAD");
	answer = site_ask(s, "OPTIONS /summit/form HTTP/1.1\r\n" H "\r\n");
	assert_string_equal(answer_header(s, answer, "Allow"), "GET, HEAD, POST");
	answer = site_ask(s, "GET /device HTTP/1.1\r\n" H "\r\n");
	assert_string_equal(answer_header(s, answer, "Allow"), "POST");
}

static void upgrades_are_ignored(void **state)
{
	struct site *s = *state;
	const char *answer =
		site_ask(s, "GET / HTTP/1.1\r\n" H "Connection: Upgrade\r\nUpgrade: websocket\r\n"
			    "Sec-WebSocket-Version: 13\r\n"
			    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
	assert_int_equal(answer_status(answer), 200);
	assert_int_equal(answer_count(answer), 1);
}

static void impossible_options_are_refused(void **state)
{
	struct site *s = *state;
	static const struct http_options good = {.address = "127.0.0.1",
		.base_url = "",
		.n_threads = 2,
		.lifetime_s = 5,
		.secret = {"0123456789abcdef0123456789abcdef", 32}};
	struct http_options bad[] = {good, good, good, good, good, good, good, good, good};
	bad[0].address = "::1";
	bad[1].address = "localhost";
	bad[2].address = "127.0.0.1s";
	bad[3].port = 65536;
	bad[4].base_url = "ftp://a.example";
	bad[5].base_url = "https://a.example/path";
	bad[6].extra_hosts = "a b";
	bad[7].secret.n = 31;
	bad[8].port = s->port; /* taken */
	struct route_table none = {0};
	struct http_hooks hooks = {0};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct http_server *server = NULL;
		struct err err = err_in(s->arena);
		assert_int_equal(
			http_server_new(&bad[i], &none, &hooks, NULL, NULL, NULL, &server, &err),
			INVALID);
		assert_non_null(err.message);
		assert_null(server);
	}
	struct http_server *server = NULL;
	struct err err = err_in(s->arena);
	assert_int_equal(
		http_server_new(&good, &none, &hooks, NULL, NULL, NULL, &server, &err), OK);
	assert_in_range(http_port(server), 1024, 65535);
	http_server_free(server);
}

static int start_plain(void **state)
{
	*state = site_new((struct site_options){.n_threads = 16});
	return 0;
}

static int start_proxied(void **state)
{
	*state = site_new((struct site_options){.is_behind_proxy = true, .max_per_address = 4});
	return 0;
}

#define PLAIN(test)       cmocka_unit_test_setup_teardown(test, start_plain, site_stop)
#define WITH(test, start) cmocka_unit_test_setup_teardown(test, start, site_stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PLAIN(hostile_requests_get_one_clean_refusal),
		PLAIN(honest_requests_pass_the_same_gate),
		PLAIN(own_address_is_an_accepted_host),
		PLAIN(over_long_requests_are_refused_by_kind),
		PLAIN(smuggled_requests_are_not_run),
		WITH(behind_a_proxy_a_refusal_ends_the_connection, start_proxied),
		PLAIN(expect_continue_is_answered_before_the_body),
		PLAIN(head_answers_like_get_without_a_body),
		PLAIN(methods_get_405_with_what_is_allowed),
		PLAIN(upgrades_are_ignored),
		PLAIN(impossible_options_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
