/*
 * A form that arrives when its sender is no longer signed in. Nothing typed may be lost: instead of
 * a redirect, template "signin/again" carries it along in hidden fields, to be sent once more after
 * signing in in another tab (the stale token then only shows the form again, filled in). Model:
 *   action, signin_href, fields[] {name, value}
 * Secrets and files are not carried.
 */
#ifndef HTTP_RESEND_H
#define HTTP_RESEND_H

#include "http/exchange.h"

/* false, with nothing sent, when there is nothing to carry or no page that shows the form. */
bool resend_offer(struct request *rq);

#endif
