/*
 * Kids are kept in the order they were made, words in a paragraph in the order they were drawn. The
 * parent tree leads back from a page's marks (/StructParents = index of the page) and from
 * annotations (/StructParent, counted from FIRST_ANNOTATION so that both kinds of keys stay apart
 * and sorted).
 */
#include "pdf/file/tag.h"

enum { FIRST_ANNOTATION = 1 << 20, MAX_BODY = 64 << 20, MAX_NUMBER = (1 << 30) - 1 };

enum kid_kind { KID_TAG, KID_MARK, KID_ANNOTATION };

struct kid {
	union {
		struct tag *tag;
		const struct core_page *page; /* of a mark or an annotation */
	};
	struct kid *next;
	unsigned kind : 2;
	unsigned number : 30; /* the mark's id on its page, the annotation's object */
};

struct tag {
	struct tag_tree *tree;
	struct tag *parent, *next; /* next of all, in order of making */
	const char *type, *lang, *alt;
	unsigned object;
	bool is_placed; /* it is a kid of its parent */
	struct kid *kids, **end;
};

/* Who owns mark 0, 1, 2 ... of one page, or one annotation. */
struct owner {
	struct tag *tag;
	struct owner *next;
};

struct page_marks {
	struct owner *owners, **end;
	int n;
};

struct tag_tree {
	struct arena *arena;
	struct core *core;
	unsigned object;
	struct tag *root, *tags, **tags_end;
	struct page_marks **pages; /* by index of the page; NULL: nothing marked */
	int n_pages, room;
	struct page_marks annotations;
};

static struct tag *add_tag(struct tag_tree *t, struct tag *parent, const char *type)
{
	struct tag *tag = ARENA_NEW(t->arena, struct tag);
	tag->tree = t;
	tag->parent = parent;
	tag->type = type;
	tag->object = core_object_new(t->core);
	tag->end = &tag->kids;
	*t->tags_end = tag;
	t->tags_end = &tag->next;
	return tag;
}

struct tag_tree *tag_tree_new(struct arena *a, struct core *c)
{
	struct tag_tree *t = ARENA_NEW(a, struct tag_tree);
	t->arena = a;
	t->core = c;
	t->tags_end = &t->tags;
	t->annotations.end = &t->annotations.owners;
	t->object = core_object_new(c);
	t->root = add_tag(t, NULL, "Document");
	return t;
}

struct tag *tag_root(const struct tag_tree *t)
{
	return t->root;
}

static void add_kid(struct tag *tag, struct kid kid)
{
	struct kid *k = ARENA_NEW(tag->tree->arena, struct kid);
	*k = kid;
	*tag->end = k;
	tag->end = &k->next;
}

static void place(struct tag *tag)
{
	if (tag->is_placed || !tag->parent)
		return;
	tag->is_placed = true;
	place(tag->parent);
	add_kid(tag->parent, (struct kid){.kind = KID_TAG, .tag = tag});
}

struct tag *tag_new(struct tag *parent, const char *type, const char *lang, const char *alt)
{
	struct tag *tag = add_tag(parent->tree, parent, type);
	tag->lang = arena_strdup(parent->tree->arena, lang);
	tag->alt = arena_strdup(parent->tree->arena, alt);
	place(tag);
	return tag;
}

struct tag *tag_words(struct tag *parent, const char *lang)
{
	struct tag *tag = add_tag(parent->tree, parent, "Span");
	tag->lang = arena_strdup(parent->tree->arena, lang);
	return tag;
}

const char *tag_type(const struct tag *tag)
{
	return tag->type;
}

static int add_owner(struct tag *tag, struct page_marks *m)
{
	struct owner *o = ARENA_NEW(tag->tree->arena, struct owner);
	o->tag = tag;
	*m->end = o;
	m->end = &o->next;
	return m->n++;
}

static struct page_marks *marks_of(struct tag_tree *t, int index)
{
	if (index >= t->room) {
		int room = index < 8 ? 16 : index * 2;
		struct page_marks **pages = ARENA_ARRAY(t->arena, room, struct page_marks *);
		for (int i = 0; i < t->n_pages; i++)
			pages[i] = t->pages[i];
		t->pages = pages;
		t->room = room;
	}
	if (index >= t->n_pages)
		t->n_pages = index + 1;
	if (!t->pages[index]) {
		t->pages[index] = ARENA_NEW(t->arena, struct page_marks);
		t->pages[index]->end = &t->pages[index]->owners;
	}
	return t->pages[index];
}

