/* What a draft costs those who follow a theme, and where. */
#include "planning/timetable_board.h"

enum { SENTENCE_MAX_BYTES = 2000 };

const char *board_cost_word(enum board_cost kind)
{
	static const char *const words[N_COSTS] = {[COST_PARALLEL] = "parallel",
		[COST_MIXED] = "mixed",
		[COST_ROOMS] = "rooms",
		[COST_GAPS] = "gaps"};

	return words[kind];
}

static size_t there(const struct board *b, size_t theme, size_t cell)
{
	return b->of_theme[theme * b->n_cells + cell];
}

static bool has(const struct board *b, enum board_format format, size_t theme, size_t cell)
{
	return b->cells[cell].format == format && there(b, theme, cell) > 0;
}

/* ---- counting ---- */

/* Cells of the theme at the time of this one, when it is the first of them; else 0. */
static size_t n_at_once(const struct board *b, enum board_format format, size_t theme, size_t cell)
{
	size_t n = 0;

	if (!has(b, format, theme, cell))
		return 0;
	for (size_t c = 0; c < b->n_cells; c++) {
		if (b->cells[c].block != b->cells[cell].block || !has(b, format, theme, c))
			continue;
		if (c < cell)
			return 0;
		n++;
	}
	return n;
}

static int64_t parallel_cost(const struct board *b, enum board_format format, size_t theme)
{
	int64_t n = 0;

	for (size_t c = 0; c < b->n_cells; c++) {
		size_t n_here = n_at_once(b, format, theme, c);
		n += n_here > 1 ? (int64_t)n_here - 1 : 0;
	}
	return COST_OF_PARALLEL * n;
}

static size_t n_themes_in(const struct board *b, size_t cell)
{
	size_t n = 0;

	for (size_t t = 0; b->cells[cell].format == BOARD_TALK && t < b->n_themes; t++)
		n += there(b, t, cell) > 0;
	return n;
}

static int64_t mixed_cost(const struct board *b, size_t cell)
{
	size_t n = n_themes_in(b, cell);

	return n > 1 ? COST_OF_MIXED * ((int64_t)n - 1) : 0;
}

static bool is_first_of_room(const struct board *b, size_t theme, size_t cell)
{
	for (size_t c = 0; c < cell; c++)
		if (b->cells[c].room == b->cells[cell].room && has(b, BOARD_TALK, theme, c))
			return false;
	return has(b, BOARD_TALK, theme, cell);
}

static int64_t rooms_cost(const struct board *b, size_t theme)
{
	int64_t n = 0;

	for (size_t c = 0; c < b->n_cells; c++)
		n += is_first_of_room(b, theme, c);
	return n > 1 ? COST_OF_ROOM * (n - 1) : 0;
}

static bool is_in_block(const struct board *b, size_t theme, size_t block)
{
	for (size_t c = 0; c < b->n_cells; c++)
		if (b->cells[c].block == block && has(b, BOARD_TALK, theme, c))
			return true;
	return false;
}

/* Where the theme begins again after other talks were between; BOARD_NONE: nowhere. */
static size_t block_behind_gap(const struct board *b, size_t theme)
{
	bool has_begun = false, is_between = false;

	for (size_t i = 0; i < b->n_blocks; i++) {
		if (!b->blocks[i].has_talks)
			continue;
		if (!is_in_block(b, theme, i))
			is_between = has_begun;
		else if (is_between)
			return i;
		else
			has_begun = true;
	}
	return BOARD_NONE;
}

static int64_t gaps_cost(const struct board *b, size_t theme)
{
	return block_behind_gap(b, theme) == BOARD_NONE ? 0 : COST_OF_GAP;
}

int64_t board_cost_of_theme(const struct board *b, size_t theme)
{
	return parallel_cost(b, BOARD_TALK, theme) + parallel_cost(b, BOARD_WORKSHOP, theme) +
	       rooms_cost(b, theme) + gaps_cost(b, theme);
}

int64_t board_cost_of_cell(const struct board *b, size_t cell)
{
	return mixed_cost(b, cell);
}

int64_t board_cost(const struct board *b, int64_t kinds[N_COSTS])
{
	int64_t own[N_COSTS] = {0}, sum = 0;

	for (size_t t = 0; t < b->n_themes; t++) {
		own[COST_PARALLEL] +=
			parallel_cost(b, BOARD_TALK, t) + parallel_cost(b, BOARD_WORKSHOP, t);
		own[COST_ROOMS] += rooms_cost(b, t);
		own[COST_GAPS] += gaps_cost(b, t);
	}
	for (size_t c = 0; c < b->n_cells; c++)
		own[COST_MIXED] += mixed_cost(b, c);
	for (int i = 0; i < N_COSTS; i++) {
		sum += own[i];
		if (kinds)
			kinds[i] = own[i];
	}
	return sum;
}

/* ---- in words ---- */

struct complaining {
	const struct board *b;
	struct board_complaint *list;
	size_t n, cap;
};

