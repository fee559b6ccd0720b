/*
 * From path to route. A literal segment wins over a parameter, at the first segment where two
 * patterns differ; the first segment of any pattern is reserved, so "/signin/x" is never the page
 * "x" of an event named "signin".
 */
#ifndef HTTP_ROUTER_H
#define HTTP_ROUTER_H

#include "http/route.h"

struct param {
	const char *name; /* of the pattern, without ':' */
	const char *value;
};

struct match {
	const struct route *route; /* NULL: no such path, or not by this method */
	bool is_known;             /* the path exists */
	bool allows_get, allows_post;
	const char *path;   /* without the format suffix */
	const char *suffix; /* "json" "csv" "ics" "pdf" or NULL */
	const struct param *params;
	size_t n_params;
};

struct router;

/* Asserts route_table_check. */
struct router *router_new(const struct route_table *table);
void router_free(struct router *r);

/*
 * path: decoded, no empty segments, no trailing slash. A known suffix of the last segment is cut
 * off unless a pattern spells the whole segment out; when the cut path is unknown the whole is
 * tried.
 */
struct match router_match(
	const struct router *r, struct arena *a, enum method method, const char *path);

#endif
