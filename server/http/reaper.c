/*
 * The descriptors are walked because CivetWeb does not tell them. Between looking and shutting down
 * a descriptor might change hands; it is looked at again right before, and what is left of the gap
 * could at worst end one fresh connection, never touch a file or a socket of another port.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "http/reaper.h"

enum {
	TICK_MS = 250,
	GRACE_MS = 2000,   /* after the reading half is closed: time to say 408 */
	MAX_FD_GAP = 1024, /* so many unused numbers in a row: there are no more */
	MAX_FDS = 65536,
};

struct seen {
	uint64_t client; /* address and port; 0: not one of ours */
	int64_t since_ms;
	int64_t closing_ms; /* when its reading half was closed; 0: alive */
};

struct pass {
	uint64_t client;
	int64_t until_ms;
};

struct reaper {
	atomic_int port; /* 0: not listening yet, no socket matches */
	int lifetime_ms, max_per_address;
	bool spares_loopback;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool is_ending;
	struct pass *passes;
	int n_workers;
	struct seen *seen; /* by descriptor; the thread's own */
	size_t n_seen;
};

/* One connection of ours, as found in this round. */
struct found {
	int fd;
	uint64_t client;
	int64_t age_ms;
	bool has_pass;
};

static uint64_t client_of(uint32_t address, unsigned port)
{
	return (uint64_t)address << 16 | (port & 0xffff);
}

static uint32_t address_of(uint64_t client)
{
	return (uint32_t)(client >> 16);
}

/* The client at the other end, 0 when the descriptor is not a connection to our port. */
static uint64_t client_at(const struct reaper *r, int fd, bool *is_open)
{
	struct sockaddr_in own, peer;
	socklen_t n = sizeof peer;
	*is_open = true;
	if (getpeername(fd, (struct sockaddr *)&peer, &n) != 0) {
		*is_open = errno != EBADF;
		return 0;
	}
	if (n < sizeof peer || peer.sin_family != AF_INET)
		return 0;
	n = sizeof own;
	if (getsockname(fd, (struct sockaddr *)&own, &n) != 0 || own.sin_family != AF_INET ||
		ntohs(own.sin_port) != atomic_load(&r->port))
		return 0;
	return client_of(ntohl(peer.sin_addr.s_addr), ntohs(peer.sin_port));
}

static void shut(const struct reaper *r, const struct found *f, int how)
{
	bool is_open;
	if (client_at(r, f->fd, &is_open) == f->client)
		(void)shutdown(f->fd, how);
}

static const struct pass *pass_of(const struct reaper *r, uint64_t client)
{
	for (int i = 0; i < r->n_workers; i++)
		if (r->passes[i].client == client)
			return &r->passes[i];
	return NULL;
}

static bool is_too_old(struct reaper *r, const struct found *f, int64_t now)
{
	pthread_mutex_lock(&r->lock);
	const struct pass *pass = pass_of(r, f->client);
	bool is_late = pass != NULL ? now > pass->until_ms : f->age_ms > r->lifetime_ms;
	pthread_mutex_unlock(&r->lock);
	return is_late;
}

/* Late: first no more reading, so that a worker can still answer; then nothing at all. */
static void close_late(struct reaper *r, const struct found *f, int64_t now)
{
	struct seen *seen = &r->seen[f->fd];
	if (seen->closing_ms == 0) {
		if (!is_too_old(r, f, now))
			return;
		seen->closing_ms = now;
		shut(r, f, SHUT_RD);
	} else if (now - seen->closing_ms > GRACE_MS) {
		shut(r, f, SHUT_RDWR);
	}
}

/* By address; within one, those to spare come first: being served, then the young. */
static int compare_found(const void *left, const void *right)
{
	const struct found *a = left, *b = right;
	uint32_t x = address_of(a->client), y = address_of(b->client);
	if (x != y)
		return x < y ? -1 : 1;
	if (a->has_pass != b->has_pass)
		return a->has_pass ? -1 : 1;
	if (a->age_ms != b->age_ms)
		return a->age_ms < b->age_ms ? -1 : 1;
	return a->fd < b->fd ? -1 : a->fd > b->fd;
}

static void close_surplus(struct reaper *r, struct found *found, size_t n)
{
	if (r->max_per_address <= 0)
		return;
	qsort(found, n, sizeof *found, compare_found);
	size_t of_address = 0;
	for (size_t i = 0; i < n; i++) {
		uint32_t address = address_of(found[i].client);
		bool is_next = i > 0 && address == address_of(found[i - 1].client);
		of_address = is_next ? of_address + 1 : 1;
		bool is_spared = r->spares_loopback && address >> 24 == 127;
		if (!is_spared && of_address > (size_t)r->max_per_address)
			shut(r, &found[i], SHUT_RDWR);
	}
}

static void remember(struct reaper *r, int fd, uint64_t client, int64_t now)
{
	while (r->n_seen <= (size_t)fd) {
		size_t n = r->n_seen > 0 ? r->n_seen * 2 : 256;
		r->seen = heap_resize(r->seen, n * sizeof *r->seen);
		memset(r->seen + r->n_seen, 0, (n - r->n_seen) * sizeof *r->seen);
		r->n_seen = n;
	}
	if (r->seen[fd].client != client)
		r->seen[fd] = (struct seen){.client = client, .since_ms = now};
}

