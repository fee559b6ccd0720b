/*
 * Backup of an embedded store: VACUUM INTO a temporary name on a connection of its own, fsync,
 * verify by opening (integrity_check, foreign_key_check, row counts), copy the blobs it names,
 * rename, fsync the directory. A killed backup leaves nothing under the final name.
 * (Stepwise backup never ends under load; see SQLite's documentation of sqlite3_backup_step.)
 *
 * A backup is a directory: symposiarch.db, blobs/ as in store/blob.h, and the text file MANIFEST
 * with the number of rows of each table and of the blobs. The database names a blob in a column
 * that is called sha256, in whatever table. While it is written it is called <target>.partial; one
 * that a killed backup left is removed by the next to the same target.
 */
#ifndef STORE_BACKUP_H
#define STORE_BACKUP_H

#include "store/blob.h"
#include "store/db.h"

/*
 * Writing goes on meanwhile; the backup is the state of one moment. Takes the thread of the caller
 * for as long as the disk needs.
 * INVALID for PostgreSQL (use its own tools; the message names pg_dump). CONFLICT: target exists.
 * BUSY: another backup to this target is being written. INTERNAL: a blob is missing or damaged
 * (the message names it), or the disk failed; nothing is left.
 */
enum rc backup_write(struct store *s, struct blobs *blobs, const char *target_directory,
	struct err *err) NODISCARD;

/*
 * Restores into an empty or new data directory, as <data>/symposiarch.db and <data>/blobs; verifies
 * first, blobs too. CONFLICT unless it is empty, or when the backup is of a newer schema than this
 * program knows. INVALID: not a backup, incomplete or damaged. After INTERNAL (disk full) remove
 * what is there: the database appears last.
 */
enum rc backup_restore(
	const char *backup_directory, const char *data_directory, struct err *err) NODISCARD;

#endif
