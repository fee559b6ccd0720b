/*
 * Places in sessions that have few of them: masterclasses.
 *
 * A seat is got by one conditional UPDATE of session.taken and by nothing else; taken counts booked
 * and offered seats. Every act takes the session's row first (TX_HOT), then the registration's, so
 * that acts on one session, and of one person, come one after the other on both engines.
 *
 * Nobody has two places at the same time, nor a place in two repeats of one masterclass, nor one
 * while they are needed elsewhere. A seat that becomes free is offered to whoever has waited
 * longest, for a day or until booking closes; who does not answer loses it to the next. While
 * booking is not open a freed seat just stays free.
 */
#ifndef DOMAIN_BOOKING_H
#define DOMAIN_BOOKING_H

#include "base/clock.h"
#include "domain/actor.h"
#include "store/db.h"

#define BOOKING_OFFER_MS (24 * HOUR_MS)

enum booking_phase { BOOKING_NOT_YET, BOOKING_OPEN, BOOKING_CLOSED };

/* Without an opening date booking never opens; without a closing one it ends with each session's
 * start, which is the end for every session. Where seats are given by wishes (domain/wish.h), it does
 * not open before they are given. */
enum booking_phase booking_phase_at(const struct event *event, int64_t now_ms);
/* The same for one session; starts_at 0: not placed yet, so not to be booked yet. */
enum booking_phase booking_phase_of(const struct event *event, int64_t starts_at, int64_t now_ms);

/* Until when an offer made now holds: a day, the end of booking, the start of the session. */
int64_t booking_offer_until(const struct event *event, int64_t starts_at, int64_t now_ms);

/* ---- clashes ---- */

/* What a person has, waits for and has to do: read once, asked for every session. */
struct engagements {
	struct q_bookings_of_registration *bookings;
	struct q_duties_of_person *duties;
	size_t n_bookings, n_duties;
};
enum rc engagements_load(struct db *db, struct arena *a, int64_t event_id, int64_t registration_id,
	int64_t person_id, struct engagements *out, struct err *err) NODISCARD;

struct bookable {
	int64_t session_id, masterclass_id, starts_at, ends_at;
};

/*
 * OK when nothing is in the way of a place there; else CONFLICT with a sentence that names the
 * other session and its time in the event's zone. What one only waits for is not in the way. Times
 * that merely touch do not clash.
 */
enum rc booking_clash(const struct engagements *e, const struct bookable *b,
	const struct zone *zone, struct err *err) NODISCARD;

/* ---- the acts ---- */

/* What every act needs to know to decide, and to write to those it concerns. */
struct booking_scene {
	const struct event *event;
	const char *url; /* absolute: the event's page of masterclasses */
	int64_t now_ms;
};

struct booking_take {
	const struct actor *actor;
	struct booking_scene scene;
	const struct q_session_to_book *session;
	int64_t registration_id;
	const char *code; /* of the booking: made by the caller */
	bool may_wait;    /* full: join the waiting list instead of being refused */
	/* out */
	bool is_waiting;
	int64_t place; /* in the waiting list, from 1; 0: has a seat */
};
/*
 * tx_fn, TX_HOT. CONFLICT with the reason: not open, full, others wait first, a clash, there
 * already. A place ends the person's waiting for other repeats of that masterclass.
 */
enum rc booking_take(struct tx *tx, void *arg, struct err *err) NODISCARD;

/*
 * CONFLICT, as booking_take would say it, from what was read before: so a sold-out session costs no
 * write. Somebody who has a place or waits is never refused here: a repeated request must find its
 * first answer.
 */
enum rc booking_refuse_early(const struct booking_take *take, struct err *err) NODISCARD;

struct booking_act {
	const struct actor *actor;
	struct booking_scene scene;
	const struct q_session_to_book *session;
	int64_t registration_id;
};
/* tx_fn, TX_HOT. Gives a place back, declines an offer, leaves the list. NOT_FOUND: has none. */
enum rc booking_release(struct tx *tx, void *arg, struct err *err) NODISCARD;
/* tx_fn, TX_HOT. Takes what was offered. GONE: the time is over. CONFLICT: a clash. */
enum rc booking_accept(struct tx *tx, void *arg, struct err *err) NODISCARD;

/* Within another transaction: everything one registration has, on its cancelling. */
enum rc booking_release_all(struct tx *tx, int64_t registration_id,
	const struct booking_scene *scene, struct err *err) NODISCARD;

/*
 * tx_fn, TX_HOT, arg: struct booking_scene. Takes back what was offered and not answered, and
 * offers every free seat that somebody waits for: after time has passed, and after a session's
 * capacity was raised. Nothing happens when there is nothing to do.
 */
enum rc booking_expire_offers(struct tx *tx, void *arg, struct err *err) NODISCARD;

#endif
