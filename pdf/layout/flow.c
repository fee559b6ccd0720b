/*
 * Placing rows. A block is put on pages in stretches: as many rows as fit, their tints first, then
 * their contents, then the next page. Rows kept with the next one form a group; a group that is
 * taller than a whole page is broken anywhere.
 */
#include "pdf/layout/rows.h"

#include <assert.h>
#include <stdio.h>

/* What waits for a place to be set. */
struct pending {
	struct page *page;
	double box[4]; /* of a link; of a number: x of its right end, baseline */
	struct tag *tag;
	const struct place *place;
	const char *description;        /* links */
	const struct text_style *style; /* numbers */
	struct pending *next;
};

struct flow {
	struct doc *doc;
	struct flow_frame frame;
	struct flow_page page; /* page.page NULL: none is open */
	double top, y;
	bool has_numbers; /* the open page waits for page numbers */
	const char *running;
	struct core_bookmark *bookmarks[MAX_LEVELS];
	struct pending *links, **links_end;
	struct pending *numbers, **numbers_end;
};

struct flow *flow_new(struct doc *d, const struct flow_frame *frame)
{
	struct flow *f = ARENA_NEW(d->arena, struct flow);
	f->doc = d;
	f->frame = *frame;
	f->links_end = &f->links;
	f->numbers_end = &f->numbers;
	return f;
}

double flow_width(const struct flow *f)
{
	return f->frame.width - f->frame.left - f->frame.right;
}

struct place *place_new(struct arena *a)
{
	return ARENA_NEW(a, struct place);
}

/* The head is drawn at once, because it says where the text begins; header and footer at the end.
 */
static void begin_page(struct flow *f)
{
	f->page.page = doc_page(f->doc, f->frame.width, f->frame.height);
	f->page.number++;
	f->page.first = f->page.last = NULL;
	f->top = f->frame.top;
	if (f->frame.begin)
		f->top = f->frame.begin(f->frame.context, &f->page, f->top);
	f->y = f->top;
	f->has_numbers = false;
}

static void end_page(struct flow *f)
{
	f->page.last = f->running;
	f->frame.end(f->frame.context, &f->page);
	if (!f->has_numbers)
		page_close(f->page.page);
	f->page.page = NULL;
}

void flow_new_page(struct flow *f)
{
	if (f->page.page && f->y > f->top)
		end_page(f);
}

static struct pending *add_pending(
	struct flow *f, struct pending ***end, struct tag *tag, const struct place *place)
{
	struct pending *p = ARENA_NEW(f->doc->arena, struct pending);
	p->page = f->page.page;
	p->tag = tag;
	p->place = place;
	**end = p;
	*end = &p->next;
	return p;
}

static void place_line(struct flow *f, const struct row *r, const struct row_item *item)
{
	const struct line *line = item->text.line;
	struct draw_place at =
		line_place(line, f->frame.left + item->x, item->width, item->text.align);
	at.baseline = r->y + r->baseline;
	at.tag = item->text.tag;
	draw_line(f->page.page, f->doc->fonts, line, &at);
	if (!item->text.link)
		return;
	struct pending *p = add_pending(f, &f->links_end, item->text.tag, item->text.link);
	p->box[0] = at.x;
	p->box[1] = r->y;
	p->box[2] = line->width;
	p->box[3] = r->height;
	p->description = arena_strdup(f->doc->arena, item->text.description);
}

static void place_chip(struct flow *f, const struct row *r, const struct row_item *item)
{
	const struct block_chip *chip = &item->chip.of;
	double x = f->frame.left + chip->x, size = chip->letter->size;
	/* Capitals are two thirds of the size high; the square stands around their middle. */
	double y = r->y + r->baseline - size / 3 - chip->side / 2;
	page_mark(f->page.page, NULL);
	page_rect(f->page.page, x, y, chip->side, chip->side, chip->colour);
	struct draw_place at = line_place(&item->chip.line, x, chip->side, ALIGN_CENTRE);
	at.baseline = r->y + r->baseline + size / 30;
	at.tag = chip->tag;
	draw_line(f->page.page, f->doc->fonts, &item->chip.line, &at);
}

static void place_bookmark(struct flow *f, const struct row *r, const struct row_item *item)
{
	int level = item->bookmark.level;
	struct core_bookmark *parent = level ? f->bookmarks[level - 1] : NULL;
	f->bookmarks[level] = core_bookmark_new(f->doc->core, parent, item->bookmark.title,
		page_core(f->page.page), page_core_y(f->page.page, r->y));
}

