/* A proposed assignment: asked for, compared with what is there, accepted in part or whole, undone. */
#include "pages/assignment_proposal.h"
#include "base/random.h"
#include "domain/assignment.h"
#include "optimise/assign.h"
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

/* ---- showing ---- */

/* The board as its chair may see it now: what was hidden since is left out of the proposal, too. */
struct names {
	struct q_assignment_board *works;
	struct q_reviewers_of_event *reviewers;
	size_t n_works, n_reviewers;
};

static enum rc read_names(struct request *rq, struct names *n)
{
	int64_t event_id = page_event_id(rq), actor_id = rq->actor->person_id;
	int64_t roles = rq->actor->roles;

	TRY(q_assignment_board(rq->db, rq->arena,
		&(struct q_assignment_board_in){
			.event_id = event_id, .actor_id = actor_id, .actor_roles = roles},
		&n->works, &n->n_works, &rq->err));
	return q_reviewers_of_event(rq->db, rq->arena,
		&(struct q_reviewers_of_event_in){
			.event_id = event_id, .actor_id = actor_id, .actor_roles = roles},
		&n->reviewers, &n->n_reviewers, &rq->err);
}

static const struct q_assignment_board *work_of(const struct names *n, const char *code)
{
	for (size_t i = 0; i < n->n_works; i++)
		if (text_equal(n->works[i].code, code))
			return &n->works[i];
	return NULL;
}

static const struct q_reviewers_of_event *reviewer_of(const struct names *n, const char *code)
{
	for (size_t i = 0; i < n->n_reviewers; i++)
		if (text_equal(n->reviewers[i].code, code))
			return &n->reviewers[i];
	return NULL;
}

/* How well somebody fits, 0 to 100, from millionths of one review or the mean of several. */
static int64_t fit_of(int64_t millionths, int64_t n_reviews)
{
	int64_t unit = ASSIGN_UNIT / 100 * (n_reviews ? n_reviews : 1);

	return (millionths + unit / 2) / unit;
}

static void put_words(struct vm *vm, const char *key, const char *page_key, const cJSON *words)
{
	struct vm_list *list = vm_list(vm, key);
	struct buf all = buf_in(vm_arena(vm), 2000);
	const cJSON *word;

	cJSON_ArrayForEach(word, words)
	{
		vm_item_text(list, word->valuestring);
		buf_printf(&all, "%s%s", all.n ? ", " : "", word->valuestring);
	}
	vm_page_text(vm, page_key, all.n && !all.failed ? buf_cstr(&all) : NULL);
}

/* Null where the rules could not be kept the other way round. */
static void put_loss(struct vm *vm, const cJSON *loss)
{
	if (!cJSON_IsNumber(loss)) {
		vm_text(vm, "loss", NULL);
		return;
	}
	vm_int(vm, "loss", (int64_t)loss->valuedouble);
	vm_page_bool(vm, "is_loss", loss->valuedouble >= ASSIGN_UNIT / 200);
	vm_page_int(vm, "loss_fit", fit_of((int64_t)loss->valuedouble, 1));
}

static void put_pair(
	struct vm_list *list, const struct names *n, const cJSON *json, bool is_chosen)
{
	const struct q_reviewers_of_event *who = reviewer_of(n, json_text(json, "reviewer"));
	const struct q_reviewers_of_event *next = reviewer_of(n, json_text(json, "next"));
	struct vm *vm;

	if (!who)
		return;
	vm = vm_item(list);
	vm_text(vm, "code", who->code);
	vm_name(vm, "name", who->name, text_is_empty(who->name_lang) ? NULL : who->name_lang);
	vm_int(vm, "affinity", json_int(json, "affinity", 0));
	vm_page_int(vm, "fit", fit_of(json_int(json, "affinity", 0), 1));
	vm_int(vm, "rank", json_int(json, "rank", 0));
	put_loss(vm, json_get(json, "loss"));
	vm_page_bool(vm, "is_chosen", is_chosen);
	vm_bool(vm, "is_kept", json_bool(json, "is_kept"));
	vm_page_bool(vm, "has_rank", json_int(json, "rank", 0) > 0);
	vm_enum(vm, "rule", "assignment_rule", json_text(json, "rule"));
	vm_enum(vm, "bid", "bid_of", json_text(json, "bid"));
	put_words(vm, "themes", "themes_text", json_get(json, "themes"));
	put_words(vm, "words", "words_text", json_get(json, "words"));
	vm_text(vm, "next", next ? next->code : NULL);
	vm_page_text(vm, "next_name", next ? next->name : NULL);
}

static size_t put_pairs(
	struct vm *vm, const char *key, const struct names *n, const cJSON *submission)
{
	struct vm_list *list = vm_list(vm, key);
	const cJSON *pair;