int tag_mark(struct tag *tag, const struct core_page *page)
{
	place(tag);
	int mark = add_owner(tag, marks_of(tag->tree, core_page_index(page)));
	add_kid(tag,
		(struct kid){
			.kind = KID_MARK, .page = page, .number = (unsigned)mark & MAX_NUMBER});
	return mark;
}

int tag_annotation(struct tag *tag, const struct core_page *page, unsigned annotation)
{
	place(tag);
	add_kid(tag,
		(struct kid){
			.kind = KID_ANNOTATION, .page = page, .number = annotation & MAX_NUMBER});
	return FIRST_ANNOTATION + add_owner(tag, &tag->tree->annotations);
}

static void add_reference(struct buf *b, const char *key, unsigned object)
{
	buf_text(b, key);
	core_reference(b, object);
}

/* The buffer is used for all tags in turn; /Type may be left out and is. */
static void write_tag(struct tag_tree *t, const struct tag *tag, struct buf *b)
{
	const struct core_page *page = NULL;
	buf_reset(b);
	buf_text(b, "/S/");
	buf_text(b, tag->type);
	add_reference(b, "/P ", tag->parent ? tag->parent->object : t->object);
	for (const struct kid *k = tag->kids; k && !page; k = k->next)
		page = k->kind == KID_TAG ? NULL : k->page;
	if (page)
		add_reference(b, "/Pg ", core_page_number(page));
	if (tag->lang) {
		buf_text(b, "/Lang");
		core_text(t->core, b, tag->lang);
	}
	if (tag->alt) {
		buf_text(b, "/Alt");
		core_text(t->core, b, tag->alt);
	}
	buf_text(b, "/K[");
	for (const struct kid *k = tag->kids; k; k = k->next) {
		unsigned number = k->number;
		if (k->kind == KID_TAG)
			core_reference(b, k->tag->object);
		else if (k->kind == KID_ANNOTATION)
			buf_printf(b, "<</Type/OBJR/Obj %u 0 R/Pg %u 0 R>>", number,
				core_page_number(k->page));
		else if (k->page == page)
			buf_i64(b, number);
		else
			buf_printf(b, "<</Type/MCR/Pg %u 0 R/MCID %u>>", core_page_number(k->page),
				number);
		if (k->next)
			buf_char(b, ' ');
	}
	buf_char(b, ']');
	core_object_set(
		t->core, tag->object, (struct str){arena_strndup(t->arena, b->p, b->n), b->n});
}

static void write_owners(struct buf *b, const struct page_marks *m)
{
	for (const struct owner *o = m->owners; o; o = o->next) {
		core_reference(b, o->tag->object);
		buf_char(b, ' ');
	}
}

static unsigned write_parent_tree(struct tag_tree *t)
{
	struct buf b = buf_in(t->arena, MAX_BODY);
	unsigned object = core_object_new(t->core);
	int key = FIRST_ANNOTATION;
	buf_text(&b, "/Nums[");
	for (int i = 0; i < t->n_pages; i++) {
		if (!t->pages[i])
			continue;
		buf_printf(&b, "%d[", i);
		write_owners(&b, t->pages[i]);
		buf_text(&b, "]\n");
	}
	for (const struct owner *o = t->annotations.owners; o; o = o->next)
		buf_printf(&b, "%d %u 0 R\n", key++, o->tag->object);
	buf_char(&b, ']');
	if (b.failed)
		core_fail(t->core, "the structure tree is too large");
	core_object_set(t->core, object, buf_view(&b));
	return object;
}

void tag_tree_finish(struct tag_tree *t)
{
	unsigned parents = write_parent_tree(t);
	struct buf b = buf_on_heap(MAX_BODY);
	for (const struct tag *tag = t->tags; tag; tag = tag->next)
		write_tag(t, tag, &b);
	buf_free(&b);
	const char *body = arena_printf(t->arena,
		"/Type/StructTreeRoot/K[%u 0 R]/ParentTree %u 0 R/ParentTreeNextKey %d",
		t->root->object, parents, FIRST_ANNOTATION + t->annotations.n);
	core_object_set(t->core, t->object, str_from(body));
	core_set_struct_tree(t->core, t->object);
}
