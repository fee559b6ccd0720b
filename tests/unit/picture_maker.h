/* Good pictures for tests, made by the libraries' own writers, and ways to spoil them. */
#ifndef TESTS_PICTURE_MAKER_H
#define TESTS_PICTURE_MAKER_H

#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <jpeglib.h>

#include "base/str.h"

/* Fills one pixel; samples are in the picture's own depth, one uint16_t a sample. */
typedef void (*paint)(int x, int y, uint16_t *samples);

struct png_wish {
	int width, height;
	int colour_type, depth;
	bool is_interlaced;
	bool has_transparency; /* tRNS: of the palette's entry 1, or of the colour with samples 1 */
	bool has_extras;       /* gAMA, iTXt, pHYs and a private chunk */
	paint paint;
};

static void add_bytes(png_structp png, png_bytep bytes, size_t n)
{
	buf_add(png_get_io_ptr(png), bytes, n);
}

static void flush_nothing(png_structp png)
{
	(void)png;
}

/* Entry i of a palette is red i * 7, green 255 - i, blue i. */
static void add_palette(png_structp png, png_infop info, const struct png_wish *w)
{
	png_color palette[256];
	png_byte alpha[2] = {255, 64};
	int n = 1 << w->depth;
	for (int i = 0; i < n; i++)
		palette[i] = (png_color){(png_byte)(i * 7), (png_byte)(255 - i), (png_byte)i};
	png_set_PLTE(png, info, palette, n);
	if (w->has_transparency)
		png_set_tRNS(png, info, alpha, 2, NULL);
}

static void add_extras(png_structp png, png_infop info)
{
	char key[] = "Comment", text[] = "Somewhere at home";
	png_text t = {.compression = PNG_TEXT_COMPRESSION_zTXt, .key = key, .text = text};
	png_set_gAMA(png, info, 0.2);
	png_set_text(png, info, &t, 1);
	png_set_pHYs(png, info, 3000, 1500, PNG_RESOLUTION_METER);
}

static void pack_row(const struct png_wish *w, int channels, int y, unsigned char *row, size_t n)
{
	memset(row, 0, n);
	for (int x = 0; x < w->width; x++) {
		uint16_t samples[4] = {0};
		w->paint(x, y, samples);
		for (int i = 0; i < channels; i++) {
			size_t bit = (size_t)(x * channels + i) * (size_t)w->depth;
			if (w->depth == 16) {
				row[bit / 8] = (unsigned char)(samples[i] >> 8);
				row[bit / 8 + 1] = (unsigned char)samples[i];
			} else {
				row[bit / 8] |=
					(unsigned char)(samples[i] << (8 - w->depth - bit % 8));
			}
		}
	}
}

static struct str make_png(struct arena *a, struct png_wish w)
{
	struct buf *out = ARENA_NEW(a, struct buf);
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
	png_infop info = png_create_info_struct(png);
	png_color_16 clear = {1, 1, 1, 1, 1};
	*out = buf_in(a, 8 << 20);
	png_set_write_fn(png, out, add_bytes, flush_nothing);
	png_set_IHDR(png, info, (png_uint_32)w.width, (png_uint_32)w.height, w.depth, w.colour_type,
		w.is_interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, 0, 0);
	if (w.colour_type == PNG_COLOR_TYPE_PALETTE)
		add_palette(png, info, &w);
	else if (w.has_transparency)
		png_set_tRNS(png, info, NULL, 0, &clear);
	if (w.has_extras)
		add_extras(png, info);
	png_write_info(png, info);
	size_t n = png_get_rowbytes(png, info);
	png_bytep *rows = ARENA_ARRAY(a, w.height, png_bytep);
	for (int y = 0; y < w.height; y++) {
		rows[y] = arena_alloc(a, n);
		pack_row(&w, png_get_channels(png, info), y, rows[y], n);
	}
	png_write_image(png, rows);
	png_write_end(png, NULL);
	png_destroy_write_struct(&png, &info);
	return buf_view(out);
}

struct jpeg_wish {
	int width, height;
	J_COLOR_SPACE from, to; /* what paint gives; what stands in the file */
	bool is_progressive, is_coarse, is_arithmetic;
	bool is_inverted; /* CMYK as Adobe's programs write it */
	int orientation;  /* 0: no EXIF */
	bool is_big_endian;
	paint paint;
};

static void add_exif(struct jpeg_compress_struct *jpeg, const struct jpeg_wish *w)
{
	unsigned char little[] = "Exif\0\0II*\0\x08\0\0\0\x02\0"
				 "\x0F\x01\x02\0\x04\0\0\0ABC\0"
				 "\x12\x01\x03\0\x01\0\0\0\0\0\0\0\0\0\0";
	unsigned char big[] = "Exif\0\0MM\0*\0\0\0\x08\0\x02"
			      "\x01\x0F\0\x02\0\0\0\x04"
			      "ABC\0\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0";
	little[6 + 10 + 12 + 8] = (unsigned char)w->orientation;
	big[6 + 10 + 12 + 9] = (unsigned char)w->orientation;
	jpeg_write_marker(jpeg, JPEG_APP0 + 1, w->is_big_endian ? big : little, sizeof big);
}

static void write_rows(
	struct jpeg_compress_struct *jpeg, const struct jpeg_wish *w, unsigned char *row)
{
	for (int y = 0; y < w->height; y++) {
		for (int x = 0; x < w->width; x++) {
			uint16_t samples[4] = {0};
			w->paint(x, y, samples);
			for (int i = 0; i < jpeg->input_components; i++)
				*row++ = (unsigned char)(w->is_inverted ? 255 - samples[i]
									: samples[i]);
		}
		row -= w->width * jpeg->input_components;
		jpeg_write_scanlines(jpeg, &row, 1);
	}
}

static struct str make_jpeg(struct arena *a, struct jpeg_wish w)
{
	struct jpeg_compress_struct jpeg;
	struct jpeg_error_mgr errors;
	unsigned char *bytes = NULL;
	unsigned long n = 0;
	jpeg.err = jpeg_std_error(&errors);
	jpeg_create_compress(&jpeg);
	jpeg_mem_dest(&jpeg, &bytes, &n);
	jpeg.image_width = (JDIMENSION)w.width;
	jpeg.image_height = (JDIMENSION)w.height;
	jpeg.input_components = w.from == JCS_GRAYSCALE ? 1 : w.from == JCS_CMYK ? 4 : 3;
	jpeg.in_color_space = w.from;
	jpeg_set_defaults(&jpeg);
	jpeg_set_colorspace(&jpeg, w.to);
	jpeg_set_quality(&jpeg, 100, TRUE);
	if (!w.is_coarse)
		jpeg.comp_info[0].h_samp_factor = jpeg.comp_info[0].v_samp_factor = 1;
	if (w.is_progressive)
		jpeg_simple_progression(&jpeg);
	jpeg.arith_code = w.is_arithmetic;
	jpeg.write_Adobe_marker = w.is_inverted || w.to == JCS_YCCK;
	jpeg_start_compress(&jpeg, TRUE);
	if (w.orientation)
		add_exif(&jpeg, &w);
	write_rows(&jpeg, &w, arena_alloc(a, (size_t)w.width * 4));
	jpeg_finish_compress(&jpeg);
	jpeg_destroy_compress(&jpeg);
	char *kept = arena_alloc(a, n);
	memcpy(kept, bytes, n);
	free(bytes);
	return (struct str){kept, n};
}

#endif
