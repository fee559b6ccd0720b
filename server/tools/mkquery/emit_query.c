/*
 * Statements as C. The header is the manual of the database for the rest of the program: each
 * statement's comment, the types of what goes in and what comes out, and which of it may be
 * missing.
 */
#include "mkquery.h"

#include <stdlib.h>
#include <string.h>

static const char *const c_types[] = {
	[KIND_INT] = "int64_t ", [KIND_TEXT] = "const char *", [KIND_REAL] = "double "};

static bool has_rows(const struct query *q)
{
	return q->shape != SHAPE_EXEC;
}

/* ---- the header ---- */

static const char header_start[] =
	"/*\n"
	" * Made by mkquery from schema/queries/; do not edit.\n"
	" *\n"
	" * One function a statement, by the form in which it answers:\n"
	" *   one row      q_x(db, arena, &in, &out, err)           NOT_FOUND when there is none\n"
	" *   maybe a row  q_x(db, arena, &in, &out, &found, err)   out is zeroed when there is "
	"none\n"
	" *   many rows    q_x(db, arena, &in, &rows, &n_rows, err) rows is NULL when there are "
	"none\n"
	" *   no rows      q_x(tx, &in, &n_changed, err)            n_changed may be NULL\n"
	" * More than one row where one was promised is INTERNAL; other errors: statement_run in\n"
	" * store/db.h. A statement that writes or locks takes a struct tx instead of a struct db. "
	"One\n"
	" * without parameters has no in. Rows and texts live in the arena; out is zeroed and rows "
	"NULL on\n"
	" * errors. A text is NULL only where its comment says so; a number that is NULL reads as "
	"0.\n"
	" */\n"
	"#ifndef GEN_QUERY_H\n"
	"#define GEN_QUERY_H\n"
	"\n"
	"/* clang-format off */\n"
	"#include \"store/db.h\"\n";

/* A comment's text must not end the comment, nor look like the start of another. */
static void put_comment_text(FILE *f, const char *text)
{
	for (; *text != '\0'; text++) {
		fputc(*text, f);
		if ((text[0] == '*' && text[1] == '/') || (text[0] == '/' && text[1] == '*'))
			fputc(' ', f);
	}
}

static void put_doc(FILE *f, const struct query *q)
{
	fputs("\n/*\n", f);
	for (int i = 0; i < q->doc.n; i++) {
		fputs(*q->doc.v[i] == '\0' ? " *" : " * ", f);
		put_comment_text(f, q->doc.v[i]);
		fputc('\n', f);
	}
	const char *slash = strrchr(q->file, '/');
	fprintf(f, " * %s: %s\n */\n", slash == NULL ? q->file : slash + 1, q->name);
}

static void put_struct(
	FILE *f, const char *name, const char *suffix, const struct members *members, bool is_in)
{
	if (members->n == 0)
		return;
	fprintf(f, "struct q_%s%s {\n", name, suffix);
	for (int i = 0; i < members->n; i++) {
		const struct member *m = &members->v[i];
		const char *note = "";
		if (m->is_nullable && m->kind == KIND_TEXT)
			note = " /* or NULL */";
		else if (m->is_nullable)
			note = is_in ? " /* 0 goes in as NULL */" : " /* 0 when NULL */";
		fprintf(f, "\t%s%s;%s\n", c_types[m->kind], m->name, note);
	}
	fputs("};\n", f);
}

/* Adds an argument; lines are filled up to 100 columns with a tab of 8. */
static void put_argument(FILE *f, size_t *column, const char *argument)
{
	size_t n = strlen(argument);
	bool fits = *column + 2 + n <= 84; /* " NODISCARD;" comes after the last */
	fputs(fits ? ", " : ",\n\t", f);
	fputs(argument, f);
	*column = (fits ? *column + 2 : 8) + n;
}

static void put_prototype(FILE *f, const struct query *q)
{
	const char *start = text_format(
		"enum rc q_%s(%s", q->name, q->writes ? "struct tx *tx" : "struct db *db");
	size_t column = strlen(start);
	fputs(start, f);
	if (has_rows(q))
		put_argument(f, &column, "struct arena *a");
	if (q->params.n > 0)
		put_argument(f, &column, text_format("const struct q_%s_in *in", q->name));
	if (q->shape == SHAPE_ONE || q->shape == SHAPE_MAYBE)
		put_argument(f, &column, text_format("struct q_%s *out", q->name));
	if (q->shape == SHAPE_MAYBE)
		put_argument(f, &column, "bool *found");
	if (q->shape == SHAPE_MANY) {
		put_argument(f, &column, text_format("struct q_%s **rows", q->name));
		put_argument(f, &column, "size_t *n_rows");
	}
	if (q->shape == SHAPE_EXEC)
		put_argument(f, &column, "int64_t *n_changed");
	put_argument(f, &column, "struct err *err)");
}

static void put_header(FILE *f, const struct queries *queries)
{
	fputs(header_start, f);
	for (int i = 0; i < queries->n; i++) {
		const struct query *q = &queries->v[i];
		put_doc(f, q);
		put_struct(f, q->name, "_in", &q->params, true);
		put_struct(f, q->name, "", &q->columns, false);
		put_prototype(f, q);
		fputs(" NODISCARD;\n", f);
	}
	fputs("\n#endif\n", f);
}

