/* Failures wait for the next time; nothing here is urgent. */
#include "jobs/tidy.h"
#include "base/clock.h"
#include "base/log.h"
#include "domain/job.h"
#include "domain/print_job.h"
#include "domain/proposal.h"
#include "gen/query.h"
#include "jobs/attendance.h"

enum {
	JOBS_KEPT_DAYS = 7,
	KEYS_KEPT_DAYS = 7,
	LINKS_KEPT_DAYS = 1,
	LINK_MAILS_KEPT_DAYS = 30,
	DRAFTS_UNPROVED_DAYS = 30
};

struct task {
	const char *name;
	int64_t period_ms;
	enum rc (*run)(const struct tidy *t, struct arena *a, struct err *err);
};

enum { N_TASKS = 5 };

struct tidy {
	struct store *store;
	struct blobs *prints;
	const char *owner, *base_url;
	int64_t next_at[N_TASKS];
};

enum rc tidy_events(struct store *store, struct arena *a, struct q_events_for_tidying **events,
	size_t *n, struct err *err)
{
	struct db *db;
	enum rc rc;

	TRY(db_acquire(store, &db, err));
	rc = q_events_for_tidying(db, a, events, n, err);
	db_release(db);
	return rc;
}

/* ---- every hour ---- */

static enum rc purge(struct tx *tx, void *arg, struct err *err)
{
	int64_t now = tx_now_ms(tx);

	(void)arg;
	for (int lane = 0; lane < JOB_LANES; lane++)
		TRY(q_jobs_purge(tx,
			&(struct q_jobs_purge_in){
				.lane = lane, .before = now - JOBS_KEPT_DAYS * DAY_MS},
			NULL, err));
	TRY(q_signin_links_purge(tx,
		&(struct q_signin_links_purge_in){.before = now - LINKS_KEPT_DAYS * DAY_MS}, NULL,
		err));
	TRY(q_outbox_purge(tx,
		&(struct q_outbox_purge_in){
			.event_id = 0, .before = now - LINK_MAILS_KEPT_DAYS * DAY_MS},
		NULL, err));
	return q_signins_purge(tx, &(struct q_signins_purge_in){.before = now}, NULL, err);
}

/* Of one event, or of event 0. */
static enum rc purge_keys(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	TRY(q_proposals_purge(tx,
		&(struct q_proposals_purge_in){.event_id = tx_event_id(tx),
			.before = tx_now_ms(tx) - PROPOSAL_KEPT_DAYS * DAY_MS},
		NULL, err));
	return q_idempotency_purge(tx,
		&(struct q_idempotency_purge_in){.event_id = tx_event_id(tx),
			.before = tx_now_ms(tx) - KEYS_KEPT_DAYS * DAY_MS},
		NULL, err);
}

static enum rc run_purge(const struct tidy *t, struct arena *a, struct err *err)
{
	struct q_events_for_tidying *events;
	size_t n;

	TRY(tx_run(t->store, TX_NORMAL, 0, purge, NULL, err));
	TRY(tx_run(t->store, TX_NORMAL, 0, purge_keys, NULL, err));
	TRY(tidy_events(t->store, a, &events, &n, err));
	for (size_t i = 0; i < n; i++)
		TRY(tx_run(t->store, TX_NORMAL, events[i].id, purge_keys, NULL, err));
	return OK;
}

/* ---- every day ---- */

static enum rc report(struct db *db, struct arena *a, struct err *err)
{
	struct q_events_for_tidying *events;
	size_t n;

	TRY(q_events_for_tidying(db, a, &events, &n, err));
	for (size_t i = 0; i < n; i++) {
		struct q_drafts_unproved drafts;
		TRY(q_drafts_unproved(db, a,
			&(struct q_drafts_unproved_in){
				.event_id = events[i].id,
				.before = clock_now_ms() - DRAFTS_UNPROVED_DAYS * DAY_MS,
			},
			&drafts, err));
		if (drafts.n)
			log_event(LOG_INFO, "drafts-unproved", "event=%s n=%lld days=%d",
				log_value(a, events[i].slug), (long long)drafts.n,
				DRAFTS_UNPROVED_DAYS);
	}
	return OK;
}

static enum rc run_report(const struct tidy *t, struct arena *a, struct err *err)
{
	struct db *db;
	enum rc rc;

	TRY(db_acquire(t->store, &db, err));
	rc = report(db, a, err);
	db_release(db);
	return rc;
}

/* ---- prints ---- */

struct old_prints {
	int64_t before;
	struct q_print_jobs_old *rows;
	size_t n_rows;
	struct q_print_blobs *kept;
	size_t n_kept;
};

static enum rc purge_prints(struct tx *tx, void *arg, struct err *err)
{
	const struct old_prints *old = arg;

	return q_print_jobs_purge(tx,
		&(struct q_print_jobs_purge_in){.event_id = tx_event_id(tx), .before = old->before},
		NULL, err);
}

