/*
 * The event's rows as the solvers' problems, and their answers in the event's terms. A question is a
 * row of proposal; each kind has a file of its own, <kind>_plan.c, whose header tells the shape of
 * its options and of its result.
 */
#ifndef PLANNING_PLANNING_H
#define PLANNING_PLANNING_H

#include "domain/actor.h"
#include "optimise/effort.h"
#include "base/json.h"
#include "store/db.h"

struct planning_task {
	struct store *store; /* each step takes a connection for as long as it reads */
	int64_t event_id;
	struct actor actor;  /* whose eyes it is read with: person and roles */
	const cJSON *options;
	struct effort *effort;
};

/*
 * Reads what the question is about, solves it and writes the answer as JSON. The database is not
 * held while it solves. INVALID or CONFLICT with a sentence for the asker when there is nothing to
 * solve, or no solution: it says which rules clash. GONE: the effort was told to stop and there is
 * nothing worth keeping.
 */
enum rc planning_solve(struct arena *a, const char *kind, const struct planning_task *task,
	const char **result, struct err *err) NODISCARD;

/* One kind. */
typedef enum rc (*planning_fn)(struct arena *a, const struct planning_task *task,
	const char **result, struct err *err);

#endif
