/* What both formats share: which it is, how large it may be, how small it becomes. */
#include "pdf/page/decode.h"

#include <math.h>

const char decode_damaged[] = "This picture is damaged or cut short; save it anew and try again";

static int at_most(double wanted, int have)
{
	double pixels = ceil(wanted - 1e-6); /* what division has added to a whole number */
	return pixels < 1 ? 1 : pixels < have ? (int)pixels : have;
}

const char *decode_size_fault(uint32_t width, uint32_t height)
{
	if (width < 1 || height < 1)
		return decode_damaged;
	if (width > DECODE_MAX_SIDE || height > DECODE_MAX_SIDE ||
		(uint64_t)width * height > DECODE_MAX_PIXELS)
		return "This picture has more than 8,000 pixels along a side, or more than 40 "
		       "million in "
		       "all; make it smaller";
	return NULL;
}

const char *decode_begin(struct decode *d, struct raster source, int orientation)
{
	bool exchanged = raster_turns_sides(orientation);
	const char *fault = decode_size_fault((uint32_t)source.width, (uint32_t)source.height);
	if (fault)
		return fault;
	d->width = exchanged ? source.height : source.width;
	d->height = exchanged ? source.width : source.height;
	double by_width = d->box_width / d->width, by_height = d->box_height / d->height;
	/* Pixels of the result for one of the source. */
	double factor = (by_width < by_height ? by_width : by_height) / 72 * DECODE_DPI;
	d->shrink = shrink_new(source, at_most(source.width * factor, source.width),
		at_most(source.height * factor, source.height));
	return NULL;
}

const char *decode_picture(struct decode *d)
{
	const char *fault;
	if (str_starts_with(d->bytes, STR("\x89PNG\r\n\x1a\n")))
		fault = decode_png(d);
	else if (str_starts_with(d->bytes, STR("\xff\xd8\xff")))
		fault = decode_jpeg(d);
	else
		fault = "This is neither a JPEG nor a PNG picture";
	shrink_free(d->shrink);
	d->shrink = NULL;
	if (fault) {
		raster_free(&d->raster);
		buf_free(&d->jpeg);
	}
	return fault;
}
