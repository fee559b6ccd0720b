/* Registering, and one's own registration: ticket, money, badge, needs. */
#include "pages/registration.h"
#include "pdf/print.h"
#include "base/random.h"
#include "domain/booking.h"
#include "domain/event.h"
#include "domain/ticket_type.h"
#include "pages/handlers.h"

/* ---- the form ---- */

static void put_window(struct request *rq, struct vm *vm)
{
	const struct q_event_by_slug *row = &rq->event->row;
	bool is_open = event_takes_registrations(rq->event, rq->now_ms);

	vm_bool(vm, "is_open", is_open);
	vm_time(vm, "opens_at", row->registration_opens_at);
	vm_page_bool(vm, "is_early",
		!row->registration_opens_at || rq->now_ms < row->registration_opens_at);
	vm_time(vm, "closes_at", row->registration_closes_at);
	vm_page_bool(vm, "is_over", event_is_over(rq->event, rq->now_ms));
	if (is_open && row->registration_closes_at)
		vm_time(vm_page_object(vm, "deadline"), "at", row->registration_closes_at);
}

/* What we know already need not be typed again. */
static enum rc put_known(struct request *rq, struct form_view *form)
{
	struct q_person_by_id person;

	form_view_text(form, "badge_name", actor_is_named(rq->actor) ? rq->actor->name : "");
	if (!rq->actor->person_id)
		return OK;
	TRY(q_person_by_id(rq->db, rq->arena,
		&(struct q_person_by_id_in){
			.event_id = page_event_id(rq), .id = rq->actor->person_id},
		&person, &rq->err));
	form_view_text(form, "badge_affiliation", person.affiliation);
	return OK;
}

static enum rc put_new(struct request *rq, struct vm *vm)
{
	struct q_ticket_types_of_event *types;
	struct registration_links links;
	struct form_view *form;
	size_t n;

	TRY(q_ticket_types_of_event(rq->db, rq->arena,
		&(struct q_ticket_types_of_event_in){.event_id = page_event_id(rq)}, &types, &n,
		&rq->err));
	TRY(registration_links(rq, &links));
	put_window(rq, vm);
	put_tickets(rq, vm, types, n);
	vm_page_bool(vm, "has_tickets", n > 0);
	vm_text(vm, "payment_text", *links.payment_text ? links.payment_text : NULL);
	vm_date(vm, "erase_on", needs_erase_on(rq->arena, rq->event));
	vm_page_bool(vm, "is_stranger", !rq->actor->account_id);
	if (!rq->actor->account_id)
		return OK;
	form = form_view_new(rq, vm, post_registration, NULL);
	TRY(put_known(rq, form));
	put_ticket_options(rq, form, types, n, false);
	return OK;
}

/* ---- one's own ---- */

static void put_needs(struct request *rq, struct vm *vm, const struct q_need_of_registration *need)
{
	struct vm *needs = vm_object(vm, "needs");

	vm_text(needs, "dietary", need->dietary);
	vm_text(needs, "access_needs", need->access_needs);
	vm_date(needs, "erase_on", needs_erase_on(rq->arena, rq->event));
}

static void put_own_bookings(struct vm *vm, const struct engagements *e)
{
	struct vm_list *list = vm_list(vm, "bookings");

	for (size_t i = 0; i < e->n_bookings; i++) {
		const struct q_bookings_of_registration *row = &e->bookings[i];
		struct vm *booking = vm_item(list);
		vm_text(booking, "session_code", row->session_code);
		vm_text(booking, "title", row->title);
		vm_enum(booking, "state", "booking", row->state);
		vm_time(booking, "starts_at", row->starts_at);
		vm_time(booking, "ends_at", row->ends_at);
		vm_text(booking, "room", *row->room_name ? row->room_name : NULL);
		vm_time(booking, "offered_until_at", row->offered_until_at);
		if (text_equal(row->state, "waiting"))
			vm_int(booking, "place", row->n_before + 1);
	}
	vm_page_bool(vm, "has_bookings", e->n_bookings > 0);
}

