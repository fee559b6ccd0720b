/* Figures float: they stand behind their abstract, or at the head of the next column. */
#include "pdf/documents/book.h"

#include "pdf/layout/prose.h"

static const struct text_style caption_style = {
	.family = FONT_SANS, .size = 8.8, .colour = COLOUR_INK_2};

static const double most_height = MM(90);

/* A picture with its place in the block, until it is drawn. */
struct figure {
	const struct image *image;
	double width, height;
	struct tag *tag;
};

/* As wide as the text of abstracts at most. */
static double room_of(const struct book *b)
{
	const struct book_measures *m = &b->measures;
	double whole = m->width - m->left - m->right;
	return b->columns > 1 ? (whole - BOOK_COLUMN_GAP) / b->columns : whole - m->hang;
}

static enum rc load(struct book *b, struct book_entry *e, const char *path, struct err *err)
{
	const double least_dpi = 150;
	const cJSON *figure, *figures = json_get(e->model, "figures");
	double width = room_of(b);
	size_t i = 0;
	e->images = ARENA_ARRAY(b->doc->arena, model_count(figures), struct image *);
	cJSON_ArrayForEach(figure, figures)
	{
		const char *at = arena_printf(b->doc->arena, "%s.figures.%zu.image", path, i);
		struct image **image = &e->images[i++];
		TRY(image_load(b->doc->images, json_get(figure, "image"), at, width, most_height,
			image, err));
		if (image_dpi(*image, width, most_height) < least_dpi)
			typesetter_warn(b->doc->type, model_text(e->model, "title"), 0,
				"A picture has too few dots for its size: it will look poor");
	}
	return OK;
}

enum rc book_load_figures(struct book *b, struct err *err)
{
	for (size_t i = 0; i < b->n_sessions; i++)
		for (size_t k = 0; k < b->sessions[i].n_abstracts; k++)
			TRY(load(b, &b->sessions[i].abstracts[k],
				arena_printf(b->doc->arena, "sessions.%zu.abstracts.%zu", i, k),
				err));
	return OK;
}

static void draw(void *context, struct page *page, double x, double y)
{
	const struct figure *f = context;
	image_draw(page, f->image, x, y, f->width, f->height, f->tag);
}

static void add_figure(struct book *b, const struct book_entry *e, const cJSON *model,
	const struct image *image, struct tag *sect)
{
	const char *caption = json_text(model, "caption");
	double hang = b->columns > 1 ? 0 : b->measures.hang, width = b->width - hang;
	struct block *block = block_new(b->doc);
	struct figure *f = ARENA_NEW(typesetter_arena(b->doc->type), struct figure);
	f->image = image;
	f->width = image_fit(image, room_of(b), most_height, &f->height);
	f->tag = image_tag(image, sect);
	block_space(block, MM(3));
	block_pad(block, f->height);
	block_figure(block, 1,
		&(struct block_figure){
			.draw = draw, .context = f, .x = mirror_x(&b->text, hang, f->width)});
	if (caption) {
		block_pad(block, 4);
		block_prose(block,
			&(struct prose){.style = &caption_style,
				.lang = json_text(e->model, "lang"),
				.x = mirror_x(&b->text, hang, width),
				.width = width,
				.leading = 12,
				.align = ALIGN_START,
				.parent = sect},
			caption);
	}
	block_pad(block, MM(6));
	block_keep(block, 1, false);
	flow_float(b->flow, block);
}

void book_figures(struct book *b, const struct book_entry *e, struct tag *session)
{
	const cJSON *figure, *figures = json_get(e->model, "figures");
	size_t i = 0;
	if (!model_count(figures) || book_is_withheld(b, e->model))
		return;
	struct tag *sect = tag_new(session, "Sect", json_text(e->model, "lang"), NULL);
	cJSON_ArrayForEach(figure, figures) add_figure(b, e, figure, e->images[i++], sect);
	if (flow_is_settled(b->flow))
		doc_forget(b->doc);
}
