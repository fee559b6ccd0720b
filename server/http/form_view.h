/*
 * What templates need to draw a form: `form` in the page half of the view model.
 *
 *   form.action .csrf_token .idempotency_key .has_errors .error_text
 *   form.errors[]{href,text} .n .has_field_errors
 *   form.<name> = { id "f-<name>", name, label, value or is_checked, error, has_error, is_required,
 *                 max, options[]{id,name,value,label,hint,is_checked} }
 *   form.<group>.rows[] = { index, number, is_first, is_last, <member>: as form.<name> }
 *
 * When another form of the page was refused, `form` lists its errors too, so that one summary at
 * the top is enough.
 *
 * The same calls serve the first showing and the showing again: defaults are ignored where the
 * person has already typed something.
 */
#ifndef HTTP_FORM_VIEW_H
#define HTTP_FORM_VIEW_H

#include "http/request.h"
#include "view/vm.h"

struct form_view;

/* The form that `post` declares. action: its own path (NULL: the path of this request). */
struct form_view *form_view_new(
	struct request *rq, struct vm *vm, handler_fn post, const char *action);

/*
 * A second form of the page, under another key than `form`. Only the one that was posted shows
 * what was typed and its errors. Ids are "f-<name>" in `form`, "<key>-<name>" in others.
 */
struct form_view *form_view_named(
	struct request *rq, struct vm *vm, const char *key, handler_fn post, const char *action);

/* The refused POST whose page is shown again, NULL on a first showing. */
const struct err *form_view_refused(const struct request *rq);

/*
 * The same, when none of the page's forms is the one that was posted: a single button was, such as
 * "Withdraw", and the page must say itself why nothing happened.
 */
const struct err *form_view_unshown(const struct request *rq);

/* Defaults, before the options of the same field. */
void form_view_text(struct form_view *f, const char *name, const char *value);
void form_view_int(struct form_view *f, const char *name, int64_t value);
void form_view_money(struct form_view *f, const char *name, int64_t minor);
void form_view_bool(struct form_view *f, const char *name, bool is_ticked);
void form_view_datetime(
	struct form_view *f, const char *name, int64_t at_ms, const struct zone *zone);
void form_view_list(struct form_view *f, const char *name, const char *value); /* one more chosen */
void form_view_key(struct form_view *f, const char *name, const char *key, const char *value);

/* The node of a declared single field, for extras such as a word count. */
struct vm *form_view_field(struct form_view *f, const char *name);
/* What the field will show: typed or default, "" for none. */
const char *form_view_value(struct form_view *f, const char *name);

/* All that was typed into the form, when it is shown again; NULL on a first showing. */
const struct form *form_view_typed(const struct form_view *f);

/* Replaces even what was sent: the newer revision after a stale save. */
void form_view_renew_int(struct form_view *f, const char *name, int64_t value);

/* A choice of a select, radio group or checkbox group; checked when it is the value. Returns the
 * option's node, so that a page can add hue, price_text and the like. */
struct vm *form_view_option(struct form_view *f, const char *name, const char *value,
	const char *label, const char *hint);
/* For MAP fields: the node of one key, form.<name>.keys[] {key,id,name,value,error,options[]}. */
struct vm *form_view_key_field(struct form_view *f, const char *name, const char *key);
struct vm *form_view_key_option(struct form_view *f, const char *name, const char *key,
	const char *value, const char *label, const char *hint);

/* Adds a default row and sets its members; ignored entirely when rows were submitted. */
size_t form_view_row(struct form_view *f, const char *group);
void form_view_row_text(
	struct form_view *f, const char *group, size_t row, const char *member, const char *value);
void form_view_row_bool(
	struct form_view *f, const char *group, size_t row, const char *member, bool is_ticked);
/* A choice of a member in every row. Call after the rows are there. */
void form_view_row_option(struct form_view *f, const char *group, const char *member,
	const char *value, const char *label);

#endif
