/* "author.add", "author.1.remove", "author.1.up", "author.1.down": pressed without a script. */
#include <string.h>

#include "http/form_read.h"

enum press { PRESS_NONE, PRESS_ADD, PRESS_REMOVE, PRESS_UP, PRESS_DOWN, PRESS_SHOW };

struct button {
	enum press press;
	const char *group;
	size_t row;
};

static const char *declared_group(const struct form *f, struct str name)
{
	for (size_t i = 0; i < f->n_fields; i++)
		if (f->fields[i].group != NULL && str_is(name, f->fields[i].group))
			return f->fields[i].group;
	return NULL;
}

static struct button parse(const struct form *f)
{
	struct button none = {0}, b = {0};
	struct str rest = str_from(f->doing);
	b.group = declared_group(f, str_cut(&rest, '.'));
	if (b.group == NULL || rest.p == NULL)
		return none;
	if (str_is(rest, "add")) {
		b.press = PRESS_ADD;
		return b;
	}
	if (str_is(rest, "show")) {
		b.press = PRESS_SHOW;
		return b;
	}
	int64_t row;
	struct str index = str_cut(&rest, '.');
	if (rest.p == NULL || !str_to_i64(index, &row) || row < 0 || row >= FORM_MAX_ROWS)
		return none;
	b.row = (size_t)row;
	b.press = str_is(rest, "remove") ? PRESS_REMOVE
		  : str_is(rest, "up")   ? PRESS_UP
		  : str_is(rest, "down") ? PRESS_DOWN
					 : PRESS_NONE;
	return b;
}

bool form_rows_is_button(const struct form *f)
{
	return parse(f).press != PRESS_NONE;
}

static bool is_in(const struct form_value *v, const char *group)
{
	return v->field->shape == FIELD_ROWS && strcmp(v->field->group, group) == 0;
}

static void add(struct arena *a, struct form *f, const char *group, size_t n_rows)
{
	if (n_rows >= FORM_MAX_ROWS)
		return;
	struct form_value *values = ARENA_ARRAY(a, f->n_values + f->n_fields, struct form_value);
	if (f->n_values > 0)
		memcpy(values, f->values, f->n_values * sizeof *values);
	f->values = values;
	for (size_t i = 0; i < f->n_fields; i++)
		if (text_equal(f->fields[i].group, group))
			values[f->n_values++] = (struct form_value){
				.field = &f->fields[i], .row = n_rows, .text = ""};
}

static void drop(struct form *f, const char *group, size_t row)
{
	size_t kept = 0;
	for (size_t i = 0; i < f->n_values; i++) {
		struct form_value v = f->values[i];
		if (is_in(&v, group)) {
			if (v.row == row)
				continue;
			v.row -= v.row > row;
		}
		f->values[kept++] = v;
	}
	f->n_values = kept;
}

static void swap(struct form *f, const char *group, size_t upper)
{
	for (size_t i = 0; i < f->n_values; i++) {
		struct form_value *v = &f->values[i];
		if (!is_in(v, group))
			continue;
		if (v->row == upper)
			v->row = upper + 1;
		else if (v->row == upper + 1)
			v->row = upper;
	}
}

void form_rows_press(struct arena *a, struct form *f)
{
	struct button b = parse(f);
	if (b.press == PRESS_NONE || b.press == PRESS_SHOW)
		return;
	size_t n_rows = form_count_rows(f, b.group);
	if (b.press == PRESS_ADD)
		add(a, f, b.group, n_rows);
	else if (b.row >= n_rows)
		return;
	else if (b.press == PRESS_REMOVE)
		drop(f, b.group, b.row);
	else if (b.press == PRESS_UP && b.row > 0)
		swap(f, b.group, b.row - 1);
	else if (b.press == PRESS_DOWN && b.row + 1 < n_rows)
		swap(f, b.group, b.row);
}
