/* Where a finished file goes, piece by piece, and who hears how far it is. */
#ifndef PDF_SINK_H
#define PDF_SINK_H

#include "base/str.h"

struct sink {
	/* false: it takes no more, and the file is lost. */
	bool (*write)(void *context, const void *bytes, size_t n);
	void *context;
	/* NULL: nobody asks. How far the file is, in percent, rising; 100 is for who hands it over. */
	void (*progress)(void *context, int percent);
};

/* Appends to a buffer, which must outlive it. */
struct sink sink_to_buf(struct buf *b);

#endif
