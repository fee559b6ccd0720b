/* See tzrule.h. */
#include "base/tzrule.h"

#include <string.h>
#include "base/zone.h"

enum { HOUR_S = 3600, DAY_S = 86400, MAX_HOURS = 167 };

static void skip(struct str *s, size_t n)
{
	s->p += n;
	s->n -= n;
}

static bool take(struct str *s, char c)
{
	if (!s->n || s->p[0] != c)
		return false;
	skip(s, 1);
	return true;
}

static bool take_number(struct str *s, int max, int *out)
{
	int value = 0;
	size_t n = 0;
	while (n < s->n && n < 3 && s->p[n] >= '0' && s->p[n] <= '9')
		value = value * 10 + (s->p[n++] - '0');
	if (!n || value > max)
		return false;
	skip(s, n);
	*out = value;
	return true;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* "CET" or "<+0330>". */
static bool take_name(struct str *s, char out[8])
{
	struct str name = *s;
	if (take(s, '<')) {
		name = str_cut(s, '>');
		if (!s->p)
			return false;
	} else {
		name.n = 0;
		while (name.n < s->n && is_letter(s->p[name.n]))
			name.n++;
		skip(s, name.n);
	}
	if (name.n < 3 || name.n > 7)
		return false;
	memcpy(out, name.p, name.n);
	out[name.n] = '\0';
	return true;
}

/* [+-]hh[:mm[:ss]] in seconds. */
static bool take_time(struct str *s, int *seconds)
{
	int hour, minute = 0, second = 0;
	int sign = take(s, '-') ? -1 : 1;
	if (sign > 0)
		(void)take(s, '+');
	if (!take_number(s, MAX_HOURS, &hour))
		return false;
	if (take(s, ':') && !take_number(s, 59, &minute))
		return false;
	if (take(s, ':') && !take_number(s, 59, &second))
		return false;
	*seconds = sign * (hour * HOUR_S + minute * 60 + second);
	return true;
}

static bool take_date(struct str *s, struct tz_date *date)
{
	date->time_s = 2 * HOUR_S;
	if (!take(s, ','))
		return false;
	if (take(s, 'M')) {
		date->kind = TZ_MONTH;
		if (!take_number(s, 12, &date->month) || !take(s, '.') ||
			!take_number(s, 5, &date->week) || !take(s, '.') ||
			!take_number(s, 6, &date->day) || !date->month || !date->week)
			return false;
	} else if (take(s, 'J')) {
		date->kind = TZ_JULIAN;
		if (!take_number(s, 365, &date->day) || !date->day)
			return false;
	} else {
		date->kind = TZ_ZERO;
		if (!take_number(s, 365, &date->day))
			return false;
	}
	return !take(s, '/') || take_time(s, &date->time_s);
}

bool tzrule_parse(struct str s, struct tzrule *out)
{
	struct tzrule rule = {0};
	int west_s;
	if (!take_name(&s, rule.standard.abbreviation) || !take_time(&s, &west_s))
		return false;
	rule.standard.offset_s = -west_s;
	if (s.n) {
		rule.has_daylight = rule.daylight.is_dst = true;
		rule.daylight.offset_s = rule.standard.offset_s + HOUR_S;
		if (!take_name(&s, rule.daylight.abbreviation))
			return false;
		if (s.n && s.p[0] != ',') {
			if (!take_time(&s, &west_s))
				return false;
			rule.daylight.offset_s = -west_s;
		}
		if (!take_date(&s, &rule.start) || !take_date(&s, &rule.end) || s.n)
			return false;
	}
	*out = rule;
	return true;
}

/* The date of a rule in a year, as days since 1970. */
static int64_t days_of(const struct tz_date *date, int year)
{
	int64_t january = civil_to_days(year, 1, 1);
	switch (date->kind) {
	case TZ_JULIAN: {
		bool after_leap_day = date->day > 59 && civil_is_date(year, 2, 29);
		return january + date->day - 1 + after_leap_day;
	}
	case TZ_ZERO:
		return january + date->day;
	case TZ_MONTH:
		break;
	}
	int64_t first = civil_to_days(year, date->month, 1);
	int weekday_of_first = (civil_weekday(year, date->month, 1) + 1) % 7; /* 0 Sunday */
	int64_t day =
		first + (date->day - weekday_of_first + 7) % 7 + (int64_t)(date->week - 1) * 7;
	int64_t next_month = date->month == 12 ? civil_to_days(year + 1, 1, 1)
					       : civil_to_days(year, date->month + 1, 1);
	return day < next_month ? day : day - 7;
}

static int64_t instant_of(const struct tz_date *date, int year, const struct tz_type *until_then)
{
	return days_of(date, year) * DAY_S + date->time_s - until_then->offset_s;
}

const struct tz_type *tzrule_at(const struct tzrule *rule, int64_t at_s)
{
	int year, month, day;
	const struct tz_type *holds = &rule->standard;
	int64_t latest = INT64_MIN;
	if (!rule->has_daylight)
		return holds;
	/* A rule may reach into the next year or back into the last one, so three years are asked.
	 */
	civil_from_days(at_s / DAY_S, &year, &month, &day);
	for (int y = year - 1; y <= year + 1; y++) {
		int64_t end = instant_of(&rule->end, y, &rule->daylight);
		int64_t start = instant_of(&rule->start, y, &rule->standard);
		if (end <= at_s && end > latest) {
			latest = end;
			holds = &rule->standard;
		}
		/* At the same instant the start wins: daylight time all year is written that way.
		 */
		if (start <= at_s && start >= latest) {
			latest = start;
			holds = &rule->daylight;
		}
	}
	return holds;
}
