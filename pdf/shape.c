/* The table of shapes: open addressing, doubled at two thirds, never shrunk. */
#include "pdf/shape.h"

#include <math.h>
#include <string.h>

enum { FIRST_TABLE = 256 };

struct entry {
	uint64_t hash;
	struct shape *shape; /* NULL: empty */
};

struct shaper {
	struct arena *arena;
	hb_buffer_t *buffer;
	struct entry *table;
	size_t n_slots, n_used;
};

struct shaper *shaper_new(struct arena *a)
{
	struct shaper *s = ARENA_NEW(a, struct shaper);
	s->arena = a;
	s->buffer = hb_buffer_create();
	s->n_slots = FIRST_TABLE;
	s->table = ARENA_ARRAY(a, s->n_slots, struct entry);
	return s;
}

void shaper_free(struct shaper *s)
{
	hb_buffer_destroy(s->buffer);
	s->buffer = NULL;
}

/* FNV-1a over the code units and the few numbers beside them. */
static uint64_t request_hash(const struct shape_request *r)
{
	uint64_t h = UINT64_C(14695981039346656037);
	uint64_t rest = (uint64_t)r->face->id << 16 | (uint64_t)r->script << 2 |
			(uint64_t)r->is_rtl << 1 | r->tabular;
	h = (h ^ rest) * UINT64_C(1099511628211);
	for (int i = 0; i < r->n_text; i++)
		h = (h ^ r->text[i]) * UINT64_C(1099511628211);
	return h ^ h >> 32;
}

static bool requests_equal(const struct shape_request *a, const struct shape_request *b)
{
	bool same_lang = a->lang == b->lang || (a->lang && b->lang && !strcmp(a->lang, b->lang));
	return a->face == b->face && a->script == b->script && a->is_rtl == b->is_rtl &&
	       a->tabular == b->tabular && a->n_text == b->n_text && same_lang &&
	       memcmp(a->text, b->text, (size_t)a->n_text * sizeof(UChar)) == 0;
}

static struct entry *find_slot(
	struct entry *table, size_t n_slots, uint64_t hash, const struct shape_request *r)
{
	size_t i = hash & (n_slots - 1);
	while (table[i].shape &&
		(table[i].hash != hash || !requests_equal(&table[i].shape->request, r)))
		i = (i + 1) & (n_slots - 1);
	return &table[i];
}

static void grow(struct shaper *s)
{
	size_t n_slots = s->n_slots * 2;
	struct entry *table = ARENA_ARRAY(s->arena, n_slots, struct entry);
	for (size_t i = 0; i < s->n_slots; i++)
		if (s->table[i].shape)
			*find_slot(table, n_slots, s->table[i].hash, &s->table[i].shape->request) =
				s->table[i];
	s->table = table;
	s->n_slots = n_slots;
}

static void run_harfbuzz(hb_buffer_t *buffer, const struct shape_request *r)
{
	static const hb_feature_t tabular[] = {
		{HB_TAG('t', 'n', 'u', 'm'), 1, 0, (unsigned)-1},
		{HB_TAG('l', 'n', 'u', 'm'), 1, 0, (unsigned)-1},
	};
	hb_buffer_reset(buffer);
	hb_buffer_set_cluster_level(buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
	hb_buffer_set_flags(buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
	hb_buffer_add_utf16(buffer, (const uint16_t *)r->text, r->n_text, 0, r->n_text);
	hb_buffer_set_direction(buffer, r->is_rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
	hb_buffer_set_script(buffer, hb_script_from_string(uscript_getShortName(r->script), -1));
	if (r->lang)
		hb_buffer_set_language(buffer, hb_language_from_string(r->lang, -1));
	hb_shape(r->face->font, buffer, tabular, r->tabular ? 2 : 0);
}

/* The text of each cluster goes to its first glyph; the others continue it. */
static void assign_text(
	struct shape *shape, struct shape_glyph *glyphs, const hb_glyph_info_t *info)
{
	int n = shape->n_glyphs;
	for (int i = 0; i < n; i++) {
		int start = (int)info[i].cluster, end = shape->request.n_text;
		bool first = i == 0 || info[i - 1].cluster != info[i].cluster;
		int step = shape->request.is_rtl ? -1 : 1;
		for (int k = i; k >= 0 && k < n; k += step) {
			if ((int)info[k].cluster != start) {
				end = (int)info[k].cluster;
				break;
			}
		}
		glyphs[i].text_start = start;
		glyphs[i].text_length = first && end > start ? end - start : 0;
		if (!glyphs[i].text_length && !shape->request.is_rtl)
			shape->needs_text = true;
	}
}

static int width_of(const struct font_face *f, unsigned glyph)
{
	int advance = hb_font_get_glyph_h_advance(f->font, glyph);
	return (int)lround(advance * 1000.0 / f->units_per_em);
}

static struct shape *shape_new(struct shaper *s, const struct shape_request *r)
{
	struct shape *shape = ARENA_NEW(s->arena, struct shape);
	unsigned n;
	run_harfbuzz(s->buffer, r);
	const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(s->buffer, &n);
	const hb_glyph_position_t *position = hb_buffer_get_glyph_positions(s->buffer, NULL);
	struct shape_glyph *glyphs = ARENA_ARRAY(s->arena, n, struct shape_glyph);
	shape->request = *r;
	shape->n_glyphs = (int)n;
	shape->glyphs = glyphs;
	for (unsigned i = 0; i < n; i++) {
		hb_glyph_extents_t ink = {0, 0, 0, 0};
		glyphs[i].glyph = info[i].codepoint;
		glyphs[i].advance = position[i].x_advance;
		glyphs[i].x = position[i].x_offset;
		glyphs[i].y = position[i].y_offset;
		glyphs[i].width = width_of(r->face, info[i].codepoint);
		shape->width += position[i].x_advance;
		if (!hb_font_get_glyph_extents(r->face->font, info[i].codepoint, &ink))
			continue;
		int top = glyphs[i].y + ink.y_bearing, bottom = top + ink.height;
		shape->top = top > shape->top ? top : shape->top;
		shape->bottom = bottom < shape->bottom ? bottom : shape->bottom;
	}
	assign_text(shape, glyphs, info);
	return shape;
}

struct shape *shaper_shape(struct shaper *s, const struct shape_request *request)
{
	uint64_t hash = request_hash(request);
	struct entry *e = find_slot(s->table, s->n_slots, hash, request);
	if (e->shape)
		return e->shape;
	struct shape_request kept = *request;
	size_t n_bytes = (size_t)request->n_text * sizeof(UChar);
	UChar *text = arena_alloc(s->arena, n_bytes);
	memcpy(text, request->text, n_bytes);
	kept.text = text;
	kept.lang = arena_strdup(s->arena, request->lang);
	*e = (struct entry){hash, shape_new(s, &kept)};
	struct shape *shape = e->shape;
	if (++s->n_used * 3 > s->n_slots * 2)
		grow(s);
	return shape;
}
