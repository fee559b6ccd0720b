/*
 * JPEG and PNG from anywhere: decoded whole or refused, in bounded memory, and made smaller on the
 * way. What is damaged or cut short is no picture. Only pdf/page/image.c asks.
 */
#ifndef PDF_DECODE_H
#define PDF_DECODE_H

#include "pdf/page/raster.h"

enum {
	DECODE_MAX_SIDE = 8000,
	DECODE_MAX_PIXELS = 40000000,
	DECODE_DPI = 300, /* more is not seen in print */
};

struct decode {
	struct str bytes;
	double box_width, box_height; /* points: it will not be printed larger than fits in */

	int width, height; /* of the source, upright, in pixels */
	/* Simplified, upright, at most DECODE_DPI in the box. To be freed by the caller. */
	struct raster raster;
	bool is_photograph; /* from a JPEG: to be packed as one again */
	/*
	 * The JPEG itself, when a reader of PDF can show it as it is: sound, grey or YCbCr,
	 * upright, no larger than asked; without metadata, which may say where somebody lives. Else
	 * empty. On the heap, to be freed by the caller.
	 */
	struct buf jpeg;

	struct shrink *shrink; /* while rows come */
};

/* NULL, or what is wrong in a sentence for people; then nothing is left to be freed. */
const char *decode_picture(struct decode *d);

/* ---- between the files of this module ------------------------------------------------------ */

extern const char decode_damaged[]; /* the sentence for what is broken */

const char *decode_png(struct decode *d);
const char *decode_jpeg(struct decode *d);

/* The sentence for a size beyond the limits; NULL: it may be decoded. */
const char *decode_size_fault(uint32_t width, uint32_t height);

/*
 * Once the size is known, before the first row: checks it, decides how small the result is to be.
 * The source's sides are as stored, before it is turned.
 */
const char *decode_begin(struct decode *d, struct raster source, int orientation);

/* What of a JPEG's segments matters beside its samples. */
int jpeg_orientation(struct str exif);             /* 1 to 8; 1 when nothing sensible is said */
bool jpeg_strip(struct str jpeg, struct buf *out); /* without APPn and comments; false: odd */

/* Packs 1 or 3 channels as a baseline JPEG; false when the library cannot. */
bool jpeg_pack(const struct raster *r, struct buf *out) NODISCARD;

#endif
