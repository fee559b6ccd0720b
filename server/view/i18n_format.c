/*
 * Dates and money by ICU. Its formatters cost 50 to 100 us to open and some 2 us to use, and one
 * may be used by one thread at a time: so each is opened once for the life of the process, guarded
 * by a mutex, and remembers what it wrote last. A page shows the same few days and hours over and
 * over.
 *
 * ICU is given a wall time as if it were UTC: the zones are ours (base/zone.h).
 */
#include "view/i18n.h"

#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unicode/ucurr.h>
#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>

enum { MAX_NAME = 32, MAX_UTF16 = 128, MAX_UTF8 = 3 * MAX_UTF16, MAX_KEPT = 80, N_KEPT = 256 };

struct kept {
	int64_t value;
	bool is_used;
	char text[MAX_KEPT];
};

/* One way of writing dates (a skeleton) or money (a currency) in a language. */
struct formatter {
	char lang[MAX_NAME], style[MAX_NAME];
	UDateFormat *date;
	bool has_clock, has_date; /* what of a wall time it shows */
	UNumberFormat *number;
	int n_digits;
	struct kept kept[N_KEPT];
	struct formatter *next;
};

/* Guards the lists, the formatters in them and what they keep. */
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static struct formatter *dates, *currencies;

static struct formatter *find(struct formatter *list, const char *lang, const char *style)
{
	while (list && (strcmp(list->lang, lang) != 0 || strcmp(list->style, style) != 0))
		list = list->next;
	return list;
}

static struct formatter *add(struct formatter **list, const char *lang, const char *style)
{
	struct formatter *f = heap_alloc(sizeof *f);
	assert(strlen(lang) < MAX_NAME && strlen(style) < MAX_NAME);
	memcpy(f->lang, lang, strlen(lang) + 1);
	memcpy(f->style, style, strlen(style) + 1);
	f->next = *list;
	*list = f;
	return f;
}

/* Days lie 86,400 apart and hours 3,600: the multiplication spreads them over the places. */
static size_t place_of(int64_t value)
{
	return (size_t)(((uint64_t)value * UINT64_C(0x9e3779b97f4a7c15)) >> 32) % N_KEPT;
}

static const char *remembered(const struct formatter *f, int64_t value)
{
	const struct kept *k = &f->kept[place_of(value)];
	return k->is_used && k->value == value ? k->text : NULL;
}

static void remember(struct formatter *f, int64_t value, const char *text)
{
	struct kept *k = &f->kept[place_of(value)];
	size_t n = strlen(text);
	if (n >= MAX_KEPT)
		return;
	k->value = value;
	k->is_used = true;
	memcpy(k->text, text, n + 1);
}

static const char *utf8_of(struct arena *a, const UChar *text, int32_t n)
{
	char out[MAX_UTF8 + 1];
	int32_t n_out = 0;
	UErrorCode e = U_ZERO_ERROR;
	u_strToUTF8(out, MAX_UTF8, &n_out, text, n, &e);
	return arena_strndup(a, out, U_SUCCESS(e) ? (size_t)n_out : 0);
}

/* ---- dates ---- */

/* British English, and the Gregorian calendar for everyone: our dates are Gregorian. */
static void locale_of(const char *lang, char *out, size_t size)
{
	const char *name = strcmp(lang, "en") == 0 ? "en_GB" : lang;
	snprintf(out, size, "%s@calendar=gregorian", name);
	for (char *c = out; *c && *c != '@'; c++)
		if (*c == '-')
			*c = '_';
}

/* "EEEE, d MMMM" -> "EEEE d MMMM": British typography has no comma after the weekday. */
static int32_t drop_comma(UChar *pattern, int32_t n)
{
	for (int32_t i = 1; i + 1 < n; i++) {
		if (pattern[i] == ',' && pattern[i - 1] == 'E') {
			memmove(pattern + i, pattern + i + 1,
				(size_t)(n - i - 1) * sizeof *pattern);
			return n - 1;
		}
	}
	return n;
}

