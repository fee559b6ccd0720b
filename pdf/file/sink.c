/* The one sink that needs nothing but memory. */
#include "pdf/file/sink.h"

static bool write_to_buf(void *context, const void *bytes, size_t n)
{
	struct buf *b = context;
	buf_add(b, bytes, n);
	return !b->failed;
}

struct sink sink_to_buf(struct buf *b)
{
	return (struct sink){.write = write_to_buf, .context = b};
}
