/* From a member of the model to an XObject (ISO 32000-1, 8.9.5), and that onto a page. */
#include "pdf/page/image.h"

#include "base/hash.h"
#include "pdf/page/decode.h"

#include <string.h>

/* What stands in the file; several images of the model may share it. */
struct picture {
	const char *data; /* of the model */
	int index;        /* of its name among the resources */
	int width, height;
	int stored_width; /* after it was made smaller */
	struct picture *next;
};

struct image {
	const struct picture *picture;
	const char *alt;
};

struct images {
	struct arena *arena;
	struct core *core;
	struct picture *pictures;
	int n_pictures;
};

struct images *images_new(struct arena *a, struct core *c)
{
	struct images *set = ARENA_NEW(a, struct images);
	set->arena = a;
	set->core = c;
	return set;
}

static const char *entries_of(struct arena *a, const struct raster *r, const char *more)
{
	return arena_printf(a,
		"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent "
		"8/ColorSpace/%s%s\n",
		r->width, r->height, r->channels <= 2 ? "DeviceGray" : "DeviceRGB", more);
}

static struct str samples_of(const struct raster *r)
{
	return (struct str){(const char *)r->samples,
		(size_t)r->width * (size_t)r->height * (size_t)r->channels};
}

/* The alpha as a picture of its own; the raster is left without it. */
static unsigned write_alpha(struct images *set, struct raster *r)
{
	size_t n = (size_t)r->width * (size_t)r->height, colours = (size_t)r->channels - 1;
	struct raster alpha = {r->width, r->height, 1, heap_alloc(n)};
	for (size_t i = 0; i < n; i++) {
		alpha.samples[i] = r->samples[i * (colours + 1) + colours];
		memmove(r->samples + i * colours, r->samples + i * (colours + 1), colours);
	}
	r->channels--;
	unsigned object =
		core_stream_new(set->core, entries_of(set->arena, &alpha, ""), samples_of(&alpha));
	raster_free(&alpha);
	return object;
}

static unsigned write_jpeg(struct images *set, const struct raster *r, const struct buf *jpeg)
{
	return core_stream_raw(
		set->core, entries_of(set->arena, r, "/Filter/DCTDecode"), buf_view(jpeg));
}

static unsigned write_samples(struct images *set, struct raster *r)
{
	const char *mask = "";
	if (r->channels % 2 == 0)
		mask = arena_printf(set->arena, "/SMask %u 0 R", write_alpha(set, r));
	return core_stream_new(set->core, entries_of(set->arena, r, mask), samples_of(r));
}

static unsigned write_object(struct images *set, struct decode *d)
{
	if (d->is_photograph && d->jpeg.n == 0) {
		d->jpeg = buf_on_heap(IMAGE_MAX_BYTES * 4);
		if (!jpeg_pack(&d->raster, &d->jpeg))
			core_fail(set->core, "a picture cannot be packed");
	}
	return d->is_photograph ? write_jpeg(set, &d->raster, &d->jpeg)
				: write_samples(set, &d->raster);
}

static struct picture *add_picture(struct images *set, const char *data, struct decode *d)
{
	struct picture *p = ARENA_NEW(set->arena, struct picture);
	*p = (struct picture){.data = data,
		.index = set->n_pictures++,
		.width = d->width,
		.height = d->height,
		.stored_width = d->raster.width,
		.next = set->pictures};
	set->pictures = p;
	core_resource_add(set->core, CORE_PICTURE, p->index, write_object(set, d));
	return p;
}

/* One with these data that is fine enough for the box, or NULL. */
static struct picture *find_picture(
	const struct images *set, const char *data, double width, double height)
{
	for (struct picture *p = set->pictures; p; p = p->next) {
		if (strcmp(p->data, data) != 0)
			continue;
		struct image i = {p, NULL};
		double printed_height, inches = image_fit(&i, width, height, &printed_height) / 72;
		if (p->stored_width == p->width || p->stored_width >= inches * DECODE_DPI)
			return p;
	}
	return NULL;
}

/* NULL, or what is wrong with it. */
static const char *read_picture(
	struct images *set, const char *data, double width, double height, struct picture **out)
{
	struct buf bytes = buf_on_heap(IMAGE_MAX_BYTES);
	struct decode d = {.box_width = width, .box_height = height};
	const char *fault = NULL;
	if (!base64_decode(str_from(data), &bytes))
		fault = bytes.failed ? "This picture has more than 6 million bytes; make it smaller"
				     : "These are not the bytes of a picture in base64";
	d.bytes = buf_view(&bytes);
	if (!fault)
		fault = decode_picture(&d);
	if (!fault) {
		*out = add_picture(set, data, &d);
		raster_free(&d.raster);
		buf_free(&d.jpeg);
	}
	buf_free(&bytes);
	return fault;
}

enum rc image_load(struct images *set, const cJSON *image, const char *field, double width,
	double height, struct image **out, struct err *err)
{
	struct image *i = *out = ARENA_NEW(set->arena, struct image);
	const char *data = json_text(image, "data"), *alt = json_text(image, "alt");
	struct picture *p = find_picture(set, data, width, height);
	i->alt = alt;
	if (!p) {
		const char *fault = read_picture(set, data, width, height, &p);
		if (fault) {
			err_field(err, arena_printf(set->arena, "%s.data", field), "%s", fault);
			return err_set(
				err, INVALID, "Nothing was printed: a picture cannot be used");
		}
	}
	i->picture = p;
	return OK;
}

const char *image_alt(const struct image *i)
{
	return i->alt;
}

struct tag *image_tag(const struct image *i, struct tag *parent)
{
	return tag_new(parent, "Figure", NULL, i->alt);
}

double image_fit(const struct image *i, double width, double height, double *printed_height)
{
	double by_width = width / i->picture->width, by_height = height / i->picture->height;
	double side = by_width < by_height ? by_width : by_height;
	*printed_height = side * i->picture->height;
	return side * i->picture->width;
}

double image_dpi(const struct image *i, double width, double height)
{
	double printed_height;
	return i->picture->width * 72 / image_fit(i, width, height, &printed_height);
}

void image_draw(struct page *page, const struct image *i, double x, double y, double width,
	double height, struct tag *tag)
{
	struct buf *ops = page_operators(page);
	double printed_height, printed_width = image_fit(i, width, height, &printed_height);
	page_mark(page, tag);
	buf_text(ops, "q ");
	page_number(page, printed_width);
	buf_text(ops, "0 0 ");
	page_number(page, printed_height);
	page_number(page, x + (width - printed_width) / 2);
	page_number(page, page_flip(page, y + (height + printed_height) / 2));
	buf_printf(ops, "cm /I%d Do Q\n", i->picture->index);
}
