/* A question to a solver: put, followed, cancelled. What it is about is told by the page it is for. */
#include "pages/proposal.h"
#include "base/random.h"
#include "jobs/jobs.h"

enum { MAX_SEED = 999999999 };

enum rc proposal_put_question(struct request *rq, const struct proposal_kind *kind,
	const char *options, int64_t seed, int64_t seconds)
{
	struct proposal_ask ask = {
		.actor = rq->actor,
		.code = code_new(rq->arena),
		.kind = kind->kind,
		.options = options,
		.seed = seed ? seed : 1 + random_below(MAX_SEED),
		.seconds = seconds,
	};

	reply_created(rq, "%s%s/proposals/%s", page_event_path(rq), kind->home, ask.code);
	TRY(page_write(rq, TX_NORMAL, proposal_ask, &ask));
	jobs_solve_now(rq->app->jobs);
	return OK;
}

enum rc proposal_of_path(
	struct request *rq, const struct proposal_kind *kind, struct q_proposal_by_code *out)
{
	bool found;

	TRY(q_proposal_by_code(rq->db, rq->arena,
		&(struct q_proposal_by_code_in){
			.event_id = page_event_id(rq),
			.code = path_param(rq, "code"),
			.person_id = rq->actor->person_id,
		},
		out, &found, &rq->err));
	/* A role that was taken away takes what was proposed along. */
	if (!found || !text_equal(out->kind, kind->kind) ||
		policy_capability(rq->actor, rq->event, kind->capability) != OK)
		return err_set(&rq->err, NOT_FOUND,
			"There is no such proposal, or it is not for you. Proposals that were not "
			"accepted are kept for %d days",
			PROPOSAL_KEPT_DAYS);
	return OK;
}

enum rc proposal_result(struct request *rq, const struct q_proposal_by_code *row, cJSON **out)
{
	if (!text_equal(row->state, "done"))
		return err_set(&rq->err, CONFLICT, "This proposal is not worked out");
	return json_parse_up_to(
		rq->arena, str_from(row->result), PROPOSAL_MAX_BYTES, out, &rq->err);
}

/* ---- showing ---- */

static bool is_under_way(const char *state)
{
	return text_equal(state, "waiting") || text_equal(state, "running");
}

static void put_standing(struct vm *vm, const char *state, int64_t accepted_at, int64_t undone_at)
{
	vm_enum(vm, "state", "proposal", state);
	vm_time(vm, "accepted_at", accepted_at);
	vm_time(vm, "undone_at", undone_at);
	vm_page_bool(vm, "is_under_way", is_under_way(state));
	vm_page_bool(vm, "is_open", text_equal(state, "done") && !accepted_at);
	vm_page_bool(vm, "can_undo", accepted_at && !undone_at);
}

static void put_address(struct request *rq, struct vm *vm, const struct proposal_kind *kind,
	const char *code)
{
	vm_text(vm, "code", code);
	vm_page_printf(vm, "href", "%s%s/proposals/%s", page_event_path(rq), kind->home, code);
}

struct vm *put_proposal(struct request *rq, struct vm *parent, const struct proposal_kind *kind,
	const struct q_proposal_by_code *row)
{
	struct vm *vm = vm_object(parent, "proposal");

	put_address(rq, vm, kind, row->code);
	put_standing(vm, row->state, row->accepted_at, row->undone_at);
	vm_int(vm, "percent", row->percent);
	vm_text(vm, "doing", text_is_empty(row->doing) ? NULL : row->doing);
	vm_text(vm, "message", text_is_empty(row->message) ? NULL : row->message);
	vm_int(vm, "seed", row->seed);
	vm_int(vm, "seconds", row->seconds);
	vm_time(vm, "created_at", row->created_at);
	vm_time(vm, "finished_at", row->finished_at);
	vm_page_text(parent, "script", asset_url(rq->app->assets, rq->arena, "follow.js"));
	return vm;
}

enum rc put_proposals(struct request *rq, struct vm *parent, const struct proposal_kind *kind)
{
	struct vm_list *list = vm_list(parent, "proposals");
	struct q_proposals_of_person *rows;
	size_t n;

	TRY(q_proposals_of_person(rq->db, rq->arena,
		&(struct q_proposals_of_person_in){
			.event_id = page_event_id(rq),
			.person_id = rq->actor->person_id,
			.kind = kind->kind,
		},
		&rows, &n, &rq->err));
	for (size_t i = 0; i < n; i++) {
		struct vm *vm = vm_item(list);
		put_address(rq, vm, kind, rows[i].code);
		put_standing(vm, rows[i].state, rows[i].accepted_at, rows[i].undone_at);
		vm_int(vm, "percent", rows[i].percent);
		vm_time(vm, "created_at", rows[i].created_at);
	}
	vm_page_bool(parent, "has_proposals", n > 0);
	return OK;
}

enum rc proposal_cancel_of_path(struct request *rq, const struct proposal_kind *kind)
{
	struct q_proposal_by_code row;

	TRY(proposal_of_path(rq, kind, &row));
	reply_to(rq, "%s%s/proposals/%s", page_event_path(rq), kind->home, row.code);
	reply_flash(rq, "It is cancelled: nothing has changed");
	return page_write(rq, TX_NORMAL, proposal_cancel,
		&(struct proposal_cancel){.actor = rq->actor, .code = row.code});
}
