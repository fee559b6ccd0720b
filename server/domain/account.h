/*
 * Accounts and signing in. Proof of an address is a link by mail: GET shows a button, POST uses
 * it, once, within 30 minutes. A password is optional. Tokens are 128 bits; only hashes are stored.
 */
#ifndef DOMAIN_ACCOUNT_H
#define DOMAIN_ACCOUNT_H

#include "domain/actor.h"
#include "domain/mail.h"
#include "store/db.h"

enum {
	SIGNIN_LINK_S = 30 * 60,
	SIGNIN_IDLE_S = 14 * 24 * 3600, /* a browser that is not used for so long is signed out */
};

struct signin_link_new {
	const char *email;
	const char *name;      /* for the account it may create; "" */
	const char *next_path; /* an own path */
	const char *token;     /* made by the caller (token_new) */
	const char *url;       /* absolute, with the token: what the mail says */
	bool is_reusable;      /* demo mode */
	bool is_mailed;
	int64_t lifetime_s;
};
/* tx_fn, event 0. The answer never tells whether an account exists. */
enum rc signin_link_create(struct tx *tx, void *arg, struct err *err) NODISCARD;

struct signin_link_shown {
	const char *email;
	const char *next_path;
};
/* What the page with the button shows. GONE when used, expired or unknown: one answer for all. */
enum rc signin_link_show(struct db *db, struct arena *a, const char *token, int64_t now_ms,
	struct signin_link_shown *out, struct err *err) NODISCARD;

struct signin_new {
	const char *link_token;    /* this way, … */
	int64_t account_id;        /* … or this: a password that was right */
	const char *session_token; /* made by the caller */
	const char *browser;       /* "Firefox on Linux" */
	/* out */
	const char *email_key;     /* the address just proved; "" with a password */
	const char *next_path;
};
/*
 * tx_fn, event 0: uses the link, makes the account when there is none, proves the address, signs
 * the browser in. GONE as above. Afterwards account_claim_events must run.
 */
enum rc signin_create(struct tx *tx, void *arg, struct err *err) NODISCARD;

/*
 * Gives an account what was written under its proved address: person rows and drafts of all
 * events, one transaction each. Safe to repeat; runs after every sign-in by link.
 */
enum rc account_claim_events(struct store *store, struct arena *a, int64_t account_id,
	const char *email_key, struct err *err) NODISCARD;

/* The account for an address, made when there is none; the address counts as proved (command line,
 * demo). */
enum rc account_ensure(struct tx *tx, const char *email, const char *name, bool is_operator,
	int64_t *account_id, struct err *err) NODISCARD;

struct account_change {
	int64_t account_id, rev;
	const char *name, *lang;
};
enum rc account_change(struct tx *tx, void *arg, struct err *err) NODISCARD; /* tx_fn, event 0 */

struct password_change {
	int64_t account_id;
	const char *hash; /* NULL: back to links only */
	const char *keep_token_hash; /* this browser stays signed in, all others are signed out */
};
enum rc password_change(struct tx *tx, void *arg, struct err *err) NODISCARD; /* tx_fn, event 0 */
/* Field error `password` unless 10..200 characters and not among the words everyone tries. */
enum rc password_check_new(const char *password, const char *email, struct err *err) NODISCARD;

struct access_token_new {
	int64_t account_id;
	const char *name, *token, *code;
	int64_t lifetime_s;
};
enum rc access_token_create(struct tx *tx, void *arg, struct err *err) NODISCARD; /* tx_fn */

#endif
