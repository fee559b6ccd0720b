/*
 * From a view model to an answer: HTML by template, or the data half as JSON.
 */
#ifndef HTTP_SHOW_H
#define HTTP_SHOW_H

#include "http/exchange.h"
#include "http/respond.h"

/* An empty model in the format of the hooks. */
struct vm *show_model(struct request *rq);

/* The layout's part; HTML only, before show_leave. */
void show_frame(struct request *rq, struct vm *vm);

/* Calls the leave hook if the enter hook ran and it has not been called since. */
void show_leave(struct request *rq);

/* INTERNAL, logged, when the template is unknown or fails. */
enum rc show_render(struct request *rq, const char *template_name, const struct vm *vm,
	struct str *html) NODISCARD;

/* What a handler had chosen for its success is void; cookies stay (a dead session's deletion). */
void show_forget_reply(struct request *rq);

/* A sentence of ours in the reader's language. */
const char *show_say(const struct request *rq, const char *sentence);

/*
 * The handler has said OK: answers by rq->reply. status 0: the usual one; else that of a page shown
 * again. revision: not 0 when the answer may be kept for other strangers (http/cache.h).
 */
void show_result(struct request *rq, struct vm *vm, int status, uint64_t revision);

#endif