/* ---- the source ---- */

static const char source_start[] =
	"/* Made by mkquery from schema/queries/; do not edit. */\n"
	"/* clang-format off */\n"
	"#include \"query.h\"\n"
	"\n"
	"#include <string.h>\n"
	"\n"
	"#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n"
	"\n"
	"#define INT(x)         {.kind = VALUE_INT, .i = (x)}\n"
	"#define INT_OR_NULL(x) {.kind = VALUE_INT, .is_null_when_zero = true, .i = (x)}\n"
	"#define TEXT(x)        {.kind = VALUE_TEXT, .text = (x)}\n"
	"#define REAL(x)        {.kind = VALUE_REAL, .real = (x)}\n"
	"\n"
	"typedef void read_fn(const struct row *r, struct arena *a, void *out);\n";

static const char source_one[] =
	"\n"
	"struct single {\n"
	"\tread_fn *read;\n"
	"\tstruct arena *a;\n"
	"\tvoid *out;\n"
	"\tsize_t n;\n"
	"};\n"
	"\n"
	"static void take_single(void *context, const struct row *r)\n"
	"{\n"
	"\tstruct single *s = context;\n"
	"\tif (s->n++ == 0)\n"
	"\t\ts->read(r, s->a, s->out);\n"
	"}\n"
	"\n"
	"/* The only row into out, which the caller has zeroed; found NULL: there must be one. */\n"
	"static enum rc run_single(struct db *db, struct arena *a, const struct statement *st,\n"
	"\tconst struct value *params, read_fn *read, void *out, bool *found, struct err *err)\n"
	"{\n"
	"\tstruct single s = {read, a, out, 0};\n"
	"\tTRY(statement_run(db, st, params, take_single, &s, NULL, err));\n"
	"\tif (s.n > 1)\n"
	"\t\treturn err_internal(err, \"%s: %zu rows instead of one\", st->name, s.n);\n"
	"\tif (found != NULL)\n"
	"\t\t*found = s.n == 1;\n"
	"\telse if (s.n == 0)\n"
	"\t\treturn err_set(err, NOT_FOUND,\n"
	"\t\t\t\"This does not exist, or no longer; go back and choose again\");\n"
	"\treturn OK;\n"
	"}\n";

static const char source_many[] =
	"\n"
	"/* Rows are gathered in chunks that never move, and laid side by side at the end. */\n"
	"struct chunk {\n"
	"\tstruct chunk *next;\n"
	"\tsize_t n, max;\n"
	"\tchar *rows;\n"
	"};\n"
	"\n"
	"struct gathered {\n"
	"\tread_fn *read;\n"
	"\tstruct arena *a;\n"
	"\tsize_t row_bytes;\n"
	"\tsize_t n;\n"
	"\tstruct chunk *first, *last;\n"
	"};\n"
	"\n"
	"static void add_chunk(struct gathered *g)\n"
	"{\n"
	"\tstruct chunk *c = ARENA_NEW(g->a, struct chunk);\n"
	"\tc->max = g->last == NULL ? 16 : g->last->max < 1024 ? 2 * g->last->max : 1024;\n"
	"\tc->rows = arena_array(g->a, c->max, g->row_bytes);\n"
	"\tif (g->last == NULL)\n"
	"\t\tg->first = c;\n"
	"\telse\n"
	"\t\tg->last->next = c;\n"
	"\tg->last = c;\n"
	"}\n"
	"\n"
	"static void gather(void *context, const struct row *r)\n"
	"{\n"
	"\tstruct gathered *g = context;\n"
	"\tif (g->last == NULL || g->last->n == g->last->max)\n"
	"\t\tadd_chunk(g);\n"
	"\tg->read(r, g->a, g->last->rows + g->last->n++ * g->row_bytes);\n"
	"\tg->n++;\n"
	"}\n"
	"\n"
	"/* All rows, side by side; NULL without any. */\n"
	"static void *rows_of(const struct gathered *g)\n"
	"{\n"
	"\tif (g->first == g->last)\n"
	"\t\treturn g->first == NULL ? NULL : g->first->rows;\n"
	"\tchar *all = arena_array(g->a, g->n, g->row_bytes);\n"
	"\tchar *p = all;\n"
	"\tfor (const struct chunk *c = g->first; c != NULL; c = c->next) {\n"
	"\t\tmemcpy(p, c->rows, c->n * g->row_bytes);\n"
	"\t\tp += c->n * g->row_bytes;\n"
	"\t}\n"
	"\treturn all;\n"
	"}\n";

static bool has_shape(const struct queries *queries, enum shape a, enum shape b)
{
	for (int i = 0; i < queries->n; i++) {
		if (queries->v[i].shape == a || queries->v[i].shape == b)
			return true;
	}
	return false;
}

