#include "optimise/assign_rules.h"

#include <stdlib.h>
#include <string.h>

/* ---- rules and their arcs ---- */

static bool is_plain(const struct assign_demand *d)
{
	return d->kind == ASSIGN_DEMAND_PAPER || d->kind == ASSIGN_DEMAND_MAX_LOAD;
}

static uint32_t add_rule(struct rules *r, struct assign_demand rule)
{
	if (r->n_rules == r->max_rules) {
		r->max_rules = r->max_rules ? 2 * r->max_rules : 256;
		r->rules = heap_resize(r->rules, r->max_rules * sizeof *r->rules);
		r->first_arc = heap_resize(r->first_arc, r->max_rules * sizeof *r->first_arc);
		r->is_on = heap_resize(r->is_on, r->max_rules * sizeof *r->is_on);
	}
	r->rules[r->n_rules] = rule;
	r->first_arc[r->n_rules] = RULES_NONE;
	r->is_on[r->n_rules] = true;
	r->n_on++;
	r->n_plain_on += is_plain(&rule);
	return r->n_rules++;
}

static void add_arc(struct rules *r, uint32_t from, uint32_t to, struct rules_arc arc)
{
	if (r->n_arcs == r->max_arcs) {
		r->max_arcs = r->max_arcs ? 2 * r->max_arcs : 1024;
		r->arcs = heap_resize(r->arcs, r->max_arcs * sizeof *r->arcs);
	}
	flow_add_arc(r->flow, (struct flow_arc){from, to, arc.low, arc.high, 0});
	arc.next = RULES_NONE;
	if (arc.rule != RULES_NONE) {
		arc.next = r->first_arc[arc.rule];
		r->first_arc[arc.rule] = r->n_arcs;
	}
	r->arcs[r->n_arcs++] = arc;
}

void rules_switch(struct rules *r, uint32_t rule, bool is_on)
{
	if (r->is_on[rule] == is_on)
		return;
	r->is_on[rule] = is_on;
	r->n_on += is_on ? 1 : -1u;
	if (is_plain(&r->rules[rule]))
		r->n_plain_on += is_on ? 1 : -1u;
	for (uint32_t i = r->first_arc[rule]; i != RULES_NONE; i = r->arcs[i].next)
		flow_set_bounds(r->flow, i, is_on ? r->arcs[i].low : 0,
			is_on ? r->arcs[i].high : r->arcs[i].wide);
}

/* ---- organisations ---- */

static int ascending(const void *x, const void *y)
{
	uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

	return (a > b) - (a < b);
}

/* Those that have more reviewers than may read one paper, ascending. */
static uint32_t find_organisations(struct arena *a, const struct assign_problem *p, uint32_t **out)
{
	uint32_t *all = ARENA_ARRAY(a, p->n_reviewers, uint32_t), n = 0, n_all = 0;

	*out = ARENA_ARRAY(a, p->n_reviewers, uint32_t);
	if (p->per_organisation == 0 || !p->organisation)
		return 0;
	for (uint32_t r = 0; r < p->n_reviewers; r++)
		if (p->organisation[r] != ASSIGN_NO_ORGANISATION)
			all[n_all++] = p->organisation[r];
	qsort(all, n_all, sizeof *all, ascending);
	for (uint32_t i = 0, end; i < n_all; i = end) {
		for (end = i; end < n_all && all[end] == all[i];)
			end++;
		if (end - i > p->per_organisation)
			(*out)[n++] = all[i];
	}
	return n;
}

/* ---- laying out ---- */

struct layout {
	struct rules *rules;
	struct arena *own;
	enum rules_barred barred;
	uint32_t *barred_rule; /* [paper] or [reviewer] */
	uint32_t *organisations, n_organisations;
	uint32_t *group; /* [organisation]: its node on the present paper, or RULES_NONE */
	bool *is_kept;   /* [reviewer], on the present paper */
};

static uint32_t paper_node(const struct rules *r, uint32_t paper)
{
	return r->hub + 1 + paper;
}

/* Two nodes a reviewer: the least load stands before the most load, as they may contradict. */
static uint32_t reviewer_node(const struct rules *r, uint32_t reviewer)
{
	return r->hub + 1 + r->problem->n_papers + 2 * reviewer;
}

