/*
 * The scheduler: one thread that takes a job after the other and looks for more twice a second.
 * Looking costs one statement, and none where there is no relay to send by.
 */
#include "jobs/jobs.h"

#include <pthread.h>
#include <string.h>
#include <time.h>
#include "base/clock.h"
#include "base/log.h"
#include "base/random.h"
#include "base/text.h"
#include "jobs/outbox.h"
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
	int64_t paused_until_at; /* no mail before that; 0: not paused */
	int64_t sent_elapsed_ms; /* when the relay was last spoken to */
	pthread_t thread;
	pthread_mutex_t lock; /* guards is_stopping and has_ended */
	pthread_cond_t changed;
	bool is_stopping, has_ended;
};

/* ---- waiting ---- */

static struct timespec after_ms(int64_t ms)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	t.tv_sec += (time_t)(ms / SECOND_MS);
	t.tv_nsec += (long)(ms % SECOND_MS) * 1000000L;
	if (t.tv_nsec >= 1000000000L) {
		t.tv_sec++;
		t.tv_nsec -= 1000000000L;
	}
	return t;
}

/* Waits until told to stop, or so long; true when told. */
static bool wait_to_stop(struct jobs *j, int64_t ms)
{
	struct timespec until = after_ms(ms);
	bool is_stopping;
	int timed_out = 0;

	pthread_mutex_lock(&j->lock);
	while (ms && !j->is_stopping && !timed_out)
		timed_out = pthread_cond_timedwait(&j->changed, &j->lock, &until);
	is_stopping = j->is_stopping;
	pthread_mutex_unlock(&j->lock);
	return is_stopping;
}

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

static void *run(void *arg)
{
	struct jobs *j = arg;
	struct arena *a = arena_new();
	int64_t pause_ms = 0;

	while (!wait_to_stop(j, pause_ms)) {
		bool has_worked = send_one(j, a);
		if (!has_worked)
			when_idle(j, a);
		arena_reset(a);
		pause_ms = has_worked ? 0 : POLL_MS + clock_elapsed_ms() % JITTER_MS;
	}
	arena_free(a);
	pthread_mutex_lock(&j->lock);
	j->has_ended = true;
	pthread_cond_broadcast(&j->changed);
	pthread_mutex_unlock(&j->lock);
	return NULL;
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
	smtp_free(j->outbox.smtp);
	tidy_free(j->tidy);
	pthread_cond_destroy(&j->changed);
	pthread_mutex_destroy(&j->lock);
	arena_free(j->own);
	heap_free(j);
}

static struct jobs *make(const struct jobs_options *o)
{
	struct jobs *j = heap_alloc(sizeof(*j));
	pthread_condattr_t monotonic;

	j->own = arena_new();
	j->owner = token_new(j->own);
	j->outbox.store = o->store;
	j->outbox.templates = o->templates;
	j->tidy = tidy_new(o->store, j->owner, arena_strdup(j->own, o->base_url));
	pthread_mutex_init(&j->lock, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&j->changed, &monotonic);
	pthread_condattr_destroy(&monotonic);
	return j;
}

enum rc jobs_new(const struct jobs_options *options, struct jobs **out, struct err *err)
{
	struct jobs *j = make(options);
	enum rc rc = name_sender(j, options, err);

	if (rc == OK)
		rc = open_relay(j, options, err);
	if (rc == OK && pthread_create(&j->thread, NULL, run, j) != 0)
		rc = err_set(err, INTERNAL, "No thread can be started for sending mail");
	if (rc != OK) {
		close_all(j);
		return rc;
	}
	*out = j;
	return OK;
}

bool jobs_has_relay(const struct jobs *j)
{
	return j->outbox.smtp != NULL;
}

void jobs_free(struct jobs *j)
{
	struct timespec until = after_ms(STOP_S * SECOND_MS);
	int timed_out = 0;

	if (!j)
		return;
	pthread_mutex_lock(&j->lock);
	j->is_stopping = true;
	pthread_cond_broadcast(&j->changed);
	while (!j->has_ended && !timed_out)
		timed_out = pthread_cond_timedwait(&j->changed, &j->lock, &until);
	pthread_mutex_unlock(&j->lock);
	if (timed_out && j->outbox.smtp)
		smtp_cancel(j->outbox.smtp);
	pthread_join(j->thread, NULL);
	close_all(j);
}
