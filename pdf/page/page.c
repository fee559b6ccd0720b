/*
 * Operators as text; the colour and the mark that hold are remembered, to write each change once.
 * Every page has operators of its own, which its sheet joins when all are closed: pages of one
 * sheet may be drawn in any order.
 */
#include "pdf/page/page.h"

#include <assert.h>
#include <math.h>

enum { MAX_OPERATORS = 64 << 20, NO_COLOUR = 1 << 24 };

enum mark { MARK_NONE, MARK_ARTIFACT, MARK_TAG };

struct sheet {
	struct arena *arena;
	struct core *core;
	struct core_page *object;
	double width, height;
	struct page *pages, **end;
	int n_open;
	bool is_sealed;
};

struct page {
	struct arena *arena;
	struct core *core;
	struct core_page *object;
	struct sheet *sheet;
	struct panel panel;
	struct page *next; /* on the sheet */
	struct buf operators;
	struct page_text text;
	enum mark mark;
	struct tag *tag; /* of MARK_TAG */
	unsigned colour;
};

struct sheet *sheet_new(struct arena *a, struct core *c, double width, double height)
{
	struct sheet *s = ARENA_NEW(a, struct sheet);
	s->arena = a;
	s->core = c;
	s->object = core_page_new(c, width, height);
	s->width = width;
	s->height = height;
	s->end = &s->pages;
	return s;
}

struct page *sheet_page(struct sheet *s, const struct panel *panel)
{
	struct page *p = ARENA_NEW(s->arena, struct page);
	assert(!s->is_sealed);
	p->arena = s->arena;
	p->core = s->core;
	p->object = s->object;
	p->sheet = s;
	p->panel = *panel;
	p->operators = buf_on_heap(MAX_OPERATORS);
	p->colour = NO_COLOUR;
	p->text.font = -1;
	*s->end = p;
	s->end = &p->next;
	s->n_open++;
	return p;
}

struct page *page_new(struct arena *a, struct core *c, double width, double height)
{
	struct sheet *s = sheet_new(a, c, width, height);
	struct page *p = sheet_page(s, &(struct panel){.width = width, .height = height});
	sheet_seal(s);
	return p;
}

struct core_page *page_core(const struct page *p)
{
	return p->object;
}

double page_width(const struct page *p)
{
	return p->panel.width;
}

double page_height(const struct page *p)
{
	return p->panel.height;
}

double page_flip(const struct page *p, double y)
{
	return p->panel.height - y;
}

/* From the page's space (origin at its bottom left, upwards) to the sheet's: x' = ax + cy + e. */
struct matrix {
	double a, b, c, d, e, f;
};

static struct matrix matrix_of(const struct page *p)
{
	const struct panel *at = &p->panel;
	double top = p->sheet->height - at->y;
	switch (at->quarter_turns & 3) {
	case 1:
		return (struct matrix){0, -1, 1, 0, at->x, top};
	case 2:
		return (struct matrix){-1, 0, 0, -1, at->x + at->width, top};
	case 3:
		return (struct matrix){0, 1, -1, 0, at->x + at->height, top - at->width};
	default:
		return (struct matrix){1, 0, 0, 1, at->x, top - at->height};
	}
}

static bool is_whole_sheet(const struct page *p)
{
	return p->panel.x == 0 && p->panel.y == 0 && !p->panel.quarter_turns &&
	       p->panel.width == p->sheet->width && p->panel.height == p->sheet->height;
}

double page_core_y(const struct page *p, double y)
{
	const struct matrix m = matrix_of(p);
	/* The higher end of the line across the page at y. */
	double left = m.d * page_flip(p, y) + m.f, right = left + m.b * p->panel.width;
	return p->sheet->height - (left > right ? left : right);
}

/* Before anything that may not stand in a text object. */
static void end_text(struct page *p)
{
	if (p->text.is_open)
		buf_text(&p->operators, "ET\n");
	p->text.is_open = false;
}

