/* The factor is found by paragraph_fit(); what is left of the height goes above, below or both. */
#include "pdf/layout/slot.h"

static const double leading_otherwise = 1.2, least_otherwise = 7;

static void warn_if_over(struct doc *d, const struct paragraph *p, double height, double room)
{
	const double tolerance = 0.5;
	if (height > room + tolerance && p->n_pieces)
		typesetter_warn(d->type, "", 0, "A text is too long for its place");
}

double slot_put_paragraph(struct doc *d, struct page *page, const struct slot *s,
	const struct paragraph *paragraph, struct tag *tag)
{
	struct lines lines;
	double size = s->style->size, least = s->least > 0 ? s->least : least_otherwise;
	struct fit_box fit = {.width = s->width,
		.height = s->height,
		.leading = s->leading > 0 ? s->leading : leading_otherwise,
		.least = least < size ? least / size : 1,
		.at = s->at};
	double factor = paragraph_fit(d->type, paragraph, &fit, &lines);
	double leading = fit.leading * size * factor;
	double height = (double)lines.n_lines * leading, spare = s->height - height;
	struct text_box box = {.x = s->x,
		.y = s->y,
		.width = s->width,
		.leading = leading,
		.factor = factor,
		.align = s->align,
		.tag = tag};
	warn_if_over(d, paragraph, height, s->height);
	if (s->vertical != SLOT_TOP)
		box.y += s->vertical == SLOT_MIDDLE ? spare / 2 : spare;
	return doc_lines(d, page, &lines, size, &box);
}

double slot_put(struct doc *d, struct page *page, const struct slot *slot, const char *text,
	const char *lang, struct tag *tag)
{
	return slot_put_paragraph(
		d, page, slot, paragraph_of(d->type, slot->style, text, lang), tag);
}
