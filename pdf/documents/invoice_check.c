/* Every sum is made again from what it is the sum of, and compared. */
#include "pdf/documents/invoice_parts.h"

#include "pdf/documents/payment.h"
#include "pdf/page/qr.h"

#include <string.h>

struct check {
	struct arena *arena;
	struct err *err;
	const cJSON *invoice;
	int index;
};

static void fault(struct check *c, const char *field, const char *message)
{
	err_field(c->err, arena_printf(c->arena, "invoices.%d.%s", c->index, field), "%s", message);
}

static int64_t amount(const cJSON *object, const char *name)
{
	return json_int(object, name, 0);
}

/* The field `name` of the object at `path` ("lines.2.", or "") holds `is` and nothing else. */
static void check_sum(
	struct check *c, const cJSON *object, const char *path, const char *name, int64_t is)
{
	if (amount(object, name) != is)
		fault(c, arena_printf(c->arena, "%s%s", path, name),
			arena_printf(c->arena,
				"This does not add up: it is %lld, in minor units, by what it is "
				"the "
				"sum of",
				(long long)is));
}

int64_t invoice_tax(int64_t net, int64_t rate)
{
	const int64_t whole = 10000;
	int64_t product = net * rate;
	return (product < 0 ? product - whole / 2 : product + whole / 2) / whole;
}

static int64_t net_at(const cJSON *lines, int64_t rate)
{
	const cJSON *line;
	int64_t net = 0;
	cJSON_ArrayForEach(line, lines) if (amount(line, "tax_rate") == rate) net +=
		amount(line, "amount");
	return net;
}

static int count_rate(const cJSON *taxes, int64_t rate)
{
	const cJSON *tax;
	int n = 0;
	cJSON_ArrayForEach(tax, taxes) n += amount(tax, "rate") == rate;
	return n;
}

static int64_t check_lines(struct check *c)
{
	const cJSON *lines = json_get(c->invoice, "lines"), *taxes = json_get(c->invoice, "taxes"),
		    *line;
	int64_t net = 0;
	int i = 0;
	cJSON_ArrayForEach(line, lines)
	{
		const char *path = arena_printf(c->arena, "lines.%d.", i++);
		check_sum(c, line, path, "amount",
			amount(line, "quantity") * amount(line, "unit_price"));
		net += amount(line, "amount");
		if (!count_rate(taxes, amount(line, "tax_rate")))
			fault(c, arena_printf(c->arena, "%stax_rate", path),
				"Give the sum of this rate among the taxes");
	}
	return net;
}

static int64_t check_taxes(struct check *c)
{
	const cJSON *lines = json_get(c->invoice, "lines"), *taxes = json_get(c->invoice, "taxes"),
		    *tax;
	int64_t sum = 0;
	int i = 0;
	cJSON_ArrayForEach(tax, taxes)
	{
		const char *path = arena_printf(c->arena, "taxes.%d.", i++);
		int64_t rate = amount(tax, "rate");
		if (count_rate(taxes, rate) > 1)
			fault(c, arena_printf(c->arena, "%srate", path), "Give every rate once");
		check_sum(c, tax, path, "net", net_at(lines, rate));
		check_sum(c, tax, path, "tax", invoice_tax(amount(tax, "net"), rate));
		sum += amount(tax, "tax");
	}
	return sum;
}

static void check_kind(struct check *c)
{
	bool is_credit = strcmp(model_text(c->invoice, "kind"), "credit-note") == 0;
	const char *corrects = json_text(c->invoice, "corrects");
	int64_t gross = amount(c->invoice, "gross");
	if (is_credit && !corrects)
		fault(c, "corrects",
			"Give the number of the invoice that this credit note corrects");
	if (!is_credit && corrects)
		fault(c, "corrects", "Leave this out: an invoice corrects no other");
	if (is_credit ? gross > 0 : gross < 0)
		fault(c, "gross",
			is_credit ? "Let the amounts of a credit note be negative"
				  : "Make this a credit note: what is paid back is no invoice");
}

static void check_dates(struct check *c)
{
	const char *issued = model_text(c->invoice, "issued_on"),
		   *due = json_text(c->invoice, "due_on"),
		   *from = json_text(c->invoice, "supplied_on"),
		   *until = json_text(c->invoice, "supplied_until");
	if (due && strcmp(due, issued) < 0)
		fault(c, "due_on", "Let it be due on the day of issue or later");
	if (until && (!from || strcmp(until, from) < 0))
		fault(c, "supplied_until", "Let this be after the first day of the supply");
}

static void check_currency(struct check *c)
{
	const char *currency = model_text(c->invoice, "currency");
	for (int i = 0; i < 3; i++)
		if (currency[i] < 'A' || currency[i] > 'Z') {
			fault(c, "currency", "This is not a currency, such as EUR");
			return;
		}
}

static void check_payment(struct check *c)
{
	const cJSON *payment = json_get(c->invoice, "payment");
	const char *bic = json_text(payment, "bic");
	if (!payment)
		return;
	if (!payment_is_iban(model_text(payment, "iban")))
		fault(c, "payment.iban",
			"This is not an IBAN: its form or its check digits are wrong");
	if (bic && !payment_is_bic(bic))
		fault(c, "payment.bic", "This is not a BIC: it has 8 or 11 characters");
	const char *text = invoice_payment_text(c->arena, c->invoice);
	if (text && strlen(text) > QR_MAX_PAYMENT_BYTES)
		fault(c, "payment.reference",
			arena_printf(c->arena,
				"Holder and reference are too long for the QR code: together they "
				"take %zu bytes, of %d",
				strlen(text), QR_MAX_PAYMENT_BYTES));
}

const char *invoice_payment_text(struct arena *a, const cJSON *invoice)
{
	const cJSON *payment = json_get(invoice, "payment");
	int64_t balance = amount(invoice, "balance");
	bool is_euro = strcmp(model_text(invoice, "currency"), "EUR") == 0 &&
		       json_int(invoice, "exponent", 2) == 2;
	if (!payment || !is_euro || balance < 1 || balance > PAYMENT_MAX_CENTS)
		return NULL;
	return payment_epc(a, &(struct payment){.name = model_text(payment, "holder"),
				      .iban = model_text(payment, "iban"),
				      .bic = json_text(payment, "bic"),
				      .reference = model_text(payment, "reference"),
				      .cents = balance});
}

static void check_invoice(struct check *c)
{
	const cJSON *v = c->invoice;
	check_sum(c, v, "", "net", check_lines(c));
	check_sum(c, v, "", "tax", check_taxes(c));
	check_sum(c, v, "", "gross", amount(v, "net") + amount(v, "tax"));
	check_sum(c, v, "", "balance", amount(v, "gross") - amount(v, "paid"));
	check_kind(c);
	check_dates(c);
	check_currency(c);
	check_payment(c);
}

enum rc invoice_check(struct arena *a, const cJSON *model, struct err *err)
{
	struct check c = {.arena = a, .err = err};
	cJSON_ArrayForEach(c.invoice, json_get(model, "invoices"))
	{
		check_invoice(&c);
		c.index++;
	}
	return err->fields
		       ? err_set(err, INVALID, "Nothing was printed: an invoice is wrong in itself")
		       : OK;
}
