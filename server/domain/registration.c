/* Registering, changing and cancelling. */
#include "domain/registration.h"
#include "base/random.h"
#include "base/text.h"
#include "domain/audit.h"
#include "domain/booking.h"
#include "domain/event.h"
#include "domain/mail.h"
#include "domain/mail_words.h"
#include "domain/person.h"
#include "domain/ticket.h"
#include "domain/wish.h"

/* One registration on its way, whoever asks for it. */
struct making {
	const struct event *event;
	const struct registration_text *text;
	const struct registration_links *links;
	const char *code, *purchase_code, *ticket_key;
	const char *name, *email; /* of the person */
	int64_t person_id, by_person_id;
	struct q_ticket_type_take type;
	int64_t id;
};

const char *needs_erase_on(struct arena *a, const struct event *event)
{
	struct civil day;

	if (!civil_parse_date(str_from(event->row.ends_on), &day))
		return event->row.ends_on;
	civil_from_days(civil_to_days(day.year, day.month, day.day) + NEEDS_KEPT_DAYS, &day.year,
		&day.month, &day.day);
	return civil_date(a, &day);
}

/* ---- its parts ---- */

/* The first statement: a place, or the reason why there is none. */
static enum rc place_take(struct tx *tx, struct making *m, int64_t now_ms, struct err *err)
{
	struct q_ticket_types_of_event *types;
	size_t n;
	bool found;

	TRY(q_ticket_type_take(tx, tx_arena(tx),
		&(struct q_ticket_type_take_in){
			.event_id = tx_event_id(tx), .code = m->text->ticket, .now = now_ms},
		&m->type, &found, err));
	if (found)
		return OK;
	TRY(q_ticket_types_of_event(tx_db(tx), tx_arena(tx),
		&(struct q_ticket_types_of_event_in){.event_id = tx_event_id(tx)}, &types, &n,
		err));
	for (size_t i = 0; i < n; i++) {
		if (!text_equal(types[i].code, m->text->ticket))
			continue;
		if (types[i].taken >= types[i].capacity)
			return err_field(err, "ticket", "“%s” is sold out; choose another ticket",
				types[i].title);
		return err_field(err, "ticket", "“%s” is no longer sold; choose another ticket",
			types[i].title);
	}
	return err_field(err, "ticket", "Choose a ticket");
}

static enum rc needs_write(struct tx *tx, const struct event *event, int64_t registration_id,
	const char *dietary, const char *access_needs, struct err *err)
{
	if (!*dietary && !*access_needs)
		return q_need_delete(tx,
			&(struct q_need_delete_in){
				.event_id = tx_event_id(tx), .registration_id = registration_id},
			NULL, err);
	return q_need_upsert(tx,
		&(struct q_need_upsert_in){
			.event_id = tx_event_id(tx),
			.registration_id = registration_id,
			.dietary = dietary,
			.access_needs = access_needs,
			.consented_at = tx_now_ms(tx),
			.erase_on = needs_erase_on(tx_arena(tx), event),
		},
		NULL, err);
}

/* The list of registrations is searched by name, badge, affiliation, address and code. */
static enum rc search_write(struct tx *tx, int64_t id, const char *text, struct err *err)
{
	size_t n;
	const char **tokens = text_tokens(tx_arena(tx), text, &n);

	TRY(q_search_tokens_delete(tx,
		&(struct q_search_tokens_delete_in){
			.event_id = tx_event_id(tx), .kind = "registration", .id = id},
		NULL, err));
	for (size_t i = 0; i < n; i++)
		TRY(q_search_token_insert(tx,
			&(struct q_search_token_insert_in){
				.event_id = tx_event_id(tx),
				.token = tokens[i],
				.kind = "registration",
				.id = id,
			},
			NULL, err));
	return OK;
}

static enum rc confirmation_queue(
	struct tx *tx, const struct making *m, const struct purchase_new *p, struct err *err)
{
	const struct q_event_by_slug *event = &m->event->row;

