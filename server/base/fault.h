/*
 * Named fault points, for tests only: the test program arms one over its control socket
 * (tests/control.c), the product never does, and an unarmed point costs one load and a branch.
 */
#ifndef BASE_FAULT_H
#define BASE_FAULT_H

#include <stdbool.h>

enum fault {
	FAULT_NONE,
	FAULT_STORE_COMMIT, /* the commit reports failure after it took place */
	FAULT_STORE_BUSY,   /* the engine answers "serialisation failure" */
	FAULT_STORE_READ,   /* a read fails with an I/O error */
	FAULT_BLOB_FSYNC,   /* fsync of an upload fails */
	FAULT_MAIL_SEND,    /* the relay refuses the connection */
	FAULT_PRINT_WORKER, /* the print worker dies in the middle */
	N_FAULTS,
};

extern unsigned fault_armed[N_FAULTS]; /* how many more times the point fires */

bool fault_fires(enum fault point); /* counts down; atomic */

#define FAULT(point)                                                                               \
	(__builtin_expect(__atomic_load_n(&fault_armed[point], __ATOMIC_RELAXED) != 0, 0) &&       \
		fault_fires(point))

#endif
