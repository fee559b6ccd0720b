/* Reading the body in pieces, against a deadline that grows with what has arrived. */
#ifndef HTTP_BODY_READER_H
#define HTTP_BODY_READER_H

#include "http/exchange.h"

enum { BODY_PIECE_BYTES = 16 << 10 };

struct body_reader {
	struct wire *wire;
	int64_t left, n_read;
	int64_t started_ms, base_ms;
	bool is_broken; /* too slow, or gone */
};

/* Answers "Expect: 100-continue" first. */
struct body_reader body_reader_start(struct request *rq, bool is_upload);

/* At most n bytes; 0 at the end and when broken. */
size_t body_reader_take(struct body_reader *r, char *into, size_t n);

#endif
