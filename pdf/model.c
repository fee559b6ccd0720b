/* Walks the model and its schema side by side; the way back to the root is written out for a fault
 * alone. */
#include "pdf/model.h"

#include "base/text.h"
#include "base/zone.h"

#include <assert.h>
#include <math.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

enum { MAX_FAULTS = 20 };

struct walk {
	struct arena *arena; /* for text that is looked at and forgotten */
	const struct model_schema *schema;
	const cJSON *root; /* of the file that the walk is in */
	struct err *err;
	int n_faults; /* a wrong file has thousands; twenty are told */
};

/* Where the walk is: a member of an object, or an entry of a list when name is NULL. */
struct step {
	const struct step *up; /* NULL: the root, which has no name */
	const char *name;
	int index;
};

static const char *path_of(struct arena *a, const struct step *at)
{
	const char *name = at->name ? at->name : arena_printf(a, "%d", at->index);
	return at->up && at->up->up ? arena_printf(a, "%s.%s", path_of(a, at->up), name) : name;
}

static void fault(struct walk *w, const struct step *at, const char *message)
{
	if (w->n_faults++ < MAX_FAULTS)
		err_field(w->err, path_of(w->arena, at), "%s", message);
}

/* The schema that stands in a place, behind its references; w->root follows into the other file. */
static const cJSON *resolve(struct walk *w, const cJSON *at)
{
	static const char in_common[] = "common.schema.json", defs[] = "#/$defs/";
	for (const char *ref; (ref = json_text(at, "$ref")) != NULL;) {
		if (strncmp(ref, in_common, sizeof in_common - 1) == 0) {
			w->root = w->schema->common;
			ref += sizeof in_common - 1;
		}
		bool is_def = strncmp(ref, defs, sizeof defs - 1) == 0;
		at = is_def ? json_get(json_get(w->root, "$defs"), ref + sizeof defs - 1) : NULL;
	}
	return at;
}

static bool matches_form(const char *s, const char *form)
{
	size_t n = strlen(form);
	if (strlen(s) != n)
		return false;
	for (size_t i = 0; i < n; i++) {
		bool is_digit = s[i] >= '0' && s[i] <= '9';
		bool is_hex =
			is_digit || (s[i] >= 'a' && s[i] <= 'f') || (s[i] >= 'A' && s[i] <= 'F');
		if (form[i] == '9' ? !is_digit : form[i] == 'h' ? !is_hex : s[i] != form[i])
			return false;
	}
	return true;
}

static bool is_clock(const char *s)
{
	return matches_form(s, "99:99") && (s[0] - '0') * 10 + s[1] - '0' < 24 && s[3] < '6';
}

/*
 * The shape of a language tag (BCP 47, 2.1): subtags of at most 8 letters and digits, the first of
 * letters alone. ICU 72 ends the process over a date in a language that is longer.
 */
