/* A thousand people who want the same thirty places at the same moment. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/random.h"
#include "demo/demo.h"
#include "demo/guests.h"
#include "domain/account.h"
#include "domain/registration.h"


enum { A_TRANSACTION = 100, PLACES = 30, FIRST_GUEST = 1000, LINE_BYTES = 40 };

struct rush {
	struct app *app;
	struct arena *a;
	struct event event;
	size_t n, first, end; /* the piece at hand */
	struct guest *guests;
	int64_t *account_ids;
	const char **tokens;
	const char *session_code;
};

static enum rc piece_of_accounts(struct tx *tx, void *arg, struct err *err)
{
	struct rush *r = arg;

	for (size_t i = r->first; i < r->end; i++) {
		TRY(account_ensure(
			tx, r->guests[i].email, r->guests[i].name, false, &r->account_ids[i], err));
		TRY(access_token_create(tx,
			&(struct access_token_new){
				.account_id = r->account_ids[i],
				.name = "Rehearsal",
				.token = r->tokens[i],
				.code = code_new(r->a),
				.lifetime_s = 30 * 24 * 3600,
			},
			err));
	}
	return OK;
}

static enum rc piece_of_registrations(struct tx *tx, void *arg, struct err *err)
{
	struct rush *r = arg;

	for (size_t i = r->first; i < r->end; i++) {
		struct actor actor = {
			.account_id = r->account_ids[i],
			.name = r->guests[i].name,
			.email = r->guests[i].email,
			.person_code = "",
		};
		TRY(registration_create(tx,
			&(struct registration_create){
				.actor = &actor,
				.event = &r->event,
				.text =
					{
						.ticket = "rehearsal",
						.badge_name = r->guests[i].name,
						.badge_affiliation = r->guests[i].affiliation,
						.dietary = "",
						.access_needs = "",
						.payer = {"", "", "", ""},
					},
				.links = {"", ""},
				.code = code_new(r->a),
				.purchase_code = code_new(r->a),
				.ticket_key = app_key(r->app, r->a, "ticket"),
				.now_ms = tx_now_ms(tx),
			},
			err));
	}
	return OK;
}

static enum rc in_pieces(struct rush *r, int64_t event_id, tx_fn fn, struct err *err)
{
	for (r->first = 0; r->first < r->n; r->first = r->end) {
		r->end = r->first + A_TRANSACTION < r->n ? r->first + A_TRANSACTION : r->n;
		TRY(tx_run(r->app->store, TX_NORMAL, event_id, fn, r, err));
	}
	return OK;
}

/* The ticket and the masterclass; the session lies a day after all others, so that nothing clashes.
 */
static enum rc scene_make(struct tx *tx, void *arg, struct err *err)
{
	struct rush *r = arg;
	int64_t masterclass_id = tx_id(tx);
	struct civil day;
	int64_t starts_at = 0;

	TRY(q_ticket_type_insert(tx,
		&(struct q_ticket_type_insert_in){
			.event_id = tx_event_id(tx),
			.id = tx_id(tx),
			.code = "rehearsal",
			.title = "Rehearsal of a rush",
			.description = "",
			.capacity = (int64_t)r->n,
			.position = 99,
		},
		NULL, err));
	TRY(q_masterclass_insert(tx,
		&(struct q_masterclass_insert_in){
			.event_id = tx_event_id(tx),
			.id = masterclass_id,
			.code = code_new(r->a),
			.title = "Rehearsal of a rush",
			.summary = "",
			.outcomes = "",
			.position = 99,
		},
		NULL, err));
	if (civil_parse_date(str_from(r->event.row.ends_on), &day)) {
		day.hour = 19;
		zone_instant(r->event.zone, &day, &starts_at);
	}
	return q_masterclass_session_insert(tx,
		&(struct q_masterclass_session_insert_in){
			.event_id = tx_event_id(tx),
			.id = tx_id(tx),
			.code = r->session_code,
			.title = "Rehearsal of a rush",
			.summary = "",
			.masterclass_id = masterclass_id,
			.starts_at = starts_at,
			.ends_at = starts_at + HOUR_MS,
			.capacity = PLACES,
		},
		NULL, err);
}

static enum rc tokens_write(const struct rush *r, struct err *err)
{
	const char *path = arena_printf(r->a, "%s/attendees.tokens", r->app->config->data);
	struct buf b = buf_in(r->a, (r->n + 1) * LINE_BYTES);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bool is_written;

	if (fd < 0)
		return err_set(err, INVALID, "Cannot write %s: %s", path, strerror(errno));
	buf_printf(&b, "%s\n", r->session_code);
	for (size_t i = 0; i < r->n; i++)
		buf_printf(&b, "%s\n", r->tokens[i]);
	is_written = !b.failed && write(fd, buf_cstr(&b), b.n) == (ssize_t)b.n;
	close(fd);
	return is_written ? OK : err_set(err, INVALID, "Cannot write %s", path);
}

enum rc demo_make_rush(struct app *app, struct arena *a, size_t n, struct err *err)
{
	struct rush r = {
		.app = app,
		.a = a,
		.n = n,
		.guests = ARENA_ARRAY(a, n, struct guest),
		.account_ids = ARENA_ARRAY(a, n, int64_t),
		.tokens = ARENA_ARRAY(a, n, const char *),
		.session_code = code_new(a),
	};
	struct db *db;
	enum rc rc;

	for (size_t i = 0; i < n; i++) {
		r.guests[i] = demo_guest(a, FIRST_GUEST + i);
		r.tokens[i] = token_new(a);
	}
	TRY(db_acquire(app->store, &db, err));
	rc = event_load(db, a, "empathy", &r.event, err);
	db_release(db);
	TRY(rc);
	TRY(tx_run(app->store, TX_NORMAL, r.event.row.id, scene_make, &r, err));
	TRY(in_pieces(&r, 0, piece_of_accounts, err));
	TRY(in_pieces(&r, r.event.row.id, piece_of_registrations, err));
	return tokens_write(&r, err);
}
