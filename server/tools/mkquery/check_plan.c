/*
 * The plan. A statement that reads a whole table says why; one that reads an event table other than
 * through its event_id is refused for good, for it would read across events.
 *
 * The byte code is asked, not the words of EXPLAIN QUERY PLAN alone: those name aliases, and do not
 * tell a table from a subquery. In the byte code a plan line stands before the loop it describes,
 * and the loop begins with Rewind or Last on a cursor that was opened on the page of a table.
 */
#include "mkquery.h"

#include <sqlite3.h>
#include <string.h>

enum { MAX_CURSORS = 256 };

struct plan {
	const struct schema *schema;
	const struct query *query;
	const char *cursors[MAX_CURSORS]; /* the table each is open on; NULL: none, or made up */
	bool is_scan;                     /* the last plan line was a SCAN */
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

static void report_scan(const struct plan *p, const char *table_name)
{
	const struct query *q = p->query;
	const struct table *table = table_name == NULL ? NULL : find_table(p->schema, table_name);
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

static void step_plan(struct plan *p, const char *op, int p1, int p2, int p3, const char *p4)
{
	static const char *const opens[] = {"OpenRead", "OpenWrite", "ReopenIdx", NULL};
	static const char *const other_opens[] = {"OpenEphemeral", "OpenAutoindex", "OpenPseudo",
		"OpenDup", "SorterOpen", "VOpen", NULL};
	static const char *const starts[] = {"Rewind", "Last", "Count", NULL};
	static const char *const other_starts[] = {"Yield", "InitCoroutine", "VFilter", NULL};
	bool is_cursor = p1 >= 0 && p1 < MAX_CURSORS;
	if (word_in(op, opens) && is_cursor)
		p->cursors[p1] = p3 == 0 ? table_of_page(p->schema, p2) : NULL;
	else if (word_in(op, other_opens) && is_cursor)
		p->cursors[p1] = NULL;
	else if (word_is(op, "Clear")) /* DELETE without WHERE */
		report_scan(p, p2 == 0 ? table_of_page(p->schema, p1) : NULL);
	else if (word_is(op, "Explain"))
		p->is_scan = p4 != NULL && starts_with(p4, "SCAN ");
	else if (p->is_scan && word_in(op, starts) && is_cursor)
		report_scan(p, p->cursors[p1]);
	if (word_in(op, starts) || word_in(op, other_starts))
		p->is_scan = false;
}

void check_plan(const struct schema *s, const struct query *q)
{
	struct plan p = {.schema = s, .query = q};
	const char *sql = text_format("EXPLAIN %s", q->sqlite);
	sqlite3_stmt *st = schema_ask(s, sql, NULL);
	while (sqlite3_step(st) == SQLITE_ROW) {
		const char *p4 = schema_text(st, 5);
		step_plan(&p, schema_text(st, 1), sqlite3_column_int(st, 2),
			sqlite3_column_int(st, 3), sqlite3_column_int(st, 4), p4);
	}
	sqlite3_finalize(st);
}
