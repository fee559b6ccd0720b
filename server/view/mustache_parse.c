/*
 * From tokens to the tree: which tag closes which, which lines stand alone and vanish, and by how
 * much partials and blocks are moved in. The rules on white space are the specification's; where it
 * is silent (several tags on one line) a line stands alone when nothing on it prints there.
 */
#include "view/mustache_tree.h"

#include <string.h>

struct parser {
	struct arena *arena; /* of the template */
	struct token *tokens;
	size_t n_tokens;
	struct mustache *out;
	struct err *err;
};

/* ---- nesting ---- */

static bool opens(const struct token *t)
{
	return t->kind == TOKEN_OPEN || t->kind == TOKEN_INVERTED || t->kind == TOKEN_PARENT ||
	       t->kind == TOKEN_BLOCK;
}

static enum rc check_place(struct parser *p, const struct token *outer, const struct token *t)
{
	if (outer->kind != TOKEN_PARENT || t->kind == TOKEN_BLOCK || t->kind == TOKEN_CLOSE ||
		t->kind == TOKEN_TEXT || t->kind == TOKEN_SILENT)
		return OK;
	return err_set(p->err, INVALID,
		"line %u: this tag stands in {{<%.*s}} outside any block, where it would never "
		"show",
		t->line, shown(outer->text), outer->text.p);
}

static enum rc match_close(struct parser *p, size_t *open, unsigned *depth, size_t at)
{
	struct token *t = &p->tokens[at];
	if (*depth == 0)
		return err_set(p->err, INVALID, "line %u: {{/%.*s}} closes nothing", t->line,
			shown(t->text), t->text.p);
	struct token *opener = &p->tokens[open[--*depth]];
	struct str written = t->text;
	if (opener->is_dynamic && written.p[0] == '*')
		written = str_trim((struct str){written.p + 1, written.n - 1});
	if (!str_equal(opener->text, written))
		return err_set(p->err, INVALID, "line %u: {{/%.*s}} closes \"%.*s\" of line %u",
			t->line, shown(t->text), t->text.p, shown(opener->text), opener->text.p,
			opener->line);
	t->partner = open[*depth];
	opener->partner = at;
	return OK;
}

static enum rc match_tags(struct parser *p)
{
	size_t open[MUSTACHE_MAX_NESTING];
	unsigned depth = 0;
	for (size_t i = 0; i < p->n_tokens; i++) {
		struct token *t = &p->tokens[i];
		t->partner = i;
		if (depth)
			TRY(check_place(p, &p->tokens[open[depth - 1]], t));
		if (t->kind == TOKEN_CLOSE)
			TRY(match_close(p, open, &depth, i));
		if (!opens(t))
			continue;
		if (depth == MUSTACHE_MAX_NESTING)
			return err_set(p->err, INVALID,
				"line %u: more than %d tags inside one another", t->line,
				MUSTACHE_MAX_NESTING);
		open[depth++] = i;
	}
	if (depth == 0)
		return OK;
	const struct token *last = &p->tokens[open[depth - 1]];
	return err_set(p->err, INVALID, "line %u: \"%.*s\" is never closed", last->line,
		shown(last->text), last->text.p);
}

/* ---- lines ---- */

struct line {
	size_t first, end;          /* of its tokens */
	size_t first_tag, last_tag; /* == end when it has none */
};

static bool is_blank(struct str s)
{
	return str_trim(s).n == 0;
}

static struct str leading_blanks(struct str s)
{
	size_t n = 0;
	while (n < s.n && (s.p[n] == ' ' || s.p[n] == '\t'))
		n++;
	return (struct str){s.p, n};
}

static struct line line_at(const struct parser *p, size_t first)
{
	struct line line = {.first = first, .first_tag = p->n_tokens};
	size_t i = first;
	for (bool is_last = false; i < p->n_tokens && !is_last; i++) {
		const struct token *t = &p->tokens[i];
		if (t->kind == TOKEN_TEXT) {
			is_last = t->text.p[t->text.n - 1] == '\n';
		} else {
			if (line.first_tag == p->n_tokens)
				line.first_tag = i;
			line.last_tag = i;
		}
	}
	line.end = i;
	if (line.first_tag == p->n_tokens)
		line.first_tag = line.last_tag = line.end;
	return line;
}

/* The white space the line begins with. */
static struct str line_indent(const struct parser *p, const struct line *line)
{
	const struct token *t = &p->tokens[line->first];
	return t->kind == TOKEN_TEXT ? leading_blanks(t->text) : (struct str){"", 0};
}

