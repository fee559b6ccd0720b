/* Why a work goes where it goes, or nowhere. */
#include "planning/timetable_answer.h"

const char *timetable_reason_for(const struct board *b, size_t work)
{
	const struct board_work *w = &b->works[work];
	size_t n;

	if (w->cell == BOARD_NONE || w->cell == w->home)
		return "";
	if (w->home != BOARD_NONE)
		return "It makes room for another one";
	n = w->theme == BOARD_NONE ? 0 : b->of_theme[w->theme * b->n_cells + w->cell] - 1;
	if (w->format == BOARD_POSTER)
		return "Its presenters are free then";
	if (n)
		return arena_printf(b->arena,
			n == 1 ? "With %zu other on %s" : "With %zu others on %s", n,
			b->themes[w->theme].name);
	if (w->theme != BOARD_NONE && b->n_in[w->cell] == 1)
		return arena_printf(
			b->arena, "A session on %s begins with it", b->themes[w->theme].name);
	return "There is room, and its presenters are free";
}

static const char *kind_of_session(enum board_format format)
{
	return format == BOARD_TALK ? "talks" : format == BOARD_POSTER ? "posters" : "workshops";
}

/* The first objection against any session that has room for it. */
static const char *first_objection(const struct board *b, size_t work)
{
	for (size_t c = 0; c < b->n_cells; c++)
		if (b->cells[c].format == b->works[work].format && !b->may[work * b->n_cells + c])
			return board_objection(b, work, c);
	return NULL;
}

const char *timetable_reason_against(const struct board *b, size_t work)
{
	const struct board_work *w = &b->works[work];
	size_t n_cells = 0, n_may = 0;
	const char *objection;

	for (size_t c = 0; c < b->n_cells; c++) {
		n_cells += b->cells[c].format == w->format;
		n_may += b->may[work * b->n_cells + c];
	}
	if (!n_cells)
		return arena_printf(b->arena,
			"There is no session of %s with a time: add one, then ask again",
			kind_of_session(w->format));
	objection = first_objection(b, work);
	if (!n_may)
		return arena_printf(b->arena, "No session of %s suits: %s",
			kind_of_session(w->format), objection);
	if (objection)
		return arena_printf(b->arena, "The sessions of %s that have room do not suit: %s",
			kind_of_session(w->format), objection);
	if (w->format == BOARD_POSTER)
		return "Every session of posters is full";
	return arena_printf(b->arena, "No session of %s has %lld minutes left",
		kind_of_session(w->format), (long long)w->minutes);
}
