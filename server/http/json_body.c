/* A JSON body speaks the names of the form, so that one table of fields serves both. */
#include <string.h>

#include "base/json.h"
#include "http/parse.h"

struct flattener {
	struct arena *arena;
	struct pairs *out;
	struct err *err;
};

static enum rc flatten(struct flattener *f, const char *name, const cJSON *value, int depth);

static enum rc add(struct flattener *f, const char *name, enum pair_kind kind, const char *value)
{
	struct pair pair = {.name = str_from(name), .value = str_from(value), .kind = kind};
	return pairs_add(f->arena, f->out, pair, f->err);
}

static enum rc add_number(struct flattener *f, const char *name, double number)
{
	const char *text = number >= -9007199254740992.0 && number <= 9007199254740992.0 &&
					   number == (double)(int64_t)number
				   ? arena_printf(f->arena, "%lld", (long long)number)
				   : arena_printf(f->arena, "%.17g", number);
	return add(f, name, PAIR_JSON_NUMBER, text);
}

/* Scalars repeat the name, objects are rows: name.0.member. */
static enum rc flatten_array(struct flattener *f, const char *name, const cJSON *array, int depth)
{
	int i = 0;
	for (const cJSON *item = array->child; item != NULL; item = item->next, i++) {
		if (cJSON_IsArray(item))
			TRY(add(f, name, PAIR_JSON_DEEP, ""));
		else if (cJSON_IsObject(item))
			TRY(flatten(f, arena_printf(f->arena, "%s.%d", name, i), item, depth + 1));
		else
			TRY(flatten(f, name, item, depth + 1));
	}
	return OK;
}

static enum rc flatten_object(struct flattener *f, const char *name, const cJSON *object, int depth)
{
	for (const cJSON *item = object->child; item != NULL; item = item->next) {
		const char *member = item->string != NULL ? item->string : "";
		TRY(flatten(f, arena_printf(f->arena, "%s.%s", name, member), item, depth + 1));
	}
	return OK;
}

static enum rc flatten(struct flattener *f, const char *name, const cJSON *value, int depth)
{
	if (cJSON_IsNull(value))
		return OK;
	if (cJSON_IsString(value))
		return add(f, name, PAIR_JSON_TEXT, value->valuestring);
	if (cJSON_IsBool(value))
		return add(f, name, PAIR_JSON_BOOL, cJSON_IsTrue(value) ? "true" : "false");
	if (cJSON_IsNumber(value))
		return add_number(f, name, value->valuedouble);
	if (depth > 2)
		return add(f, name, PAIR_JSON_DEEP, "");
	if (cJSON_IsArray(value))
		return flatten_array(f, name, value, depth);
	return flatten_object(f, name, value, depth);
}

enum rc json_body_parse(struct arena *a, struct str text, struct pairs *out, struct err *err)
{
	cJSON *root = NULL;
	TRY(json_parse(a, text, &root, err));
	if (!cJSON_IsObject(root))
		return err_set(err, INVALID, "The body must be a JSON object");
	struct flattener f = {a, out, err};
	for (const cJSON *item = root->child; item != NULL; item = item->next)
		TRY(flatten(&f, item->string != NULL ? item->string : "", item, 0));
	return OK;
}
