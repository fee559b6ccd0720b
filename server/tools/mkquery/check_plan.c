/*
 * The plan. A statement that reads a whole table says why; one that reads an event table other than
 * through its event_id is refused for good, for it would read across events.
 *
 * The byte code is asked, not EXPLAIN QUERY PLAN: that one names aliases, does not tell a table
 * from a subquery, and says nothing of an index walked for IN (SELECT …). In the byte code a loop
 * over all of a table is a Rewind or Last on a cursor that is open on the table or its index, and a
 * Next or Prev on it that jumps back to just behind.
 */
#include "mkquery.h"

#include <sqlite3.h>
#include <string.h>

struct op {
	const char *code;
	int p1, p2, p3;
};

struct program {
	struct op *v;
	int n;
};

static const char *table_of_page(const struct schema *s, int page)
{
	static const char sql[] = "SELECT tbl_name FROM sqlite_schema WHERE rootpage = ?1";
	sqlite3_stmt *st = schema_ask(s, sql, NULL);
	sqlite3_bind_int(st, 1, page);
	const char *name = sqlite3_step(st) == SQLITE_ROW ? schema_text(st, 0) : NULL;
	sqlite3_finalize(st);
	return name;
}

static void report_scan(const struct schema *s, const struct query *q, const char *table_name)
{
	const struct table *table = table_name == NULL ? NULL : find_table(s, table_name);
	if (table == NULL)
		return;
	if (table->is_event)
		report(q->file, q->line,
			"%s reads %s across events: every mention of it needs its event_id",
			q->name, table->name);
	else if (!q->is_scan_allowed)
		report(q->file, q->line,
			"%s reads all of %s: use an index, or say `-- scan: reason`", q->name,
			table->name);
}

/* The table a cursor is open on; NULL for one that is made up on the way. */
static const char *table_of_cursor(const struct schema *s, const struct program *p, int cursor)
{
	static const char *const opens[] = {"OpenRead", "OpenWrite", "ReopenIdx", NULL};
	for (int i = 0; i < p->n; i++) {
		const struct op *op = &p->v[i];
		if (op->p1 == cursor && op->p3 == 0 && word_in(op->code, opens))
			return table_of_page(s, op->p2);
	}
	return NULL;
}

/*
 * Does what is begun at i go round? The search for a least or greatest value is written as a loop
 * as well, but leaves it forward after the first row.
 */
static bool is_loop(const struct program *p, int i)
{
	for (int k = i + 1; k < p->n; k++) {
		const struct op *op = &p->v[k];
		bool goes_on = word_is(op->code, "Next") || word_is(op->code, "Prev");
		if (!goes_on || op->p1 != p->v[i].p1 || op->p2 != i + 1)
			continue;
		const struct op *before = &p->v[k - 1];
		return !(word_is(before->code, "Goto") && before->p2 > k);
	}
	return false;
}

static struct program explain(const struct schema *s, const struct query *q)
{
	struct program p = {0};
	sqlite3_stmt *st = schema_ask(s, text_format("EXPLAIN %s", q->sqlite), NULL);
	while (sqlite3_step(st) == SQLITE_ROW)
		PUSH(p, (struct op){schema_text(st, 1), sqlite3_column_int(st, 2),
				sqlite3_column_int(st, 3), sqlite3_column_int(st, 4)});
	sqlite3_finalize(st);
	return p;
}

void check_plan(const struct schema *s, const struct query *q)
{
	struct program p = explain(s, q);
	for (int i = 0; i < p.n; i++) {
		const struct op *op = &p.v[i];
		bool is_start = word_is(op->code, "Rewind") || word_is(op->code, "Last");
		if (word_is(op->code, "Count") || (is_start && is_loop(&p, i)))
			report_scan(s, q, table_of_cursor(s, &p, op->p1));
		else if (word_is(op->code, "Clear") && op->p2 == 0) /* DELETE without WHERE */
			report_scan(s, q, table_of_page(s, op->p1));
	}
}
