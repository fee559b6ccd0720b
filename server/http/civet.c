/* The only includer of civetweb.h. */
#include <arpa/inet.h>
#include <civetweb.h>
#include <pthread.h>
#include <string.h>
#include <strings.h>

#include "base/log.h"
#include "http/civet.h"
#include "http/problem.h"
#include "http/reaper.h"
#include "http/serve.h"

enum { KEEP_ALIVE_MS = 5000, LINGER_MS = 2000 };

struct civet {
	struct http_server *server;
	struct mg_context *context;
	int port;
	atomic_int n_workers;
	pthread_mutex_t lock;
	pthread_cond_t opened;
	bool is_open;
	char trouble[256]; /* CivetWeb's last word while starting */
};

/* One a thread; the index names its place at the reaper. */
struct worker {
	struct arena *arena;
	int index;
};

/* A connection in the hands of a worker. */
struct line {
	struct civet *civet;
	struct mg_connection *connection;
	const struct mg_request_info *info;
	struct worker *worker;
	bool would_keep_alive; /* CivetWeb's own idea */
};

/* Marks a connection whose further bytes must not be taken for requests. */
static char ended;

static int line_read(void *context, void *into, size_t n)
{
	struct line *l = context;
	return mg_read(l->connection, into, n);
}

static bool line_write(void *context, const void *bytes, size_t n)
{
	struct line *l = context;
	return n <= INT32_MAX && mg_write(l->connection, bytes, n) == (int)n;
}

static void line_allow(void *context, int64_t ms)
{
	struct line *l = context;
	reaper_pass(l->civet->server->reaper, l->worker->index, l->info->remote_addr,
		l->info->remote_port, ms);
}

