/*
 * A question to a solver and what it proposes: a row of proposal, worked out by a task of the queue
 * (jobs/solving.h). It is made of what its asker may see when it is worked out, with the roles they
 * had when they asked; only they ever get it.
 *
 * waiting -> running -> done | failed; both of the former -> cancelled; running -> waiting when the
 * server stops meanwhile. A proposal that is done can be accepted once, and that undone once.
 */
#ifndef DOMAIN_PROPOSAL_H
#define DOMAIN_PROPOSAL_H

#include "domain/actor.h"
#include "store/db.h"

enum { PROPOSAL_KEPT_DAYS = 30, PROPOSAL_MAX_BYTES = 16 << 20, PROPOSAL_MAX_SECONDS = 600 };

struct proposal_ask {
	const struct actor *actor;
	const char *code;    /* made by the caller */
	const char *kind;    /* "assignment", "allocation", "timetable" */
	const char *options; /* JSON: what was chosen; planning/<kind>_plan.h */
	int64_t seed;        /* 1 .. 2^31 */
	int64_t seconds;     /* the solver may take so long */
};
/* tx_fn. CONFLICT while another of theirs of that kind is under way. */
enum rc proposal_ask(struct tx *tx, void *arg, struct err *err) NODISCARD;

struct proposal_cancel {
	const struct actor *actor;
	const char *code;
};
/* tx_fn. CONFLICT when it is over already; its page says what came of it. */
enum rc proposal_cancel(struct tx *tx, void *arg, struct err *err) NODISCARD;

/*
 * Within the transaction that does what it proposes, or puts that back: undo says how, as JSON.
 * CONFLICT when that was done already.
 */
enum rc proposal_accepted(struct tx *tx, const struct actor *actor, int64_t id, const char *code,
	const char *undo, struct err *err) NODISCARD;
enum rc proposal_undone(struct tx *tx, const struct actor *actor, int64_t id, const char *code,
	struct err *err) NODISCARD;

#endif
