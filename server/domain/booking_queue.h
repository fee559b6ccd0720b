/* The waiting list of a session whose row is held: private to the files booking*.c. */
#ifndef DOMAIN_BOOKING_QUEUE_H
#define DOMAIN_BOOKING_QUEUE_H

#include "domain/booking.h"

struct queue_session {
	int64_t id, starts_at;
	const char *title;
};

/*
 * A seat that is counted as taken has lost its holder: it becomes the offer of the one who has
 * waited longest, with a mail; free when nobody waits or booking is not open.
 */
enum rc booking_pass_on(struct tx *tx, const struct queue_session *s,
	const struct booking_scene *scene, struct err *err) NODISCARD;

/* Ends the offers nobody has answered, each passed on; *n_ended of them. */
enum rc booking_end_lapsed(struct tx *tx, const struct queue_session *s,
	const struct booking_scene *scene, size_t *n_ended, struct err *err) NODISCARD;

#endif