static void add_loads(struct rules *r)
{
	const struct assign_problem *p = r->problem;
	int32_t all = (int32_t)p->n_papers;

	for (uint32_t v = 0; v < p->n_reviewers; v++) {
		uint32_t node = reviewer_node(r, v), rule = RULES_NONE;
		int32_t low = 0, high = all;
		if (p->min_load[v] > 0) {
			low = (int32_t)p->min_load[v];
			rule = add_rule(
				r, (struct assign_demand){ASSIGN_DEMAND_MIN_LOAD, UINT32_MAX, v,
					   ASSIGN_NO_ORGANISATION, p->min_load[v]});
		}
		int32_t wide = low > all ? low : all;
		add_arc(r, node, node + 1, (struct rules_arc){rule, 0, low, wide, wide});
		rule = RULES_NONE;
		if (p->max_load[v] < p->n_papers) {
			high = (int32_t)p->max_load[v];
			rule = add_rule(
				r, (struct assign_demand){ASSIGN_DEMAND_MAX_LOAD, UINT32_MAX, v,
					   ASSIGN_NO_ORGANISATION, p->max_load[v]});
		}
		add_arc(r, node + 1, r->hub, (struct rules_arc){rule, 0, 0, high, all});
	}
}

/* Where a reviewer gets the paper from: the paper, or his organisation on it. */
static uint32_t tail_of(struct layout *l, uint32_t paper, uint32_t reviewer)
{
	struct rules *r = l->rules;
	const struct assign_problem *p = r->problem;

	if (l->n_organisations == 0)
		return paper_node(r, paper);
	const uint32_t *found = bsearch(&p->organisation[reviewer], l->organisations,
		l->n_organisations, sizeof *found, ascending);
	if (!found)
		return paper_node(r, paper);
	uint32_t *group = &l->group[found - l->organisations];
	if (*group == RULES_NONE) {
		*group = flow_add_node(r->flow, 0);
		uint32_t rule =
			add_rule(r, (struct assign_demand){ASSIGN_DEMAND_ORGANISATION, paper,
					    UINT32_MAX, *found, p->per_organisation});
		add_arc(r, paper_node(r, paper), *group,
			(struct rules_arc){
				rule, 0, 0, (int32_t)p->per_organisation, (int32_t)p->n_reviewers});
	}
	return *group;
}

static uint32_t count_barred(struct layout *l, uint32_t paper, uint32_t reviewer)
{
	bool is_by_paper = l->barred == RULES_BY_PAPER;
	uint32_t *rule = &l->barred_rule[is_by_paper ? paper : reviewer];

	if (*rule == RULES_NONE)
		*rule = add_rule(l->rules, (struct assign_demand){ASSIGN_DEMAND_BARRED, paper,
						   reviewer, ASSIGN_NO_ORGANISATION, 0});
	struct assign_demand *d = &l->rules->rules[*rule];
	if (++d->count > 1)
		*(is_by_paper ? &d->reviewer : &d->paper) = UINT32_MAX;
	return *rule;
}

static void add_pairs(struct layout *l, uint32_t paper)
{
	struct rules *r = l->rules;
	const struct assign_problem *p = r->problem;
	const int32_t *row = p->affinity + (size_t)paper * p->n_reviewers;

	memset(l->group, 0xff, l->n_organisations * sizeof *l->group);
	for (uint32_t v = 0; v < p->n_reviewers; v++) {
		struct rules_arc arc = {RULES_NONE, 0, 0, 1, 1};
		if (l->is_kept[v]) {
			arc.low = 1;
			arc.rule = add_rule(r, (struct assign_demand){ASSIGN_DEMAND_KEPT, paper, v,
						       ASSIGN_NO_ORGANISATION, 1});
		} else if (row[v] == ASSIGN_BARRED) {
			arc.high = 0;
			arc.rule = count_barred(l, paper, v);
		}
		add_arc(r, tail_of(l, paper, v), reviewer_node(r, v), arc);
	}
}

static void add_papers(struct layout *l)
{
	struct rules *r = l->rules;
	const struct assign_problem *p = r->problem;

	for (uint32_t paper = 0; paper < p->n_papers; paper++) {
		int32_t wanted = (int32_t)p->wanted[paper], most = (int32_t)p->n_reviewers;
		uint32_t rule =
			add_rule(r, (struct assign_demand){ASSIGN_DEMAND_PAPER, paper, UINT32_MAX,
					    ASSIGN_NO_ORGANISATION, p->wanted[paper]});
		add_arc(r, r->hub, paper_node(r, paper),
			(struct rules_arc){rule, 0, wanted, wanted, wanted > most ? wanted : most});
		for (size_t i = 0; i < p->n_kept; i++)
			if (p->kept[i].paper == paper)
				l->is_kept[p->kept[i].reviewer] = true;
		add_pairs(l, paper);
		memset(l->is_kept, 0, p->n_reviewers * sizeof *l->is_kept);
	}
}

