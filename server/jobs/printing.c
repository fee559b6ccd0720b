/* Read, print, store, record: the database is held in the first and the last step only. */
#include "jobs/printing.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "gen/query.h"
#include "jobs/loop.h"
#include "jobs/queue.h"
#include "jobs/report.h"
#include "pdf/worker.h"

enum {
	POLL_MS = 450,
	MAX_ATTEMPTS = 2,    /* a document that has killed its printer twice would do so again */
	KEEP_EVERY_S = 15,   /* the lease of a long document */
	LOOK_EVERY_MS = 900, /* for a job that was cancelled */
	SHOW_EVERY_MS = 500, /* how far it is: each time is a write */
	BUSY_PAUSE_S = 5,
};

struct printing {
	struct printing_options o;
	struct loop *loop;
};

/* One document on its way. */
struct task {
	struct printing *p;
	struct arena *arena;
	const struct claim *claim;
	struct q_print_job_get row;
	int percent;                /* as recorded */
	int64_t kept_at, looked_at; /* by clock_elapsed_ms() */
	bool is_cancelled;
	/* the outcome */
	enum rc rc;
	const char *why; /* "" when it was printed */
	const char *warnings, *sha256;
	int64_t size_bytes;
};

/* ---- how far it is ---- */

static enum rc record_progress(struct tx *tx, void *arg, struct err *err)
{
	struct task *t = arg;
	bool is_ours;
	int64_t n;

	TRY(q_print_job_progress(tx,
		&(struct q_print_job_progress_in){.event_id = t->claim->event_id,
			.id = t->claim->ref_id,
			.percent = t->percent},
		&n, err));
	TRY(queue_keep(tx, t->claim, &is_ours, err));
	t->is_cancelled = n == 0 || !is_ours;
	return OK;
}

static enum rc look(struct task *t, bool *is_running, struct err *err)
{
	struct q_print_job_get row;
	struct db *db;
	bool found;
	enum rc rc;

	TRY(db_acquire(t->p->o.store, &db, err));
	rc = q_print_job_get(db, t->arena,
		&(struct q_print_job_get_in){
			.event_id = t->claim->event_id, .id = t->claim->ref_id},
		&row, &found, err);
	db_release(db);
	*is_running = rc == OK && found && text_equal(row.state, "running");
	return rc;
}

/* A database that cannot be asked now is no reason to stop printing. */
static bool tell(void *arg, int percent)
{
	struct task *t = arg;
	struct err ignored = err_in(t->arena);
	int64_t now = clock_elapsed_ms();
	bool is_running;

	if (loop_is_stopping(t->p->loop))
		return false;
	if ((percent != t->percent && now - t->kept_at > SHOW_EVERY_MS) ||
		now - t->kept_at > KEEP_EVERY_S * SECOND_MS) {
		t->percent = percent;
		t->kept_at = t->looked_at = now;
		(void)!tx_run(t->p->o.store, TX_NORMAL, 0, record_progress, t, &ignored);
	} else if (now - t->looked_at > LOOK_EVERY_MS) {
		t->looked_at = now;
		if (look(t, &is_running, &ignored) == OK)
			t->is_cancelled = !is_running;
	}
	return !t->is_cancelled;
}

/* ---- printing ---- */

static enum rc keep_document(struct task *t, const struct buf *pdf, struct err *err)
{
	struct blob_writer *w;

	TRY(blob_begin(t->p->o.blobs, PRINT_MAX_BYTES, &w, err));
	if (blob_add(w, buf_view(pdf), err) != OK) {
		blob_abort(w);
		return err->rc;
	}
	return blob_commit(w, t->arena, &t->sha256, &t->size_bytes, err);
}

static enum rc print(struct task *t, struct err *err)
{
	struct arena *a = t->arena;
	struct print_warnings warnings = print_warnings_in(a);
	struct print_watch watch = {tell, t};
	struct buf pdf = buf_on_heap(PRINT_MAX_BYTES);
	struct str text;
	cJSON *model;

	TRY(blob_read(t->p->o.blobs, a, t->row.model_sha256, WORKER_MAX_REQUEST, &text, err));
	TRY(json_parse_up_to(a, text, WORKER_MAX_REQUEST, &model, err));
	enum rc rc =
		print_pool_run(t->p->o.pool, a, t->row.kind, model, &watch, &pdf, &warnings, err);
	if (rc == OK)
		t->warnings = report_write(a, model, &warnings);
	if (rc == OK && !t->row.is_check)
		rc = keep_document(t, &pdf, err);
	buf_free(&pdf);
	return rc;
}

/* Of what is wrong with a model, the first fault says the most. */
static const char *why_not(struct arena *a, const struct err *err)
{
	if (err->rc == NOT_FOUND)
		return "What was to be printed is kept for a week only: ask for it again";
	if (err->fields)
		return arena_printf(a, "%s: %s", err->fields->field, err->fields->message);
	return err->message ? err->message : "";
}

