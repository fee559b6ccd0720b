/* Refusals in the order in which a reader of the bytes would meet them: line, headers, body. */
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "http/gate.h"
#include "http/parse.h"

struct gate {
	struct arena *arena;
	const struct gate_input *in;
	struct gate_verdict v;
};

static bool refuse(struct gate *g, int status, const char *reason)
{
	g->v.status = status;
	g->v.reason = reason;
	return false;
}

bool header_is(struct str name, const char *wanted)
{
	size_t n = strlen(wanted);
	return name.n == n && strncasecmp(name.p, wanted, n) == 0;
}

static bool is_token_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c != '\0' && strchr("!#$%&'*+-.^_`|~", c) != NULL);
}

/* Printable ASCII that a URI may hold; what is left out must come percent-encoded. */
static bool is_uri_char(char c)
{
	return c > ' ' && c < 0x7f && strchr("\"<>\\^`{|}#", c) == NULL;
}

/* Every byte allowed, every escape whole, and none that stands for a byte we never take. */
static bool check_uri_bytes(struct gate *g, struct str s, bool is_path)
{
	for (size_t i = 0; i < s.n; i++) {
		if (!is_uri_char(s.p[i]))
			return refuse(g, 400, "byte in the address");
		if (s.p[i] != '%')
			continue;
		if (i + 2 >= s.n || hex_value(s.p[i + 1]) < 0 || hex_value(s.p[i + 2]) < 0)
			return refuse(g, 400, "broken percent escape");
		int byte = hex_value(s.p[i + 1]) * 16 + hex_value(s.p[i + 2]);
		bool is_control = byte < 0x20 || byte == 0x7f;
		if (byte == 0 || (is_path && (is_control || byte == '/' || byte == '\\')))
			return refuse(g, 400, "escaped byte in the address");
	}
	return true;
}

static bool check_method(struct gate *g)
{
	struct str m = g->in->method;
	if (m.n == 0 || m.n > 32)
		return refuse(g, 400, "method");
	for (size_t i = 0; i < m.n; i++)
		if (!is_token_char(m.p[i]))
			return refuse(g, 400, "method");
	g->v.is_head = str_is(m, "HEAD");
	g->v.method = str_is(m, "POST") ? METHOD_POST : METHOD_GET;
	g->v.is_other_method = !g->v.is_head && !str_is(m, "GET") && !str_is(m, "POST");
	return true;
}

/* Segments neither empty nor dots, so that the path means the same to every reader. */
static bool check_segments(struct gate *g, struct str path)
{
	struct str rest = {path.p + 1, path.n - 1};
	while (rest.p != NULL) {
		struct str segment = str_cut(&rest, '/');
		if (segment.n == 0)
			return refuse(g, 400, "empty path segment");
		if (str_is(segment, ".") || str_is(segment, ".."))
			return refuse(g, 400, "dot segment");
	}
	return true;
}

static bool check_path(struct gate *g)
{
	struct str raw = g->in->target;
	if (raw.n == 0 || raw.p[0] != '/')
		return refuse(g, 400, "address is not a path");
	if (raw.n > GATE_MAX_PATH_BYTES)
		return refuse(g, 414, "path too long");
	if (!check_uri_bytes(g, raw, true))
		return false;
	char *path = arena_alloc(g->arena, raw.n + 1);
	size_t n = 0;
	if (!percent_decode(raw, false, path, &n))
		return refuse(g, 400, "broken percent escape");
	if (n > 1 && path[n - 1] == '/') {
		g->v.has_trailing_slash = true;
		n--;
	}
	path[n] = '\0';
	if (!text_is_utf8((struct str){path, n}))
		return refuse(g, 400, "path is not UTF-8");
	g->v.path = path;
	if (n == 1)
		return !g->v.has_trailing_slash || refuse(g, 400, "empty path segment");
	return check_segments(g, (struct str){path, n});
}

static bool check_query(struct gate *g)
{
	if (g->in->query.n > GATE_MAX_QUERY_BYTES)
		return refuse(g, 414, "query too long");
	return check_uri_bytes(g, g->in->query, false);
}

static bool check_header_bytes(struct gate *g, const struct header *h)
{
	if (h->name.n == 0 || h->name.n > 128)
		return refuse(g, 400, "header name");
	for (size_t i = 0; i < h->name.n; i++)
		if (!is_token_char(h->name.p[i]))
			return refuse(g, 400, "header name");
	if (h->value.n > GATE_MAX_HEADER_BYTES)
		return refuse(g, 431, "header too long");
	for (size_t i = 0; i < h->value.n; i++) {
		unsigned char c = (unsigned char)h->value.p[i];
		if ((c < 0x20 && c != '\t') || c == 0x7f)
			return refuse(g, 400, "byte in a header");
	}
	return true;
}

