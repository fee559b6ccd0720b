/*
 * mkquery: from SQL files to typed C, at build time.
 *
 *   mkquery SCHEMA OUT
 *
 * reads SCHEMA/migrations and SCHEMA/queries (their form: schema/README.md), checks them on an
 * SQLite in memory and writes OUT/query.[ch] and OUT/schema.[ch]. Errors are `file:line: message`,
 * all of them that can be found in one run; then nothing is written and the exit status is 1.
 *
 * The way of a statement: lex.c makes tokens, read_queries.c makes queries of them and opens the
 * policy predicates, lint_*.c judge the tokens, check*.c ask SQLite, emit_*.c write.
 * This is a tool of the build host: memory lives until the process ends.
 */
#ifndef MKQUERY_H
#define MKQUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct sqlite3;
struct sqlite3_stmt;

/* ---- util.c: errors, memory, files ---- */

#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))

/* Prints `file:line: message` on stderr, the same one once only, and counts it. */
void report(const char *file, int line, const char *format, ...) PRINTF_LIKE(3, 4);
int n_reports(void);
/* For what no SQL file is to blame for: prints and exits with 1. */
_Noreturn void die(const char *format, ...) PRINTF_LIKE(1, 2);

/* Room for one item more after n items of the given size; old contents move along. */
void *grow(void *items, int n, size_t size);
#define PUSH(list, ...)                                                                            \
	do {                                                                                       \
		(list).v = grow((list).v, (list).n, sizeof *(list).v);                             \
		(list).v[(list).n++] = (__VA_ARGS__);                                              \
	} while (0)

char *text_copy(const char *p, size_t n);
char *text_format(const char *format, ...) PRINTF_LIKE(1, 2);
/* Without regard to the case of ASCII letters, as SQL compares words. */
bool word_is(const char *a, const char *b);
bool word_in(const char *word, const char *const *list); /* list ends with NULL */
bool ends_with(const char *s, const char *end);
bool starts_with(const char *s, const char *start);
/* [a-z][a-z0-9_]*: what may become a name in C. */
bool is_name(const char *s);

struct names {
	const char **v;
	int n;
};

bool names_have(const struct names *names, const char *name);
/* The *.sql files of a folder, sorted; a folder that is missing is empty. */
struct names sql_files(const char *folder);
char *file_read(const char *path, size_t *n_bytes);

/* ---- lex.c: tokens ---- */

enum token_kind {
	TOKEN_WORD,  /* keyword or identifier, as written */
	TOKEN_PARAM, /* text without the colon */
	TOKEN_NUMBER,
	TOKEN_STRING,  /* with its quotes */
	TOKEN_SIGN,    /* an operator or punctuation, whole: "<=" */
	TOKEN_COMMENT, /* one line of --, trimmed, without the dashes */
	TOKEN_VISIBLE, /* the text is the name of a predicate of policy.sql */
	TOKEN_WHERE,   /* … of where.sql */
};

enum gap { GAP_NONE, GAP_SPACE, GAP_LINE }; /* the white space before a token */

struct token {
	enum token_kind kind;
	const char *text;
	const char *file;
	int line;
	enum gap gap;
	bool is_pg;     /* from the inside of a pg comment: not there for SQLite */
	int depth;      /* parentheses around it; a parenthesis itself counts as outside */
	int sql_offset; /* where it stands in query.sqlite */
};

struct tokens {
	struct token *v;
	int n;
};

/* Appends the tokens of a text; reports what it cannot read (and leaves it out). */
void lex(const char *file, const char *text, struct tokens *out);
/* Sets the depth of each token. */
void set_depths(struct tokens *t);
bool token_is(const struct tokens *t, int i, const char *word); /* a word; false out of range */
bool sign_is(const struct tokens *t, int i, const char *sign);
/* The index of the parenthesis that closes the one at i, or t->n. */
int closing(const struct tokens *t, int i);

/* ---- read_queries.c: statements and predicates ---- */

enum kind { KIND_NONE, KIND_INT, KIND_TEXT, KIND_REAL };
enum shape { SHAPE_ONE, SHAPE_MAYBE, SHAPE_MANY, SHAPE_EXEC };

/* A line such as `-- type: title text` or `-- null: room_id`. */
struct note {
	const char *name;
	enum kind kind; /* KIND_NONE: a null note */
	const char *file;
	int line;
	bool is_from_predicate; /* then it need not concern every statement */
};

struct notes {
	struct note *v;
	int n;
};

struct member { /* a parameter or a result column */
	const char *name;
	enum kind kind;
	bool is_nullable;   /* parameter: 0 is sent as NULL; column: NULL may come */
	bool is_expression; /* of a column: it is not just a column of a table */
};

struct members {
	struct member *v;
	int n;
};

