/* From path to route, and the table written out. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

#include "base/json.h"
#include "http/router.h"

#define HANDLER(name)                                                                              \
	static enum rc name(struct request *rq, struct vm *vm)                                     \
	{                                                                                          \
		(void)rq;                                                                          \
		(void)vm;                                                                          \
		return OK;                                                                         \
	}

HANDLER(get_front)
HANDLER(get_signin)
HANDLER(get_openapi)
HANDLER(get_event)
HANDLER(get_programme)
HANDLER(get_new)
HANDLER(post_new)
HANDLER(get_submission)
HANDLER(get_file)
HANDLER(post_withdraw)

#define ROW(method, pattern, fn, again, flags)                                                     \
	{                                                                                          \
		METHOD_##method, pattern, 1, "CAP_TEST", fn, #fn, NULL, again, flags               \
	}

static const struct route routes[] = {
	ROW(GET, "/", get_front, NULL, ROUTE_CACHED),
	ROW(GET, "/signin", get_signin, NULL, 0),
	ROW(GET, "/openapi.json", get_openapi, NULL, 0),
	ROW(GET, "/:event", get_event, NULL, ROUTE_CACHED),
	ROW(GET, "/:event/programme", get_programme, NULL, 0),
	ROW(GET, "/:event/submissions/:code", get_submission, NULL, 0),
	ROW(GET, "/:event/submissions/new", get_new, NULL, 0),
	ROW(POST, "/:event/submissions/new", post_new, get_new, ROUTE_UPLOAD),
	ROW(POST, "/:event/submissions/:code/withdraw", post_withdraw, get_submission, 0),
	ROW(GET, "/:event/files/:name", get_file, NULL, 0),
};

static const struct field fields[] = {
	{get_event, "get_event", NULL, "q", FIELD_TEXT, FIELD_ONE, 0, 100, "Search"},
	{post_new, "post_new", NULL, "title", FIELD_TEXT, FIELD_ONE, 1, 300,
		"Title \"as printed\""},
	{post_new, "post_new", NULL, "theme", FIELD_WORD, FIELD_LIST, 0, 9, "Theme"},
	{post_new, "post_new", "author", "name", FIELD_TEXT, FIELD_ROWS, 0, 200, "Name"},
	{post_new, "post_new", "author", "presents", FIELD_BOOL, FIELD_ROWS, 0, 1, "Presents"},
	{post_new, "post_new", NULL, "score", FIELD_INT, FIELD_MAP, 1, 5, "Score"},
};

static const struct route_table table = {
	routes, sizeof routes / sizeof routes[0], fields, sizeof fields / sizeof fields[0]};

struct world {
	struct arena *arena;
	struct router *router;
};

static struct match match(struct world *w, enum method method, const char *path)
{
	return router_match(w->router, w->arena, method, path);
}

static void assert_route(struct world *w, const char *path, handler_fn handler)
{
	struct match m = match(w, METHOD_GET, path);
	if ((m.route != NULL ? m.route->handler : NULL) != handler)
		fail_msg("%s: %s", path, m.route != NULL ? m.route->handler_name : "none");
}

static void literals_win_over_parameters(void **state)
{
	struct world *w = *state;
	assert_route(w, "/", get_front);
	assert_route(w, "/signin", get_signin);
	assert_route(w, "/summit", get_event);
	assert_route(w, "/summit/submissions/new", get_new);
	assert_route(w, "/summit/submissions/K7QF3M2XA", get_submission);
	assert_route(w, "/summit/nothing", NULL);
	assert_route(w, "/a/b/c/d/e/f/g/h/i/j/k/l/m/n", NULL);
}

static void first_words_are_never_events(void **state)
{
	struct world *w = *state;
	assert_route(w, "/signin/programme", NULL);
	assert_route(w, "/signin/submissions/x", NULL);
	assert_route(w, "/openapi.json/programme", NULL);
}

static void parameters_carry_their_segments(void **state)
{
	struct match m = match(*state, METHOD_POST, "/summit/submissions/K7/withdraw");
	assert_ptr_equal(m.route->handler, post_withdraw);
	assert_int_equal(m.n_params, 2);
	assert_string_equal(m.params[0].name, "event");
	assert_string_equal(m.params[0].value, "summit");
	assert_string_equal(m.params[1].name, "code");
	assert_string_equal(m.params[1].value, "K7");
}

static void methods_of_a_place_are_known(void **state)
{
	struct match m = match(*state, METHOD_POST, "/summit/programme");
	assert_null(m.route);
	assert_true(m.is_known && m.allows_get && !m.allows_post);
	m = match(*state, METHOD_POST, "/summit/submissions/new");
	assert_ptr_equal(m.route->handler, post_new);
	assert_true(m.allows_get && m.allows_post);
	/* "new" is a place of its own: what belongs to :code does not apply to it. */
	m = match(*state, METHOD_GET, "/summit/submissions/K7/withdraw");
	assert_true(m.route == NULL && m.allows_post && !m.allows_get);
}

