/* Which themes share a track: as few as may be. */
#include "planning/timetable_grid_parts.h"

size_t grid_theme(const struct grid *g, size_t work)
{
	size_t theme = g->b->works[work].theme;

	return theme == BOARD_NONE ? g->b->n_themes : theme;
}

static void join(struct grid *g, size_t theme, size_t other)
{
	size_t from = g->group[other], to = g->group[theme];

	if (from < to) {
		size_t x = from;
		from = to;
		to = x;
	}
	for (size_t t = 0; t <= g->b->n_themes; t++)
		if (g->group[t] == from)
			g->group[t] = to;
}

/* Those that stand in one session already. */
static void join_as_drafted(struct grid *g)
{
	size_t *first = ARENA_ARRAY(g->scratch, g->b->n_cells, size_t);

	for (size_t c = 0; c < g->b->n_cells; c++)
		first[c] = BOARD_NONE;
	for (size_t w = 0; w < g->b->n_works; w++) {
		size_t cell = g->b->works[w].cell;
		if (!grid_holds(g, w))
			continue;
		if (first[cell] == BOARD_NONE)
			first[cell] = grid_theme(g, w);
		join(g, first[cell], grid_theme(g, w));
	}
}

struct demand {
	uint32_t wanted, free; /* slots: of works to place, in sessions of the track's own */
	bool is_used;
};

static void demands_fill(const struct grid *g, struct demand *demands)
{
	bool *is_counted = ARENA_ARRAY(g->scratch, g->b->n_cells, bool);

	for (size_t t = 0; t <= g->b->n_themes; t++)
		demands[t] = (struct demand){0};
	for (size_t w = 0; w < g->b->n_works; w++) {
		struct demand *d = &demands[g->group[grid_theme(g, w)]];
		size_t cell = g->b->works[w].cell;
		if (grid_wants(g, w)) {
			d->wanted += grid_slots_of(g, w);
			d->is_used = true;
		}
		if (!grid_holds(g, w))
			continue;
		d->is_used = true;
		if (is_counted[cell])
			continue;
		is_counted[cell] = true;
		int64_t left = (g->b->cells[cell].minutes - g->b->used[cell]) / g->slot;
		d->free += left > 0 ? (uint32_t)left : 0;
	}
}

/* The empty sessions that the tracks need at the least, against those there are. */
static bool has_sessions_enough(const struct grid *g, const struct demand *demands)
{
	size_t n_empty = 0, n_needed = 0;
	uint32_t most = 0;

	for (size_t i = 0; i < g->n_cells; i++) {
		size_t c = g->cells[i];
		if (g->b->n_in[c])
			continue;
		n_empty++;
		most = g->slots[c] > most ? g->slots[c] : most;
	}
	for (size_t t = 0; t <= g->b->n_themes; t++) {
		uint32_t lacking = demands[t].wanted > demands[t].free
					   ? demands[t].wanted - demands[t].free
					   : 0;
		if (lacking && !most)
			return false;
		n_needed += lacking ? (lacking + most - 1) / most : 0;
	}
	return n_needed <= n_empty;
}

/* The two tracks with the least to place become one. False: there is but one. */
static bool join_smallest(struct grid *g, const struct demand *demands)
{
	size_t least = BOARD_NONE, next = BOARD_NONE;

	for (size_t t = 0; t <= g->b->n_themes; t++) {
		if (g->group[t] != t || !demands[t].is_used)
			continue;
		if (least == BOARD_NONE || demands[t].wanted < demands[least].wanted) {
			next = least;
			least = t;
		} else if (next == BOARD_NONE || demands[t].wanted < demands[next].wanted) {
			next = t;
		}
	}
	if (next == BOARD_NONE)
		return false;
	join(g, least, next);
	return true;
}

/* A session that is empty, but shorter than others of its time, is any track's only when all are
 * one. */
static bool has_odd_cell(const struct grid *g, const uint32_t *longest)
{
	for (size_t i = 0; i < g->n_cells; i++) {
		size_t c = g->cells[i];
		if (!g->b->n_in[c] && g->slots[c] < longest[g->sessions[g->b->cells[c].block]])
			return true;
	}
	return false;
}

uint32_t *grid_longest(const struct grid *g)
{
	uint32_t *longest = ARENA_ARRAY(g->scratch, g->n_sessions, uint32_t);

	for (size_t i = 0; i < g->n_cells; i++) {
		size_t c = g->cells[i], s = g->sessions[g->b->cells[c].block];
		if (g->slots[c] > longest[s])
			longest[s] = g->slots[c];
	}
	return longest;
}

void grid_tracks_fill(struct grid *g, bool is_one_track)
{
	struct demand *demands = ARENA_ARRAY(g->scratch, g->b->n_themes + 1, struct demand);

	g->group = ARENA_ARRAY(g->scratch, g->b->n_themes + 1, size_t);
	for (size_t t = 0; t <= g->b->n_themes; t++)
		g->group[t] = t;
	if (is_one_track || has_odd_cell(g, grid_longest(g))) {
		for (size_t t = 0; t <= g->b->n_themes; t++)
			g->group[t] = 0;
		return;
	}
	join_as_drafted(g);
	demands_fill(g, demands);
	while (!has_sessions_enough(g, demands) && join_smallest(g, demands))
		demands_fill(g, demands);
}
