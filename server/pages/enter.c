/* Who sends this request, in which event: the hooks that http/ calls before and after a handler. */
#include <string.h>
#include "base/clock.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/random.h"
#include "domain/account.h"
#include "domain/device.h"
#include "domain/person.h"
#include "pages/hooks.h"

enum { SEEN_EVERY_S = 300, MAX_CLAIMS = 8 };

/* A browser: the session cookie. An old or unknown one makes a stranger, not an error. */
static enum rc actor_of_cookie(struct request *rq, struct actor *actor, const char *token)
{
	const char *token_hash = hash_hex(rq->arena, str_from(token));
	struct q_signin_by_token row;
	bool found;

	if (!token_is_wellformed(str_from(token)))
		return OK;
	TRY(q_signin_by_token(rq->db, rq->arena,
		&(struct q_signin_by_token_in){.token_hash = token_hash}, &row, &found, &rq->err));
	if (!found || row.expires_at <= rq->now_ms || row.disabled_at)
		return OK;
	actor->account_id = row.account_id;
	actor->email = row.email;
	actor->name = *row.name ? row.name : row.email;
	actor->lang = row.lang;
	actor->is_operator = row.is_operator;
	rq->has_session = true;
	rq->csrf_key = str_from(token_hash);
	actor->seen_at = row.last_seen_at;
	return OK;
}

/* A program: `Authorization: Bearer`. A wrong one is an error, because nobody retries by hand. */
static enum rc actor_of_bearer(struct request *rq, struct actor *actor, struct str token)
{
	struct q_access_token_get row;
	bool found = false;

	rq->is_bearer = true;
	if (token_is_wellformed(token))
		TRY(q_access_token_get(rq->db, rq->arena,
			&(struct q_access_token_get_in){.token_hash = hash_hex(rq->arena, token)},
			&row, &found, &rq->err));
	if (!found || row.expires_at <= rq->now_ms || row.revoked_at || row.disabled_at)
		return err_set(&rq->err, FORBIDDEN,
			"This access token is unknown, revoked or expired. Make a new one on "
			"/account/tokens");
	actor->account_id = row.account_id;
	actor->email = row.email;
	actor->name = *row.name ? row.name : row.email;
	actor->lang = row.lang;
	actor->is_operator = row.is_operator;
	rq->has_session = true;
	return OK;
}

/* The texts this browser wrote before proving an address: tokens parted by dots. */
static void read_claims(struct request *rq, struct actor *actor)
{
	struct str rest = str_from(request_cookie(rq, "drafts"));
	const char **hashes = ARENA_ARRAY(rq->arena, MAX_CLAIMS, const char *);

	while (rest.p && actor->n_claims < MAX_CLAIMS) {
		struct str token = str_cut(&rest, '.');
		if (token_is_wellformed(token))
			hashes[actor->n_claims++] = hash_hex(rq->arena, token);
	}
	actor->claim_hashes = hashes;
}

static enum rc actor_find(struct request *rq, struct actor *actor)
{
	const char *authorization = request_header(rq, "Authorization");
	const char *cookie = request_cookie(rq, "session");
	struct str bearer = str_from(authorization);

	actor->name = actor->email = actor->person_code = "";
	read_claims(rq, actor);
	if (str_starts_with(bearer, STR("Bearer "))) {
		bearer.p += 7;
		bearer.n -= 7;
		return actor_of_bearer(rq, actor, str_trim(bearer));
	}
	return cookie ? actor_of_cookie(rq, actor, cookie) : OK;
}

/* The person and the roles of the account in the event of the path. */
static enum rc actor_in_event(struct request *rq, struct actor *actor)
{
	struct q_person_by_account row;
	bool found;

	if (!actor->account_id)
		return OK;
	TRY(q_person_by_account(rq->db, rq->arena,
		&(struct q_person_by_account_in){
			.event_id = page_event_id(rq), .account_id = actor->account_id},
		&row, &found, &rq->err));
	if (!found)
		return OK;
	actor->person_id = row.id;
	actor->person_code = row.code;
	actor->name = row.name;
	return person_roles(rq->db, rq->arena, page_event_id(rq), row.id, &actor->roles, &rq->err);
}

/* A phone at the door, unless somebody has signed in on it. It exists in its event only. */
static enum rc device_in_event(struct request *rq, struct actor *actor)
{
	struct q_device_by_token row;
	const char *token = actor->account_id ? NULL : request_cookie(rq, "device");
	bool found;

