/* Proposing: times by rooms, one theme a session where there are sessions enough. */
#include "planning/timetable_grid_parts.h"

/*
 * What the solver weighs. A presenter in two rooms, and a work where it cannot be, are never worth
 * it. Where a track is one theme the weights are those of board_cost(), so that the solver's value
 * is the draft's cost; themes that share a track are kept from standing in parallel by pairs of
 * works, which counts higher the more there is to miss.
 */
enum { WEIGHT_PRESENTER = 1000000, WEIGHT_THEME_PAIR = 2 };

/* ---- slots ---- */

static int64_t common_divisor(int64_t a, int64_t b)
{
	while (b) {
		int64_t rest = a % b;
		a = b;
		b = rest;
	}
	return a;
}

int64_t timetable_slot_minutes(const struct board *b, enum board_format format)
{
	int64_t slot = 0, longest = 0;

	for (size_t w = 0; w < b->n_works; w++)
		if (b->works[w].format == format)
			slot = common_divisor(slot, b->works[w].minutes);
	for (size_t c = 0; c < b->n_cells; c++)
		if (b->cells[c].format == format && b->cells[c].minutes > longest)
			longest = b->cells[c].minutes;
	if (slot < 1)
		slot = 1;
	while (longest / slot > TIMETABLE_MAX_SLOTS)
		slot++;
	return slot;
}

uint32_t grid_slots_of(const struct grid *g, size_t work)
{
	int64_t n = (g->b->works[work].minutes + g->slot - 1) / g->slot;

	return n > 0 ? (uint32_t)n : 1;
}

bool grid_wants(const struct grid *g, size_t work)
{
	const struct board_work *w = &g->b->works[work];

	return w->format == g->format && w->may_move && w->cell == BOARD_NONE;
}

bool grid_holds(const struct grid *g, size_t work)
{
	const struct board_work *w = &g->b->works[work];

	return w->format == g->format && w->cell != BOARD_NONE && !g->b->cells[w->cell].is_shut;
}

/* What stands there, and what there is room for: a session may be over-full already. */
static void slots_fill(struct grid *g)
{
	g->slots = ARENA_ARRAY(g->scratch, g->b->n_cells, uint32_t);
	for (size_t w = 0; w < g->b->n_works; w++)
		if (grid_holds(g, w))
			g->slots[g->b->works[w].cell] += grid_slots_of(g, w);
	for (size_t i = 0; i < g->n_cells; i++) {
		size_t c = g->cells[i];
		int64_t left = (g->b->cells[c].minutes - g->b->used[c]) / g->slot;
		g->slots[c] += left > 0 ? (uint32_t)left : 0;
	}
}

/* ---- cells ---- */

static void cells_fill(struct grid *g)
{
	const struct board *b = g->b;

	g->cells = ARENA_ARRAY(g->scratch, b->n_cells, size_t);
	g->sessions = ARENA_ARRAY(g->scratch, b->n_blocks, size_t);
	g->rooms = ARENA_ARRAY(g->scratch, b->n_rooms, size_t);
	for (size_t i = 0; i < b->n_blocks; i++)
		g->sessions[i] = BOARD_NONE;
	for (size_t i = 0; i < b->n_rooms; i++)
		g->rooms[i] = BOARD_NONE;
	for (size_t c = 0; c < b->n_cells; c++) {
		const struct board_cell *cell = &b->cells[c];
		if (cell->format != g->format || cell->is_shut)
			continue;
		g->cells[g->n_cells++] = c;
		if (g->sessions[cell->block] == BOARD_NONE)
			g->sessions[cell->block] = g->n_sessions++;
		if (g->rooms[cell->room] == BOARD_NONE)
			g->rooms[cell->room] = g->n_rooms++;
	}
}

size_t grid_place(const struct grid *g, size_t cell)
{
	const struct board_cell *c = &g->b->cells[cell];

	return g->sessions[c->block] * g->n_rooms + g->rooms[c->room];
}

/* ---- the problem ---- */

static void frame_fill(struct grid *g)
{
	struct timetable_problem *p = &g->problem;
	const uint32_t *longest = grid_longest(g);
	bool *is_shut = ARENA_ARRAY(g->scratch, g->n_sessions * g->n_rooms, bool);
	size_t n = g->n_sessions * g->n_rooms;

	p->name = board_format_word(g->format);
	p->n_sessions = (uint32_t)g->n_sessions;
	p->n_rooms = (uint32_t)g->n_rooms;
	p->sessions = ARENA_ARRAY(g->scratch, g->n_sessions, struct timetable_session);
	p->rooms = ARENA_ARRAY(g->scratch, g->n_rooms, const char *);
	g->cell_at = ARENA_ARRAY(g->scratch, n, size_t);
	g->start.track = ARENA_ARRAY(g->scratch, n, uint32_t);
	for (size_t i = 0; i < n; i++) {
		is_shut[i] = true;
		g->cell_at[i] = BOARD_NONE;
		g->start.track[i] = TIMETABLE_NONE;
	}
	for (size_t i = 0; i < g->n_sessions; i++)
		p->sessions[i] = (struct timetable_session){"", "", longest[i], 0, 0};
	for (size_t i = 0; i < g->n_rooms; i++)
		p->rooms[i] = "";
	for (size_t i = 0; i < g->n_cells; i++) {
		size_t place = grid_place(g, g->cells[i]);
		is_shut[place] = false;
		g->cell_at[place] = g->cells[i];
	}
	p->is_shut = is_shut;
}

