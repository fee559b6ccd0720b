/* The order of the steps, from a request that has passed the gate to its answer. */
#ifndef HTTP_SERVE_H
#define HTTP_SERVE_H

#include "http/exchange.h"
#include "http/gate.h"

/*
 * Answers the request, exactly once. rq holds what came in (method, path, query, headers, address)
 * and an exchange with server, wire and the gate's findings; the rest is filled here. The verdict's
 * status is 0, or the refusal is sent.
 */
void serve(struct request *rq, const struct gate_verdict *verdict);

/* A new request of this arena, ready for serve(): id, clock, error translator, language. */
struct request *serve_begin(struct http_server *server, struct arena *a, struct wire *wire);

/* The log line. */
void serve_log(const struct request *rq);

#endif