static void open_date(struct formatter *f)
{
	char locale[2 * MAX_NAME];
	UChar skeleton[MAX_NAME], pattern[MAX_UTF16];
	UErrorCode e = U_ZERO_ERROR;
	locale_of(f->lang, locale, sizeof locale);
	u_uastrcpy(skeleton, f->style);
	UDateTimePatternGenerator *generator = udatpg_open(locale, &e);
	int32_t n = udatpg_getBestPattern(generator, skeleton, -1, pattern, MAX_UTF16, &e);
	udatpg_close(generator);
	if (U_SUCCESS(e) && strncmp(f->lang, "en", 2) == 0)
		n = drop_comma(pattern, n);
	static const UChar gmt[] = {'G', 'M', 'T', 0};
	f->date = udat_open(UDAT_PATTERN, UDAT_PATTERN, locale, gmt, -1, pattern, n, &e);
	assert(U_SUCCESS(e)); /* the skeleton is ours, and ICU falls back to its root locale */
	f->has_clock = strpbrk(f->style, "hHjkKms") != NULL;
	f->has_date = strpbrk(f->style, "yMLdEcQ") != NULL;
}

/* Seconds since 1970 as the wall shows them, without the part that is not shown. */
static int64_t wall_seconds(const struct formatter *f, const struct civil *c)
{
	int64_t s = 0;
	if (f->has_date)
		s += civil_to_days(c->year, c->month, c->day) * 86400;
	if (f->has_clock)
		s += c->hour * 3600 + c->minute * 60 + c->second;
	return s;
}

const char *i18n_date(
	struct arena *a, const char *lang, const char *skeleton, const struct civil *c)
{
	pthread_mutex_lock(&mutex);
	struct formatter *f = find(dates, lang, skeleton);
	if (!f) {
		f = add(&dates, lang, skeleton);
		open_date(f);
	}
	int64_t seconds = wall_seconds(f, c);
	const char *text = remembered(f, seconds);
	if (text) {
		text = arena_strdup(a, text);
	} else {
		UChar out[MAX_UTF16];
		UErrorCode e = U_ZERO_ERROR;
		int32_t n = udat_format(f->date, (double)seconds * 1000, out, MAX_UTF16, NULL, &e);
		text = utf8_of(a, out, U_SUCCESS(e) ? n : 0);
		remember(f, seconds, text);
	}
	pthread_mutex_unlock(&mutex);
	return text;
}

/* ---- money ---- */

static void open_currency(struct formatter *f)
{
	UChar code[4];
	UErrorCode e = U_ZERO_ERROR;
	char locale[2 * MAX_NAME];
	snprintf(locale, sizeof locale, "%s", f->lang);
	for (char *c = locale; *c; c++)
		if (*c == '-')
			*c = '_';
	u_uastrcpy(code, f->style);
	f->number = unum_open(UNUM_CURRENCY, NULL, 0, locale, NULL, &e);
	unum_setTextAttribute(f->number, UNUM_CURRENCY_CODE, code, 3, &e);
	f->n_digits = ucurr_getDefaultFractionDigits(code, &e);
	assert(U_SUCCESS(e));
	if (f->n_digits < 0 || f->n_digits > 9)
		f->n_digits = 2;
}

/* "-2600000" with 2 digits -> "-26000.00": exact, where a double would not be. */
static int decimal_text(char *out, size_t size, int64_t minor, int n_digits)
{
	uint64_t scale = 1, magnitude = minor < 0 ? 0 - (uint64_t)minor : (uint64_t)minor;
	for (int i = 0; i < n_digits; i++)
		scale *= 10;
	const char *sign = minor < 0 ? "-" : "";
	unsigned long long whole = magnitude / scale, rest = magnitude % scale;
	if (n_digits == 0)
		return snprintf(out, size, "%s%llu", sign, whole);
	return snprintf(out, size, "%s%llu.%0*llu", sign, whole, n_digits, rest);
}

const char *i18n_money(struct arena *a, const char *lang, int64_t minor, const char *currency)
{
	assert(strlen(currency) == 3);
	pthread_mutex_lock(&mutex);
	struct formatter *f = find(currencies, lang, currency);
	if (!f) {
		f = add(&currencies, lang, currency);
		open_currency(f);
	}
	const char *text = remembered(f, minor);
	if (text) {
		text = arena_strdup(a, text);
	} else {
		char decimal[48];
		UChar out[MAX_UTF16];
		UErrorCode e = U_ZERO_ERROR;
		int n = decimal_text(decimal, sizeof decimal, minor, f->n_digits);
		int32_t n_out = unum_formatDecimal(f->number, decimal, n, out, MAX_UTF16, NULL, &e);
		text = utf8_of(a, out, U_SUCCESS(e) ? n_out : 0);
		remember(f, minor, text);
	}
	pthread_mutex_unlock(&mutex);
	return text;
}
