#include "planning/planning.h"

#include "planning/allocation_plan.h"
#include "planning/assignment_plan.h"
#include "planning/timetable_plan.h"

static const struct {
	const char *kind;
	planning_fn solve;
} kinds[] = {
	{"allocation", allocation_plan},
	{"assignment", assignment_plan},
	{"timetable", timetable_plan},
	{NULL, NULL},
};

enum rc planning_solve(struct arena *a, const char *kind, const struct planning_task *task,
	const char **result, struct err *err)
{
	for (size_t i = 0; kinds[i].kind; i++)
		if (text_equal(kinds[i].kind, kind))
			return kinds[i].solve(a, task, result, err);
	return err_internal(err, "no solver for proposals of kind %s", kind);
}
