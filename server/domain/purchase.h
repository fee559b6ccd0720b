/*
 * Purchases: a payer, lines, and what has come in. Most are paid by bank transfer some weeks later,
 * with the purchase's code as reference; the organisers record what arrives. A purchase of nothing
 * is paid from the start. What is cancelled keeps its payments until they are refunded.
 */
#ifndef DOMAIN_PURCHASE_H
#define DOMAIN_PURCHASE_H

#include "domain/actor.h"
#include "store/db.h"

/* Who pays. All empty: the person themself. */
struct payer {
	const char *name, *email, *address, *reference;
};

bool payer_is_empty(const struct payer *p);
/* Field errors payer_name, payer_email: somebody else pays, and an invoice could not reach them. */
enum rc payer_check(const struct payer *p, struct err *err) NODISCARD;

struct purchase_new {
	const char *code;
	struct payer payer; /* complete */
	const char *currency;
	const char *title; /* of its one line */
	int64_t amount;    /* minor units */
	int64_t registration_id;
	/* out */
	int64_t id;
	bool is_paid;
};
/* Inside the transaction of a registration. */
enum rc purchase_create(struct tx *tx, struct purchase_new *p, struct err *err) NODISCARD;

struct payer_change {
	const struct actor *actor;
	int64_t purchase_id, rev;
	const char *purchase_code;
	struct payer payer;
};
/* tx_fn. CONFLICT: stale, or nothing is owed any more. */
enum rc payer_change(struct tx *tx, void *arg, struct err *err) NODISCARD;

struct payment_add {
	const struct actor *actor;
	const char *code; /* made by the caller */
	int64_t purchase_id;
	int64_t amount;     /* minor units, more than 0 also for a refund */
	const char *method; /* bank, card, cash, waived, refund */
	const char *reference;
	const char *received_on;
	const char *today_on; /* in the event's zone */
	const char *event_title,
		*url; /* for the receipt; url: the payer's page of the registration */
};
/*
 * tx_fn. Field errors method, amount (a refund of more than has come in), received_on (a day to
 * come). The purchase becomes paid or open by what has come in; a payer gets a receipt, unless it
 * was waived or paid back.
 */
enum rc payment_add(struct tx *tx, void *arg, struct err *err) NODISCARD;

struct payment_text_change {
	const struct actor *actor;
	const char *text;
	int64_t rev; /* 0: there was none */
};
/* tx_fn: how to pay, as the registration page and its mail tell it. CONFLICT when stale. */
enum rc payment_text_change(struct tx *tx, void *arg, struct err *err) NODISCARD;

#endif
