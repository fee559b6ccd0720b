/*
 * gate -> static files -> route -> body -> enter -> cache -> may -> token -> fields -> handler ->
 * leave -> answer. Each step either lets the request on or answers it and says false.
 */
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/random.h"
#include "http/cache.h"
#include "http/cache_key.h"
#include "http/csrf.h"
#include "http/form_read.h"
#include "http/negotiate.h"
#include "http/problem.h"
#include "http/resend.h"
#include "http/serve.h"
#include "http/serve_steps.h"
#include "http/show.h"
#include "http/static_files.h"

static const char *translate(void *context, const char *format)
{
	return show_say(context, format);
}

struct request *serve_begin(struct http_server *server, struct arena *a, struct wire *wire)
{
	static const char alphabet[] = "23456789abcdefghjkmnpqrstvwxyz";
	struct request *rq = ARENA_NEW(a, struct request);
	struct exchange *x = ARENA_NEW(a, struct exchange);
	rq->arena = a;
	rq->err = err_in(a);
	rq->err.translate = translate;
	rq->err.translate_context = rq;
	rq->path = "/";
	rq->lang = "en";
	rq->remote_address = "";
	rq->exchange = x;
	char *id = arena_alloc(a, 9);
	for (size_t i = 0; i < 8; i++)
		id[i] = alphabet[random_below(sizeof alphabet - 1)];
	rq->id = id;
	x->server = server;
	x->wire = wire;
	x->started_ms = clock_elapsed_ms();
	rq->now_ms = clock_now_ms();
	return rq;
}

void serve_log(const struct request *rq)
{
	const struct exchange *x = rq->exchange;
	const struct route *route = x->posted != NULL ? x->posted : rq->route;
	log_event(LOG_INFO, "request",
		"id=%s method=%s route=%s status=%d ms=%lld statements=%u bytes=%zu%s%s", rq->id,
		x->is_other_method          ? "other"
		: rq->is_head               ? "HEAD"
		: rq->method == METHOD_POST ? "POST"
					    : "GET",
		route != NULL ? log_value(rq->arena, route->pattern) : "-", x->status,
		(long long)(clock_elapsed_ms() - x->started_ms), rq->n_statements, x->n_bytes,
		x->why != NULL ? " why=" : "", x->why != NULL ? log_value(rq->arena, x->why) : "");
}

bool serve_refuse(struct request *rq, int status, const char *why)
{
	rq->exchange->why = why;
	problem_send(rq, &(struct problem){.status = status});
	return false;
}

void serve_fail(struct request *rq, enum rc rc)
{
	if (rq->err.rc != OK)
		problem_send_err(rq, &rq->err);
	else
		problem_send(
			rq, &(struct problem){.status = reply_status_of(rc), .word = rc_name(rc)});
}

/* Without templates and hooks: nothing is known of the sender, and a flood must stay cheap. */
static bool refuse_bare(struct request *rq, int status, const char *why)
{
	rq->exchange->why = why;
	problem_send(rq, &(struct problem){.status = status, .is_bare = true});
	return false;
}

static bool refuse_method(struct request *rq, const struct match *m)
{
	struct problem p = {.status = 405, .allow = "GET, HEAD, POST"};
	if (m->is_known && !m->allows_post)
		p.allow = "GET, HEAD";
	else if (m->is_known && !m->allows_get)
		p.allow = "POST";
	problem_send(rq, &p);
	return false;
}

/* "/x/" to "/x", by the bytes that were sent. */
static bool redirect_slash(struct request *rq)
{
	struct exchange *x = rq->exchange;
	struct buf location = buf_in(rq->arena, GATE_MAX_PATH_BYTES + GATE_MAX_QUERY_BYTES + 2);
	buf_add(&location, x->raw_path.p, x->raw_path.n - 1);
	if (rq->query.n > 0) {
		buf_char(&location, '?');
		buf_str(&location, rq->query);
	}
	if (!is_own_path(buf_cstr(&location)))
		return serve_refuse(rq, 404, NULL);
	answer_send(rq, &(struct answer){.status = 308, .location = buf_cstr(&location)});
	return false;
}

static bool find_route(struct request *rq)
{
	struct exchange *x = rq->exchange;
	struct match m = router_match(x->server->router, rq->arena, rq->method, rq->path);
	bool takes_any_host = m.route != NULL && (m.route->flags & ROUTE_ANY_HOST) != 0;
	if (x->is_foreign_host && !takes_any_host)
		return refuse_bare(rq, 400, "foreign Host");
	rq->path = m.path;
	rq->suffix = m.suffix;
	rq->wants_json = negotiate_wants_json(rq);
	if (x->is_other_method)
		return refuse_method(rq, &m);
	if (!m.is_known)
		return serve_refuse(rq, 404, NULL);
	if (x->has_trailing_slash)
		return redirect_slash(rq);
	if (m.route == NULL)
		return refuse_method(rq, &m);
	rq->route = m.route;
	x->params = m.params;
	x->n_params = m.n_params;
	return true;
}

