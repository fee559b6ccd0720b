/*
 * Types. A column of a table has its own; everything else takes the type of the column of its name,
 * first among the tables the statement touches, then of the whole schema; or a note says it.
 */
#include "mkquery.h"

#include <sqlite3.h>
#include <string.h>

static const char *const kind_words[] = {
	[KIND_NONE] = "none", [KIND_INT] = "int", [KIND_TEXT] = "text", [KIND_REAL] = "real"};

struct guess {
	enum kind kind;
	bool is_mixed;
};

static void guess_from(struct guess *g, const struct table *table, const char *name)
{
	const struct column *c = table == NULL ? NULL : find_column(table, name);
	if (c == NULL)
		return;
	g->is_mixed |= g->kind != KIND_NONE && g->kind != c->kind;
	g->kind = c->kind;
}

static struct guess guess_kind(const struct schema *s, const struct query *q, const char *name)
{
	struct guess g = {KIND_NONE, false};
	for (int i = 0; i < q->touched.n; i++)
		guess_from(&g, find_table(s, q->touched.v[i]), name);
	for (int i = 0; g.kind == KIND_NONE && i < s->tables.n; i++)
		guess_from(&g, &s->tables.v[i], name);
	if (g.kind == KIND_NONE)
		return g;
	/* Nothing in the statement had it: all tables must agree. */
	bool is_touched = false;
	for (int i = 0; i < q->touched.n; i++) {
		const struct table *t = find_table(s, q->touched.v[i]);
		is_touched |= t != NULL && find_column(t, name) != NULL;
	}
	for (int i = 0; !is_touched && i < s->tables.n; i++)
		guess_from(&g, &s->tables.v[i], name);
	return g;
}

/* The first place the name stands, to point at. */
static const struct token *find_place(const struct query *q, enum token_kind kind, const char *name)
{
	for (int i = 0; i < q->tokens.n; i++) {
		const struct token *t = &q->tokens.v[i];
		if (t->kind == kind && word_is(t->text, name) &&
			(kind == TOKEN_PARAM || t->depth == 0))
			return t;
	}
	return NULL;
}

static enum kind decide_kind(
	const struct schema *s, const struct query *q, enum token_kind what, const char *name)
{
	const char *noun = what == TOKEN_PARAM ? "parameter" : "column";
	const struct note *note = find_note(q, name, false);
	if (note != NULL)
		return note->kind;
	const struct token *place = find_place(q, what, name);
	const char *file = place != NULL ? place->file : q->file;
	int line = place != NULL ? place->line : q->line;
	struct guess g = guess_kind(s, q, name);
	if (g.kind == KIND_NONE)
		report(file, line,
			"the type of %s %s is unknown: say `-- type: %s int`, text or real", noun,
			name, name);
	else if (g.is_mixed)
		report(file, line,
			"tables differ in the type of %s %s: say `-- type: %s int`, text or real",
			noun, name, name);
	return g.kind == KIND_NONE ? KIND_TEXT : g.kind;
}

/* Members of structs. */
static void check_member_name(const struct query *q, const char *noun, const char *name, int line)
{
	static const char *const c_words[] = {"auto", "break", "case", "char", "const", "continue",
		"default", "do", "double", "else", "enum", "extern", "float", "for", "goto", "if",
		"inline", "int", "long", "register", "restrict", "return", "short", "signed",
		"sizeof", "static", "struct", "switch", "typedef", "union", "unsigned", "void",
		"volatile", "while", "bool", "true", "false", "asm", "typeof", NULL};
	if (!is_name(name))
		report(q->file, line, "%s %s needs a name of a-z, 0-9 and _: use AS", noun, name);
	else if (word_in(name, c_words))
		report(q->file, line, "%s %s is a word of C: choose another name", noun, name);
}

/* ---- parameters ---- */

static const struct table *find_target(const struct schema *s, const struct query *q)
{
	for (int i = 0; i < q->sources.n; i++) {
		if (q->sources.v[i].is_inserted || q->sources.v[i].is_updated)
			return find_table(s, q->sources.v[i].table);
	}
	return NULL;
}

