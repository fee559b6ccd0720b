/* Pieces in the order in which they are seen, and their sums. */
#include "pdf/text/line.h"

#include <unicode/ubidi.h>

static const double blank_stretch = 1.0 / 2, blank_shrink = 1.0 / 3, joint_stretch = 0.08;

static bool is_joint(const struct piece *p)
{
	UScriptCode s = p->shape->request.script;
	return p->after == BREAK_MAY &&
	       (s == USCRIPT_HAN || s == USCRIPT_HIRAGANA || s == USCRIPT_KATAKANA ||
		       s == USCRIPT_HANGUL || s == USCRIPT_BOPOMOFO);
}

double piece_stretch(const struct piece *p)
{
	if (p->is_blank)
		return p->width * blank_stretch;
	return is_joint(p) ? p->style->size * joint_stretch : 0;
}

double piece_shrink(const struct piece *p)
{
	return p->is_blank ? p->width * blank_shrink : 0;
}

/* Rule L2 of UAX 9, on pieces. */
static const struct piece *visual_order(struct arena *a, const struct piece *pieces, size_t n)
{
	UBiDiLevel *levels = arena_alloc(a, n);
	int *order = ARENA_ARRAY(a, n, int);
	struct piece *out = ARENA_ARRAY(a, n, struct piece);
	for (size_t i = 0; i < n; i++)
		levels[i] = pieces[i].level;
	ubidi_reorderVisual(levels, (int)n, order);
	for (size_t i = 0; i < n; i++)
		out[i] = pieces[order[i]];
	return out;
}

struct line line_new(struct arena *a, const struct paragraph *p, const struct piece *pieces,
	size_t n, bool is_last)
{
	struct line line = {.pieces = pieces, .is_last = is_last, .is_rtl = p->is_rtl};
	if (n && pieces[n - 1].is_blank)
		line.blank = &pieces[n - 1];
	while (n && pieces[n - 1].is_blank)
		n--;
	line.n_pieces = n;
	for (size_t i = 0; i < n; i++) {
		const struct shape *s = pieces[i].shape;
		double scale = pieces[i].style->size / s->request.face->units_per_em,
		       top = s->top * scale + pieces[i].style->rise,
		       bottom = s->bottom * scale + pieces[i].style->rise;
		line.width += pieces[i].width;
		/* What stands last has nothing behind it to be moved away. */
		line.stretch += i + 1 < n ? piece_stretch(&pieces[i]) : 0;
		line.shrink += i + 1 < n ? piece_shrink(&pieces[i]) : 0;
		line.ink_top = top > line.ink_top ? top : line.ink_top;
		line.ink_bottom = bottom < line.ink_bottom ? bottom : line.ink_bottom;
	}
	line.is_hyphenated = n && pieces[n - 1].shape->request.is_hyphenated;
	if (p->is_mixed && n)
		line.pieces = visual_order(a, pieces, n);
	return line;
}
