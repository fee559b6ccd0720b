/*
 * A small site on a free port, for the tests of http/: a page, a form, an upload, a secret, with
 * templates of its own in a temporary directory; and a client that speaks raw bytes.
 */
#ifndef TESTS_HTTP_FIXTURE_H
#define TESTS_HTTP_FIXTURE_H

#include <stdatomic.h>

#include "http/server.h"

#define TEST_HOST "symposium.example"

struct site {
	struct arena *arena;
	struct http_server *server;
	int port;
	char directory[64];
	struct assets *assets;
	struct i18n *i18n;
	struct templates *templates;
	/* what the hooks and handlers have seen */
	unsigned n_enters, n_leaves, n_pages, n_posts, n_aborts, n_commits;
	uint64_t revision;
	size_t n_uploaded_bytes;
	atomic_bool is_slow_running;
};

struct site_options {
	int lifetime_s;      /* 0: 5 */
	int max_per_address; /* 0: no cap */
	int n_threads;       /* 0: 16 */
	bool is_behind_proxy;
	const char *base_url; /* NULL: http://TEST_HOST */
};

struct site *site_new(struct site_options options);
void site_free(struct site *s);
/* For cmocka: *state is a site with the usual options; site_stop frees any. */
int site_start(void **state);
int site_stop(void **state);

/* Sends the bytes and reads to the end of the connection, at most 10 s; NUL-terminated. */
const char *site_talk(struct site *s, const char *bytes, size_t n);
/* printf for the whole request. */
const char *site_ask(struct site *s, const char *format, ...) PRINTF_LIKE(2, 3);
int site_connect(const struct site *s);
/* Everything that comes on the socket until its end; closes it. */
const char *site_read(struct site *s, int fd, size_t *n);

int answer_status(const char *answer);
/* The value of a header, NULL when absent. */
const char *answer_header(struct site *s, const char *answer, const char *name);
const char *answer_body(const char *answer);
/* How many status lines stand in it. */
int answer_count(const char *answer);
/* Every header of the set that each answer must carry; fails the test with the name. */
void answer_check_headers(struct site *s, const char *answer);

/* A fresh token and the cookies that go with it, by drawing the form of /summit/form. */
struct visit {
	const char *token, *cookies, *key;
};
struct visit site_visit(struct site *s, const char *cookies);

/* Every answer of these is checked for its headers, and for being one. headers: whole lines. */
const char *site_get(struct site *s, const char *path, const char *headers);
const char *site_post_as(
	struct site *s, const char *path, const char *headers, const char *type, const char *body);
/* With the token and cookies of a visit, as a form or as JSON. */
const char *site_post(struct site *s, const struct visit *v, const char *path, const char *body);
const char *site_post_json(
	struct site *s, const struct visit *v, const char *path, const char *body);

void assert_holds(const char *answer, const char *text);
void assert_lacks(const char *answer, const char *text);

#endif
