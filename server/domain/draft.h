/*
 * Write first, account later. A text saved by somebody who is not signed in belongs to the address
 * they gave, unproved: only the browser that wrote it can go on (a token in a signed cookie), and
 * no account sees it, on any device, until the mailed link is followed.
 */
#ifndef DOMAIN_DRAFT_H
#define DOMAIN_DRAFT_H

#include "base/clock.h"
#include "domain/actor.h"
#include "store/db.h"

/* What was sent in time counts if its address is proved within this long. */
#define DRAFT_PROOF_MS (24 * HOUR_MS)

struct draft_claim {
	int64_t account_id;
	int64_t submission_id;
};

/*
 * tx_fn: gives the text to the account's person of this event. A submission sent longer than
 * DRAFT_PROOF_MS ago and never proved becomes a draft again; nothing of it is lost. Repeating it
 * changes nothing.
 */
enum rc draft_claim(struct tx *tx, void *arg, struct err *err) NODISCARD;

#endif
