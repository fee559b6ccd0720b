/* Building blocks: lines become rows, and what stands beside them joins their rows. */
#include "pdf/layout/rows.h"

#include <assert.h>
#include <string.h>

static struct arena *arena_of(const struct block *b)
{
	return typesetter_arena(b->doc->type);
}

struct block *block_new(struct doc *d)
{
	struct block *b = ARENA_NEW(typesetter_arena(d->type), struct block);
	b->doc = d;
	b->tints_end = &b->tints;
	return b;
}

size_t block_rows(const struct block *b)
{
	return b->n_rows;
}

double block_height(const struct block *b)
{
	double height = 0;
	for (size_t i = 0; i < b->n_rows; i++)
		height += b->rows[i]->height;
	return height;
}

static struct row *add_row(struct block *b, double height)
{
	struct row *r = ARENA_NEW(arena_of(b), struct row);
	if (b->n_rows == b->room) {
		size_t room = b->room ? b->room * 2 : 8;
		struct row **rows = ARENA_ARRAY(arena_of(b), room, struct row *);
		if (b->n_rows)
			memcpy(rows, b->rows, b->n_rows * sizeof *rows);
		b->rows = rows;
		b->room = room;
	}
	b->rows[b->n_rows++] = r;
	r->height = height;
	r->end = &r->items;
	return r;
}

static struct row_item *add_item(struct block *b, size_t row, enum row_item_kind kind)
{
	assert(row < b->n_rows);
	struct row *r = b->rows[row];
	struct row_item *item = ARENA_NEW(arena_of(b), struct row_item);
	item->kind = kind;
	*r->end = item;
	r->end = &item->next;
	return item;
}

static struct lines lines_of(struct typesetter *type, const struct block_text *t, double width)
{
	if (t->balance)
		return paragraph_balance(type, t->paragraph, width, WRAP_ANY);
	if (t->align == ALIGN_JUSTIFY)
		return paragraph_justify(type, t->paragraph, width);
	if (t->keeps_words) {
		struct lines lines = paragraph_wrap(type, t->paragraph, width, WRAP_BLANKS);
		/* No syllable alone on a line, if lines of equal width can help it. */
		return lines.has_cut_word ? paragraph_balance(type, t->paragraph, width, WRAP_ANY)
					  : lines;
	}
	return paragraph_ragged(type, t->paragraph, width);
}

/* Further in is to the left where the text runs from right to left. */
static double line_x(const struct block_text *t, size_t line)
{
	bool is_moved = t->paragraph->is_rtl ? line == 0 : line > 0;
	return is_moved ? t->x + t->hang : t->x;
}

void block_beside(struct block *b, size_t row, const struct block_text *t)
{
	struct typesetter *type = b->doc->type;
	double width = t->width - t->hang;
	struct lines lines = lines_of(type, t, width);
	for (size_t i = 0; i < lines.n_lines; i++, row++) {
		struct line_room room = line_room(&lines.lines[i], t->paragraph->size, t->leading);
		struct row *r = row < b->n_rows ? b->rows[row] : add_row(b, 0);
		/* The lowest baseline of the row counts for all; what hangs below it may add
		 * height. */
		double below = r->height - r->baseline;
		if (room.height - room.baseline > below)
			below = room.height - room.baseline;
		if (room.baseline > r->baseline)
			r->baseline = room.baseline;
		r->height = r->baseline + below;
		struct row_item *item = add_item(b, row, ROW_LINE);
		item->x = line_x(t, i);
		item->width = width;
		item->text.line = &lines.lines[i];
		item->text.align = t->align;
		item->text.tag = t->tag;
		item->text.link = t->link;
		item->text.description = t->link_description;
		item->text.index = i;
		item->text.n_lines = lines.n_lines;
	}
}

void block_text(struct block *b, const struct block_text *text)
{
	size_t first = b->n_rows;
	block_beside(b, first, text);
	/* No line alone at the foot of a page, and none alone at the head of the next. */
	if (b->n_rows - first > 1)
		b->rows[first]->keeps_next = b->rows[b->n_rows - 2]->keeps_next = true;
}

void block_page_number(struct block *b, size_t row, const struct block_number *number)
{
	add_item(b, row, ROW_NUMBER)->number = *number;
}

void block_space(struct block *b, double height)
{
	add_row(b, height)->is_space = true;
}

void block_pad(struct block *b, double height)
{
	add_row(b, height);
}

void block_rule(struct block *b, double x, double width, double thickness, unsigned colour)
{
	add_row(b, thickness);
	struct row_item *item = add_item(b, b->n_rows - 1, ROW_RULE);
	item->x = x;
	item->width = width;
	item->rule.thickness = thickness;
	item->rule.colour = colour;
}

void block_tint(struct block *b, size_t row, double x, double width, unsigned colour)
{
	struct tint *t = ARENA_NEW(arena_of(b), struct tint);
	*t = (struct tint){row, b->n_rows, x, width, colour, NULL};
	*b->tints_end = t;
	b->tints_end = &t->next;
}

void block_chip(struct block *b, size_t row, const struct block_chip *chip)
{
	struct row_item *item = add_item(b, row, ROW_CHIP);
	struct lines lines = paragraph_wrap(b->doc->type, chip->letter, chip->side, WRAP_ANY);
	item->chip.of = *chip;
	if (lines.n_lines)
		item->chip.line = lines.lines[0];
}

void block_figure(struct block *b, size_t row, const struct block_figure *figure)
{
	add_item(b, row, ROW_FIGURE)->figure = *figure;
}

void block_keep(struct block *b, size_t row, bool with_next)
{
	for (size_t i = row; i < b->n_rows; i++)
		b->rows[i]->keeps_next = i + 1 < b->n_rows || with_next;
}

void block_hold(struct block *b, size_t row, size_t n)
{
	for (size_t i = row; i < row + n && i + 1 < b->n_rows; i++)
		b->rows[i]->keeps_next = true;
}

void block_place(struct block *b, size_t row, struct place *place)
{
	add_item(b, row, ROW_PLACE)->place = place;
}

void block_bookmark(struct block *b, size_t row, int level, const char *title)
{
	assert(level >= 0 && level < MAX_LEVELS);
	struct row_item *item = add_item(b, row, ROW_BOOKMARK);
	item->bookmark.level = level;
	item->bookmark.title = title;
}

void block_running(struct block *b, size_t row, const char *text)
{
	add_item(b, row, ROW_RUNNING)->running = text;
}
