/*
 * The task of kind "solve": one row of proposal is worked out (planning/planning.h), and its row
 * keeps what came of it. One at a time, on a thread of its own: solvers use a whole core.
 *
 * A proposal whose server died is taken up again when its lease ends; the same seed gives the same
 * answer. One that was under way each time the server stopped is given up.
 */
#ifndef JOBS_SOLVING_H
#define JOBS_SOLVING_H

#include "base/err.h"
#include "store/db.h"

struct solving;

/* owner: of leases; outlives it. */
enum rc solving_new(
	struct store *store, const char *owner, struct solving **out, struct err *err) NODISCARD;
/* There is something to solve. */
void solving_wake(struct solving *s);
/* A proposal under way goes back into the queue. NULL is allowed. */
void solving_free(struct solving *s);

#endif
