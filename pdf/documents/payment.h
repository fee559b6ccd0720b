/*
 * Credit transfers: account numbers and their check digits, and the QR code of the European
 * Payments Council, which fills in a bank's form ("Quick Response Code: Guidelines to enable data
 * capture for the initiation of a SEPA credit transfer", EPC069-12, version 2.1).
 */
#ifndef PDF_PAYMENT_H
#define PDF_PAYMENT_H

#include "base/str.h"

/* IBAN (ISO 13616), without blanks, capitals: its form and its check digits. */
bool payment_is_iban(const char *iban);
/* BIC (ISO 9362): 8 or 11 characters. */
bool payment_is_bic(const char *bic);
/* A creditor reference with check digits (ISO 11649), such as RF18539007547034. */
bool payment_is_creditor_reference(const char *reference);

/* In groups of four, as it is printed. */
const char *payment_groups(struct arena *a, const char *iban);
/* The same for a creditor reference; any other is printed as it is. */
const char *payment_reference(struct arena *a, const char *reference);

enum { PAYMENT_MAX_NAME = 70 }; /* characters, of the one who is paid */

struct payment {
	const char *name, *iban;
	const char *bic; /* NULL: found by the IBAN, within the European Economic Area */
	const char *reference;
	int64_t cents; /* 1 to PAYMENT_MAX_CENTS */
};
#define PAYMENT_MAX_CENTS INT64_C(99999999999)

/* The text of the symbol; it may come to more than the 331 bytes that the standard allows. */
const char *payment_epc(struct arena *a, const struct payment *p);

#endif
