/*
 * The store: one file of SQLite, or PostgreSQL, behind one seam. Only store/sqlite.c includes
 * sqlite3.h and only store/postgres.c includes libpq-fe.h.
 *
 * SQL is not written here. Statements live in schema/queries/, named; at build time mkquery turns
 * each into a typed function q_<name>() in gen/query.h, which calls the engine through this header.
 *
 * Reading needs a `struct db`: a connection that cannot write (opened read-only on both engines).
 * Writing needs a `struct tx`, and only tx_run() makes one. So a handler that is given a struct db
 * has no way to change anything.
 */
#ifndef STORE_DB_H
#define STORE_DB_H

#include "base/err.h"
#include "base/str.h"

struct store;
struct db;
struct tx;

/* ---- the store as a whole ---- */

struct store_options {
	const char *database; /* "/path/symposiarch.db" or "postgres://…" */
	int n_readers;        /* size of the pool of reading connections, 4..8; 0: default */
	bool is_new_allowed;  /* create the SQLite file when there is none */
};

/*
 * Opens the store, brings the schema up to date (store/migrate.h) and starts the writer thread.
 * CONFLICT when the schema is newer than this program. BUSY when another process holds the file.
 */
enum rc store_new(
	const struct store_options *options, struct store **out, struct err *err) NODISCARD;
/* Waits for the jobs in the queue, checkpoints, closes. */
void store_free(struct store *s);

enum engine { ENGINE_SQLITE, ENGINE_POSTGRES };
enum engine store_engine(const struct store *s);
/* OK when a trivial read and the writer thread answer within a second. */
enum rc store_check(struct store *s, struct err *err) NODISCARD;

/* ---- reading ---- */

/*
 * A reading connection from the pool, inside one snapshot: everything read until db_release sees
 * the same state. Waits up to 5 s for a free one, then BUSY. Never hold one over I/O, rendering or
 * a write: the pool is smaller than the number of request threads.
 */
enum rc db_acquire(struct store *s, struct db **out, struct err *err) NODISCARD;
void db_release(struct db *db);
/* Statements run on this connection since db_acquire: tests assert it on list pages. */
unsigned db_n_statements(const struct db *db);

/* ---- writing ---- */

/*
 * A write is a short function that may be run more than once and leaves no trace when it fails:
 * store calls only, one event, no I/O, no hashing, no rendering, no tx_run. It returns OK to keep
 * its changes; anything else rolls them back and becomes the result of tx_run with the err it set.
 *
 * On SQLite it runs on the writer thread while the caller waits; on PostgreSQL a TX_NORMAL one runs
 * on the thread of the caller. `err` and `arg` are the caller's either way, so results go through
 * arg, and what must outlive the transaction is copied to an arena of the caller.
 *
 * After a statement that returned anything but OK no other runs in this transaction, and it is
 * rolled back even if the function returns OK. To meet an existing row without failing, use
 * ON CONFLICT DO NOTHING and look at n_changed.
 */
typedef enum rc (*tx_fn)(struct tx *tx, void *arg, struct err *err);

/*
 * Runs fn and returns once its changes are durable. SQLite: on the writer thread, in a savepoint,
 * many jobs to one commit (at most 128), each caller woken alone. PostgreSQL: on a connection of
 * the writing pool, SERIALIZABLE, so that on both engines a function sees the database as if it
 * ran alone (those of one event take turns within this server, which spares them the re-runs);
 * with TX_HOT (bookings, purchases of the last seats) through the grouping queue of this
 * server, READ COMMITTED: such a function takes the row it competes for with its first statement,
 * a conditional UPDATE, and reads other rows only after it.
 * Serialisation failures and connections lost before COMMIT are re-run with jitter for up to 2 s,
 * then BUSY.
 * event_id 0 is for the global tables (accounts, sessions).
 * A failed COMMIT is INTERNAL and may have committed: idempotency keys settle it. After a disk
 * error in one, SQLite takes no further write (INTERNAL) until the program is restarted.
 */
enum tx_kind { TX_NORMAL, TX_HOT };
enum rc tx_run(struct store *s, enum tx_kind kind, int64_t event_id, tx_fn fn, void *arg,
	struct err *err) NODISCARD;

struct db *tx_db(struct tx *tx);        /* to read inside the transaction */
struct arena *tx_arena(struct tx *tx);  /* emptied after the transaction */
int64_t tx_now_ms(const struct tx *tx); /* the same during all re-runs; never ask the clock */
int64_t tx_event_id(const struct tx *tx);
/* A new row id (base/random.h) at the transaction's time. */
int64_t tx_id(struct tx *tx);

/*
 * Changes made to an event since the process started; raised after each commit with its event_id,
 * before tx_run returns. Caches compare it; events may share a counter, so it can also rise for
 * nothing. With several servers on one PostgreSQL it is a hint: they read event.rev.
 */
uint64_t store_event_changes(const struct store *s, int64_t event_id);

/* ---- statements: what gen/query.c is made of; nobody else calls these ---- */

enum value_kind { VALUE_INT, VALUE_TEXT, VALUE_REAL };

/*
 * NULL: text NULL; an integer column that may be NULL is one named _at or _id, where 0 stands for
 * NULL in both directions (mkquery and the schema lint see to it). Reals are never NULL.
 */
struct value {
	enum value_kind kind;
	bool is_null_when_zero;
	union {
		int64_t i;
		const char *text;
		double real;
	};
};

struct statement {
	const char *name;
	const char *sqlite;   /* :1-style numbered parameters ?1 ?2 … */
	const char *postgres; /* $1 $2 … */
	int n_params;
	int n_columns; /* 0: it returns no rows */
	int index;     /* into the statement caches; 0..n_statements-1 */
	bool writes;
};
extern const struct statement *const statement_table[]; /* in gen/query.c */
extern const int n_statements;

struct row;                                       /* the current row while a row function runs */
int64_t row_int(const struct row *r, int column); /* NULL reads as 0 */
double row_real(const struct row *r, int column); /* NULL reads as 0 */
const char *row_text(
	const struct row *r, int column, struct arena *a); /* copied; NULL stays NULL */

/*
 * Runs a statement. on_row is called for each row, in order; it may be NULL for n_columns == 0.
 * n_changed (may be NULL): rows inserted, updated or deleted.
 * Errors: CONFLICT for a broken UNIQUE, INVALID for a broken CHECK, NOT NULL or foreign key,
 * BUSY for a lock or a lost connection, INTERNAL for the rest; the message of the engine goes to
 * the log only. Row functions copy; they run no statements.
 */
enum rc statement_run(struct db *db, const struct statement *st, const struct value *params,
	void (*on_row)(void *context, const struct row *r), void *context, int64_t *n_changed,
	struct err *err) NODISCARD;

#endif
