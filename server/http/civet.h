/*
 * CivetWeb 1.15 (Debian), reduced to accepting connections and reading request heads. Everything
 * it would do by itself is off or unreachable: files, CGI, WebDAV, WebSockets, its form parser,
 * its error pages, TLS (which crashes with OpenSSL 3), address decoding, header writing.
 */
#ifndef HTTP_CIVET_H
#define HTTP_CIVET_H

#include "http/exchange.h"

struct civet;

/* Listens, but lets no request through before civet_open. INVALID when the port cannot be had. */
enum rc civet_start(struct http_server *server, struct civet **out, struct err *err) NODISCARD;
int civet_port(const struct civet *c);
void civet_open(struct civet *c);
/* Ends at once what still runs; joins. */
void civet_stop(struct civet *c);

/* The last address of X-Forwarded-For: the one our own proxy has written. NULL: not an address. */
const char *civet_forwarded_for(struct arena *a, struct str value);

#endif
