/*
 * Strange models through a warm print worker: each is printed, or refused with a reason. A worker
 * that dies, hangs or runs out of memory or time shows as INTERNAL or BUSY, and fails the test with
 * the smallest model that does the same.
 *
 *   test_pdf_fuzz [MODELS [FIRST_SEED]]
 *   test_pdf_fuzz show SEED                prints the model
 */
#include "pdf_mutate.h"

#include "base/clock.h"
#include "pdf/worker.h"

#include <fcntl.h>
#include <setjmp.h>
#include <spawn.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { DEFAULT_MODELS = 1000, QPDF_EVERY = 50, MAX_TRIES = 3000, MAX_KINDS = 64 };

static int64_t n_models = DEFAULT_MODELS, first_seed = 1;

/* A document in hand. */
struct job {
	struct arena *arena;
	struct err err;
	struct print_warnings warnings;
	struct buf out;
};

static enum rc print(struct print_pool *pool, struct job *j, const char *kind, const cJSON *model)
{
	j->err = err_in(j->arena);
	j->warnings = print_warnings_in(j->arena);
	j->out = buf_in(j->arena, PRINT_MAX_BYTES);
	return print_pool_run(pool, j->arena, kind, model, NULL, &j->out, &j->warnings, &j->err);
}

/* What may not be: NULL when the document was printed, or refused with a reason. */
static const char *complaint(const struct job *j, enum rc rc)
{
	if (rc == INVALID)
		return j->err.message && j->err.message[0] ? NULL : "refused without a reason";
	if (rc != OK)
		return j->err.message ? j->err.message : "failed without a reason";
	if (!str_starts_with(buf_view(&j->out), STR("%PDF-")) ||
		!str_ends_with(buf_view(&j->out), STR("%%EOF\n")))
		return "this is no PDF";
	return NULL;
}

