/* One value, one type. Errors begin with the field's label and say what to write instead. */
#include <string.h>

#include "base/clock.h"
#include "base/hash.h"
#include "base/random.h"
#include "base/text.h"
#include "http/form_read.h"

struct typing {
	struct arena *arena;
	const struct pair *pair;
	const char *name; /* the full one */
	struct form_value *v;
	struct err *err;
};

#define WRONG(t, ...)                                                                              \
	do {                                                                                       \
		(t)->v->is_wrong = true;                                                           \
		(void)err_field((t)->err, (t)->name, __VA_ARGS__);                                 \
	} while (0)

/* The length a UTF-8 lead byte announces, 1 for anything else. */
static size_t sequence_length(unsigned char lead)
{
	return lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
}

/* Controls and the bidirectional overrides U+202A..E and U+2066..9. */
static bool is_unshowable(const char *p, size_t n)
{
	unsigned char c = (unsigned char)p[0];
	if (n == 1)
		return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7f;
	unsigned char d = (unsigned char)p[1];
	if (n == 2)
		return c == 0xc2 && d < 0xa0;
	unsigned char e = (unsigned char)p[2];
	return n == 3 && c == 0xe2 &&
	       ((d == 0x80 && e >= 0xaa && e <= 0xae) || (d == 0x81 && e >= 0xa6 && e <= 0xa9));
}

const char *text_as_typed(struct arena *a, struct str s)
{
	struct buf out = buf_in(a, s.n * 3 + 1);
	for (size_t i = 0; i < s.n;) {
		size_t n = sequence_length((unsigned char)s.p[i]);
		if (s.p[i] == '\0') {
			i++;
		} else if (i + n > s.n || !text_is_utf8((struct str){s.p + i, n})) {
			buf_text(&out, "\xef\xbf\xbd");
			i++;
		} else {
			if (!is_unshowable(s.p + i, n))
				buf_add(&out, s.p + i, n);
			i += n;
		}
	}
	return text_without_surplus_marks(a, buf_cstr(&out));
}

/* The label as the language has it, so that the sentence around it fits. */
static const char *label(const struct typing *t)
{
	const struct err *e = t->err;
	const char *text = t->v->field->label;
	return e->translate != NULL ? e->translate(e->translate_context, text) : text;
}

static void check_length(struct typing *t, const char *text)
{
	int64_t min = t->v->field->min, max = t->v->field->max;
	/* A letter may carry many marks: bytes are bounded too. */
	int64_t n = strlen(text) > (size_t)max * 32 ? max + 1 : text_count_characters(text);
	if (n > max)
		WRONG(t, "%s is too long: at most %lld characters fit", label(t), (long long)max);
	else if (min > 1 && n > 0 && n < min)
		WRONG(t, "%s is too short: it needs at least %lld characters", label(t),
			(long long)min);
}

static void type_text(struct typing *t, enum text_kind kind)
{
	const char *clean = text_clean(t->arena, t->pair->value, kind);
	if (clean == NULL) {
		WRONG(t, "%s holds a character that cannot be kept: it was taken out, please look",
			label(t));
		return;
	}
	t->v->text = clean;
	check_length(t, clean);
}

static void type_secret(struct typing *t)
{
	if (!text_is_utf8(t->pair->value)) {
		WRONG(t, "%s holds a character that cannot be kept", label(t));
		return;
	}
	t->v->text = str_dup(t->arena, t->pair->value);
	check_length(t, t->v->text);
}

static void type_email(struct typing *t)
{
	const char *email = email_clean(t->arena, str_trim(t->pair->value));
	if (email == NULL)
		WRONG(t, "%s is not an e-mail address: write it like name@example.org", label(t));
	else
		t->v->text = email;
}

static void check_int(struct typing *t)
{
	const struct field *f = t->v->field;
	if (t->v->number < f->min || t->v->number > f->max)
		WRONG(t, "%s must lie between %lld and %lld", label(t), (long long)f->min,
			(long long)f->max);
}

