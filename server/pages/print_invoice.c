/*
 * Invoices, and credit notes for what was paid and then cancelled. Fees are charged without tax and
 * printed so; the reference of the payment is the number.
 */
#include "base/text.h"
#include "pages/handlers.h"
#include "pages/print_kinds.h"
#include "pages/registration.h"

/* pdf/documents/invoice.schema.json */
enum {
	NAME = 120,
	LINE = 120,
	MAX_LINES = 7,
	PAYER = 160,
	REFERENCE = 60,
	DESCRIPTION = 300,
	NOTE = 4000,
};

struct billing {
	struct request *rq;
	const char *payment_text;
	struct q_invoice_purchases *purchases;
	size_t n_purchases;
	struct q_invoice_lines *lines; /* by purchase_id */
	size_t n_lines;
};

static enum rc read_billing(
	struct request *rq, const char *code, const char *state, struct billing *b)
{
	struct registration_links links;

	*b = (struct billing){.rq = rq};
	TRY(registration_links(rq, &links));
	b->payment_text = links.payment_text;
	TRY(q_invoice_purchases(rq->db, rq->arena,
		&(struct q_invoice_purchases_in){
			.event_id = page_event_id(rq), .code = code, .state = state},
		&b->purchases, &b->n_purchases, &rq->err));
	return q_invoice_lines(rq->db, rq->arena,
		&(struct q_invoice_lines_in){.event_id = page_event_id(rq), .code = code},
		&b->lines, &b->n_lines, &rq->err);
}

/* ---- who writes ---- */

static void put_text_lines(struct vm *vm, const char *key, const char *text)
{
	struct vm_list *list = NULL;
	struct str rest = str_from(text);

	while (rest.p) {
		struct str line = str_trim(str_cut(&rest, '\n'));
		const char *clean = text_clean(vm_arena(vm), line, TEXT_LINE);
		if (text_is_empty(clean) || (list && vm_count(list) == MAX_LINES))
			continue;
		if (!list)
			list = vm_list(vm, key);
		vm_item_text(list, text_excerpt(vm_arena(vm), clean, LINE));
	}
}

void print_sender(struct request *rq, struct vm *model)
{
	const struct q_event_by_slug *row = &rq->event->row;
	struct vm *vm = vm_object(model, "sender");

	print_line(vm, "name", *row->host ? row->host : row->title, NAME);
	put_text_lines(vm, "address",
		arena_printf(rq->arena, "%s\n%s\n%s", row->venue, row->city,
			*row->country || *row->city || *row->venue ? row->country : row->zone));
	put_text_lines(vm, "contact",
		arena_printf(rq->arena, "%s\n%s", row->contact_email,
			page_url(rq, page_event_path(rq))));
}

/* ---- one invoice ---- */

/* What is charged once more with another sign: -1 for a credit note. */
static void put_sums(struct vm *vm, const struct q_invoice_purchases *p, int sign, int64_t paid)
{
	struct vm_list *taxes = vm_list(vm, "taxes");
	struct vm *untaxed = vm_item(taxes);

	vm_int(untaxed, "rate", 0);
	vm_int(untaxed, "net", sign * p->total);
	vm_int(untaxed, "tax", 0);
	vm_int(vm, "net", sign * p->total);
	vm_int(vm, "tax", 0);
	vm_int(vm, "gross", sign * p->total);
	vm_int(vm, "paid", paid);
	vm_int(vm, "balance", sign * p->total - paid);
}

static void put_charges(
	const struct billing *b, struct vm *vm, const struct q_invoice_purchases *p, int sign)
{
	struct vm_list *list = vm_list(vm, "lines");

	for (size_t i = 0; i < b->n_lines; i++) {
		const struct q_invoice_lines *line = &b->lines[i];
		struct vm *row;
		if (line->purchase_id != p->id)
			continue;
		row = vm_item(list);
		print_line(row, "description", line->title, DESCRIPTION);
		print_line(row, "detail", line->name, DESCRIPTION);
		vm_int(row, "quantity", 1);
		vm_int(row, "unit_price", sign * line->amount);
		vm_int(row, "tax_rate", 0);
		vm_int(row, "amount", sign * line->amount);
	}
}

static void put_customer(struct vm *parent, const struct q_invoice_purchases *p)
{
	struct vm *vm = vm_object(parent, "customer");

	print_line(vm, "name", p->payer_name, PAYER);
	put_text_lines(vm, "lines", p->payer_address);
}

