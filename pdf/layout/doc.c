/* The order of making and finishing, and the one place that puts a line into its room. */
#include "pdf/layout/doc.h"

#include "pdf/text/quote.h"

#include <unicode/uloc.h>

/* The sides of all sheets, in order, and how many pages are still to come on each. */
struct doc_sheets {
	struct imposition imposition;
	struct sheet **sides;
	size_t *n_missing;
};

struct doc *doc_new(struct arena *a, const char *lang, struct print_warnings *warnings)
{
	struct doc *d = ARENA_NEW(a, struct doc);
	d->arena = a;
	d->lang = lang;
	d->core = core_new(a, lang);
	d->tags = tag_tree_new(a, d->core);
	d->fonts = embed_new(a, d->core);
	d->images = images_new(a, d->core);
	d->type = typesetter_new(a, lang, warnings);
	return d;
}

void doc_free(struct doc *d)
{
	if (d->type)
		typesetter_free(d->type);
	core_free(d->core);
	if (d->unwritten)
		core_free(d->unwritten);
}

struct tag *doc_unwritten(struct doc *d)
{
	if (!d->unwritten) {
		d->unwritten = core_new(d->arena, d->lang);
		d->unwritten_root = tag_root(tag_tree_new(d->arena, d->unwritten));
	}
	return d->unwritten_root;
}

bool doc_is_rtl(const struct doc *d)
{
	return uloc_isRightToLeft(d->lang);
}

static struct sheet *new_side(struct doc *d, const struct imposition *i)
{
	double width = impose_side_width(i), height = impose_side_height(i);
	struct sheet *side = sheet_new(d->arena, d->core, width, height);
	struct page *marks = sheet_page(side, &(struct panel){.width = width, .height = height});
	impose_marks(i, marks);
	page_close(marks);
	return side;
}

void doc_impose(struct doc *d, const struct imposition *imposition)
{
	struct doc_sheets *s = d->sheets = ARENA_NEW(d->arena, struct doc_sheets);
	size_t n_sides = impose_sides(imposition);
	s->imposition = *imposition;
	s->sides = ARENA_ARRAY(d->arena, n_sides, struct sheet *);
	s->n_missing = ARENA_ARRAY(d->arena, n_sides, size_t);
	d->extent.is_imposed = true;
	if (imposition->way == IMPOSE_BOOKLET)
		core_set_short_edge(d->core);
	for (size_t page = 0; page < imposition->n_pages; page++)
		s->n_missing[impose_place(imposition, page).side]++;
	for (size_t i = 0; i < n_sides; i++) {
		s->sides[i] = new_side(d, imposition);
		if (!s->n_missing[i])
			sheet_seal(s->sides[i]);
	}
}

bool doc_is_booklet(const struct doc *d)
{
	return d->sheets && d->sheets->imposition.way == IMPOSE_BOOKLET;
}

static struct page *imposed_page(struct doc *d, double width, double height)
{
	struct doc_sheets *s = d->sheets;
	struct impose_place place = impose_place(&s->imposition, d->extent.n_pages);
	if (d->extent.n_pages >= s->imposition.n_pages) {
		core_fail(d->core, "there are more pages than at the trial");
		return page_new(d->arena, d->core, width, height);
	}
	place.panel.x += (place.panel.width - width) / 2;
	place.panel.y += (place.panel.height - height) / 2;
	place.panel.width = width;
	place.panel.height = height;
	struct page *page = sheet_page(s->sides[place.side], &place.panel);
	if (--s->n_missing[place.side] == 0)
		sheet_seal(s->sides[place.side]);
	return page;
}

struct page *doc_page(struct doc *d, double width, double height)
{
	struct doc_extent *e = &d->extent;
	struct page *page = d->sheets ? imposed_page(d, width, height)
				      : page_new(d->arena, d->core, width, height);
	e->n_pages++;
	e->width = width > e->width ? width : e->width;
	e->height = height > e->height ? height : e->height;
	return page;
}

