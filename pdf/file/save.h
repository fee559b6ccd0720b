/*
 * Writing what libharu holds: streams as they are, everything else packed into object streams, and
 * a cross-reference stream at the end (ISO 32000-1, 7.5.7 and 7.5.8). A tagged book has some forty
 * objects a page: packed they take a sixth of the room that libharu's own form takes.
 */
#ifndef PDF_SAVE_H
#define PDF_SAVE_H

#include "pdf/file/object.h"

#include <hpdf.h>

/* HPDF_OK, or what libharu reports; HPDF_FILE_IO_ERROR when the sink takes no more. */
HPDF_STATUS save_document(HPDF_Doc doc, const struct object_table *table, const struct sink *sink);

#endif
