#include "optimise/flow_wide.h"

/* Both widths are checked in the wider one. */
struct standing {
	struct flow_wide_arc arc;
	int32_t amount;
	flow_wide_cost price_from, price_to;
};

static enum rc check_arc(const struct standing *s, uint32_t i, struct err *err)
{
	flow_wide_cost reduced = s->arc.cost + s->price_from - s->price_to;

	if (s->amount < s->arc.low || s->amount > s->arc.high)
		return err_set(err, INVALID, "arc %u carries %d, which is not between %d and %d", i,
			s->amount, s->arc.low, s->arc.high);
	if (reduced < 0 && s->amount < s->arc.high)
		return err_set(err, INVALID, "arc %u could carry more, which is cheaper", i);
	if (reduced > 0 && s->amount > s->arc.low)
		return err_set(err, INVALID, "arc %u could carry less, which is cheaper", i);
	return OK;
}

static struct flow_wide_arc widened(const struct flow_arc *arc)
{
	return (struct flow_wide_arc){arc->from, arc->to, arc->low, arc->high, arc->cost};
}

/* What each node gives away, against its supply. Takes from and adds to `net`, which starts as 0.
 */
static enum rc check_nodes(
	const int64_t *net, const int64_t *supply, uint32_t n_nodes, struct err *err)
{
	for (uint32_t v = 0; v < n_nodes; v++)
		if (net[v] != supply[v])
			return err_set(err, INVALID, "node %u gives %lld, its supply is %lld", v,
				(long long)net[v], (long long)supply[v]);
	return OK;
}

static enum rc check_ends(uint32_t from, uint32_t to, uint32_t n_nodes, uint32_t i, struct err *err)
{
	return from < n_nodes && to < n_nodes
		       ? OK
		       : err_set(err, INVALID, "arc %u is between nodes that there are not", i);
}

enum rc flow_check(const struct flow_network *n, const int32_t *amount, const int64_t *price,
	int64_t *total, struct err *err)
{
	int64_t *net = heap_alloc(n->n_nodes * sizeof *net);
	enum rc rc = OK;
	flow_wide_cost sum = 0;

	for (uint32_t i = 0; i < n->n_arcs && rc == OK; i++) {
		const struct flow_arc *arc = &n->arcs[i];
		rc = check_ends(arc->from, arc->to, n->n_nodes, i, err);
		if (rc != OK)
			break;
		struct standing s = {widened(arc), amount[i], price[arc->from], price[arc->to]};
		rc = check_arc(&s, i, err);
		net[arc->from] += amount[i];
		net[arc->to] -= amount[i];
		sum += (flow_wide_cost)arc->cost * amount[i];
	}
	if (rc == OK)
		rc = check_nodes(net, n->supply, n->n_nodes, err);
	heap_free(net);
	if (rc == OK && (sum > INT64_MAX || sum < INT64_MIN))
		rc = err_set(err, INVALID, "the total passes 64 bits");
	*total = rc == OK ? (int64_t)sum : 0;
	return rc;
}

enum rc flow_wide_check(const struct flow_wide_network *n, const int32_t *amount,
	const flow_wide_cost *price, flow_wide_cost *total, struct err *err)
{
	int64_t *net = heap_alloc(n->n_nodes * sizeof *net);
	enum rc rc = OK;

	*total = 0;
	for (uint32_t i = 0; i < n->n_arcs && rc == OK; i++) {
		const struct flow_wide_arc *arc = &n->arcs[i];
		rc = check_ends(arc->from, arc->to, n->n_nodes, i, err);
		if (rc != OK)
			break;
		struct standing s = {*arc, amount[i], price[arc->from], price[arc->to]};
		rc = check_arc(&s, i, err);
		net[arc->from] += amount[i];
		net[arc->to] -= amount[i];
		*total += arc->cost * amount[i];
	}
	if (rc == OK)
		rc = check_nodes(net, n->supply, n->n_nodes, err);
	heap_free(net);
	return rc;
}

/* By how much the arc lowers what is left inside at the least. */
static int64_t taken_away(uint32_t from, uint32_t to, int32_t low, int32_t high, const bool *inside)
{
	if (inside[from] == inside[to])
		return 0;
	return inside[from] ? high : -(int64_t)low;
}

static enum rc check_left(int64_t left, struct err *err)
{
	if (left > 0)
		return OK;
	return err_set(err, INVALID,
		"the arcs out of that set could take %lld more than its supply", (long long)-left);
}

enum rc flow_check_cut(const struct flow_network *n, const bool *is_inside, struct err *err)
{
	int64_t left = 0;

	for (uint32_t v = 0; v < n->n_nodes; v++)
		left += is_inside[v] ? n->supply[v] : 0;
	for (uint32_t i = 0; i < n->n_arcs; i++) {
		const struct flow_arc *arc = &n->arcs[i];
		TRY(check_ends(arc->from, arc->to, n->n_nodes, i, err));
		left -= taken_away(arc->from, arc->to, arc->low, arc->high, is_inside);
	}
	return check_left(left, err);
}

enum rc flow_wide_check_cut(
	const struct flow_wide_network *n, const bool *is_inside, struct err *err)
{
	int64_t left = 0;

	for (uint32_t v = 0; v < n->n_nodes; v++)
		left += is_inside[v] ? n->supply[v] : 0;
	for (uint32_t i = 0; i < n->n_arcs; i++) {
		const struct flow_wide_arc *arc = &n->arcs[i];
		TRY(check_ends(arc->from, arc->to, n->n_nodes, i, err));
		left -= taken_away(arc->from, arc->to, arc->low, arc->high, is_inside);
	}
	return check_left(left, err);
}
