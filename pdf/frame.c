/* poll() before every transfer, so that a silent partner costs the deadline and no more. */
#include "pdf/frame.h"

#include "base/clock.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>

static enum frame_result wait_for(int fd, short events, int64_t deadline_ms)
{
	for (;;) {
		struct pollfd p = {.fd = fd, .events = events};
		int64_t left = deadline_ms < 0 ? -1 : deadline_ms - clock_elapsed_ms();
		if (deadline_ms >= 0 && left <= 0)
			return FRAME_LATE;
		int n = poll(&p, 1, (int)left);
		if (n > 0)
			return FRAME_OK;
		if (n < 0 && errno != EINTR)
			return FRAME_CLOSED;
	}
}

enum frame_result frame_send(int fd, struct str bytes, int64_t deadline_ms)
{
	while (bytes.n) {
		enum frame_result r = wait_for(fd, POLLOUT, deadline_ms);
		if (r != FRAME_OK)
			return r;
		ssize_t n = send(fd, bytes.p, bytes.n, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (n < 0 && errno != EINTR && errno != EAGAIN)
			return FRAME_CLOSED;
		if (n > 0) {
			bytes.p += n;
			bytes.n -= (size_t)n;
		}
	}
	return FRAME_OK;
}

enum frame_result frame_receive(int fd, void *out, size_t n, int64_t deadline_ms)
{
	char *p = out;
	while (n) {
		enum frame_result r = wait_for(fd, POLLIN, deadline_ms);
		if (r != FRAME_OK)
			return r;
		ssize_t got = recv(fd, p, n, MSG_DONTWAIT);
		if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN))
			return FRAME_CLOSED;
		if (got > 0) {
			p += got;
			n -= (size_t)got;
		}
	}
	return FRAME_OK;
}

enum frame_result frame_wait(int fd, int64_t deadline_ms)
{
	return wait_for(fd, POLLIN, deadline_ms);
}

void frame_put_number(unsigned char out[FRAME_NUMBER_BYTES], uint32_t v)
{
	for (int i = 0; i < FRAME_NUMBER_BYTES; i++)
		out[i] = (unsigned char)(v >> (24 - 8 * i));
}

uint32_t frame_number(const unsigned char in[FRAME_NUMBER_BYTES])
{
	uint32_t v = 0;
	for (int i = 0; i < FRAME_NUMBER_BYTES; i++)
		v = v << 8 | in[i];
	return v;
}
