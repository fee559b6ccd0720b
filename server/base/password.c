/*
 * Password hashing in a pool of its own. A hash takes 19 MiB and a stack that request threads do
 * not have, and a flood of sign-ins must cost two cores at most: callers queue, at most 32 of them.
 */
#include "base/hash.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <sodium.h>
#include <string.h>

enum {
	POOL_THREADS = 2,
	MAX_WAITING = 32,
	PASSES = 2,
	MEMORY_BYTES = 19 << 20,
	STACK_BYTES = 256 << 10,
};

enum work { HASH, VERIFY, SPEND_TIME };

struct job {
	enum work work;
	const char *password;
	const char *hash;                    /* VERIFY */
	char made[crypto_pwhash_STRBYTES];   /* HASH */
	bool succeeded, lacked_memory, done; /* done is guarded by lock */
	pthread_cond_t finished;
	struct job *next;
};

/* lock guards the queue and every job's `done`. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t work_waits = PTHREAD_COND_INITIALIZER;
static struct job *first, **last = &first;
static int n_waiting;
static bool pool_runs;
static pthread_once_t pool_once = PTHREAD_ONCE_INIT;

static int job_run(struct job *job)
{
	static const unsigned char salt[crypto_pwhash_SALTBYTES];
	unsigned char unused[HASH_BYTES];
	size_t n = strlen(job->password);
	switch (job->work) {
	case HASH:
		return crypto_pwhash_str_alg(job->made, job->password, n, PASSES, MEMORY_BYTES,
			crypto_pwhash_ALG_ARGON2ID13);
	case VERIFY:
		return crypto_pwhash_str_verify(job->hash, job->password, n);
	case SPEND_TIME:
		break;
	}
	return crypto_pwhash(unused, sizeof unused, job->password, n, salt, PASSES, MEMORY_BYTES,
		crypto_pwhash_ALG_ARGON2ID13);
}

static void *pool_thread(void *unused)
{
	(void)unused;
	pthread_mutex_lock(&lock);
	for (;;) {
		while (!first)
			pthread_cond_wait(&work_waits, &lock);
		struct job *job = first;
		first = job->next;
		if (!first)
			last = &first;
		n_waiting--;
		pthread_mutex_unlock(&lock);

		errno = 0;
		job->succeeded = job_run(job) == 0;
		job->lacked_memory = !job->succeeded && errno == ENOMEM;

		pthread_mutex_lock(&lock);
		job->done = true;
		pthread_cond_signal(&job->finished);
	}
	return NULL;
}

static void pool_start(void)
{
	pthread_attr_t attributes;
	pthread_t thread;
	if (sodium_init() < 0)
		return;
	pthread_attr_init(&attributes);
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	pthread_attr_setstacksize(&attributes, STACK_BYTES);
	for (int i = 0; i < POOL_THREADS; i++)
		if (pthread_create(&thread, &attributes, pool_thread, NULL) == 0)
			pool_runs = true;
	pthread_attr_destroy(&attributes);
}

/* Queues the job and waits for its end; not OK when it could not be run. */
static enum rc job_wait(struct job *job, struct err *err)
{
	pthread_once(&pool_once, pool_start);
	if (!pool_runs)
		return err_internal(err, "the password threads could not be started");
	pthread_mutex_lock(&lock);
	if (n_waiting >= MAX_WAITING) {
		pthread_mutex_unlock(&lock);
		return err_set(err, TOO_MANY,
			"Many people are signing in at this moment. Please wait a few seconds and "
			"try again");
	}
	n_waiting++;
	pthread_cond_init(&job->finished, NULL);
	*last = job;
	last = &job->next;
	pthread_cond_signal(&work_waits);
	while (!job->done)
		pthread_cond_wait(&job->finished, &lock);
	pthread_mutex_unlock(&lock);
	pthread_cond_destroy(&job->finished);
	if (job->lacked_memory)
		return err_set(
			err, BUSY, "The server is short of memory. Please try again in a minute");
	return OK;
}

enum rc password_hash(struct arena *a, const char *password, const char **hash, struct err *err)
{
	struct job job = {.work = HASH, .password = password};
	assert(password);
	TRY(job_wait(&job, err));
	if (!job.succeeded)
		return err_internal(err, "argon2id refused its parameters");
	*hash = arena_strdup(a, job.made);
	return OK;
}

enum rc password_verify(const char *hash, const char *password, struct err *err)
{
	struct job job = {.work = hash ? VERIFY : SPEND_TIME, .password = password, .hash = hash};
	assert(password);
	TRY(job_wait(&job, err));
	if (job.succeeded && hash)
		return OK;
	return err_set(err, FORBIDDEN,
		"That is not the password we know. Try again, or ask for a sign-in link by e-mail");
}
