/* Reading a submission: how the actor stands to it, and the text of one version. */
#include "base/clock.h"
#include "domain/submission.h"

static bool actor_has_claim(const struct actor *actor, const struct q_submission_standing *row)
{
	if (text_is_empty(row->token_hash) || row->claimed_at)
		return false;
	for (size_t i = 0; i < actor->n_claims; i++)
		if (str_equal_secret(str_from(actor->claim_hashes[i]), str_from(row->token_hash)))
			return true;
	return false;
}

static unsigned relations_of(const struct actor *actor, const struct q_submission_standing *row)
{
	unsigned relations = actor->roles;

	if (actor->person_id && row->is_author)
		relations |= REL_AUTHOR;
	if (actor->person_id && row->is_assigned)
		relations |= REL_ASSIGNED;
	if (actor->person_id && row->has_reviewed)
		relations |= REL_REVIEWED;
	if (actor->person_id && row->has_conflict)
		relations |= REL_CONFLICT;
	if (actor_has_claim(actor, row))
		relations |= REL_CLAIM;
	return relations;
}

static unsigned facts_of(const struct q_submission_standing *row)
{
	unsigned facts = 0;

	if (!text_equal(row->state, "draft") && row->submitter_id)
		facts |= FACT_SENT;
	if (text_equal(row->state, "submitted") && row->submitter_id)
		facts |= FACT_LIVE;
	if (!text_equal(row->blinding, "double"))
		facts |= FACT_UNBLINDED;
	if (row->released_at)
		facts |= FACT_RELEASED;
	if (row->released_at && !text_equal(row->outcome, "reject") &&
		!text_equal(row->outcome, "waitlist"))
		facts |= FACT_ACCEPTED;
	if (row->is_published)
		facts |= FACT_PUBLISHED;
	if (call_is_bidding(row->bids_open_at, row->bids_close_at, clock_now_ms()))
		facts |= FACT_BIDDING;
	return facts;
}

bool submission_may_see(const struct submission *s, enum document document)
{
	return policy_may_see(document, s->relations, s->facts);
}

enum rc submission_load_as(struct db *db, struct arena *a, const struct event *event,
	const struct actor *actor, const char *code, enum document document,
	struct submission *out, struct err *err)
{
	bool found;

	TRY(q_submission_standing(db, a,
		&(struct q_submission_standing_in){
			.event_id = event->row.id,
			.code = code,
			.actor_id = actor->person_id,
		},
		&out->row, &found, err));
	if (found) {
		out->relations = relations_of(actor, &out->row);
		out->facts = facts_of(&out->row);
		if (submission_may_see(out, document))
			return OK;
	}
	return err_set(err, NOT_FOUND, "There is no submission at this address, or not for you");
}

enum rc submission_load(struct db *db, struct arena *a, const struct event *event,
	const struct actor *actor, const char *code, struct submission *out, struct err *err)
{
	return submission_load_as(db, a, event, actor, code, DOC_TEXT, out, err);
}

bool submission_is_editable(const struct submission *s, int64_t now_ms)
{
	return (s->relations & (REL_AUTHOR | REL_CLAIM)) && !text_equal(s->row.state, "withdrawn") &&
		now_ms <= s->row.closes_at;
}

enum rc submission_read(struct db *db, struct arena *a, int64_t event_id, int64_t submission_id,
	int64_t version, struct submission_version_text *out, struct err *err)
{
	bool found;

	TRY(q_version_get(db, a,
		&(struct q_version_get_in){
			.event_id = event_id, .submission_id = submission_id, .version = version},
		&out->row, &found, err));
	if (!found)
		return err_set(err, NOT_FOUND, "There is no such version of this submission");
	TRY(q_authors_of_version(db, a,
		&(struct q_authors_of_version_in){
			.event_id = event_id, .submission_id = submission_id, .version = version},
		&out->authors, &out->n_authors, err));
	return q_themes_of_version(db, a,
		&(struct q_themes_of_version_in){
			.event_id = event_id, .submission_id = submission_id, .version = version},
		&out->themes, &out->n_themes, err);
}
