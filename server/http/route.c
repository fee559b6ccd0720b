/* Looking things up in the route table, and its own proof of order. */
#include <assert.h>
#include <string.h>

#include "http/route.h"

const struct field *route_fields(const struct route_table *t, handler_fn handler, size_t *n)
{
	size_t first = 0;
	while (first < t->n_fields && t->fields[first].handler != handler)
		first++;
	size_t end = first;
	while (end < t->n_fields && t->fields[end].handler == handler)
		end++;
	*n = end - first;
	return *n > 0 ? &t->fields[first] : NULL;
}

const struct route *route_of_handler(const struct route_table *t, handler_fn handler)
{
	for (size_t i = 0; i < t->n_routes; i++)
		if (t->routes[i].handler == handler)
			return &t->routes[i];
	return NULL;
}

#ifndef NDEBUG

/* "/:event/x" and "/:other/x" are the same place. */
static bool is_same_place(const char *a, const char *b)
{
	struct str rest_a = str_from(a), rest_b = str_from(b);
	while (rest_a.p != NULL && rest_b.p != NULL) {
		struct str x = str_cut(&rest_a, '/'), y = str_cut(&rest_b, '/');
		bool both_parameters = x.n > 0 && y.n > 0 && x.p[0] == ':' && y.p[0] == ':';
		if (!both_parameters && !str_equal(x, y))
			return false;
	}
	return rest_a.p == NULL && rest_b.p == NULL;
}

static bool is_pattern(const char *pattern)
{
	struct str rest = str_from(pattern);
	if (rest.n == 0 || rest.p[0] != '/')
		return false;
	if (rest.n == 1)
		return true;
	str_cut(&rest, '/');
	while (rest.p != NULL) {
		struct str segment = str_cut(&rest, '/');
		if (segment.n == 0 || str_is(segment, ":"))
			return false;
	}
	return true;
}

static bool is_field(const struct field *f)
{
	bool has_group = f->shape == FIELD_ROWS;
	bool has_range = f->type == FIELD_TEXT || f->type == FIELD_BLOCK || f->type == FIELD_INT ||
			 f->type == FIELD_MONEY || f->type == FIELD_SECRET || f->type == FIELD_FILE;
	bool is_file_alone = f->type != FIELD_FILE || f->shape == FIELD_ONE;
	return is_file_alone && f->name != NULL && f->name[0] != '\0' && f->label != NULL &&
	       f->handler != NULL && has_group == (f->group != NULL) &&
	       (!has_range || f->min <= f->max) && strcmp(f->name, "do") != 0 &&
	       strcmp(f->name, "csrf_token") != 0 && strcmp(f->name, "idempotency_key") != 0;
}

/* Fields of one handler stand together, and no name is declared twice. */
/* The words that form_view.h itself writes into a form. */
static bool is_form_word(const char *name)
{
	static const char *const words[] = {"action", "csrf_token", "idempotency_key", "errors",
		"n", "has_errors", "has_field_errors", "error_text"};
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (strcmp(words[i], name) == 0)
			return true;
	return false;
}

static void check_fields(const struct route_table *t)
{
	for (size_t i = 0; i < t->n_fields; i++) {
		assert(is_field(&t->fields[i]) && "a field row is complete");
		assert((t->fields[i].group != NULL || !is_form_word(t->fields[i].name)) &&
			"a field has another name than the words of form_view.h");
		assert(t->fields[i].min >= -INT53_MAX && t->fields[i].max <= INT53_MAX &&
			"JSON carries the bounds of a field exactly");
		for (size_t j = 0; j < i; j++) {
			const struct field *a = &t->fields[i], *b = &t->fields[j];
			bool same = a->handler == b->handler;
			assert((!same || t->fields[i - 1].handler == a->handler) &&
				"the fields of a handler are contiguous");
			assert(!(same && text_equal(a->group, b->group) &&
				       strcmp(a->name, b->name) == 0) &&
				"a field is declared once");
		}
	}
}

static void check_route(const struct route_table *t, size_t i)
{
	const struct route *r = &t->routes[i];
	assert(is_pattern(r->pattern) && "a pattern begins with / and has no empty segment");
	assert(r->capability != 0 && "a route has a capability");
	assert(r->handler != NULL && r->handler_name != NULL && r->capability_name != NULL);
	assert((r->method == METHOD_POST || r->shown_again == NULL) &&
		"only a POST is shown again");
	for (size_t j = 0; j < i; j++)
		assert(!(r->method == t->routes[j].method &&
			       is_same_place(r->pattern, t->routes[j].pattern)) &&
			"method and pattern are unique");
	if (r->shown_again != NULL) {
		const struct route *again = route_of_handler(t, r->shown_again);
		assert(again != NULL && again->method == METHOD_GET &&
			"shown_again is the handler of a GET row");
		(void)again;
	}
}

#endif

void route_table_check(const struct route_table *t)
{
#ifndef NDEBUG
	for (size_t i = 0; i < t->n_routes; i++)
		check_route(t, i);
	check_fields(t);
#else
	(void)t;
#endif
}
