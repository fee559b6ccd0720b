/*
 * Markdown by cmark-gfm, with the holes closed that its safe mode leaves open. The tree is cleaned
 * before it is rendered: images become their description (a remote picture tells who reads), raw
 * HTML becomes the text it was typed as, links keep only what cannot run, and what nests too deep
 * is shown as typed. Two things are stopped before the parser sees them, because each would let a
 * small text make a large tree: long runs of container marks, and tables with too many cells.
 */
#include "view/markdown.h"

#include <cmark-gfm.h>
#include <cmark-gfm-core-extensions.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include "view/markdown_link.h"

enum {
	MAX_SOURCE_BYTES = 64 << 10,
	MAX_HTML_BYTES = 4 << 20,
	MAX_NESTING = 32,
	MAX_CELLS = 20000,
};

struct cleaner {
	struct arena *arena;
	struct str source; /* as the parser saw it */
};

static const char *const extensions[] = {"strikethrough", "table"};

/* ---- before the parser ---- */

/* The length of the container mark at the start ("> ", "- ", "12. "), 0 when there is none. */
static size_t mark_length(struct str s)
{
	size_t n = 0;
	if (s.n == 0)
		return 0;
	if (s.p[0] == '>')
		return s.n > 1 && s.p[1] == ' ' ? 2 : 1;
	if (strchr("-+*", s.p[0])) {
		n = 1;
	} else {
		while (n < s.n && n < 9 && s.p[n] >= '0' && s.p[n] <= '9')
			n++;
		if (n == 0 || n == s.n || (s.p[n] != '.' && s.p[n] != ')'))
			return 0;
		n++;
	}
	return n < s.n && (s.p[n] == ' ' || s.p[n] == '\t') ? n + 1 : 0;
}

/* Copies a line; a mark beyond the allowed depth gets a backslash, which makes it text. */
static void add_line(struct buf *out, struct str line)
{
	size_t at = 0;
	for (int depth = 0; depth <= MAX_NESTING; depth++) {
		while (at < line.n && (line.p[at] == ' ' || line.p[at] == '\t'))
			at++;
		size_t n = mark_length((struct str){line.p + at, line.n - at});
		if (n == 0)
			break;
		if (depth == MAX_NESTING) {
			/* In "12. " it is the point that makes the mark. */
			while (line.p[at] >= '0' && line.p[at] <= '9')
				at++;
			buf_add(out, line.p, at);
			buf_char(out, '\\');
			buf_add(out, line.p + at, line.n - at);
			return;
		}
		at += n;
	}
	buf_str(out, line);
}

/* The parser fills short rows up to the width of the table: width times lines bounds the cells. */
static bool may_have_tables(struct str source)
{
	size_t n_lines = 0, widest = 0;
	for (struct str rest = source; rest.p; n_lines++) {
		struct str line = str_cut(&rest, '\n');
		size_t n_bars = 0;
		for (size_t i = 0; i < line.n; i++)
			n_bars += line.p[i] == '|';
		if (n_bars > widest)
			widest = n_bars;
	}
	return (widest + 1) * n_lines <= MAX_CELLS;
}

static struct str prepare(struct arena *a, const char *source)
{
	/* A backslash for each line is the most that is added. */
	struct buf out = buf_in(a, 2 * MAX_SOURCE_BYTES);
	for (struct str rest = str_from(source); rest.p;) {
		add_line(&out, str_cut(&rest, '\n'));
		if (rest.p)
			buf_char(&out, '\n');
	}
	return buf_view(&out);
}

/* ---- the tree ---- */

static cmark_node *text_node(const char *text)
{
	cmark_node *node = cmark_node_new(CMARK_NODE_TEXT);
	cmark_node_set_literal(node, text);
	return node;
}

static void put_in_place_of(cmark_node *old, cmark_node *fresh)
{
	if (!cmark_node_replace(old, fresh))
		cmark_node_free(fresh); /* it may not stand there: leave nothing */
	cmark_node_free(old);
}

static void put_before(cmark_node *node, cmark_node *fresh)
{
	if (!cmark_node_insert_before(node, fresh))
		cmark_node_free(fresh);
}

