/*
 * The shapes of a document, remembered: a word set twice is shaped once.
 *
 * Memory is bounded by two generations. When the young one is full it becomes the old one, and the
 * old one is forgotten; a shape that is found in the old one moves to the young. Words that a book
 * uses again and again are therefore never shaped anew, and those it used once go.
 */
#ifndef PDF_SHAPER_H
#define PDF_SHAPER_H

#include "pdf/text/shape.h"

struct shaper;

struct shaper *shaper_new(void);
void shaper_free(struct shaper *s);

/* Of a request, for what follows. */
uint64_t shaper_hash(const struct shape_request *request);

/*
 * Shapes lie far apart in memory. Whoever wants many tells first of all of them, in two rounds, so
 * that memory works meanwhile.
 */
void shaper_announce(const struct shaper *s, uint64_t hash);
void shaper_approach(const struct shaper *s, uint64_t hash);

/* The shape; equal requests give the same object, until shaper_trim(). */
struct shape *shaper_shape(struct shaper *s, const struct shape_request *request, uint64_t hash);

/* Fills in the places for a hyphen (pdf/text/hyphenate.h), if they were not asked for before. */
void shaper_hyphenate(struct shaper *s, struct shape *shape);

/* Forgets what was not wanted lately when shapes have become many; nothing may refer to one. */
void shaper_trim(struct shaper *s);

#endif
