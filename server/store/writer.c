/*
 * Group commit. Waiting for the disk is what a write costs, so one thread collects the writes that
 * arrive while it waits and commits them together: each in a savepoint, so that one which fails
 * takes only itself back, and each caller with a semaphore of its own, because a thousand threads
 * woken by one condition would cost more than the group saves.
 */
#include "store/engine.h"

#include <assert.h>
#include <errno.h>

/* Larger groups gain nothing and make the first in them wait. */
enum { MAX_GROUP = 128, IDLE_AFTER_MS = 1000 };

struct writer {
	struct store *store;
	struct db *db;
	enum control begin;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t added; /* on the monotonic clock */
	struct job *first, **last;
	unsigned n_queued;
	bool is_ending;
	struct job *group[MAX_GROUP]; /* the thread's own, as is n_group */
	int n_group;
	_Atomic uint64_t n_jobs, n_commits, n_reruns;
};

/* ---- the queue ---- */

void writer_add(struct writer *w, struct job *job)
{
	job->next = NULL;
	pthread_mutex_lock(&w->lock);
	assert(!w->is_ending);
	bool was_empty = !w->first;
	*w->last = job;
	w->last = &job->next;
	w->n_queued++;
	if (was_empty)
		pthread_cond_signal(&w->added);
	pthread_mutex_unlock(&w->lock);
}

/* The next job of the queue or NULL, without waiting. */
static struct job *take(struct writer *w)
{
	pthread_mutex_lock(&w->lock);
	struct job *job = w->first;
	if (job) {
		w->first = job->next;
		w->n_queued--;
		if (!w->first)
			w->last = &w->first;
	}
	pthread_mutex_unlock(&w->lock);
	return job;
}

enum wait_result { WORK, IDLE, END };

static enum wait_result wait_for_work(struct writer *w, bool is_tidy)
{
	struct timespec until = monotonic_in(IDLE_AFTER_MS);
	int timed_out = 0;
	pthread_mutex_lock(&w->lock);
	while (!w->first && !w->is_ending && !timed_out) {
		if (is_tidy)
			pthread_cond_wait(&w->added, &w->lock);
		else
			timed_out =
				pthread_cond_timedwait(&w->added, &w->lock, &until) == ETIMEDOUT;
	}
	enum wait_result result = w->first ? WORK : w->is_ending ? END : IDLE;
	pthread_mutex_unlock(&w->lock);
	return result;
}

/* ---- a group ---- */

/* What becomes of the group as a whole. */
enum fate { COMMITTED, FAILED, RUN_ALONE };

/*
 * One job in its savepoint. False: the transaction is of no more use, either because the engine
 * gave it up or because the failure is one that passes; what ran before in it must run again.
 */
static bool run_in_savepoint(struct db *db, struct job *job)
{
	enum rc rc = db_control(db, CONTROL_SAVEPOINT, job->err);
	if (rc != OK)
		return false;
	rc = job_perform(db, job);
	if (db->is_retry || !db->ops->is_in_transaction(db))
		return false;
	if (rc != OK) {
		struct err unheard = err_in(db->arena);
		if (db_control(db, CONTROL_ROLLBACK_TO, &unheard) != OK)
			return false;
	}
	return db_control(db, CONTROL_RELEASE, job->err) == OK;
}

static enum fate run_group(struct writer *w, struct err *err)
{
	struct db *db = w->db;
	struct job *job;
	enum rc rc = db->ops->ready(db, err);
	if (rc == OK)
		rc = db_control(db, w->begin, err);
	if (rc != OK)
		return RUN_ALONE;
	while (w->n_group < MAX_GROUP && (job = take(w)) != NULL) {
		w->group[w->n_group++] = job;
		if (!run_in_savepoint(db, job)) {
			db_rollback(db);
			return RUN_ALONE;
		}
	}
	rc = db_control(db, CONTROL_COMMIT, err);
	if (rc == OK)
		return COMMITTED;
	bool is_retry = db->is_retry;
	db_rollback(db);
	return is_retry ? RUN_ALONE : FAILED;
}

static void run_each_alone(struct writer *w)
{
	struct job *job;
	/* Nothing was taken when not even the beginning succeeded. */
	while (w->n_group < MAX_GROUP && (job = take(w)) != NULL)
		w->group[w->n_group++] = job;
	for (int i = 0; i < w->n_group; i++) {
		job_run_alone(w->db, w->begin, w->group[i]);
		atomic_fetch_add(&w->n_reruns, 1);
		atomic_fetch_add(&w->n_commits, w->group[i]->rc == OK);
	}
}

static void serve_group(struct writer *w, struct arena *a)
{
	struct err err = err_in(a);
	w->n_group = 0;
	enum fate fate = atomic_load(&w->store->is_write_refused) ? RUN_ALONE : run_group(w, &err);
	if (fate == RUN_ALONE)
		run_each_alone(w);
	if (fate == COMMITTED)
		atomic_fetch_add(&w->n_commits, 1);
	atomic_fetch_add(&w->n_jobs, (unsigned)w->n_group);
	for (int i = 0; i < w->n_group; i++) {
		struct job *job = w->group[i];
		/* Also those that had failed alone: what they saw may never have been. */
		if (fate == FAILED)
			job_fail(job, FAILURE_COMMIT);
		job_publish(w->store, job);
		sem_post(&job->done); /* from here on the job is gone */
	}
	arena_reset(a);
}

static void *run_writer(void *context)
{
	struct writer *w = context;
	struct arena *a = arena_new();
	enum wait_result next;
	bool is_tidy = true;
	while ((next = wait_for_work(w, is_tidy)) != END) {
		if (next == WORK)
			serve_group(w, a);
		if (w->db->ops->tidy)
			w->db->ops->tidy(w->db, next == IDLE);
		is_tidy = next == IDLE;
	}
	arena_free(a);
	return NULL;
}

/* ---- life ---- */

static void dispose(struct writer *w)
{
	pthread_cond_destroy(&w->added);
	pthread_mutex_destroy(&w->lock);
	heap_free(w);
}

struct writer *writer_new(struct store *s, struct db *db, enum control begin)
{
	struct writer *w = heap_alloc(sizeof *w);
	w->store = s;
	w->db = db;
	w->begin = begin;
	w->last = &w->first;
	pthread_mutex_init(&w->lock, NULL);
	monotonic_cond_init(&w->added);
	if (pthread_create(&w->thread, NULL, run_writer, w) == 0)
		return w;
	dispose(w);
	return NULL;
}

void writer_free(struct writer *w)
{
	pthread_mutex_lock(&w->lock);
	w->is_ending = true;
	pthread_cond_signal(&w->added);
	pthread_mutex_unlock(&w->lock);
	pthread_join(w->thread, NULL);
	db_close(w->db);
	dispose(w);
}

struct writer_counts writer_counts(struct writer *w)
{
	pthread_mutex_lock(&w->lock);
	unsigned n_queued = w->n_queued;
	pthread_mutex_unlock(&w->lock);
	return (struct writer_counts){
		.n_queued = n_queued,
		.n_jobs = atomic_load(&w->n_jobs),
		.n_commits = atomic_load(&w->n_commits),
		.n_reruns = atomic_load(&w->n_reruns),
	};
}
