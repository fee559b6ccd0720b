/* Accounts, sign-in links, signed-in browsers, passwords, tokens. */
#include "domain/account.h"
#include "base/clock.h"
#include "base/hash.h"
#include "base/random.h"
#include "base/text.h"
#include "domain/draft.h"
#include "domain/person.h"
#include <string.h>

static const char *hash_of(struct arena *a, const char *token)
{
	return hash_hex(a, str_from(token));
}

enum rc signin_link_create(struct tx *tx, void *arg, struct err *err)
{
	const struct signin_link_new *n = arg;
	struct arena *a = tx_arena(tx);

	TRY(q_signin_link_insert(tx,
		&(struct q_signin_link_insert_in){
			.token_hash = hash_of(a, n->token),
			.email = n->email,
			.email_key = email_key(a, n->email),
			.next_path = n->next_path,
			.name = n->name ? n->name : "",
			.is_reusable = n->is_reusable,
			.created_at = tx_now_ms(tx),
			.expires_at = tx_now_ms(tx) + n->lifetime_s * SECOND_MS,
		},
		NULL, err));
	if (!n->is_mailed)
		return OK;
	return mail_queue(tx,
		&(struct mail){
			.template_name = "signin",
			.to_name = n->name,
			.to_email = n->email,
			.values = (struct mail_value[]){{"link", n->url}},
			.n_values = 1,
		},
		err);
}

/* One answer for used, expired and unknown links: nobody learns which. */
static enum rc link_is_gone(struct err *err)
{
	return err_set(err, GONE,
		"This sign-in link has been used or is too old. Ask for a new one below");
}

enum rc signin_link_show(struct db *db, struct arena *a, const char *token, int64_t now_ms,
	struct signin_link_shown *out, struct err *err)
{
	struct q_signin_link_get link;
	bool found;

	if (!token_is_wellformed(str_from(token)))
		return link_is_gone(err);
	TRY(q_signin_link_get(db, a,
		&(struct q_signin_link_get_in){.token_hash = hash_of(a, token)}, &link, &found,
		err));
	if (!found || link.expires_at <= now_ms || (link.used_at && !link.is_reusable))
		return link_is_gone(err);
	out->email = link.email;
	out->next_path = link.next_path;
	return OK;
}

enum rc account_ensure(struct tx *tx, const char *email, const char *name, bool is_operator,
	int64_t *account_id, struct err *err)
{
	struct arena *a = tx_arena(tx);
	const char *key = email_key(a, email);
	struct q_account_by_email known;
	bool found;

	TRY(q_account_by_email(tx_db(tx), a, &(struct q_account_by_email_in){.email_key = key},
		&known, &found, err));
	if (found) {
		*account_id = known.id;
		if (!is_operator || known.is_operator)
			return OK;
		return q_account_set_operator(tx,
			&(struct q_account_set_operator_in){.id = known.id, .is_operator = 1}, NULL,
			err);
	}
	*account_id = tx_id(tx);
	TRY(q_account_insert(tx,
		&(struct q_account_insert_in){
			.id = *account_id,
			.email = email,
			.name = name ? name : "",
			.sort_key = text_sort_key(a, name ? name : ""),
			.lang = "en",
			.is_operator = is_operator,
			.created_at = tx_now_ms(tx),
		},
		NULL, err));
	return q_account_email_insert(tx,
		&(struct q_account_email_insert_in){
			.email_key = key,
			.account_id = *account_id,
			.email = email,
			.verified_at = tx_now_ms(tx),
		},
		NULL, err);
}

/* Uses the link and finds or makes its account. */
static enum rc link_use(struct tx *tx, struct signin_new *n, struct err *err)
{
	struct arena *a = tx_arena(tx);
	const char *token_hash = hash_of(a, n->link_token);
	struct q_signin_link_get link;
	int64_t n_used;
	bool found;

	TRY(q_signin_link_use(tx,
		&(struct q_signin_link_use_in){.token_hash = token_hash, .now = tx_now_ms(tx)},
		&n_used, err));
	if (!n_used)
		return link_is_gone(err);
	TRY(q_signin_link_get(tx_db(tx), err->arena,
		&(struct q_signin_link_get_in){.token_hash = token_hash}, &link, &found, err));
	n->email_key = link.email_key;
	n->next_path = link.next_path;
	return account_ensure(tx, link.email, link.name, false, &n->account_id, err);
}

enum rc signin_create(struct tx *tx, void *arg, struct err *err)
{
	struct signin_new *n = arg;
	struct arena *a = tx_arena(tx);
	struct q_account_by_id account;

