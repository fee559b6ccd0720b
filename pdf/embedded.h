/* The files of pdf/documents/ that are part of the program, as they stand in the tree. */
#ifndef PDF_EMBEDDED_H
#define PDF_EMBEDDED_H

/* NUL-terminated JSON: schema_badge, example_badge and so on. */
#define DOCUMENT(id, name, title) extern const char schema_##id[], example_##id[];
#include "pdf/documents.def"
#undef DOCUMENT

extern const char schema_common[];

#endif
