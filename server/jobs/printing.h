/*
 * The task of kind "print": one row of print_job becomes a document in a print worker, and its row
 * keeps what came of it. One document at a time, on a thread of its own, so that mail goes on and
 * one worker at least is free for what people wait for.
 *
 * A job whose server died is taken up again when its lease ends. One that kills its printer is
 * tried once more, then given up.
 */
#ifndef JOBS_PRINTING_H
#define JOBS_PRINTING_H

#include "base/err.h"
#include "store/blob.h"
#include "store/db.h"

struct print_pool;

struct printing_options {
	struct store *store;
	struct blobs *blobs;
	struct print_pool *pool;
	const char *owner; /* of leases; outlives it */
};

struct printing;
enum rc printing_new(
	const struct printing_options *options, struct printing **out, struct err *err) NODISCARD;
/* There is something to print. */
void printing_wake(struct printing *p);
/* A document under way goes back into the queue. NULL is allowed. */
void printing_free(struct printing *p);

#endif
