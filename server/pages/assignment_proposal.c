/* A proposed assignment: asked for, compared with what is there, accepted in part or whole, undone. */
#include "pages/assignment_proposal.h"
#include "base/random.h"
#include "domain/assignment.h"
#include "pages/handlers.h"
#include "pages/proposal.h"
#include "planning/assignment_plan.h"
#include "view/i18n.h"

enum { OPTIONS_MAX_BYTES = 500, UNDO_MAX_BYTES = 4 << 20, SECONDS = 60, ANY_LOAD = 1000 };

static const struct proposal_kind assignment_kind = {
	"assignment", "/assignments", CAP_SELECTION};

/* ---- asking ---- */

enum rc put_assignment_proposals(struct request *rq, struct vm *vm, size_t n_submissions,
	size_t n_reviewers, int64_t n_reviews)
{
	struct form_view *f = form_view_named(rq, vm, "propose_form", post_assignment_proposal,
		arena_printf(rq->arena, "%s/assignments/proposals", page_event_path(rq)));
	int64_t n_places = (int64_t)n_submissions * n_reviews;
	const struct i18n *words = rq->app->i18n;

	form_view_text(f, "method", "best");
	for (size_t i = 0; assignment_methods[i]; i++)
		form_view_option(f, "method", assignment_methods[i],
			i18n_word(words, rq->lang, "assignment_method", assignment_methods[i]),
			i18n_word(words, rq->lang, "assignment_method_about", assignment_methods[i]));
	if (n_reviewers)
		form_view_int(f, "max_load",
			(n_places + (int64_t)n_reviewers - 1) / (int64_t)n_reviewers + 1);
	form_view_int(f, "min_load", 0);
	form_view_bool(f, "keeps", true);
	return put_proposals(rq, vm, &assignment_kind);
}

/* POST /:event/assignments/proposals */
enum rc post_assignment_proposal(struct request *rq, struct vm *vm)
{
	const struct form *f = &rq->form;
	int64_t min_load = form_int(f, "min_load", 0), max_load = form_int(f, "max_load", ANY_LOAD);
	const char *method = NULL;

	(void)vm;
	for (size_t i = 0; assignment_methods[i]; i++)
		if (text_equal(assignment_methods[i], form_text(f, "method")))
			method = assignment_methods[i];
	if (!method)
		err_field(&rq->err, "method", "Choose what to ask for");
	if (min_load > max_load)
		err_field(&rq->err, "min_load",
			"The fewest for each reviewer cannot be more than the most");
	TRY(rq->err.rc);
	return proposal_put_question(rq, &assignment_kind,
		arena_printf(rq->arena,
			"{\"method\":\"%s\",\"keeps\":%s,\"min_load\":%lld,\"max_load\":%lld,"
			"\"per_organisation\":%lld}",
			method, form_bool(f, "keeps") ? "true" : "false", (long long)min_load,
			(long long)max_load, (long long)form_int(f, "per_organisation", 0)),
		1, SECONDS);
}

/* GET /:event/assignments/proposals/:code */
enum rc get_assignment_proposal(struct request *rq, struct vm *parent)
{
	struct q_proposal_by_code row;
	cJSON *result;
	struct vm *vm;

	TRY(proposal_of_path(rq, &assignment_kind, &row));
	vm = put_proposal(rq, parent, &assignment_kind, &row);
	if (!text_equal(row.state, "done"))
		return OK;
	TRY(proposal_result(rq, &row, &result));
	form_view_new(rq, parent, post_assignment_accept,
		arena_printf(rq->arena, "%s/assignments/proposals/%s/accept", page_event_path(rq),
			row.code));
	return put_proposed_assignment(rq, vm, result);
}

/* ---- accepting and undoing ---- */

struct changes {
	struct assignment_change *rows;
	size_t n;
	struct buf undo; /* the same turned round, as JSON */
};

static void add_change(struct request *rq, struct changes *c, const char *submission_code,
	const char *reviewer_code, bool is_added)
{
	c->rows[c->n] = (struct assignment_change){
		.submission_code = submission_code,
		.reviewer_code = reviewer_code,
		.is_added = is_added,
		.code = is_added ? code_new(rq->arena) : NULL,
		.draw = random_below(UINT32_MAX),
	};
	buf_printf(&c->undo,
		"%s{\"submission\":\"%s\",\"reviewer\":\"%s\",\"is_added\":%s}", c->n ? "," : "",
		submission_code, reviewer_code, is_added ? "false" : "true");
	c->n++;
}

