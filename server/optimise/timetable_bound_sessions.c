/*
 * A bound from the dislikes of sessions and rooms, as a transport problem.
 *
 * Every slot of a submission is a unit that goes to a session; a session takes as many as the slots
 * of its open rooms. A unit pays what its submission dislikes, and its part of what its cell costs:
 * a cell holds at most as many units as its session has slots, and as its track has units, so the
 * cost of the cell divided by the smaller of the two, rounded down, is never more than the cell costs
 * when all its units pay it. Of all open rooms the cheapest is taken. Any timetable is such a flow
 * and costs at least as much, so the cheapest flow is a bound. Costs are counted in parts of 1 / PARTS
 * to lose little by rounding down; the value is a whole number, so the bound is rounded up at last.
 *
 * Strict: impossible sessions and rooms are not open.
 */
#include "optimise/flow.h"
#include "optimise/timetable_bound.h"
#include "optimise/timetable_check.h"

enum { PARTS = 60, MAX_ARCS = 200000 };

int64_t timetable_bound_slot_cost(
	const struct timetable_problem *p, uint32_t submission, uint32_t session)
{
	const struct timetable_submission *s = &p->submissions[submission];

	return p->weights[TIMETABLE_SUBMISSION_SESSION] *
		timetable_disliked(s->session, s->n_session, session) +
		p->weights[TIMETABLE_TIMEZONE] *
		timetable_disliked(s->timezone, s->n_timezone, session);
}

static int64_t cell_cost(const struct timetable_counter *c, uint32_t track, uint32_t session,
	uint32_t room, bool is_strict)
{
	const struct timetable_problem *p = c->p;
	int64_t in_session = c->track_session[(size_t)track * p->n_sessions + session];
	int64_t in_room = c->track_room[(size_t)track * p->n_rooms + room];
	int64_t here = c->session_room[(size_t)session * p->n_rooms + room];

	if (is_strict && (in_session >= TIMETABLE_IMPOSSIBLE || in_room >= TIMETABLE_IMPOSSIBLE ||
				 here >= TIMETABLE_IMPOSSIBLE))
		return INT64_MAX;
	return p->weights[TIMETABLE_TRACK_SESSION] * in_session +
		p->weights[TIMETABLE_TRACK_ROOM] * in_room +
		p->weights[TIMETABLE_SESSION_ROOM] * here;
}

/* Of one slot, in PARTS; INT64_MAX when it cannot be there. */
static int64_t unit_cost(const struct timetable_counter *c, const uint32_t *units, uint32_t i,
	uint32_t session, bool is_strict)
{
	const struct timetable_problem *p = c->p;
	const struct timetable_submission *s = &p->submissions[i];
	uint32_t n_slots = p->sessions[session].n_slots;
	int64_t cap = n_slots < units[s->track] ? n_slots : units[s->track], best = INT64_MAX;

	if (s->n_slots > n_slots)
		return INT64_MAX;
	if (is_strict && (timetable_disliked(s->session, s->n_session, session) >=
					 TIMETABLE_IMPOSSIBLE ||
				 timetable_disliked(s->timezone, s->n_timezone, session) >=
					 TIMETABLE_IMPOSSIBLE))
		return INT64_MAX;
	for (uint32_t room = 0; room < p->n_rooms; room++) {
		int64_t cell = cell_cost(c, s->track, session, room, is_strict);
		int64_t penalty = timetable_disliked(s->room, s->n_room, room);
		if (timetable_is_shut(p, session, room) || cell == INT64_MAX ||
			(is_strict && penalty >= TIMETABLE_IMPOSSIBLE))
			continue;
		int64_t cost = timetable_bound_cut(cell) * PARTS / cap +
			timetable_bound_cut(p->weights[TIMETABLE_SUBMISSION_ROOM] * penalty) * PARTS;
		best = cost < best ? cost : best;
	}
	if (best == INT64_MAX)
		return best;
	return timetable_bound_cut(
		best + PARTS * timetable_bound_cut(timetable_bound_slot_cost(p, i, session)));
}

static uint32_t *units_of(struct arena *a, const struct timetable_problem *p)
{
	uint32_t *units = ARENA_ARRAY(a, p->n_tracks, uint32_t);

	for (uint32_t i = 0; i < p->n_submissions; i++)
		units[p->submissions[i].track] += p->submissions[i].n_slots;
	return units;
}

/* As if there were room for all in every session. */
static int64_t without_capacity(
	const struct timetable_counter *c, const uint32_t *units, bool is_strict)
{
	int64_t sum = 0;

	for (uint32_t i = 0; i < c->p->n_submissions; i++) {
		int64_t least = INT64_MAX;
		for (uint32_t s = 0; s < c->p->n_sessions; s++) {
			int64_t cost = unit_cost(c, units, i, s, is_strict);
			least = cost < least ? cost : least;
		}
		sum += least == INT64_MAX ? 0 : least * c->p->submissions[i].n_slots;
	}
	return sum;
}

static void add_sessions(
	const struct timetable_problem *p, struct flow *f, int64_t n_units, uint32_t first)
{
	for (uint32_t s = 0; s < p->n_sessions; s++)
		(void)flow_add_node(f, 0);
	uint32_t sink = flow_add_node(f, -n_units);
	for (uint32_t s = 0; s < p->n_sessions; s++) {
		int32_t high = 0;
		for (uint32_t room = 0; room < p->n_rooms; room++)
			high += timetable_is_shut(p, s, room) ? 0 : (int32_t)p->sessions[s].n_slots;
		(void)flow_add_arc(f,
			(struct flow_arc){.from = first + s, .to = sink, .high = high});
	}
}

int64_t timetable_bound_of_sessions(
	struct arena *a, const struct timetable_counter *c, bool is_strict)
{
	const struct timetable_problem *p = c->p;
	uint32_t *units = units_of(a, p), n = p->n_submissions;
	int64_t n_units = 0, total = without_capacity(c, units, is_strict);

	if ((int64_t)n * p->n_sessions > MAX_ARCS)
		return (total + PARTS - 1) / PARTS;
	struct flow *f = flow_make();
	for (uint32_t i = 0; i < n; i++) {
		(void)flow_add_node(f, p->submissions[i].n_slots);
		n_units += p->submissions[i].n_slots;
	}
	add_sessions(p, f, n_units, n);
	for (uint32_t i = 0; i < n; i++) {
		for (uint32_t s = 0; s < p->n_sessions; s++) {
			int64_t cost = unit_cost(c, units, i, s, is_strict);
			if (cost == INT64_MAX)
				continue;
			(void)flow_add_arc(f, (struct flow_arc){.from = i, .to = n + s,
				.high = (int32_t)p->submissions[i].n_slots, .cost = cost});
		}
	}
	/* Without any flow there is no timetable, and every bound is one. */
	if (flow_solve(f, NULL, NULL) == FLOW_OPTIMAL)
		total = flow_total(f);
	flow_free(f);
	return (total + PARTS - 1) / PARTS;
}
