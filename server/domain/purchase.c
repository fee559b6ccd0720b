/* Money that is owed, comes in and goes back. */
#include "domain/purchase.h"
#include <string.h>
#include "domain/audit.h"
#include "domain/mail.h"
#include "domain/mail_words.h"

bool payer_is_empty(const struct payer *p)
{
	return !*p->name && !*p->email && !*p->address && !*p->reference;
}

enum rc payer_check(const struct payer *p, struct err *err)
{
	if (payer_is_empty(p))
		return OK;
	if (!*p->name)
		err_field(err, "payer_name",
			"Give the name of the person or institution that pays, or leave all of "
			"this empty");
	if (!*p->email)
		err_field(err, "payer_email", "Give the address that receipts are sent to");
	return err->rc;
}

enum rc purchase_create(struct tx *tx, struct purchase_new *p, struct err *err)
{
	p->id = tx_id(tx);
	p->is_paid = p->amount == 0;
	TRY(q_purchase_insert(tx,
		&(struct q_purchase_insert_in){
			.event_id = tx_event_id(tx),
			.id = p->id,
			.code = p->code,
			.payer_name = p->payer.name,
			.payer_email = p->payer.email,
			.payer_address = p->payer.address,
			.payer_reference = p->payer.reference,
			.currency = p->currency,
			.total = p->amount,
			.state = p->is_paid ? "paid" : "open",
			.created_at = tx_now_ms(tx),
		},
		NULL, err));
	return q_purchase_line_insert(tx,
		&(struct q_purchase_line_insert_in){
			.event_id = tx_event_id(tx),
			.purchase_id = p->id,
			.position = 0,
			.registration_id = p->registration_id,
			.title = p->title,
			.amount = p->amount,
		},
		NULL, err);
}

enum rc payer_change(struct tx *tx, void *arg, struct err *err)
{
	const struct payer_change *c = arg;
	int64_t n;

	TRY(payer_check(&c->payer, err));
	TRY(q_purchase_set_payer(tx,
		&(struct q_purchase_set_payer_in){
			.event_id = tx_event_id(tx),
			.id = c->purchase_id,
			.rev = c->rev,
			.payer_name = c->payer.name,
			.payer_email = c->payer.email,
			.payer_address = c->payer.address,
			.payer_reference = c->payer.reference,
		},
		&n, err));
	if (!n)
		return err_set(err, CONFLICT,
			"Meanwhile this was changed elsewhere or paid. Look at it again before you "
			"save");
	return audit_write(tx, c->actor->person_id, "purchase.payer", c->purchase_code, NULL, err);
}

/* ---- payments ---- */

static bool is_method(const char *word)
{
	static const char *const methods[] = {"bank", "card", "cash", "waived", "refund"};

	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++)
		if (text_equal(methods[i], word))
			return true;
	return false;
}

static enum rc payment_check(const struct payment_add *p, struct err *err)
{
	if (!is_method(p->method))
		err_field(err, "method", "Choose how it was paid");
	if (p->amount <= 0)
		err_field(err, "amount", "Give an amount of more than nothing");
	if (strcmp(p->received_on, p->today_on) > 0)
		err_field(err, "received_on", "Give the day it came in, today at the latest");
	return err->rc;
}

static enum rc receipt_queue(struct tx *tx, const struct payment_add *p,
	const struct q_purchase_pay *purchase, struct err *err)
{
	struct arena *a = tx_arena(tx);
	bool is_paid = text_equal(purchase->state, "paid");

	if (text_is_empty(purchase->payer_email) || text_equal(p->method, "waived") ||
		text_equal(p->method, "refund"))
		return OK;
	return mail_queue(tx,
		&(struct mail){
			.template_name = "payment",
			.to_name = purchase->payer_name,
			.to_email = purchase->payer_email,
			.values = (struct mail_value[]){{"event", p->event_title},
				{"amount", mail_words_money(a, p->amount, purchase->currency)},
				{"reference", purchase->code}, {"is_paid", is_paid ? "1" : ""},
				{"due", mail_words_money(a, purchase->total - purchase->paid,
						purchase->currency)},
				{"link", p->url}},
			.n_values = 6,
		},
		err);
}

enum rc payment_add(struct tx *tx, void *arg, struct err *err)
{
	const struct payment_add *p = arg;
	struct arena *a = tx_arena(tx);
	bool is_refund = text_equal(p->method, "refund");
	int64_t amount = is_refund ? -p->amount : p->amount;
	struct q_purchase_pay purchase;
	bool found;

	TRY(payment_check(p, err));
	TRY(q_purchase_pay(tx, a,
		&(struct q_purchase_pay_in){
			.event_id = tx_event_id(tx), .id = p->purchase_id, .amount = amount},
		&purchase, &found, err));
	if (!found)
		return err_field(err, "amount", "Not more can go back than has come in");
	TRY(q_payment_insert(tx,
		&(struct q_payment_insert_in){
			.event_id = tx_event_id(tx),
			.id = tx_id(tx),
			.code = p->code,
			.purchase_id = p->purchase_id,
			.amount = amount,
			.method = p->method,
			.reference = p->reference,
			.received_on = p->received_on,
			.recorded_at = tx_now_ms(tx),
			.recorded_by_id = p->actor->person_id,
		},
		NULL, err));
	TRY(receipt_queue(tx, p, &purchase, err));
	return audit_write(tx, p->actor->person_id, is_refund ? "payment.refund" : "payment.add",
		purchase.code,
		arena_printf(
			a, "{\"amount\":%lld,\"method\":\"%s\"}", (long long)amount, p->method),
		err);
}

enum rc payment_text_change(struct tx *tx, void *arg, struct err *err)
{
	const struct payment_text_change *c = arg;
	int64_t n;

	if (c->rev)
		TRY(q_payment_text_update(tx,
			&(struct q_payment_text_update_in){
				.event_id = tx_event_id(tx), .body = c->text, .rev = c->rev},
			&n, err));
	else
		TRY(q_payment_text_insert(tx,
			&(struct q_payment_text_insert_in){
				.event_id = tx_event_id(tx), .body = c->text},
			&n, err));
	if (!n)
		return err_set(err, CONFLICT,
			"Somebody else has changed how to pay. Compare, then save again");
	return audit_write(tx, c->actor->person_id, "payment_text.change", "", NULL, err);
}
