/* Expands routes.def and fields.def into the tables of http/route.h. */
#include "pages/handlers.h"

/* A capability must be written and must not be 0: leaving it out, or 0, does not compile. */
#define ROUTE(method, pattern, capability, handler, template_name, flags) \
	_Static_assert((capability) != 0, "route without capability: " pattern);
#define ACTION(pattern, capability, handler, shown_again, flags) \
	_Static_assert((capability) != 0, "route without capability: " pattern);
#include "pages/routes.def"
#undef ROUTE
#undef ACTION

#define ROUTE(method, pattern, capability, handler, template_name, flags)                    \
	{METHOD_##method, pattern, capability, #capability, handler, #handler, template_name, \
		NULL, flags},
#define ACTION(pattern, capability, handler, shown_again, flags)                    \
	{METHOD_POST, pattern, capability, #capability, handler, #handler, NULL, shown_again, \
		flags},
static const struct route routes[] = {
#include "pages/routes.def"
};
#undef ROUTE
#undef ACTION

#define FIELD(handler, name, type, min, max, label) \
	{handler, #handler, NULL, #name, FIELD_##type, FIELD_ONE, min, max, label},
#define LIST(handler, name, type, min, max, label) \
	{handler, #handler, NULL, #name, FIELD_##type, FIELD_LIST, min, max, label},
#define ROWS(handler, group, name, type, min, max, label) \
	{handler, #handler, #group, #name, FIELD_##type, FIELD_ROWS, min, max, label},
#define MAP(handler, name, type, min, max, label) \
	{handler, #handler, NULL, #name, FIELD_##type, FIELD_MAP, min, max, label},
static const struct field fields[] = {
#include "pages/fields.def"
};

const struct route_table *page_routes(void)
{
	static const struct route_table table = {
		.routes = routes,
		.n_routes = sizeof(routes) / sizeof(routes[0]),
		.fields = fields,
		.n_fields = sizeof(fields) / sizeof(fields[0]),
	};

	return &table;
}
