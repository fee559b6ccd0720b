/*
 * Names first, then rows, then types: an error can only be named when it is known which row its
 * value will stand in.
 */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "http/form_read.h"

/* A pair that has found its field. */
struct placed {
	const struct pair *pair;
	const struct field *field;
	size_t row;
	const char *key;
};

struct reading {
	struct arena *arena;
	const struct field *fields;
	size_t n_fields;
	enum form_source source;
	struct placed *placed;
	size_t n_placed;
	struct err *err;
	int n_unknown;
	size_t *n_many; /* values of each list or map, by field */
};

enum { MAX_UNKNOWN_NAMED = 20 };

static const char *shown_name(struct arena *a, struct str name)
{
	const char *shown = text_as_typed(a, (struct str){name.p, name.n < 64 ? name.n : 64});
	return shown[0] != '\0' ? shown : "?";
}

static bool is_map_key(struct str s)
{
	if (s.n == 0 || s.n > 64)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
			    c == '-' || c == '_'))
			return false;
	}
	return true;
}

/* "0".."63" without leading zeros. */
static bool parse_row(struct str s, size_t *row)
{
	int64_t n;
	if (s.n == 0 || s.n > 2 || (s.n == 2 && s.p[0] == '0') || !str_to_i64(s, &n) || n < 0 ||
		n >= FORM_MAX_ROWS)
		return false;
	*row = (size_t)n;
	return true;
}

/* Does the pair's name belong to the field? Fills row or key. */
static bool match_name(const struct field *f, struct str name, struct arena *a, struct placed *out)
{
	if (f->shape == FIELD_ONE || f->shape == FIELD_LIST)
		return str_is(name, f->name);
	struct str rest = name;
	struct str head = str_cut(&rest, '.');
	if (f->shape == FIELD_MAP) {
		if (!str_is(head, f->name) || rest.p == NULL || !is_map_key(rest))
			return false;
		out->key = str_dup(a, rest);
		return true;
	}
	if (!str_is(head, f->group) || rest.p == NULL)
		return false;
	struct str index = str_cut(&rest, '.');
	return rest.p != NULL && str_is(rest, f->name) && parse_row(index, &out->row);
}

static bool is_own_name(struct str name)
{
	return str_is(name, "do") || str_is(name, "csrf_token") || str_is(name, "idempotency_key");
}

static void refuse_unknown(struct reading *r, struct str name)
{
	if (r->source == FORM_QUERY || r->n_unknown++ >= MAX_UNKNOWN_NAMED)
		return;
	const char *shown = shown_name(r->arena, name);
	(void)err_field(r->err, shown, "%s is not a field of this form", shown);
}

/* Does a list or map hold all it may? */
static bool is_full(struct reading *r, const struct field *field)
{
	bool is_many = field->shape == FIELD_LIST || field->shape == FIELD_MAP;
	return is_many && r->n_many[field - r->fields]++ >= FORM_MAX_LIST;
}

static void place(struct reading *r, const struct pair *pair)
{
	struct placed p = {.pair = pair};
	for (size_t i = 0; i < r->n_fields && p.field == NULL; i++)
		if (match_name(&r->fields[i], pair->name, r->arena, &p))
			p.field = &r->fields[i];
	if (p.field != NULL && is_full(r, p.field))
		(void)err_field(r->err, p.field->name, "%s has more than %d values", p.field->label,
			FORM_MAX_LIST);
	else if (p.field != NULL)
		r->placed[r->n_placed++] = p;
	else if (!is_own_name(pair->name))
		refuse_unknown(r, pair->name);
}

static bool is_empty(const struct pair *pair)
{
	if (pair->kind == PAIR_FILE)
		return pair->upload == NULL;
	if (pair->kind == PAIR_JSON_BOOL)
		return str_is(pair->value, "false");
	return (pair->kind == PAIR_TEXT || pair->kind == PAIR_JSON_TEXT) &&
	       str_trim(pair->value).n == 0;
}

/* Renumbers the rows of one group without gaps; drops rows that hold nothing. */
static void close_gaps(struct reading *r, const char *group, bool keep_empty)
{
	uint64_t used = 0;
	for (size_t i = 0; i < r->n_placed; i++) {
		const struct placed *p = &r->placed[i];
		if (text_equal(p->field->group, group) && (keep_empty || !is_empty(p->pair)))
			used |= UINT64_C(1) << p->row;
	}
	size_t kept = 0;
	for (size_t i = 0; i < r->n_placed; i++) {
		struct placed p = r->placed[i];
		if (text_equal(p.field->group, group)) {
			if ((used >> p.row & 1) == 0)
				continue;
			uint64_t below = used & ((UINT64_C(1) << p.row) - 1);
			p.row = (size_t)__builtin_popcountll(below);
		}
		r->placed[kept++] = p;
	}
	r->n_placed = kept;
}

