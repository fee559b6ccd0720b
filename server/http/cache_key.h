/* What a stranger's page may depend on beside the revision. */
#ifndef HTTP_CACHE_KEY_H
#define HTTP_CACHE_KEY_H

#include "http/exchange.h"

/* Path, declared query, language, reader's zone, HTML or JSON or suffix. Made once a request. */
struct str cache_key(struct request *rq);

/* May this request's answer come from the cache, or go there? Then its revision, else 0. */
uint64_t cache_revision(struct request *rq);

#endif
