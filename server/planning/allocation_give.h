/*
 * Carrying out what planning/allocation_plan.h proposes: giving the seats, taking them back, moving
 * people into free ones.
 *
 * Each is prepared before its transaction, from the proposal and the rows as they are, and refused
 * unless these are the rows it was made of; the transaction reads them again and compares. So what is
 * done is what was shown, or nothing.
 */
#ifndef PLANNING_ALLOCATION_GIVE_H
#define PLANNING_ALLOCATION_GIVE_H

#include "planning/allocation_outcome.h"
#include "domain/proposal.h"
#include "base/json.h"

/* What every such act needs to know to decide, and to write to those it concerns. */
struct allocation_scene {
	const struct actor *actor;
	const struct event *event;
	const char *url; /* absolute: the page of one's own wishes */
	int64_t proposal_id;
	const char *proposal_code;
	int64_t now_ms;
};

/* ---- giving ---- */

struct allocation_person {
	const struct q_allocation_wishers *row;
	const struct allocation_outcome *outcome;
	const char *seats_text; /* a line each: title and time; "" for none */
};

struct allocation_give {
	struct allocation_scene scene;
	const char *method;
	int64_t seed;
	int64_t n_expected; /* seats, as the organiser has typed them */
	/* prepared: */
	struct allocation_rows rows;
	const char *rows_text;
	struct allocation_person *people; /* everybody who wished */
	size_t n_people;
	int64_t *n_given; /* by session */
	const char **booking_codes;
	size_t n_seats;
	const char *file;
	const char *figures;
};

/*
 * From the result of a proposal, which it uses up, and a method of it. NOT_FOUND: it has no such method. CONFLICT: the
 * rows are others now.
 */
enum rc allocation_give_prepare(struct db *db, struct arena *a, cJSON *result,
	struct allocation_give *g, struct err *err) NODISCARD;

/*
 * tx_fn. Every seat becomes a booking, each of which is counted; outcomes are told, a mail goes to
 * everybody who wished, the result is published, booking opens for what is left: all of it or nothing.
 * CONFLICT: wishes can still be changed, the seats are given, the rows have changed. Field error
 * expected: not the number of seats.
 */
enum rc allocation_give(struct tx *tx, void *arg, struct err *err) NODISCARD;

/* ---- taking back ---- */

/* May all be taken back? CONFLICT says why not: somebody has acted on what they were given. */
enum rc allocation_may_take_back(struct db *db, struct arena *a, int64_t event_id,
	struct err *err) NODISCARD;

struct allocation_take_back {
	struct allocation_scene scene; /* its proposal: as allocation_get() tells it */
};
/* tx_fn. The bookings go, the result is public no more, everybody is written to. */
enum rc allocation_take_back(struct tx *tx, void *arg, struct err *err) NODISCARD;

/* ---- moving ---- */

struct allocation_step {
	struct q_wisher_by_code who;
	const struct q_allocation_sessions *from; /* NULL: a seat more */
	const struct q_allocation_sessions *to;
	const char *booking_code;
};

struct allocation_move {
	struct allocation_scene scene;
	/* prepared: */
	struct allocation_rows rows;
	const char *rows_text;
	struct allocation_step *steps; /* the first one takes the free seat */
	size_t n_steps;
};

/* From the result of a proposal. CONFLICT: the rows are others now. */
enum rc allocation_move_prepare(struct db *db, struct arena *a, const cJSON *result,
	struct allocation_move *m, struct err *err) NODISCARD;

/* tx_fn. A seat that is left free in the end goes to who waits for it, if anybody does. */
enum rc allocation_move(struct tx *tx, void *arg, struct err *err) NODISCARD;

#endif
