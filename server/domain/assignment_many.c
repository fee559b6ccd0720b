/* Many changes of the board in one transaction: what a proposal says, or its undoing. */
#include "domain/assignment.h"
#include "domain/proposal.h"

/* The board as the chair sees it, read once. */
struct board {
	struct q_assignment_board *works;
	struct q_assignments_visible *assignments;
	struct q_reviewers_of_event *reviewers;
	size_t n_works, n_assignments, n_reviewers;
};

static enum rc read_board(
	struct tx *tx, const struct actor *actor, struct board *b, struct err *err)
{
	int64_t event_id = tx_event_id(tx), actor_id = actor->person_id, roles = actor->roles;

	TRY(q_assignment_board(tx_db(tx), tx_arena(tx),
		&(struct q_assignment_board_in){
			.event_id = event_id, .actor_id = actor_id, .actor_roles = roles},
		&b->works, &b->n_works, err));
	TRY(q_assignments_visible(tx_db(tx), tx_arena(tx),
		&(struct q_assignments_visible_in){
			.event_id = event_id, .actor_id = actor_id, .actor_roles = roles},
		&b->assignments, &b->n_assignments, err));
	return q_reviewers_of_event(tx_db(tx), tx_arena(tx),
		&(struct q_reviewers_of_event_in){
			.event_id = event_id, .actor_id = actor_id, .actor_roles = roles},
		&b->reviewers, &b->n_reviewers, err);
}

static const struct q_assignment_board *work_of(const struct board *b, const char *code)
{
	for (size_t i = 0; i < b->n_works; i++)
		if (text_equal(b->works[i].code, code))
			return &b->works[i];
	return NULL;
}

static const struct q_reviewers_of_event *reviewer_of(const struct board *b, const char *code)
{
	for (size_t i = 0; i < b->n_reviewers; i++)
		if (text_equal(b->reviewers[i].code, code))
			return &b->reviewers[i];
	return NULL;
}

static const char *assigned_code(const struct board *b, int64_t submission_id, int64_t person_id)
{
	for (size_t i = 0; i < b->n_assignments; i++)
		if (b->assignments[i].submission_id == submission_id &&
			b->assignments[i].person_id == person_id &&
			!b->assignments[i].declined_at)
			return b->assignments[i].code;
	return NULL;
}

static enum rc change_one(struct tx *tx, const struct assignments_change *all,
	const struct board *b, const struct assignment_change *change, struct err *err)
{
	const struct q_assignment_board *work = work_of(b, change->submission_code);
	const struct q_reviewers_of_event *reviewer = reviewer_of(b, change->reviewer_code);

	if (!work || !reviewer)
		return err_set(err, CONFLICT, "A submission or a reviewer is gone");
	if (change->is_added)
		return assignment_add(tx,
			&(struct assignment_add){
				.actor = all->actor,
				.submission_id = work->id,
				.submission_code = work->code,
				.person_id = reviewer->id,
				.code = change->code,
				.draw = change->draw,
			},
			err);
	const char *code = assigned_code(b, work->id, reviewer->id);
	if (!code)
		return err_set(err, CONFLICT, "Somebody has taken this assignment back");
	return assignment_remove(
		tx, &(struct assignment_remove){.actor = all->actor, .code = code}, err);
}

/* A refusal of one is told with the work it is about: the page shows hundreds. */
static enum rc refuse(struct tx *tx, const struct board *b, const struct assignment_change *change,
	const struct err *why, struct err *err)
{
	const struct q_assignment_board *work = work_of(b, change->submission_code);
	const char *message = why->message  ? why->message :
			      why->fields ? why->fields->message :
					    "The board has changed";

	if (why->rc == INTERNAL || why->rc == BUSY)
		return err_set(err, why->rc, "%s", message);
	return err_set(err, CONFLICT, "%s. It is about \"%s\": ask for a new proposal", message,
		work ? work->title : arena_strdup(tx_arena(tx), change->submission_code));
}

enum rc assignments_change(struct tx *tx, void *arg, struct err *err)
{
	struct assignments_change *p = arg;
	struct board b;

	p->n_left = 0;
	TRY(read_board(tx, p->actor, &b, err));
	for (size_t i = 0; i < p->n_changes; i++) {
		struct err own = err_in(tx_arena(tx));
		enum rc rc = change_one(tx, p, &b, &p->changes[i], &own);
		if (rc == OK)
			continue;
		if (!p->is_undo || rc == INTERNAL || rc == BUSY)
			return refuse(tx, &b, &p->changes[i], &own, err);
		p->n_left++;
	}
	return p->is_undo ? proposal_undone(tx, p->actor, p->proposal_id, p->proposal_code, err) :
			    proposal_accepted(tx, p->actor, p->proposal_id, p->proposal_code,
				    p->undo, err);
}
