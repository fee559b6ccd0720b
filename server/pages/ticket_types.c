/* The organisers' page of tickets: kinds, prices, capacities, and how to pay. */
#include "domain/ticket_type.h"
#include "pages/handlers.h"
#include "pages/registration.h"

static const char *int_text(struct request *rq, int64_t n)
{
	return arena_printf(rq->arena, "%lld", (long long)n);
}

static const char *money_text(struct request *rq, int64_t minor)
{
	return arena_printf(
		rq->arena, "%lld.%02lld", (long long)(minor / 100), (long long)(minor % 100));
}

static const char *wall_text(struct request *rq, int64_t at_ms)
{
	struct civil wall;

	if (!at_ms)
		return "";
	wall = zone_civil(rq->event->zone, at_ms);
	return civil_datetime(rq->arena, &wall);
}

static void put_types_form(
	struct request *rq, struct vm *vm, const struct q_ticket_types_of_event *types, size_t n)
{
	struct form_view *form = form_view_new(rq, vm, post_ticket_types, NULL);

	for (size_t i = 0; i < n; i++) {
		size_t row = form_view_row(form, "ticket");
		form_view_row_text(form, "ticket", row, "code", types[i].code);
		form_view_row_text(form, "ticket", row, "title", types[i].title);
		form_view_row_text(form, "ticket", row, "description", types[i].description);
		form_view_row_text(form, "ticket", row, "price", money_text(rq, types[i].price));
		form_view_row_text(
			form, "ticket", row, "capacity", int_text(rq, types[i].capacity));
		form_view_row_text(
			form, "ticket", row, "closes_at", wall_text(rq, types[i].closes_at));
	}
	form_view_int(form, "rev", rq->event->row.rev);
	if (form_view_refused(rq) && form_view_refused(rq)->rc == CONFLICT)
		form_view_renew_int(form, "rev", rq->event->row.rev);
}

static enum rc put_payment_text(struct request *rq, struct vm *vm)
{
	struct form_view *form =
		form_view_named(rq, vm, "payment_text_form", post_payment_text, NULL);
	struct q_letter_get letter;
	bool found;

	TRY(q_letter_get(rq->db, rq->arena,
		&(struct q_letter_get_in){.event_id = page_event_id(rq), .kind = "how_to_pay"},
		&letter, &found, &rq->err));
	vm_text(vm, "payment_text", found ? letter.body : NULL);
	vm_int(vm, "payment_text_rev", found ? letter.rev : 0);
	form_view_text(form, "text", found ? letter.body : "");
	form_view_int(form, "rev", found ? letter.rev : 0);
	if (form_view_refused(rq) && form_view_refused(rq)->rc == CONFLICT)
		form_view_renew_int(form, "rev", found ? letter.rev : 0);
	return OK;
}

/* GET /:event/registrations/tickets */
enum rc get_ticket_types(struct request *rq, struct vm *vm)
{
	struct q_ticket_types_of_event *types;
	struct vm_list *list = vm_list(vm, "types");
	size_t n;

	TRY(q_ticket_types_of_event(rq->db, rq->arena,
		&(struct q_ticket_types_of_event_in){.event_id = page_event_id(rq)}, &types, &n,
		&rq->err));
	for (size_t i = 0; i < n; i++) {
		struct vm *type = vm_item(list);
		vm_text(type, "code", types[i].code);
		vm_text(type, "title", types[i].title);
		vm_text(type, "description", types[i].description);
		vm_money(type, "price", types[i].price, rq->event->row.currency);
		vm_int(type, "capacity", types[i].capacity);
		vm_int(type, "taken", types[i].taken);
		vm_time(type, "closes_at", types[i].closes_at);
	}
	vm_int(vm, "rev", rq->event->row.rev);
	vm_text(vm, "currency", rq->event->row.currency);
	vm_text(vm, "zone", rq->event->row.zone);
	put_types_form(rq, vm, types, n);
	return put_payment_text(rq, vm);
}

static bool is_untouched(const struct form *f, size_t i)
{
	static const char *const members[] = {
		"code", "title", "description", "price", "capacity", "closes_at"};

	for (size_t m = 0; m < sizeof(members) / sizeof(members[0]); m++)
		if (*form_row_text(f, "ticket", i, members[m]))
			return false;
	return true;
}

static size_t typed_rows(struct request *rq, struct ticket_row *rows)
{
	const struct form *f = &rq->form;
	size_t n_rows = form_n_rows(f, "ticket"), n = 0;

	for (size_t i = 0; i < n_rows; i++) {
		struct ticket_row *row = &rows[n];
		struct civil wall;
		if (is_untouched(f, i))
			continue;
		*row = (struct ticket_row){
			.code = form_row_text(f, "ticket", i, "code"),
			.title = form_row_text(f, "ticket", i, "title"),
			.description = form_row_text(f, "ticket", i, "description"),
			.price = form_row_int(f, "ticket", i, "price", 0),
			.capacity = form_row_int(f, "ticket", i, "capacity", 0),
			.number = i,
		};
		if (civil_parse_datetime(
			    str_from(form_row_text(f, "ticket", i, "closes_at")), &wall))
			zone_instant(rq->event->zone, &wall, &row->closes_at);
		n++;
	}
	return n;
}

/* POST /:event/registrations/tickets */
enum rc post_ticket_types(struct request *rq, struct vm *vm)
{
	struct ticket_row *rows = ARENA_ARRAY(rq->arena, FORM_MAX_ROWS, struct ticket_row);

	(void)vm;
	reply_to(rq, "%s/registrations/tickets", page_event_path(rq));
	reply_flash(rq, "The tickets are saved");
	return page_write(rq, TX_NORMAL, ticket_types_change,
		&(struct ticket_types_change){
			.actor = rq->actor,
			.rows = rows,
			.n_rows = typed_rows(rq, rows),
			.event_rev = form_int(&rq->form, "rev", 0),
		});
}

/* POST /:event/registrations/payment-text */
enum rc post_payment_text(struct request *rq, struct vm *vm)
{
	(void)vm;
	reply_to(rq, "%s/registrations/tickets#how-to-pay", page_event_path(rq));
	reply_flash(rq, "Saved. New registrations are told so");
	return page_write(rq, TX_NORMAL, payment_text_change,
		&(struct payment_text_change){
			.actor = rq->actor,
			.text = form_text(&rq->form, "text"),
			.rev = form_int(&rq->form, "rev", 0),
		});
}
