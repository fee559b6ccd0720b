/*
 * Dark modules are merged into rectangles: a run in one row grows downwards as long as the rows
 * below have the same modules dark. They are written in module units inside one scaled space.
 */
#include "pdf/page/qr.h"

#include <errno.h>
#include <qrencode.h>
#include <string.h>

enum { LEAST_VERSION = (QR_LEAST_SIDE - 17) / 4 };

static enum rc make(
	struct arena *a, const char *text, size_t max_bytes, struct qr *out, struct err *err)
{
	size_t n = strlen(text);
	if (n == 0 || n > max_bytes)
		return err_set(err, INVALID,
			"the text of a QR code has 1 to %zu bytes, this one %zu", max_bytes, n);
	QRcode *code = QRcode_encodeString(text, LEAST_VERSION, QR_ECLEVEL_M, QR_MODE_8, 1);
	if (!code)
		return err_internal(err, "qrencode: errno %d", errno);
	size_t n_modules = (size_t)code->width * (size_t)code->width;
	unsigned char *modules = arena_alloc(a, n_modules);
	for (size_t i = 0; i < n_modules; i++)
		modules[i] = code->data[i] & 1;
	*out = (struct qr){code->width, modules};
	QRcode_free(code);
	return OK;
}

enum rc qr_make(struct arena *a, const char *text, struct qr *out, struct err *err)
{
	return make(a, text, QR_MAX_BYTES, out, err);
}

enum rc qr_make_payment(struct arena *a, const char *text, struct qr *out, struct err *err)
{
	return make(a, text, QR_MAX_PAYMENT_BYTES, out, err);
}

double qr_outer_side(const struct qr *qr, double symbol_side)
{
	return symbol_side * (qr->side + 2 * QR_QUIET_MODULES) / qr->side;
}

struct module_rect {
	int x, y, width, height;
};

static bool all_set(const unsigned char *modules, int side, const struct module_rect *r, int y)
{
	for (int x = r->x; x < r->x + r->width; x++)
		if (!modules[y * side + x])
			return false;
	return true;
}

/* The largest run at x, y, first to the right, then down; takes its modules away. */
static struct module_rect take_rect(unsigned char *modules, int side, int x, int y)
{
	struct module_rect r = {x, y, 0, 1};
	while (x + r.width < side && modules[y * side + x + r.width])
		r.width++;
	while (y + r.height < side && all_set(modules, side, &r, y + r.height))
		r.height++;
	for (int row = y; row < y + r.height; row++)
		memset(modules + row * side + x, 0, (size_t)r.width);
	return r;
}

/* There are hundreds on a badge: numbers without a format. */
static void put_rect(struct buf *ops, const struct module_rect *r, int side)
{
	int numbers[4] = {r->x, side - r->y - r->height, r->width, r->height};
	for (int i = 0; i < 4; i++) {
		buf_i64(ops, numbers[i]);
		buf_char(ops, ' ');
	}
	buf_text(ops, "re\n");
}

void qr_draw(struct page *page, const struct qr *qr, double x, double y, double side)
{
	unsigned char left[177 * 177]; /* the largest symbol there is */
	struct buf *ops = page_operators(page);
	double module = side / (qr->side + 2 * QR_QUIET_MODULES);
	memcpy(left, qr->modules, (size_t)qr->side * (size_t)qr->side);
	page_rect(page, x, y, side, side, COLOUR_WHITE);
	page_fill_colour(page, COLOUR_BLACK);
	buf_text(ops, "q ");
	page_number(page, module);
	buf_text(ops, "0 0 ");
	page_number(page, module);
	page_number(page, x + QR_QUIET_MODULES * module);
	page_number(page, page_flip(page, y + side - QR_QUIET_MODULES * module));
	buf_text(ops, "cm\n");
	for (int row = 0; row < qr->side; row++) {
		for (int column = 0; column < qr->side; column++) {
			if (!left[row * qr->side + column])
				continue;
			struct module_rect r = take_rect(left, qr->side, column, row);
			put_rect(ops, &r, qr->side);
		}
	}
	buf_text(ops, "f Q\n");
}
