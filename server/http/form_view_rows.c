/* Rows of a form: those that were sent, or else those the page gives it. */
#include <assert.h>
#include <string.h>

#include "http/form_slots.h"

struct group *group_find(const struct form_view *f, const char *name)
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
			(void)slot_add(
				f, vm_object(node, f->fields[i].name), &f->fields[i], row, NULL);
	return row;
}

void group_add(struct form_view *f, const char *name)
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

size_t form_view_row(struct form_view *f, const char *group)
{
	struct group *g = group_find(f, group);
	assert(g != NULL && "the group is declared for the form's handler");
	assert(g->n_rows < FORM_MAX_ROWS || f->submitted != NULL);
	if (f->submitted != NULL || g->n_rows >= FORM_MAX_ROWS)
		return 0;
	return add_row(f, g);
}

static struct slot *row_slot(struct form_view *f, const char *group, size_t row, const char *member)
{
	return slot_find(f, slot_field(f, group, member), row, NULL);
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
	const struct group *g = group_find(f, group);
	assert(g != NULL && "the group is declared for the form's handler");
	for (size_t row = 0; row < g->n_rows; row++) {
		struct slot *s = row_slot(f, group, row, member);
		if (s != NULL)
			(void)slot_option(f, s, value, label, NULL);
	}
}
