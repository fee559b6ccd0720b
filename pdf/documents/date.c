/*
 * Opening one of ICU's formatters takes as long as typesetting half a page, and a book names the
 * dates of all its sessions twice: those of the last language are kept.
 */
#include "pdf/documents/date.h"
#include "pdf/text/utf16.h"

#include "base/zone.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unicode/udat.h>
#include <unicode/udateintervalformat.h>
#include <unicode/udatpg.h>
#include <unicode/ustring.h>

enum { MAX_UNITS = 128 };
static const UChar utc[] = u"Etc/UTC";

/* `lock` guards everything here. NULL: not opened yet, or ICU cannot. */
static struct {
	pthread_mutex_t lock;
	char lang[MAX_UNITS];
	UDateFormat *day;
	UDateIntervalFormat *span;
} kept = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* Noon, so that nothing rounds it to a neighbour. */
static UDate instant_of(const char *on)
{
	struct civil day = {0};
	if (!civil_parse_date(str_from(on), &day))
		return 0;
	return (double)civil_to_days(day.year, day.month, day.day) * 86400e3 + 43200e3;
}

/* English without a country is written as in Britain, as on the pages. */
static const char *with_country(const char *lang)
{
	return strcmp(lang, "en") == 0 ? "en-GB" : lang;
}

/* British English sets no comma behind the weekday. */
static int drop_comma(const char *lang, UChar *pattern, int n)
{
	static const UChar with_comma[] = u"EEEE, ";
	UChar *at = strncmp(lang, "en-GB", 5) == 0 ? u_strstr(pattern, with_comma) : NULL;
	if (!at)
		return n;
	u_memmove(at + 4, at + 5, n - (int)(at + 5 - pattern) + 1);
	return n - 1;
}

/* A date, and where its weekday stands in it. */
struct long_date {
	UChar text[MAX_UNITS];
	int n, weekday, weekday_end;
};

static void find_weekday(struct long_date *d, UFieldPositionIterator *fields)
{
	int start, end, field;
	while ((field = ufieldpositer_next(fields, &start, &end)) >= 0)
		if (field == UDAT_DAY_OF_WEEK_FIELD || field == UDAT_STANDALONE_DAY_FIELD) {
			d->weekday = start;
			d->weekday_end = end;
		}
}

static UDateFormat *open_day(const char *lang)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar pattern[MAX_UNITS];
	UDateTimePatternGenerator *generator = udatpg_open(lang, &status);
	int n = udatpg_getBestPattern(
		generator, u"EEEEdMMMMy", -1, pattern, MAX_UNITS - 1, &status);
	udatpg_close(generator);
	if (U_FAILURE(status))
		return NULL;
	pattern[n] = 0;
	n = drop_comma(lang, pattern, n);
	return udat_open(UDAT_PATTERN, UDAT_PATTERN, lang, utc, -1, pattern, n, &status);
}

/* Forgets the formatters of another language; under the lock. */
static const char *keep_language(const char *lang)
{
	lang = with_country(lang);
	if (strcmp(kept.lang, lang) != 0) {
		udat_close(kept.day);
		udtitvfmt_close(kept.span);
		kept.day = NULL;
		kept.span = NULL;
		snprintf(kept.lang, sizeof kept.lang, "%s", lang);
	}
	return kept.lang;
}

/* False when ICU cannot tell; under the lock. */
static bool format_day(struct long_date *d, const char *lang, const char *on)
{
	UErrorCode status = U_ZERO_ERROR;
	lang = keep_language(lang);
	if (!kept.day)
		kept.day = open_day(lang);
	if (!kept.day)
		return false;
	UFieldPositionIterator *fields = ufieldpositer_open(&status);
	d->n = udat_formatForFields(kept.day, instant_of(on), d->text, MAX_UNITS, fields, &status);
	if (U_SUCCESS(status))
		find_weekday(d, fields);
	ufieldpositer_close(fields);
	return U_SUCCESS(status);
}

static bool write_long(struct long_date *d, const char *lang, const char *on)
{
	pthread_mutex_lock(&kept.lock);
	bool is_written = format_day(d, lang, on);
	pthread_mutex_unlock(&kept.lock);
	return is_written;
}

/* The length of the text, negative when ICU cannot tell; under the lock. */
static int format_span(UChar *out, const char *lang, const char *from_on, const char *to_on)
{
	UErrorCode status = U_ZERO_ERROR;
	lang = keep_language(lang);
	if (!kept.span)
		kept.span = udtitvfmt_open(lang, u"dMMMMy", -1, utc, -1, &status);
	int n = udtitvfmt_format(
		kept.span, instant_of(from_on), instant_of(to_on), out, MAX_UNITS, NULL, &status);
	return U_SUCCESS(status) ? n : -1;
}

const char *date_long(struct arena *a, const char *lang, const char *on)
{
	struct long_date d = {0};
	return write_long(&d, lang, on) ? utf16_to_utf8(a, d.text, d.n) : on;
}

const char *date_in_lines(struct arena *a, const char *lang, const char *on)
{
	struct long_date d = {0};
	if (!write_long(&d, lang, on))
		return on;
	if (!d.weekday || d.weekday_end != d.n)
		return utf16_to_utf8(a, d.text, d.n);
	return arena_printf(a, "%s\n%s", utf16_to_utf8(a, d.text, d.weekday),
		utf16_to_utf8(a, d.text + d.weekday, d.n - d.weekday));
}

const char *date_span(struct arena *a, const char *lang, const char *from_on, const char *to_on)
{
	UChar out[MAX_UNITS];
	pthread_mutex_lock(&kept.lock);
	int n = format_span(out, lang, from_on, to_on);
	pthread_mutex_unlock(&kept.lock);
	return n < 0 ? from_on : utf16_to_utf8(a, out, n);
}
