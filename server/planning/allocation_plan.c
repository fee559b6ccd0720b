/* Both ways of giving seats, proved and explained; and chains of moves into free seats. */
#include "planning/allocation_plan.h"

#include <math.h>
#include "base/hash.h"
#include "planning/allocation_rows.h"

enum { RESULT_MAX_BYTES = 16 << 20, FILE_MAX_BYTES = 6 << 20, MAX_MOVES = 4 };

struct plan {
	struct arena *a;
	const struct planning_task *task;
	struct allocation_rows rows;
	struct allocation_setup setup;
	struct buf out;
	struct err *err;
};

/* The database is held while rows are read, and no longer. */
static enum rc rows_load(struct plan *p)
{
	struct db *db;
	enum rc rc;

	TRY(db_acquire(p->task->store, &db, p->err));
	rc = allocation_rows_load(db, p->a, p->task->event_id, &p->rows, p->err);
	db_release(db);
	return rc;
}

static void put_head(struct plan *p, const char *what)
{
	buf_printf(&p->out, "{\"what\":\"%s\",\"made_of\":\"%s\"", what,
		hash_hex(p->a, str_from(allocation_rows_text(p->a, &p->rows))));
}

/* ---- giving ---- */

static void put_offerings(struct plan *p)
{
	for (size_t i = 0; i < p->rows.n_sessions; i++) {
		const struct q_allocation_sessions *s = &p->rows.sessions[i];
		const struct q_masterclasses_of_event *m =
			allocation_masterclass(&p->rows, s->masterclass_id);
		buf_text(&p->out, i ? ",{\"session\":" : "{\"session\":");
		json_add_string(&p->out, s->code);
		buf_text(&p->out, ",\"masterclass\":");
		json_add_string(&p->out, m->code);
		buf_text(&p->out, ",\"title\":");
		json_add_string(&p->out, m->title);
		buf_printf(&p->out, ",\"starts_at\":%lld,\"ends_at\":%lld,\"places\":%u}",
			(long long)s->starts_at, (long long)s->ends_at,
			p->setup.problem.offerings[i].capacity);
	}
}

static void put_classes(struct plan *p)
{
	for (uint32_t i = 0; i < p->setup.problem.n_classes; i++) {
		const struct q_masterclasses_of_event *m =
			allocation_masterclass(&p->rows, p->setup.masterclass_ids[i]);
		buf_text(&p->out, i ? ",{\"masterclass\":" : "{\"masterclass\":");
		json_add_string(&p->out, m->code);
		buf_text(&p->out, ",\"title\":");
		json_add_string(&p->out, m->title);
		buf_char(&p->out, '}');
	}
}

static void put_question(struct plan *p)
{
	uint64_t n_places = 0;

	for (uint32_t i = 0; i < p->setup.problem.n_offerings; i++)
		n_places += p->setup.problem.offerings[i].capacity;
	put_head(p, "give");
	buf_printf(&p->out,
		",\"n_wishers\":%zu,\"n_attendees\":%u,\"n_wishes\":%zu,\"n_places\":%llu,"
		"\"most_seats\":%lld,\"is_joined\":%s,\"offerings\":[",
		p->rows.n_wishers, p->setup.problem.n_attendees, p->rows.n_wishes,
		(unsigned long long)n_places, (long long)p->rows.most_seats,
		p->setup.is_joined ? "true" : "false");
	put_offerings(p);
	buf_text(&p->out, "],\"classes\":[");
	put_classes(p);
	buf_text(&p->out, "],\"methods\":[");
}

static void put_figures(struct plan *p, const struct allocate_solution *s, const char *digest)
{
	buf_printf(&p->out,
		"{\"method\":\"%s\",\"seed\":%llu,\"n_without\":%u,\"n_first\":%u,"
		"\"n_second\":%u,\"n_third\":%u,\"n_seats\":%u,\"value\":%lld,\"bound\":%lld,"
		"\"is_certified\":%s,\"is_cut\":%s,\"digest\":\"%s\",\"file\":",
		s->method == ALLOCATE_EXACT ? "exact" : "draft", (unsigned long long)s->seed,
		s->counts.n_without, s->counts.n_first, s->counts.n_second, s->counts.n_third,
		s->counts.n_seats, (long long)s->value, (long long)s->bound,
		s->is_certified ? "true" : "false", s->is_cut ? "true" : "false", digest);
}

