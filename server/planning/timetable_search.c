#include "planning/timetable_search.h"
#include <math.h>

struct standing standing_of(const struct board *b)
{
	struct standing s = {.cost = board_cost(b, NULL)};

	for (size_t w = 0; w < b->n_works; w++) {
		const struct board_work *work = &b->works[w];
		s.n_left += work->may_move && work->cell == BOARD_NONE;
		s.n_moved += work->home != BOARD_NONE && work->cell != work->home;
	}
	return s;
}

bool standing_is_better(const struct standing *x, const struct standing *y)
{
	if (x->n_left != y->n_left)
		return x->n_left < y->n_left;
	if (x->n_moved != y->n_moved)
		return x->n_moved < y->n_moved;
	return x->cost < y->cost;
}

size_t *board_copy(const struct board *b)
{
	size_t *cells = ARENA_ARRAY(b->arena, b->n_works, size_t);

	for (size_t w = 0; w < b->n_works; w++)
		cells[w] = b->works[w].cell;
	return cells;
}

void board_restore(struct board *b, const size_t *cells)
{
	for (size_t w = 0; w < b->n_works; w++)
		board_put(b, w, cells[w]);
}

void board_lift_broken(struct board *b)
{
	for (size_t w = 0; w < b->n_works; w++)
		if (b->works[w].may_move && b->works[w].cell != BOARD_NONE && !board_holds(b, w))
			board_put(b, w, BOARD_NONE);
}

/* ---- prices ---- */

static int64_t theme_cost(const struct board *b, size_t theme)
{
	return theme == BOARD_NONE ? 0 : board_cost_of_theme(b, theme);
}

int64_t board_price(struct board *b, size_t work, size_t cell)
{
	size_t theme = b->works[work].theme;
	int64_t before = theme_cost(b, theme) + board_cost_of_cell(b, cell), after;

	board_put(b, work, cell);
	after = theme_cost(b, theme) + board_cost_of_cell(b, cell);
	board_put(b, work, BOARD_NONE);
	return after - before;
}

/* Of what one exchange can touch: two works and two cells, either of which may be none. */
static int64_t cost_around(const struct board *b, size_t w, size_t v, size_t cell, size_t other)
{
	size_t theme = b->works[w].theme;
	size_t theirs = v == BOARD_NONE ? BOARD_NONE : b->works[v].theme;

	return theme_cost(b, theme) + (theirs == theme ? 0 : theme_cost(b, theirs)) +
	       (cell == BOARD_NONE ? 0 : board_cost_of_cell(b, cell)) +
	       (other == BOARD_NONE ? 0 : board_cost_of_cell(b, other));
}

/* ---- filling ---- */

/* Where the work costs least; then beside most of its theme; then where there is most room. */
static size_t cheapest_cell(struct board *b, size_t work)
{
	size_t best = BOARD_NONE, best_company = 0, theme = b->works[work].theme;
	int64_t best_price = 0;

	for (size_t c = 0; c < b->n_cells; c++) {
		int64_t price;
		size_t company;
		if (!board_fits(b, work, c))
			continue;
		price = board_price(b, work, c);
		company = theme == BOARD_NONE ? 0 : b->of_theme[theme * b->n_cells + c];
		if (best != BOARD_NONE &&
			(price > best_price ||
				(price == best_price &&
					(company < best_company ||
						(company == best_company &&
							b->n_in[c] >= b->n_in[best])))))
			continue;
		best = c;
		best_price = price;
		best_company = company;
	}
	return best;
}

/* It takes the place of one that fits elsewhere. */
static bool push_in(struct board *b, size_t work)
{
	for (size_t v = 0; v < b->n_works; v++) {
		size_t there = b->works[v].cell, elsewhere;
		if (v == work || there == BOARD_NONE || !b->works[v].may_move ||
			!b->may[work * b->n_cells + there])
			continue;
		board_put(b, v, BOARD_NONE);
		if (board_fits(b, work, there)) {
			board_put(b, work, there);
			elsewhere = cheapest_cell(b, v);
			if (elsewhere != BOARD_NONE) {
				board_put(b, v, elsewhere);
				return true;
			}
			board_put(b, work, BOARD_NONE);
		}
		board_put(b, v, there);
	}
	return false;
}

