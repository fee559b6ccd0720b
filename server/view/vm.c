/*
 * The tree of a view model. Its nodes are cJSON's, made in the arena by hand: no hook of cJSON's is
 * involved, nothing of it is ever deleted, and a member costs one node, its key and its text.
 */
#include "view/vm_twin.h"

#include <assert.h>
#include <math.h>
#include <string.h>
#include "view/i18n.h"

struct shared {
	struct arena *arena;
	struct vm_format format;
};

struct vm {
	cJSON node;
	const struct shared *shared;
	const struct vm *outer; /* NULL at the root */
};

struct vm_list {
	cJSON node;
	struct vm *owner;
	size_t n;
};

struct vm *vm_new(struct arena *a, const struct vm_format *format)
{
	struct shared *shared = ARENA_NEW(a, struct shared);
	struct vm *vm = ARENA_NEW(a, struct vm);
	shared->arena = a;
	shared->format = *format;
	vm->node.type = cJSON_Object;
	vm->shared = shared;
	return vm;
}

const cJSON *vm_root(const struct vm *vm)
{
	return &vm->node;
}

struct arena *vm_arena(const struct vm *vm)
{
	return vm->shared->arena;
}

const struct vm_format *vm_format_of(const struct vm *vm)
{
	return &vm->shared->format;
}

/* ---- members ---- */

const char *vm_twin(const struct vm *vm, const char *key, const char *suffix)
{
	size_t n_key = strlen(key), n_suffix = strlen(suffix);
	char *twin = arena_alloc(vm_arena(vm), n_key + n_suffix + 1);
	memcpy(twin, key, n_key);
	memcpy(twin + n_key, suffix, n_suffix + 1);
	return twin;
}

static bool is_html_key(const char *key)
{
	return str_ends_with(str_from(key), STR("_html"));
}

static const cJSON *member(const struct vm *vm, const char *key)
{
	const cJSON *m = vm->node.child;
	while (m && strcmp(m->string, key) != 0)
		m = m->next;
	return m;
}

/* Hangs the node in under the key, which must be new. */
static void hang(struct vm *vm, const char *key, cJSON *node, int type)
{
	assert(key && *key && !member(vm, key));
	node->type = type;
	cJSON_AddItemToObjectCS(&vm->node, arena_strdup(vm_arena(vm), key), node);
}

/* Everything but vm_html comes through here, so that only checked markup can end in _html. */
static cJSON *add(struct vm *vm, const char *key, int type)
{
	assert(!is_html_key(key));
	cJSON *node = ARENA_NEW(vm_arena(vm), cJSON);
	hang(vm, key, node, type);
	return node;
}

static void add_text(struct vm *vm, const char *key, const char *text, int flag)
{
	cJSON *node = add(vm, key, (text ? cJSON_String : cJSON_NULL) | flag);
	node->valuestring = arena_strdup(vm_arena(vm), text);
}

static void add_number(struct vm *vm, const char *key, double value, int flag)
{
	cJSON *node = add(vm, key, cJSON_Number | flag);
	cJSON_SetNumberHelper(node, value);
}

static void add_int(struct vm *vm, const char *key, int64_t value, int flag)
{
	const int64_t exact = INT64_C(1) << 53;
	assert(value >= -exact && value <= exact);
	add_number(vm, key, (double)value, flag);
}

static struct vm *add_object(struct vm *vm, const char *key, int flag)
{
	struct vm *object = ARENA_NEW(vm_arena(vm), struct vm);
	assert(!is_html_key(key));
	object->shared = vm->shared;
	object->outer = vm;
	hang(vm, key, &object->node, cJSON_Object | flag);
	return object;
}

static struct vm_list *add_list(struct vm *vm, const char *key, int flag)
{
	struct vm_list *list = ARENA_NEW(vm_arena(vm), struct vm_list);
	assert(!is_html_key(key));
	list->owner = vm;
	hang(vm, key, &list->node, cJSON_Array | flag);
	return list;
}

/* ---- data ---- */

void vm_text(struct vm *vm, const char *key, const char *text)
{
	add_text(vm, key, text, 0);
}

void vm_int(struct vm *vm, const char *key, int64_t value)
{
	add_int(vm, key, value, 0);
}

static double rounded_to(double value, int decimals)
{
	double scale = 1;
	assert(decimals >= 0 && decimals <= 9);
	for (int i = 0; i < decimals; i++)
		scale *= 10;
	return round(value * scale) / scale + 0.0; /* + 0.0: no "-0" */
}

