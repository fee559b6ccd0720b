/* The claim: an unproved text finds its author. */
#include "domain/draft.h"
#include "domain/audit.h"
#include "domain/person.h"

/* Sent, and not proved within DRAFT_PROOF_MS: back to a draft. */
static bool is_lapsed(const char *state, int64_t submitted_at, int64_t now_ms)
{
	return text_equal(state, "submitted") && now_ms > submitted_at + DRAFT_PROOF_MS;
}

enum rc draft_claim(struct tx *tx, void *arg, struct err *err)
{
	const struct draft_claim *claim = arg;
	struct arena *a = tx_arena(tx);
	int64_t event_id = tx_event_id(tx);
	struct q_submission_claim_state row;
	int64_t person_id, n;
	bool found;

	TRY(q_draft_claim_done(tx,
		&(struct q_draft_claim_done_in){
			.event_id = event_id,
			.submission_id = claim->submission_id,
			.claimed_at = tx_now_ms(tx),
		},
		&n, err));
	if (!n)
		return OK;
	TRY(q_submission_claim_state(tx_db(tx), a,
		&(struct q_submission_claim_state_in){
			.event_id = event_id, .id = claim->submission_id},
		&row, &found, err));
	if (!found)
		return OK;
	if (is_lapsed(row.state, row.submitted_at, tx_now_ms(tx)))
		TRY(q_submission_lapse(tx,
			&(struct q_submission_lapse_in){
				.event_id = event_id, .id = claim->submission_id},
			NULL, err));
	TRY(person_of_account(tx, claim->account_id, &person_id, err));
	TRY(q_submission_set_submitter(tx,
		&(struct q_submission_set_submitter_in){
			.event_id = event_id,
			.id = claim->submission_id,
			.submitter_id = person_id,
		},
		NULL, err));
	return audit_write(tx, person_id, "submission.claim", row.code, NULL, err);
}
