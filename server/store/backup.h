/*
 * Backup of an embedded store: VACUUM INTO a temporary name on a connection of its own, fsync,
 * verify by opening (integrity_check, foreign_key_check, row counts), copy the blobs it names,
 * rename, fsync the directory. A killed backup leaves nothing under the final name.
 * (Stepwise backup never ends under load; see SQLite's documentation of sqlite3_backup_step.)
 */
#ifndef STORE_BACKUP_H
#define STORE_BACKUP_H

#include "store/blob.h"
#include "store/db.h"

/* INVALID for PostgreSQL (use its own tools; the message names pg_dump). CONFLICT: target exists.
 */
enum rc backup_write(struct store *s, struct blobs *blobs, const char *target_directory,
	struct err *err) NODISCARD;
/* Restores into an empty data directory; verifies first. CONFLICT unless it is empty. */
enum rc backup_restore(
	const char *backup_directory, const char *data_directory, struct err *err) NODISCARD;

#endif
