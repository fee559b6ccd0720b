/*
 * Writing what libharu holds: streams as they are, everything else packed into object streams, and
 * a cross-reference stream at the end (ISO 32000-1, 7.5.7 and 7.5.8). A tagged book has some forty
 * objects a page: packed they take a sixth of the room that libharu's own form takes.
 */
#ifndef PDF_SAVE_H
#define PDF_SAVE_H

#include "pdf/file/sink.h"

#include <hpdf.h>

/*
 * Writes the file, and gives back the memory of every stream that is written: once a document.
 * HPDF_OK, or what libharu reports; HPDF_FILE_IO_ERROR when the sink takes no more.
 */
HPDF_STATUS save_document(HPDF_Doc doc, const struct sink *sink);

#endif
