/* Read, print, store, record: the database is held in the first and the last step only. */
#include "jobs/printing.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "gen/query.h"
#include "jobs/clerk.h"
#include "jobs/report.h"
#include "jobs/watch.h"
#include "pdf/worker.h"

enum {
	MAX_ATTEMPTS = 2, /* a document that has killed its printer twice would do so again */
	BUSY_PAUSE_S = 5,
};

struct printing {
	struct printing_options o;
	struct clerk *clerk;
};

/* One document on its way. */
struct task {
	struct printing *p;
	struct arena *arena;
	const struct claim *claim;
	struct q_print_job_get row;
	struct watch watch;
	/* the outcome */
	enum rc rc;
	const char *why; /* "" when it was printed */
	const char *warnings, *sha256;
	int64_t size_bytes;
};

/* ---- how far it is ---- */

static enum rc record_progress(
	struct tx *tx, const struct watch *w, bool *is_running, struct err *err)
{
	int64_t n;

	TRY(q_print_job_progress(tx,
		&(struct q_print_job_progress_in){.event_id = w->claim->event_id,
			.id = w->claim->ref_id,
			.percent = w->percent},
		&n, err));
	*is_running = n > 0;
	return OK;
}

static enum rc look(struct db *db, const struct watch *w, bool *is_running, struct err *err)
{
	struct q_print_job_get row;
	bool found;

	TRY(q_print_job_get(db, w->arena,
		&(struct q_print_job_get_in){
			.event_id = w->claim->event_id, .id = w->claim->ref_id},
		&row, &found, err));
	*is_running = found && text_equal(row.state, "running");
	return OK;
}

static bool tell(void *arg, int percent)
{
	return watch_go_on(arg, percent, "");
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
	struct print_watch watch = {tell, &t->watch};
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
	t->watch.is_cancelled = n == 0;
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

	if (t->rc == GONE && !t->watch.is_cancelled) /* the server stops */
		return record_later(tx, t, tx_now_ms(tx), err);
	if (t->claim->attempts < MAX_ATTEMPTS && (t->rc == BUSY || t->rc == INTERNAL))
		return record_later(tx, t, tx_now_ms(tx) + BUSY_PAUSE_S * SECOND_MS, err);
	TRY(q_print_job_finish(tx,
		&(struct q_print_job_finish_in){
			.event_id = t->claim->event_id,
			.id = t->claim->ref_id,
			.state = is_done ? "done" : "failed",
			.percent = is_done ? 100 : t->watch.percent,
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

static enum rc run(void *context, struct loop *loop, struct arena *a, const struct claim *claim,
	struct err *err)
{
	struct printing *p = context;
	struct task t = {
		.p = p,
		.arena = a,
		.claim = claim,
		.watch = {.store = p->o.store,
			.loop = loop,
			.claim = claim,
			.arena = a,
			.record = record_progress,
			.look = look},
		.warnings = "[]",
		.sha256 = "",
		.why = "",
	};
	bool found;

	TRY(read_row(&t, &found, err));
	TRY(tx_run(p->o.store, TX_NORMAL, 0, record_start, &t, err));
	if (!found || t.watch.is_cancelled)
		return OK;
	watch_begin(&t.watch);
	print_or_say_why(&t);
	return tx_run(p->o.store, TX_NORMAL, 0, record, &t, err);
}

enum rc printing_new(const struct printing_options *options, struct printing **out, struct err *err)
{
	struct printing *p = heap_alloc(sizeof(*p));

	p->o = *options;
	*out = p;
	enum rc rc = clerk_new(
		&(struct clerk_options){
			.store = p->o.store,
			.kind = "print",
			.owner = p->o.owner,
			.run = run,
			.context = p,
		},
		&p->clerk, err);
	if (rc == OK)
		return OK;
	heap_free(p);
	*out = NULL;
	return rc;
}

void printing_wake(struct printing *p)
{
	clerk_wake(p->clerk);
}

void printing_free(struct printing *p)
{
	if (!p)
		return;
	clerk_free(p->clerk);
	heap_free(p);
}
