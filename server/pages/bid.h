/* What several pages say about bidding. */
#ifndef PAGES_BID_H
#define PAGES_BID_H

#include "domain/bid.h"
#include "pages/page.h"

/*
 * bidding {is_open, is_past, opens_at, until.at}: from when and until when; nothing of it where the
 * call has no such dates.
 */
void put_bidding(struct request *rq, struct vm *vm, const struct call *call);

/* The reasons of a conflict that a reviewer may give, as options of `form`'s field "reason". */
void put_conflict_reasons(struct request *rq, struct form_view *form);
/* The reason that was sent; NULL, with a field error, when it is none of them. */
const char *conflict_reason_sent(struct request *rq);

#endif
