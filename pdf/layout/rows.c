/* Groups of rows, and the height at which they fill columns evenly. */
#include "pdf/layout/rows.h"

size_t rows_group_end(const struct block *b, size_t from, double *height)
{
	*height = 0;
	for (; from < b->n_rows; from++) {
		*height += b->rows[from]->height;
		if (!b->rows[from]->keeps_next)
			return from + 1;
	}
	return from;
}

/* How many columns of a height the rows from `from` fill; more than `most` is most + 1. */
static int count_columns(const struct block *b, size_t from, double height, int most)
{
	int n = 1;
	double y = 0, group;
	for (size_t row = from, end; row < b->n_rows && n <= most; row = end) {
		end = rows_group_end(b, row, &group);
		if (group > height)
			return most + 1;
		if (y > 0 && y + group > height) {
			n++;
			y = 0;
		}
		y += y == 0 && b->rows[row]->is_space ? 0 : group;
	}
	return n;
}

double rows_balanced_height(const struct block *b, size_t from, double most, int n_columns)
{
	double low = 0, high = most, rest = 0;
	for (size_t i = from; i < b->n_rows; i++)
		rest += b->rows[i]->height;
	if (rest > high * n_columns || count_columns(b, from, high, n_columns) > n_columns)
		return high;
	while (high - low > 1) {
		double middle = (low + high) / 2;
		if (count_columns(b, from, middle, n_columns) <= n_columns)
			high = middle;
		else
			low = middle;
	}
	return high;
}
