/*
 * The store as a whole, and reading: what is the same for both engines. Opening happens in one
 * order only (claim, connect, migrate, seal, pools, writer), so that nothing ever runs on a schema
 * this program does not know.
 */
#include "store/engine.h"

#include <errno.h>
#include <math.h>
#include <time.h>
#include "base/clock.h"
#include "base/fault.h"
#include "base/log.h"
#include "store/migrate.h"

enum { MIN_READERS = 4, MAX_READERS = 8, CHECK_WAIT_MS = 1000 };

/* ---- connections ---- */

enum rc db_open(struct store *s, enum access access, struct db **out, struct err *err)
{
	TRY(s->ops->open(s, access, out, err));
	struct db *db = *out;
	db->store = s;
	db->ops = s->ops;
	db->access = access;
	db->arena = arena_new();
	return OK;
}

void db_close(struct db *db)
{
	struct arena *a = db->arena;
	db->ops->close(db);
	arena_free(a);
}

void db_seal(struct db *db)
{
	if (db->ops->seal)
		db->ops->seal(db);
}

enum rc db_control(struct db *db, enum control what, struct err *err)
{
	if (what <= CONTROL_BEGIN_HOT || what == CONTROL_SAVEPOINT) {
		db->failed = OK;
		db->is_retry = false;
	}
	enum rc rc = db->ops->control(db, what, err);
	if (what != CONTROL_COMMIT || db->access == ACCESS_READ)
		return rc;
	if (rc == OK && FAULT(FAULT_STORE_COMMIT))
		rc = err_internal(err, "the commit failed (fault point)");
	if (rc != INTERNAL)
		return rc;
	/* The log has the reason; for the person one thing counts. */
	err_clear(err);
	return failure_set(err, FAILURE_COMMIT);
}

void db_rollback(struct db *db)
{
	bool is_retry = db->is_retry;
	struct err unheard = err_in(db->arena);
	if (db->ops->is_in_transaction(db) && db_control(db, CONTROL_ROLLBACK, &unheard) != OK)
		log_event(LOG_ERROR, "store", "detail=%s", "\"rollback failed\"");
	db->is_retry = is_retry;
}

/* ---- opening and closing ---- */

static const struct engine_ops *engine_for(const char *database)
{
	struct str s = str_from(database);
	if (str_starts_with(s, STR("postgres://")) || str_starts_with(s, STR("postgresql://")))
		return &postgres_ops;
	return &sqlite_ops;
}

static int readers_wanted(int asked)
{
	/* Few readers give the throughput of many at a tenth of the delay. */
	if (asked == 0)
		return MIN_READERS + 2;
	if (asked < MIN_READERS)
		return MIN_READERS;
	return asked > MAX_READERS ? MAX_READERS : asked;
}

static enum rc open_writing(struct store *s, struct err *err)
{
	TRY(db_open(s, ACCESS_WRITE, &s->first, err));
	TRY(s->ops->ready(s->first, err));
	TRY(migrate_up(s, migration_table, n_migrations, err));
	db_seal(s->first);
	TRY(pool_open(&s->writers, s, ACCESS_WRITE, s->ops->n_writers, err));
	return pool_open(&s->readers, s, ACCESS_READ, s->n_readers, err);
}

static enum rc start_writer(struct store *s, struct err *err)
{
	/* PostgreSQL keeps the queue for the functions that compete for a row. */
	s->writer = writer_new(
		s, s->first, s->ops->n_writers > 0 ? CONTROL_BEGIN_HOT : CONTROL_BEGIN_WRITE);
	if (!s->writer)
		return err_internal(err, "the writer thread cannot be started");
	s->first = NULL;
	return OK;
}

enum rc store_new(const struct store_options *options, struct store **out, struct err *err)
{
	struct store *s = heap_alloc(sizeof *s);
	s->ops = engine_for(options->database);
	s->database = heap_strdup(options->database);
	s->is_new_allowed = options->is_new_allowed;
	s->n_readers = readers_wanted(options->n_readers);
	s->lock_fd = -1;
	pool_init(&s->readers);
	pool_init(&s->writers);
	for (int i = 0; i < N_LANES; i++)
		lane_init(&s->lanes[i]);
	pthread_mutex_init(&s->check_lock, NULL);
	s->check_arena = arena_new();
	*out = NULL;

	enum rc rc = s->ops->attach ? s->ops->attach(s, err) : OK;
	if (rc == OK)
		rc = open_writing(s, err);
	if (rc == OK)
		rc = start_writer(s, err);
	if (rc != OK) {
		store_free(s);
		return rc;
	}
	*out = s;
	return OK;
}

void store_free(struct store *s)
{
	if (!s)
		return;
	/* Readers first: the last connection to a SQLite file folds the log into it. */
	pool_close(&s->readers);
	pool_close(&s->writers);
	if (s->writer)
		writer_free(s->writer);
	if (s->first)
		db_close(s->first);
	if (s->ops->detach)
		s->ops->detach(s);
	if (s->is_check_open)
		sem_destroy(&s->check_job.done);
	arena_free(s->check_arena);
	pthread_mutex_destroy(&s->check_lock);
	for (int i = 0; i < N_LANES; i++)
		lane_destroy(&s->lanes[i]);
	heap_free(s->database);
	heap_free(s);
}

enum engine store_engine(const struct store *s)
{
	return s->ops->kind;
}

uint64_t store_event_changes(const struct store *s, int64_t event_id)
{
	return atomic_load(&s->changes[(uint64_t)event_id % N_EVENT_SHARDS]);
}

/* ---- is it alive? ---- */

static const struct statement one_row = {
	.name = "store_check",
	.sqlite = "SELECT 1",
	.postgres = "SELECT CAST(1 AS BIGINT)",
	.n_columns = 1,
	.index = -1,
};