static void put_statement(FILE *f, const struct query *q, int index)
{
	fprintf(f, "\nstatic const struct statement s_%s = {\n\t.name = \"%s\",\n\t.sqlite = ",
		q->name, q->name);
	emit_literal(f, q->sqlite, strlen(q->sqlite), "\t\t");
	fputs(",\n\t.postgres = ", f);
	emit_literal(f, q->postgres, strlen(q->postgres), "\t\t");
	fprintf(f,
		",\n\t.n_params = %d,\n\t.n_columns = %d,\n\t.index = %d,\n\t.writes = %s,\n};\n",
		q->params.n, q->columns.n, index, q->writes ? "true" : "false");
}

static void put_reader(FILE *f, const struct query *q)
{
	static const char *const readers[] = {
		[KIND_INT] = "row_int", [KIND_TEXT] = "row_text", [KIND_REAL] = "row_real"};
	bool has_text = false;
	fprintf(f, "\nstatic void read_%s(const struct row *r, struct arena *a, void *out)\n{\n",
		q->name);
	fprintf(f, "\tstruct q_%s *row = out;\n", q->name);
	for (int i = 0; i < q->columns.n; i++) {
		const struct member *m = &q->columns.v[i];
		bool is_text = m->kind == KIND_TEXT;
		has_text |= is_text;
		fprintf(f, "\trow->%s = %s(r, %d%s);\n", m->name, readers[m->kind], i,
			is_text ? ", a" : "");
	}
	fputs(has_text ? "}\n" : "\t(void)a;\n}\n", f);
}

static void put_params(FILE *f, const struct query *q)
{
	static const char *const macros[] = {
		[KIND_INT] = "INT", [KIND_TEXT] = "TEXT", [KIND_REAL] = "REAL"};
	if (q->params.n == 0)
		return;
	fputs("\tconst struct value params[] = {\n", f);
	for (int i = 0; i < q->params.n; i++) {
		const struct member *m = &q->params.v[i];
		const char *macro = m->is_nullable ? "INT_OR_NULL" : macros[m->kind];
		fprintf(f, "\t\t%s(in->%s),\n", macro, m->name);
	}
	fputs("\t};\n", f);
}

static void put_function(FILE *f, const struct query *q)
{
	const char *db = q->writes ? "tx_db(tx)" : "db";
	const char *params = q->params.n > 0 ? "params" : "NULL";
	fputc('\n', f);
	put_prototype(f, q);
	fputs("\n{\n", f);
	put_params(f, q);
	if (q->shape == SHAPE_EXEC) {
		fprintf(f, "\treturn statement_run(%s, &s_%s, %s, NULL, NULL, n_changed, err);\n",
			db, q->name, params);
	} else if (q->shape == SHAPE_MANY) {
		fprintf(f,
			"\tstruct gathered g = {.read = read_%s, .a = a, .row_bytes = sizeof "
			"**rows};\n"
			"\t*rows = NULL;\n"
			"\t*n_rows = 0;\n"
			"\tTRY(statement_run(%s, &s_%s, %s, gather, &g, NULL, err));\n"
			"\t*rows = rows_of(&g);\n"
			"\t*n_rows = g.n;\n"
			"\treturn OK;\n",
			q->name, db, q->name, params);
	} else {
		bool is_maybe = q->shape == SHAPE_MAYBE;
		fputs("\tmemset(out, 0, sizeof *out);\n", f);
		fputs(is_maybe ? "\t*found = false;\n" : "", f);
		fprintf(f, "\treturn run_single(%s, a, &s_%s, %s, read_%s, out, %s, err);\n", db,
			q->name, params, q->name, is_maybe ? "found" : "NULL");
	}
	fputs("}\n", f);
}

static void put_source(FILE *f, const struct queries *queries)
{
	fputs(source_start, f);
	if (has_shape(queries, SHAPE_ONE, SHAPE_MAYBE))
		fputs(source_one, f);
	if (has_shape(queries, SHAPE_MANY, SHAPE_MANY))
		fputs(source_many, f);
	for (int i = 0; i < queries->n; i++) {
		put_statement(f, &queries->v[i], i);
		if (has_rows(&queries->v[i]))
			put_reader(f, &queries->v[i]);
		put_function(f, &queries->v[i]);
	}
	fputs("\nconst struct statement *const statement_table[] = {\n", f);
	for (int i = 0; i < queries->n; i++)
		fprintf(f, "\t&s_%s,\n", queries->v[i].name);
	fprintf(f, "%s};\nconst int n_statements = %d;\n", queries->n == 0 ? "\tNULL,\n" : "",
		queries->n);
}

static void emit(const char *folder, const char *name, const struct queries *queries,
	void (*put)(FILE *f, const struct queries *queries))
{
	char *text = NULL;
	size_t n = 0;
	FILE *f = open_memstream(&text, &n);
	if (f == NULL)
		die("out of memory");
	put(f, queries);
	if (fclose(f) != 0)
		die("out of memory");
	write_file(folder, name, text, n);
	free(text);
}

void emit_query(const char *folder, const struct queries *queries)
{
	emit(folder, "query.h", queries, put_header);
	emit(folder, "query.c", queries, put_source);
}
