/*
 * A slot is one control: a field, a member of a row or a key of a map. Its node is made at once,
 * so that options can hang on it; its value is written at the end, when every default is known.
 */
#include <assert.h>
#include <string.h>

#include "base/random.h"
#include "http/csrf.h"
#include "http/exchange.h"
#include "http/form_finish.h"
#include "http/form_read.h"
#include "http/form_view.h"
#include "http/show.h"

struct slot {
	const struct field *field;
	size_t row;
	const char *key;
	const char *name; /* full */
	struct vm *node;
	struct vm_list *options;
	size_t n_options;
	struct vm_list *keys;  /* of a map */
	const char *otherwise; /* the default */
	const char **chosen;   /* defaults of a list */
	size_t n_chosen;
	bool is_ticked;
	bool is_renewed; /* the default counts although something was sent */
	struct slot *next;
};

struct group {
	const char *name;
	struct vm_list *rows;
	struct vm **nodes; /* FORM_MAX_ROWS */
	size_t n_rows;
	struct group *next;
};

struct form_view {
	struct request *rq;
	struct vm *node;
	const char *prefix; /* of ids */
	const struct field *fields;
	size_t n_fields;
	const struct form *submitted; /* this form's, NULL when it is fresh */
	const struct err *refused;    /* its errors, NULL when there are none */
	struct slot *slots;
	struct group *groups;
	struct form_view *next;
};

static const struct field *field_of(const struct form_view *f, const char *group, const char *name)
{
	for (size_t i = 0; i < f->n_fields; i++)
		if (text_equal(f->fields[i].group, group) && strcmp(f->fields[i].name, name) == 0)
			return &f->fields[i];
	assert(!"the field is declared for the form's handler");
	return NULL;
}

static struct slot *slot_of(
	const struct form_view *f, const struct field *field, size_t row, const char *key)
{
	for (struct slot *s = f->slots; s != NULL; s = s->next)
		if (s->field == field && s->row == row && text_equal(s->key, key))
			return s;
	return NULL;
}

static struct slot *plain_slot(const struct form_view *f, const char *name)
{
	struct slot *s = slot_of(f, field_of(f, NULL, name), 0, NULL);
	assert(s != NULL);
	return s;
}

/* What was typed; NULL when the form is fresh or did not hold this control. */
static const struct form_value *typed(const struct form_view *f, const struct slot *s)
{
	return f->submitted != NULL ? form_find(f->submitted, s->field, s->row, s->key) : NULL;
}

static void describe(struct form_view *f, struct slot *s)
{
	const struct field *field = s->field;
	struct arena *a = f->rq->arena;
	const char *error = f->refused != NULL ? err_of_field(f->refused, s->name) : NULL;
	bool is_number = field->type == FIELD_INT || field->type == FIELD_MONEY;
	vm_text(s->node, "id", arena_printf(a, "%s-%s", f->prefix, s->name));
	vm_text(s->node, "name", s->name);
	vm_text(s->node, "label", show_say(f->rq, field->label));
	vm_bool(s->node, "is_required", field->min >= 1 && !is_number);
	vm_int(s->node, "max", field->max);
	vm_bool(s->node, "has_error", error != NULL);
	if (error != NULL)
		vm_text(s->node, "error", error);
}

static struct slot *add_slot(struct form_view *f, struct vm *node, const struct field *field,
	size_t row, const char *key)
{
	struct slot *s = ARENA_NEW(f->rq->arena, struct slot);
	struct form_value named = {.field = field, .row = row, .key = key};
	s->field = field;
	s->row = row;
	s->key = key;
	s->node = node;
	s->name = field->shape == FIELD_MAP && key == NULL ? field->name
							   : form_value_name(f->rq->arena, &named);
	s->next = f->slots;
	f->slots = s;
	describe(f, s);
	return s;
}

static struct group *group_of(const struct form_view *f, const char *name)
{
	for (struct group *g = f->groups; g != NULL; g = g->next)
		if (strcmp(g->name, name) == 0)
			return g;
	return NULL;
}

