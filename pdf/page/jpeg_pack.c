/* Samples to a baseline JPEG, straight into a buffer of ours. */
#include "pdf/page/decode.h"

#include <setjmp.h>
#include <stdio.h>
#include <jpeglib.h>

/* At 300 dpi nobody sees the loss; colour is not halved, for the edges of logos. */
enum { QUALITY = 90, PIECE_BYTES = 16384 };

struct writing {
	struct jpeg_error_mgr errors; /* first: libjpeg knows only this part */
	jmp_buf leave;
	struct jpeg_compress_struct jpeg;
	struct jpeg_destination_mgr destination;
	unsigned char piece[PIECE_BYTES];
	struct buf *out;
	bool failed;
};

static void on_error(j_common_ptr jpeg)
{
	struct writing *w = (struct writing *)(void *)jpeg->err;
	longjmp(w->leave, 1);
}

static void ignore_message(j_common_ptr jpeg, int level)
{
	(void)jpeg;
	(void)level;
}

static struct writing *writing_of(j_compress_ptr jpeg)
{
	return (struct writing *)(void *)jpeg->err;
}

static void begin_piece(j_compress_ptr jpeg)
{
	struct writing *w = writing_of(jpeg);
	w->destination.next_output_byte = w->piece;
	w->destination.free_in_buffer = sizeof w->piece;
}

static boolean end_piece(j_compress_ptr jpeg)
{
	struct writing *w = writing_of(jpeg);
	buf_add(w->out, w->piece, sizeof w->piece);
	begin_piece(jpeg);
	return TRUE;
}

static void end_output(j_compress_ptr jpeg)
{
	struct writing *w = writing_of(jpeg);
	buf_add(w->out, w->piece, sizeof w->piece - w->destination.free_in_buffer);
}

static void set_up(struct writing *w, const struct raster *r)
{
	jpeg_create_compress(&w->jpeg);
	w->destination.init_destination = begin_piece;
	w->destination.empty_output_buffer = end_piece;
	w->destination.term_destination = end_output;
	w->jpeg.dest = &w->destination;
	w->jpeg.image_width = (JDIMENSION)r->width;
	w->jpeg.image_height = (JDIMENSION)r->height;
	w->jpeg.input_components = r->channels;
	w->jpeg.in_color_space = r->channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
	jpeg_set_defaults(&w->jpeg);
	jpeg_set_quality(&w->jpeg, QUALITY, TRUE);
	w->jpeg.optimize_coding = TRUE;
	w->jpeg.comp_info[0].h_samp_factor = w->jpeg.comp_info[0].v_samp_factor = 1;
}

static void write_all(struct writing *w, const struct raster *r)
{
	if (setjmp(w->leave)) {
		w->failed = true;
		return;
	}
	set_up(w, r);
	jpeg_start_compress(&w->jpeg, TRUE);
	for (int y = 0; y < r->height; y++) {
		JSAMPROW row = r->samples + (size_t)y * (size_t)r->width * (size_t)r->channels;
		jpeg_write_scanlines(&w->jpeg, &row, 1);
	}
	jpeg_finish_compress(&w->jpeg);
}

bool jpeg_pack(const struct raster *r, struct buf *out)
{
	struct writing *w = heap_alloc(sizeof *w);
	w->out = out;
	w->jpeg.err = jpeg_std_error(&w->errors);
	w->errors.error_exit = on_error;
	w->errors.emit_message = ignore_message;
	write_all(w, r);
	bool done = !w->failed && !out->failed;
	jpeg_destroy_compress(&w->jpeg);
	heap_free(w);
	return done;
}
