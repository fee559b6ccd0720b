/* The layout in its four shapes: JSON, form, print model, data. One table of members serves all. */
#include <string.h>
#include "base/text.h"
#include "pages/badge_layout.h"
#include "pages/handlers.h"

static const char *const kinds[] = {"band", "rule", "qr", "emblem", "schedule", "image"};
static const char *const shown[] = {"name", "said_name", "pronouns", "affiliation", "role", "code",
	"event", "network", "dates", "place", "place_dates", "text"};
static const char *const sides[] = {"front", "back"};

enum { N_KINDS = sizeof(kinds) / sizeof(kinds[0]), N_SHOWN = sizeof(shown) / sizeof(shown[0]) };

/* Members that are text in the form. */
struct member {
	const char *name;
	size_t offset; /* in struct layout_item */
	bool is_number;
	bool is_place; /* not of a text that follows another */
};

#define MEMBER(name, is_number, is_place)                                                          \
	{                                                                                          \
#name, offsetof(struct layout_item, name), is_number, is_place                     \
	}
static const struct member members[] = {MEMBER(x, true, true), MEMBER(y, true, true),
	MEMBER(width, true, true), MEMBER(height, true, false), MEMBER(gap, true, false),
	MEMBER(size, true, false), MEMBER(least, true, false), MEMBER(leading, true, false),
	MEMBER(lines, true, false), MEMBER(logo, true, false), MEMBER(logo_width, true, false),
	MEMBER(colour, false, false), MEMBER(align, false, false), MEMBER(vertical, false, false),
	MEMBER(text, false, false)};

static const struct member switches[] = {MEMBER(by_role, false, false), MEMBER(bold, false, false),
	MEMBER(italic, false, false), MEMBER(serif, false, false), MEMBER(follows, false, false),
	MEMBER(beside, false, false)};
#undef MEMBER

enum {
	N_MEMBERS = sizeof(members) / sizeof(members[0]),
	N_SWITCHES = sizeof(switches) / sizeof(switches[0]),
};

static const char **text_in(struct layout_item *item, const struct member *m)
{
	return (const char **)(void *)((char *)item + m->offset);
}

static bool *switch_in(struct layout_item *item, const struct member *m)
{
	return (bool *)(void *)((char *)item + m->offset);
}

static const char *text_of(const struct layout_item *item, const struct member *m)
{
	const char *const *at = (const void *)((const char *)item + m->offset);
	return *at;
}

static bool switch_of(const struct layout_item *item, const struct member *m)
{
	const bool *at = (const void *)((const char *)item + m->offset);
	return *at;
}

static const struct layout_side *side_of(const struct layout *l, int side)
{
	return side ? &l->back : &l->front;
}

static bool is_kind(const char *what)
{
	for (int i = 0; i < N_KINDS; i++)
		if (text_equal(kinds[i], what))
			return true;
	return false;
}

/* ---- JSON ---- */

/* A number as people write it: "12.5", not "12.500". */
static const char *number_text(struct arena *a, const cJSON *v)
{
	return cJSON_IsNumber(v) ? arena_printf(a, "%.10g", v->valuedouble) : "";
}

static void item_from_json(struct arena *a, const cJSON *json, struct layout_item *item)
{
	const char *kind = json_text(json, "kind"), *of = json_text(json, "of");

	*item = (struct layout_item){.what = text_equal(kind, "text") ? of : kind};
	for (int i = 0; i < N_MEMBERS; i++) {
		const char *text = json_text(json, members[i].name);
		*text_in(item, &members[i]) =
			members[i].is_number ? number_text(a, json_get(json, members[i].name))
			: text               ? text
					     : "";
	}
	for (int i = 0; i < N_SWITCHES; i++)
		*switch_in(item, &switches[i]) = json_bool(json, switches[i].name);
	item->serif = text_equal(json_text(json, "family"), "serif");
}

enum rc layout_from_json(struct arena *a, const char *json, struct layout *out, struct err *err)
{
	const cJSON *item, *size;
	cJSON *root;

	TRY(json_parse(a, str_from(json), &root, err));
	size = json_get(root, "size");
	*out = (struct layout){.width = number_text(a, json_get(size, "width")),
		.height = number_text(a, json_get(size, "height")),
		.fold = json_text(root, "fold")};
	if (!out->fold)
		out->fold = "none";
	for (int side = 0; side < 2; side++) {
		struct layout_side *s = side ? &out->back : &out->front;
		cJSON_ArrayForEach(item, json_get(root, sides[side])) if (s->n < LAYOUT_MAX_ITEMS)
			item_from_json(a, item, &s->items[s->n++]);
	}
	return OK;
}

/* ---- the form ---- */

