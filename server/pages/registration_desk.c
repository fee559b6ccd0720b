/* One registration as organisers and the treasurer handle it: money, badge, ticket, cancelling. */
#include "base/random.h"
#include "domain/booking.h"
#include "pages/handlers.h"
#include "pages/registration.h"

static const char *const methods[] = {"bank", "card", "cash", "waived", "refund"};

static const char *today_on(struct request *rq)
{
	struct civil today = zone_civil(rq->event->zone, rq->now_ms);

	return civil_date(rq->arena, &today);
}

static const char *path_of(struct request *rq, const char *code)
{
	return arena_printf(rq->arena, "%s/registrations/%s", page_event_path(rq), code);
}

static void put_payment_form(
	struct request *rq, struct vm *vm, const struct q_registration_by_code *row)
{
	struct form_view *form = form_view_named(rq, vm, "payment_form", post_payment, NULL);
	int64_t due = purchase_due(row->purchase_state, row->total, row->paid);

	form_view_text(form, "method", due < 0 ? "refund" : "bank");
	if (due)
		form_view_money(form, "amount", due < 0 ? -due : due);
	form_view_text(form, "received_on", today_on(rq));
	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++)
		form_view_option(form, "method", methods[i],
			i18n_word(rq->app->i18n, rq->lang, "payment", methods[i]), NULL);
}

static void put_badge_form(
	struct request *rq, struct vm *vm, const struct q_registration_by_code *row)
{
	struct form_view *form = form_view_new(rq, vm, post_registration_badge, NULL);

	form_view_text(form, "badge_name", row->badge_name);
	form_view_text(form, "badge_affiliation", row->badge_affiliation);
	form_view_int(form, "rev", row->rev);
	if (form_view_refused(rq) && form_view_refused(rq)->rc == CONFLICT)
		form_view_renew_int(form, "rev", row->rev);
}

static enum rc put_bookings(
	struct request *rq, struct vm *vm, const struct q_registration_by_code *row)
{
	struct q_bookings_of_registration *rows;
	struct vm_list *list = vm_list(vm, "bookings");
	size_t n;

	TRY(q_bookings_of_registration(rq->db, rq->arena,
		&(struct q_bookings_of_registration_in){
			.event_id = page_event_id(rq), .registration_id = row->id},
		&rows, &n, &rq->err));
	for (size_t i = 0; i < n; i++) {
		struct vm *booking = vm_item(list);
		vm_text(booking, "session_code", rows[i].session_code);
		vm_text(booking, "title", rows[i].title);
		vm_enum(booking, "state", "booking", rows[i].state);
		vm_time(booking, "starts_at", rows[i].starts_at);
	}
	vm_page_bool(vm, "has_bookings", n > 0);
	return OK;
}

/* GET /:event/registrations/:code */
enum rc get_registration_desk(struct request *rq, struct vm *vm)
{
	struct q_registration_by_code row;
	struct vm *shown;

	TRY(find_registration(rq, path_param(rq, "code"), &row));
	shown = vm_object(vm, "registration");
	TRY(put_registration(rq, shown, &row));
	vm_text(shown, "email", row.email);
	TRY(put_bookings(rq, shown, &row));
	put_badge_form(rq, vm, &row);
	put_payment_form(rq, vm, &row);
	form_view_named(rq, vm, "cancel_form", post_registration_desk_cancel, NULL);
	return OK;
}

/* POST /:event/registrations/:code: what the badge says. */
enum rc post_registration_badge(struct request *rq, struct vm *vm)
{
	const struct form *f = &rq->form;
	struct q_registration_by_code row;

	(void)vm;
	TRY(find_registration(rq, path_param(rq, "code"), &row));
	reply_to(rq, "%s", path_of(rq, row.code));
	reply_flash(rq, "Saved");
	return page_write(rq, TX_NORMAL, registration_change,
		&(struct registration_change){
			.actor = rq->actor,
			.event = rq->event,
			.id = row.id,
			.rev = form_int(f, "rev", 0),
			.code = row.code,
			.badge_name = form_text(f, "badge_name"),
			.badge_affiliation = form_text(f, "badge_affiliation"),
		});
}

/* POST /:event/registrations/:code/payments */
enum rc post_payment(struct request *rq, struct vm *vm)
{
	const struct form *f = &rq->form;
	struct q_registration_by_code row;
	struct registration_links links;

	(void)vm;
	TRY(find_registration(rq, path_param(rq, "code"), &row));
	TRY(registration_links(rq, &links));
	reply_created(rq, "%s#payments", path_of(rq, row.code));
	reply_flash(rq, "%s",
		text_equal(form_text(f, "method"), "refund") ? "The refund is recorded"
							     : "The payment is recorded");
	return page_write(rq, TX_HOT, payment_add,
		&(struct payment_add){
			.actor = rq->actor,
			.code = code_new(rq->arena),
			.purchase_id = row.purchase_id,
			.amount = form_int(f, "amount", 0),
			.method = form_text(f, "method"),
			.reference = form_text(f, "reference"),
			.received_on = form_text(f, "received_on"),
			.today_on = today_on(rq),
			.event_title = rq->event->row.title,
			.url = links.url,
		});
}

/* POST /:event/registrations/:code/ticket: a lost ticket opens no door any more. */
enum rc post_registration_ticket(struct request *rq, struct vm *vm)
{
	struct q_registration_by_code row;

	(void)vm;
	TRY(find_registration(rq, path_param(rq, "code"), &row));
	reply_to(rq, "%s", path_of(rq, row.code));
	reply_flash(rq, "The old ticket is void; print a new badge");
	return page_write(rq, TX_NORMAL, ticket_renew,
		&(struct ticket_renew){
			.actor = rq->actor,
			.row = &row,
			.ticket_key = app_key(rq->app, rq->arena, "ticket"),
		});
}

/* POST /:event/registrations/:code/cancel: nothing brings the place and the seats back, so the
 * code is typed in full. */
enum rc post_registration_desk_cancel(struct request *rq, struct vm *vm)
{
	struct q_registration_by_code row;

	(void)vm;
	TRY(find_registration(rq, path_param(rq, "code"), &row));
	if (!text_equal(form_text(&rq->form, "confirm"), row.code))
		return err_field(
			&rq->err, "confirm", "Type %s to cancel this registration", row.code);
	reply_to(rq, "%s", path_of(rq, row.code));
	reply_flash(rq, "Cancelled. The place and the seats are free for others");
	return page_write(rq, TX_HOT, registration_cancel,
		&(struct registration_cancel){
			.actor = rq->actor,
			.event = rq->event,
			.row = &row,
			.url = page_url(rq,
				arena_printf(rq->arena, "%s/masterclasses", page_event_path(rq))),
			.now_ms = rq->now_ms,
		});
}
