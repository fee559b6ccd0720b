/* Claims are found by reading, outside of any transaction, and taken by a conditional UPDATE. */
#include "jobs/queue.h"
#include "base/clock.h"
#include "gen/query.h"

enum { N_CANDIDATES = 8 };

static enum rc find_due(struct store *store, struct arena *a, const char *kind,
	struct q_jobs_due **rows, size_t *n, struct err *err)
{
	struct db *db;
	enum rc rc;

	TRY(db_acquire(store, &db, err));
	rc = q_jobs_due(db, a,
		&(struct q_jobs_due_in){
			.kind = kind, .now = clock_now_ms(), .n_wanted = N_CANDIDATES},
		rows, n, err);
	db_release(db);
	return rc;
}

struct taking {
	struct arena *a;
	struct claim claim;
	bool is_taken;
};

static enum rc take(struct tx *tx, void *arg, struct err *err)
{
	struct taking *t = arg;
	struct q_job_claim row;

	TRY(q_job_claim(tx, t->a,
		&(struct q_job_claim_in){
			.lane = t->claim.lane,
			.id = t->claim.id,
			.owner = t->claim.owner,
			.lease_until_at = tx_now_ms(tx) + QUEUE_LEASE_S * SECOND_MS,
			.now = tx_now_ms(tx),
		},
		&row, &t->is_taken, err));
	if (!t->is_taken)
		return OK;
	t->claim.event_id = row.event_id;
	t->claim.ref_id = row.ref_id;
	t->claim.attempts = row.attempts;
	return OK;
}

/* Event 0 in the transactions of the queue: no page of an event shows a job, so no cache of one
 * need be emptied. */
enum rc queue_claim(struct store *store, struct arena *a, const char *kind, const char *owner,
	struct claim *out, bool *found, struct err *err)
{
	struct q_jobs_due *due;
	size_t n;

	*found = false;
	TRY(find_due(store, a, kind, &due, &n, err));
	for (size_t i = 0; i < n && !*found; i++) {
		struct taking t = {
			a, {.lane = due[i].lane, .id = due[i].id, .owner = owner}, false};
		TRY(tx_run(store, TX_NORMAL, 0, take, &t, err));
		*found = t.is_taken;
		*out = t.claim;
	}
	return OK;
}

enum rc queue_done(
	struct tx *tx, const struct claim *claim, const char *last_error, struct err *err)
{
	return q_job_done(tx,
		&(struct q_job_done_in){
			.lane = claim->lane,
			.id = claim->id,
			.owner = claim->owner,
			.done_at = tx_now_ms(tx),
			.last_error = last_error,
		},
		NULL, err);
}

enum rc queue_later(struct tx *tx, const struct claim *claim, int64_t run_at,
	const char *last_error, struct err *err)
{
	return q_job_later(tx,
		&(struct q_job_later_in){
			.lane = claim->lane,
			.id = claim->id,
			.owner = claim->owner,
			.run_at = run_at,
			.last_error = last_error,
		},
		NULL, err);
}

enum rc queue_keep(struct tx *tx, const struct claim *claim, bool *is_ours, struct err *err)
{
	int64_t n = 0;

	TRY(q_job_keep(tx,
		&(struct q_job_keep_in){
			.lane = claim->lane,
			.id = claim->id,
			.owner = claim->owner,
			.lease_until_at = tx_now_ms(tx) + QUEUE_LEASE_S * SECOND_MS,
		},
		&n, err));
	*is_ours = n > 0;
	return OK;
}

int64_t queue_delay_ms(int64_t attempts)
{
	static const int minutes[] = {1, 5, 30, 120, 360};
	enum { N = sizeof(minutes) / sizeof(minutes[0]) };

	if (attempts >= QUEUE_MAX_ATTEMPTS)
		return 0;
	return minutes[attempts < 1 ? 0 : attempts < N ? attempts - 1 : N - 1] * MINUTE_MS;
}
