/* Logos of all shapes look alike in weight when they cover about the same area. */
#include "pdf/documents/logos.h"

#include <math.h>

static const double area = MM(16) * MM(24), gap = MM(9), row_gap = MM(6);

enum { MAX_ROWS = 2 };

/* Smaller than this part of what was meant, and they go into a second row. */
static const double least_factor = 0.75;

enum rc logos_load(struct doc *d, const cJSON *event, size_t most, double width, double height,
	struct logos *out, struct err *err)
{
	const cJSON *logos = json_get(event, "logos"), *logo;
	size_t n = model_count(logos);
	*out = (struct logos){ARENA_ARRAY(d->arena, n, struct image *), 0};
	cJSON_ArrayForEach(logo, logos)
	{
		const char *field = arena_printf(d->arena, "event.logos.%zu", out->n);
		if (out->n == most)
			break;
		TRY(image_load(d->images, logo, field, width, height, &out->images[out->n], err));
		out->n++;
	}
	return OK;
}

struct size {
	double width, height;
};

static struct size size_of(const struct image *i)
{
	struct size unit = {.width = image_fit(i, 1, 1, &unit.height)};
	double side = sqrt(area / (unit.width * unit.height));
	struct size s = {.width = image_fit(i, LOGOS_WIDTH, LOGOS_HEIGHT, &s.height)};
	/* The area is an aim, the box a limit. */
	if (unit.width * side < s.width)
		s = (struct size){unit.width * side, unit.height * side};
	return s;
}

/* The logos from `first` to before `end`, side by side. */
static struct size row_size(const struct logos *l, size_t first, size_t end)
{
	struct size all = {0};
	for (size_t i = first; i < end; i++) {
		struct size s = size_of(l->images[i]);
		all.width += s.width + (i > first ? gap : 0);
		all.height = s.height > all.height ? s.height : all.height;
	}
	return all;
}

static double row_factor(const struct logos *l, size_t n_per_row, double width)
{
	double factor = 1;
	for (size_t first = 0; first < l->n; first += n_per_row) {
		size_t end = first + n_per_row < l->n ? first + n_per_row : l->n;
		struct size s = row_size(l, first, end);
		if (s.width * factor > width)
			factor = width / s.width;
	}
	return factor;
}

double logos_row(const struct logos *l, struct page *page, const struct logos_place *place)
{
	size_t n_per_row = l->n;
	double top = place->y, factor = row_factor(l, n_per_row, place->width);
	if (factor < least_factor && l->n > 1) {
		n_per_row = (l->n + MAX_ROWS - 1) / MAX_ROWS;
		factor = row_factor(l, n_per_row, place->width);
	}
	for (size_t first = 0; first < l->n; first += n_per_row) {
		size_t end = first + n_per_row < l->n ? first + n_per_row : l->n;
		double height = row_size(l, first, end).height * factor, at = place->x;
		top += first > 0 ? row_gap * factor : 0;
		for (size_t i = first; i < end && page; i++) {
			struct size s = size_of(l->images[i]);
			double own = s.width * factor;
			/* Its width decides: in the height of the row it is centred. */
			image_draw(page, l->images[i], mirror_x(&place->mirror, at, own), top, own,
				height, image_tag(l->images[i], place->sect));
			at += (s.width + gap) * factor;
		}
		top += height;
	}
	return top - place->y;
}
