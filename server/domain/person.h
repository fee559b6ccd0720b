/*
 * People of an event. One row a human: author, reviewer, speaker, attendee are roles of it. Typed
 * co-authors have no account until their address is proved; proving it links or merges the rows.
 */
#ifndef DOMAIN_PERSON_H
#define DOMAIN_PERSON_H

#include "domain/actor.h"
#include "store/db.h"

struct person_new {
	const char *name, *email, *post, *affiliation, *country, *name_lang;
	const char *said_name, *pronouns;
	int64_t account_id; /* 0: none yet */
};

/*
 * The person of an event for an account: the linked row, else a row typed with one of its proved
 * addresses (linked now), else a new one from the account's name. *person_id is set.
 */
enum rc person_of_account(struct tx *tx, int64_t account_id, int64_t *person_id, struct err *err)
	NODISCARD;
/* The person typed with this address, else a new row; addresses may be "" (always a new row). */
enum rc person_of_email(struct tx *tx, const struct person_new *p, int64_t *person_id,
	struct err *err) NODISCARD;
enum rc person_create(struct tx *tx, const struct person_new *p, int64_t *person_id,
	struct err *err) NODISCARD;
/* Names somebody of whom only the address was known; anybody else keeps their name. */
enum rc person_name_first(struct tx *tx, int64_t person_id, const char *name, struct err *err)
	NODISCARD;

struct person_link {
	int64_t account_id;
	int64_t person_id; /* typed with an address that the account has now proved */
};
/*
 * tx_fn: links the row, or, when the account already has a row in this event, merges the typed one
 * into it: authorship, session roles, conflicts, roles and the registration move; audited.
 */
enum rc person_link(struct tx *tx, void *arg, struct err *err) NODISCARD;

/* Gives a role; nothing happens when the person has it. */
enum rc person_grant(struct tx *tx, int64_t person_id, enum role role, int64_t by_person_id,
	struct err *err) NODISCARD;
/* Roles granted and derived. */
enum rc person_roles(struct db *db, struct arena *a, int64_t event_id, int64_t person_id,
	unsigned *roles, struct err *err) NODISCARD;

#endif