struct buf *page_operators(struct page *p)
{
	end_text(p);
	return &p->operators;
}

struct page_text *page_text(struct page *p)
{
	p->text.operators = &p->operators;
	return &p->text;
}

void page_number(struct page *p, double v)
{
	core_number(p->core, &p->operators, v);
	buf_char(&p->operators, ' ');
}

static void end_mark(struct page *p)
{
	end_text(p);
	if (p->mark != MARK_NONE)
		buf_text(&p->operators, "EMC\n");
	p->mark = MARK_NONE;
}

bool page_is_marked(const struct page *p, const struct tag *tag)
{
	return p->mark == (tag ? MARK_TAG : MARK_ARTIFACT) && p->tag == tag;
}

void page_mark(struct page *p, struct tag *tag)
{
	if (page_is_marked(p, tag))
		return;
	end_mark(p);
	p->mark = tag ? MARK_TAG : MARK_ARTIFACT;
	p->tag = tag;
	if (!tag) {
		buf_text(&p->operators, "/Artifact BMC\n");
		return;
	}
	buf_char(&p->operators, '/');
	buf_text(&p->operators, tag_type(tag));
	buf_text(&p->operators, "<</MCID ");
	buf_i64(&p->operators, tag_mark(tag, p->object));
	buf_text(&p->operators, ">>BDC\n");
}

void page_fill_colour(struct page *p, unsigned colour)
{
	if (p->colour == colour)
		return;
	p->colour = colour;
	page_number(p, (colour >> 16 & 255) / 255.0);
	page_number(p, (colour >> 8 & 255) / 255.0);
	page_number(p, (colour & 255) / 255.0);
	buf_text(&p->operators, "rg\n");
}

void page_rect(struct page *p, double x, double y, double width, double height, unsigned colour)
{
	end_text(p);
	page_fill_colour(p, colour);
	page_number(p, x);
	page_number(p, page_flip(p, y + height));
	page_number(p, width);
	page_number(p, height);
	buf_text(&p->operators, "re f\n");
}

void page_leader(struct page *p, double x, double end_x, double baseline)
{
	const double dot = 0.7, step = 4.2;
	double first = ceil(x / step) * step, y = page_flip(p, baseline);
	if (first + step > end_x)
		return;
	page_mark(p, NULL);
	buf_text(&p->operators, "q .45 G ");
	page_number(p, dot);
	buf_text(&p->operators, "w[");
	page_number(p, dot);
	page_number(p, step - dot);
	buf_text(&p->operators, "]0 d ");
	page_number(p, first);
	page_number(p, y + dot / 2);
	buf_text(&p->operators, "m ");
	page_number(p, end_x);
	page_number(p, y + dot / 2);
	buf_text(&p->operators, "l S Q\n");
}

void page_turn(struct page *p, double x, double y, double degrees)
{
	const double radians = degrees * 3.14159265358979323846 / 180, c = cos(radians),
		     s = sin(radians), up = page_flip(p, y);
	const double numbers[6] = {c, s, -s, c, x - c * x + s * up, up - s * x - c * up};
	end_mark(p);
	buf_text(&p->operators, "q ");
	for (int i = 0; i < 6; i++)
		page_number(p, numbers[i]);
	buf_text(&p->operators, "cm\n");
}

void page_unturn(struct page *p)
{
	end_mark(p);
	buf_text(&p->operators, "Q\n");
	p->colour = NO_COLOUR;
	p->text.font = -1;
	p->text.is_bold_stroke = false;
}

