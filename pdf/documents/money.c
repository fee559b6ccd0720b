/* ICU takes decimal digits as text, which keeps every one of them. */
#include "pdf/documents/money.h"
#include "pdf/text/utf16.h"

#include <string.h>
#include <unicode/ucurr.h>
#include <unicode/unum.h>

struct money {
	struct arena *arena;
	UNumberFormat *text, *figure, *rate, *count;
	int exponent;
};

enum { MAX_UNITS = 96 };

/* A minus sign, where ICU knows a hyphen alone. */
static UNumberFormat *open_format(UNumberFormatStyle style, const char *lang)
{
	static const UChar minus[] = {0x2212, 0};
	UErrorCode status = U_ZERO_ERROR;
	UChar own[8] = {0};
	UNumberFormat *format = unum_open(style, NULL, 0, lang, NULL, &status);
	unum_getSymbol(format, UNUM_MINUS_SIGN_SYMBOL, own, 8, &status);
	if (U_SUCCESS(status) && own[0] == '-' && !own[1])
		unum_setSymbol(format, UNUM_MINUS_SIGN_SYMBOL, minus, 1, &status);
	return format;
}

static void set_digits(UNumberFormat *format, int least, int most)
{
	unum_setAttribute(format, UNUM_MIN_FRACTION_DIGITS, least);
	unum_setAttribute(format, UNUM_MAX_FRACTION_DIGITS, most);
}

struct money *money_new(struct arena *a, const char *lang, const char *currency, int exponent)
{
	UErrorCode status = U_ZERO_ERROR;
	struct money *m = ARENA_NEW(a, struct money);
	int n;
	const UChar *code = utf16_from(a, currency, &n);
	m->arena = a;
	m->exponent =
		exponent == MONEY_ISO ? ucurr_getDefaultFractionDigits(code, &status) : exponent;
	m->text = open_format(UNUM_CURRENCY, lang);
	m->figure = open_format(UNUM_DECIMAL, lang);
	m->count = open_format(UNUM_DECIMAL, lang);
	m->rate = open_format(UNUM_PERCENT, lang);
	unum_setTextAttribute(m->text, UNUM_CURRENCY_CODE, code, n, &status);
	set_digits(m->text, m->exponent, m->exponent);
	set_digits(m->figure, m->exponent, m->exponent);
	set_digits(m->rate, 0, 2);
	return m;
}

void money_free(struct money *m)
{
	unum_close(m->text);
	unum_close(m->figure);
	unum_close(m->rate);
	unum_close(m->count);
}

int money_exponent(const struct money *m)
{
	return m->exponent;
}

const char *money_decimal(struct arena *a, int64_t minor_units, int exponent)
{
	uint64_t left = minor_units < 0 ? -(uint64_t)minor_units : (uint64_t)minor_units;
	char digits[32];
	char *at = digits + sizeof digits - 1;
	*at = '\0';
	for (int i = 0; i <= exponent || left; i++, left /= 10) {
		if (i == exponent && exponent)
			*--at = '.';
		*--at = (char)('0' + left % 10);
	}
	if (minor_units < 0)
		*--at = '-';
	return arena_strdup(a, at);
}

static const char *format(const struct money *m, UNumberFormat *how, const char *decimal)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar out[MAX_UNITS];
	int n = unum_formatDecimal(
		how, decimal, (int)strlen(decimal), out, MAX_UNITS, NULL, &status);
	return U_SUCCESS(status) ? utf16_to_utf8(m->arena, out, n) : decimal;
}

const char *money_text(const struct money *m, int64_t minor_units)
{
	return format(m, m->text, money_decimal(m->arena, minor_units, m->exponent));
}

const char *money_figure(const struct money *m, int64_t minor_units)
{
	return format(m, m->figure, money_decimal(m->arena, minor_units, m->exponent));
}

const char *money_rate(const struct money *m, int64_t rate)
{
	return format(m, m->rate, money_decimal(m->arena, rate, 4));
}

const char *money_count(const struct money *m, int64_t n)
{
	return format(m, m->count, money_decimal(m->arena, n, 0));
}