static size_t add_row(struct form_view *f, struct group *g)
{
	size_t row = g->n_rows++;
	struct vm *node = g->nodes[row] = vm_item(g->rows);
	vm_int(node, "index", (int64_t)row);
	vm_int(node, "number", (int64_t)row + 1);
	vm_bool(node, "is_first", row == 0);
	for (size_t i = 0; i < f->n_fields; i++)
		if (text_equal(f->fields[i].group, g->name))
			(void)add_slot(
				f, vm_object(node, f->fields[i].name), &f->fields[i], row, NULL);
	return row;
}

static void add_group(struct form_view *f, const char *name)
{
	struct group *g = ARENA_NEW(f->rq->arena, struct group);
	g->name = name;
	g->rows = vm_list(vm_object(f->node, name), "rows");
	g->nodes = ARENA_ARRAY(f->rq->arena, FORM_MAX_ROWS, struct vm *);
	g->next = f->groups;
	f->groups = g;
	size_t n = f->submitted != NULL ? form_count_rows(f->submitted, name) : 0;
	for (size_t row = 0; row < n && row < FORM_MAX_ROWS; row++)
		(void)add_row(f, g);
}

static void add_controls(struct form_view *f)
{
	for (size_t i = 0; i < f->n_fields; i++) {
		const struct field *field = &f->fields[i];
		if (field->shape != FIELD_ROWS)
			(void)add_slot(f, vm_object(f->node, field->name), field, 0, NULL);
		else if (group_of(f, field->group) == NULL)
			add_group(f, field->group);
	}
}

static void add_errors(struct form_view *f)
{
	struct vm_list *errors = vm_list(f->node, "errors");
	int64_t n = 0;
	const struct field_error *e = f->refused != NULL ? f->refused->fields : NULL;
	for (; e != NULL; e = e->next, n++) {
		struct vm *item = vm_item(errors);
		vm_text(item, "href", arena_printf(f->rq->arena, "#%s-%s", f->prefix, e->field));
		vm_text(item, "text", e->message);
	}
	vm_int(f->node, "n", n);
	vm_bool(f->node, "has_field_errors", n > 0);
	vm_bool(f->node, "has_errors", f->refused != NULL);
	if (f->refused != NULL)
		vm_text(f->node, "error_text",
			f->refused->message != NULL
				? f->refused->message
				: show_say(f->rq, "Something in the form is not right yet"));
}

/* The pattern of the POST, filled with the parameters of this request. */
static const char *own_action(const struct request *rq, handler_fn post)
{
	const struct exchange *x = rq->exchange;
	const struct route *route = route_of_handler(x->server->routes, post);
	assert(route != NULL && "the form's handler has a route");
	struct buf path = buf_in(rq->arena, 8192);
	struct str rest = str_from(route->pattern + 1);
	do {
		struct str segment = str_cut(&rest, '/');
		buf_char(&path, '/');
		if (segment.n > 0 && segment.p[0] == ':') {
			const char *name =
				str_dup(rq->arena, (struct str){segment.p + 1, segment.n - 1});
			buf_url(&path, str_from(path_param(rq, name)));
		} else {
			buf_str(&path, segment);
		}
	} while (rest.p != NULL);
	return buf_cstr(&path);
}

struct form_view *form_view_new(
	struct request *rq, struct vm *vm, handler_fn post, const char *action)
{
	return form_view_named(rq, vm, "form", post, action);
}