static void type_int(struct typing *t)
{
	struct str s = str_trim(t->pair->value);
	if (!str_to_i64(s, &t->v->number)) {
		WRONG(t, "%s is not a whole number: write digits only", label(t));
		return;
	}
	t->v->text = str_dup(t->arena, s);
	check_int(t);
}

static bool take_digits(struct str *s, int64_t *value, size_t *n)
{
	*n = 0;
	while (s->n > 0 && s->p[0] >= '0' && s->p[0] <= '9') {
		if (++*n > 13)
			return false;
		*value = *value * 10 + (s->p[0] - '0');
		*s = (struct str){s->p + 1, s->n - 1};
	}
	return true;
}

/* "12", "12.50", "1,250.00", each with an optional minus; commas only between groups of three. */
static bool parse_money(struct str s, int64_t *minor)
{
	bool is_negative = s.n > 0 && s.p[0] == '-';
	if (is_negative)
		s = (struct str){s.p + 1, s.n - 1};
	int64_t whole = 0, cents = 0;
	size_t n, total;
	if (!take_digits(&s, &whole, &n) || n == 0)
		return false;
	total = n;
	bool is_grouped = s.n > 0 && s.p[0] == ',';
	if (is_grouped && n > 3)
		return false;
	while (s.n > 0 && s.p[0] == ',') {
		s = (struct str){s.p + 1, s.n - 1};
		if (!take_digits(&s, &whole, &n) || n != 3 || (total += n) > 13)
			return false;
	}
	if (s.n > 0) {
		if (s.p[0] != '.' || s.n != 3)
			return false;
		s = (struct str){s.p + 1, s.n - 1};
		if (!take_digits(&s, &cents, &n) || n != 2)
			return false;
	}
	*minor = (whole * 100 + cents) * (is_negative ? -1 : 1);
	return true;
}

static const char *money_text(struct arena *a, int64_t minor)
{
	uint64_t size = minor < 0 ? -(uint64_t)minor : (uint64_t)minor;
	return arena_printf(a, "%s%llu.%02u", minor < 0 ? "-" : "",
		(unsigned long long)(size / 100), (unsigned)(size % 100));
}

static void type_money(struct typing *t)
{
	const struct field *f = t->v->field;
	struct str s = str_trim(t->pair->value);
	bool is_minor = t->pair->kind == PAIR_JSON_NUMBER;
	if (is_minor ? !str_to_i64(s, &t->v->number) : !parse_money(s, &t->v->number)) {
		WRONG(t, "%s is not an amount: write it like 12.50", label(t));
		return;
	}
	t->v->text = is_minor ? money_text(t->arena, t->v->number) : str_dup(t->arena, s);
	if (t->v->number < f->min || t->v->number > f->max)
		WRONG(t, "%s must lie between %s and %s", label(t), money_text(t->arena, f->min),
			money_text(t->arena, f->max));
}

static void type_date(struct typing *t)
{
	if (civil_parse_date(str_trim(t->pair->value), &t->v->civil))
		t->v->text = civil_date(t->arena, &t->v->civil);
	else
		WRONG(t, "%s is not a date: write it like 2027-05-02", label(t));
}

static void type_datetime(struct typing *t)
{
	struct str s = str_trim(t->pair->value);
	t->v->is_instant = clock_parse_rfc3339(s, &t->v->number);
	if (t->v->is_instant)
		t->v->text = clock_rfc3339(t->arena, t->v->number);
	else if (civil_parse_datetime(s, &t->v->civil))
		t->v->text = civil_datetime(t->arena, &t->v->civil);
	else
		WRONG(t, "%s is not a date and time: write it like 2027-05-02T23:59", label(t));
}

static void type_code(struct typing *t)
{
	const char *code = code_normalise(t->arena, str_trim(t->pair->value));
	if (code == NULL)
		WRONG(t, "%s is not a code: it has nine letters and digits, such as K7QF3M2XA",
			label(t));
	else
		t->v->text = code;
}

