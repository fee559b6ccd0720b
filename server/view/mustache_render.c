/*
 * Rendering: a walk over the tree with three stacks, all of them lists on the C stack, so that a
 * compiled template is never written to and any number of threads may walk it at once.
 *
 *   scopes   what names are looked up in; a section pushes
 *   handed   the blocks that parents were given; the outermost that knows a name wins. The text of
 * a block belongs to the template it stands in, so it is rendered with what that template was
 * given, not with what it gave. margins  the white space before each line; a standalone partial or
 * block pushes
 */
#include "view/mustache_tree.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MAX_MESSAGE_PARTS = 8 };

struct scope {
	const cJSON *value;
	const struct scope *outer;
};

struct handed {
	const struct mustache *template;
	const struct node *parent;
	const struct handed *outer;
};

struct margin {
	struct str blanks;
	const struct margin *outer;
};

/* What the next piece of output is to the line it falls on. */
enum line_state {
	LINE_AS_MARKED, /* the node knows */
	LINE_OPEN,      /* the margin is written already */
	LINE_NEW,       /* it begins one, whatever the node says */
};

struct renderer {
	const struct mustache_host *host;
	const char *lang;
	struct buf *out;
	struct err *err;
	bool escapes;
	enum line_state line;
	unsigned depth, n_partials;
};

struct place {
	const struct mustache *template;
	const struct scope *scope;
	const struct handed *handed;
	const struct margin *margin;
	struct str trim; /* white space that lines of this text lose */
};

static enum rc render_nodes(struct renderer *r, const struct place *at, const struct node *first,
	const struct node *end);

/* ---- looking up ---- */

static const cJSON *member(const cJSON *object, struct str key)
{
	if (!cJSON_IsObject(object))
		return NULL;
	for (const cJSON *m = object->child; m; m = m->next)
		if (m->string && strncmp(m->string, key.p, key.n) == 0 && m->string[key.n] == '\0')
			return m;
	return NULL;
}

static const cJSON *look_up(const struct scope *scope, const struct path *path)
{
	if (path->n_parts == 0)
		return scope->value;
	const cJSON *value = NULL;
	for (; scope && !value; scope = scope->outer)
		value = member(scope->value, path->parts[0]);
	for (size_t i = 1; i < path->n_parts && value; i++)
		value = member(value, path->parts[i]);
	return value;
}

static bool is_true(const cJSON *v)
{
	if (!v || cJSON_IsNull(v) || cJSON_IsFalse(v))
		return false;
	if (cJSON_IsString(v))
		return v->valuestring[0] != '\0';
	if (cJSON_IsNumber(v))
		return v->valuedouble < 0 || v->valuedouble > 0;
	return !cJSON_IsArray(v) || v->child;
}

/* ---- writing ---- */

static void write_margin(struct renderer *r, const struct margin *m)
{
	if (!m)
		return;
	write_margin(r, m->outer);
	buf_str(r->out, m->blanks);
}

/* What remains of a line when the white space it shares with its block is taken off. */
static struct str trimmed(struct str line, struct str trim)
{
	size_t n = 0;
	while (n < line.n && n < trim.n && line.p[n] == trim.p[n])
		n++;
	return (struct str){line.p + n, line.n - n};
}

/* Called before each node that puts something on the page. */
static bool begin_line(struct renderer *r, const struct node *n)
{
	enum line_state state = r->line;
	r->line = LINE_AS_MARKED;
	return state == LINE_NEW || (state == LINE_AS_MARKED && n->starts_line);
}

static void write_text(struct renderer *r, const struct place *at, const struct node *n)
{
	bool begins = begin_line(r, n);
	struct str rest = {n->text, n->n_text};
	if (!at->margin && at->trim.n == 0) {
		buf_str(r->out, rest);
		return;
	}
	for (bool is_line = n->starts_line; rest.n || begins; is_line = begins = true) {
		const char *newline = rest.n ? memchr(rest.p, '\n', rest.n) : NULL;
		size_t length = newline ? (size_t)(newline - rest.p) + 1 : rest.n;
		struct str line = {rest.p, length};
		if (is_line)
			line = trimmed(line, at->trim);
		if (begins && !(line.n && line.p[0] == '\n'))
			write_margin(r, at->margin);
		buf_str(r->out, line);
		rest = (struct str){rest.p + length, rest.n - length};
		if (!rest.n)
			break;
	}
}