void layout_from_form(const struct form *f, struct layout *out)
{
	*out = (struct layout){.width = form_text(f, "width"),
		.height = form_text(f, "height"),
		.fold = form_text(f, "fold")};
	for (int side = 0; side < 2; side++) {
		struct layout_side *s = side ? &out->back : &out->front;
		size_t n_rows = form_n_rows(f, sides[side]);
		for (size_t row = 0; row < n_rows && s->n < LAYOUT_MAX_ITEMS; row++) {
			struct layout_item *item = &s->items[s->n];
			*item = (struct layout_item){
				.what = form_row_text(f, sides[side], row, "what"), .row = row};
			for (int i = 0; i < N_MEMBERS; i++)
				*text_in(item, &members[i]) =
					form_row_text(f, sides[side], row, members[i].name);
			for (int i = 0; i < N_SWITCHES; i++)
				*switch_in(item, &switches[i]) =
					form_row_bool(f, sides[side], row, switches[i].name);
			s->n += *item->what != '\0';
		}
	}
}

static void put_row(struct form_view *form, const char *group, const struct layout_item *item)
{
	size_t row = form_view_row(form, group);

	form_view_row_text(form, group, row, "what", item->what);
	for (int i = 0; i < N_MEMBERS; i++)
		form_view_row_text(form, group, row, members[i].name, text_of(item, &members[i]));
	for (int i = 0; i < N_SWITCHES; i++)
		form_view_row_bool(
			form, group, row, switches[i].name, switch_of(item, &switches[i]));
}

static void put_choices(struct request *rq, struct form_view *form, const char *group)
{
	static const char *const aligns[] = {"left", "centre", "right"};
	static const char *const verticals[] = {"top", "middle", "bottom"};
	const struct i18n *words = rq->app->i18n;

	for (int i = 0; i < N_SHOWN; i++)
		form_view_row_option(form, group, "what", shown[i],
			i18n_word(words, rq->lang, "badge_item", shown[i]));
	for (int i = 0; i < N_KINDS; i++)
		form_view_row_option(form, group, "what", kinds[i],
			i18n_word(words, rq->lang, "badge_item", kinds[i]));
	for (int i = 0; i < 3; i++) {
		form_view_row_option(form, group, "align", aligns[i],
			i18n_word(words, rq->lang, "badge_align", aligns[i]));
		form_view_row_option(form, group, "vertical", verticals[i],
			i18n_word(words, rq->lang, "badge_vertical", verticals[i]));
	}
}

void layout_put_form(struct request *rq, struct form_view *form, const struct layout *l)
{
	static const char *const folds[] = {"none", "top"};

	form_view_text(form, "width", l->width);
	form_view_text(form, "height", l->height);
	form_view_text(form, "fold", l->fold);
	for (int i = 0; i < 2; i++)
		form_view_option(form, "fold", folds[i],
			i18n_word(rq->app->i18n, rq->lang, "badge_fold", folds[i]), NULL);
	for (int side = 0; side < 2; side++) {
		const struct layout_side *s = side_of(l, side);
		for (size_t i = 0; i < s->n; i++)
			put_row(form, sides[side], &s->items[i]);
		put_choices(rq, form, sides[side]);
	}
}

/* ---- the print model ---- */

static bool number_of(const char *text, double *out)
{
	return str_to_double(str_trim(str_from(text)), out);
}

/* "Front, item 4 (Name), width": what a fault is about, for a list of them. */
static const char *item_text(
	struct request *rq, int side, const struct layout_item *item, struct str member)
{
	const struct i18n *words = rq->app->i18n;
	const char *which = "";

	for (int i = 0; i < N_MEMBERS; i++)
		if (str_is(member, members[i].name))
			which = arena_printf(rq->arena, ", %s",
				i18n_word(words, rq->lang, "badge_member", members[i].name));
	return arena_printf(rq->arena, "%s %zu (%s)%s",
		i18n_word(words, rq->lang, "badge_side_item", sides[side]), item->row + 1,
		i18n_word(words, rq->lang, "badge_item", item->what), which);
}

static void check_side(struct err *err, const char *field, const char *text)
{
	double ignored;

	if (!*text)
		(void)!err_field(err, field, "Write a number of millimetres");
	else if (!number_of(text, &ignored))
		(void)!err_field(err, field, "Write a number such as 12.5");
}

static void check_number(struct request *rq, int side, const struct layout_item *item,
	const struct member *m, struct err *err)
{
	const char *text = text_of(item, m);
	double ignored;

	if (*text && !number_of(text, &ignored))
		(void)!err_field(err,
			arena_printf(rq->arena, "%s.%zu.%s", sides[side], item->row, m->name),
			"%s: Write a number such as 12.5",
			item_text(rq, side, item, str_from(m->name)));
}

enum rc layout_check(struct request *rq, const struct layout *l, struct err *err)
{
	check_side(err, "width", l->width);
	check_side(err, "height", l->height);
	for (int side = 0; side < 2; side++) {
		const struct layout_side *s = side_of(l, side);
		for (size_t k = 0; k < s->n; k++)
			for (int i = 0; i < N_MEMBERS; i++)
				if (members[i].is_number)
					check_number(rq, side, &s->items[k], &members[i], err);
	}
	return err->fields ? INVALID : OK;
}

