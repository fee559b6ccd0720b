/* The reviewer's queue and the one screen of a review. */
#include "base/random.h"
#include "domain/assignment.h"
#include "domain/review.h"
#include "pages/bid.h"
#include "pages/handlers.h"
#include "pages/review.h"
#include "pdf/print.h"
#include "pages/submission.h"

/* GET /:event/reviews: what is left, first. */
enum rc get_reviews(struct request *rq, struct vm *vm)
{
	struct q_reviews_assigned *rows;
	struct vm_list *list = vm_list(vm, "reviews");
	struct call call;
	size_t n, n_done = 0;

	TRY(call_load(rq->db, rq->arena, page_event_id(rq), &call, &rq->err));
	TRY(q_reviews_assigned(rq->db, rq->arena,
		&(struct q_reviews_assigned_in){
			.event_id = page_event_id(rq), .actor_id = rq->actor->person_id},
		&rows, &n, &rq->err));
	for (size_t i = 0; i < n; i++) {
		struct vm *row = vm_item(list);
		vm_text(row, "code", rows[i].code);
		vm_text(row, "title", rows[i].title);
		vm_page_text(row, "type_text", rows[i].type_title);
		vm_enum(row, "state", "review", rows[i].review_state);
		vm_time(row, "saved_at", rows[i].saved_at);
		n_done += text_equal(rows[i].review_state, "submitted");
	}
	vm_int(vm, "n_assigned", (int64_t)n);
	vm_int(vm, "n_done", (int64_t)n_done);
	vm_page_bool(vm, "has_reviews", n > 0);
	vm_page_bool(vm, "is_finished", n > 0 && n == n_done);
	vm_page_bool(vm, "has_pack", n > n_done && print_title("review-pack"));
	vm_time(vm_object(vm, "due"), "at", call.row.reviews_due_at);
	put_bidding(rq, vm, &call);
	return OK;
}

/* ---- the review screen ---- */

/* What a review page needs; FORBIDDEN when it is not assigned to the reader. */
struct review_page {
	struct submission submission;
	struct submission_version_text text;
	struct q_criteria_of_event *criteria;
	struct q_anchors_of_event *anchors;
	struct q_review_own own;
	size_t n_criteria, n_anchors;
	bool has_own;
};

static enum rc load_page(struct request *rq, struct review_page *p)
{
	int64_t event_id = page_event_id(rq);

	TRY(submission_load(rq->db, rq->arena, rq->event, rq->actor, path_param(rq, "code"),
		&p->submission, &rq->err));
	if (!(p->submission.relations & REL_ASSIGNED) ||
		(p->submission.relations & (REL_AUTHOR | REL_CONFLICT)))
		return err_set(&rq->err, NOT_FOUND, "This submission is not assigned to you");
	TRY(submission_read(rq->db, rq->arena, event_id, p->submission.row.id,
		p->submission.row.version, &p->text, &rq->err));
	TRY(q_criteria_of_event(rq->db, rq->arena,
		&(struct q_criteria_of_event_in){.event_id = event_id}, &p->criteria,
		&p->n_criteria, &rq->err));
	TRY(q_anchors_of_event(rq->db, rq->arena,
		&(struct q_anchors_of_event_in){.event_id = event_id}, &p->anchors, &p->n_anchors,
		&rq->err));
	return q_review_own(rq->db, rq->arena,
		&(struct q_review_own_in){
			.event_id = event_id,
			.submission_id = p->submission.row.id,
			.person_id = rq->actor->person_id,
		},
		&p->own, &p->has_own, &rq->err);
}

/* What the reader has given so far, in the form and as a program sends it back. */
static enum rc put_given(
	struct request *rq, struct vm *vm, struct form_view *form, const struct review_page *p)
{
	const char *to_authors = p->has_own ? p->own.to_authors : "";
	const char *to_chairs = p->has_own ? p->own.to_chairs : "";
	struct vm *given = rq->wants_json ? vm_object(vm, "score") : NULL;
	struct q_review_scores *scores;
	size_t n = 0;

	if (p->has_own)
		TRY(q_review_scores(rq->db, rq->arena,
			&(struct q_review_scores_in){
				.event_id = page_event_id(rq), .review_id = p->own.id},
			&scores, &n, &rq->err));
	for (size_t i = 0; i < n; i++) {
		form_view_key(form, "score", scores[i].code,
			arena_printf(rq->arena, "%d", (int)scores[i].score));
		if (given)
			vm_int(given, scores[i].code, scores[i].score);
	}
	form_view_text(form, "to_authors", to_authors);
	form_view_text(form, "to_chairs", to_chairs);
	if (given) {
		vm_text(vm, "to_authors", to_authors);
		vm_text(vm, "to_chairs", to_chairs);
	}
	return OK;
}

