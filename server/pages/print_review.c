/*
 * On paper for the train: a reviewer's own assignments with room to write, and for chairs one table
 * of what they may know of. Each text is asked for through the policy, as its page would.
 */
#include <stdlib.h>
#include <string.h>
#include "base/text.h"
#include "domain/call.h"
#include "domain/score.h"
#include "domain/submission.h"
#include "pages/handlers.h"
#include "pages/print_kinds.h"
#include "pages/print_sessions.h"

/* pdf/documents/review_pack.schema.json */
enum {
	LABEL = 80,
	TITLE = 400,
	TYPE = 60,
	NAME = 160,
	AFFILIATION = 200,
	CRITERION = 60,
	HINT = 300,
	ANCHOR = 40,
	ZONE = 40,
	MAX_CRITERIA = 12,
	MAX_AUTHORS = 60,
};

/* ---- the form ---- */

/* Words below a criterion's scores: one for each of the five, or none. */
static void put_anchors(
	struct vm *vm, int64_t criterion_id, const struct q_anchors_of_event *anchors, size_t n)
{
	struct vm_list *list;
	size_t n_own = 0;

	for (size_t i = 0; i < n; i++)
		n_own += anchors[i].criterion_id == criterion_id;
	if (n_own != 5)
		return;
	list = vm_list(vm, "anchors");
	for (size_t i = 0; i < n; i++)
		if (anchors[i].criterion_id == criterion_id)
			vm_item_text(list, text_excerpt(vm_arena(vm), anchors[i].text, ANCHOR));
}

static enum rc put_criteria(struct request *rq, struct vm *model)
{
	struct vm_list *list = vm_list(model, "criteria");
	struct q_criteria_of_event *criteria;
	struct q_anchors_of_event *anchors;
	size_t n, n_anchors;

	TRY(q_criteria_of_event(rq->db, rq->arena,
		&(struct q_criteria_of_event_in){.event_id = page_event_id(rq)}, &criteria, &n,
		&rq->err));
	TRY(q_anchors_of_event(rq->db, rq->arena,
		&(struct q_anchors_of_event_in){.event_id = page_event_id(rq)}, &anchors,
		&n_anchors, &rq->err));
	for (size_t i = 0; i < n && i < MAX_CRITERIA; i++) {
		struct vm *vm = vm_item(list);
		print_line(vm, "name", criteria[i].title, CRITERION);
		print_line(vm, "about", criteria[i].hint, HINT);
		put_anchors(vm, criteria[i].id, anchors, n_anchors);
	}
	return OK;
}

static void put_comment(struct vm_list *list, const char *title, int lines)
{
	struct vm *vm = vm_item(list);

	vm_text(vm, "title", title);
	vm_int(vm, "lines", lines);
}

static enum rc put_form(struct request *rq, struct vm *model)
{
	const struct i18n *words = rq->app->i18n;
	struct vm_list *list;
	struct vm *vm;
	struct call call;

	TRY(call_load(rq->db, rq->arena, page_event_id(rq), &call, &rq->err));
	if (call.row.reviews_due_at) {
		vm = vm_object(model, "deadline");
		print_date(rq, vm, "on", call.row.reviews_due_at);
		print_clock(rq, vm, "at", call.row.reviews_due_at);
		print_line(vm, "zone", rq->event->row.zone, ZONE);
	}
	TRY(put_criteria(rq, model));
	list = vm_list(model, "comments");
	put_comment(list, i18n_text(words, rq->lang, "To the authors", 1), 8);
	put_comment(list, i18n_text(words, rq->lang, "To the chairs, in confidence", 1), 4);
	return OK;
}

/* ---- one submission ---- */

static void put_authors(struct vm *parent, const struct submission_version_text *text)
{
	struct vm_list *list = vm_list(parent, "authors");

	for (size_t i = 0; i < text->n_authors && i < MAX_AUTHORS; i++) {
		struct vm *vm = vm_item(list);
		struct str lines = str_from(text->authors[i].affiliations);
		struct str first = str_cut(&lines, '\n');
		print_line(vm, "name", text->authors[i].name, NAME);
		print_line(vm, "affiliation", str_dup(vm_arena(vm), first), AFFILIATION);
		if (text->authors[i].is_presenting)
			vm_bool(vm, "presenting", true);
	}
}

/* *has_authors: somebody's name is told. */
static enum rc put_submission(
	struct request *rq, struct vm *vm, const char *code, bool *has_authors)
{
	struct submission s;
	struct submission_version_text text;

	TRY(submission_load(rq->db, rq->arena, rq->event, rq->actor, code, &s, &rq->err));
	TRY(submission_read(
		rq->db, rq->arena, page_event_id(rq), s.row.id, s.row.version, &text, &rq->err));
	vm_text(vm, "code", print_code(rq->arena, code));
	print_line(vm, "title", text.row.title, TITLE);
	print_line(vm, "type", text.row.type_title, TYPE);
	if (text.n_themes)
		print_theme(vm, text.themes[0].letter, text.themes[0].title, text.themes[0].hue);
	print_keywords(vm, text.row.keywords);
	print_parts(vm, text.row.abstract);
	if (submission_may_see(&s, DOC_AUTHORS)) {
		put_authors(vm, &text);
		*has_authors = true;
	}
	return OK;
}

