/* The steps of serve.c that a POST takes too. Each answers the request when it says false. */
#ifndef HTTP_SERVE_STEPS_H
#define HTTP_SERVE_STEPS_H

#include "http/exchange.h"

/* The enter hook: actor and event. */
bool serve_enter(struct request *rq);
/* The capability of the route; a stranger is sent to sign in. */
bool serve_right(struct request *rq);
/* The query as raw pairs. */
bool serve_query(struct request *rq, struct pairs *pairs);

/* Always false. why: a constant word for the log, or NULL. */
bool serve_refuse(struct request *rq, int status, const char *why);
/* The same when the body was refused or could not be read: rq->err may say why. */
bool serve_refuse_body(struct request *rq, int status);
/* A hook or handler has failed: its error, or what its rc says. */
void serve_fail(struct request *rq, enum rc rc);

void serve_post(struct request *rq);

#endif
