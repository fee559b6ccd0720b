/* What a compiled template refers to, for those who check templates against models and catalogues.
 */
#include "view/mustache_tree.h"

#include <string.h>

typedef void visit_fn(void *context, const char *name);

static void visit_name(
	struct arena *a, const char *sections, const char *name, visit_fn *visit, void *context)
{
	bool is_item = strcmp(name, ".") == 0;
	if (is_item)
		name = "";
	const char *dot = *sections && !is_item ? "." : "";
	visit(context, arena_printf(a, "%s%s%s", sections, dot, name));
}

static void visit_message(
	struct arena *a, const char *sections, const char *id, visit_fn *visit, void *context)
{
	struct message_part part;
	for (struct str rest = str_from(id); message_cut(&rest, &part);)
		if (part.is_tag)
			visit_name(a, sections, str_dup(a, part.name), visit, context);
	if (strchr(id, '|'))
		visit_name(a, sections, "n", visit, context);
}

void mustache_names(const struct mustache *m, visit_fn *visit, void *context)
{
	struct arena *a = arena_new();
	const char *sections[MUSTACHE_MAX_NESTING + 1] = {""};
	size_t ends[MUSTACHE_MAX_NESTING + 1] = {m->n_nodes};
	size_t depth = 0;
	for (size_t i = 0; i < m->n_nodes; i++) {
		const struct node *n = &m->nodes[i];
		while (depth && i >= ends[depth])
			depth--;
		if (n->kind == NODE_MESSAGE)
			visit_message(a, sections[depth], n->text, visit, context);
		if (!n->path.parts)
			continue;
		visit_name(a, sections[depth], n->text, visit, context);
		if (n->kind != NODE_SECTION)
			continue;
		const char *outer = sections[depth++];
		ends[depth] = n->end;
		sections[depth] = strcmp(n->text, ".") == 0 ? outer
							    : arena_printf(a, "%s%s%s", outer,
								      *outer ? "." : "", n->text);
	}
	arena_free(a);
}

void mustache_partials(const struct mustache *m, visit_fn *visit, void *context)
{
	for (size_t i = 0; i < m->n_nodes; i++) {
		const struct node *n = &m->nodes[i];
		if ((n->kind == NODE_PARTIAL || n->kind == NODE_PARENT) && !n->is_dynamic)
			visit(context, n->text);
	}
}

void mustache_messages(const struct mustache *m, visit_fn *visit, void *context)
{
	for (size_t i = 0; i < m->n_nodes; i++)
		if (m->nodes[i].kind == NODE_MESSAGE)
			visit(context, m->nodes[i].text);
}
