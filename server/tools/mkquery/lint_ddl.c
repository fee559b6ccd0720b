/*
 * The words of migrations: what the engine would take, but PostgreSQL or the rules would not.
 */
#include "mkquery.h"

#include <string.h>

/* A statement of a migration makes, changes or drops a table or an index, or changes rows. */
static bool may_begin(const struct tokens *t, int i)
{
	static const char *const objects[] = {"TABLE", "INDEX", "UNIQUE", NULL};
	static const char *const changes[] = {"INSERT", "UPDATE", "DELETE", NULL};
	if (t->v[i].kind != TOKEN_WORD || word_in(t->v[i].text, changes))
		return t->v[i].kind == TOKEN_WORD;
	bool is_ddl = token_is(t, i, "CREATE") || token_is(t, i, "ALTER") || token_is(t, i, "DROP");
	return is_ddl && i + 1 < t->n && word_in(t->v[i + 1].text, objects);
}

static void lint_ddl_word(const struct tokens *t, int i)
{
	const struct token *at = &t->v[i];
	const char *advice = word_advice(at->text);
	if (advice == NULL && sign_is(t, i + 1, "("))
		advice = function_advice(at->text);
	if (token_is(t, i, "AUTOINCREMENT"))
		advice = "the program makes the ids";
	if (token_is(t, i, "INSERT") && token_is(t, i + 1, "OR"))
		advice = "write ON CONFLICT";
	bool is_without_rowid = token_is(t, i, "ROWID"); /* the engine's view of it is reported */
	if (advice != NULL && !is_without_rowid)
		report(at->file, at->line, "%s is not portable: %s", at->text, advice);
}

static void lint_file(const struct tokens *all)
{
	struct tokens t = {0};
	for (int i = 0; i < all->n; i++) {
		if (all->v[i].kind != TOKEN_COMMENT)
			PUSH(t, all->v[i]);
	}
	for (int i = 0; i < t.n; i++) {
		bool is_start = i == 0 || sign_is(&t, i - 1, ";");
		if (is_start && !sign_is(&t, i, ";") && !may_begin(&t, i))
			report(t.v[i].file, t.v[i].line,
				"a migration creates, alters and drops tables and indexes, and "
				"changes rows; nothing else");
		if (t.v[i].kind == TOKEN_WORD)
			lint_ddl_word(&t, i);
	}
}

void lint_ddl(const struct schema *s)
{
	for (int i = 0; i < s->files.n; i++)
		lint_file(&s->files.v[i].tokens);
}
