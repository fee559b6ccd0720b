/* What assigning is about: private to the files assignment_*.c of this folder. */
#ifndef PLANNING_ASSIGNMENT_READ_H
#define PLANNING_ASSIGNMENT_READ_H

#include "domain/call.h"
#include "optimise/assign.h"
#include "planning/affinity_load.h"
#include "planning/planning.h"

struct assignment_options {
	enum assignment_method { ASSIGNMENT_BEST, ASSIGNMENT_FAIR, ASSIGNMENT_FAIREST,
		ASSIGNMENT_REPAIR } method;
	bool keeps;
	uint32_t min_load, max_load, per_organisation;
};

/* A paper of the problem is a row of works, a reviewer of it a row of reviewers. */
struct assignment_scene {
	struct assignment_options options;
	struct call call;
	struct q_assignment_board *works;
	struct q_reviewers_of_event *reviewers;
	size_t n_works, n_reviewers;
	struct affinity_load load;
	const struct affinity *fit; /* submissions and reviewers as in problem */
	struct assign_problem problem;
	struct assign_pair *present; /* what is assigned and was not declined; by paper, reviewer */
	size_t n_present;
};

/* In a constant number of statements. INVALID: there is nothing to assign, or nobody to do it. */
enum rc assignment_read(struct arena *a, const struct planning_task *task,
	struct assignment_scene *out, struct err *err) NODISCARD;

/* Why no assignment keeps all rules, as a sentence with the names of people and works. */
const char *assignment_clash_text(
	struct arena *a, const struct assignment_scene *s, const struct assign_clash *clash);

/* The result as JSON; see planning/assignment_plan.h. */
enum rc assignment_result(struct arena *a, const struct planning_task *task,
	const struct assignment_scene *s, const struct assign_solution *solution,
	const char **result, struct err *err) NODISCARD;

#endif
