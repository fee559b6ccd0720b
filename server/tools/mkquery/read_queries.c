/*
 * The files of schema/queries into statements. A file is a row of sections, each begun by a comment
 * line with a key (`-- name:`, in policy.sql `-- visible:`, in where.sql `-- where:`); predicates are
 * put where they are asked for as tokens, so that every later rule and every error sees their own
 * lines.
 */
#include "mkquery.h"

#include <string.h>

struct section {
	const char *head; /* what stands after the key */
	const char *file;
	int line;
	struct names doc;
	struct notes notes;
	bool is_scan_allowed;
	struct tokens body;
};

struct sections {
	struct section *v;
	int n;
};

/* The predicates statements ask for: who may see a row, and what several statements look for. */
struct predicates {
	struct sections policy, where;
};

/* The next word of a comment line, "" at its end. */
static const char *next_word(const char **p)
{
	*p += strspn(*p, " \t");
	size_t n = strcspn(*p, " \t");
	const char *word = text_copy(*p, n);
	*p += n;
	return word;
}

static enum kind kind_of_word(const char *word)
{
	if (strcmp(word, "int") == 0)
		return KIND_INT;
	if (strcmp(word, "text") == 0)
		return KIND_TEXT;
	return strcmp(word, "real") == 0 ? KIND_REAL : KIND_NONE;
}

static void read_type(struct section *s, const struct token *t, const char *p)
{
	struct note note = {.name = next_word(&p), .file = t->file, .line = t->line};
	note.kind = kind_of_word(next_word(&p));
	if (!is_name(note.name) || note.kind == KIND_NONE || *next_word(&p) != '\0')
		report(t->file, t->line, "write `-- type: name int`, text or real");
	else
		PUSH(s->notes, note);
}

static void read_null(struct section *s, const struct token *t, const char *p)
{
	struct note note = {.name = next_word(&p), .file = t->file, .line = t->line};
	if (!is_name(note.name) || *next_word(&p) != '\0')
		report(t->file, t->line, "write `-- null: parameter`");
	else
		PUSH(s->notes, note);
}

/* A comment is an instruction to this tool, a line of the manual, or (inside the SQL) neither. */
static void read_comment(struct section *s, const struct token *t)
{
	if (starts_with(t->text, "type:")) {
		read_type(s, t, t->text + 5);
	} else if (starts_with(t->text, "null:")) {
		read_null(s, t, t->text + 5);
	} else if (starts_with(t->text, "scan:")) {
		const char *reason = t->text + 5;
		if (*next_word(&reason) == '\0')
			report(t->file, t->line, "say why the scan is right: `-- scan: reason`");
		s->is_scan_allowed = true;
	} else if (s->body.n == 0) {
		PUSH(s->doc, t->text);
	}
}

static struct sections read_sections(const char *path, const char *key)
{
	size_t n_bytes;
	struct tokens all = {0};
	struct sections sections = {0};
	struct section *s = NULL;
	lex(path, file_read(path, &n_bytes), &all);
	for (int i = 0; i < all.n; i++) {
		struct token *t = &all.v[i];
		if (t->kind == TOKEN_COMMENT && starts_with(t->text, key)) {
			PUSH(sections, (struct section){.file = path, .line = t->line});
			s = &sections.v[sections.n - 1];
			s->head = t->text + strlen(key);
		} else if (s == NULL && t->kind != TOKEN_COMMENT) {
			report(path, t->line, "SQL before the first `-- %s` line", key);
			break;
		} else if (s != NULL && t->kind == TOKEN_COMMENT) {
			read_comment(s, t);
		} else if (s != NULL) {
			PUSH(s->body, *t);
		}
	}
	return sections;
}

/* One statement, without the semicolon that may end it. */
static void strip_semicolon(struct section *s)
{
	if (sign_is(&s->body, s->body.n - 1, ";"))
		s->body.n--;
	for (int i = 0; i < s->body.n; i++) {
		if (!sign_is(&s->body, i, ";"))
			continue;
		report(s->file, s->body.v[i + 1].line,
			"one statement a name: a second one begins here");
		s->body.n = i;
	}
}

static bool read_shape(const char *word, enum shape *shape)
{
	static const char *const words[] = {":one", ":maybe", ":many", ":exec"};
	for (int i = 0; i < 4; i++) {
		if (strcmp(word, words[i]) == 0) {
			*shape = (enum shape)i;
			return true;
		}
	}
	return false;
}

static struct section *find_section(struct sections *sections, const char *name)
{
	for (int i = 0; i < sections->n; i++) {
		if (strcmp(sections->v[i].head, name) == 0)
			return &sections->v[i];
	}
	return NULL;
}

static void open_tokens(
	struct query *q, struct predicates *all, const struct tokens *body, int nesting);

