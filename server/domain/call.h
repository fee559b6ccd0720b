/*
 * The call for abstracts, posters and workshops: its window, types with word limits, themes. The
 * server's clock decides, at the moment a complete request has arrived.
 */
#ifndef DOMAIN_CALL_H
#define DOMAIN_CALL_H

#include "domain/actor.h"
#include "store/db.h"

struct call {
	struct q_calls_of_event row;
	const struct zone *deadline_zone;
	struct q_types_of_event *types; /* of all calls; compare call_id */
	size_t n_types;
	struct q_themes_of_event *themes;
	size_t n_themes;
};

/* The event's call. NOT_FOUND when it has none. */
enum rc call_load(struct db *db, struct arena *a, int64_t event_id, struct call *out,
	struct err *err) NODISCARD;

enum call_phase { CALL_UNPUBLISHED, CALL_NOT_YET, CALL_OPEN, CALL_CLOSED };
enum call_phase call_phase_at(const struct call *call, int64_t now_ms);

/* While reviewers may bid: from the one instant to the other, when there are such. */
bool call_is_bidding(int64_t bids_open_at, int64_t bids_close_at, int64_t now_ms);

/* The end of the minute that a deadline names: "until 23:59" takes what comes at 23:59:59. 0 stays. */
int64_t call_deadline(int64_t at_ms);

/* By public code; NULL when there is none. */
const struct q_types_of_event *call_type(const struct call *call, const char *code);
const struct q_themes_of_event *call_theme(const struct call *call, const char *code);

struct call_change {
	const struct actor *actor;
	struct q_call_update_in row;
};
/*
 * tx_fn. CONFLICT on a stale rev; field errors: closes_at when it is not after opens_at, bids_open_at
 * or bids_close_at when the other is missing or they are the wrong way round.
 */
enum rc call_change(struct tx *tx, void *arg, struct err *err) NODISCARD;

#endif
