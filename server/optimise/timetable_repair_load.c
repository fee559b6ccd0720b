/* What of a timetable still holds, and what waits for another place. */
#include "optimise/timetable_check.h"
#include "optimise/timetable_repair.h"

/* Is there any cell that is open, long enough and not impossible for it? */
static bool has_hope(const struct repair *r, uint32_t submission)
{
	struct timetable_place at = {0};

	for (at.session = 0; at.session < r->p->n_sessions; at.session++)
		for (at.room = 0; at.room < r->p->n_rooms; at.room++)
			if (timetable_fits(r->p, submission, &at) &&
				!timetable_is_shut(r->p, at.session, at.room) &&
				repair_is_possible(r, submission, &at))
				return true;
	return false;
}

static bool is_taken(const struct repair *r, uint32_t submission, const struct timetable_place *at)
{
	size_t cell = repair_cell(r, at);
	const uint32_t *slots = r->occupant + cell * TIMETABLE_MAX_SLOTS + at->slot;

	for (uint32_t k = 0; k < r->p->submissions[submission].n_slots; k++)
		if (slots[k] != TIMETABLE_NONE)
			return true;
	return r->n_in_cell[cell] && r->now.track[cell] != r->p->submissions[submission].track;
}

static bool is_fixed(const struct repair *r, uint32_t submission)
{
	return r->p->is_fixed && r->p->is_fixed[submission];
}

/* Fixed ones come first and have to fit. */
static enum rc load_fixed(struct repair *r, struct err *err)
{
	for (uint32_t i = 0; i < r->p->n_submissions; i++) {
		const struct timetable_place *at = &r->present.places[i];
		if (!is_fixed(r, i))
			continue;
		if (!timetable_fits(r->p, i, at) ||
			timetable_is_shut(r->p, at->session, at->room) || is_taken(r, i, at))
			return err_set(err, CONFLICT,
				"%s is to stay where it is, but it cannot: its place does not exist, "
				"is shut or too short, or is taken", r->p->submissions[i].id);
		repair_place(r, i, *at);
		r->is_settled[i] = true;
	}
	return OK;
}

/*
 * Waits when its place does not exist or has become impossible; may return when others are in the
 * way there, or when only the cell is said to be of another track.
 */
static void load(struct repair *r, uint32_t i)
{
	const struct timetable_place *at = &r->present.places[i];
	bool exists = timetable_fits(r->p, i, at) && !timetable_is_shut(r->p, at->session, at->room);
	bool is_held = exists && (repair_is_possible(r, i, at) || !has_hope(r, i));
	bool is_labelled =
		exists && r->present.track[repair_cell(r, at)] == r->p->submissions[i].track;

	if (is_held && is_labelled && !is_taken(r, i, at)) {
		repair_place(r, i, *at);
		return;
	}
	r->is_returnable[i] = is_held;
	repair_wait(r, i);
}

static void add_pair(struct repair *r, size_t *cap, uint32_t one, uint32_t other)
{
	if (r->n_pairs == *cap) {
		*cap = *cap ? 2 * *cap : 64;
		r->pairs = heap_resize(r->pairs, *cap * sizeof *r->pairs);
	}
	r->pairs[r->n_pairs++] = (struct repair_pair){one, other};
}

/* Presenters who are in two places at once. */
static void find_pairs(struct repair *r)
{
	size_t cap = 0;

	heap_free(r->pairs);
	r->pairs = NULL;
	r->n_pairs = 0;
	if (r->level >= REPAIR_CLASHES)
		return;
	for (uint32_t i = 0; i < r->p->n_submissions; i++) {
		if (r->now.places[i].session == TIMETABLE_NONE)
			continue;
		for (uint32_t k = r->enemies_start[i]; k < r->enemies_start[i + 1]; k++) {
			uint32_t other = r->enemies[k];
			if (other > i && repair_clashes(r, i, other) &&
				!(r->is_settled[i] && r->is_settled[other]))
				add_pair(r, &cap, i, other);
		}
	}
}

enum rc repair_load(struct repair *r, struct err *err)
{
	repair_empty(r);
	TRY(load_fixed(r, err));
	for (uint32_t i = 0; i < r->p->n_submissions; i++)
		if (!is_fixed(r, i))
			load(r, i);
	find_pairs(r);
	return OK;
}
