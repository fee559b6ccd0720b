/* Codes are given out while drawing; subsets, widths and text maps are written once at the end. */
#include "pdf/file/embed.h"
#include "pdf/file/subset.h"

#include <string.h>

enum { FIRST_CODES = 64, MAX_CODE = 0xFFFF };

struct embed_face {
	const struct font_face *face;
	int index;
	unsigned object;
	struct subset_code *codes; /* in the order they were given out */
	size_t n_codes, room;
	unsigned *table; /* 1 + position in codes; 0: empty */
	size_t n_slots;
	struct embed_face *next;
};

struct embed {
	struct arena *arena;
	struct core *core;
	struct embed_face *faces, **end;
	int n_faces;
};

struct embed *embed_new(struct arena *a, struct core *c)
{
	struct embed *e = ARENA_NEW(a, struct embed);
	e->arena = a;
	e->core = c;
	e->end = &e->faces;
	return e;
}

struct embed_face *embed_face(struct embed *e, const struct font_face *face)
{
	for (struct embed_face *f = e->faces; f; f = f->next)
		if (f->face == face)
			return f;
	struct embed_face *f = ARENA_NEW(e->arena, struct embed_face);
	f->face = face;
	f->index = e->n_faces++;
	f->object = core_object_new(e->core);
	f->room = FIRST_CODES;
	f->codes = ARENA_ARRAY(e->arena, f->room, struct subset_code);
	f->n_slots = FIRST_CODES * 2;
	f->table = ARENA_ARRAY(e->arena, f->n_slots, unsigned);
	*e->end = f;
	e->end = &f->next;
	return f;
}

int embed_face_index(const struct embed_face *f)
{
	return f->index;
}

static size_t code_hash(const struct subset_code *c, bool by_glyph)
{
	uint64_t h = (UINT64_C(14695981039346656037) ^ c->glyph) * UINT64_C(1099511628211);
	for (int i = 0; i < c->n_text && !by_glyph; i++)
		h = (h ^ c->text[i]) * UINT64_C(1099511628211);
	return (size_t)(h ^ h >> 32);
}

/* Where the code stands in the table, or the empty slot for it. CFF: the glyph alone decides. */
static unsigned *find_slot(struct embed_face *f, const struct subset_code *c)
{
	bool by_glyph = f->face->is_cff;
	size_t i = code_hash(c, by_glyph) & (f->n_slots - 1);
	for (; f->table[i]; i = (i + 1) & (f->n_slots - 1)) {
		const struct subset_code *held = &f->codes[f->table[i] - 1];
		bool same_text = c->n_text == held->n_text && c->width == held->width &&
				 (!c->n_text || memcmp(c->text, held->text,
							(size_t)c->n_text * sizeof(UChar)) == 0);
		if (c->glyph == held->glyph && (by_glyph || same_text))
			break;
	}
	return &f->table[i];
}

static void grow(struct embed *e, struct embed_face *f)
{
	struct subset_code *codes = ARENA_ARRAY(e->arena, f->room * 2, struct subset_code);
	memcpy(codes, f->codes, f->n_codes * sizeof *codes);
	f->codes = codes;
	f->room *= 2;
	f->n_slots = f->room * 2;
	f->table = ARENA_ARRAY(e->arena, f->n_slots, unsigned);
	for (size_t i = 0; i < f->n_codes; i++)
		*find_slot(f, &codes[i]) = (unsigned)i + 1;
}

static unsigned code_for(struct embed *e, struct embed_face *f, struct subset_code wanted)
{
	unsigned *slot = find_slot(f, &wanted);
	if (*slot)
		return f->codes[*slot - 1].code;
	if (f->n_codes == MAX_CODE) {
		core_fail(e->core, "more than %d different glyphs of one font", MAX_CODE);
		return 0;
	}
	wanted.code = f->face->is_cff ? wanted.glyph : (unsigned)f->n_codes + 1;
	/* The shape that gave the text will be gone when the font is written. */
	wanted.text = memcpy(arena_array(e->arena, (size_t)wanted.n_text + 1, sizeof(UChar)),
		wanted.n_text ? wanted.text : u"", (size_t)wanted.n_text * sizeof(UChar));
	f->codes[f->n_codes++] = wanted;
	*slot = (unsigned)f->n_codes;
	if (f->n_codes == f->room)
		grow(e, f);
	return wanted.code;
}

void embed_shape(struct embed *e, struct shape *shape)
{
	struct embed_face *f = embed_face(e, shape->request.face);
	for (int i = 0; i < shape->n_glyphs; i++) {
		struct shape_glyph *g = &shape->glyphs[i];
		g->code = (uint16_t)code_for(e, f,
			(struct subset_code){0, g->glyph, shape_text(shape, i),
				shape_cluster(shape, i).n_text, g->width});
	}
	for (int i = 0; i < shape->n_marks; i++) {
		struct shape_mark *m = &shape->marks[i];
		m->code = (uint16_t)code_for(
			e, f, (struct subset_code){0, m->glyph, NULL, 0, m->width});
	}
	shape->is_embedded = true;
}

bool embed_glyph_of(const struct embed *e, int font, unsigned code, struct embed_glyph *out)
{
	const struct embed_face *f = e->faces;
	while (f && f->index != font)
		f = f->next;
	for (size_t i = 0; f && i < f->n_codes; i++) {
		const struct subset_code *c = &f->codes[i];
		if (c->code != code)
			continue;
		*out = (struct embed_glyph){f->face, c->glyph, c->width};
		return true;
	}
	return false;
}

void embed_finish(struct embed *e)
{
	font_put_all_down();
	for (struct embed_face *f = e->faces; f; f = f->next) {
		subset_write(e->arena, e->core, f->object, f->face, f->codes, f->n_codes);
		core_resource_add(e->core, CORE_FONT, f->index, f->object);
		font_put_down(f->face);
	}
}
