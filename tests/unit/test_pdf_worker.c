/*
 * The pool of print workers: this program starts itself as one. A worker that dies, at any time,
 * costs one document and never the program.
 */
#include "pdf/worker.h"

#include "base/fault.h"

#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static const char self[] = "/proc/self/exe";

struct job {
	struct arena *arena;
	struct err err;
	struct print_warnings warnings;
	struct buf out;
	const struct print_watch *watch;
};

static struct job job_new(void)
{
	struct arena *a = arena_new();
	return (struct job){a, err_in(a), print_warnings_in(a), buf_in(a, PRINT_MAX_BYTES), NULL};
}

static enum rc run(struct print_pool *pool, struct job *j, const char *kind, const char *json)
{
	cJSON *model = NULL;
	struct err err = err_in(j->arena);
	assert_int_equal(json_parse(j->arena, str_from(json), &model, &err), OK);
	return print_pool_run(
		pool, j->arena, kind, model, j->watch, &j->out, &j->warnings, &j->err);
}

static void assert_prints(struct print_pool *pool)
{
	struct job j = job_new();
	assert_int_equal(run(pool, &j, "badge", print_example("badge")), OK);
	assert_true(str_starts_with(buf_view(&j.out), STR("%PDF-1.7\n")));
	assert_true(str_ends_with(buf_view(&j.out), STR("%%EOF\n")));
	arena_free(j.arena);
}

/* The child processes of this one, from the kernel's list; returns how many. */
static int children(pid_t *pids, int max)
{
	char path[64], text[256];
	int n = 0;
	snprintf(path, sizeof path, "/proc/self/task/%d/children", getpid());
	FILE *f = fopen(path, "r");
	assert_non_null(f);
	struct str rest = {text, fread(text, 1, sizeof text, f)};
	fclose(f);
	while (n < max && rest.p && rest.n) {
		int64_t pid;
		assert_true(str_to_i64(str_cut(&rest, ' '), &pid));
		pids[n++] = (pid_t)pid;
	}
	return n;
}

static void prints_the_same_bytes_as_in_one_process(void **state)
{
	(void)state;
	struct print_pool *pool = print_pool_new(self, 1);
	struct job here = job_new(), there = job_new();
	cJSON *model = NULL;
	assert_int_equal(
		json_parse(here.arena, str_from(print_example("badge")), &model, &here.err), OK);
	const struct sink sink = sink_to_buf(&here.out);
	assert_int_equal(
		print_document(here.arena, "badge", model, &sink, &here.warnings, &here.err), OK);
	assert_int_equal(run(pool, &there, "badge", print_example("badge")), OK);
	assert_int_equal(here.out.n, there.out.n);
	assert_memory_equal(here.out.p, there.out.p, here.out.n);
	print_pool_free(pool);
	arena_free(here.arena);
	arena_free(there.arena);
}

static void keeps_a_worker_warm(void **state)
{
	(void)state;
	struct print_pool *pool = print_pool_new(self, 2);
	pid_t before[8], after[8];
	assert_prints(pool);
	assert_int_equal(children(before, 8), 1);
	assert_prints(pool);
	assert_int_equal(children(after, 8), 1);
	assert_int_equal(before[0], after[0]);
	print_pool_free(pool);
	assert_int_equal(children(after, 8), 0);
}

static void brings_back_what_is_wrong_with_the_model(void **state)
{
	(void)state;
	struct print_pool *pool = print_pool_new(self, 1);
	struct job j = job_new();
	assert_int_equal(run(pool, &j, "badge", "{\"lang\":\"en\",\"badges\":[{}]}"), INVALID);
	assert_non_null(j.err.message);
	assert_string_equal(err_of_field(&j.err, "badges.0.name"), "This is missing");
	assert_int_equal(j.out.n, 0);
	arena_free(j.arena);
	j = job_new();
	assert_int_equal(run(pool, &j, "poster", "{}"), NOT_FOUND);
	arena_free(j.arena);
	assert_prints(pool);
	print_pool_free(pool);
}

static void brings_back_warnings(void **state)
{
	(void)state;
	struct print_pool *pool = print_pool_new(self, 1);
	struct job j = job_new();
	assert_int_equal(
		run(pool, &j, "badge",
			"{\"lang\":\"en\",\"event\":{\"title\":\"T\",\"starts_on\":\"2027-09-08\","
			"\"ends_on\":\"2027-09-10\"},\"badges\":[{\"name\":\"\xF4\x8F\xBF\xBD\","
			"\"role\":\"S\",\"role_number\":1,\"qr\":\"x\",\"code\":\"K\"}]}"),
		OK);
	assert_non_null(j.warnings.first);
	assert_int_equal(j.warnings.first->code_point, 0x10FFFD);
	assert_string_equal(j.warnings.first->where, "\xF4\x8F\xBF\xBD");
	arena_free(j.arena);
	print_pool_free(pool);
}

static void survives_a_worker_that_dies_in_the_middle(void **state)
{
	(void)state;
	struct print_pool *pool = print_pool_new(self, 1);
	struct job j = job_new();
	assert_prints(pool);
	fault_armed[FAULT_PRINT_WORKER] = 1;
	assert_int_equal(run(pool, &j, "badge", print_example("badge")), INTERNAL);
	assert_int_equal(j.out.n, 0);
	assert_int_equal(fault_armed[FAULT_PRINT_WORKER], 0);
	arena_free(j.arena);
	assert_prints(pool);
	print_pool_free(pool);
}

