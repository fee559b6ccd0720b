/*
 * Token buckets: so many acts a minute, by whatever the caller counts (an address, an account).
 *
 *   if (!limit_take("signin", limit_address(rq->arena, rq->remote_address), 10, 5))
 *           return err_set(&rq->err, TOO_MANY, "…");
 *
 * Process-wide, thread-safe, at most 16,384 buckets: when a place is taken the fullest bucket near
 * it is forgotten, which forgives the one who has asked least. Keys are hashed with a key of the
 * process and never kept.
 */
#ifndef HTTP_LIMIT_H
#define HTTP_LIMIT_H

#include "base/str.h"

/* true when a token was left. burst: size of the bucket, at least 1. */
bool limit_take(const char *name, const char *key, int per_minute, int burst);

/* An address as one customer: IPv4 whole, IPv6 by its /64. */
const char *limit_address(struct arena *a, const char *address);

/* Forgets everything, for tests. */
void limit_reset(void);

#endif
