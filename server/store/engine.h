/*
 * Inside the store: what an engine must offer, and the parts db.c, tx.c, pool.c, writer.c,
 * migrate.c and backup.c share. Nothing outside server/store/ includes this file.
 *
 * An engine is a table of functions (struct engine_ops). sqlite.c and postgres.c each define one;
 * everything about queues, groups, retries, pools and migrations is written once, above them.
 */
#ifndef STORE_ENGINE_H
#define STORE_ENGINE_H

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <time.h>
#include "store/db.h"
#include "store/failure.h"

/* How long a write is re-run after failures that pass by themselves, and how long a reader waits.
 */
enum { RETRY_FOR_MS = 2000, READER_WAIT_MS = 5000, WRITER_WAIT_MS = 5000 };

/* ---- connections ---- */

enum access { ACCESS_READ, ACCESS_WRITE };

/*
 * The commands around statements. BEGIN_READ starts a snapshot that cannot write. BEGIN_WRITE
 * starts a transaction that behaves as if it ran alone (SERIALIZABLE on PostgreSQL); BEGIN_HOT one
 * for short functions that compete for a row and take it with their first statement (READ
 * COMMITTED on PostgreSQL, where waiting for the row beats failing). SQLite knows one kind.
 */
enum control {
	CONTROL_BEGIN_READ,
	CONTROL_BEGIN_WRITE,
	CONTROL_BEGIN_HOT,
	CONTROL_COMMIT,
	CONTROL_ROLLBACK,
	CONTROL_SAVEPOINT,
	CONTROL_RELEASE,
	CONTROL_ROLLBACK_TO,
	N_CONTROLS,
};

/* The engine-independent head of a connection; engines put it first in their own struct. */
struct db {
	struct store *store;
	const struct engine_ops *ops;
	enum access access;
	struct db *next;     /* in the free list of its pool */
	struct arena *arena; /* tx_arena; also for log lines */
	struct tx *tx;       /* the write this connection is running, or NULL */
	unsigned n_statements;
	/* Of the current transaction or savepoint: the first failure of a statement, after which
	 * PostgreSQL refuses all others; so SQLite does the same here. */
	enum rc failed;
	/* The failure may pass when the whole transaction is run again. */
	bool is_retry;
};

struct row {
	const struct engine_ops *ops;
};

/*
 * Functions returning enum rc set err, and db->is_retry where a re-run may help. They return their
 * own rc, never the one that an earlier error left in err.
 */
struct engine_ops {
	enum engine kind;
	int n_writers; /* connections that write beside the queue; 0: the queue does it all */

	/* These four may be NULL. */
	/* Before the first connection and after the last. attach claims the database. */
	enum rc (*attach)(struct store *s, struct err *err);
	void (*detach)(struct store *s);
	/* The schema is up to date: from here on this connection changes no schema. */
	void (*seal)(struct db *db);
	/* Housekeeping of the writer thread after a group, and when it has been idle for a while.
	 */
	void (*tidy)(struct db *db, bool is_idle);

	enum rc (*open)(struct store *s, enum access access, struct db **out, struct err *err);
	void (*close)(struct db *db);
	/* Before each transaction: connects again when the connection was lost. */
	enum rc (*ready)(struct db *db, struct err *err);

	enum rc (*control)(struct db *db, enum control what, struct err *err);
	bool (*is_in_transaction)(const struct db *db);
	/* As statement_run. A statement with a negative index is prepared for this run only. */
	enum rc (*run)(struct db *db, const struct statement *st, const struct value *params,
		void (*on_row)(void *context, const struct row *r), void *context,
		int64_t *n_changed, struct err *err);
	/* Several statements in one text, without parameters and rows: migrations. */
	enum rc (*script)(struct db *db, const char *sql, struct err *err);

	int64_t (*row_int)(const struct row *r, int column);
	double (*row_real)(const struct row *r, int column);
	const char *(*row_text)(const struct row *r, int column, struct arena *a);
};

extern const struct engine_ops sqlite_ops;
extern const struct engine_ops postgres_ops;

