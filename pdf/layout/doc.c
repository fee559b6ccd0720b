/* The order of making and finishing, and the one place that puts a line into its room. */
#include "pdf/layout/doc.h"

struct doc *doc_new(struct arena *a, const char *lang, struct print_warnings *warnings)
{
	struct doc *d = ARENA_NEW(a, struct doc);
	d->arena = a;
	d->core = core_new(a, lang);
	d->tags = tag_tree_new(a, d->core);
	d->fonts = embed_new(a, d->core);
	d->type = typesetter_new(a, lang, warnings);
	return d;
}

void doc_free(struct doc *d)
{
	if (d->type)
		typesetter_free(d->type);
	core_free(d->core);
}

struct page *doc_page(struct doc *d, double width, double height)
{
	return page_new(d->arena, d->core, width, height);
}

void doc_about(struct doc *d, const char *what)
{
	typesetter_about(d->type, what);
}

void doc_forget(struct doc *d)
{
	typesetter_forget(d->type);
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