static void suffixes_are_cut_where_nothing_spells_them(void **state)
{
	struct match m = match(*state, METHOD_GET, "/summit/programme.ics");
	assert_ptr_equal(m.route->handler, get_programme);
	assert_string_equal(m.suffix, "ics");
	assert_string_equal(m.path, "/summit/programme");
	m = match(*state, METHOD_GET, "/summit/submissions/K7.json");
	assert_string_equal(m.suffix, "json");
	assert_string_equal(m.params[1].value, "K7");
	m = match(*state, METHOD_GET, "/openapi.json");
	assert_ptr_equal(m.route->handler, get_openapi);
	assert_null(m.suffix);
	m = match(*state, METHOD_GET, "/summit.json");
	assert_ptr_equal(m.route->handler, get_event);
	assert_string_equal(m.params[0].value, "summit");
	m = match(*state, METHOD_GET, "/summit/programme.html");
	assert_false(m.is_known);
	m = match(*state, METHOD_GET, "/.json");
	assert_ptr_equal(m.route->handler, get_event);
	assert_null(m.suffix);
}

static void fields_belong_to_their_handler(void **state)
{
	size_t n;
	(void)state;
	assert_ptr_equal(route_fields(&table, post_new, &n), &fields[1]);
	assert_int_equal(n, 5);
	assert_null(route_fields(&table, get_front, &n));
	assert_int_equal(n, 0);
	assert_ptr_equal(route_of_handler(&table, get_file), &routes[9]);
	assert_null(route_of_handler(&table, NULL));
}

static void the_table_prints_as_text_and_json(void **state)
{
	struct world *w = *state;
	struct buf b = buf_in(w->arena, 1 << 20);
	route_table_print(&table, false, &b);
	assert_non_null(strstr(buf_cstr(&b), "POST /:event/submissions/new "));
	assert_non_null(strstr(buf_cstr(&b), "post_new upload\n"));
	buf_reset(&b);
	route_table_print(&table, true, &b);
	cJSON *rows = NULL;
	struct err err = err_in(w->arena);
	assert_int_equal(json_parse(w->arena, buf_view(&b), &rows, &err), OK);
	assert_int_equal(cJSON_GetArraySize(rows), table.n_routes);
	const cJSON *post = cJSON_GetArrayItem(rows, 7);
	assert_string_equal(json_text(post, "capability"), "CAP_TEST");
	assert_string_equal(json_text(post, "shown_again"), "get_new");
	assert_int_equal(cJSON_GetArraySize(json_get(post, "fields")), 5);
}

static void the_table_is_an_openapi_document(void **state)
{
	struct world *w = *state;
	struct buf b = buf_in(w->arena, 1 << 20);
	route_table_openapi(w->arena, &table, "https://a.example", &b);
	cJSON *root = NULL;
	struct err err = err_in(w->arena);
	assert_int_equal(json_parse(w->arena, buf_view(&b), &root, &err), OK);
	assert_string_equal(json_text(root, "openapi"), "3.1.0");
	const cJSON *paths = json_get(root, "paths");
	const cJSON *place = json_get(paths, "/{event}/submissions/new");
	assert_non_null(json_get(place, "get"));
	const cJSON *post = json_get(place, "post");
	assert_string_equal(json_text(post, "operationId"), "post_new");
	const cJSON *schema = json_get(
		json_get(json_get(json_get(post, "requestBody"), "content"), "multipart/form-data"),
		"schema");
	const cJSON *properties = json_get(schema, "properties");
	assert_int_equal(json_int(json_get(properties, "title"), "maxLength", 0), 300);
	assert_string_equal(json_text(json_get(properties, "author"), "type"), "array");
	const cJSON *members =
		json_get(json_get(json_get(properties, "author"), "items"), "properties");
	assert_string_equal(json_text(json_get(members, "presents"), "type"), "boolean");
	const cJSON *event = json_get(json_get(paths, "/{event}"), "get");
	assert_int_equal(cJSON_GetArraySize(json_get(event, "parameters")), 2);
	assert_non_null(json_get(paths, "/"));
}

static int setup(void **state)
{
	json_setup();
	struct world *w = heap_alloc(sizeof *w);
	w->arena = arena_new();
	w->router = router_new(&table);
	*state = w;
	return 0;
}

static int teardown(void **state)
{
	struct world *w = *state;
	router_free(w->router);
	arena_free(w->arena);
	heap_free(w);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(literals_win_over_parameters),
		cmocka_unit_test(first_words_are_never_events),
		cmocka_unit_test(parameters_carry_their_segments),
		cmocka_unit_test(methods_of_a_place_are_known),
		cmocka_unit_test(suffixes_are_cut_where_nothing_spells_them),
		cmocka_unit_test(fields_belong_to_their_handler),
		cmocka_unit_test(the_table_prints_as_text_and_json),
		cmocka_unit_test(the_table_is_an_openapi_document),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
