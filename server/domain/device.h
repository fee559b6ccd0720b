/*
 * A phone paired for the door of one event. The organiser makes a link; whoever opens it first has
 * the device, and the link is dead. Its token opens the three routes of checking in (CAP_CHECKIN)
 * and nothing else, until midnight after the last day or until it is revoked.
 */
#ifndef DOMAIN_DEVICE_H
#define DOMAIN_DEVICE_H

#include "domain/actor.h"
#include "store/db.h"

struct device_add {
	const struct actor *actor;
	const struct event *event;
	const char *name;  /* what people call it: "Desk B" */
	const char *code;  /* made by the caller */
	const char *token; /* of the link; only its hash is kept */
};
/* tx_fn. Works until midnight after the last day. CONFLICT: the event is over. */
enum rc device_add(struct tx *tx, void *arg, struct err *err) NODISCARD;

struct device_pair {
	const char *link_token, *token; /* token: the device's own from now on */
};
/* tx_fn: takes the link, once. GONE: taken, revoked, over or unknown. */
enum rc device_pair(struct tx *tx, void *arg, struct err *err) NODISCARD;

struct device_revoke {
	const struct actor *actor;
	const char *code;
};
/* tx_fn. Revoking twice changes nothing; NOT_FOUND when there is no such device. */
enum rc device_revoke(struct tx *tx, void *arg, struct err *err) NODISCARD;

/* The device of a cookie: paired, not revoked, not over. */
enum rc device_find(struct db *db, struct arena *a, int64_t event_id, const char *token,
	int64_t now_ms, struct q_device_by_token *out, bool *found, struct err *err) NODISCARD;

#endif
