/* Registration and purchase in the view model, for the person and for the organisers alike. */
#include "base/random.h"
#include "base/text.h"
#include "domain/event.h"
#include "domain/ticket_type.h"
#include "pages/registration.h"
#include "pdf/print.h"

int64_t purchase_due(const char *state, int64_t total, int64_t paid)
{
	return text_equal(state, "cancelled") ? -paid : total - paid;
}

void put_money_state(
	struct vm *vm, const char *state, int64_t total, int64_t paid, const char *currency)
{
	int64_t due = purchase_due(state, total, paid);

	vm_enum(vm, "state", "purchase", state);
	vm_money(vm, "total", total, currency);
	vm_money(vm, "paid", paid, currency);
	vm_money(vm, "due", due, currency);
	vm_page_bool(vm, "is_owed", due > 0);
	vm_page_bool(vm, "is_refund", due < 0);
	vm_page_bool(vm, "is_settled", due == 0 && !text_equal(state, "cancelled"));
	vm_page_bool(vm, "has_cost", total > 0 || paid > 0);
	vm_page_text(vm, "refund_text",
		i18n_money(vm_arena(vm), vm_format_of(vm)->lang, due < 0 ? -due : 0, currency));
}

static enum rc put_lines(
	struct request *rq, struct vm *vm, const struct q_registration_by_code *row)
{
	struct vm_list *list = vm_list(vm, "lines");
	struct q_lines_of_purchase *lines;
	size_t n;

	TRY(q_lines_of_purchase(rq->db, rq->arena,
		&(struct q_lines_of_purchase_in){
			.event_id = page_event_id(rq), .purchase_id = row->purchase_id},
		&lines, &n, &rq->err));
	for (size_t i = 0; i < n; i++) {
		struct vm *line = vm_item(list);
		vm_text(line, "title", lines[i].title);
		vm_money(line, "amount", lines[i].amount, row->currency);
	}
	return OK;
}

static enum rc put_payments(
	struct request *rq, struct vm *vm, const struct q_registration_by_code *row)
{
	struct vm_list *list = vm_list(vm, "payments");
	struct q_payments_of_purchase *payments;
	size_t n;

	TRY(q_payments_of_purchase(rq->db, rq->arena,
		&(struct q_payments_of_purchase_in){
			.event_id = page_event_id(rq), .purchase_id = row->purchase_id},
		&payments, &n, &rq->err));
	for (size_t i = 0; i < n; i++) {
		struct vm *payment = vm_item(list);
		vm_text(payment, "code", payments[i].code);
		vm_money(payment, "amount", payments[i].amount, row->currency);
		vm_page_text(payment, "subtracted_text",
			i18n_money(rq->arena, rq->lang, -payments[i].amount, row->currency));
		vm_enum(payment, "method", "payment", payments[i].method);
		vm_text(payment, "reference", payments[i].reference);
		vm_date(payment, "received_on", payments[i].received_on);
		vm_page_text(payment, "recorded_by", payments[i].recorded_by);
	}
	vm_page_bool(vm, "has_payments", n > 0);
	/* What was cancelled before it was paid has no paper. */
	vm_page_bool(vm, "has_invoice",
		print_title("invoice") && row->total > 0 &&
			(n > 0 || !text_equal(row->purchase_state, "cancelled")));
	return OK;
}

static enum rc put_purchase(
	struct request *rq, struct vm *parent, const struct q_registration_by_code *row)
{
	struct vm *vm = vm_object(parent, "purchase");

	vm_text(vm, "code", row->purchase_code);
	vm_int(vm, "rev", row->purchase_rev);
	vm_text(vm, "payer_name", row->payer_name);
	vm_text(vm, "payer_email", row->payer_email);
	vm_text(vm, "payer_address", row->payer_address);
	vm_text(vm, "payer_reference", row->payer_reference);
	put_money_state(vm, row->purchase_state, row->total, row->paid, row->currency);
	TRY(put_lines(rq, vm, row));
	return put_payments(rq, vm, row);
}

enum rc put_registration(
	struct request *rq, struct vm *vm, const struct q_registration_by_code *row)
{
	vm_text(vm, "code", row->code);
	vm_enum(vm, "state", "registration", row->state);
	vm_int(vm, "rev", row->rev);
	page_person_name(vm, "name", row->name, row->name_lang);
	vm_text(vm, "badge_name", row->badge_name);
	vm_text(vm, "badge_affiliation", row->badge_affiliation);
	vm_text(vm, "ticket", row->ticket);
	vm_text(vm, "ticket_title", row->ticket_title);
	vm_time(vm, "created_at", row->created_at);
	return put_purchase(rq, vm, row);
}

enum rc find_registration(struct request *rq, const char *code, struct q_registration_by_code *out)
{
	bool found;

	TRY(q_registration_by_code(rq->db, rq->arena,
		&(struct q_registration_by_code_in){.event_id = page_event_id(rq), .code = code},
		out, &found, &rq->err));
	return found ? OK
		     : err_set(&rq->err, NOT_FOUND, "There is no registration at this address");
}

