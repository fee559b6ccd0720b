/*
 * libjpeg-turbo, with errors that come back instead of ending the process. It leaves by longjmp on
 * every fault, so all that lives across its calls is in struct reading, and freed by the function
 * that never called setjmp.
 */
#include "pdf/page/decode.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <jpeglib.h>
#include <jerror.h>

/* A progressive picture is held as coefficients; its scans cost time and bring nothing. */
enum { MAX_COEFFICIENT_BYTES = 256 << 20, MAX_SCANS = 64 };

struct reading {
	struct jpeg_error_mgr errors; /* first: libjpeg knows only this part */
	jmp_buf leave;
	struct jpeg_decompress_struct jpeg;
	struct jpeg_progress_mgr progress;
	struct decode *decode;
	unsigned char *row, *rgb; /* rgb: the row without its black, of a CMYK picture */
	int orientation;
	const char *fault;
};

static struct reading *reading_of(j_common_ptr jpeg)
{
	return (struct reading *)(void *)jpeg->err;
}

static void on_error(j_common_ptr jpeg)
{
	longjmp(reading_of(jpeg)->leave, 1);
}

/* Level -1 is a warning. Of what is cut short libjpeg makes up the rest; we do not print that. */
static void on_message(j_common_ptr jpeg, int level)
{
	int code = jpeg->err->msg_code;
	if (level >= 0)
		return;
	jpeg->err->num_warnings++;
	if (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER)
		on_error(jpeg);
}

static void on_progress(j_common_ptr jpeg)
{
	if (reading_of(jpeg)->jpeg.input_scan_number > MAX_SCANS)
		on_error(jpeg);
}

static void ignore_output(j_common_ptr jpeg)
{
	(void)jpeg;
}

static void find_orientation(struct reading *r)
{
	r->orientation = 1;
	for (jpeg_saved_marker_ptr m = r->jpeg.marker_list; m; m = m->next) {
		struct str marker = {(const char *)m->data, m->data_length};
		if (!str_starts_with(marker, STR("Exif\0\0")))
			continue;
		r->orientation = jpeg_orientation((struct str){marker.p + 6, marker.n - 6});
		return;
	}
}

static const char *read_header(struct reading *r)
{
	struct jpeg_decompress_struct *jpeg = &r->jpeg;
	enum { EXIF = JPEG_APP0 + 1 };
	jpeg_mem_src(jpeg, (const unsigned char *)r->decode->bytes.p, r->decode->bytes.n);
	jpeg_save_markers(jpeg, EXIF, 0xFFFF);
	jpeg_read_header(jpeg, TRUE);
	find_orientation(r);
	struct raster source = {(int)jpeg->image_width, (int)jpeg->image_height, 3, NULL};
	switch (jpeg->num_components) {
	case 1:
		jpeg->out_color_space = JCS_GRAYSCALE;
		source.channels = 1;
		break;
	case 3:
		jpeg->out_color_space = JCS_RGB;
		break;
	case 4:
		jpeg->out_color_space = JCS_CMYK;
		break;
	default:
		return "This JPEG is neither grey nor in colours we know; save it as RGB";
	}
	const char *fault = decode_begin(r->decode, source, r->orientation);
	if (fault)
		return fault;
	r->row = heap_alloc((size_t)source.width * (size_t)jpeg->num_components);
	r->rgb = heap_alloc((size_t)source.width * 3);
	return NULL;
}

/* Adobe's programs store how much paper is left instead of how much ink there is. */
static const unsigned char *without_black(struct reading *r)
{
	bool is_inverted = r->jpeg.saw_Adobe_marker;
	for (size_t x = 0; x < r->jpeg.image_width; x++) {
		const unsigned char *from = r->row + 4 * x;
		int black = is_inverted ? from[3] : 255 - from[3];
		for (int i = 0; i < 3; i++) {
			int left = is_inverted ? from[i] : 255 - from[i];
			r->rgb[3 * x + i] = (unsigned char)((left * black + 127) / 255);
		}
	}
	return r->rgb;
}

static void read_rows(struct reading *r)
{
	bool is_cmyk = r->jpeg.num_components == 4;
	jpeg_start_decompress(&r->jpeg);
	while (r->jpeg.output_scanline < r->jpeg.output_height) {
		if (jpeg_read_scanlines(&r->jpeg, &r->row, 1) != 1)
			on_error((j_common_ptr)&r->jpeg);
		shrink_row(r->decode->shrink, is_cmyk ? without_black(r) : r->row);
	}
	jpeg_finish_decompress(&r->jpeg);
}

static void read_all(struct reading *r)
{
	if (setjmp(r->leave)) {
		bool is_too_large = r->errors.msg_code == JERR_NO_BACKING_STORE;
		r->fault = is_too_large ? "This picture takes too much memory; make it smaller, or "
					  "save it as a JPEG that is not progressive"
					: decode_damaged;
		return;
	}
	jpeg_create_decompress(&r->jpeg);
	r->jpeg.mem->max_memory_to_use = MAX_COEFFICIENT_BYTES;
	r->jpeg.progress = &r->progress;
	r->fault = read_header(r);
	if (!r->fault)
		read_rows(r);
}

/* What every reader of PDF decodes, as it stands. */
static bool is_plain(const struct reading *r)
{
	J_COLOR_SPACE space = r->jpeg.jpeg_color_space;
	return (space == JCS_GRAYSCALE || space == JCS_YCbCr) && r->jpeg.data_precision == 8 &&
	       !r->jpeg.arith_code && r->errors.num_warnings == 0 && r->orientation == 1 &&
	       !(r->jpeg.saw_Adobe_marker && r->jpeg.Adobe_transform != 1 && space == JCS_YCbCr);
}

static void finish(struct reading *r)
{
	struct decode *d = r->decode;
	d->raster = shrink_finish(d->shrink);
	d->shrink = NULL;
	bool is_whole = d->raster.width == (int)r->jpeg.image_width &&
			d->raster.height == (int)r->jpeg.image_height;
	if (is_whole && is_plain(r) && !jpeg_strip(d->bytes, &d->jpeg))
		buf_free(&d->jpeg);
	d->raster = raster_turn(d->raster, r->orientation);
	d->is_photograph = true;
}

const char *decode_jpeg(struct decode *d)
{
	struct reading r = {.decode = d};
	d->jpeg = buf_on_heap(d->bytes.n + 1);
	r.jpeg.err = jpeg_std_error(&r.errors);
	r.errors.error_exit = on_error;
	r.errors.emit_message = on_message;
	r.errors.output_message = ignore_output;
	r.progress.progress_monitor = on_progress;
	read_all(&r);
	if (!r.fault)
		finish(&r);
	jpeg_destroy_decompress(&r.jpeg);
	heap_free(r.row);
	heap_free(r.rgb);
	return r.fault;
}
