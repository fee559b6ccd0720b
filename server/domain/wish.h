/*
 * Wishes for masterclasses, for events that give their seats by wishes and not to who comes first.
 *
 * People who are registered rank masterclasses between two dates. Then the organisers have the seats
 * worked out (planning/allocation_plan.h) and give them; from then on booking opens for what is left,
 * by the rules of domain/booking.h. Until then nobody books.
 *
 * Nobody but the person reads their wishes; organisers read how often each masterclass is wished
 * for. The result is published under a code that only the person is told.
 */
#ifndef DOMAIN_WISH_H
#define DOMAIN_WISH_H

#include "domain/actor.h"
#include "store/db.h"

enum { WISH_MAX = 32, WISH_MAX_SEATS = 8 };

enum wish_phase {
	WISH_FIRST_COME, /* this event asks for no wishes */
	WISH_NOT_YET,
	WISH_OPEN,
	WISH_CLOSED, /* the seats are being worked out */
	WISH_GIVEN,
};

enum wish_phase wish_phase_at(const struct event *event, int64_t now_ms);
/* "first_come", "not_yet", "open", "closed", "given" */
const char *wish_phase_word(enum wish_phase phase);

struct wish_place {
	const struct actor *actor;
	const struct event *event;
	int64_t registration_id;
	const char *masterclass; /* its code */
	int64_t rank;            /* from 1, lower ones move down; more than there are: the last; 0: taken out */
	const char *code;        /* the person's own, if they have none yet: made by the caller */
	int64_t now_ms;
};
/*
 * tx_fn. Puts one masterclass at a rank; said twice it changes nothing more. CONFLICT: wishes are not
 * open, or the registration was cancelled. Field error masterclass: there is none such, or WISH_MAX are
 * ranked.
 */
enum rc wish_place(struct tx *tx, void *arg, struct err *err) NODISCARD;

/* Within another transaction: all that one registration wishes, on its cancelling. */
enum rc wish_clear(struct tx *tx, int64_t registration_id, struct err *err) NODISCARD;

/* Within another transaction: every wish for a masterclass that is no longer offered. */
enum rc wish_forget_masterclass(struct tx *tx, int64_t masterclass_id, struct err *err) NODISCARD;

struct seating_change {
	const struct actor *actor;
	int64_t rev; /* of the event, as it was shown */
	bool is_by_wishes;
	int64_t wishes_open_at, wishes_close_at; /* 0: none */
	int64_t most_seats;                      /* a person */
	const char *const *first; /* codes of the kinds of tickets that are served before all others */
	size_t n_first;
};
/*
 * tx_fn. CONFLICT on a stale rev, and once the seats are given. Field errors wishes_open_at,
 * wishes_close_at, first. Wishes made before are kept when an event changes its mind.
 */
enum rc seating_change(struct tx *tx, void *arg, struct err *err) NODISCARD;

#endif
