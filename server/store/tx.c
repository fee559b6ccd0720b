/*
 * One write: running its function, running it again after a failure that passes by itself, and
 * telling the caches that an event has changed. Which connection it runs on is decided here too:
 * the queue, or one of the writing pool.
 */
#include "store/engine.h"

#include <assert.h>
#include <errno.h>
#include <time.h>
#include "base/clock.h"
#include "base/random.h"

/* A write inside a write would wait for itself; on PostgreSQL it would only do so sometimes. */
static _Thread_local bool is_inside_tx;

struct db *tx_db(struct tx *tx)
{
	return tx->db;
}

struct arena *tx_arena(struct tx *tx)
{
	return tx->db->arena;
}

int64_t tx_now_ms(const struct tx *tx)
{
	return tx->job->now_ms;
}

int64_t tx_event_id(const struct tx *tx)
{
	return tx->job->event_id;
}

int64_t tx_id(struct tx *tx)
{
	return id_new(tx->job->now_ms);
}

/* ---- running ---- */

void job_fail(struct job *job, enum failure what)
{
	*job->err = job->before;
	job->rc = failure_set(job->err, what);
}

enum rc job_perform(struct db *db, struct job *job)
{
	struct tx tx = {.db = db, .job = job};
	job->has_written = false;
	db->tx = &tx;
	is_inside_tx = true;
	job->rc = job->fn(&tx, job->arg, job->err);
	is_inside_tx = false;
	db->tx = NULL;
	arena_reset(db->arena);
	/* A function that overlooks the failure of a statement must not keep half of its work. */
	if (job->rc == OK && db->failed != OK) {
		job->rc = db->failed;
		err_set(job->err, job->rc, "This could not be saved. Please try again");
	}
	return job->rc;
}

static enum rc run_once(struct db *db, enum control begin, struct job *job)
{
	db->is_retry = false;
	TRY(db->ops->ready(db, job->err));
	TRY(db_control(db, begin, job->err));
	TRY(job_perform(db, job));
	return db_control(db, CONTROL_COMMIT, job->err);
}

static void wait_a_little(unsigned attempt)
{
	/* Full jitter below 2, 4, 8 … 64 ms: rivals that failed together must not return together.
	 */
	uint32_t limit_us = 2000u << (attempt < 5 ? attempt : 5);
	struct timespec pause = {.tv_nsec = (long)(random_below(limit_us) + 1) * 1000};
	while (nanosleep(&pause, &pause) != 0 && errno == EINTR)
		;
}

void job_run_alone(struct db *db, enum control begin, struct job *job)
{
	for (unsigned attempt = 0;; attempt++) {
		if (atomic_load(&db->store->is_write_refused)) {
			job_fail(job, FAILURE_DISK);
			return;
		}
		if (clock_elapsed_ms() >= job->deadline_ms) {
			job_fail(job, FAILURE_BUSY);
			return;
		}
		*job->err = job->before;
		job->rc = run_once(db, begin, job);
		if (job->rc == OK)
			return;
		db_rollback(db);
		if (!db->is_retry)
			return;
		wait_a_little(attempt);
	}
}

void job_publish(struct store *s, const struct job *job)
{
	if (job->has_written && (job->rc == OK || job->rc == INTERNAL))
		atomic_fetch_add(&s->changes[(uint64_t)job->event_id % N_EVENT_SHARDS], 1);
}

/* ---- choosing the connection ---- */

static void run_in_queue(struct store *s, struct job *job)
{
	sem_init(&job->done, 0, 0);
	writer_add(s->writer, job);
	while (sem_wait(&job->done) != 0)
		;
	sem_destroy(&job->done);
}

/*
 * Writes of one event meet in the same rows, and meeting costs them a re-run or, when they take
 * rows crosswise, a second of waiting for the deadlock to be found. So they take turns within this
 * server, before they take a connection. What event 0 holds (accounts, sessions) hardly ever meets.
 */
static struct lane *lane_of(struct store *s, int64_t event_id)
{
	return event_id == 0 ? NULL : &s->lanes[(uint64_t)event_id % N_LANES];
}

void lane_init(struct lane *l)
{
	pthread_mutex_init(&l->lock, NULL);
	monotonic_cond_init(&l->left);
}

void lane_destroy(struct lane *l)
{
	pthread_cond_destroy(&l->left);
	pthread_mutex_destroy(&l->lock);
}

static bool lane_enter(struct lane *l)
{
	struct timespec until = monotonic_in(WRITER_WAIT_MS);
	int timed_out = 0;
	pthread_mutex_lock(&l->lock);
	while (l->is_taken && !timed_out)
		timed_out = pthread_cond_timedwait(&l->left, &l->lock, &until) == ETIMEDOUT;
	bool is_in = !l->is_taken;
	l->is_taken = true;
	pthread_mutex_unlock(&l->lock);
	return is_in;
}

static void lane_leave(struct lane *l)
{
	pthread_mutex_lock(&l->lock);
	l->is_taken = false;
	pthread_cond_signal(&l->left);
	pthread_mutex_unlock(&l->lock);
}

static void run_beside_queue(struct store *s, struct job *job)
{
	struct lane *lane = lane_of(s, job->event_id);
	bool is_in_lane = !lane || lane_enter(lane);
	struct db *db = is_in_lane ? pool_take(&s->writers, WRITER_WAIT_MS) : NULL;
	if (db) {
		job->deadline_ms = clock_elapsed_ms() + RETRY_FOR_MS;
		job_run_alone(db, CONTROL_BEGIN_WRITE, job);
		pool_give(&s->writers, db);
		job_publish(s, job);
	} else {
		job_fail(job, FAILURE_BUSY);
	}
	if (lane && is_in_lane)
		lane_leave(lane);
}

enum rc tx_run(
	struct store *s, enum tx_kind kind, int64_t event_id, tx_fn fn, void *arg, struct err *err)
{
	assert(!is_inside_tx);
	struct job job = {
		.fn = fn,
		.arg = arg,
		.err = err,
		.before = *err,
		.event_id = event_id,
		.now_ms = clock_now_ms(),
		.deadline_ms = clock_elapsed_ms() + RETRY_FOR_MS,
	};
	if (kind == TX_HOT || s->ops->n_writers == 0)
		run_in_queue(s, &job);
	else
		run_beside_queue(s, &job);
	return job.rc;
}
