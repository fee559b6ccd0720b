#include "optimise/timetable_construct.h"

#include "optimise/timetable_check.h"
#include "optimise/timetable_moves_in.h"

/* ---- is there room? ---- */

struct room {
	uint64_t n_cells, n_slots;
	uint64_t by_slots[TIMETABLE_MAX_SLOTS + 1]; /* cells of so many slots */
	uint32_t longest;
};

static struct room room_of(const struct timetable_problem *p)
{
	struct room room = {0};

	for (uint32_t s = 0; s < p->n_sessions; s++)
		for (uint32_t r = 0; r < p->n_rooms; r++) {
			if (timetable_is_shut(p, s, r))
				continue;
			room.n_cells++;
			room.n_slots += p->sessions[s].n_slots;
			room.by_slots[p->sessions[s].n_slots]++;
			if (p->sessions[s].n_slots > room.longest)
				room.longest = p->sessions[s].n_slots;
		}
	return room;
}

/* The cells that a track needs at least: were it the only one, and its slots sand. */
static uint64_t cells_for(const struct room *room, uint64_t n_slots)
{
	uint64_t n = 0;

	for (uint32_t size = room->longest; size > 0 && n_slots > 0; size--) {
		uint64_t wanted = (n_slots + size - 1) / size;
		uint64_t taken = wanted < room->by_slots[size] ? wanted : room->by_slots[size];
		n += taken;
		n_slots -= taken * size < n_slots ? taken * size : n_slots;
	}
	return n;
}

enum rc timetable_prove_room(struct arena *a, const struct timetable_problem *p, struct err *err)
{
	struct room room = room_of(p);
	uint64_t *need = ARENA_ARRAY(a, p->n_tracks, uint64_t), n_slots = 0, n_cells = 0;

	for (uint32_t i = 0; i < p->n_submissions; i++) {
		const struct timetable_submission *s = &p->submissions[i];
		if (p->is_fixed && p->is_fixed[i])
			continue;
		if (s->n_slots > room.longest)
			return err_set(err, CONFLICT,
				"Submission %s needs %u slots in a row, but the longest session "
				"that "
				"is open has %u",
				s->id, s->n_slots, room.longest);
		need[s->track] += s->n_slots;
		n_slots += s->n_slots;
	}
	if (n_slots > room.n_slots)
		return err_set(err, CONFLICT,
			"The submissions need %llu slots, but all sessions and rooms together have "
			"%llu",
			(unsigned long long)n_slots, (unsigned long long)room.n_slots);
	for (uint32_t t = 0; !p->is_fixed && t < p->n_tracks; t++)
		n_cells += cells_for(&room, need[t]);
	if (n_cells > room.n_cells)
		return err_set(err, CONFLICT,
			"A session in a room holds one track: the tracks need %llu of them, but "
			"there "
			"are only %llu",
			(unsigned long long)n_cells, (unsigned long long)room.n_cells);
	return OK;
}

/* ---- beginnings ---- */

static void take_all(struct timetable_state *s)
{
	for (uint32_t i = 0; i < s->t->p->n_submissions; i++)
		if (!s->is_fixed[i] && s->cell_of[i] != TIMETABLE_NONE)
			timetable_state_take(s, i);
	timetable_state_keep(s);
}

void timetable_construct(struct timetable_mover *m)
{
	struct timetable_state *s = m->s;
	const struct timetable_lists *members = &s->t->members;
	uint32_t n_tracks = s->t->p->n_tracks;

	take_all(s);
	for (uint32_t k = 0; k < n_tracks; k++)
		m->touched[k] = k;
	rng_shuffle(m->rng, m->touched, n_tracks);
	for (uint32_t k = 0; k < n_tracks; k++) {
		uint32_t track = m->touched[k], n = 0;
		for (uint32_t i = members->start[track]; i < members->start[track + 1]; i++)
			if (s->cell_of[members->items[i]] == TIMETABLE_NONE)
				m->held[n++] = members->items[i];
		if (n > 0)
			timetable_lay_track(
				m, track, m->held, n, rng_below(m->rng, s->t->p->n_rooms));
		timetable_state_keep(s);
	}
	timetable_state_settle(s);
}

void timetable_resume(struct timetable_state *s, const struct timetable_place *places)
{
	const struct timetable_problem *p = s->t->p;

	take_all(s);
	for (uint32_t i = 0; i < p->n_submissions; i++) {
		if (s->is_fixed[i] || !timetable_fits(p, i, &places[i]))
			continue;
		uint32_t cell = places[i].session * p->n_rooms + places[i].room;
		if (s->is_shut[cell] ||
			(s->n_in[cell] > 0 && s->track_of[cell] != p->submissions[i].track) ||
			!timetable_state_is_free(
				s, cell, places[i].slot, p->submissions[i].n_slots))
			continue;
		timetable_state_put(s, i, cell, places[i].slot);
	}
	timetable_state_keep(s);
	timetable_state_settle(s);
}
