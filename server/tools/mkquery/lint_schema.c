/*
 * The rules of tables (schema/README.md), asked of the engine: it knows about every constraint,
 * however it was written.
 */
#include "mkquery.h"

#include <sqlite3.h>
#include <string.h>

/* The words PostgreSQL keeps for itself and SQLite does not. */
static const char *const reserved[] = {"all", "analyse", "analyze", "any", "array", "asymmetric",
	"authorization", "binary", "both", "column", "concurrently", "current_catalog",
	"current_role", "current_schema", "current_user", "desc", "do", "end", "false", "fetch",
	"for", "freeze", "full", "grant", "ilike", "initially", "inner", "lateral", "leading",
	"left", "localtime", "localtimestamp", "natural", "offset", "only", "outer", "overlaps",
	"placing", "right", "session_user", "similar", "some", "symmetric", "tablesample",
	"trailing", "true", "user", "variadic", "verbose", "window", "with", NULL};

static void lint_column(const struct table *t, const struct column *c)
{
	const char *name = c->name;
	bool is_flag = starts_with(name, "is_") || starts_with(name, "has_");
	if (word_in(name, reserved) || !is_name(name))
		report(t->file, c->line, "%s cannot be the name of a column: PostgreSQL keeps it",
			name);
	/* In capitals: the word map that makes PostgreSQL's types knows them so. */
	bool is_shouted = c->type == NULL || strcmp(c->type, "INTEGER") == 0 ||
			  strcmp(c->type, "TEXT") == 0 || strcmp(c->type, "REAL") == 0;
	if (c->kind == KIND_NONE || !is_shouted)
		report(t->file, c->line, "column %s of %s: types are INTEGER, TEXT and REAL", name,
			t->name);
	if (c->kind == KIND_REAL && c->is_nullable)
		report(t->file, c->line, "column %s of %s: REAL is NOT NULL", name, t->name);
	if (c->kind == KIND_INT && c->is_nullable && !ends_with(name, "_at") &&
		!ends_with(name, "_id"))
		report(t->file, c->line,
			"column %s of %s: an INTEGER that may be NULL is named _at or _id", name,
			t->name);
	if ((is_flag || ends_with(name, "_at")) && c->kind != KIND_INT)
		report(t->file, c->line, "column %s of %s: is_, has_ and _at are INTEGER", name,
			t->name);
	if (ends_with(name, "_on") && c->kind != KIND_TEXT)
		report(t->file, c->line, "column %s of %s: _on is TEXT", name, t->name);
}

static void lint_form(const struct schema *s, const struct table *t)
{
	sqlite3_stmt *st = schema_ask(
		s, "SELECT strict, wr, type FROM pragma_table_list WHERE name = ?1", t->name);
	if (sqlite3_step(st) == SQLITE_ROW) {
		if (strcmp(schema_text(st, 2), "table") != 0)
			report(t->file, t->line, "%s is a virtual table", t->name);
		else if (sqlite3_column_int(st, 0) == 0)
			report(t->file, t->line, "table %s is not STRICT", t->name);
		if (sqlite3_column_int(st, 1) != 0)
			report(t->file, t->line, "table %s: WITHOUT ROWID is SQLite's own",
				t->name);
	}
	sqlite3_finalize(st);
	st = schema_ask(s, "SELECT name FROM pragma_table_xinfo(?1) WHERE hidden > 1", t->name);
	while (sqlite3_step(st) == SQLITE_ROW) {
		const struct column *c = find_column(t, schema_text(st, 0));
		report(t->file, c->line, "column %s of %s is generated: compute it in the program",
			c->name, t->name);
	}
	sqlite3_finalize(st);
}

static void lint_class(const struct table *t)
{
	const struct column *c = find_column(t, "event_id");
	if (word_in(t->name, reserved) || !is_name(t->name))
		report(t->file, t->line, "%s cannot be the name of a table: PostgreSQL keeps it",
			t->name);
	if (t->is_event && c->kind == KIND_INT && c->is_nullable)
		report(t->file, c->line, "event_id of %s is INTEGER NOT NULL", t->name);
	if (!t->is_event && !t->is_global)
		report(t->file, t->line,
			"the primary key of %s does not start with event_id: make it so, or say "
			"`-- global: reason` above",
			t->name);
}

/* Where `(a, b)` of these names stands in the table, else the first name, else the table. */
static int line_of_list(const struct table *t, const struct names *columns)
{
	const struct tokens *body = &t->body;
	for (int i = 0; i < body->n; i++) {
		int n = 0;
		while (sign_is(body, i, "(") && n < columns->n &&
			token_is(body, i + 1 + 2 * n, columns->v[n]))
			n++;
		if (n > 0 && n == columns->n && sign_is(body, i + 2 * n, ")"))
			return body->v[i].line;
	}
	const struct column *c = columns->n > 0 ? find_column(t, columns->v[0]) : NULL;
	return c != NULL ? c->line : t->line;
}

static void place_of_index(const struct schema *s, const char *index, const char **file, int *line)
{
	for (int i = 0; i < s->files.n; i++) {
		const struct tokens *t = &s->files.v[i].tokens;
		for (int k = 1; k < t->n; k++) {
			bool is_made = token_is(t, k - 1, "INDEX") || token_is(t, k - 1, "EXISTS");
			if (is_made && token_is(t, k, index)) {
				*file = s->files.v[i].path;
				*line = t->v[k].line;
			}
		}
	}
}

