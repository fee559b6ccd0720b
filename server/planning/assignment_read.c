#include "planning/assignment_read.h"
#include "planning/assignment_plan.h"

#include <stdlib.h>
#include "base/text.h"

enum { NONE = -1 };

const char *const assignment_methods[] = {"best", "fair", "fairest", "repair", NULL};

static enum assignment_method method_of(const char *word)
{
	for (int i = 0; assignment_methods[i]; i++)
		if (text_equal(assignment_methods[i], word))
			return (enum assignment_method)i;
	return ASSIGNMENT_BEST;
}

static struct assignment_options options_of(const cJSON *json)
{
	return (struct assignment_options){
		.method = method_of(json_text(json, "method")),
		.keeps = json_bool(json, "keeps"),
		.min_load = (uint32_t)json_int(json, "min_load", 0),
		.max_load = (uint32_t)json_int(json, "max_load", 0),
		.per_organisation = (uint32_t)json_int(json, "per_organisation", 0),
	};
}

/* ---- rows ---- */

struct rows {
	struct q_assignments_visible *assignments;
	struct q_barred_pairs *barred;
	size_t n_assignments, n_barred;
	uint32_t *n_outside; /* [work] reviews begun by people who are no reviewers any more */
};

static enum rc read_rows(struct db *db, struct arena *a, const struct planning_task *task,
	struct assignment_scene *s, struct rows *rows, struct err *err)
{
	int64_t event_id = task->event_id, actor_id = task->actor.person_id;
	int64_t roles = task->actor.roles;

	TRY(call_load(db, a, event_id, &s->call, err));
	TRY(q_assignment_board(db, a,
		&(struct q_assignment_board_in){
			.event_id = event_id, .actor_id = actor_id, .actor_roles = roles},
		&s->works, &s->n_works, err));
	TRY(q_reviewers_of_event(db, a,
		&(struct q_reviewers_of_event_in){
			.event_id = event_id, .actor_id = actor_id, .actor_roles = roles},
		&s->reviewers, &s->n_reviewers, err));
	TRY(q_assignments_visible(db, a,
		&(struct q_assignments_visible_in){
			.event_id = event_id, .actor_id = actor_id, .actor_roles = roles},
		&rows->assignments, &rows->n_assignments, err));
	return q_barred_pairs(db, a,
		&(struct q_barred_pairs_in){
			.event_id = event_id, .actor_id = actor_id, .actor_roles = roles},
		&rows->barred, &rows->n_barred, err);
}

static int64_t work_of(const struct assignment_scene *s, int64_t submission_id)
{
	for (size_t i = 0; i < s->n_works; i++)
		if (s->works[i].id == submission_id)
			return (int64_t)i;
	return NONE;
}

static int64_t reviewer_of(const struct assignment_scene *s, int64_t person_id)
{
	for (size_t i = 0; i < s->n_reviewers; i++)
		if (s->reviewers[i].id == person_id)
			return (int64_t)i;
	return NONE;
}

/* ---- rules ---- */

static void bar(struct assignment_scene *s, int64_t submission_id, int64_t person_id)
{
	int64_t paper = work_of(s, submission_id), reviewer = reviewer_of(s, person_id);

	if (paper != NONE && reviewer != NONE)
		s->problem.affinity[(size_t)paper * s->n_reviewers + (size_t)reviewer] =
			ASSIGN_BARRED;
}

static void bar_all(struct assignment_scene *s, const struct rows *rows)
{
	for (size_t i = 0; i < rows->n_barred; i++)
		bar(s, rows->barred[i].submission_id, rows->barred[i].person_id);
	for (size_t i = 0; i < rows->n_assignments; i++)
		if (rows->assignments[i].declined_at)
			bar(s, rows->assignments[i].submission_id, rows->assignments[i].person_id);
}

static int by_pair(const void *a, const void *b)
{
	const struct assign_pair *x = a, *y = b;

	if (x->paper != y->paper)
		return x->paper < y->paper ? -1 : 1;
	return x->reviewer < y->reviewer ? -1 : x->reviewer > y->reviewer;
}

/*
 * What is there, and what of it stays. A review that was begun stays whatever was declared since;
 * somebody who has lost the role is no reviewer of the problem any more, but what they began counts.
 */
static void take_present(struct arena *a, struct assignment_scene *s, struct rows *rows)
{
	struct assign_pair *kept = ARENA_ARRAY(a, rows->n_assignments, struct assign_pair);

	rows->n_outside = ARENA_ARRAY(a, s->n_works, uint32_t);
	s->present = ARENA_ARRAY(a, rows->n_assignments, struct assign_pair);
	for (size_t i = 0; i < rows->n_assignments; i++) {
		const struct q_assignments_visible *row = &rows->assignments[i];
		int64_t paper = work_of(s, row->submission_id);
		int64_t reviewer = reviewer_of(s, row->person_id);
		if (paper != NONE && reviewer == NONE && *row->review_state)
			rows->n_outside[paper]++;
		if (row->declined_at || paper == NONE || reviewer == NONE)
			continue;
		struct assign_pair pair = {(uint32_t)paper, (uint32_t)reviewer};
		bool is_barred =
			s->problem.affinity[pair.paper * s->n_reviewers + pair.reviewer] ==
			ASSIGN_BARRED;
		s->present[s->n_present++] = pair;
		if (*row->review_state || (s->options.keeps && !is_barred))
			kept[s->problem.n_kept++] = pair;
	}
	if (s->n_present)
		qsort(s->present, s->n_present, sizeof(s->present[0]), by_pair);
	if (s->problem.n_kept)
		qsort(kept, s->problem.n_kept, sizeof(kept[0]), by_pair);
	s->problem.kept = kept;
}