enum rc doc_trial(const char *lang, doc_draw_fn draw, const void *context,
	struct doc_extent *extent, struct err *err)
{
	struct arena *a = arena_new();
	struct print_warnings warnings = print_warnings_in(a);
	struct doc *d = doc_new(a, lang, &warnings);
	enum rc rc = draw(d, context, err);
	*extent = d->extent;
	doc_free(d);
	arena_free(a);
	return rc;
}

const char *doc_about(struct doc *d, const char *what)
{
	const char *before = d->about;
	d->about = arena_strdup(d->arena, what);
	typesetter_about(d->type, what);
	return before;
}

void doc_warn_text(struct doc *d, const char *fault, const struct paragraph *p)
{
	struct arena *a = typesetter_arena(d->type);
	typesetter_warn(
		d->type, "", 0, arena_printf(a, "%s: \"%s\"", fault, paragraph_quote(a, p)));
}

void doc_warn_long(struct doc *d, const struct paragraph *p)
{
	doc_warn_text(d, "A text is too long for its place", p);
}

void doc_expect(struct doc *d, size_t n_parts)
{
	d->n_expected = n_parts;
}

/* Saving comes after the last part, and takes a while too. */
static void tell_progress(struct doc *d)
{
	enum { WHEN_DRAWN = 95 };
	size_t n = d->n_done < d->n_expected ? d->n_done : d->n_expected;
	int percent = d->n_expected ? (int)(n * WHEN_DRAWN / d->n_expected) : 0;
	if (!d->audience || !d->audience->progress || percent <= d->percent)
		return;
	d->percent = percent;
	d->audience->progress(d->audience->context, percent);
}

void doc_forget(struct doc *d)
{
	typesetter_forget(d->type);
	d->n_done++;
	tell_progress(d);
}

enum rc doc_save(struct doc *d, const struct sink *sink, struct err *err)
{
	typesetter_free(d->type);
	d->type = NULL;
	embed_finish(d->fonts);
	tag_tree_finish(d->tags);
	return core_save(d->core, sink, err);
}

struct line_room line_room(const struct line *line, double size, double leading)
{
	/* A third of the size centres capitals in the line. */
	struct line_room r = {leading / 2 + size / 3, leading};
	double above = line->ink_top - r.baseline,
	       below = -line->ink_bottom - (leading - r.baseline);
	if (above > 0) {
		r.baseline += above;
		r.height += above;
	}
	if (below > 0)
		r.height += below;
	return r;
}

struct draw_place line_place(const struct line *line, double x, double width, enum align align)
{
	struct draw_place place = {.x = x, .factor = 1};
	double left = width - line->width;
	switch (align) {
	case ALIGN_LEFT:
		break;
	case ALIGN_START:
		place.x += line->is_rtl ? left : 0;
		break;
	case ALIGN_CENTRE:
		place.x += left / 2;
		break;
	case ALIGN_RIGHT:
		place.x += left;
		break;
	case ALIGN_JUSTIFY:
		if (!line->is_last && !line->is_ragged && left > 0 && line->stretch > 0)
			place.ratio = left / line->stretch;
		else if (left < 0 && line->shrink > 0)
			place.ratio = left / line->shrink;
		else if (line->is_rtl)
			place.x += left;
		break;
	}
	return place;
}

double doc_lines(struct doc *d, struct page *page, const struct lines *lines, double size,
	const struct text_box *box)
{
	double y = 0, f = box->factor;
	for (size_t i = 0; i < lines->n_lines; i++) {
		const struct line *line = &lines->lines[i];
		/* The line is measured in its own size: its box is larger by the factor. */
		struct line_room room = line_room(line, size, box->leading / f);
		struct draw_place place = line_place(line, 0, box->width / f, box->align);
		place.x = box->x + place.x * f;
		place.factor = f;
		place.baseline = box->y + y + room.baseline * f;
		place.tag = box->tag;
		draw_line(page, d->fonts, line, &place);
		y += room.height * f;
	}
	return y;
}
