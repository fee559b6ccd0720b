/* CSV: what is written is safe in a spreadsheet and reads back; what people send is understood. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include "base/csv.h"

static struct arena *arena;

static int setup(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

enum { MAX = 8 };

/* All rows as one text: cells in [], rows ended by /. The rc of the last call goes to *rc. */
static const char *read_all(struct str text, enum rc *rc, struct err *err)
{
	struct csv_reader r = {.rest = text};
	struct buf out = buf_in(arena, 10000);
	const char *cells[MAX];
	size_t n;
	while ((*rc = csv_read_row(arena, &r, cells, MAX, &n, err)) == OK) {
		for (size_t i = 0; i < n; i++)
			buf_printf(&out, "[%s]", cells[i]);
		buf_printf(&out, "%d/", r.line);
	}
	return buf_cstr(&out);
}

static void rows_are_written_quoted(void **state)
{
	(void)state;
	struct buf b = buf_in(arena, 1000);
	csv_cell(&b, "name");
	csv_cell(&b, "say \"hi\", twice\nor so");
	csv_i64(&b, -12);
	csv_cell(&b, "");
	csv_cell(&b, NULL);
	csv_end_row(&b);
	csv_cell(&b, "山田");
	csv_end_row(&b);
	assert_string_equal(buf_cstr(&b),
		"\"name\",\"say \"\"hi\"\", twice\nor so\",\"-12\",\"\",\"\"\r\n\"山田\"\r\n");
}

static void formulas_are_disarmed(void **state)
{
	(void)state;
	static const char *const cells[] = {"=1+1", "+44 116", "-x", "@SUM(A1)", "\t=1", "\r=1"};
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		struct buf b = buf_in(arena, 100);
		csv_cell(&b, cells[i]);
		assert_string_equal(buf_cstr(&b), arena_printf(arena, "\"'%s\"", cells[i]));
	}
	struct buf b = buf_in(arena, 100);
	csv_cell(&b, "1=1");
	assert_string_equal(buf_cstr(&b), "\"1=1\"");
}

static void what_people_send_is_understood(void **state)
{
	(void)state;
	static const struct {
		const char *text, *rows;
	} cases[] = {
		{"", ""},
		{"\n\r\n\r", ""},
		{"a,b\r\nc,d\r\n", "[a][b]1/[c][d]2/"},
		{"a,b\nc,d", "[a][b]1/[c][d]2/"},
		{"a,b\rc", "[a][b]1/[c]2/"},
		{"\xef\xbb\xbf"
		 "a,\"b\"\n",
			"[a][b]1/"},
		{"a,\n,b", "[a][]1/[][b]2/"},
		{"\n\na\n\nb", "[a]3/[b]5/"},
		{"\"x,y\",\"q\"\"q\",\"\"\n", "[x,y][q\"q][]1/"},
		{"\"two\nlines\",x\n\"and\r\ntwo\r\rx\"\nz",
			"[two\nlines][x]2/[and\r\ntwo\r\rx]6/[z]7/"},
		{"5\" disk,x", "[5\" disk][x]1/"},
		{"\"\"\"\"", "[\"]1/"},
		{" a , b ", "[ a ][ b ]1/"},
		{"1,2,3,4,5,6,7,8", "[1][2][3][4][5][6][7][8]1/"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		enum rc rc;
		struct err err = err_in(arena);
		assert_string_equal(read_all(str_from(cases[i].text), &rc, &err), cases[i].rows);
		assert_int_equal(rc, NOT_FOUND);
		assert_int_equal(err.rc, OK);
	}
}

static void faults_name_their_line(void **state)
{
	(void)state;
	static const struct {
		struct str text;
		const char *start;
	} cases[] = {
		{{"a\n\"b", 4}, "Line 2: a quotation mark"},
		{{"a\n\n\"b\"c\n", 9}, "Line 3: text follows"},
		{{"1,2,3,4,5,6,7,8,9", 17}, "Line 1 has more than 8 cells"},
		{{"a\nb\xff\n", 5}, "Line 2: some characters"},
		{{"a\n\"x\ny\xff\"\n", 9}, "Line 2: some characters"},
		{{"a\0b\n", 4}, "Line 1: some characters"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		enum rc rc;
		struct err err = err_in(arena);
		read_all(cases[i].text, &rc, &err);
		assert_int_equal(rc, INVALID);
		assert_memory_equal(err.message, cases[i].start, strlen(cases[i].start));
	}
}

/* Any bytes: no crash, no endless loop, and what was accepted survives writing and reading. */
static void any_bytes_end_and_round_trip(void **state)
{
	(void)state;
	static const char alphabet[] = {
		'"', ',', '\n', '\r', 'a', '\'', (char)0xc3, (char)0xbc, '\0', ' '};
	uint64_t x = 1;
	for (int round = 0; round < 20000; round++) {
		char text[12];
		size_t length = (size_t)(round % 12), n;
		for (size_t i = 0; i < length; i++) {
			x = x * 6364136223846793005u + 1442695040888963407u;
			text[i] = alphabet[(x >> 33) % sizeof alphabet];
		}
		struct csv_reader r = {.rest = {text, length}};
		struct err err = err_in(arena);
		const char *cells[16], *again[16];
		int rows = 0;
		while (csv_read_row(arena, &r, cells, 16, &n, &err) == OK) {
			struct buf b = buf_in(arena, 1000);
			for (size_t i = 0; i < n; i++) {
				buf_text(&b, i ? ",\"" : "\"");
				for (const char *c = cells[i]; *c; c++)
					buf_text(&b, *c == '"' ? "\"\"" : (char[]){*c, '\0'});
				buf_char(&b, '"');
			}
			size_t n_again;
			struct csv_reader second = {.rest = buf_view(&b)};
			assert_int_equal(
				csv_read_row(arena, &second, again, 16, &n_again, &err), OK);
			assert_int_equal(n_again, n);
			for (size_t i = 0; i < n; i++)
				assert_string_equal(again[i], cells[i]);
			assert_true(++rows <= 12);
		}
		arena_reset(arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_written_quoted),
		cmocka_unit_test(formulas_are_disarmed),
		cmocka_unit_test(what_people_send_is_understood),
		cmocka_unit_test(faults_name_their_line),
		cmocka_unit_test(any_bytes_end_and_round_trip),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
