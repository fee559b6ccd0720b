/* One model, two faces. What is drawn here is drawn after the database has been let go. */
#include <string.h>

#include "base/hash.h"
#include "base/json.h"
#include "base/log.h"
#include "http/cache.h"
#include "http/cache_key.h"

#include "http/form_finish.h"
#include "http/gzip.h"
#include "http/problem.h"
#include "http/show.h"

enum { PAGE_MAX_BYTES = 16 << 20 };

const char *show_say(const struct request *rq, const char *sentence)
{
	const struct i18n *i18n = rq->exchange->server->i18n;
	return i18n != NULL ? i18n_text(i18n, rq->lang != NULL ? rq->lang : "en", sentence, 1)
			    : sentence;
}

struct vm *show_model(struct request *rq)
{
	const struct http_hooks *hooks = &rq->exchange->server->hooks;
	struct vm_format *format = ARENA_NEW(rq->arena, struct vm_format);
	*format = hooks->format(hooks->context, rq);
	return vm_new(rq->arena, format);
}

void show_frame(struct request *rq, struct vm *vm)
{
	struct exchange *x = rq->exchange;

	x->server->hooks.frame(x->server->hooks.context, rq, vm);
}

void show_leave(struct request *rq)
{
	struct exchange *x = rq->exchange;
	if (!x->has_entered)
		return;
	x->has_entered = false;
	x->server->hooks.leave(x->server->hooks.context, rq);
}

void show_forget_reply(struct request *rq)
{
	struct reply kept = {.n_cookies = rq->reply.n_cookies};
	memcpy(kept.cookies, rq->reply.cookies, sizeof kept.cookies);
	rq->reply = kept;
}

enum rc show_render(
	struct request *rq, const char *template_name, const struct vm *vm, struct str *html)
{
	struct err err = err_in(rq->arena);
	struct buf b = buf_in(rq->arena, PAGE_MAX_BYTES);
	enum rc rc = template_render(rq->exchange->server->templates, template_name, vm, &b, &err);
	if (rc == OK && b.failed)
		rc = INTERNAL;
	if (rc != OK) {
		log_event(LOG_ERROR, "render", "id=%s template=%s reason=%s", rq->id,
			log_value(rq->arena, template_name), log_value(rq->arena, err.message));
		return INTERNAL;
	}
	*html = buf_view(&b);
	return OK;
}

static void fail(struct request *rq, const char *why)
{
	log_event(LOG_ERROR, "answer", "id=%s reason=%s", rq->id, log_value(rq->arena, why));
	problem_send(rq, &(struct problem){.status = 500, .is_bare = true});
}

/* Sends; keeps a copy for other strangers when the revision says so. */
static void finish(struct request *rq, struct answer *answer, uint64_t revision)
{
	struct exchange *x = rq->exchange;
	bool is_common = revision != 0 && answer->status == 200 && !x->has_drawn_form &&
			 x->flash == NULL && rq->reply.flash == NULL && rq->reply.n_cookies == 0 &&
			 !rq->reply.allows_camera && answer->body.n > 0;
	if (is_common) {
		answer->caching = CACHE_REVALIDATE;
		answer->etag = arena_strndup(rq->arena, hash_hex(rq->arena, answer->body), 32);
		if (gzip_is_worthwhile(answer->mime_type, answer->body.n))
			answer->gzipped = gzip_bytes(rq->arena, answer->body, GZIP_CACHE_LEVEL);
		struct cached kept = {.mime_type = answer->mime_type,
			.file_name = answer->file_name,
			.is_attachment = answer->is_attachment,
			.body = answer->body,
			.gzipped = answer->gzipped,
			.etag = answer->etag};
		cache_keep(x->server->cache, cache_key(rq), revision, &kept);
	}
	answer_send(rq, answer);
}

static void show_redirect(struct request *rq, const struct vm *vm)
{
	struct answer answer = {.status = 303, .location = rq->reply.location};
	if (rq->wants_json) {
		struct buf b = buf_in(rq->arena, PAGE_MAX_BYTES);
		buf_text(&b, "{\"location\":");
		json_add_string(&b, rq->reply.location);
		struct buf data = buf_in(rq->arena, PAGE_MAX_BYTES);
		json_write(&data, vm_root(vm));
		if (data.n > 2) { /* more than {} */
			buf_char(&b, ',');
			buf_add(&b, data.p + 1, data.n - 1);
		} else {
			buf_char(&b, '}');
		}
		answer.status = rq->reply.status;
		answer.mime_type = "application/json";
		answer.body = buf_view(&b);
		if (answer.status != 201)
			answer.location = NULL;
	}
	show_leave(rq);
	answer_send(rq, &answer);
}

static void show_view(struct request *rq, struct vm *vm, int status, uint64_t revision)
{
	struct answer answer = {.status = status, .caching = CACHE_PRIVATE};
	const char *name = rq->reply.template_name != NULL ? rq->reply.template_name
							   : rq->route->template_name;
	if (rq->suffix != NULL && strcmp(rq->suffix, "json") != 0) {
		problem_send(rq, &(struct problem){.status = 404});
		return;
	}
	if (rq->wants_json) {
		show_leave(rq);
		struct buf b = buf_in(rq->arena, PAGE_MAX_BYTES);
		json_write(&b, vm_root(vm));
		answer.mime_type = "application/json";
		answer.body = buf_view(&b);
		finish(rq, &answer, revision);
		return;
	}
	show_frame(rq, vm);
	show_leave(rq);
	if (name == NULL) {
		fail(rq, "the handler chose no answer and its route has no template");
		return;
	}
	if (show_render(rq, name, vm, &answer.body) != OK) {
		fail(rq, "the page cannot be drawn");
		return;
	}
	answer.mime_type = "text/html";
	finish(rq, &answer, revision);
}

static void show_file(struct request *rq)
{
	struct answer answer = {.status = 200,
		.mime_type = rq->reply.mime_type,
		.file_name = rq->reply.file_name,
		.is_attachment = true,
		.is_sandboxed = true};
	show_leave(rq);
	if (answer_send_file(rq, &answer, rq->reply.file_path) != OK)
		problem_send(rq, &(struct problem){.status = 404, .is_bare = true});
}

void show_result(struct request *rq, struct vm *vm, int status, uint64_t revision)
{
	form_finish(rq);
	if (rq->reply.status == 0)
		rq->reply.status = 200;
	switch (rq->reply.kind) {
	case REPLY_REDIRECT:
		show_redirect(rq, vm);
		break;
	case REPLY_BYTES: {
		struct answer answer = {.status = rq->reply.status,
			.caching = CACHE_PRIVATE,
			.mime_type = rq->reply.mime_type,
			.body = rq->reply.bytes,
			.etag = rq->reply.etag,
			.file_name = rq->reply.file_name,
			.is_attachment = rq->reply.is_attachment};
		show_leave(rq);
		finish(rq, &answer, revision);
		break;
	}
	case REPLY_FILE:
		show_file(rq);
		break;
	case REPLY_VIEW:
		show_view(rq, vm, status != 0 ? status : rq->reply.status, revision);
		break;
	}
}
