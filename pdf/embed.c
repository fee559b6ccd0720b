/* Codes are given out while drawing; subsets, widths and text maps are written once at the end. */
#include "pdf/embed.h"
#include "pdf/subset.h"

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

static size_t code_hash(unsigned glyph, const UChar *text, int n_text)
{
	uint64_t h = (UINT64_C(14695981039346656037) ^ glyph) * UINT64_C(1099511628211);
	for (int i = 0; i < n_text; i++)
		h = (h ^ text[i]) * UINT64_C(1099511628211);
	return (size_t)(h ^ h >> 32);
}

/* In CFF faces the glyph alone decides, so its texts hash and compare as empty. */
static unsigned *find_slot(struct embed_face *f, unsigned glyph, const UChar *text, int n_text)
{
	bool by_glyph = f->face->is_cff;
	size_t i = code_hash(glyph, text, by_glyph ? 0 : n_text) & (f->n_slots - 1);
	for (; f->table[i]; i = (i + 1) & (f->n_slots - 1)) {
		const struct subset_code *c = &f->codes[f->table[i] - 1];
		bool same_text = c->n_text == n_text &&
				 memcmp(c->text, text, (size_t)n_text * sizeof(UChar)) == 0;
		if (c->glyph == glyph && (by_glyph || same_text))
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
		*find_slot(f, codes[i].glyph, codes[i].text, codes[i].n_text) = (unsigned)i + 1;
}

static unsigned code_of(
	struct embed *e, struct embed_face *f, const struct shape_glyph *g, const UChar *text)
{
	unsigned *slot = find_slot(f, g->glyph, text, g->text_length);
	if (*slot)
		return f->codes[*slot - 1].code;
	if (f->n_codes == MAX_CODE) {
		core_fail(e->core, "more than %d different glyphs of one font", MAX_CODE);
		return 0;
	}
	struct subset_code *c = &f->codes[f->n_codes++];
	c->glyph = g->glyph;
	c->code = f->face->is_cff ? g->glyph : (unsigned)f->n_codes;
	c->text = text;
	c->n_text = g->text_length;
	c->width = g->width;
	*slot = (unsigned)f->n_codes;
	unsigned code = c->code;
	if (f->n_codes == f->room)
		grow(e, f);
	return code;
}

void embed_shape(struct embed *e, struct shape *shape)
{
	struct embed_face *f = embed_face(e, shape->request.face);
	unsigned *codes = ARENA_ARRAY(e->arena, shape->n_glyphs, unsigned);
	for (int i = 0; i < shape->n_glyphs; i++) {
		const struct shape_glyph *g = &shape->glyphs[i];
		codes[i] = code_of(e, f, g, shape->request.text + g->text_start);
	}
	shape->codes = codes;
}

void embed_finish(struct embed *e)
{
	struct buf b = buf_in(e->arena, 1 << 16);
	buf_text(&b, "/ProcSet[/PDF/Text]/Font<<");
	for (struct embed_face *f = e->faces; f; f = f->next) {
		subset_write(e->arena, e->core, f->object, f->face, f->codes, f->n_codes);
		buf_printf(&b, "/F%d %u 0 R", f->index, f->object);
	}
	buf_text(&b, ">>");
	core_object_set(e->core, core_resources(e->core), buf_view(&b));
}
