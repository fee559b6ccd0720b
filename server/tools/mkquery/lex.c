/*
 * SQL text into tokens, so that no rule is fooled by a comment or a string.
 */
#include "mkquery.h"

#include <ctype.h>
#include <string.h>

struct lexer {
	const char *file;
	const char *p;
	int line;
	enum gap gap;
	bool is_pg;
	struct tokens *out;
};

static void lex_text(struct lexer *lx);

static bool is_word_start(char c)
{
	return isalpha((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

static bool is_word_part(char c)
{
	return is_word_start(c) || isdigit((unsigned char)c);
}

static void add(struct lexer *lx, enum token_kind kind, const char *text, size_t n)
{
	struct token token = {.kind = kind,
		.text = text_copy(text, n),
		.file = lx->file,
		.line = lx->line,
		.gap = lx->gap,
		.is_pg = lx->is_pg};
	PUSH(*lx->out, token);
	lx->gap = GAP_NONE;
}

static void skip_space(struct lexer *lx)
{
	for (; isspace((unsigned char)*lx->p); lx->p++) {
		if (*lx->p == '\n') {
			lx->line++;
			lx->gap = GAP_LINE;
		} else if (lx->gap == GAP_NONE) {
			lx->gap = GAP_SPACE;
		}
	}
}

static void lex_line_comment(struct lexer *lx)
{
	const char *start = lx->p + 2;
	size_t n = strcspn(start, "\n");
	lx->p = start + n;
	while (n > 0 && isspace((unsigned char)*start)) {
		start++;
		n--;
	}
	while (n > 0 && isspace((unsigned char)start[n - 1]))
		n--;
	enum gap gap = lx->gap;
	add(lx, TOKEN_COMMENT, start, n);
	lx->gap = gap; /* the code after it must not join the code before it */
	if (lx->gap == GAP_NONE)
		lx->gap = GAP_SPACE;
}

/* The code inside a pg comment gets the lines it stands on. */
static void lex_pg(struct lexer *lx, const char *text)
{
	struct lexer inner = *lx;
	inner.p = text;
	inner.is_pg = true;
	if (inner.gap == GAP_NONE)
		inner.gap = GAP_SPACE;
	lex_text(&inner);
}

static void lex_predicate(struct lexer *lx, enum token_kind kind, const char *name)
{
	name += strspn(name, " ");
	add(lx, kind, name, strcspn(name, " \n"));
}

static void lex_block_comment(struct lexer *lx)
{
	const char *start = lx->p + 2;
	const char *end = strstr(start, "*/");
	if (end == NULL) {
		report(lx->file, lx->line, "this comment is not closed");
		lx->p += strlen(lx->p);
		return;
	}
	char *text = text_copy(start, (size_t)(end - start));
	if (starts_with(text, "@pg ") || starts_with(text, "@pg\n")) {
		lex_pg(lx, text + 4);
	} else if (starts_with(text, "@visible ")) {
		lex_predicate(lx, TOKEN_VISIBLE, text + 9);
	} else if (starts_with(text, "@where ")) {
		lex_predicate(lx, TOKEN_WHERE, text + 7);
	} else if (text[0] == '@') {
		report(lx->file, lx->line, "unknown /*%.*s*/: there are @pg, @visible and @where",
			(int)strcspn(text, " \n"), text);
	}
	for (const char *p = text; *p != '\0'; p++)
		lx->line += *p == '\n';
	if (lx->gap == GAP_NONE)
		lx->gap = GAP_SPACE;
	lx->p = end + 2;
}

static void lex_string(struct lexer *lx)
{
	const char *start = lx->p;
	int line = lx->line;
	for (const char *p = start + 1; *p != '\0'; p++) {
		line += *p == '\n';
		if (*p != '\'')
			continue;
		if (p[1] == '\'') {
			p++;
			continue;
		}
		lx->p = p + 1;
		add(lx, TOKEN_STRING, start, (size_t)(lx->p - start));
		lx->line = line;
		return;
	}
	report(lx->file, lx->line, "this string is not closed");
	lx->p += strlen(lx->p);
}

/* Quoted names hide words that one engine reserves and the other does not. */
static void lex_quoted(struct lexer *lx)
{
	char quote = *lx->p;
	report(lx->file, lx->line, "quoted names are refused: choose a name that needs no quotes");
	size_t n = strcspn(lx->p + 1, quote == '[' ? "]\n" : (const char[]){quote, '\n', '\0'});
	add(lx, TOKEN_WORD, lx->p + 1, n);
	lx->p += n + (lx->p[n + 1] == '\0' ? 1 : 2);
}

static void lex_sign(struct lexer *lx)
{
	static const char *const signs[] = {
		"->>", "->", "::", "<=", ">=", "<>", "!=", "==", "||", "<<", ">>", NULL};
	size_t n = 1;
	for (int i = 0; signs[i] != NULL; i++) {
		if (starts_with(lx->p, signs[i])) {
			n = strlen(signs[i]);
			break;
		}
	}
	const char *start = lx->p;
	lx->p += n;
	add(lx, TOKEN_SIGN, start, n);
}

static void lex_word(struct lexer *lx, enum token_kind kind)
{
	const char *start = lx->p;
	while (is_word_part(*lx->p))
		lx->p++;
	add(lx, kind, start, (size_t)(lx->p - start));
}

static void lex_number(struct lexer *lx)
{
	const char *start = lx->p;
	while (is_word_part(*lx->p) || *lx->p == '.')
		lx->p++;
	add(lx, TOKEN_NUMBER, start, (size_t)(lx->p - start));
}

static void lex_text(struct lexer *lx)
{
	for (skip_space(lx); *lx->p != '\0'; skip_space(lx)) {
		char c = lx->p[0], next = lx->p[1];
		if (c == '-' && next == '-') {
			lex_line_comment(lx);
		} else if (c == '/' && next == '*') {
			lex_block_comment(lx);
		} else if (c == '\'') {
			lex_string(lx);
		} else if ((c == 'x' || c == 'X') && next == '\'') {
			report(lx->file, lx->line, "x'…' is not portable: store hex as TEXT");
			lx->p++;
		} else if (c == '"' || c == '`' || c == '[') {
			lex_quoted(lx);
		} else if (c == ':' && is_word_start(next)) {
			lx->p++;
			lex_word(lx, TOKEN_PARAM);
		} else if (c == '?' || c == '@' || c == '$') {
			report(lx->file, lx->line, "write a parameter as :name, not %c", c);
			lx->p++;
		} else if (is_word_start(c)) {
			lex_word(lx, TOKEN_WORD);
		} else if (isdigit((unsigned char)c)) {
			lex_number(lx);
		} else {
			lex_sign(lx);
		}
	}
}

void lex(const char *file, const char *text, struct tokens *out)
{
	struct lexer lx = {.file = file, .p = text, .line = 1, .gap = GAP_LINE, .out = out};
	lex_text(&lx);
}

void set_depths(struct tokens *t)
{
	int depth = 0;
	for (int i = 0; i < t->n; i++) {
		if (sign_is(t, i, ")") && depth > 0)
			depth--;
		t->v[i].depth = depth;
		if (sign_is(t, i, "("))
			depth++;
	}
}

bool token_is(const struct tokens *t, int i, const char *word)
{
	return i >= 0 && i < t->n && t->v[i].kind == TOKEN_WORD && word_is(t->v[i].text, word);
}

bool sign_is(const struct tokens *t, int i, const char *sign)
{
	return i >= 0 && i < t->n && t->v[i].kind == TOKEN_SIGN && strcmp(t->v[i].text, sign) == 0;
}

int closing(const struct tokens *t, int i)
{
	int depth = 0;
	for (; i < t->n; i++) {
		if (sign_is(t, i, "("))
			depth++;
		else if (sign_is(t, i, ")") && --depth == 0)
			return i;
	}
	return t->n;
}
