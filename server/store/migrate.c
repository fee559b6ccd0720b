/*
 * The schema is brought up to date by the program itself, when it starts: there is no moment at
 * which a person could forget it. A migration and the row that records it are one transaction, so
 * a killed start leaves either both or neither.
 */
#include "store/migrate.h"

#include <errno.h>
#include <string.h>
#include <time.h>
#include "base/clock.h"
#include "base/log.h"
#include "store/engine.h"

/* How long to wait for another server that is migrating the same database. */
enum { RIVAL_WAIT_MS = 60000, RIVAL_PAUSE_MS = 100 };

/* ---- the PostgreSQL text ---- */

static bool is_word_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

/* The length of the string, quoted name or comment at s; 0 when there is none. */
static size_t opaque_length(const char *s)
{
	const char *end = NULL;
	if (*s == '\'' || *s == '"') {
		/* A doubled quote reads as the end of one text and the start of the next. */
		end = strchr(s + 1, *s);
		return end ? (size_t)(end + 1 - s) : strlen(s);
	}
	if (s[0] == '-' && s[1] == '-')
		return strcspn(s, "\n");
	if (s[0] == '/' && s[1] == '*') {
		end = strstr(s + 2, "*/");
		return end ? (size_t)(end + 2 - s) : strlen(s);
	}
	return 0;
}

static struct str postgres_word(struct str word, struct str previous)
{
	if (str_is(word, "INTEGER"))
		return STR("BIGINT");
	if (str_is(word, "REAL"))
		return STR("DOUBLE PRECISION");
	if (str_is(word, "TEXT") && !str_is(previous, "AS"))
		return STR("TEXT COLLATE \"C\"");
	if (str_is(word, "STRICT"))
		return STR("");
	return word;
}

const char *migration_postgres(struct arena *a, const char *sqlite_sql)
{
	struct buf out = buf_in(a, strlen(sqlite_sql) * 4 + 1);
	struct str previous = {NULL, 0};
	for (const char *s = sqlite_sql; *s;) {
		size_t n = opaque_length(s);
		if (n > 0) {
			buf_add(&out, s, n);
		} else if (is_word_char(*s)) {
			while (is_word_char(s[n]))
				n++;
			struct str word = {s, n};
			buf_str(&out, postgres_word(word, previous));
			previous = word;
		} else {
			n = 1;
			buf_char(&out, *s);
		}
		s += n;
	}
	return buf_cstr(&out);
}

/* ---- the table of what has been done ---- */

static const char create_table[] = "CREATE TABLE IF NOT EXISTS schema_migration (\n"
				   "	version INTEGER NOT NULL PRIMARY KEY,\n"
				   "	name TEXT NOT NULL,\n"
				   "	checksum TEXT NOT NULL,\n"
				   "	applied_at INTEGER NOT NULL\n"
				   ") STRICT;\n";

static const struct statement select_applied = {
	.name = "schema_migrations",
	.sqlite = "SELECT version, checksum FROM schema_migration ORDER BY version",
	.postgres = "SELECT version, checksum FROM schema_migration ORDER BY version",
	.n_columns = 2,
	.index = -1,
};

static const struct statement insert_applied = {
	.name = "schema_migration_insert",
	.sqlite = "INSERT INTO schema_migration (version, name, checksum, applied_at)"
		  " VALUES (?1, ?2, ?3, ?4) ON CONFLICT (version) DO NOTHING",
	.postgres = "INSERT INTO schema_migration (version, name, checksum, applied_at)"
		    " VALUES ($1, $2, $3, $4) ON CONFLICT (version) DO NOTHING",
	.n_params = 4,
	.index = -1,
	.writes = true,
};

struct verification {
	const struct migration *all;
	int n;
	struct arena *arena;
	int n_applied;
	int n_newest;  /* the highest version found */
	int n_changed; /* the first version whose text is another one, or 0 */
};

static void verify_row(void *context, const struct row *r)
{
	struct verification *v = context;
	int version = (int)row_int(r, 0);
	v->n_applied++;
	v->n_newest = version;
	if (version > v->n || v->n_changed)
		return;
	/* A gap shows as a row in the wrong place. */
	if (version != v->n_applied ||
		!text_equal(row_text(r, 1, v->arena), v->all[version - 1].sha256))
		v->n_changed = version;
}

