/*
 * A clerk: a thread that takes the jobs of one kind, one after the other, and looks for more twice a
 * second. What the server's end interrupts goes back into the queue.
 */
#ifndef JOBS_CLERK_H
#define JOBS_CLERK_H

#include "jobs/loop.h"
#include "jobs/queue.h"

struct clerk;

struct clerk_options {
	struct store *store;
	const char *kind;  /* of the jobs */
	const char *owner; /* of their leases; outlives the clerk */
	/* `loop` says when to stop (loop_is_stopping). */
	enum rc (*run)(void *context, struct loop *loop, struct arena *a, const struct claim *claim,
		struct err *err);
	void *context;
};

enum rc clerk_new(const struct clerk_options *options, struct clerk **out, struct err *err) NODISCARD;
/* There is something to do. */
void clerk_wake(struct clerk *c);
/* Tells it to stop and waits for the end of what it does. NULL is allowed. */
void clerk_free(struct clerk *c);

#endif
