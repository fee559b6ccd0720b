/* What the files of the invoice share: the state of one print, the measures, the rules. */
#ifndef PDF_INVOICE_PARTS_H
#define PDF_INVOICE_PARTS_H

#include "pdf/documents/documents.h"

#include "pdf/documents/money.h"
#include "pdf/documents/stationery.h"

struct billing {
	struct stationery paper;
	struct doc *doc;
	const cJSON *model;
	struct money *money; /* of the invoice in hand */
	const char *currency;
	struct tag *body;
	bool is_in_table; /* pages begin with the head of the table */
};

const char *invoice_word(const struct billing *b, const char *code);

/*
 * What no schema can say: sums that add up, numbers with check digits, dates in order. INVALID with
 * an error for every field that is wrong, "invoices.0.lines.2.amount".
 */
enum rc invoice_check(struct arena *a, const cJSON *model, struct err *err) NODISCARD;

/* Rounded to the minor unit, half away from zero. */
int64_t invoice_tax(int64_t net, int64_t rate);

/*
 * The text of the QR code for what is still to be paid; NULL when nothing is, or not in euros, or
 * no account is given.
 */
const char *invoice_payment_text(struct arena *a, const cJSON *invoice);

/* The lines with their head, and the sums, which stay with the last line. */
void invoice_table(struct billing *b, struct block *block, const cJSON *invoice);

/* The head of the table on a page that follows: returns the y below it. */
double invoice_table_head(void *billing, struct page *page, double left, double y);

#endif
