/*
 * How to tell that a document is genuine: a symbol to scan, a code to type, and where. "verify" of
 * common.schema.json.
 */
#ifndef PDF_VERIFY_H
#define PDF_VERIFY_H

#include "pdf/layout/mirror.h"
#include "pdf/model.h"
#include "pdf/page/qr.h"

struct verify {
	struct qr qr;
	const char *code, *at;
	const char *words; /* what to do with them; the caller's */
};

/* INVALID for `path`.qr when its text is too long. */
enum rc verify_read(struct arena *a, const cJSON *object, const char *path, struct verify *out,
	struct err *err) NODISCARD;

/* Of the symbol; its white margin reaches beyond, and may lie over any white. */
#define VERIFY_SIDE MM(22)

/* The symbol stands at x, y, and the words beside it: in all `width` wide, VERIFY_SIDE high. */
struct verify_place {
	double x, y, width;
	const struct mirror *mirror; /* of the page */
	struct tag *parent;
};
void verify_draw(
	struct doc *d, struct page *page, const struct verify *v, const struct verify_place *place);

#endif
