/*
 * Cookies in and out. On an https base URL every cookie is named "__Host-…", Secure, and only that
 * spelling is read, so that no neighbouring host can plant one. Always HttpOnly, SameSite=Lax and
 * Path=/, except the reader's zone, which a script writes.
 */
#ifndef HTTP_COOKIES_H
#define HTTP_COOKIES_H

#include "http/exchange.h"

/* Adds a "Set-Cookie: …" line. The value must consist of cookie octets (RFC 6265); asserted. */
void cookie_write(struct buf *head, const struct http_server *server, const struct cookie *cookie);

/* Letters, digits and -._~%!$&'()*+/:=?@ : nothing that ends or splits a cookie. */
bool cookie_is_clean(const char *value);

#endif
