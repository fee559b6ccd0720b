/*
 * Does a statement keep to one event? Together with check_plan.c, which refuses any reading of an
 * event table that is not led by event_id, this is what keeps the events of one database apart.
 */
#include "mkquery.h"

#include <string.h>

static bool is_event_param(const struct tokens *t, int i)
{
	return i < t->n && t->v[i].kind == TOKEN_PARAM && strcmp(t->v[i].text, "event_id") == 0;
}

static bool is_global_alias(const struct schema *s, const struct query *q, const char *alias)
{
	for (int i = 0; i < q->sources.n; i++) {
		const struct source *source = &q->sources.v[i];
		if (word_is(source->alias, alias) && !find_table(s, source->table)->is_event)
			return true;
	}
	return false;
}

/* event_id or x.event_id, unless x is a global table: that may be of any event. */
static bool is_event_column(const struct schema *s, const struct query *q, int i)
{
	const struct tokens *t = &q->tokens;
	if (token_is(t, i, "event_id"))
		return !sign_is(t, i - 1, ".") || !is_global_alias(s, q, t->v[i - 2].text);
	return sign_is(t, i + 1, ".") && token_is(t, i + 2, "event_id") &&
	       !is_global_alias(s, q, t->v[i].text);
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

/* event_id is equal to :event_id or to that of another event table; all else crosses events. */
static void lint_comparisons(const struct schema *s, const struct query *q)
{
	const struct tokens *t = &q->tokens;
	static const char *const signs[] = {"<", ">", "<=", ">=", "<>", "!=", NULL};
	for (int i = 0; i < t->n; i++) {
		if (!token_is(t, i, "event_id") || i + 1 >= t->n)
			continue;
		const struct token *next = &t->v[i + 1];
		bool is_equal = sign_is(t, i + 1, "=");
		bool is_held = is_event_param(t, i + 2) ||
			       (is_event_column(s, q, i) && is_event_column(s, q, i + 2));
		bool is_other = next->kind == TOKEN_SIGN && word_in(next->text, signs);
		if (is_other || token_is(t, i + 1, "IN") || token_is(t, i + 1, "BETWEEN") ||
			(is_equal && !is_held))
			report(next->file, next->line,
				"event_id is compared with = :event_id or "
				"the event_id of another event table, nothing else");
	}
}

struct target {
	const struct schema *schema;
	const struct query *query;
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
		 !(is_event_column(target->schema, target->query, a->first) &&
			 has_scope(a->tokens)))
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
		struct target target = {s, q, .is_inserted = source->is_inserted};
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
	lint_comparisons(s, q);
	if (!has_scope(&q->tokens))
		report(q->file, q->line, "%s uses the event table %s without event_id = :event_id",
			q->name, table);
}
