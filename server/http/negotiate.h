/* What the client would like: HTML or JSON, compressed or not. Never refuses: HTML is the default.
 */
#ifndef HTTP_NEGOTIATE_H
#define HTTP_NEGOTIATE_H

#include "http/request.h"

/*
 * JSON when the path ends in .json, when Accept prefers it to HTML (a named type beats a wildcard
 * of the same weight), or when the body is JSON and Accept does not ask for HTML by name.
 */
bool negotiate_wants_json(const struct request *rq);
bool negotiate_takes_gzip(const struct request *rq);

/* Essence of a Content-Type: compares type/subtype without case, ignoring parameters. */
bool mime_is(const char *content_type, const char *wanted);

#endif