static void add_sign(struct query *q, const struct token *model, const char *sign)
{
	struct token t = *model;
	t.kind = TOKEN_SIGN;
	t.text = sign;
	PUSH(q->pg, t);
}

static void open_predicate(
	struct query *q, struct predicates *all, const struct token *t, int nesting)
{
	bool is_policy = t->kind == TOKEN_VISIBLE;
	struct section *predicate = find_section(is_policy ? &all->policy : &all->where, t->text);
	if (predicate == NULL) {
		report(t->file, t->line, "%s has no predicate named %s",
			is_policy ? "policy.sql" : "where.sql", t->text);
		q->is_broken = true;
		return;
	}
	if (nesting > 8) {
		report(t->file, t->line, "the predicate %s contains itself", t->text);
		q->is_broken = true;
		return;
	}
	if (nesting == 0 && is_policy)
		PUSH(q->visible, t->text);
	for (int i = 0; i < predicate->notes.n; i++) {
		struct note note = predicate->notes.v[i];
		note.is_from_predicate = true;
		PUSH(q->notes, note);
	}
	add_sign(q, t, "(");
	int first = q->pg.n;
	open_tokens(q, all, &predicate->body, nesting + 1);
	if (first < q->pg.n)
		q->pg.v[first].gap = GAP_NONE;
	add_sign(q, t, ")");
	q->pg.v[q->pg.n - 1].gap = GAP_NONE;
}

static void open_tokens(
	struct query *q, struct predicates *all, const struct tokens *body, int nesting)
{
	for (int i = 0; i < body->n; i++) {
		if (body->v[i].kind == TOKEN_VISIBLE || body->v[i].kind == TOKEN_WHERE)
			open_predicate(q, all, &body->v[i], nesting);
		else
			PUSH(q->pg, body->v[i]);
	}
}

static struct query make_query(struct section *s, struct predicates *all)
{
	const char *p = s->head;
	struct query q = {.name = next_word(&p), .file = s->file, .line = s->line, .doc = s->doc};
	const char *shape = next_word(&p);
	if (!is_name(q.name))
		report(q.file, q.line, "a statement's name is made of a-z, 0-9 and _");
	else if (!read_shape(shape, &q.shape) || *next_word(&p) != '\0')
		report(q.file, q.line, "%s needs its shape: :one, :maybe, :many or :exec", q.name);
	q.is_scan_allowed = s->is_scan_allowed;
	q.notes = s->notes;
	strip_semicolon(s);
	open_tokens(&q, all, &s->body, 0);
	set_depths(&q.pg);
	for (int i = 0; i < q.pg.n; i++) {
		if (!q.pg.v[i].is_pg)
			PUSH(q.tokens, q.pg.v[i]);
	}
	set_depths(&q.tokens);
	if (q.tokens.n == 0)
		report(q.file, q.line, "%s has no SQL", q.name);
	return q;
}

/* None when the folder has no such file. */
static struct sections read_predicates(
	const char *folder, const struct names *files, const char *name, const char *key)
{
	struct sections predicates = {0};
	if (names_have(files, name))
		predicates = read_sections(text_format("%s/%s", folder, name), key);
	for (int i = 0; i < predicates.n; i++) {
		struct section *s = &predicates.v[i];
		s->head = next_word(&s->head);
		if (!is_name(s->head))
			report(s->file, s->line, "a predicate's name is made of a-z, 0-9 and _");
		else if (find_section(&predicates, s->head) != s)
			report(s->file, s->line, "the predicate %s is there already", s->head);
		if (s->body.n == 0)
			report(s->file, s->line, "the predicate %s is empty", s->head);
	}
	return predicates;
}

struct queries read_queries(const char *folder)
{
	struct names files = sql_files(folder);
	struct queries queries = {0};
	struct predicates predicates = {
		.policy = read_predicates(folder, &files, "policy.sql", "visible:"),
		.where = read_predicates(folder, &files, "where.sql", "where:"),
	};
	for (int i = 0; i < files.n; i++) {
		if (strcmp(files.v[i], "policy.sql") == 0 || strcmp(files.v[i], "where.sql") == 0)
			continue;
		const char *path = text_format("%s/%s", folder, files.v[i]);
		struct sections sections = read_sections(path, "name:");
		for (int k = 0; k < sections.n; k++)
			PUSH(queries, make_query(&sections.v[k], &predicates));
	}
	return queries;
}

const struct note *find_note(const struct query *q, const char *name, bool is_null_note)
{
	for (int i = 0; i < q->notes.n; i++) {
		const struct note *note = &q->notes.v[i];
		if ((note->kind == KIND_NONE) == is_null_note && strcmp(note->name, name) == 0)
			return note;
	}
	return NULL;
}
