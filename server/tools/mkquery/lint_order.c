/*
 * NULL sorts first on SQLite and last on PostgreSQL. Where a plain column that may be NULL is
 * ordered by, NULLS FIRST or LAST must stand; expressions are left alone, for nobody knows.
 */
#include "mkquery.h"

#include <string.h>

struct item { /* of ORDER BY: [alias.]name */
	const char *alias;
	const char *name;
	int depth;
};

static bool may_be_null(const struct schema *s, const struct source *source, const char *name)
{
	const struct column *c = find_column(find_table(s, source->table), name);
	return c != NULL && (c->is_nullable || source->is_outer);
}

/* A name given by AS inside the statement may be anything. */
static bool is_given_by_as(const struct tokens *t, const char *name)
{
	for (int i = 1; i < t->n; i++) {
		if (token_is(t, i, name) && token_is(t, i - 1, "AS"))
			return true;
	}
	return false;
}

static bool is_plain_nullable(
	const struct schema *s, const struct query *q, const struct item *item)
{
	if (item->alias == NULL && item->depth == 0) {
		for (int i = 0; i < q->columns.n; i++) {
			const struct member *c = &q->columns.v[i];
			if (strcmp(c->name, item->name) == 0)
				return c->is_nullable && !c->is_expression;
		}
	}
	if (item->alias == NULL && is_given_by_as(&q->tokens, item->name))
		return false;
	int n_nullable = 0;
	for (int i = 0; i < q->sources.n; i++) {
		const struct source *source = &q->sources.v[i];
		const struct table *table = find_table(s, source->table);
		if (item->alias != NULL && !word_is(source->alias, item->alias))
			continue;
		if (find_column(table, item->name) == NULL)
			continue;
		if (!may_be_null(s, source, item->name))
			return false;
		n_nullable++;
	}
	return n_nullable > 0;
}

/* Reads an item at *i and moves to its end; false when it is not a plain column without NULLS. */
static bool read_item(const struct tokens *t, int *i, struct item *item)
{
	int k = *i;
	bool is_column = k < t->n && t->v[k].kind == TOKEN_WORD && !sign_is(t, k + 1, "(");
	*item = (struct item){.depth = t->v[k < t->n ? k : t->n - 1].depth};
	if (is_column && sign_is(t, k + 1, ".")) {
		item->alias = t->v[k].text;
		k += 2;
	}
	if (is_column && k < t->n)
		item->name = t->v[k++].text;
	if (token_is(t, k, "ASC") || token_is(t, k, "DESC"))
		k++;
	bool has_nulls = token_is(t, k, "NULLS");
	bool is_end = k >= t->n || sign_is(t, k, ",") || sign_is(t, k, ")") ||
		      token_is(t, k, "LIMIT") || token_is(t, k, "ROWS") ||
		      token_is(t, k, "RANGE") || token_is(t, k, "GROUPS");
	*i = k;
	return is_column && !has_nulls && is_end;
}

static int next_item(const struct tokens *t, int i, int depth)
{
	static const char *const ends[] = {"LIMIT", "ROWS", "RANGE", "GROUPS", "RETURNING", NULL};
	for (; i < t->n && t->v[i].depth >= depth; i++) {
		if (t->v[i].depth > depth)
			continue;
		if (sign_is(t, i, ","))
			return i + 1;
		if (t->v[i].kind == TOKEN_WORD && word_in(t->v[i].text, ends))
			break;
	}
	return t->n;
}

void lint_order(const struct schema *s, const struct query *q)
{
	const struct tokens *t = &q->tokens;
	for (int i = 0; i < t->n; i++) {
		if (!token_is(t, i, "ORDER") || !token_is(t, i + 1, "BY"))
			continue;
		for (int k = i + 2; k < t->n;) {
			struct item item;
			const struct token *at = &t->v[k];
			if (read_item(t, &k, &item) && is_plain_nullable(s, q, &item))
				report(at->file, at->line,
					"%s may be NULL: write NULLS FIRST or NULLS LAST",
					item.name);
			k = next_item(t, k, t->v[i].depth);
		}
	}
}