static void complain(
	struct complaining *c, enum board_cost kind, int64_t cost, size_t cell, struct buf *why)
{
	if (c->n == c->cap) {
		struct board_complaint *more =
			ARENA_ARRAY(c->b->arena, c->cap * 2 + 16, struct board_complaint);
		for (size_t i = 0; i < c->n; i++)
			more[i] = c->list[i];
		c->list = more;
		c->cap = c->cap * 2 + 16;
	}
	c->list[c->n++] = (struct board_complaint){
		.kind = kind,
		.cost = cost,
		.why = buf_cstr(why),
		.session = c->b->cells[cell].session,
	};
}

static struct buf sentence(const struct complaining *c)
{
	return buf_in(c->b->arena, SENTENCE_MAX_BYTES);
}

static const char *when_of(const struct complaining *c, size_t block)
{
	const struct board_block *at = &c->b->blocks[block];

	return board_when(c->b->arena, c->b->zone, at->starts_at, at->ends_at);
}

static void complain_parallel(struct complaining *c, enum board_format format, size_t theme)
{
	const struct board *b = c->b;

	for (size_t cell = 0; cell < b->n_cells; cell++) {
		size_t n = n_at_once(b, format, theme, cell);
		struct buf why = sentence(c);
		const char *between = "";
		if (n < 2)
			continue;
		buf_printf(&why, "Who follows %s would have to be in %zu rooms on %s: in ",
			b->themes[theme].name, n, when_of(c, b->cells[cell].block));
		for (size_t k = cell; k < b->n_cells; k++) {
			if (b->cells[k].block != b->cells[cell].block || !has(b, format, theme, k))
				continue;
			buf_printf(&why, "%s“%s”", between, b->cells[k].session->title);
			between = ", ";
		}
		complain(c, COST_PARALLEL, COST_OF_PARALLEL * ((int64_t)n - 1), cell, &why);
	}
}

static void complain_mixed(struct complaining *c, size_t cell)
{
	const struct board *b = c->b;
	size_t n = n_themes_in(b, cell);
	struct buf why = sentence(c);
	const char *between = "";

	if (n < 2)
		return;
	buf_printf(&why, "“%s” changes its theme: ", b->cells[cell].session->title);
	for (size_t t = 0; t < b->n_themes; t++) {
		if (!there(b, t, cell))
			continue;
		buf_printf(&why, "%s%zu on %s", between, there(b, t, cell), b->themes[t].name);
		between = ", ";
	}
	complain(c, COST_MIXED, mixed_cost(b, cell), cell, &why);
}

static void complain_rooms(struct complaining *c, size_t theme)
{
	const struct board *b = c->b;
	int64_t cost = rooms_cost(b, theme);
	struct buf why = sentence(c);
	const char *between = "";
	size_t first = BOARD_NONE;

	if (!cost)
		return;
	buf_printf(&why, "The talks on %s are in %lld rooms: ", b->themes[theme].name,
		(long long)(cost / COST_OF_ROOM + 1));
	for (size_t cell = 0; cell < b->n_cells; cell++) {
		const struct programme_session *s = b->cells[cell].session;
		if (!is_first_of_room(b, theme, cell))
			continue;
		buf_printf(&why, "%s%s", between, *s->room_name ? s->room_name : s->title);
		between = ", ";
		first = first == BOARD_NONE ? cell : first;
	}
	complain(c, COST_ROOMS, cost, first, &why);
}

static void complain_gaps(struct complaining *c, size_t theme)
{
	const struct board *b = c->b;
	size_t block = block_behind_gap(b, theme), cell = 0;
	struct buf why = sentence(c);

	if (block == BOARD_NONE)
		return;
	while (b->cells[cell].block != block || !has(b, BOARD_TALK, theme, cell))
		cell++;
	buf_printf(&why, "The talks on %s stop, and go on at %s only after talks on other themes",
		b->themes[theme].name, when_of(c, block));
	complain(c, COST_GAPS, COST_OF_GAP, cell, &why);
}

/* The order of those that cost the same: as they were found, which is by kind and time. */
static void sort_by_cost(struct board_complaint *list, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct board_complaint x = list[i];
		size_t k = i;
		for (; k && list[k - 1].cost < x.cost; k--)
			list[k] = list[k - 1];
		list[k] = x;
	}
}

size_t board_complaints(const struct board *b, struct board_complaint **out)
{
	struct complaining c = {.b = b};

	for (size_t t = 0; t < b->n_themes; t++) {
		complain_parallel(&c, BOARD_TALK, t);
		complain_parallel(&c, BOARD_WORKSHOP, t);
	}
	for (size_t i = 0; i < b->n_cells; i++)
		complain_mixed(&c, i);
	for (size_t t = 0; t < b->n_themes; t++) {
		complain_rooms(&c, t);
		complain_gaps(&c, t);
	}
	sort_by_cost(c.list, c.n);
	*out = c.list;
	return c.n;
}
