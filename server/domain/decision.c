/* Staging, releasing, confirming. */
#include "domain/decision.h"
#include "domain/audit.h"
#include "domain/mail.h"

#include <string.h>

static const char *const outcomes[] = {"talk", "poster", "workshop", "waitlist", "reject"};

bool decision_is_outcome(const char *word)
{
	for (size_t i = 0; i < sizeof(outcomes) / sizeof(outcomes[0]); i++)
		if (text_equal(outcomes[i], word))
			return true;
	return false;
}

bool decision_is_acceptance(const char *outcome)
{
	return decision_is_outcome(outcome) && !text_equal(outcome, "waitlist") &&
		!text_equal(outcome, "reject");
}

/* ---- staging ---- */

static enum rc stage_new(struct tx *tx, const struct decision_stage *s, struct err *err)
{
	return q_decision_insert(tx,
		&(struct q_decision_insert_in){
			.event_id = tx_event_id(tx),
			.id = tx_id(tx),
			.code = s->code,
			.submission_id = s->submission->row.id,
			.version = s->submission->row.version,
			.outcome = s->outcome,
			.note = s->note ? s->note : "",
			.staged_at = tx_now_ms(tx),
			.staged_by_id = s->actor->person_id,
		},
		NULL, err);
}

static enum rc stage_again(struct tx *tx, const struct decision_stage *s,
	const struct q_decision_of_submission *now, struct err *err)
{
	int64_t n;

	TRY(q_decision_update(tx,
		&(struct q_decision_update_in){
			.event_id = tx_event_id(tx),
			.id = now->id,
			.rev = s->rev < 0 ? now->rev : s->rev,
			.version = s->submission->row.version,
			.outcome = s->outcome,
			.note = s->note ? s->note : now->note,
			.staged_at = tx_now_ms(tx),
			.staged_by_id = s->actor->person_id,
		},
		&n, err));
	return n ? OK :
		   err_set(err, CONFLICT,
			   "Another chair has changed this decision meanwhile. Look at it again");
}

enum rc decision_stage(struct tx *tx, void *arg, struct err *err)
{
	const struct decision_stage *s = arg;
	struct q_decision_of_submission now;
	bool found;

	if (!text_equal(s->submission->row.state, "submitted"))
		return err_set(err, CONFLICT, "%s was withdrawn; there is nothing to decide",
			s->submission->row.code);
	TRY(q_decision_of_submission(tx_db(tx), tx_arena(tx),
		&(struct q_decision_of_submission_in){
			.event_id = tx_event_id(tx), .submission_id = s->submission->row.id},
		&now, &found, err));
	if (found && now.released_at)
		return err_set(err, CONFLICT,
			"%s is released already; write to its authors instead",
			s->submission->row.code);
	if (!*s->outcome)
		TRY(q_decision_delete(tx,
			&(struct q_decision_delete_in){
				.event_id = tx_event_id(tx),
				.submission_id = s->submission->row.id,
			},
			NULL, err));
	else
		TRY(found ? stage_again(tx, s, &now, err) : stage_new(tx, s, err));
	return audit_write(tx, s->actor->person_id,
		*s->outcome ? "decision.stage" : "decision.unstage", s->submission->row.code, NULL,
		err);
}

/* ---- releasing ---- */

const char *decision_comments(struct arena *a, const struct q_reviews_of_submission *reviews,
	size_t n)
{
	size_t max = 1;
	for (size_t i = 0; i < n; i++)
		max += str_from(reviews[i].to_authors).n + 40;
	struct buf b = buf_in(a, max);

	for (size_t i = 0; i < n; i++)
		buf_printf(&b, "%sReview %zu\n%s", i ? "\n\n" : "", i + 1, reviews[i].to_authors);
	return buf_cstr(&b);
}

/* Behind "Review 2\n" at the start of text, or NULL. */
static const char *behind_heading(struct arena *a, const char *text, size_t number)
{
	const char *heading = arena_printf(a, "Review %zu\n", number);
	size_t n = strlen(heading);

	return strncmp(text, heading, n) == 0 ? text + n : NULL;
}

/* Where the next heading begins, or the end. */
static const char *end_of_comment(struct arena *a, const char *text, size_t next)
{
	const char *end = strstr(text, arena_printf(a, "\n\nReview %zu\n", next));

	return end ? end : text + strlen(text);
}

