/* Where a submission may go, and who has to make way for it there. */
#include <stdlib.h>
#include "optimise/timetable_check.h"
#include "optimise/timetable_repair_search.h"

/* ---- doing and undoing ---- */

void repair_eject(struct repair *r, uint32_t submission)
{
	repair_remove(r, submission);
	r->log[r->n_log++] = submission;
	repair_wait(r, submission);
}

/* Those ejected since the mark go back to where they were; they wait in the order of the log. */
void repair_undo(struct repair *r, size_t mark)
{
	while (r->n_log > mark) {
		uint32_t submission = r->log[--r->n_log];
		r->n_waiting--;
		r->n_must--;
		repair_place(r, submission, r->present.places[submission]);
	}
}

/* ---- who is in the way ---- */

static uint32_t overlap(const struct repair *r, uint32_t one, const struct timetable_place *place,
	uint32_t other)
{
	uint32_t a = place->slot, b = r->now.places[other].slot;
	uint32_t a_end = a + r->p->submissions[one].n_slots;
	uint32_t b_end = b + r->p->submissions[other].n_slots;

	return a < b_end && b < a_end;
}

/* Would `one` clash at that place with another that has a place? */
static bool clashes_at(const struct repair *r, uint32_t one, const struct timetable_place *place,
	uint32_t other)
{
	const struct timetable_place *there = &r->now.places[other];

	if (there->session != place->session)
		return false;
	return timetable_is_strict_kind(r->p, TIMETABLE_PRESENTER_SESSION)
		? there->room != place->room
		: overlap(r, one, place, other);
}

bool repair_clashes(const struct repair *r, uint32_t one, uint32_t other)
{
	const struct timetable_conflicts *c = &r->counter.conflicts;

	return timetable_conflicts_in(c, c->presenter, one, other) &&
		clashes_at(r, one, &r->now.places[one], other);
}

/* A track that is never to be beside this one stands in the session already. */
static bool has_foe(const struct repair *r, uint32_t track, const struct timetable_place *place)
{
	const int64_t *similar = r->counter.similar + (size_t)track * r->p->n_tracks;
	const uint32_t *row = r->now.track + (size_t)place->session * r->p->n_rooms;

	if (!r->p->n_similar_tracks)
		return false;
	for (uint32_t room = 0; room < r->p->n_rooms; room++)
		if (room != place->room && row[room] != TIMETABLE_NONE &&
			similar[row[room]] >= TIMETABLE_IMPOSSIBLE)
			return true;
	return false;
}

bool repair_is_possible(
	const struct repair *r, uint32_t submission, const struct timetable_place *place)
{
	const struct timetable_problem *p = r->p;
	const struct timetable_submission *s = &p->submissions[submission];
	const struct timetable_counter *c = &r->counter;

	if (r->level >= REPAIR_IMPOSSIBLE)
		return true;
	return timetable_disliked(s->session, s->n_session, place->session) <
		TIMETABLE_IMPOSSIBLE &&
		timetable_disliked(s->timezone, s->n_timezone, place->session) <
		TIMETABLE_IMPOSSIBLE &&
		timetable_disliked(s->room, s->n_room, place->room) < TIMETABLE_IMPOSSIBLE &&
		c->track_session[(size_t)s->track * p->n_sessions + place->session] <
		TIMETABLE_IMPOSSIBLE &&
		c->track_room[(size_t)s->track * p->n_rooms + place->room] <
		TIMETABLE_IMPOSSIBLE &&
		c->session_room[(size_t)place->session * p->n_rooms + place->room] <
		TIMETABLE_IMPOSSIBLE;
}

/* Makes those wait who are in the way of a submission at a place; false when one may not move. */
bool repair_clear(struct repair *r, uint32_t submission, const struct timetable_place *place)
{
	size_t cell = repair_cell(r, place);
	const uint32_t *slots = r->occupant + cell * TIMETABLE_MAX_SLOTS;
	bool is_foreign = r->n_in_cell[cell] && r->now.track[cell] != r->p->submissions[submission].track;
	uint32_t from = is_foreign ? 0 : place->slot;
	uint32_t to = is_foreign ? r->p->sessions[place->session].n_slots
				 : from + r->p->submissions[submission].n_slots;

	for (uint32_t k = from; k < to; k++) {
		if (slots[k] == TIMETABLE_NONE)
			continue;
		if (r->is_settled[slots[k]])
			return false;
		repair_eject(r, slots[k]);
	}
	if (r->level >= REPAIR_CLASHES)
		return true;
	for (uint32_t i = r->enemies_start[submission]; i < r->enemies_start[submission + 1]; i++) {
		if (!clashes_at(r, submission, place, r->enemies[i]))
			continue;
		if (r->is_settled[r->enemies[i]])
			return false;
		repair_eject(r, r->enemies[i]);
	}
	return true;
}

