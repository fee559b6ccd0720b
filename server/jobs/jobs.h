/*
 * Work that no request waits for. Three threads a process, for mail, print and solvers, claim due
 * rows of `job` with a lease, lane by lane, and run their task; a task takes ids only and calls the
 * domain. A failed task is tried again with back-off; a dead process's lease runs out. Periodic
 * tasks run on the process that holds their lease row.
 */
#ifndef JOBS_JOBS_H
#define JOBS_JOBS_H

#include "base/err.h"
#include "store/blob.h"
#include "store/db.h"
#include "view/template.h"

struct jobs;
struct print_pool;

struct jobs_options {
	struct store *store;
	struct blobs *prints; /* models and documents of print jobs */
	struct print_pool *print;
	struct templates *templates;
	const char *smtp_url, *smtp_user, *smtp_password, *smtp_ca;
	const char *mail_from; /* "" : symposiarch@ the host of base_url */
	const char *base_url;
};

/* Starts the scheduler. Without smtp_url mail waits in the outbox. */
enum rc jobs_new(const struct jobs_options *options, struct jobs **out, struct err *err) NODISCARD;
/* A document was asked for: it is printed without waiting for the next look. */
void jobs_print_now(struct jobs *j);
/* The same for a solver. */
void jobs_solve_now(struct jobs *j);
/* Is there a relay to send by? */
bool jobs_has_relay(const struct jobs *j);
/* Lets the running task end (at most 10 s), then stops. */
void jobs_free(struct jobs *j);

#endif