	n->email_key = "";
	if (n->link_token)
		TRY(link_use(tx, n, err));
	TRY(q_account_by_id(tx_db(tx), a, &(struct q_account_by_id_in){.id = n->account_id},
		&account, err));
	if (account.disabled_at)
		return err_set(err, FORBIDDEN,
			"This account is closed. Write to the organisers if that is a mistake");
	return q_signin_insert(tx,
		&(struct q_signin_insert_in){
			.token_hash = hash_of(a, n->session_token),
			.account_id = n->account_id,
			.code = code_new(a),
			.browser = n->browser ? n->browser : "",
			.created_at = tx_now_ms(tx),
			.last_seen_at = tx_now_ms(tx),
			.expires_at = tx_now_ms(tx) + SIGNIN_IDLE_S * SECOND_MS,
		},
		NULL, err);
}

enum rc account_claim_events(struct store *store, struct arena *a, int64_t account_id,
	const char *key, struct err *err)
{
	struct q_person_emails_of *people;
	struct q_draft_claims_of_email *drafts;
	size_t n_people, n_drafts;
	struct db *db;
	enum rc rc;

	TRY(db_acquire(store, &db, err));
	rc = q_person_emails_of(db, a, &(struct q_person_emails_of_in){.email_key = key}, &people,
		&n_people, err);
	if (rc == OK)
		rc = q_draft_claims_of_email(db, a,
			&(struct q_draft_claims_of_email_in){.email_key = key}, &drafts, &n_drafts,
			err);
	db_release(db);
	for (size_t i = 0; rc == OK && i < n_people; i++)
		rc = tx_run(store, TX_NORMAL, people[i].event_id, person_link,
			&(struct person_link){account_id, people[i].person_id}, err);
	for (size_t i = 0; rc == OK && i < n_drafts; i++)
		rc = tx_run(store, TX_NORMAL, drafts[i].event_id, draft_claim,
			&(struct draft_claim){account_id, drafts[i].submission_id}, err);
	return rc;
}

enum rc account_change(struct tx *tx, void *arg, struct err *err)
{
	const struct account_change *c = arg;
	int64_t n;

	TRY(q_account_update(tx,
		&(struct q_account_update_in){
			.id = c->account_id,
			.rev = c->rev,
			.name = c->name,
			.sort_key = text_sort_key(tx_arena(tx), c->name),
			.lang = c->lang,
		},
		&n, err));
	return n ? OK : err_set(err, CONFLICT,
				"Your account was changed in another window. Compare and save again");
}

enum rc password_change(struct tx *tx, void *arg, struct err *err)
{
	const struct password_change *c = arg;

	TRY(q_account_set_password(tx,
		&(struct q_account_set_password_in){
			.id = c->account_id, .password_hash = c->hash},
		NULL, err));
	return q_signin_delete_others(tx,
		&(struct q_signin_delete_others_in){
			.account_id = c->account_id, .token_hash = c->keep_token_hash},
		NULL, err);
}

/* The start of everybody's list; longer than ten characters once repeated or counted up. */
static const char *const tried_words[] = {"password", "passwort", "qwertyui", "12345678",
	"11111111", "iloveyou", "letmein", "welcome", "symposi", "empathy", "conference"};

enum rc password_check_new(const char *password, const char *email, struct err *err)
{
	struct arena *a = err->arena;
	int n = text_count_characters(password);
	struct str local = str_from(email);
	const char *fold = text_fold(a, password);

	if (n < 10)
		return err_field(err, "password", "Use at least 10 characters");
	if (n > 200)
		return err_field(err, "password", "Use at most 200 characters");
	local = str_cut(&local, '@');
	if (local.n >= 4 && strstr(fold, text_fold(a, str_dup(a, local))))
		return err_field(err, "password", "Choose one without your e-mail name in it");
	for (size_t i = 0; i < sizeof(tried_words) / sizeof(tried_words[0]); i++)
		if (strstr(fold, tried_words[i]) && n < 16)
			return err_field(err, "password",
				"This is among the first that people try; choose another");
	return OK;
}

enum rc access_token_create(struct tx *tx, void *arg, struct err *err)
{
	const struct access_token_new *n = arg;

	return q_access_token_insert(tx,
		&(struct q_access_token_insert_in){
			.token_hash = hash_of(tx_arena(tx), n->token),
			.account_id = n->account_id,
			.code = n->code,
			.name = n->name,
			.created_at = tx_now_ms(tx),
			.expires_at = tx_now_ms(tx) + n->lifetime_s * SECOND_MS,
		},
		NULL, err);
}
