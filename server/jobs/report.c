/* Warnings find their way back to the rows they came from. */
#include "jobs/report.h"

#include <string.h>

enum { REPORT_MAX_BYTES = 1 << 20 };

/* UTF-8 of one character, for looking it up in texts. */
static void utf8_of(uint32_t c, char out[5])
{
	size_t n = 0;

	if (c < 0x80) {
		out[n++] = (char)c;
	} else if (c < 0x800) {
		out[n++] = (char)(0xC0 | c >> 6);
	} else if (c < 0x10000) {
		out[n++] = (char)(0xE0 | c >> 12);
		out[n++] = (char)(0x80 | (c >> 6 & 0x3F));
	} else {
		out[n++] = (char)(0xF0 | c >> 18);
		out[n++] = (char)(0x80 | (c >> 12 & 0x3F));
		out[n++] = (char)(0x80 | (c >> 6 & 0x3F));
	}
	if (c >= 0x80)
		out[n++] = (char)(0x80 | (c & 0x3F));
	out[n] = '\0';
}

/* What is looked for: a character, and the words the printer has for the place. */
struct wanted {
	const char *where;
	char character[5]; /* "" : none */
};

static bool holds(const cJSON *value, const char *character)
{
	const cJSON *child;

	if (cJSON_IsString(value))
		return strstr(value->valuestring, character) != NULL;
	cJSON_ArrayForEach(child, value) if (holds(child, character)) return true;
	return false;
}

static bool begins_with_code(const char *where, const char *code)
{
	size_t n = strlen(code);

	return n && strncmp(where, code, n) == 0 && (!where[n] || where[n] == ' ');
}

static bool is_named(const cJSON *object, const struct wanted *w)
{
	const char *code = json_text(object, "code");

	return !text_is_empty(w->where) &&
	       ((code && begins_with_code(w->where, code)) ||
		       text_equal(json_text(object, "title"), w->where) ||
		       text_equal(json_text(object, "name"), w->where));
}

/* What is printed as the code of an abstract is the number of its board, and talks have none. */
static const char *code_of(const cJSON *object)
{
	const char *submission = json_text(object, "submission");

	return submission ? submission : json_text(object, "code");
}

/* By name first: the same character may stand in many places. */
static const char *search(const cJSON *value, const struct wanted *w, bool by_name)
{
	const char *code = code_of(value), *found;
	const cJSON *child;

	cJSON_ArrayForEach(child, value)
	{
		found = search(child, w, by_name);
		if (found)
			return found;
	}
	if (!code)
		return NULL;
	if (by_name)
		return is_named(value, w) ? code : NULL;
	return *w->character && holds(value, w->character) ? code : NULL;
}

const char *report_code_of(const cJSON *model, const char *where, uint32_t code_point)
{
	struct wanted w = {.where = where};
	const char *code;

	if (code_point)
		utf8_of(code_point, w.character);
	code = search(model, &w, true);
	return code ? code : search(model, &w, false);
}

static void add_member(struct buf *b, const char *key, const char *text)
{
	buf_char(b, ',');
	json_add_string(b, key);
	buf_char(b, ':');
	json_add_string(b, text);
}

const char *report_write(struct arena *a, const cJSON *model, const struct print_warnings *warnings)
{
	struct buf b = buf_in(a, REPORT_MAX_BYTES);

	buf_char(&b, '[');
	for (const struct print_warning *w = warnings->first; w; w = w->next) {
		const char *code = report_code_of(model, w->where, w->code_point);
		buf_text(&b, w == warnings->first ? "{\"where\":" : ",{\"where\":");
		json_add_string(&b, w->where ? w->where : "");
		add_member(&b, "message", w->message);
		if (w->code_point)
			add_member(&b, "character",
				arena_printf(a, "U+%04X", (unsigned)w->code_point));
		if (code)
			add_member(&b, "code", code);
		buf_char(&b, '}');
	}
	buf_char(&b, ']');
	return b.failed ? "[]" : buf_cstr(&b);
}