static enum rc put_assigned(struct request *rq, struct vm *model)
{
	struct q_reviews_assigned *rows;
	struct vm_list *list = vm_list(model, "submissions");
	bool has_authors = false;
	size_t n;

	TRY(q_reviews_assigned(rq->db, rq->arena,
		&(struct q_reviews_assigned_in){
			.event_id = page_event_id(rq), .actor_id = rq->actor->person_id},
		&rows, &n, &rq->err));
	for (size_t i = 0; i < n; i++)
		if (!text_equal(rows[i].review_state, "submitted"))
			TRY(put_submission(rq, vm_item(list), rows[i].code, &has_authors));
	vm_bool(model, "anonymous", !has_authors);
	return vm_count(list) ? put_form(rq, model)
			      : err_set(&rq->err, CONFLICT,
					"Nothing is left for you to review, so there is no pack");
}

/* ---- for chairs ---- */

struct ranked {
	const struct q_decision_board *row;
	const struct submission_score *score; /* NULL: no review yet */
};

static int by_mean(const void *x, const void *y)
{
	const struct ranked *a = x, *b = y;
	double mean_a = a->score ? a->score->mean : 0, mean_b = b->score ? b->score->mean : 0;

	return mean_a > mean_b ? -1 : mean_a < mean_b ? 1 : strcmp(a->row->code, b->row->code);
}

static void put_ranked(struct request *rq, struct vm *vm, const struct ranked *r)
{
	struct vm_list *list;

	vm_text(vm, "code", print_code(rq->arena, r->row->code));
	print_line(vm, "title", r->row->title, TITLE);
	print_line(vm, "type", r->row->type_title, TYPE);
	if (r->score) {
		list = vm_list(vm, "scores");
		for (int i = 0; i < r->score->n_reviews && i < SCORE_MAX_REVIEWS; i++)
			vm_item_real(list, r->score->reviews[i], 2);
		vm_real(vm, "mean", r->score->mean, 2);
	}
	if (text_is_empty(r->row->outcome))
		return;
	vm_text(vm, "decision",
		i18n_word(rq->app->i18n, rq->event->row.lang, "outcome", r->row->outcome));
	if (!r->row->released_at)
		vm_bool(vm, "is_staged", true);
}

static enum rc read_board(struct request *rq, struct ranked **out, size_t *n)
{
	int64_t event_id = page_event_id(rq), actor_id = rq->actor->person_id;
	struct q_decision_board *rows;
	struct q_board_scores *score_rows;
	struct submission_score *scores;
	size_t n_score_rows, n_scores;

	TRY(q_decision_board(rq->db, rq->arena,
		&(struct q_decision_board_in){.event_id = event_id,
			.actor_id = actor_id,
			.actor_roles = rq->actor->roles},
		&rows, n, &rq->err));
	TRY(q_board_scores(rq->db, rq->arena,
		&(struct q_board_scores_in){.event_id = event_id,
			.actor_id = actor_id,
			.actor_roles = rq->actor->roles},
		&score_rows, &n_score_rows, &rq->err));
	scores = scores_sum(rq->arena, score_rows, n_score_rows, &n_scores);
	*out = ARENA_ARRAY(rq->arena, *n, struct ranked);
	for (size_t i = 0; i < *n; i++)
		(*out)[i] = (struct ranked){&rows[i], score_find(scores, n_scores, rows[i].id)};
	if (*n)
		qsort(*out, *n, sizeof(**out), by_mean);
	return OK;
}

static enum rc put_summary(struct request *rq, struct vm *model)
{
	struct vm_list *list = vm_list(model, "submissions");
	struct ranked *rows;
	size_t n;

	TRY(policy_capability(rq->actor, rq->event, CAP_SELECTION) == OK
			? OK
			: err_set(&rq->err, FORBIDDEN,
				  "The table of all scores is for the chairs"));
	TRY(read_board(rq, &rows, &n));
	vm_text(model, "variant", "summary");
	for (size_t i = 0; i < n; i++)
		put_ranked(rq, vm_item(list), &rows[i]);
	return n ? OK : err_set(&rq->err, CONFLICT, "Nothing was submitted that you may know of");
}

/* ---- the print office ---- */

static const char *const variants[] = {"review", "summary"};

enum rc fill_review_packs(struct request *rq, struct form_view *form)
{
	bool is_chair = policy_capability(rq->actor, rq->event, CAP_SELECTION) == OK;

	for (size_t i = 0; i < (is_chair ? 2 : 1); i++)
		form_view_option(form, "variant", variants[i],
			i18n_word(rq->app->i18n, rq->lang, "review_pack", variants[i]), NULL);
	return OK;
}

/* POST /:event/print/review-packs */
enum rc post_print_review_packs(struct request *rq, struct vm *vm)
{
	bool is_summary = text_equal(form_text(&rq->form, "variant"), "summary");
	struct vm *model = print_model_new(rq, NULL);

	(void)vm;
	print_line(model, "label", rq->actor->name, LABEL);
	TRY(is_summary ? put_summary(rq, model) : put_assigned(rq, model));
	return print_ask(rq,
		&(struct print_wish){
			.kind = "review-pack",
			.model = vm_root(model),
			.about = i18n_word(rq->app->i18n, rq->lang, "review_pack",
				is_summary ? "summary" : "review"),
			.file_name = arena_printf(rq->arena, "%s-reviews.pdf", rq->event->row.slug),
		});
}
