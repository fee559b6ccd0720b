/* Read the question, solve, record: the database is held in the first and the last step only. */
#include "jobs/solving.h"

#include <math.h>
#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "domain/proposal.h"
#include "gen/query.h"
#include "jobs/clerk.h"
#include "jobs/watch.h"
#include "planning/planning.h"

enum { MAX_ATTEMPTS = 3, BUSY_PAUSE_S = 5 };

struct solving {
	struct store *store;
	struct clerk *clerk;
};

/* One proposal on its way. */
struct task {
	struct store *store;
	struct arena *arena;
	const struct claim *claim;
	struct q_proposal_get row;
	struct watch watch;
	/* the outcome */
	enum rc rc;
	const char *why; /* "" when it was solved */
	const char *result;
};

/* ---- how far it is ---- */

static enum rc record_progress(
	struct tx *tx, const struct watch *w, bool *is_running, struct err *err)
{
	int64_t n;

	TRY(q_proposal_progress(tx,
		&(struct q_proposal_progress_in){.event_id = w->claim->event_id,
			.id = w->claim->ref_id,
			.percent = w->percent,
			.doing = w->doing},
		&n, err));
	*is_running = n > 0;
	return OK;
}

static enum rc look(struct db *db, const struct watch *w, bool *is_running, struct err *err)
{
	struct q_proposal_get row;
	bool found;

	TRY(q_proposal_get(db, w->arena,
		&(struct q_proposal_get_in){
			.event_id = w->claim->event_id, .id = w->claim->ref_id},
		&row, &found, err));
	*is_running = found && text_equal(row.state, "running");
	return OK;
}

static bool tell(void *arg, const struct effort_state *state)
{
	struct watch *w = arg;
	int percent = (int)(100 * fmin(fmax(state->done, 0), 1));

	return watch_go_on(w, percent, state->doing ? state->doing : "");
}

/* ---- solving ---- */

static enum rc solve(struct task *t, struct err *err)
{
	struct effort effort = {
		.seconds = (double)t->row.seconds,
		.seed = (uint64_t)t->row.seed,
		.tell = tell,
		.arg = &t->watch,
	};
	struct planning_task task = {
		.store = t->store,
		.event_id = t->claim->event_id,
		.actor = {.person_id = t->row.person_id, .roles = (unsigned)t->row.roles},
		.effort = &effort,
	};
	cJSON *options;

	if (t->claim->attempts > MAX_ATTEMPTS)
		return err_set(err, CONFLICT, "The server stopped each time this was worked out");
	TRY(json_parse(t->arena, str_from(t->row.options), &options, err));
	task.options = options;
	effort_begin(&effort);
	return planning_solve(t->arena, t->row.kind, &task, &t->result, err);
}

static void solve_or_say_why(struct task *t)
{
	struct err own = err_in(t->arena);
	int64_t started_at = clock_elapsed_ms();

	t->rc = solve(t, &own);
	t->why = t->rc == OK ? "" : own.message ? own.message : "It could not be worked out";
	log_event(t->rc == OK ? LOG_INFO : LOG_WARN, "solve",
		"code=%s kind=%s attempt=%lld result=%s ms=%lld", t->row.code, t->row.kind,
		(long long)t->claim->attempts, rc_name(t->rc),
		(long long)(clock_elapsed_ms() - started_at));
}

/* ---- recording ---- */

static enum rc record_start(struct tx *tx, void *arg, struct err *err)
{
	struct task *t = arg;
	int64_t n;

	TRY(q_proposal_start(tx,
		&(struct q_proposal_start_in){
			.event_id = t->claim->event_id, .id = t->claim->ref_id},
		&n, err));
	t->watch.is_cancelled = n == 0;
	return n ? OK : queue_done(tx, t->claim, "", err);
}

static enum rc record_later(struct tx *tx, const struct task *t, int64_t run_at, struct err *err)
{
	TRY(q_proposal_wait(tx,
		&(struct q_proposal_wait_in){
			.event_id = t->claim->event_id, .id = t->claim->ref_id},
		NULL, err));
	return queue_later(tx, t->claim, run_at, t->why, err);
}

static enum rc record(struct tx *tx, void *arg, struct err *err)
{
	const struct task *t = arg;
	bool is_stopped = loop_is_stopping(t->watch.loop);

	/* What was cut short by the server's end is no answer: it is worked out again. */
	if (is_stopped && !t->watch.is_cancelled)
		return record_later(tx, t, tx_now_ms(tx), err);
	if (t->claim->attempts < MAX_ATTEMPTS && (t->rc == BUSY || t->rc == INTERNAL))
		return record_later(tx, t, tx_now_ms(tx) + BUSY_PAUSE_S * SECOND_MS, err);
	TRY(q_proposal_finish(tx,
		&(struct q_proposal_finish_in){
			.event_id = t->claim->event_id,
			.id = t->claim->ref_id,
			.state = t->rc == OK ? "done" : "failed",
			.percent = t->rc == OK ? 100 : t->watch.percent,
			.result = t->rc == OK ? t->result : "",
			.message = t->why,
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

	TRY(db_acquire(t->store, &db, err));
	rc = q_proposal_get(db, t->arena,
		&(struct q_proposal_get_in){
			.event_id = t->claim->event_id, .id = t->claim->ref_id},
		&t->row, found, err);
	db_release(db);
	return rc;
}

static enum rc run(void *context, struct loop *loop, struct arena *a, const struct claim *claim,
	struct err *err)
{
	struct solving *s = context;
	struct task t = {
		.store = s->store,
		.arena = a,
		.claim = claim,
		.watch = {.store = s->store,
			.loop = loop,
			.claim = claim,
			.arena = a,
			.record = record_progress,
			.look = look},
		.why = "",
		.result = "",
	};
	bool found;

	TRY(read_row(&t, &found, err));
	TRY(tx_run(s->store, TX_NORMAL, 0, record_start, &t, err));
	if (!found || t.watch.is_cancelled)
		return OK;
	watch_begin(&t.watch);
	solve_or_say_why(&t);
	return tx_run(s->store, TX_NORMAL, 0, record, &t, err);
}

enum rc solving_new(struct store *store, const char *owner, struct solving **out, struct err *err)
{
	struct solving *s = heap_alloc(sizeof(*s));
	enum rc rc;

	s->store = store;
	rc = clerk_new(
		&(struct clerk_options){
			.store = store,
			.kind = "solve",
			.owner = owner,
			.run = run,
			.context = s,
		},
		&s->clerk, err);
	if (rc == OK) {
		*out = s;
		return OK;
	}
	heap_free(s);
	*out = NULL;
	return rc;
}

void solving_wake(struct solving *s)
{
	clerk_wake(s->clerk);
}

void solving_free(struct solving *s)
{
	if (!s)
		return;
	clerk_free(s->clerk);
	heap_free(s);
}