	if (text_is_empty(m->email))
		return OK;
	return mail_queue(tx,
		&(struct mail){
			.template_name = "registration",
			.person_id = m->person_id,
			.to_name = m->name,
			.to_email = m->email,
			.values = (struct mail_value[]){{"event", event->title},
				{"ticket", m->type.title}, {"code", m->code},
				{"badge_name", m->text->badge_name},
				{"due", p->is_paid ? ""
						   : mail_words_money(
							     tx_arena(tx), p->amount, p->currency)},
				{"reference", p->code}, {"payment_text", m->links->payment_text},
				{"link", m->links->url}},
			.n_values = 8,
		},
		err);
}

/* The row itself: new, or the cancelled one come back with a ticket of its own. */
static enum rc row_write(struct tx *tx, struct making *m,
	const struct q_registration_of_person *old, int64_t purchase_id, int64_t *n,
	struct err *err)
{
	struct arena *a = tx_arena(tx);
	int64_t serial = old ? old->ticket_serial + 1 : 1;
	const char *hash = ticket_hash(
		a, registration_ticket(a, m->ticket_key, tx_event_id(tx), m->id, serial));

	if (old)
		return q_registration_revive(tx,
			&(struct q_registration_revive_in){
				.event_id = tx_event_id(tx),
				.id = m->id,
				.code = m->code,
				.ticket_type_id = m->type.id,
				.purchase_id = purchase_id,
				.badge_name = m->text->badge_name,
				.badge_affiliation = m->text->badge_affiliation,
				.ticket_hash = hash,
				.ticket_serial = serial,
				.created_at = tx_now_ms(tx),
			},
			n, err);
	return q_registration_insert(tx,
		&(struct q_registration_insert_in){
			.event_id = tx_event_id(tx),
			.id = m->id,
			.code = m->code,
			.person_id = m->person_id,
			.ticket_type_id = m->type.id,
			.purchase_id = purchase_id,
			.badge_name = m->text->badge_name,
			.badge_affiliation = m->text->badge_affiliation,
			.ticket_hash = hash,
			.ticket_serial = serial,
			.created_at = tx_now_ms(tx),
		},
		n, err);
}

static enum rc purchase_write(
	struct tx *tx, const struct making *m, struct purchase_new *p, struct err *err)
{
	*p = (struct purchase_new){
		.code = m->purchase_code,
		.payer = m->text->payer,
		.currency = m->event->row.currency,
		.title = m->type.title,
		.amount = m->type.price,
		.registration_id = m->id,
	};
	if (payer_is_empty(&p->payer))
		p->payer = (struct payer){m->name, m->email, "", ""};
	return purchase_create(tx, p, err);
}

/* Everything after the place is taken and the person is known. *is_new false: registered already.
 */
static enum rc registration_write(struct tx *tx, struct making *m, bool *is_new, struct err *err)
{
	struct arena *a = tx_arena(tx);
	struct q_registration_of_person old;
	struct purchase_new purchase;
	bool found;
	int64_t n;

	*is_new = false;
	TRY(q_registration_of_person(tx_db(tx), a,
		&(struct q_registration_of_person_in){
			.event_id = tx_event_id(tx), .person_id = m->person_id},
		&old, &found, err));
	if (found && text_equal(old.state, "confirmed"))
		return OK;
	m->id = found ? old.id : tx_id(tx);
	TRY(purchase_write(tx, m, &purchase, err));
	TRY(row_write(tx, m, found ? &old : NULL, purchase.id, &n, err));
	if (!n)
		return OK;
	*is_new = true;
	TRY(needs_write(tx, m->event, m->id, m->text->dietary, m->text->access_needs, err));
	TRY(search_write(tx, m->id,
		arena_printf(a, "%s %s %s %s %s", m->code, m->name, m->text->badge_name,
			m->text->badge_affiliation, m->email),
		err));
	TRY(confirmation_queue(tx, m, &purchase, err));
	return audit_write(tx, m->by_person_id, "registration.create", m->code, NULL, err);
}

/* ---- the acts ---- */

static enum rc check_open(const struct event *event, int64_t now_ms, struct err *err)
{
	const struct q_event_by_slug *row = &event->row;