static void write_number(struct buf *out, double v)
{
	char digits[32];
	if (fabs(v) <= 9007199254740992.0 && floor(v) >= v) { /* 2^53: all of them are exact */
		buf_i64(out, (int64_t)v);
		return;
	}
	snprintf(digits, sizeof digits, "%.15g", v);
	buf_text(out, digits);
}

/* Objects and lists have no text. */
static void write_value(struct renderer *r, const cJSON *v, bool escapes)
{
	if (!v)
		return;
	if (cJSON_IsString(v) && escapes && r->escapes)
		buf_html(r->out, str_from(v->valuestring));
	else if (cJSON_IsString(v))
		buf_text(r->out, v->valuestring);
	else if (cJSON_IsNumber(v))
		write_number(r->out, v->valuedouble);
	else if (cJSON_IsBool(v))
		buf_text(r->out, cJSON_IsTrue(v) ? "true" : "false");
}

/* Kept out of the recursion: its array would otherwise lie on the stack once for each level. */
static __attribute__((noinline)) void write_message(
	struct renderer *r, const struct scope *scope, const struct node *n)
{
	static const struct str n_name = {"n", 1};
	const struct path n_path = {&n_name, 1};
	const cJSON *number = look_up(scope, &n_path);
	int64_t count = 1;
	if (cJSON_IsNumber(number) && fabs(number->valuedouble) < 1e15)
		count = (int64_t)number->valuedouble;
	const char *text = n->text;
	if (r->host->translate)
		text = r->host->translate(r->host->context, r->lang, n->text, count);
	struct message_part part;
	for (struct str rest = str_from(text); message_cut(&rest, &part);) {
		struct str parts[MAX_MESSAGE_PARTS];
		struct path path;
		buf_str(r->out, part.text);
		if (part.is_tag && path_split(part.name, parts, MAX_MESSAGE_PARTS, &path))
			write_value(r, look_up(scope, &path), !part.is_raw);
	}
}

/* ---- constructs ---- */

static enum rc render_children(
	struct renderer *r, const struct place *at, const struct node *n, const cJSON *value)
{
	struct scope scope = {value, at->scope};
	struct place inner = *at;
	inner.scope = &scope;
	return render_nodes(r, &inner, n + 1, at->template->nodes + n->end);
}

static enum rc render_section(struct renderer *r, const struct place *at, const struct node *n)
{
	const cJSON *value = look_up(at->scope, &n->path);
	if (!is_true(value))
		return OK;
	if (!cJSON_IsArray(value))
		return render_children(r, at, n, value);
	for (const cJSON *item = value->child; item; item = item->next)
		TRY(render_children(r, at, n, item));
	return OK;
}

static const struct mustache *partial_of(
	struct renderer *r, const struct place *at, const struct node *n)
{
	const char *name = n->text;
	if (n->is_dynamic) {
		const cJSON *value = look_up(at->scope, &n->path);
		name = cJSON_IsString(value) ? value->valuestring : NULL;
	}
	return name && r->host->partial ? r->host->partial(r->host->context, name) : NULL;
}

/* A partial, or a parent with the blocks handed to it. */
static enum rc render_partial(struct renderer *r, const struct place *at, const struct node *n)
{
	const struct mustache *partial = partial_of(r, at, n);
	if (!partial)
		return OK;
	if (r->n_partials == MUSTACHE_MAX_PARTIALS)
		return err_set(r->err, INTERNAL,
			"%s, line %u: more than %d partials inside one another", at->template->name,
			n->line, MUSTACHE_MAX_PARTIALS);
	struct handed handed = {at->template, n, at->handed};
	/* In the middle of a line nothing of the partial is moved in, not even its later lines. */
	struct margin margin = {trimmed(n->indent, at->trim), at->margin};
	const struct margin *own = margin.blanks.n ? &margin : at->margin;
	struct place inner = {.template = partial,
		.scope = at->scope,
		.handed = n->kind == NODE_PARENT ? &handed : at->handed,
		.margin = n->is_standalone ? own : NULL};
	r->n_partials++;
	enum rc rc = render_nodes(r, &inner, partial->nodes, partial->nodes + partial->n_nodes);
	r->n_partials--;
	return rc;
}

static const struct node *block_in(const struct handed *h, const char *name)
{
	const struct node *nodes = h->template->nodes;
	for (const struct node *n = h->parent + 1; n < nodes + h->parent->end; n = nodes + n->end)
		if (n->kind == NODE_BLOCK && strcmp(n->text, name) == 0)
			return n;
	return NULL;
}

