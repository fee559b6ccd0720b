/* Walks the model and its shape side by side, with the path so far as text. */
#include "pdf/model.h"

#include "base/text.h"
#include "base/zone.h"

#include <math.h>
#include <string.h>

enum { MAX_LIST_TEXT = 300, MAX_FAULTS = 20 };

struct walk {
	struct arena *arena;
	struct err *err;
	int n_faults; /* a wrong file has thousands; twenty are told */
};

static void fault(struct walk *w, const char *path, const char *message)
{
	if (w->n_faults++ < MAX_FAULTS)
		err_field(w->err, path, "%s", message);
}

static const char *join(struct walk *w, const char *path, const char *name)
{
	return *path ? arena_printf(w->arena, "%s.%s", path, name) : name;
}

static bool is_clock(const char *s)
{
	static const char form[] = "##:##";
	size_t n = strlen(s);
	for (size_t i = 0; i < n && n == 5; i++)
		if (form[i] == '#' ? s[i] < '0' || s[i] > '9' : s[i] != form[i])
			return false;
	return n == 5 && (s[0] - '0') * 10 + s[1] - '0' < 24 && s[3] < '6';
}

static bool is_lang(const char *s)
{
	static const char allowed[] =
		"-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
	size_t n = strlen(s);
	return n >= 2 && n <= 35 && strspn(s, allowed) == n && s[0] != '-' && s[n - 1] != '-';
}

static bool is_one_of(const char *s, const char *const *values)
{
	for (; *values; values++)
		if (strcmp(*values, s) == 0)
			return true;
	return false;
}

static void check_text(
	struct walk *w, const cJSON *v, const struct model_field *f, const char *path)
{
	if (!cJSON_IsString(v)) {
		fault(w, path, "This is not a text; put it in quotes");
		return;
	}
	/* Letters are counted only when the bytes may be too many: counting is slow. */
	const char *s = v->valuestring;
	int n = strlen(s) <= (size_t)f->most ? f->most : text_count_characters(s);
	if (strpbrk(s, "\n\r\t") || !text_clean(w->arena, str_from(s), TEXT_LINE))
		fault(w, path, "Take out line breaks, control characters and marks of direction");
	else if (f->least > 0 && !*s)
		fault(w, path, "This is empty; write it or leave the member out");
	else if (n > f->most)
		fault(w, path,
			arena_printf(w->arena, "This has %d characters, at most %d are printed", n,
				f->most));
	else if (f->values && !is_one_of(v->valuestring, f->values))
		fault(w, path, "This is none of the values that are known here");
}

static void check_form(
	struct walk *w, const cJSON *v, const struct model_field *f, const char *path)
{
	struct civil day;
	const char *s = cJSON_IsString(v) ? v->valuestring : "";
	if (f->kind == MODEL_LANG && !is_lang(s))
		fault(w, path, "This is not a language tag, such as \"en-GB\"");
	else if (f->kind == MODEL_DATE && !civil_parse_date(str_from(s), &day))
		fault(w, path, "This is not a date, such as \"2027-09-08\"");
	else if (f->kind == MODEL_CLOCK && !is_clock(s))
		fault(w, path, "This is not a time of day, such as \"09:00\"");
}

static void check_number(
	struct walk *w, const cJSON *v, const struct model_field *f, const char *path)
{
	double d = cJSON_IsNumber(v) ? v->valuedouble : 0.5;
	if (!(d >= f->least && d <= f->most) || d != floor(d))
		fault(w, path,
			arena_printf(w->arena, "This is not a whole number from %d to %d", f->least,
				f->most));
}

static void check_object(
	struct walk *w, const cJSON *v, const struct model_field *members, const char *path);

static void check_list(
	struct walk *w, const cJSON *v, const struct model_field *f, const char *path)
{
	static const struct model_field text = {
		"", MODEL_TEXT, MODEL_REQUIRED, 1, MAX_LIST_TEXT, NULL, NULL};
	const cJSON *item;
	int i = 0;
	if (!cJSON_IsArray(v)) {
		fault(w, path, "This is not a list; put it in [ ]");
		return;
	}
	int n = cJSON_GetArraySize(v);
	if (n < f->least || n > f->most)
		fault(w, path,
			arena_printf(w->arena, "This list has %d entries; it takes %d to %d", n,
				f->least, f->most));
	cJSON_ArrayForEach(item, v)
	{
		const char *at = join(w, path, arena_printf(w->arena, "%d", i++));
		if (f->members)
			check_object(w, item, f->members, at);
		else
			check_text(w, item, &text, at);
	}
}

static void check_value(
	struct walk *w, const cJSON *v, const struct model_field *f, const char *path)
{
	switch (f->kind) {
	case MODEL_TEXT:
		check_text(w, v, f, path);
		break;
	case MODEL_NUMBER:
		check_number(w, v, f, path);
		break;
	case MODEL_BOOL:
		if (!cJSON_IsBool(v))
			fault(w, path, "This is neither true nor false");
		break;
	case MODEL_LANG:
	case MODEL_DATE:
	case MODEL_CLOCK:
		check_form(w, v, f, path);
		break;
	case MODEL_OBJECT:
		check_object(w, v, f->members, path);
		break;
	case MODEL_LIST:
		check_list(w, v, f, path);
		break;
	}
}

static const struct model_field *field_named(const struct model_field *members, const char *name)
{
	for (; members->name; members++)
		if (strcmp(members->name, name) == 0)
			return members;
	return NULL;
}

static void check_object(
	struct walk *w, const cJSON *v, const struct model_field *members, const char *path)
{
	const cJSON *member;
	if (!cJSON_IsObject(v)) {
		fault(w, path, "This is not an object; put it in { }");
		return;
	}
	for (const struct model_field *f = members; f->name; f++)
		if (f->need && !json_get(v, f->name))
			fault(w, join(w, path, f->name), "This is missing");
	cJSON_ArrayForEach(member, v)
	{
		const struct model_field *f = field_named(members, member->string);
		const char *at = join(w, path, member->string);
		if (f)
			check_value(w, member, f, at);
		else
			fault(w, at, "No such member is known; remove it or mend its name");
	}
}

enum rc model_check(
	struct arena *a, const cJSON *model, const struct model_field *shape, struct err *err)
{
	struct walk w = {.arena = a, .err = err};
	if (!cJSON_IsObject(model))
		return err_set(err, INVALID, "The model is not a JSON object");
	check_object(&w, model, shape, "");
	if (!w.n_faults)
		return OK;
	return err_set(err, INVALID, "Nothing was printed: the model has %d fault%s", w.n_faults,
		w.n_faults == 1 ? "" : "s");
}

size_t model_count(const cJSON *list)
{
	return list ? (size_t)cJSON_GetArraySize(list) : 0;
}

const char *model_text(const cJSON *object, const char *name)
{
	const char *text = json_text(object, name);
	return text ? text : "";
}