static void place_number(struct flow *f, const struct row *r, const struct row_item *item)
{
	const struct block_number *n = &item->number;
	struct pending *p = add_pending(f, &f->numbers_end, n->tag, n->place);
	p->box[0] = f->frame.left + n->x;
	p->box[1] = r->y + r->baseline;
	p->style = n->style;
	f->has_numbers = true;
}

static void place_item(struct flow *f, const struct row *r, const struct row_item *item)
{
	switch (item->kind) {
	case ROW_LINE:
		place_line(f, r, item);
		break;
	case ROW_RULE:
		page_mark(f->page.page, NULL);
		page_rect(f->page.page, f->frame.left + item->x, r->y, item->width,
			item->rule.thickness, item->rule.colour);
		break;
	case ROW_CHIP:
		place_chip(f, r, item);
		break;
	case ROW_NUMBER:
		place_number(f, r, item);
		break;
	case ROW_PLACE:
		*item->place = (struct place){
			page_core(f->page.page), page_core_y(f->page.page, r->y), f->page.number};
		break;
	case ROW_BOOKMARK:
		place_bookmark(f, r, item);
		break;
	case ROW_RUNNING:
		f->running = arena_strdup(f->doc->arena, item->running);
		break;
	}
}

static void place_tints(struct flow *f, const struct block *b, size_t from, size_t to)
{
	for (const struct tint *t = b->tints; t; t = t->next) {
		size_t first = t->from > from ? t->from : from, behind = t->to < to ? t->to : to;
		if (first >= behind)
			continue;
		const struct row *top = b->rows[first], *last = b->rows[behind - 1];
		page_mark(f->page.page, NULL);
		page_rect(f->page.page, f->frame.left + t->x, top->y, t->width,
			last->y + last->height - top->y, t->colour);
	}
}

/* The row behind the group that begins at `from`, and the height of the group. */
static size_t group_end(const struct block *b, size_t from, double *height)
{
	*height = 0;
	for (; from < b->n_rows; from++) {
		*height += b->rows[from]->height;
		if (!b->rows[from]->keeps_next)
			return from + 1;
	}
	return from;
}

/* Gives a y to the rows from `from` that fit on the open page; returns the first that does not. */
static size_t fit_rows(struct flow *f, struct block *b, size_t from)
{
	double bottom = f->frame.height - f->frame.bottom, page = bottom - f->frame.top;
	double height;
	for (size_t row = from; row < b->n_rows;) {
		size_t end = group_end(b, row, &height);
		if (height <= page && f->y + height > bottom && f->y > f->top)
			return row;
		for (; row < end; row++) {
			struct row *r = b->rows[row];
			bool vanishes = r->is_space && f->y == f->top;
			if (!vanishes && f->y + r->height > bottom && f->y > f->top)
				return row;
			r->y = f->y;
			f->y += vanishes ? 0 : r->height;
		}
	}
	return b->n_rows;
}

void flow_add(struct flow *f, struct block *b)
{
	for (size_t from = 0, to; from < b->n_rows; from = to) {
		if (!f->page.page)
			begin_page(f);
		to = fit_rows(f, b, from);
		place_tints(f, b, from, to);
		for (size_t i = from; i < to; i++)
			for (const struct row_item *item = b->rows[i]->items; item;
				item = item->next)
				place_item(f, b->rows[i], item);
		if (!f->page.first)
			f->page.first = f->running;
		if (to < b->n_rows)
			end_page(f);
	}
}

static void set_number(struct flow *f, const struct pending *p)
{
	char digits[16];
	snprintf(digits, sizeof digits, "%d", p->place->number);
	struct paragraph *paragraph = paragraph_of(f->doc->type, p->style, digits, NULL);
	struct lines lines = paragraph_wrap(f->doc->type, paragraph, 1000, WRAP_ANY);
	struct draw_place at = line_place(&lines.lines[0], p->box[0], 0, ALIGN_RIGHT);
	at.baseline = p->box[1];
	at.tag = p->tag;
	draw_line(p->page, f->doc->fonts, &lines.lines[0], &at);
}

void flow_finish(struct flow *f)
{
	if (f->page.page)
		end_page(f);
	for (const struct pending *p = f->links; p; p = p->next) {
		assert(p->place->page);
		page_link(p->page, p->tag, p->box, p->place->page, p->place->y, p->description);
	}
	for (const struct pending *p = f->numbers; p; p = p->next) {
		assert(p->place->page);
		set_number(f, p);
		if (!p->next || p->next->page != p->page)
			page_close(p->page);
	}
}
