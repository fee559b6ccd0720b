/*
 * The catalogues and who gets which. What is handed out lives as long as the i18n: so messages with
 * a plural that no catalogue has, which are split at their '|', are kept in a small table, and in
 * --dev a catalogue that was read anew leaves the old one standing.
 */
#include "view/i18n.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include "base/clock.h"
#include "base/log.h"
#include "view/po.h"

enum {
	MAX_LANGUAGES = 64,
	MAX_LANG_BYTES = 16,
	MAX_WORD_BYTES = 160,
	MAX_SPLITS = 4096,
	CHECK_MS = 200,
};

struct catalogue {
	const char *lang;
	struct po po;
};

/* The first part of a message id, kept for ever. */
struct split {
	const char *id, *first;
	struct split *next;
};

/* Guarded by the mutex: list, n and the arena. */
struct splits {
	pthread_mutex_t mutex;
	struct arena *arena;
	struct split *list;
	size_t n;
};

/* All languages as they were read at one time; immutable. */
struct set {
	struct arena *arena;
	struct catalogue catalogues[MAX_LANGUAGES];
	size_t n;
	const struct catalogue *english;
	struct set *before; /* the one it took the place of */
};

/* Guarded by the mutex: all but `set`, which is read without it. */
struct live {
	pthread_mutex_t mutex;
	_Atomic(struct set *) set;
	int64_t changed_at, checked_ms;
};

struct i18n {
	const struct assets *assets;
	bool is_dev;
	struct live *live;
	struct splits *splits;
};

struct loading {
	struct set *set;
	enum rc rc;
	struct err *err;
};

/* ---- loading ---- */

/* "locale/pt-BR.po" -> "pt-BR"; NULL when it is no catalogue. */
static const char *lang_of(struct arena *a, const char *path)
{
	struct str name = str_from(path);
	const struct str folder = STR("locale/"), suffix = STR(".po");
	if (!str_starts_with(name, folder) || !str_ends_with(name, suffix))
		return NULL;
	name = (struct str){name.p + folder.n, name.n - folder.n - suffix.n};
	if (name.n == 0 || name.n >= MAX_LANG_BYTES || memchr(name.p, '/', name.n))
		return NULL;
	return str_dup(a, name);
}

static void load_catalogue(void *context, const struct asset *asset)
{
	struct loading *l = context;
	struct set *s = l->set;
	const char *lang = lang_of(s->arena, asset->path);
	if (!lang || l->rc != OK)
		return;
	if (s->n == MAX_LANGUAGES) {
		l->rc = err_set(
			l->err, INVALID, "web/locale: more than %d languages", MAX_LANGUAGES);
		return;
	}
	struct catalogue *c = &s->catalogues[s->n];
	struct err own = err_in(s->arena);
	*c = (struct catalogue){.lang = lang};
	if (po_parse(s->arena, asset->bytes, &c->po, &own) != OK) {
		l->rc = err_set(l->err, INVALID, "web/%s, %s", asset->path, own.message);
		return;
	}
	if (strcmp(lang, "en") == 0)
		s->english = c;
	s->n++;
}

static enum rc set_load(const struct assets *assets, struct set **out, struct err *err)
{
	struct arena *a = arena_new();
	struct loading l = {.set = ARENA_NEW(a, struct set), .err = err};
	l.set->arena = a;
	assets_each(assets, "locale/", load_catalogue, &l);
	if (l.rc == OK && !l.set->english)
		l.rc = err_set(err, INVALID, "web/locale/en.po is missing");
	if (l.rc == OK)
		*out = l.set;
	else
		arena_free(a);
	return l.rc;
}

enum rc i18n_new(const struct assets *assets, struct i18n **out, struct err *err)
{
	struct set *set = NULL;
	TRY(set_load(assets, &set, err));
	struct i18n *i = heap_alloc(sizeof *i);
	i->assets = assets;
	i->live = heap_alloc(sizeof *i->live);
	pthread_mutex_init(&i->live->mutex, NULL);
	atomic_init(&i->live->set, set);
	i->is_dev = assets_is_dev(assets, &i->live->changed_at);
	i->live->checked_ms = clock_elapsed_ms();
	i->splits = heap_alloc(sizeof *i->splits);
	i->splits->arena = arena_new();
	pthread_mutex_init(&i->splits->mutex, NULL);
	*out = i;
	return OK;
}

void i18n_free(struct i18n *i)
{
	if (!i)
		return;
	for (struct set *s = atomic_load(&i->live->set), *before; s; s = before) {
		before = s->before;
		arena_free(s->arena);
	}
	pthread_mutex_destroy(&i->live->mutex);
	heap_free(i->live);
	pthread_mutex_destroy(&i->splits->mutex);
	arena_free(i->splits->arena);
	heap_free(i->splits);
	heap_free(i);
}

/* A catalogue with a mistake is reported and the last good ones go on. */
static void reload(const struct i18n *i)
{
	struct arena *a = arena_new();
	struct err err = err_in(a);
	struct set *fresh = NULL;
	if (set_load(i->assets, &fresh, &err) == OK) {
		fresh->before = atomic_load(&i->live->set);
		atomic_store(&i->live->set, fresh);
	} else {
		log_event(LOG_WARN, "catalogue", "reason=%s", log_value(a, err.message));
	}
	arena_free(a);
}

