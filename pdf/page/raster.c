/*
 * Positions are counted in units in which a source pixel is as wide as the result has pixels, and a
 * pixel of the result as wide as the source has: both grids then have whole numbers, and the share
 * of a source pixel in a pixel of the result is how far the two overlap.
 */
#include "pdf/page/raster.h"

#include <assert.h>
#include <string.h>

enum { MAX_CHANNELS = 4 };

struct shrink {
	struct raster to;
	int width, height; /* of the source */
	int y;             /* rows taken so far */
	uint64_t *row;     /* sums along the row in hand */
	uint64_t *sums;    /* of the rows of the result's row in hand */
	int to_y;          /* which that is */
};

void raster_free(struct raster *r)
{
	heap_free(r->samples);
	r->samples = NULL;
}

static bool has_alpha(const struct raster *r)
{
	return r->channels % 2 == 0;
}

static size_t row_bytes(const struct raster *r)
{
	return (size_t)r->width * (size_t)r->channels;
}

struct shrink *shrink_new(struct raster source, int width, int height)
{
	assert(width >= 1 && width <= source.width && height >= 1 && height <= source.height);
	struct shrink *s = heap_alloc(sizeof *s);
	s->width = source.width;
	s->height = source.height;
	s->to = (struct raster){width, height, source.channels, NULL};
	s->to.samples = heap_alloc(row_bytes(&s->to) * (size_t)height);
	s->row = heap_alloc(row_bytes(&s->to) * sizeof *s->row);
	s->sums = heap_alloc(row_bytes(&s->to) * sizeof *s->sums);
	return s;
}

void shrink_free(struct shrink *s)
{
	if (!s)
		return;
	raster_free(&s->to);
	heap_free(s->row);
	heap_free(s->sums);
	heap_free(s);
}

/* Colour counts as much as it is seen: it is summed times its alpha. */
static void add_pixel(uint64_t *sum, const unsigned char *pixel, int channels, uint64_t weight)
{
	uint64_t seen = weight;
	int colours = channels;
	if (channels % 2 == 0) {
		sum[--colours] += weight * pixel[channels - 1];
		seen = weight * pixel[channels - 1];
	}
	for (int i = 0; i < colours; i++)
		sum[i] += seen * pixel[i];
}

static void sum_row(struct shrink *s, const unsigned char *row)
{
	int channels = s->to.channels, x = 0;
	int64_t to_width = s->to.width, edge = s->width;
	memset(s->row, 0, row_bytes(&s->to) * sizeof *s->row);
	for (int64_t from = 0; from < to_width * s->width; from += to_width, row += channels) {
		int64_t end = from + to_width, here = end < edge ? end : edge;
		add_pixel(s->row + x * channels, row, channels, (uint64_t)(here - from));
		if (end < edge)
			continue;
		x++;
		edge += s->width;
		if (end > here)
			add_pixel(s->row + x * channels, row, channels, (uint64_t)(end - here));
	}
}

static void add_row(struct shrink *s, int64_t weight)
{
	for (size_t i = 0; i < row_bytes(&s->to); i++)
		s->sums[i] += s->row[i] * (uint64_t)weight;
}

/* Where all is transparent the colour is that of paper, for readers that blend it in at edges. */
static void put_pixel(unsigned char *to, const uint64_t *sum, int channels, uint64_t area)
{
	int colours = channels;
	uint64_t seen = area;
	if (channels % 2 == 0) {
		seen = sum[--colours];
		to[colours] = (unsigned char)((seen + area / 2) / area);
	}
	for (int i = 0; i < colours; i++)
		to[i] = (unsigned char)(seen ? (sum[i] + seen / 2) / seen : 255);
}

