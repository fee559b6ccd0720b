/* Tables of open addressing, doubled at two thirds. */
#include "pdf/text/shaper.h"

#include "pdf/text/hyphenate.h"

#include <string.h>

enum { FIRST_TABLE = 256, GENERATION_BYTES = 7 << 20 };

struct entry {
	uint64_t hash;
	struct shape *shape; /* NULL: empty */
};

struct generation {
	struct arena *arena;
	struct entry *table;
	size_t n_slots, n_used;
};

struct shaper {
	struct shape_maker *maker;
	struct generation young, old;
};

static void generation_clear(struct generation *g)
{
	arena_reset(g->arena);
	heap_free(g->table);
	g->n_slots = FIRST_TABLE;
	g->n_used = 0;
	g->table = heap_alloc(g->n_slots * sizeof *g->table);
}

static struct generation generation_new(void)
{
	struct generation g = {.arena = arena_new()};
	arena_keep(g.arena, GENERATION_BYTES);
	generation_clear(&g);
	return g;
}

static void generation_free(struct generation *g)
{
	arena_free(g->arena);
	heap_free(g->table);
}

struct shaper *shaper_new(void)
{
	struct shaper *s = heap_alloc(sizeof *s);
	s->maker = shape_maker_new();
	s->young = generation_new();
	s->old = generation_new();
	return s;
}

void shaper_free(struct shaper *s)
{
	generation_free(&s->young);
	generation_free(&s->old);
	shape_maker_free(s->maker);
	heap_free(s);
}

void shaper_trim(struct shaper *s)
{
	struct generation forgotten = s->old;
	if (arena_used_bytes(s->young.arena) < GENERATION_BYTES)
		return;
	s->old = s->young;
	font_put_all_down(); /* it is also long since that some of them were read */
	generation_clear(&forgotten);
	s->young = forgotten;
}

/* FNV-1a over the code units and the few numbers beside them. */
uint64_t shaper_hash(const struct shape_request *r)
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
	const struct generation *g, uint64_t hash, const struct shape_request *r)
{
	size_t i = hash & (g->n_slots - 1);
	while (g->table[i].shape &&
		(g->table[i].hash != hash || !requests_equal(&g->table[i].shape->request, r)))
		i = (i + 1) & (g->n_slots - 1);
	return &g->table[i];
}

static void grow(struct generation *g)
{
	struct generation larger = *g;
	larger.n_slots = g->n_slots * 2;
	larger.table = heap_alloc(larger.n_slots * sizeof *larger.table);
	for (size_t i = 0; i < g->n_slots; i++) {
		const struct entry *e = &g->table[i];
		if (e->shape)
			*find_slot(&larger, e->hash, &e->shape->request) = *e;
	}
	heap_free(g->table);
	*g = larger;
}

/* The shape in its empty slot of the young generation. */
static struct shape *keep(struct shaper *s, struct entry *e, uint64_t hash, struct shape *shape)
{
	*e = (struct entry){hash, shape};
	if (++s->young.n_used * 3 > s->young.n_slots * 2)
		grow(&s->young);
	return shape;
}

static struct shape *find(struct shaper *s, uint64_t hash, const struct shape_request *request)
{
	struct entry *e = find_slot(&s->young, hash, request);
	if (e->shape)
		return e->shape;
	const struct shape *old = find_slot(&s->old, hash, request)->shape;
	return old ? keep(s, e, hash, shape_copy(s->young.arena, old)) : NULL;
}

void shaper_announce(const struct shaper *s, uint64_t hash)
{
	__builtin_prefetch(&s->young.table[hash & (s->young.n_slots - 1)]);
}

/* Its request, and behind that what it is compared by. */
void shaper_approach(const struct shaper *s, uint64_t hash)
{
	const struct shape *shape = s->young.table[hash & (s->young.n_slots - 1)].shape;
	if (!shape)
		return;
	__builtin_prefetch(shape);
	__builtin_prefetch(shape + 1);
}

/* From the word and its last letter with the stop, both of which are met again and again. */
static struct shape *make_with_stop(struct shaper *s, const struct shape_request *request)
{
	struct shape_request word = *request, end = *request;
	word.n_text--;
	end.text += request->n_text - 2;
	end.n_text = 2;
	const struct shape *of_word = shaper_shape(s, &word, shaper_hash(&word)),
			   *of_end = shaper_shape(s, &end, shaper_hash(&end));
	return shape_with_stop(s->young.arena, request, of_word, of_end);
}

struct shape *shaper_shape(struct shaper *s, const struct shape_request *request, uint64_t hash)
{
	struct shape *shape = find(s, hash, request);
	if (shape)
		return shape;
	if (shape_ends_in_stop(request))
		shape = make_with_stop(s, request);
	if (!shape)
		shape = shape_new(s->maker, s->young.arena, request);
	return keep(s, find_slot(&s->young, hash, request), hash, shape);
}

void shaper_hyphenate(struct shaper *s, struct shape *shape)
{
	const struct shape_request *r = &shape->request;
	unsigned char points[HYPHENATE_MAX_POINTS];
	if (shape->n_hyphens >= 0)
		return;
	shape->n_hyphens =
		r->is_rtl || shape->needs_text ? 0 : hyphenate(r->text, r->n_text, r->lang, points);
	if (shape->n_hyphens)
		shape->hyphens = (const unsigned char *)arena_strndup(
			s->young.arena, (const char *)points, (size_t)shape->n_hyphens);
}