static const struct set *current(const struct i18n *i)
{
	struct live *live = i->live;
	int64_t changed_at;
	if (!i->is_dev)
		return atomic_load(&live->set);
	pthread_mutex_lock(&live->mutex);
	int64_t now = clock_elapsed_ms();
	if (now - live->checked_ms >= CHECK_MS) {
		live->checked_ms = now;
		assets_is_dev(i->assets, &changed_at);
		if (changed_at != live->changed_at) {
			live->changed_at = changed_at;
			reload(i);
		}
	}
	pthread_mutex_unlock(&live->mutex);
	return atomic_load(&live->set);
}

/* ---- messages ---- */

static const struct catalogue *find_catalogue(const struct set *s, const char *lang)
{
	for (size_t k = 0; lang && k < s->n; k++)
		if (strcmp(s->catalogues[k].lang, lang) == 0)
			return &s->catalogues[k];
	return NULL;
}

static const char *first_part(struct splits *s, const char *id, const char *bar)
{
	pthread_mutex_lock(&s->mutex);
	const struct split *found = s->list;
	while (found && strcmp(found->id, id) != 0)
		found = found->next;
	/* Ids are written in templates and code, so they are few; anything else is not kept. */
	if (!found && s->n < MAX_SPLITS) {
		struct split *own = ARENA_NEW(s->arena, struct split);
		own->id = arena_strdup(s->arena, id);
		own->first = arena_strndup(s->arena, id, (size_t)(bar - id));
		own->next = s->list;
		s->list = own;
		s->n++;
		found = own;
	}
	pthread_mutex_unlock(&s->mutex);
	return found ? found->first : id;
}

static const char *translation(const struct catalogue *c, const char *id, int64_t n)
{
	const struct po_entry *e = c ? po_find(&c->po, id) : NULL;
	if (!e)
		return NULL;
	return e->forms[e->n_forms == 1 ? 0 : plural_form(&c->po.plural, n)];
}

/* The translation in the language, or in English, or NULL. */
static const char *find_text(const struct i18n *i, const char *lang, const char *id, int64_t n)
{
	const struct set *s = current(i);
	const char *text = translation(find_catalogue(s, lang), id, n);
	return text ? text : translation(s->english, id, n);
}

const char *i18n_text(const struct i18n *i, const char *lang, const char *message_id, int64_t n)
{
	const char *text = find_text(i, lang, message_id, n);
	if (text)
		return text;
	const char *first_bar = strchr(message_id, '|');
	if (!first_bar)
		return message_id;
	if (n == 1 || n == -1)
		return first_part(i->splits, message_id, first_bar);
	return strrchr(message_id, '|') + 1;
}

const char *i18n_word(const struct i18n *i, const char *lang, const char *set, const char *code)
{
	char id[MAX_WORD_BYTES];
	int n = snprintf(id, sizeof id, "%s.%s", set, code);
	assert(n > 0 && (size_t)n < sizeof id);
	(void)n;
	const char *text = find_text(i, lang, id, 1);
	return text ? text : code;
}

/* ---- Accept-Language ---- */

static bool equal_in_any_case(struct str a, struct str b)
{
	return a.n == b.n && strncasecmp(a.p, b.p, a.n) == 0;
}

static struct str primary(struct str tag)
{
	return str_cut(&tag, '-');
}

/* The catalogue of the very tag, or of its language in any region. */
static const char *best_for(const struct set *s, struct str tag)
{
	for (size_t k = 0; k < s->n; k++)
		if (equal_in_any_case(tag, str_from(s->catalogues[k].lang)))
			return s->catalogues[k].lang;
	for (size_t k = 0; k < s->n; k++)
		if (equal_in_any_case(primary(tag), primary(str_from(s->catalogues[k].lang))))
			return s->catalogues[k].lang;
	return NULL;
}

/* "q=0.8" -> 800; 1000 without one, 0 when it is not a quality (RFC 9110 12.4.2). */
static int quality(struct str parameters)
{
	while (parameters.p) {
		struct str value = str_trim(str_cut(&parameters, ';'));
		double q;
		if (value.n < 2 || (value.p[0] != 'q' && value.p[0] != 'Q') || value.p[1] != '=')
			continue;
		value = (struct str){value.p + 2, value.n - 2};
		return str_to_double(value, &q) && q >= 0 && q <= 1 ? (int)(q * 1000) : 0;
	}
	return 1000;
}

const char *i18n_negotiate(const struct i18n *i, const char *accept_language)
{
	const struct set *s = current(i);
	const char *best = s->english->lang;
	int best_quality = 0;
	for (struct str rest = str_from(accept_language); rest.p;) {
		struct str range = str_cut(&rest, ',');
		struct str tag = str_trim(str_cut(&range, ';'));
		int q = quality(range);
		const char *lang = q > best_quality ? best_for(s, tag) : NULL;
		if (lang) {
			best = lang;
			best_quality = q;
		}
	}
	return best;
}
