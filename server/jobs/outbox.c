/* Read, write the letter, send, record: the database is held in the first and the last step only.
 */
#include "jobs/outbox.h"

#include "base/clock.h"
#include "base/log.h"
#include "gen/query.h"
#include "jobs/letter.h"

enum { RECORD_TRIES = 3 };

struct delivery {
	const struct claim *claim;
	struct q_outbox_get row;
	struct q_mail_sender sender;
	struct letters letters;
	struct letter letter;
	enum rc rc;      /* OK sent, INVALID refused for good, anything else: to be tried again */
	const char *why; /* "" when it was sent */
};

/* ---- reading ---- */

static enum rc read_rows(
	struct arena *a, struct db *db, struct delivery *d, bool *found, struct err *err)
{
	int64_t event_id = d->claim->event_id;
	bool has_event;

	TRY(q_outbox_get(db, a,
		&(struct q_outbox_get_in){.event_id = event_id, .id = d->claim->ref_id}, &d->row,
		found, err));
	if (!*found || !event_id)
		return OK;
	TRY(q_mail_sender(
		db, a, &(struct q_mail_sender_in){.id = event_id}, &d->sender, &has_event, err));
	return letters_load(db, a, event_id, &d->letters, err);
}

static enum rc read_mail(
	struct arena *a, struct store *store, struct delivery *d, bool *found, struct err *err)
{
	struct db *db;
	enum rc rc;

	TRY(db_acquire(store, &db, err));
	rc = read_rows(a, db, d, found, err);
	db_release(db);
	return rc;
}

/* ---- sending ---- */

/* The words of a failure go into the row; err is for failures of ours. */
static void deliver(struct arena *a, const struct outbox *o, struct delivery *d)
{
	struct err own = err_in(a);
	const struct q_outbox_get *row = &d->row;

	d->why = "";
	d->rc = letter_write(a, o->templates, &d->letters, row->template, row->lang, row->model,
		&d->letter, &own);
	if (d->rc != OK) {
		log_event(LOG_ERROR, "letter", "code=%s template=%s reason=%s", row->code,
			log_value(a, row->template), log_value(a, own.message));
		d->rc = INTERNAL;
		d->why = "The text of this mail could not be written; the server's log says why";
		return;
	}
	d->rc = smtp_send(o->smtp,
		&(struct smtp_message){
			.from_email = o->from_email,
			.from_name =
				text_is_empty(d->sender.title) ? "Symposiarch" : d->sender.title,
			.to_email = row->to_email,
			.to_name = row->to_name,
			.reply_to_email = d->sender.contact_email,
			.subject = d->letter.subject,
			.body = d->letter.body,
			.message_id = arena_printf(a, "%s@%s", row->code, o->message_host),
			.date_ms = row->created_at,
		},
		&own);
	if (d->rc != OK)
		d->why = own.message;
}

/* ---- recording ---- */

static enum rc record_sent(struct tx *tx, const struct delivery *d, struct err *err)
{
	TRY(q_outbox_sent(tx,
		&(struct q_outbox_sent_in){
			.event_id = d->claim->event_id,
			.id = d->claim->ref_id,
			.sent_at = tx_now_ms(tx),
			.subject = d->letter.subject,
			.body = d->letter.body,
		},
		NULL, err));
	return queue_done(tx, d->claim, "", err);
}

static enum rc record_not_sent(struct tx *tx, const struct delivery *d, struct err *err)
{
	int64_t delay_ms = d->rc == INVALID ? 0 : queue_delay_ms(d->claim->attempts);
	int64_t again_at = delay_ms ? tx_now_ms(tx) + delay_ms : 0;

	TRY(q_outbox_not_sent(tx,
		&(struct q_outbox_not_sent_in){
			.event_id = d->claim->event_id,
			.id = d->claim->ref_id,
			.state = again_at ? "queued" : "failed",
			.last_error = d->why,
			.next_attempt_at = again_at,
		},
		NULL, err));
	return again_at ? queue_later(tx, d->claim, again_at, d->why, err)
			: queue_done(tx, d->claim, d->why, err);
}

static enum rc record(struct tx *tx, void *arg, struct err *err)
{
	const struct delivery *d = arg;

	return d->rc == OK ? record_sent(tx, d, err) : record_not_sent(tx, d, err);
}

/* There is no such mail, or it has gone out already: only the job is left to be closed. */
static enum rc record_nothing(struct tx *tx, void *arg, struct err *err)
{
	return queue_done(tx, arg, "", err);
}

/* A record that is lost costs the reader a second copy, so it is worth a few tries. */
static enum rc record_firmly(struct store *store, tx_fn fn, void *arg, struct err *err)
{
	enum rc rc = INTERNAL;

	for (int i = 0; i < RECORD_TRIES && rc != OK; i++) {
		err_clear(err);
		rc = tx_run(store, TX_NORMAL, 0, fn, arg, err);
	}
	return rc;
}

enum rc outbox_send(
	struct arena *a, const struct outbox *o, const struct claim *claim, struct err *err)
{
	struct delivery d = {.claim = claim};
	struct claim done = *claim;
	bool found;

	TRY(read_mail(a, o->store, &d, &found, err));
	if (!found || !text_equal(d.row.state, "queued"))
		return record_firmly(o->store, record_nothing, &done, err);
	if (claim->attempts > QUEUE_MAX_ATTEMPTS) {
		d.rc = INVALID;
		d.why = "The server stopped each time this mail was tried";
	} else {
		deliver(a, o, &d);
	}
	log_event(d.rc == OK ? LOG_INFO : LOG_WARN, "mail", "code=%s attempt=%lld result=%s",
		d.row.code, (long long)claim->attempts, rc_name(d.rc));
	return record_firmly(o->store, record, &d, err);
}
