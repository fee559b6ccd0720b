/*
 * The program as a whole: what is made at start, shared by every thread, and never changed until
 * the end. Start order is the order of the members; the end is the reverse.
 */
#ifndef APP_H
#define APP_H

#include "config.h"
#include "store/blob.h"
#include "store/db.h"
#include "view/template.h"

struct http_server;
struct jobs;
struct print_pool;

struct app {
	const struct config *config;
	struct str secret; /* 32 bytes of <data>/secret.key; keys for single purposes are derived */
	struct store *store;
	struct blobs *blobs;
	struct blobs *prints; /* of print jobs: they go after a week, and are in no backup */
	const char *print_program; /* path of the executable that prints */
	const char
		*build; /* changes with the program, so that what an older one made is made anew */
	struct assets *assets;
	struct i18n *i18n;
	struct templates *templates;
	struct print_pool *print;
	struct jobs *jobs;
	struct http_server *http;
};

/* Opens store, blobs and templates: enough for every sub-command. */
enum rc app_open(struct arena *a, const struct config *config, struct app *out, struct err *err)
	NODISCARD;
/* Also starts print workers, jobs and the HTTP server. */
enum rc app_serve(struct app *app, struct err *err) NODISCARD;
/* "http://127.0.0.1:8080": where a browser finds it. */
const char *app_url(const struct app *app, struct arena *a);
/* A key for one purpose, from the server's secret: app_key(app, "ticket"). 64 hex digits. */
const char *app_key(const struct app *app, struct arena *a, const char *purpose);
void app_close(struct app *app);

#endif
