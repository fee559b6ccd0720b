/* ICU's formatters are opened for every call: a document has a handful of dates. */
#include "pdf/documents/date.h"
#include "pdf/text/utf16.h"

#include "base/zone.h"

#include <string.h>
#include <unicode/udat.h>
#include <unicode/udateintervalformat.h>
#include <unicode/udatpg.h>
#include <unicode/ustring.h>

enum { MAX_UNITS = 128 };
static const UChar utc[] = u"Etc/UTC";

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

/* False when ICU cannot tell. */
static bool write_long(struct long_date *d, const char *lang, const char *on)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar pattern[MAX_UNITS];
	lang = with_country(lang);
	UDateTimePatternGenerator *generator = udatpg_open(lang, &status);
	int n = udatpg_getBestPattern(
		generator, u"EEEEdMMMMy", -1, pattern, MAX_UNITS - 1, &status);
	udatpg_close(generator);
	if (U_FAILURE(status))
		return false;
	pattern[n] = 0;
	n = drop_comma(lang, pattern, n);
	UDateFormat *format =
		udat_open(UDAT_PATTERN, UDAT_PATTERN, lang, utc, -1, pattern, n, &status);
	UFieldPositionIterator *fields = ufieldpositer_open(&status);
	d->n = udat_formatForFields(format, instant_of(on), d->text, MAX_UNITS, fields, &status);
	if (U_SUCCESS(status))
		find_weekday(d, fields);
	ufieldpositer_close(fields);
	udat_close(format);
	return U_SUCCESS(status);
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
	UErrorCode status = U_ZERO_ERROR;
	UChar out[MAX_UNITS];
	lang = with_country(lang);
	UDateIntervalFormat *format = udtitvfmt_open(lang, u"dMMMMy", -1, utc, -1, &status);
	int n = udtitvfmt_format(
		format, instant_of(from_on), instant_of(to_on), out, MAX_UNITS, NULL, &status);
	udtitvfmt_close(format);
	return U_SUCCESS(status) ? utf16_to_utf8(a, out, n) : from_on;
}
