/* Both check digits are ISO 7064's MOD 97-10. */
#include "pdf/documents/payment.h"

#include "pdf/documents/money.h"

#include <string.h>

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* Letters count as two digits, A is 10; the four characters in front are read last. */
static bool has_check_digits(const char *s, size_t n)
{
	unsigned rest = 0;
	for (size_t i = 0; i < n; i++) {
		char c = s[(i + 4) % n];
		if (is_digit(c))
			rest = (rest * 10 + (unsigned)(c - '0')) % 97;
		else if (is_capital(c))
			rest = (rest * 100 + (unsigned)(c - 'A') + 10) % 97;
		else
			return false;
	}
	return rest == 1;
}

bool payment_is_iban(const char *iban)
{
	size_t n = strlen(iban);
	return n >= 15 && n <= 34 && is_capital(iban[0]) && is_capital(iban[1]) &&
	       is_digit(iban[2]) && is_digit(iban[3]) && has_check_digits(iban, n);
}

bool payment_is_creditor_reference(const char *reference)
{
	size_t n = strlen(reference);
	return n >= 5 && n <= 25 && strncmp(reference, "RF", 2) == 0 && is_digit(reference[2]) &&
	       is_digit(reference[3]) && has_check_digits(reference, n);
}

bool payment_is_bic(const char *bic)
{
	size_t n = strlen(bic);
	if (n != 8 && n != 11)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!is_capital(bic[i]) && (i < 6 || !is_digit(bic[i])))
			return false;
	return true;
}

const char *payment_groups(struct arena *a, const char *iban)
{
	struct buf b = buf_in(a, 64);
	for (size_t i = 0; iban[i]; i++) {
		if (i && i % 4 == 0)
			buf_char(&b, ' ');
		buf_char(&b, iban[i]);
	}
	return buf_cstr(&b);
}

const char *payment_reference(struct arena *a, const char *reference)
{
	return payment_is_creditor_reference(reference) ? payment_groups(a, reference) : reference;
}

const char *payment_epc(struct arena *a, const struct payment *p)
{
	bool is_structured = payment_is_creditor_reference(p->reference);
	/* Service tag, version, UTF-8, SEPA credit transfer; the line of the purpose is empty. */
	return arena_printf(a, "BCD\n002\n1\nSCT\n%s\n%s\n%s\nEUR%s\n\n%s%s", p->bic ? p->bic : "",
		p->name, p->iban, money_decimal(a, p->cents, 2), is_structured ? "" : "\n",
		p->reference);
}
