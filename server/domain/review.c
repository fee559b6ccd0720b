/* Reviewing. */
#include "domain/review.h"
#include "domain/audit.h"

static const struct score_given *score_of(const struct review_save *s, const char *criterion_code)
{
	for (size_t i = 0; i < s->n_scores; i++)
		if (text_equal(s->scores[i].criterion_code, criterion_code))
			return &s->scores[i];
	return NULL;
}

static bool is_criterion(const struct review_save *s, const char *code)
{
	for (size_t i = 0; i < s->n_criteria; i++)
		if (text_equal(s->criteria[i].code, code))
			return true;
	return false;
}

static enum rc check_review(const struct review_save *s, struct err *err)
{
	for (size_t i = 0; i < s->n_scores; i++)
		if (!is_criterion(s, s->scores[i].criterion_code))
			err_field(err,
				arena_printf(err->arena, "score.%s", s->scores[i].criterion_code),
				"There is no such criterion");
	for (size_t i = 0; s->is_submitted && i < s->n_criteria; i++)
		if (!score_of(s, s->criteria[i].code))
			err_field(err, arena_printf(err->arena, "score.%s", s->criteria[i].code),
				"Score %s", s->criteria[i].title);
	if (s->is_submitted && !*s->to_authors)
		err_field(err, "to_authors", "Write a few sentences to the authors");
	return err->rc;
}

/* Still theirs to review? Asked inside the transaction: a conflict may have come in between. */
static enum rc check_standing(struct tx *tx, const struct review_save *s,
	struct q_submission_standing *now, struct err *err)
{
	bool found;

	TRY(q_submission_standing(tx_db(tx), tx_arena(tx),
		&(struct q_submission_standing_in){
			.event_id = tx_event_id(tx),
			.code = s->submission->row.code,
			.actor_id = s->actor->person_id,
		},
		now, &found, err));
	if (!now->is_assigned || now->has_conflict || now->is_author)
		return err_set(err, FORBIDDEN, "This submission is not assigned to you");
	if (now->released_at)
		return err_set(err, CONFLICT, "The decision is released, so reviews are closed");
	if (!text_equal(now->state, "submitted"))
		return err_set(err, CONFLICT, "The authors have withdrawn it; no review is needed");
	return OK;
}

static enum rc write_row(struct tx *tx, const struct review_save *s, int64_t version,
	int64_t *review_id, struct err *err)
{
	struct q_review_own own;
	bool found;
	int64_t n, submitted_at = s->is_submitted ? tx_now_ms(tx) : 0;
	const char *state = s->is_submitted ? "submitted" : "draft";

	TRY(q_review_own(tx_db(tx), tx_arena(tx),
		&(struct q_review_own_in){
			.event_id = tx_event_id(tx),
			.submission_id = s->submission->row.id,
			.person_id = s->actor->person_id,
		},
		&own, &found, err));
	if (!found) {
		*review_id = tx_id(tx);
		return q_review_insert(tx,
			&(struct q_review_insert_in){
				.event_id = tx_event_id(tx),
				.id = *review_id,
				.code = s->code,
				.submission_id = s->submission->row.id,
				.version = version,
				.person_id = s->actor->person_id,
				.state = state,
				.to_authors = s->to_authors,
				.to_chairs = s->to_chairs,
				.saved_at = tx_now_ms(tx),
				.submitted_at = submitted_at,
			},
			NULL, err);
	}
	*review_id = own.id;
	/* Saving a submitted review as a draft would take it from those who read it already. */
	if (text_equal(own.state, "submitted") && !s->is_submitted)
		return err_set(err, CONFLICT,
			"This review is submitted; submit the change, or leave it as it is");
	TRY(q_review_update(tx,
		&(struct q_review_update_in){
			.event_id = tx_event_id(tx),
			.id = own.id,
			.version = version,
			.state = state,
			.to_authors = s->to_authors,
			.to_chairs = s->to_chairs,
			.saved_at = tx_now_ms(tx),
			.submitted_at = submitted_at,
			.rev = s->rev,
		},
		&n, err));
	return n ? OK :
		   err_set(err, CONFLICT,
			   "You saved this review in another window. Compare, then save again");
}

enum rc review_save(struct tx *tx, void *arg, struct err *err)
{
	const struct review_save *s = arg;
	struct q_submission_standing now;
	int64_t review_id;

	TRY(check_review(s, err));
	TRY(check_standing(tx, s, &now, err));
	TRY(write_row(tx, s, now.version, &review_id, err));
	TRY(q_review_scores_delete(tx,
		&(struct q_review_scores_delete_in){
			.event_id = tx_event_id(tx), .review_id = review_id},
		NULL, err));
	for (size_t i = 0; i < s->n_criteria; i++) {
		const struct score_given *given = score_of(s, s->criteria[i].code);
		if (given)
			TRY(q_review_score_insert(tx,
				&(struct q_review_score_insert_in){
					.event_id = tx_event_id(tx),
					.review_id = review_id,
					.criterion_id = s->criteria[i].id,
					.score = given->score,
				},
				NULL, err));
	}
	return audit_write(tx, s->actor->person_id,
		s->is_submitted ? "review.submit" : "review.save", s->submission->row.code, NULL,
		err);
}

int review_mean_100(const struct q_scores_of_submission *scores, size_t n, int64_t review_id)
{
	int64_t sum = 0, weight = 0;

	for (size_t i = 0; i < n; i++) {
		if (scores[i].review_id != review_id)
			continue;
		sum += scores[i].score * scores[i].weight;
		weight += scores[i].weight;
	}
	return weight ? (int)((sum * 100 + weight / 2) / weight) : 0;
}
