/*
 * What is refused before anything is parsed. CivetWeb accepts too much (both framings at once,
 * signs in a Content-Length, two Hosts, NUL in a path): whatever two programs in a row could read
 * differently is answered here with 4xx and a closed connection.
 *
 * Pure: no socket, no clock, no server; tests and the fuzzer call it directly.
 */
#ifndef HTTP_GATE_H
#define HTTP_GATE_H

#include "base/str.h"
#include "http/request.h"

enum {
	GATE_MAX_PATH_BYTES = 2048,
	GATE_MAX_QUERY_BYTES = 8192,
	GATE_MAX_HEADERS = 63, /* CivetWeb drops the 65th without a word: 64 may have been more */
	GATE_MAX_HEADER_BYTES = 8192, /* of one value */
	GATE_MAX_HEAD_BYTES = 16384,  /* of all names and values */
	GATE_MAX_BODY_BYTES = 32 << 20,
	GATE_MAX_FORM_BYTES = 1 << 20, /* on routes without ROUTE_UPLOAD */
};

struct gate_input {
	struct str method;
	struct str target;  /* the path as sent, before any decoding, without the query */
	struct str query;   /* without '?' */
	struct str version; /* "1.1" */
	const struct header *headers;
	size_t n_headers;
	/* Accepted values of Host, lower case: "symposium.example.org", "127.0.0.1:8080". */
	const char *const *hosts;
	size_t n_hosts;
};

struct gate_verdict {
	int status;         /* 0: may pass; else 400 411 413 414 415 417 431 505 */
	const char *reason; /* for the log and the answer: a constant, never bytes of the request */
	bool is_foreign_host; /* the router refuses it, unless the route takes any host */
	bool is_other_method; /* neither GET, HEAD nor POST: 405 with the route's Allow */
	enum method method;
	bool is_head;
	const char *path; /* decoded, without the trailing slash, except "/" itself */
	bool has_trailing_slash;
	int64_t content_length; /* 0 without a body */
	bool expects_continue;
};

struct gate_verdict gate_check(struct arena *a, const struct gate_input *in);

/* Header names are compared without case. */
bool header_is(struct str name, const char *wanted);

#endif
