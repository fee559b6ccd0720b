/*
 * What a statement names: the tables with their aliases, and the values it gives to columns.
 */
#include "mkquery.h"

static const char *const after_table[] = {"AS", "ON", "USING", "JOIN", "LEFT", "RIGHT", "FULL",
	"INNER", "CROSS", "OUTER", "NATURAL", "WHERE", "GROUP", "ORDER", "HAVING", "LIMIT", "UNION",
	"EXCEPT", "INTERSECT", "WINDOW", "SET", "VALUES", "SELECT", "DEFAULT", "RETURNING",
	"INDEXED", "NOT", "OFFSET", NULL};
static const char *const ends_from[] = {"WHERE", "GROUP", "ORDER", "HAVING", "LIMIT", "UNION",
	"EXCEPT", "INTERSECT", "WINDOW", "SET", "VALUES", "SELECT", "RETURNING", NULL};

static bool is_outer_join(const struct tokens *t, int join)
{
	int i = token_is(t, join - 1, "OUTER") ? join - 2 : join - 1;
	return token_is(t, i, "LEFT") || token_is(t, i, "RIGHT") || token_is(t, i, "FULL");
}

static bool is_far_outer_join(const struct tokens *t, int join)
{
	int i = token_is(t, join - 1, "OUTER") ? join - 2 : join - 1;
	return token_is(t, i, "RIGHT") || token_is(t, i, "FULL");
}

static bool is_table_keyword(const struct tokens *t, int i)
{
	if (token_is(t, i, "FROM"))
		return !token_is(t, i - 1, "DISTINCT"); /* IS NOT DISTINCT FROM */
	if (token_is(t, i, "UPDATE"))
		return !token_is(t, i + 1, "SET"); /* DO UPDATE SET */
	return token_is(t, i, "JOIN") || token_is(t, i, "INTO");
}

static void add_source(const struct schema *s, struct query *q, int i, bool is_outer)
{
	const struct tokens *t = &q->tokens;
	const struct table *table = find_table(s, t->v[i].text);
	if (table == NULL) {
		/* A CTE behind an outer join: any table may stand in it. */
		for (int k = 0; is_outer && k < q->sources.n; k++)
			q->sources.v[k].is_outer = true;
		return;
	}
	struct source source = {.table = table->name, .alias = table->name, .token = i};
	source.is_inserted = token_is(t, i - 1, "INTO");
	source.is_updated = token_is(t, i - 1, "UPDATE");
	source.is_outer = is_outer;
	int k = token_is(t, i + 1, "AS") ? i + 2 : i + 1;
	if (k < t->n && t->v[k].kind == TOKEN_WORD && !word_in(t->v[k].text, after_table))
		source.alias = t->v[k].text;
	PUSH(q->sources, source);
}

/* A subquery behind an outer join makes all inside it outer: outer_until is where it closes. */
void find_sources(const struct schema *s, struct query *q)
{
	const struct tokens *t = &q->tokens;
	enum { MAX_DEPTH = 64 };
	bool in_from[MAX_DEPTH] = {false};
	int outer_until = -1;
	for (int i = 0; i < t->n; i++) {
		int depth = t->v[i].depth < MAX_DEPTH ? t->v[i].depth : MAX_DEPTH - 1;
		bool expects = is_table_keyword(t, i) || (sign_is(t, i, ",") && in_from[depth]);
		if (token_is(t, i, "FROM") && expects)
			in_from[depth] = true;
		else if (t->v[i].kind == TOKEN_WORD && word_in(t->v[i].text, ends_from))
			in_from[depth] = false;
		bool is_outer = token_is(t, i, "JOIN") && is_outer_join(t, i);
		if (token_is(t, i, "JOIN") && is_far_outer_join(t, i)) {
			for (int k = 0; k < q->sources.n; k++)
				q->sources.v[k].is_outer = true;
		}
		if (is_outer && sign_is(t, i + 1, "(") && closing(t, i + 1) > outer_until)
			outer_until = closing(t, i + 1);
		if (expects && i + 1 < t->n && t->v[i + 1].kind == TOKEN_WORD)
			add_source(s, q, i + 1, is_outer || i < outer_until);
	}
}

/* ---- assignments ---- */

struct finder {
	void (*found)(void *context, const struct assignment *a);
	void *context;
};

static void assign(
	const struct tokens *t, const struct finder *f, const char *column, int first, int end)
{
	struct assignment a = {column, t, first, end};
	if (end > first)
		f->found(f->context, &a);
}

/* The end of the expression at i: the next comma or one of the words, at the depth it starts. */
static int expression_end(const struct tokens *t, int i)
{
	static const char *const words[] = {"FROM", "WHERE", "ON", "RETURNING", "UNION", "LIMIT",
		"ORDER", "GROUP", "EXCEPT", "INTERSECT", NULL};
	int depth = i < t->n ? t->v[i].depth : 0;
	for (; i < t->n; i++) {
		if (t->v[i].depth < depth || (t->v[i].depth == depth && sign_is(t, i, ",")))
			break;
		bool is_word = t->v[i].depth == depth && t->v[i].kind == TOKEN_WORD;
		if (is_word && word_in(t->v[i].text, words) && !token_is(t, i - 1, "DISTINCT"))
			break;
	}
	return i;
}

/* Pairs the names in the parentheses at open with the expressions from i on. */
static int assign_list(const struct tokens *t, const struct finder *f, int open, int i)
{
	for (int name = open + 1; name < closing(t, open) && i < t->n; name += 2) {
		int end = expression_end(t, i);
		assign(t, f, t->v[name].text, i, end);
		i = end;
		if (!sign_is(t, i, ","))
			break;
		i++;
	}
	return i;
}

static void assign_insert(const struct tokens *t, const struct finder *f, int open)
{
	int i = closing(t, open) + 1;
	if (token_is(t, i, "SELECT")) {
		i++;
		assign_list(t, f, open, token_is(t, i, "DISTINCT") ? i + 1 : i);
	} else if (token_is(t, i, "VALUES")) {
		do {
			int row = i + 1;
			assign_list(t, f, open, row + 1);
			i = closing(t, row) + 1;
		} while (sign_is(t, i, ","));
	}
}

static void assign_set(const struct tokens *t, const struct finder *f, int i)
{
	while (i + 2 < t->n && sign_is(t, i + 1, "=")) {
		int end = expression_end(t, i + 2);
		assign(t, f, t->v[i].text, i + 2, end);
		if (!sign_is(t, end, ","))
			break;
		i = end + 1;
	}
}

void each_assignment(const struct query *q,
	void (*found)(void *context, const struct assignment *a), void *context)
{
	const struct tokens *t = &q->tokens;
	struct finder f = {found, context};
	for (int i = 0; i < t->n; i++) {
		int open = token_is(t, i + 2, "AS") ? i + 4 : i + 2;
		if (token_is(t, i, "INTO") && sign_is(t, open, "("))
			assign_insert(t, &f, open);
		else if (token_is(t, i, "SET") && t->v[i].depth == 0)
			assign_set(t, &f, i + 1);
	}
}
