/* ISO 32000-1, 12.3.3: entries know their parent, neighbours, and first and last child. */
#include "pdf/file/outline.h"

enum { MAX_BODY = 1 << 20 };

struct core_bookmark {
	unsigned object;
	const char *title;
	const struct core_page *page; /* NULL: the root */
	double y;
	struct core_bookmark *parent, *previous, *next, *first, *last;
	struct core_bookmark *following; /* in the order of making */
	int n_below;                     /* all are open: children, and theirs */
};

struct outline {
	struct arena *arena;
	struct core *core;
	struct core_bookmark root, *made, **end;
};

struct outline *outline_new(struct arena *a, struct core *c)
{
	struct outline *o = ARENA_NEW(a, struct outline);
	o->arena = a;
	o->core = c;
	o->end = &o->made;
	return o;
}

struct core_bookmark *core_bookmark_new(struct core *c, struct core_bookmark *parent,
	const char *title, const struct core_page *page, double y)
{
	struct outline *o = core_outline(c);
	struct core_bookmark *b = ARENA_NEW(o->arena, struct core_bookmark);
	if (!o->made)
		o->root.object = core_object_new(c);
	b->object = core_object_new(c);
	b->title = arena_strdup(o->arena, title);
	b->page = page;
	b->y = y;
	b->parent = parent ? parent : &o->root;
	b->previous = b->parent->last;
	if (b->previous)
		b->previous->next = b;
	else
		b->parent->first = b;
	b->parent->last = b;
	for (struct core_bookmark *above = b->parent; above; above = above->parent)
		above->n_below++;
	*o->end = b;
	o->end = &b->following;
	return b;
}

static void add_neighbour(struct buf *body, const char *key, const struct core_bookmark *b)
{
	if (!b)
		return;
	buf_text(body, key);
	core_reference(body, b->object);
}

/* Below an entry, or below the root. A destination without a number keeps the reader's zoom. */
static void write_entry(struct outline *o, const struct core_bookmark *b, struct buf *body)
{
	buf_reset(body);
	if (b->page) {
		buf_text(body, "/Title");
		core_text(o->core, body, b->title);
		buf_text(body, "/Dest[");
		core_reference(body, core_page_number(b->page));
		buf_text(body, "/XYZ null ");
		core_number(o->core, body, core_page_height(b->page) - b->y);
		buf_text(body, " null]");
	} else {
		buf_text(body, "/Type/Outlines");
	}
	add_neighbour(body, "/Parent ", b->parent);
	add_neighbour(body, "/Prev ", b->previous);
	add_neighbour(body, "/Next ", b->next);
	add_neighbour(body, "/First ", b->first);
	add_neighbour(body, "/Last ", b->last);
	if (b->n_below) {
		buf_text(body, "/Count ");
		buf_i64(body, b->n_below);
	}
	if (body->failed)
		core_fail(o->core, "the title of a bookmark is too long");
	core_object_set(o->core, b->object,
		(struct str){arena_strndup(o->arena, body->p, body->n), body->n});
}

unsigned outline_finish(struct outline *o)
{
	struct buf body = buf_on_heap(MAX_BODY);
	if (o->made)
		write_entry(o, &o->root, &body);
	for (const struct core_bookmark *b = o->made; b; b = b->following)
		write_entry(o, b, &body);
	buf_free(&body);
	return o->root.object;
}
