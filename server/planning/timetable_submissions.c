/* The works of a board as the submissions of the solver. */
#include "planning/timetable_grid_parts.h"

/* Every open session of its time would do, so that the solver may choose by time. */
static bool may_be_at(const struct grid *g, size_t work, size_t session)
{
	const struct board *b = g->b;

	for (size_t i = 0; i < g->n_cells; i++) {
		size_t c = g->cells[i];
		if (g->sessions[b->cells[c].block] == session && !b->may[work * b->n_cells + c])
			return false;
	}
	return true;
}

static void never_fill(struct grid *g, size_t work, struct timetable_submission *s)
{
	struct timetable_dislike *list =
		ARENA_ARRAY(g->scratch, g->n_sessions, struct timetable_dislike);

	for (size_t i = 0; i < g->n_sessions; i++)
		if (!may_be_at(g, work, i))
			list[s->n_session++] = (struct timetable_dislike){
				.b = (uint32_t)i, .penalty = TIMETABLE_IMPOSSIBLE};
	s->session = list;
}

static uint32_t person_number(struct grid *g, int64_t person_id)
{
	uint32_t n = 0;

	while (n < g->n_people && g->people[n] != person_id)
		n++;
	if (n == g->n_people)
		g->people[g->n_people++] = person_id;
	return n;
}

static void presenters_fill(struct grid *g, size_t work, struct timetable_submission *s)
{
	const struct board_work *w = &g->b->works[work];
	uint32_t *list = ARENA_ARRAY(g->scratch, w->n_people, uint32_t);

	for (size_t i = 0; i < w->n_people; i++)
		list[s->n_presenters++] = person_number(g, w->people[i].id);
	s->presenters = list;
}

static size_t submission_add(struct grid *g, size_t work, uint32_t track, uint32_t n_slots)
{
	size_t i = g->problem.n_submissions++;

	g->work_of[i] = work;
	g->problem.submissions[i] = (struct timetable_submission){
		.id = work == BOARD_NONE ? "" : g->b->works[work].code,
		.track = track,
		.n_slots = n_slots,
	};
	g->start.places[i] = (struct timetable_place){TIMETABLE_NONE, 0, 0};
	return i;
}

/* Behind what is there already, for good. */
static void stand(struct grid *g, size_t submission, size_t cell)
{
	const struct timetable_submission *s = &g->problem.submissions[submission];
	size_t place = grid_place(g, cell);

	g->start.track[place] = s->track;
	g->start.places[submission] = (struct timetable_place){
		.session = (uint32_t)(place / g->n_rooms),
		.room = (uint32_t)(place % g->n_rooms),
		.slot = g->filled[cell],
	};
	g->filled[cell] += s->n_slots;
	g->is_fixed[submission] = true;
}

void grid_works_add(struct grid *g)
{
	for (size_t w = 0; w < g->b->n_works; w++) {
		struct timetable_submission *s;
		size_t i;
		if (!grid_wants(g, w) && !grid_holds(g, w))
			continue;
		i = submission_add(
			g, w, g->track_of[g->group[grid_theme(g, w)]], grid_slots_of(g, w));
		s = &g->problem.submissions[i];
		presenters_fill(g, w, s);
		if (grid_holds(g, w))
			stand(g, i, g->b->works[w].cell);
		else
			never_fill(g, w, s);
	}
}

void grid_fillers_add(struct grid *g)
{
	const uint32_t *longest = grid_longest(g);

	for (size_t i = 0; i < g->n_cells; i++) {
		size_t c = g->cells[i], place = grid_place(g, c);
		uint32_t n = longest[place / g->n_rooms] - g->slots[c];
		uint32_t track = g->start.track[place];
		if (n)
			stand(g,
				submission_add(
					g, BOARD_NONE, track == TIMETABLE_NONE ? 0 : track, n),
				c);
	}
}

void grid_followers_fill(struct grid *g)
{
	size_t *n_themes = ARENA_ARRAY(g->scratch, g->b->n_themes + 1, size_t);

	for (size_t t = 0; t < g->b->n_themes; t++)
		n_themes[g->group[t]]++;
	for (size_t i = 0; i < g->problem.n_submissions; i++) {
		size_t w = g->work_of[i], theme;
		uint32_t *follower;
		if (w == BOARD_NONE || g->b->works[w].theme == BOARD_NONE)
			continue;
		theme = g->b->works[w].theme;
		if (n_themes[g->group[theme]] < 2)
			continue;
		follower = ARENA_NEW(g->scratch, uint32_t);
		*follower = (uint32_t)(g->n_people + theme);
		g->problem.submissions[i].attendees = follower;
		g->problem.submissions[i].n_attendees = 1;
		g->is_shared = true;
	}
}
