/* Undeclared query parameters stay out of the key: they cannot reach the handler either. */
#include <string.h>

#include "http/cache_key.h"
#include "http/flash.h"

static bool is_declared(const struct field *fields, size_t n_fields, struct str name)
{
	for (size_t i = 0; i < n_fields; i++) {
		const struct field *f = &fields[i];
		const char *head = f->group != NULL ? f->group : f->name;
		size_t n = strlen(head);
		bool is_plain = f->shape == FIELD_ONE || f->shape == FIELD_LIST;
		if (is_plain ? str_is(name, head)
			     : name.n > n && memcmp(name.p, head, n) == 0 && name.p[n] == '.')
			return true;
	}
	return false;
}

struct str cache_key(struct request *rq)
{
	struct exchange *x = rq->exchange;
	if (x->cache_key == NULL) {
		size_t n_fields;
		const struct field *fields =
			route_fields(x->server->routes, rq->route->handler, &n_fields);
		struct buf b = buf_in(rq->arena, 32 << 10);
		buf_printf(&b, "%s\n%s\n%s\n%s\n%s\n", rq->path,
			rq->suffix != NULL ? rq->suffix : "", rq->wants_json ? "json" : "html",
			rq->lang != NULL ? rq->lang : "",
			rq->reader_zone != NULL ? zone_name(rq->reader_zone) : "");
		for (size_t i = 0; i < x->pairs.n; i++) {
			const struct pair *p = &x->pairs.items[i];
			if (!is_declared(fields, n_fields, p->name))
				continue;
			buf_printf(&b, "%zu %zu ", p->name.n, p->value.n);
			buf_str(&b, p->name);
			buf_str(&b, p->value);
		}
		x->cache_key = buf_cstr(&b);
		x->cache_key_n = b.failed ? 0 : b.n;
	}
	return (struct str){x->cache_key, x->cache_key_n};
}

uint64_t cache_revision(struct request *rq)
{
	struct exchange *x = rq->exchange;
	const struct http_hooks *hooks = &x->server->hooks;
	if (rq->route->method != METHOD_GET || (rq->route->flags & ROUTE_CACHED) == 0 ||
		rq->has_session || rq->is_bearer || flash_was_sent(rq) ||
		!hooks->is_stranger(hooks->context, rq) || cache_key(rq).n == 0)
		return 0;
	return hooks->revision(hooks->context, rq);
}