static bool is_credit_note(const struct q_invoice_purchases *p)
{
	return text_equal(p->state, "cancelled");
}

/* What was never paid needs no credit note: nothing is owed any more, and nothing goes back. */
static bool is_printed(const struct q_invoice_purchases *p)
{
	return !is_credit_note(p) || p->received >= p->total;
}

static void put_invoice(const struct billing *b, struct vm *vm, const struct q_invoice_purchases *p)
{
	const struct q_event_by_slug *event = &b->rq->event->row;
	const char *number = print_code(b->rq->arena, p->code);
	bool is_credit = is_credit_note(p);

	vm_text(vm, "kind", is_credit ? "credit-note" : "invoice");
	vm_text(vm, "number", is_credit ? arena_printf(b->rq->arena, "%s-C", number) : number);
	if (is_credit)
		vm_text(vm, "corrects", number);
	print_date(b->rq, vm, "issued_on", p->created_at);
	vm_text(vm, "supplied_on", event->starts_on);
	if (!text_equal(event->starts_on, event->ends_on))
		vm_text(vm, "supplied_until", event->ends_on);
	put_customer(vm, p);
	print_line(vm, "reference", p->payer_reference, REFERENCE);
	vm_text(vm, "currency", p->currency);
	put_charges(b, vm, p, is_credit ? -1 : 1);
	put_sums(vm, p, is_credit ? -1 : 1, is_credit ? p->refunded : p->paid);
	if (!is_credit && p->paid < p->total)
		print_block(vm, "note", b->payment_text, NOTE);
}

/* n 0: there is nothing to print. */
static enum rc model_of(const struct billing *b, struct vm **model, size_t *n)
{
	struct vm_list *list;

	TRY(print_model_marked(b->rq, model));
	print_sender(b->rq, *model);
	list = vm_list(*model, "invoices");
	for (size_t i = 0; i < b->n_purchases; i++)
		if (is_printed(&b->purchases[i]))
			put_invoice(b, vm_item(list), &b->purchases[i]);
	*n = vm_count(list);
	return OK;
}

/* ---- one's own ---- */

/* GET /:event/invoice.pdf: one's own; of any registration for those who see them all. */
enum rc get_invoice(struct request *rq, struct vm *vm)
{
	struct q_registration_by_code row;
	struct vm *model;
	struct billing b;
	const char *code;
	size_t n;
	bool found;

	(void)vm;
	TRY(registration_wanted(
		rq, form_text(&rq->form, "registration"), CAP_REGISTRATIONS, &code));
	TRY(q_registration_by_code(rq->db, rq->arena,
		&(struct q_registration_by_code_in){.event_id = page_event_id(rq), .code = code},
		&row, &found, &rq->err));
	if (!found)
		return err_set(&rq->err, NOT_FOUND, "There is no such registration");
	TRY(read_billing(rq, row.purchase_code, "", &b));
	TRY(model_of(&b, &model, &n));
	if (!n)
		return err_set(&rq->err, NOT_FOUND, "Nothing was charged, so there is no invoice");
	return print_now(rq,
		&(struct print_wish){
			.kind = "invoice",
			.model = vm_root(model),
			.file_name = print_file_name(
				rq, arena_printf(rq->arena, "invoice-%s", row.purchase_code)),
		});
}

/* ---- the print office ---- */

static const char *const states[] = {"open", "paid", "cancelled"};

enum rc fill_invoices(struct request *rq, struct form_view *form)
{
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		form_view_option(form, "state", states[i],
			i18n_word(rq->app->i18n, rq->lang, "invoices", states[i]), NULL);
	return OK;
}

/* POST /:event/print/invoices */
enum rc post_print_invoices(struct request *rq, struct vm *vm)
{
	const char *state = form_text(&rq->form, "state");
	struct vm *model;
	struct billing b;
	size_t n;

	(void)vm;
	TRY(read_billing(rq, "", state, &b));
	TRY(model_of(&b, &model, &n));
	if (!n)
		return err_field(&rq->err, "state", "There is no invoice of this kind");
	return print_ask(
		rq, &(struct print_wish){
			    .kind = "invoice",
			    .model = vm_root(model),
			    .about = print_chosen(rq,
				    *state ? i18n_word(rq->app->i18n, rq->lang, "invoices", state)
					   : NULL,
				    n, "invoice|invoices"),
			    .file_name = print_file_name(rq, "invoices"),
		    });
}
