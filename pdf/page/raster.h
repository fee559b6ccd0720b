/*
 * Pictures as samples in memory, and the one way to make them smaller.
 *
 * Samples are taken as they are: no gamma, no colour profile. What is made from the same rows is
 * the same on every machine, because all sums are whole numbers.
 */
#ifndef PDF_RASTER_H
#define PDF_RASTER_H

#include "base/str.h"

/* 8 bits a sample, rows from the top, pixels from the left. Heap memory: raster_free(). */
struct raster {
	int width, height;
	int channels; /* 1: grey; 2: grey, alpha; 3: red, green, blue; 4: the same and alpha */
	unsigned char *samples;
};

void raster_free(struct raster *r);

/*
 * A box filter: every sample of the result is the mean of the area it covers, in which transparent
 * pixels have no colour. Rows come one by one, so that a large picture is never held as a whole.
 * The result is at most as large as the source in either direction.
 */
struct shrink;

struct shrink *shrink_new(struct raster source, int width, int height);
void shrink_row(struct shrink *s, const unsigned char *row); /* exactly source.height times */
/* The result, once every row has been given; s is gone. */
struct raster shrink_finish(struct shrink *s);
void shrink_free(struct shrink *s); /* instead, when rows are missing; NULL is allowed */

/* Upright, as EXIF says where the camera's top was (1 to 8; 1 is upright). Takes the raster. */
struct raster raster_turn(struct raster r, int orientation);
static inline bool raster_turns_sides(int orientation)
{
	return orientation >= 5;
}

/* Takes alpha away when nothing is transparent, and colour when there is none. */
void raster_simplify(struct raster *r);

#endif
