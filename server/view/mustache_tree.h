/*
 * Between the three halves of the engine: mustache_scan.c cuts the source into tokens,
 * mustache_parse.c makes a tree of them, mustache_render.c walks the tree. Nobody else includes it.
 */
#ifndef VIEW_MUSTACHE_TREE_H
#define VIEW_MUSTACHE_TREE_H

#include "view/mustache.h"

enum {
	MUSTACHE_MAX_NESTING = 32,  /* sections and blocks inside one another, in one template */
	MUSTACHE_MAX_PARTIALS = 40, /* partials and parents inside one another, while rendering */
	MUSTACHE_MAX_DEPTH = 160,   /* everything together, while rendering: about 40 kB of stack */
	MUSTACHE_MAX_BYTES = 4 << 20 /* one template */
};

enum token_kind {
	TOKEN_TEXT, /* never reaches over a line break: that is its last character */
	TOKEN_VALUE,
	TOKEN_RAW,
	TOKEN_OPEN,
	TOKEN_INVERTED,
	TOKEN_CLOSE,
	TOKEN_PARTIAL,
	TOKEN_PARENT,
	TOKEN_BLOCK,
	TOKEN_MESSAGE, /* {{#t}} to {{/t}}; text is what stands between */
	TOKEN_SILENT,  /* a comment or a change of delimiters */
};

struct token {
	enum token_kind kind;
	unsigned line;   /* from 1, where it starts */
	struct str text; /* the text, or the name in the tag */
	bool is_dynamic; /* {{>*name}}, {{<*name}} */
	/* Filled by the parser: */
	bool starts_line;   /* the first on a line that is kept */
	bool is_standalone; /* on a line of its own, which leaves nothing behind */
	bool is_dropped;    /* white space around a standalone tag */
	size_t partner;     /* the index of the closing token, and of the opening one */
	size_t line_first;  /* the index of the first token on its line */
};

/* How much of a name an error message shows. */
static inline int shown(struct str name)
{
	return (int)(name.n < 40 ? name.n : 40);
}

struct tokens {
	struct token *at;
	size_t n, cap;
};

/* The tokens view the source. INVALID with line and reason. */
enum rc mustache_scan(
	struct arena *a, struct str source, struct tokens *out, struct err *err) NODISCARD;

/* A piece of a message: the text before a tag, then the tag (is_tag false: there is no further). */
struct message_part {
	struct str text, name;
	bool is_tag, is_raw;
};

/* Cuts the next piece off; false at the end. A tag that is not ended is text. */
bool message_cut(struct str *rest, struct message_part *out);

/* "." is a path without parts. */
struct path {
	const struct str *parts;
	size_t n_parts;
};

enum node_kind {
	NODE_TEXT,
	NODE_VALUE,
	NODE_RAW,
	NODE_SECTION,
	NODE_INVERTED,
	NODE_PARTIAL,
	NODE_PARENT, /* its children are the blocks it hands over */
	NODE_BLOCK,
	NODE_MESSAGE,
};

struct node {
	enum node_kind kind;
	bool starts_line;
	bool is_dynamic;
	bool is_standalone;
	unsigned line;
	size_t end;       /* one past its last child; its own index + 1 when it has none */
	const char *text; /* literal, name or message id; NUL-terminated */
	size_t n_text;
	struct path path;  /* of what it reads: values, sections, dynamic names */
	struct str indent; /* partial, parent, block: what each further line is moved in by */
	struct str trim;   /* block: what its own lines have in common and lose elsewhere */
};

struct mustache {
	struct arena *arena;
	const char *name;
	struct node *nodes;
	size_t n_nodes;
};

/* Splits "a.b.c"; false when there are more than max_parts. Writes into parts. */
bool path_split(struct str name, struct str *parts, size_t max_parts, struct path *out);

#endif
