/*
 * Which tables a statement names, and whether it keeps to one event. Together with check_plan.c,
 * which refuses any reading of an event table that is not led by event_id, this is what keeps the
 * events of one database apart.
 */
#include "mkquery.h"

#include <string.h>

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

struct assignments {
	void (*found)(void *context, const char *column, const char *param, int line);
	void *context;
};

/* Calls found when the tokens from first to before end are a single parameter. */
static void assign(
	const struct tokens *t, const struct assignments *a, const char *column, int first, int end)
{
	const char *param = NULL;
	if (end - first == 1 && t->v[first].kind == TOKEN_PARAM)
		param = t->v[first].text;
	if (end > first)
		a->found(a->context, column, param, t->v[first].line);
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
static int assign_list(const struct tokens *t, const struct assignments *a, int open, int i)
{
	for (int name = open + 1; name < closing(t, open) && i < t->n; name += 2) {
		int end = expression_end(t, i);
		assign(t, a, t->v[name].text, i, end);
		i = end;
		if (!sign_is(t, i, ","))
			break;
		i++;
	}
	return i;
}

static void assign_insert(const struct tokens *t, const struct assignments *a, int open)
{
	int i = closing(t, open) + 1;
	if (token_is(t, i, "SELECT")) {
		i++;
		assign_list(t, a, open, token_is(t, i, "DISTINCT") ? i + 1 : i);
	} else if (token_is(t, i, "VALUES")) {
		do {
			int row = i + 1;
			assign_list(t, a, open, row + 1);
			i = closing(t, row) + 1;
		} while (sign_is(t, i, ","));
	}
}

static void assign_set(const struct tokens *t, const struct assignments *a, int i)
{
	while (i + 2 < t->n && sign_is(t, i + 1, "=")) {
		int end = expression_end(t, i + 2);
		assign(t, a, t->v[i].text, i + 2, end);
		if (!sign_is(t, end, ","))
			break;
		i = end + 1;
	}
}

void each_assignment(const struct query *q,
	void (*found)(void *context, const char *column, const char *param, int line),
	void *context)
{
	const struct tokens *t = &q->tokens;
	struct assignments a = {found, context};
	for (int i = 0; i < t->n; i++) {
		int open = token_is(t, i + 2, "AS") ? i + 4 : i + 2;
		if (token_is(t, i, "INTO") && sign_is(t, open, "("))
			assign_insert(t, &a, open);
		else if (token_is(t, i, "SET") && t->v[i].depth == 0)
			assign_set(t, &a, i + 1);
	}
}

/* ---- one event ---- */

static bool is_event_param(const struct tokens *t, int i)
{
	return i < t->n && t->v[i].kind == TOKEN_PARAM && strcmp(t->v[i].text, "event_id") == 0;
}

static bool is_qualified_event_id(const struct tokens *t, int i)
{
	return token_is(t, i, "event_id") ||
	       (sign_is(t, i + 1, ".") && token_is(t, i + 2, "event_id"));
}

static bool has_scope(const struct tokens *t)
{
	for (int i = 0; i < t->n; i++) {
		if (token_is(t, i, "event_id") && sign_is(t, i + 1, "=") &&
			is_event_param(t, i + 2))
			return true;
	}
	return false;
}

/* event_id is equal to :event_id or to that of another table; everything else crosses events. */
static void lint_comparisons(const struct tokens *t)
{
	static const char *const signs[] = {"<", ">", "<=", ">=", "<>", "!=", NULL};
	for (int i = 0; i < t->n; i++) {
		if (!token_is(t, i, "event_id") || i + 1 >= t->n)
			continue;
		const struct token *next = &t->v[i + 1];
		bool is_equal = sign_is(t, i + 1, "=");
		bool is_other = next->kind == TOKEN_SIGN && word_in(next->text, signs);
		if (is_other || token_is(t, i + 1, "IN") || token_is(t, i + 1, "BETWEEN") ||
			(is_equal && !is_event_param(t, i + 2) && !is_qualified_event_id(t, i + 2)))
			report(next->file, next->line,
				"event_id is compared with = :event_id or with the event_id of "
				"another "
				"table, nothing else");
	}
}

struct insert_check {
	const struct token *into;
	const struct query *q;
	bool is_given;
};

static void check_event_value(void *context, const char *column, const char *param, int line)
{
	struct insert_check *c = context;
	if (!word_is(column, "event_id"))
		return;
	bool is_insert = c->into != NULL;
	if (!is_insert)
		report(c->q->file, line, "event_id of a row never changes");
	else if (param == NULL || strcmp(param, "event_id") != 0)
		report(c->q->file, line, "event_id of a new row is :event_id");
	c->is_given = true;
}

static bool touches_event(const struct schema *s, const struct query *q, const char **table)
{
	bool is_insert = false;
	for (int i = 0; i < q->sources.n; i++)
		is_insert |= q->sources.v[i].is_inserted;
	/* An INSERT touches its own table too: only what it reads from counts. */
	for (int i = 0; i < q->sources.n; i++) {
		const struct table *t = find_table(s, q->sources.v[i].table);
		*table = t->name;
		if (t->is_event && !q->sources.v[i].is_inserted)
			return true;
	}
	for (int i = 0; !is_insert && i < q->touched.n; i++) {
		const struct table *t = find_table(s, q->touched.v[i]);
		*table = q->touched.v[i];
		if (t != NULL && t->is_event)
			return true;
	}
	return false;
}

static void lint_target(const struct schema *s, const struct query *q)
{
	for (int i = 0; i < q->sources.n; i++) {
		const struct source *source = &q->sources.v[i];
		if (!source->is_inserted)
			continue;
		if (!find_table(s, source->table)->is_event)
			return; /* a global table may well name an event */
		struct insert_check c = {.q = q, .into = &q->tokens.v[source->token]};
		each_assignment(q, check_event_value, &c);
		if (!c.is_given)
			report(c.into->file, c.into->line,
				"INSERT INTO %s lists its columns and gives :event_id to event_id",
				source->table);
		return;
	}
	struct insert_check c = {.q = q};
	each_assignment(q, check_event_value, &c);
}

void lint_scope(const struct schema *s, const struct query *q)
{
	const char *table = NULL;
	lint_target(s, q);
	if (!touches_event(s, q, &table))
		return;
	lint_comparisons(&q->tokens);
	if (!has_scope(&q->tokens))
		report(q->file, q->line, "%s uses the event table %s without event_id = :event_id",
			q->name, table);
}
