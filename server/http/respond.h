/*
 * The way out. Every byte the server sends as an answer leaves through answer_send or
 * answer_send_file, so the header set of every answer is complete by construction: policy headers,
 * Vary, Cache-Control, Date, Connection, cookies. Header and body are one buffer and one write.
 */
#ifndef HTTP_RESPOND_H
#define HTTP_RESPOND_H

#include "http/exchange.h"

enum cache_policy {
	CACHE_NEVER,      /* no-store: an error, or anything with a session */
	CACHE_PRIVATE,    /* private, no-cache: a stranger's own page; "back" still knows what was
			     typed */
	CACHE_REVALIDATE, /* no-cache: may be kept, must be asked for */
	CACHE_FOR_EVER,   /* immutable: the name carries the hash */
};

struct answer {
	int status;
	const char *mime_type; /* NULL without a body */
	struct str body;
	struct str gzipped; /* a twin made before; n == 0: compressed here when worthwhile */
	const char *etag;   /* without quotes; the twin's gets "-gz" */
	enum cache_policy caching;
	const char *location;
	const char *allow;
	int retry_after_s;
	const char *file_name;
	bool is_attachment;
	bool is_sandboxed; /* somebody else's file */
	bool asks_for_bearer;
};

/* Turns into 304 when the client has the ETag. Once per request; asserted. */
void answer_send(struct request *rq, const struct answer *answer);

/* A file from disk in pieces. NOT_FOUND, with nothing sent, when it cannot be opened. */
enum rc answer_send_file(
	struct request *rq, const struct answer *answer, const char *path) NODISCARD;

/* "Not Found" for the status line and titles; English. */
const char *status_phrase(int status);

#endif
