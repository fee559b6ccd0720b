/*
 * Time. An instant is int64 milliseconds since 1970-01-01T00:00:00Z (names end in _at or _ms); a
 * date is text "2027-05-02" (names end in _on). Zones are base/zone.h.
 *
 * The program asks only these two functions for the time, so a test can stop and move the clock
 * (base/fault.h sets the table). Wall time is for deadlines and stamps; elapsed time for limits.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include "base/str.h"

int64_t clock_now_ms(void);     /* wall clock, UTC */
int64_t clock_elapsed_ms(void); /* monotonic, from an arbitrary start */

#define SECOND_MS INT64_C(1000)
#define MINUTE_MS (60 * SECOND_MS)
#define HOUR_MS   (60 * MINUTE_MS)
#define DAY_MS    (24 * HOUR_MS)

/*
 * Test and demo door: from now on the clock shows `now_ms` plus what has elapsed, or stands still
 * when `frozen`. clock_release() returns to the machine's clock. Elapsed time is never moved.
 */
void clock_set(int64_t now_ms, bool frozen);
void clock_release(void);

/*
 * RFC 3339 in UTC, "2027-05-02T21:59:00Z", milliseconds only when not zero. Instants outside the
 * years 1..9999 show as the nearest one inside.
 */
const char *clock_rfc3339(struct arena *a, int64_t at_ms);
/*
 * Accepts RFC 3339 with Z or a numeric offset; false on anything else, a leap second included.
 * Digits after the millisecond are dropped.
 */
bool clock_parse_rfc3339(struct str s, int64_t *at_ms) NODISCARD;
/* "Sun, 02 May 2027 21:59:00 GMT" for HTTP and mail headers. */
const char *clock_http_date(struct arena *a, int64_t at_ms);

#endif
