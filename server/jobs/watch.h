/*
 * What a task that takes long does beside its work: it records how far it is, keeps its lease, and
 * sees when it is cancelled or the server stops. The database is asked seldom, and one that cannot
 * be asked now is no reason to stop working.
 */
#ifndef JOBS_WATCH_H
#define JOBS_WATCH_H

#include "jobs/loop.h"
#include "jobs/queue.h"

struct watch {
	struct store *store;
	struct loop *loop;
	const struct claim *claim;
	struct arena *arena;
	/* Writes percent and doing to the row; *is_running false: it was cancelled. */
	enum rc (*record)(struct tx *tx, const struct watch *w, bool *is_running, struct err *err);
	/* Is the row still running? */
	enum rc (*look)(struct db *db, const struct watch *w, bool *is_running, struct err *err);
	int percent;       /* as recorded */
	const char *doing; /* lives as long as the arena */
	bool is_cancelled;
	int64_t kept_at, looked_at; /* by clock_elapsed_ms() */
};

void watch_begin(struct watch *w);
/* How far it is, doing what ("" : nothing to tell). False: stop now. */
bool watch_go_on(struct watch *w, int percent, const char *doing);

#endif