static bool is_lang(const char *s)
{
	static const char allowed[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
	enum { MAX_SUBTAG = 8 };
	size_t n = strcspn(s, "-");
	if (n < 2 || n > MAX_SUBTAG || strcspn(s, "0123456789") < n || strspn(s, allowed) < n)
		return false;
	for (s += n; *s; s += n) {
		n = strspn(++s, allowed);
		if (n < 1 || n > MAX_SUBTAG || (s[n] && s[n] != '-'))
			return false;
	}
	return true;
}

static bool is_one_of(const char *s, const cJSON *values)
{
	const cJSON *value;
	cJSON_ArrayForEach(
		value, values) if (text_equal(cJSON_GetStringValue(value), s)) return true;
	return false;
}

static const char *format_fault(const char *s, const char *format)
{
	struct civil day;
	if (strcmp(format, "lang") == 0 && !is_lang(s))
		return "This is not a language tag, such as \"en-GB\"";
	if (strcmp(format, "date") == 0 && !civil_parse_date(str_from(s), &day))
		return "This is not a date, such as \"2027-09-08\"";
	if (strcmp(format, "clock") == 0 && !is_clock(s))
		return "This is not a time of day, such as \"09:00\"";
	if (strcmp(format, "colour") == 0 && !matches_form(s, "#hhhhhh"))
		return "This is not a colour, such as \"#0f5f6b\"";
	return NULL;
}

/*
 * People count characters, and one of them may carry any number of marks and joiners: a tower
 * beyond the page, that takes the square of its height in time to normalise and to shape. Thirty in
 * a row is what Unicode's stream-safe form allows (UAX #15, 13); no script needs as many for all.
 */
enum { MOST_MARKS_IN_A_ROW = 30, MOST_A_CHARACTER = 16 };
static const char too_many_marks[] = "Take out marks and joiners: a letter has too many of them";

/* What nothing is drawn for: blanks, joiners, marks of direction, the choice of a variant. */
static bool is_unseen(UChar32 c)
{
	return u_isUWhiteSpace(c) || u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

/* What a text is made of. */
struct make_up {
	int n_code_points;
	int n_in_a_row; /* the most marks and joiners that follow each other */
	bool is_seen;   /* something is drawn */
	bool is_turned; /* a control character, or a mark of direction */
	bool has_lines; /* more than one */
};

static void add_code_point(struct make_up *m, UChar32 c, int *n_marks)
{
	bool is_plain = (c > ' ' && c <= '~') || text_is_plain_letter(c);
	bool unseen = !is_plain && is_unseen(c);
	bool is_mark = !is_plain && c > '~' && (unseen || U_GET_GC_MASK(c) & U_GC_M_MASK);
	*n_marks = is_mark ? *n_marks + 1 : 0;
	m->n_code_points++;
	m->n_in_a_row = *n_marks > m->n_in_a_row ? *n_marks : m->n_in_a_row;
	m->is_seen = m->is_seen || !unseen;
	m->is_turned = m->is_turned || c == '\r' || c == '\t' || text_is_refused(c);
	m->has_lines = m->has_lines || c == '\n';
}

static struct make_up make_up_of(const char *s)
{
	struct make_up m = {0};
	int n_marks = 0;
	for (int32_t i = 0; s[i];) {
		UChar32 c;
		U8_NEXT((const uint8_t *)s, i, -1, c);
		if (c >= ' ' && c <= '~') { /* most of all texts */
			m.n_code_points++;
			m.is_seen = m.is_seen || c > ' ';
			n_marks = 0;
		} else {
			add_code_point(&m, c, &n_marks);
		}
	}
	return m;
}

/* Bytes are looked at by whoever decodes them; their length is all that is known here. */
static void check_length(struct walk *w, const char *s, const struct make_up *m,
	const cJSON *schema, const struct step *at)
{
	int least = (int)json_int(schema, "minLength", 0),
	    most = (int)json_int(schema, "maxLength", 0);
	/* Letters are counted only when the bytes may be too many: counting is slow. */
	int n = strlen(s) <= (size_t)most ? most : text_count_characters(s);
	if (least > 0 && !*s)
		fault(w, at, "This is empty; write it or leave the member out");
	else if (least > 0 && !m->is_seen)
		fault(w, at, "Nothing of this is seen in print");
	else if (n > most)
		fault(w, at,
			arena_printf(w->arena, "This has %d characters, at most %d are printed", n,
				most));
	else if (m->n_code_points > most * MOST_A_CHARACTER)
		fault(w, at, too_many_marks);
}

/* "This is none of these: A4, Letter" */
static const char *enum_fault(struct arena *a, const cJSON *values)
{
	struct buf b = buf_in(a, 1 << 12);
	const cJSON *value;
	cJSON_ArrayForEach(value, values) buf_printf(
		&b, "%s%s", b.n ? ", " : "This is none of these: ", cJSON_GetStringValue(value));
	return buf_cstr(&b);
}

static void check_string(struct walk *w, const cJSON *v, const cJSON *schema, const struct step *at)
{
	const char *format = model_text(schema, "format"), *s = cJSON_GetStringValue(v);
	const cJSON *values = json_get(schema, "enum");
	bool is_long = strcmp(format, "paragraphs") == 0;
	if (!s) {
		fault(w, at, "This is not a text; put it in quotes");
		return;
	}
	if (json_get(schema, "contentEncoding")) {
		if (strlen(s) > (size_t)json_int(schema, "maxLength", 0))
			fault(w, at, "This is too large");
		return;
	}
	const char *wrong = *format ? format_fault(s, format) : NULL;
	struct make_up m = make_up_of(s);
	if (wrong)
		fault(w, at, wrong);
	else if (m.n_in_a_row > MOST_MARKS_IN_A_ROW)
		fault(w, at, too_many_marks);
	else if (m.is_turned || (m.has_lines && !is_long))
		fault(w, at, "Take out line breaks, control characters and marks of direction");
	else if (values && !is_one_of(s, values))
		fault(w, at, enum_fault(w->arena, values));
	else
		check_length(w, s, &m, schema, at);
	arena_reset(w->arena);
}

/* Without an exponent: amounts of money are known by their figures. */
static const char *plain(struct arena *a, double number)
{
	const double most_exact = 9e15;
	bool is_whole = number == floor(number) && fabs(number) < most_exact;
	return arena_printf(a, is_whole ? "%.0f" : "%g", number);
}

static void check_number(struct walk *w, const cJSON *v, const cJSON *schema, const struct step *at)
{
	bool is_whole = strcmp(model_text(schema, "type"), "integer") == 0;
	double least = model_number(schema, "minimum", 0),
	       most = model_number(schema, "maximum", 0);
	double d = cJSON_IsNumber(v) ? v->valuedouble : NAN;
	if (!(d >= least && d <= most) || (is_whole && d != floor(d)))
		fault(w, at,
			arena_printf(w->arena, "This is not a %snumber from %s to %s",
				is_whole ? "whole " : "", plain(w->arena, least),
				plain(w->arena, most)));
}

static void check_value(struct walk *w, const cJSON *v, const cJSON *schema, const struct step *at);

static void check_list(struct walk *w, const cJSON *v, const cJSON *schema, const struct step *at)
{
	const cJSON *item, *items = json_get(schema, "items");
	int i = 0;
	if (!cJSON_IsArray(v)) {
		fault(w, at, "This is not a list; put it in [ ]");
		return;
	}
	int n = cJSON_GetArraySize(v), least = (int)json_int(schema, "minItems", 0),
	    most = (int)json_int(schema, "maxItems", 0);
	if (n < least || n > most)
		fault(w, at,
			arena_printf(w->arena, "This list has %d entries; it takes %d to %d", n,
				least, most));
	cJSON_ArrayForEach(item, v) check_value(w, item, items, &(struct step){at, NULL, i++});
}

/* Dates that are none have been told already; those that are sort like their days. */
static void check_order(struct walk *w, const cJSON *v, const cJSON *order, const struct step *at)
{
	const char *first = cJSON_GetStringValue(cJSON_GetArrayItem(order, 0)),
		   *second = cJSON_GetStringValue(cJSON_GetArrayItem(order, 1));
	const char *from = model_text(v, first), *to = model_text(v, second);
	struct civil day;
	if (civil_parse_date(str_from(from), &day) && civil_parse_date(str_from(to), &day) &&
		strcmp(to, from) < 0)
		fault(w, &(struct step){at, second, 0},
			arena_printf(w->arena, "This is before %s", first));
}

static void check_object(struct walk *w, const cJSON *v, const cJSON *schema, const struct step *at)
{
	const cJSON *name, *member, *properties = json_get(schema, "properties");
	if (!cJSON_IsObject(v)) {
		fault(w, at, "This is not an object; put it in { }");
		return;
	}
	cJSON_ArrayForEach(name, json_get(schema, "required")) if (!json_get(v, name->valuestring))
		fault(w, &(struct step){at, name->valuestring, 0}, "This is missing");
	cJSON_ArrayForEach(member, v)
	{
		const cJSON *property = json_get(properties, member->string);
		const struct step in = {at, member->string, 0};
		if (property)
			check_value(w, member, property, &in);
		else
			fault(w, &in, "No such member is known; remove it or mend its name");
	}
	const cJSON *order = json_get(schema, "dateOrder");
	if (order)
		check_order(w, v, order, at);
}

static void check_value(
	struct walk *w, const cJSON *v, const cJSON *reference, const struct step *at)
{
	const cJSON *root_before = w->root, *schema = resolve(w, reference);
	const char *type = model_text(schema, "type");
	if (strcmp(type, "object") == 0)
		check_object(w, v, schema, at);
	else if (strcmp(type, "array") == 0)
		check_list(w, v, schema, at);
	else if (strcmp(type, "string") == 0)
		check_string(w, v, schema, at);
	else if (strcmp(type, "boolean") != 0)
		check_number(w, v, schema, at);
	else if (!cJSON_IsBool(v))
		fault(w, at, "This is neither true nor false");
	w->root = root_before;
}

enum rc model_check(const cJSON *model, const struct model_schema *schema, struct err *err)
{
	struct walk w = {.arena = arena_new(), .schema = schema, .root = schema->root, .err = err};
	if (cJSON_IsObject(model))
		check_value(&w, model, schema->root, &(struct step){0});
	arena_free(w.arena);
	if (!cJSON_IsObject(model))
		return err_set(err, INVALID, "The model is not a JSON object");
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

double model_number(const cJSON *object, const char *name, double otherwise)
{
	const cJSON *v = json_get(object, name);
	return cJSON_IsNumber(v) ? v->valuedouble : otherwise;
}

unsigned model_colour(const cJSON *object, const char *name, unsigned otherwise)
{
	static const char digits[] = "0123456789abcdef";
	const char *text = json_text(object, name);
	unsigned colour = 0;
	if (!text || !matches_form(text, "#hhhhhh"))
		return otherwise;
	for (const char *p = text + 1; *p; p++)
		colour = colour << 4 | (unsigned)(strchr(digits, *p | ' ') - digits);
	return colour;
}
