/* Patterns are cut into segments once; a request is compared with all of them (about 200). */
#include <assert.h>
#include <string.h>

#include "http/router.h"

enum { MAX_SEGMENTS = 12 };

struct pattern {
	const struct route *route;
	size_t n_segments;
	struct str segments[MAX_SEGMENTS]; /* a parameter begins with ':' */
};

struct router {
	const struct route_table *table;
	struct pattern *patterns;
	size_t n_patterns;
};

struct path {
	size_t n_segments;
	struct str segments[MAX_SEGMENTS];
};

/* false when there are too many: no pattern is that long. */
static bool split(const char *text, struct path *path)
{
	path->n_segments = 0;
	struct str rest = str_from(text + 1);
	if (rest.n == 0)
		return true;
	while (rest.p != NULL) {
		if (path->n_segments == MAX_SEGMENTS)
			return false;
		path->segments[path->n_segments++] = str_cut(&rest, '/');
	}
	return true;
}

static bool is_parameter(struct str segment)
{
	return segment.n > 0 && segment.p[0] == ':';
}

struct router *router_new(const struct route_table *table)
{
	route_table_check(table);
	struct router *r = heap_alloc(sizeof *r);
	r->table = table;
	r->n_patterns = table->n_routes;
	r->patterns = heap_alloc((table->n_routes + 1) * sizeof *r->patterns);
	for (size_t i = 0; i < table->n_routes; i++) {
		struct path path;
		bool is_short = split(table->routes[i].pattern, &path);
		assert(is_short);
		(void)is_short;
		r->patterns[i].route = &table->routes[i];
		r->patterns[i].n_segments = path.n_segments;
		memcpy(r->patterns[i].segments, path.segments, sizeof path.segments);
	}
	return r;
}

void router_free(struct router *r)
{
	if (r == NULL)
		return;
	heap_free(r->patterns);
	heap_free(r);
}

static bool is_reserved(const struct router *r, struct str first)
{
	for (size_t i = 0; i < r->n_patterns; i++)
		if (r->patterns[i].n_segments > 0 && str_equal(r->patterns[i].segments[0], first))
			return true;
	return false;
}

static bool fits(const struct pattern *pattern, const struct path *path, bool first_is_reserved)
{
	if (pattern->n_segments != path->n_segments)
		return false;
	for (size_t i = 0; i < path->n_segments; i++) {
		struct str segment = pattern->segments[i];
		if (is_parameter(segment) ? i == 0 && first_is_reserved
					  : !str_equal(segment, path->segments[i]))
			return false;
	}
	return true;
}

/* < 0 when a is the more literal one, 0 when both have parameters at the same places. */
static int compare_shape(const struct pattern *a, const struct pattern *b)
{
	for (size_t i = 0; i < a->n_segments; i++) {
		int difference = is_parameter(a->segments[i]) - is_parameter(b->segments[i]);
		if (difference != 0)
			return difference;
	}
	return 0;
}

static const struct pattern *best_pattern(const struct router *r, const struct path *path)
{
	bool reserved = path->n_segments > 0 && is_reserved(r, path->segments[0]);
	const struct pattern *best = NULL;
	for (size_t i = 0; i < r->n_patterns; i++) {
		const struct pattern *p = &r->patterns[i];
		if (fits(p, path, reserved) && (best == NULL || compare_shape(p, best) < 0))
			best = p;
	}
	return best;
}

static bool is_same_shape(const struct pattern *a, const struct pattern *b)
{
	if (a->n_segments != b->n_segments)
		return false;
	for (size_t i = 0; i < a->n_segments; i++) {
		if (is_parameter(a->segments[i]) && is_parameter(b->segments[i]))
			continue;
		if (!str_equal(a->segments[i], b->segments[i]))
			return false;
	}
	return true;
}

static void fill_params(
	struct arena *a, const struct pattern *p, const struct path *path, struct match *m)
{
	struct param *params = ARENA_ARRAY(a, MAX_SEGMENTS, struct param);
	m->n_params = 0;
	for (size_t i = 0; i < p->n_segments; i++) {
		if (!is_parameter(p->segments[i]))
			continue;
		struct str name = {p->segments[i].p + 1, p->segments[i].n - 1};
		params[m->n_params++] =
			(struct param){str_dup(a, name), str_dup(a, path->segments[i])};
	}
	m->params = params;
}

/* Fills *m when some pattern has the path, by whatever method. */
static bool try_path(const struct router *r, struct arena *a, enum method method,
	const struct path *path, struct match *m)
{
	const struct pattern *best = best_pattern(r, path);
	if (best == NULL)
		return false;
	const struct pattern *chosen = NULL;
	m->is_known = true;
	for (size_t i = 0; i < r->n_patterns; i++) {
		const struct pattern *p = &r->patterns[i];
		if (!is_same_shape(p, best))
			continue;
		m->allows_get = m->allows_get || p->route->method == METHOD_GET;
		m->allows_post = m->allows_post || p->route->method == METHOD_POST;
		if (p->route->method == method)
			chosen = p;
	}
	if (chosen != NULL) {
		m->route = chosen->route;
		fill_params(a, chosen, path, m);
	}
	return true;
}

static const char *suffix_of(struct str segment)
{
	static const char *const suffixes[] = {".json", ".csv", ".ics", ".pdf"};
	for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++)
		if (segment.n > strlen(suffixes[i]) &&
			str_ends_with(segment, str_from(suffixes[i])))
			return suffixes[i] + 1;
	return NULL;
}

/* Does a pattern spell out this last segment? */
static bool is_literal_end(const struct router *r, const struct path *path)
{
	const struct pattern *best = best_pattern(r, path);
	return best != NULL && !is_parameter(best->segments[best->n_segments - 1]);
}

struct match router_match(
	const struct router *r, struct arena *a, enum method method, const char *path)
{
	struct match m = {.path = path};
	struct path whole;
	if (!split(path, &whole))
		return m;
	const char *suffix =
		whole.n_segments > 0 ? suffix_of(whole.segments[whole.n_segments - 1]) : NULL;
	if (suffix != NULL && !is_literal_end(r, &whole)) {
		struct path cut = whole;
		cut.segments[cut.n_segments - 1].n -= strlen(suffix) + 1;
		if (try_path(r, a, method, &cut, &m)) {
			m.path = arena_strndup(a, path, strlen(path) - strlen(suffix) - 1);
			m.suffix = suffix;
			return m;
		}
	}
	try_path(r, a, method, &whole, &m);
	return m;
}
