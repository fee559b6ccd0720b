/* The hooks of http/server.h that have files of their own; private to pages/. */
#ifndef PAGES_HOOKS_H
#define PAGES_HOOKS_H

#include "pages/page.h"

/* frame.c: navigation, event, reader: the `page` object of the layout. */
void page_frame(void *context, struct request *rq, struct vm *vm);

/* upload.c: bytes of an upload go into a blob as they arrive. */
enum rc page_upload_begin(void *context, struct request *rq, int64_t max_bytes, void **writer);
enum rc page_upload_add(void *context, struct request *rq, void *writer, struct str piece);
enum rc page_upload_end(void *context, struct request *rq, void *writer, struct upload *out);
void page_upload_abort(void *context, void *writer);

#endif