size_t decision_comments_read(struct arena *a, const char *comments, struct decision_comment **out)
{
	size_t n = 0, n_lines = 1;

	for (const char *c = comments; *c; c++)
		n_lines += *c == '\n';
	*out = ARENA_ARRAY(a, n_lines, struct decision_comment);
	for (const char *text; (text = behind_heading(a, comments, n + 1)) != NULL; n++) {
		const char *end = end_of_comment(a, text, n + 2);
		(*out)[n] = (struct decision_comment){arena_printf(a, "Review %zu", n + 1),
			str_dup(a, (struct str){text, (size_t)(end - text)})};
		comments = *end ? end + 2 : end;
	}
	return n;
}

static enum rc letters_queue(struct tx *tx, const struct decision_release *r,
	const struct q_decisions_staged *d, struct err *err)
{
	struct arena *a = tx_arena(tx);
	struct q_reviews_of_submission *reviews;
	struct q_letter_recipients *people;
	size_t n_reviews, n_people;
	const char *link = arena_printf(a, "%s/submissions/%s/decision", r->base_url, d->code);

	TRY(q_reviews_of_submission(tx_db(tx), a,
		&(struct q_reviews_of_submission_in){
			.event_id = tx_event_id(tx), .submission_id = d->submission_id},
		&reviews, &n_reviews, err));
	TRY(q_letter_recipients(tx_db(tx), a,
		&(struct q_letter_recipients_in){
			.event_id = tx_event_id(tx), .submission_id = d->submission_id},
		&people, &n_people, err));
	for (size_t i = 0; i < n_people; i++) {
		if (!*people[i].email)
			continue;
		TRY(mail_queue(tx,
			&(struct mail){
				.template_name = arena_printf(a, "decision_%s", d->outcome),
				.person_id = people[i].id,
				.submission_id = d->submission_id,
				.discloses = "reviews",
				.to_name = people[i].name,
				.to_email = people[i].email,
				.values = (struct mail_value[]){{"name", people[i].name},
					{"title", d->title}, {"code", d->code}, {"note", d->note},
					{"comments", decision_comments(a, reviews, n_reviews)},
					{"link", link}},
				.n_values = 6,
			},
			err));
	}
	return OK;
}

static enum rc release_one(struct tx *tx, const struct decision_release *r,
	const struct q_decisions_staged *d, struct err *err)
{
	int64_t n;

	TRY(q_decision_release(tx,
		&(struct q_decision_release_in){
			.event_id = tx_event_id(tx),
			.id = d->id,
			.rev = d->rev,
			.released_at = tx_now_ms(tx),
			.released_by_id = r->actor->person_id,
		},
		&n, err));
	if (!n)
		return err_set(err, CONFLICT, "Another chair released meanwhile. Look again");
	TRY(letters_queue(tx, r, d, err));
	return audit_write(tx, r->actor->person_id, "decision.release", d->code, NULL, err);
}

enum rc decision_release(struct tx *tx, void *arg, struct err *err)
{
	struct decision_release *r = arg;
	struct q_decisions_staged *staged;
	size_t n;

	TRY(q_decisions_staged(tx_db(tx), tx_arena(tx),
		&(struct q_decisions_staged_in){
			.event_id = tx_event_id(tx),
			.actor_id = r->actor->person_id,
			.actor_roles = r->actor->roles,
		},
		&staged, &n, err));
	if ((int64_t)n != r->n_expected || !n)
		return err_set(err, CONFLICT,
			"The staged decisions have changed since you saw the letters. Read them "
			"again, then release");
	for (size_t i = 0; i < n; i++)
		TRY(release_one(tx, r, &staged[i], err));
	r->n_released = (int64_t)n;
	return q_event_touch(tx, &(struct q_event_touch_in){.id = tx_event_id(tx)}, NULL, err);
}

/* ---- confirming ---- */

enum rc decision_confirm(struct tx *tx, void *arg, struct err *err)
{
	const struct decision_confirm *c = arg;
	struct q_decision_of_submission now;
	bool found;

	TRY(q_decision_of_submission(tx_db(tx), tx_arena(tx),
		&(struct q_decision_of_submission_in){
			.event_id = tx_event_id(tx), .submission_id = c->submission->row.id},
		&now, &found, err));
	if (!found || !now.released_at || !decision_is_acceptance(now.outcome))
		return err_set(err, CONFLICT, "There is nothing to confirm here");
	TRY(q_confirmation_upsert(tx,
		&(struct q_confirmation_upsert_in){
			.event_id = tx_event_id(tx),
			.decision_id = now.id,
			.answer = c->is_coming ? "yes" : "no",
			.answered_at = tx_now_ms(tx),
			.answered_by_id = c->actor->person_id,
		},
		NULL, err));
	return audit_write(tx, c->actor->person_id, "decision.confirm", c->submission->row.code,
		NULL, err);
}
