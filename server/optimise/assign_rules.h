/*
 * The rules of an assignment, each of which can be dropped and taken up again, and whether those in
 * force can be kept together: a circulation hub -> paper -> (organisation on the paper) -> reviewer
 * -> hub whose bounds are the rules (Hoffman, 1960). Dropping a rule only ever widens bounds.
 * Within the solvers.
 */
#ifndef OPTIMISE_ASSIGN_RULES_H
#define OPTIMISE_ASSIGN_RULES_H

#include "optimise/assign.h"
#include "optimise/flow.h"

#define RULES_NONE UINT32_MAX

/* How pairs that are barred make rules: all of a paper are one, or all of a reviewer. */
enum rules_barred { RULES_BY_PAPER, RULES_BY_REVIEWER };

struct rules_arc {
	uint32_t rule;     /* whose bounds these are, or RULES_NONE */
	uint32_t next;     /* of the same rule */
	int32_t low, high; /* in force; dropped it is 0, wide */
	int32_t wide;
};

struct rules {
	const struct assign_problem *problem;
	struct flow *flow;
	struct rules_arc *arcs; /* [arc of flow] */
	uint32_t n_arcs, max_arcs;
	struct assign_demand *rules;
	uint32_t *first_arc; /* [rule] */
	bool *is_on;         /* [rule] */
	uint32_t n_rules, max_rules;
	uint32_t n_on;       /* in force */
	uint32_t n_plain_on; /* of these: what papers want, and what reviewers read at most */
	uint32_t hub;
};

/* All rules are in force. */
struct rules *rules_new(const struct assign_problem *p, enum rules_barred barred);
void rules_free(struct rules *r);

void rules_switch(struct rules *r, uint32_t rule, bool is_on);
bool rules_can_be_kept(struct rules *r);
/*
 * When all that are in force are plain, counting is enough (Gale, 1957; Ryser, 1957): much faster,
 * but without a cut.
 */
bool rules_are_plain(const struct rules *r);
bool rules_can_be_kept_by_count(const struct rules *r);

/*
 * After rules_can_be_kept said no: of rules that cannot be kept: drops all that the cut does not
 * rest on, so that they still cannot. What those require at least, and what they leave room for:
 * fewer.
 */
void rules_drop_idle(struct rules *r, uint32_t *n_required, uint32_t *n_possible);

#endif