/* The rubric for a program: what each score is called. */
static void put_criteria(struct vm *vm, const struct review_page *p)
{
	struct vm_list *list = vm_list(vm, "criteria");

	for (size_t c = 0; c < p->n_criteria; c++) {
		const struct q_criteria_of_event *criterion = &p->criteria[c];
		struct vm *row = vm_item(list);
		struct vm_list *anchors;
		vm_text(row, "code", criterion->code);
		vm_text(row, "title", criterion->title);
		vm_text(row, "hint", criterion->hint);
		vm_int(row, "weight", criterion->weight);
		anchors = vm_list(row, "anchors");
		for (size_t i = 0; i < p->n_anchors; i++) {
			if (p->anchors[i].criterion_id != criterion->id)
				continue;
			struct vm *anchor = vm_item(anchors);
			vm_int(anchor, "score", p->anchors[i].score);
			vm_text(anchor, "text", p->anchors[i].text);
		}
	}
}

/* Each criterion with its five anchored scores. */
static void put_rubric(struct request *rq, struct form_view *form, const struct review_page *p)
{
	for (size_t c = 0; c < p->n_criteria; c++) {
		const struct q_criteria_of_event *criterion = &p->criteria[c];
		struct vm *node = form_view_key_field(form, "score", criterion->code);
		vm_page_text(node, "title", criterion->title);
		vm_page_text(node, "hint", criterion->hint);
		vm_page_int(node, "weight", criterion->weight);
		for (size_t i = 0; i < p->n_anchors; i++)
			if (p->anchors[i].criterion_id == criterion->id)
				form_view_key_option(form, "score", criterion->code,
					arena_printf(rq->arena, "%d", (int)p->anchors[i].score),
					p->anchors[i].text, NULL);
	}
}

void put_review_list(struct vm *vm, const struct q_reviews_of_submission *reviews, size_t n,
	const struct q_scores_of_submission *scores, size_t n_scores, int64_t reader_person_id,
	bool shows_names, bool shows_confidence)
{
	struct vm_list *list = vm_list(vm, "reviews");

	for (size_t i = 0; i < n; i++) {
		const struct q_reviews_of_submission *row = &reviews[i];
		struct vm *review = vm_item(list);
		int mean = review_mean_100(scores, n_scores, row->id);
		vm_int(review, "number", (int64_t)i + 1);
		vm_page_bool(
			review, "is_mine", reader_person_id && row->person_id == reader_person_id);
		if (shows_names)
			vm_name(review, "name", row->name,
				text_is_empty(row->name_lang) ? NULL : row->name_lang);
		vm_text(review, "to_authors", row->to_authors);
		if (shows_confidence && !text_is_empty(row->to_chairs))
			vm_text(review, "to_chairs", row->to_chairs);
		vm_real(review, "mean", mean / 100.0, 2);
		struct vm_list *each = vm_list(review, "scores");
		for (size_t k = 0; k < n_scores; k++) {
			if (scores[k].review_id != row->id)
				continue;
			struct vm *score = vm_item(each);
			vm_text(score, "criterion", scores[k].code);
			vm_page_text(score, "criterion_title", scores[k].title);
			vm_int(score, "score", scores[k].score);
		}
	}
}

enum rc load_reviews(struct request *rq, int64_t submission_id,
	struct q_reviews_of_submission **reviews, size_t *n, struct q_scores_of_submission **scores,
	size_t *n_scores)
{
	TRY(q_reviews_of_submission(rq->db, rq->arena,
		&(struct q_reviews_of_submission_in){
			.event_id = page_event_id(rq), .submission_id = submission_id},
		reviews, n, &rq->err));
	return q_scores_of_submission(rq->db, rq->arena,
		&(struct q_scores_of_submission_in){
			.event_id = page_event_id(rq), .submission_id = submission_id},
		scores, n_scores, &rq->err);
}

/* Others' reviews, by number, only after one's own is in. */
static enum rc put_others(struct request *rq, struct vm *vm, const struct submission *s)
{
	struct q_reviews_of_submission *reviews;
	struct q_scores_of_submission *scores;
	size_t n, n_scores;

	if (!submission_may_see(s, DOC_REVIEWS))
		return OK;
	TRY(load_reviews(rq, s->row.id, &reviews, &n, &scores, &n_scores));
	put_review_list(vm, reviews, n, scores, n_scores, rq->actor->person_id, false, false);
	vm_page_bool(vm, "has_others", n > 1);
	return OK;
}

/* The next one of the queue that is not done, for "submit and go on". */
static enum rc next_in_queue(struct request *rq, const char *code, const char **next)
{
	struct q_reviews_assigned *rows;
	size_t n;

	*next = NULL;
	TRY(q_reviews_assigned(rq->db, rq->arena,
		&(struct q_reviews_assigned_in){
			.event_id = page_event_id(rq), .actor_id = rq->actor->person_id},
		&rows, &n, &rq->err));
	for (size_t i = 0; i < n && !*next; i++)
		if (!text_equal(rows[i].code, code) &&
			!text_equal(rows[i].review_state, "submitted"))
			*next = rows[i].code;
	return OK;
}

static const char *const conflict_reasons[] = {
	"colleague", "supervisor", "family", "rival", "other"};
enum { N_CONFLICT_REASONS = sizeof conflict_reasons / sizeof conflict_reasons[0] };

