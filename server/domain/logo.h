/* The logos of an event: few, small, in an order, each with words for those who do not see it. */
#ifndef DOMAIN_LOGO_H
#define DOMAIN_LOGO_H

#include "domain/actor.h"
#include "store/db.h"

/* All of them together go along with every document that is printed. */
enum { LOGOS_MAX = 8, LOGO_MAX_BYTES = 500000 };

struct logo_add {
	const struct actor *actor;
	const char *code; /* made by the caller */
	const char *alt;
	const char *sha256, *mime_type; /* of a stored blob that was found to be a sound picture */
	int64_t size_bytes;
};
/* tx_fn. It becomes the last. Field error `file` when there are LOGOS_MAX. */
enum rc logo_add(struct tx *tx, void *arg, struct err *err) NODISCARD;

struct logo_act {
	const struct actor *actor;
	const char *code;
};
/* tx_fn: one place forward; the first stays where it is. NOT_FOUND when there is no such logo. */
enum rc logo_move_up(struct tx *tx, void *arg, struct err *err) NODISCARD;
/* tx_fn. NOT_FOUND when there is no such logo. */
enum rc logo_remove(struct tx *tx, void *arg, struct err *err) NODISCARD;

#endif
