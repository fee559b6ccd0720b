/* People: finding, making, linking, merging. */
#include "domain/person.h"
#include "base/random.h"
#include "base/text.h"
#include "domain/audit.h"

static const char *or_empty(const char *s)
{
	return s ? s : "";
}

/* The account finds the event in its list. */
static enum rc list_event(struct tx *tx, int64_t account_id, struct err *err)
{
	return q_account_event_insert(tx,
		&(struct q_account_event_insert_in){
			.account_id = account_id, .event_id = tx_event_id(tx)},
		NULL, err);
}

static enum rc give_to_account(struct tx *tx, int64_t person_id, int64_t account_id,
	struct err *err)
{
	TRY(q_person_set_account(tx,
		&(struct q_person_set_account_in){
			.event_id = tx_event_id(tx), .id = person_id, .account_id = account_id},
		NULL, err));
	return list_event(tx, account_id, err);
}

enum rc person_create(struct tx *tx, const struct person_new *p, int64_t *person_id,
	struct err *err)
{
	struct arena *a = tx_arena(tx);
	const char *email_fold = text_is_empty(p->email) ? "" : email_key(a, p->email);

	*person_id = tx_id(tx);
	TRY(q_person_insert(tx,
		&(struct q_person_insert_in){
			.event_id = tx_event_id(tx),
			.id = *person_id,
			.code = code_new(a),
			.account_id = p->account_id,
			.name = p->name,
			.sort_key = text_sort_key(a, p->name),
			.name_lang = or_empty(p->name_lang),
			.said_name = or_empty(p->said_name),
			.pronouns = or_empty(p->pronouns),
			.email = or_empty(p->email),
			.email_key = email_fold,
			.post = or_empty(p->post),
			.affiliation = or_empty(p->affiliation),
			.country = or_empty(p->country),
			.created_at = tx_now_ms(tx),
		},
		NULL, err));
	if (p->account_id)
		TRY(list_event(tx, p->account_id, err));
	if (!*email_fold)
		return OK;
	return q_person_email_insert(tx,
		&(struct q_person_email_insert_in){
			.email_key = email_fold,
			.event_id = tx_event_id(tx),
			.person_id = *person_id,
		},
		NULL, err);
}

enum rc person_of_email(struct tx *tx, const struct person_new *p, int64_t *person_id,
	struct err *err)
{
	struct arena *a = tx_arena(tx);
	struct q_persons_by_email *rows;
	size_t n = 0;

	if (!text_is_empty(p->email))
		TRY(q_persons_by_email(tx_db(tx), a,
			&(struct q_persons_by_email_in){
				.event_id = tx_event_id(tx),
				.email_key = email_key(a, p->email),
			},
			&rows, &n, err));
	if (n) {
		*person_id = rows[0].id;
		return OK;
	}
	return person_create(tx, p, person_id, err);
}

/* A row typed with one of the account's proved addresses, 0 when there is none. */
static enum rc find_typed(struct tx *tx, int64_t account_id, int64_t *person_id, struct err *err)
{
	struct arena *a = tx_arena(tx);
	struct q_account_emails *emails;
	size_t n_emails;

	*person_id = 0;
	TRY(q_account_emails(tx_db(tx), a, &(struct q_account_emails_in){.account_id = account_id},
		&emails, &n_emails, err));
	for (size_t i = 0; i < n_emails && !*person_id; i++) {
		struct q_persons_by_email *rows;
		size_t n;

		TRY(q_persons_by_email(tx_db(tx), a,
			&(struct q_persons_by_email_in){
				.event_id = tx_event_id(tx),
				.email_key = emails[i].email_key,
			},
			&rows, &n, err));
		if (n && !rows[0].account_id)
			*person_id = rows[0].id;
	}
	return OK;
}

enum rc person_of_account(struct tx *tx, int64_t account_id, int64_t *person_id, struct err *err)
{
	struct arena *a = tx_arena(tx);
	struct q_person_by_account linked;
	struct q_account_by_id account;
	bool found;

	TRY(q_person_by_account(tx_db(tx), a,
		&(struct q_person_by_account_in){
			.event_id = tx_event_id(tx), .account_id = account_id},
		&linked, &found, err));
	if (found) {
		*person_id = linked.id;
		return OK;
	}
	TRY(find_typed(tx, account_id, person_id, err));
	if (*person_id)
		return give_to_account(tx, *person_id, account_id, err);
	TRY(q_account_by_id(tx_db(tx), a, &(struct q_account_by_id_in){.id = account_id}, &account,
		err));
	return person_create(tx,
		&(struct person_new){
			.name = *account.name ? account.name : account.email,
			.email = account.email,
			.account_id = account_id,
		},
		person_id, err);
}

