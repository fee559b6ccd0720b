/*
 * Errors as answers. HTML: template "error" with the layout; the page half of its model is
 *   status, title, detail, reference, links[] {href, label, is_main}, errors[] {field, text}
 * and when no template can be rendered (before the server knows who is asking, or when the
 * template itself is at fault) a small page of our own. JSON: application/problem+json (RFC 9457)
 *   {type, title, status, detail, fields {name: message}, instance}
 * whose type ends in the stable word of rc_name().
 */
#ifndef HTTP_PROBLEM_H
#define HTTP_PROBLEM_H

#include "http/respond.h"

struct problem {
	int status;
	const char *word;      /* NULL: by status */
	const char *message;   /* NULL: by status; what to do next, in the reader's language */
	const struct err *err; /* its fields are listed; may be NULL */
	const char *allow;
	int retry_after_s;
	bool is_bare; /* no template, no hooks: the request was refused at the gate */
};

void problem_send(struct request *rq, const struct problem *problem);

/* By rq->err: status, word, message and fields. */
void problem_send_err(struct request *rq, const struct err *err);

#endif