/* The outermost parent tag that hands over a block of that name. */
static const struct node *find_block(
	const struct handed *h, const char *name, const struct handed **from)
{
	const struct node *found = NULL;
	for (; h; h = h->outer) {
		const struct node *n = block_in(h, name);
		if (n) {
			found = n;
			*from = h;
		}
	}
	return found;
}

static enum rc render_block(struct renderer *r, const struct place *at, const struct node *n)
{
	const struct handed *from = NULL;
	const struct node *text = find_block(at->handed, n->text, &from);
	if (!text)
		return render_nodes(r, at, n + 1, at->template->nodes + n->end);
	struct margin margin = {trimmed(n->indent, at->trim), at->margin};
	struct place inner = {.template = from->template,
		.scope = at->scope,
		.handed = from->outer,
		.margin = margin.blanks.n ? &margin : at->margin,
		.trim = text->trim};
	r->line = n->is_standalone ? LINE_NEW : LINE_OPEN;
	enum rc rc = render_nodes(r, &inner, text + 1, from->template->nodes + text->end);
	r->line = LINE_AS_MARKED;
	return rc;
}

/* Whether the node takes up a line that a block around it has begun (text sees to it itself). */
static bool takes_line(const struct node *n)
{
	switch (n->kind) {
	case NODE_VALUE:
	case NODE_RAW:
	case NODE_MESSAGE:
		return true;
	case NODE_PARTIAL:
	case NODE_PARENT:
		return !n->is_standalone;
	case NODE_SECTION:
	case NODE_INVERTED:
	case NODE_BLOCK:
		return n->starts_line;
	case NODE_TEXT:
		break;
	}
	return false;
}

static enum rc render_node(struct renderer *r, const struct place *at, const struct node *n)
{
	if (takes_line(n) && begin_line(r, n))
		write_margin(r, at->margin);
	switch (n->kind) {
	case NODE_TEXT:
		write_text(r, at, n);
		return OK;
	case NODE_VALUE:
	case NODE_RAW:
		write_value(r, look_up(at->scope, &n->path), n->kind == NODE_VALUE);
		return OK;
	case NODE_MESSAGE:
		write_message(r, at->scope, n);
		return OK;
	case NODE_SECTION:
		return render_section(r, at, n);
	case NODE_INVERTED:
		if (is_true(look_up(at->scope, &n->path)))
			return OK;
		return render_nodes(r, at, n + 1, at->template->nodes + n->end);
	case NODE_PARTIAL:
	case NODE_PARENT:
		return render_partial(r, at, n);
	case NODE_BLOCK:
		return render_block(r, at, n);
	}
	return OK;
}

static enum rc render_nodes(struct renderer *r, const struct place *at, const struct node *first,
	const struct node *end)
{
	const struct node *nodes = at->template->nodes;
	if (r->depth == MUSTACHE_MAX_DEPTH)
		return err_set(r->err, INTERNAL, "%s: more than %d sections inside one another",
			at->template->name, MUSTACHE_MAX_DEPTH);
	r->depth++;
	for (const struct node *n = first; n < end; n = nodes + n->end)
		TRY(render_node(r, at, n));
	r->depth--;
	if (r->out->failed)
		return err_set(r->err, INTERNAL, "%s: the page is larger than %zu bytes",
			at->template->name, r->out->max_bytes);
	return OK;
}

static enum rc render(const struct mustache *m, const struct mustache_host *host, const char *lang,
	const cJSON *model, struct buf *out, bool escapes, struct err *err)
{
	struct renderer r = {
		.host = host, .lang = lang, .out = out, .err = err, .escapes = escapes};
	struct scope scope = {model, NULL};
	struct place at = {.template = m, .scope = &scope};
	return render_nodes(&r, &at, m->nodes, m->nodes + m->n_nodes);
}

enum rc mustache_render(const struct mustache *m, const struct mustache_host *host,
	const char *lang, const cJSON *model, struct buf *out, struct err *err)
{
	return render(m, host, lang, model, out, true, err);
}

enum rc mustache_render_text(const struct mustache *m, const struct mustache_host *host,
	const char *lang, const cJSON *model, struct buf *out, struct err *err)
{
	return render(m, host, lang, model, out, false, err);
}
