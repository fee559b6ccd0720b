/*
 * The body of a POST: how large and of which type it may be, and its way to raw pairs. Plain bodies
 * are read before the enter hook, so that no database handle waits for a slow client; uploads
 * after the right to send them is known, and file parts only after the token has been seen.
 */
#ifndef HTTP_BODY_H
#define HTTP_BODY_H

#include "http/exchange.h"

enum body_kind { BODY_NONE, BODY_FORM, BODY_JSON, BODY_MULTIPART };

/* 0, or the status to refuse with: 413 too large, 415 not a type we read. */
int body_check(struct request *rq, enum body_kind *kind);

/* Fills exchange->pairs. 0, or 400 (rq->err says why), 408, 413. */
int body_read(struct request *rq, enum body_kind kind);

/*
 * The same for multipart: fields to pairs, files to the upload hooks as they arrive. Also 403 when
 * a file comes before a valid csrf_token (rq->err is set), and 500 when a hook fails.
 */
int body_read_upload(struct request *rq);

/* Is the token in the header or in the pairs valid, or none needed? */
bool body_has_token(struct request *rq);

/* "poster.pdf" from "C:\\talks\\poster.pdf", without controls, at most 120 characters. */
const char *upload_file_name(struct arena *a, const char *sent);

#endif
