/*
 * Many changes of the programme at once: what a proposal of a timetable says, or part of it, in one
 * transaction; and back again.
 */
#ifndef DOMAIN_PROGRAMME_REARRANGE_H
#define DOMAIN_PROGRAMME_REARRANGE_H

#include "domain/programme.h"

/* One work: "" as from: it waits for a place; "" as to: it is taken out and waits again. */
struct work_step {
	const char *submission_code, *from_code, *to_code; /* sessions */
	const char *new_code; /* of the presentation, when it is a new one */
	int64_t minutes;      /* of a new one */
};

struct room_step {
	const char *session_code, *room_code;
};

/* A session as it was when the steps were thought out. */
struct session_rev {
	const char *code;
	int64_t rev;
};

struct programme_rearrange {
	const struct actor *actor;
	const struct event *event;
	const struct work_step *works; /* go to the end of their session, in this order */
	const struct room_step *rooms;
	const struct session_rev *revs; /* at least of every session that changes */
	size_t n_works, n_rooms, n_revs;
	int64_t proposal_id;
	const char *proposal_code;
};
/*
 * tx_fn. All or nothing. CONFLICT when a session has changed since, or the proposal was accepted
 * already. INVALID, field `work`, when nothing is chosen, a work cannot be placed any more, or it
 * breaks a rule of the programme that was not broken before: the reasons of programme_clashes().
 */
enum rc programme_rearrange(struct tx *tx, void *arg, struct err *err) NODISCARD;

struct programme_restore {
	const struct actor *actor;
	int64_t proposal_id;
	const char *proposal_code;
	const char *undo; /* as programme_rearrange() left it with the proposal */
};
/*
 * tx_fn. Every session that was rearranged holds again what it held, in its room and order.
 * CONFLICT when one of them has changed since, or a work has a place elsewhere by now.
 */
enum rc programme_restore(struct tx *tx, void *arg, struct err *err) NODISCARD;

#endif
