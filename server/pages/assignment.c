/* The chair's board: who reviews what. */
#include "base/random.h"
#include "domain/assignment.h"
#include "pages/assignment_proposal.h"
#include "pages/handlers.h"

/* Everything the board shows, in five statements however long it is. */
struct board {
	struct q_assignment_board *submissions;
	struct q_assignments_visible *assignments;
	struct q_reviewers_of_event *reviewers;
	struct q_reviewer_themes *themes;
	struct q_barred_pairs *barred;
	size_t n_submissions, n_assignments, n_reviewers, n_themes, n_barred;
};

static enum rc board_load(struct request *rq, struct board *b)
{
	int64_t event_id = page_event_id(rq), actor_id = rq->actor->person_id;
	int64_t roles = rq->actor->roles;

	TRY(q_assignment_board(rq->db, rq->arena,
		&(struct q_assignment_board_in){
			.event_id = event_id, .actor_id = actor_id, .actor_roles = roles},
		&b->submissions, &b->n_submissions, &rq->err));
	TRY(q_assignments_visible(rq->db, rq->arena,
		&(struct q_assignments_visible_in){
			.event_id = event_id, .actor_id = actor_id, .actor_roles = roles},
		&b->assignments, &b->n_assignments, &rq->err));
	TRY(q_reviewers_of_event(rq->db, rq->arena,
		&(struct q_reviewers_of_event_in){
			.event_id = event_id, .actor_id = actor_id, .actor_roles = roles},
		&b->reviewers, &b->n_reviewers, &rq->err));
	TRY(q_reviewer_themes(rq->db, rq->arena,
		&(struct q_reviewer_themes_in){.event_id = event_id}, &b->themes, &b->n_themes,
		&rq->err));
	return q_barred_pairs(rq->db, rq->arena,
		&(struct q_barred_pairs_in){
			.event_id = event_id, .actor_id = actor_id, .actor_roles = roles},
		&b->barred, &b->n_barred, &rq->err);
}

static bool is_barred(const struct board *b, int64_t submission_id, int64_t person_id)
{
	for (size_t i = 0; i < b->n_barred; i++)
		if (b->barred[i].submission_id == submission_id &&
			b->barred[i].person_id == person_id)
			return true;
	return false;
}

static bool has_it(const struct board *b, int64_t submission_id, int64_t person_id)
{
	for (size_t i = 0; i < b->n_assignments; i++)
		if (b->assignments[i].submission_id == submission_id &&
			b->assignments[i].person_id == person_id)
			return true;
	return false;
}

/* The reviewers who have it, and how many of them count. */
static int64_t put_assigned(struct vm *vm, const struct board *b, int64_t submission_id)
{
	struct vm_list *list = vm_list(vm, "reviewers");
	int64_t n = 0;

	for (size_t i = 0; i < b->n_assignments; i++) {
		const struct q_assignments_visible *row = &b->assignments[i];
		if (row->submission_id != submission_id)
			continue;
		struct vm *reviewer = vm_item(list);
		vm_text(reviewer, "code", row->code);
		vm_name(reviewer, "name", row->name,
			text_is_empty(row->name_lang) ? NULL : row->name_lang);
		vm_enum(reviewer, "state", "review",
			row->declined_at	 ? "declined" :
			*row->review_state ? row->review_state :
					     "open");
		vm_page_bool(reviewer, "can_remove", !*row->review_state);
		n += !row->declined_at;
	}
	return n;
}

/* Who could still be asked: everybody whom no hard rule forbids, least loaded as told. */
static void put_possible(struct request *rq, struct vm *vm, const struct board *b,
	int64_t submission_id)
{
	struct vm_list *list = vm_page_list(vm, "possible");

	for (size_t i = 0; i < b->n_reviewers; i++) {
		const struct q_reviewers_of_event *row = &b->reviewers[i];
		if (is_barred(b, submission_id, row->id) || has_it(b, submission_id, row->id))
			continue;
		struct vm *reviewer = vm_item(list);
		vm_page_text(reviewer, "value", row->code);
		vm_page_text(reviewer, "label",
			arena_printf(rq->arena, "%s (%d)", row->name, (int)row->n_assigned));
	}
}

