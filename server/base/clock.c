/*
 * The only place that asks the machine for the time, and the door by which a test moves it.
 * The door is two atomics, because every thread reads the clock and nothing must wait for it.
 */
#include "base/clock.h"

#include <stdatomic.h>
#include <time.h>
#include "base/zone.h"

#define NOT_SET INT64_MIN

static _Atomic int64_t frozen_ms = NOT_SET; /* what a frozen clock shows */
static _Atomic int64_t shift_ms = NOT_SET;  /* wall time minus elapsed time of a moved clock */

static int64_t machine_ms(clockid_t clock)
{
	struct timespec t;
	clock_gettime(clock, &t);
	return (int64_t)t.tv_sec * SECOND_MS + t.tv_nsec / 1000000;
}

int64_t clock_elapsed_ms(void)
{
	return machine_ms(CLOCK_MONOTONIC);
}

int64_t clock_now_ms(void)
{
	int64_t frozen = atomic_load(&frozen_ms);
	if (frozen != NOT_SET)
		return frozen;
	int64_t shift = atomic_load(&shift_ms);
	if (shift != NOT_SET)
		return clock_elapsed_ms() + shift;
	return machine_ms(CLOCK_REALTIME);
}

void clock_set(int64_t now_ms, bool frozen)
{
	atomic_store(&shift_ms, now_ms - clock_elapsed_ms());
	atomic_store(&frozen_ms, frozen ? now_ms : NOT_SET);
}

void clock_release(void)
{
	atomic_store(&shift_ms, NOT_SET);
	atomic_store(&frozen_ms, NOT_SET);
}

/* Splits an instant into UTC fields; instants outside the years 1..9999 become the nearest one. */
static struct civil split_utc(int64_t at_ms, int *millisecond)
{
	const int64_t first = civil_to_days(1, 1, 1) * DAY_MS;
	const int64_t last = civil_to_days(10000, 1, 1) * DAY_MS - 1;
	struct civil c = {0};
	at_ms = at_ms < first ? first : at_ms > last ? last : at_ms;
	int64_t days = at_ms / DAY_MS;
	int64_t rest = at_ms % DAY_MS;
	if (rest < 0) {
		rest += DAY_MS;
		days--;
	}
	civil_from_days(days, &c.year, &c.month, &c.day);
	c.weekday = civil_weekday(c.year, c.month, c.day);
	c.hour = (int)(rest / HOUR_MS);
	c.minute = (int)(rest % HOUR_MS / MINUTE_MS);
	c.second = (int)(rest % MINUTE_MS / SECOND_MS);
	*millisecond = (int)(rest % SECOND_MS);
	return c;
}

const char *clock_rfc3339(struct arena *a, int64_t at_ms)
{
	int millisecond;
	struct civil c = split_utc(at_ms, &millisecond);
	const char *second = arena_printf(a, "%04d-%02d-%02dT%02d:%02d:%02d", c.year, c.month,
		c.day, c.hour, c.minute, c.second);
	if (millisecond)
		return arena_printf(a, "%s.%03dZ", second, millisecond);
	return arena_printf(a, "%sZ", second);
}

const char *clock_http_date(struct arena *a, int64_t at_ms)
{
	static const char *const weekdays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
	static const char *const months[] = {
		"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	int millisecond;
	struct civil c = split_utc(at_ms, &millisecond);
	return arena_printf(a, "%s, %02d %s %04d %02d:%02d:%02d GMT", weekdays[c.weekday], c.day,
		months[c.month - 1], c.year, c.hour, c.minute, c.second);
}

/* "Z" or "+05:45" at the end of the text, as minutes east of UTC. */
static bool read_offset(struct str s, int *minutes)
{
	if (s.n == 1 && (s.p[0] == 'Z' || s.p[0] == 'z')) {
		*minutes = 0;
		return true;
	}
	if (s.n != 6 || (s.p[0] != '+' && s.p[0] != '-') || s.p[3] != ':')
		return false;
	for (size_t i = 1; i < 6; i++)
		if (i != 3 && (s.p[i] < '0' || s.p[i] > '9'))
			return false;
	int hour = (s.p[1] - '0') * 10 + (s.p[2] - '0');
	int minute = (s.p[4] - '0') * 10 + (s.p[5] - '0');
	if (hour > 23 || minute > 59)
		return false;
	*minutes = (hour * 60 + minute) * (s.p[0] == '-' ? -1 : 1);
	return true;
}

bool clock_parse_rfc3339(struct str s, int64_t *at_ms)
{
	struct civil c;
	size_t at = 19;
	int millisecond = 0;
	int minutes;
	if (s.n < 20 || !civil_parse_datetime((struct str){s.p, at}, &c))
		return false;
	if (s.p[at] == '.') {
		size_t first = ++at;
		for (int unit = 100; at < s.n && s.p[at] >= '0' && s.p[at] <= '9'; at++, unit /= 10)
			millisecond += (s.p[at] - '0') * unit;
		if (at == first)
			return false;
	}
	if (!read_offset((struct str){s.p + at, s.n - at}, &minutes))
		return false;
	*at_ms = civil_to_days(c.year, c.month, c.day) * DAY_MS + c.hour * HOUR_MS +
		 (c.minute - minutes) * MINUTE_MS + c.second * SECOND_MS + millisecond;
	return true;
}
