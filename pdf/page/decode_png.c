/*
 * libpng, asked for 8-bit samples and nothing else. It leaves by longjmp on every fault, so all
 * that lives across its calls is in struct reading, and freed by the function that never called
 * setjmp.
 */
#include "pdf/page/decode.h"

#include <png.h>
#include <setjmp.h>
#include <string.h>

enum { MAX_CHUNK_BYTES = 1 << 20, MAX_CHUNKS = 100 };

struct reading {
	struct decode *decode;
	png_structp png;
	png_infop info;
	struct str rest;
	unsigned char *rows; /* one, or all of an interlaced picture */
	png_bytep *pointers; /* to those of an interlaced picture */
	const char *fault;
};

static void on_error(png_structp png, png_const_charp message)
{
	(void)message;
	png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp message)
{
	(void)png;
	(void)message;
}

static void read_bytes(png_structp png, png_bytep to, size_t n)
{
	struct reading *r = png_get_io_ptr(png);
	if (n > r->rest.n)
		png_error(png, "cut short");
	memcpy(to, r->rest.p, n);
	r->rest.p += n;
	r->rest.n -= n;
}

/* Text, profiles and the like are passed over, but for their checksums. */
static void set_limits(png_structp png)
{
	png_set_crc_action(png, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
	png_set_user_limits(png, DECODE_MAX_SIDE, DECODE_MAX_SIDE);
	png_set_chunk_cache_max(png, MAX_CHUNKS);
	png_set_chunk_malloc_max(png, MAX_CHUNK_BYTES);
	png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
}

static const char *read_header(struct reading *r)
{
	png_read_info(r->png, r->info);
	png_set_scale_16(r->png);
	png_set_expand(r->png); /* palettes, grey of few bits, transparent colours */
	int passes = png_set_interlace_handling(r->png);
	png_read_update_info(r->png, r->info);
	struct raster source = {(int)png_get_image_width(r->png, r->info),
		(int)png_get_image_height(r->png, r->info), png_get_channels(r->png, r->info),
		NULL};
	size_t n = png_get_rowbytes(r->png, r->info);
	if (n != (size_t)source.width * (size_t)source.channels)
		return decode_damaged;
	const char *fault = decode_begin(r->decode, source, 1);
	if (fault)
		return fault;
	size_t n_rows = passes > 1 ? (size_t)source.height : 1;
	r->rows = heap_alloc(n * n_rows);
	r->pointers = heap_alloc(n_rows * sizeof *r->pointers);
	for (size_t i = 0; i < n_rows; i++)
		r->pointers[i] = r->rows + i * n;
	return NULL;
}

static void read_rows(struct reading *r)
{
	bool is_interlaced = png_get_interlace_type(r->png, r->info) != PNG_INTERLACE_NONE;
	if (is_interlaced)
		png_read_image(r->png, r->pointers);
	for (int y = 0; y < r->decode->height; y++) {
		if (!is_interlaced)
			png_read_row(r->png, r->rows, NULL);
		shrink_row(r->decode->shrink, r->pointers[is_interlaced ? y : 0]);
	}
	png_read_end(r->png, NULL);
}

static void read_all(struct reading *r)
{
	if (setjmp(png_jmpbuf(r->png))) {
		r->fault = decode_damaged;
		return;
	}
	set_limits(r->png);
	r->fault = read_header(r);
	if (!r->fault)
		read_rows(r);
}

static uint32_t big_endian(const char *p)
{
	const unsigned char *u = (const unsigned char *)p;
	return (uint32_t)u[0] << 24 | (uint32_t)u[1] << 16 | (uint32_t)u[2] << 8 | u[3];
}

/* The size stands in the first chunk. libpng has the same limits, but no words for them. */
static const char *look_at_size(struct str bytes)
{
	enum { WIDTH_AT = 16, HEIGHT_AT = 20, HEADER_BYTES = 24 };
	if (bytes.n < HEADER_BYTES)
		return decode_damaged;
	return decode_size_fault(big_endian(bytes.p + WIDTH_AT), big_endian(bytes.p + HEIGHT_AT));
}

const char *decode_png(struct decode *d)
{
	struct reading r = {.decode = d, .rest = d->bytes, .fault = decode_damaged};
	const char *fault = look_at_size(d->bytes);
	if (fault)
		return fault;
	r.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, on_error, on_warning);
	r.info = r.png ? png_create_info_struct(r.png) : NULL;
	if (r.info) {
		png_set_read_fn(r.png, &r, read_bytes);
		read_all(&r);
	}
	if (r.png)
		png_destroy_read_struct(&r.png, &r.info, NULL);
	heap_free(r.rows);
	heap_free(r.pointers);
	if (r.fault)
		return r.fault;
	d->raster = shrink_finish(d->shrink);
	d->shrink = NULL;
	raster_simplify(&d->raster);
	return NULL;
}
