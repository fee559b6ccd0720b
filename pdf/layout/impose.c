/* Every way is a grid of cells on a side; the rest is which page comes into which cell. */
#include "pdf/layout/impose.h"

#include "pdf/layout/doc.h"

#include <string.h>

enum { BOOKLET_STEP = 4, ZINE_PAGES = 8, ZINE_COLUMNS = 4 };

/* A cell of the grid; turned: upside down. */
struct cell {
	size_t side;
	int column, row;
	bool is_turned;
};

struct grid {
	int columns, rows;
};

static struct grid grid_of(enum impose_way way)
{
	static const struct grid grids[] = {[IMPOSE_BOOKLET] = {2, 1},
		[IMPOSE_TWO_UP] = {2, 1},
		[IMPOSE_FOUR_UP] = {2, 2},
		[IMPOSE_ZINE] = {ZINE_COLUMNS, 2}};
	return grids[way];
}

/* Tenths of a millimetre need no more than "0.1" to "1", one figure behind the point. */
static bool parse_creep(const char *text, double *creep)
{
	bool is_tenths =
		strncmp(text, "0.", 2) == 0 && text[2] >= '0' && text[2] <= '9' && !text[3];
	if (!is_tenths && strcmp(text, "1") != 0 && strcmp(text, "0") != 0)
		return false;
	*creep = MM(is_tenths ? (text[2] - '0') / 10.0 : text[0] - '0');
	return true;
}

bool impose_parse(const char *text, struct imposition *out)
{
	static const char booklet[] = "booklet/";
	out->creep = 0;
	out->way = IMPOSE_BOOKLET;
	if (strcmp(text, "2-up") == 0)
		out->way = IMPOSE_TWO_UP;
	else if (strcmp(text, "4-up") == 0)
		out->way = IMPOSE_FOUR_UP;
	else if (strncmp(text, booklet, sizeof booklet - 1) == 0)
		return parse_creep(text + sizeof booklet - 1, &out->creep);
	else
		return strcmp(text, "booklet") == 0;
	return true;
}

static size_t round_up(size_t n, size_t step)
{
	return (n + step - 1) / step * step;
}

size_t impose_sides(const struct imposition *i)
{
	const struct grid grid = grid_of(i->way);
	if (i->way == IMPOSE_BOOKLET)
		return round_up(i->n_pages, BOOKLET_STEP) / 2;
	size_t cells = (size_t)(grid.columns * grid.rows);
	return round_up(i->n_pages, cells) / cells;
}

double impose_side_width(const struct imposition *i)
{
	return i->width * grid_of(i->way).columns;
}

double impose_side_height(const struct imposition *i)
{
	return i->height * grid_of(i->way).rows;
}

/* The first half of the pages goes inwards, side by side of paper; the second comes back out. */
static struct cell booklet_cell(const struct imposition *i, size_t page)
{
	size_t n = round_up(i->n_pages, BOOKLET_STEP);
	bool comes_back = page >= n / 2;
	size_t side = comes_back ? n - 1 - page : page;
	bool is_front = side % 2 == 0;
	return (struct cell){.side = side, .column = is_front != comes_back};
}

/* Lower row: the last page, then 1 to 3; the upper row goes back, upside down, 4 to 7. */
static struct cell zine_cell(size_t page)
{
	int n = (int)(page % ZINE_PAGES) + 1;
	struct cell c = {.side = page / ZINE_PAGES};
	c.row = n < ZINE_COLUMNS || n == ZINE_PAGES;
	c.is_turned = !c.row;
	c.column = c.row ? n % ZINE_PAGES : ZINE_PAGES - 1 - n;
	return c;
}

static struct cell cell_of(const struct imposition *i, size_t page)
{
	switch (i->way) {
	case IMPOSE_BOOKLET:
		return booklet_cell(i, page);
	case IMPOSE_ZINE:
		return zine_cell(page);
	case IMPOSE_TWO_UP:
	case IMPOSE_FOUR_UP:
		break;
	}
	const struct grid grid = grid_of(i->way);
	size_t cells = (size_t)(grid.columns * grid.rows);
	int at = (int)(page % cells);
	return (struct cell){
		.side = page / cells, .column = at % grid.columns, .row = at / grid.columns};
}

struct impose_place impose_place(const struct imposition *i, size_t page)
{
	struct cell c = cell_of(i, page);
	int columns = grid_of(i->way).columns;
	/* Bound on the right, everything is the other way round from left to right. */
	int column = i->is_rtl ? columns - 1 - c.column : c.column;
	struct panel panel = {.x = column * i->width,
		.y = c.row * i->height,
		.width = i->width,
		.height = i->height,
		.quarter_turns = c.is_turned ? 2 : 0};
	double shift = i->creep * (double)(c.side / 2);
	if (i->way == IMPOSE_BOOKLET)
		panel.x += column ? -shift : shift;
	return (struct impose_place){c.side, panel};
}

static void put_dashes(struct page *side, double x, double y, double width)
{
	const double dash = MM(2), gap = MM(1.5), thickness = 0.5;
	for (double done = 0; done < width; done += dash + gap) {
		double rest = width - done;
		page_rect(side, x + done, y - thickness / 2, rest < dash ? rest : dash, thickness,
			COLOUR_INK_2);
	}
}

/* Ticks in from the edges, long enough for printers that leave five millimetres white. */
void impose_marks(const struct imposition *i, struct page *side)
{
	const double tick = MM(7.5), thickness = 0.4;
	double width = impose_side_width(i), height = impose_side_height(i);
	if (i->way != IMPOSE_ZINE)
		return;
	page_mark(side, NULL);
	for (int column = 1; column < ZINE_COLUMNS; column++) {
		double x = column * i->width - thickness / 2;
		page_rect(side, x, 0, thickness, tick, COLOUR_INK_2);
		page_rect(side, x, height - tick, thickness, tick, COLOUR_INK_2);
	}
	page_rect(side, 0, i->height - thickness / 2, tick, thickness, COLOUR_INK_2);
	page_rect(side, width - tick, i->height - thickness / 2, tick, thickness, COLOUR_INK_2);
	put_dashes(side, i->width, i->height, width - 2 * i->width);
}
