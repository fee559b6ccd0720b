/* What a proposed assignment says: figures, pairs and reasons, in the names the chair may see now. */
#include "optimise/assign.h"
#include "pages/assignment_proposal.h"

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

enum rc put_proposed_assignment(struct request *rq, struct vm *vm, const cJSON *result)
{
	struct names names;
	size_t n;

	TRY(read_names(rq, &names));
	put_figures(vm, result);
	n = put_submissions(vm, "changed", &names, result, true);
	vm_page_bool(vm, "has_changes", n > 0);
	vm_page_int(vm_page_object(vm, "changing"), "n", (int64_t)n);
	n = put_submissions(vm, "unchanged", &names, result, false);
	vm_page_bool(vm, "has_unchanged", n > 0);
	vm_page_int(vm_page_object(vm, "staying"), "n", (int64_t)n);
	return OK;
}