	cJSON_ArrayForEach(pair, json_get(submission, key))
		put_pair(list, n, pair, text_equal(key, "added") || text_equal(key, "stays"));
	return vm_count(list);
}

static void put_submission(struct vm *vm, const struct names *n,
	const struct q_assignment_board *work, const cJSON *json)
{
	size_t n_pairs;

	vm_text(vm, "code", work->code);
	vm_text(vm, "title", work->title);
	n_pairs = put_pairs(vm, "added", n, json);
	n_pairs += put_pairs(vm, "stays", n, json);
	put_pairs(vm, "removed", n, json);
	vm_page_bool(vm, "has_others", put_pairs(vm, "others", n, json) > 0);
	vm_int(vm, "score", json_int(json, "score", 0));
	vm_int(vm, "present_score", json_int(json, "present_score", 0));
	vm_page_int(vm, "fit", fit_of(json_int(json, "score", 0), (int64_t)n_pairs));
}

/* Those that change, or those that stay as they are. */
static size_t put_submissions(struct vm *vm, const char *key, const struct names *n,
	const cJSON *result, bool is_changed)
{
	struct vm_list *list = vm_list(vm, key);
	const cJSON *json;

	cJSON_ArrayForEach(json, json_get(result, "submissions"))
	{
		const struct q_assignment_board *work = work_of(n, json_text(json, "code"));
		if (work && json_bool(json, "is_changed") == is_changed)
			put_submission(vm_item(list), n, work, json);
	}
	return vm_count(list);
}

static void put_side(struct vm *parent, const char *key, const cJSON *result, int64_t n_wanted)
{
	const cJSON *json = json_get(result, key);
	int64_t n_pairs = n_wanted * json_int(result, "n_submissions", 0);
	struct vm *vm = vm_object(parent, key);

	vm_int(vm, "total", json_int(json, "total", 0));
	vm_page_int(vm, "fit", fit_of(json_int(json, "total", 0), n_pairs));
	vm_int(vm, "min_submission", json_int(json, "min_submission", 0));
	vm_page_int(vm, "lowest_fit", fit_of(json_int(json, "min_submission", 0), n_wanted));
	vm_int(vm, "n_short", json_int(json, "n_short", 0));
	vm_int(vm, "least_load", json_int(json, "least_load", 0));
	vm_int(vm, "most_load", json_int(json, "most_load", 0));
}

static void put_figures(struct vm *vm, const cJSON *result)
{
	int64_t n_wanted = json_int(result, "n_wanted", 1);

	vm_enum(vm, "method", "assignment_method", json_text(result, "method"));
	put_side(vm, "present", result, n_wanted);
	put_side(vm, "proposed", result, n_wanted);
	vm_int(vm, "total_bound", json_int(result, "total_bound", 0));
	vm_page_int(vm, "bound_fit",
		fit_of(json_int(result, "total_bound", 0),
			n_wanted * json_int(result, "n_submissions", 0)));
	vm_int(vm, "min_submission_bound", json_int(result, "min_submission_bound", 0));
	vm_page_int(vm, "lowest_bound_fit",
		fit_of(json_int(result, "min_submission_bound", 0), n_wanted));
	vm_bool(vm, "is_certified", json_bool(result, "is_certified"));
	vm_int(vm, "n_added", json_int(result, "n_added", 0));
	vm_int(vm, "n_removed", json_int(result, "n_removed", 0));
}

/* GET /:event/assignments/proposals/:code */
enum rc get_assignment_proposal(struct request *rq, struct vm *parent)
{
	struct q_proposal_by_code row;
	struct names names;
	cJSON *result;
	struct vm *vm;
	size_t n;

	TRY(proposal_of_path(rq, &assignment_kind, &row));
	vm = put_proposal(rq, parent, &assignment_kind, &row);
	if (!text_equal(row.state, "done"))
		return OK;
	TRY(proposal_result(rq, &row, &result));
	TRY(read_names(rq, &names));
	form_view_new(rq, parent, post_assignment_accept,
		arena_printf(rq->arena, "%s/assignments/proposals/%s/accept", page_event_path(rq),
			row.code));
	put_figures(vm, result);
	n = put_submissions(vm, "changed", &names, result, true);
	vm_page_bool(vm, "has_changes", n > 0);
	vm_page_int(vm_page_object(vm, "changing"), "n", (int64_t)n);
	n = put_submissions(vm, "unchanged", &names, result, false);
	vm_page_bool(vm, "has_unchanged", n > 0);
	vm_page_int(vm_page_object(vm, "staying"), "n", (int64_t)n);
	return OK;
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