struct form_view *form_view_named(struct request *rq, struct vm *vm, const char *key,
	handler_fn post, const char *action)
{
	struct exchange *x = rq->exchange;
	struct form_view *f = ARENA_NEW(rq->arena, struct form_view);
	f->rq = rq;
	f->node = vm_page_object(vm, key);
	f->prefix = strcmp(key, "form") == 0 ? "f" : key;
	f->fields = route_fields(x->server->routes, post, &f->n_fields);
	bool is_posted = x->posted != NULL && x->posted->handler == post;
	f->submitted = is_posted ? x->submitted : NULL;
	f->refused = is_posted && x->refused.rc != OK ? &x->refused : NULL;
	f->next = x->views;
	x->views = f;
	vm_text(f->node, "action", action != NULL ? action : own_action(rq, post));
	/* JSON has no page half: no token to waste, and the answer stays fit for the cache. */
	if (!rq->wants_json) {
		vm_text(f->node, "csrf_token", csrf_token(rq));
		vm_text(f->node, "idempotency_key", token_new(rq->arena));
	}
	add_errors(f);
	add_controls(f);
	return f;
}

void form_view_text(struct form_view *f, const char *name, const char *value)
{
	plain_slot(f, name)->otherwise = value;
}

void form_view_int(struct form_view *f, const char *name, int64_t value)
{
	form_view_text(f, name, arena_printf(f->rq->arena, "%lld", (long long)value));
}

void form_view_money(struct form_view *f, const char *name, int64_t minor)
{
	uint64_t size = minor < 0 ? -(uint64_t)minor : (uint64_t)minor;
	form_view_text(f, name,
		arena_printf(f->rq->arena, "%s%llu.%02u", minor < 0 ? "-" : "",
			(unsigned long long)(size / 100), (unsigned)(size % 100)));
}

void form_view_bool(struct form_view *f, const char *name, bool is_ticked)
{
	plain_slot(f, name)->is_ticked = is_ticked;
}

void form_view_datetime(
	struct form_view *f, const char *name, int64_t at_ms, const struct zone *zone)
{
	struct slot *s = plain_slot(f, name);
	struct civil civil = zone_civil(zone, at_ms);
	if (at_ms == 0)
		return;
	s->otherwise = s->field->type == FIELD_DATE ? civil_date(f->rq->arena, &civil)
						    : civil_datetime(f->rq->arena, &civil);
}

void form_view_list(struct form_view *f, const char *name, const char *value)
{
	struct slot *s = plain_slot(f, name);
	if (s->chosen == NULL)
		s->chosen = ARENA_ARRAY(f->rq->arena, FORM_MAX_LIST, const char *);
	if (s->n_chosen < FORM_MAX_LIST)
		s->chosen[s->n_chosen++] = value;
}

static struct slot *key_slot(struct form_view *f, const char *name, const char *key)
{
	struct slot *map = plain_slot(f, name);
	struct slot *s = slot_of(f, map->field, 0, key);
	if (s != NULL)
		return s;
	if (map->keys == NULL)
		map->keys = vm_list(map->node, "keys");
	struct vm *node = vm_item(map->keys);
	vm_text(node, "key", key);
	return add_slot(f, node, map->field, 0, key);
}

struct vm *form_view_key_field(struct form_view *f, const char *name, const char *key)
{
	return key_slot(f, name, key)->node;
}

void form_view_key(struct form_view *f, const char *name, const char *key, const char *value)
{
	key_slot(f, name, key)->otherwise = value;
}

static const char *value_of(const struct form_view *f, const struct slot *s)
{
	if (s->field->type == FIELD_SECRET || s->field->type == FIELD_FILE)
		return "";
	const struct form_value *v = s->is_renewed ? NULL : typed(f, s);
	const char *value = v != NULL ? v->text : s->otherwise;
	return value != NULL ? value : "";
}

const struct err *form_view_refused(const struct request *rq)
{
	const struct exchange *x = rq->exchange;
	return x->refused.rc != OK ? &x->refused : NULL;
}

struct vm *form_view_field(struct form_view *f, const char *name)
{
	return plain_slot(f, name)->node;
}

const char *form_view_value(struct form_view *f, const char *name)
{
	return value_of(f, plain_slot(f, name));
}

void form_view_renew_int(struct form_view *f, const char *name, int64_t value)
{
	struct slot *s = plain_slot(f, name);
	form_view_int(f, name, value);
	s->is_renewed = true;
}

