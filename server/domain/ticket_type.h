/*
 * What can be bought: a row a kind of ticket, with its price, how many there are, and until when it
 * is sold. An early fee is a type of its own that closes early. Prices already paid never change: a
 * purchase keeps its lines.
 */
#ifndef DOMAIN_TICKET_TYPE_H
#define DOMAIN_TICKET_TYPE_H

#include "domain/actor.h"
#include "store/db.h"

enum { TICKET_TYPES_MAX = 40 };

enum ticket_sale { TICKET_ON_SALE, TICKET_SOLD_OUT, TICKET_NOT_SOLD };

/* Sold out comes first: it is the more useful thing to know. */
enum ticket_sale ticket_sale_of(const struct q_ticket_types_of_event *type, int64_t now_ms);

struct ticket_row {
	const char *code; /* "" for a new one */
	const char *title, *description;
	int64_t price, capacity; /* price in minor units */
	int64_t closes_at;       /* 0: none of its own */
	size_t number;           /* of the row in the form, for its errors */
};

struct ticket_types_change {
	const struct actor *actor;
	const struct ticket_row *rows; /* in the order to be shown */
	size_t n_rows;
	int64_t event_rev; /* of the event as the form was made */
};
/*
 * tx_fn. Types that are not among the rows go. Field errors ticket.N.title, ticket.N.capacity (less
 * than is taken), ticket.N.code (unknown); `ticket` when a type somebody has a ticket of would go.
 * CONFLICT when stale.
 */
enum rc ticket_types_change(struct tx *tx, void *arg, struct err *err) NODISCARD;

#endif
