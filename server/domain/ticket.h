/*
 * A ticket is a secret of 128 bits that opens the door for one registration. It is derived from the
 * server's key, so nothing that opens a door is stored: the database holds only its hash, and a
 * badge can be printed again at any time. Raising the serial voids what was printed before.
 */
#ifndef DOMAIN_TICKET_H
#define DOMAIN_TICKET_H

#include "base/str.h"

/* The ticket in the spelling of token_new(): 26 symbols, lower case. key: app_key(app, "ticket").
 */
const char *registration_ticket(struct arena *a, const char *key, int64_t event_id,
	int64_t registration_id, int64_t serial);

/* What registration.ticket_hash holds of it. */
const char *ticket_hash(struct arena *a, const char *ticket);

/*
 * What the QR code says: "HTTPS://SYMPOSIUM.EXAMPLE.ORG/C/0R7…". Scheme and host mean the same in
 * capitals, and capitals alone let 26 symbols and an address fit a code of version 3 (29 modules),
 * which a phone reads from a lanyard. A base URL with a path stays as it is, for paths are
 * case-sensitive.
 */
const char *ticket_payload(struct arena *a, const char *base_url, const char *ticket);

/*
 * The ticket in what a scanner or a person gave: a payload of any host in any case, or the bare
 * symbols, spaces and hyphens dropped. NULL when there is none in it.
 */
const char *ticket_of_scan(struct arena *a, struct str scanned);

#endif