/* All connections of ours; the array is the caller's to free. */
static struct found *look(struct reaper *r, int64_t now, size_t *n_found)
{
	size_t cap = 64, n = 0;
	struct found *found = heap_alloc(cap * sizeof *found);
	int gap = 0;
	for (int fd = 0; fd < MAX_FDS && gap < MAX_FD_GAP; fd++) {
		bool is_open;
		uint64_t client = client_at(r, fd, &is_open);
		gap = is_open ? 0 : gap + 1;
		if (client == 0 && (size_t)fd >= r->n_seen)
			continue;
		remember(r, fd, client, now);
		if (client == 0)
			continue;
		if (n == cap) {
			cap *= 2;
			found = heap_resize(found, cap * sizeof *found);
		}
		found[n++] = (struct found){
			.fd = fd, .client = client, .age_ms = now - r->seen[fd].since_ms};
	}
	*n_found = n;
	return found;
}

static void mark_passes(struct reaper *r, struct found *found, size_t n)
{
	pthread_mutex_lock(&r->lock);
	for (size_t i = 0; i < n; i++)
		found[i].has_pass = pass_of(r, found[i].client) != NULL;
	pthread_mutex_unlock(&r->lock);
}

static void tick(struct reaper *r)
{
	int64_t now = clock_elapsed_ms();
	size_t n;
	struct found *found = look(r, now, &n);
	mark_passes(r, found, n);
	for (size_t i = 0; i < n; i++)
		close_late(r, &found[i], now);
	close_surplus(r, found, n);
	heap_free(found);
}

static void *run(void *context)
{
	struct reaper *r = context;
	pthread_mutex_lock(&r->lock);
	while (!r->is_ending) {
		struct timespec until;
		clock_gettime(CLOCK_MONOTONIC, &until);
		until.tv_nsec += TICK_MS * 1000000L;
		until.tv_sec += until.tv_nsec / 1000000000L;
		until.tv_nsec %= 1000000000L;
		(void)pthread_cond_timedwait(&r->wake, &r->lock, &until);
		if (r->is_ending)
			break;
		pthread_mutex_unlock(&r->lock);
		tick(r);
		pthread_mutex_lock(&r->lock);
	}
	pthread_mutex_unlock(&r->lock);
	return NULL;
}

struct reaper *reaper_new(int lifetime_ms, int max_per_address, bool spares_loopback, int n_workers)
{
	struct reaper *r = heap_alloc(sizeof *r);
	*r = (struct reaper){.lifetime_ms = lifetime_ms,
		.max_per_address = max_per_address,
		.spares_loopback = spares_loopback,
		.n_workers = n_workers};
	r->passes = heap_alloc((size_t)n_workers * sizeof *r->passes);
	pthread_mutex_init(&r->lock, NULL);
	pthread_condattr_t attributes;
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&r->wake, &attributes);
	pthread_condattr_destroy(&attributes);
	if (pthread_create(&r->thread, NULL, run, r) != 0) {
		log_event(LOG_ERROR, "reaper", "reason=\"no thread\"");
		abort();
	}
	return r;
}

void reaper_watch(struct reaper *r, int port)
{
	atomic_store(&r->port, port);
}

void reaper_free(struct reaper *r)
{
	if (r == NULL)
		return;
	pthread_mutex_lock(&r->lock);
	r->is_ending = true;
	pthread_cond_signal(&r->wake);
	pthread_mutex_unlock(&r->lock);
	pthread_join(r->thread, NULL);
	pthread_cond_destroy(&r->wake);
	pthread_mutex_destroy(&r->lock);
	heap_free(r->passes);
	heap_free(r->seen);
	heap_free(r);
}

void reaper_pass(struct reaper *r, int worker, const char *address, int port, int64_t more_ms)
{
	struct in_addr in;
	if (inet_pton(AF_INET, address, &in) != 1)
		return;
	struct pass pass = {
		client_of(ntohl(in.s_addr), (unsigned)port), clock_elapsed_ms() + more_ms};
	pthread_mutex_lock(&r->lock);
	r->passes[worker] = pass;
	pthread_mutex_unlock(&r->lock);
}

void reaper_pass_back(struct reaper *r, int worker)
{
	pthread_mutex_lock(&r->lock);
	r->passes[worker] = (struct pass){0};
	pthread_mutex_unlock(&r->lock);
}

void reaper_hang_up(struct reaper *r, const char *address, int port)
{
	struct in_addr in;
	if (inet_pton(AF_INET, address, &in) != 1)
		return;
	uint64_t wanted = client_of(ntohl(in.s_addr), (unsigned)port);
	for (int fd = 0, gap = 0; fd < MAX_FDS && gap < MAX_FD_GAP; fd++) {
		bool is_open;
		uint64_t client = client_at(r, fd, &is_open);
		gap = is_open ? 0 : gap + 1;
		if (client == wanted) {
			(void)shutdown(fd, SHUT_WR);
			return;
		}
	}
}

static bool is_our_listener(const struct reaper *r, int fd)
{
	struct sockaddr_in own;
	socklen_t n = sizeof own, size = sizeof(int);
	int is_listening = 0;
	return getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &is_listening, &size) == 0 &&
	       is_listening != 0 && getsockname(fd, (struct sockaddr *)&own, &n) == 0 &&
	       own.sin_family == AF_INET && ntohs(own.sin_port) == atomic_load(&r->port);
}

void reaper_close_all(struct reaper *r)
{
	for (int fd = 0, gap = 0; fd < MAX_FDS && gap < MAX_FD_GAP; fd++) {
		bool is_open;
		uint64_t client = client_at(r, fd, &is_open);
		gap = is_open ? 0 : gap + 1;
		if (client != 0 || (is_open && is_our_listener(r, fd)))
			(void)shutdown(fd, SHUT_RDWR);
	}
}
