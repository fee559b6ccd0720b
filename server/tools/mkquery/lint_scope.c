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

/* ---- one event ---- */

static bool is_event_param(const struct tokens *t, int i)
{
	return i < t->n && t->v[i].kind == TOKEN_PARAM && strcmp(t->v[i].text, "event_id") == 0;
}

/* event_id, x.event_id or event.id, the three ways to say which event another row is of. */
static bool is_event_column(const struct tokens *t, int i)
{
	if (token_is(t, i, "event") && sign_is(t, i + 1, ".") && token_is(t, i + 2, "id"))
		return true;
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
			(is_equal && !is_event_param(t, i + 2) && !is_event_column(t, i + 2)))
			report(next->file, next->line,
				"event_id is compared with = :event_id, = event.id or "
				"the event_id of another table, nothing else");
	}
}

struct target {
	bool is_inserted;
	bool is_given;
};

static void check_event_value(void *context, const struct assignment *a)
{
	struct target *target = context;
	const struct token *t = &a->tokens->v[a->first];
	if (!word_is(a->column, "event_id"))
		return;
	target->is_given = true;
	if (!target->is_inserted)
		report(t->file, t->line, "event_id of a row never changes");
	else if (!is_event_param(a->tokens, a->first) &&
		 !(is_event_column(a->tokens, a->first) && has_scope(a->tokens)))
		report(t->file, t->line, "event_id of a new row is :event_id");
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
		bool is_target = source->is_inserted || source->is_updated;
		if (!is_target || !find_table(s, source->table)->is_event)
			continue;
		struct target target = {.is_inserted = source->is_inserted};
		const struct token *at = &q->tokens.v[source->token];
		each_assignment(q, check_event_value, &target);
		if (target.is_inserted && !target.is_given)
			report(at->file, at->line,
				"INSERT INTO %s lists its columns and gives :event_id to event_id",
				source->table);
	}
}

/*
 * In DO UPDATE both the row that is there and excluded are in sight, and PostgreSQL wants to be
 * told which one a column is of.
 */
static void lint_upsert(const struct schema *s, const struct query *q)
{
	const struct tokens *t = &q->tokens;
	const struct table *target = NULL;
	int i = 0;
	while (i < t->n && !(token_is(t, i, "DO") && token_is(t, i + 1, "UPDATE")))
		i++;
	for (int k = 0; k < q->sources.n; k++) {
		if (q->sources.v[k].is_inserted)
			target = find_table(s, q->sources.v[k].table);
	}
	for (i += 3; target != NULL && i < t->n && !token_is(t, i, "RETURNING"); i++) {
		bool is_set = sign_is(t, i + 1, "=") &&
			      (token_is(t, i - 1, "SET") || sign_is(t, i - 1, ","));
		if (sign_is(t, i, "(") && token_is(t, i + 1, "SELECT"))
			i = closing(t, i);
		else if (t->v[i].kind == TOKEN_WORD && find_column(target, t->v[i].text) != NULL &&
			 !is_set && !sign_is(t, i - 1, ".") && !sign_is(t, i + 1, "."))
			report(t->v[i].file, t->v[i].line,
				"%s is of two rows for PostgreSQL: write %s.%s or excluded.%s",
				t->v[i].text, target->name, t->v[i].text, t->v[i].text);
	}
}

void lint_scope(const struct schema *s, const struct query *q)
{
	const char *table = NULL;
	lint_target(s, q);
	lint_upsert(s, q);
	if (!touches_event(s, q, &table))
		return;
	lint_comparisons(&q->tokens);
	if (!has_scope(&q->tokens))
		report(q->file, q->line, "%s uses the event table %s without event_id = :event_id",
			q->name, table);
}
