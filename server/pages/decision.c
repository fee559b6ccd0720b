/* One decision, the letters, the release, and the authors' answer. */
#include "base/random.h"
#include "domain/decision.h"
#include "pages/handlers.h"
#include "pages/review.h"
#include "pages/submission.h"

static const char *const outcomes[] = {"talk", "poster", "workshop", "waitlist", "reject"};

/* ---- one decision ---- */

static enum rc find_decision(struct request *rq, int64_t submission_id,
	struct q_decision_of_submission *out, bool *found)
{
	return q_decision_of_submission(rq->db, rq->arena,
		&(struct q_decision_of_submission_in){
			.event_id = page_event_id(rq), .submission_id = submission_id},
		out, found, &rq->err);
}

static enum rc put_reviews(struct request *rq, struct vm *vm, const struct submission *s)
{
	struct q_reviews_of_submission *reviews;
	struct q_scores_of_submission *scores;
	size_t n, n_scores;

	if (!submission_may_see(s, DOC_REVIEWS))
		return OK;
	TRY(load_reviews(rq, s->row.id, &reviews, &n, &scores, &n_scores));
	put_review_list(vm, reviews, n, scores, n_scores, 0, submission_may_see(s, DOC_REVIEWERS),
		submission_may_see(s, DOC_TO_CHAIRS));
	vm_page_bool(vm, "has_reviews", n > 0);
	return OK;
}

/* The chair's half: stage it here, with a paragraph for the letter. */
static void put_chair_form(struct request *rq, struct vm *vm,
	const struct q_decision_of_submission *d, bool found)
{
	struct form_view *form = form_view_new(rq, vm, post_decision, rq->path);

	form_view_text(form, "outcome", found ? d->outcome : "");
	form_view_text(form, "note", found ? d->note : "");
	form_view_int(form, "rev", found ? d->rev : 0);
	form_view_option(form, "outcome", "",
		i18n_text(rq->app->i18n, rq->lang, "Not decided", 1), NULL);
	for (size_t i = 0; i < sizeof(outcomes) / sizeof(outcomes[0]); i++)
		form_view_option(form, "outcome", outcomes[i],
			i18n_word(rq->app->i18n, rq->lang, "outcome", outcomes[i]), NULL);
}

/* The authors' half: what was decided, and whether they come. */
static enum rc put_answer(struct request *rq, struct vm *vm,
	const struct q_decision_of_submission *d)
{
	struct q_confirmation_get answer;
	bool found;

	TRY(q_confirmation_get(rq->db, rq->arena,
		&(struct q_confirmation_get_in){
			.event_id = page_event_id(rq), .decision_id = d->id},
		&answer, &found, &rq->err));
	vm_text(vm, "confirmation", found ? answer.answer : NULL);
	vm_page_bool(vm, "can_confirm", decision_is_acceptance(d->outcome));
	vm_page_bool(vm, "is_coming", found && text_equal(answer.answer, "yes"));
	vm_page_bool(vm, "is_not_coming", found && text_equal(answer.answer, "no"));
	return OK;
}

/* GET /:event/submissions/:code/decision: the chairs' desk, or the authors' letter. */
enum rc get_decision(struct request *rq, struct vm *vm)
{
	struct submission_version_text text;
	struct q_decision_of_submission d;
	struct submission s;
	struct vm *shown;
	bool found, is_chair, is_author;

	TRY(submission_load(rq->db, rq->arena, rq->event, rq->actor, path_param(rq, "code"), &s,
		&rq->err));
	is_chair = submission_may_see(&s, DOC_REVIEWERS);
	is_author = (s.relations & REL_AUTHOR) && submission_may_see(&s, DOC_DECISION);
	if (!is_chair && !is_author)
		return err_set(&rq->err, NOT_FOUND, "There is no decision to see here yet");
	TRY(submission_read(rq->db, rq->arena, page_event_id(rq), s.row.id, s.row.version, &text,
		&rq->err));
	TRY(find_decision(rq, s.row.id, &d, &found));
	shown = vm_object(vm, "submission");
	vm_text(shown, "code", s.row.code);
	put_version_text(rq, shown, &text);
	if (submission_may_see(&s, DOC_AUTHORS))
		put_version_authors(shown, &text, rq->actor->person_id);
	if (is_chair && submission_may_see(&s, DOC_NOTE))
		vm_text(shown, "note", text.row.note);
	if (found && (is_chair || d.released_at)) {
		struct vm *decision = vm_object(vm, "decision");
		put_outcome(decision, d.outcome);
		vm_time(decision, "released_at", d.released_at);
		vm_page_bool(decision, "is_staged", !d.released_at);
		vm_text(decision, "note", d.note);
		vm_int(decision, "rev", d.rev);
	}
	vm_page_bool(vm, "is_chair_view", is_chair);
	if (is_chair && !(found && d.released_at))
		put_chair_form(rq, vm, &d, found);
	if (is_author && found)
		TRY(put_answer(rq, vm, &d));
	return put_reviews(rq, vm, &s);
}

