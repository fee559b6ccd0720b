/*
 * Writing what libharu holds: streams as they are, everything else packed into object streams, and
 * a cross-reference stream at the end (ISO 32000-1, 7.5.7 and 7.5.8). A tagged book has some forty
 * objects a page: packed they take a sixth of the room that libharu's own form takes.
 */
#ifndef PDF_SAVE_H
#define PDF_SAVE_H

#include "base/str.h"

#include <hpdf.h>

/*
 * Appends the file to out, and gives back the memory of every stream that is written: once a
 * document. HPDF_OK, or what libharu reports; out->failed when it is full.
 */
HPDF_STATUS save_document(HPDF_Doc doc, struct buf *out);

#endif
