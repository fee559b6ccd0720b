/* The factor is found by paragraph_fit(); what is left of the height goes above, below or both. */
#include "pdf/layout/slot.h"

#include "pdf/text/shorten.h"

#include <string.h>

static const double leading_otherwise = 1.2, least_otherwise = 7;

/* Fits the paragraph, which may be but the beginning of the one that is meant. */
static void fit_in(
	struct doc *d, const struct slot *s, const struct paragraph *paragraph, struct slot_fit *f)
{
	const double tolerance = 0.5;
	double least = s->least > 0 ? s->least : least_otherwise;
	struct fit_box box = {.width = s->width,
		.height = s->height,
		.leading = s->leading > 0 ? s->leading : leading_otherwise,
		.least = least < f->size ? least / f->size : 1,
		.max_lines = s->max_lines,
		.at = s->at};
	f->factor = paragraph_fit(d->type, paragraph, &box, &f->lines);
	f->leading = box.leading * f->size * f->factor;
	f->height = (double)f->lines.n_lines * f->leading;
	f->is_over = f->height > s->height + tolerance ||
		     (s->max_lines && f->lines.n_lines > (size_t)s->max_lines);
}

/* The paragraph, its words cut where they are wider than the place: what may go letter by letter.
 */
static struct paragraph divide(struct doc *d, const struct paragraph *p, double width)
{
	const struct piece *pieces;
	struct paragraph out = *p;
	if (!paragraph_pieces(d->type, p, width, &pieces, &out.n_pieces))
		return *p;
	out.pieces = ARENA_ARRAY(typesetter_arena(d->type), out.n_pieces, struct piece);
	memcpy(out.pieces, pieces, out.n_pieces * sizeof *pieces);
	return out;
}

/* At the least size, the longest beginning that fits; the first word alone when none does. */
static void shorten(struct doc *d, const struct slot *s, struct slot_fit *f)
{
	const struct paragraph whole = divide(d, f->paragraph, s->width / f->factor);
	f->is_shortened = true;
	for (size_t n = whole.n_pieces; f->is_over && n-- > 1;) {
		const struct paragraph *p = paragraph_beginning(d->type, &whole, n);
		if (p)
			fit_in(d, s, p, f);
	}
}

struct slot_fit slot_fit(struct doc *d, const struct slot *s, const struct paragraph *paragraph)
{
	struct slot_fit f = {.paragraph = paragraph, .size = s->style->size};
	fit_in(d, s, paragraph, &f);
	if (s->shortens && f.is_over && f.lines.n_lines)
		shorten(d, s, &f);
	return f;
}

double slot_height(const struct slot_fit *fit)
{
	double height = 0;
	for (size_t i = 0; i < fit->lines.n_lines; i++)
		height += line_room(&fit->lines.lines[i], fit->size, fit->leading / fit->factor)
				  .height *
			  fit->factor;
	return height;
}

double slot_draw(struct doc *d, struct page *page, const struct slot *s, const struct slot_fit *f,
	struct tag *tag)
{
	double spare = s->height - f->height;
	struct text_box box = {.x = s->x,
		.y = s->y,
		.width = s->width,
		.leading = f->leading,
		.factor = f->factor,
		.align = s->align,
		.tag = tag};
	bool is_full = f->is_over && s->vertical == SLOT_MIDDLE;
	if ((f->is_over || f->is_shortened) && f->lines.n_lines)
		doc_warn_long(d, f->paragraph);
	if (s->vertical != SLOT_TOP && !is_full)
		box.y += s->vertical == SLOT_MIDDLE ? spare / 2 : spare;
	return doc_lines(d, page, &f->lines, f->size, &box);
}

double slot_put_paragraph(struct doc *d, struct page *page, const struct slot *s,
	const struct paragraph *paragraph, struct tag *tag)
{
	struct slot_fit fit = slot_fit(d, s, paragraph);
	return slot_draw(d, page, s, &fit, tag);
}

double slot_put(struct doc *d, struct page *page, const struct slot *slot, const char *text,
	const char *lang, struct tag *tag)
{
	return slot_put_paragraph(
		d, page, slot, paragraph_of(d->type, slot->style, text, lang), tag);
}

/* As slot_fit(), but no larger than the factor. */
static struct slot_fit fit_at(struct doc *d, const struct slot_text *text, double factor)
{
	const struct slot *slot = &text->slot;
	struct slot_fit fit = slot_fit(d, slot, text->paragraph);
	if (fit.factor <= factor)
		return fit;
	fit.leading *= factor / fit.factor;
	fit.factor = factor;
	fit.lines = paragraph_balance(d->type, text->paragraph, slot->width / factor, slot->at);
	fit.height = (double)fit.lines.n_lines * fit.leading;
	return fit;
}

void slot_put_alike(struct doc *d, struct page *page, const struct slot_text *texts, int n)
{
	double factor = 1;
	for (int i = 0; i < n; i++)
		factor = fit_at(d, &texts[i], factor).factor;
	for (int i = 0; i < n; i++) {
		struct slot_fit fit = fit_at(d, &texts[i], factor);
		slot_draw(d, page, &texts[i].slot, &fit, texts[i].tag);
	}
}
