/* Work for the queue (jobs/queue.h): a task of a kind about one row. */
#ifndef DOMAIN_JOB_H
#define DOMAIN_JOB_H

#include "store/db.h"

enum { JOB_LANES = 16 };

/* Within the transaction that writes the row: due at once. */
enum rc job_add(struct tx *tx, const char *kind, int64_t ref_id, struct err *err) NODISCARD;

#endif
