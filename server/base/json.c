/*
 * cJSON behind our own hooks, and JSON written into bounded buffers. The strict door through which
 * foreign text comes in is json_check.c.
 */
#include "base/json.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include "base/json_check.h"

static _Thread_local struct arena *current_arena;
static pthread_once_t setup_once = PTHREAD_ONCE_INIT;

static void *hook_alloc(size_t n)
{
	return current_arena ? arena_alloc(current_arena, n) : heap_alloc(n);
}

static void hook_free(void *p)
{
	/* What was made while an arena is current belongs to it; only a thread without one has
	 * heap. */
	if (!current_arena)
		heap_free(p);
}

static void install_hooks(void)
{
	cJSON_Hooks hooks = {hook_alloc, hook_free};
	cJSON_InitHooks(&hooks);
}

void json_setup(void)
{
	pthread_once(&setup_once, install_hooks);
}

struct arena *json_arena_begin(struct arena *a)
{
	struct arena *before = current_arena;
	current_arena = a;
	return before;
}

void json_arena_end(struct arena *before)
{
	current_arena = before;
}

enum rc json_parse(struct arena *a, struct str text, cJSON **out, struct err *err)
{
	return json_parse_up_to(a, text, JSON_MAX_BYTES, out, err);
}

enum rc json_parse_up_to(
	struct arena *a, struct str text, size_t max_bytes, cJSON **out, struct err *err)
{
	json_setup();
	TRY(json_check(a, text, max_bytes, err));
	struct arena *before = json_arena_begin(a);
	cJSON *tree = cJSON_ParseWithLengthOpts(text.p, text.n, NULL, false);
	json_arena_end(before);
	if (!tree)
		return err_internal(err, "cJSON refused %zu bytes that passed the check", text.n);
	*out = tree;
	return OK;
}

const cJSON *json_get(const cJSON *object, const char *name)
{
	return cJSON_IsObject(object) ? cJSON_GetObjectItemCaseSensitive(object, name) : NULL;
}

const char *json_text(const cJSON *object, const char *name)
{
	return cJSON_GetStringValue(json_get(object, name));
}

int64_t json_int(const cJSON *object, const char *name, int64_t otherwise)
{
	const double limit = 9007199254740992.0; /* 2^53: beyond it a double skips integers */
	const cJSON *member = json_get(object, name);
	if (!cJSON_IsNumber(member))
		return otherwise;
	double v = member->valuedouble;
	if (!(v >= -limit && v <= limit) || v != trunc(v))
		return otherwise;
	return (int64_t)v;
}

bool json_bool(const cJSON *object, const char *name)
{
	return cJSON_IsTrue(json_get(object, name));
}

/* How a byte is written when not as itself; NULL when it is. U+2028 and U+2029 are not bytes. */
static const char *short_escape(char c)
{
	switch (c) {
	case '"':
		return "\\\"";
	case '\\':
		return "\\\\";
	case '\n':
		return "\\n";
	case '\r':
		return "\\r";
	case '\t':
		return "\\t";
	case '<':
		return "\\u003c";
	case '>':
		return "\\u003e";
	case '&':
		return "\\u0026";
	default:
		return NULL;
	}
}

void json_add_string(struct buf *b, const char *s)
{
	const char *start = s;
	buf_char(b, '"');
	for (; *s; s++) {
		const char *escape = short_escape(*s);
		bool is_separator =
			s[0] == '\xe2' && s[1] == '\x80' && (s[2] == '\xa8' || s[2] == '\xa9');
		bool is_control = (unsigned char)*s < ' ';
		if (!escape && !is_separator && !is_control)
			continue;
		buf_add(b, start, (size_t)(s - start));
		if (escape) {
			buf_text(b, escape);
		} else if (is_control) {
			buf_printf(b, "\\u%04x", (unsigned char)*s);
		} else {
			buf_text(b, s[2] == '\xa8' ? "\\u2028" : "\\u2029");
			s += 2;
		}
		start = s + 1;
	}
	buf_add(b, start, (size_t)(s - start));
	buf_char(b, '"');
}

/*
 * The shortest decimal that reads back as the same double: v is an integer below 2^53 over a power
 * of ten, and both are exact, so equality of the quotient proves it. The rest gets 17 digits.
 */
static void add_number(struct buf *b, double v)
{
	const double exact = 9007199254740992.0;
	double scale = 1;
	if (!isfinite(v)) {
		buf_text(b, "null");
		return;
	}
	for (int decimals = 0; decimals <= 15 && fabs(v) * scale <= exact;
		decimals++, scale *= 10) {
		double whole = nearbyint(fabs(v) * scale);
		if (whole > exact || whole / scale != fabs(v))
			continue;
		if (v < 0)
			buf_char(b, '-');
		buf_i64(b, (int64_t)whole / (int64_t)scale);
		if (decimals)
			buf_printf(b, ".%0*lld", decimals,
				(long long)((int64_t)whole % (int64_t)scale));
		return;
	}
	buf_printf(b, "%.17g", v);
}

static void add_value(struct buf *b, const cJSON *value);

static void add_children(struct buf *b, const cJSON *parent, bool named)
{
	bool is_first = true;
	for (const cJSON *child = parent->child; child; child = child->next) {
		if (child->type & JSON_PAGE_ONLY)
			continue;
		if (!is_first)
			buf_char(b, ',');
		is_first = false;
		if (named) {
			json_add_string(b, child->string);
			buf_char(b, ':');
		}
		add_value(b, child);
	}
}

static void add_value(struct buf *b, const cJSON *value)
{
	switch (value->type & 0xff) {
	case cJSON_False:
		buf_text(b, "false");
		break;
	case cJSON_True:
		buf_text(b, "true");
		break;
	case cJSON_Number:
		add_number(b, value->valuedouble);
		break;
	case cJSON_String:
		json_add_string(b, value->valuestring);
		break;
	case cJSON_Raw:
		buf_text(b, value->valuestring);
		break;
	case cJSON_Array:
		buf_char(b, '[');
		add_children(b, value, false);
		buf_char(b, ']');
		break;
	case cJSON_Object:
		buf_char(b, '{');
		add_children(b, value, true);
		buf_char(b, '}');
		break;
	default:
		buf_text(b, "null");
		break;
	}
}

void json_write(struct buf *b, const cJSON *value)
{
	add_value(b, value);
}
