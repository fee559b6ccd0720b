#include "optimise/assign_list.h"

#include <string.h>

enum { GAINING = 8 }; /* of a paper in one round */

/* ---- rows ---- */

void assign_list_row(struct assign_dense *d, uint32_t paper)
{
	uint32_t n = d->p->n_reviewers;
	const int32_t *affinity = &d->p->affinity[(size_t)paper * n];

	d->values.row(d->values.arg, paper, d->row);
	for (uint32_t r = 0; r < n; r++)
		if (affinity[r] == ASSIGN_BARRED)
			d->row[r] = ASSIGN_NO_VALUE;
}

void assign_list_relief(struct assign_dense *d)
{
	for (uint32_t r = 0; r < d->p->n_reviewers; r++)
		d->relief[r] = flow_price(d->flow, reviewer_node(d, r));
}

/* A group that is not full has the price of its paper, whatever its node says. */
void assign_list_units(struct assign_dense *d, uint32_t paper)
{
	int64_t price = flow_price(d->flow, paper);

	for (uint32_t o = 0; o <= d->n_orgs; o++)
		d->unit[o] = price;
	for (uint32_t g = d->first_group[paper]; g != UINT32_MAX; g = d->groups[g].next) {
		int64_t here = flow_price(d->flow, d->groups[g].node);
		d->unit[d->groups[g].org] = here > price ? here : price;
	}
}

/* ---- the list ---- */

struct listed *assign_list_find(struct assign_dense *d, struct assign_pair pair)
{
	uint32_t i = d->first_listed[pair.paper];

	while (i != UINT32_MAX && d->listed[i].reviewer != pair.reviewer)
		i = d->listed[i].next;
	return i == UINT32_MAX ? NULL : &d->listed[i];
}

static uint32_t group_node(struct assign_dense *d, uint32_t paper, uint32_t org)
{
	for (uint32_t g = d->first_group[paper]; g != UINT32_MAX; g = d->groups[g].next)
		if (d->groups[g].org == org)
			return d->groups[g].node;
	if (d->n_groups == d->max_groups) {
		d->max_groups += d->max_groups / 4 + 64;
		d->groups = heap_resize(d->groups, d->max_groups * sizeof *d->groups);
	}
	uint32_t node = flow_add_node(d->flow, 0);
	uint32_t arc = flow_add_arc(
		d->flow, (struct flow_arc){paper, node, 0, (int32_t)d->p->per_organisation, 0});
	if (d->has_started)
		flow_set_price(d->flow, node, flow_price(d->flow, paper));
	d->groups[d->n_groups] = (struct group){paper, org, node, arc, d->first_group[paper]};
	d->first_group[paper] = d->n_groups++;
	return node;
}

static uint64_t *listed_word(const struct assign_dense *d, struct assign_pair pair, uint64_t *bit)
{
	size_t i = (size_t)pair.paper * d->p->n_reviewers + pair.reviewer;

	*bit = UINT64_C(1) << (i % 64);
	return &d->is_listed[i / 64];
}

static bool is_listed(const struct assign_dense *d, uint32_t paper, uint32_t reviewer)
{
	uint64_t bit, *word = listed_word(d, (struct assign_pair){paper, reviewer}, &bit);

	return (*word & bit) != 0;
}

void assign_list_bound(struct assign_dense *d, const struct listed *pair, bool has_value)
{
	flow_set_bounds(d->flow, pair->arc, pair->low, has_value || pair->low > 0 ? pair->high : 0);
}

struct listed *assign_list_add(struct assign_dense *d, struct assign_pair pair, int64_t value)
{
	uint32_t org = org_of(d, pair.reviewer);
	uint32_t from = org < d->n_orgs ? group_node(d, pair.paper, org) : pair.paper;
	int64_t cost = value == ASSIGN_NO_VALUE ? 0 : -value;
	uint64_t bit, *word = listed_word(d, pair, &bit);