	TRY(device_find(
		rq->db, rq->arena, page_event_id(rq), token, rq->now_ms, &row, &found, &rq->err));
	if (!found)
		return OK;
	actor->device_id = row.id;
	actor->name = row.name;
	rq->has_session = true;
	rq->csrf_key = str_from(hash_hex(rq->arena, str_from(token)));
	return OK;
}

static enum rc touch(struct tx *tx, void *arg, struct err *err)
{
	struct q_signin_touch_in *in = arg;

	in->last_seen_at = tx_now_ms(tx);
	in->expires_at = tx_now_ms(tx) + SIGNIN_IDLE_S * SECOND_MS;
	return q_signin_touch(tx, in, NULL, err);
}

/* Pushes the end of the signin out, at most every five minutes. Failing to is not the reader's
 * concern: the next request tries again. */
static void keep_signin(struct request *rq)
{
	struct err ignored = err_in(rq->arena);
	struct q_signin_touch_in in = {.token_hash = str_dup(rq->arena, rq->csrf_key)};

	if (!rq->actor->seen_at || rq->actor->seen_at + SEEN_EVERY_S * SECOND_MS > rq->now_ms)
		return;
	db_release(rq->db);
	rq->db = NULL;
	if (tx_run(rq->app->store, TX_NORMAL, 0, touch, &in, &ignored) != OK)
		log_event(LOG_WARN, "signin-touch", "rc=%s", rc_name(ignored.rc));
}

static enum rc enter(void *context, struct request *rq)
{
	struct actor *actor = ARENA_NEW(rq->arena, struct actor);
	const char *slug =
		rq->route && strstr(rq->route->pattern, "/:event") ? path_param(rq, "event") : NULL;

	rq->app = context;
	rq->actor = actor;
	rq->reader_zone = zone_find(request_cookie(rq, "zone"));
	TRY(db_acquire(rq->app->store, &rq->db, &rq->err));
	TRY(actor_find(rq, actor));
	rq->lang = text_is_empty(actor->lang)
			   ? i18n_negotiate(rq->app->i18n, request_header(rq, "Accept-Language"))
			   : actor->lang;
	if (slug) {
		struct event *event = ARENA_NEW(rq->arena, struct event);
		TRY(event_load(rq->db, rq->arena, slug, event, &rq->err));
		rq->event = event;
		TRY(actor_in_event(rq, actor));
		TRY(device_in_event(rq, actor));
	}
	keep_signin(rq);
	return rq->db ? OK : db_acquire(rq->app->store, &rq->db, &rq->err);
}

static enum rc may(void *context, struct request *rq, int capability)
{
	enum rc rc = policy_capability(rq->actor, rq->event, capability);

	(void)context;
	if (rc == FORBIDDEN)
		return err_set(&rq->err, rc,
			rq->actor->device_id
				? "This phone is paired for the door and opens nothing else"
			: !rq->actor->account_id ? "Sign in to open this page"
			: rq->event ? "Your role in this event does not open this page"
				    : "Only those who run this installation may open this page");
	if (rc != OK)
		return err_set(&rq->err, rc, "There is nothing at this address");
	return OK;
}

static bool is_stranger(void *context, const struct request *rq)
{
	(void)context;
	return !rq->actor || (!rq->actor->account_id && !rq->actor->device_id);
}

static void leave(void *context, struct request *rq)
{
	(void)context;
	page_release(rq);
}

static struct vm_format format(void *context, const struct request *rq)
{
	const struct app *app = context;

	return (struct vm_format){
		.lang = rq->lang ? rq->lang : "en",
		.i18n = app->i18n,
		.event_zone = rq->event ? rq->event->zone : NULL,
		.reader_zone = rq->reader_zone,
		.now_ms = rq->now_ms,
	};
}

static uint64_t revision(void *context, const struct request *rq)
{
	struct app *app = context;

	return 1 + store_event_changes(app->store, rq->event ? rq->event->row.id : 0);
}

struct http_hooks page_hooks(struct app *app)
{
	return (struct http_hooks){
		.context = app,
		.enter = enter,
		.may = may,
		.is_stranger = is_stranger,
		.leave = leave,
		.frame = page_frame,
		.format = format,
		.upload_begin = page_upload_begin,
		.upload_add = page_upload_add,
		.upload_end = page_upload_end,
		.upload_abort = page_upload_abort,
		.revision = revision,
	};
}
