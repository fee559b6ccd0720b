/* The inside of a block, for the files that build and place it. */
#ifndef PDF_ROWS_H
#define PDF_ROWS_H

#include "pdf/layout/layout.h"

enum { MAX_LEVELS = 4 };

enum row_item_kind {
	ROW_LINE,
	ROW_RULE,
	ROW_CHIP,
	ROW_FIGURE,
	ROW_NUMBER,
	ROW_PLACE,
	ROW_BOOKMARK,
	ROW_RUNNING,
};

struct row_item {
	enum row_item_kind kind;
	struct row_item *next;
	double x, width;
	union {
		struct {
			const struct line *line;
			enum align align;
			struct tag *tag;
			struct place *link;
			const char *description;
			size_t index, n_lines; /* of the line in its text */
		} text;
		struct {
			double thickness;
			unsigned colour;
		} rule;
		struct {
			struct block_chip of;
			struct line line;
		} chip;
		struct block_figure figure;
		struct block_number number;
		struct place *place;
		struct {
			int level;
			const char *title;
		} bookmark;
		const char *running;
	};
};

struct row {
	double height;
	double baseline; /* of its texts, below its top */
	bool is_space;
	bool keeps_next;
	struct row_item *items, **end;
	double y; /* on the page, while it is being placed */
};

struct tint {
	size_t from, to; /* rows; `to` is behind the last */
	double x, width;
	unsigned colour;
	struct tint *next;
};

struct block {
	struct doc *doc;
	struct row **rows;
	size_t n_rows, room;
	struct tint *tints, **tints_end;
};

/* The row behind the group of kept rows that begins at `from`, and the height of the group. */
size_t rows_group_end(const struct block *b, size_t from, double *height);

/*
 * The least height at which the rows from `from` fit in so many columns; `most` when they do not
 * even then.
 */
double rows_balanced_height(const struct block *b, size_t from, double most, int n_columns);

struct place {
	const struct core_page *page; /* NULL: not set yet */
	double y;
	int number;
};

#endif
