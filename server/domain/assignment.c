/* Assigning, taking back, declining. */
#include "domain/assignment.h"
#include "domain/audit.h"

/* The rules that nobody can override, asked of the person as the policy asks them. */
static enum rc check_reviewer(struct tx *tx, const struct assignment_add *add, struct err *err)
{
	struct arena *a = tx_arena(tx);
	struct q_person_has_role role;
	struct q_submission_standing standing;
	bool found;

	TRY(q_person_has_role(tx_db(tx), a,
		&(struct q_person_has_role_in){
			.event_id = tx_event_id(tx), .person_id = add->person_id, .role = "reviewer"},
		&role, err));
	if (!role.n)
		return err_field(err, "reviewer", "Choose somebody with the role of a reviewer");
	TRY(q_submission_standing(tx_db(tx), a,
		&(struct q_submission_standing_in){
			.event_id = tx_event_id(tx),
			.code = add->submission_code,
			.actor_id = add->person_id,
		},
		&standing, &found, err));
	if (standing.is_author)
		return err_field(err, "reviewer", "An author cannot review their own work");
	if (standing.has_conflict)
		return err_field(err, "reviewer", "This reviewer has a conflict of interest here");
	if (!text_equal(standing.state, "submitted"))
		return err_set(err, CONFLICT, "This submission was withdrawn meanwhile");
	return OK;
}

/* A label from 1 to twice the number of reviewers that is not taken: it tells no order. */
static enum rc draw_label(struct tx *tx, const struct assignment_add *add, int64_t *label,
	struct err *err)
{
	struct q_assignment_labels *taken;
	size_t n, i = 0;
	int64_t range;

	TRY(q_assignment_labels(tx_db(tx), tx_arena(tx),
		&(struct q_assignment_labels_in){
			.event_id = tx_event_id(tx), .submission_id = add->submission_id},
		&taken, &n, err));
	range = 2 * (int64_t)n + 4;
	*label = (int64_t)(add->draw % (uint64_t)(range - (int64_t)n)) + 1;
	for (; i < n && taken[i].label <= *label; i++)
		++*label;
	return OK;
}

enum rc assignment_add(struct tx *tx, void *arg, struct err *err)
{
	const struct assignment_add *add = arg;
	int64_t event_id = tx_event_id(tx), label, n;

	TRY(check_reviewer(tx, add, err));
	TRY(draw_label(tx, add, &label, err));
	TRY(q_assignment_insert(tx,
		&(struct q_assignment_insert_in){
			.event_id = event_id,
			.id = tx_id(tx),
			.code = add->code,
			.submission_id = add->submission_id,
			.person_id = add->person_id,
			.label = label,
			.assigned_at = tx_now_ms(tx),
			.assigned_by_id = add->actor->person_id,
		},
		&n, err));
	if (!n)
		TRY(q_assignment_renew(tx,
			&(struct q_assignment_renew_in){
				.event_id = event_id,
				.submission_id = add->submission_id,
				.person_id = add->person_id,
				.assigned_at = tx_now_ms(tx),
				.assigned_by_id = add->actor->person_id,
			},
			&n, err));
	if (!n)
		return err_set(err, CONFLICT, "This reviewer has it already");
	return audit_write(tx, add->actor->person_id, "assignment.add", add->submission_code,
		NULL, err);
}

enum rc assignment_remove(struct tx *tx, void *arg, struct err *err)
{
	const struct assignment_remove *remove = arg;
	struct q_assignment_by_code row;
	bool found;
	int64_t n;

	TRY(q_assignment_by_code(tx_db(tx), tx_arena(tx),
		&(struct q_assignment_by_code_in){
			.event_id = tx_event_id(tx), .code = remove->code},
		&row, &found, err));
	if (!found)
		return err_set(err, NOT_FOUND, "This assignment is gone already");
	TRY(q_assignment_delete(tx,
		&(struct q_assignment_delete_in){.event_id = tx_event_id(tx), .id = row.id}, &n,
		err));
	if (!n)
		return err_set(err, CONFLICT, "The review is begun already, so it stays");
	return audit_write(tx, remove->actor->person_id, "assignment.remove", row.submission_code,
		NULL, err);
}

enum rc assignment_answer(struct tx *tx, void *arg, struct err *err)
{
	const struct assignment_answer *answer = arg;
	int64_t event_id = tx_event_id(tx), n;

	TRY(q_assignment_decline(tx,
		&(struct q_assignment_decline_in){
			.event_id = event_id,
			.submission_id = answer->submission->row.id,
			.person_id = answer->actor->person_id,
			.declined_at = tx_now_ms(tx),
		},
		&n, err));
	if (!n)
		return err_set(err, CONFLICT, "This is not assigned to you any more");
	if (answer->reason)
		TRY(q_conflict_insert(tx,
			&(struct q_conflict_insert_in){
				.event_id = event_id,
				.submission_id = answer->submission->row.id,
				.person_id = answer->actor->person_id,
				.reason = answer->reason,
				.declared_at = tx_now_ms(tx),
				.declared_by_id = answer->actor->person_id,
			},
			NULL, err));
	return audit_write(tx, answer->actor->person_id,
		answer->reason ? "conflict.declare" : "assignment.decline",
		answer->submission->row.code, NULL, err);
}
