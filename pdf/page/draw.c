/*
 * The text operators of PDF. A TJ array moves the pen in thousandths of the type size. Every glyph
 * is placed from the start of its array, so rounding never adds up over a line.
 */
#include "pdf/page/draw.h"

#include <math.h>
#include <stdlib.h>

enum { PER_EM = 1000 };

struct pen {
	struct page *page;
	struct buf *ops;
	struct page_text *text; /* what the page has been told */
	struct embed *fonts;
	const struct draw_place *place;
	double size;
	double array_x; /* where the array began, */
	long told;      /* and how far PDF believes to be from there, in thousandths of an em */
	bool in_array, in_string;
};

static void end_string(struct pen *d)
{
	if (d->in_string)
		buf_char(d->ops, ')');
	d->in_string = false;
}

static void end_array(struct pen *d)
{
	end_string(d);
	if (d->in_array)
		buf_text(d->ops, "]TJ\n");
	d->in_array = false;
}

/* The bytes of one: the start of an array, the end of a string, a move, a new string, its code. */
enum { MOST_A_GLYPH = 32 };

static bool is_special(unsigned byte)
{
	return (byte | 1) == ')' || byte == '\\' || byte == '\r'; /* also '(' */
}

static inline char *put_byte(char *out, unsigned byte)
{
	if (is_special(byte)) {
		*out++ = '\\';
		byte = byte == '\r' ? 'r' : byte;
	}
	*out++ = (char)byte;
	return out;
}

static char *put_integer(char *out, long v)
{
	unsigned long rest = v < 0 ? 0UL - (unsigned long)v : (unsigned long)v;
	int n = 1;
	if (v < 0)
		*out++ = '-';
	for (unsigned long r = rest; r >= 10; r /= 10)
		n++;
	for (int i = n; i-- > 0; rest /= 10)
		out[i] = (char)('0' + rest % 10);
	return out + n;
}

/* Ready for the code of a glyph at a distance from the start of the array. */
static char *open_string(struct pen *d, char *out, long at)
{
	if (!d->in_array)
		*out++ = '[';
	if (at != d->told) {
		if (d->in_string)
			*out++ = ')';
		out = put_integer(out, d->told - at);
		d->in_string = false;
		d->told = at;
	}
	if (!d->in_string)
		*out++ = '(';
	d->in_array = d->in_string = true;
	return out;
}

/*
 * Declared widths are rounded: what that makes wrong by a hair is let go until it has grown, as
 * every correction costs bytes.
 */
static inline char *put_code(struct pen *d, char *out, long at, const struct shape_glyph *g)
{
	enum { HAIR = 2 };
	bool is_astray = labs(at - d->told) > HAIR;
	if (is_astray || !d->in_string)
		out = open_string(d, out, is_astray ? at : d->told);
	out = put_byte(out, g->code >> 8);
	out = put_byte(out, g->code & 255);
	d->told += g->width;
	return out;
}

/* A family without a bold face is thickened by an outline of its own colour. */
static void set_weight(struct pen *d, const struct piece *p)
{
	if (p->embolden) {
		unsigned colour = p->style->colour;
		page_number(d->page, d->size / 30);
		buf_text(d->ops, "w ");
		page_number(d->page, (colour >> 16 & 255) / 255.0);
		page_number(d->page, (colour >> 8 & 255) / 255.0);
		page_number(d->page, (colour & 255) / 255.0);
		buf_text(d->ops, "RG 2 Tr\n");
	} else if (d->text->is_bold_stroke) {
		buf_text(d->ops, "0 Tr\n");
	}
	d->text->is_bold_stroke = p->embolden;
}

static void put_position(struct buf *b, int64_t hundredths)
{
	if (hundredths < 0) {
		buf_char(b, '-');
		hundredths = -hundredths;
	}
	buf_i64(b, hundredths / PAGE_POSITIONS);
	if (hundredths % PAGE_POSITIONS) {
		buf_char(b, '.');
		buf_char(b, (char)('0' + hundredths % PAGE_POSITIONS / 10));
		if (hundredths % 10)
			buf_char(b, (char)('0' + hundredths % 10));
	}
	buf_char(b, ' ');
}

/* From where the last line began: most lines stand straight below each other. */
static void put_start(struct pen *d, double x, double y)
{
	int64_t to_x = llround(x * PAGE_POSITIONS), to_y = llround(y * PAGE_POSITIONS);
	put_position(d->ops, to_x - d->text->x);
	put_position(d->ops, to_y - d->text->y);
	buf_text(d->ops, "Td\n");
	d->text->x = to_x;
	d->text->y = to_y;
}

/* Makes the text object ready for a piece at x. */
static void begin_piece(struct pen *d, const struct piece *p, double x)
{
	int font = embed_face_index(embed_face(d->fonts, p->shape->request.face));
	double size = p->style->size * d->place->factor;
	struct page_text *text = d->text;
	end_array(d);
	page_mark(d->page, p->tag ? p->tag : d->place->tag);
	if (!text->is_open) {
		buf_text(d->ops, "BT\n");
		text->is_open = true;
		text->x = text->y = 0;
	}
	if (text->font != font || text->size != size) {
		buf_text(d->ops, "/F");
		buf_i64(d->ops, font);
		buf_char(d->ops, ' ');
		page_number(d->page, size);
		buf_text(d->ops, "Tf\n");
	}
	text->font = font;
	text->size = d->size = size;
	page_fill_colour(d->page, p->style->colour);
	if (p->embolden || text->is_bold_stroke)
		set_weight(d, p);
	put_start(d, x, page_flip(d->page, d->place->baseline - p->style->rise * d->place->factor));
	d->array_x = x;
	d->told = 0;
}

