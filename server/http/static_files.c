/* Static files bypass the hooks: they are the same for everybody. */
#include <string.h>

#include "http/problem.h"
#include "http/static_files.h"

/* The service worker's scope and the habits of robots and browsers fix these addresses. */
static const char *fixed_file(const char *path)
{
	static const char *const files[] = {"/checkin-sw.js", "/robots.txt", "/favicon.ico"};
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
		if (strcmp(path, files[i]) == 0)
			return files[i];
	return NULL;
}

bool static_files_serve(struct request *rq)
{
	struct exchange *x = rq->exchange;
	const struct assets *assets = x->server->assets;
	bool is_below = strncmp(rq->path, "/static/", 8) == 0;
	const char *fixed = fixed_file(rq->path);
	if (assets == NULL || (!is_below && fixed == NULL))
		return false;
	const char *name = is_below ? rq->path + 1 : arena_printf(rq->arena, "static%s", fixed);
	struct asset asset;
	if (!asset_find(assets, rq->arena, name, &asset) ||
		strncmp(asset.path, "static/", 7) != 0) {
		if (is_below)
			problem_send(rq, &(struct problem){.status = 404, .is_bare = true});
		return is_below;
	}
	if (rq->method != METHOD_GET || x->is_other_method) {
		problem_send(rq,
			&(struct problem){.status = 405, .allow = "GET, HEAD", .is_bare = true});
		return true;
	}
	bool is_hashed = asset.hashed_path != NULL && strcmp(name, asset.hashed_path) == 0 &&
			 strcmp(asset.hashed_path, asset.path) != 0;
	bool is_dev = assets_is_dev(assets, NULL);
	answer_send(rq, &(struct answer){.status = 200,
				.mime_type = asset.mime_type,
				.body = asset.bytes,
				.gzipped = asset.gzip,
				.etag = is_dev ? NULL : asset.hashed_path,
				.caching = is_hashed ? CACHE_FOR_EVER : CACHE_REVALIDATE});
	return true;
}
