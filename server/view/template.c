/*
 * The set of compiled templates. In the product it is made once and never changes, so rendering
 * takes no lock. In --dev the files are looked at again, at most every 200 ms; a set that compiles
 * takes the place of the old one, and until it does every page says what is wrong and where.
 */
#include "view/template.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include "base/clock.h"
#include "view/mustache.h"

enum { CHECK_MS = 200 };

struct entry {
	const char *name;
	struct mustache *compiled;
};

struct set {
	struct arena *arena;
	struct entry *entries; /* sorted by name */
	size_t n, cap;
};

struct templates {
	const struct assets *assets;
	const struct i18n *i18n;
	bool is_dev;
	pthread_rwlock_t lock; /* in --dev: guards everything below */
	struct set *set;
	int64_t changed_at, checked_ms;
	struct arena *broken_arena;
	const char *broken; /* why the files do not compile now; NULL when they do */
};

/* ---- the set ---- */

static struct set *set_new(void)
{
	struct arena *a = arena_new();
	struct set *s = ARENA_NEW(a, struct set);
	s->arena = a;
	return s;
}

static void set_free(struct set *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->n; i++)
		mustache_free(s->entries[i].compiled);
	arena_free(s->arena);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct entry *)a)->name, ((const struct entry *)b)->name);
}

static const struct mustache *set_find(const struct set *s, const char *name)
{
	const struct entry key = {.name = name};
	const struct entry *e = s->n ? bsearch(&key, s->entries, s->n, sizeof key, by_name) : NULL;
	return e ? e->compiled : NULL;
}

struct loading {
	struct set *set;
	const char *name; /* of the template whose partials are being checked */
	enum rc rc;
	struct err *err;
};

static void load_template(void *context, const struct asset *asset)
{
	struct loading *l = context;
	struct set *s = l->set;
	struct str path = str_from(asset->path);
	const struct str folder = STR("templates/"), suffix = STR(".mustache");
	if (l->rc != OK || !str_ends_with(path, suffix))
		return;
	if (s->n == s->cap) {
		s->cap = s->cap ? s->cap * 2 : 128;
		struct entry *more = ARENA_ARRAY(s->arena, s->cap, struct entry);
		if (s->n)
			memcpy(more, s->entries, s->n * sizeof *more);
		s->entries = more;
	}
	struct entry *e = &s->entries[s->n];
	e->name = arena_strndup(s->arena, path.p + folder.n, path.n - folder.n - suffix.n);
	struct err own = err_in(s->arena);
	if (mustache_new(e->name, asset->bytes, &e->compiled, &own) != OK)
		l->rc = err_set(l->err, INVALID, "web/%s, %s", asset->path, own.message);
	else
		s->n++;
}

static void check_partial(void *context, const char *name)
{
	struct loading *l = context;
	if (!set_find(l->set, name))
		l->rc = err_set(l->err, INVALID,
			"web/templates/%s.mustache: there is no template \"%s\"", l->name, name);
}

/* Compiles everything; a partial that is nowhere is a slip of the pen, so it is refused too. */
static enum rc set_load(const struct assets *assets, struct set **out, struct err *err)
{
	struct loading l = {.set = set_new(), .err = err};
	assets_each(assets, "templates/", load_template, &l);
	if (l.rc == OK && l.set->n)
		qsort(l.set->entries, l.set->n, sizeof *l.set->entries, by_name);
	for (size_t i = 0; l.rc == OK && i < l.set->n; i++) {
		l.name = l.set->entries[i].name;
		mustache_partials(l.set->entries[i].compiled, check_partial, &l);
	}
	if (l.rc == OK)
		*out = l.set;
	else
		set_free(l.set);
	return l.rc;
}

enum rc templates_new(const struct assets *assets, const struct i18n *i18n, struct templates **out,
	struct err *err)
{
	struct templates *t = heap_alloc(sizeof *t);
	t->assets = assets;
	t->i18n = i18n;
	t->is_dev = assets_is_dev(assets, &t->changed_at);
	t->checked_ms = clock_elapsed_ms();
	t->broken_arena = arena_new();
	pthread_rwlock_init(&t->lock, NULL);
	enum rc rc = set_load(assets, &t->set, err);
	if (rc == OK)
		*out = t;
	else
		templates_free(t);
	return rc;
}

void templates_free(struct templates *t)
{
	if (!t)
		return;
	set_free(t->set);
	arena_free(t->broken_arena);
	pthread_rwlock_destroy(&t->lock);
	heap_free(t);
}

/* ---- changes ---- */

static void reload(struct templates *t)
{
	struct set *fresh = NULL;
	arena_reset(t->broken_arena);
	struct err err = err_in(t->broken_arena);
	t->broken = NULL;
	if (set_load(t->assets, &fresh, &err) != OK) {
		t->broken = err.message;
		return;
	}
	set_free(t->set);
	t->set = fresh;
}

/* Between begin and end the set stays as it is. */
static void begin(struct templates *t)
{
	if (!t->is_dev)
		return;
	pthread_rwlock_wrlock(&t->lock);
	int64_t now = clock_elapsed_ms(), changed_at;
	if (now - t->checked_ms >= CHECK_MS) {
		t->checked_ms = now;
		assets_is_dev(t->assets, &changed_at);
		if (changed_at != t->changed_at) {
			t->changed_at = changed_at;
			reload(t);
		}
	}
	pthread_rwlock_unlock(&t->lock);
	pthread_rwlock_rdlock(&t->lock);
}

static void end(struct templates *t)
{
	if (t->is_dev)
		pthread_rwlock_unlock(&t->lock);
}

/* ---- rendering ---- */

static const struct mustache *partial(void *context, const char *name)
{
	const struct templates *t = context;
	return set_find(t->set, name);
}

static const char *translate(void *context, const char *lang, const char *message_id, int64_t n)
{
	const struct templates *t = context;
	return i18n_text(t->i18n, lang, message_id, n);
}

bool template_exists(struct templates *t, const char *name)
{
	begin(t);
	bool exists = set_find(t->set, name) != NULL;
	end(t);
	return exists;
}

typedef enum rc render_fn(const struct mustache *m, const struct mustache_host *host,
	const char *lang, const cJSON *model, struct buf *out, struct err *err);

static enum rc render(struct templates *t, const char *name, const struct vm *vm, struct buf *out,
	struct err *err, render_fn *how)
{
	const struct mustache_host host = {
		.context = t, .partial = partial, .translate = translate};
	begin(t);
	const struct mustache *m = set_find(t->set, name);
	enum rc rc;
	if (t->broken)
		rc = err_set(err, INTERNAL, "%s", t->broken);
	else if (!m)
		rc = err_set(err, INTERNAL, "There is no template \"%s\"", name);
	else
		rc = how(m, &host, vm_format_of(vm)->lang, vm_root(vm), out, err);
	end(t);
	return rc;
}

enum rc template_render(struct templates *t, const char *name, const struct vm *vm, struct buf *out,
	struct err *err)
{
	return render(t, name, vm, out, err, mustache_render);
}

enum rc template_render_text(struct templates *t, const char *name, const struct vm *vm,
	struct buf *out, struct err *err)
{
	return render(t, name, vm, out, err, mustache_render_text);
}