/* A paragraph that keeps the lines as they are. */
static cmark_node *typed_paragraph(struct arena *a, struct str text)
{
	cmark_node *paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH);
	for (struct str rest = text; rest.p;) {
		struct str line = str_trim(str_cut(&rest, '\n'));
		if (line.n == 0)
			continue;
		if (cmark_node_first_child(paragraph))
			cmark_node_append_child(paragraph, cmark_node_new(CMARK_NODE_LINEBREAK));
		cmark_node_append_child(paragraph, text_node(str_dup(a, line)));
	}
	return paragraph;
}

/* The lines a block was written on. */
static struct str source_of(const struct cleaner *c, cmark_node *node)
{
	int first = cmark_node_get_start_line(node), last = cmark_node_get_end_line(node);
	struct str rest = c->source;
	for (int line = 1; line < first && rest.p; line++)
		str_cut(&rest, '\n');
	struct str from = rest;
	for (int line = first; line <= last && rest.p; line++)
		str_cut(&rest, '\n');
	size_t n = rest.p ? (size_t)(rest.p - from.p) : from.n;
	return from.p ? (struct str){from.p, n} : (struct str){"", 0};
}

/* All the text below an inline node, without its marks. */
static const char *plain_text(struct arena *a, cmark_node *node)
{
	struct buf text = buf_in(a, MAX_SOURCE_BYTES);
	cmark_iter *iter = cmark_iter_new(node);
	for (cmark_event_type e = cmark_iter_next(iter); e != CMARK_EVENT_DONE;
		e = cmark_iter_next(iter)) {
		cmark_node *at = cmark_iter_get_node(iter);
		cmark_node_type type = cmark_node_get_type(at);
		if (e != CMARK_EVENT_ENTER)
			continue;
		if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
			buf_char(&text, ' ');
		else if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE ||
			 type == CMARK_NODE_HTML_INLINE)
			buf_text(&text, cmark_node_get_literal(at));
	}
	cmark_iter_free(iter);
	return buf_cstr(&text);
}

static bool is_container(cmark_node_type type)
{
	return type == CMARK_NODE_BLOCK_QUOTE || type == CMARK_NODE_ITEM ||
	       type == CMARK_NODE_EMPH || type == CMARK_NODE_STRONG || type == CMARK_NODE_LINK;
}

static bool is_inline(cmark_node_type type)
{
	return (type & CMARK_NODE_TYPE_MASK) == CMARK_NODE_TYPE_INLINE;
}

static void clean_link(cmark_node *link)
{
	if (link_is_allowed(cmark_node_get_url(link))) {
		cmark_node_set_title(link, "");
		if (!cmark_node_first_child(link)) /* a link must have a name */
			cmark_node_append_child(link, text_node(cmark_node_get_url(link)));
		return;
	}
	while (cmark_node_first_child(link))
		put_before(link, cmark_node_first_child(link));
	cmark_node_free(link);
}

/* Bare addresses in text become links: people paste them. */
static void link_addresses(struct cleaner *c, cmark_node *node)
{
	struct link_part part;
	struct str rest = str_from(arena_strdup(c->arena, cmark_node_get_literal(node)));
	if (!link_has_address(rest))
		return;
	while (link_cut(&rest, &part)) {
		if (part.text.n)
			put_before(node, text_node(str_dup(c->arena, part.text)));
		if (part.address.n == 0)
			continue;
		const char *url = str_dup(c->arena, part.address);
		cmark_node *link = cmark_node_new(CMARK_NODE_LINK);
		cmark_node_set_url(link, url);
		cmark_node_append_child(link, text_node(url));
		put_before(node, link);
	}
	cmark_node_free(node);
}

/* It would become an attribute that HTML no longer has. */
static void forget_alignment(cmark_node *table)
{
	uint8_t *alignments = cmark_gfm_extensions_get_table_alignments(table);
	if (alignments)
		memset(alignments, 0, cmark_gfm_extensions_get_table_columns(table));
}

static void clean(struct cleaner *c, cmark_node *node, int depth, bool in_link);

static void clean_children(struct cleaner *c, cmark_node *node, int depth, bool in_link)
{
	for (cmark_node *child = cmark_node_first_child(node), *next; child; child = next) {
		next = cmark_node_next(child);
		clean(c, child, depth, in_link);
	}
}

