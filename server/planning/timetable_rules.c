/* Who may stand where on the board, and why not. */
#include "base/clock.h"
#include "planning/timetable_board.h"

/* ---- tables ---- */

static bool has_person(const struct board_work *w, int64_t person_id)
{
	for (size_t i = 0; i < w->n_people; i++)
		if (w->people[i].id == person_id)
			return true;
	return false;
}

static bool keeps_from(const struct board_duty *d, const struct programme_session *s)
{
	return d->session != s && d->from_ms < s->ends_at && s->starts_at < d->to_ms;
}

static void may_fill(struct board *b)
{
	b->may = ARENA_ARRAY(b->arena, b->n_works * b->n_cells, bool);
	for (size_t w = 0; w < b->n_works; w++) {
		bool *row = b->may + w * b->n_cells;
		for (size_t c = 0; c < b->n_cells; c++)
			row[c] = b->cells[c].format == b->works[w].format && !b->cells[c].is_shut;
		for (size_t d = 0; b->works[w].n_people && d < b->n_duties; d++) {
			if (!has_person(&b->works[w], b->duties[d].person_id))
				continue;
			for (size_t c = 0; c < b->n_cells; c++)
				if (keeps_from(&b->duties[d], b->cells[c].session))
					row[c] = false;
		}
	}
}

static bool are_twins(const struct board_work *w, const struct board_work *other)
{
	for (size_t i = 0; i < w->n_people; i++)
		if (has_person(other, w->people[i].id))
			return true;
	return false;
}

static size_t *twins_of(struct board *b, size_t work)
{
	const struct board_work *w = &b->works[work];
	size_t *list, n = 0;

	for (size_t v = 0; w->n_people && v < b->n_works; v++)
		n += v != work && are_twins(w, &b->works[v]);
	list = ARENA_ARRAY(b->arena, n + 1, size_t);
	list[n] = BOARD_NONE;
	for (size_t v = b->n_works; n && v-- > 0;)
		if (v != work && are_twins(w, &b->works[v]))
			list[--n] = v;
	return list;
}

void board_rules_fill(struct board *b)
{
	may_fill(b);
	b->twins = ARENA_ARRAY(b->arena, b->n_works, size_t *);
	for (size_t w = 0; w < b->n_works; w++)
		b->twins[w] = twins_of(b, w);
}

/* ---- rules ---- */

bool board_overlap(const struct board *b, size_t cell, size_t other)
{
	const struct programme_session *s = b->cells[cell].session;
	const struct programme_session *t = b->cells[other].session;

	return s->starts_at < t->ends_at && t->starts_at < s->ends_at;
}

size_t board_twin_elsewhere(const struct board *b, size_t work, size_t cell)
{
	for (const size_t *v = b->twins[work]; *v != BOARD_NONE; v++) {
		size_t there = b->works[*v].cell;
		if (there != BOARD_NONE && there != cell && board_overlap(b, cell, there))
			return *v;
	}
	return BOARD_NONE;
}

static bool has_room(const struct board *b, size_t work, size_t cell)
{
	const struct board_cell *c = &b->cells[cell];
	bool is_there = b->works[work].cell == cell;
	int64_t used = b->used[cell] - (is_there ? b->works[work].minutes : 0);
	size_t n = b->n_in[cell] - is_there;

	if (c->format == BOARD_POSTER)
		return !c->max_works || n < c->max_works;
	return used + b->works[work].minutes <= c->minutes;
}

bool board_fits(const struct board *b, size_t work, size_t cell)
{
	return b->may[work * b->n_cells + cell] && has_room(b, work, cell) &&
	       board_twin_elsewhere(b, work, cell) == BOARD_NONE;
}

bool board_holds(const struct board *b, size_t work)
{
	return b->works[work].cell != BOARD_NONE && board_fits(b, work, b->works[work].cell);
}

/* ---- in words ---- */

const char *board_when(struct arena *a, const struct zone *zone, int64_t from_ms, int64_t to_ms)
{
	struct civil from = zone_civil(zone, from_ms), to = zone_civil(zone, to_ms);

	return arena_printf(a, "%s, %02d:%02d to %02d:%02d", civil_date(a, &from), from.hour,
		from.minute, to.hour, to.minute);
}

static const char *when_of(const struct board *b, const struct programme_session *s)
{
	return board_when(b->arena, b->zone, s->starts_at, s->ends_at);
}

static const char *duty_words(const struct board *b, size_t work, size_t cell)
{
	const struct programme_session *s = b->cells[cell].session;

	for (size_t d = 0; d < b->n_duties; d++) {
		const struct board_duty *duty = &b->duties[d];
		if (!has_person(&b->works[work], duty->person_id) || !keeps_from(duty, s))
			continue;
		if (!duty->session)
			return arena_printf(
				b->arena, "%s is away at %s", duty->name, when_of(b, s));
		return arena_printf(b->arena, "%s is in “%s” at that time (%s)", duty->name,
			duty->session->title, when_of(b, duty->session));
	}
	return NULL;
}

const char *board_objection(const struct board *b, size_t work, size_t cell)
{
	const struct board_cell *c = &b->cells[cell];
	const char *why;
	size_t twin;

	if (c->format != b->works[work].format)
		return "That session takes another kind of work";
	if (c->is_shut)
		return arena_printf(b->arena, "%s is shut at %s", c->session->room_name,
			when_of(b, c->session));
	why = duty_words(b, work, cell);
	if (why)
		return why;
	twin = board_twin_elsewhere(b, work, cell);
	if (twin != BOARD_NONE)
		return arena_printf(b->arena, "Somebody presents “%s” at that time, in “%s”",
			b->works[twin].title, b->cells[b->works[twin].cell].session->title);
	if (!has_room(b, work, cell))
		return c->format == BOARD_POSTER
			       ? arena_printf(b->arena, "“%s” has room for %zu posters",
					 c->session->title, c->max_works)
			       : arena_printf(b->arena, "“%s” has no %lld minutes left",
					 c->session->title, (long long)b->works[work].minutes);
	return NULL;
}
