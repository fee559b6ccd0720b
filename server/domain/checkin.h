/*
 * The door. A scan is a row for ever, kept once by its nonce however often it arrives; who is in is
 * a row of checkin, made by the earliest scan. So two doors without a network agree afterwards, and
 * nobody is counted twice.
 *
 *   in         this scan let them in
 *   again      they were in already; the answer says since when
 *   unknown    not a ticket of this event
 *   cancelled  the registration was cancelled
 *   undo       takes back an earlier scan
 *
 * A scan that arrives late but happened earlier becomes the one that let them in, and the other
 * becomes "again". Taking back the one that counted lets the next scan of another desk count.
 */
#ifndef DOMAIN_CHECKIN_H
#define DOMAIN_CHECKIN_H

#include "domain/actor.h"
#include "store/db.h"

/* What a desk sends: a ticket's hash or a code, or the nonce of the scan it takes back. */
struct scan_entry {
	const char *nonce;       /* 8 to 64 of [a-z0-9_.-], made by who scanned */
	const char *ticket_hash; /* "" when the code is given */
	const char *code;        /* a normalised code, or "" */
	const char *undoes;      /* nonce, or "" */
	const char *method;      /* "camera", "code", "name" */
	int64_t scanned_at;      /* 0: now. Never later than now, nor more than a week before */
};

enum { SCAN_BATCH_MAX = 64 };

struct scans_take {
	const struct actor *actor; /* desk, organiser or device */
	const struct scan_entry *entries;
	size_t n;
};
/* tx_fn. Every entry gets a row, or had one. Ask scan_load() for what became of it. */
enum rc scans_take(struct tx *tx, void *arg, struct err *err) NODISCARD;

/* A scan as it stands now. *found false: there is none of this nonce. */
enum rc scan_load(struct db *db, struct arena *a, int64_t event_id, const char *nonce,
	struct q_door_scan *out, bool *found, struct err *err) NODISCARD;

/* Did this desk make it, so that it may take it back? */
bool scan_is_own(const struct actor *actor, int64_t device_id, int64_t by_person_id);

#endif