void vm_real(struct vm *vm, const char *key, double value, int decimals)
{
	const char *text_key = vm_twin(vm, key, "_text");
	if (!isfinite(value)) {
		vm_text(vm, key, NULL);
		vm_page_text(vm, text_key, NULL);
		return;
	}
	double rounded = rounded_to(value, decimals);
	add_number(vm, key, rounded, 0);
	vm_page_text(vm, text_key, arena_printf(vm_arena(vm), "%.*f", decimals, rounded));
}

void vm_bool(struct vm *vm, const char *key, bool value)
{
	add(vm, key, value ? cJSON_True : cJSON_False);
}

struct vm *vm_object(struct vm *vm, const char *key)
{
	return add_object(vm, key, 0);
}

struct vm_list *vm_list(struct vm *vm, const char *key)
{
	return add_list(vm, key, 0);
}

struct vm *vm_item(struct vm_list *list)
{
	struct vm *item = ARENA_NEW(vm_arena(list->owner), struct vm);
	item->node.type = cJSON_Object;
	item->shared = list->owner->shared;
	item->outer = list->owner;
	cJSON_AddItemToArray(&list->node, &item->node);
	list->n++;
	return item;
}

void vm_item_text(struct vm_list *list, const char *text)
{
	struct arena *a = vm_arena(list->owner);
	cJSON *node = ARENA_NEW(a, cJSON);
	node->type = text ? cJSON_String : cJSON_NULL;
	node->valuestring = arena_strdup(a, text);
	cJSON_AddItemToArray(&list->node, node);
	list->n++;
}

void vm_item_real(struct vm_list *list, double value, int decimals)
{
	cJSON *node = ARENA_NEW(vm_arena(list->owner), cJSON);
	assert(isfinite(value));
	node->type = cJSON_Number;
	node->valuedouble = rounded_to(value, decimals);
	cJSON_AddItemToArray(&list->node, node);
	list->n++;
}

size_t vm_count(const struct vm_list *list)
{
	return list->n;
}

/* What objects further out say under the same key must not be taken for this one's. */
static void hide_outer_codes(struct vm *vm, const char *key)
{
	const char *prefix = vm_twin(vm, key, "_is_");
	for (const struct vm *o = vm->outer; o; o = o->outer) {
		if (!member(o, key))
			continue;
		for (const cJSON *m = o->node.child; m; m = m->next)
			if (strncmp(m->string, prefix, strlen(prefix)) == 0 &&
				!member(vm, m->string))
				vm_page_bool(vm, m->string, false);
	}
}

void vm_enum(struct vm *vm, const char *key, const char *set, const char *code)
{
	const struct vm_format *format = vm_format_of(vm);
	const char *word = code;
	if (code && format->i18n)
		word = i18n_word(format->i18n, format->lang, set, code);
	vm_text(vm, key, code);
	vm_page_text(vm, vm_twin(vm, key, "_text"), word);
	if (code)
		vm_page_bool(vm, vm_twin(vm, vm_twin(vm, key, "_is_"), code), true);
	hide_outer_codes(vm, key);
}

/* ---- page only ---- */

void vm_page_text(struct vm *vm, const char *key, const char *text)
{
	add_text(vm, key, text, JSON_PAGE_ONLY);
}

void vm_page_printf(struct vm *vm, const char *key, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	cJSON *node = add(vm, key, cJSON_String | JSON_PAGE_ONLY);
	node->valuestring = arena_vprintf(vm_arena(vm), format, args);
	va_end(args);
}

void vm_page_int(struct vm *vm, const char *key, int64_t value)
{
	add_int(vm, key, value, JSON_PAGE_ONLY);
}

void vm_page_bool(struct vm *vm, const char *key, bool value)
{
	add(vm, key, (value ? cJSON_True : cJSON_False) | JSON_PAGE_ONLY);
}

struct vm *vm_page_object(struct vm *vm, const char *key)
{
	return add_object(vm, key, JSON_PAGE_ONLY);
}

struct vm_list *vm_page_list(struct vm *vm, const char *key)
{
	return add_list(vm, key, JSON_PAGE_ONLY);
}

void vm_html(struct vm *vm, const char *key, struct safe_html html)
{
	cJSON *node = ARENA_NEW(vm_arena(vm), cJSON);
	assert(is_html_key(key));
	hang(vm, key, node, (html.safe ? cJSON_String : cJSON_NULL) | JSON_PAGE_ONLY);
	node->valuestring = arena_strdup(vm_arena(vm), html.safe);
}