static void close_all_gaps(struct reading *r, bool keep_empty)
{
	for (size_t i = 0; i < r->n_fields; i++) {
		const char *group = r->fields[i].group;
		bool is_first = group != NULL;
		for (size_t j = 0; j < i && is_first; j++)
			is_first = !text_equal(r->fields[j].group, group);
		if (is_first)
			close_gaps(r, group, keep_empty);
	}
}

const char *form_value_name(struct arena *a, const struct form_value *v)
{
	const struct field *f = v->field;
	if (f->shape == FIELD_ROWS)
		return arena_printf(a, "%s.%zu.%s", f->group, v->row, f->name);
	if (f->shape == FIELD_MAP)
		return arena_printf(a, "%s.%s", f->name, v->key);
	return f->name;
}

/* A second value where one is declared: two readers could disagree on which counts. */
static bool is_repeated(const struct form *out, const struct form_value *v)
{
	if (v->field->shape == FIELD_LIST)
		return false;
	return form_find(out, v->field, v->row, v->key) != NULL;
}

static void type_all(struct reading *r, struct form *out)
{
	for (size_t i = 0; i < r->n_placed; i++) {
		const struct placed *p = &r->placed[i];
		struct form_value v = {.field = p->field, .row = p->row, .key = p->key};
		const char *name = form_value_name(r->arena, &v);
		bool is_list = p->field->shape == FIELD_LIST || p->field->shape == FIELD_MAP;
		if (is_list && is_empty(p->pair))
			continue;
		if (is_repeated(out, &v)) {
			(void)err_field(r->err, name, "%s was sent twice", p->field->label);
			continue;
		}
		form_type(r->arena, p->pair, name, &v, r->err);
		out->values[out->n_values++] = v;
	}
}

/* The texts of each list side by side, for form_list. */
static void gather_lists(struct reading *r, struct form *out)
{
	for (size_t i = 0; i < r->n_fields; i++) {
		const struct field *f = &r->fields[i];
		if (f->shape != FIELD_LIST && f->shape != FIELD_MAP)
			continue;
		const char **texts = NULL;
		size_t n = 0;
		for (size_t at = 0; at < out->n_values; at++) {
			struct form_value *v = &out->values[at];
			if (v->field != f)
				continue;
			if (texts == NULL) {
				texts = ARENA_ARRAY(r->arena, out->n_values - at + 1, const char *);
				v->list = texts;
			}
			texts[n++] = v->text;
		}
	}
}

static void require(
	struct reading *r, const struct field *f, const struct form_value *v, const char *name)
{
	bool is_missing =
		v == NULL || (f->type == FIELD_BOOL          ? !v->truth
				     : f->type == FIELD_FILE ? v->upload == NULL && !v->is_wrong
							     : v->text[0] == '\0');
	if (!is_missing)
		return;
	const char *label = r->err->translate != NULL
				    ? r->err->translate(r->err->translate_context, f->label)
				    : f->label;
	if (f->type == FIELD_BOOL)
		(void)err_field(r->err, name, "%s must be ticked", label);
	else
		(void)err_field(r->err, name, "%s is missing", label);
}

/* For numbers min is a bound, not a demand: MONEY 0 and INT 1 to 5 may both be left out. */
static bool is_required(const struct field *f)
{
	return f->min >= 1 && f->type != FIELD_INT && f->type != FIELD_MONEY;
}

static void check_required(struct reading *r, const struct form *out)
{
	for (size_t i = 0; i < r->n_fields; i++) {
		const struct field *f = &r->fields[i];
		if (!is_required(f) || f->shape == FIELD_MAP)
			continue;
		if (f->shape != FIELD_ROWS) {
			require(r, f, form_find(out, f, 0, NULL), f->name);
			continue;
		}
		size_t n_rows = form_count_rows(out, f->group);
		for (size_t row = 0; row < n_rows; row++) {
			struct form_value v = {.field = f, .row = row};
			require(r, f, form_find(out, f, row, NULL), form_value_name(r->arena, &v));
		}
	}
}

/* Where on the page a field's error belongs: fields as declared, rows one after the other. */
static uint64_t place_of_error(struct reading *r, const char *name)
{
	for (size_t i = 0; i < r->n_fields; i++) {
		struct placed p = {.field = &r->fields[i]};
		if (!match_name(p.field, str_from(name), r->arena, &p))
			continue;
		size_t first = i;
		while (first > 0 && p.field->group != NULL &&
			text_equal(r->fields[first - 1].group, p.field->group))
			first--;
		return (uint64_t)first << 40 | (uint64_t)p.row << 20 | i;
	}
	return UINT64_MAX;
}