static enum rc put_change_form(struct request *rq, struct vm *vm, struct vm *shown,
	const struct q_registration_by_code *row)
{
	struct form_view *form = form_view_new(rq, vm, post_registration_change, NULL);
	struct q_need_of_registration need = {.dietary = "", .access_needs = ""};
	bool has_needs;

	TRY(q_need_of_registration(rq->db, rq->arena,
		&(struct q_need_of_registration_in){
			.event_id = page_event_id(rq), .registration_id = row->id},
		&need, &has_needs, &rq->err));
	if (!has_needs)
		need.dietary = need.access_needs = "";
	put_needs(rq, shown, &need);
	form_view_text(form, "badge_name", row->badge_name);
	form_view_text(form, "badge_affiliation", row->badge_affiliation);
	form_view_text(form, "dietary", need.dietary);
	form_view_text(form, "access_needs", need.access_needs);
	form_view_int(form, "rev", row->rev);
	if (form_view_refused(rq) && form_view_refused(rq)->rc == CONFLICT)
		form_view_renew_int(form, "rev", row->rev);
	return OK;
}

static void put_payer_form(
	struct request *rq, struct vm *vm, const struct q_registration_by_code *row)
{
	struct form_view *form;

	if (!text_equal(row->purchase_state, "open"))
		return;
	form = form_view_named(rq, vm, "payer_form", post_registration_payer, NULL);
	form_view_text(form, "payer_name", row->payer_name);
	form_view_text(form, "payer_email", row->payer_email);
	form_view_text(form, "payer_address", row->payer_address);
	form_view_text(form, "payer_reference", row->payer_reference);
	form_view_int(form, "rev", row->purchase_rev);
	if (form_view_refused(rq) && form_view_refused(rq)->rc == CONFLICT)
		form_view_renew_int(form, "rev", row->purchase_rev);
}

/* There is one for who was let in, once the event is over. */
static enum rc put_certificate(
	struct request *rq, struct vm *vm, const struct q_registration_by_code *row)
{
	struct q_registration_checkin checkin;
	bool is_in = false;

	if (event_is_over(rq->event, rq->now_ms) && print_title("certificate"))
		TRY(q_registration_checkin(rq->db, rq->arena,
			&(struct q_registration_checkin_in){
				.event_id = page_event_id(rq), .registration_id = row->id},
			&checkin, &is_in, &rq->err));
	vm_page_bool(vm, "has_certificate", is_in);
	return OK;
}

static enum rc put_own(struct request *rq, struct vm *vm, const struct q_registration_by_code *row)
{
	struct vm *shown = vm_object(vm, "registration");
	struct registration_links links;
	struct engagements e;

	TRY(put_registration(rq, shown, row));
	TRY(registration_links(rq, &links));
	vm_text(shown, "payment_text", *links.payment_text ? links.payment_text : NULL);
	TRY(engagements_load(
		rq->db, rq->arena, page_event_id(rq), row->id, row->person_id, &e, &rq->err));
	put_own_bookings(shown, &e);
	vm_page_bool(shown, "may_book", booking_phase_at(rq->event, rq->now_ms) != BOOKING_CLOSED);
	vm_page_bool(shown, "may_cancel", !event_is_over(rq->event, rq->now_ms));
	TRY(put_certificate(rq, shown, row));
	put_payer_form(rq, vm, row);
	return put_change_form(rq, vm, shown, row);
}

/* GET /:event/registration: tickets for everybody, the form for who is signed in, the registration
 * for who has one. */
enum rc get_registration(struct request *rq, struct vm *vm)
{
	struct q_registration_by_code own;
	bool has_own;

	TRY(find_own_registration(rq, &own, &has_own));
	if (!has_own)
		return put_new(rq, vm);
	reply_template(rq, "registration/own");
	return put_own(rq, vm, &own);
}

/* ---- acts ---- */

static struct payer typed_payer(const struct form *f)
{
	return (struct payer){form_text(f, "payer_name"), form_text(f, "payer_email"),
		form_text(f, "payer_address"), form_text(f, "payer_reference")};
}

/* POST /:event/registration */
enum rc post_registration(struct request *rq, struct vm *vm)
{
	const struct form *f = &rq->form;
	struct registration_create c = {
		.actor = rq->actor,
		.event = rq->event,
		.text =
			{
				.ticket = form_text(f, "ticket"),
				.badge_name = form_text(f, "badge_name"),
				.badge_affiliation = form_text(f, "badge_affiliation"),
				.dietary = form_text(f, "dietary"),
				.access_needs = form_text(f, "access_needs"),
				.payer = typed_payer(f),
			},
		.code = code_new(rq->arena),
		.purchase_code = code_new(rq->arena),
		.ticket_key = app_key(rq->app, rq->arena, "ticket"),
		.now_ms = rq->now_ms,
	};

