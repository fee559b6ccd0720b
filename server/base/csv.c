/*
 * Comma separated values. Writing is strict, since spreadsheets run what looks like a formula;
 * reading takes what spreadsheets and people produce: a byte order mark, LF for CRLF, empty lines,
 * a lone quote in the middle of a cell.
 */
#include "base/csv.h"

#include <string.h>
#include "base/text.h"

static void start_cell(struct buf *b)
{
	if (b->n && b->p[b->n - 1] != '\n')
		buf_char(b, ',');
	buf_char(b, '"');
}

void csv_cell(struct buf *b, const char *text)
{
	start_cell(b);
	if (text && *text && strchr("=+-@\t\r", *text))
		buf_char(b, '\'');
	struct str rest = str_from(text);
	while (rest.p) {
		buf_str(b, str_cut(&rest, '"'));
		if (rest.p)
			buf_text(b, "\"\"");
	}
	buf_char(b, '"');
}

void csv_i64(struct buf *b, int64_t v)
{
	start_cell(b);
	buf_i64(b, v);
	buf_char(b, '"');
}

void csv_end_row(struct buf *b)
{
	buf_text(b, "\r\n");
}

static char next_byte(const struct csv_reader *r)
{
	return r->rest.n ? r->rest.p[0] : '\0';
}

static void skip(struct csv_reader *r, size_t n)
{
	r->rest.p += n;
	r->rest.n -= n;
}

/* Skips CRLF, LF or CR; false when none stands here. */
static bool skip_line_end(struct csv_reader *r)
{
	if (next_byte(r) == '\r') {
		skip(r, 1);
		if (next_byte(r) == '\n')
			skip(r, 1);
		return true;
	}
	if (next_byte(r) == '\n') {
		skip(r, 1);
		return true;
	}
	return false;
}

/* Length of what stands between the quotes, doubled ones included; false when it never ends. */
static bool find_closing_quote(struct str s, size_t *length)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != '"')
			continue;
		if (i + 1 < s.n && s.p[i + 1] == '"') {
			i++;
			continue;
		}
		*length = i;
		return true;
	}
	return false;
}

static enum rc read_quoted(
	struct arena *a, struct csv_reader *r, const char **cell, struct err *err)
{
	size_t length;
	int line = r->line;
	skip(r, 1);
	if (!find_closing_quote(r->rest, &length))
		return err_set(err, INVALID,
			"Line %d: a quotation mark is opened but never closed. Close it and try "
			"again",
			line);
	char *text = arena_alloc(a, length + 1);
	size_t n = 0;
	for (size_t i = 0; i < length; i++) {
		char c = r->rest.p[i];
		text[n++] = c;
		if (c == '"')
			i++;
		bool breaks =
			c == '\n' || (c == '\r' && (i + 1 == length || r->rest.p[i + 1] != '\n'));
		r->line += breaks;
	}
	skip(r, length + 1);
	char after = next_byte(r);
	if (r->rest.n && after != ',' && after != '\r' && after != '\n')
		return err_set(err, INVALID,
			"Line %d: text follows a closing quotation mark. Double the marks inside a "
			"cell",
			line);
	*cell = text;
	return OK;
}

static const char *read_bare(struct arena *a, struct csv_reader *r)
{
	size_t n = 0;
	while (n < r->rest.n && r->rest.p[n] != ',' && r->rest.p[n] != '\r' && r->rest.p[n] != '\n')
		n++;
	const char *cell = arena_strndup(a, r->rest.p, n);
	skip(r, n);
	return cell;
}

/* Bytes of the row at hand can be text: what is not UTF-8 is named by its line. */
static enum rc check_bytes(struct str row, int line, struct err *err)
{
	if (text_is_utf8(row))
		return OK;
	return err_set(err, INVALID,
		"Line %d: some characters are unreadable. Save the file as CSV in UTF-8 and try "
		"again",
		line);
}

enum rc csv_read_row(struct arena *a, struct csv_reader *r, const char **cells, size_t max,
	size_t *n_cells, struct err *err)
{
	if (r->line == 0 && str_starts_with(r->rest, STR("\xef\xbb\xbf")))
		skip(r, 3);
	r->line++;
	while (skip_line_end(r))
		r->line++;
	if (!r->rest.n)
		return NOT_FOUND;
	*n_cells = 0;
	for (;;) {
		int line = r->line;
		if (*n_cells == max)
			return err_set(
				err, INVALID, "Line %d has more than %d cells", line, (int)max);
		struct str start = r->rest;
		if (next_byte(r) == '"')
			TRY(read_quoted(a, r, &cells[*n_cells], err));
		else
			cells[*n_cells] = read_bare(a, r);
		TRY(check_bytes((struct str){start.p, start.n - r->rest.n}, line, err));
		++*n_cells;
		if (next_byte(r) != ',')
			break;
		skip(r, 1);
	}
	skip_line_end(r);
	return OK;
}
