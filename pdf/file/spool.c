/* What was added last is in the buffer, everything before it in the file: no piece is in both. */
#include "pdf/file/spool.h"

#include <stdio.h>
#include <unistd.h>

enum { MAX_IN_MEMORY = 256 << 10, MAX_PIECE = 96 << 20 };

struct spool {
	FILE *file; /* NULL: not needed so far; it has no name */
	uint64_t n_file;
	struct buf recent;
};

struct spool *spool_new(void)
{
	struct spool *s = heap_alloc(sizeof *s);
	s->recent = buf_on_heap(MAX_PIECE);
	return s;
}

void spool_free(struct spool *s)
{
	if (s->file)
		fclose(s->file);
	buf_free(&s->recent);
	heap_free(s);
}

static bool move_to_file(struct spool *s)
{
	if (!s->file)
		s->file = tmpfile();
	if (!s->file || fwrite(s->recent.p, 1, s->recent.n, s->file) != s->recent.n)
		return false;
	s->n_file += s->recent.n;
	buf_reset(&s->recent);
	return true;
}

bool spool_add(struct spool *s, const void *bytes, size_t n, uint64_t *at)
{
	if (s->recent.n + n > MAX_IN_MEMORY && s->recent.n && !move_to_file(s))
		return false;
	*at = s->n_file + s->recent.n;
	buf_add(&s->recent, bytes, n);
	return !s->recent.failed;
}

bool spool_write(struct spool *s, uint64_t at, size_t n, const struct sink *sink)
{
	char piece[16384];
	if (at >= s->n_file)
		return sink->write(sink->context, s->recent.p + (at - s->n_file), n);
	if (fflush(s->file) != 0)
		return false;
	while (n) {
		size_t wanted = n < sizeof piece ? n : sizeof piece;
		ssize_t got = pread(fileno(s->file), piece, wanted, (off_t)at);
		if (got <= 0 || !sink->write(sink->context, piece, (size_t)got))
			return false;
		at += (uint64_t)got;
		n -= (size_t)got;
	}
	return true;
}
