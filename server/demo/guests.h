/* Any number of invented people who come without a role, each with an address of their own. */
#ifndef DEMO_GUESTS_H
#define DEMO_GUESTS_H

#include "base/arena.h"

struct guest {
	const char *name, *lang, *email, *affiliation;
};

/* Guest number i, from 0; the same i is the same guest. */
struct guest demo_guest(struct arena *a, size_t i);

#endif