enum rc person_name_first(struct tx *tx, int64_t person_id, const char *name, struct err *err)
{
	return q_person_name_first(tx,
		&(struct q_person_name_first_in){
			.event_id = tx_event_id(tx),
			.id = person_id,
			.name = name,
			.sort_key = text_sort_key(tx_arena(tx), name),
		},
		NULL, err);
}

/* Everything that points to the typed row points to `to` afterwards. */
static enum rc merge(struct tx *tx, const struct q_person_by_id *typed, int64_t to,
	struct err *err)
{
	int64_t event_id = tx_event_id(tx);
	int64_t from = typed->id;

	TRY(q_author_move_person(tx,
		&(struct q_author_move_person_in){
			.event_id = event_id, .from_id = from, .person_id = to},
		NULL, err));
	TRY(q_session_person_move(tx,
		&(struct q_session_person_move_in){
			.event_id = event_id, .from_id = from, .person_id = to},
		NULL, err));
	TRY(q_conflict_move(tx,
		&(struct q_conflict_move_in){
			.event_id = event_id, .from_id = from, .person_id = to},
		NULL, err));
	TRY(q_role_move(tx,
		&(struct q_role_move_in){.event_id = event_id, .from_id = from, .person_id = to},
		NULL, err));
	TRY(q_registration_move(tx,
		&(struct q_registration_move_in){
			.event_id = event_id, .from_id = from, .person_id = to},
		NULL, err));
	TRY(q_person_retire(tx, &(struct q_person_retire_in){.event_id = event_id, .id = from}, NULL,
		err));
	TRY(q_person_email_delete(tx,
		&(struct q_person_email_delete_in){
			.event_id = event_id,
			.person_id = from,
			.email_key = email_key(tx_arena(tx), typed->email),
		},
		NULL, err));
	return audit_write(tx, to, "person.merge", typed->code, NULL, err);
}

enum rc person_link(struct tx *tx, void *arg, struct err *err)
{
	const struct person_link *link = arg;
	struct arena *a = tx_arena(tx);
	struct q_person_by_account linked;
	struct q_person_by_id typed;
	bool found;

	TRY(q_person_by_id(tx_db(tx), a,
		&(struct q_person_by_id_in){
			.event_id = tx_event_id(tx), .id = link->person_id},
		&typed, err));
	if (typed.account_id)
		return OK;
	TRY(q_person_by_account(tx_db(tx), a,
		&(struct q_person_by_account_in){
			.event_id = tx_event_id(tx), .account_id = link->account_id},
		&linked, &found, err));
	if (found)
		return merge(tx, &typed, linked.id, err);
	return give_to_account(tx, typed.id, link->account_id, err);
}

enum rc person_grant(struct tx *tx, int64_t person_id, enum role role, int64_t by_person_id,
	struct err *err)
{
	return q_role_grant_insert(tx,
		&(struct q_role_grant_insert_in){
			.event_id = tx_event_id(tx),
			.person_id = person_id,
			.role = role_word(role),
			.granted_at = tx_now_ms(tx),
			.granted_by_id = by_person_id,
		},
		NULL, err);
}

enum rc person_roles(struct db *db, struct arena *a, int64_t event_id, int64_t person_id,
	unsigned *roles, struct err *err)
{
	struct q_roles_of_person *granted;
	struct q_person_is_author author;
	struct q_person_registration registration;
	size_t n;
	bool is_registered;

	*roles = 0;
	TRY(q_roles_of_person(db, a,
		&(struct q_roles_of_person_in){.event_id = event_id, .person_id = person_id},
		&granted, &n, err));
	for (size_t i = 0; i < n; i++)
		*roles |= role_of_word(granted[i].role);
	TRY(q_person_is_author(db, a,
		&(struct q_person_is_author_in){.event_id = event_id, .person_id = person_id},
		&author, err));
	if (author.n)
		*roles |= ROLE_AUTHOR;
	TRY(q_person_registration(db, a,
		&(struct q_person_registration_in){.event_id = event_id, .person_id = person_id},
		&registration, &is_registered, err));
	if (is_registered)
		*roles |= ROLE_ATTENDEE;
	return OK;
}