static void add_changes(
	struct request *rq, struct changes *c, const cJSON *submission, const char *key, bool is_added)
{
	const cJSON *pair;

	cJSON_ArrayForEach(pair, json_get(submission, key)) add_change(rq, c,
		json_text(submission, "code"), json_text(pair, "reviewer"), is_added);
}

static bool is_ticked(struct request *rq, const char *code)
{
	size_t n;
	const char *const *codes = form_list(&rq->form, "submission", &n);

	for (size_t i = 0; i < n; i++)
		if (text_equal(codes[i], code))
			return true;
	return false;
}

/* Of the ticked submissions; first what goes, so that nobody has more than they may meanwhile. */
static void collect(struct request *rq, const cJSON *result, struct changes *c)
{
	size_t n_most = (size_t)(json_int(result, "n_added", 0) + json_int(result, "n_removed", 0));
	const cJSON *json;

	c->rows = ARENA_ARRAY(rq->arena, n_most, struct assignment_change);
	c->undo = buf_in(rq->arena, UNDO_MAX_BYTES);
	buf_char(&c->undo, '[');
	cJSON_ArrayForEach(json, json_get(result, "submissions"))
	{
		if (!is_ticked(rq, json_text(json, "code")))
			continue;
		add_changes(rq, c, json, "removed", false);
		add_changes(rq, c, json, "added", true);
	}
	buf_char(&c->undo, ']');
}

/* POST /:event/assignments/proposals/:code/accept */
enum rc post_assignment_accept(struct request *rq, struct vm *vm)
{
	struct q_proposal_by_code row;
	struct changes changes = {0};
	cJSON *result;

	(void)vm;
	TRY(proposal_of_path(rq, &assignment_kind, &row));
	TRY(proposal_result(rq, &row, &result));
	collect(rq, result, &changes);
	if (!changes.n)
		return err_field(&rq->err, "submission", "Tick at least one submission");
	reply_to(rq, "%s/assignments/proposals/%s", page_event_path(rq), row.code);
	reply_flash(rq, "Accepted: the board shows it");
	return page_write(rq, TX_NORMAL, assignments_change,
		&(struct assignments_change){
			.actor = rq->actor,
			.changes = changes.rows,
			.n_changes = changes.n,
			.proposal_id = row.id,
			.proposal_code = row.code,
			.undo = buf_cstr(&changes.undo),
		});
}

static enum rc read_undo(struct request *rq, const char *text, struct changes *c)
{
	const cJSON *json;
	cJSON *list;

	if (text_is_empty(text))
		return err_set(&rq->err, CONFLICT, "This proposal was not accepted");
	TRY(json_parse_up_to(rq->arena, str_from(text), UNDO_MAX_BYTES, &list, &rq->err));
	c->rows = ARENA_ARRAY(
		rq->arena, (size_t)cJSON_GetArraySize(list), struct assignment_change);
	c->undo = buf_in(rq->arena, UNDO_MAX_BYTES);
	cJSON_ArrayForEach(json, list) add_change(rq, c, json_text(json, "submission"),
		json_text(json, "reviewer"), json_bool(json, "is_added"));
	return OK;
}

/* POST /:event/assignments/proposals/:code/undo */
enum rc post_assignment_undo(struct request *rq, struct vm *vm)
{
	struct q_proposal_by_code row;
	struct changes changes = {0};

	(void)vm;
	TRY(proposal_of_path(rq, &assignment_kind, &row));
	TRY(read_undo(rq, row.undo, &changes));
	reply_to(rq, "%s/assignments/proposals/%s", page_event_path(rq), row.code);
	reply_flash(rq, "Undone: the board is as it was, but for reviews that were begun since");
	return page_write(rq, TX_NORMAL, assignments_change,
		&(struct assignments_change){
			.actor = rq->actor,
			.changes = changes.rows,
			.n_changes = changes.n,
			.proposal_id = row.id,
			.proposal_code = row.code,
			.is_undo = true,
		});
}

/* POST /:event/assignments/proposals/:code/cancel */
enum rc post_assignment_cancel(struct request *rq, struct vm *vm)
{
	(void)vm;
	return proposal_cancel_of_path(rq, &assignment_kind);
}
