/* Glyphs are collected where there is room for the most, and then packed into one piece of memory.
 */
#include "pdf/text/shape.h"

#include <assert.h>
#include <math.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/ustring.h>

enum { SOFT_HYPHEN = 0xAD, MAX_FACES = 256 };

/* What is asked of every glyph of every new word. */
struct glyph_measures {
	int16_t width;       /* thousandths of an em */
	int16_t top, bottom; /* of the ink, in font units */
	bool is_known, has_ink;
};

/* Plain texts have no marks to compose or to place: Gentium shapes them in less than half the time.
 */
enum plan_kind { PLAN_FULL, PLAN_PLAIN };

enum { MAX_FEATURES = 5, N_PLANS = 64 };

/* How to shape requests that are alike. HarfBuzz keeps plans too, but in one long list a face. */
struct plan {
	hb_shape_plan_t *plan;        /* NULL: none yet */
	struct shape_request request; /* the first of them */
	enum plan_kind kind;
	hb_segment_properties_t properties;
	hb_feature_t features[MAX_FEATURES];
	unsigned n_features;
};

struct shape_maker {
	struct glyph_measures *measures[MAX_FACES]; /* by id of the face; NULL: not met yet */
	hb_buffer_t *buffer;
	struct plan plans[N_PLANS]; /* by hash; a newer one takes the place of an older */
	struct shape_glyph *glyphs; /* of the shape in hand; NULL: none yet */
	struct shape_cluster *clusters;
	struct shape_mark *marks;
	size_t room; /* for each */
};

struct shape_maker *shape_maker_new(void)
{
	struct shape_maker *m = heap_alloc(sizeof *m);
	m->buffer = hb_buffer_create();
	return m;
}

void shape_maker_free(struct shape_maker *m)
{
	for (int i = 0; i < N_PLANS; i++)
		hb_shape_plan_destroy(m->plans[i].plan);
	hb_buffer_destroy(m->buffer);
	heap_free(m->glyphs);
	heap_free(m->clusters);
	heap_free(m->marks);
	for (int i = 0; i < MAX_FACES; i++)
		heap_free(m->measures[i]);
	heap_free(m);
}

static bool is_plan_for(const struct plan *p, const struct shape_request *r, enum plan_kind kind)
{
	const struct shape_request *a = &p->request;
	return p->plan && p->kind == kind && a->face == r->face && a->lang == r->lang &&
	       a->script == r->script && a->is_rtl == r->is_rtl && a->tabular == r->tabular;
}

static struct plan *plan_slot(
	struct shape_maker *m, const struct shape_request *r, enum plan_kind kind)
{
	uintptr_t hash = (uintptr_t)r->lang / 16 * 31 + (uintptr_t)r->face->id * 7 +
			 (uintptr_t)r->script * 3 + (uintptr_t)kind * 17 + r->tabular;
	return &m->plans[hash % N_PLANS];
}

static void set_feature(struct plan *p, const char name[4], uint32_t value)
{
	p->features[p->n_features++] =
		(hb_feature_t){HB_TAG(name[0], name[1], name[2], name[3]), value, 0, (unsigned)-1};
}

/*
 * Letters of Latin, Greek and Cyrillic, and the dashes and quotes between them, that are one glyph
 * in every face: neither marks nor, such as the letters of Vietnamese, composed of them.
 */
static bool is_plain_unit(UChar c)
{
	return c < 0x250 || (c >= 0x386 && c <= 0x481) || (c >= 0x48A && c <= 0x52F) ||
	       (c >= 0x2010 && c <= 0x2027);
}

static enum plan_kind plan_kind(const struct shape_request *r)
{
	for (int i = 0; i < r->n_text; i++)
		if (!is_plain_unit(r->text[i]))
			return PLAN_FULL;
	return r->is_rtl ? PLAN_FULL : PLAN_PLAIN;
}