static bool qpdf_accepts(const struct buf *pdf)
{
	char name[] = "/tmp/symposiarch-fuzz-XXXXXX", tool[] = "qpdf", check[] = "--check";
	char *arguments[] = {tool, check, name, NULL};
	posix_spawn_file_actions_t files;
	pid_t pid;
	int status = -1, fd = mkstemp(name);
	assert_true(fd >= 0 && write(fd, pdf->p, pdf->n) == (ssize_t)pdf->n);
	close(fd);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	assert_int_equal(posix_spawnp(&pid, tool, &files, NULL, arguments, environ), 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	posix_spawn_file_actions_destroy(&files);
	unlink(name);
	return status == 0;
}

/* Finding the smallest model: whatever can be left out is left out. */
struct shrink {
	struct print_pool *pool;
	struct arena *arena;
	const char *kind;
	cJSON *model;
	int n_tries;
};

static bool still_fails(struct shrink *s)
{
	struct job j = {.arena = arena_new()};
	s->n_tries++;
	bool fails = complaint(&j, print(s->pool, &j, s->kind, s->model)) != NULL;
	arena_free(j.arena);
	return fails;
}

static void shorten_text(struct shrink *s, cJSON *value)
{
	for (size_t n = strlen(value->valuestring) / 2; n > 0 && s->n_tries < MAX_TRIES; n /= 2) {
		for (size_t at = 0; at + n <= strlen(value->valuestring);) {
			char *whole = value->valuestring;
			bool starts = (whole[at] & 0xC0) != 0x80,
			     ends = (whole[at + n] & 0xC0) != 0x80;
			value->valuestring =
				arena_printf(s->arena, "%.*s%s", (int)at, whole, whole + at + n);
			if (starts && ends && s->n_tries < MAX_TRIES && still_fails(s))
				continue;
			value->valuestring = whole;
			at += n;
		}
	}
}

static void shrink_children(struct shrink *s, cJSON *value)
{
	for (cJSON *child = value->child, *next; child && s->n_tries < MAX_TRIES; child = next) {
		next = child->next;
		cJSON *link = child->prev;
		bool was_first = value->child == child;
		cJSON_DetachItemViaPointer(value, child);
		if (still_fails(s))
			continue;
		if (was_first || !next)
			cJSON_InsertItemInArray(
				value, was_first ? 0 : cJSON_GetArraySize(value), child);
		else {
			child->prev = link;
			child->next = next;
			link->next = child;
			next->prev = child;
		}
		shrink_children(s, child);
		if (cJSON_IsString(child))
			shorten_text(s, child);
	}
}

static void fail_with(struct print_pool *pool, struct job *j, const char *kind, cJSON *model,
	int64_t seed, const char *why)
{
	struct arena *before = json_arena_begin(j->arena);
	struct shrink s = {pool, j->arena, kind, model, 0};
	struct buf b = buf_in(j->arena, 1 << 24);
	if (still_fails(&s))
		shrink_children(&s, model);
	json_write(&b, model);
	json_arena_end(before);
	fail_msg("%s, seed %lld: %s\nThe model, cut down (%d tries):\n%s", kind, (long long)seed,
		why, s.n_tries, buf_cstr(&b));
}

struct tally {
	int n_models[MAX_KINDS], n_printed[MAX_KINDS]; /* by kind */
	int n_all_printed;
	int64_t slowest_ms, slowest_seed;
};

/* The kinds take turns. */
static int kind_index(int64_t seed)
{
	int n = 0;
	while (print_kinds()[n])
		n++;
	assert_true(n > 0 && n <= MAX_KINDS);
	return (int)(seed % n);
}

static const char *kind_of(int64_t seed)
{
	return print_kinds()[kind_index(seed)];
}

static void print_one(struct print_pool *pool, int64_t seed, struct tally *t)
{
	struct job j = {.arena = arena_new()};
	int kind = kind_index(seed);
	cJSON *model = pdf_mutate(j.arena, kind_of(seed), (uint64_t)seed);
	int64_t start_ms = clock_elapsed_ms();
	enum rc rc = print(pool, &j, kind_of(seed), model);
	int64_t ms = clock_elapsed_ms() - start_ms;
	const char *wrong = complaint(&j, rc);
	t->n_models[kind]++;
	if (rc == OK) {
		t->n_printed[kind]++;
		if (!wrong && ++t->n_all_printed % QPDF_EVERY == 0 && !qpdf_accepts(&j.out))
			wrong = "qpdf finds faults in the PDF";
	}
	if (wrong)
		fail_with(pool, &j, kind_of(seed), model, seed, wrong);
	if (ms > t->slowest_ms) {
		t->slowest_ms = ms;
		t->slowest_seed = seed;
	}
	arena_free(j.arena);
}

static void prints_or_refuses_every_model(void **state)
{
	(void)state;
	struct print_pool *pool = print_pool_new("/proc/self/exe", 1);
	struct tally t = {0};
	for (int64_t i = 0; i < n_models; i++)
		print_one(pool, first_seed + i, &t);
	print_pool_free(pool);
	print_message("the slowest (%s, seed %lld) took %lld ms\n", kind_of(t.slowest_seed),
		(long long)t.slowest_seed, (long long)t.slowest_ms);
	for (int kind = 0; kind < MAX_KINDS && t.n_models[kind]; kind++) {
		print_message("%s: %d of %d printed\n", print_kinds()[kind], t.n_printed[kind],
			t.n_models[kind]);
		/* Were nearly all of them refused, little would be tried. */
		if (n_models >= DEFAULT_MODELS)
			assert_true(t.n_printed[kind] * 20 >= t.n_models[kind]);
	}
}

static int show(const char *seed_text)
{
	int64_t seed;
	if (!str_to_i64(str_from(seed_text), &seed))
		return 2;
	struct arena *a = arena_new();
	struct buf b = buf_in(a, 1 << 24);
	json_write(&b, pdf_mutate(a, kind_of(seed), (uint64_t)seed));
	fprintf(stderr, "%s\n", kind_of(seed));
	puts(buf_cstr(&b));
	arena_free(a);
	return 0;
}

static bool read_numbers(int argc, char **argv)
{
	return (argc < 2 || str_to_i64(str_from(argv[1]), &n_models)) &&
	       (argc < 3 || str_to_i64(str_from(argv[2]), &first_seed)) && argc <= 3;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prints_or_refuses_every_model),
	};
	if (argc == 2 && strcmp(argv[1], WORKER_ARGUMENT) == 0)
		return print_worker();
	json_setup();
	if (argc == 3 && strcmp(argv[1], "show") == 0)
		return show(argv[2]);
	if (!read_numbers(argc, argv))
		return 2;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
