/* The words hang from the top of the symbol, the code stands on its foot. */
#include "pdf/documents/verify.h"

static const struct text_style words_style = {
	.family = FONT_SANS, .size = 8, .colour = COLOUR_INK_2};
static const struct text_style at_style = {.family = FONT_SANS, .size = 8.5, .colour = COLOUR_INK};
static const struct text_style code_style = {
	.family = FONT_SANS, .bold = true, .tabular = true, .size = 12, .colour = COLOUR_INK};

enum rc verify_read(
	struct arena *a, const cJSON *object, const char *path, struct verify *out, struct err *err)
{
	if (qr_make(a, model_text(object, "qr"), &out->qr, err) != OK)
		return err_field(err, arena_printf(a, "%s.qr", path),
			"This is too long to be scanned: at most %d bytes", QR_MAX_BYTES);
	out->code = model_text(object, "code");
	out->at = model_text(object, "at");
	return OK;
}

static void draw_symbol(struct doc *d, struct page *page, const struct verify *v,
	const struct verify_place *place, struct tag *sect)
{
	double outer = qr_outer_side(&v->qr, VERIFY_SIDE), quiet = (outer - VERIFY_SIDE) / 2;
	double x = mirror_x(place->mirror, place->x, VERIFY_SIDE);
	page_mark(page, tag_new(sect, "Figure", NULL, arena_printf(d->arena, "QR: %s", v->code)));
	qr_draw(page, &v->qr, x - quiet, place->y - quiet, outer);
}

void verify_draw(
	struct doc *d, struct page *page, const struct verify *v, const struct verify_place *place)
{
	const double gap = MM(4), at_h = MM(5), code_h = MM(5);
	struct tag *sect = tag_new(place->parent, "Sect", NULL, NULL);
	struct slot s = {.style = &words_style,
		.x = place->x + VERIFY_SIDE + gap,
		.y = place->y - 2,
		.width = place->width - VERIFY_SIDE - gap,
		.height = VERIFY_SIDE - at_h - code_h + 2,
		.leading = 1.3,
		.least = 6};
	s = mirror_slot(place->mirror, &s);
	draw_symbol(d, page, v, place, sect);
	slot_put(d, page, &s, v->words, NULL, tag_new(sect, "P", NULL, NULL));
	s.vertical = SLOT_BOTTOM;
	s.leading = 1;
	s.style = &at_style;
	s.height = at_h;
	s.y = place->y + VERIFY_SIDE - at_h - code_h - 1;
	slot_put(d, page, &s, v->at, NULL, tag_new(sect, "P", NULL, NULL));
	s.style = &code_style;
	s.height = code_h;
	s.y = place->y + VERIFY_SIDE - code_h + 2;
	slot_put(d, page, &s, v->code, NULL, tag_new(sect, "P", NULL, NULL));
}