static void tracks_add(struct grid *g)
{
	size_t n = g->b->n_themes + 1;

	g->track_of = ARENA_ARRAY(g->scratch, n, uint32_t);
	for (size_t t = 0; t < n; t++)
		if (g->group[t] == t)
			g->track_of[t] = g->problem.n_tracks++;
	g->problem.tracks = ARENA_ARRAY(g->scratch, g->problem.n_tracks, struct timetable_track);
	for (size_t t = 0; t < g->problem.n_tracks; t++)
		g->problem.tracks[t].name = "";
}

static size_t n_tracks_used(const struct grid *g)
{
	bool *is_used = ARENA_ARRAY(g->scratch, g->problem.n_tracks, bool);
	size_t n = 0;

	for (size_t i = 0; i < g->problem.n_submissions; i++) {
		bool *used = &is_used[g->problem.submissions[i].track];
		n += !*used;
		*used = true;
	}
	return n;
}

static void weigh(struct grid *g)
{
	int64_t *w = g->problem.weights;

	w[TIMETABLE_PRESENTER_SESSION] = WEIGHT_PRESENTER;
	w[TIMETABLE_SUBMISSION_SESSION] = 1;
	if (g->is_shared)
		w[TIMETABLE_ATTENDEE_SESSION] = WEIGHT_THEME_PAIR;
	if (g->is_shared && n_tracks_used(g) < 2)
		return;
	w[TIMETABLE_PARALLEL_TRACKS] = COST_OF_PARALLEL;
	if (g->format != BOARD_TALK)
		return;
	w[TIMETABLE_ROOMS_PER_TRACK] = COST_OF_ROOM;
	w[TIMETABLE_CONSECUTIVE_TRACKS] = COST_OF_GAP;
}

static void problem_fill(struct grid *g, bool is_one_track)
{
	size_t most = g->b->n_works + g->n_cells, n_people = 0;

	for (size_t w = 0; w < g->b->n_works; w++)
		n_people += g->b->works[w].n_people;
	grid_tracks_fill(g, is_one_track);
	frame_fill(g);
	tracks_add(g);
	g->work_of = ARENA_ARRAY(g->scratch, most, size_t);
	g->people = ARENA_ARRAY(g->scratch, n_people, int64_t);
	g->filled = ARENA_ARRAY(g->scratch, g->b->n_cells, uint32_t);
	g->is_fixed = ARENA_ARRAY(g->scratch, most, bool);
	g->problem.submissions = ARENA_ARRAY(g->scratch, most, struct timetable_submission);
	g->start.places = ARENA_ARRAY(g->scratch, most, struct timetable_place);
	grid_works_add(g);
	grid_fillers_add(g);
	grid_followers_fill(g);
	g->problem.is_fixed = g->is_fixed;
	g->problem.n_people = (uint32_t)(g->n_people + g->b->n_themes);
	weigh(g);
}

/* ---- proposing ---- */

static bool is_too_large(const struct grid *g)
{
	return g->n_sessions > TIMETABLE_MAX_SESSIONS || g->n_rooms > TIMETABLE_MAX_ROOMS ||
	       g->b->n_themes + 1 > TIMETABLE_MAX_TRACKS ||
	       g->b->n_works + g->n_cells > TIMETABLE_MAX_SUBMISSIONS;
}

static void take(struct grid *g, const struct timetable *t)
{
	for (size_t i = 0; i < g->problem.n_submissions; i++) {
		const struct timetable_place *place = &t->places[i];
		size_t cell;
		if (g->is_fixed[i] || place->session == TIMETABLE_NONE)
			continue;
		cell = g->cell_at[place->session * g->n_rooms + place->room];
		if (cell != BOARD_NONE && board_fits(g->b, g->work_of[i], cell))
			board_put(g->b, g->work_of[i], cell);
	}
}

/* Every work has a theme, and every theme a track of its own. */
static bool is_one_theme_a_track(const struct grid *g)
{
	for (size_t i = 0; i < g->problem.n_submissions; i++)
		if (g->work_of[i] != BOARD_NONE && g->b->works[g->work_of[i]].theme == BOARD_NONE)
			return false;
	return !g->is_shared;
}

static enum rc propose(struct board *b, enum board_format format, bool is_one_track,
	struct arena *scratch, struct effort *effort, int64_t *bound, struct err *err)
{
	struct grid g = {.b = b, .format = format, .scratch = scratch};
	struct timetable_wish wish = {.start = &g.start};
	struct timetable_solution solution;

	*bound = -1;
	g.slot = timetable_slot_minutes(b, format);
	cells_fill(&g);
	slots_fill(&g);
	if (!g.n_cells || is_too_large(&g))
		return err_set(err, CONFLICT, "There is no session for this, or too many");
	problem_fill(&g, is_one_track);
	TRY(timetable_solve(scratch, &g.problem, &wish, effort, &solution, err));
	take(&g, &solution.timetable);
	if (is_one_theme_a_track(&g))
		*bound = solution.bound;
	return OK;
}

enum rc timetable_grid_propose(struct board *b, enum board_format format, bool is_one_track,
	struct effort *effort, int64_t *bound, struct err *err)
{
	struct arena *scratch = arena_new();
	struct err own = err_in(scratch);
	enum rc rc = propose(b, format, is_one_track, scratch, effort, bound, &own);

	if (rc != OK)
		err_set(err, rc, "%s", own.message ? own.message : "No timetable was found");
	arena_free(scratch);
	return rc;
}
