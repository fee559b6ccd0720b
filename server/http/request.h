/*
 * One request, from the gate to the answer. Everything in it lives in its arena, which is emptied
 * when the answer has been sent.
 */
#ifndef HTTP_REQUEST_H
#define HTTP_REQUEST_H

#include "base/err.h"
#include "base/str.h"
#include "base/zone.h"
#include "http/form.h"
#include "http/reply.h"
#include "http/route.h"

struct exchange;

struct header {
	struct str name; /* as sent; compare without case */
	struct str value;
};

struct request {
	struct arena *arena;
	struct err err;

	/* what came in */
	enum method method; /* HEAD is METHOD_GET with is_head */
	bool is_head;
	const char *path;   /* percent-decoded once, clean UTF-8, without the format suffix */
	const char *suffix; /* "json" "csv" "ics" "pdf" when the path ended in one, else NULL */
	struct str query;   /* raw, without '?' */
	const struct header *headers;
	size_t n_headers;
	const char *remote_address; /* the client, through trusted proxies; never logged whole */
	const struct route *route;
	struct form form;    /* only declared fields; parsed and typed before the handler runs */
	bool wants_json;     /* Accept, Content-Type of the body, or suffix */
	bool is_shown_again; /* a GET handler runs to show a refused POST's form again */

	/* who and where: set by the enter hook, opaque to http/ */
	struct app *app;
	struct actor *actor;
	struct event *event;
	struct db *db;
	const char *lang;
	const struct zone *reader_zone; /* from the `zone` cookie, NULL when unknown */
	struct str
		csrf_key; /* the session's; for a stranger the visitor cookie's value, or empty */
	bool is_bearer;   /* authenticated by token: no cookie, so no CSRF token is asked for */
	bool has_session; /* then the answer is never stored by caches */

	int64_t now_ms; /* when the complete request had arrived; deadlines count from here */
	unsigned n_statements; /* run for this request, for the log and for tests */
	const char *id;        /* short random word for log lines and error pages */

	struct reply reply;
	struct exchange
		*exchange; /* what http/ itself keeps (http/exchange.h); no page touches it */
};

/* A parameter of the pattern, "" never: it exists because the route matched. */
const char *path_param(const struct request *rq, const char *name);
/* First header of that name, NULL when absent. */
const char *request_header(const struct request *rq, const char *name);
const char *request_cookie(const struct request *rq, const char *name);
/* The sentence of reply_flash() on the page before, for the frame hook; shown once: whoever asks
 * makes the answer delete it. NULL when there is none. */
const char *request_flash(struct request *rq);

#endif