static size_t n_possible(const struct board *b, size_t work)
{
	size_t n = 0;

	for (size_t c = 0; c < b->n_cells; c++)
		n += b->may[work * b->n_cells + c];
	return n;
}

/* The one with the fewest possible places that has not been tried; BOARD_NONE: all have been. */
static size_t most_pressing(const struct board *b, const bool *is_tried, const size_t *possible)
{
	size_t best = BOARD_NONE;

	for (size_t w = 0; w < b->n_works; w++)
		if (!is_tried[w] && (best == BOARD_NONE || possible[w] < possible[best]))
			best = w;
	return best;
}

void board_fill(struct board *b)
{
	bool *is_tried = ARENA_ARRAY(b->arena, b->n_works, bool);
	size_t *possible = ARENA_ARRAY(b->arena, b->n_works, size_t);

	for (size_t w = 0; w < b->n_works; w++) {
		is_tried[w] = !b->works[w].may_move || b->works[w].cell != BOARD_NONE;
		possible[w] = is_tried[w] ? 0 : n_possible(b, w);
	}
	for (;;) {
		size_t w = most_pressing(b, is_tried, possible), cell;
		if (w == BOARD_NONE)
			return;
		is_tried[w] = true;
		cell = cheapest_cell(b, w);
		if (cell != BOARD_NONE)
			board_put(b, w, cell);
		else
			push_in(b, w);
	}
}

/* ---- polishing ---- */

static bool is_loose(const struct board *b, size_t work)
{
	return b->works[work].may_move && b->works[work].cell != b->works[work].home;
}

static bool try_move(struct board *b, size_t w, size_t cell)
{
	size_t from = b->works[w].cell;
	int64_t before;

	if (cell == from || !board_fits(b, w, cell))
		return false;
	if (from == BOARD_NONE || cell == b->works[w].home) {
		board_put(b, w, cell);
		return true;
	}
	before = cost_around(b, w, BOARD_NONE, from, cell);
	board_put(b, w, cell);
	if (cost_around(b, w, BOARD_NONE, from, cell) < before)
		return true;
	board_put(b, w, from);
	return false;
}

static bool try_exchange(struct board *b, size_t w, size_t v)
{
	size_t from = b->works[w].cell, to = b->works[v].cell;
	int64_t before;

	if (from == to || from == BOARD_NONE || to == BOARD_NONE || !b->may[w * b->n_cells + to] ||
		!b->may[v * b->n_cells + from])
		return false;
	before = cost_around(b, w, v, from, to);
	board_put(b, w, BOARD_NONE);
	board_put(b, v, from);
	board_put(b, w, to);
	if (board_fits(b, w, to) && board_fits(b, v, from) &&
		cost_around(b, w, v, from, to) < before)
		return true;
	board_put(b, w, from);
	board_put(b, v, to);
	return false;
}

static bool improve(struct board *b, size_t w)
{
	bool is_better = false;

	/* What has come home stays there. */
	for (size_t c = 0; is_loose(b, w) && c < b->n_cells; c++)
		is_better = try_move(b, w, c) || is_better;
	for (size_t v = w + 1; is_loose(b, w) && v < b->n_works; v++)
		if (is_loose(b, v) && b->works[v].format == b->works[w].format)
			is_better = try_exchange(b, w, v) || is_better;
	return is_better;
}

void board_polish(struct board *b, struct effort *effort)
{
	bool is_better = true;

	while (is_better) {
		is_better = false;
		for (size_t w = 0; w < b->n_works; w++) {
			struct effort_state state = {.done = (double)w / (double)b->n_works,
				.doing = "exchanging works",
				.value = NAN,
				.bound = NAN};
			if (!is_loose(b, w))
				continue;
			if (!effort_go_on(effort, &state))
				return;
			is_better = improve(b, w) || is_better;
		}
	}
}
