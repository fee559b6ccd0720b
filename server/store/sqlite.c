/*
 * SQLite, the embedded engine, and the only file of the server that includes its header.
 *
 * One connection writes, under the thread of writer.c; readers open the file read-only. The log
 * (WAL) with synchronous=FULL is the only pair of settings that lost nothing in power cuts.
 */
#include <sqlite3.h>

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>
#include "base/log.h"
#include "store/engine.h"

enum {
	WRITER_BUSY_MS = 250, /* only a foreign tool can hold the lock: do not stop the queue */
	READER_BUSY_MS = 1000,
	RESTART_BUSY_MS = 50,
	CHECKPOINT_PAGES = 1000,
	RESTART_PAGES = 4 * CHECKPOINT_PAGES,
};

struct connection {
	struct db head;
	sqlite3 *handle;
	sqlite3_stmt *controls[N_CONTROLS];
	sqlite3_stmt **cache; /* by statement.index */
	int n_wal_pages;      /* after the last commit */
	int n_folded_pages;   /* of these, already copied into the file */
};

struct sqlite_row {
	struct row head;
	sqlite3_stmt *stmt;
};

static struct connection *connection_of(struct db *db)
{
	return (struct connection *)db;
}

/* ---- errors ---- */

static enum failure failure_of(int code)
{
	switch (code) {
	case SQLITE_CONSTRAINT_UNIQUE:
	case SQLITE_CONSTRAINT_PRIMARYKEY:
	case SQLITE_CONSTRAINT_ROWID:
		return FAILURE_EXISTS;
	case SQLITE_CONSTRAINT_FOREIGNKEY:
		return FAILURE_REFERENCE;
	default:
		break;
	}
	switch (code & 0xff) {
	case SQLITE_CONSTRAINT:
		return FAILURE_VALUE;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return FAILURE_BUSY;
	default:
		return FAILURE_OURS;
	}
}

static enum rc fail(struct connection *c, const char *what, struct err *err)
{
	int code = sqlite3_extended_errcode(c->handle);
	const char *detail = sqlite3_errmsg(c->handle);
	enum failure failure = failure_of(code);
	if (failure == FAILURE_OURS) {
		err_internal(err, "sqlite %s code=%d %s", what, code, detail);
		return INTERNAL;
	}
	log_event(LOG_DEBUG, "sqlite", "statement=%s code=%d detail=%s", what, code,
		log_value(c->head.arena, detail));
	c->head.is_retry = failure == FAILURE_BUSY;
	return failure_set(err, failure);
}

