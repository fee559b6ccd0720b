/* Asking solvers, and what becomes of their answers. */
#include "domain/proposal.h"
#include "domain/audit.h"
#include "domain/job.h"

enum rc proposal_ask(struct tx *tx, void *arg, struct err *err)
{
	const struct proposal_ask *p = arg;
	struct q_proposals_under_way under_way;
	int64_t id = tx_id(tx);

	TRY(q_proposals_under_way(tx_db(tx), tx_arena(tx),
		&(struct q_proposals_under_way_in){.event_id = tx_event_id(tx),
			.person_id = p->actor->person_id,
			.kind = p->kind},
		&under_way, err));
	if (under_way.n)
		return err_set(err, CONFLICT,
			"A proposal of yours is under way: wait for it, or cancel it first");
	TRY(q_proposal_insert(tx,
		&(struct q_proposal_insert_in){
			.event_id = tx_event_id(tx),
			.id = id,
			.code = p->code,
			.kind = p->kind,
			.person_id = p->actor->person_id,
			.roles = p->actor->roles,
			.options = p->options,
			.seed = p->seed,
			.seconds = p->seconds,
			.created_at = tx_now_ms(tx),
		},
		NULL, err));
	TRY(job_add(tx, "solve", id, err));
	return audit_write(tx, p->actor->person_id, "proposal.ask", p->code, p->options, err);
}

enum rc proposal_cancel(struct tx *tx, void *arg, struct err *err)
{
	const struct proposal_cancel *p = arg;
	int64_t n;

	TRY(q_proposal_cancel(tx,
		&(struct q_proposal_cancel_in){
			.event_id = tx_event_id(tx),
			.code = p->code,
			.person_id = p->actor->person_id,
			.finished_at = tx_now_ms(tx),
		},
		&n, err));
	if (!n)
		return err_set(err, CONFLICT, "This is over already: there is nothing to cancel");
	return audit_write(tx, p->actor->person_id, "proposal.cancel", p->code, NULL, err);
}

enum rc proposal_accepted(struct tx *tx, const struct actor *actor, int64_t id, const char *code,
	const char *undo, struct err *err)
{
	int64_t n;

	TRY(q_proposal_accept(tx,
		&(struct q_proposal_accept_in){.event_id = tx_event_id(tx),
			.id = id,
			.accepted_at = tx_now_ms(tx),
			.undo = undo},
		&n, err));
	if (!n)
		return err_set(err, CONFLICT, "This proposal was accepted already");
	return audit_write(tx, actor->person_id, "proposal.accept", code, NULL, err);
}

enum rc proposal_undone(struct tx *tx, const struct actor *actor, int64_t id, const char *code,
	struct err *err)
{
	int64_t n;

	TRY(q_proposal_undo(tx,
		&(struct q_proposal_undo_in){
			.event_id = tx_event_id(tx), .id = id, .undone_at = tx_now_ms(tx)},
		&n, err));
	if (!n)
		return err_set(err, CONFLICT, "There is nothing to undo any more");
	return audit_write(tx, actor->person_id, "proposal.undo", code, NULL, err);
}
