/*
 * A statement before the engine: does it prepare, what does it touch, does it write, and is its
 * shape what it says.
 */
#include "mkquery.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

static int param_number(const struct query *q, const char *name)
{
	for (int i = 0; i < q->params.n; i++) {
		if (strcmp(q->params.v[i].name, name) == 0)
			return i + 1;
	}
	return 0;
}

/* Parameters are numbered as they appear, so that the struct reads like the statement. */
static void number_params(struct query *q)
{
	for (int i = 0; i < q->tokens.n; i++) {
		const struct token *t = &q->tokens.v[i];
		if (t->kind == TOKEN_PARAM && param_number(q, t->text) == 0)
			PUSH(q->params, (struct member){.name = t->text});
	}
	for (int i = 0; i < q->pg.n; i++) {
		const struct token *t = &q->pg.v[i];
		if (t->kind == TOKEN_PARAM && param_number(q, t->text) == 0)
			report(t->file, t->line,
				":%s stands in a pg part only: SQLite cannot bind it", t->text);
	}
}

static void write_token(FILE *f, const struct query *q, const struct token *t, bool is_postgres)
{
	static const char *const casts[] = {
		[KIND_INT] = "bigint", [KIND_TEXT] = "text", [KIND_REAL] = "double precision"};
	if (t->kind != TOKEN_PARAM) {
		fputs(t->text, f);
		return;
	}
	int number = param_number(q, t->text);
	/* A parameter in an untyped place has no type on PostgreSQL: each says its own. */
	if (is_postgres && number > 0)
		fprintf(f, "$%d::%s", number, casts[q->params.v[number - 1].kind]);
	else
		fprintf(f, "?%d", number);
}

static const char *make_text(const struct query *q, struct tokens *tokens, bool is_postgres)
{
	static const char *const gaps[] = {[GAP_NONE] = "", [GAP_SPACE] = " ", [GAP_LINE] = "\n"};
	char *text = NULL;
	size_t n = 0;
	FILE *f = open_memstream(&text, &n);
	if (f == NULL)
		die("out of memory");
	for (int i = 0; i < tokens->n; i++) {
		if (i > 0)
			fputs(gaps[tokens->v[i].gap], f);
		tokens->v[i].sql_offset = (int)ftell(f);
		write_token(f, q, &tokens->v[i], is_postgres);
	}
	fclose(f);
	return text;
}

/*
 * The engine counts bytes in the text it was given; people count lines of their file. Without an
 * offset the message ends in the name that is at fault, or the text ends too early.
 */
static void report_engine(const struct schema *s, const struct query *q)
{
	const char *message = sqlite3_errmsg(s->db);
	const char *name = strrchr(message, ' ');
	int offset = sqlite3_error_offset(s->db);
	const struct token *at = &q->tokens.v[q->tokens.n - 1];
	for (int i = 0; i < q->tokens.n; i++) {
		if (offset >= 0 && q->tokens.v[i].sql_offset <= offset)
			at = &q->tokens.v[i];
		if (offset < 0 && name != NULL && token_is(&q->tokens, i, name + 1))
			at = &q->tokens.v[i];
	}
	report(at->file, at->line, "%s", message);
}

struct watch {
	const struct schema *schema;
	struct query *query;
	struct names functions;
	bool reads_engine;
};

/* Sees every table and every function, however deep they stand. */
static int authorise(void *context, int action, const char *a, const char *b, const char *database,
	const char *inside)
{
	struct watch *w = context;
	(void)database;
	(void)inside;
	switch (action) {
	case SQLITE_READ:
	case SQLITE_INSERT:
	case SQLITE_UPDATE:
	case SQLITE_DELETE:
		if (starts_with(a, "sqlite_"))
			w->reads_engine = true;
		else if (find_table(w->schema, a) != NULL && !names_have(&w->query->touched, a))
			PUSH(w->query->touched, text_copy(a, strlen(a)));
		return SQLITE_OK;
	case SQLITE_FUNCTION:
		if (!names_have(&w->functions, b))
			PUSH(w->functions, text_copy(b, strlen(b)));
		return SQLITE_OK;
	default:
		return SQLITE_OK;
	}
}