/* What stays cannot break a rule: a paper that has more than it wants wants those, and so on. */
static void set_counts(struct arena *a, struct assignment_scene *s, const struct rows *rows)
{
	struct assign_problem *p = &s->problem;
	uint32_t *on_paper = ARENA_ARRAY(a, p->n_papers, uint32_t);
	uint32_t *of_reviewer = ARENA_ARRAY(a, p->n_reviewers, uint32_t);

	for (size_t i = 0; i < p->n_kept; i++) {
		on_paper[p->kept[i].paper]++;
		of_reviewer[p->kept[i].reviewer]++;
	}
	p->wanted = ARENA_ARRAY(a, p->n_papers, uint32_t);
	for (uint32_t i = 0; i < p->n_papers; i++) {
		uint32_t wanted = (uint32_t)s->call.row.n_reviews;
		wanted -= rows->n_outside[i] < wanted ? rows->n_outside[i] : wanted;
		p->wanted[i] = on_paper[i] > wanted ? on_paper[i] : wanted;
	}
	p->min_load = ARENA_ARRAY(a, p->n_reviewers, uint32_t);
	p->max_load = ARENA_ARRAY(a, p->n_reviewers, uint32_t);
	for (uint32_t i = 0; i < p->n_reviewers; i++) {
		p->min_load[i] = s->options.min_load;
		p->max_load[i] = of_reviewer[i] > s->options.max_load ? of_reviewer[i] :
									s->options.max_load;
	}
}

/* Organisations are told apart by what people have written, letters' case and spaces aside. */
static void set_organisations(struct arena *a, struct assignment_scene *s)
{
	uint32_t *organisation = ARENA_ARRAY(a, s->n_reviewers, uint32_t), n = 0;
	const char **keys = ARENA_ARRAY(a, s->n_reviewers, const char *);

	for (size_t i = 0; i < s->n_reviewers; i++) {
		keys[i] = text_fold(a, s->reviewers[i].affiliation);
		organisation[i] = ASSIGN_NO_ORGANISATION;
		if (text_is_empty(keys[i]))
			continue;
		organisation[i] = n;
		for (size_t k = 0; k < i; k++)
			if (text_equal(keys[k], keys[i]))
				organisation[i] = organisation[k];
		n += organisation[i] == n;
	}
	s->problem.organisation = organisation;
	s->problem.per_organisation = s->options.per_organisation;
}

/* ---- all of it ---- */

static enum rc check(const struct assignment_scene *s, struct err *err)
{
	if (!s->n_works)
		return err_set(err, INVALID,
			"There is nothing to assign yet: no submission was sent that you may "
			"assign");
	if (!s->n_reviewers)
		return err_set(err, INVALID,
			"There are no reviewers yet: give somebody the role of a reviewer first");
	if (s->n_works > ASSIGN_MAX_PAPERS || s->n_reviewers > ASSIGN_MAX_REVIEWERS)
		return err_set(err, INVALID, "At most %d submissions and %d reviewers are possible",
			ASSIGN_MAX_PAPERS, ASSIGN_MAX_REVIEWERS);
	return OK;
}

static enum rc read_texts(struct db *db, struct arena *a, const struct planning_task *task,
	struct assignment_scene *s, struct err *err)
{
	int64_t *works = ARENA_ARRAY(a, s->n_works, int64_t);
	int64_t *people = ARENA_ARRAY(a, s->n_reviewers, int64_t);

	for (size_t i = 0; i < s->n_works; i++)
		works[i] = s->works[i].id;
	for (size_t i = 0; i < s->n_reviewers; i++)
		people[i] = s->reviewers[i].id;
	return affinity_load(db, a, task->event_id, &task->actor, works, (uint32_t)s->n_works,
		people, (uint32_t)s->n_reviewers, &s->load, err);
}

static enum rc read_all(struct db *db, struct arena *a, const struct planning_task *task,
	struct assignment_scene *s, struct rows *rows, struct err *err)
{
	TRY(read_rows(db, a, task, s, rows, err));
	TRY(check(s, err));
	return read_texts(db, a, task, s, err);
}

static void weigh(struct arena *a, struct assignment_scene *s)
{
	struct assign_problem *p = &s->problem;

	p->n_papers = (uint32_t)s->n_works;
	p->n_reviewers = (uint32_t)s->n_reviewers;
	p->affinity = ARENA_ARRAY(a, s->n_works * s->n_reviewers, int32_t);
	s->fit = affinity_prepare(a, &s->load.input);
	affinity_fill(s->fit, p->affinity);
}

enum rc assignment_read(struct arena *a, const struct planning_task *task,
	struct assignment_scene *out, struct err *err)
{
	struct rows rows;
	struct db *db;
	enum rc rc;

	*out = (struct assignment_scene){.options = options_of(task->options)};
	TRY(db_acquire(task->store, &db, err));
	rc = read_all(db, a, task, out, &rows, err);
	db_release(db);
	TRY(rc);
	weigh(a, out);
	bar_all(out, &rows);
	take_present(a, out, &rows);
	set_counts(a, out, &rows);
	set_organisations(a, out);
	return OK;
}