/* How many of the migrations are in the database; CONFLICT when it is not ours to go on with. */
static enum rc count_applied(
	struct db *db, const struct migration *all, int n, int *n_applied, struct err *err)
{
	struct verification v = {.all = all, .n = n, .arena = err->arena};
	TRY(statement_run(db, &select_applied, NULL, verify_row, &v, NULL, err));
	*n_applied = v.n_applied;
	if (v.n_newest > n)
		return err_set(err, CONFLICT,
			"This database was written by a newer version of Symposiarch (schema %d; "
			"this program knows %d). Start that version, or restore a backup",
			v.n_newest, n);
	if (v.n_changed)
		return err_set(err, CONFLICT,
			"Step %d of this database's schema differs from the one in this program. "
			"It was written by a program that was never released; restore a backup",
			v.n_changed);
	return OK;
}

/* ---- going up ---- */

static const char *in_dialect(struct db *db, struct arena *a, const char *sql)
{
	return db->ops->kind == ENGINE_POSTGRES ? migration_postgres(a, sql) : sql;
}

/*
 * The row comes first: where two servers start on one database, the second waits at it until the
 * first has committed, and then finds that there is nothing left to do.
 */
static enum rc apply_in_tx(struct db *db, const struct migration *m, struct err *err)
{
	int64_t n_inserted = 0;
	const struct value params[] = {
		{.kind = VALUE_INT, .i = m->version},
		{.kind = VALUE_TEXT, .text = m->name},
		{.kind = VALUE_TEXT, .text = m->sha256},
		{.kind = VALUE_INT, .i = clock_now_ms()},
	};
	TRY(statement_run(db, &insert_applied, params, NULL, NULL, &n_inserted, err));
	if (n_inserted == 0)
		return OK;
	return db->ops->script(db, in_dialect(db, err->arena, m->sql), err);
}

static enum rc apply(struct db *db, const struct migration *m, struct err *err)
{
	TRY(db_control(db, CONTROL_BEGIN_HOT, err));
	enum rc rc = m->version == 0 ? db->ops->script(db, in_dialect(db, err->arena, m->sql), err)
				     : apply_in_tx(db, m, err);
	if (rc == OK)
		rc = db_control(db, CONTROL_COMMIT, err);
	if (rc != OK)
		db_rollback(db);
	return rc;
}

static void pause_for_rival(void)
{
	struct timespec pause = {.tv_nsec = RIVAL_PAUSE_MS * 1000000L};
	while (nanosleep(&pause, &pause) != 0 && errno == EINTR)
		;
}

static enum rc apply_patiently(struct db *db, const struct migration *m, struct err *err)
{
	struct err before = *err;
	int64_t deadline_ms = clock_elapsed_ms() + RIVAL_WAIT_MS;
	for (int attempt = 1;; attempt++) {
		enum rc rc = apply(db, m, err);
		/* PostgreSQL's IF NOT EXISTS is no shield against a rival in the same instant; who
		 * lost finds the table at the next attempt. */
		bool may_pass = db->is_retry || (m->version == 0 && attempt <= 3);
		if (rc == OK || !may_pass || clock_elapsed_ms() >= deadline_ms)
			return rc;
		pause_for_rival();
		*err = before;
		TRY(db->ops->ready(db, err));
	}
}

enum rc migrate_up(struct store *s, const struct migration *all, int n, struct err *err)
{
	static const struct migration bookkeeping = {
		.name = "schema_migration", .sql = create_table};
	struct db *db = s->first;
	int n_applied = 0;
	TRY(apply_patiently(db, &bookkeeping, err));
	TRY(count_applied(db, all, n, &n_applied, err));
	for (int i = n_applied; i < n; i++) {
		TRY(apply_patiently(db, &all[i], err));
		log_event(LOG_INFO, "migrated", "version=%d name=%s", all[i].version,
			log_value(db->arena, all[i].name));
	}
	/* What a rival applied in the meantime must be what we would have applied. */
	TRY(count_applied(db, all, n, &n_applied, err));
	arena_reset(db->arena);
	return OK;
}

static void take_version(void *context, const struct row *r)
{
	int *version = context;
	*version = (int)row_int(r, 0);
}

int migrate_version(struct store *s)
{
	int version = 0;
	struct arena *a = arena_new();
	struct err err = err_in(a);
	struct db *db;
	if (db_acquire(s, &db, &err) == OK) {
		if (statement_run(db, &select_applied, NULL, take_version, &version, NULL, &err) !=
			OK)
			version = 0;
		db_release(db);
	}
	arena_free(a);
	return version;
}
