/* The gate: lines to a request; what passes has one reading, what does not has a status. */
#include <string.h>

#include "fuzz.h"
#include "http/gate.h"
#include "http/router.h"

static const struct route routes[] = {
	{METHOD_GET, "/", 1, "C", fuzz_handler, "h", NULL, NULL, 0},
	{METHOD_GET, "/:event", 1, "C", fuzz_handler, "h", NULL, NULL, 0},
	{METHOD_GET, "/:event/a/:code", 1, "C", fuzz_handler, "h", NULL, NULL, 0},
	{METHOD_POST, "/:event/a/b.json", 1, "C", fuzz_handler, "h", NULL, NULL, 0},
};
static const struct route_table table = {routes, 4, NULL, 0};

static void check_passed(struct arena *a, const struct gate_verdict *v)
{
	static struct router *router;
	if (router == NULL)
		router = router_new(&table);
	MUST(v->path[0] == '/' && text_is_utf8(str_from(v->path)));
	MUST(strstr(v->path, "//") == NULL && strstr(v->path, "/../") == NULL);
	MUST(v->content_length >= 0 && v->content_length <= GATE_MAX_BODY_BYTES);
	for (const char *p = v->path; *p != '\0'; p++)
		MUST((unsigned char)*p >= 0x20 && *p != 0x7f && *p != '\\');
	struct match m = router_match(router, a, v->method, v->path);
	MUST(m.route == NULL || m.is_known);
	MUST(m.path[0] == '/');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena *a;
	static const char *const hosts[] = {"a"};
	if (a == NULL)
		a = arena_new();
	const void *bytes = data;
	struct str rest = {bytes, size};
	struct header headers[80];
	struct gate_input in = {.hosts = hosts, .n_hosts = 1, .headers = headers};
	struct str line = str_cut(&rest, '\n');
	in.method = str_cut(&line, ' ');
	in.version = STR("1.1");
	in.target = line.p != NULL ? str_cut(&line, '?') : STR("");
	in.query = line.p != NULL ? line : STR("");
	while (rest.p != NULL && in.n_headers < 80) {
		struct str value = str_cut(&rest, '\n');
		struct str name = str_cut(&value, ':');
		headers[in.n_headers++] =
			(struct header){name, value.p != NULL ? str_trim(value) : STR("")};
	}
	struct gate_verdict v = gate_check(a, &in);
	MUST(v.path != NULL);
	if (v.status == 0)
		check_passed(a, &v);
	else
		MUST(v.status >= 400 && v.status < 600 && v.reason != NULL);
	arena_reset(a);
	return 0;
}