/* The corners of a box of the page, in the sheet's space, as PDF wants them. */
static void add_rect(struct page *p, struct buf *b, const double box[4])
{
	const struct matrix m = matrix_of(p);
	double x[2] = {box[0], box[0] + box[2]},
	       y[2] = {page_flip(p, box[1] + box[3]), page_flip(p, box[1])}, corners[4];
	for (int i = 0; i < 2; i++) {
		corners[2 * i] = m.a * x[i] + m.c * y[i] + m.e;
		corners[2 * i + 1] = m.b * x[i] + m.d * y[i] + m.f;
	}
	for (int i = 0; i < 2; i++) {
		double low = corners[i] < corners[i + 2] ? corners[i] : corners[i + 2];
		corners[i + 2] += corners[i] - low;
		corners[i] = low;
	}
	buf_text(b, "/Rect[");
	for (int i = 0; i < 4; i++) {
		core_number(p->core, b, corners[i]);
		buf_char(b, ' ');
	}
	buf_char(b, ']');
}

/* What every link has; the caller adds where it leads, then calls finish_link(). */
static struct buf begin_link(struct page *p, const double box[4])
{
	struct buf b = buf_in(p->arena, 1 << 16);
	buf_text(&b, "/Type/Annot/Subtype/Link/F 4/Border[0 0 0]");
	add_rect(p, &b, box);
	return b;
}

static void finish_link(struct page *p, struct buf *b, struct tag *tag, const char *description)
{
	unsigned object = core_object_new(p->core);
	buf_printf(b, "/StructParent %d/Contents", tag_annotation(tag, p->object, object));
	core_text(p->core, b, description);
	core_object_set(p->core, object, buf_view(b));
	core_page_annotate(p->core, p->object, object);
}

void page_link(struct page *p, struct tag *tag, const double box[4], const struct core_page *to,
	double to_y, const char *description)
{
	struct buf b = begin_link(p, box);
	buf_printf(&b, "/Dest[%u 0 R/XYZ null ", core_page_number(to));
	core_number(p->core, &b, core_page_height(to) - to_y);
	buf_text(&b, " null]");
	finish_link(p, &b, tag, description);
}

void page_link_uri(struct page *p, struct tag *tag, const double box[4], const char *uri,
	const char *description)
{
	struct buf b = begin_link(p, box);
	buf_text(&b, "/A<</S/URI/URI");
	core_bytes(&b, uri);
	buf_text(&b, ">>");
	finish_link(p, &b, tag, description);
}

/* The operators of one page among others: in its place, and cut off beyond its bleed. */
static void add_page(struct buf *b, struct page *p)
{
	const struct matrix m = matrix_of(p);
	const double numbers[6] = {m.a, m.b, m.c, m.d, m.e, m.f};
	double bleed = p->panel.bleed;
	const double cut[4] = {
		-bleed, -bleed, p->panel.width + 2 * bleed, p->panel.height + 2 * bleed};
	buf_text(b, "q ");
	for (int i = 0; i < 6; i++) {
		core_number(p->core, b, numbers[i]);
		buf_char(b, ' ');
	}
	buf_text(b, "cm ");
	for (int i = 0; i < 4; i++) {
		core_number(p->core, b, cut[i]);
		buf_char(b, ' ');
	}
	buf_text(b, "re W n\n");
	buf_str(b, buf_view(&p->operators));
	buf_text(b, "Q\n");
}

static void finish_sheet(struct sheet *s)
{
	if (s->pages && !s->pages->next && is_whole_sheet(s->pages)) {
		core_page_set(s->core, s->object, buf_view(&s->pages->operators));
	} else {
		struct buf b = buf_on_heap(MAX_OPERATORS);
		for (struct page *p = s->pages; p; p = p->next)
			add_page(&b, p);
		if (b.failed)
			core_fail(s->core, "one sheet has too many drawing operators");
		core_page_set(s->core, s->object, buf_view(&b));
		buf_free(&b);
	}
	for (struct page *p = s->pages; p; p = p->next)
		buf_free(&p->operators);
}

void sheet_seal(struct sheet *s)
{
	s->is_sealed = true;
	if (s->n_open == 0)
		finish_sheet(s);
}

void page_close(struct page *p)
{
	end_mark(p);
	if (p->operators.failed)
		core_fail(p->core, "one page has too many drawing operators");
	if (--p->sheet->n_open == 0 && p->sheet->is_sealed)
		finish_sheet(p->sheet);
}
