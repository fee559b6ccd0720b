/* multipart: fed whole or in pieces, a body means the same; no part is left open or closed twice.
 */
#include <string.h>

#include "fuzz.h"
#include "http/multipart.h"

struct seen {
	struct buf out;
	bool is_open;
};

static enum rc on_begin(void *context, const char *name, const char *file_name)
{
	struct seen *s = context;
	MUST(!s->is_open && name != NULL);
	s->is_open = true;
	buf_printf(&s->out, "<%s|%s:", name, file_name != NULL ? file_name : "-");
	return OK;
}

static enum rc on_data(void *context, struct str piece)
{
	struct seen *s = context;
	MUST(s->is_open && piece.n > 0);
	buf_str(&s->out, piece);
	return OK;
}

static enum rc on_end(void *context)
{
	struct seen *s = context;
	MUST(s->is_open);
	s->is_open = false;
	buf_char(&s->out, '>');
	return OK;
}

/* The first byte is the size of the pieces. */
static enum rc feed(struct arena *a, struct str body, size_t piece, struct seen *s)
{
	*s = (struct seen){.out = buf_in(a, body.n * 4 + 64)};
	struct multipart_events events = {s, on_begin, on_data, on_end};
	struct multipart *m = multipart_new(a, STR("b"), &events);
	struct err err = err_in(a);
	for (size_t at = 0; at < body.n; at += piece) {
		size_t n = body.n - at < piece ? body.n - at : piece;
		TRY(multipart_feed(m, (struct str){body.p + at, n}, &err));
	}
	TRY(multipart_end(m, &err));
	MUST(!s->is_open);
	return OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena *a;
	if (a == NULL)
		a = arena_new();
	if (size == 0)
		return 0;
	const void *bytes = data + 1;
	struct str body = {bytes, size - 1};
	struct seen whole, pieces;
	enum rc rc = feed(a, body, size, &whole);
	MUST(feed(a, body, (size_t)data[0] + 1, &pieces) == rc);
	if (rc == OK)
		MUST(str_equal(buf_view(&whole.out), buf_view(&pieces.out)));
	char *type = arena_strndup(a, bytes, size - 1);
	struct str boundary;
	if (multipart_boundary(str_from(type), &boundary))
		MUST(boundary.n >= 1 && boundary.n <= MULTIPART_MAX_BOUNDARY);
	arena_reset(a);
	return 0;
}
