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

const char *date_long(struct arena *a, const char *lang, const char *on)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar pattern[MAX_UNITS], out[MAX_UNITS];
	lang = with_country(lang);
	UDateTimePatternGenerator *generator = udatpg_open(lang, &status);
	int n = udatpg_getBestPattern(
		generator, u"EEEEdMMMMy", -1, pattern, MAX_UNITS - 1, &status);
	udatpg_close(generator);
	if (U_FAILURE(status))
		return on;
	pattern[n] = 0;
	n = drop_comma(lang, pattern, n);
	UDateFormat *format =
		udat_open(UDAT_PATTERN, UDAT_PATTERN, lang, utc, -1, pattern, n, &status);
	n = udat_format(format, instant_of(on), out, MAX_UNITS, NULL, &status);
	udat_close(format);
	return U_SUCCESS(status) ? utf16_to_utf8(a, out, n) : on;
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
