/*
 * Documents in a language that is written from right to left: the same layout, seen in a mirror.
 * Places are written down for left to right, and pass through here.
 */
#ifndef PDF_MIRROR_H
#define PDF_MIRROR_H

#include "pdf/layout/layout.h"
#include "pdf/layout/slot.h"

struct mirror {
	bool is_on;
	double width; /* of the page for slots, of the text area for blocks */
};

struct mirror mirror_for(const char *lang, double width);

/* The left edge of what is `width` wide. */
double mirror_x(const struct mirror *m, double x, double width);
enum align mirror_align(const struct mirror *m, enum align align);

/*
 * For a heading that is then mirrored: from right to left it stands where the document's lines
 * begin, in any language; else where its own does.
 */
enum align mirror_heading(const struct mirror *m);

struct block_text mirror_text(const struct mirror *m, const struct block_text *text);
struct slot mirror_slot(const struct mirror *m, const struct slot *slot);

/* A paragraph in the direction of the document, whatever its first letter. */
struct paragraph *mirror_phrase(
	const struct mirror *m, struct doc *d, const struct text_style *style, const char *text);

/*
 * The same from several texts with something between them, such as a place and a date. Each keeps
 * its direction to itself, or the day would go to the place and leave its month. NULL is left out.
 */
struct paragraph *mirror_parts(const struct mirror *m, struct doc *d,
	const struct text_style *style, const char *const *texts, size_t n, const char *between);

/*
 * mirror_parts() from right to left; else the texts are simply one, in the direction of its first
 * letter.
 */
struct paragraph *mirror_line(const struct mirror *m, struct doc *d, const struct text_style *style,
	const char *const *texts, size_t n, const char *between);

#endif
