/* Bidding, conflicts that are declared before an assignment, and what reviewers say of themselves.
 */
#include "domain/bid.h"

#include "domain/audit.h"

static const char *const words[] = {"eager", "willing", "reluctant", BID_NONE};

const char *bid_word(size_t i)
{
	return i < sizeof words / sizeof words[0] ? words[i] : NULL;
}

static bool is_word(const char *bid)
{
	for (size_t i = 0; bid_word(i); i++)
		if (text_equal(bid_word(i), bid))
			return true;
	return false;
}

static enum rc check(const struct bids_save *s, struct err *err)
{
	if (!call_is_bidding(s->call->row.bids_open_at, s->call->row.bids_close_at, s->now_ms))
		return err_set(err, CONFLICT,
			"Bidding is not open. Write to the chairs if there is something they "
			"should know");
	for (size_t i = 0; i < s->n_given; i++)
		if (!is_word(s->given[i].bid))
			err_field(err,
				arena_printf(err->arena, "bid.%s", s->given[i].submission_code),
				"Choose one of the answers");
	return err->rc;
}

static enum rc save_one(
	struct tx *tx, const struct bids_save *s, const struct bid_given *given, struct err *err)
{
	int64_t event_id = tx_event_id(tx), person_id = s->actor->person_id;
	struct q_biddable_by_code row;
	bool found;

	TRY(q_biddable_by_code(tx_db(tx), tx_arena(tx),
		&(struct q_biddable_by_code_in){
			.event_id = event_id,
			.code = given->submission_code,
			.actor_id = person_id,
			.actor_roles = s->actor->roles,
			.now_ms = s->now_ms,
		},
		&row, &found, err));
	if (!found)
		return OK;
	if (text_equal(given->bid, BID_NONE))
		return q_bid_delete(tx,
			&(struct q_bid_delete_in){.event_id = event_id,
				.submission_id = row.id,
				.person_id = person_id},
			NULL, err);
	return q_bid_put(tx,
		&(struct q_bid_put_in){
			.event_id = event_id,
			.submission_id = row.id,
			.person_id = person_id,
			.bid = given->bid,
			.bid_at = tx_now_ms(tx),
		},
		NULL, err);
}

enum rc bids_save(struct tx *tx, void *arg, struct err *err)
{
	const struct bids_save *s = arg;

	TRY(check(s, err));
	for (size_t i = 0; i < s->n_given; i++)
		TRY(save_one(tx, s, &s->given[i], err));
	return audit_write(tx, s->actor->person_id, "bid.save", "", NULL, err);
}

enum rc conflict_declare(struct tx *tx, void *arg, struct err *err)
{
	const struct conflict_declare *c = arg;
	int64_t event_id = tx_event_id(tx), person_id = c->actor->person_id;
	int64_t submission_id = c->submission->row.id;

	TRY(q_assignment_decline(tx,
		&(struct q_assignment_decline_in){
			.event_id = event_id,
			.submission_id = submission_id,
			.person_id = person_id,
			.declined_at = tx_now_ms(tx),
		},
		NULL, err));
	TRY(q_bid_delete(tx,
		&(struct q_bid_delete_in){.event_id = event_id,
			.submission_id = submission_id,
			.person_id = person_id},
		NULL, err));
	TRY(q_conflict_insert(tx,
		&(struct q_conflict_insert_in){
			.event_id = event_id,
			.submission_id = submission_id,
			.person_id = person_id,
			.reason = c->reason,
			.declared_at = tx_now_ms(tx),
			.declared_by_id = person_id,
		},
		NULL, err));
	return audit_write(tx, person_id, "conflict.declare", c->submission->row.code, NULL, err);
}

enum rc reviewer_profile_save(struct tx *tx, void *arg, struct err *err)
{
	const struct reviewer_profile_save *s = arg;
	int64_t event_id = tx_event_id(tx), person_id = s->actor->person_id;

	for (size_t i = 0; i < s->n_themes; i++)
		if (!call_theme(s->call, s->theme_codes[i]))
			return err_field(err, "theme", "Choose among the themes of the call");
	TRY(q_reviewer_profile_put(tx,
		&(struct q_reviewer_profile_put_in){
			.event_id = event_id,
			.person_id = person_id,
			.can_review = s->can_review,
			.saved_at = tx_now_ms(tx),
		},
		NULL, err));
	TRY(q_reviewer_themes_delete(tx,
		&(struct q_reviewer_themes_delete_in){.event_id = event_id, .person_id = person_id},
		NULL, err));
	for (size_t i = 0; i < s->n_themes; i++)
		TRY(q_reviewer_theme_insert(tx,
			&(struct q_reviewer_theme_insert_in){
				.event_id = event_id,
				.person_id = person_id,
				.theme_id = call_theme(s->call, s->theme_codes[i])->id,
			},
			NULL, err));
	return audit_write(tx, person_id, "reviewer.profile", "", NULL, err);
}
