/* One mutex, one condition: told to stop, woken, ended. */
#include "jobs/loop.h"

#include <pthread.h>
#include <time.h>
#include "base/clock.h"

struct loop {
	loop_fn work;
	void *context;
	pthread_t thread;
	pthread_mutex_t lock; /* guards what follows */
	pthread_cond_t changed;
	bool is_stopping, is_woken, has_ended;
};

static struct timespec after_ms(int64_t ms)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	t.tv_sec += (time_t)(ms / SECOND_MS);
	t.tv_nsec += (long)(ms % SECOND_MS) * 1000000L;
	if (t.tv_nsec >= 1000000000L) {
		t.tv_sec++;
		t.tv_nsec -= 1000000000L;
	}
	return t;
}

/* Rests until told to stop, woken, or so long; true when told to stop. */
static bool rest(struct loop *l, int64_t ms)
{
	struct timespec until = after_ms(ms);
	bool is_stopping;
	int timed_out = 0;

	pthread_mutex_lock(&l->lock);
	while (ms && !l->is_stopping && !l->is_woken && !timed_out)
		timed_out = pthread_cond_timedwait(&l->changed, &l->lock, &until);
	l->is_woken = false;
	is_stopping = l->is_stopping;
	pthread_mutex_unlock(&l->lock);
	return is_stopping;
}

static void *run(void *arg)
{
	struct loop *l = arg;
	struct arena *a = arena_new();
	int64_t rest_ms = 0;

	while (!rest(l, rest_ms)) {
		rest_ms = l->work(l->context, l, a);
		arena_reset(a);
	}
	arena_free(a);
	pthread_mutex_lock(&l->lock);
	l->has_ended = true;
	pthread_cond_broadcast(&l->changed);
	pthread_mutex_unlock(&l->lock);
	return NULL;
}

static void dispose(struct loop *l)
{
	pthread_cond_destroy(&l->changed);
	pthread_mutex_destroy(&l->lock);
	heap_free(l);
}

struct loop *loop_new(loop_fn work, void *context)
{
	struct loop *l = heap_alloc(sizeof(*l));
	pthread_condattr_t monotonic;

	l->work = work;
	l->context = context;
	pthread_mutex_init(&l->lock, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&l->changed, &monotonic);
	pthread_condattr_destroy(&monotonic);
	if (pthread_create(&l->thread, NULL, run, l) == 0)
		return l;
	dispose(l);
	return NULL;
}

void loop_wake(struct loop *l)
{
	pthread_mutex_lock(&l->lock);
	l->is_woken = true;
	pthread_cond_broadcast(&l->changed);
	pthread_mutex_unlock(&l->lock);
}

bool loop_is_stopping(struct loop *l)
{
	bool is_stopping;

	pthread_mutex_lock(&l->lock);
	is_stopping = l->is_stopping;
	pthread_mutex_unlock(&l->lock);
	return is_stopping;
}

bool loop_stop(struct loop *l, int64_t wait_ms)
{
	struct timespec until = after_ms(wait_ms);
	int timed_out = 0;
	bool has_ended;

	pthread_mutex_lock(&l->lock);
	l->is_stopping = true;
	pthread_cond_broadcast(&l->changed);
	while (!l->has_ended && !timed_out)
		timed_out = pthread_cond_timedwait(&l->changed, &l->lock, &until);
	has_ended = l->has_ended;
	pthread_mutex_unlock(&l->lock);
	return has_ended;
}

void loop_free(struct loop *l)
{
	if (!l)
		return;
	pthread_join(l->thread, NULL);
	dispose(l);
}