void put_conflict_reasons(struct request *rq, struct form_view *form)
{
	for (size_t i = 0; i < N_CONFLICT_REASONS; i++)
		form_view_option(form, "reason", conflict_reasons[i],
			i18n_word(rq->app->i18n, rq->lang, "conflict", conflict_reasons[i]), NULL);
}

const char *conflict_reason_sent(struct request *rq)
{
	const char *reason = form_text(&rq->form, "reason");

	for (size_t i = 0; i < N_CONFLICT_REASONS; i++)
		if (text_equal(conflict_reasons[i], reason))
			return reason;
	err_field(&rq->err, "reason", "Choose what the conflict is");
	return NULL;
}

static void put_conflict_form(struct request *rq, struct vm *vm, const char *code)
{
	put_conflict_reasons(rq, form_view_named(rq, vm, "conflict_form", post_review_conflict,
					 arena_printf(rq->arena, "%s/submissions/%s/review/conflict",
						 page_event_path(rq), code)));
}

/* GET /:event/submissions/:code/review: abstract left, rubric right. */
enum rc get_review(struct request *rq, struct vm *vm)
{
	struct review_page p;
	struct form_view *form;
	struct vm *shown;
	const char *next;

	TRY(load_page(rq, &p));
	shown = vm_object(vm, "submission");
	vm_text(shown, "code", p.submission.row.code);
	put_version_text(rq, shown, &p.text);
	if (submission_may_see(&p.submission, DOC_AUTHORS))
		put_version_authors(shown, &p.text, 0);
	form = form_view_new(rq, vm, post_review, rq->path);
	TRY(put_given(rq, vm, form, &p));
	put_rubric(rq, form, &p);
	if (rq->wants_json)
		put_criteria(vm, &p);
	form_view_int(form, "rev", p.has_own ? p.own.rev : 0);
	vm_enum(vm, "state", "review", p.has_own ? p.own.state : "open");
	vm_time(vm, "saved_at", p.has_own ? p.own.saved_at : 0);
	vm_int(vm, "rev", p.has_own ? p.own.rev : 0);
	put_conflict_form(rq, vm, p.submission.row.code);
	TRY(next_in_queue(rq, p.submission.row.code, &next));
	vm_page_text(vm, "next_code", next);
	return put_others(rq, vm, &p.submission);
}

/* POST /:event/submissions/:code/review */
enum rc post_review(struct request *rq, struct vm *vm)
{
	const struct form *f = &rq->form;
	size_t n_scores = form_n_keys(f, "score");
	struct score_given *scores = ARENA_ARRAY(rq->arena, n_scores, struct score_given);
	bool is_submitted = text_equal(f->doing, "submit");
	struct review_page p;
	const char *next;

	(void)vm;
	TRY(load_page(rq, &p));
	for (size_t i = 0; i < n_scores; i++)
		scores[i] = (struct score_given){
			form_key(f, "score", i), form_key_int(f, "score", i, 0)};
	TRY(next_in_queue(rq, p.submission.row.code, &next));
	if (is_submitted && next)
		reply_to(rq, "%s/submissions/%s/review", page_event_path(rq), next);
	else if (is_submitted)
		reply_to(rq, "%s/reviews", page_event_path(rq));
	else
		reply_to(
			rq, "%s/submissions/%s/review", page_event_path(rq), p.submission.row.code);
	reply_flash(rq, is_submitted && next ? "Your review is in. Here is the next one"
			: is_submitted       ? "Your review is in. That was the last one: thank you"
					     : "Your review is saved; nobody else sees it yet");
	return page_write(rq, TX_NORMAL, review_save,
		&(struct review_save){
			.actor = rq->actor,
			.submission = &p.submission,
			.criteria = p.criteria,
			.n_criteria = p.n_criteria,
			.scores = scores,
			.n_scores = n_scores,
			.to_authors = form_text(f, "to_authors"),
			.to_chairs = form_text(f, "to_chairs"),
			.rev = form_int(f, "rev", 0),
			.is_submitted = is_submitted,
			.code = code_new(rq->arena),
		});
}

static enum rc answer(struct request *rq, const char *reason, const char *flash)
{
	struct review_page p;

	TRY(load_page(rq, &p));
	reply_to(rq, "%s/reviews", page_event_path(rq));
	reply_flash(rq, "%s", flash);
	return page_write(rq, TX_NORMAL, assignment_answer,
		&(struct assignment_answer){
			.actor = rq->actor, .submission = &p.submission, .reason = reason});
}

/* POST /:event/submissions/:code/review/conflict */
enum rc post_review_conflict(struct request *rq, struct vm *vm)
{
	const char *reason = conflict_reason_sent(rq);

	(void)vm;
	if (!reason)
		return rq->err.rc;
	return answer(rq, reason, "Thank you for saying so. You will not see this one again");
}

/* POST /:event/submissions/:code/review/decline */
enum rc post_review_decline(struct request *rq, struct vm *vm)
{
	(void)vm;
	return answer(rq, NULL, "The chairs will ask somebody else");
}
