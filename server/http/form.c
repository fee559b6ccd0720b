/* Reading a form that has been typed. An undeclared name is a programmer's fault, so it asserts. */
#include <assert.h>
#include <string.h>

#include "http/form_read.h"

static const struct field *declared(
	const struct form *f, const char *group, const char *name, enum field_shape shape)
{
	for (size_t i = 0; i < f->n_fields; i++)
		if (f->fields[i].shape == shape && text_equal(f->fields[i].group, group) &&
			strcmp(f->fields[i].name, name) == 0)
			return &f->fields[i];
	assert(!"the field is declared for this handler, with this shape");
	return NULL;
}

const struct form_value *form_find(
	const struct form *f, const struct field *field, size_t row, const char *key)
{
	for (size_t i = 0; i < f->n_values; i++) {
		const struct form_value *v = &f->values[i];
		if (v->field == field && v->row == row && (key == NULL || text_equal(v->key, key)))
			return v;
	}
	return NULL;
}

static const struct form_value *one(const struct form *f, const char *name)
{
	return form_find(f, declared(f, NULL, name, FIELD_ONE), 0, NULL);
}

static const struct form_value *member(
	const struct form *f, const char *group, size_t i, const char *name)
{
	return form_find(f, declared(f, group, name, FIELD_ROWS), i, NULL);
}

/* The i-th value of a LIST or MAP. */
static const struct form_value *nth(const struct form *f, const struct field *field, size_t i)
{
	for (size_t at = 0; at < f->n_values; at++)
		if (f->values[at].field == field && i-- == 0)
			return &f->values[at];
	return NULL;
}

static size_t count(const struct form *f, const struct field *field)
{
	size_t n = 0;
	for (size_t at = 0; at < f->n_values; at++)
		n += f->values[at].field == field;
	return n;
}

bool form_has(const struct form *f, const char *name)
{
	for (size_t i = 0; i < f->n_fields; i++) {
		const struct field *field = &f->fields[i];
		if (strcmp(field->group != NULL ? field->group : field->name, name) != 0)
			continue;
		const struct form_value *v = nth(f, field, 0);
		if (v != NULL && (field->type != FIELD_BOOL || v->truth))
			return true;
		if (field->group == NULL)
			return false;
	}
	return false;
}

const char *form_text(const struct form *f, const char *name)
{
	const struct form_value *v = one(f, name);
	return v != NULL && v->text != NULL ? v->text : "";
}

static int64_t number(const struct form_value *v, int64_t otherwise)
{
	return v != NULL && v->text[0] != '\0' && !v->is_wrong ? v->number : otherwise;
}

int64_t form_int(const struct form *f, const char *name, int64_t otherwise)
{
	return number(one(f, name), otherwise);
}

bool form_bool(const struct form *f, const char *name)
{
	const struct form_value *v = one(f, name);
	return v != NULL && v->truth;
}

bool form_civil(const struct form *f, const char *name, struct civil *out)
{
	const struct form_value *v = one(f, name);
	if (v == NULL || v->text[0] == '\0' || v->is_wrong)
		return false;
	*out = v->civil;
	return true;
}

int64_t form_instant(const struct form *f, const char *name, const struct zone *zone)
{
	const struct form_value *v = one(f, name);
	int64_t at_ms = 0;
	if (v == NULL || v->text[0] == '\0' || v->is_wrong)
		return 0;
	if (v->is_instant)
		return v->number;
	zone_instant(zone, &v->civil, &at_ms);
	return at_ms;
}

const struct upload *form_upload(const struct form *f, const char *name)
{
	const struct form_value *v = one(f, name);
	return v != NULL ? v->upload : NULL;
}

const char *const *form_list(const struct form *f, const char *name, size_t *n)
{
	static const char *const none[] = {NULL};
	const struct field *field = declared(f, NULL, name, FIELD_LIST);
	const struct form_value *first = nth(f, field, 0);
	*n = count(f, field);
	/* form_read has put the texts of a list side by side behind its first value. */
	return first != NULL ? first->list : none;
}

size_t form_count_rows(const struct form *f, const char *group)
{
	size_t n = 0;
	for (size_t i = 0; i < f->n_values; i++) {
		const struct form_value *v = &f->values[i];
		if (v->field->shape == FIELD_ROWS && strcmp(v->field->group, group) == 0 &&
			v->row + 1 > n)
			n = v->row + 1;
	}
	return n;
}

size_t form_n_rows(const struct form *f, const char *group)
{
	bool is_declared = false;
	for (size_t i = 0; i < f->n_fields; i++)
		is_declared = is_declared || text_equal(f->fields[i].group, group);
	assert(is_declared && "the group is declared for this handler");
	return form_count_rows(f, group);
}

const char *form_row_text(const struct form *f, const char *group, size_t i, const char *name)
{
	const struct form_value *v = member(f, group, i, name);
	return v != NULL && v->text != NULL ? v->text : "";
}

int64_t form_row_int(
	const struct form *f, const char *group, size_t i, const char *name, int64_t otherwise)
{
	return number(member(f, group, i, name), otherwise);
}

bool form_row_bool(const struct form *f, const char *group, size_t i, const char *name)
{
	const struct form_value *v = member(f, group, i, name);
	return v != NULL && v->truth;
}

size_t form_n_keys(const struct form *f, const char *name)
{
	return count(f, declared(f, NULL, name, FIELD_MAP));
}

const char *form_key(const struct form *f, const char *name, size_t i)
{
	const struct form_value *v = nth(f, declared(f, NULL, name, FIELD_MAP), i);
	return v != NULL ? v->key : "";
}

const char *form_key_text(const struct form *f, const char *name, size_t i)
{
	const struct form_value *v = nth(f, declared(f, NULL, name, FIELD_MAP), i);
	return v != NULL && v->text != NULL ? v->text : "";
}

int64_t form_key_int(const struct form *f, const char *name, size_t i, int64_t otherwise)
{
	return number(nth(f, declared(f, NULL, name, FIELD_MAP), i), otherwise);
}

void form_set_int(struct form *f, const char *name, int64_t value)
{
	const struct field *field = declared(f, NULL, name, FIELD_ONE);
	for (size_t i = 0; i < f->n_values; i++) {
		if (f->values[i].field != field)
			continue;
		f->values[i].number = value;
		f->values[i].text = arena_printf(f->arena, "%lld", (long long)value);
	}
}
