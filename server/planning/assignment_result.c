/* What a solver has found, in the terms of the event, with its reasons. */
#include <stdlib.h>
#include "domain/proposal.h"
#include "planning/assignment_plan.h"
#include "planning/assignment_read.h"

struct writer {
	struct arena *arena, *scratch; /* the latter for one reason */
	const struct assignment_scene *s;
	const struct assign_solution *solution;
	struct buf *b;
	struct err *err;
};

/* ---- sets of pairs ---- */

struct pair_set {
	const struct assign_pair *pairs;
	size_t n;
};

/* Those of one paper: sets are sorted by paper. */
static struct pair_set pairs_of(struct pair_set all, uint32_t paper)
{
	size_t from = 0, to;

	while (from < all.n && all.pairs[from].paper < paper)
		from++;
	for (to = from; to < all.n && all.pairs[to].paper == paper; to++)
		;
	return (struct pair_set){all.pairs + from, to - from};
}

static bool has_pair(struct pair_set set, uint32_t reviewer)
{
	for (size_t i = 0; i < set.n; i++)
		if (set.pairs[i].reviewer == reviewer)
			return true;
	return false;
}

static int64_t affinity_of(const struct assignment_scene *s, struct assign_pair pair)
{
	int32_t affinity = s->problem.affinity[pair.paper * s->n_reviewers + pair.reviewer];

	return affinity == ASSIGN_BARRED ? 0 : affinity;
}

static int64_t score_of(const struct assignment_scene *s, struct pair_set set)
{
	int64_t score = 0;

	for (size_t i = 0; i < set.n; i++)
		score += affinity_of(s, set.pairs[i]);
	return score;
}

/* ---- figures ---- */

static uint32_t *loads_of(struct arena *a, const struct assignment_scene *s, struct pair_set set)
{
	uint32_t *loads = ARENA_ARRAY(a, s->n_reviewers, uint32_t);

	for (size_t i = 0; i < set.n; i++)
		loads[set.pairs[i].reviewer]++;
	return loads;
}

static void put_figures(struct writer *w, const char *key, struct pair_set set)
{
	const struct assignment_scene *s = w->s;
	uint32_t *loads = loads_of(w->arena, s, set), least = UINT32_MAX, most = 0;
	int64_t lowest = INT64_MAX;
	size_t n_short = 0;

	for (uint32_t i = 0; i < s->n_works; i++) {
		struct pair_set of_paper = pairs_of(set, i);
		int64_t score = score_of(s, of_paper);
		lowest = score < lowest ? score : lowest;
		n_short += of_paper.n < s->problem.wanted[i];
	}
	for (size_t i = 0; i < s->n_reviewers; i++) {
		least = loads[i] < least ? loads[i] : least;
		most = loads[i] > most ? loads[i] : most;
	}
	buf_printf(w->b,
		"\"%s\":{\"total\":%lld,\"min_submission\":%lld,\"n_short\":%zu,"
		"\"least_load\":%u,\"most_load\":%u},",
		key, (long long)score_of(s, set), (long long)lowest, n_short, least, most);
}

static void put_reviewers(struct writer *w, struct pair_set present, struct pair_set proposed)
{
	uint32_t *before = loads_of(w->arena, w->s, present);
	uint32_t *after = loads_of(w->arena, w->s, proposed);

	buf_text(w->b, "\"reviewers\":[");
	for (size_t i = 0; i < w->s->n_reviewers; i++)
		buf_printf(w->b, "%s{\"code\":\"%s\",\"n_present\":%u,\"n_proposed\":%u}",
			i ? "," : "", w->s->reviewers[i].code, before[i], after[i]);
	buf_text(w->b, "],");
}

/* ---- reasons ---- */