static void put_reviewers(struct vm *vm, const struct board *b)
{
	struct vm_list *list = vm_list(vm, "load");

	for (size_t i = 0; i < b->n_reviewers; i++) {
		const struct q_reviewers_of_event *row = &b->reviewers[i];
		struct vm *reviewer = vm_item(list);
		vm_text(reviewer, "code", row->code);
		vm_name(reviewer, "name", row->name,
			text_is_empty(row->name_lang) ? NULL : row->name_lang);
		vm_text(reviewer, "affiliation", row->affiliation);
		vm_int(reviewer, "n_assigned", row->n_assigned);
		vm_int(reviewer, "n_done", row->n_done);
		struct vm_list *themes = vm_list(reviewer, "themes");
		for (size_t k = 0; k < b->n_themes; k++) {
			if (b->themes[k].person_id != row->id)
				continue;
			struct vm *theme = vm_item(themes);
			vm_text(theme, "code", b->themes[k].code);
			vm_text(theme, "name", b->themes[k].title);
			vm_text(theme, "letter", b->themes[k].letter);
			vm_int(theme, "hue", b->themes[k].hue);
		}
	}
}

/* GET /:event/assignments */
enum rc get_assignments(struct request *rq, struct vm *vm)
{
	struct vm_list *list = vm_list(vm, "submissions");
	struct board b;
	struct call call;
	int64_t n_short = 0;

	TRY(call_load(rq->db, rq->arena, page_event_id(rq), &call, &rq->err));
	TRY(board_load(rq, &b));
	form_view_new(rq, vm, post_assignment, NULL);
	for (size_t i = 0; i < b.n_submissions; i++) {
		const struct q_assignment_board *row = &b.submissions[i];
		struct vm *submission = vm_item(list);
		vm_text(submission, "code", row->code);
		vm_text(submission, "title", row->title);
		vm_page_text(submission, "type_text", row->type_title);
		int64_t n = put_assigned(submission, &b, row->id);
		vm_int(submission, "n_assigned", n);
		vm_page_bool(submission, "is_short", n < call.row.n_reviews);
		n_short += n < call.row.n_reviews;
		put_possible(rq, submission, &b, row->id);
	}
	vm_int(vm, "n_wanted", call.row.n_reviews);
	vm_int(vm, "n_short", n_short);
	vm_page_int(vm_page_object(vm, "short"), "n", n_short);
	vm_page_bool(vm, "has_submissions", b.n_submissions > 0);
	vm_page_bool(vm, "has_reviewers", b.n_reviewers > 0);
	put_reviewers(vm, &b);
	return put_assignment_proposals(
		rq, vm, b.n_submissions, b.n_reviewers, call.row.n_reviews);
}

/* The submission of the form, as the chair stands to it: their own and conflicts do not exist. */
static enum rc chosen_submission(struct request *rq, const char *code, struct submission *s)
{
	TRY(submission_load(rq->db, rq->arena, rq->event, rq->actor, code, s, &rq->err));
	if (!submission_may_see(s, DOC_REVIEWERS))
		return err_set(&rq->err, NOT_FOUND,
			"There is no submission at this address, or not for you");
	return OK;
}

/* POST /:event/assignments */
enum rc post_assignment(struct request *rq, struct vm *vm)
{
	struct submission s;
	struct q_person_by_code person;
	enum rc rc;

	(void)vm;
	TRY(chosen_submission(rq, form_text(&rq->form, "submission"), &s));
	rc = q_person_by_code(rq->db, rq->arena,
		&(struct q_person_by_code_in){
			.event_id = page_event_id(rq), .code = form_text(&rq->form, "reviewer")},
		&person, &rq->err);
	if (rc == NOT_FOUND) {
		err_clear(&rq->err);
		return err_field(&rq->err, "reviewer", "Choose a reviewer");
	}
	TRY(rc);
	reply_created(rq, "%s/assignments#s-%s", page_event_path(rq), s.row.code);
	return page_write(rq, TX_NORMAL, assignment_add,
		&(struct assignment_add){
			.actor = rq->actor,
			.submission_id = s.row.id,
			.submission_code = s.row.code,
			.person_id = person.id,
			.code = code_new(rq->arena),
			.draw = random_below(UINT32_MAX),
		});
}

/* POST /:event/assignments/:code/remove */
enum rc post_assignment_remove(struct request *rq, struct vm *vm)
{
	struct q_assignment_by_code row;
	struct submission s;
	bool found;

	(void)vm;
	TRY(q_assignment_by_code(rq->db, rq->arena,
		&(struct q_assignment_by_code_in){
			.event_id = page_event_id(rq), .code = path_param(rq, "code")},
		&row, &found, &rq->err));
	TRY(chosen_submission(rq, found ? row.submission_code : "", &s));
	reply_to(rq, "%s/assignments#s-%s", page_event_path(rq), s.row.code);
	return page_write(rq, TX_NORMAL, assignment_remove,
		&(struct assignment_remove){
			.actor = rq->actor, .code = path_param(rq, "code")});
}
