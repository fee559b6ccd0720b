/*
 * Deflate (RFC 1951 in the wrapper of RFC 1950), as PDF's FlateDecode wants it. By libdeflate,
 * which packs whole pieces only, and so takes half of zlib's time for the same size.
 */
#ifndef PDF_DEFLATE_H
#define PDF_DEFLATE_H

#include "base/str.h"

struct deflate;

struct deflate *deflate_new(void); /* NULL: no memory for its tables */
void deflate_free(struct deflate *d);

/* The packed bytes, until the next call. */
struct str deflate_pack(struct deflate *d, struct str bytes);

#endif
