/* The front page of the installation. */
#include "pages/handlers.h"

static void put_event(struct vm_list *list, const struct q_events_published *row)
{
	struct vm *vm = vm_item(list);

	vm_text(vm, "slug", row->slug);
	vm_enum(vm, "kind", "event", row->kind);
	vm_text(vm, "title", row->title);
	vm_text(vm, "city", row->city);
	vm_text(vm, "country", row->country);
	vm_dates(vm, "dates", row->starts_on, row->ends_on);
}

/* GET /: the published events, newest first, and for those signed in their own. */
enum rc get_front(struct request *rq, struct vm *vm)
{
	struct q_events_published *published;
	size_t n;
	struct vm_list *list = vm_list(vm, "events");

	TRY(q_events_published(rq->db, rq->arena, &published, &n, &rq->err));
	for (size_t i = 0; i < n; i++)
		put_event(list, &published[i]);
	vm_page_bool(vm, "has_events", n > 0);
	vm_page_bool(vm, "may_create", rq->actor->is_operator);
	if (!rq->actor->account_id)
		return OK;

	struct q_events_of_account *own;
	struct vm_list *mine = vm_list(vm, "mine");
	TRY(q_events_of_account(rq->db, rq->arena,
		&(struct q_events_of_account_in){.account_id = rq->actor->account_id}, &own, &n,
		&rq->err));
	for (size_t i = 0; i < n; i++) {
		struct vm *row = vm_item(mine);
		vm_text(row, "slug", own[i].slug);
		vm_text(row, "title", own[i].title);
		vm_bool(row, "is_published", own[i].is_published);
		vm_dates(row, "dates", own[i].starts_on, own[i].ends_on);
	}
	vm_page_bool(vm, "has_mine", n > 0);
	return OK;
}
