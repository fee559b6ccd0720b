/* Uploads become blobs while they arrive; what they are is told by their first bytes. */
#include <string.h>
#include "base/text.h"
#include "pages/hooks.h"

enum { SNIFF_BYTES = 16 };

struct page_upload {
	struct blob_writer *writer;
	char first[SNIFF_BYTES];
	size_t n_first;
};

enum rc page_upload_begin(void *context, struct request *rq, int64_t max_bytes, void **writer)
{
	struct app *app = context;
	struct page_upload *u = ARENA_NEW(rq->arena, struct page_upload);

	*writer = u;
	return blob_begin(app->blobs, max_bytes, &u->writer, &rq->err);
}

enum rc page_upload_add(void *context, struct request *rq, void *writer, struct str piece)
{
	struct page_upload *u = writer;
	size_t n = SNIFF_BYTES - u->n_first < piece.n ? SNIFF_BYTES - u->n_first : piece.n;

	(void)context;
	memcpy(u->first + u->n_first, piece.p, n);
	u->n_first += n;
	return blob_add(u->writer, piece, &rq->err);
}

enum rc page_upload_end(void *context, struct request *rq, void *writer, struct upload *out)
{
	struct page_upload *u = writer;
	const char *mime_type = blob_sniff((struct str){u->first, u->n_first});

	(void)context;
	out->mime_type = mime_type ? mime_type : "application/octet-stream";
	return blob_commit(u->writer, rq->arena, &out->sha256, &out->size_bytes, &rq->err);
}

void page_upload_abort(void *context, void *writer)
{
	struct page_upload *u = writer;

	(void)context;
	blob_abort(u->writer);
}
