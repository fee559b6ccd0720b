/* `symposiarch routes`: the table as people and tests read it. */
#include <string.h>

#include "base/json.h"
#include "http/route.h"

static const char *method_name(const struct route *r)
{
	return r->method == METHOD_POST ? "POST" : "GET";
}

static void print_flags(const struct route *r, struct buf *out, const char *before)
{
	static const struct {
		unsigned flag;
		const char *name;
	} flags[] = {{ROUTE_CACHED, "cached"}, {ROUTE_UPLOAD, "upload"}, {ROUTE_NO_CSRF, "no-csrf"},
		{ROUTE_ANY_HOST, "any-host"}};
	for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++) {
		if ((r->flags & flags[i].flag) == 0)
			continue;
		buf_printf(out, "%s%s", before, flags[i].name);
		before = ",";
	}
}

static const char *type_name(enum field_type type)
{
	static const char *const names[] = {[FIELD_TEXT] = "text",
		[FIELD_BLOCK] = "block",
		[FIELD_EMAIL] = "email",
		[FIELD_INT] = "int",
		[FIELD_MONEY] = "money",
		[FIELD_DATE] = "date",
		[FIELD_DATETIME] = "datetime",
		[FIELD_CODE] = "code",
		[FIELD_WORD] = "word",
		[FIELD_BOOL] = "bool",
		[FIELD_SECRET] = "secret",
		[FIELD_FILE] = "file"};
	return names[type];
}

static const char *shape_name(enum field_shape shape)
{
	static const char *const names[] = {[FIELD_ONE] = "one",
		[FIELD_LIST] = "list",
		[FIELD_ROWS] = "rows",
		[FIELD_MAP] = "map"};
	return names[shape];
}

static void print_text(const struct route *r, struct buf *out)
{
	buf_printf(out, "%-4s %-52s %-24s %s", method_name(r), r->pattern, r->capability_name,
		r->handler_name);
	print_flags(r, out, " ");
	buf_char(out, '\n');
}

static void print_fields(const struct route_table *t, const struct route *r, struct buf *out)
{
	size_t n;
	const struct field *fields = route_fields(t, r->handler, &n);
	buf_text(out, ",\"fields\":[");
	for (size_t i = 0; i < n; i++) {
		const struct field *f = &fields[i];
		buf_text(out, i > 0 ? ",{\"name\":" : "{\"name\":");
		json_add_string(out, f->name);
		if (f->group != NULL) {
			buf_text(out, ",\"group\":");
			json_add_string(out, f->group);
		}
		buf_printf(out, ",\"type\":\"%s\",\"shape\":\"%s\",\"min\":%lld,\"max\":%lld}",
			type_name(f->type), shape_name(f->shape), (long long)f->min,
			(long long)f->max);
	}
	buf_char(out, ']');
}

static void print_json(const struct route_table *t, const struct route *r, struct buf *out)
{
	buf_printf(out, "{\"method\":\"%s\",\"pattern\":", method_name(r));
	json_add_string(out, r->pattern);
	buf_text(out, ",\"capability\":");
	json_add_string(out, r->capability_name);
	buf_text(out, ",\"handler\":");
	json_add_string(out, r->handler_name);
	buf_text(out, ",\"template\":");
	if (r->template_name != NULL)
		json_add_string(out, r->template_name);
	else
		buf_text(out, "null");
	const struct route *again =
		r->shown_again != NULL ? route_of_handler(t, r->shown_again) : NULL;
	buf_text(out, ",\"shown_again\":");
	if (again != NULL)
		json_add_string(out, again->handler_name);
	else
		buf_text(out, "null");
	buf_text(out, ",\"flags\":\"");
	print_flags(r, out, "");
	buf_char(out, '"');
	print_fields(t, r, out);
	buf_char(out, '}');
}

void route_table_print(const struct route_table *t, bool as_json, struct buf *out)
{
	for (size_t i = 0; i < t->n_routes; i++) {
		if (!as_json) {
			print_text(&t->routes[i], out);
			continue;
		}
		buf_text(out, i == 0 ? "[\n" : ",\n");
		print_json(t, &t->routes[i], out);
	}
	if (as_json)
		buf_text(out, t->n_routes > 0 ? "\n]\n" : "[]\n");
}
