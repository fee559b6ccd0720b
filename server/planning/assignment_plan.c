#include "planning/assignment_plan.h"

#include "planning/assignment_read.h"

static enum rc solve(struct arena *a, const struct assignment_scene *s, struct effort *effort,
	struct assign_solution *out, struct err *err)
{
	switch (s->options.method) {
	case ASSIGNMENT_FAIR:
		return assign_maximin(a, &s->problem, effort, out, err);
	case ASSIGNMENT_FAIREST:
		return assign_fair(a, &s->problem, effort, out, err);
	case ASSIGNMENT_REPAIR:
		return assign_repair(a, &s->problem, s->present, s->n_present, effort, out, err);
	case ASSIGNMENT_BEST:
		break;
	}
	return assign_best(a, &s->problem, effort, out, err);
}

/* Rules that clash are told by name instead of the solver's own words. */
static enum rc say_clash(struct arena *a, const struct assignment_scene *s, struct err *err)
{
	struct err own = err_in(a);
	struct assign_clash clash;

	if (assign_clash(a, &s->problem, &clash, &own) != OK)
		return err->rc;
	err_clear(err);
	return err_set(err, CONFLICT, "%s", assignment_clash_text(a, s, &clash));
}

enum rc assignment_plan(struct arena *a, const struct planning_task *task, const char **result,
	struct err *err)
{
	struct assign_solution solution;
	struct assignment_scene s;
	enum rc rc;

	TRY(assignment_read(a, task, &s, err));
	rc = solve(a, &s, task->effort, &solution, err);
	if (rc == CONFLICT)
		return say_clash(a, &s, err);
	TRY(rc);
	return assignment_result(a, task, &s, &solution, result, err);
}
