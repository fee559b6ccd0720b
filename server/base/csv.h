/*
 * RFC 4180. Written cells are always quoted; a cell that a spreadsheet would run as a formula
 * (first character = + - @ tab or CR) gets a leading apostrophe. Reading is for imports.
 */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include "base/err.h"
#include "base/str.h"

void csv_cell(struct buf *b, const char *text); /* adds the comma after the previous cell */
void csv_i64(struct buf *b, int64_t v);
void csv_end_row(struct buf *b); /* CRLF */

/* Start with {.rest = text}. `line` is the line on which the row read last ended, from 1. */
struct csv_reader {
	struct str rest;
	int line;
};

/*
 * Reads one row into cells[0..max); *n_cells = how many. Cells are UTF-8 without NUL; text_clean()
 * is the caller's. Takes a byte order mark, LF or CR for CRLF, and skips empty lines.
 * NOT_FOUND at the end of the text, with err untouched; INVALID with a message that names the line.
 */
enum rc csv_read_row(struct arena *a, struct csv_reader *r, const char **cells, size_t max,
	size_t *n_cells, struct err *err) NODISCARD;

#endif