static struct wire wire_of(struct line *l)
{
	return (struct wire){
		.context = l, .read = line_read, .write = line_write, .allow = line_allow};
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/*
 * CivetWeb accepts a bare line feed, a folded line and a space before the colon, and tells nobody;
 * but it cuts the head in place, so the gaps between its pieces show what stood there: one NUL for
 * a space or a colon, two for CR LF.
 */
static bool is_framed_strictly(const struct mg_request_info *info)
{
	const char *uri = info->local_uri_raw, *query = info->query_string;
	const char *end = query != NULL ? query + strlen(query) : uri + strlen(uri);
	if (info->request_method + strlen(info->request_method) + 1 != uri ||
		end + 1 + strlen("HTTP/") != info->http_version)
		return false;
	end = info->http_version + strlen(info->http_version);
	for (int i = 0; i < info->num_headers; i++) {
		const struct mg_header *h = &info->http_headers[i];
		const char *after_name = h->name + strlen(h->name) + 1;
		if (end + 2 != h->name || h->value < after_name ||
			(h->value > after_name && !is_blank(*after_name)))
			return false;
		end = h->value + strlen(h->value);
	}
	return info->num_headers == 0 || (end[1] == '\0' && end[2] == '\r' && end[3] == '\0');
}

static struct header *copy_headers(struct arena *a, const struct mg_request_info *info)
{
	struct header *headers = ARENA_ARRAY(a, (size_t)info->num_headers + 1, struct header);
	for (int i = 0; i < info->num_headers; i++) {
		headers[i].name = str_from(info->http_headers[i].name);
		headers[i].value = str_trim(str_from(info->http_headers[i].value));
	}
	return headers;
}

static bool is_loopback(const char *address)
{
	return strncmp(address, "127.", 4) == 0;
}

const char *civet_forwarded_for(struct arena *a, struct str value)
{
	struct str last = value;
	for (size_t i = 0; i < value.n; i++)
		if (value.p[i] == ',')
			last = (struct str){value.p + i + 1, value.n - i - 1};
	const char *address = str_dup(a, str_trim(last));
	unsigned char bytes[16];
	bool is_address =
		inet_pton(AF_INET, address, bytes) == 1 || inet_pton(AF_INET6, address, bytes) == 1;
	return is_address ? address : NULL;
}

static const char *client_address(struct request *rq, const struct line *l)
{
	const char *peer = l->info->remote_addr;
	const char *client = NULL;
	if (l->civet->server->options.is_behind_proxy && is_loopback(peer))
		for (size_t i = 0; i < rq->n_headers; i++)
			if (header_is(rq->headers[i].name, "X-Forwarded-For"))
				client = civet_forwarded_for(rq->arena, rq->headers[i].value);
	return arena_strdup(rq->arena, client != NULL ? client : peer);
}

/* As CivetWeb itself will decide, so that the Connection header tells the truth. */
static bool keeps_alive(const struct request *rq, const struct line *l)
{
	if (!l->civet->server->options.is_behind_proxy || !is_loopback(l->info->remote_addr))
		return false;
	const char *wish = request_header(rq, "Connection");
	if (wish != NULL)
		return strcasecmp(wish, "keep-alive") == 0;
	return strcmp(l->info->http_version, "1.1") == 0;
}

static struct gate_verdict check(struct request *rq, const struct line *l)
{
	const struct http_server *server = l->civet->server;
	struct gate_input in = {
		.method = str_from(l->info->request_method),
		.target = str_from(l->info->local_uri_raw),
		.query = str_from(l->info->query_string),
		.version = str_from(l->info->http_version),
		.headers = rq->headers,
		.n_headers = rq->n_headers,
		.hosts = server->hosts,
		.n_hosts = server->n_hosts,
	};
	if (rq->n_headers > GATE_MAX_HEADERS || is_framed_strictly(l->info))
		return gate_check(rq->arena, &in);
	return (struct gate_verdict){.status = 400, .reason = "line ends", .path = "/"};
}

static void answer(struct request *rq, struct line *l)
{
	struct http_server *server = l->civet->server;
	struct exchange *x = rq->exchange;
	rq->headers = copy_headers(rq->arena, l->info);
	rq->n_headers = (size_t)l->info->num_headers;
	rq->query = str_from(l->info->query_string);
	rq->remote_address = client_address(rq, l);
	x->raw_path = str_from(l->info->local_uri_raw);
	x->wire->keeps_alive = l->would_keep_alive = keeps_alive(rq, l);
	const char *host = request_header(rq, "Host");
	struct gate_verdict verdict = check(rq, l);
	if (!verdict.is_foreign_host)
		x->host = host;
	if (atomic_load(&server->is_stopping)) {
		x->wire->keeps_alive = false;
		problem_send(rq, &(struct problem){.status = 503, .is_bare = true});
	} else {
		serve(rq, &verdict);
	}
	serve_log(rq);
}

static void wait_until_open(struct civet *c)
{
	pthread_mutex_lock(&c->lock);
	while (!c->is_open)
		pthread_cond_wait(&c->opened, &c->lock);
	pthread_mutex_unlock(&c->lock);
}

/* What follows on this connection: nothing, a new request, or the rest of a body nobody wants. */
static void part(const struct line *l, const struct wire *wire, bool has_unread_body)
{
	struct reaper *reaper = l->civet->server->reaper;
	const struct mg_request_info *info = l->info;
	if (!wire->keeps_alive)
		mg_set_user_connection_data(l->connection, &ended);
	if (!wire->keeps_alive && (l->would_keep_alive || has_unread_body))
		reaper_hang_up(reaper, info->remote_addr, info->remote_port);
	if (wire->keeps_alive)
		reaper_pass(reaper, l->worker->index, info->remote_addr, info->remote_port,
			KEEP_ALIVE_MS + (int64_t)l->civet->server->options.lifetime_s * 1000);
	else if (has_unread_body)
		reaper_pass(
			reaper, l->worker->index, info->remote_addr, info->remote_port, LINGER_MS);
	else
		reaper_pass_back(reaper, l->worker->index);
}

static int on_request(struct mg_connection *connection)
{
	if (mg_get_user_connection_data(connection) == &ended)
		return 400;
	struct civet *c = mg_get_user_context_data(connection);
	wait_until_open(c);
	struct line l = {.civet = c,
		.connection = connection,
		.info = mg_get_request_info(connection),
		.worker = mg_get_thread_pointer(connection)};
	struct wire wire = wire_of(&l);
	line_allow(&l, (int64_t)c->server->options.lifetime_s * 1000);
	atomic_fetch_add(&c->server->n_running, 1);
	struct request *rq = serve_begin(c->server, l.worker->arena, &wire);
	answer(rq, &l);
	int status = rq->exchange->status;
	part(&l, &wire, rq->exchange->content_length > 0 && !rq->exchange->has_read_body);
	arena_reset(l.worker->arena);
	atomic_fetch_sub(&c->server->n_running, 1);
	return status;
}

/* CivetWeb could not read a head; nothing of its request info is to be trusted. */
static int on_error(struct mg_connection *connection, int status, const char *message)
{
	(void)message;
	struct civet *c = mg_get_user_context_data(connection);
	wait_until_open(c);
	struct line l = {.civet = c,
		.connection = connection,
		.info = mg_get_request_info(connection),
		.worker = mg_get_thread_pointer(connection)};
	struct wire wire = wire_of(&l);
	struct request *rq = serve_begin(c->server, l.worker->arena, &wire);
	rq->exchange->why = "unreadable";
	int ours = status == 413 ? 431 : status == 505 ? 505 : status >= 500 ? 500 : 400;
	problem_send(rq, &(struct problem){.status = ours, .is_bare = true});
	serve_log(rq);
	reaper_pass_back(c->server->reaper, l.worker->index);
	arena_reset(l.worker->arena);
	return 0;
}

static int on_log(const struct mg_connection *connection, const char *message)
{
	struct civet *c = mg_get_user_data(mg_get_context(connection));
	if (c != NULL && !c->is_open) {
		size_t n = strlen(message);
		n = n < sizeof c->trouble - 1 ? n : sizeof c->trouble - 1;
		memcpy(c->trouble, message, n);
		c->trouble[n] = '\0';
		return 1;
	}
	struct arena *a = arena_new();
	log_event(LOG_WARN, "civetweb", "message=%s", log_value(a, message));
	arena_free(a);
	return 1;
}

static void *on_thread(const struct mg_context *context, int type)
{
	struct civet *c = mg_get_user_data(context);
	if (type != 1)
		return NULL;
	struct worker *w = heap_alloc(sizeof *w);
	w->arena = arena_new();
	w->index = atomic_fetch_add(&c->n_workers, 1);
	return w;
}

static void on_thread_end(const struct mg_context *context, int type, void *pointer)
{
	(void)context;
	struct worker *w = pointer;
	if (type != 1 || w == NULL)
		return;
	arena_free(w->arena);
	heap_free(w);
}

static struct mg_context *listen_on(struct civet *c, struct arena *a)
{
	const struct http_options *o = &c->server->options;
	const char *options[] = {
		"listening_ports",
		arena_printf(a, "%s:%d", o->address, o->port),
		"num_threads",
		arena_printf(a, "%d", o->n_threads),
		"enable_keep_alive",
		o->is_behind_proxy ? "yes" : "no",
		"keep_alive_timeout_ms",
		arena_printf(a, "%d", KEEP_ALIVE_MS),
		"request_timeout_ms",
		arena_printf(a, "%d", o->lifetime_s * 1000),
		"tcp_nodelay",
		"1",
		"connection_queue",
		"1024",
		"listen_backlog",
		"1024",
		"max_request_size",
		"32768",
		"decode_url",
		"no",
		"decode_query_string",
		"no",
		"enable_directory_listing",
		"no",
		"access_control_allow_origin",
		"",
		"access_control_allow_methods",
		"",
		"enable_auth_domain_check",
		"no",
		"allow_sendfile_call",
		"no",
		NULL,
	};
	struct mg_callbacks callbacks = {.begin_request = on_request,
		.http_error = on_error,
		.log_message = on_log,
		.init_thread = on_thread,
		.exit_thread = on_thread_end};
	return mg_start(&callbacks, c, options);
}

enum rc civet_start(struct http_server *server, struct civet **out, struct err *err)
{
	struct civet *c = heap_alloc(sizeof *c);
	c->server = server;
	pthread_mutex_init(&c->lock, NULL);
	pthread_cond_init(&c->opened, NULL);

	struct arena *a = arena_new();
	c->context = listen_on(c, a);
	arena_free(a);
	struct mg_server_port port = {0};
	if (c->context == NULL || mg_get_server_ports(c->context, 1, &port) != 1) {
		(void)err_set(err, INVALID, "The server cannot listen on %s port %d (%s)",
			server->options.address, server->options.port, c->trouble);
		civet_stop(c);
		return INVALID;
	}
	c->port = port.port;
	*out = c;
	return OK;
}

int civet_port(const struct civet *c)
{
	return c->port;
}

void civet_open(struct civet *c)
{
	pthread_mutex_lock(&c->lock);
	c->is_open = true;
	pthread_cond_broadcast(&c->opened);
	pthread_mutex_unlock(&c->lock);
}

void civet_stop(struct civet *c)
{
	if (c == NULL)
		return;
	if (c->context != NULL)
		mg_stop(c->context);

	pthread_cond_destroy(&c->opened);
	pthread_mutex_destroy(&c->lock);
	heap_free(c);
}