	(void)vm;
	TRY(registration_links(rq, &c.links));
	reply_created(rq, "%s/registration", page_event_path(rq));
	reply_flash(rq, "You are registered. We have written to %s", rq->actor->email);
	return page_write(rq, TX_HOT, registration_create, &c);
}

static enum rc own_registration(struct request *rq, struct q_registration_by_code *own)
{
	bool found;

	TRY(find_own_registration(rq, own, &found));
	return found ? OK : err_set(&rq->err, NOT_FOUND, "You are not registered for this event");
}

/* POST /:event/registration/change: the badge, the needs. */
enum rc post_registration_change(struct request *rq, struct vm *vm)
{
	const struct form *f = &rq->form;
	struct q_registration_by_code own;

	(void)vm;
	TRY(own_registration(rq, &own));
	reply_to(rq, "%s/registration", page_event_path(rq));
	reply_flash(rq, "Saved");
	return page_write(rq, TX_NORMAL, registration_change,
		&(struct registration_change){
			.actor = rq->actor,
			.event = rq->event,
			.id = own.id,
			.rev = form_int(f, "rev", 0),
			.code = own.code,
			.badge_name = form_text(f, "badge_name"),
			.badge_affiliation = form_text(f, "badge_affiliation"),
			.has_needs = true,
			.dietary = form_text(f, "dietary"),
			.access_needs = form_text(f, "access_needs"),
		});
}

/* POST /:event/registration/payer: somebody else pays. */
enum rc post_registration_payer(struct request *rq, struct vm *vm)
{
	struct payer payer = typed_payer(&rq->form);
	struct q_registration_by_code own;

	(void)vm;
	TRY(own_registration(rq, &own));
	if (payer_is_empty(&payer))
		payer = (struct payer){own.name, own.email, "", ""};
	reply_to(rq, "%s/registration", page_event_path(rq));
	reply_flash(rq, "Saved. Receipts go to %s", payer.email);
	return page_write(rq, TX_NORMAL, payer_change,
		&(struct payer_change){
			.actor = rq->actor,
			.purchase_id = own.purchase_id,
			.rev = form_int(&rq->form, "rev", 0),
			.purchase_code = own.purchase_code,
			.payer = payer,
		});
}

/* GET /:event/registration/cancel: what it would mean, before the button. */
enum rc get_registration_cancel(struct request *rq, struct vm *vm)
{
	struct q_registration_by_code own;
	struct engagements e;
	struct vm *shown;

	TRY(own_registration(rq, &own));
	shown = vm_object(vm, "registration");
	TRY(put_registration(rq, shown, &own));
	TRY(engagements_load(
		rq->db, rq->arena, page_event_id(rq), own.id, own.person_id, &e, &rq->err));
	put_own_bookings(shown, &e);
	form_view_new(rq, vm, post_registration_cancel, NULL);
	return OK;
}

static enum rc refuse_unregistered(struct tx *tx, void *arg, struct err *err)
{
	(void)tx;
	(void)arg;
	return err_set(err, NOT_FOUND, "You are not registered for this event");
}

/* POST /:event/registration/cancel */
enum rc post_registration_cancel(struct request *rq, struct vm *vm)
{
	struct q_registration_by_code own;
	bool found;

	(void)vm;
	TRY(find_own_registration(rq, &own, &found));
	reply_to(rq, "%s/registration", page_event_path(rq));
	reply_flash(rq, "Your registration is cancelled");
	/* The second click of two finds none any more, but the answer of the first. */
	if (!found)
		return page_write(rq, TX_NORMAL, refuse_unregistered, NULL);
	return page_write(rq, TX_HOT, registration_cancel,
		&(struct registration_cancel){
			.actor = rq->actor,
			.event = rq->event,
			.row = &own,
			.url = page_url(rq,
				arena_printf(rq->arena, "%s/masterclasses", page_event_path(rq))),
			.now_ms = rq->now_ms,
		});
}
