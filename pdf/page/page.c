/* Operators as text; the colour and the mark that hold are remembered, to write each change once.
 */
#include "pdf/page/page.h"

enum { MAX_OPERATORS = 64 << 20, NO_COLOUR = 1 << 24 };

enum mark { MARK_NONE, MARK_ARTIFACT, MARK_TAG };

struct page {
	struct arena *arena;
	struct core *core;
	struct core_page *object;
	double width, height;
	struct buf operators;
	enum mark mark;
	struct tag *tag; /* of MARK_TAG */
	unsigned colour;
};

struct page *page_new(struct arena *a, struct core *c, double width, double height)
{
	struct page *p = ARENA_NEW(a, struct page);
	p->arena = a;
	p->core = c;
	p->object = core_page_new(c, width, height);
	p->width = width;
	p->height = height;
	p->operators = buf_on_heap(MAX_OPERATORS);
	p->colour = NO_COLOUR;
	return p;
}

struct core_page *page_core(const struct page *p)
{
	return p->object;
}

double page_width(const struct page *p)
{
	return p->width;
}

double page_height(const struct page *p)
{
	return p->height;
}

double page_flip(const struct page *p, double y)
{
	return p->height - y;
}

struct buf *page_operators(struct page *p)
{
	return &p->operators;
}

void page_number(struct page *p, double v)
{
	core_number(p->core, &p->operators, v);
	buf_char(&p->operators, ' ');
}

static void end_mark(struct page *p)
{
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
	if (tag)
		buf_printf(&p->operators, "/%s<</MCID %d>>BDC\n", tag_type(tag),
			tag_mark(tag, p->object));
	else
		buf_text(&p->operators, "/Artifact BMC\n");
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
	page_fill_colour(p, colour);
	page_number(p, x);
	page_number(p, page_flip(p, y + height));
	page_number(p, width);
	page_number(p, height);
	buf_text(&p->operators, "re f\n");
}

void page_link(struct page *p, struct tag *tag, const double box[4], const struct core_page *to,
	double to_y, const char *description)
{
	struct buf b = buf_in(p->arena, 1 << 16);
	unsigned object = core_object_new(p->core);
	double corners[4] = {
		box[0], page_flip(p, box[1] + box[3]), box[0] + box[2], page_flip(p, box[1])};
	buf_text(&b, "/Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[");
	for (int i = 0; i < 4; i++) {
		core_number(p->core, &b, corners[i]);
		buf_char(&b, ' ');
	}
	buf_printf(&b, "]/Dest[%u 0 R/XYZ null ", core_page_number(to));
	core_number(p->core, &b, core_page_height(to) - to_y);
	buf_printf(&b, " null]/StructParent %d/Contents", tag_annotation(tag, p->object, object));
	core_text(p->core, &b, description);
	core_object_set(p->core, object, buf_view(&b));
	core_page_annotate(p->core, p->object, object);
}

void page_close(struct page *p)
{
	end_mark(p);
	if (p->operators.failed)
		core_fail(p->core, "one page has too many drawing operators");
	core_page_set(p->core, p->object, buf_view(&p->operators));
	buf_free(&p->operators);
}
