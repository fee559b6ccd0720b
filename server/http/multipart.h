/*
 * multipart/form-data (RFC 7578) as a push parser: bytes come in pieces of any size, parts go out
 * as events, so that an upload never lies in memory. Strict: nothing before the first delimiter,
 * nothing but a line break after the last, no padding, no folded part headers, no filename*.
 */
#ifndef HTTP_MULTIPART_H
#define HTTP_MULTIPART_H

#include "base/err.h"
#include "base/str.h"

enum { MULTIPART_MAX_HEADER_BYTES = 4096, MULTIPART_MAX_BOUNDARY = 70 };

/* Any result but OK stops the parser, which returns it. */
struct multipart_events {
	void *context;
	/* A part begins. file_name is NULL for a plain field, "" for an empty file input. The texts
	 * live in the arena; they are raw bytes without NUL. */
	enum rc (*begin)(void *context, const char *name, const char *file_name);
	enum rc (*data)(void *context, struct str piece);
	enum rc (*end)(void *context);
};

struct multipart;

/* The boundary parameter of a Content-Type value; false unless it is 1..70 of RFC 2046's bytes. */
bool multipart_boundary(struct str content_type, struct str *boundary) NODISCARD;

struct multipart *multipart_new(
	struct arena *a, struct str boundary, const struct multipart_events *events);
enum rc multipart_feed(struct multipart *m, struct str piece, struct err *err) NODISCARD;
/* The body has ended. INVALID unless the closing delimiter was seen. */
enum rc multipart_end(struct multipart *m, struct err *err) NODISCARD;

#endif