static void replaces_a_worker_that_died_while_idle(void **state)
{
	(void)state;
	struct print_pool *pool = print_pool_new(self, 1);
	pid_t pids[8];
	assert_prints(pool);
	assert_int_equal(children(pids, 8), 1);
	assert_int_equal(kill(pids[0], SIGKILL), 0);
	/* Its socket is closed once it is a zombie. */
	siginfo_t info;
	assert_int_equal(waitid(P_PID, (id_t)pids[0], &info, WEXITED | WNOWAIT), 0);
	assert_prints(pool);
	print_pool_free(pool);
}

static void refuses_a_model_larger_than_a_request(void **state)
{
	(void)state;
	struct print_pool *pool = print_pool_new(self, 1);
	struct job j = job_new();
	char *text = arena_alloc(j.arena, WORKER_MAX_REQUEST + 1);
	memset(text, 'a', WORKER_MAX_REQUEST);
	json_setup();
	struct arena *before = json_arena_begin(j.arena);
	cJSON *model = cJSON_CreateString(text);
	json_arena_end(before);
	assert_int_equal(
		print_pool_run(pool, j.arena, "badge", model, NULL, &j.out, &j.warnings, &j.err),
		INVALID);
	arena_free(j.arena);
	print_pool_free(pool);
}

static void says_so_when_no_worker_can_be_started(void **state)
{
	(void)state;
	struct print_pool *pool = print_pool_new("/nonexistent", 1);
	struct job j = job_new();
	assert_int_equal(run(pool, &j, "badge", print_example("badge")), INTERNAL);
	arena_free(j.arena);
	print_pool_free(pool);
}

static void survives_a_program_that_is_no_worker(void **state)
{
	(void)state;
	struct print_pool *pool = print_pool_new("/bin/false", 1);
	for (int i = 0; i < 2; i++) {
		struct job j = job_new();
		assert_int_equal(run(pool, &j, "badge", print_example("badge")), INTERNAL);
		arena_free(j.arena);
	}
	print_pool_free(pool);
}

/* Hears how far a document is, and wants it until that is so far. */
struct listener {
	int n, first, last;
	int n_between; /* how often something new between nothing and all */
	int wanted_until;
};

static bool listen_to(void *arg, int percent)
{
	struct listener *l = arg;
	if (!l->n++)
		l->first = percent;
	assert_true(percent >= l->last && percent <= 100);
	l->n_between += percent > l->last && percent < 100;
	l->last = percent;
	return percent < l->wanted_until;
}

static void tells_how_far_a_document_is(void **state)
{
	(void)state;
	struct print_pool *pool = print_pool_new(self, 1);
	struct listener heard = {.wanted_until = 101};
	struct print_watch watch = {listen_to, &heard};
	struct job j = job_new();
	j.watch = &watch;
	assert_int_equal(run(pool, &j, "badge", print_example("badge")), OK);
	assert_int_equal(heard.first, 0);
	assert_int_equal(heard.last, 100);
	assert_true(heard.n_between >= 8); /* of eleven badges */
	arena_free(j.arena);
	print_pool_free(pool);
}

static void ends_the_worker_of_a_document_that_nobody_wants(void **state)
{
	(void)state;
	struct print_pool *pool = print_pool_new(self, 1);
	pid_t pids[8];
	for (int wanted_until = 0; wanted_until <= 100; wanted_until += 100) {
		struct listener heard = {.wanted_until = wanted_until};
		struct print_watch watch = {listen_to, &heard};
		struct job j = job_new();
		j.watch = &watch;
		assert_int_equal(run(pool, &j, "badge", print_example("badge")), GONE);
		assert_int_equal(j.out.n, 0);
		assert_int_equal(children(pids, 8), 0);
		arena_free(j.arena);
	}
	assert_prints(pool);
	print_pool_free(pool);
}

static void *print_many(void *pool)
{
	for (int i = 0; i < 5; i++) {
		struct job j = job_new();
		enum rc rc = run(pool, &j, "badge", print_example("badge"));
		arena_free(j.arena);
		if (rc != OK)
			return pool;
	}
	return NULL;
}

static void shares_its_workers_between_threads(void **state)
{
	(void)state;
	struct print_pool *pool = print_pool_new(self, 2);
	pthread_t threads[6];
	pid_t pids[8];
	void *failed;
	for (int i = 0; i < 6; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, print_many, pool), 0);
	for (int i = 0; i < 6; i++) {
		assert_int_equal(pthread_join(threads[i], &failed), 0);
		assert_null(failed);
	}
	assert_in_range(children(pids, 8), 1, 2);
	print_pool_free(pool);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prints_the_same_bytes_as_in_one_process),
		cmocka_unit_test(keeps_a_worker_warm),
		cmocka_unit_test(brings_back_what_is_wrong_with_the_model),
		cmocka_unit_test(brings_back_warnings),
		cmocka_unit_test(survives_a_worker_that_dies_in_the_middle),
		cmocka_unit_test(replaces_a_worker_that_died_while_idle),
		cmocka_unit_test(refuses_a_model_larger_than_a_request),
		cmocka_unit_test(says_so_when_no_worker_can_be_started),
		cmocka_unit_test(survives_a_program_that_is_no_worker),
		cmocka_unit_test(tells_how_far_a_document_is),
		cmocka_unit_test(ends_the_worker_of_a_document_that_nobody_wants),
		cmocka_unit_test(shares_its_workers_between_threads),
	};
	if (argc == 2 && strcmp(argv[1], WORKER_ARGUMENT) == 0)
		return print_worker();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
