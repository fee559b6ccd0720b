/*
 * Registrations: one person, one ticket, one place counted against its type. Places are never sold
 * twice: the type's row is raised by one conditional UPDATE, which is the first statement of every
 * transaction here (TX_HOT), and everything else follows from having got it.
 *
 * What people need at table or to take part (registration_need) is told by consent, read by the
 * person, the catering role and organisers, and erased thirty days after the event.
 */
#ifndef DOMAIN_REGISTRATION_H
#define DOMAIN_REGISTRATION_H

#include "domain/purchase.h"

enum { NEEDS_KEPT_DAYS = 30 };

/* The day on which needs are erased: "2027-10-10". */
const char *needs_erase_on(struct arena *a, const struct event *event);

/* What stands on a form of registration. */
struct registration_text {
	const char *ticket; /* code of the type */
	const char *badge_name, *badge_affiliation;
	const char *dietary, *access_needs;
	struct payer payer; /* empty: the person */
};

/* What its mail says beside it. */
struct registration_links {
	const char *url;          /* absolute: the person's page of it */
	const char *payment_text; /* how to pay; "" when the organisers have not said */
};

struct registration_create {
	const struct actor *actor; /* with an account */
	const struct event *event;
	struct registration_text text;
	struct registration_links links;
	const char *code, *purchase_code; /* made by the caller */
	const char *ticket_key;           /* app_key(app, "ticket") */
	int64_t now_ms;
};
/*
 * tx_fn, TX_HOT: one's own. CONFLICT: registration is not open, or one is registered. Field errors
 * ticket (sold out, no longer sold, unknown), payer_name, payer_email. Somebody who had cancelled
 * gets a new code and ticket. A ticket that costs nothing is paid.
 */
enum rc registration_create(struct tx *tx, void *arg, struct err *err) NODISCARD;

struct registration_add {
	const struct actor *actor; /* an organiser or treasurer */
	const struct event *event;
	const char *name, *email; /* "": no mail is sent */
	struct registration_text text;
	struct registration_links links;
	const char *code, *purchase_code, *ticket_key;
};
/*
 * tx_fn, TX_HOT: somebody at the desk, or invited. After the closing date too, but never more
 * than there are places. Field error email: this person is registered.
 */
enum rc registration_add(struct tx *tx, void *arg, struct err *err) NODISCARD;

struct registration_change {
	const struct actor *actor;
	const struct event *event;
	int64_t id, rev;
	const char *code;
	const char *badge_name, *badge_affiliation;
	bool has_needs; /* only the person's own form carries them */
	const char *dietary, *access_needs;
};
/* tx_fn. CONFLICT: stale, or cancelled. */
enum rc registration_change(struct tx *tx, void *arg, struct err *err) NODISCARD;

struct registration_cancel {
	const struct actor *actor;
	const struct event *event;
	const struct q_registration_by_code *row;
	const char *url; /* absolute: the event's page of masterclasses */
	int64_t now_ms;
};
/*
 * tx_fn, TX_HOT. The place and every booked seat go to who waits, wishes and needs are erased, the
 * purchase is cancelled; what was paid stays there to be refunded. CONFLICT: cancelled already, or checked in.
 */
enum rc registration_cancel(struct tx *tx, void *arg, struct err *err) NODISCARD;

struct ticket_renew {
	const struct actor *actor;
	const struct q_registration_by_code *row;
	const char *ticket_key;
};
/* tx_fn. What was printed or sent before no longer opens the door. CONFLICT when stale. */
enum rc ticket_renew(struct tx *tx, void *arg, struct err *err) NODISCARD;

/* tx_fn, arg: const char *today_on in the event's zone. For the daily task. */
enum rc registration_erase_needs(struct tx *tx, void *arg, struct err *err) NODISCARD;

#endif
