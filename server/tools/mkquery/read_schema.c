/*
 * Migrations: run on an SQLite in memory, then looked at through its own eyes, so that the model of
 * the schema is what the engine has, not what a parser thinks it has. Only lines and `-- global:`
 * comments come from the text.
 */
#include "mkquery.h"

#include <ctype.h>
#include <sqlite3.h>
#include <string.h>

static void set_body(struct table *table, const struct file *f, int name_at)
{
	int open = name_at + 1;
	int end = closing(&f->tokens, open);
	table->file = f->path;
	table->line = f->tokens.v[name_at].line;
	for (int i = open + 1; i < end; i++)
		PUSH(table->body, f->tokens.v[i]);
	set_depths(&table->body);
	int create = name_at;
	while (!token_is(&f->tokens, create, "CREATE"))
		create--;
	for (int i = create - 1; i >= 0 && f->tokens.v[i].kind == TOKEN_COMMENT; i--) {
		const char *text = f->tokens.v[i].text;
		if (starts_with(text, "global:") && text[7 + strspn(text + 7, " ")] != '\0')
			table->is_global = true;
	}
}

/* Where CREATE TABLE names it; the last one wins, as when a table was made anew. */
static void find_text(const struct schema *s, struct table *table)
{
	for (int i = 0; i < s->files.n; i++) {
		const struct tokens *t = &s->files.v[i].tokens;
		for (int k = 2; k < t->n; k++) {
			bool is_after_table =
				token_is(t, k - 1, "TABLE") ||
				(token_is(t, k - 1, "EXISTS") && token_is(t, k - 4, "TABLE"));
			if (is_after_table && token_is(t, k, table->name) && sign_is(t, k + 1, "("))
				set_body(table, &s->files.v[i], k);
		}
	}
	if (table->file == NULL) { /* renamed since: some line of the first migration must do */
		table->file = s->files.v[0].path;
		table->line = 1;
	}
}

/* Finds the definition of a column; false when it was added by ALTER TABLE. */
static bool find_definition(const struct table *table, const char *column, int *at)
{
	const struct tokens *t = &table->body;
	for (int i = 0; i < t->n; i++) {
		bool is_first =
			i == 0 || sign_is(t, i - 1, ",") || t->v[i - 1].kind == TOKEN_COMMENT;
		*at = i;
		if (is_first && t->v[i].depth == 0 && token_is(t, i, column))
			return true;
	}
	return false;
}

static enum kind kind_of_type(const char *type)
{
	if (word_is(type, "INTEGER"))
		return KIND_INT;
	if (word_is(type, "TEXT"))
		return KIND_TEXT;
	return word_is(type, "REAL") ? KIND_REAL : KIND_NONE;
}

sqlite3_stmt *schema_ask(const struct schema *s, const char *sql, const char *name)
{
	sqlite3_stmt *st = NULL;
	if (sqlite3_prepare_v2(s->db, sql, -1, &st, NULL) != SQLITE_OK)
		die("%s: %s", sql, sqlite3_errmsg(s->db));
	if (name != NULL)
		sqlite3_bind_text(st, 1, name, -1, SQLITE_TRANSIENT);
	return st;
}

const char *schema_text(sqlite3_stmt *st, int i)
{
	const char *text = (const char *)sqlite3_column_text(st, i);
	return text == NULL ? NULL : text_copy(text, strlen(text));
}

static void read_columns(const struct schema *s, struct table *table)
{
	sqlite3_stmt *st = schema_ask(
		s, "SELECT name, type, \"notnull\", pk FROM pragma_table_xinfo(?1)", table->name);
	while (sqlite3_step(st) == SQLITE_ROW) {
		struct column c = {.name = schema_text(st, 0)};
		int pk = sqlite3_column_int(st, 3);
		c.kind = kind_of_type(schema_text(st, 1));
		/* A STRICT table may still hold NULL in a composite primary key; the lint refuses
		 * that. The key that is the rowid cannot. */
		c.is_nullable = sqlite3_column_int(st, 2) == 0 && !(pk == 1 && c.kind == KIND_INT);
		int at = 0;
		bool is_defined = find_definition(table, c.name, &at);
		c.line = is_defined ? table->body.v[at].line : table->line;
		c.type = is_defined && at + 1 < table->body.n ? table->body.v[at + 1].text : NULL;
		if (pk == 1 && strcmp(c.name, "event_id") == 0 && !table->is_global)
			table->is_event = true;
		table->columns = grow(table->columns, table->n_columns, sizeof c);
		table->columns[table->n_columns++] = c;
	}
	sqlite3_finalize(st);
}

