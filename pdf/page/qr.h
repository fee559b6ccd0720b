/*
 * QR codes (ISO/IEC 18004) with error correction M: a quarter of the badge may be under a thumb.
 */
#ifndef PDF_QR_H
#define PDF_QR_H

#include "pdf/page/page.h"

enum {
	QR_QUIET_MODULES = 4, /* the white margin the standard asks for */
	QR_LEAST_SIDE = 29,   /* modules; version 3 */
	QR_LEAST_MM = 28,     /* of the symbol: what a telephone reads at arm's length */
	QR_MAX_BYTES = 106,   /* version 6: modules of 0.68 mm at the least size */
	/* Version 13, for what is read from paper on a desk: payments (EPC069-12). */
	QR_MAX_PAYMENT_BYTES = 331,
};

struct qr {
	int side;                     /* modules, without the margin */
	const unsigned char *modules; /* side * side, row by row; 1 is dark */
};

/*
 * INVALID for an empty text or one over QR_MAX_BYTES. Equal texts give equal codes. Short texts get
 * no smaller symbol: the margin is never more than QR_QUIET_MODULES / QR_LEAST_SIDE of the side, so
 * that a place can be kept for it before the text is known.
 */
enum rc qr_make(struct arena *a, const char *text, struct qr *out, struct err *err) NODISCARD;

/* The same for up to QR_MAX_PAYMENT_BYTES: the symbol has up to 69 modules a side. */
enum rc qr_make_payment(
	struct arena *a, const char *text, struct qr *out, struct err *err) NODISCARD;

/*
 * Draws the symbol with its white margin as a square of `side` points at x, y, in black, as
 * rectangles of whole modules: no scanner sees a seam.
 */
void qr_draw(struct page *page, const struct qr *qr, double x, double y, double side);

/* The side of the square, margin and all, whose symbol is as large as asked (QR_LEAST_MM or more).
 */
double qr_outer_side(const struct qr *qr, double symbol_side);

#endif
