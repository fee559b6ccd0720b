/* One buffer, one write: two writes cost a delayed acknowledgement, 44 ms, on every answer. */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "http/gzip.h"
#include "http/headers.h"
#include "http/negotiate.h"

enum {
	HEAD_MAX_BYTES = 32 << 10,
	FILE_PIECE_BYTES = 64 << 10,
	SLOWEST_BYTES_PER_S = 16 << 10, /* a reader slower than this is cut off */
};

/* Is one of the listed tags ours, with or without the mark of the compressed twin? */
static bool has_etag(const struct request *rq, const char *etag)
{
	const char *sent = etag != NULL ? request_header(rq, "If-None-Match") : NULL;
	if (sent == NULL)
		return false;
	struct str rest = str_from(sent);
	while (rest.p != NULL) {
		struct str tag = str_trim(str_cut(&rest, ','));
		if (str_starts_with(tag, STR("W/")))
			tag = (struct str){tag.p + 2, tag.n - 2};
		if (tag.n < 2 || tag.p[0] != '"' || tag.p[tag.n - 1] != '"')
			continue;
		tag = (struct str){tag.p + 1, tag.n - 2};
		if (str_ends_with(tag, STR("-gz")))
			tag.n -= 3;
		if (str_is(tag, etag))
			return true;
	}
	return false;
}

static void note(struct request *rq, int status, size_t n_bytes)
{
	struct exchange *x = rq->exchange;
	assert(!x->is_answered && "a request is answered once");
	x->is_answered = true;
	x->status = status;
	x->n_bytes = n_bytes;
}

/* What was not read of a body would be taken for the next request. */
static void end_unread(struct request *rq)
{
	const struct exchange *x = rq->exchange;
	if (x->content_length > 0 && !x->has_read_body)
		x->wire->keeps_alive = false;
}

/* A slow reader gets time by the size of what it reads, and no more. */
static void allow_for(struct request *rq, int64_t n_bytes)
{
	struct wire *wire = rq->exchange->wire;
	int64_t lifetime_ms = (int64_t)rq->exchange->server->options.lifetime_s * 1000;
	wire->allow(wire->context, lifetime_ms + n_bytes * 1000 / SLOWEST_BYTES_PER_S);
}

static void send_parts(
	struct request *rq, const struct answer *answer, struct str body, bool is_gzipped)
{
	struct wire *wire = rq->exchange->wire;
	end_unread(rq);
	struct buf out = buf_on_heap(HEAD_MAX_BYTES + body.n);
	headers_write(&out, rq, answer, (int64_t)body.n, is_gzipped);
	if (!rq->is_head && body.n > 0)
		buf_str(&out, body);
	assert(!out.failed && "cookies and file names are bounded");
	note(rq, answer->status, out.n);
	allow_for(rq, (int64_t)out.n);
	if (!wire->write(wire->context, out.p, out.n))
		wire->keeps_alive = false;
	buf_free(&out);
}

void answer_send(struct request *rq, const struct answer *answer)
{
	struct answer a = *answer;
	struct str body = a.body;
	bool is_gzipped = false;
	if (negotiate_takes_gzip(rq) && gzip_is_worthwhile(a.mime_type, body.n)) {
		struct str twin =
			a.gzipped.n > 0 ? a.gzipped : gzip_bytes(rq->arena, body, GZIP_PAGE_LEVEL);
		is_gzipped = twin.n > 0;
		if (is_gzipped)
			body = twin;
	}
	if (a.status == 200 && has_etag(rq, a.etag)) {
		a.status = 304;
		a.mime_type = NULL;
		body = (struct str){NULL, 0};
	}
	send_parts(rq, &a, body, is_gzipped);
}

static bool send_pieces(struct request *rq, int fd, int64_t left)
{
	struct wire *wire = rq->exchange->wire;
	char *piece = heap_alloc(FILE_PIECE_BYTES);
	while (left > 0) {
		size_t want = left < FILE_PIECE_BYTES ? (size_t)left : FILE_PIECE_BYTES;
		ssize_t n = read(fd, piece, want);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0 || !wire->write(wire->context, piece, (size_t)n))
			break;
		left -= n;
	}
	heap_free(piece);
	return left == 0;
}

enum rc answer_send_file(struct request *rq, const struct answer *answer, const char *path)
{
	struct wire *wire = rq->exchange->wire;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return NOT_FOUND;
	struct stat st;
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		close(fd);
		return NOT_FOUND;
	}
	end_unread(rq);
	struct buf head = buf_on_heap(HEAD_MAX_BYTES);
	headers_write(&head, rq, answer, st.st_size, false);
	note(rq, answer->status, head.n + (size_t)(rq->is_head ? 0 : st.st_size));
	allow_for(rq, st.st_size);
	bool sent = wire->write(wire->context, head.p, head.n) &&
		    (rq->is_head || send_pieces(rq, fd, st.st_size));
	/* A short body must not be taken for a whole one: only the end of the connection says so.
	 */
	if (!sent)
		wire->keeps_alive = false;
	buf_free(&head);
	close(fd);
	return OK;
}
