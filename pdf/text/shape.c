/* The table of shapes: open addressing, doubled at two thirds, never shrunk. */
#include "pdf/text/shape.h"

#include "pdf/text/hyphenate.h"

#include <assert.h>
#include <math.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/ustring.h>

enum { SOFT_HYPHEN = 0xAD, FIRST_TABLE = 256, MAX_SHAPE_BYTES = 12 << 20 };

struct entry {
	uint64_t hash;
	struct shape *shape; /* NULL: empty */
};

/* What is asked of every glyph of every new word. */
struct glyph_measures {
	int16_t width;       /* thousandths of an em */
	int16_t top, bottom; /* of the ink, in font units */
	bool is_known, has_ink;
};

enum { MAX_FACES = 256 };

struct shaper {
	struct arena *arena;                        /* of shapes and their table */
	struct arena *lasting;                      /* of measures */
	struct glyph_measures *measures[MAX_FACES]; /* by id of the face; NULL: not met yet */
	hb_buffer_t *buffer;
	struct entry *table;
	size_t n_slots, n_used;
};

static void clear_table(struct shaper *s)
{
	s->n_slots = FIRST_TABLE;
	s->n_used = 0;
	s->table = ARENA_ARRAY(s->arena, s->n_slots, struct entry);
}

struct shaper *shaper_new(void)
{
	struct shaper *s = heap_alloc(sizeof *s);
	s->arena = arena_new();
	arena_keep(s->arena, MAX_SHAPE_BYTES);
	s->lasting = arena_new();
	s->buffer = hb_buffer_create();
	clear_table(s);
	return s;
}

void shaper_free(struct shaper *s)
{
	hb_buffer_destroy(s->buffer);
	arena_free(s->lasting);
	arena_free(s->arena);
	heap_free(s);
}

void shaper_trim(struct shaper *s)
{
	if (arena_used_bytes(s->arena) < MAX_SHAPE_BYTES)
		return;
	arena_reset(s->arena);
	clear_table(s);
}

void shaper_hyphenate(struct shaper *s, struct shape *shape)
{
	const struct shape_request *r = &shape->request;
	unsigned char points[HYPHENATE_MAX_POINTS];
	if (shape->n_hyphens >= 0)
		return;
	shape->n_hyphens =
		r->is_rtl || shape->needs_text ? 0 : hyphenate(r->text, r->n_text, r->lang, points);
	shape->hyphens = (const unsigned char *)arena_strndup(
		s->arena, (const char *)points, (size_t)shape->n_hyphens);
}

/* FNV-1a over the code units and the few numbers beside them. */
static uint64_t request_hash(const struct shape_request *r)
{
	uint64_t h = UINT64_C(14695981039346656037);
	uint64_t rest = (uint64_t)r->face->id << 16 | (uint64_t)r->script << 2 |
			(uint64_t)r->is_rtl << 1 | r->tabular | (uint64_t)r->is_hyphenated << 40;
	h = (h ^ rest) * UINT64_C(1099511628211);
	for (int i = 0; i < r->n_text; i++)
		h = (h ^ r->text[i]) * UINT64_C(1099511628211);
	return h ^ h >> 32;
}

