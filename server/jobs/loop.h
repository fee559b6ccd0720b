/*
 * A thread that does one piece of work after the other, and rests between them, until it is told to
 * stop.
 */
#ifndef JOBS_LOOP_H
#define JOBS_LOOP_H

#include <stdbool.h>
#include "base/arena.h"

struct loop;

/* One piece of work; the arena is emptied after it. Returns how long to rest, 0: go on at once. */
typedef int64_t (*loop_fn)(void *context, struct loop *self, struct arena *a);

/* NULL when no thread can be started. */
struct loop *loop_new(loop_fn work, void *context);
/* Ends the rest, so that new work is seen at once. */
void loop_wake(struct loop *l);
/* For work that takes long: has it been told to stop? */
bool loop_is_stopping(struct loop *l);
/* Tells it to stop and waits so long; false when it is still at work then. */
bool loop_stop(struct loop *l, int64_t wait_ms);
/* After loop_stop: waits for its end, however long that takes. NULL is allowed. */
void loop_free(struct loop *l);

#endif