struct ordered {
	uint64_t place;
	size_t found; /* keeps the order of those that share a place */
	struct field_error *error;
};

static int compare_ordered(const void *left, const void *right)
{
	const struct ordered *a = left, *b = right;
	if (a->place != b->place)
		return a->place < b->place ? -1 : 1;
	return a->found < b->found ? -1 : a->found > b->found;
}

/* Errors in the order in which the page shows their fields, whatever was found first. */
static void order_errors(struct reading *r)
{
	size_t n = 0;
	for (const struct field_error *e = r->err->fields; e != NULL; e = e->next)
		n++;
	if (n < 2)
		return;
	struct ordered *all = ARENA_ARRAY(r->arena, n, struct ordered);
	n = 0;
	for (struct field_error *e = r->err->fields; e != NULL; e = e->next, n++)
		all[n] = (struct ordered){place_of_error(r, e->field), n, e};
	qsort(all, n, sizeof *all, compare_ordered);
	for (size_t i = 0; i < n; i++)
		all[i].error->next = i + 1 < n ? all[i + 1].error : NULL;
	r->err->fields = all[0].error;
}

bool is_idempotency_key(struct str s)
{
	if (s.n < 8 || s.n > 64)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
			    c == '-' || c == '_'))
			return false;
	}
	return true;
}

/* `do` and `idempotency_key`: at most once each, plain words. */
static void read_own(struct reading *r, const struct pairs *pairs, struct form *out)
{
	out->doing = out->idempotency_key = "";
	bool is_body = r->source == FORM_BODY;
	for (size_t i = 0; is_body && i < pairs->n; i++) {
		struct str name = pairs->items[i].name, value = pairs->items[i].value;
		bool is_do = str_is(name, "do");
		if (!is_do && !str_is(name, "idempotency_key"))
			continue;
		const char **into = is_do ? &out->doing : &out->idempotency_key;
		const char *text = text_as_typed(r->arena, value);
		bool fits = is_do ? value.n <= 128 && strlen(text) == value.n
				  : value.n == 0 || is_idempotency_key(value);
		if ((*into)[0] != '\0' || !fits)
			(void)err_field(r->err, is_do ? "do" : "idempotency_key",
				is_do ? "The button pressed is unknown"
				      : "The idempotency key must have 8 to 64 letters and digits");
		else
			*into = text;
	}
}

enum rc form_read(struct arena *a, const struct field *fields, size_t n_fields,
	const struct pairs *pairs, enum form_source source, struct form *out, struct err *err)
{
	struct reading r = {.arena = a,
		.fields = fields,
		.n_fields = n_fields,
		.source = source,
		.err = err,
		.placed = ARENA_ARRAY(a, pairs->n + 1, struct placed),
		.n_many = ARENA_ARRAY(a, n_fields + 1, size_t)};
	*out = (struct form){.arena = a, .fields = fields, .n_fields = n_fields, .body_sha256 = ""};
	out->values = ARENA_ARRAY(a, pairs->n + 1, struct form_value);
	read_own(&r, pairs, out);
	bool changes_rows = form_rows_is_button(out);
	for (size_t i = 0; i < pairs->n; i++)
		place(&r, &pairs->items[i]);
	close_all_gaps(&r, changes_rows);
	type_all(&r, out);
	gather_lists(&r, out);
	if (changes_rows && err->rc == INVALID)
		err_clear(err);
	else if (source == FORM_BODY && !changes_rows)
		check_required(&r, out);
	order_errors(&r);
	return err->rc;
}

const char *form_digest(
	struct arena *a, enum method method, const char *path, const struct pairs *pairs)
{
	size_t max = strlen(path) + 64;
	for (size_t i = 0; i < pairs->n; i++)
		max += pairs->items[i].name.n + pairs->items[i].value.n + 128;
	struct buf b = buf_in(a, max);
	buf_printf(&b, "%s %s\n", method == METHOD_POST ? "POST" : "GET", path);
	for (size_t i = 0; i < pairs->n; i++) {
		const struct pair *p = &pairs->items[i];
		if (str_is(p->name, "csrf_token") || str_is(p->name, "idempotency_key"))
			continue;
		struct str value = p->kind != PAIR_FILE ? p->value
				   : p->upload != NULL  ? str_from(p->upload->sha256)
							: STR("");
		/* Lengths first, so that no two lists of pairs are written alike. */
		buf_printf(&b, "%zu %zu ", p->name.n, value.n);
		buf_str(&b, p->name);
		buf_str(&b, value);
	}
	return hash_hex(a, buf_view(&b));
}
