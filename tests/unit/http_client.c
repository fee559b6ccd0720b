/* The client half of http_fixture.h: raw bytes, and shorthands for what a browser sends. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <arpa/inet.h>
#include <poll.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "http_fixture.h"

#define H "Host: " TEST_HOST "\r\n"

int site_connect(const struct site *s)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)s->port)};
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_true(fd >= 0);
	assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
	return fd;
}

const char *site_read(struct site *s, int fd, size_t *n)
{
	struct buf b = buf_in(s->arena, 64 << 20);
	char piece[8192];
	int64_t until = clock_elapsed_ms() + 10000;
	for (;;) {
		struct pollfd p = {.fd = fd, .events = POLLIN};
		int64_t left = until - clock_elapsed_ms();
		if (left <= 0 || poll(&p, 1, (int)left) <= 0)
			break;
		ssize_t got = recv(fd, piece, sizeof piece, 0);
		if (got <= 0)
			break;
		buf_add(&b, piece, (size_t)got);
	}
	close(fd);
	if (n != NULL)
		*n = b.n;
	return buf_cstr(&b);
}

const char *site_talk(struct site *s, const char *bytes, size_t n)
{
	int fd = site_connect(s);
	for (size_t sent = 0; sent < n;) {
		ssize_t more = send(fd, bytes + sent, n - sent, MSG_NOSIGNAL);
		if (more <= 0)
			break;
		sent += (size_t)more;
	}
	return site_read(s, fd, NULL);
}

const char *site_ask(struct site *s, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	const char *request = arena_vprintf(s->arena, format, args);
	va_end(args);
	return site_talk(s, request, strlen(request));
}

int answer_status(const char *answer)
{
	if (strncmp(answer, "HTTP/1.1 ", 9) != 0)
		return 0;
	int64_t status = 0;
	return str_to_i64((struct str){answer + 9, 3}, &status) ? (int)status : 0;
}

const char *answer_body(const char *answer)
{
	const char *end = strstr(answer, "\r\n\r\n");
	return end != NULL ? end + 4 : "";
}

const char *answer_header(struct site *s, const char *answer, const char *name)
{
	const char *end = strstr(answer, "\r\n\r\n");
	size_t n = strlen(name);
	for (const char *line = strstr(answer, "\r\n"); line != NULL && line < end;
		line = strstr(line, "\r\n")) {
		line += 2;
		if (strncasecmp(line, name, n) == 0 && line[n] == ':')
			return str_dup(
				s->arena, str_trim((struct str){line + n + 1,
						  (size_t)(strstr(line, "\r\n") - line) - n - 1}));
	}
	return NULL;
}

int answer_count(const char *answer)
{
	int n = 0;
	for (const char *p = answer; (p = strstr(p, "HTTP/1.1 ")) != NULL; p += 9)
		n++;
	return n;
}

void answer_check_headers(struct site *s, const char *answer)
{
	static const char *const names[] = {"Content-Security-Policy", "X-Content-Type-Options",
		"Referrer-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy",
		"Permissions-Policy", "Cache-Control", "Vary", "Date", "Connection",
		"X-Frame-Options"};
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (answer_header(s, answer, names[i]) == NULL)
			fail_msg("no %s in:\n%.300s", names[i], answer);
	assert_null(answer_header(s, answer, "Server"));
	const char *policy = answer_header(s, answer, "Content-Security-Policy");
	assert_non_null(strstr(policy, "default-src 'none'"));
	assert_null(strstr(policy, "unsafe"));
	assert_string_equal(answer_header(s, answer, "X-Content-Type-Options"), "nosniff");
	assert_string_equal(answer_header(s, answer, "Referrer-Policy"), "same-origin");
	assert_non_null(strstr(answer_header(s, answer, "Vary"), "Accept-Encoding"));
	const char *type = answer_header(s, answer, "Content-Type");
	if (type != NULL && strncmp(type, "text/", 5) == 0)
		assert_non_null(strstr(type, "charset=utf-8"));
}

static const char *between(struct site *s, const char *text, const char *before, char after)
{
	const char *p = strstr(text, before);
	assert_non_null(p);
	p += strlen(before);
	return arena_strndup(s->arena, p, strcspn(p, (char[]){after, '\0'}));
}

struct visit site_visit(struct site *s, const char *cookies)
{
	struct visit v;
	const char *page = site_ask(s,
		"GET /summit/form HTTP/1.1\r\nHost: " TEST_HOST "\r\nCookie: %s\r\n\r\n", cookies);
	assert_int_equal(answer_status(page), 200);
	v.token = between(s, page, "token=\"", '"');
	v.key = between(s, page, "key=\"", '"');
	const char *set = answer_header(s, page, "Set-Cookie");
	v.cookies = set == NULL
			    ? cookies
			    : arena_printf(s->arena, "%s%s%.*s", cookies,
				      cookies[0] != '\0' ? "; " : "", (int)strcspn(set, ";"), set);
	return v;
}

const char *site_get(struct site *s, const char *path, const char *headers)
{
	const char *answer =
		site_ask(s, "GET %s HTTP/1.1\r\n" H "%s\r\n", path, headers != NULL ? headers : "");
	answer_check_headers(s, answer);
	return answer;
}

const char *site_post_as(
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
const char *site_post(struct site *s, const struct visit *v, const char *path, const char *body)
{
	return site_post_as(s, path, arena_printf(s->arena, "Cookie: %s\r\n", v->cookies),
		"application/x-www-form-urlencoded",
		arena_printf(s->arena, "csrf_token=%s&%s", v->token, body));
}

const char *site_post_json(
	struct site *s, const struct visit *v, const char *path, const char *body)
{
	return site_post_as(s, path,
		arena_printf(s->arena, "Cookie: %s\r\nX-CSRF-Token: %s\r\n", v->cookies, v->token),
		"application/json", body);
}

void assert_holds(const char *answer, const char *text)
{
	if (strstr(answer, text) == NULL)
		fail_msg("no \"%s\" in\n%.3000s", text, answer);
}

void assert_lacks(const char *answer, const char *text)
{
	if (strstr(answer, text) != NULL)
		fail_msg("\"%s\" in\n%.3000s", text, answer);
}
