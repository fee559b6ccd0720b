/*
 * OpenAPI 3.1 from the table alone. What the table does not know (the members of an answer) is not
 * described; what it knows (paths, parameters, fields and their bounds) is described exactly.
 */
#include <string.h>

#include "base/json.h"
#include "http/route.h"

struct writer {
	struct arena *arena;
	const struct route_table *table;
	struct buf *out;
};

/* "/:event/submissions" as OpenAPI spells it: "/{event}/submissions". */
static const char *path_of(const struct writer *w, const char *pattern)
{
	struct buf b = buf_in(w->arena, strlen(pattern) * 2 + 2);
	struct str rest = str_from(pattern + 1);
	do {
		struct str segment = str_cut(&rest, '/');
		buf_char(&b, '/');
		if (segment.n > 0 && segment.p[0] == ':')
			buf_printf(&b, "{%.*s}", (int)segment.n - 1, segment.p + 1);
		else
			buf_str(&b, segment);
	} while (rest.p != NULL);
	return buf_cstr(&b);
}

static void write_bounds(struct buf *out, const struct field *f)
{
	bool is_text = f->type == FIELD_TEXT || f->type == FIELD_BLOCK || f->type == FIELD_SECRET;
	if (is_text && f->min > 0)
		buf_printf(out, ",\"minLength\":%lld", (long long)f->min);
	if (is_text)
		buf_printf(out, ",\"maxLength\":%lld", (long long)f->max);
	if (f->type == FIELD_INT || f->type == FIELD_MONEY)
		buf_printf(out, ",\"minimum\":%lld,\"maximum\":%lld", (long long)f->min,
			(long long)f->max);
}

static void write_value_schema(struct buf *out, const struct field *f)
{
	static const char *const types[] = {
		[FIELD_TEXT] = "\"type\":\"string\"",
		[FIELD_BLOCK] = "\"type\":\"string\"",
		[FIELD_EMAIL] = "\"type\":\"string\",\"format\":\"email\"",
		[FIELD_INT] = "\"type\":\"integer\"",
		[FIELD_MONEY] = "\"type\":\"integer\",\"description\":\"minor units\"",
		[FIELD_DATE] = "\"type\":\"string\",\"format\":\"date\"",
		[FIELD_DATETIME] = "\"type\":\"string\",\"description\":\"2027-05-02T23:59 in the zone of the "
				   "event, or an instant such as 2027-05-02T22:59:00Z\"",
		[FIELD_CODE] = "\"type\":\"string\",\"description\":\"public code\"",
		[FIELD_WORD] = "\"type\":\"string\",\"pattern\":\"^[a-z0-9_.-]*$\"",
		[FIELD_BOOL] = "\"type\":\"boolean\"",
		[FIELD_SECRET] = "\"type\":\"string\",\"format\":\"password\"",
		[FIELD_FILE] = "\"type\":\"string\",\"format\":\"binary\"",
	};
	buf_printf(out, "{\"title\":");
	json_add_string(out, f->label);
	buf_printf(out, ",%s", types[f->type]);
	write_bounds(out, f);
	buf_char(out, '}');
}

static void write_rows(struct writer *w, const struct field *fields, size_t n, const char *group)
{
	buf_printf(w->out,
		"{\"type\":\"array\",\"maxItems\":%d,\"items\":{\"type\":\"object\","
		"\"additionalProperties\":false,\"properties\":{",
		FORM_MAX_ROWS);
	bool is_first = true;
	for (size_t i = 0; i < n; i++) {
		if (!text_equal(fields[i].group, group))
			continue;
		buf_text(w->out, is_first ? "" : ",");
		is_first = false;
		json_add_string(w->out, fields[i].name);
		buf_char(w->out, ':');
		write_value_schema(w->out, &fields[i]);
	}
	buf_text(w->out, "}}}");
}

static void write_property(struct writer *w, const struct field *fields, size_t n, size_t i)
{
	const struct field *f = &fields[i];
	json_add_string(w->out, f->group != NULL ? f->group : f->name);
	buf_char(w->out, ':');
	switch (f->shape) {
	case FIELD_ONE:
		write_value_schema(w->out, f);
		break;
	case FIELD_LIST:
		buf_printf(w->out, "{\"type\":\"array\",\"maxItems\":%d,\"items\":", FORM_MAX_LIST);
		write_value_schema(w->out, f);
		buf_char(w->out, '}');
		break;
	case FIELD_ROWS:
		write_rows(w, fields, n, f->group);
		break;
	case FIELD_MAP:
		buf_text(w->out, "{\"type\":\"object\",\"additionalProperties\":");
		write_value_schema(w->out, f);
		buf_char(w->out, '}');
		break;
	}
}

/* A group of rows is one property, written where its first member stands. */
static bool is_property(const struct field *fields, size_t i)
{
	for (size_t j = 0; j < i && fields[i].group != NULL; j++)
		if (text_equal(fields[j].group, fields[i].group))
			return false;
	return true;
}

static void write_properties(struct writer *w, const struct field *fields, size_t n)
{
	buf_text(w->out, "\"properties\":{");
	bool is_first = true;
	for (size_t i = 0; i < n; i++) {
		if (!is_property(fields, i))
			continue;
		buf_text(w->out, is_first ? "" : ",");
		is_first = false;
		write_property(w, fields, n, i);
	}
	buf_char(w->out, '}');
}

