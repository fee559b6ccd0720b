/*
 * Time zones from the system's tzdata (TZif version 2 and later, with the POSIX rule of the
 * footer for the years after the table). ICU's own zones are not used: Debian's are years old.
 *
 * A zone is known by its IANA name; "AoE" (Anywhere on Earth, UTC-12) is understood as well.
 * Loaded zones are cached for the life of the process and immutable.
 */
#ifndef BASE_ZONE_H
#define BASE_ZONE_H

#include "base/str.h"

struct zone;

/* A date and a clock time as a wall shows them. weekday: 0 Monday ... 6 Sunday (on output). */
struct civil {
	int year, month, day; /* 1..9999, 1..12, 1..31 */
	int hour, minute, second;
	int weekday;
	int offset_s; /* seconds east of UTC (filled on output) */
	bool is_dst;
	char abbreviation[8]; /* "BST" (filled on output) */
};

enum civil_fit { CIVIL_OK, CIVIL_GAP, CIVIL_OVERLAP };

/*
 * NULL for an unknown or unsafe name (only [A-Za-z0-9/_+-], first a capital, at most 64 bytes). Old
 * names, which zone_names() leaves out, are found too. Names are case-sensitive.
 */
const struct zone *zone_find(const char *name);
const char *zone_name(const struct zone *z);
const struct zone *zone_utc(void);

struct civil zone_civil(const struct zone *z, int64_t at_ms);

/*
 * The instant of a wall time. In a gap (clocks go forward) the instant after the gap, moved by its
 * width; in an overlap the earlier one; the return value says which it was.
 */
enum civil_fit zone_instant(const struct zone *z, const struct civil *wall, int64_t *at_ms);

/*
 * Days since 1970-01-01 and back; proleptic Gregorian. These need no tzdata (civil.c).
 */
int64_t civil_to_days(int year, int month, int day);
void civil_from_days(int64_t days, int *year, int *month, int *day);
int civil_weekday(int year, int month, int day); /* 0 Monday */
bool civil_is_date(int year, int month, int day);

/* "2027-05-02" and "2027-05-02T23:59" (the value of datetime-local; seconds accepted). */
bool civil_parse_date(struct str s, struct civil *out) NODISCARD;
bool civil_parse_datetime(struct str s, struct civil *out) NODISCARD;
const char *civil_date(struct arena *a, const struct civil *c);
const char *civil_datetime(struct arena *a, const struct civil *c);

/* Every zone name of zone.tab, which has one for each country, plus "UTC" and "AoE", sorted by bytes; owned by the cache. */
const char *const *zone_names(size_t *n);

#endif
