/* Clients that take their time, crowds of them, and the end of the server under a request. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "http_fixture.h"

#define H "Host: " TEST_HOST "\r\n"

static void wait_ms(int ms)
{
	nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000L}, NULL);
}

/* Bytes that never end: the connection does, a little after its lifetime. */
static int64_t trickle(struct site *s, const char *start, const char *drop)
{
	int fd = site_connect(s);
	int64_t began = clock_elapsed_ms();
	ssize_t sent = send(fd, start, strlen(start), MSG_NOSIGNAL);
	while (sent >= 0 && clock_elapsed_ms() - began < 9000) {
		char c;
		if (recv(fd, &c, 1, MSG_DONTWAIT) == 0)
			break;
		wait_ms(50);
		sent = send(fd, drop, strlen(drop), MSG_NOSIGNAL);
	}
	close(fd);
	return clock_elapsed_ms() - began;
}

static void slow_clients_are_cut_off(void **state)
{
	struct site *s = *state;
	static const char *const starts[][2] = {
		{"GET / HTTP/1.1\r\n", "X-A: 1\r\n"},
		{"POST /device HTTP/1.1\r\n" H "Content-Type: application/json\r\n"
		 "Content-Length: 100000\r\n\r\n",
			"x"},
		{"", ""},
		{"POST /device HTTP/1.1\r\n" H "Content-Length: 30000000\r\n\r\n", "x"},
	};
	for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
		int64_t ms = trickle(s, starts[i][0], starts[i][1]);
		if (ms < 300 || ms > 5000)
			fail_msg("start %zu: %lld ms", i, (long long)ms);
	}
}

static void a_slow_body_is_told_408(void **state)
{
	struct site *s = *state;
	const char *answer =
		site_ask(s, "POST /device HTTP/1.1\r\n" H "Content-Type: application/json\r\n"
			    "Content-Length: 10\r\n\r\n{\"a\":");
	assert_int_equal(answer_status(answer), 408);
	answer_check_headers(s, answer);
}

static void a_crowd_of_slow_clients_does_not_keep_others_out(void **state)
{
	struct site *s = *state;
	enum { N = 40 };
	int fds[N];
	for (size_t i = 0; i < N; i++) {
		fds[i] = site_connect(s);
		const char *start = i % 2 == 0 ? "GET / HTTP/1.1\r\nX-A: 1\r\n"
					       : "POST /device HTTP/1.1\r\n" H
						 "Content-Type: application/json\r\n"
						 "Content-Length: 1000\r\n\r\n{";
		(void)!send(fds[i], start, strlen(start), MSG_NOSIGNAL);
	}
	int64_t began = clock_elapsed_ms();
	const char *answer = site_ask(s, "GET / HTTP/1.1\r\n" H "\r\n");
	int64_t ms = clock_elapsed_ms() - began;
	assert_int_equal(answer_status(answer), 200);
	assert_true(ms < 4000);
	for (size_t i = 0; i < N; i++)
		close(fds[i]);
}

static void connections_over_the_cap_are_closed(void **state)
{
	struct site *s = *state;
	enum { N = 12, CAP = 4 };
	int fds[N], n_open = 0;
	for (size_t i = 0; i < N; i++)
		fds[i] = site_connect(s);
	wait_ms(900);
	for (size_t i = 0; i < N; i++) {
		char c;
		n_open += recv(fds[i], &c, 1, MSG_DONTWAIT) < 0 && errno == EAGAIN;
		close(fds[i]);
	}
	assert_in_range(n_open, 1, CAP);
	wait_ms(300);
	assert_int_equal(answer_status(site_ask(s, "GET / HTTP/1.1\r\n" H "\r\n")), 200);
}

static void *end_server(void *context)
{
	struct site *s = context;
	http_server_free(s->server);
	s->server = NULL;
	return NULL;
}

static void stopping_lets_the_running_request_end(void **state)
{
	struct site *s = *state;
	pthread_t thread;
	int fd = site_connect(s), port = s->port;
	const char *request = "GET /slow HTTP/1.1\r\n" H "\r\n";
	assert_int_equal(send(fd, request, strlen(request), 0), (ssize_t)strlen(request));
	while (!atomic_load(&s->is_slow_running))
		wait_ms(5);
	assert_int_equal(pthread_create(&thread, NULL, end_server, s), 0);
	const char *answer = site_read(s, fd, NULL);
	pthread_join(thread, NULL);
	assert_int_equal(answer_status(answer), 200);
	assert_string_equal(answer_body(answer), "done");
	/* The port is free again at once. */
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_not_equal(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
	close(fd);
}

static int start_plain(void **state)
{
	*state = site_new((struct site_options){.n_threads = 16});
	return 0;
}

static int start_impatient(void **state)
{
	*state = site_new((struct site_options){.lifetime_s = 1, .n_threads = 8});
	return 0;
}

static int start_capped(void **state)
{
	*state = site_new((struct site_options){.max_per_address = 4, .lifetime_s = 30});
	return 0;
}

#define WITH(test, start) cmocka_unit_test_setup_teardown(test, start, site_stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH(slow_clients_are_cut_off, start_impatient),
		WITH(a_slow_body_is_told_408, start_impatient),
		WITH(a_crowd_of_slow_clients_does_not_keep_others_out, start_impatient),
		WITH(connections_over_the_cap_are_closed, start_capped),
		WITH(stopping_lets_the_running_request_end, start_plain),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