static void check_functions(const struct query *q, const struct names *functions)
{
	const struct tokens *t = &q->tokens;
	for (int i = 0; i < functions->n; i++) {
		const char *fault = function_fault(functions->v[i]);
		for (int k = 0; fault != NULL && k < t->n; k++) {
			if (!token_is(t, k, functions->v[i]) || !sign_is(t, k + 1, "("))
				continue;
			report(t->v[k].file, t->v[k].line, "%s() is not portable: %s",
				functions->v[i], fault);
			break;
		}
	}
}

/* A lock is a write for PostgreSQL: its read-only connections refuse it. */
static bool locks_rows(const struct query *q)
{
	for (int i = 0; i < q->pg.n; i++) {
		if (q->pg.v[i].is_pg && token_is(&q->pg, i, "FOR"))
			return true;
	}
	return false;
}

static void check_shape(struct query *q, sqlite3_stmt *st)
{
	bool has_rows = sqlite3_column_count(st) > 0;
	q->writes = !sqlite3_stmt_readonly(st) || locks_rows(q);
	if (has_rows && q->shape == SHAPE_EXEC)
		report(q->file, q->line, "%s returns rows: it is :one, :maybe or :many", q->name);
	if (!has_rows && q->shape != SHAPE_EXEC)
		report(q->file, q->line, "%s returns no rows: it is :exec", q->name);
}

static void check_visible(const struct schema *s, const struct query *q)
{
	for (int i = 0; i < q->visible.n; i++) {
		bool is_named = find_table(s, q->visible.v[i]) == NULL;
		for (int k = 0; k < q->sources.n; k++)
			is_named |= word_is(q->sources.v[k].table, q->visible.v[i]) &&
				    word_is(q->sources.v[k].alias, q->visible.v[i]);
		if (!is_named)
			report(q->file, q->line,
				"%s asks for visible %s: name that table without an alias", q->name,
				q->visible.v[i]);
	}
}

/* A note that concerns nothing is a misspelt one. */
static void check_notes(const struct query *q)
{
	for (int i = 0; i < q->notes.n; i++) {
		const struct note *note = &q->notes.v[i];
		bool is_used = note->is_from_predicate || param_number(q, note->name) > 0;
		for (int k = 0; note->kind != KIND_NONE && k < q->columns.n; k++)
			is_used |= strcmp(q->columns.v[k].name, note->name) == 0;
		if (!is_used)
			report(note->file, note->line, "%s has no %s named %s", q->name,
				note->kind == KIND_NONE ? "parameter" : "parameter or column",
				note->name);
	}
}

static void check_prepared(const struct schema *s, struct query *q, sqlite3_stmt *st)
{
	check_shape(q, st);
	lint_scope(s, q);
	check_params(s, q);
	check_columns(s, q, st);
	check_notes(q);
	lint_order(s, q);
	check_plan(s, q);
	q->postgres = make_text(q, &q->pg, true);
}

void check_query(const struct schema *s, struct query *q)
{
	struct watch w = {.schema = s, .query = q};
	sqlite3_stmt *st = NULL;
	if (q->is_broken || q->tokens.n == 0 || !lint_verb(q))
		return;
	find_sources(s, q);
	lint_words(q);
	check_visible(s, q);
	number_params(q);
	q->sqlite = make_text(q, &q->tokens, false);
	sqlite3_set_authorizer(s->db, authorise, &w);
	int rc = sqlite3_prepare_v2(s->db, q->sqlite, -1, &st, NULL);
	sqlite3_set_authorizer(s->db, NULL, NULL);
	check_functions(q, &w.functions);
	if (w.reads_engine)
		report(q->file, q->line, "%s reads the engine's own tables", q->name);
	if (rc != SQLITE_OK)
		report_engine(s, q);
	else
		check_prepared(s, q, st);
	sqlite3_finalize(st);
}

/* q_x_in is the parameters of x, and must not be the rows of a statement x_in as well. */
void check_names(const struct queries *queries)
{
	for (int i = 0; i < queries->n; i++) {
		const struct query *q = &queries->v[i];
		for (int k = 0; k < queries->n; k++) {
			const struct query *other = &queries->v[k];
			if (k < i && strcmp(q->name, other->name) == 0)
				report(q->file, q->line, "%s is there already: %s:%d", q->name,
					other->file, other->line);
			size_t n = strlen(q->name);
			if (starts_with(other->name, q->name) &&
				strcmp(other->name + n, "_in") == 0)
				report(other->file, other->line,
					"%s is the name of the parameters of %s: choose another",
					other->name, q->name);
		}
	}
}
