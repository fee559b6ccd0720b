/*
 * The rule in the footer of a TZif file, "EST5EDT,M3.2.0,M11.1.0": what holds for ever after the
 * last entry of its table. POSIX TZ with the extensions of RFC 8536, 3.3.1 (hours from -167 to
 * 167).
 */
#ifndef BASE_TZRULE_H
#define BASE_TZRULE_H

#include "base/str.h"

/* What clocks show for a while: east of UTC, daylight saving or not, and its short name. */
struct tz_type {
	int offset_s;
	bool is_dst;
	char abbreviation[8];
};

enum tz_day {
	TZ_JULIAN, /* Jn: 1..365, 29 February never counted */
	TZ_ZERO,   /* n: 0..365, 29 February counted */
	TZ_MONTH,  /* Mm.w.d: weekday d (0 Sunday) of week w (5: the last) of month m */
};

struct tz_date {
	enum tz_day kind;
	int day, week, month;
	int time_s; /* after midnight, in the clock that holds until then */
};

struct tzrule {
	struct tz_type standard, daylight;
	bool has_daylight;
	struct tz_date start, end; /* of daylight time */
};

/* The whole view must be one rule; false otherwise. */
bool tzrule_parse(struct str s, struct tzrule *out) NODISCARD;

/* What holds at an instant, in seconds since 1970. */
const struct tz_type *tzrule_at(const struct tzrule *rule, int64_t at_s);

#endif