struct rules *rules_new(const struct assign_problem *p, enum rules_barred barred)
{
	struct rules *r = heap_alloc(sizeof *r);
	struct arena *own = arena_new();
	uint32_t n_barred = barred == RULES_BY_PAPER ? p->n_papers : p->n_reviewers;
	struct layout l = {.rules = r, .own = own, .barred = barred};

	r->problem = p;
	r->flow = flow_make();
	r->hub = flow_add_node(r->flow, 0);
	for (uint32_t i = 0; i < p->n_papers + 2 * p->n_reviewers; i++)
		flow_add_node(r->flow, 0);
	l.barred_rule = ARENA_ARRAY(own, n_barred, uint32_t);
	memset(l.barred_rule, 0xff, n_barred * sizeof *l.barred_rule);
	l.n_organisations = find_organisations(own, p, &l.organisations);
	l.group = ARENA_ARRAY(own, l.n_organisations, uint32_t);
	l.is_kept = ARENA_ARRAY(own, p->n_reviewers, bool);
	add_loads(r);
	add_papers(&l);
	arena_free(own);
	return r;
}

void rules_free(struct rules *r)
{
	flow_free(r->flow);
	heap_free(r->arcs);
	heap_free(r->rules);
	heap_free(r->first_arc);
	heap_free(r->is_on);
	heap_free(r);
}

/* ---- can they be kept? ---- */

bool rules_can_be_kept(struct rules *r)
{
	return flow_solve(r->flow, NULL, NULL) == FLOW_OPTIMAL;
}

bool rules_are_plain(const struct rules *r)
{
	return r->n_plain_on == r->n_on;
}

/*
 * With everybody free to read everything, the k papers that want most get at most sum of min(load,
 * k), and that this is enough for each k is enough.
 */
bool rules_can_be_kept_by_count(const struct rules *r)
{
	const struct assign_problem *p = r->problem;
	uint32_t np = p->n_papers, nr = p->n_reviewers;
	uint32_t *n_wanting = heap_alloc(((size_t)nr + 1) * sizeof *n_wanting);
	uint32_t *n_reading = heap_alloc(((size_t)np + 1) * sizeof *n_reading);
	uint32_t n_free = nr, k = 0; /* n_reading: by load; n_free: as many as load >= k have */
	int64_t spare = 0;
	bool is_enough = true;

	for (uint32_t i = 0; i < r->n_rules; i++) {
		const struct assign_demand *d = &r->rules[i];
		if (r->is_on[i] && d->kind == ASSIGN_DEMAND_PAPER && d->count > nr)
			is_enough = false;
		else if (r->is_on[i] && d->kind == ASSIGN_DEMAND_PAPER)
			n_wanting[d->count]++;
		else if (r->is_on[i])
			n_reading[d->count]++;
	}
	for (uint32_t wanted = nr; wanted > 0 && is_enough; wanted--)
		for (uint32_t i = 0; i < n_wanting[wanted] && is_enough; i++) {
			n_free -= n_reading[k++];
			spare += (int64_t)n_free - wanted;
			is_enough = spare >= 0;
		}
	heap_free(n_wanting);
	heap_free(n_reading);
	return is_enough;
}

/*
 * What must flow into the cut is more than what can flow out of it. Only the bounds of arcs that
 * cross it count, and of these only the lower ones of those that lead in and the upper ones of
 * those that lead out.
 */
void rules_drop_idle(struct rules *r, uint32_t *n_required, uint32_t *n_possible)
{
	bool *is_used = heap_alloc(r->n_rules + 1);

	*n_required = *n_possible = 0;
	for (uint32_t i = 0; i < r->n_arcs; i++) {
		struct flow_arc arc = flow_arc(r->flow, i);
		bool is_from = flow_is_cut(r->flow, arc.from), is_to = flow_is_cut(r->flow, arc.to);
		const struct rules_arc *own = &r->arcs[i];
		bool is_on = own->rule != RULES_NONE && r->is_on[own->rule];
		if (is_from == is_to)
			continue;
		*(is_to ? n_required : n_possible) += (uint32_t)(is_to ? arc.low : arc.high);
		if (is_on && (is_to ? own->low > 0 : own->high < own->wide))
			is_used[own->rule] = true;
	}
	for (uint32_t i = 0; i < r->n_rules; i++)
		if (r->is_on[i] && !is_used[i])
			rules_switch(r, i, false);
	heap_free(is_used);
}
