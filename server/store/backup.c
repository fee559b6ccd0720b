/*
 * Backup and restore. A backup nobody has opened is a hope, so each is read in full before it gets
 * its name, and again before it is restored.
 */
#include "store/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/log.h"
#include "store/engine.h"
#include "store/files.h"
#include "store/migrate.h"

static const char database_name[] = "symposiarch.db";
enum { MAX_MANIFEST_BYTES = 1024 * 1024, MAX_QUERY_BYTES = 64 * 1024 };

/* ---- a file of SQLite, looked at from outside the store ---- */

/* A connection to a file of its own, beside any store; it has no authorizer. */
static enum rc file_open(const char *path, struct db **out, struct err *err)
{
	struct store *box = heap_alloc(sizeof *box);
	box->ops = &sqlite_ops;
	box->database = heap_strdup(path);
	enum rc rc = db_open(box, ACCESS_READ, out, err);
	if (rc != OK) {
		heap_free(box->database);
		heap_free(box);
	}
	return rc;
}

static void file_close(struct db *db)
{
	struct store *box = db->store;
	db_close(db);
	heap_free(box->database);
	heap_free(box);
}

static enum rc ask(struct db *db, const char *sql, int n_columns,
	void (*on_row)(void *context, const struct row *r), void *context, struct err *err)
{
	const struct statement st = {
		.name = "backup", .sqlite = sql, .n_columns = n_columns, .index = -1};
	return statement_run(db, &st, NULL, on_row, context, NULL, err);
}

struct texts {
	struct arena *arena;
	const char **items;
	size_t n, cap;
};

static void add_text(struct texts *t, const char *text)
{
	if (t->n == t->cap) {
		size_t cap = t->cap ? 2 * t->cap : 64;
		const char **items = ARENA_ARRAY(t->arena, cap, const char *);
		if (t->n > 0)
			memcpy(items, t->items, t->n * sizeof *items);
		t->items = items;
		t->cap = cap;
	}
	t->items[t->n++] = text;
}

static void take_text(void *context, const struct row *r)
{
	struct texts *t = context;
	const char *text = row_text(r, 0, t->arena);
	if (text)
		add_text(t, text);
}

static void take_number(void *context, const struct row *r)
{
	int64_t *n = context;
	*n = row_int(r, 0);
}

static const char *quoted(struct arena *a, const char *name)
{
	struct buf b = buf_in(a, MAX_QUERY_BYTES);
	buf_char(&b, '"');
	for (; *name; name++) {
		if (*name == '"')
			buf_char(&b, '"');
		buf_char(&b, *name);
	}
	buf_char(&b, '"');
	return buf_cstr(&b);
}

/* ---- what a database holds ---- */

struct contents {
	int64_t schema_version;
	const char *manifest; /* one line a fact; equal for equal contents */
	struct texts blobs;   /* SHA-256 in hex, once each */
};

static enum rc list_blobs(struct db *db, struct arena *a, struct texts *blobs, struct err *err)
{
	struct texts tables = {.arena = a};
	struct buf sql = buf_in(a, MAX_QUERY_BYTES);
	TRY(ask(db,
		"SELECT t.name FROM sqlite_schema AS t, pragma_table_info(t.name) AS c"
		" WHERE t.type = 'table' AND c.name = 'sha256' ORDER BY t.name",
		1, take_text, &tables, err));
	for (size_t i = 0; i < tables.n; i++) {
		buf_text(&sql, i == 0 ? "" : " UNION ");
		buf_printf(&sql, "SELECT DISTINCT sha256 FROM %s", quoted(a, tables.items[i]));
	}
	blobs->arena = a;
	if (tables.n == 0)
		return OK;
	buf_text(&sql, " ORDER BY 1");
	return ask(db, buf_cstr(&sql), 1, take_text, blobs, err);
}

static enum rc check_soundness(struct db *db, struct arena *a, struct err *err)
{
	struct texts verdicts = {.arena = a};
	int64_t application = 0;
	int64_t n_orphans = -1;
	TRY(ask(db, "PRAGMA application_id", 1, take_number, &application, err));
	TRY(ask(db, "PRAGMA integrity_check(1)", 1, take_text, &verdicts, err));
	TRY(ask(db, "SELECT count(*) FROM pragma_foreign_key_check", 1, take_number, &n_orphans,
		err));
	if (application != SQLITE_APPLICATION || verdicts.n != 1 ||
		!text_equal(verdicts.items[0], "ok") || n_orphans != 0)
		return err_internal(err,
			"backup: application=%" PRId64 " verdict=%s orphans=%" PRId64, application,
			verdicts.n > 0 ? verdicts.items[0] : "none", n_orphans);
	return OK;
}

