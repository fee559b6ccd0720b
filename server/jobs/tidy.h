/*
 * What is done now and then, by one process of all that share the database: each task has a row in
 * the lease table, and who holds it does the work until the next time.
 */
#ifndef JOBS_TIDY_H
#define JOBS_TIDY_H

#include "store/blob.h"
#include "store/db.h"

struct tidy;
/* The first time is a minute after the start. owner and base_url outlive it. */
struct tidy *tidy_new(
	struct store *store, struct blobs *prints, const char *owner, const char *base_url);
void tidy_free(struct tidy *t);

/*
 * Does what is due, else returns at once:
 *   every minute offers of places that nobody answered go to who waits next
 *   every hour   jobs done 7 days ago, sign-in links used or expired a day ago and their mails of
 * 30 days ago, idempotency keys of 7 days ago and ended sign-ins go; needs that were to be erased
 * by now are erased; documents printed 7 days ago go every day    texts whose address is unproved
 * after 30 days are reported in the log, by event
 */
void tidy_run(struct tidy *t, struct arena *a);

/* For its tasks: every event of the installation. */
struct q_events_for_tidying;
enum rc tidy_events(struct store *store, struct arena *a, struct q_events_for_tidying **events,
	size_t *n, struct err *err) NODISCARD;

#endif