	if (event_takes_registrations(event, now_ms))
		return OK;
	if (!row->registration_opens_at || now_ms < row->registration_opens_at)
		return err_set(err, CONFLICT, "Registration is not open yet");
	return err_set(err, CONFLICT, "Registration is closed. Write to the organisers");
}

enum rc registration_create(struct tx *tx, void *arg, struct err *err)
{
	const struct registration_create *c = arg;
	struct making m = {
		.event = c->event,
		.text = &c->text,
		.links = &c->links,
		.code = c->code,
		.purchase_code = c->purchase_code,
		.ticket_key = c->ticket_key,
		.name = actor_is_named(c->actor) ? c->actor->name : c->text.badge_name,
		.email = c->actor->email,
	};
	bool is_new;

	TRY(check_open(c->event, c->now_ms, err));
	TRY(payer_check(&c->text.payer, err));
	TRY(place_take(tx, &m, c->now_ms, err));
	TRY(person_of_account(tx, c->actor->account_id, &m.person_id, err));
	TRY(person_name_first(tx, m.person_id, c->text.badge_name, err));
	m.by_person_id = m.person_id;
	TRY(registration_write(tx, &m, &is_new, err));
	return is_new ? OK : err_set(err, CONFLICT, "You are registered already");
}

/*
 * The person of an address: the one of the account that has proved it, else the one typed with it,
 * else a new one. Its account, if any, finds the registration without signing in anew.
 */
static enum rc person_of_address(
	struct tx *tx, const struct registration_add *c, int64_t *person_id, struct err *err)
{
	struct arena *a = tx_arena(tx);
	struct q_account_by_email account = {0};
	struct q_person_by_account linked;
	bool is_proved = false, found = false;

	if (*c->email)
		TRY(q_account_by_email(tx_db(tx), a,
			&(struct q_account_by_email_in){.email_key = email_key(a, c->email)},
			&account, &is_proved, err));
	if (is_proved)
		TRY(q_person_by_account(tx_db(tx), a,
			&(struct q_person_by_account_in){
				.event_id = tx_event_id(tx), .account_id = account.id},
			&linked, &found, err));
	if (found) {
		*person_id = linked.id;
		return OK;
	}
	TRY(person_of_email(tx,
		&(struct person_new){
			.name = c->name,
			.email = c->email,
			.affiliation = c->text.badge_affiliation,
		},
		person_id, err));
	if (!is_proved)
		return OK;
	return person_link(
		tx, &(struct person_link){.account_id = account.id, .person_id = *person_id}, err);
}

enum rc registration_add(struct tx *tx, void *arg, struct err *err)
{
	const struct registration_add *c = arg;
	struct making m = {
		.event = c->event,
		.text = &c->text,
		.links = &c->links,
		.code = c->code,
		.purchase_code = c->purchase_code,
		.ticket_key = c->ticket_key,
		.name = c->name,
		.email = c->email,
		.by_person_id = c->actor->person_id,
	};
	bool is_new;

	TRY(payer_check(&c->text.payer, err));
	TRY(place_take(tx, &m, 0, err));
	TRY(person_of_address(tx, c, &m.person_id, err));
	TRY(registration_write(tx, &m, &is_new, err));
	if (!is_new)
		return err_field(
			err, "email", "The person with this address is registered already");
	return OK;
}

enum rc registration_change(struct tx *tx, void *arg, struct err *err)
{
	const struct registration_change *c = arg;
	struct arena *a = tx_arena(tx);
	struct q_registration_by_code row;
	bool found;
	int64_t n;

	TRY(q_registration_update(tx,
		&(struct q_registration_update_in){
			.event_id = tx_event_id(tx),
			.id = c->id,
			.rev = c->rev,
			.badge_name = c->badge_name,
			.badge_affiliation = c->badge_affiliation,
		},
		&n, err));
	if (!n)
		return err_set(err, CONFLICT,
			"This registration was changed or cancelled meanwhile. Compare, then save "
			"again");
	if (c->has_needs)
		TRY(needs_write(tx, c->event, c->id, c->dietary, c->access_needs, err));
	TRY(q_registration_by_code(tx_db(tx), a,
		&(struct q_registration_by_code_in){.event_id = tx_event_id(tx), .code = c->code},
		&row, &found, err));
	TRY(search_write(tx, c->id,
		arena_printf(a, "%s %s %s %s %s", c->code, row.name, c->badge_name,
			c->badge_affiliation, row.email),
		err));
	return audit_write(tx, c->actor->person_id, "registration.change", c->code, NULL, err);
}