struct assigned {
	const struct table *target;
	struct query *q;
};

/* A parameter that becomes the value of a column takes over its NULL, and must have its type. */
static void check_assigned(void *context, const struct assignment *a)
{
	struct assigned *to = context;
	const struct column *c = find_column(to->target, a->column);
	const struct token *t = &a->tokens->v[a->first];
	bool is_param = a->end == a->first + 1 && t->kind == TOKEN_PARAM;
	for (int i = 0; c != NULL && is_param && i < to->q->params.n; i++) {
		struct member *p = &to->q->params.v[i];
		if (strcmp(p->name, t->text) != 0)
			continue;
		p->is_nullable |= c->is_nullable && c->kind == KIND_INT;
		if (p->kind != c->kind)
			report(t->file, t->line, "parameter %s is %s, but column %s of %s is %s",
				p->name, kind_words[p->kind], c->name, to->target->name,
				kind_words[c->kind]);
	}
}

void check_params(const struct schema *s, struct query *q)
{
	const struct table *target = find_target(s, q);
	for (int i = 0; i < q->params.n; i++) {
		struct member *p = &q->params.v[i];
		const struct note *null = find_note(q, p->name, true);
		const struct column *c = target == NULL ? NULL : find_column(target, p->name);
		check_member_name(
			q, "parameter", p->name, find_place(q, TOKEN_PARAM, p->name)->line);
		p->kind = decide_kind(s, q, TOKEN_PARAM, p->name);
		p->is_nullable =
			null != NULL || (c != NULL && c->is_nullable && c->kind == KIND_INT);
		p->is_nullable &= p->kind == KIND_INT;
		if (null != NULL && p->kind != KIND_INT)
			report(null->file, null->line,
				"`-- null: %s` is for integers: a text may be NULL, a real never",
				p->name);
	}
	struct assigned a = {target, q};
	if (target != NULL)
		each_assignment(q, check_assigned, &a);
}

/* ---- result columns ---- */

static bool is_outer(const struct query *q, const char *table)
{
	for (int i = 0; i < q->sources.n; i++) {
		if (q->sources.v[i].is_outer && word_is(q->sources.v[i].table, table))
			return true;
	}
	return false;
}

static const struct column *find_origin(const struct schema *s, sqlite3_stmt *st, int i)
{
	const char *table = sqlite3_column_table_name(st, i);
	const char *column = sqlite3_column_origin_name(st, i);
	const struct table *t = table == NULL ? NULL : find_table(s, table);
	return t == NULL || column == NULL ? NULL : find_column(t, column);
}

static void check_column(const struct schema *s, struct query *q, sqlite3_stmt *st, int i)
{
	const char *name = sqlite3_column_name(st, i);
	struct member c = {.name = text_copy(name, strlen(name))};
	const struct column *origin = find_origin(s, st, i);
	const struct token *place = find_place(q, TOKEN_WORD, name);
	int line = place != NULL ? place->line : q->line;
	const struct note *note = find_note(q, name, false);
	check_member_name(q, "column", c.name, line);
	if (origin != NULL) {
		c.kind = origin->kind;
		c.is_nullable =
			origin->is_nullable || is_outer(q, sqlite3_column_table_name(st, i));
		if (note != NULL && note->kind != c.kind)
			report(note->file, note->line, "column %s is %s in its table", name,
				kind_words[c.kind]);
	} else {
		c.kind = is_name(c.name) ? decide_kind(s, q, TOKEN_WORD, name) : KIND_TEXT;
		c.is_expression = true;
		c.is_nullable = c.kind == KIND_TEXT; /* nobody knows */
	}
	for (int k = 0; k < q->columns.n; k++) {
		if (strcmp(q->columns.v[k].name, c.name) == 0)
			report(q->file, line, "two columns are named %s: use AS", c.name);
	}
	PUSH(q->columns, c);
}

void check_columns(const struct schema *s, struct query *q, sqlite3_stmt *st)
{
	for (int i = 0; i < sqlite3_column_count(st); i++)
		check_column(s, q, st, i);
}
