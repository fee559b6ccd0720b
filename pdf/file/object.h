/*
 * The objects of a file whose bodies are ours, behind those of libharu: by number, in one table.
 * Shared by core.c, which makes them, and save.c, which writes them.
 */
#ifndef PDF_OBJECT_H
#define PDF_OBJECT_H

#include "pdf/file/deflate.h"
#include "pdf/file/spool.h"

struct object {
	struct str body; /* what stands between << and >>; of a stream, beside Length */
	uint64_t at;     /* of a stream: its deflated bytes in the spool */
	size_t n_bytes;
	bool is_stream;
};

struct object_table {
	struct object *objects; /* [0] is not used */
	size_t room;
	unsigned n; /* numbers given out, with libharu's and [0] */
	struct spool *spool;
	struct deflate *deflate;
};

#endif
