/*
 * What can go wrong between the program and its database, in words for the person in front of the
 * page, so that both engines say the same. Private to server/store/.
 */
#ifndef STORE_FAILURE_H
#define STORE_FAILURE_H

#include <stdbool.h>
#include "base/err.h"

enum failure {
	FAILURE_OURS,        /* INTERNAL: the log knows more */
	FAILURE_EXISTS,      /* CONFLICT: UNIQUE or a primary key */
	FAILURE_REFERENCE,   /* INVALID: a foreign key */
	FAILURE_VALUE,       /* INVALID: CHECK, NOT NULL, a type */
	FAILURE_BUSY,        /* BUSY: a lock, a serialisation failure, no free connection */
	FAILURE_UNREACHABLE, /* BUSY: no connection to the server */
	FAILURE_COMMIT,      /* INTERNAL: a COMMIT that may have taken place */
	FAILURE_DISK,        /* INTERNAL: writing has been switched off */
};

/* Sets the message unless there is one, and returns the rc of the failure in any case. */
enum rc failure_set(struct err *err, enum failure what);

/*
 * What an error code of PostgreSQL means (appendix A of its manual); NULL is a lost connection.
 * *is_retry: the transaction may succeed when it is run again.
 */
enum failure failure_of_sqlstate(const char *code, bool *is_retry);

#endif
