/*
 * One function a kind: draws the whole document from a model that keeps to its schema. INVALID with
 * field errors for what no schema can say, such as an end before its start.
 */
#ifndef PDF_DOCUMENTS_H
#define PDF_DOCUMENTS_H

#include "pdf/layout/doc.h"
#include "pdf/model.h"

#define DOCUMENT(id, name, title)                                                                  \
	enum rc id##_print(struct doc *d, const cJSON *model, struct err *err) NODISCARD;
#include "pdf/documents.def"
#undef DOCUMENT

#endif
