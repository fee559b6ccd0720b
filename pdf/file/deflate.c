/* One compressor a document: its tables are dear to make. */
#include "pdf/file/deflate.h"

#include "base/arena.h"

#include <libdeflate.h>

enum { LEVEL = 2 };

struct deflate {
	struct libdeflate_compressor *compressor;
	void *packed;
	size_t room;
};

struct deflate *deflate_new(void)
{
	struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(LEVEL);
	if (!compressor)
		return NULL;
	struct deflate *d = heap_alloc(sizeof *d);
	d->compressor = compressor;
	return d;
}

void deflate_free(struct deflate *d)
{
	if (!d)
		return;
	libdeflate_free_compressor(d->compressor);
	heap_free(d->packed);
	heap_free(d);
}

/* With the room that the worst case takes, libdeflate cannot fail. */
struct str deflate_pack(struct deflate *d, struct str bytes)
{
	size_t most = libdeflate_zlib_compress_bound(d->compressor, bytes.n);
	if (d->room < most) {
		d->packed = heap_resize(d->packed, most);
		d->room = most;
	}
	size_t n = libdeflate_zlib_compress(d->compressor, bytes.p, bytes.n, d->packed, d->room);
	return (struct str){d->packed, n};
}