bool serve_refuse_body(struct request *rq, int status)
{
	problem_send(rq, &(struct problem){.status = status,
				 .message = rq->err.rc != OK ? rq->err.message : NULL,
				 .err = &rq->err});
	return false;
}

/* A query that cannot be decoded has been refused by the gate: what fails here is its number. */
bool serve_query(struct request *rq, struct pairs *pairs)
{
	if (urlencoded_parse(rq->arena, rq->query, pairs, &rq->err) == OK)
		return true;
	return serve_refuse_body(rq, 400);
}

bool serve_enter(struct request *rq)
{
	struct exchange *x = rq->exchange;
	x->has_entered = true;
	enum rc rc = x->server->hooks.enter(x->server->hooks.context, rq);
	if (rc == OK) {
		csrf_adopt_visitor(rq);
		return true;
	}
	/* A program is told that its token is of no use, not that it lacks a right (RFC 6750, 3.1). */
	if (rc == FORBIDDEN && rq->is_bearer)
		problem_send(rq, &(struct problem){.status = 401, .message = rq->err.message});
	else
		serve_fail(rq, rc);
	return false;
}

/* The way in, and back to what was asked for. */
static bool ask_to_sign_in(struct request *rq)
{
	if (rq->wants_json) {
		problem_send(rq, &(struct problem){.status = 401});
		return false;
	}
	if (resend_offer(rq))
		return false;
	struct buf location = buf_in(rq->arena, 64 << 10);
	buf_text(&location, "/signin");
	if (rq->method == METHOD_GET) {
		buf_text(&location, "?next=");
		buf_url(&location, rq->exchange->raw_path);
		if (rq->query.n > 0) {
			buf_text(&location, "%3F");
			buf_url(&location, rq->query);
		}
	}
	show_forget_reply(rq);
	show_leave(rq);
	answer_send(rq, &(struct answer){.status = 303, .location = buf_cstr(&location)});
	return false;
}

bool serve_right(struct request *rq)
{
	const struct http_hooks *hooks = &rq->exchange->server->hooks;
	enum rc rc = hooks->may(hooks->context, rq, rq->route->capability);
	if (rc == OK)
		return true;
	if (rc == FORBIDDEN && hooks->is_stranger(hooks->context, rq))
		return ask_to_sign_in(rq);
	serve_fail(rq, rc);
	return false;
}

static bool send_cached(struct request *rq, uint64_t revision)
{
	struct cached c;
	if (revision == 0 ||
		!cache_find(rq->exchange->server->cache, rq->arena, cache_key(rq), revision, &c))
		return false;
	show_leave(rq);
	answer_send(rq, &(struct answer){.status = 200,
				.mime_type = c.mime_type,
				.body = c.body,
				.gzipped = c.gzipped,
				.etag = c.etag,
				.file_name = c.file_name,
				.is_attachment = c.is_attachment,
				.caching = CACHE_REVALIDATE});
	return true;
}

static void serve_get(struct request *rq)
{
	struct exchange *x = rq->exchange;
	if (!serve_query(rq, &x->pairs) || !serve_enter(rq))
		return;
	uint64_t revision = cache_revision(rq);
	if (send_cached(rq, revision) || !serve_right(rq))
		return;
	size_t n_fields;
	const struct field *fields = route_fields(x->server->routes, rq->route->handler, &n_fields);
	struct vm *vm = NULL;
	enum rc rc =
		form_read(rq->arena, fields, n_fields, &x->pairs, FORM_QUERY, &rq->form, &rq->err);
	if (rc == OK) {
		vm = show_model(rq);
		rc = rq->route->handler(rq, vm);
	}
	if (rc == OK) {
		show_result(rq, vm, 0, revision);
		return;
	}
	serve_fail(rq, rc);
}

void serve(struct request *rq, const struct gate_verdict *verdict)
{
	struct exchange *x = rq->exchange;
	rq->method = verdict->method;
	rq->is_head = verdict->is_head;
	rq->path = verdict->path;
	x->has_trailing_slash = verdict->has_trailing_slash;
	x->is_foreign_host = verdict->is_foreign_host;
	x->is_other_method = verdict->is_other_method;
	x->content_length = verdict->content_length;
	x->expects_continue = verdict->expects_continue;
	rq->wants_json = negotiate_wants_json(rq);
	if (verdict->status != 0 || verdict->is_other_method)
		x->wire->keeps_alive = false;
	if (x->server->i18n != NULL)
		rq->lang = i18n_negotiate(x->server->i18n, request_header(rq, "Accept-Language"));
	if (verdict->status != 0)
		(void)refuse_bare(rq, verdict->status, verdict->reason);
	else if (!x->is_foreign_host && static_files_serve(rq))
		return;
	else if (!find_route(rq))
		return;
	else if (rq->method == METHOD_GET)
		serve_get(rq);
	else
		serve_post(rq);
}
