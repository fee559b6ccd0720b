/* The search itself: what follows from putting a submission somewhere, one after the other. */
#include <string.h>
#include "optimise/timetable_repair_search.h"

enum { ASK_EVERY = 64 };

/* ---- descending ---- */

static void descend(struct repair *r);

static bool is_out(struct repair *r)
{
	if (r->steps_left <= 0 || r->leaves_left <= 0)
		return true;
	struct effort_state state = {.doing = "re-planning", .value = (double)r->best_sum.value};
	if (!r->effort || r->effort->is_cut || ++r->n_asked % ASK_EVERY)
		return r->effort && r->effort->is_cut;
	return !effort_go_on(r->effort, &state);
}

bool repair_is_better(const struct repair *r, const struct timetable_solution *sum,
	const struct timetable_solution *than)
{
	if (r->level != REPAIR_STRICT && sum->n_forbidden != than->n_forbidden)
		return sum->n_forbidden < than->n_forbidden;
	return sum->value < than->value;
}

static void note_leaf(struct repair *r)
{
	struct timetable_solution sum;

	r->leaves_left--;
	r->leaves_done++;
	timetable_sum(&r->counter, &r->now, &sum);
	if (r->has_best && !repair_is_better(r, &sum, &r->best_sum))
		return;
	r->has_best = true;
	r->best_sum = sum;
	memcpy(r->best.places, r->now.places, r->p->n_submissions * sizeof *r->now.places);
	memcpy(r->best.track, r->now.track,
		(size_t)r->p->n_sessions * r->p->n_rooms * sizeof *r->now.track);
}

/* It is put there, and everything that follows from it tried. */
static void settle(struct repair *r, uint32_t submission, struct timetable_place place)
{
	bool is_home = repair_is_same(&place, &r->present.places[submission]);
	bool must = !r->is_returnable[submission];

	if (r->n_moved + r->n_must + (!must && !is_home) > r->limit)
		return;
	repair_place(r, submission, place);
	r->is_settled[submission] = true;
	r->n_must -= must;
	r->n_moved += !is_home;
	descend(r);
	r->n_moved -= !is_home;
	r->n_must += must;
	r->is_settled[submission] = false;
	repair_remove(r, submission);
}

/* All of a track in one room, or in one cell, are made to wait; false when one may not move. */
static bool vacate(struct repair *r, uint32_t track, uint32_t room, uint32_t session)
{
	for (uint32_t s = 0; s < r->p->n_sessions; s++) {
		size_t cell = (size_t)s * r->p->n_rooms + room;
		if (r->now.track[cell] != track || (session != TIMETABLE_NONE && session != s))
			continue;
		for (uint32_t k = 0; k < r->p->sessions[s].n_slots; k++) {
			uint32_t who = r->occupant[cell * TIMETABLE_MAX_SLOTS + k];
			if (who == TIMETABLE_NONE)
				continue;
			if (r->is_settled[who])
				return false;
			repair_eject(r, who);
			if (!repair_is_within_limit(r))
				return false;
		}
	}
	return true;
}

/* With one cell of the track too many in the session, one of the others must be given up. */
static void settle_in_session(struct repair *r, uint32_t submission, struct timetable_place place)
{
	uint32_t track = r->p->submissions[submission].track, n = 0, n_rooms = r->p->n_rooms;
	const uint32_t *row = r->now.track + (size_t)place.session * n_rooms;
	size_t mark = r->n_log;

	for (uint32_t room = 0; room < n_rooms; room++)
		n += row[room] == track;
	bool is_new = row[place.room] != track;
	if (r->level >= REPAIR_ROOMS || !is_new ||
		n < r->cells_allowed[(size_t)track * r->p->n_sessions + place.session]) {
		settle(r, submission, place);
		return;
	}
	for (uint32_t room = 0; room < n_rooms; room++) {
		if (row[room] != track)
			continue;
		if (vacate(r, track, room, place.session))
			settle(r, submission, place);
		repair_undo(r, mark);
	}
}

/* With one room of the track too many, one of the others must be given up. */
static void settle_in_room(struct repair *r, uint32_t submission, struct timetable_place place)
{
	uint32_t track = r->p->submissions[submission].track, n = 0, n_rooms = r->p->n_rooms;
	const uint32_t *in_room = r->in_room + (size_t)track * n_rooms;
	size_t mark = r->n_log;

	for (uint32_t room = 0; room < n_rooms; room++)
		n += in_room[room] > 0;
	if (r->level >= REPAIR_ROOMS || in_room[place.room] || n < r->rooms_allowed[track]) {
		settle_in_session(r, submission, place);
		return;
	}
	for (uint32_t room = 0; room < n_rooms; room++) {
		if (!in_room[room])
			continue;
		if (vacate(r, track, room, TIMETABLE_NONE))
			settle_in_session(r, submission, place);
		repair_undo(r, mark);
	}
}

/* Of two that cannot both stay, one waits. */
static bool branch_on_pair(struct repair *r)
{
	for (size_t i = 0; i < r->n_pairs; i++) {
		uint32_t both[2] = {r->pairs[i].one, r->pairs[i].other};
		if (!repair_is_same(&r->now.places[both[0]], &r->present.places[both[0]]) ||
			!repair_is_same(&r->now.places[both[1]], &r->present.places[both[1]]))
			continue;
		for (size_t k = 0; k < 2; k++) {
			size_t mark = r->n_log;
			if (r->is_settled[both[k]])
				continue;
			repair_eject(r, both[k]);
			if (repair_is_within_limit(r))
				descend(r);
			repair_undo(r, mark);
		}
		return true;
	}
	return false;
}

/* The longest of those who wait comes first; its place in the list is kept for undoing. */
static size_t choose(const struct repair *r)
{
	size_t best = 0;

	for (size_t i = 1; i < r->n_waiting; i++)
		if (r->p->submissions[r->waiting[i]].n_slots >
			r->p->submissions[r->waiting[best]].n_slots)
			best = i;
	return best;
}

static void descend(struct repair *r)
{
	if (is_out(r))
		return;
	if (!r->n_waiting) {
		if (!branch_on_pair(r))
			note_leaf(r);
		return;
	}
	size_t chosen = choose(r), first = r->n_candidates;
	uint32_t submission = r->waiting[chosen];
	r->waiting[chosen] = r->waiting[--r->n_waiting];
	repair_find_candidates(r, submission);
	for (size_t i = first; i < r->n_candidates && !is_out(r); i++) {
		struct timetable_place place = r->candidates[i].place;
		size_t mark = r->n_log;
		if (repair_clear(r, submission, &place))
			settle_in_room(r, submission, place);
		repair_undo(r, mark);
	}
	r->n_candidates = first;
	r->waiting[r->n_waiting++] = r->waiting[chosen];
	r->waiting[chosen] = submission;
}

void repair_search(struct repair *r)
{
	r->n_candidates = 0;
	descend(r);
}