/* A table behind FROM, JOIN, UPDATE or INTO. */
struct source {
	const char *table;
	const char *alias; /* the table's name when it has none */
	bool is_inserted;  /* the target of INSERT */
	bool is_updated;   /* the target of UPDATE */
	bool is_outer;     /* its columns may be NULL because of an outer join */
	int token;
};

struct sources {
	struct source *v;
	int n;
};

struct query {
	const char *name;
	const char *file;
	int line;
	enum shape shape;
	struct names doc; /* its comment, a line each */
	struct notes notes;
	bool is_scan_allowed;
	bool is_broken;         /* a predicate is missing: it would give nonsense to check on */
	struct names visible;   /* the predicates it asks for */
	struct tokens tokens;   /* opened, without comments and without pg parts */
	struct tokens pg;       /* the same with them */
	struct sources sources; /* see sources.c */
	const char *sqlite;
	const char *postgres;  /* NULL until the types are known */
	struct names touched;  /* tables read or written */
	struct members params; /* by their number, from 1 */
	struct members columns;
	bool writes;
};

struct queries {
	struct query *v;
	int n;
};

/* All statements of a folder, by file name, then as they stand. */
struct queries read_queries(const char *folder);
const struct note *find_note(const struct query *q, const char *name, bool is_null_note);

/* ---- read_schema.c: migrations and what they make ---- */

struct column {
	const char *name;
	enum kind kind;
	const char *type; /* as written in CREATE TABLE; NULL: it came by ALTER TABLE */
	bool is_nullable;
	int line;
};

struct table {
	const char *name;
	const char *file;
	int line;
	bool is_global;     /* exempt by `-- global: reason` */
	bool is_event;      /* event_id leads its primary key, and it is not global */
	struct tokens body; /* its CREATE TABLE */
	struct column *columns;
	int n_columns;
};

struct file {
	int version;
	const char *name; /* "core" of 0001_core.sql */
	const char *path;
	const char *text;
	size_t n_bytes;
	struct tokens tokens;
};

struct schema {
	struct sqlite3 *db;
	struct {
		struct file *v;
		int n;
	} files;
	struct {
		struct table *v;
		int n;
	} tables;
};

/* Runs the migrations of a folder in memory and looks at the result. Reports bad SQL. */
struct schema read_schema(const char *folder);
/* A question to the engine about itself, with one name in it, and a text of its answer. */
struct sqlite3_stmt *schema_ask(const struct schema *s, const char *sql, const char *name);
const char *schema_text(struct sqlite3_stmt *st, int i);
const struct table *find_table(const struct schema *s, const char *name);
const struct column *find_column(const struct table *t, const char *name);

/* ---- sources.c: what a statement names ---- */

/* Finds the tables with their aliases. */
void find_sources(const struct schema *s, struct query *q);

/* A column that INSERT … VALUES, INSERT … SELECT or SET gives the value of these tokens. */
struct assignment {
	const char *column;
	const struct tokens *tokens;
	int first, end; /* the value: first <= i < end */
};
void each_assignment(const struct query *q,
	void (*found)(void *context, const struct assignment *a), void *context);

/* ---- lint_*.c: rules about tokens ---- */

/* lint_schema.c: what the engine says of tables, keys and indexes; lint_ddl.c: the text. */
void lint_schema(const struct schema *s);
void lint_ddl(const struct schema *s);
/* False for anything that does not read or change rows: DDL, transactions, settings. */
bool lint_verb(const struct query *q);
/* Portable SQL only. */
void lint_words(const struct query *q);
/* ORDER BY of what may be NULL says where NULL goes. Needs the columns. */
void lint_order(const struct schema *s, const struct query *q);
/* What to do instead of a word, or of a function that is known to differ; NULL when it is fine. */
const char *word_advice(const char *word);
const char *function_advice(const char *name);
/* The same for statements, where a function must be on the list of portable ones. */
const char *function_fault(const char *name);
/* Each event table is held to :event_id. Needs q->touched. */
void lint_scope(const struct schema *s, const struct query *q);

/* ---- check.c, check_plan.c: what SQLite says ---- */

/* Prepares a statement, fills in types and texts, and judges its plan. */
void check_query(const struct schema *s, struct query *q);
void check_plan(const struct schema *s, const struct query *q);
/* Types of parameters and columns, once the statement is prepared and q->touched known. */
void check_params(const struct schema *s, struct query *q);
void check_columns(const struct schema *s, struct query *q, struct sqlite3_stmt *st);
/* Rules between statements: names. */
void check_names(const struct queries *queries);

/* ---- emit_query.c, emit_schema.c ---- */

void emit_query(const char *folder, const struct queries *queries);
void emit_schema(const char *folder, const struct schema *s);
/* A C string literal of n bytes, a line for each line of text; indent goes before each but the
 * first. */

void emit_literal(FILE *f, const char *text, size_t n, const char *indent);
/* Writes a file whole or not at all. */
void write_file(const char *folder, const char *name, const char *text, size_t n);

#endif
