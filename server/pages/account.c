/* One's own account: name, password, browsers that are signed in, access tokens for programs. */
#include "base/clock.h"
#include "base/hash.h"
#include "base/random.h"
#include "domain/account.h"
#include "pages/handlers.h"

static enum rc put_browsers(struct request *rq, struct vm *vm)
{
	struct q_signins_of_account *rows;
	struct vm_list *list = vm_list(vm, "browsers");
	size_t n;

	TRY(q_signins_of_account(rq->db, rq->arena,
		&(struct q_signins_of_account_in){.account_id = rq->actor->account_id}, &rows, &n,
		&rq->err));
	for (size_t i = 0; i < n; i++) {
		struct vm *row = vm_item(list);
		vm_text(row, "code", rows[i].code);
		vm_text(row, "browser", rows[i].browser);
		vm_time(row, "last_seen_at", rows[i].last_seen_at);
		vm_bool(row, "is_this", str_is(rq->csrf_key, rows[i].token_hash));
	}
	return OK;
}

static enum rc put_addresses(struct request *rq, struct vm *vm)
{
	struct q_account_emails *rows;
	struct vm_list *list = vm_list(vm, "emails");
	size_t n;

	TRY(q_account_emails(rq->db, rq->arena,
		&(struct q_account_emails_in){.account_id = rq->actor->account_id}, &rows, &n,
		&rq->err));
	for (size_t i = 0; i < n; i++) {
		struct vm *row = vm_item(list);
		vm_text(row, "email", rows[i].email);
		vm_time(row, "verified_at", rows[i].verified_at);
	}
	return OK;
}

/* GET /account */
enum rc get_account(struct request *rq, struct vm *vm)
{
	struct q_account_by_id account;
	struct form_view *form;

	TRY(q_account_by_id(rq->db, rq->arena,
		&(struct q_account_by_id_in){.id = rq->actor->account_id}, &account, &rq->err));
	vm_text(vm, "email", account.email);
	vm_text(vm, "name", account.name);
	vm_int(vm, "rev", account.rev);
	vm_bool(vm, "has_password", !text_is_empty(account.password_hash));
	form = form_view_new(rq, vm, post_account, "/account");
	form_view_text(form, "name", account.name);
	form_view_text(form, "lang", account.lang);
	form_view_int(form, "rev", account.rev);
	form_view_named(rq, vm, "password_form", post_account_password, "/account/password");
	TRY(put_addresses(rq, vm));
	return put_browsers(rq, vm);
}

/* POST /account */
enum rc post_account(struct request *rq, struct vm *vm)
{
	(void)vm;
	reply_to(rq, "/account");
	reply_flash(rq, "Saved");
	return page_write_in(rq, 0, account_change,
		&(struct account_change){
			.account_id = rq->actor->account_id,
			.rev = form_int(&rq->form, "rev", 0),
			.name = form_text(&rq->form, "name"),
			.lang = form_has(&rq->form, "lang") && *form_text(&rq->form, "lang")
					? form_text(&rq->form, "lang")
					: "en",
		});
}

/* A token that leaks must not outlive its revocation, nor turn into the account. */
static enum rc check_is_browser(struct request *rq)
{
	if (!rq->is_bearer)
		return OK;
	return err_set(&rq->err, FORBIDDEN,
		"Passwords, browsers and tokens cannot be changed with a token; sign in in a "
		"browser");
}

/* Whoever has a password must know it to change it: an open laptop is not enough. */
static enum rc check_current(struct request *rq)
{
	struct q_account_by_id account;
	enum rc rc;

	TRY(q_account_by_id(rq->db, rq->arena,
		&(struct q_account_by_id_in){.id = rq->actor->account_id}, &account, &rq->err));
	if (text_is_empty(account.password_hash))
		return OK;
	rc = password_verify(account.password_hash, form_text(&rq->form, "current"), &rq->err);
	if (rc != FORBIDDEN)
		return rc;
	err_clear(&rq->err);
	return err_field(&rq->err, "current", "This is not your current password");
}