static void type_word(struct typing *t)
{
	struct str s = str_trim(t->pair->value);
	bool fits = s.n <= (t->v->field->max > 0 ? (size_t)t->v->field->max : 64);
	for (size_t i = 0; i < s.n && fits; i++)
		fits = (s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') ||
		       s.p[i] == '_' || s.p[i] == '.' || s.p[i] == '-';
	if (fits)
		t->v->text = str_dup(t->arena, s);
	else
		WRONG(t, "%s is not one of the choices", label(t));
}

static void type_bool(struct typing *t)
{
	struct str s = t->pair->value;
	t->v->truth = !str_is(s, "0") && !str_is(s, "false");
	t->v->text = t->v->truth ? "1" : "0";
}

static void type_file(struct typing *t)
{
	const struct upload *upload = t->pair->upload;
	t->v->upload = upload;
	t->v->text = upload != NULL ? upload->file_name : "";
}

/* JSON says what it means: a number is not a text. Forms and queries have only texts. */
static bool has_right_kind(const struct typing *t)
{
	enum pair_kind kind = t->pair->kind;
	enum field_type type = t->v->field->type;
	if (kind == PAIR_TEXT)
		return type != FIELD_FILE;
	if (kind == PAIR_FILE)
		return type == FIELD_FILE;
	if (type == FIELD_INT)
		return kind == PAIR_JSON_NUMBER;
	if (type == FIELD_MONEY)
		return kind == PAIR_JSON_NUMBER || kind == PAIR_JSON_TEXT;
	if (type == FIELD_BOOL)
		return kind == PAIR_JSON_BOOL;
	return kind == PAIR_JSON_TEXT && type != FIELD_FILE;
}

static void say_wrong_kind(struct typing *t)
{
	enum field_type type = t->v->field->type;
	if (type == FIELD_INT)
		WRONG(t, "%s must be a whole number", label(t));
	else if (type == FIELD_MONEY)
		WRONG(t, "%s must be a whole number of minor units, or text such as 12.50",
			label(t));
	else if (type == FIELD_BOOL)
		WRONG(t, "%s must be true or false", label(t));
	else if (type == FIELD_FILE)
		WRONG(t, "%s must be a file", label(t));
	else
		WRONG(t, "%s must be text", label(t));
}

static void dispatch_type(struct typing *t)
{
	switch (t->v->field->type) {
	case FIELD_TEXT:
		type_text(t, TEXT_LINE);
		break;
	case FIELD_BLOCK:
		type_text(t, TEXT_BLOCK);
		break;
	case FIELD_EMAIL:
		type_email(t);
		break;
	case FIELD_INT:
		type_int(t);
		break;
	case FIELD_MONEY:
		type_money(t);
		break;
	case FIELD_DATE:
		type_date(t);
		break;
	case FIELD_DATETIME:
		type_datetime(t);
		break;
	case FIELD_CODE:
		type_code(t);
		break;
	case FIELD_WORD:
		type_word(t);
		break;
	case FIELD_BOOL:
		type_bool(t);
		break;
	case FIELD_SECRET:
		type_secret(t);
		break;
	case FIELD_FILE:
		type_file(t);
		break;
	}
}

/* White space alone is nothing; an empty JSON text is nothing too, except where text is wanted. */
static bool is_blank(const struct typing *t)
{
	enum field_type type = t->v->field->type;
	if (type == FIELD_SECRET || type == FIELD_BOOL || str_trim(t->pair->value).n > 0)
		return false;
	return t->pair->kind == PAIR_TEXT || (t->pair->kind == PAIR_JSON_TEXT && has_right_kind(t));
}

void form_type(struct arena *a, const struct pair *pair, const char *full_name,
	struct form_value *v, struct err *err)
{
	struct typing t = {a, pair, full_name, v, err};
	v->text = "";
	if (is_blank(&t))
		return;
	if (has_right_kind(&t))
		dispatch_type(&t);
	else
		say_wrong_kind(&t);
	if (v->is_wrong && v->field->type != FIELD_SECRET && pair->kind != PAIR_FILE)
		v->text = text_as_typed(a, pair->value);
}
