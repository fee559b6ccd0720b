/* The call as the public sees it, and as an organiser changes it. */
#include "base/clock.h"
#include "domain/call.h"
#include "pages/call.h"
#include "pages/handlers.h"
#include "view/markdown.h"

void put_themes(struct vm *vm, const struct call *call)
{
	struct vm_list *list = vm_list(vm, "themes");

	for (size_t i = 0; i < call->n_themes; i++) {
		struct vm *theme = vm_item(list);
		vm_text(theme, "code", call->themes[i].code);
		vm_text(theme, "letter", call->themes[i].letter);
		vm_text(theme, "name", call->themes[i].title);
		vm_text(theme, "summary", call->themes[i].summary);
		vm_int(theme, "hue", call->themes[i].hue);
	}
}

static void put_types(struct vm *vm, const struct call *call)
{
	struct vm_list *list = vm_list(vm, "types");

	for (size_t i = 0; i < call->n_types; i++) {
		const struct q_types_of_event *row = &call->types[i];
		struct vm *type = vm_item(list);
		vm_text(type, "code", row->code);
		vm_enum(type, "format", "format", row->format);
		vm_text(type, "name", row->title);
		vm_text(type, "summary", row->hint);
		vm_int(type, "word_limit", row->word_limit);
		vm_int(type, "minutes", row->minutes);
		vm_time_in(type, "at", call->row.closes_at, call->deadline_zone);
	}
}

void put_call(struct request *rq, struct vm *parent, const struct call *call)
{
	enum call_phase phase = call_phase_at(call, rq->now_ms);
	struct vm *vm = vm_object(parent, "call");

	vm_text(vm, "title", call->row.title);
	vm_text(vm, "text", call->row.text);
	vm_html(vm, "intro_html", markdown_html(rq->arena, call->row.text));
	vm_bool(vm, "is_open", phase == CALL_OPEN);
	vm_bool(vm, "is_past", phase == CALL_CLOSED);
	vm_time(vm, "opens_at", phase == CALL_NOT_YET ? call->row.opens_at : 0);
	vm_time_in(vm, "at", call->row.closes_at, call->deadline_zone);
	vm_enum(vm, "blinding", "blinding", call->row.blinding);
	vm_page_bool(vm, "is_anonymous", text_equal(call->row.blinding, "double"));
	vm_int(vm_object(vm, "reviewers"), "n", call->row.n_reviews);
	put_themes(vm, call);
	put_types(vm, call);
}

/* GET /:event/call */
enum rc get_call(struct request *rq, struct vm *vm)
{
	struct call call;

	TRY(call_load(rq->db, rq->arena, page_event_id(rq), &call, &rq->err));
	if (call_phase_at(&call, rq->now_ms) == CALL_UNPUBLISHED &&
		!(rq->actor->roles & (ROLE_ORGANISER | ROLE_CHAIR)))
		return err_set(&rq->err, NOT_FOUND, "The call is not published yet");
	put_call(rq, vm, &call);
	return OK;
}

/* POST /:event/call: its page is the settings. */
enum rc post_call(struct request *rq, struct vm *vm)
{
	const struct zone *deadline_zone = zone_find(form_text(&rq->form, "deadline_zone"));
	struct call call;

	(void)vm;
	TRY(call_load(rq->db, rq->arena, page_event_id(rq), &call, &rq->err));
	if (!deadline_zone)
		return err_field(&rq->err, "deadline_zone",
			"Choose a time zone such as Europe/London, or AoE for Anywhere on Earth");
	reply_to(rq, "%s/settings", page_event_path(rq));
	reply_flash(rq, "The call is saved");
	return page_write(rq, TX_NORMAL, call_change,
		&(struct call_change){
			.actor = rq->actor,
			.row = {
				.id = call.row.id,
				.rev = form_int(&rq->form, "rev", 0),
				.title = form_text(&rq->form, "title"),
				.text = form_text(&rq->form, "text"),
				.opens_at = form_instant(&rq->form, "opens_at", rq->event->zone),
				.closes_at = call_deadline(
					form_instant(&rq->form, "closes_at", deadline_zone)),
				.deadline_zone = zone_name(deadline_zone),
				.blinding = form_text(&rq->form, "blinding"),
				.n_reviews = form_int(&rq->form, "n_reviews", 3),
				.reviews_due_at =
					form_instant(&rq->form, "reviews_due_at", rq->event->zone),
				.bids_open_at =
					form_instant(&rq->form, "bids_open_at", rq->event->zone),
				.bids_close_at = call_deadline(
					form_instant(&rq->form, "bids_close_at", rq->event->zone)),
				.is_published = form_bool(&rq->form, "is_published"),
			},
		});
}
