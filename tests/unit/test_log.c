/* Log lines, read back through a pipe in place of standard error. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <limits.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/log.h"

static struct arena *arena;
static int pipe_ends[2];
static int saved_stderr;

static int setup(void **state)
{
	(void)state;
	arena = arena_new();
	clock_set(INT64_C(1809302341120), true);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	clock_release();
	arena_free(arena);
	return 0;
}

static void capture_begin(void)
{
	assert_int_equal(pipe(pipe_ends), 0);
	saved_stderr = dup(STDERR_FILENO);
	dup2(pipe_ends[1], STDERR_FILENO);
	close(pipe_ends[1]);
}

static const char *capture_end(void)
{
	enum { MAX = 60000 };
	char *text = arena_alloc(arena, MAX);
	size_t n = 0;
	ssize_t got;
	dup2(saved_stderr, STDERR_FILENO);
	close(saved_stderr);
	while ((got = read(pipe_ends[0], text + n, MAX - 1 - n)) > 0)
		n += (size_t)got;
	close(pipe_ends[0]);
	return text;
}

static void an_event_is_one_logfmt_line(void **state)
{
	(void)state;
	capture_begin();
	log_event(LOG_INFO, "request", "method=%s status=%d", "POST", 303);
	log_event(LOG_ERROR, "stop", "%s", "");
	const char *text = capture_end();
	assert_string_equal(text,
		"t=2027-05-02T23:59:01.120Z lvl=info evt=request method=POST status=303\n"
		"t=2027-05-02T23:59:01.120Z lvl=error evt=stop\n");
}

static void lower_levels_are_silent(void **state)
{
	(void)state;
	capture_begin();
	log_event(LOG_DEBUG, "hidden", "a=1");
	log_set_level(LOG_WARN);
	log_event(LOG_INFO, "hidden", "a=1");
	log_event(LOG_WARN, "shown", "a=1");
	log_set_level(LOG_DEBUG);
	log_event(LOG_DEBUG, "shown", "a=2");
	log_set_level(LOG_INFO);
	const char *text = capture_end();
	assert_null(strstr(text, "hidden"));
	assert_non_null(strstr(text, "lvl=warn evt=shown a=1\n"));
	assert_non_null(strstr(text, "lvl=debug evt=shown a=2\n"));
}

static void values_are_quoted_when_they_need_it(void **state)
{
	(void)state;
	assert_string_equal(log_value(arena, "/path-1.x"), "/path-1.x");
	assert_string_equal(log_value(arena, ""), "\"\"");
	assert_string_equal(log_value(arena, NULL), "\"\"");
	assert_string_equal(log_value(arena, "two words"), "\"two words\"");
	assert_string_equal(log_value(arena, "a=b"), "\"a=b\"");
	assert_string_equal(log_value(arena, "say \"x\\y\""), "\"say \\\"x\\\\y\\\"\"");
	assert_string_equal(
		log_value(arena, "a\nlvl=error\r\t\x1b"), "\"a\\nlvl=error\\r\\x09\\x1b\"");
}

static void long_values_are_cut_between_characters(void **state)
{
	(void)state;
	char wide[302];
	for (size_t i = 0; i < 300; i += 2)
		memcpy(wide + i + 1, "ü", 2);
	wide[0] = 'x';
	wide[301] = '\0';
	const char *cut = log_value(arena, wide);
	assert_int_equal(strlen(cut), 1 + 199 + strlen("…") + 1);
	assert_string_equal(cut + 198, "ü…\"");
	memset(wide, 'y', 200);
	wide[200] = '\0';
	assert_string_equal(log_value(arena, wide), wide);
}

static void a_forged_line_stays_one_line(void **state)
{
	(void)state;
	capture_begin();
	log_event(LOG_INFO, "x", "path=%s", "a\nt=1 lvl=error evt=forged");
	const char *text = capture_end();
	assert_ptr_equal(strchr(text, '\n'), text + strlen(text) - 1);
}

static void an_endless_line_is_cut_at_what_a_pipe_writes_whole(void **state)
{
	(void)state;
	char *endless = arena_alloc(arena, 20001);
	memset(endless, 'z', 20000);
	capture_begin();
	log_event(LOG_INFO, "x", "v=%s", endless);
	const char *text = capture_end();
	assert_int_equal(strlen(text), PIPE_BUF);
	assert_int_equal(text[PIPE_BUF - 1], '\n');
}

static void *chatter(void *arg)
{
	for (int i = 0; i < 100; i++)
		log_event(LOG_INFO, "chat", "thread=%d end=1", *(int *)arg);
	return NULL;
}

static void lines_of_several_threads_never_mix(void **state)
{
	(void)state;
	enum { THREADS = 4, LINE = 60 };
	pthread_t threads[THREADS];
	int numbers[THREADS];
	capture_begin();
	for (int i = 0; i < THREADS; i++) {
		numbers[i] = i;
		pthread_create(&threads[i], NULL, chatter, &numbers[i]);
	}
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	const char *text = capture_end();
	int lines = 0;
	for (const char *at = text; *at; lines++) {
		const char *end = strchr(at, '\n');
		assert_non_null(end);
		assert_memory_equal(at, "t=2027-", 7);
		assert_memory_equal(end - 6, " end=1", 6);
		at = end + 1;
	}
	assert_int_equal(lines, THREADS * 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_event_is_one_logfmt_line),
		cmocka_unit_test(lower_levels_are_silent),
		cmocka_unit_test(values_are_quoted_when_they_need_it),
		cmocka_unit_test(long_values_are_cut_between_characters),
		cmocka_unit_test(a_forged_line_stays_one_line),
		cmocka_unit_test(an_endless_line_is_cut_at_what_a_pipe_writes_whole),
		cmocka_unit_test(lines_of_several_threads_never_mix),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