static bool requests_equal(const struct shape_request *a, const struct shape_request *b)
{
	bool same_lang = a->lang == b->lang || (a->lang && b->lang && !strcmp(a->lang, b->lang));
	return a->face == b->face && a->script == b->script && a->is_rtl == b->is_rtl &&
	       a->reads_mirrored == b->reads_mirrored && a->is_hyphenated == b->is_hyphenated &&
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

/* Letters keep their marks in one cluster right to left, where both are taken apart here. */
static void run_harfbuzz(hb_buffer_t *buffer, const struct shape_request *r)
{
	static const hb_feature_t tabular[] = {
		{HB_TAG('t', 'n', 'u', 'm'), 1, 0, (unsigned)-1},
		{HB_TAG('l', 'n', 'u', 'm'), 1, 0, (unsigned)-1},
	};
	hb_buffer_reset(buffer);
	hb_buffer_set_cluster_level(buffer, r->is_rtl
						    ? HB_BUFFER_CLUSTER_LEVEL_MONOTONE_GRAPHEMES
						    : HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
	hb_buffer_set_flags(buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
	hb_buffer_add_utf16(buffer, (const uint16_t *)r->text, r->n_text, 0, r->n_text);
	hb_buffer_set_direction(buffer, r->is_rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
	hb_buffer_set_script(buffer, hb_script_from_string(uscript_getShortName(r->script), -1));
	if (r->lang)
		hb_buffer_set_language(buffer, hb_language_from_string(r->lang, -1));
	hb_shape(r->face->font, buffer, tabular, r->tabular ? 2 : 0);
}

/* Fonts keep to this range; a flood of marks in one cluster may not. */
static int16_t units16(int v)
{
	return (int16_t)(v > INT16_MAX ? INT16_MAX : v < INT16_MIN ? INT16_MIN : v);
}

static int to_thousandths(const struct font_face *f, int units)
{
	return (int)lround(units * 1000.0 / f->units_per_em);
}

/* HarfBuzz reads a glyph's outline for its extents: once a document. */
static const struct glyph_measures *measures_of(
	struct shaper *s, const struct font_face *f, unsigned glyph)
{
	assert(f->id < MAX_FACES);
	if (!s->measures[f->id])
		s->measures[f->id] = ARENA_ARRAY(
			s->lasting, hb_face_get_glyph_count(f->face), struct glyph_measures);
	struct glyph_measures *m = &s->measures[f->id][glyph];
	hb_glyph_extents_t ink;
	if (m->is_known)
		return m;
	m->is_known = true;
	m->width = units16(to_thousandths(f, hb_font_get_glyph_h_advance(f->font, glyph)));
	m->has_ink = hb_font_get_glyph_extents(f->font, glyph, &ink);
	if (m->has_ink) {
		m->top = units16(ink.y_bearing);
		m->bottom = units16(ink.y_bearing + ink.height);
	}
	return m;
}

/* What HarfBuzz answered, and the shape that is made of it. */
struct shaping {
	struct shaper *shaper;
	struct arena *arena;
	struct shape *shape;
	const hb_glyph_info_t *info;
	const hb_glyph_position_t *position;
	int n;
	struct shape_glyph *glyphs;
	struct shape_mark *marks;
};

static void measure_ink(struct shaping *s)
{
	for (int i = 0; i < s->n; i++) {
		const struct glyph_measures *m =
			measures_of(s->shaper, s->shape->request.face, s->info[i].codepoint);
		if (!m->has_ink)
			continue;
		int top = s->position[i].y_offset + m->top,
		    bottom = s->position[i].y_offset + m->bottom;
		s->shape->top = top > s->shape->top ? top : s->shape->top;
		s->shape->bottom = bottom < s->shape->bottom ? bottom : s->shape->bottom;
	}
}

static struct shape_glyph *add_glyph(struct shaping *s, int i)
{
	struct shape_glyph *g = &s->glyphs[s->shape->n_glyphs++];
	g->glyph = (uint16_t)s->info[i].codepoint;
	g->width = measures_of(s->shaper, s->shape->request.face, g->glyph)->width;
	g->advance = units16(s->position[i].x_advance);
	g->x = units16(s->position[i].x_offset);
	g->y = units16(s->position[i].y_offset);
	return g;
}

/* The text of each cluster goes to its first glyph; the others continue it. */
static void take_ltr(struct shaping *s)
{
	const struct shape_request *r = &s->shape->request;
	for (int i = 0; i < s->n; i++) {
		struct shape_glyph *g = add_glyph(s, i);
		int start = (int)s->info[i].cluster, k = i + 1;
		if (i == 0 || (int)s->info[i - 1].cluster != start) {
			while (k < s->n && (int)s->info[k].cluster == start)
				k++;
			g->at = (uint16_t)start;
			int n = (k < s->n ? (int)s->info[k].cluster : r->n_text) - start;
			g->n_text = n < UINT8_MAX ? (uint8_t)n : UINT8_MAX;
		}
		if (!g->n_text || !g->advance || g->y)
			s->shape->needs_text = true;
	}
	if (r->is_hyphenated && s->n)
		s->glyphs[s->shape->n_glyphs - 1].own = SOFT_HYPHEN;
}

/* The text from `start`; a lone bracket may have to be read as the one it looks like. */
static void set_character(struct shaping *s, struct shape_glyph *g, int start, int n)
{
	const struct shape_request *r = &s->shape->request;
	g->at = (uint16_t)start;
	g->n_text = n < UINT8_MAX ? (uint8_t)n : UINT8_MAX;
	if (n == 1 && r->reads_mirrored)
		g->own = (UChar)u_charMirror(r->text[start]);
}

/*
 * Shares the advance of a cluster among its characters, the last one leftmost: the glyph that is
 * drawn stands for that one, blanks of the same face for the others. Its declared width is its
 * share, less than what is drawn; viewers place glyphs by the declared width and draw them whole.
 */
static void add_cluster(struct shaping *s, int carrier, int advance, int start, int end)
{
	const struct shape_request *r = &s->shape->request;
	hb_codepoint_t blank = 0;
	int n = u_countChar32(r->text + start, end - start);
	struct shape_glyph *g = add_glyph(s, carrier);
	g->advance = units16(advance);
	if (n > 1) {
		hb_font_get_nominal_glyph(r->face->font, ' ', &blank);
		g->advance = units16(advance / n);
		g->width = units16(to_thousandths(r->face, g->advance));
	}
	for (int k = 0; end > start; k++) {
		int from = end;
		U16_BACK_1(r->text, start, from);
		if (k > 0) {
			struct shape_glyph slot = {.glyph = (uint16_t)blank,
				.width = s->glyphs[s->shape->n_glyphs - k].width};
			g = &s->glyphs[s->shape->n_glyphs++];
			*g = slot;
			g->advance =
				units16(k < n - 1 ? advance / n : advance - advance / n * (n - 1));
		}
		set_character(s, g, from, end - from);
		end = from;
	}
}

/* Glyphs i to k - 1 are one cluster, whose text ends where that of the glyph before began. */
static void take_cluster(struct shaping *s, int i, int k, int end, int *origin)
{
	int carrier = i, advance = 0;
	while (carrier < k - 1 && !s->position[carrier].x_advance)
		carrier++;
	for (int m = i; m < k; m++) {
		if (m != carrier) {
			struct shape_mark *mark = &s->marks[s->shape->n_marks++];
			mark->glyph = s->info[m].codepoint;
			mark->width =
				measures_of(s->shaper, s->shape->request.face, mark->glyph)->width;
			mark->x = *origin + advance + s->position[m].x_offset;
			mark->y = s->position[m].y_offset;
		}
		advance += s->position[m].x_advance;
	}
	*origin += advance;
	add_cluster(s, carrier, advance, (int)s->info[i].cluster, end);
}

static void take_rtl(struct shaping *s)
{
	int origin = 0;
	/* Leftmost is last: the text of a cluster ends where that of its left neighbour begins. */
	for (int i = 0, k, end = s->shape->request.n_text; i < s->n; i = k) {
		for (k = i + 1; k < s->n && s->info[k].cluster == s->info[i].cluster;)
			k++;
		take_cluster(s, i, k, end, &origin);
		end = (int)s->info[i].cluster;
	}
}

static struct shape *shape_new(struct shaper *shaper, const struct shape_request *r)
{
	unsigned n;
	struct shaping s = {.shaper = shaper,
		.arena = shaper->arena,
		.shape = ARENA_NEW(shaper->arena, struct shape)};
	run_harfbuzz(shaper->buffer, r);
	s.info = hb_buffer_get_glyph_infos(shaper->buffer, &n);
	s.position = hb_buffer_get_glyph_positions(shaper->buffer, NULL);
	s.n = (int)n;
	s.shape->request = *r;
	s.shape->n_hyphens = -1;
	/* Right to left a cluster may need a glyph for each character, and has them at hand. */
	s.glyphs = ARENA_ARRAY(
		shaper->arena, r->is_rtl ? n + (unsigned)r->n_text : n, struct shape_glyph);
	s.shape->glyphs = s.glyphs;
	if (r->is_rtl) {
		s.marks = ARENA_ARRAY(shaper->arena, n, struct shape_mark);
		s.shape->marks = s.marks;
		take_rtl(&s);
	} else {
		take_ltr(&s);
	}
	s.shape->codes = ARENA_ARRAY(shaper->arena, s.shape->n_glyphs + s.shape->n_marks, uint16_t);
	for (int i = 0; i < s.shape->n_glyphs; i++)
		s.shape->width += s.glyphs[i].advance;
	measure_ink(&s);
	return s.shape;
}

struct shape *shaper_find(struct shaper *s, const struct shape_request *request)
{
	return find_slot(s->table, s->n_slots, request_hash(request), request)->shape;
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
	*e = (struct entry){hash, shape_new(s, &kept)};
	struct shape *shape = e->shape;
	if (++s->n_used * 3 > s->n_slots * 2)
		grow(s);
	return shape;
}
