/*
 * Work that no reader waits for. One scheduler thread a process claims due rows of `job` with a
 * lease, lane by lane, and runs their task; a task takes ids only and calls the domain. A failed
 * task is tried again with back-off; a dead process's lease runs out. Periodic tasks run on the
 * process that holds their lease row.
 */
#ifndef JOBS_JOBS_H
#define JOBS_JOBS_H

#include "app.h"

struct jobs;

/* Starts the scheduler. Without smtp_url mail waits in the outbox. */
enum rc jobs_new(struct app *app, struct jobs **out, struct err *err) NODISCARD;
/* Lets the running task end (at most 10 s), then stops. */
void jobs_free(struct jobs *j);

#endif
