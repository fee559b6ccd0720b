/* ISO 32000-1, 7.7.3: pages under nodes, nodes under the root. */
#include "pdf/file/pages.h"

enum { PAGES_PER_NODE = 64, MAX_BODY = 1 << 20 };

struct annotation {
	unsigned object;
	struct annotation *next;
};

struct core_page {
	unsigned object, contents; /* contents 0: none yet */
	double width, height;
	int index;
	struct annotation *annotations, **end;
	struct core_page *next;
};

struct pages {
	struct arena *arena;
	struct core *core;
	unsigned resources, root; /* 0 until pages_finish() */
	struct core_page *first, **end;
	int n;
	core_page_fn on_page;
	void *on_page_context;
};

struct pages *pages_new(struct arena *a, struct core *c)
{
	struct pages *p = ARENA_NEW(a, struct pages);
	p->arena = a;
	p->core = c;
	p->end = &p->first;
	return p;
}

struct core_page *core_page_new(struct core *c, double width, double height)
{
	struct pages *all = core_pages(c);
	struct core_page *p = ARENA_NEW(all->arena, struct core_page);
	p->object = core_object_new(c);
	p->width = width;
	p->height = height;
	p->index = all->n++;
	p->end = &p->annotations;
	*all->end = p;
	all->end = &p->next;
	return p;
}

unsigned core_page_number(const struct core_page *p)
{
	return p->object;
}

int core_page_index(const struct core_page *p)
{
	return p->index;
}

double core_page_height(const struct core_page *p)
{
	return p->height;
}

void core_page_set(struct core *c, struct core_page *p, struct str operators)
{
	const struct pages *all = core_pages(c);
	p->contents = core_stream_new(c, "", operators);
	if (all->on_page)
		all->on_page(all->on_page_context, p->width, p->height, operators);
}

void core_on_page(struct core *c, core_page_fn fn, void *context)
{
	struct pages *all = core_pages(c);
	all->on_page = fn;
	all->on_page_context = context;
}

void core_page_annotate(struct core *c, struct core_page *p, unsigned annotation)
{
	struct annotation *a = ARENA_NEW(core_pages(c)->arena, struct annotation);
	a->object = annotation;
	*p->end = a;
	p->end = &a->next;
}

/* ---- writing -------------------------------------------------------------------------------- */

/* The buffer is used for all bodies in turn. */
static void set_body(struct pages *p, unsigned object, struct buf *b)
{
	if (b->failed)
		core_fail(p->core, "a page has too many links, or the document too many pages");
	core_object_set(p->core, object, (struct str){arena_strndup(p->arena, b->p, b->n), b->n});
	buf_reset(b);
}

static void write_page(struct pages *p, const struct core_page *page, unsigned node, struct buf *b)
{
	buf_text(b, "/Type/Page/Parent ");
	core_reference(b, node);
	buf_text(b, "/Resources ");
	core_reference(b, p->resources);
	buf_text(b, "/MediaBox[0 0 ");
	core_number(p->core, b, page->width);
	buf_char(b, ' ');
	core_number(p->core, b, page->height);
	buf_text(b, "]/Tabs/S/StructParents ");
	buf_i64(b, page->index);
	if (page->contents) {
		buf_text(b, "/Contents ");
		core_reference(b, page->contents);
	}
	if (page->annotations)
		buf_text(b, "/Annots[");
	for (const struct annotation *a = page->annotations; a; a = a->next) {
		core_reference(b, a->object);
		buf_char(b, a->next ? ' ' : ']');
	}
	set_body(p, page->object, b);
}

/* What a node is below another one; parent 0: it is the root. */
static void write_node(struct pages *p, unsigned object, unsigned parent, int n, const char *kids)
{
	const char *body = arena_printf(p->arena, "/Type/Pages/Count %d/Kids[%s]", n, kids);
	if (parent)
		body = arena_printf(p->arena, "%s/Parent %u 0 R", body, parent);
	core_object_set(p->core, object, str_from(body));
}

void pages_finish(struct pages *p, unsigned resources, unsigned root)
{
	struct buf body = buf_on_heap(MAX_BODY), kids = buf_on_heap(MAX_BODY),
		   nodes = buf_on_heap(MAX_BODY);
	unsigned node = 0;
	int n = 0;
	p->resources = resources;
	p->root = root;
	for (const struct core_page *page = p->first; page; page = page->next) {
		if (!node)
			node = core_object_new(p->core);
		write_page(p, page, node, &body);
		core_reference(&kids, page->object);
		buf_char(&kids, ' ');
		n++;
		if (n < PAGES_PER_NODE && page->next)
			continue;
		write_node(p, node, p->root, n, buf_cstr(&kids));
		core_reference(&nodes, node);
		buf_char(&nodes, ' ');
		buf_reset(&kids);
		node = 0;
		n = 0;
	}
	write_node(p, p->root, 0, p->n, buf_cstr(&nodes));
	buf_free(&body);
	buf_free(&kids);
	buf_free(&nodes);
}
