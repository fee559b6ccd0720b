/*
 * The files of web/, embedded in the program by server/tools/mkassets (.incbin), each static file
 * with a gzip twin and a name that carries its hash, so that it is immutable in every cache.
 * With --dev they are read from the directory given, at every use.
 */
#ifndef VIEW_ASSETS_H
#define VIEW_ASSETS_H

#include "base/err.h"
#include "base/str.h"

struct asset {
	const char *path;        /* "static/symposiarch.css", "templates/layout.mustache" */
	const char *hashed_path; /* "static/symposiarch.3f9a1c20.css"; static files only, else NULL;
				    in --dev the path itself */
	const char *mime_type;
	struct str bytes;
	struct str gzip; /* empty when it would not be smaller, and in --dev */
};

struct assets;

/* dev_directory NULL: the embedded ones. */
struct assets *assets_new(const char *dev_directory);
void assets_free(struct assets *s);

/*
 * By path or, for static files, by hashed path (another version's hash is not found). In --dev the
 * bytes live in the arena. The path may come from a request: nothing outside is ever opened.
 */
bool asset_find(const struct assets *s, struct arena *a, const char *path, struct asset *out);
/* "/static/symposiarch.3f9a1c20.css" for "symposiarch.css"; in --dev without the hash. */
const char *asset_url(const struct assets *s, struct arena *a, const char *static_name);

/*
 * Walks every asset whose path starts with the prefix, in order of path. In --dev what the visitor
 * is shown lives until the walk ends.
 */
void assets_each(const struct assets *s, const char *prefix,
	void (*visit)(void *context, const struct asset *asset), void *context);

/*
 * true in --dev; *changed_at is the newest modification time (ms) below templates/ and locale/,
 * directories included, so that a removal shows.
 */
bool assets_is_dev(const struct assets *s, int64_t *changed_at);

#endif