/* What is published must verify: it is read back before anybody sees it. */
static enum rc put_solution(struct plan *p, struct allocate_solution *s)
{
	struct allocate_problem problem;
	struct allocate_solution read;
	struct buf file = buf_in(p->a, FILE_MAX_BYTES);
	const char *digest;

	TRY(allocate_verify(&p->setup.problem, s, p->err));
	allocate_result_write(&p->setup.problem, s, &file);
	if (file.failed)
		return err_set(p->err, CONFLICT, "The result is too long to be published");
	TRY(allocate_result_read(p->a, buf_view(&file), &problem, &read, &digest, p->err));
	put_figures(p, s, digest);
	json_add_string(&p->out, buf_cstr(&file));
	buf_char(&p->out, '}');
	return OK;
}

static enum rc give(struct plan *p)
{
	struct allocate_solution draft, exact;

	TRY(allocation_setup(p->a, &p->rows, TO_GIVE, &p->setup, p->err));
	TRY(allocate_check(&p->setup.problem, p->err));
	put_question(p);
	TRY(allocate_draft(p->a, &p->setup.problem, p->task->effort->seed, &draft, p->err));
	TRY(put_solution(p, &draft));
	buf_char(&p->out, ',');
	TRY(allocate_exact(p->a, &p->setup.problem, p->task->effort, &exact, p->err));
	TRY(put_solution(p, &exact));
	buf_text(&p->out, "]}");
	return OK;
}

/* ---- moving ---- */

/* A seat that somebody waits for is theirs. */
static bool is_free(const struct q_allocation_sessions *s)
{
	return s->taken < s->capacity && !s->n_waiting;
}

/* The best chain over all offerings with a free seat. */
static enum rc best_chain(struct plan *p, struct allocate_chain *best)
{
	*best = (struct allocate_chain){0};
	for (uint32_t i = 0; i < p->setup.problem.n_offerings; i++) {
		struct allocate_chain chain;
		struct effort_state state = {
			.done = (double)i / p->setup.problem.n_offerings,
			.doing = "looking for moves",
			.value = (double)best->gain,
			.bound = NAN,
		};
		if (!is_free(&p->rows.sessions[i]))
			continue;
		if (!effort_go_on(p->task->effort, &state))
			return err_set(p->err, GONE, "It was stopped");
		TRY(allocate_chain(p->a, &p->setup.problem, p->setup.seats, p->setup.n_seats, i,
			ALLOCATE_NONE, ALLOCATE_IMPROVING, MAX_MOVES, &chain, p->err));
		if (chain.n_moves && chain.gain > best->gain)
			*best = chain;
	}
	return OK;
}

static void put_moves(struct plan *p, const struct allocate_chain *chain)
{
	for (size_t i = 0; i < chain->n_moves; i++) {
		const struct allocate_move *move = &chain->moves[i];
		uint32_t wisher = p->setup.wisher_of[move->attendee];
		buf_text(&p->out, i ? ",{\"code\":" : "{\"code\":");
		json_add_string(&p->out, p->rows.wishers[wisher].code);
		buf_text(&p->out, ",\"from\":");
		if (move->from == ALLOCATE_NONE)
			buf_text(&p->out, "null");
		else
			json_add_string(&p->out, p->rows.sessions[move->from].code);
		buf_text(&p->out, ",\"to\":");
		json_add_string(&p->out, p->rows.sessions[move->to].code);
		buf_char(&p->out, '}');
	}
}

static enum rc move(struct plan *p)
{
	struct allocate_chain chain;

	TRY(allocation_setup(p->a, &p->rows, TO_MOVE, &p->setup, p->err));
	TRY(allocate_check(&p->setup.problem, p->err));
	TRY(best_chain(p, &chain));
	put_head(p, "chain");
	buf_printf(&p->out, ",\"gain\":%lld,\"moves\":[", (long long)chain.gain);
	put_moves(p, &chain);
	buf_text(&p->out, "]}");
	return OK;
}

enum rc allocation_plan(
	struct arena *a, const struct planning_task *task, const char **result, struct err *err)
{
	struct plan p = {
		.a = a,
		.task = task,
		.out = buf_in(a, RESULT_MAX_BYTES),
		.err = err,
	};

	TRY(rows_load(&p));
	TRY(text_equal(json_text(task->options, "what"), "chain") ? move(&p) : give(&p));
	if (p.out.failed)
		return err_set(err, CONFLICT, "The result is too long to be kept");
	*result = buf_cstr(&p.out);
	return OK;
}