/* Whether the tag puts something where it stands, rather than only begin or end something. */
static bool prints_here(const struct parser *p, const struct line *line, size_t at)
{
	const struct token *t = &p->tokens[at];
	bool is_whole = t->partner < line->end;
	switch (t->kind) {
	case TOKEN_VALUE:
	case TOKEN_RAW:
	case TOKEN_MESSAGE:
		return true;
	case TOKEN_PARTIAL:
		return line->first_tag != line->last_tag;
	case TOKEN_PARENT:
	case TOKEN_BLOCK:
		return is_whole;
	case TOKEN_TEXT:
	case TOKEN_OPEN:
	case TOKEN_INVERTED:
	case TOKEN_CLOSE:
	case TOKEN_SILENT:
		break;
	}
	return false;
}

/* One {{<parent}} … {{/parent}} and nothing beside it: it is standalone like a partial. */
static bool is_one_parent(const struct parser *p, const struct line *line)
{
	const struct token *t = &p->tokens[line->first_tag];
	return t->kind == TOKEN_PARENT && t->partner == line->last_tag;
}

static bool is_standalone(const struct parser *p, const struct line *line)
{
	if (line->first_tag == line->end)
		return false;
	bool only_outside = is_one_parent(p, line);
	for (size_t i = line->first; i < line->end; i++) {
		if (only_outside && i >= line->first_tag && i <= line->last_tag)
			continue;
		const struct token *t = &p->tokens[i];
		if (t->kind == TOKEN_TEXT ? !is_blank(t->text) : prints_here(p, line, i))
			return false;
	}
	return true;
}

static void mark_lines(struct parser *p)
{
	for (size_t at = 0; at < p->n_tokens;) {
		struct line line = line_at(p, at);
		for (; at < line.end; at++)
			p->tokens[at].line_first = line.first;
		if (!is_standalone(p, &line)) {
			p->tokens[line.first].starts_line = true;
			continue;
		}
		bool only_outside = is_one_parent(p, &line);
		for (size_t i = line.first; i < line.end; i++) {
			bool is_inside = only_outside && i > line.first_tag && i < line.last_tag;
			p->tokens[i].is_standalone = !is_inside;
			p->tokens[i].is_dropped = !is_inside && p->tokens[i].kind == TOKEN_TEXT;
		}
	}
}

/* ---- indentation ---- */

/*
 * What the lines between a standalone opening tag and its closing tag begin with: the white space
 * of the first that holds anything. false when there is none.
 */
static bool content_indent(const struct parser *p, size_t opener, struct str *out)
{
	struct line line = line_at(p, p->tokens[opener].line_first);
	while (line.end < p->tokens[opener].partner) {
		line = line_at(p, line.end);
		const struct token *t = &p->tokens[line.first];
		bool is_empty = line.first_tag == line.end && is_blank(t->text);
		if (!is_empty) {
			*out = line_indent(p, &line);
			return line.first_tag == line.end ||
			       line.first_tag != p->tokens[opener].partner;
		}
	}
	return false;
}

/* ---- the tree ---- */

bool path_split(struct str name, struct str *parts, size_t max_parts, struct path *out)
{
	*out = (struct path){.parts = parts};
	if (str_is(name, "."))
		return true;
	for (struct str rest = name; rest.p;) {
		if (out->n_parts == max_parts)
			return false;
		parts[out->n_parts++] = str_cut(&rest, '.');
	}
	return true;
}

static struct path path_new(struct arena *a, const char *text)
{
	size_t n = 1;
	for (const char *c = text; *c; c++)
		n += *c == '.';
	struct path path;
	path_split(str_from(text), ARENA_ARRAY(a, n, struct str), n, &path);
	return path;
}

static struct node *add_node(struct parser *p, enum node_kind kind, const struct token *t)
{
	struct mustache *m = p->out;
	struct node *n = &m->nodes[m->n_nodes++];
	*n = (struct node){.kind = kind,
		.starts_line = t->starts_line,
		.is_dynamic = t->is_dynamic,
		.is_standalone = t->is_standalone,
		.line = t->line,
		.end = m->n_nodes,
		.text = str_dup(p->arena, t->text),
		.n_text = t->text.n};
	if (kind == NODE_VALUE || kind == NODE_RAW || kind == NODE_SECTION ||
		kind == NODE_INVERTED || n->is_dynamic)
		n->path = path_new(p->arena, n->text);
	return n;
}