static void put_number(struct vm *vm, const char *key, const char *text)
{
	enum { DECIMALS = 3 };
	double v;

	if (number_of(text, &v))
		vm_real(vm, key, v, DECIMALS);
}

static void put_item(struct vm *vm, const struct layout_item *item)
{
	bool is_text = !is_kind(item->what);

	vm_text(vm, "kind", is_text ? "text" : item->what);
	if (is_text)
		vm_text(vm, "of", item->what);
	for (int i = 0; i < N_MEMBERS; i++) {
		const char *text = text_of(item, &members[i]);
		if (!*text || (members[i].is_place && item->follows))
			continue;
		if (members[i].is_number)
			put_number(vm, members[i].name, text);
		else
			vm_text(vm, members[i].name, text);
	}
	if (item->serif)
		vm_text(vm, "family", "serif");
	for (int i = 0; i < N_SWITCHES; i++)
		if (switch_of(item, &switches[i]) && strcmp(switches[i].name, "serif") != 0)
			vm_bool(vm, switches[i].name, true);
}

void layout_put(struct vm *model, const char *key, const struct layout *l)
{
	struct vm *layout = vm_object(model, key), *size = vm_object(layout, "size");

	put_number(size, "width", l->width);
	put_number(size, "height", l->height);
	if (*l->fold)
		vm_text(layout, "fold", l->fold);
	for (int side = 0; side < 2; side++) {
		const struct layout_side *s = side_of(l, side);
		struct vm_list *list = side && !s->n ? NULL : vm_list(layout, sides[side]);
		for (size_t i = 0; i < s->n; i++)
			put_item(vm_item(list), &s->items[i]);
	}
}

void layout_put_data(struct vm *vm, const char *key, const struct layout *l)
{
	struct vm *layout = vm_object(vm, key);

	vm_text(layout, "width", l->width);
	vm_text(layout, "height", l->height);
	vm_text(layout, "fold", l->fold);
	for (int side = 0; side < 2; side++) {
		const struct layout_side *s = side_of(l, side);
		struct vm_list *list = vm_list(layout, sides[side]);
		for (size_t k = 0; k < s->n; k++) {
			struct vm *item = vm_item(list);
			vm_text(item, "what", s->items[k].what);
			for (int i = 0; i < N_MEMBERS; i++)
				vm_text(item, members[i].name, text_of(&s->items[k], &members[i]));
			for (int i = 0; i < N_SWITCHES; i++)
				vm_bool(item, switches[i].name,
					switch_of(&s->items[k], &switches[i]));
		}
	}
}

size_t layout_n_logos(const struct layout *l)
{
	enum { MAX_LOGOS = 8 };
	double number, most = 1;

	for (int side = 0; side < 2; side++)
		for (size_t i = 0; i < side_of(l, side)->n; i++)
			if (number_of(side_of(l, side)->items[i].logo, &number) && number > most)
				most = number;
	return most < MAX_LOGOS ? (size_t)most : MAX_LOGOS;
}

/* ---- faults ---- */

/* "layout.front.3.width" taken apart; an item of NULL: it is about none. */
struct fault_place {
	int side;
	const struct layout_item *item;
	struct str member; /* "width"; p NULL: the whole item */
};

static struct fault_place place_of(const struct layout *l, const char *path)
{
	struct str rest = str_from(path);
	struct str head = str_cut(&rest, '.'), part = str_cut(&rest, '.');
	struct fault_place place = {.side = str_is(part, sides[1])};
	int64_t index;

	if (!str_is(head, "layout") || !str_is(part, sides[place.side]) || !rest.p ||
		!str_to_i64(str_cut(&rest, '.'), &index) || index < 0 ||
		(size_t)index >= side_of(l, place.side)->n)
		return place;
	place.item = &side_of(l, place.side)->items[index];
	place.member = rest;
	return place;
}

const char *layout_field(struct arena *a, const struct layout *l, const char *path)
{
	struct fault_place place = place_of(l, path);
	struct str rest = str_from(path);
	struct str head = str_cut(&rest, '.'), part = str_cut(&rest, '.');

	if (place.item) {
		const char *member = place.member.p ? str_dup(a, place.member) : "what";
		if (strcmp(member, "of") == 0 || strcmp(member, "kind") == 0)
			member = "what";
		return arena_printf(a, "%s.%zu.%s", sides[place.side], place.item->row, member);
	}
	if (!str_is(head, "layout"))
		return path;
	if (str_is(part, "size"))
		return str_is(rest, "height") ? "height" : "width";
	return str_dup(a, part);
}

const char *layout_fault(struct request *rq, const struct layout *l, const struct field_error *e)
{
	struct fault_place place = place_of(l, e->field);

	if (!place.item)
		return e->message;
	return arena_printf(rq->arena, "%s: %s",
		item_text(rq, place.side, place.item, place.member), e->message);
}