static void put_row(struct shrink *s)
{
	int channels = s->to.channels;
	unsigned char *to = s->to.samples + row_bytes(&s->to) * (size_t)s->to_y;
	uint64_t area = (uint64_t)s->width * (uint64_t)s->height;
	for (int x = 0; x < s->to.width; x++)
		put_pixel(to + x * channels, s->sums + x * channels, channels, area);
	memset(s->sums, 0, row_bytes(&s->to) * sizeof *s->sums);
	s->to_y++;
}

void shrink_row(struct shrink *s, const unsigned char *row)
{
	assert(s->y < s->height);
	int64_t from = (int64_t)s->y * s->to.height, end = from + s->to.height;
	int64_t edge = (int64_t)(s->to_y + 1) * s->height, here = end < edge ? end : edge;
	s->y++;
	sum_row(s, row);
	add_row(s, here - from);
	if (end < edge)
		return;
	put_row(s);
	add_row(s, end - here);
}

struct raster shrink_finish(struct shrink *s)
{
	assert(s->y == s->height);
	struct raster done = s->to;
	s->to.samples = NULL;
	shrink_free(s);
	return done;
}

/* Where the pixel at x, y of the upright picture stands in the one the camera wrote. */
static void camera_place(
	const struct raster *r, int orientation, int x, int y, int *from_x, int *from_y)
{
	/* After the sides are exchanged: is the camera's column counted from the right, its row
	 * from the bottom? */
	static const bool from_right[9] = {0, 0, 1, 1, 0, 0, 0, 1, 1},
			  from_bottom[9] = {0, 0, 0, 1, 1, 0, 1, 1, 0};
	*from_x = raster_turns_sides(orientation) ? y : x;
	*from_y = raster_turns_sides(orientation) ? x : y;
	if (from_right[orientation])
		*from_x = r->width - 1 - *from_x;
	if (from_bottom[orientation])
		*from_y = r->height - 1 - *from_y;
}

struct raster raster_turn(struct raster r, int orientation)
{
	assert(orientation >= 1 && orientation <= 8);
	bool exchanged = raster_turns_sides(orientation);
	struct raster to = {
		exchanged ? r.height : r.width, exchanged ? r.width : r.height, r.channels, NULL};
	if (orientation == 1)
		return r;
	to.samples = heap_alloc(row_bytes(&to) * (size_t)to.height);
	unsigned char *at = to.samples;
	for (int y = 0; y < to.height; y++) {
		for (int x = 0; x < to.width; x++, at += r.channels) {
			int from_x, from_y;
			camera_place(&r, orientation, x, y, &from_x, &from_y);
			memcpy(at, r.samples + row_bytes(&r) * (size_t)from_y + from_x * r.channels,
				(size_t)r.channels);
		}
	}
	raster_free(&r);
	return to;
}

/* Leaves of every pixel the samples that are to be kept. */
static void drop_channels(struct raster *r, const bool keep[MAX_CHANNELS])
{
	size_t n = (size_t)r->width * (size_t)r->height;
	unsigned char *to = r->samples;
	const unsigned char *from = r->samples;
	int kept = 0;
	for (size_t i = 0; i < n; i++)
		for (int k = 0; k < r->channels; k++, from++)
			if (keep[k])
				*to++ = *from;
	for (int k = 0; k < r->channels; k++)
		kept += keep[k];
	r->channels = kept;
}

void raster_simplify(struct raster *r)
{
	size_t n = row_bytes(r) * (size_t)r->height;
	bool is_opaque = has_alpha(r), is_grey = r->channels >= 3;
	for (size_t i = 0; i < n && (is_opaque || is_grey); i += (size_t)r->channels) {
		const unsigned char *pixel = r->samples + i;
		if (is_opaque)
			is_opaque = pixel[r->channels - 1] == 255;
		if (is_grey)
			is_grey = pixel[0] == pixel[1] && pixel[0] == pixel[2];
	}
	if (!is_opaque && !is_grey)
		return;
	bool keep[MAX_CHANNELS] = {true, !is_grey, !is_grey, !is_opaque};
	if (r->channels <= 2)
		keep[1] = false;
	drop_channels(r, keep);
}
