/* A world of templates for the tests of the engine: partials, a translation, and expectations. */
#ifndef MUSTACHE_WORLD_H
#define MUSTACHE_WORLD_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>
#include "view/mustache.h"

struct partial {
	const char *name, *source;
	struct mustache *compiled;
};

struct world {
	struct arena *arena;
	struct partial partials[12];
	size_t n_partials;
	struct err err;
	size_t max_bytes;
};

static inline const struct mustache *partial_of(void *context, const char *name)
{
	struct world *w = context;
	for (size_t i = 0; i < w->n_partials; i++)
		if (strcmp(w->partials[i].name, name) == 0)
			return w->partials[i].compiled;
	return NULL;
}

/* A language where everything is turned round, to see who translates what. */
static inline const char *translate(void *context, const char *lang, const char *id, int64_t n)
{
	(void)context;
	if (strcmp(lang, "en") == 0)
		return id;
	if (strcmp(id, "{{n}} place left|{{n}} places left") == 0)
		return n == 1 ? "noch {{n}} Platz" : "noch {{n}} Plätze";
	if (strcmp(id, "Dear {{name}}, welcome to {{event.title}}") == 0)
		return "Willkommen bei {{event.title}}, {{ name }}";
	if (strcmp(id, "odd") == 0)
		return "a {{name} b {{#x}} c {{a.b.c.d.e.f.g.h.i}} d {{";
	return "?";
}

static inline int setup(void **state)
{
	struct world *w = heap_alloc(sizeof *w);
	w->arena = arena_new();
	w->err = err_in(w->arena);
	w->max_bytes = 1 << 20;
	*state = w;
	return 0;
}

static inline int teardown(void **state)
{
	struct world *w = *state;
	for (size_t i = 0; i < w->n_partials; i++)
		mustache_free(w->partials[i].compiled);
	arena_free(w->arena);
	heap_free(w);
	return 0;
}

static inline void add_partial(struct world *w, const char *name, const char *source)
{
	struct partial *p = &w->partials[w->n_partials++];
	*p = (struct partial){.name = name, .source = source};
	assert_int_equal(mustache_new(name, str_from(source), &p->compiled, &w->err), OK);
}

typedef enum rc render_fn(const struct mustache *, const struct mustache_host *, const char *,
	const cJSON *, struct buf *, struct err *);

static inline enum rc render_with(struct world *w, render_fn *how, const char *lang,
	struct str source, const char *json, const char **out)
{
	struct mustache *m;
	cJSON *model = cJSON_Parse(json);
	assert_non_null(model);
	assert_int_equal(mustache_new("page", source, &m, &w->err), OK);
	struct buf b = buf_in(w->arena, w->max_bytes);
	struct mustache_host host = {.context = w, .partial = partial_of, .translate = translate};
	enum rc rc = how(m, &host, lang, model, &b, &w->err);
	*out = buf_cstr(&b);
	mustache_free(m);
	cJSON_Delete(model);
	return rc;
}

static inline void expect(
	struct world *w, const char *source, const char *json, const char *expected)
{
	const char *out;
	enum rc rc = render_with(w, mustache_render, "en", str_from(source), json, &out);
	assert_int_equal(rc, OK);
	assert_string_equal(out, expected);
}

static inline void expect_refused(struct world *w, const char *source, const char *message)
{
	struct mustache *m = NULL;
	struct err err = err_in(w->arena);
	assert_int_equal(mustache_new("page", str_from(source), &m, &err), INVALID);
	assert_string_equal(err.message, message);
	assert_null(m);
}

static inline const char *repeat(struct arena *a, const char *piece, size_t n, const char *tail)
{
	size_t length = strlen(piece);
	char *all = arena_alloc(a, n * length + strlen(tail) + 1);
	for (size_t i = 0; i < n; i++)
		memcpy(all + i * length, piece, length);
	memcpy(all + n * length, tail, strlen(tail) + 1);
	return all;
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

#endif