static bool is_chosen(const struct form_view *f, const struct slot *s, const char *value)
{
	if (s->field->shape != FIELD_LIST)
		return strcmp(value_of(f, s), value) == 0;
	if (f->submitted != NULL) {
		for (size_t i = 0; i < f->submitted->n_values; i++)
			if (f->submitted->values[i].field == s->field &&
				text_equal(f->submitted->values[i].text, value))
				return true;
		return false;
	}
	for (size_t i = 0; i < s->n_chosen; i++)
		if (text_equal(s->chosen[i], value))
			return true;
	return false;
}

static struct vm *add_option(
	struct form_view *f, struct slot *s, const char *value, const char *label, const char *hint)
{
	if (s->options == NULL)
		s->options = vm_list(s->node, "options");
	struct vm *option = vm_item(s->options);
	vm_text(option, "id", arena_printf(f->rq->arena, "%s-%s-%zu", f->prefix, s->name, s->n_options++));
	vm_text(option, "name", s->name);
	vm_text(option, "value", value);
	vm_text(option, "label", label);
	if (hint != NULL)
		vm_text(option, "hint", hint);
	vm_bool(option, "is_checked", is_chosen(f, s, value));
	return option;
}

struct vm *form_view_option(struct form_view *f, const char *name, const char *value,
	const char *label, const char *hint)
{
	return add_option(f, plain_slot(f, name), value, label, hint);
}

struct vm *form_view_key_option(struct form_view *f, const char *name, const char *key,
	const char *value, const char *label, const char *hint)
{
	return add_option(f, key_slot(f, name, key), value, label, hint);
}

size_t form_view_row(struct form_view *f, const char *group)
{
	struct group *g = group_of(f, group);
	assert(g != NULL && "the group is declared for the form's handler");
	assert(g->n_rows < FORM_MAX_ROWS || f->submitted != NULL);
	if (f->submitted != NULL || g->n_rows >= FORM_MAX_ROWS)
		return 0;
	return add_row(f, g);
}

static struct slot *row_slot(struct form_view *f, const char *group, size_t row, const char *member)
{
	return slot_of(f, field_of(f, group, member), row, NULL);
}

void form_view_row_text(
	struct form_view *f, const char *group, size_t row, const char *member, const char *value)
{
	struct slot *s = row_slot(f, group, row, member);
	if (s != NULL && f->submitted == NULL)
		s->otherwise = value;
}

void form_view_row_bool(
	struct form_view *f, const char *group, size_t row, const char *member, bool is_ticked)
{
	struct slot *s = row_slot(f, group, row, member);
	if (s != NULL)
		s->is_ticked = is_ticked;
}

void form_view_row_option(struct form_view *f, const char *group, const char *member,
	const char *value, const char *label)
{
	const struct group *g = group_of(f, group);
	assert(g != NULL && "the group is declared for the form's handler");
	for (size_t row = 0; row < g->n_rows; row++)
		(void)add_option(f, row_slot(f, group, row, member), value, label, NULL);
}

static void finish_slot(const struct form_view *f, const struct slot *s)
{
	const struct field *field = s->field;
	if (field->shape == FIELD_LIST || (field->shape == FIELD_MAP && s->key == NULL))
		return;
	if (field->type != FIELD_BOOL) {
		vm_text(s->node, "value", value_of(f, s));
		return;
	}
	const struct form_value *v = typed(f, s);
	vm_bool(s->node, "is_checked", f->submitted != NULL ? v != NULL && v->truth : s->is_ticked);
}

void form_finish(struct request *rq)
{
	for (struct form_view *f = rq->exchange->views; f != NULL; f = f->next) {
		for (const struct slot *s = f->slots; s != NULL; s = s->next)
			finish_slot(f, s);
		for (const struct group *g = f->groups; g != NULL; g = g->next)
			for (size_t row = 0; row < g->n_rows; row++)
				vm_bool(g->nodes[row], "is_last", row + 1 == g->n_rows);
	}
	rq->exchange->views = NULL;
}