static enum rc describe(struct db *db, struct arena *a, struct contents *out, struct err *err)
{
	struct texts tables = {.arena = a};
	struct buf b = buf_in(a, MAX_MANIFEST_BYTES);
	TRY(check_soundness(db, a, err));
	TRY(ask(db, "SELECT max(version) FROM schema_migration", 1, take_number,
		&out->schema_version, err));
	TRY(ask(db,
		"SELECT name FROM sqlite_schema WHERE type = 'table'"
		" AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name",
		1, take_text, &tables, err));
	TRY(list_blobs(db, a, &out->blobs, err));
	buf_printf(&b, "symposiarch backup 1\nschema %" PRId64 "\nblobs %zu\n", out->schema_version,
		out->blobs.n);
	for (size_t i = 0; i < tables.n; i++) {
		int64_t n_rows = 0;
		const char *name = tables.items[i];
		TRY(ask(db, arena_printf(a, "SELECT count(*) FROM %s", quoted(a, name)), 1,
			take_number, &n_rows, err));
		buf_printf(&b, "table %s %" PRId64 "\n", name, n_rows);
	}
	out->manifest = buf_cstr(&b);
	return OK;
}

/* INVALID when the file cannot be read or is unsound; the log has the reason. */
static enum rc examine(const char *path, struct arena *a, struct contents *out, struct err *err)
{
	struct err unheard = err_in(a);
	struct db *db = NULL;
	*out = (struct contents){0};
	enum rc rc = access(path, R_OK) == 0 ? file_open(path, &db, &unheard) : NOT_FOUND;
	if (rc == OK) {
		rc = describe(db, a, out, &unheard);
		file_close(db);
	}
	return rc == OK ? OK
			: err_set(err, INVALID,
				  "%s is missing, damaged or not a database of Symposiarch", path);
}

/* ---- blobs ---- */

/* Copies each blob; to == NULL only reads them. A wrong hash is as bad as a missing file. */
static enum rc carry_blobs(const struct texts *blobs, const char *from, const char *to,
	enum rc when_missing, struct err *err)
{
	struct arena *a = arena_new();
	enum rc rc = OK;
	for (size_t i = 0; i < blobs->n && rc == OK; i++) {
		const char *name = blobs->items[i];
		const char *actual = "";
		bool is_name = strlen(name) == 64 && strspn(name, "0123456789abcdef") == 64;
		const char *source = is_name ? blob_place(a, from, name, BLOB_FILE) : name;
		bool is_read =
			is_name &&
			(to ? blob_place_make(a, to, name) &&
						file_copy(a, source,
							blob_place(a, to, name, BLOB_FILE), &actual)
			    : file_hash(a, source, &actual));
		int reason = errno;
		if (is_read && strcmp(actual, name) == 0)
			continue;
		log_event(LOG_ERROR, "backup", "blob=%s detail=%s", log_value(a, name),
			is_read ? "damaged" : log_value(a, strerror(reason)));
		rc = err_set(err, when_missing,
			"The uploaded file %s, which the database names, is missing or damaged. "
			"Put it back from an earlier backup",
			source);
	}
	arena_free(a);
	return rc;
}

/* ---- writing ---- */

static const char *parent_of(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');
	if (!slash)
		return ".";
	return slash == path ? "/" : arena_strndup(a, path, (size_t)(slash - path));
}

static const char *without_slashes(struct arena *a, const char *path)
{
	size_t n = strlen(path);
	while (n > 1 && path[n - 1] == '/')
		n--;
	return arena_strndup(a, path, n);
}

static enum rc disk_failed(struct err *err, const char *what)
{
	int reason = errno;
	log_event(LOG_ERROR, "backup", "path=%s detail=%s", log_value(err->arena, what),
		log_value(err->arena, strerror(reason)));
	return err_set(err, INTERNAL, "%s cannot be written: %s", what, strerror(reason));
}