/* POST /account/password: sets or changes it; every other browser is signed out. */
enum rc post_account_password(struct request *rq, struct vm *vm)
{
	struct password_change change = {.account_id = rq->actor->account_id,
		.keep_token_hash = str_dup(rq->arena, rq->csrf_key)};
	const char *password = form_text(&rq->form, "password");

	(void)vm;
	TRY(check_is_browser(rq));
	TRY(password_check_new(password, rq->actor->email, &rq->err));
	TRY(check_current(rq));
	TRY(password_hash(rq->arena, password, &change.hash, &rq->err));
	reply_to(rq, "/account");
	reply_flash(rq, "Your password is set. Other browsers were signed out");
	return page_write_unkeyed(rq, password_change, &change);
}

static enum rc browser_end(struct tx *tx, void *arg, struct err *err)
{
	int64_t n;

	TRY(q_signin_delete_by_code(tx, arg, &n, err));
	return n ? OK : err_set(err, NOT_FOUND, "That browser is not signed in any more");
}

/* POST /account/browsers/:code/end */
enum rc post_account_browser_end(struct request *rq, struct vm *vm)
{
	(void)vm;
	TRY(check_is_browser(rq));
	reply_to(rq, "/account");
	reply_flash(rq, "That browser is signed out");
	return page_write_unkeyed(rq, browser_end,
		&(struct q_signin_delete_by_code_in){
			.account_id = rq->actor->account_id,
			.code = path_param(rq, "code"),
		});
}

/* GET /account/tokens */
enum rc get_account_tokens(struct request *rq, struct vm *vm)
{
	struct q_access_tokens_of_account *rows;
	struct vm_list *list = vm_list(vm, "tokens");
	struct form_view *form = form_view_new(rq, vm, post_account_tokens, "/account/tokens");
	size_t n;

	form_view_int(form, "days", 90);
	TRY(q_access_tokens_of_account(rq->db, rq->arena,
		&(struct q_access_tokens_of_account_in){.account_id = rq->actor->account_id}, &rows,
		&n, &rq->err));
	for (size_t i = 0; i < n; i++) {
		struct vm *row = vm_item(list);
		vm_text(row, "code", rows[i].code);
		vm_text(row, "name", rows[i].name);
		vm_time(row, "created_at", rows[i].created_at);
		vm_time(row, "expires_at", rows[i].expires_at);
		vm_time(row, "revoked_at", rows[i].revoked_at);
	}
	vm_page_bool(vm, "has_tokens", n > 0);
	return OK;
}

/* POST /account/tokens: the token is shown in this answer and never again. */
enum rc post_account_tokens(struct request *rq, struct vm *vm)
{
	struct access_token_new new_token = {
		.account_id = rq->actor->account_id,
		.name = form_text(&rq->form, "name"),
		.token = token_new(rq->arena),
		.code = code_new(rq->arena),
		.lifetime_s = form_int(&rq->form, "days", 90) * (DAY_MS / SECOND_MS),
	};

	TRY(check_is_browser(rq));
	vm_text(vm, "token", new_token.token);
	vm_text(vm, "code", new_token.code);
	reply_template(rq, "account/token_made");
	return page_write_unkeyed(rq, access_token_create, &new_token);
}

static enum rc token_revoke(struct tx *tx, void *arg, struct err *err)
{
	struct q_access_token_revoke_in *in = arg;
	int64_t n;

	in->revoked_at = tx_now_ms(tx);
	TRY(q_access_token_revoke(tx, in, &n, err));
	return n ? OK : err_set(err, NOT_FOUND, "There is no such token, or it is revoked already");
}

/* POST /account/tokens/:code/revoke */
enum rc post_account_token_revoke(struct request *rq, struct vm *vm)
{
	(void)vm;
	TRY(check_is_browser(rq));
	reply_to(rq, "/account/tokens");
	reply_flash(rq, "The token is revoked");
	return page_write_in(rq, 0, token_revoke,
		&(struct q_access_token_revoke_in){
			.account_id = rq->actor->account_id,
			.code = path_param(rq, "code"),
		});
}
