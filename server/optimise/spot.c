#include "optimise/spot.h"

#include <math.h>
#include <stdarg.h>

enum { MAX_TEXT = 1000 };

/* ---- what is said ---- */

static void add_path(struct buf *b, const struct spot *at)
{
	if (!at->up)
		return;
	add_path(b, at->up);
	if (at->key)
		buf_printf(b, "%s%s", at->up->up ? "." : "", at->key);
	else
		buf_printf(b, "[%zu]", at->index);
}

enum rc spot_refuse(const struct spot *at, const char *format, ...)
{
	struct buf path = buf_in(at->err->arena, 4096);
	va_list args;

	add_path(&path, at);
	va_start(args, format);
	const char *message = arena_vprintf(at->err->arena, format, args);
	va_end(args);
	return err_set(at->err, INVALID, "%s: %s", at->up ? buf_cstr(&path) : "the file", message);
}

enum rc spot_open(
	struct arena *a, struct str text, const char *format, struct spot *out, struct err *err)
{
	cJSON *root;

	TRY(json_parse_up_to(a, text, INSTANCE_MAX_BYTES, &root, err));
	*out = (struct spot){.value = root, .err = err};
	if (!cJSON_IsObject(root))
		return spot_refuse(out, "an object is wanted");
	struct spot member;
	TRY(spot_get(out, "format", &member));
	if (!cJSON_IsString(member.value) || !text_equal(member.value->valuestring, format))
		return spot_refuse(&member, "\"%s\" is wanted", format);
	return OK;
}

/* ---- objects and arrays ---- */

bool spot_has(const struct spot *object, const char *key)
{
	return cJSON_IsObject(object->value) && json_get(object->value, key);
}

enum rc spot_get(const struct spot *object, const char *key, struct spot *out)
{
	*out = (struct spot){.up = object, .key = key, .err = object->err};
	if (!cJSON_IsObject(object->value))
		return spot_refuse(object, "an object is wanted");
	out->value = json_get(object->value, key);
	return out->value ? OK : spot_refuse(out, "is missing");
}

enum rc spot_count(const struct spot *array, size_t max, size_t *n)
{
	*n = 0;
	if (!cJSON_IsArray(array->value))
		return spot_refuse(array, "a list is wanted");
	for (const cJSON *item = array->value->child; item; item = item->next)
		++*n;
	if (*n > max)
		return spot_refuse(array, "has %zu entries, at most %zu are possible", *n, max);
	return OK;
}

bool spot_next(const struct spot *array, struct spot *item)
{
	const cJSON *next = item->value ? item->value->next : array->value->child;
	size_t index = item->value ? item->index + 1 : 0;

	*item = (struct spot){.up = array, .index = index, .value = next, .err = array->err};
	return next != NULL;
}

/* ---- values ---- */

enum rc spot_int(const struct spot *at, int64_t min, int64_t max, int64_t *out)
{
	if (!cJSON_IsNumber(at->value) || at->value->valuedouble != floor(at->value->valuedouble))
		return spot_refuse(at, "a whole number is wanted");
	if (at->value->valuedouble < (double)min)
		return spot_refuse(at, "%.0f is less than %lld", at->value->valuedouble,
			(long long)min);
	if (at->value->valuedouble > (double)max)
		return spot_refuse(at, "%.0f is more than %lld", at->value->valuedouble,
			(long long)max);
	*out = (int64_t)at->value->valuedouble;
	return OK;
}

enum rc spot_get_int(
	const struct spot *object, const char *key, int64_t min, int64_t max, int64_t *out)
{
	struct spot member;

	TRY(spot_get(object, key, &member));
	return spot_int(&member, min, max, out);
}

enum rc spot_get_text(
	struct arena *a, const struct spot *object, const char *key, const char **out)
{
	struct spot member;

	TRY(spot_get(object, key, &member));
	if (!cJSON_IsString(member.value))
		return spot_refuse(&member, "a text is wanted");
	struct str text = str_from(member.value->valuestring);
	if (text.n > MAX_TEXT)
		return spot_refuse(&member, "is longer than %d bytes", MAX_TEXT);
	*out = str_dup(a, text);
	return OK;
}

enum rc spot_get_ints(struct arena *a, const struct spot *object, const char *key, size_t max_n,
	int64_t min, int64_t max, int32_t **out, size_t *n)
{
	struct spot list, item = {0};
	int64_t value;

	TRY(spot_get(object, key, &list));
	TRY(spot_count(&list, max_n, n));
	*out = ARENA_ARRAY(a, *n, int32_t);
	for (size_t i = 0; spot_next(&list, &item); i++) {
		TRY(spot_int(&item, min, max, &value));
		(*out)[i] = (int32_t)value;
	}
	return OK;
}