/* ---- recording ---- */

static enum rc record_start(struct tx *tx, void *arg, struct err *err)
{
	struct task *t = arg;
	int64_t n;

	TRY(q_print_job_start(tx,
		&(struct q_print_job_start_in){
			.event_id = t->claim->event_id, .id = t->claim->ref_id},
		&n, err));
	t->is_cancelled = n == 0;
	return n ? OK : queue_done(tx, t->claim, "", err);
}

static enum rc record_later(struct tx *tx, const struct task *t, int64_t run_at, struct err *err)
{
	TRY(q_print_job_wait(tx,
		&(struct q_print_job_wait_in){
			.event_id = t->claim->event_id, .id = t->claim->ref_id},
		NULL, err));
	return queue_later(tx, t->claim, run_at, t->why, err);
}

static enum rc record(struct tx *tx, void *arg, struct err *err)
{
	const struct task *t = arg;
	bool is_done = t->rc == OK;

	if (t->rc == GONE && !t->is_cancelled) /* the server stops */
		return record_later(tx, t, tx_now_ms(tx), err);
	if (t->claim->attempts < MAX_ATTEMPTS && (t->rc == BUSY || t->rc == INTERNAL))
		return record_later(tx, t, tx_now_ms(tx) + BUSY_PAUSE_S * SECOND_MS, err);
	TRY(q_print_job_finish(tx,
		&(struct q_print_job_finish_in){
			.event_id = t->claim->event_id,
			.id = t->claim->ref_id,
			.state = is_done ? "done" : "failed",
			.percent = is_done ? 100 : t->percent,
			.warnings = is_done ? t->warnings : "[]",
			.message = t->why,
			.sha256 = is_done ? t->sha256 : "",
			.size_bytes = is_done ? t->size_bytes : 0,
			.finished_at = tx_now_ms(tx),
		},
		NULL, err));
	return queue_done(tx, t->claim, t->why, err);
}

/* ---- the task ---- */

static enum rc read_row(struct task *t, bool *found, struct err *err)
{
	struct db *db;
	enum rc rc;

	TRY(db_acquire(t->p->o.store, &db, err));
	rc = q_print_job_get(db, t->arena,
		&(struct q_print_job_get_in){
			.event_id = t->claim->event_id, .id = t->claim->ref_id},
		&t->row, found, err);
	db_release(db);
	return rc;
}

static void print_or_say_why(struct task *t)
{
	struct err own = err_in(t->arena);
	int64_t started_at = clock_elapsed_ms();

	if (t->claim->attempts > MAX_ATTEMPTS)
		err_set(&own, CONFLICT, "The server stopped each time this was printed");
	else
		(void)!print(t, &own);
	t->rc = own.rc;
	t->why = t->rc == OK ? "" : why_not(t->arena, &own);
	log_event(t->rc == OK ? LOG_INFO : LOG_WARN, "print",
		"code=%s kind=%s attempt=%lld result=%s ms=%lld", t->row.code, t->row.kind,
		(long long)t->claim->attempts, rc_name(t->rc),
		(long long)(clock_elapsed_ms() - started_at));
}

static enum rc run_claim(
	struct printing *p, struct arena *a, const struct claim *claim, struct err *err)
{
	struct task t = {
		.p = p, .arena = a, .claim = claim, .warnings = "[]", .sha256 = "", .why = ""};
	bool found;

	TRY(read_row(&t, &found, err));
	TRY(tx_run(p->o.store, TX_NORMAL, 0, record_start, &t, err));
	if (!found || t.is_cancelled)
		return OK;
	t.kept_at = t.looked_at = clock_elapsed_ms();
	print_or_say_why(&t);
	return tx_run(p->o.store, TX_NORMAL, 0, record, &t, err);
}

static int64_t work(void *context, struct arena *a)
{
	struct printing *p = context;
	struct err err = err_in(a);
	struct claim claim;
	bool found;

	if (queue_claim(p->o.store, a, "print", p->o.owner, &claim, &found, &err) != OK) {
		log_event(LOG_WARN, "queue", "rc=%s", rc_name(err.rc));
		return POLL_MS;
	}
	if (!found)
		return POLL_MS;
	if (run_claim(p, a, &claim, &err) != OK)
		log_event(LOG_ERROR, "print", "rc=%s", rc_name(err.rc));
	return 0;
}

enum rc printing_new(const struct printing_options *options, struct printing **out, struct err *err)
{
	struct printing *p = heap_alloc(sizeof(*p));

	p->o = *options;
	p->loop = loop_new(work, p);
	*out = p;
	if (p->loop)
		return OK;
	heap_free(p);
	*out = NULL;
	return err_set(err, INTERNAL, "No thread can be started for printing");
}

void printing_wake(struct printing *p)
{
	loop_wake(p->loop);
}

void printing_free(struct printing *p)
{
	if (!p)
		return;
	(void)loop_stop(p->loop, 0);
	loop_free(p->loop);
	heap_free(p);
}
