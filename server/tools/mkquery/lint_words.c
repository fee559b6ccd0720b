/*
 * Portable SQL: what one engine refuses, or does differently without a word.
 */
#include "mkquery.h"

#include <string.h>

struct banned {
	const char *word;
	const char *advice;
};

static const struct banned words[] = {
	{"LIKE", "the engines differ in case; search by search_token"},
	{"ILIKE", "search by search_token"},
	{"GLOB", "search by search_token"},
	{"REGEXP", "search by search_token"},
	{"MATCH", "search by search_token"},
	{"COLLATE", "order by sort_key"},
	{"INDEXED", "leave the plan to the engine"},
	{"ROWID", "use the primary key"},
	{"OID", "use the primary key"},
	{"_ROWID_", "use the primary key"},
	{"ISNULL", "write IS NULL"},
	{"NOTNULL", "write IS NOT NULL"},
	{"NATURAL", "name the columns of the join"},
	{"CURRENT_TIMESTAMP", "time comes in as a parameter"},
	{"CURRENT_DATE", "time comes in as a parameter"},
	{"CURRENT_TIME", "time comes in as a parameter"},
};

static const struct banned functions[] = {
	{"iif", "write CASE WHEN"},
	{"ifnull", "write coalesce"},
	{"group_concat", "join the texts in the program"},
	{"datetime", "time comes in as a parameter"},
	{"date", "time comes in as a parameter"},
	{"time", "time comes in as a parameter"},
	{"julianday", "time comes in as a parameter"},
	{"strftime", "time comes in as a parameter"},
	{"unixepoch", "time comes in as a parameter"},
	{"last_insert_rowid", "the program makes the ids"},
	{"random", "chance comes in as a parameter"},
	{"lower", "the engines fold differently; fold in the program"},
	{"upper", "the engines fold differently; fold in the program"},
	{"instr", "search in the program"},
	{"total", "write sum"},
};

/* What both engines have and mean alike. */
static const char *const portable[] = {"count", "sum", "avg", "min", "max", "coalesce", "nullif",
	"abs", "length", "substr", "replace", "trim", "ltrim", "rtrim", "row_number", "rank",
	"dense_rank", "percent_rank", "cume_dist", "ntile", "lag", "lead", "first_value",
	"last_value", NULL};

static const char *banned_advice(const struct banned *list, size_t n, const char *word)
{
	for (size_t i = 0; i < n; i++) {
		if (word_is(list[i].word, word))
			return list[i].advice;
	}
	return NULL;
}

const char *word_advice(const char *word)
{
	return banned_advice(words, sizeof words / sizeof *words, word);
}

const char *function_advice(const char *name)
{
	return banned_advice(functions, sizeof functions / sizeof *functions, name);
}

const char *function_fault(const char *name)
{
	if (word_in(name, portable) || word_advice(name) != NULL)
		return NULL; /* the words have been reported as words */
	const char *advice = function_advice(name);
	return advice != NULL ? advice : "it is not known to be the same on both engines";
}

static void fault(const struct tokens *t, int i, const char *message)
{
	report(t->v[i].file, t->v[i].line, "%s", message);
}

static void lint_word(const struct tokens *t, int i)
{
	const char *advice = word_advice(t->v[i].text);
	if (advice != NULL)
		report(t->v[i].file, t->v[i].line, "%s is not portable: %s", t->v[i].text, advice);
	bool is_verb = token_is(t, i, "INSERT") || token_is(t, i, "UPDATE");
	if (is_verb && token_is(t, i + 1, "OR"))
		report(t->v[i].file, t->v[i].line, "%s OR is not portable: write ON CONFLICT",
			t->v[i].text);
	if (token_is(t, i, "REPLACE") && token_is(t, i + 1, "INTO"))
		fault(t, i, "REPLACE INTO is not portable: write ON CONFLICT");
	bool is_null_test = token_is(t, i + 1, "NULL") || token_is(t, i + 1, "DISTINCT") ||
			    (token_is(t, i + 1, "NOT") &&
				    (token_is(t, i + 2, "NULL") || token_is(t, i + 2, "DISTINCT")));
	if (token_is(t, i, "IS") && !is_null_test)
		fault(t, i, "IS is not portable between values: write = or IS NOT DISTINCT FROM");
}

static void lint_sign(const struct tokens *t, int i)
{
	if (sign_is(t, i, "=="))
		fault(t, i, "== is not portable: write =");
	else if (sign_is(t, i, "::"))
		fault(t, i, ":: is not portable: write CAST");
	else if (sign_is(t, i, "->") || sign_is(t, i, "->>"))
		fault(t, i, "JSON is read in the program, not in SQL");
	else if (sign_is(t, i, "*") &&
		 (sign_is(t, i - 1, ".") || sign_is(t, i - 1, ",") ||
			 token_is(t, i - 1, "SELECT") || token_is(t, i - 1, "DISTINCT") ||
			 token_is(t, i - 1, "ALL") || token_is(t, i - 1, "RETURNING")))
		fault(t, i, "SELECT * is refused: name the columns");
}

static bool is_in_cast(const struct tokens *t, int i)
{
	for (int k = i - 1; k > 0; k--) {
		if (sign_is(t, k, "(") && token_is(t, k - 1, "CAST") && closing(t, k) > i)
			return true;
	}
	return false;
}

/* INTEGER has 32 bits on PostgreSQL and REAL has 24 bits of precision. */
static void lint_cast(const struct tokens *t, int i)
{
	int end = closing(t, i + 1);
	if (token_is(t, end - 2, "AS") &&
		(token_is(t, end - 1, "BIGINT") || token_is(t, end - 1, "TEXT")))
		return;
	if (token_is(t, end - 3, "AS") && token_is(t, end - 2, "DOUBLE") &&
		token_is(t, end - 1, "PRECISION"))
		return;
	fault(t, i, "CAST knows BIGINT, TEXT and DOUBLE PRECISION");
}