static void take_int(void *context, const struct row *r)
{
	int64_t *out = context;
	*out = row_int(r, 0);
}

static enum rc read_one(struct db *db, struct err *err)
{
	int64_t one = 0;
	TRY(statement_run(db, &one_row, NULL, take_int, &one, NULL, err));
	return one == 1 ? OK : err_internal(err, "the store cannot count to one");
}

static enum rc answer(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	return read_one(tx_db(tx), err);
}

/* Within the wall clock's honesty: a step of the clock makes one check wrong, and only that. */
static bool is_posted_within(sem_t *sem, int64_t wait_ms)
{
	struct timespec until;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += wait_ms / SECOND_MS;
	while (sem_timedwait(sem, &until) != 0)
		if (errno != EINTR)
			return false;
	return true;
}

/*
 * The question to the writer must outlive a caller who gives up after a second, so it lies in the
 * store; while it is unanswered, further checks wait on the same one.
 */
static enum rc check_writer(struct store *s, struct err *err)
{
	pthread_mutex_lock(&s->check_lock);
	struct job *job = &s->check_job;
	if (!s->is_check_open) {
		arena_reset(s->check_arena);
		s->check_err = err_in(s->check_arena);
		*job = (struct job){
			.fn = answer,
			.err = &s->check_err,
			.before = s->check_err,
			.now_ms = clock_now_ms(),
			.deadline_ms = clock_elapsed_ms() + CHECK_WAIT_MS,
		};
		sem_init(&job->done, 0, 0);
		s->is_check_open = true;
		writer_add(s->writer, job);
	}
	enum rc rc = BUSY;
	if (is_posted_within(&job->done, CHECK_WAIT_MS)) {
		rc = job->rc;
		sem_destroy(&job->done);
		s->is_check_open = false;
	}
	pthread_mutex_unlock(&s->check_lock);
	if (rc != OK)
		err_set(err, rc, "The database does not take new entries at the moment");
	return rc;
}

enum rc store_check(struct store *s, struct err *err)
{
	struct db *db = pool_take(&s->readers, CHECK_WAIT_MS);
	if (!db)
		return failure_set(err, FAILURE_BUSY);
	enum rc rc = s->ops->ready(db, err);
	if (rc == OK)
		rc = db_control(db, CONTROL_BEGIN_READ, err);
	if (rc == OK)
		rc = read_one(db, err);
	db_release(db);
	TRY(rc);
	if (atomic_load(&s->is_write_refused)) {
		err_set(err, INTERNAL,
			"The disk failed; the server must be restarted to save again");
		return INTERNAL;
	}
	return check_writer(s, err);
}

/* ---- reading ---- */

enum rc db_acquire(struct store *s, struct db **out, struct err *err)
{
	*out = NULL;
	struct db *db = pool_take(&s->readers, READER_WAIT_MS);
	if (!db)
		return failure_set(err, FAILURE_BUSY);
	enum rc rc = s->ops->ready(db, err);
	if (rc == OK)
		rc = db_control(db, CONTROL_BEGIN_READ, err);
	if (rc != OK) {
		pool_give(&s->readers, db);
		return rc;
	}
	db->n_statements = 0;
	*out = db;
	return OK;
}

void db_release(struct db *db)
{
	struct err unheard = err_in(db->arena);
	if (db->ops->is_in_transaction(db) && db_control(db, CONTROL_COMMIT, &unheard) != OK)
		db_rollback(db);
	arena_reset(db->arena);
	pool_give(&db->store->readers, db);
}

unsigned db_n_statements(const struct db *db)
{
	return db->n_statements;
}

/* ---- statements ---- */

static enum rc fail_on_purpose(struct db *db, const struct statement *st, struct err *err)
{
	if (db->tx && FAULT(FAULT_STORE_BUSY)) {
		db->is_retry = true;
		return failure_set(err, FAILURE_BUSY);
	}
	if (!st->writes && FAULT(FAULT_STORE_READ)) {
		err_internal(err, "reading failed in %s (fault point)", st->name);
		return INTERNAL;
	}
	return OK;
}

static enum rc refuse_nonsense(
	const struct statement *st, const struct value *params, struct err *err)
{
	/* One engine would store NULL for it, the other "NaN". */
	for (int i = 0; i < st->n_params; i++)
		if (params[i].kind == VALUE_REAL && !isfinite(params[i].real)) {
			err_internal(err, "%s: parameter %d is not a number", st->name, i + 1);
			return INTERNAL;
		}
	return OK;
}

enum rc statement_run(struct db *db, const struct statement *st, const struct value *params,
	void (*on_row)(void *context, const struct row *r), void *context, int64_t *n_changed,
	struct err *err)
{
	int64_t ignored;
	if (!n_changed)
		n_changed = &ignored;
	*n_changed = 0;
	if (db->failed != OK) {
		err_set(err, db->failed, "An earlier step of this change did not succeed");
		return db->failed;
	}
	db->n_statements++;
	enum rc rc = fail_on_purpose(db, st, err);
	if (rc == OK)
		rc = refuse_nonsense(st, params, err);
	if (rc == OK)
		rc = db->ops->run(db, st, params, on_row, context, n_changed, err);
	db->failed = rc;
	if (rc == OK && st->writes && db->tx)
		db->tx->job->has_written = true;
	return rc;
}

int64_t row_int(const struct row *r, int column)
{
	return r->ops->row_int(r, column);
}

double row_real(const struct row *r, int column)
{
	return r->ops->row_real(r, column);
}

const char *row_text(const struct row *r, int column, struct arena *a)
{
	return r->ops->row_text(r, column, a);
}
