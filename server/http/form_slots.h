/*
 * What form_view.c builds and form_finish.c completes. A slot is one control: a field, a member of
 * a row or a key of a map. Its node is made at once, so that options can hang on it; its value is
 * written at the end, when every default is known. Private to the form views.
 */
#ifndef HTTP_FORM_SLOTS_H
#define HTTP_FORM_SLOTS_H

#include "http/exchange.h"
#include "http/form_read.h"
#include "http/form_view.h"

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

/* Asserts that the form's handler declares it. */
const struct field *slot_field(const struct form_view *f, const char *group, const char *name);
/* NULL when it has not been made. */
struct slot *slot_find(
	const struct form_view *f, const struct field *field, size_t row, const char *key);
/* Made in the node, with everything but its value. */
struct slot *slot_add(struct form_view *f, struct vm *node, const struct field *field, size_t row,
	const char *key);
struct vm *slot_option(struct form_view *f, struct slot *s, const char *value, const char *label,
	const char *hint);

/* What was typed; NULL when the form is fresh or did not hold this control. */
const struct form_value *slot_typed(const struct form_view *f, const struct slot *s);
/* Typed or default; "" for none, and for secrets and files always. */
const char *slot_value(const struct form_view *f, const struct slot *s);

/* The rows of a group, with those that were sent. */
void group_add(struct form_view *f, const char *name);
struct group *group_find(const struct form_view *f, const char *name);

#endif
