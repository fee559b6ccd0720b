/*
 * One compiled time zone file (TZif, RFC 8536), read and checked. Version 2 or later is needed: its
 * second half has 64-bit instants and the rule for the years after its table.
 */
#ifndef BASE_TZIF_H
#define BASE_TZIF_H

#include "base/tzrule.h"

struct tzif {
	size_t n_changes;
	int64_t *change_at_s;     /* ascending */
	unsigned char *change_to; /* index into types */
	size_t n_types;
	struct tz_type *types; /* the first holds before the first change */
	bool has_rule;
	struct tzrule rule;
};

/* false for anything that is not a sound file without leap seconds; arrays come from the arena. */
bool tzif_parse(struct arena *a, struct str file, struct tzif *out) NODISCARD;

/* What holds at an instant, in seconds since 1970. Lives as long as the tzif. */
const struct tz_type *tzif_at(const struct tzif *tz, int64_t at_s);

#endif