/* A failed fsync leaves the kernel's view of the file unknown; only a restart reads it afresh. */
static void refuse_writes_after(struct connection *c, int code)
{
	if ((code & 0xff) != SQLITE_IOERR)
		return;
	atomic_store(&c->head.store->is_write_refused, true);
	sqlite3_db_config(c->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	log_event(LOG_ERROR, "disk-failed", "code=%d", code);
}

/* ---- claiming the file ---- */

static enum rc lock_file(struct store *s, struct err *err)
{
	char *path = arena_printf(err->arena, "%s.lock", s->database);
	s->lock_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (s->lock_fd < 0)
		return err_set(err, INVALID, "%s cannot be created: %s", path, strerror(errno));
	if (flock(s->lock_fd, LOCK_EX | LOCK_NB) != 0)
		return err_set(err, BUSY,
			"%s is in use by a Symposiarch that is running. Stop that one first, or "
			"give this one a database of its own",
			s->database);
	return OK;
}

/* Not SQLite's own creation: the file holds people's data and is for its owner alone. */
static enum rc create_file(struct store *s, struct err *err)
{
	int fd = open(s->database, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_set(err, INVALID, "The database %s cannot be created: %s", s->database,
			strerror(errno));
	close(fd);
	return OK;
}

static void configure_library(void)
{
	/* Its counters take a process-wide lock at every allocation: half of the speed. */
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static enum rc sqlite_attach(struct store *s, struct err *err)
{
	bool is_there = access(s->database, F_OK) == 0;
	if (!is_there && !s->is_new_allowed)
		return err_set(err, NOT_FOUND,
			"There is no database %s. Check the path, or create it by starting the "
			"server with it",
			s->database);
	/* The lock comes before the file is opened, because closing a file that another store of
	 * this process has open would drop SQLite's own locks on it. */
	TRY(lock_file(s, err));
	return is_there ? OK : create_file(s, err);
}

static void sqlite_detach(struct store *s)
{
	if (s->lock_fd >= 0)
		close(s->lock_fd);
}

/* ---- opening ---- */

static enum rc pragma_int(struct connection *c, const char *sql, int64_t *out, struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	enum rc rc = OK;
	if (sqlite3_prepare_v2(c->handle, sql, -1, &stmt, NULL) != SQLITE_OK ||
		sqlite3_step(stmt) != SQLITE_ROW)
		rc = fail(c, sql, err);
	else
		*out = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return rc;
}

static enum rc execute(struct connection *c, const char *sql, struct err *err)
{
	return sqlite3_exec(c->handle, sql, NULL, NULL, NULL) == SQLITE_OK ? OK : fail(c, sql, err);
}

/* Takes a new file as ours; refuses one that another program made. */
static enum rc identify(struct connection *c, struct err *err)
{
	int64_t id = 0;
	int64_t n_objects = 0;
	int code = sqlite3_exec(c->handle, "SELECT 1 FROM sqlite_schema", NULL, NULL, NULL);
	if (code == SQLITE_NOTADB)
		return err_set(err, INVALID, "%s is not a database", c->head.store->database);
	TRY(pragma_int(c, "PRAGMA application_id", &id, err));
	TRY(pragma_int(c, "SELECT count(*) FROM sqlite_schema", &n_objects, err));
	if (id == SQLITE_APPLICATION)
		return OK;
	if (id != 0 || n_objects != 0)
		return err_set(err, INVALID, "%s is the database of another program",
			c->head.store->database);
	char *sql = arena_printf(err->arena, "PRAGMA application_id = %d", (int)SQLITE_APPLICATION);
	return execute(c, sql, err);
}

static int note_pages(void *context, sqlite3 *handle, const char *name, int n_pages)
{
	(void)handle;
	(void)name;
	struct connection *c = context;
	c->n_wal_pages = n_pages;
	return SQLITE_OK;
}

static enum rc set_up_writer(struct connection *c, struct err *err)
{
	int64_t is_wal = 0;
	TRY(identify(c, err));
	TRY(execute(c, "PRAGMA journal_mode = WAL", err));
	TRY(pragma_int(c, "SELECT count(*) FROM pragma_journal_mode WHERE journal_mode = 'wal'",
		&is_wal, err));
	if (!is_wal)
		return err_set(err, INVALID,
			"The file system of %s cannot hold a database that is written while it is "
			"read. Use a local disk",
			c->head.store->database);
	sqlite3_busy_timeout(c->handle, WRITER_BUSY_MS);
	sqlite3_wal_hook(c->handle, note_pages, c);
	return execute(c,
		"PRAGMA synchronous = FULL;"
		"PRAGMA foreign_keys = ON;"
		"PRAGMA secure_delete = ON;"
		"PRAGMA journal_size_limit = 16777216;",
		err);
}

static void harden(sqlite3 *handle)
{
	sqlite3_extended_result_codes(handle, 1);
	sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
}

static void sqlite_close(struct db *db)
{
	struct connection *c = connection_of(db);
	for (int i = 0; i < N_CONTROLS; i++)
		sqlite3_finalize(c->controls[i]);
	for (int i = 0; i < n_statements; i++)
		sqlite3_finalize(c->cache[i]);
	int code = sqlite3_close(c->handle);
	assert(code == SQLITE_OK);
	(void)code;
	heap_free(c->cache);
	heap_free(c);
}

static enum rc sqlite_open(struct store *s, enum access access, struct db **out, struct err *err)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, configure_library);
	bool is_writer = access == ACCESS_WRITE;
	struct connection *c = heap_alloc(sizeof *c);
	c->head.store = s;
	c->head.arena = err->arena; /* until db_open gives it its own */
	c->cache = heap_alloc((size_t)n_statements * sizeof(sqlite3_stmt *));
	int flags = is_writer ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
	int code = sqlite3_open_v2(
		s->database, &c->handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
	enum rc rc = OK;
	if (!c->handle) {
		heap_free(c->cache);
		heap_free(c);
		return err_internal(err, "sqlite: no memory for a connection");
	}
	harden(c->handle);
	sqlite3_busy_timeout(c->handle, READER_BUSY_MS);
	if (code != SQLITE_OK)
		rc = fail(c, "open", err);
	else if (is_writer)
		rc = set_up_writer(c, err);
	else
		rc = execute(c, "PRAGMA query_only = ON", err);
	if (rc == OK)
		rc = execute(c, "PRAGMA temp_store = MEMORY; PRAGMA cell_size_check = ON", err);
	if (rc != OK) {
		sqlite_close(&c->head);
		return rc;
	}
	*out = &c->head;
	return OK;
}

static enum rc sqlite_ready(struct db *db, struct err *err)
{
	(void)db;
	(void)err;
	return OK;
}

/* Statements read and write rows of tables, and nothing else. */
static int authorise(void *context, int action, const char *a, const char *b, const char *database,
	const char *trigger)
{
	(void)context, (void)a, (void)b, (void)database, (void)trigger;
	switch (action) {
	case SQLITE_SELECT:
	case SQLITE_READ:
	case SQLITE_RECURSIVE:
	case SQLITE_FUNCTION:
	case SQLITE_INSERT:
	case SQLITE_UPDATE:
	case SQLITE_DELETE:
	case SQLITE_TRANSACTION:
	case SQLITE_SAVEPOINT:
		return SQLITE_OK;
	default:
		return SQLITE_DENY;
	}
}

static void sqlite_seal(struct db *db)
{
	sqlite3_set_authorizer(connection_of(db)->handle, authorise, NULL);
}

/* ---- transactions ---- */

static enum rc sqlite_control(struct db *db, enum control what, struct err *err)
{
	static const char *const texts[N_CONTROLS] = {
		[CONTROL_BEGIN_READ] = "BEGIN",
		[CONTROL_BEGIN_WRITE] = "BEGIN IMMEDIATE",
		[CONTROL_BEGIN_HOT] = "BEGIN IMMEDIATE",
		[CONTROL_COMMIT] = "COMMIT",
		[CONTROL_ROLLBACK] = "ROLLBACK",
		[CONTROL_SAVEPOINT] = "SAVEPOINT job",
		[CONTROL_RELEASE] = "RELEASE job",
		[CONTROL_ROLLBACK_TO] = "ROLLBACK TO job",
	};
	struct connection *c = connection_of(db);
	sqlite3_stmt **stmt = &c->controls[what];
	if (!*stmt && sqlite3_prepare_v3(c->handle, texts[what], -1, SQLITE_PREPARE_PERSISTENT,
			      stmt, NULL) != SQLITE_OK)
		return fail(c, texts[what], err);
	int code = sqlite3_step(*stmt);
	enum rc rc = code == SQLITE_DONE ? OK : fail(c, texts[what], err);
	if (rc != OK && what == CONTROL_COMMIT && db->access == ACCESS_WRITE)
		refuse_writes_after(c, code);
	sqlite3_reset(*stmt);
	return rc;
}

static bool sqlite_is_in_transaction(const struct db *db)
{
	return !sqlite3_get_autocommit(((const struct connection *)db)->handle);
}

/*
 * Folding the log into the file. PASSIVE never waits. Where readers without a gap keep the log from
 * starting again at its beginning it would grow without end, so past RESTART_PAGES the writer waits
 * a moment for them: new readers no longer touch a log that is wholly folded in.
 */
static void sqlite_tidy(struct db *db, bool is_idle)
{
	struct connection *c = connection_of(db);
	if (c->n_wal_pages < c->n_folded_pages)
		c->n_folded_pages = 0; /* the log has started again */
	int n_due = c->n_wal_pages - c->n_folded_pages;
	if (c->n_wal_pages == 0 || (!is_idle && n_due < CHECKPOINT_PAGES) ||
		atomic_load(&db->store->is_write_refused))
		return;
	int n_pages = 0;
	int n_folded = 0;
	int mode = is_idle ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;
	sqlite3_busy_timeout(c->handle, 0);
	int code = sqlite3_wal_checkpoint_v2(c->handle, NULL, mode, &n_pages, &n_folded);
	if (code == SQLITE_OK && !is_idle && n_pages >= RESTART_PAGES && n_folded == n_pages) {
		sqlite3_busy_timeout(c->handle, RESTART_BUSY_MS);
		code = sqlite3_wal_checkpoint_v2(
			c->handle, NULL, SQLITE_CHECKPOINT_RESTART, &n_pages, &n_folded);
	}
	sqlite3_busy_timeout(c->handle, WRITER_BUSY_MS);
	c->n_folded_pages = n_folded > 0 ? n_folded : 0;
	if (is_idle && code == SQLITE_OK)
		c->n_wal_pages = 0;
	refuse_writes_after(c, code);
}

/* ---- statements ---- */

static enum rc prepare(
	struct connection *c, const struct statement *st, sqlite3_stmt **out, struct err *err)
{
	bool is_cached = st->index >= 0;
	assert(st->index < n_statements);
	*out = is_cached ? c->cache[st->index] : NULL;
	if (*out) {
		assert(!sqlite3_stmt_busy(*out)); /* a row function ran its own statement */
		return OK;
	}
	if (sqlite3_prepare_v3(c->handle, st->sqlite, -1, SQLITE_PREPARE_PERSISTENT, out, NULL) !=
		SQLITE_OK)
		return fail(c, st->name, err);
	assert(sqlite3_bind_parameter_count(*out) == st->n_params);
	assert(sqlite3_column_count(*out) == st->n_columns);
	if (is_cached)
		c->cache[st->index] = *out;
	return OK;
}

static int bind(sqlite3_stmt *stmt, int i, const struct value *v)
{
	switch (v->kind) {
	case VALUE_INT:
		if (v->is_null_when_zero && v->i == 0)
			return sqlite3_bind_null(stmt, i);
		return sqlite3_bind_int64(stmt, i, v->i);
	case VALUE_REAL:
		return sqlite3_bind_double(stmt, i, v->real);
	case VALUE_TEXT:
		break;
	}
	return sqlite3_bind_text(stmt, i, v->text, -1, SQLITE_STATIC);
}

static enum rc sqlite_run(struct db *db, const struct statement *st, const struct value *params,
	void (*on_row)(void *context, const struct row *r), void *context, int64_t *n_changed,
	struct err *err)
{
	struct connection *c = connection_of(db);
	struct sqlite_row row = {.head.ops = &sqlite_ops};
	TRY(prepare(c, st, &row.stmt, err));
	int code = SQLITE_OK;
	for (int i = 0; i < st->n_params && code == SQLITE_OK; i++)
		code = bind(row.stmt, i + 1, &params[i]);
	if (code == SQLITE_OK)
		while ((code = sqlite3_step(row.stmt)) == SQLITE_ROW)
			if (on_row)
				on_row(context, &row.head);
	enum rc rc = code == SQLITE_DONE ? OK : fail(c, st->name, err);
	if (rc == OK && !sqlite3_stmt_readonly(row.stmt))
		*n_changed = sqlite3_changes64(c->handle);
	sqlite3_reset(row.stmt);
	sqlite3_clear_bindings(row.stmt);
	if (st->index < 0)
		sqlite3_finalize(row.stmt);
	return rc;
}

static enum rc sqlite_script(struct db *db, const char *sql, struct err *err)
{
	struct connection *c = connection_of(db);
	return sqlite3_exec(c->handle, sql, NULL, NULL, NULL) == SQLITE_OK ? OK
									   : fail(c, "script", err);
}

static sqlite3_stmt *stmt_of(const struct row *r)
{
	return ((const struct sqlite_row *)r)->stmt;
}

static int64_t sqlite_row_int(const struct row *r, int column)
{
	return sqlite3_column_int64(stmt_of(r), column);
}

static double sqlite_row_real(const struct row *r, int column)
{
	return sqlite3_column_double(stmt_of(r), column);
}

static const char *sqlite_row_text(const struct row *r, int column, struct arena *a)
{
	return arena_strdup(a, (const char *)sqlite3_column_text(stmt_of(r), column));
}

const struct engine_ops sqlite_ops = {
	.kind = ENGINE_SQLITE,
	.n_writers = 0,
	.attach = sqlite_attach,
	.detach = sqlite_detach,
	.open = sqlite_open,
	.close = sqlite_close,
	.ready = sqlite_ready,
	.seal = sqlite_seal,
	.control = sqlite_control,
	.is_in_transaction = sqlite_is_in_transaction,
	.run = sqlite_run,
	.script = sqlite_script,
	.tidy = sqlite_tidy,
	.row_int = sqlite_row_int,
	.row_real = sqlite_row_real,
	.row_text = sqlite_row_text,
};
