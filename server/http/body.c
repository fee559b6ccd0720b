/* Time to send is earned by sending: a trickle gets the base, a slow line what its bytes are worth.
 */
#include <string.h>

#include "base/clock.h"
#include "http/body.h"
#include "http/csrf.h"
#include "http/body_reader.h"
#include "http/gate.h"
#include "http/negotiate.h"

enum { SLOWEST_BYTES_PER_S = 16 << 10, UPLOAD_FACTOR = 12 };

int body_check(struct request *rq, enum body_kind *kind)
{
	const struct exchange *x = rq->exchange;
	const char *type = request_header(rq, "Content-Type");
	bool is_upload = (rq->route->flags & ROUTE_UPLOAD) != 0;
	*kind = BODY_NONE;
	if (x->content_length > (is_upload ? GATE_MAX_BODY_BYTES : GATE_MAX_FORM_BYTES))
		return 413;
	if (x->content_length == 0)
		return 0;
	if (mime_is(type, "application/x-www-form-urlencoded"))
		*kind = BODY_FORM;
	else if (mime_is(type, "application/json"))
		*kind = BODY_JSON;
	else if (mime_is(type, "multipart/form-data") && is_upload)
		*kind = BODY_MULTIPART;
	else
		return 415;
	if (*kind != BODY_MULTIPART && x->content_length > GATE_MAX_FORM_BYTES)
		return 413;
	return 0;
}

struct body_reader body_reader_start(struct request *rq, bool is_upload)
{
	struct exchange *x = rq->exchange;
	int64_t lifetime_ms = (int64_t)x->server->options.lifetime_s * 1000;
	struct body_reader r = {.wire = x->wire,
		.left = x->content_length,
		.started_ms = clock_elapsed_ms(),
		.base_ms = is_upload ? lifetime_ms * UPLOAD_FACTOR : lifetime_ms};
	if (x->expects_continue && r.left > 0) {
		static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";
		r.is_broken = !x->wire->write(x->wire->context, go_on, sizeof go_on - 1);
	}
	return r;
}

size_t body_reader_take(struct body_reader *r, char *into, size_t n)
{
	if (r->is_broken || r->left == 0)
		return 0;
	int64_t earned_ms = r->base_ms + r->n_read * 1000 / SLOWEST_BYTES_PER_S;
	int64_t remaining_ms = r->started_ms + earned_ms - clock_elapsed_ms();
	if (remaining_ms <= 0) {
		r->is_broken = true;
		return 0;
	}
	r->wire->allow(r->wire->context, remaining_ms);
	if ((int64_t)n > r->left)
		n = (size_t)r->left;
	int got = r->wire->read(r->wire->context, into, n);
	if (got <= 0) {
		r->is_broken = true;
		return 0;
	}
	r->left -= got;
	r->n_read += got;
	return (size_t)got;
}

/*
 * Memory follows what has arrived, not what was announced: a thousand promises of a megabyte cost
 * nothing. *bytes is NUL-terminated beyond n.
 */
static bool read_whole(struct request *rq, size_t n, char **bytes)
{
	struct body_reader r = body_reader_start(rq, false);
	size_t used = 0, cap = n < BODY_PIECE_BYTES ? n : BODY_PIECE_BYTES;
	char *p = arena_alloc(rq->arena, cap + 1);
	while (used < n) {
		if (used == cap) {
			cap = n < cap * 4 ? n : cap * 4;
			char *larger = arena_alloc(rq->arena, cap + 1);
			memcpy(larger, p, used);
			p = larger;
		}
		size_t room = cap - used;
		size_t got = body_reader_take(
			&r, p + used, room < BODY_PIECE_BYTES ? room : BODY_PIECE_BYTES);
		if (got == 0)
			return false;
		used += got;
	}
	*bytes = p;
	return true;
}

int body_read(struct request *rq, enum body_kind kind)
{
	struct exchange *x = rq->exchange;
	if (kind == BODY_NONE) {
		x->has_read_body = true;
		return 0;
	}
	size_t n = (size_t)x->content_length;
	char *bytes;
	if (!read_whole(rq, n, &bytes))
		return 408;
	x->has_read_body = true;
	x->is_json_body = kind == BODY_JSON;
	struct str text = {bytes, n};
	enum rc rc = kind == BODY_JSON ? json_body_parse(rq->arena, text, &x->pairs, &rq->err)
				       : urlencoded_parse(rq->arena, text, &x->pairs, &rq->err);
	return rc == OK ? 0 : 400;
}

bool body_has_token(struct request *rq)
{
	if (rq->is_bearer || (rq->route->flags & ROUTE_NO_CSRF) != 0)
		return true;
	const char *token = request_header(rq, "X-CSRF-Token");
	const struct pair *pair = pairs_find(&rq->exchange->pairs, "csrf_token");
	if (token == NULL && pair != NULL)
		token = str_dup(rq->arena, pair->value);
	return csrf_is_valid(rq, token);
}
