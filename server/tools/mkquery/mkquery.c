/*
 * The way through the tool: read, judge everything, and write only when nothing was wrong.
 */
#include "mkquery.h"

#include <sqlite3.h>
#include <sys/stat.h>

int main(int argc, char **argv)
{
	struct stat info;
	if (argc != 3)
		die("usage: mkquery SCHEMA OUT");
	if (stat(argv[1], &info) != 0 || !S_ISDIR(info.st_mode))
		die("%s is not a folder", argv[1]);
	struct schema schema = read_schema(text_format("%s/migrations", argv[1]));
	lint_ddl(&schema);
	lint_schema(&schema);
	struct queries queries = read_queries(text_format("%s/queries", argv[1]));
	check_names(&queries);
	for (int i = 0; i < queries.n; i++)
		check_query(&schema, &queries.v[i]);
	sqlite3_close(schema.db);
	if (n_reports() > 0)
		return 1;
	emit_query(argv[2], &queries);
	emit_schema(argv[2], &schema);
	return 0;
}
