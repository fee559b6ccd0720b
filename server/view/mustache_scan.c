/*
 * The tokens of a template: where tags begin and end, under whichever delimiters hold there. This
 * is the only part that reads the source character by character, so every complaint about the form
 * of a tag comes from here.
 */
#include "view/mustache_tree.h"

#include <string.h>

struct scanner {
	struct arena *arena;
	struct str source;
	size_t at;
	unsigned line;
	struct str open, close;
	struct tokens *out;
	struct err *err;
};

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool has_blank(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (is_blank(s.p[i]))
			return true;
	return false;
}

static struct token *add_token(struct scanner *s, enum token_kind kind, struct str text)
{
	struct tokens *t = s->out;
	if (t->n == t->cap) {
		size_t cap = t->cap ? t->cap * 2 : 64;
		struct token *grown = ARENA_ARRAY(s->arena, cap, struct token);
		if (t->n)
			memcpy(grown, t->at, t->n * sizeof *grown);
		t->at = grown;
		t->cap = cap;
	}
	t->at[t->n] = (struct token){.kind = kind, .line = s->line, .text = text};
	return &t->at[t->n++];
}

static void add_text(struct scanner *s, size_t end)
{
	while (s->at < end) {
		const char *from = s->source.p + s->at;
		const char *newline = memchr(from, '\n', end - s->at);
		size_t n = newline ? (size_t)(newline - from) + 1 : end - s->at;
		add_token(s, TOKEN_TEXT, (struct str){from, n});
		s->at += n;
		s->line += newline != NULL;
	}
}

/* Offset of the needle at or after `from`; the length of the source when there is none. */
static size_t find(const struct scanner *s, size_t from, struct str needle)
{
	if (from >= s->source.n)
		return s->source.n;
	const char *p = memmem(s->source.p + from, s->source.n - from, needle.p, needle.n);
	return p ? (size_t)(p - s->source.p) : s->source.n;
}

static void skip_to(struct scanner *s, size_t end)
{
	for (; s->at < end; s->at++)
		s->line += s->source.p[s->at] == '\n';
}

static enum rc check_name(struct scanner *s, struct str name)
{
	if (name.n == 0)
		return err_set(s->err, INVALID, "line %u: a tag without a name", s->line);
	if (has_blank(name))
		return err_set(s->err, INVALID, "line %u: the name \"%.*s\" has a blank in it",
			s->line, shown(name), name.p);
	return OK;
}

/* "a.b.c" or ".": no part may be empty. */
static enum rc check_path(struct scanner *s, struct str name)
{
	TRY(check_name(s, name));
	if (strchr("#^/$<>!=&{", name.p[0]))
		return err_set(s->err, INVALID, "line %u: the name \"%.*s\" begins with %c",
			s->line, shown(name), name.p, name.p[0]);
	if (str_is(name, "."))
		return OK;
	for (struct str rest = name; rest.p;)
		if (str_cut(&rest, '.').n == 0)
			return err_set(s->err, INVALID,
				"line %u: the name \"%.*s\" has an empty part", s->line,
				shown(name), name.p);
	return OK;
}

static enum rc check_raw_name(struct scanner *s, struct str name)
{
	TRY(check_path(s, name));
	if (str_ends_with(name, STR("_html")))
		return OK;
	return err_set(s->err, INVALID,
		"line %u: {{{%.*s}}} would print unescaped text; only names that end in _html may",
		s->line, shown(name), name.p);
}

static enum rc scan_delimiters(struct scanner *s, size_t begin)
{
	struct str ending = {
		arena_printf(s->arena, "=%.*s", (int)s->close.n, s->close.p), s->close.n + 1};
	size_t end = find(s, begin, ending);
	if (end == s->source.n)
		return err_set(s->err, INVALID, "line %u: {{=...=}} is not ended", s->line);
	struct str both = str_trim((struct str){s->source.p + begin, end - begin});
	size_t cut = 0;
	while (cut < both.n && !is_blank(both.p[cut]))
		cut++;
	struct str open = {both.p, cut};
	struct str close = str_trim((struct str){both.p + cut, both.n - cut});
	if (open.n == 0 || close.n == 0 || has_blank(close) || memchr(both.p, '=', both.n))
		return err_set(s->err, INVALID,
			"line %u: {{=...=}} takes two delimiters without = and with a blank "
			"between",
			s->line);
	add_token(s, TOKEN_SILENT, (struct str){"", 0});
	skip_to(s, end + ending.n);
	s->open = open;
	s->close = close;
	return OK;
}

bool message_cut(struct str *rest, struct message_part *out)
{
	if (rest->n == 0)
		return false;
	struct str all = *rest;
	*out = (struct message_part){.text = all};
	*rest = (struct str){"", 0};
	const char *tag = memmem(all.p, all.n, "{{", 2);
	if (!tag)
		return true;
	size_t before = (size_t)(tag - all.p), after = all.n - before;
	bool is_raw = after > 2 && tag[2] == '{';
	size_t n_brace = is_raw ? 3 : 2;
	const char *name = tag + n_brace;
	const char *end = memmem(name, after - n_brace, "}}}", n_brace);
	if (!end)
		return true;
	*out = (struct message_part){.text = {all.p, before},
		.name = str_trim((struct str){name, (size_t)(end - name)}),
		.is_tag = true,
		.is_raw = is_raw};
	size_t used = (size_t)(end - all.p) + n_brace;
	*rest = (struct str){all.p + used, all.n - used};
	return true;
}

