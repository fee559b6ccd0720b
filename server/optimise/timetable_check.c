#include "optimise/timetable_check.h"

#include <string.h>

static size_t n_cells(const struct timetable_problem *p)
{
	return (size_t)p->n_sessions * p->n_rooms;
}

struct timetable timetable_empty(struct arena *a, const struct timetable_problem *p)
{
	struct timetable t = {.track = ARENA_ARRAY(a, n_cells(p), uint32_t),
		.places = ARENA_ARRAY(a, p->n_submissions, struct timetable_place)};

	for (size_t i = 0; i < n_cells(p); i++)
		t.track[i] = TIMETABLE_NONE;
	for (uint32_t i = 0; i < p->n_submissions; i++)
		t.places[i] = (struct timetable_place){
			TIMETABLE_NONE, TIMETABLE_NONE, TIMETABLE_NONE};
	return t;
}

struct timetable timetable_copy(
	struct arena *a, const struct timetable_problem *p, const struct timetable *t)
{
	struct timetable copy = {.track = ARENA_ARRAY(a, n_cells(p), uint32_t),
		.places = ARENA_ARRAY(a, p->n_submissions, struct timetable_place)};

	memcpy(copy.track, t->track, n_cells(p) * sizeof *copy.track);
	memcpy(copy.places, t->places, p->n_submissions * sizeof *copy.places);
	return copy;
}

bool timetable_fits(const struct timetable_problem *p, uint32_t submission,
	const struct timetable_place *place)
{
	uint32_t n = p->submissions[submission].n_slots;

	return place->session < p->n_sessions && place->room < p->n_rooms &&
		n <= p->sessions[place->session].n_slots &&
		place->slot <= p->sessions[place->session].n_slots - n;
}

static enum rc check_place(const struct timetable_problem *p, const struct timetable *t,
	uint32_t submission, struct err *err)
{
	const struct timetable_submission *s = &p->submissions[submission];
	const struct timetable_place *place = &t->places[submission];

	if (place->session == TIMETABLE_NONE)
		return err_set(err, INVALID, "%s has no place", s->id);
	if (place->session >= p->n_sessions || place->room >= p->n_rooms)
		return err_set(err, INVALID, "%s is in a session or room that does not exist", s->id);
	if (!timetable_fits(p, submission, place))
		return err_set(err, INVALID, "%s needs %u slots and runs over the end of %s",
			s->id, s->n_slots, p->sessions[place->session].name);
	uint32_t track = t->track[(size_t)place->session * p->n_rooms + place->room];
	if (track != s->track)
		return err_set(err, INVALID, "%s is of %s, but in %s %s there is %s", s->id,
			p->tracks[s->track].name, p->rooms[place->room],
			p->sessions[place->session].name,
			track == TIMETABLE_NONE ? "no track" : p->tracks[track].name);
	return OK;
}

static enum rc check_cells(
	const struct timetable_problem *p, const struct timetable *t, struct err *err)
{
	for (uint32_t s = 0; s < p->n_sessions; s++) {
		for (uint32_t r = 0; r < p->n_rooms; r++) {
			uint32_t track = t->track[(size_t)s * p->n_rooms + r];
			if (track == TIMETABLE_NONE)
				continue;
			if (track >= p->n_tracks)
				return err_set(err, INVALID, "%s in %s holds a track that does "
					"not exist", p->rooms[r], p->sessions[s].name);
			if (timetable_is_shut(p, s, r))
				return err_set(err, INVALID, "%s is in %s in %s, which is shut",
					p->tracks[track].name, p->rooms[r], p->sessions[s].name);
		}
	}
	return OK;
}

/* Everybody signs for their slots; nobody finds another name there. */
static enum rc check_alone(const struct timetable_problem *p, const struct timetable *t,
	uint32_t *by_slot, struct err *err)
{
	for (uint32_t i = 0; i < p->n_submissions; i++) {
		const struct timetable_place *place = &t->places[i];
		size_t cell = (size_t)place->session * p->n_rooms + place->room;
		uint32_t *slots = by_slot + cell * TIMETABLE_MAX_SLOTS + place->slot;
		for (uint32_t k = 0; k < p->submissions[i].n_slots; k++) {
			if (slots[k])
				return err_set(err, INVALID, "%s and %s are in one slot of %s, %s",
					p->submissions[slots[k] - 1].id, p->submissions[i].id,
					p->rooms[place->room], p->sessions[place->session].name);
			slots[k] = i + 1;
		}
	}
	return OK;
}

enum rc timetable_check(
	const struct timetable_problem *p, const struct timetable *t, struct err *err)
{
	TRY(check_cells(p, t, err));
	for (uint32_t i = 0; i < p->n_submissions; i++)
		TRY(check_place(p, t, i, err));
	uint32_t *by_slot = heap_alloc(n_cells(p) * TIMETABLE_MAX_SLOTS * sizeof *by_slot);
	enum rc rc = check_alone(p, t, by_slot, err);
	heap_free(by_slot);
	return rc;
}
