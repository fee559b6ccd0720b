/*
 * Pictures: JPEG and PNG, as the models hold them ("image" of common.schema.json).
 *
 * A picture is decoded here, and whole: libraries that read PDF get samples that were made by us,
 * or a JPEG that was found sound. Colour profiles and gamma are ignored, EXIF's orientation is not.
 * What is finer than 300 dpi where it is printed is made smaller, so that a camera's picture costs
 * no more than it shows. Limits: 6 MB as it comes, 8,000 pixels along a side, 40 million in all.
 */
#ifndef PDF_IMAGE_H
#define PDF_IMAGE_H

#include "base/json.h"
#include "pdf/page/page.h"

enum { IMAGE_MAX_BYTES = 6000000 };

struct images; /* those of one document */
struct image;  /* one of them, ready to be drawn any number of times */

struct images *images_new(struct arena *a, struct core *c);

/*
 * Reads {"data", "alt"} of the model, which is kept. It will be drawn in boxes of at most width by
 * height points. Equal data gives one object in the file, as long as the first box asked for was
 * not the smaller one. INVALID with an error for the field, a path such as "event.logos.0", when
 * it is no picture, is damaged or too large.
 */
enum rc image_load(struct images *set, const cJSON *image, const char *field, double width,
	double height, struct image **out, struct err *err) NODISCARD;

const char *image_alt(const struct image *i);

/* A Figure with the picture's text: the tag to draw it with, where it stands in reading order. */
struct tag *image_tag(const struct image *i, struct tag *parent);

/* As large as fits into the box: returns its width, *printed_height its height. */
double image_fit(const struct image *i, double width, double height, double *printed_height);

/* Pixels per inch of the picture as it came, when it is fit into the box: below 150 it looks poor.
 */
double image_dpi(const struct image *i, double width, double height);

/* Draws it as large as fits into the box, in the middle. tag NULL: decoration. */
void image_draw(struct page *page, const struct image *i, double x, double y, double width,
	double height, struct tag *tag);

#endif