static void put_glyph(struct pen *d, long at, const struct shape_glyph *g)
{
	char *out = buf_room(d->ops, MOST_A_GLYPH);
	if (out)
		buf_use(d->ops, (size_t)(put_code(d, out, at, g) - out));
}

/* One that may be raised, by font units. */
static void put_raised(
	struct pen *d, const struct piece *p, long at, int y, const struct shape_glyph *g)
{
	if (!y) {
		put_glyph(d, at, g);
		return;
	}
	end_array(d);
	page_number(d->page, y * d->size / p->shape->request.face->units_per_em);
	buf_text(d->ops, "Ts ");
	put_glyph(d, at, g);
	end_array(d);
	buf_text(d->ops, "0 Ts\n");
}

/* Half away from zero, without a call for every glyph of a book. */
static long nearest(double exact)
{
	return (long)(exact < 0 ? exact - 0.5 : exact + 0.5);
}

/* Glyphs on the baseline, one behind the other, as of nearly all words. */
static void put_row(struct pen *d, const struct shape *s, double start, double per_unit)
{
	char *begin = buf_room(d->ops, (size_t)s->n_glyphs * MOST_A_GLYPH), *out = begin;
	int origin = 0;
	for (int i = 0; out && i < s->n_glyphs; i++) {
		out = put_code(d, out, nearest(start + origin * per_unit), &s->glyphs[i]);
		origin += s->glyphs[i].advance;
	}
	if (begin)
		buf_use(d->ops, (size_t)(out - begin));
}

static void put_clusters(struct pen *d, const struct piece *p, double start, double per_unit)
{
	const struct shape *s = p->shape;
	int origin = 0;
	for (int i = 0; i < s->n_glyphs; i++) {
		const struct shape_cluster *c = &s->clusters[i];
		put_raised(d, p, nearest(start + (origin + c->x) * per_unit), c->y, &s->glyphs[i]);
		origin += s->glyphs[i].advance;
	}
}

static void put_marks(struct pen *d, const struct piece *p, double start, double per_unit)
{
	end_array(d);
	buf_text(d->ops, "/Span<</ActualText<FEFF>>>BDC\n");
	for (int i = 0; i < p->shape->n_marks; i++) {
		const struct shape_mark *m = &p->shape->marks[i];
		struct shape_glyph g = {.code = m->code, .width = (int16_t)m->width};
		put_raised(d, p, nearest(start + m->x * per_unit), m->y, &g);
	}
	end_array(d);
	buf_text(d->ops, "EMC\n");
}

static void put_glyphs(struct pen *d, const struct piece *p, double x)
{
	double per_unit = (double)PER_EM / p->shape->request.face->units_per_em,
	       start = (x - d->array_x) * PER_EM / d->size;
	if (p->shape->clusters)
		put_clusters(d, p, start, per_unit);
	else
		put_row(d, p->shape, start, per_unit);
	if (p->shape->n_marks)
		put_marks(d, p, start, per_unit);
}

static void put_hex(struct buf *b, UChar unit)
{
	static const char hex[] = "0123456789ABCDEF";
	char digits[4] = {
		hex[unit >> 12], hex[unit >> 8 & 15], hex[unit >> 4 & 15], hex[unit & 15]};
	buf_add(b, digits, sizeof digits);
}

/* What the glyphs between here and EMC say, for clusters that do not say it themselves. */
static void put_piece_text(struct pen *d, const struct shape *s)
{
	buf_text(d->ops, "/Span<</ActualText<FEFF");
	for (int i = 0; i < s->request.n_text - s->request.is_hyphenated; i++)
		put_hex(d->ops, s->request.text[i]);
	buf_text(d->ops, ">>>BDC\n");
}

/* True when b continues a's array: same look, same tag, nothing to be said beside the glyphs. */
static bool continues(const struct piece *a, const struct piece *b)
{
	return a && a->style == b->style && a->tag == b->tag && a->embolden == b->embolden &&
	       a->shape->request.face == b->shape->request.face && !a->shape->needs_text &&
	       !b->shape->needs_text;
}

static void put_piece(struct pen *d, const struct piece *before, const struct piece *p, double x)
{
	if (!p->shape->is_embedded)
		embed_shape(d->fonts, p->shape);
	if (!continues(before, p))
		begin_piece(d, p, x);
	if (p->shape->needs_text)
		put_piece_text(d, p->shape);
	put_glyphs(d, p, x);
	if (p->shape->needs_text) {
		end_array(d);
		buf_text(d->ops, "EMC\n");
	}
}

void draw_line(struct page *page, struct embed *fonts, const struct line *line,
	const struct draw_place *place)
{
	struct page_text *text = page_text(page);
	struct pen d = {
		.page = page, .ops = text->operators, .text = text, .fonts = fonts, .place = place};
	const struct piece *before = NULL;
	double x = place->x;
	if (line->blank && line->is_rtl) {
		put_piece(&d, NULL, line->blank, x - line->blank->width * place->factor);
		before = line->blank;
	}
	for (size_t i = 0; i < line->n_pieces; i++) {
		const struct piece *p = &line->pieces[i];
		put_piece(&d, before, p, x);
		x += (p->width + place->ratio *
					 (place->ratio > 0 ? piece_stretch(p) : piece_shrink(p))) *
		     place->factor;
		before = p;
	}
	if (line->blank && !line->is_rtl)
		put_piece(&d, before, line->blank, x);
	end_array(&d);
}
