/*
 * Who acts, in which event. Made once a request by pages/enter.c; immutable after.
 */
#ifndef DOMAIN_ACTOR_H
#define DOMAIN_ACTOR_H

#include "base/err.h"
#include "base/str.h"
#include "base/zone.h"
#include "gen/query.h"

enum role {
	ROLE_ORGANISER = 1,
	ROLE_CHAIR = 2,
	ROLE_REVIEWER = 4,
	ROLE_DESK = 8,
	ROLE_FACILITATOR = 16,
	ROLE_CATERING = 32,
	ROLE_TREASURER = 64,
	ROLE_AUTHOR = 128,   /* derived: has written something here */
	ROLE_ATTENDEE = 256, /* derived: is registered */
};

struct actor {
	int64_t account_id; /* 0: a stranger, or a device */
	int64_t person_id;  /* in this event; 0: none yet */
	int64_t device_id;  /* 0: not a paired device */
	unsigned roles;     /* in this event */
	bool is_operator;
	const char *person_code;
	const char *name;   /* the address of whoever has told none */
	const char *email;  /* of the account, "" for strangers */
	const char *lang;
	int64_t seen_at; /* when the browser's signin was last written; 0: not a browser */
	/* Hashes of the draft tokens this browser holds (signed cookie); see domain/draft.h. */
	const char *const *claim_hashes;
	size_t n_claims;
};

/* The event of the request, with its zone loaded. */
struct event {
	struct q_event_by_slug row;
	const struct zone *zone;
};

/* "organiser" -> ROLE_ORGANISER, 0 for an unknown word; and back. */
unsigned role_of_word(const char *word);
const char *role_word(enum role role);

bool actor_is_named(const struct actor *actor);

#endif