static void clean_leaf(struct cleaner *c, cmark_node *node, bool in_link)
{
	switch ((unsigned)cmark_node_get_type(node)) {
	case CMARK_NODE_TEXT:
		if (!in_link)
			link_addresses(c, node);
		break;
	case CMARK_NODE_HTML_INLINE:
		put_in_place_of(node, text_node(cmark_node_get_literal(node)));
		break;
	case CMARK_NODE_HTML_BLOCK:
		put_in_place_of(
			node, typed_paragraph(c->arena, str_from(cmark_node_get_literal(node))));
		break;
	case CMARK_NODE_CODE_BLOCK:
		cmark_node_set_fence_info(node, "");
		break;
	case CMARK_NODE_IMAGE:
		put_in_place_of(node, text_node(plain_text(c->arena, node)));
		break;
	default:
		break;
	}
}

static void clean(struct cleaner *c, cmark_node *node, int depth, bool in_link)
{
	cmark_node_type type = cmark_node_get_type(node);
	depth += is_container(type);
	if (depth > MAX_NESTING) {
		cmark_node *typed = is_inline(type) ? text_node(plain_text(c->arena, node))
						    : typed_paragraph(c->arena, source_of(c, node));
		if (type == CMARK_NODE_ITEM) {
			cmark_node *item = cmark_node_new(CMARK_NODE_ITEM);
			cmark_node_append_child(item, typed);
			typed = item;
		}
		put_in_place_of(node, typed);
		return;
	}
	if (type == CMARK_NODE_HEADING) {
		int level = cmark_node_get_heading_level(node);
		cmark_node_set_heading_level(node, level < 6 ? level + 1 : 6);
	}
	if (strcmp(cmark_node_get_type_string(node), "table") == 0)
		forget_alignment(node);
	if (type != CMARK_NODE_IMAGE)
		clean_children(c, node, depth, in_link || type == CMARK_NODE_LINK);
	if (type == CMARK_NODE_LINK)
		clean_link(node);
	else
		clean_leaf(c, node, in_link);
}

/* ---- both ends ---- */

/*
 * In safe mode every "<" of the text is escaped, so what begins like this is a link of the
 * renderer's, which has no way of its own to say more about it.
 */
static void add_rel(struct buf *out, const char *html)
{
	const struct str tag = STR("<a ");
	for (const char *at; (at = strstr(html, tag.p)); html = at + tag.n) {
		buf_add(out, html, (size_t)(at - html));
		buf_text(out, "<a rel=\"nofollow noopener\" ");
	}
	buf_text(out, html);
}

static pthread_once_t registered = PTHREAD_ONCE_INIT;

struct safe_html markdown_html(struct arena *a, const char *source)
{
	struct buf out = buf_in(a, MAX_HTML_BYTES);
	if (!source || strlen(source) > MAX_SOURCE_BYTES)
		return paragraphs_html(a, source);
	pthread_once(&registered, cmark_gfm_core_extensions_ensure_registered);
	struct cleaner c = {.arena = a, .source = prepare(a, source)};
	cmark_parser *parser = cmark_parser_new(CMARK_OPT_SAFE);
	bool has_tables = may_have_tables(c.source);
	for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++)
		if (has_tables || strcmp(extensions[i], "table") != 0)
			cmark_parser_attach_syntax_extension(
				parser, cmark_find_syntax_extension(extensions[i]));
	cmark_parser_feed(parser, c.source.p, c.source.n);
	cmark_node *document = cmark_parser_finish(parser);
	cmark_consolidate_text_nodes(document);
	clean(&c, document, 0, false);
	char *html = cmark_render_html(
		document, CMARK_OPT_SAFE, cmark_parser_get_syntax_extensions(parser));
	add_rel(&out, html);
	free(html);
	cmark_node_free(document);
	cmark_parser_free(parser);
	if (out.failed)
		return paragraphs_html(a, source);
	return (struct safe_html){buf_cstr(&out)};
}

struct safe_html paragraphs_html(struct arena *a, const char *source)
{
	size_t n = source ? strlen(source) : 0;
	/* The longest escape has 6 bytes, a paragraph's tags 8 for at least 2 of source. */
	struct buf out = buf_in(a, 10 * n + 16);
	bool is_open = false;
	for (struct str rest = str_from(source); rest.p;) {
		struct str line = str_trim(str_cut(&rest, '\n'));
		if (line.n == 0) {
			buf_text(&out, is_open ? "</p>\n" : NULL);
			is_open = false;
			continue;
		}
		buf_text(&out, is_open ? "\n" : "<p>");
		buf_html(&out, line);
		is_open = true;
	}
	buf_text(&out, is_open ? "</p>\n" : NULL);
	return (struct safe_html){buf_cstr(&out)};
}
