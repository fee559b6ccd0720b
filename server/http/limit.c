/* A bucket is one number: when it will be full again. The rest follows from the clock. */
#include <arpa/inet.h>
#include <pthread.h>
#include <string.h>

#include "base/clock.h"
#include "base/hash.h"
#include "base/random.h"
#include "http/limit.h"

enum { N_SETS = 4096, WAYS = 4 };

struct bucket {
	uint64_t id; /* 0: free */
	int64_t full_at_ms;
};

static struct {
	pthread_mutex_t lock;
	bool is_keyed;
	char key[HASH_BYTES];
	struct bucket sets[N_SETS][WAYS];
} limits = {.lock = PTHREAD_MUTEX_INITIALIZER};

static uint64_t id_of(const char *name, const char *key)
{
	if (!limits.is_keyed) {
		random_bytes(limits.key, sizeof limits.key);
		limits.is_keyed = true;
	}
	unsigned char inner[3][HASH_BYTES], digest[HASH_BYTES];
	memcpy(inner[0], limits.key, HASH_BYTES);
	hash_bytes(inner[1], str_from(name));
	hash_bytes(inner[2], str_from(key));
	const void *bytes = inner;
	hash_bytes(digest, (struct str){bytes, sizeof inner});
	uint64_t id;
	memcpy(&id, digest, sizeof id);
	return id != 0 ? id : 1;
}

/* The bucket of this id, or the place of the one that has been asked least. */
static struct bucket *place_of(uint64_t id)
{
	struct bucket *set = limits.sets[id % N_SETS];
	struct bucket *fullest = &set[0];
	for (size_t i = 0; i < WAYS; i++) {
		if (set[i].id == id)
			return &set[i];
		if (set[i].full_at_ms < fullest->full_at_ms)
			fullest = &set[i];
	}
	*fullest = (struct bucket){.id = id};
	return fullest;
}

bool limit_take(const char *name, const char *key, int per_minute, int burst)
{
	if (per_minute < 1 || burst < 1)
		return false;
	int64_t now = clock_elapsed_ms() + 1;
	int64_t cost = (MINUTE_MS + per_minute - 1) / per_minute;
	pthread_mutex_lock(&limits.lock);
	struct bucket *b = place_of(id_of(name, key));
	int64_t full_at = b->full_at_ms > now ? b->full_at_ms : now;
	bool is_taken = full_at + cost - now <= cost * burst;
	if (is_taken)
		b->full_at_ms = full_at + cost;
	pthread_mutex_unlock(&limits.lock);
	return is_taken;
}

const char *limit_address(struct arena *a, const char *address)
{
	struct in6_addr six;
	if (inet_pton(AF_INET6, address, &six) != 1)
		return arena_strdup(a, address);
	if (IN6_IS_ADDR_V4MAPPED(&six))
		return arena_printf(a, "%u.%u.%u.%u", six.s6_addr[12], six.s6_addr[13],
			six.s6_addr[14], six.s6_addr[15]);
	memset(&six.s6_addr[8], 0, 8);
	char text[INET6_ADDRSTRLEN];
	return arena_printf(a, "%s/64", inet_ntop(AF_INET6, &six, text, sizeof text));
}

void limit_reset(void)
{
	pthread_mutex_lock(&limits.lock);
	memset(limits.sets, 0, sizeof limits.sets);
	pthread_mutex_unlock(&limits.lock);
}