/* POST /:event/submissions/:code/decision */
enum rc post_decision(struct request *rq, struct vm *vm)
{
	const char *outcome = form_text(&rq->form, "outcome");
	struct submission s;

	(void)vm;
	TRY(submission_load(rq->db, rq->arena, rq->event, rq->actor, path_param(rq, "code"), &s,
		&rq->err));
	if (!submission_may_see(&s, DOC_REVIEWERS))
		return err_set(&rq->err, NOT_FOUND,
			"There is no submission at this address, or not for you");
	if (*outcome && !decision_is_outcome(outcome))
		return err_field(&rq->err, "outcome", "Choose one of the decisions");
	reply_to(rq, "%s/submissions/%s/decision", page_event_path(rq), s.row.code);
	reply_flash(rq, "Staged; nobody but the chairs knows");
	return page_write(rq, TX_NORMAL, decision_stage,
		&(struct decision_stage){
			.actor = rq->actor,
			.submission = &s,
			.outcome = outcome,
			.note = form_text(&rq->form, "note"),
			.rev = form_int(&rq->form, "rev", 0),
			.code = code_new(rq->arena),
		});
}

/* POST /:event/submissions/:code/confirm */
enum rc post_decision_confirm(struct request *rq, struct vm *vm)
{
	const char *answer = form_text(&rq->form, "answer");
	struct submission s;

	(void)vm;
	TRY(submission_load(rq->db, rq->arena, rq->event, rq->actor, path_param(rq, "code"), &s,
		&rq->err));
	if (!(s.relations & REL_AUTHOR))
		return err_set(&rq->err, FORBIDDEN, "Only its authors can answer");
	if (!text_equal(answer, "yes") && !text_equal(answer, "no"))
		return err_field(&rq->err, "answer", "Say whether you will come");
	reply_to(rq, "%s/submissions/%s/decision", page_event_path(rq), s.row.code);
	reply_flash(rq, text_equal(answer, "yes") ? "We look forward to it" :
						    "We are sorry. You can change your mind here");
	return page_write(rq, TX_NORMAL, decision_confirm,
		&(struct decision_confirm){
			.actor = rq->actor,
			.submission = &s,
			.is_coming = text_equal(answer, "yes"),
		});
}

/* ---- the letters and the release ---- */

static enum rc put_letter(struct request *rq, struct vm *vm, const struct q_decisions_staged *d)
{
	struct q_reviews_of_submission *reviews;
	struct q_letter_recipients *people;
	size_t n_reviews, n_people;
	struct vm_list *to;

	TRY(q_reviews_of_submission(rq->db, rq->arena,
		&(struct q_reviews_of_submission_in){
			.event_id = page_event_id(rq), .submission_id = d->submission_id},
		&reviews, &n_reviews, &rq->err));
	TRY(q_letter_recipients(rq->db, rq->arena,
		&(struct q_letter_recipients_in){
			.event_id = page_event_id(rq), .submission_id = d->submission_id},
		&people, &n_people, &rq->err));
	vm_text(vm, "code", d->code);
	vm_text(vm, "title", d->title);
	put_outcome(vm, d->outcome);
	vm_text(vm, "note", d->note);
	vm_text(vm, "comments", decision_comments(rq->arena, reviews, n_reviews));
	to = vm_list(vm, "to");
	for (size_t i = 0; i < n_people; i++)
		if (*people[i].email)
			vm_name(vm_item(to), "name", people[i].name, NULL);
	vm_page_text(vm, "name", n_people ? people[0].name : "");
	return OK;
}

/* GET /:event/decisions/letters: each letter as it will go, to be proof-read. */
enum rc get_decision_letters(struct request *rq, struct vm *vm)
{
	struct vm_list *list = vm_list(vm, "letters");
	struct q_decisions_staged *staged;
	struct form_view *form;
	size_t n;

	TRY(q_decisions_staged(rq->db, rq->arena,
		&(struct q_decisions_staged_in){
			.event_id = page_event_id(rq),
			.actor_id = rq->actor->person_id,
			.actor_roles = rq->actor->roles,
		},
		&staged, &n, &rq->err));
	for (size_t i = 0; i < n; i++)
		TRY(put_letter(rq, vm_item(list), &staged[i]));
	vm_int(vm, "n", (int64_t)n);
	vm_page_bool(vm, "has_letters", n > 0);
	form = form_view_new(rq, vm, post_decision_release,
		arena_printf(rq->arena, "%s/decisions/release", page_event_path(rq)));
	form_view_renew_int(form, "expected", (int64_t)n);
	return OK;
}

/* POST /:event/decisions/release */
enum rc post_decision_release(struct request *rq, struct vm *vm)
{
	struct decision_release release = {
		.actor = rq->actor,
		.n_expected = form_int(&rq->form, "expected", 0),
		.base_url = page_url(rq, page_event_path(rq)),
	};

	(void)vm;
	reply_to(rq, "%s/decisions", page_event_path(rq));
	reply_flash(rq, "Released. The letters are on their way");
	return page_write(rq, TX_NORMAL, decision_release, &release);
}