	if (d->n_listed == d->max_listed) {
		d->max_listed += d->max_listed / 4 + 64;
		d->listed = heap_resize(d->listed, d->max_listed * sizeof *d->listed);
	}
	*word |= bit;
	uint32_t arc = flow_add_arc(
		d->flow, (struct flow_arc){from, reviewer_node(d, pair.reviewer), 0, 1, cost});
	struct listed *out = &d->listed[d->n_listed];
	*out = (struct listed){pair.paper, pair.reviewer, arc, d->first_listed[pair.paper], 0, 1};
	d->first_listed[pair.paper] = d->n_listed++;
	assign_list_bound(d, out, value != ASSIGN_NO_VALUE);
	return out;
}

void assign_list_offer(struct assign_dense *d, struct assign_pair pair, int64_t value)
{
	if (!is_listed(d, pair.paper, pair.reviewer))
		assign_list_add(d, pair, value);
}

void assign_list_add_best(struct assign_dense *d, uint32_t paper)
{
	for (uint32_t i = 0; i < d->best.n; i++) {
		uint32_t r = d->best.items[i].index;
		assign_list_offer(d, (struct assign_pair){paper, r}, d->row[r]);
	}
}

void assign_list_begin_best(struct assign_dense *d, uint32_t max)
{
	d->best.n = 0;
	d->best.max = max < d->p->n_reviewers ? max : d->p->n_reviewers;
}

/* ---- who else ---- */

/*
 * To where none of them gains any more: the paper gives back the readers that are not worth so much
 * and looks for them again. That takes far fewer searches than to push every new pair through.
 */
static void raise_price(struct assign_dense *d, uint32_t paper)
{
	int64_t most = 0;

	for (uint32_t i = 0; i < d->best.n; i++)
		most = d->best.items[i].value > most ? d->best.items[i].value : most;
	if (most > 0)
		flow_set_price(d->flow, paper, flow_price(d->flow, paper) + most);
}

uint32_t assign_list_gaining(struct assign_dense *d)
{
	uint32_t n_before = d->n_listed;

	assign_list_relief(d);
	for (uint32_t p = 0; p < d->p->n_papers; p++) {
		assign_list_row(d, p);
		assign_list_units(d, p);
		assign_list_begin_best(d, GAINING);
		for (uint32_t i = 0; i < d->p->n_reviewers; i++) {
			uint32_t r = assign_list_turn(d, p, i);
			int64_t value = d->row[r];
			if (value == ASSIGN_NO_VALUE)
				continue;
			int64_t gain = value - d->unit[org_of(d, r)] + d->relief[r];
			if (gain > 0 && !is_listed(d, p, r))
				shortlist_offer(&d->best, gain, r);
		}
		raise_price(d, p);
		assign_list_add_best(d, p);
	}
	return d->n_listed - n_before;
}

/* Is where a pair of that paper would start on the inner side of the cut? By organisation. */
static bool fill_inside(struct assign_dense *d, uint32_t paper)
{
	bool paper_is = flow_is_cut(d->flow, paper), any = paper_is;

	for (uint32_t o = 0; o <= d->n_orgs; o++)
		d->is_inside[o] = paper_is;
	for (uint32_t g = d->first_group[paper]; g != UINT32_MAX; g = d->groups[g].next) {
		d->is_inside[d->groups[g].org] = flow_is_cut(d->flow, d->groups[g].node);
		any = any || d->is_inside[d->groups[g].org];
	}
	return any;
}

uint32_t assign_list_crossing(struct assign_dense *d, uint32_t most)
{
	uint32_t n_before = d->n_listed;

	for (uint32_t p = 0; p < d->p->n_papers; p++) {
		if (!fill_inside(d, p))
			continue;
		assign_list_row(d, p);
		assign_list_begin_best(d, most);
		for (uint32_t i = 0; i < d->p->n_reviewers; i++) {
			uint32_t r = assign_list_turn(d, p, i);
			if (d->row[r] != ASSIGN_NO_VALUE && d->is_inside[org_of(d, r)] &&
				!flow_is_cut(d->flow, reviewer_node(d, r)) && !is_listed(d, p, r))
				shortlist_offer(&d->best, d->row[r], r);
		}
		assign_list_add_best(d, p);
	}
	return d->n_listed - n_before;
}