static struct names index_columns(const struct schema *s, const char *index)
{
	struct names columns = {0};
	sqlite3_stmt *st =
		schema_ask(s, "SELECT name FROM pragma_index_info(?1) ORDER BY seqno", index);
	while (sqlite3_step(st) == SQLITE_ROW) {
		const char *name = schema_text(st, 0);
		PUSH(columns, name == NULL ? "(expression)" : name);
	}
	sqlite3_finalize(st);
	return columns;
}

static void lint_indexes(const struct schema *s, const struct table *t)
{
	sqlite3_stmt *st = schema_ask(
		s, "SELECT name, origin FROM pragma_index_list(?1) ORDER BY seq DESC", t->name);
	while (sqlite3_step(st) == SQLITE_ROW) {
		const char *index = schema_text(st, 0);
		bool is_made = strcmp(schema_text(st, 1), "c") == 0;
		struct names columns = index_columns(s, index);
		if (columns.n > 0 && word_is(columns.v[0], "event_id"))
			continue;
		const char *file = t->file;
		int line = line_of_list(t, &columns);
		if (is_made)
			place_of_index(s, index, &file, &line);
		report(file, line, "event_id must lead %s%s of the event table %s",
			is_made ? "index " : "UNIQUE and PRIMARY KEY", is_made ? index : "",
			t->name);
	}
	sqlite3_finalize(st);
}

/* The columns a foreign key points at: those named, or the primary key. */
static struct names parent_columns(
	const struct schema *s, const struct names *to, const char *parent)
{
	if (to->n > 0)
		return *to;
	struct names columns = {0};
	sqlite3_stmt *st = schema_ask(
		s, "SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk", parent);
	while (sqlite3_step(st) == SQLITE_ROW)
		PUSH(columns, schema_text(st, 0));
	sqlite3_finalize(st);
	return columns;
}

static bool same_names(const struct names *a, const struct names *b)
{
	for (int i = 0; i < a->n; i++) {
		if (!names_have(b, a->v[i]))
			return false;
	}
	return a->n == b->n;
}

/* Is there a primary key or a whole UNIQUE of exactly these columns? */
static bool is_key(const struct schema *s, const char *table, const struct names *columns)
{
	struct names none = {0};
	struct names primary = parent_columns(s, &none, table);
	bool is_found = same_names(&primary, columns);
	sqlite3_stmt *st = schema_ask(s,
		"SELECT name FROM pragma_index_list(?1) WHERE \"unique\" = 1 AND partial = 0",
		table);
	while (sqlite3_step(st) == SQLITE_ROW) {
		struct names index = index_columns(s, schema_text(st, 0));
		is_found |= same_names(&index, columns);
	}
	sqlite3_finalize(st);
	return is_found;
}

struct foreign_key {
	const char *parent;
	struct names from, to;
	bool sets_null;
};

static void lint_foreign_key(
	const struct schema *s, const struct table *t, const struct foreign_key *k)
{
	int line = line_of_list(t, &k->from);
	const struct table *parent = find_table(s, k->parent);
	if (parent == NULL) {
		report(t->file, line, "foreign key of %s: there is no table %s", t->name,
			k->parent);
		return;
	}
	struct names to = parent_columns(s, &k->to, k->parent);
	if (to.n != k->from.n || !is_key(s, parent->name, &to))
		report(t->file, line, "foreign key of %s: it must name a whole key of %s", t->name,
			parent->name);
	if (!t->is_event)
		return;
	if (!parent->is_event)
		report(t->file, line,
			"foreign key of the event table %s to %s, which is global: drop it",
			t->name, parent->name);
	else if (!word_is(k->from.v[0], "event_id") || to.n == 0 || !word_is(to.v[0], "event_id"))
		report(t->file, line, "event_id must lead each foreign key of the event table %s",
			t->name);
	if (k->sets_null)
		report(t->file, line, "foreign key of %s: SET NULL would clear event_id as well",
			t->name);
}

static void lint_foreign_keys(const struct schema *s, const struct table *t)
{
	sqlite3_stmt *st = schema_ask(s,
		"SELECT seq, \"table\", \"from\", \"to\", on_update || ' ' || on_delete"
		" FROM pragma_foreign_key_list(?1) ORDER BY id DESC, seq",
		t->name);
	struct foreign_key k = {0};
	while (sqlite3_step(st) == SQLITE_ROW) {
		if (sqlite3_column_int(st, 0) == 0) {
			if (k.parent != NULL)
				lint_foreign_key(s, t, &k);
			k = (struct foreign_key){.parent = schema_text(st, 1)};
			k.sets_null = strstr(schema_text(st, 4), "SET") != NULL;
		}
		PUSH(k.from, schema_text(st, 2));
		const char *to = schema_text(st, 3);
		if (to != NULL)
			PUSH(k.to, to);
	}
	if (k.parent != NULL)
		lint_foreign_key(s, t, &k);
	sqlite3_finalize(st);
}

void lint_schema(const struct schema *s)
{
	for (int i = 0; i < s->tables.n; i++) {
		const struct table *t = &s->tables.v[i];
		lint_class(t);
		lint_form(s, t);
		for (int k = 0; k < t->n_columns; k++)
			lint_column(t, &t->columns[k]);
		if (t->is_event)
			lint_indexes(s, t);
		lint_foreign_keys(s, t);
	}
}
