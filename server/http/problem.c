/* Every refusal ends here, so that none says more than another and none lacks a way on. */
#include <string.h>

#include "base/json.h"
#include "base/log.h"
#include "http/problem.h"
#include "http/show.h"

enum { PROBLEM_MAX_BYTES = 1 << 20 };

static const char *word_of(int status)
{
	static const struct {
		int status;
		enum rc rc;
	} words[] = {{404, NOT_FOUND}, {403, FORBIDDEN}, {401, FORBIDDEN}, {409, CONFLICT},
		{410, GONE}, {429, TOO_MANY}, {503, BUSY}, {500, INTERNAL}};
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (words[i].status == status)
			return rc_name(words[i].rc);
	return rc_name(INVALID);
}

static const char *message_of(int status)
{
	switch (status) {
	case 401:
		return "Please sign in first, or send a valid token";
	case 403:
		return "You may not do this here; if you think you should, ask the organisers";
	case 404:
		return "There is no such page, or it is not open to you; check the address";
	case 405:
		return "This address does not take that kind of request; go back and try a link";
	case 408:
		return "The request took too long to arrive; please send it again";
	case 409:
		return "Somebody else has changed this meanwhile; load it again and look";
	case 410:
		return "This was here once and is over now";
	case 413:
		return "That is more than we can take at once; please send less";
	case 415:
		return "We cannot read this kind of content; send a form or JSON";
	case 422:
		return "Something in the form is not right yet";
	case 429:
		return "That was a little fast; please wait a minute and try again";
	case 500:
		return "We made a mistake and have noted it; nothing you typed is to blame";
	case 503:
		return "We are very busy; please try again in a moment";
	default:
		return "We could not read the request; please go back and try again";
	}
}

static void send_json(struct request *rq, const struct problem *p, struct answer answer)
{
	struct buf b = buf_in(rq->arena, PROBLEM_MAX_BYTES);
	buf_printf(&b, "{\"type\":\"urn:symposiarch:problem:%s\",\"title\":", p->word);
	json_add_string(&b, status_phrase(p->status));
	buf_printf(&b, ",\"status\":%d,\"detail\":", p->status);
	json_add_string(&b, p->message);
	buf_text(&b, ",\"fields\":{");
	const struct field_error *e = p->err != NULL ? p->err->fields : NULL;
	for (bool is_first = true; e != NULL; e = e->next, is_first = false) {
		buf_text(&b, is_first ? "" : ",");
		json_add_string(&b, e->field);
		buf_char(&b, ':');
		json_add_string(&b, e->message);
	}
	buf_text(&b, "},\"instance\":");
	json_add_string(&b, arena_printf(rq->arena, "urn:symposiarch:request:%s", rq->id));
	buf_char(&b, '}');
	answer.mime_type = "application/problem+json";
	answer.body = buf_view(&b);
	answer_send(rq, &answer);
}

static void send_bare(struct request *rq, const struct problem *p, struct answer answer)
{
	struct buf b = buf_in(rq->arena, PROBLEM_MAX_BYTES);
	const char *title = show_say(rq, status_phrase(p->status));
	buf_text(&b, "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">"
		     "<meta name=\"viewport\" content=\"width=device-width\"><title>");
	buf_html(&b, str_from(title));
	buf_text(&b, "</title></head>\n<body>\n<main>\n<h1>");
	buf_html(&b, str_from(title));
	buf_text(&b, "</h1>\n<p>");
	buf_html(&b, str_from(p->message));
	buf_text(&b, ".</p>\n<p><a href=\"/\">");
	buf_html(&b, str_from(show_say(rq, "Front page")));
	buf_printf(&b, "</a></p>\n<p>%d, %s</p>\n</main>\n</body>\n</html>\n", p->status, rq->id);
	answer.mime_type = "text/html";
	answer.body = buf_view(&b);
	answer_send(rq, &answer);
}

static void add_link(struct vm_list *links, const char *href, const char *label)
{
	struct vm *link = vm_item(links);
	vm_page_bool(link, "is_main", vm_count(links) == 1);
	vm_page_text(link, "href", href);
	vm_page_text(link, "label", label);
}

/* The ways on: another sign-in link, the event's own page where there is one, and the front page. */
static void add_links(struct request *rq, struct vm *vm)
{
	const struct exchange *x = rq->exchange;
	struct vm_list *links = vm_page_list(vm, "links");
	if (str_starts_with(str_from(rq->path), STR("/signin/")))
		add_link(links, "/signin", show_say(rq, "Ask for a new link"));
	for (size_t i = 0; i < x->n_params && rq->event != NULL; i++) {
		if (strcmp(x->params[i].name, "event") != 0)
			continue;
		struct buf href = buf_in(rq->arena, 8192);
		buf_char(&href, '/');
		buf_url(&href, str_from(x->params[i].value));
		add_link(links, buf_cstr(&href), show_say(rq, "Back to the event"));
	}
	add_link(links, "/", show_say(rq, "Front page"));
}

static bool send_page(struct request *rq, const struct problem *p, struct answer answer)
{
	struct templates *templates = rq->exchange->server->templates;
	if (p->is_bare || templates == NULL || !template_exists(templates, "error"))
		return false;
	struct vm *vm = show_model(rq);
	vm_page_int(vm, "status", p->status);
	vm_page_text(vm, "title", show_say(rq, status_phrase(p->status)));
	vm_page_text(vm, "detail", p->message);
	vm_page_text(vm, "reference", rq->id);
	add_links(rq, vm);
	vm_page_bool(vm, "has_errors", p->err != NULL && p->err->fields != NULL);
	struct vm_list *errors = vm_page_list(vm, "errors");
	for (const struct field_error *e = p->err != NULL ? p->err->fields : NULL; e != NULL;
		e = e->next) {
		struct vm *item = vm_item(errors);
		vm_page_text(item, "field", e->field);
		vm_page_text(item, "text", e->message);
	}
	show_frame(rq, vm);
	show_leave(rq);
	if (show_render(rq, "error", vm, &answer.body) != OK)
		return false;
	answer.mime_type = "text/html";
	answer_send(rq, &answer);
	return true;
}

void problem_send(struct request *rq, const struct problem *problem)
{
	struct problem p = *problem;
	if (p.word == NULL)
		p.word = word_of(p.status);
	if (p.message == NULL)
		p.message = show_say(rq, message_of(p.status));
	if (p.retry_after_s == 0 && p.status == 429)
		p.retry_after_s = 60;
	if (p.retry_after_s == 0 && p.status == 503)
		p.retry_after_s = 2;
	show_forget_reply(rq);
	struct answer answer = {.status = p.status,
		.caching = CACHE_NEVER,
		.allow = p.allow,
		.retry_after_s = p.retry_after_s,
		.asks_for_bearer = p.status == 401};
	if (rq->wants_json) {
		show_leave(rq);
		send_json(rq, &p, answer);
	} else if (!send_page(rq, &p, answer)) {
		show_leave(rq);
		send_bare(rq, &p, answer);
	}
}

void problem_send_err(struct request *rq, const struct err *err)
{
	enum rc rc = err->rc != OK ? err->rc : INTERNAL;
	struct problem p = {.status = reply_status_of(rc),
		.word = rc_name(rc),
		.message = err->message,
		.err = err,
		.retry_after_s = rq->reply.retry_after_s};
	problem_send(rq, &p);
}