static void read_tables(struct schema *s)
{
	sqlite3_stmt *st = schema_ask(s,
		"SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*'"
		" ORDER BY rowid",
		NULL);
	while (sqlite3_step(st) == SQLITE_ROW) {
		struct table table = {.name = schema_text(st, 0)};
		find_text(s, &table);
		read_columns(s, &table);
		PUSH(s->tables, table);
	}
	sqlite3_finalize(st);
}

/* Behind the white space and the comments at p. */
static const char *skip_blank(const char *p)
{
	for (;;) {
		p += strspn(p, " \t\r\n");
		if (starts_with(p, "--"))
			p += strcspn(p, "\n");
		else if (starts_with(p, "/*") && strstr(p, "*/") != NULL)
			p = strstr(p, "*/") + 2;
		else
			return p;
	}
}

static int line_at(const char *text, const char *p)
{
	int line = 1;
	for (; text < p; text++)
		line += *text == '\n';
	return line;
}

static void run_migration(const struct schema *s, const struct file *f)
{
	const char *p = f->text;
	while (*p != '\0') {
		sqlite3_stmt *st = NULL;
		const char *next = p;
		int rc = sqlite3_prepare_v2(s->db, p, -1, &st, &next);
		if (rc != SQLITE_OK) {
			int offset = sqlite3_error_offset(s->db);
			report(f->path, line_at(f->text, p + (offset < 0 ? 0 : offset)), "%s",
				sqlite3_errmsg(s->db));
			return;
		}
		int done = st == NULL ? SQLITE_DONE : sqlite3_step(st);
		p = skip_blank(p);
		if (done != SQLITE_DONE && done != SQLITE_ROW)
			report(f->path, line_at(f->text, p), "%s", sqlite3_errmsg(s->db));
		sqlite3_finalize(st);
		p = next;
	}
}

/* NNNN_name.sql, numbered from 1 without gaps: the number is the version. */
static void read_file_name(struct file *f, const char *name, int version)
{
	int n = 0;
	while (isdigit((unsigned char)name[n])) {
		f->version = f->version * 10 + (name[n] - '0');
		if (++n > 4)
			break;
	}
	bool is_numbered = n == 4 && name[4] == '_';
	f->name = is_numbered ? text_copy(name + 5, strlen(name) - 5 - strlen(".sql")) : "";
	if (!is_name(f->name))
		report(f->path, 1, "a migration is called NNNN_name.sql");
	else if (f->version != version)
		report(f->path, 1, "migrations have no gaps: this one should be %04d_%s.sql",
			version, f->name);
}

struct schema read_schema(const char *folder)
{
	struct schema s = {0};
	struct names names = sql_files(folder);
	/* Rows of foreign keys and automatic indexes would hide what a statement itself does. */
	if (sqlite3_open(":memory:", &s.db) != SQLITE_OK ||
		sqlite3_exec(s.db, "PRAGMA automatic_index = OFF", NULL, NULL, NULL) != SQLITE_OK)
		die("SQLite cannot be opened");
	sqlite3_db_config(s.db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(s.db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	for (int i = 0; i < names.n; i++) {
		struct file f = {.path = text_format("%s/%s", folder, names.v[i])};
		read_file_name(&f, names.v[i], i + 1);
		f.text = file_read(f.path, &f.n_bytes);
		lex(f.path, f.text, &f.tokens);
		run_migration(&s, &f);
		PUSH(s.files, f);
	}
	read_tables(&s);
	return s;
}

const struct table *find_table(const struct schema *s, const char *name)
{
	for (int i = 0; i < s->tables.n; i++) {
		if (word_is(s->tables.v[i].name, name))
			return &s->tables.v[i];
	}
	return NULL;
}

const struct column *find_column(const struct table *t, const char *name)
{
	for (int i = 0; i < t->n_columns; i++) {
		if (word_is(t->columns[i].name, name))
			return &t->columns[i];
	}
	return NULL;
}
