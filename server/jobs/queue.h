/*
 * The job table as a queue that several processes share. A claim is a lease: who holds one works
 * alone on it until the lease ends, and a process that dies leaves it to the next one. So a task
 * may run twice; it is made so that this does no harm.
 */
#ifndef JOBS_QUEUE_H
#define JOBS_QUEUE_H

#include "store/db.h"

enum {
	QUEUE_LEASE_S = 60,      /* every task ends well before that, or keeps it */
	QUEUE_MAX_ATTEMPTS = 10, /* claims of one job, those of processes that died included */
};

struct claim {
	int64_t lane, id;
	int64_t event_id, ref_id;
	int64_t attempts; /* this one included */
	const char *owner;
};

/*
 * Takes the job of a kind that has been due for longest; *found false when there is none. Costs one
 * read when nothing is due. owner: this process, the same text in every call.
 */
enum rc queue_claim(struct store *store, struct arena *a, const char *kind, const char *owner,
	struct claim *out, bool *found, struct err *err) NODISCARD;

/* Within the transaction that keeps the outcome. Without effect when the lease was lost. */
enum rc queue_done(struct tx *tx, const struct claim *claim, const char *last_error,
	struct err *err) NODISCARD;
enum rc queue_later(struct tx *tx, const struct claim *claim, int64_t run_at,
	const char *last_error, struct err *err) NODISCARD;

/* A task that takes long goes on holding its lease. *is_ours false: another process has it. */
enum rc queue_keep(
	struct tx *tx, const struct claim *claim, bool *is_ours, struct err *err) NODISCARD;

/*
 * How long after attempt n (from 1) the next one comes: 1, 5, 30 minutes, 2 hours, then 6 hours
 * each, which outlasts a relay that is down for a day. 0: that was the last one.
 */
int64_t queue_delay_ms(int64_t attempts);

#endif