static int lock_directory(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

/* Makes the temporary directory and holds it; what a killed backup left there goes. */
static enum rc claim(const char *partial, int *lock, struct err *err)
{
	if (mkdir(partial, 0700) != 0) {
		if (errno != EEXIST)
			return disk_failed(err, partial);
		int stale = lock_directory(partial);
		if (stale < 0)
			return err_set(
				err, BUSY, "A backup to this place is being written already");
		directory_remove(partial);
		close(stale);
		if (mkdir(partial, 0700) != 0)
			return disk_failed(err, partial);
	}
	*lock = lock_directory(partial);
	return *lock >= 0 ? OK : disk_failed(err, partial);
}

static enum rc copy_database(struct store *s, const char *target, struct err *err)
{
	static const struct statement vacuum = {
		.name = "backup", .sqlite = "VACUUM INTO ?1", .n_params = 1, .index = -1};
	const struct value params[] = {{.kind = VALUE_TEXT, .text = target}};
	struct db *db = NULL;
	TRY(file_open(s->database, &db, err));
	/* The source is open read-only; this lets the connection write the other file. */
	enum rc rc = ask(db, "PRAGMA query_only = OFF", 0, NULL, NULL, err);
	if (rc == OK)
		rc = statement_run(db, &vacuum, params, NULL, NULL, NULL, err);
	file_close(db);
	if (rc == OK && (chmod(target, 0600) != 0 || !file_sync(target)))
		rc = disk_failed(err, target);
	return rc;
}

/* Everything below the temporary directory, durable. */
static enum rc fill(struct store *s, const struct blobs *blobs, const char *partial, int lock,
	struct arena *a, struct err *err)
{
	struct contents contents;
	const char *database = arena_printf(a, "%s/%s", partial, database_name);
	const char *manifest = arena_printf(a, "%s/MANIFEST", partial);
	const char *copies = arena_printf(a, "%s/blobs", partial);
	TRY(copy_database(s, database, err));
	TRY(examine(database, a, &contents, err));
	if (!directory_make(copies))
		return disk_failed(err, copies);
	TRY(carry_blobs(&contents.blobs, blobs_directory(blobs), copies, INTERNAL, err));
	if (!file_save(manifest, str_from(contents.manifest)))
		return disk_failed(err, manifest);
	return syncfs(lock) == 0 ? OK : disk_failed(err, partial);
}

enum rc backup_write(
	struct store *s, struct blobs *blobs, const char *target_directory, struct err *err)
{
	if (s->ops->kind != ENGINE_SQLITE)
		return err_set(err, INVALID,
			"A PostgreSQL database is backed up with its own tools, such as pg_dump");
	struct arena *a = arena_new();
	int lock = -1;
	const char *target = without_slashes(a, target_directory);
	const char *partial = arena_printf(a, "%s.partial", target);
	enum rc rc = OK;
	if (access(target, F_OK) == 0)
		rc = err_set(err, CONFLICT, "%s exists already; choose another name", target);
	if (rc == OK)
		rc = claim(partial, &lock, err);
	if (rc == OK) {
		rc = fill(s, blobs, partial, lock, a, err);
		if (rc == OK &&
			(rename(partial, target) != 0 || !directory_sync(parent_of(a, target))))
			rc = disk_failed(err, target);
		if (rc != OK)
			directory_remove(partial);
		close(lock);
	}
	arena_free(a);
	return rc;
}

/* ---- restoring ---- */

static enum rc read_manifest(const char *backup, struct arena *a, struct str *out, struct err *err)
{
	char *bytes = arena_alloc(a, MAX_MANIFEST_BYTES);
	int fd = open(arena_printf(a, "%s/MANIFEST", backup), O_RDONLY | O_CLOEXEC);
	ssize_t n = fd >= 0 ? read(fd, bytes, MAX_MANIFEST_BYTES) : -1;
	if (fd >= 0)
		close(fd);
	if (n < 0)
		return err_set(err, INVALID,
			"%s is not a complete backup: it has no readable MANIFEST", backup);
	*out = (struct str){bytes, (size_t)n};
	return OK;
}

static enum rc verify(
	const char *backup, struct arena *a, struct contents *contents, struct err *err)
{
	struct str manifest;
	TRY(read_manifest(backup, a, &manifest, err));
	TRY(examine(arena_printf(a, "%s/%s", backup, database_name), a, contents, err));
	if (!str_is(manifest, contents->manifest))
		return err_set(err, INVALID,
			"The database in %s does not hold what its MANIFEST says; use another "
			"backup",
			backup);
	if (contents->schema_version > n_migrations)
		return err_set(err, CONFLICT,
			"This backup was written by a newer version of Symposiarch; restore it "
			"with that version");
	return carry_blobs(
		&contents->blobs, arena_printf(a, "%s/blobs", backup), NULL, INVALID, err);
}

static enum rc copy_back(const struct contents *contents, const char *backup, const char *data,
	struct arena *a, struct err *err)
{
	const char *blobs = arena_printf(a, "%s/blobs", data);
	const char *database = arena_printf(a, "%s/%s", data, database_name);
	const char *partial = arena_printf(a, "%s.partial", database);
	if (!directory_make(blobs))
		return disk_failed(err, blobs);
	TRY(carry_blobs(
		&contents->blobs, arena_printf(a, "%s/blobs", backup), blobs, INTERNAL, err));
	int fd = open(data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool is_done =
		file_copy(a, arena_printf(a, "%s/%s", backup, database_name), partial, NULL) &&
		fd >= 0 && syncfs(fd) == 0 && rename(partial, database) == 0 && fsync(fd) == 0 &&
		directory_sync(parent_of(a, data));
	enum rc rc = is_done ? OK : disk_failed(err, database);
	if (fd >= 0)
		close(fd);
	return rc;
}

enum rc backup_restore(const char *backup_directory, const char *data_directory, struct err *err)
{
	struct arena *a = arena_new();
	struct contents contents;
	const char *backup = without_slashes(a, backup_directory);
	const char *data = without_slashes(a, data_directory);
	enum rc rc = OK;
	if (!directory_make(data))
		rc = disk_failed(err, data);
	else if (!directory_is_empty(data))
		rc = err_set(err, CONFLICT,
			"%s is not an empty directory. Restore into a new one, then start the "
			"server with it",
			data);
	if (rc == OK)
		rc = verify(backup, a, &contents, err);
	if (rc == OK)
		rc = copy_back(&contents, backup, data, a, err);
	arena_free(a);
	return rc;
}
