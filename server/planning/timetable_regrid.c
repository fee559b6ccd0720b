/* Re-planning: every session a time of its own, every format a track. */
#include "optimise/timetable.h"
#include "planning/timetable_grid.h"
#include "planning/timetable_search.h"

struct regrid {
	struct board *b;
	struct arena *scratch;
	int64_t slot[BOARD_N_FORMATS];
	size_t *works;    /* [submission]: of the board */
	uint32_t *filled; /* [cell]: slots of `present` */
	struct timetable_problem problem;
	struct timetable present;
};

static bool is_timed(const struct board *b, size_t work)
{
	return b->works[work].format != BOARD_POSTER;
}

static uint32_t slots_of(const struct regrid *g, size_t work)
{
	const struct board_work *w = &g->b->works[work];
	int64_t slot = g->slot[w->format], n = (w->minutes + slot - 1) / slot;

	return n > 0 ? (uint32_t)n : 1;
}

/* Posters take no minutes: their sessions are shut to the solver. */
static void sessions_fill(struct regrid *g)
{
	const struct board *b = g->b;
	struct timetable_problem *p = &g->problem;
	bool *is_shut = ARENA_ARRAY(g->scratch, b->n_cells, bool);

	p->sessions = ARENA_ARRAY(g->scratch, b->n_cells, struct timetable_session);
	p->rooms = ARENA_ARRAY(g->scratch, 1, const char *);
	p->rooms[0] = "";
	p->n_rooms = 1;
	p->n_sessions = (uint32_t)b->n_cells;
	for (size_t c = 0; c < b->n_cells; c++) {
		const struct board_cell *cell = &b->cells[c];
		int64_t left = (cell->minutes - b->used[c]) / g->slot[cell->format];
		uint32_t n = left > 0 ? (uint32_t)left : 0;
		for (size_t w = 0; w < b->n_works; w++)
			n += b->works[w].cell == c && is_timed(b, w) ? slots_of(g, w) : 0;
		is_shut[c] = cell->is_shut || cell->format == BOARD_POSTER || !n;
		p->sessions[c] = (struct timetable_session){"", "", n ? n : 1, 0, 0};
	}
	p->is_shut = is_shut;
}

static void tracks_fill(struct regrid *g)
{
	struct timetable_problem *p = &g->problem;

	p->n_tracks = BOARD_POSTER;
	p->tracks = ARENA_ARRAY(g->scratch, p->n_tracks, struct timetable_track);
	for (size_t t = 0; t < p->n_tracks; t++)
		p->tracks[t].name = board_format_word((enum board_format)t);
}

/* Never where somebody cannot be; and what is to be placed, where it costs least. */
static void dislikes_fill(struct regrid *g, size_t work, struct timetable_submission *s)
{
	struct board *b = g->b;
	size_t at = b->works[work].cell;
	struct timetable_dislike *list =
		ARENA_ARRAY(g->scratch, b->n_cells, struct timetable_dislike);

	for (size_t c = 0; c < b->n_cells; c++) {
		int64_t penalty = 0;
		if (c == at)
			continue;
		if (!b->may[work * b->n_cells + c] ||
			board_twin_elsewhere(b, work, c) != BOARD_NONE)
			penalty = TIMETABLE_IMPOSSIBLE;
		else if (at == BOARD_NONE)
			penalty = board_price(b, work, c);
		if (penalty > 0)
			list[s->n_session++] =
				(struct timetable_dislike){.b = (uint32_t)c, .penalty = penalty};
	}
	s->session = list;
}

static void submissions_fill(struct regrid *g)
{
	struct board *b = g->b;
	struct timetable_problem *p = &g->problem;

	p->submissions = ARENA_ARRAY(g->scratch, b->n_works, struct timetable_submission);
	g->works = ARENA_ARRAY(g->scratch, b->n_works, size_t);
	g->filled = ARENA_ARRAY(g->scratch, b->n_cells, uint32_t);
	g->present.track = ARENA_ARRAY(g->scratch, b->n_cells, uint32_t);
	g->present.places = ARENA_ARRAY(g->scratch, b->n_works, struct timetable_place);
	for (size_t c = 0; c < b->n_cells; c++)
		g->present.track[c] = TIMETABLE_NONE;
	for (size_t w = 0; w < b->n_works; w++) {
		const struct board_work *work = &b->works[w];
		struct timetable_submission *s = &p->submissions[p->n_submissions];
		struct timetable_place *place = &g->present.places[p->n_submissions];
		if (!is_timed(b, w) || !work->may_move)
			continue;
		*s = (struct timetable_submission){.id = work->code,
			.track = (uint32_t)work->format,
			.n_slots = slots_of(g, w)};
		dislikes_fill(g, w, s);
		*place = (struct timetable_place){TIMETABLE_NONE, 0, 0};
		if (work->cell != BOARD_NONE) {
			*place = (struct timetable_place){
				(uint32_t)work->cell, 0, g->filled[work->cell]};
			g->filled[work->cell] += s->n_slots;
			g->present.track[work->cell] = s->track;
		}
		g->works[p->n_submissions++] = w;
	}
}

/* First all that move go, then they come: they may change places. */
static void take(struct regrid *g, const struct timetable *t)
{
	struct board *b = g->b;

	for (size_t i = 0; i < g->problem.n_submissions; i++)
		if (t->places[i].session != b->works[g->works[i]].cell)
			board_put(b, g->works[i], BOARD_NONE);
	for (size_t i = 0; i < g->problem.n_submissions; i++) {
		size_t w = g->works[i], cell = t->places[i].session;
		if (b->works[w].cell == BOARD_NONE && t->places[i].session != TIMETABLE_NONE &&
			board_fits(b, w, cell))
			board_put(b, w, cell);
	}
}

static enum rc replan(
	struct board *b, struct arena *scratch, struct effort *effort, struct err *err)
{
	struct regrid g = {.b = b, .scratch = scratch};
	struct timetable_solution solution;

	if (b->n_cells > TIMETABLE_MAX_SESSIONS || b->n_works > TIMETABLE_MAX_SUBMISSIONS)
		return err_set(err, CONFLICT, "The programme is too large for this");
	for (int f = 0; f < BOARD_N_FORMATS; f++)
		g.slot[f] = timetable_slot_minutes(b, (enum board_format)f);
	sessions_fill(&g);
	tracks_fill(&g);
	submissions_fill(&g);
	g.problem.name = "programme";
	g.problem.weights[TIMETABLE_SUBMISSION_SESSION] = 1;
	TRY(timetable_replan(scratch, &g.problem, &g.present, effort, &solution, err));
	take(&g, &solution.timetable);
	return OK;
}

enum rc timetable_grid_replan(struct board *b, struct effort *effort, struct err *err)
{
	struct arena *scratch = arena_new();
	struct err own = err_in(scratch);
	enum rc rc = replan(b, scratch, effort, &own);

	if (rc != OK)
		err_set(err, rc, "%s", own.message ? own.message : "No place was found");
	arena_free(scratch);
	return rc;
}
