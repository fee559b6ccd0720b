/*
 * What http/ keeps of one request beside the public struct request, and the server it belongs to.
 * Private to http/: pages see request.h, form.h and reply.h.
 */
#ifndef HTTP_EXCHANGE_H
#define HTTP_EXCHANGE_H

#include <stdatomic.h>
#include "http/parse.h"
#include "http/router.h"
#include "http/server.h"

struct cache;
struct civet;
struct form_view;
struct reaper;

/* The connection, as the rest sees it: tests put anything behind it. */
struct wire {
	void *context;
	/* At most n bytes of the body; 0 at its end, < 0 when the client is gone or too slow. */
	int (*read)(void *context, void *into, size_t n);
	bool (*write)(void *context, const void *bytes, size_t n);
	/* The socket may live so much longer from now on. */
	void (*allow)(void *context, int64_t ms);
	bool keeps_alive; /* after this answer, as far as both sides have agreed */
};

struct http_server {
	struct http_options options; /* strings copied */
	bool is_https;               /* by base_url */
	const char *base_host; /* "symposium.example.org", with a port that is not the default */
	const char *hosts[32]; /* accepted Host values, lower case */
	size_t n_hosts;
	const struct route_table *routes;
	struct http_hooks hooks;
	struct templates *templates;
	const struct i18n *i18n;
	const struct assets *assets;
	char csrf_secret[65]; /* derived from options.secret, one per purpose */
	char flash_secret[65];
	struct router *router;
	struct cache *cache;
	struct reaper *reaper;
	struct civet *civet;
	struct arena *arena; /* for the copies above */
	int port;
	atomic_int n_running;
	atomic_bool is_stopping;
};

struct exchange {
	struct http_server *server;
	struct wire *wire;

	/* what the gate and the router found */
	struct str raw_path; /* as sent, for redirects */
	bool is_foreign_host, is_other_method, has_trailing_slash;
	int64_t content_length;
	bool expects_continue;
	const char *host; /* the accepted Host */
	const struct param *params;
	size_t n_params;

	/* the body */
	struct pairs pairs;
	bool is_json_body;
	bool has_read_body;
	bool has_entered; /* the enter hook ran and the leave hook is due */

	/* cookies and forms */
	const char *new_visitor;      /* value of a visitor cookie about to be set, NULL for none */
	bool has_drawn_form;          /* the answer holds a token: never cached */
	const char *flash;            /* shown on this page */
	const struct route *posted;   /* the POST's route, while its page is shown again */
	const struct form *submitted; /* and the form as it was sent */
	struct err refused;           /* its errors */
	struct form_view *views;      /* to be finished after the handler */

	/* the answer, for the log line */
	int status;
	size_t n_bytes;
	const char *why;       /* a constant word on refusals */
	const char *cache_key; /* made at the first question */
	size_t cache_key_n;
	int64_t started_ms; /* clock_elapsed_ms() when the header was complete */
	bool is_answered;
};

#endif
