/*
 * The scheduler: one thread that sends a mail after the other and looks for more twice a second, one
 * that prints and one that solves. Looking costs one statement, and none where there is no relay to send by.
 */
#include "jobs/jobs.h"

#include <string.h>
#include "base/clock.h"
#include "base/log.h"
#include "base/random.h"
#include "base/text.h"
#include "jobs/loop.h"
#include "jobs/outbox.h"
#include "jobs/printing.h"
#include "jobs/solving.h"
#include "jobs/tidy.h"

enum {
	POLL_MS = 450,
	JITTER_MS = 100,    /* so that several processes do not look all at once */
	RELAY_PAUSE_S = 60, /* after the relay was no use to one mail, before the next is tried */
	SMTP_REST_S = 10,   /* an idle connection is kept for that long */
	STOP_S = 10
};

struct jobs {
	struct arena *own; /* texts that live as long as this */
	struct outbox outbox;
	const char *owner;
	struct tidy *tidy;
	struct printing *printing;
	struct solving *solving;
	int64_t paused_until_at; /* no mail before that; 0: not paused */
	int64_t sent_elapsed_ms; /* when the relay was last spoken to */
	struct loop *loop;
};

/* ---- working ---- */

static bool is_paused(const struct jobs *j)
{
	int64_t left_ms = j->paused_until_at - clock_now_ms();

	/* A clock that was set back must not make the pause longer. */
	return left_ms > 0 && left_ms <= RELAY_PAUSE_S * SECOND_MS;
}

/* Sends one mail; false when there is none to send now. */
static bool send_one(struct jobs *j, struct arena *a)
{
	struct err err = err_in(a);
	struct claim claim;
	bool found;

	if (!j->outbox.smtp || is_paused(j))
		return false;
	if (queue_claim(j->outbox.store, a, "mail", j->owner, &claim, &found, &err) != OK) {
		log_event(LOG_WARN, "queue", "rc=%s", rc_name(err.rc));
		return false;
	}
	if (!found)
		return false;
	if (outbox_send(a, &j->outbox, &claim, &err) != OK) {
		log_event(LOG_ERROR, "outbox", "rc=%s", rc_name(err.rc));
		return false;
	}
	j->sent_elapsed_ms = clock_elapsed_ms();
	j->paused_until_at =
		smtp_is_down(j->outbox.smtp) ? clock_now_ms() + RELAY_PAUSE_S * SECOND_MS : 0;
	return true;
}

static void when_idle(struct jobs *j, struct arena *a)
{
	if (j->outbox.smtp && clock_elapsed_ms() - j->sent_elapsed_ms > SMTP_REST_S * SECOND_MS)
		smtp_rest(j->outbox.smtp);
	tidy_run(j->tidy, a);
}

static int64_t work(void *context, struct loop *self, struct arena *a)
{
	struct jobs *j = context;
	bool has_worked = send_one(j, a);

	(void)self;
	if (!has_worked)
		when_idle(j, a);
	return has_worked ? 0 : POLL_MS + clock_elapsed_ms() % JITTER_MS;
}

/* ---- names ---- */

/* "https://symposium.example.org:8443/x" -> "symposium.example.org", where mail may come from; a
 * program on a machine without a name says so. */
static const char *host_of(struct arena *a, const char *base_url)
{
	const char *scheme_end = strstr(base_url, "://");
	struct str rest = str_from(scheme_end ? scheme_end + 3 : base_url);
	struct str host = str_cut(&rest, '/');

	host = str_cut(&host, ':');
	if (email_clean(a, str_from(arena_printf(a, "x@%.*s", (int)host.n, host.p))))
		return str_dup(a, host);
	return "localhost.localdomain";
}

static enum rc name_sender(struct jobs *j, const struct jobs_options *o, struct err *err)
{
	const char *host = host_of(j->own, o->base_url);
	const char *from = text_is_empty(o->mail_from)
				   ? arena_printf(j->own, "symposiarch@%s", host)
				   : o->mail_from;

	j->outbox.message_host = host;
	j->outbox.from_email = email_clean(j->own, str_from(from));
	if (!j->outbox.from_email)
		return err_set(err, INVALID, "mail_from must be an address, such as %s%s",
			"events@", host);
	return OK;
}

/* ---- life ---- */

static enum rc open_relay(struct jobs *j, const struct jobs_options *o, struct err *err)
{
	if (text_is_empty(o->smtp_url))
		return OK;
	return smtp_new(
		&(struct smtp_options){
			.url = o->smtp_url,
			.user = o->smtp_user,
			.password = o->smtp_password,
			.ca_file = o->smtp_ca,
		},
		&j->outbox.smtp, err);
}

static void close_all(struct jobs *j)
{
	solving_free(j->solving);
	printing_free(j->printing);
	loop_free(j->loop);
	smtp_free(j->outbox.smtp);
	tidy_free(j->tidy);
	arena_free(j->own);
	heap_free(j);
}

static struct jobs *make(const struct jobs_options *o)
{
	struct jobs *j = heap_alloc(sizeof(*j));

	j->own = arena_new();
	j->owner = token_new(j->own);
	j->outbox.store = o->store;
	j->outbox.templates = o->templates;
	j->tidy = tidy_new(o->store, o->prints, j->owner, arena_strdup(j->own, o->base_url));
	return j;
}

static enum rc start(struct jobs *j, const struct jobs_options *o, struct err *err)
{
	TRY(printing_new(
		&(struct printing_options){
			.store = o->store, .blobs = o->prints, .pool = o->print, .owner = j->owner},
		&j->printing, err));
	TRY(solving_new(o->store, j->owner, &j->solving, err));
	j->loop = loop_new(work, j);
	return j->loop ? OK : err_set(err, INTERNAL, "No thread can be started for sending mail");
}

enum rc jobs_new(const struct jobs_options *options, struct jobs **out, struct err *err)
{
	struct jobs *j = make(options);
	enum rc rc = name_sender(j, options, err);

	if (rc == OK)
		rc = open_relay(j, options, err);
	if (rc == OK)
		rc = start(j, options, err);
	if (rc != OK) {
		close_all(j);
		return rc;
	}
	*out = j;
	return OK;
}

void jobs_print_now(struct jobs *j)
{
	printing_wake(j->printing);
}

void jobs_solve_now(struct jobs *j)
{
	solving_wake(j->solving);
}

bool jobs_has_relay(const struct jobs *j)
{
	return j->outbox.smtp != NULL;
}

void jobs_free(struct jobs *j)
{
	if (!j)
		return;
	if (!loop_stop(j->loop, STOP_S * SECOND_MS) && j->outbox.smtp)
		smtp_cancel(j->outbox.smtp);
	close_all(j);
}