static const char *rule_word(enum assign_rule rule)
{
	switch (rule) {
	case ASSIGN_RULE_NONE:
		return "none";
	case ASSIGN_RULE_BARRED:
		return "barred";
	case ASSIGN_RULE_LOAD:
		return "load";
	case ASSIGN_RULE_MIN_LOAD:
		return "min_load";
	case ASSIGN_RULE_WANTED:
		return "wanted";
	case ASSIGN_RULE_ORGANISATION:
		return "organisation";
	case ASSIGN_RULE_FAIRNESS:
		return "fairness";
	}
	return "none";
}

/* What makes them fit, as a chair can check it. */
static void put_story(struct writer *w, struct assign_pair pair)
{
	struct affinity_story story;

	affinity_load_explain(
		w->scratch, &w->s->load, w->s->fit, pair.paper, pair.reviewer, &story);
	buf_text(w->b, ",\"bid\":");
	if (story.bid)
		json_add_string(w->b, story.bid);
	else
		buf_text(w->b, "null");
	buf_text(w->b, ",\"themes\":[");
	for (uint32_t i = 0; i < story.reason.n_themes; i++) {
		buf_text(w->b, i ? "," : "");
		json_add_string(w->b, story.themes[i]->title);
	}
	buf_text(w->b, "],\"words\":[");
	for (size_t i = 0; i < story.reason.n_words; i++) {
		buf_text(w->b, i ? "," : "");
		json_add_string(w->b, story.reason.words[i]);
	}
	buf_text(w->b, "]");
}

static bool is_kept(const struct assign_problem *p, struct assign_pair pair)
{
	for (size_t i = 0; i < p->n_kept; i++)
		if (p->kept[i].paper == pair.paper && p->kept[i].reviewer == pair.reviewer)
			return true;
	return false;
}

static enum rc put_reason(struct writer *w, struct assign_pair pair, bool is_first)
{
	struct assign_reason reason;

	arena_reset(w->scratch);
	TRY(assign_explain(w->scratch, &w->s->problem, w->solution, pair, &reason, w->err));
	buf_printf(w->b,
		"%s{\"reviewer\":\"%s\",\"affinity\":%lld,\"rank\":%u,\"rule\":\"%s\","
		"\"is_kept\":%s,\"loss\":",
		is_first ? "" : ",", w->s->reviewers[pair.reviewer].code,
		(long long)reason.affinity, reason.rank, rule_word(reason.rule),
		is_kept(&w->s->problem, pair) ? "true" : "false");
	if (reason.loss == INT64_MAX)
		buf_text(w->b, "null");
	else
		buf_i64(w->b, reason.loss);
	buf_text(w->b, ",\"next\":");
	if (reason.is_chosen && reason.next < w->s->n_reviewers)
		buf_printf(w->b, "\"%s\"", w->s->reviewers[reason.next].code);
	else
		buf_text(w->b, "null");
	put_story(w, pair);
	buf_char(w->b, '}');
	return OK;
}

/* Those of a set that are, or are not, in another one. */
static enum rc put_reasons(struct writer *w, const char *key, struct pair_set of,
	struct pair_set other, bool is_in_other)
{
	bool is_first = true;

	buf_printf(w->b, ",\"%s\":[", key);
	for (size_t i = 0; i < of.n; i++) {
		if (has_pair(other, of.pairs[i].reviewer) != is_in_other)
			continue;
		TRY(put_reason(w, of.pairs[i], is_first));
		is_first = false;
	}
	buf_char(w->b, ']');
	return OK;
}

struct candidate {
	int32_t affinity;
	uint32_t reviewer;
};

static int by_fit(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->affinity != y->affinity)
		return x->affinity > y->affinity ? -1 : 1;
	return x->reviewer < y->reviewer ? -1 : x->reviewer > y->reviewer;
}

/* The best fits that were not chosen: whom a chair would ask about. */
static enum rc put_others(
	struct writer *w, uint32_t paper, struct pair_set proposed, struct pair_set present)
{
	struct candidate *all = ARENA_ARRAY(w->arena, w->s->n_reviewers, struct candidate);
	size_t n = 0;

