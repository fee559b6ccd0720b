/*
 * Migrations: schema/migrations/NNNN_name.sql, embedded by mkquery (gen/schema.h) with their
 * SHA-256. Written as SQLite STRICT DDL; a word map makes PostgreSQL's from it (INTEGER -> BIGINT,
 * TEXT -> TEXT COLLATE "C", REAL -> DOUBLE PRECISION, STRICT -> nothing), strings, quoted names and
 * comments left alone. The words are matched in capitals, so a column may be called text; TEXT
 * after AS (a CAST) stays as it is. Each runs in one transaction that also writes its row of
 * schema_migration; a released migration never changes (the checksum is verified); they only add.
 */
#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H

#include "store/db.h"

struct migration {
	int version; /* 1, 2, 3 … without gaps */
	const char *name;
	const char *sql; /* SQLite text */
	const char *sha256;
};
extern const struct migration migration_table[]; /* in gen/schema.c, sorted by version */
extern const int n_migrations;

/* The PostgreSQL text of a migration. */
const char *migration_postgres(struct arena *a, const char *sqlite_sql);

/* Called by store_new on the only writing connection. CONFLICT: newer schema or changed text. */
enum rc migrate_up(struct store *s, const struct migration *all, int n, struct err *err) NODISCARD;
/* The version in force. */
int migrate_version(struct store *s);

#endif