static const struct plan *plan_for(struct shape_maker *m, const struct shape_request *r)
{
	enum plan_kind kind = plan_kind(r);
	struct plan *p = plan_slot(m, r, kind);
	if (is_plan_for(p, r, kind))
		return p;
	hb_shape_plan_destroy(p->plan);
	*p = (struct plan){.request = *r, .kind = kind};
	p->properties.direction = r->is_rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR;
	p->properties.script = hb_script_from_string(uscript_getShortName(r->script), -1);
	p->properties.language =
		r->lang ? hb_language_from_string(r->lang, -1) : HB_LANGUAGE_INVALID;
	if (r->tabular) {
		set_feature(p, "tnum", 1);
		set_feature(p, "lnum", 1);
	}
	if (kind == PLAN_PLAIN) {
		set_feature(p, "ccmp", 0);
		set_feature(p, "mark", 0);
		set_feature(p, "mkmk", 0);
	}
	p->plan = hb_shape_plan_create_cached(
		r->face->face, &p->properties, p->features, p->n_features, NULL);
	return p;
}

/* Letters keep their marks in one cluster right to left, where both are taken apart here. */
static void run_harfbuzz(struct shape_maker *m, const struct shape_request *r)
{
	const struct plan *p = plan_for(m, r);
	hb_buffer_t *buffer = m->buffer;
	hb_buffer_reset(buffer);
	hb_buffer_set_cluster_level(buffer, r->is_rtl
						    ? HB_BUFFER_CLUSTER_LEVEL_MONOTONE_GRAPHEMES
						    : HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
	hb_buffer_set_flags(buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
	hb_buffer_add_utf16(buffer, (const uint16_t *)r->text, r->n_text, 0, r->n_text);
	hb_buffer_set_segment_properties(buffer, &p->properties);
	if (!hb_shape_plan_execute(p->plan, r->face->font, buffer, p->features, p->n_features))
		hb_buffer_clear_contents(buffer); /* out of memory: nothing is drawn */
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

/*
 * HarfBuzz reads a glyph's outline for its extents: once a document. Most of a large face is never
 * asked for, and of zeroed memory on the heap only what is written takes room.
 */
static const struct glyph_measures *measures_of(
	struct shape_maker *m, const struct font_face *f, unsigned glyph)
{
	assert(f->id < MAX_FACES);
	if (!m->measures[f->id])
		m->measures[f->id] = heap_alloc(
			hb_face_get_glyph_count(f->face) * sizeof(struct glyph_measures));
	struct glyph_measures *found = &m->measures[f->id][glyph];
	hb_glyph_extents_t ink;
	if (found->is_known)
		return found;
	found->is_known = true;
	found->width = units16(to_thousandths(f, hb_font_get_glyph_h_advance(f->font, glyph)));
	found->has_ink = hb_font_get_glyph_extents(f->font, glyph, &ink);
	if (found->has_ink) {
		found->top = units16(ink.y_bearing);
		found->bottom = units16(ink.y_bearing + ink.height);
	}
	return found;
}

/* What HarfBuzz answered, and the shape that is made of it. */
struct shaping {
	struct shape_maker *maker;
	struct shape *shape; /* its parts are the maker's */
	const hb_glyph_info_t *info;
	const hb_glyph_position_t *position;
	int n;
};

static void measure_ink(struct shaping *s)
{
	for (int i = 0; i < s->n; i++) {
		const struct glyph_measures *m =
			measures_of(s->maker, s->shape->request.face, s->info[i].codepoint);
		if (!m->has_ink)
			continue;
		int16_t top = units16(s->position[i].y_offset + m->top),
			bottom = units16(s->position[i].y_offset + m->bottom);
		s->shape->top = top > s->shape->top ? top : s->shape->top;
		s->shape->bottom = bottom < s->shape->bottom ? bottom : s->shape->bottom;
	}
}

/* Glyph 0 stands for what the face does not have. */
static bool is_covered(const struct shaping *s)
{
	for (int i = 0; i < s->n; i++)
		if (!s->info[i].codepoint)
			return false;
	return true;
}

/* One in the making. */
struct addition {
	struct shape_glyph *glyph;
	struct shape_cluster *cluster;
};

static struct addition add_blank(struct shaping *s, unsigned glyph)
{
	int i = s->shape->n_glyphs++;
	struct addition new = {&s->maker->glyphs[i], &s->maker->clusters[i]};
	*new.glyph = (struct shape_glyph){.glyph = (uint16_t)glyph};
	*new.cluster = (struct shape_cluster){0};
	return new;
}

static struct addition add_glyph(struct shaping *s, int i)
{
	struct addition new = add_blank(s, s->info[i].codepoint);
	new.glyph->width = measures_of(s->maker, s->shape->request.face, new.glyph->glyph)->width;
	new.glyph->advance = units16(s->position[i].x_advance);
	new.cluster->x = units16(s->position[i].x_offset);
	new.cluster->y = units16(s->position[i].y_offset);
	return new;
}

/* The text of each cluster goes to its first glyph; the others continue it. */
static void take_ltr(struct shaping *s)
{
	const struct shape_request *r = &s->shape->request;
	for (int i = 0; i < s->n; i++) {
		struct addition new = add_glyph(s, i);
		struct shape_cluster *c = new.cluster;
		int start = (int)s->info[i].cluster, k = i + 1;
		if (i == 0 || (int)s->info[i - 1].cluster != start) {
			while (k < s->n && (int)s->info[k].cluster == start)
				k++;
			c->at = (uint16_t)start;
			int n = (k < s->n ? (int)s->info[k].cluster : r->n_text) - start;
			c->n_text = n < UINT8_MAX ? (uint8_t)n : UINT8_MAX;
		}
		if (!c->n_text || !new.glyph->advance || c->y)
			s->shape->needs_text = true;
	}
	if (r->is_hyphenated && s->n)
		s->maker->clusters[s->shape->n_glyphs - 1].own = SOFT_HYPHEN;
}

/* The text from `start`; a lone bracket may have to be read as the one it looks like. */
static void set_character(struct shaping *s, struct shape_cluster *c, int start, int n)
{
	const struct shape_request *r = &s->shape->request;
	c->at = (uint16_t)start;
	c->n_text = n < UINT8_MAX ? (uint8_t)n : UINT8_MAX;
	if (n == 1 && r->reads_mirrored)
		c->own = (UChar)u_charMirror(r->text[start]);
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
	struct addition new = add_glyph(s, carrier);
	new.glyph->advance = units16(advance);
	if (n > 1) {
		hb_font_get_nominal_glyph(r->face->font, ' ', &blank);
		new.glyph->advance = units16(advance / n);
		new.glyph->width = units16(to_thousandths(r->face, new.glyph->advance));
	}
	int16_t share = new.glyph->width;
	for (int k = 0; end > start; k++) {
		int from = end;
		U16_BACK_1(r->text, start, from);
		if (k > 0) {
			new = add_blank(s, blank);
			new.glyph->width = share;
			new.glyph->advance =
				units16(k < n - 1 ? advance / n : advance - advance / n * (n - 1));
		}
		set_character(s, new.cluster, from, end - from);
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
			struct shape_mark *mark = &s->maker->marks[s->shape->n_marks++];
			mark->glyph = (uint16_t)s->info[m].codepoint;
			mark->code = 0;
			mark->width =
				measures_of(s->maker, s->shape->request.face, mark->glyph)->width;
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

static void make_room(struct shape_maker *m, size_t n)
{
	if (n <= m->room)
		return;
	m->room = n * 2;
	m->glyphs = heap_resize(m->glyphs, m->room * sizeof *m->glyphs);
	m->clusters = heap_resize(m->clusters, m->room * sizeof *m->clusters);
	m->marks = heap_resize(m->marks, m->room * sizeof *m->marks);
}

static void *put_part(char **end, const void *part, size_t n)
{
	void *at = *end;
	if (part && n)
		memcpy(at, part, n);
	*end += n;
	return at;
}

/* A copy whose parts stand behind it, in the order of their alignment. */
struct shape *shape_copy(struct arena *a, const struct shape *shape)
{
	size_t n_marks = (size_t)shape->n_marks * sizeof *shape->marks,
	       n_glyphs = (size_t)shape->n_glyphs * sizeof *shape->glyphs,
	       n_clusters = shape->clusters ? (size_t)shape->n_glyphs * sizeof *shape->clusters : 0,
	       n_text = (size_t)shape->request.n_text * sizeof(UChar),
	       n_hyphens = shape->n_hyphens > 0 ? (size_t)shape->n_hyphens : 0;
	struct shape *copy = arena_raw_array(
		a, 1, sizeof *copy + n_marks + n_glyphs + n_clusters + n_text + n_hyphens);
	char *end = (char *)(copy + 1);
	*copy = *shape;
	copy->marks = put_part(&end, shape->marks, n_marks);
	copy->request.text = put_part(&end, shape->request.text, n_text);
	copy->glyphs = put_part(&end, shape->glyphs, n_glyphs);
	if (shape->clusters)
		copy->clusters = put_part(&end, shape->clusters, n_clusters);
	copy->hyphens = put_part(&end, shape->hyphens, n_hyphens);
	return copy;
}

static bool is_plain(const struct shape_cluster *clusters, int n)
{
	for (int i = 0; i < n; i++) {
		const struct shape_cluster *c = &clusters[i];
		if (c->x || c->y || c->at != i || c->own || c->n_text != 1)
			return false;
	}
	return true;
}

struct shape *shape_new(struct shape_maker *m, struct arena *a, const struct shape_request *request)
{
	unsigned n;
	struct shape shape = {.request = *request, .n_hyphens = -1};
	struct shaping s = {.maker = m, .shape = &shape};
	run_harfbuzz(m, request);
	s.info = hb_buffer_get_glyph_infos(m->buffer, &n);
	s.position = hb_buffer_get_glyph_positions(m->buffer, NULL);
	s.n = (int)n;
	/* Right to left a cluster may need a glyph for each character. */
	make_room(m, request->is_rtl ? n + (size_t)request->n_text : n);
	if (request->is_rtl)
		take_rtl(&s);
	else
		take_ltr(&s);
	shape.glyphs = m->glyphs;
	shape.marks = m->marks;
	if (!is_plain(m->clusters, shape.n_glyphs))
		shape.clusters = m->clusters;
	for (int i = 0; i < shape.n_glyphs; i++)
		shape.width += m->glyphs[i].advance;
	measure_ink(&s);
	shape.is_covered = is_covered(&s);
	return shape_copy(a, &shape);
}

bool shape_ends_in_stop(const struct shape_request *r)
{
	static const UChar stops[] = u",.;:";
	UChar last = r->n_text > 2 ? r->text[r->n_text - 1] : 0;
	return last && last < 0x80 && u_strchr(stops, last) && !r->is_hyphenated &&
	       plan_kind(r) == PLAN_PLAIN;
}

/* A glyph a letter, on the baseline. */
static bool is_simple(const struct shape *s)
{
	return !s->clusters && !s->n_marks && !s->needs_text && s->n_glyphs == s->request.n_text;
}

struct shape *shape_with_stop(struct arena *a, const struct shape_request *request,
	const struct shape *word, const struct shape *end)
{
	struct shape_glyph glyphs[UINT8_MAX];
	int n = word->n_glyphs;
	if (!is_simple(word) || !is_simple(end) || end->n_glyphs != 2 || n >= UINT8_MAX ||
		word->glyphs[n - 1].glyph != end->glyphs[0].glyph)
		return NULL;
	struct shape shape = *word;
	memcpy(glyphs, word->glyphs, (size_t)n * sizeof *glyphs);
	int alone = hb_font_get_glyph_h_advance(request->face->font, glyphs[n - 1].glyph),
	    kern = end->glyphs[0].advance - alone;
	glyphs[n - 1].advance = units16(glyphs[n - 1].advance + kern);
	glyphs[n] = end->glyphs[1];
	shape.request = *request;
	shape.glyphs = glyphs;
	shape.n_glyphs = n + 1;
	shape.n_hyphens = -1;
	shape.hyphens = NULL;
	shape.width += kern + end->glyphs[1].advance;
	shape.top = end->top > word->top ? end->top : word->top;
	shape.bottom = end->bottom < word->bottom ? end->bottom : word->bottom;
	shape.is_covered = word->is_covered && end->is_covered;
	shape.is_embedded = false;
	return shape_copy(a, &shape);
}