	for (uint32_t i = 0; i < w->s->n_reviewers; i++) {
		int32_t affinity = w->s->problem.affinity[paper * w->s->n_reviewers + i];
		if (affinity != ASSIGN_BARRED && !has_pair(proposed, i) && !has_pair(present, i))
			all[n++] = (struct candidate){affinity, i};
	}
	if (n)
		qsort(all, n, sizeof(all[0]), by_fit);
	buf_text(w->b, ",\"others\":[");
	for (size_t i = 0; i < n && i < ASSIGNMENT_N_OTHERS; i++)
		TRY(put_reason(w, (struct assign_pair){paper, all[i].reviewer}, i == 0));
	buf_char(w->b, ']');
	return OK;
}

static enum rc put_submission(
	struct writer *w, uint32_t paper, struct pair_set proposed, struct pair_set present)
{
	bool is_changed = proposed.n != present.n;

	for (size_t i = 0; i < proposed.n; i++)
		is_changed = is_changed || !has_pair(present, proposed.pairs[i].reviewer);
	buf_printf(w->b,
		"%s{\"code\":\"%s\",\"score\":%lld,\"present_score\":%lld,\"is_changed\":%s",
		paper ? "," : "", w->s->works[paper].code, (long long)score_of(w->s, proposed),
		(long long)score_of(w->s, present), is_changed ? "true" : "false");
	TRY(put_reasons(w, "added", proposed, present, false));
	TRY(put_reasons(w, "stays", proposed, present, true));
	TRY(put_reasons(w, "removed", present, proposed, false));
	TRY(put_others(w, paper, proposed, present));
	buf_char(w->b, '}');
	return OK;
}

/* ---- the whole ---- */

static enum rc put_all(struct writer *w, const struct planning_task *task)
{
	const struct assign_solution *x = w->solution;
	struct pair_set proposed = {x->pairs, x->n_pairs};
	struct pair_set present = {w->s->present, w->s->n_present};
	size_t n_stays = 0;

	for (size_t i = 0; i < present.n; i++)
		n_stays += has_pair(pairs_of(proposed, present.pairs[i].paper),
			present.pairs[i].reviewer);
	buf_printf(w->b,
		"{\"method\":\"%s\",\"n_wanted\":%lld,\"n_submissions\":%zu,\"n_reviewers\":%zu,"
		"\"seconds\":%.2f,",
		assignment_methods[w->s->options.method], (long long)w->s->call.row.n_reviews, w->s->n_works,
		w->s->n_reviewers, effort_elapsed_s(task->effort));
	put_figures(w, "present", present);
	put_figures(w, "proposed", proposed);
	buf_printf(w->b,
		"\"total_bound\":%lld,\"min_submission_bound\":%lld,\"is_certified\":%s,"
		"\"n_added\":%zu,\"n_removed\":%zu,",
		(long long)x->total_bound, (long long)x->min_paper_bound,
		x->is_certified ? "true" : "false", proposed.n - n_stays, present.n - n_stays);
	put_reviewers(w, present, proposed);
	buf_text(w->b, "\"submissions\":[");
	for (uint32_t i = 0; i < w->s->n_works; i++)
		TRY(put_submission(w, i, pairs_of(proposed, i), pairs_of(present, i)));
	buf_text(w->b, "]}");
	return OK;
}

enum rc assignment_result(struct arena *a, const struct planning_task *task,
	const struct assignment_scene *s, const struct assign_solution *solution,
	const char **result, struct err *err)
{
	struct buf b = buf_in(a, PROPOSAL_MAX_BYTES);
	struct writer w = {a, arena_new(), s, solution, &b, err};
	enum rc rc = put_all(&w, task);

	arena_free(w.scratch);
	TRY(rc);
	if (b.failed)
		return err_set(err, INVALID,
			"This is too much for one proposal: at most %d MB can be kept",
			PROPOSAL_MAX_BYTES >> 20);
	*result = buf_cstr(&b);
	return OK;
}