/* The one header of that name; counts how many there are. */
static const struct header *find_header(const struct gate *g, const char *name, size_t *n)
{
	const struct header *found = NULL;
	*n = 0;
	for (size_t i = 0; i < g->in->n_headers; i++) {
		if (!header_is(g->in->headers[i].name, name))
			continue;
		if (found == NULL)
			found = &g->in->headers[i];
		++*n;
	}
	return found;
}

/* Headers of which a second one could be read instead of the first. */
static bool check_singles(struct gate *g)
{
	static const char *const singles[] = {"Host", "Content-Length", "Content-Type",
		"Authorization", "Idempotency-Key", "Origin", "Expect", "X-CSRF-Token",
		"Connection"};
	for (size_t i = 0; i < sizeof singles / sizeof singles[0]; i++) {
		size_t n;
		find_header(g, singles[i], &n);
		if (n > 1)
			return refuse(g, 400, "header sent twice");
	}
	return true;
}

static bool check_headers(struct gate *g)
{
	if (g->in->n_headers > GATE_MAX_HEADERS)
		return refuse(g, 431, "too many headers");
	size_t n_bytes = 0;
	for (size_t i = 0; i < g->in->n_headers; i++) {
		if (!check_header_bytes(g, &g->in->headers[i]))
			return false;
		n_bytes += g->in->headers[i].name.n + g->in->headers[i].value.n + 4;
	}
	if (n_bytes > GATE_MAX_HEAD_BYTES)
		return refuse(g, 431, "headers too long");
	return check_singles(g);
}

static bool check_host(struct gate *g)
{
	size_t n;
	const struct header *host = find_header(g, "Host", &n);
	if (host == NULL || host->value.n == 0)
		return refuse(g, 400, "no Host");
	for (size_t i = 0; i < host->value.n; i++) {
		char c = host->value.p[i];
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
			    strchr(".-:[]_", c) != NULL))
			return refuse(g, 400, "byte in Host");
	}
	g->v.is_foreign_host = true;
	for (size_t i = 0; i < g->in->n_hosts; i++)
		if (header_is(host->value, g->in->hosts[i]))
			g->v.is_foreign_host = false;
	return true;
}

static bool check_content_length(struct gate *g, const struct header *length)
{
	if (length->value.n == 0)
		return refuse(g, 400, "Content-Length");
	for (size_t i = 0; i < length->value.n; i++)
		if (length->value.p[i] < '0' || length->value.p[i] > '9')
			return refuse(g, 400, "Content-Length");
	if (length->value.n > 15)
		return refuse(g, 413, "body too large");
	if (!str_to_i64(length->value, &g->v.content_length))
		return refuse(g, 400, "Content-Length");
	if (g->v.content_length > GATE_MAX_BODY_BYTES)
		return refuse(g, 413, "body too large");
	return true;
}

static bool check_framing(struct gate *g)
{
	size_t n;
	if (find_header(g, "Transfer-Encoding", &n) != NULL)
		return refuse(g, 400, "Transfer-Encoding");
	const struct header *length = find_header(g, "Content-Length", &n);
	if (length != NULL && !check_content_length(g, length))
		return false;
	if (length == NULL && g->v.method == METHOD_POST)
		return refuse(g, 411, "no Content-Length");
	if (g->v.content_length > 0 && g->v.method == METHOD_GET && !g->v.is_other_method)
		return refuse(g, 400, "body of a GET");
	const struct header *coding = find_header(g, "Content-Encoding", &n);
	if (coding != NULL && !header_is(coding->value, "identity"))
		return refuse(g, 415, "Content-Encoding");
	const struct header *expect = find_header(g, "Expect", &n);
	if (expect != NULL && !header_is(expect->value, "100-continue"))
		return refuse(g, 417, "Expect");
	g->v.expects_continue = expect != NULL;
	return true;
}

struct gate_verdict gate_check(struct arena *a, const struct gate_input *in)
{
	struct gate g = {.arena = a, .in = in, .v = {.path = "/"}};
	bool passed = check_method(&g) && check_path(&g) && check_query(&g) && check_headers(&g) &&
		      check_host(&g) && check_framing(&g);
	if (passed && !str_is(in->version, "1.1") && !str_is(in->version, "1.0"))
		refuse(&g, 505, "HTTP version");
	return g.v;
}
