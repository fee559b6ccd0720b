/* The layout of an event's badges: one that its organisers made, in place of a built-in one. */
#ifndef DOMAIN_BADGE_LAYOUT_H
#define DOMAIN_BADGE_LAYOUT_H

#include "domain/actor.h"
#include "store/db.h"

/* What the print worker takes is looked at before; the text is kept as it is. */
struct badge_layout_save {
	const struct actor *actor;
	const char *layout; /* JSON */
	int64_t rev;        /* of the layout as it was shown; 0: there was none */
};
/* tx_fn. CONFLICT on a stale rev. */
enum rc badge_layout_save(struct tx *tx, void *arg, struct err *err) NODISCARD;

#endif
