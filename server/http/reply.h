/*
 * The answer. By default a GET answers 200 with its template, or with the data half of the view
 * model as JSON. These calls choose something else. One buffer, one write; headers that every
 * answer carries are added by http/respond.c and cannot be left out.
 */
#ifndef HTTP_REPLY_H
#define HTTP_REPLY_H

#include "base/err.h"
#include "base/str.h"

struct request;

enum reply_kind { REPLY_VIEW, REPLY_REDIRECT, REPLY_BYTES, REPLY_FILE };

struct cookie {
	const char
		*name; /* without prefix; "__Host-" is put before it when the base URL is https */
	const char *value;
	int max_age_s;           /* 0: until the browser closes; < 0: delete */
	bool is_script_readable; /* only the reader's zone */
};

struct reply {
	enum reply_kind kind;
	int status; /* 0: by kind and rc */
	const char *location;
	const char *template_name; /* NULL: the route's */
	const char *mime_type;
	const char *file_name; /* attachment when is_attachment, else inline */
	bool is_attachment;
	struct str bytes;
	const char *etag; /* of bytes; NULL: none. Answered 304 when the reader has them */
	const char *file_path;
	struct cookie cookies[4];
	int n_cookies;
	const char *flash;  /* one sentence the next page shows once (kept in a signed cookie) */
	bool allows_camera; /* the scanner page: Permissions-Policy lets this origin use the camera
			     */
	int retry_after_s;  /* Retry-After of a 429 or 503; 0: 60 and 2 */
};

/* POST done: 303 to an own path; JSON: 200 {"location":…} with the view model's data. */
void reply_to(struct request *rq, const char *path_format, ...) PRINTF_LIKE(2, 3);
/* POST made something: 303; JSON: 201 with Location. */
void reply_created(struct request *rq, const char *path_format, ...) PRINTF_LIKE(2, 3);
/* The sentence at the top of the next page: "Your draft is saved". */
void reply_flash(struct request *rq, const char *format, ...) PRINTF_LIKE(2, 3);
/* Bytes of another kind. file_name NULL: inline without a name. */
void reply_bytes(struct request *rq, const char *mime_type, struct str bytes, const char *file_name,
	bool is_attachment);
/* A stored file: attachment, `Content-Security-Policy: sandbox; default-src 'none'`. */
void reply_file(struct request *rq, const char *mime_type, const char *path, const char *file_name);
void reply_template(struct request *rq, const char *template_name);
void reply_cookie(struct request *rq, const char *name, const char *value, int max_age_s);
/* true for "/…" that is not "//…" nor "/\…" and holds no control bytes: the only redirect targets.
 */
bool is_own_path(const char *path);

/* rc to status, the one table: OK 200, INVALID 422, NOT_FOUND 404, FORBIDDEN 403, CONFLICT 409,
 * GONE 410, TOO_MANY 429, BUSY 503, INTERNAL 500. */
int reply_status_of(enum rc rc);

#endif