static enum rc cancellation_queue(
	struct tx *tx, const struct registration_cancel *c, struct err *err)
{
	if (text_is_empty(c->row->email))
		return OK;
	return mail_queue(tx,
		&(struct mail){
			.template_name = "registration_cancelled",
			.person_id = c->row->person_id,
			.to_name = c->row->name,
			.to_email = c->row->email,
			.values = (struct mail_value[]){{"event", c->event->row.title},
				{"code", c->row->code},
				{"refund", c->row->paid > 0
						   ? mail_words_money(tx_arena(tx), c->row->paid,
							     c->row->currency)
						   : ""},
				{"contact", c->event->row.contact_email}},
			.n_values = 4,
		},
		err);
}

enum rc registration_cancel(struct tx *tx, void *arg, struct err *err)
{
	const struct registration_cancel *c = arg;
	int64_t event_id = tx_event_id(tx), id = c->row->id, n;
	struct q_registration_checkin in;
	bool is_in;

	TRY(q_registration_cancel(
		tx, &(struct q_registration_cancel_in){.event_id = event_id, .id = id}, &n, err));
	if (!n)
		return err_set(err, CONFLICT, "This registration is cancelled already");
	TRY(q_registration_checkin(tx_db(tx), tx_arena(tx),
		&(struct q_registration_checkin_in){.event_id = event_id, .registration_id = id},
		&in, &is_in, err));
	if (is_in)
		return err_set(
			err, CONFLICT, "This person has been let in, so the registration stays");
	TRY(q_ticket_type_give_back(tx,
		&(struct q_ticket_type_give_back_in){
			.event_id = event_id, .id = c->row->ticket_type_id},
		NULL, err));
	TRY(booking_release_all(tx, id,
		&(struct booking_scene){.event = c->event, .url = c->url, .now_ms = c->now_ms},
		err));
	TRY(wish_clear(tx, id, err));
	TRY(q_need_delete(tx,
		&(struct q_need_delete_in){.event_id = event_id, .registration_id = id}, NULL,
		err));
	TRY(q_purchase_cancel(tx,
		&(struct q_purchase_cancel_in){.event_id = event_id, .id = c->row->purchase_id},
		NULL, err));
	TRY(cancellation_queue(tx, c, err));
	return audit_write(tx, c->actor->person_id, "registration.cancel", c->row->code, NULL, err);
}

enum rc ticket_renew(struct tx *tx, void *arg, struct err *err)
{
	const struct ticket_renew *c = arg;
	struct arena *a = tx_arena(tx);
	int64_t serial = c->row->ticket_serial + 1, n;

	TRY(q_registration_renew_ticket(tx,
		&(struct q_registration_renew_ticket_in){
			.event_id = tx_event_id(tx),
			.id = c->row->id,
			.serial_shown = c->row->ticket_serial,
			.ticket_serial = serial,
			.ticket_hash = ticket_hash(a, registration_ticket(a, c->ticket_key,
							      tx_event_id(tx), c->row->id, serial)),
		},
		&n, err));
	if (!n)
		return err_set(err, CONFLICT, "This ticket was renewed or cancelled meanwhile");
	return audit_write(tx, c->actor->person_id, "ticket.renew", c->row->code, NULL, err);
}

enum rc registration_erase_needs(struct tx *tx, void *arg, struct err *err)
{
	int64_t n;

	TRY(q_needs_erase(tx, &(struct q_needs_erase_in){.event_id = tx_event_id(tx), .today = arg},
		&n, err));
	if (!n)
		return OK;
	return audit_write(tx, 0, "needs.erase", "",
		arena_printf(tx_arena(tx), "{\"n\":%lld}", (long long)n), err);
}