enum rc find_own_registration(struct request *rq, struct q_registration_by_code *out, bool *found)
{
	struct q_person_registration own;

	*found = false;
	if (!rq->actor->person_id)
		return OK;
	TRY(q_person_registration(rq->db, rq->arena,
		&(struct q_person_registration_in){
			.event_id = page_event_id(rq), .person_id = rq->actor->person_id},
		&own, found, &rq->err));
	return *found ? find_registration(rq, own.code, out) : OK;
}

struct searched searched_words(struct arena *a, const char *q)
{
	struct searched out;
	size_t n;
	const char *code = code_normalise(a, str_from(q));
	const char **words = text_tokens(a, code ? code : q, &n);

	for (size_t i = 0; i < sizeof out.word / sizeof out.word[0]; i++) {
		out.word[i] = i < n ? words[i] : "";
		/* No character sorts behind U+10FFFF. */
		out.end[i] = arena_printf(a, "%s\xf4\x8f\xbf\xbf", out.word[i]);
	}
	return out;
}

enum rc registration_links(struct request *rq, struct registration_links *out)
{
	struct q_letter_get letter;
	bool found;

	TRY(q_letter_get(rq->db, rq->arena,
		&(struct q_letter_get_in){.event_id = page_event_id(rq), .kind = "how_to_pay"},
		&letter, &found, &rq->err));
	out->payment_text = found ? letter.body : "";
	out->url = page_url(rq, arena_printf(rq->arena, "%s/registration", page_event_path(rq)));
	return OK;
}

enum rc registration_wanted(
	struct request *rq, const char *asked, int capability, const char **code)
{
	struct q_person_registration own;
	bool found = false;

	*code = asked;
	if (*asked && capability && policy_capability(rq->actor, rq->event, capability) == OK)
		return OK;
	if (rq->actor->person_id)
		TRY(q_person_registration(rq->db, rq->arena,
			&(struct q_person_registration_in){
				.event_id = page_event_id(rq), .person_id = rq->actor->person_id},
			&own, &found, &rq->err));
	if (!found || (*asked && !text_equal(asked, own.code)))
		return err_set(&rq->err, NOT_FOUND,
			"You are not registered for this event: register first");
	*code = own.code;
	return OK;
}

/* ---- tickets to choose from ---- */

enum { FEW_LEFT = 20 };

/* Few places hurry nobody who cannot have one. */
static void put_availability(struct vm *option, const struct q_ticket_types_of_event *type,
	enum ticket_sale sale, bool can_be_had)
{
	int64_t left = type->capacity - type->taken;

	vm_page_bool(option, "is_sold_out", sale == TICKET_SOLD_OUT);
	vm_page_bool(option, "is_few", can_be_had && sale == TICKET_ON_SALE && left <= FEW_LEFT);
	vm_page_int(option, "n", left);
	vm_time(option, "closes_at", type->closes_at);
}

void put_ticket_options(struct request *rq, struct form_view *form,
	const struct q_ticket_types_of_event *types, size_t n, bool sells_closed)
{
	for (size_t i = 0; i < n; i++) {
		enum ticket_sale sale = ticket_sale_of(&types[i], rq->now_ms);
		struct vm *option = form_view_option(
			form, "ticket", types[i].code, types[i].title, types[i].description);
		vm_page_text(option, "price_text",
			i18n_money(rq->arena, rq->lang, types[i].price, rq->event->row.currency));
		put_availability(option, &types[i], sale, true);
		vm_page_bool(option, "is_disabled",
			sale == TICKET_SOLD_OUT || (sale == TICKET_NOT_SOLD && !sells_closed));
	}
}

void put_tickets(
	struct request *rq, struct vm *vm, const struct q_ticket_types_of_event *types, size_t n)
{
	static const char *const words[] = {
		[TICKET_ON_SALE] = "on_sale",
		[TICKET_SOLD_OUT] = "sold_out",
		[TICKET_NOT_SOLD] = "not_sold",
	};
	struct vm_list *list = vm_list(vm, "tickets");

	for (size_t i = 0; i < n; i++) {
		struct vm *ticket = vm_item(list);
		enum ticket_sale sale = ticket_sale_of(&types[i], rq->now_ms);
		vm_text(ticket, "code", types[i].code);
		vm_text(ticket, "title", types[i].title);
		vm_page_text(ticket, "label", types[i].title);
		vm_text(ticket, "description", types[i].description);
		vm_page_text(ticket, "hint", types[i].description);
		vm_money(ticket, "price", types[i].price, rq->event->row.currency);
		vm_int(ticket, "left", types[i].capacity - types[i].taken);
		vm_text(ticket, "sale", words[sale]);
		put_availability(
			ticket, &types[i], sale, event_takes_registrations(rq->event, rq->now_ms));
	}
}