/* Inside a message only values may stand: a translator can move them, but not sections. */
static enum rc check_message(struct scanner *s, struct str text)
{
	struct message_part part;
	for (struct str rest = text; message_cut(&rest, &part);) {
		if (!part.is_tag)
			continue;
		if (part.name.n && strchr("#^/$<>!=&", part.name.p[0]))
			return err_set(s->err, INVALID,
				"line %u: {{%.*s}} stands in {{#t}}, where only values may",
				s->line, shown(part.name), part.name.p);
		TRY(part.is_raw ? check_raw_name(s, part.name) : check_path(s, part.name));
	}
	return OK;
}

/* After {{#t}}: takes everything up to {{/t}}. */
static enum rc scan_message(struct scanner *s)
{
	if (!str_is(s->open, "{{") || !str_is(s->close, "}}"))
		return err_set(s->err, INVALID,
			"line %u: {{#t}} stands only under the usual delimiters", s->line);
	size_t begin = s->at;
	for (size_t from = begin;;) {
		size_t tag = find(s, from, s->open);
		size_t end = find(s, tag, s->close);
		if (end == s->source.n)
			return err_set(s->err, INVALID, "line %u: {{#t}} is not closed by {{/t}}",
				s->line);
		struct str name = str_trim((struct str){s->source.p + tag + 2, end - tag - 2});
		if (name.n && name.p[0] == '/' &&
			str_is(str_trim((struct str){name.p + 1, name.n - 1}), "t")) {
			struct str text = {s->source.p + begin, tag - begin};
			TRY(check_message(s, text));
			add_token(s, TOKEN_MESSAGE, text);
			skip_to(s, end + s->close.n);
			return OK;
		}
		from = end;
	}
}

static enum token_kind kind_of(char sigil)
{
	switch (sigil) {
	case '#':
		return TOKEN_OPEN;
	case '^':
		return TOKEN_INVERTED;
	case '/':
		return TOKEN_CLOSE;
	case '>':
		return TOKEN_PARTIAL;
	case '<':
		return TOKEN_PARENT;
	case '$':
		return TOKEN_BLOCK;
	case '!':
		return TOKEN_SILENT;
	case '{':
	case '&':
		return TOKEN_RAW;
	default:
		return TOKEN_VALUE;
	}
}

static enum rc check_tag(struct scanner *s, enum token_kind kind, struct str name)
{
	switch (kind) {
	case TOKEN_VALUE:
	case TOKEN_OPEN:
	case TOKEN_INVERTED:
		return check_path(s, name);
	case TOKEN_RAW:
		return check_raw_name(s, name);
	case TOKEN_CLOSE:
	case TOKEN_PARTIAL:
	case TOKEN_PARENT:
	case TOKEN_BLOCK:
		return check_name(s, name);
	case TOKEN_SILENT:
	case TOKEN_TEXT:
	case TOKEN_MESSAGE:
		break;
	}
	return OK;
}

/* s->at is at the opening delimiter. */
static enum rc scan_tag(struct scanner *s)
{
	size_t begin = s->at + s->open.n;
	char sigil = begin < s->source.n ? s->source.p[begin] : '\0';
	if (sigil == '=')
		return scan_delimiters(s, begin + 1);
	enum token_kind kind = kind_of(sigil);
	struct str close = s->close;
	if (sigil == '{')
		close = (struct str){arena_printf(s->arena, "}%.*s", (int)s->close.n, s->close.p),
			s->close.n + 1};
	if (kind != TOKEN_VALUE)
		begin++;
	size_t end = find(s, begin, close);
	if (end == s->source.n)
		return err_set(s->err, INVALID,
			"line %u: the tag that starts here is not ended by %.*s", s->line,
			shown(close), close.p);
	struct str name = str_trim((struct str){s->source.p + begin, end - begin});
	bool is_dynamic =
		(kind == TOKEN_PARTIAL || kind == TOKEN_PARENT) && name.n && name.p[0] == '*';
	if (is_dynamic)
		name = str_trim((struct str){name.p + 1, name.n - 1});
	TRY(check_tag(s, kind, name));
	if (kind == TOKEN_OPEN && str_is(name, "t")) {
		skip_to(s, end + close.n);
		return scan_message(s);
	}
	add_token(s, kind, name)->is_dynamic = is_dynamic;
	skip_to(s, end + close.n);
	return OK;
}

enum rc mustache_scan(struct arena *a, struct str source, struct tokens *out, struct err *err)
{
	struct scanner s = {.arena = a,
		.source = source,
		.line = 1,
		.open = STR("{{"),
		.close = STR("}}"),
		.out = out,
		.err = err};
	for (;;) {
		size_t tag = find(&s, s.at, s.open);
		add_text(&s, tag);
		if (tag == source.n)
			return OK;
		TRY(scan_tag(&s));
	}
}
