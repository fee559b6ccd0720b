/* The second half of a form's life: what its controls show, and what is wrong with them. */
#include <string.h>

#include "http/form_finish.h"
#include "http/form_slots.h"
#include "http/show.h"

const struct form_value *slot_typed(const struct form_view *f, const struct slot *s)
{
	return f->submitted != NULL ? form_find(f->submitted, s->field, s->row, s->key) : NULL;
}

const char *slot_value(const struct form_view *f, const struct slot *s)
{
	if (s->field->type == FIELD_SECRET || s->field->type == FIELD_FILE)
		return "";
	const struct form_value *v = s->is_renewed ? NULL : slot_typed(f, s);
	const char *value = v != NULL ? v->text : s->otherwise;
	return value != NULL ? value : "";
}

static void finish_slot(const struct form_view *f, const struct slot *s)
{
	const struct field *field = s->field;
	if (s->options == NULL)
		(void)vm_list(s->node, "options");
	if (field->shape == FIELD_LIST || (field->shape == FIELD_MAP && s->key == NULL))
		return;
	if (field->type != FIELD_BOOL) {
		vm_text(s->node, "value", slot_value(f, s));
		return;
	}
	const struct form_value *v = slot_typed(f, s);
	vm_bool(s->node, "is_checked", f->submitted != NULL ? v != NULL && v->truth : s->is_ticked);
}

static void finish_form(const struct form_view *f)
{
	for (const struct slot *s = f->slots; s != NULL; s = s->next)
		finish_slot(f, s);
	for (const struct group *g = f->groups; g != NULL; g = g->next)
		for (size_t row = 0; row < g->n_rows; row++)
			vm_bool(g->nodes[row], "is_last", row + 1 == g->n_rows);
}

/* The errors of `refused`, in the summary of f. NULL: none. */
static void finish_errors(const struct form_view *f, const struct form_view *refused)
{
	struct vm_list *errors = vm_list(f->node, "errors");
	int64_t n = 0;
	const struct field_error *e = refused != NULL ? refused->refused->fields : NULL;
	for (; e != NULL; e = e->next, n++) {
		struct vm *item = vm_item(errors);
		vm_text(item, "href",
			arena_printf(f->rq->arena, "#%s-%s", refused->prefix, e->field));
		vm_text(item, "text", e->message);
	}
	vm_int(f->node, "n", n);
	vm_bool(f->node, "has_field_errors", n > 0);
	vm_bool(f->node, "has_errors", refused != NULL);
	vm_text(f->node, "error_text", refused != NULL ? refused->refused->message : NULL);
}

void form_finish(struct request *rq)
{
	const struct form_view *refused = NULL;
	for (struct form_view *f = rq->exchange->views; f != NULL; f = f->next)
		if (f->refused != NULL)
			refused = f;
	for (struct form_view *f = rq->exchange->views; f != NULL; f = f->next) {
		/* The page has one summary, that of `form`. */
		bool shows_errors = f == refused || strcmp(f->prefix, "f") == 0;
		finish_form(f);
		finish_errors(f, shows_errors ? refused : NULL);
	}
}