static void lint_call(const struct tokens *t, int i)
{
	if (token_is(t, i, "CAST"))
		lint_cast(t, i);
	bool is_sum = token_is(t, i, "sum") || token_is(t, i, "avg");
	if (is_sum && !is_in_cast(t, i))
		report(t->v[i].file, t->v[i].line,
			"%s() has another type on PostgreSQL: write CAST(%s(…) AS BIGINT)",
			t->v[i].text, t->v[i].text);
	if (!token_is(t, i, "max") && !token_is(t, i, "min"))
		return;
	for (int k = i + 2; k < closing(t, i + 1); k++) {
		if (sign_is(t, k, ",") && t->v[k].depth == t->v[i].depth + 1) {
			report(t->v[i].file, t->v[i].line,
				"%s() of several values is not portable: write CASE WHEN",
				t->v[i].text);
			return;
		}
	}
}

/* PostgreSQL has no LIMIT here, and `LIMIT skip, n` nowhere. */
static void lint_limit(const struct tokens *t, int i)
{
	if (sign_is(t, i + 1, "-"))
		fault(t, i, "LIMIT -1 is not portable");
	for (int k = i + 1; k < t->n && t->v[k].depth >= t->v[i].depth; k++) {
		if (sign_is(t, k, ",") && t->v[k].depth == t->v[i].depth)
			fault(t, i, "LIMIT skip, n is not portable: write LIMIT n OFFSET skip");
	}
	bool is_change = token_is(t, 0, "UPDATE") || token_is(t, 0, "DELETE");
	if (is_change && t->v[i].depth == 0)
		fault(t, i,
			"UPDATE and DELETE have no LIMIT on PostgreSQL: choose the rows by IN (…)");
}

bool lint_verb(const struct query *q)
{
	static const char *const verbs[] = {"SELECT", "WITH", "INSERT", "UPDATE", "DELETE", NULL};
	const struct token *t = &q->tokens.v[0];
	bool is_replace = token_is(&q->tokens, 0, "REPLACE");
	if (is_replace || (t->kind == TOKEN_WORD && word_in(t->text, verbs)))
		return true;
	report(t->file, t->line, "a statement begins with SELECT, WITH, INSERT, UPDATE or DELETE");
	return false;
}

/*
 * A truth value is a number on SQLite and a boolean on PostgreSQL. Looks at the items of the
 * outermost SELECT and RETURNING, outside CASE and parentheses.
 */
static void lint_truth(const struct tokens *t, int first)
{
	static const char *const tests[] = {
		"IS", "IN", "EXISTS", "AND", "OR", "NOT", "BETWEEN", NULL};
	static const char *const signs[] = {"=", "<", ">", "<=", ">=", "<>", "!=", NULL};
	static const char *const ends[] = {"FROM", "WHERE", "GROUP", "ORDER", "HAVING", "LIMIT",
		"UNION", "EXCEPT", "INTERSECT", "WINDOW", "ON", NULL};
	int depth = t->v[first].depth;
	int n_case = 0;
	for (int i = first; i < t->n && t->v[i].depth >= depth; i++) {
		if (t->v[i].depth > depth)
			continue;
		if (t->v[i].kind == TOKEN_WORD && word_in(t->v[i].text, ends))
			return;
		n_case += token_is(t, i, "CASE");
		n_case -= token_is(t, i, "END");
		bool is_word = t->v[i].kind == TOKEN_WORD && word_in(t->v[i].text, tests);
		bool is_sign = t->v[i].kind == TOKEN_SIGN && word_in(t->v[i].text, signs);
		if (n_case == 0 && (is_word || is_sign)) {
			fault(t, i,
				"a truth value is no number on PostgreSQL: "
				"write CASE WHEN … THEN 1 ELSE 0 END");
			return;
		}
	}
}

/* A flag alone is no condition on PostgreSQL. */
static void lint_flag(const struct tokens *t, int i)
{
	static const char *const before[] = {
		"WHERE", "AND", "OR", "NOT", "ON", "HAVING", "WHEN", NULL};
	static const char *const after[] = {"AND", "OR", "THEN", "GROUP", "ORDER", "LIMIT", NULL};
	const char *name = t->v[i].text;
	int start = sign_is(t, i - 1, ".") ? i - 2 : i;
	if (start < 1 || (!starts_with(name, "is_") && !starts_with(name, "has_")))
		return;
	const struct token *previous = &t->v[start - 1];
	bool is_alone = previous->kind == TOKEN_WORD && word_in(previous->text, before);
	bool is_end = i + 1 >= t->n || sign_is(t, i + 1, ")") ||
		      (t->v[i + 1].kind == TOKEN_WORD && word_in(t->v[i + 1].text, after));
	if (is_alone && is_end)
		report(t->v[i].file, t->v[i].line,
			"a number is no condition on PostgreSQL: write %s = 1", name);
}

void lint_words(const struct query *q)
{
	const struct tokens *t = &q->tokens;
	for (int i = 0; i < t->n; i++) {
		if (t->v[i].kind == TOKEN_SIGN)
			lint_sign(t, i);
		if (t->v[i].kind != TOKEN_WORD)
			continue;
		lint_word(t, i);
		lint_flag(t, i);
		if (sign_is(t, i + 1, "("))
			lint_call(t, i);
		if (token_is(t, i, "LIMIT"))
			lint_limit(t, i);
		bool is_list = token_is(t, i, "SELECT") || token_is(t, i, "RETURNING");
		if (is_list && t->v[i].depth == 0 && i + 1 < t->n)
			lint_truth(t, i + 1);
	}
}
