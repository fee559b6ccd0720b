/* Whole messages over a stream socket: all of the bytes before the deadline, or failure. */
#ifndef PDF_FRAME_H
#define PDF_FRAME_H

#include "base/str.h"

enum frame_result {
	FRAME_OK,
	FRAME_CLOSED, /* the other side is gone */
	FRAME_LATE,   /* the deadline has passed */
};

enum { FRAME_NUMBER_BYTES = 4 };

/* deadline_ms: of clock_elapsed_ms(); negative: wait for ever. */
enum frame_result frame_send(int fd, struct str bytes, int64_t deadline_ms);
enum frame_result frame_receive(int fd, void *out, size_t n, int64_t deadline_ms);

/* Until there is something to receive, or the other side is gone. */
enum frame_result frame_wait(int fd, int64_t deadline_ms);

void frame_put_number(unsigned char out[FRAME_NUMBER_BYTES], uint32_t v);
uint32_t frame_number(const unsigned char in[FRAME_NUMBER_BYTES]);

#endif
