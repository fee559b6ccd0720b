/*
 * The HTTP server: CivetWeb with its teeth drawn (http/civet.c is the only includer of
 * civetweb.h), behind a strict gate, before a router that knows capabilities only as numbers.
 *
 * A request's way: socket -> CivetWeb thread -> gate.c (refuses what CivetWeb lets pass) ->
 * router.c: route -> enter hook (actor, event) -> may hook (capability) -> csrf.c -> form.c
 * (typed fields) -> handler -> leave hook (releases the database) -> respond.c (template or JSON,
 * gzip, headers, one write) -> log line -> arena emptied.
 */
#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H

#include "http/request.h"
#include "view/template.h"

struct http_options {
	const char *address;  /* "127.0.0.1" */
	int port;             /* 0: a free one, see http_port */
	const char *base_url; /* "https://symposium.example.org": Host check, cookie names. NULL or
				 "": plain HTTP under the address and port of this server only */
	const char *extra_hosts; /* comma-separated further Host values, "" for none */
	bool is_behind_proxy;    /* trust X-Forwarded-For from loopback; keep-alive on */
	int n_threads;           /* 256 */
	int max_per_address;     /* connections of one client address; 64; loopback too in tests */
	int lifetime_s; /* 10: of a socket without a whole request; an upload gets 12 times that.
			   Every 16 kB that have arrived, or are to be sent, earn another second */
	struct str
		secret; /* 32 bytes: CSRF, visitor and flash cookies (keys derived per purpose) */
};

struct http_hooks {
	void *context;
	/*
	 * Finds the actor and the event and sets rq->app … rq->has_session. NOT_FOUND when the
	 * event does not exist for this actor; FORBIDDEN with err for a revoked token. Called when
	 * the body has arrived; for a multipart body before it and, after leave, once more behind
	 * it, so that no database handle waits for a slow upload.
	 */
	enum rc (*enter)(void *context, struct request *rq);
	/* OK, FORBIDDEN (signed in, may not), NOT_FOUND (must not learn that it exists); for a
	 * stranger FORBIDDEN turns into 303 to /signin?next=… (JSON: 401; a form with something
	 * typed in it: http/resend.h). */
	enum rc (*may)(void *context, struct request *rq, int capability);
	bool (*is_stranger)(void *context, const struct request *rq);
	/* Releases what enter and the handler acquired; before rendering, on every path. */
	void (*leave)(void *context, struct request *rq);
	/* Fills `page` for the layout (navigation, event, me, request_flash()); HTML only, before
	 * leave. Error pages too: then enter may have failed or not been called, so that everything
	 * the hooks set, and rq->route, may be NULL. */
	void (*frame)(void *context, struct request *rq, struct vm *vm);
	struct vm_format (*format)(void *context, const struct request *rq);
	/* An upload's bytes, as they arrive: begin, add …, commit or abort (store/blob.h shape). */
	enum rc (*upload_begin)(
		void *context, struct request *rq, int64_t max_bytes, void **writer);
	enum rc (*upload_add)(void *context, struct request *rq, void *writer, struct str piece);
	enum rc (*upload_end)(void *context, struct request *rq, void *writer, struct upload *out);
	void (*upload_abort)(void *context, void *writer);
	/* A number that changes whenever a signed-out page of the event may change; 0: do not
	 * cache. */
	uint64_t (*revision)(void *context, const struct request *rq);
};

struct http_server;

enum rc http_server_new(const struct http_options *options, const struct route_table *routes,
	const struct http_hooks *hooks, struct templates *templates, const struct i18n *i18n,
	const struct assets *assets, struct http_server **out, struct err *err) NODISCARD;
int http_port(const struct http_server *s);
/* Stops accepting, lets running requests end (at most 5 s), joins. */
void http_server_free(struct http_server *s);

#endif