/* Marks the start of a line whose first tag leaves no node of its own. */
static void add_line_start(struct parser *p, const struct token *t)
{
	if (t->starts_line)
		add_node(p, NODE_TEXT,
			&(struct token){.line = t->line, .starts_line = true, .text = STR("")});
}

/* Takes all the text that follows without a gap as one node. Returns the last token used. */
static size_t add_text(struct parser *p, size_t at)
{
	struct token whole = p->tokens[at];
	while (at + 1 < p->n_tokens) {
		const struct token *next = &p->tokens[at + 1];
		if (next->kind != TOKEN_TEXT || next->is_dropped ||
			next->text.p != whole.text.p + whole.text.n)
			break;
		whole.text.n += next->text.n;
		at++;
	}
	add_node(p, NODE_TEXT, &whole);
	return at;
}

static void add_opening(struct parser *p, size_t at, enum node_kind kind)
{
	const struct token *t = &p->tokens[at];
	struct line line = {.first = t->line_first};
	bool is_first =
		line.first == at || (line.first + 1 == at && is_blank(p->tokens[line.first].text));
	struct str own = line_indent(p, &line), content = {"", 0};
	struct node *n = add_node(p, kind, t);
	if (kind != NODE_BLOCK) {
		n->indent = t->is_standalone ? own : content;
	} else if (!t->is_standalone) {
		n->indent = is_first ? own : content;
	} else if (content_indent(p, at, &content)) {
		n->indent = n->trim = content;
	} else {
		n->indent = own;
	}
	n->indent.p = str_dup(p->arena, n->indent);
	n->trim.p = str_dup(p->arena, n->trim);
}

static void add_close(struct parser *p, const struct token *t, size_t *open, unsigned *depth)
{
	struct node *opener = &p->out->nodes[open[--*depth]];
	bool is_section = opener->kind == NODE_SECTION || opener->kind == NODE_INVERTED;
	if (is_section)
		add_line_start(p, t);
	opener->end = p->out->n_nodes;
	if (!is_section)
		add_line_start(p, t);
}

static void build(struct parser *p)
{
	static const enum node_kind kinds[] = {
		[TOKEN_TEXT] = NODE_TEXT,
		[TOKEN_VALUE] = NODE_VALUE,
		[TOKEN_RAW] = NODE_RAW,
		[TOKEN_OPEN] = NODE_SECTION,
		[TOKEN_INVERTED] = NODE_INVERTED,
		[TOKEN_PARTIAL] = NODE_PARTIAL,
		[TOKEN_PARENT] = NODE_PARENT,
		[TOKEN_BLOCK] = NODE_BLOCK,
		[TOKEN_MESSAGE] = NODE_MESSAGE,
	};
	size_t open[MUSTACHE_MAX_NESTING];
	unsigned depth = 0;
	for (size_t i = 0; i < p->n_tokens; i++) {
		const struct token *t = &p->tokens[i];
		if (t->is_dropped)
			continue;
		if (opens(t))
			open[depth++] = p->out->n_nodes;
		if (t->kind == TOKEN_TEXT)
			i = add_text(p, i);
		else if (t->kind == TOKEN_CLOSE)
			add_close(p, t, open, &depth);
		else if (t->kind == TOKEN_SILENT)
			add_line_start(p, t);
		else if (opens(t) || t->kind == TOKEN_PARTIAL)
			add_opening(p, i, kinds[t->kind]);
		else
			add_node(p, kinds[t->kind], t);
	}
}

enum rc mustache_new(const char *name, struct str source, struct mustache **out, struct err *err)
{
	if (source.n > MUSTACHE_MAX_BYTES)
		return err_set(err, INVALID, "line 1: a template has at most %d bytes",
			MUSTACHE_MAX_BYTES);
	struct arena *scratch = arena_new();
	struct arena *own = arena_new();
	struct mustache *m = ARENA_NEW(own, struct mustache);
	struct tokens tokens = {0};
	enum rc rc = mustache_scan(scratch, source, &tokens, err);
	struct parser p = {
		.arena = own, .tokens = tokens.at, .n_tokens = tokens.n, .out = m, .err = err};
	if (rc == OK)
		rc = match_tags(&p);
	if (rc == OK) {
		m->arena = own;
		m->name = arena_strdup(own, name);
		m->nodes = ARENA_ARRAY(own, tokens.n, struct node);
		mark_lines(&p);
		build(&p);
		*out = m;
	} else {
		arena_free(own);
	}
	arena_free(scratch);
	return rc;
}

void mustache_free(struct mustache *m)
{
	if (m)
		arena_free(m->arena);
}
