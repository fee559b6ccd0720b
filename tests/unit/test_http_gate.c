/* The gate by itself: what no client of ours sends and no proxy reads alike. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

#include "http/gate.h"

static const char *const hosts[] = {"a.example", "a.example:443"};

struct trial {
	struct arena *arena;
	struct header headers[80];
	struct gate_input in;
};

static struct gate_verdict check(struct trial *t)
{
	t->in.headers = t->headers;
	return gate_check(t->arena, &t->in);
}

static void header(struct trial *t, const char *name, const char *value)
{
	t->headers[t->in.n_headers++] = (struct header){str_from(name), str_from(value)};
}

static struct trial begin(struct arena *a, const char *method, const char *target)
{
	struct trial t = {.arena = a};
	t.in = (struct gate_input){.method = str_from(method),
		.target = str_from(target),
		.version = STR("1.1"),
		.hosts = hosts,
		.n_hosts = 2};
	header(&t, "Host", "a.example");
	return t;
}

static int status_of(struct arena *a, const char *target)
{
	struct trial t = begin(a, "GET", target);
	return check(&t).status;
}

static void paths_are_decoded_once(void **state)
{
	struct trial t = begin(*state, "GET", "/caf%C3%A9/%2525");
	struct gate_verdict v = check(&t);
	assert_int_equal(v.status, 0);
	assert_string_equal(v.path, "/café/%25");
	assert_false(v.has_trailing_slash);
	t = begin(*state, "GET", "/a/b/");
	v = check(&t);
	assert_string_equal(v.path, "/a/b");
	assert_true(v.has_trailing_slash);
	t = begin(*state, "GET", "/");
	v = check(&t);
	assert_string_equal(v.path, "/");
	assert_false(v.has_trailing_slash);
}

static void paths_with_two_meanings_are_refused(void **state)
{
	static const char *const bad[] = {"", "a", "*", "http://a.example/", "/%00", "/a%00b",
		"/%0a", "/%7f", "/%2f", "/%2F", "/%5c", "/a\\b", "/..", "/../a", "/a/..", "/a/../b",
		"/.", "/%2e%2e", "/%2e", "//", "/a//b", "//a", "/a/./b", "/%", "/%4", "/%4g",
		"/%c0%ae", "/%ff", "/%ed%a0%80", "/%f4%90%80%80", "/\x7f", "/ ", "/\"", "/<", "/{",
		"/|", "/^", "/`", "/#"};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		if (status_of(*state, bad[i]) != 400)
			fail_msg("%s: %d", bad[i], status_of(*state, bad[i]));
	static const char *const good[] = {"/...", "/a..b", "/.well-known/security.txt", "/a%20b",
		"/~a/!$&'()*+,;=:@-_.", "/%E5%B1%B1%E7%94%B0", "/%3f"};
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
		if (status_of(*state, good[i]) != 0)
			fail_msg("%s: %d", good[i], status_of(*state, good[i]));
}

static void queries_keep_their_bytes_in_bounds(void **state)
{
	static const struct {
		const char *query;
		int status;
	} cases[] = {{"", 0}, {"a=1&b=%0D%0A", 0}, {"a=%", 400}, {"a=%0", 400}, {"a=%00", 400},
		{"a=\x01", 400}, {"a b", 400}, {"a=/../%2f?:@", 0}};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct trial t = begin(*state, "GET", "/");
		t.in.query = str_from(cases[i].query);
		if (check(&t).status != cases[i].status)
			fail_msg("%s", cases[i].query);
	}
}

static void lengths_have_one_reading(void **state)
{
	static const struct {
		const char *length;
		int status;
	} cases[] = {{"0", 0}, {"5", 0}, {"0005", 0}, {"33554432", 0}, {"33554433", 413},
		{"999999999999999", 413}, {"9999999999999999999999", 413}, {"+5", 400}, {"-5", 400},
		{"5x", 400}, {"x", 400}, {"0x5", 400}, {"5,5", 400}, {"5 5", 400}, {"", 400},
		{"5.0", 400}, {"\xd9\xa5", 400}};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct trial t = begin(*state, "POST", "/");
		header(&t, "content-LENGTH", cases[i].length);
		if (check(&t).status != cases[i].status)
			fail_msg("%s: %d", cases[i].length, check(&t).status);
	}
	struct trial t = begin(*state, "POST", "/");
	assert_int_equal(check(&t).status, 411);
	header(&t, "Content-Length", "12");
	assert_int_equal(check(&t).content_length, 12);
	header(&t, "Transfer-Encoding", "identity");
	assert_int_equal(check(&t).status, 400);
}

static void a_second_header_is_not_chosen_from(void **state)
{
	static const char *const singles[] = {"Host", "Content-Length", "Content-Type",
		"Authorization", "Idempotency-Key", "Origin", "Expect", "X-CSRF-Token",
		"Connection"};
	for (size_t i = 0; i < sizeof singles / sizeof singles[0]; i++) {
		struct trial t = begin(*state, "GET", "/");
		header(&t, singles[i], "0");
		header(&t, singles[i], "0");
		if (check(&t).status != 400)
			fail_msg("%s", singles[i]);
	}
	struct trial t = begin(*state, "GET", "/");
	header(&t, "Cookie", "a=1");
	header(&t, "Cookie", "b=2");
	assert_int_equal(check(&t).status, 0);
}

static void hosts_are_ours_or_marked(void **state)
{
	static const struct {
		const char *host;
		int status;
		bool is_foreign;
	} cases[] = {{"A.Example", 0, false}, {"a.example:443", 0, false},
		{"a.example:80", 0, true}, {"a.example.", 0, true}, {"xa.example", 0, true},
		{"[::1]:80", 0, true}, {"a.example/x", 400, false}, {"a@a.example", 400, false},
		{"a.example,b", 400, false}, {"", 400, false}};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct trial t = begin(*state, "GET", "/");
		t.headers[0].value = str_from(cases[i].host);
		struct gate_verdict v = check(&t);
		if (v.status != cases[i].status ||
			(v.status == 0 && v.is_foreign_host != cases[i].is_foreign))
			fail_msg("%s", cases[i].host);
	}
	struct trial t = begin(*state, "GET", "/");
	t.in.n_headers = 0;
	assert_int_equal(check(&t).status, 400);
}

static void methods_are_told_apart(void **state)
{
	struct trial t = begin(*state, "HEAD", "/");
	struct gate_verdict v = check(&t);
	assert_true(v.is_head && v.method == METHOD_GET && !v.is_other_method);
	t = begin(*state, "POST", "/");
	header(&t, "Content-Length", "0");
	assert_int_equal(check(&t).method, METHOD_POST);
	static const char *const others[] = {"PUT", "OPTIONS", "get", "PATCH", "M-SEARCH"};
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		t = begin(*state, others[i], "/");
		v = check(&t);
		assert_true(v.status == 0 && v.is_other_method);
	}
	static const char *const bad[] = {
		"", "GE T", "G\"", "G\x80", "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFG"};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		t = begin(*state, bad[i], "/");
		assert_int_equal(check(&t).status, 400);
	}
}

static void headers_are_tokens_and_printable(void **state)
{
	static const struct {
		const char *name, *value;
		int status;
	} cases[] = {{"X-A", "a\tb", 0}, {"X-A", "\xc3\xa6", 0}, {"X-A", "", 0}, {"", "a", 400},
		{"X A", "a", 400}, {"X:A", "a", 400}, {"X\x80", "a", 400}, {"X-A", "a\x01", 400},
		{"X-A", "a\nb", 400}, {"X-A", "a\x7f", 400}, {"Content-Encoding", "gzip", 415},
		{"Content-Encoding", "Identity", 0}, {"Expect", "100-Continue", 0},
		{"Expect", "200-ok", 417}};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct trial t = begin(*state, "GET", "/");
		header(&t, cases[i].name, cases[i].value);
		if (check(&t).status != cases[i].status)
			fail_msg("%s: %d", cases[i].name, check(&t).status);
	}
	struct trial t = begin(*state, "GET", "/");
	while (t.in.n_headers < GATE_MAX_HEADERS)
		header(&t, "X-A", "1");
	assert_int_equal(check(&t).status, 0);
	header(&t, "X-A", "1");
	assert_int_equal(check(&t).status, 431);
}

static void versions_beyond_one_are_refused(void **state)
{
	struct trial t = begin(*state, "GET", "/");
	t.in.version = STR("1.0");
	assert_int_equal(check(&t).status, 0);
	t.in.version = STR("2.0");
	assert_int_equal(check(&t).status, 505);
	t.in.version = STR("1.10");
	assert_int_equal(check(&t).status, 505);
}

static int setup(void **state)
{
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
		cmocka_unit_test(paths_are_decoded_once),
		cmocka_unit_test(paths_with_two_meanings_are_refused),
		cmocka_unit_test(queries_keep_their_bytes_in_bounds),
		cmocka_unit_test(lengths_have_one_reading),
		cmocka_unit_test(a_second_header_is_not_chosen_from),
		cmocka_unit_test(hosts_are_ours_or_marked),
		cmocka_unit_test(methods_are_told_apart),
		cmocka_unit_test(headers_are_tokens_and_printable),
		cmocka_unit_test(versions_beyond_one_are_refused),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