/* ---- candidates ---- */

static int64_t cost_of(const struct repair *r, uint32_t submission, const struct timetable_place *at)
{
	const struct timetable_problem *p = r->p;
	const struct timetable_submission *s = &p->submissions[submission];
	const struct timetable_counter *c = &r->counter;
	const int64_t *w = p->weights;
	int64_t cost = w[TIMETABLE_SUBMISSION_SESSION] *
			timetable_disliked(s->session, s->n_session, at->session) +
		w[TIMETABLE_TIMEZONE] *
			timetable_disliked(s->timezone, s->n_timezone, at->session) +
		w[TIMETABLE_SUBMISSION_ROOM] * timetable_disliked(s->room, s->n_room, at->room);

	cost *= s->n_slots;
	if (r->n_in_cell[repair_cell(r, at)])
		return cost;
	return cost + w[TIMETABLE_TRACK_SESSION] *
			c->track_session[(size_t)s->track * p->n_sessions + at->session] +
		w[TIMETABLE_TRACK_ROOM] *
			c->track_room[(size_t)s->track * p->n_rooms + at->room] +
		w[TIMETABLE_SESSION_ROOM] *
			c->session_room[(size_t)at->session * p->n_rooms + at->room];
}

static void add_candidate(struct repair *r, struct repair_candidate candidate)
{
	if (r->n_candidates == r->candidates_cap) {
		r->candidates_cap = r->candidates_cap ? 2 * r->candidates_cap : 1024;
		r->candidates =
			heap_resize(r->candidates, r->candidates_cap * sizeof *r->candidates);
	}
	candidate.rank = (uint32_t)r->n_candidates;
	r->candidates[r->n_candidates++] = candidate;
}

static void consider(struct repair *r, uint32_t submission, struct timetable_place place)
{
	size_t mark = r->n_log;
	bool is_home = repair_is_same(&place, &r->present.places[submission]);

	r->steps_left--;
	r->steps_done++;
	if (is_home && !r->is_returnable[submission])
		return;
	/* Its own return is no move, and frees the one it was counted for, if it was. */
	bool is_clear = repair_clear(r, submission, &place);
	bool is_over = !repair_is_within_limit(r) ||
		(!is_home && r->is_returnable[submission] &&
			r->n_moved + r->n_must + 1 > r->limit);
	uint32_t n_ejected = (uint32_t)(r->n_log - mark);
	bool is_foe = r->level < REPAIR_IMPOSSIBLE && has_foe(r, r->p->submissions[submission].track, &place);
	int64_t cost = is_clear && !is_over ? cost_of(r, submission, &place) : 0;
	repair_undo(r, mark);
	if (is_clear && !is_over && !is_foe)
		add_candidate(r, (struct repair_candidate){
			.place = place, .n_ejected = n_ejected, .cost = cost});
}

static int compare_candidates(const void *x, const void *y)
{
	const struct repair_candidate *a = x, *b = y;

	if (a->n_ejected != b->n_ejected)
		return a->n_ejected < b->n_ejected ? -1 : 1;
	if (a->cost != b->cost)
		return a->cost < b->cost ? -1 : 1;
	return (a->rank > b->rank) - (a->rank < b->rank);
}

/* Does it make a difference which slot of its session a submission has? */
static bool slots_matter(const struct timetable_problem *p)
{
	return p->weights[TIMETABLE_ORDER] || p->weights[TIMETABLE_PRESENTER_SLOT] ||
		p->weights[TIMETABLE_ATTENDEE_SLOT] ||
		!timetable_is_strict_kind(p, TIMETABLE_PRESENTER_SESSION);
}

void repair_find_candidates(struct repair *r, uint32_t submission)
{
	const struct timetable_problem *p = r->p;
	uint32_t n = p->submissions[submission].n_slots;
	bool all_slots = slots_matter(p);
	size_t first = r->n_candidates;
	struct timetable_place at = {0};

	for (; at.session < p->n_sessions; at.session++) {
		for (at.room = 0; at.room < p->n_rooms; at.room++) {
			at.slot = 0;
			if (timetable_is_shut(p, at.session, at.room) ||
				(r->only_room != TIMETABLE_NONE && r->only_room != at.room) ||
				!repair_is_possible(r, submission, &at))
				continue;
			/* It will be the first of its track there. */
			bool is_first = r->now.track[repair_cell(r, &at)] !=
				p->submissions[submission].track;
			for (; at.slot + n <= p->sessions[at.session].n_slots; at.slot++) {
				bool is_home = repair_is_same(&at, &r->present.places[submission]);
				if (!is_first || all_slots || !at.slot || is_home)
					consider(r, submission, at);
			}
		}
	}
	if (r->n_candidates > first)
		qsort(r->candidates + first, r->n_candidates - first, sizeof *r->candidates,
			compare_candidates);
}
