/* The first half of a form's life: its controls, their defaults and choices. */
#include <assert.h>
#include <string.h>

#include "base/random.h"
#include "http/csrf.h"
#include "http/form_slots.h"
#include "http/show.h"

const struct field *slot_field(const struct form_view *f, const char *group, const char *name)
{
	for (size_t i = 0; i < f->n_fields; i++)
		if (text_equal(f->fields[i].group, group) && strcmp(f->fields[i].name, name) == 0)
			return &f->fields[i];
	assert(!"the field is declared for the form's handler");
	return NULL;
}

struct slot *slot_find(
	const struct form_view *f, const struct field *field, size_t row, const char *key)
{
	for (struct slot *s = f->slots; s != NULL; s = s->next)
		if (s->field == field && s->row == row && text_equal(s->key, key))
			return s;
	return NULL;
}

static struct slot *plain_slot(const struct form_view *f, const char *name)
{
	struct slot *s = slot_find(f, slot_field(f, NULL, name), 0, NULL);
	assert(s != NULL);
	return s;
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
	/* Null, not absent: a template would find the "error" of something further out. */
	vm_text(s->node, "error", error);
}

struct slot *slot_add(struct form_view *f, struct vm *node, const struct field *field, size_t row,
	const char *key)
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

static void add_controls(struct form_view *f)
{
	for (size_t i = 0; i < f->n_fields; i++) {
		const struct field *field = &f->fields[i];
		if (field->shape != FIELD_ROWS)
			(void)slot_add(f, vm_object(f->node, field->name), field, 0, NULL);
		else if (group_find(f, field->group) == NULL)
			group_add(f, field->group);
	}
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

struct form_view *form_view_named(
	struct request *rq, struct vm *vm, const char *key, handler_fn post, const char *action)
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
	add_controls(f);
	return f;
}

const struct form *form_view_typed(const struct form_view *f)
{
	return f->submitted;
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
	civil.second = 0; /* a person chooses minutes */
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
	struct slot *s = slot_find(f, map->field, 0, key);
	if (s != NULL)
		return s;
	if (map->keys == NULL)
		map->keys = vm_list(map->node, "keys");
	struct vm *node = vm_item(map->keys);
	vm_text(node, "key", key);
	return slot_add(f, node, map->field, 0, key);
}

struct vm *form_view_key_field(struct form_view *f, const char *name, const char *key)
{
	return key_slot(f, name, key)->node;
}

void form_view_key(struct form_view *f, const char *name, const char *key, const char *value)
{
	key_slot(f, name, key)->otherwise = value;
}

const struct err *form_view_refused(const struct request *rq)
{
	const struct exchange *x = rq->exchange;
	return x->refused.rc != OK ? &x->refused : NULL;
}

const struct err *form_view_unshown(const struct request *rq)
{
	for (const struct form_view *f = rq->exchange->views; f != NULL; f = f->next)
		if (f->refused != NULL)
			return NULL;
	return form_view_refused(rq);
}

struct vm *form_view_field(struct form_view *f, const char *name)
{
	return plain_slot(f, name)->node;
}

const char *form_view_value(struct form_view *f, const char *name)
{
	return slot_value(f, plain_slot(f, name));
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
		return strcmp(slot_value(f, s), value) == 0;
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

struct vm *slot_option(
	struct form_view *f, struct slot *s, const char *value, const char *label, const char *hint)
{
	if (s->options == NULL)
		s->options = vm_list(s->node, "options");
	struct vm *option = vm_item(s->options);
	vm_text(option, "id",
		arena_printf(f->rq->arena, "%s-%s-%zu", f->prefix, s->name, s->n_options++));
	vm_text(option, "name", s->name);
	vm_text(option, "value", value);
	vm_text(option, "label", label);
	vm_text(option, "hint", hint);
	vm_bool(option, "is_checked", is_chosen(f, s, value));
	return option;
}

struct vm *form_view_option(struct form_view *f, const char *name, const char *value,
	const char *label, const char *hint)
{
	return slot_option(f, plain_slot(f, name), value, label, hint);
}

struct vm *form_view_key_option(struct form_view *f, const char *name, const char *key,
	const char *value, const char *label, const char *hint)
{
	return slot_option(f, key_slot(f, name, key), value, label, hint);
}
