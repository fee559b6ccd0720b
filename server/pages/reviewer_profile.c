/* What a reviewer can review: their themes, and their own words. */
#include "pages/bid.h"
#include "pages/handlers.h"

static enum rc put_own_themes(struct request *rq, struct vm *vm, struct form_view *form)
{
	struct vm_list *list = vm_list(vm, "themes");
	struct q_reviewer_themes_own *own;
	size_t n;

	TRY(q_reviewer_themes_own(rq->db, rq->arena,
		&(struct q_reviewer_themes_own_in){
			.event_id = page_event_id(rq), .person_id = rq->actor->person_id},
		&own, &n, &rq->err));
	for (size_t i = 0; i < n; i++) {
		struct vm *theme = vm_item(list);
		vm_text(theme, "code", own[i].code);
		vm_text(theme, "name", own[i].title);
		form_view_list(form, "theme", own[i].code);
	}
	return OK;
}

/* GET /:event/reviews/profile */
enum rc get_reviewer_profile(struct request *rq, struct vm *vm)
{
	struct form_view *form = form_view_new(rq, vm, post_reviewer_profile,
		arena_printf(rq->arena, "%s/reviews/profile", page_event_path(rq)));
	struct q_reviewer_profile_get row;
	struct call call;
	bool found;

	TRY(call_load(rq->db, rq->arena, page_event_id(rq), &call, &rq->err));
	TRY(q_reviewer_profile_get(rq->db, rq->arena,
		&(struct q_reviewer_profile_get_in){
			.event_id = page_event_id(rq), .person_id = rq->actor->person_id},
		&row, &found, &rq->err));
	vm_text(vm, "can_review", found ? row.can_review : "");
	vm_time(vm, "saved_at", found ? row.saved_at : 0);
	form_view_text(form, "can_review", found ? row.can_review : "");
	TRY(put_own_themes(rq, vm, form));
	for (size_t i = 0; i < call.n_themes; i++) {
		struct vm *option = form_view_option(
			form, "theme", call.themes[i].code, call.themes[i].title, NULL);
		vm_page_text(option, "letter", call.themes[i].letter);
		vm_page_int(option, "hue", call.themes[i].hue);
	}
	vm_page_bool(vm, "has_themes", call.n_themes > 0);
	put_bidding(rq, vm, &call);
	return OK;
}

/* POST /:event/reviews/profile */
enum rc post_reviewer_profile(struct request *rq, struct vm *vm)
{
	struct call call;
	size_t n;
	const char *const *themes = form_list(&rq->form, "theme", &n);

	(void)vm;
	TRY(call_load(rq->db, rq->arena, page_event_id(rq), &call, &rq->err));
	if (call_is_bidding(call.row.bids_open_at, call.row.bids_close_at, rq->now_ms))
		reply_to(rq, "%s/reviews/bids", page_event_path(rq));
	else
		reply_to(rq, "%s/reviews", page_event_path(rq));
	reply_flash(rq, "Thank you. The chairs know now what you can review");
	return page_write(rq, TX_NORMAL, reviewer_profile_save,
		&(struct reviewer_profile_save){
			.actor = rq->actor,
			.call = &call,
			.can_review = form_text(&rq->form, "can_review"),
			.theme_codes = themes,
			.n_themes = n,
		});
}
