/*
 * A POST must come from our own page: it carries a token that only our pages can show, and the
 * browser's own word on where it comes from (Origin, Sec-Fetch-Site) must not contradict.
 *
 * Token: 16 random bytes and, xored with them, 16 bytes of HMAC(secret, binding), in hex; the mask
 * makes each one different, so that compression tells nothing. The binding is the session's key,
 * or for a stranger the value of the visitor cookie.
 */
#ifndef HTTP_CSRF_H
#define HTTP_CSRF_H

#include "http/request.h"

/*
 * A token for a form on this page, or for the layout's own small forms (in the frame hook). Makes
 * the page uncacheable; for a stranger without the visitor cookie it sets one.
 */
const char *csrf_token(struct request *rq);

/* After the enter hook: the visitor cookie, if it is sound, is the key of a stranger. */
void csrf_adopt_visitor(struct request *rq);

/* Constant time in the token. false for NULL. */
bool csrf_is_valid(struct request *rq, const char *token);

/* false when the browser says that another site sent this. */
bool csrf_is_same_origin(const struct request *rq);

#endif
