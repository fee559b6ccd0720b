/* The deadline does not wait for a session that ended at dinner. */
#include <string.h>

#include "http/form_read.h"
#include "http/problem.h"
#include "http/resend.h"
#include "http/show.h"

static bool is_secret(const struct field *fields, size_t n_fields, struct str name)
{
	for (size_t i = 0; i < n_fields; i++)
		if (fields[i].type == FIELD_SECRET && str_is(name, fields[i].name))
			return true;
	return str_is(name, "csrf_token");
}

static size_t put_fields(struct request *rq, struct vm *vm)
{
	const struct exchange *x = rq->exchange;
	struct vm_list *list = vm_page_list(vm, "fields");
	size_t n_fields;
	const struct field *fields = route_fields(x->server->routes, rq->route->handler, &n_fields);
	for (size_t i = 0; i < x->pairs.n; i++) {
		const struct pair *p = &x->pairs.items[i];
		if (p->kind != PAIR_TEXT || is_secret(fields, n_fields, p->name))
			continue;
		struct vm *item = vm_item(list);
		vm_page_text(item, "name", text_as_typed(rq->arena, p->name));
		vm_page_text(item, "value", text_as_typed(rq->arena, p->value));
	}
	return vm_count(list);
}

bool resend_offer(struct request *rq)
{
	const struct exchange *x = rq->exchange;
	if (rq->method != METHOD_POST || rq->route->shown_again == NULL || rq->wants_json ||
		x->server->templates == NULL ||
		!template_exists(x->server->templates, "signin/again"))
		return false;
	struct vm *vm = show_model(rq);
	if (put_fields(rq, vm) == 0)
		return false;
	vm_page_text(vm, "action", str_dup(rq->arena, x->raw_path));
	vm_page_text(vm, "signin_href", "/signin");
	show_forget_reply(rq);
	show_frame(rq, vm);
	show_leave(rq);
	struct answer answer = {.status = 401, .mime_type = "text/html", .asks_for_bearer = true};
	if (show_render(rq, "signin/again", vm, &answer.body) != OK)
		problem_send(rq, &(struct problem){.status = 401, .is_bare = true});
	else
		answer_send(rq, &answer);
	return true;
}
