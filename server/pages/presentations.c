/* What is presented in one session, in which order and for how long. */
#include "base/clock.h"
#include "base/random.h"
#include "base/text.h"
#include "pages/handlers.h"
#include "pages/programme_edit.h"

static void put_item_row(
	struct request *rq, struct vm *vm, const struct programme_session *s, size_t i)
{
	const struct programme_item *item = &s->items[i];
	struct civil c = zone_civil(rq->event->zone, item->starts_at);

	vm_text(vm, "code", item->code);
	vm_text(vm, "submission",
		text_is_empty(item->submission_code) ? NULL : item->submission_code);
	vm_text(vm, "title", item->is_fit ? item->title : item->submission_code);
	vm_int(vm, "minutes", item->minutes);
	vm_bool(vm, "is_fit", item->is_fit);
	vm_page_text(vm, "clock",
		item->starts_at ? arena_printf(rq->arena, "%02d:%02d", c.hour, c.minute) : NULL);
	vm_page_text(vm, "presenter", NULL);
	vm_page_bool(vm, "is_first", i == 0);
	vm_page_bool(vm, "is_last", i + 1 == s->n_items);
}

/* GET /:event/programme/edit/:code/presentations */
enum rc get_presentations(struct request *rq, struct vm *vm)
{
	struct programme_session *s;
	struct q_works_to_place *works;
	struct form_view *form;
	struct programme p;
	struct vm_list *list;
	int64_t needed = 0;
	size_t n;

	TRY(edited_session(rq, &p, &s));
	TRY(works_waiting(rq, &works, &n));
	put_edited(rq, vm_object(vm, "session"), s);
	list = vm_list(vm, "rows");
	for (size_t i = 0; i < s->n_items; i++) {
		put_item_row(rq, vm_item(list), s, i);
		needed += s->items[i].is_fit ? s->items[i].minutes : 0;
	}
	vm_page_bool(vm, "has_rows", s->n_items > 0);
	vm_int(vm, "minutes_used", needed);
	vm_int(vm, "minutes_there", (s->ends_at - s->starts_at) / MINUTE_MS);
	put_works(vm, works, n);
	form = form_view_new(rq, vm, post_presentation_new, NULL);
	for (size_t i = 0; i < n; i++)
		form_view_option(form, "submission", works[i].code,
			arena_printf(rq->arena, "%s (%s)", works[i].title, works[i].presenter),
			NULL);
	return OK;
}

/* POST /:event/programme/edit/:code/presentations */
enum rc post_presentation_new(struct request *rq, struct vm *vm)
{
	const char *submission = form_text(&rq->form, "submission");

	(void)vm;
	reply_created(rq, "%s/programme/edit/%s/presentations", page_event_path(rq),
		path_param(rq, "code"));
	reply_flash(rq, "Placed");
	return page_write(rq, TX_NORMAL, item_place,
		&(struct item_place){
			.actor = rq->actor,
			.event = rq->event,
			.submission_code = submission,
			.title = form_text(&rq->form, "title"),
			.session_code = path_param(rq, "code"),
			.new_code = code_new(rq->arena),
			.minutes = form_int(&rq->form, "minutes", -1),
		});
}

/* POST /:event/programme/edit/:code/presentations/:item */
enum rc post_presentation(struct request *rq, struct vm *vm)
{
	const char *doing = rq->form.doing;

	(void)vm;
	reply_to(rq, "%s/programme/edit/%s/presentations#rows", page_event_path(rq),
		path_param(rq, "code"));
	if (text_equal(doing, "remove"))
		reply_flash(rq, "Taken out; it waits for a place again");
	return page_write(rq, TX_NORMAL, item_change,
		&(struct item_change){
			.actor = rq->actor,
			.event = rq->event,
			.session_code = path_param(rq, "code"),
			.code = path_param(rq, "item"),
			.doing = doing,
			.minutes = form_int(&rq->form, "minutes", -1),
			.rev = form_int(&rq->form, "rev", 0),
		});
}
