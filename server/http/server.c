/* Puts the parts together and takes them apart again. */
#include <arpa/inet.h>
#include <assert.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/hash.h"
#include "base/log.h"
#include "http/cache.h"
#include "http/civet.h"
#include "http/gzip.h"
#include "http/reaper.h"

enum { MAX_STOP_MS = 5000, STOP_STEP_MS = 10 };

/* A host name or address with an optional port: what may stand in a Host header. */
static bool is_host(const char *host)
{
	for (const char *p = host; *p != '\0'; p++)
		if (!((*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9') ||
			    strchr(".-:", *p) != NULL))
			return false;
	return host[0] != '\0' && host[0] != ':';
}

static const char *lower(struct arena *a, struct str s)
{
	char *text = str_dup(a, s);
	for (char *p = text; *p != '\0'; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p - 'A' + 'a');
	return text;
}

static void accept_host(struct http_server *s, const char *host)
{
	const size_t max = sizeof s->hosts / sizeof s->hosts[0];
	if (s->n_hosts < max)
		s->hosts[s->n_hosts++] = host;
}

/* "https://symposium.example.org:8443", without a path. */
static enum rc read_base_url(struct http_server *s, struct err *err)
{
	struct str url = str_from(s->options.base_url);
	if (url.n == 0)
		return OK;
	struct str https = STR("https://"), http = STR("http://");
	s->is_https = str_starts_with(url, https);
	bool is_url = s->is_https || str_starts_with(url, http);
	size_t n = s->is_https ? https.n : http.n;
	const char *host = is_url ? lower(s->arena, (struct str){url.p + n, url.n - n}) : "";
	if (!is_host(host))
		return err_set(err, INVALID,
			"The base URL must look like https://symposium.example.org, "
			"without a path");
	struct str default_port = s->is_https ? STR(":443") : STR(":80");
	if (str_ends_with(str_from(host), default_port))
		host = arena_strndup(s->arena, host, strlen(host) - default_port.n);
	s->base_host = host;
	accept_host(s, host);
	if (strchr(host, ':') == NULL)
		accept_host(s, arena_printf(s->arena, "%s%s", host, default_port.p));
	return OK;
}

static enum rc read_extra_hosts(struct http_server *s, struct err *err)
{
	struct str rest = str_from(s->options.extra_hosts);
	while (rest.p != NULL) {
		struct str host = str_trim(str_cut(&rest, ','));
		if (host.n == 0)
			continue;
		if (s->n_hosts + 8 > sizeof s->hosts / sizeof s->hosts[0])
			return err_set(err, INVALID, "There are too many extra hosts");
		const char *text = lower(s->arena, host);
		if (!is_host(text))
			return err_set(err, INVALID,
				"An extra host must look like symposium.example.org or "
				"192.0.2.7:8080");
		accept_host(s, text);
	}
	return OK;
}

/* The server's own address is a name for it too: health checks and a laptop use it. */
static void accept_own_address(struct http_server *s)
{
	bool is_any = strcmp(s->options.address, "0.0.0.0") == 0;
	bool has_loopback = is_any || strncmp(s->options.address, "127.", 4) == 0;
	if (!is_any)
		accept_host(s, arena_printf(s->arena, "%s:%d", s->options.address, s->port));
	if (!has_loopback)
		return;
	accept_host(s, arena_printf(s->arena, "127.0.0.1:%d", s->port));
	accept_host(s, arena_printf(s->arena, "localhost:%d", s->port));
	if (s->port == 80) {
		accept_host(s, "127.0.0.1");
		accept_host(s, "localhost");
	}
}

static enum rc check_options(struct http_server *s, struct err *err)
{
	const struct http_options *o = &s->options;
	struct in_addr address;
	if (inet_pton(AF_INET, o->address, &address) != 1)
		return err_set(err, INVALID,
			"The address to listen on must be an IPv4 address such as 127.0.0.1; "
			"for IPv6 and names put a proxy in front");
	if (o->port < 0 || o->port > 65535)
		return err_set(err, INVALID, "The port must be a number from 0 to 65535");
	if (o->n_threads < 1 || o->n_threads > 4096 || o->lifetime_s < 1 || o->lifetime_s > 3600 ||
		o->max_per_address < 0)
		return err_set(err, INVALID,
			"Threads, lifetime and connections per address must be small and positive");
	if (o->secret.n != HASH_BYTES)
		return err_set(err, INVALID, "The server's secret must have 32 bytes");
	TRY(read_base_url(s, err));
	return read_extra_hosts(s, err);
}

static void derive(struct http_server *s, char out[65], const char *purpose)
{
	const char *mac = hash_mac(s->arena, s->options.secret, str_from(purpose));
	memcpy(out, mac, 65);
}

static void copy_options(struct http_server *s, const struct http_options *options)
{
	s->options = *options;
	s->options.address = arena_strdup(s->arena, options->address);

	s->options.extra_hosts =
		arena_strdup(s->arena, options->extra_hosts != NULL ? options->extra_hosts : "");
	derive(s, s->csrf_secret, "symposiarch csrf 1");
	derive(s, s->flash_secret, "symposiarch flash 1");
	s->options.secret.p = NULL;
}

static enum rc start(struct http_server *s, struct err *err)
{
	const struct http_options *o = &s->options;
	s->router = router_new(s->routes);
	s->cache = cache_new(CACHE_MAX_BYTES);
	s->reaper = reaper_new(
		o->lifetime_s * 1000, o->max_per_address, o->is_behind_proxy, o->n_threads);
	TRY(civet_start(s, &s->civet, err));
	s->port = civet_port(s->civet);
	accept_own_address(s);
	reaper_watch(s->reaper, s->port);
	civet_open(s->civet);
	log_event(LOG_INFO, "listen", "address=%s port=%d threads=%d", o->address, s->port,
		o->n_threads);
	return OK;
}

enum rc http_server_new(const struct http_options *options, const struct route_table *routes,
	const struct http_hooks *hooks, struct templates *templates, const struct i18n *i18n,
	const struct assets *assets, struct http_server **out, struct err *err)
{
	struct http_server *s = heap_alloc(sizeof *s);
	s->arena = arena_new();
	s->options = *options;
	s->routes = routes;
	s->hooks = *hooks;
	s->templates = templates;
	s->i18n = i18n;
	s->assets = assets;
	enum rc rc = check_options(s, err);
	if (rc == OK) {
		copy_options(s, options);
		rc = start(s, err);
	}
	if (rc != OK) {
		http_server_free(s);
		return rc;
	}
	*out = s;
	return OK;
}

int http_port(const struct http_server *s)
{
	return s->port;
}

void http_server_free(struct http_server *s)
{
	if (s == NULL)
		return;
	atomic_store(&s->is_stopping, true);
	for (int ms = 0; atomic_load(&s->n_running) > 0 && ms < MAX_STOP_MS; ms += STOP_STEP_MS)
		nanosleep(&(struct timespec){.tv_nsec = STOP_STEP_MS * 1000000L}, NULL);
	if (s->civet != NULL) {
		reaper_close_all(s->reaper);
		civet_stop(s->civet);
	}
	reaper_free(s->reaper);
	cache_free(s->cache);
	router_free(s->router);
	gzip_free_states();
	arena_free(s->arena);
	heap_free(s);
}