static enum rc find_prints(
	struct db *db, struct arena *a, int64_t event_id, struct old_prints *old, struct err *err)
{
	return q_print_jobs_old(db, a,
		&(struct q_print_jobs_old_in){.event_id = event_id, .before = old->before},
		&old->rows, &old->n_rows, err);
}

static enum rc find_kept(
	struct db *db, struct arena *a, int64_t event_id, struct old_prints *old, struct err *err)
{
	return q_print_blobs(db, a, &(struct q_print_blobs_in){.event_id = event_id}, &old->kept,
		&old->n_kept, err);
}

static void remove_unless_kept(
	const struct tidy *t, const struct old_prints *old, const char *sha256)
{
	for (size_t i = 0; i < old->n_kept; i++)
		if (text_equal(old->kept[i].sha256, sha256) ||
			text_equal(old->kept[i].model_sha256, sha256))
			return;
	blob_remove(t->prints, sha256);
}

/* Rows first: one without its files says "print again", files without a row would stay for ever. A
 * document asked for again in between is printed again as well. */
static enum rc purge_prints_of(
	const struct tidy *t, struct arena *a, int64_t event_id, struct err *err)
{
	struct old_prints old = {.before = clock_now_ms() - PRINT_JOB_KEPT_DAYS * DAY_MS};
	struct db *db;
	enum rc rc;

	TRY(db_acquire(t->store, &db, err));
	rc = find_prints(db, a, event_id, &old, err);
	db_release(db);
	if (rc != OK || !old.n_rows)
		return rc;
	TRY(tx_run(t->store, TX_NORMAL, event_id, purge_prints, &old, err));
	TRY(db_acquire(t->store, &db, err));
	rc = find_kept(db, a, event_id, &old, err);
	db_release(db);
	for (size_t i = 0; rc == OK && i < old.n_rows; i++) {
		remove_unless_kept(t, &old, old.rows[i].sha256);
		remove_unless_kept(t, &old, old.rows[i].model_sha256);
	}
	return rc;
}

static enum rc run_prints(const struct tidy *t, struct arena *a, struct err *err)
{
	struct q_events_for_tidying *events;
	size_t n;

	TRY(tidy_events(t->store, a, &events, &n, err));
	for (size_t i = 0; i < n; i++)
		TRY(purge_prints_of(t, a, events[i].id, err));
	return OK;
}

/* ---- offers and needs ---- */

static enum rc run_offers(const struct tidy *t, struct arena *a, struct err *err)
{
	return attendance_pass_offers_on(t->store, a, t->base_url, err);
}

static enum rc run_needs(const struct tidy *t, struct arena *a, struct err *err)
{
	return attendance_erase_needs(t->store, a, err);
}

/* ---- when ---- */

static const struct task tasks[N_TASKS] = {
	{"purge", HOUR_MS, run_purge},
	{"report", DAY_MS, run_report},
	{"offers", MINUTE_MS, run_offers},
	{"needs", HOUR_MS, run_needs},
	{"prints", HOUR_MS, run_prints},
};

struct tidy *tidy_new(
	struct store *store, struct blobs *prints, const char *owner, const char *base_url)
{
	struct tidy *t = heap_alloc(sizeof(*t));

	t->store = store;
	t->prints = prints;
	t->owner = owner;
	t->base_url = base_url;
	for (size_t i = 0; i < N_TASKS; i++)
		t->next_at[i] = clock_now_ms() + MINUTE_MS;
	return t;
}

void tidy_free(struct tidy *t)
{
	heap_free(t);
}

struct taking {
	const struct task *task;
	const char *owner;
	bool is_ours;
};

static enum rc take_lease(struct tx *tx, void *arg, struct err *err)
{
	struct taking *t = arg;
	struct q_lease_take row;

	return q_lease_take(tx, tx_arena(tx),
		&(struct q_lease_take_in){
			.name = t->task->name,
			.owner = t->owner,
			.until_at = tx_now_ms(tx) + t->task->period_ms,
			.now = tx_now_ms(tx),
		},
		&row, &t->is_ours, err);
}

/* A process that finds the lease taken asks again sooner than its end may be. */
static void run_task(struct tidy *t, size_t i, struct arena *a)
{
	struct err err = err_in(a);
	struct taking taking = {.task = &tasks[i], .owner = t->owner};
	enum rc rc = tx_run(t->store, TX_NORMAL, 0, take_lease, &taking, &err);

	t->next_at[i] =
		clock_now_ms() + (taking.is_ours ? tasks[i].period_ms : tasks[i].period_ms / 4);
	if (rc == OK && taking.is_ours)
		rc = tasks[i].run(t, a, &err);
	if (rc != OK)
		log_event(LOG_WARN, "tidy", "task=%s rc=%s", tasks[i].name, rc_name(rc));
}

void tidy_run(struct tidy *t, struct arena *a)
{
	int64_t now = clock_now_ms();

	for (size_t i = 0; i < N_TASKS; i++) {
		/* A clock that was set back must not put the work off for months. */
		bool is_astray = t->next_at[i] > now + tasks[i].period_ms + MINUTE_MS;
		if (t->next_at[i] <= now || is_astray)
			run_task(t, i, a);
	}
}