/* control with the fault point of COMMIT; forgets the failures of the last one at BEGIN. */
enum rc db_control(struct db *db, enum control what, struct err *err) NODISCARD;
/* Rolls back what is open, keeping the error and is_retry of the cause. */
void db_rollback(struct db *db);
/* A new connection of the engine with its head filled in. */
enum rc db_open(struct store *s, enum access access, struct db **out, struct err *err) NODISCARD;
void db_close(struct db *db);
void db_seal(struct db *db); /* if the engine knows how */

/* ---- pool.c: idle connections ---- */

struct pool {
	pthread_mutex_t lock;
	pthread_cond_t given; /* on the monotonic clock */
	struct db *idle;      /* last used first: its caches are warm */
	int n_open, n_idle;
};

void pool_init(struct pool *p);
/* For waiting with a limit that a step of the wall clock does not move. Whole seconds. */
void monotonic_cond_init(pthread_cond_t *cond);
struct timespec monotonic_in(int64_t wait_ms);
/* Opens n connections; on an error the ones opened before stay, for pool_close. */
enum rc pool_open(
	struct pool *p, struct store *s, enum access access, int n, struct err *err) NODISCARD;
/* NULL when none came free in time. */
struct db *pool_take(struct pool *p, int64_t wait_ms);
void pool_give(struct pool *p, struct db *db);
/* All connections must have been given back. */
void pool_close(struct pool *p);

/* ---- tx.c: one write ---- */

/* A call of tx_run. It lies on the stack of the blocked caller until `done` is posted. */
struct job {
	struct job *next;
	tx_fn fn;
	void *arg;
	struct err *err;   /* the caller's: it is blocked, so its arena is ours meanwhile */
	struct err before; /* what stood in it, for re-runs */
	enum rc rc;
	int64_t event_id;
	int64_t now_ms;
	int64_t deadline_ms; /* elapsed clock: no re-run starts after it */
	bool has_written;    /* a writing statement ran in the last run */
	sem_t done;
};

/* Where writers of one event wait for each other. */
struct lane {
	pthread_mutex_t lock;
	pthread_cond_t left; /* on the monotonic clock */
	bool is_taken;
};
void lane_init(struct lane *l);
void lane_destroy(struct lane *l);

struct tx {
	struct db *db;
	struct job *job;
};

/* Runs the function of a job on a connection that is inside a transaction; sets and returns rc. */
enum rc job_perform(struct db *db, struct job *job);
/* A transaction of its own for one job, re-run until its deadline; the outcome is in the job. */
void job_run_alone(struct db *db, enum control begin, struct job *job);
/* Puts a failure in the place of the job's own result. */
void job_fail(struct job *job, enum failure what);
/* After the COMMIT of a job, or when it may have taken place: tells the caches. */
void job_publish(struct store *s, const struct job *job);

/* ---- writer.c: the queue and its thread ---- */

struct writer;
/* Takes the connection over; begin is how its groups begin. NULL when no thread can be started. */
struct writer *writer_new(struct store *s, struct db *db, enum control begin);
/* Runs what is queued, then ends the thread and closes the connection. */
void writer_free(struct writer *w);
/* Queues the job; its `done` is posted when the outcome is durable. */
void writer_add(struct writer *w, struct job *job);
struct writer_counts {
	unsigned n_queued;                    /* waiting now */
	uint64_t n_jobs, n_commits, n_reruns; /* since the start */
};
struct writer_counts writer_counts(struct writer *w);

/* ---- the store ---- */

enum { N_EVENT_SHARDS = 1024, N_LANES = 64 };

/* In the header of every SQLite file of ours: "SYMP". */
enum { SQLITE_APPLICATION = 0x53594d50 };

struct store {
	const struct engine_ops *ops;
	char *database; /* as given */
	bool is_new_allowed;
	int n_readers;
	struct pool readers;
	struct pool writers;
	struct lane lanes[N_LANES]; /* by event: who writes beside the queue takes turns */
	struct db *first;           /* the writing connection, until the writer thread takes it */
	struct writer *writer;
	/* Set by an engine when the disk can no longer be trusted: every write is refused. */
	_Atomic bool is_write_refused;
	_Atomic uint64_t changes[N_EVENT_SHARDS];
	pthread_mutex_t check_lock; /* store_check: one question at a time */
	struct arena *check_arena;
	struct job check_job;
	struct err check_err;
	bool is_check_open; /* the last question has not been answered yet */
	int lock_fd;        /* SQLite: held for life */
};

#endif
