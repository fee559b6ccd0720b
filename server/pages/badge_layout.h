/*
 * The layout of badges on its way between the form, the database (JSON) and the print model.
 * Lengths are millimetres, sizes points, both as people write them: "12.5"; "" is not said.
 */
#ifndef PAGES_BADGE_LAYOUT_H
#define PAGES_BADGE_LAYOUT_H

#include "pages/page.h"

enum { LAYOUT_MAX_ITEMS = 60, LAYOUT_MAX_BYTES = 128 << 10 };

struct layout_item {
	const char *what; /* a kind of item, or what a text shows: "band", "name" */
	const char *x, *y, *width, *height, *gap;
	const char *size, *least, *leading, *lines, *logo, *logo_width;
	const char *colour, *align, *vertical, *text;
	bool by_role, bold, italic, serif, follows, beside;
	size_t row; /* of the form */
};

struct layout_side {
	struct layout_item items[LAYOUT_MAX_ITEMS];
	size_t n;
};

struct layout {
	const char *width, *height, *fold;
	struct layout_side front, back;
};

/* From JSON that the print worker has accepted. */
enum rc layout_from_json(
	struct arena *a, const char *json, struct layout *out, struct err *err) NODISCARD;

/* From what was typed; rows that show nothing are left out. */
void layout_from_form(const struct form *f, struct layout *out);

/* INVALID with a field error for every number that is none. */
enum rc layout_check(struct request *rq, const struct layout *l, struct err *err) NODISCARD;

/* As the member of a print model; what is no number is left out. */
void layout_put(struct vm *model, const char *key, const struct layout *l);

/* As defaults of the form, with all its choices. */
void layout_put_form(struct request *rq, struct form_view *form, const struct layout *l);

/* As data, with the names of the form: what a program reads and sends back changed. */
void layout_put_data(struct vm *vm, const char *key, const struct layout *l);

/* "layout.front.3.width" of the print worker as the field it came from, "front.4.width". */
const char *layout_field(struct arena *a, const struct layout *l, const char *path);

/*
 * A fault of the print worker with the item it is about: "Front, item 4 (Name), width: This is
 * missing". What is about no item is told as it is.
 */
const char *layout_fault(struct request *rq, const struct layout *l, const struct field_error *e);

/* The layout of the event, or NULL and rev 0 when it uses the first that is built in. */
enum rc layout_of_event(struct request *rq, const char **json, int64_t *rev) NODISCARD;

/* How many of the event's logos it shows; one stands for the emblem. */
size_t layout_n_logos(const struct layout *l);

#endif
