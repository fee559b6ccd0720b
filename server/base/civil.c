/*
 * Calendar arithmetic of base/zone.h, without zones: the clock and the log need it, and neither may
 * depend on tzdata. Days are counted by eras of 400 years, whose length is always 146,097 days.
 */
#include "base/zone.h"

#include <string.h>

enum { DAYS_PER_ERA = 146097, DAYS_TO_1970 = 719468 };

int64_t civil_to_days(int year, int month, int day)
{
	/* A year that starts in March has its leap day last, so month lengths follow one formula.
	 */
	int64_t y = (int64_t)year - (month <= 2);
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t year_of_era = y - era * 400;
	int64_t day_of_year = (153 * (int64_t)(month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return era * DAYS_PER_ERA + day_of_era - DAYS_TO_1970;
}

void civil_from_days(int64_t days, int *year, int *month, int *day)
{
	int64_t z = days + DAYS_TO_1970;
	int64_t era = (z >= 0 ? z : z - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
	int64_t day_of_era = z - era * DAYS_PER_ERA;
	int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
				      day_of_era / (DAYS_PER_ERA - 1)) /
			      365;
	int64_t day_of_year =
		day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t shifted = (5 * day_of_year + 2) / 153; /* 0 March ... 11 February */
	*day = (int)(day_of_year - (153 * shifted + 2) / 5 + 1);
	*month = (int)(shifted + (shifted < 10 ? 3 : -9));
	*year = (int)(year_of_era + era * 400 + (*month <= 2));
}

int civil_weekday(int year, int month, int day)
{
	int64_t days = civil_to_days(year, month, day) + 3; /* 1970-01-01 was a Thursday */
	return (int)((days % 7 + 7) % 7);
}

bool civil_is_date(int year, int month, int day)
{
	static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1)
		return false;
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return day <= lengths[month - 1] + (month == 2 && leap);
}

/* Exactly `width` digits at s.p[at]. */
static bool read_digits(struct str s, size_t at, size_t width, int *out)
{
	int value = 0;
	if (at + width > s.n)
		return false;
	for (size_t i = at; i < at + width; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		value = value * 10 + (s.p[i] - '0');
	}
	*out = value;
	return true;
}

bool civil_parse_date(struct str s, struct civil *out)
{
	struct civil c = {0};
	if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-')
		return false;
	if (!read_digits(s, 0, 4, &c.year) || !read_digits(s, 5, 2, &c.month) ||
		!read_digits(s, 8, 2, &c.day) || !civil_is_date(c.year, c.month, c.day))
		return false;
	c.weekday = civil_weekday(c.year, c.month, c.day);
	*out = c;
	return true;
}

bool civil_parse_datetime(struct str s, struct civil *out)
{
	struct civil c;
	if ((s.n != 16 && s.n != 19) || s.p[10] != 'T' || s.p[13] != ':')
		return false;
	if (!civil_parse_date((struct str){s.p, 10}, &c))
		return false;
	if (!read_digits(s, 11, 2, &c.hour) || !read_digits(s, 14, 2, &c.minute))
		return false;
	if (s.n == 19 && (s.p[16] != ':' || !read_digits(s, 17, 2, &c.second)))
		return false;
	if (c.hour > 23 || c.minute > 59 || c.second > 59)
		return false;
	*out = c;
	return true;
}

const char *civil_date(struct arena *a, const struct civil *c)
{
	return arena_printf(a, "%04d-%02d-%02d", c->year, c->month, c->day);
}

const char *civil_datetime(struct arena *a, const struct civil *c)
{
	if (c->second)
		return arena_printf(a, "%04d-%02d-%02dT%02d:%02d:%02d", c->year, c->month, c->day,
			c->hour, c->minute, c->second);
	return arena_printf(
		a, "%04d-%02d-%02dT%02d:%02d", c->year, c->month, c->day, c->hour, c->minute);
}
