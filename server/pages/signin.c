/* Signing in by a mailed link or a password, and signing out. */
#include <string.h>
#include "base/hash.h"
#include "base/random.h"
#include "base/text.h"
#include "domain/account.h"
#include "http/limit.h"
#include "pages/handlers.h"

enum { LINKS_PER_MINUTE = 6, LINKS_BURST = 10 };

/* Where to go afterwards: an own path or "/". */
static const char *next_path(const char *typed)
{
	return is_own_path(typed) ? typed : "/";
}

/* GET /signin: one field. */
enum rc get_signin(struct request *rq, struct vm *vm)
{
	struct form_view *form = form_view_new(rq, vm, post_signin, "/signin");

	form_view_text(form, "next",
		rq->is_shown_again ? "/" : next_path(form_text(&rq->form, "next")));
	vm_page_int(vm, "minutes", SIGNIN_LINK_S / 60);
	return OK;
}

/* The browser in a few words, for the list on the account page: family and system only. */
static const char *browser_name(struct request *rq)
{
	static const char *const families[] = {"Firefox", "Edg", "Chrome", "Safari"};
	static const char *const systems[] = {"Android", "iPhone", "iPad", "Windows", "Mac OS",
		"Linux"};
	const char *agent = request_header(rq, "User-Agent");
	const char *family = NULL, *system = NULL;

	if (!agent)
		return "";
	for (size_t i = 0; i < 4 && !family; i++)
		if (strstr(agent, families[i]))
			family = i == 1 ? "Edge" : families[i];
	for (size_t i = 0; i < 6 && !system; i++)
		if (strstr(agent, systems[i]))
			system = systems[i];
	if (!family || !system)
		return "";
	return arena_printf(rq->arena, "%s on %s", family, system);
}

static enum rc signin_finish(struct request *rq, struct signin_new *n, const char *next)
{
	const char *token = token_new(rq->arena);

	n->session_token = token;
	n->browser = browser_name(rq);
	TRY(page_write_unkeyed(rq, signin_create, n));
	if (*n->email_key)
		TRY(account_claim_events(rq->app->store, rq->arena, n->account_id, n->email_key,
			&rq->err));
	reply_cookie(rq, "session", token, SIGNIN_IDLE_S);
	reply_to(rq, "%s", next_path(n->next_path ? n->next_path : next));
	return OK;
}

/* A wrong address and a wrong password take the same time and get the same words. */
static enum rc signin_by_password(struct request *rq, const char *email, const char *password)
{
	struct q_account_by_email account = {0};
	bool found;
	enum rc rc;

	TRY(q_account_by_email(rq->db, rq->arena,
		&(struct q_account_by_email_in){.email_key = email_key(rq->arena, email)},
		&account, &found, &rq->err));
	rc = password_verify(found ? account.password_hash : NULL, password, &rq->err);
	if (rc == FORBIDDEN) {
		err_clear(&rq->err);
		return err_field(&rq->err, "password",
			"The address or the password is not right. Leave the password empty and we "
			"send you a link");
	}
	TRY(rc);
	return signin_finish(rq, &(struct signin_new){.account_id = account.id},
		form_text(&rq->form, "next"));
}

/* POST /signin: always the same answer, whether we know the address or not. */
enum rc post_signin(struct request *rq, struct vm *vm)
{
	const char *email = form_text(&rq->form, "email");
	const char *password = form_text(&rq->form, "password");
	const char *token = token_new(rq->arena);

	(void)vm;
	if (!limit_take("signin", rq->remote_address, LINKS_PER_MINUTE, LINKS_BURST) ||
		!limit_take("signin-address", email_key(rq->arena, email), 2, 5))
		return err_set(&rq->err, TOO_MANY,
			"That was often. Wait a minute, then ask for a link again");
	if (*password)
		return signin_by_password(rq, email, password);
	struct buf sent = buf_in(rq->arena, 2000);
	buf_url(&sent, str_from(email));
	reply_to(rq, "/signin/sent?email=%s", buf_cstr(&sent));
	return page_write_in(rq, 0, signin_link_create,
		&(struct signin_link_new){
			.email = email,
			.next_path = next_path(form_text(&rq->form, "next")),
			.token = token,
			.url = page_url(rq, arena_printf(rq->arena, "/signin/%s", token)),
			.is_mailed = true,
			.lifetime_s = SIGNIN_LINK_S,
		});
}

/* GET /signin/sent: read your mail. */
enum rc get_signin_sent(struct request *rq, struct vm *vm)
{
	vm_page_text(vm, "email", form_text(&rq->form, "email"));
	vm_page_int(vm, "n", SIGNIN_LINK_S / 60);
	return OK;
}

/* GET /signin/:token: opening the link does nothing, because mail scanners open links too. */
enum rc get_signin_link(struct request *rq, struct vm *vm)
{
	struct signin_link_shown shown;

	TRY(signin_link_show(rq->db, rq->arena, path_param(rq, "token"), rq->now_ms, &shown,
		&rq->err));
	form_view_new(rq, vm, post_signin_link, rq->path);
	vm_page_text(vm, "email", shown.email);
	return OK;
}

/* POST /signin/:token: the button under it. */
enum rc post_signin_link(struct request *rq, struct vm *vm)
{
	(void)vm;
	return signin_finish(rq, &(struct signin_new){.link_token = path_param(rq, "token")}, "/");
}

static enum rc signin_end(struct tx *tx, void *arg, struct err *err)
{
	return q_signin_delete(tx, &(struct q_signin_delete_in){.token_hash = arg}, NULL, err);
}

/* POST /signout */
enum rc post_signout(struct request *rq, struct vm *vm)
{
	(void)vm;
	if (rq->is_bearer)
		return err_set(&rq->err, CONFLICT, "A program ends its access on /account/tokens");
	reply_cookie(rq, "session", "", -1);
	reply_to(rq, "/");
	return page_write_unkeyed(rq, signin_end, str_dup(rq->arena, rq->csrf_key));
}
