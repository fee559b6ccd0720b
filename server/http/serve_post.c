/*
 * A POST: its body, its token, its fields, its handler; and when it is refused, its page again with
 * everything that was typed.
 */
#include <string.h>

#include "base/clock.h"
#include "http/body.h"
#include "http/csrf.h"
#include "http/form_read.h"
#include "http/problem.h"
#include "http/serve_steps.h"
#include "http/show.h"

/*
 * The page of the refused form. The GET handler sees its own query fields and a clean rq->err, as
 * on a first showing; what was typed and what is wrong with it is form_view.c's to show.
 */
static void show_again(struct request *rq, int status)
{
	struct exchange *x = rq->exchange;
	struct form *submitted = ARENA_NEW(rq->arena, struct form);
	*submitted = rq->form;
	x->submitted = submitted;
	x->refused = rq->err;
	x->posted = rq->route;
	show_forget_reply(rq);
	err_clear(&rq->err);
	rq->route = route_of_handler(x->server->routes, x->posted->shown_again);
	rq->is_shown_again = true;
	struct pairs query = {0};
	if (!serve_right(rq) || !serve_query(rq, &query))
		return;
	size_t n_fields;
	const struct field *fields = route_fields(x->server->routes, rq->route->handler, &n_fields);
	struct err ignored = err_in(rq->arena);
	(void)!form_read(rq->arena, fields, n_fields, &query, FORM_QUERY, &rq->form, &ignored);
	struct vm *vm = show_model(rq);
	enum rc rc = rq->route->handler(rq, vm);
	if (rc == OK)
		show_result(rq, vm, status, 0);
	else if (x->refused.rc != OK)
		problem_send_err(rq, &x->refused);
	else
		serve_fail(rq, rc);
}

static void refuse_form(struct request *rq, enum rc rc, int status)
{
	(void)err_set(&rq->err, rc, "%s",
		show_say(rq,
			rc == INVALID
				? "Something in the form is not right yet"
				: "Somebody else has changed this meanwhile; look at it again"));
	bool can_be_shown = rq->route->shown_again != NULL && !rq->wants_json;
	if (can_be_shown && (rc == INVALID || rc == CONFLICT || status == 403))
		show_again(rq, status != 0 ? status : reply_status_of(rc));
	else if (status != 0)
		problem_send(rq, &(struct problem){.status = status, .message = rq->err.message});
	else
		problem_send_err(rq, &rq->err);
}

/* The key of the header, unless the form has one; two different ones are a mistake. */
static void read_idempotency_key(struct request *rq)
{
	const char *sent = request_header(rq, "Idempotency-Key");
	if (sent == NULL)
		return;
	struct str key = str_from(sent);
	if (key.n >= 2 && key.p[0] == '"' && key.p[key.n - 1] == '"')
		key = (struct str){key.p + 1, key.n - 2};
	const char *text = str_dup(rq->arena, key);
	bool differs =
		rq->form.idempotency_key[0] != '\0' && strcmp(rq->form.idempotency_key, text) != 0;
	if (!is_idempotency_key(key) || differs)
		(void)err_field(&rq->err, "idempotency_key",
			"The idempotency key must have 8 to 64 letters and digits, and be sent "
			"once");
	else
		rq->form.idempotency_key = text;
}

/* false when refused; the form is filled in any case. */
static bool read_form(struct request *rq, bool *changes_rows)
{
	struct exchange *x = rq->exchange;
	size_t n_fields;
	const struct field *fields = route_fields(x->server->routes, rq->route->handler, &n_fields);
	bool has_token = body_has_token(rq);
	enum rc rc =
		form_read(rq->arena, fields, n_fields, &x->pairs, FORM_BODY, &rq->form, &rq->err);
	read_idempotency_key(rq);
	if (rq->form.idempotency_key[0] != '\0')
		rq->form.body_sha256 = form_digest(rq->arena, rq->method, rq->path, &x->pairs);
	if (!has_token) {
		x->why = "token";
		err_clear(&rq->err);
		(void)err_set(&rq->err, FORBIDDEN, "%s",
			show_say(rq,
				"The page was open for too long, so nothing has been done yet; "
				"look at it once more and send it again"));
		refuse_form(rq, FORBIDDEN, 403);
		return false;
	}
	*changes_rows =
		form_rows_is_button(&rq->form) && !rq->wants_json && rq->route->shown_again != NULL;
	if (*changes_rows || (rc == OK && rq->err.rc == OK))
		return true;
	refuse_form(rq, INVALID, 0);
	return false;
}

static bool read_body(struct request *rq, enum body_kind kind)
{
	int status = body_read(rq, kind);
	rq->now_ms = clock_now_ms();
	return status == 0 || serve_refuse_body(rq, status);
}

/* An upload may take minutes: the right is asked for before and after, the database let go. */
static bool receive_upload(struct request *rq)
{
	if (!serve_enter(rq) || !serve_right(rq))
		return false;
	show_leave(rq);
	int status = body_read_upload(rq);
	rq->now_ms = clock_now_ms();
	return status == 0 || serve_refuse_body(rq, status);
}

static bool receive(struct request *rq)
{
	enum body_kind kind;
	int status = body_check(rq, &kind);
	if (status != 0)
		return serve_refuse_body(rq, status);
	if (!csrf_is_same_origin(rq))
		return serve_refuse(rq, 403, "other origin");
	bool is_received = kind == BODY_MULTIPART ? receive_upload(rq) : read_body(rq, kind);
	return is_received && serve_enter(rq) && serve_right(rq);
}

void serve_post(struct request *rq)
{
	bool changes_rows = false;
	if (!receive(rq) || !read_form(rq, &changes_rows))
		return;
	if (changes_rows) {
		form_rows_press(rq->arena, &rq->form);
		err_clear(&rq->err);
		show_again(rq, 200);
		return;
	}
	struct vm *vm = show_model(rq);
	enum rc rc = rq->route->handler(rq, vm);
	if (rc == OK)
		show_result(rq, vm, 0, 0);
	else if (rc == INVALID || rc == CONFLICT)
		refuse_form(rq, rc, 0);
	else
		serve_fail(rq, rc);
}