static void write_body(struct writer *w, const struct route *r)
{
	size_t n;
	const struct field *fields = route_fields(w->table, r->handler, &n);
	bool is_upload = (r->flags & ROUTE_UPLOAD) != 0;
	buf_printf(w->out,
		",\"requestBody\":{\"content\":{\"%s\":{\"schema\":{\"type\":"
		"\"object\",\"additionalProperties\":false,",
		is_upload ? "multipart/form-data" : "application/json");
	write_properties(w, fields, n);
	buf_text(w->out, "}}}}");
}

static void write_parameter(struct writer *w, bool *is_first, const char *name, const char *in)
{
	buf_text(w->out, *is_first ? "" : ",");
	*is_first = false;
	buf_text(w->out, "{\"name\":");
	json_add_string(w->out, name);
	buf_printf(w->out, ",\"in\":\"%s\",\"required\":%s,\"schema\":", in,
		strcmp(in, "path") == 0 ? "true" : "false");
}

static void write_parameters(struct writer *w, const struct route *r)
{
	bool is_first = true;
	buf_text(w->out, ",\"parameters\":[");
	struct str rest = str_from(r->pattern);
	while (rest.p != NULL) {
		struct str segment = str_cut(&rest, '/');
		if (segment.n == 0 || segment.p[0] != ':')
			continue;
		struct str name = {segment.p + 1, segment.n - 1};
		write_parameter(w, &is_first, str_dup(w->arena, name), "path");
		buf_text(w->out, "{\"type\":\"string\"}}");
	}
	size_t n;
	const struct field *fields = route_fields(w->table, r->handler, &n);
	for (size_t i = 0; i < n && r->method == METHOD_GET; i++) {
		if (fields[i].shape == FIELD_ROWS || fields[i].shape == FIELD_MAP)
			continue;
		write_parameter(w, &is_first, fields[i].name, "query");
		write_value_schema(w->out, &fields[i]);
		buf_char(w->out, '}');
	}
	buf_char(w->out, ']');
}

static void write_operation(struct writer *w, const struct route *r)
{
	buf_printf(w->out, "\"%s\":{\"operationId\":", r->method == METHOD_POST ? "post" : "get");
	json_add_string(w->out, r->handler_name);
	buf_text(w->out, ",\"x-capability\":");
	json_add_string(w->out, r->capability_name);
	write_parameters(w, r);
	if (r->method == METHOD_POST)
		write_body(w, r);
	buf_text(w->out, ",\"responses\":{\"200\":{\"description\":\"Done\",\"content\":{"
			 "\"application/json\":{\"schema\":{\"type\":\"object\"}}}},");
	if (r->method == METHOD_POST)
		buf_text(w->out, "\"201\":{\"description\":\"Made, at Location\"},");
	buf_text(w->out, "\"default\":{\"$ref\":\"#/components/responses/Problem\"}}}");
}

/* Is this the first row of its pattern? OpenAPI gathers methods below the path. */
static bool is_first_of_pattern(const struct route_table *t, size_t i)
{
	for (size_t j = 0; j < i; j++)
		if (strcmp(t->routes[j].pattern, t->routes[i].pattern) == 0)
			return false;
	return true;
}

static void write_path(struct writer *w, size_t first)
{
	const struct route_table *t = w->table;
	json_add_string(w->out, path_of(w, t->routes[first].pattern));
	buf_text(w->out, ":{");
	bool is_first = true;
	for (size_t i = first; i < t->n_routes; i++) {
		if (strcmp(t->routes[i].pattern, t->routes[first].pattern) != 0)
			continue;
		buf_text(w->out, is_first ? "" : ",");
		is_first = false;
		write_operation(w, &t->routes[i]);
	}
	buf_char(w->out, '}');
}

static const char components[] =
	"\"components\":{\"securitySchemes\":{\"token\":{\"type\":\"http\",\"scheme\":\"bearer\"}},"
	"\"responses\":{\"Problem\":{\"description\":\"RFC 9457\",\"content\":{"
	"\"application/problem+json\":{\"schema\":{\"type\":\"object\",\"properties\":{"
	"\"type\":{\"type\":\"string\"},\"title\":{\"type\":\"string\"},"
	"\"status\":{\"type\":\"integer\"},\"detail\":{\"type\":\"string\"},"
	"\"fields\":{\"type\":\"object\",\"additionalProperties\":{\"type\":\"string\"}},"
	"\"instance\":{\"type\":\"string\"}}}}}}}},"
	"\"security\":[{\"token\":[]},{}]";

void route_table_openapi(
	struct arena *a, const struct route_table *t, const char *base_url, struct buf *out)
{
	struct writer w = {a, t, out};
	buf_text(out,
		"{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"Symposiarch\",\"version\":\"1\"},"
		"\"servers\":[{\"url\":");
	json_add_string(out, base_url);
	buf_text(out, "}],\"paths\":{");
	bool is_first = true;
	for (size_t i = 0; i < t->n_routes; i++) {
		if (!is_first_of_pattern(t, i))
			continue;
		buf_text(out, is_first ? "\n" : ",\n");
		is_first = false;
		write_path(&w, i);
	}
	buf_printf(out, "},\n%s}\n", components);
}
