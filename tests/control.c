/*
 * The door through which a test moves the clock, arms fault points and seeds the random source of a
 * running program. Linked only into build/symposiarch-test; the product has no such door.
 *
 * SYMPOSIARCH_CONTROL names a Unix socket to listen on. Each line is a command, answered "ok" or
 * "error …":
 *   clock set <ms> frozen|running
 *   clock add <ms>
 *   clock release
 *   fault <NAME> <count>      NAME as in base/fault.h without FAULT_
 *   seed <n>
 * SYMPOSIARCH_CONTROL_FIRST holds such lines to run before main() begins.
 */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/fault.h"
#include "base/random.h"
#include "base/str.h"

enum { LINE_MAX_BYTES = 256 };

static const char *const fault_names[N_FAULTS] = {
	[FAULT_STORE_COMMIT] = "STORE_COMMIT",
	[FAULT_STORE_BUSY] = "STORE_BUSY",
	[FAULT_STORE_READ] = "STORE_READ",
	[FAULT_BLOB_FSYNC] = "BLOB_FSYNC",
	[FAULT_MAIL_SEND] = "MAIL_SEND",
	[FAULT_PRINT_WORKER] = "PRINT_WORKER",
};
_Static_assert(N_FAULTS == 7, "name the new fault point above");

/* Whether the last "clock set" stopped the clock, which "clock add" keeps. */
static bool is_frozen;
static pthread_mutex_t clock_mutex = PTHREAD_MUTEX_INITIALIZER; /* guards is_frozen */

static _Noreturn void give_up(const char *what)
{
	fprintf(stderr, "control: %s: %s\n", what, strerror(errno));
	abort();
}

static const char *run_clock(struct str rest)
{
	struct str verb = str_cut(&rest, ' ');
	if (str_is(verb, "release")) {
		is_frozen = false;
		clock_release();
		return "ok";
	}
	int64_t ms;
	if (!rest.p || !str_to_i64(str_cut(&rest, ' '), &ms))
		return "error: clock set|add needs milliseconds";
	if (str_is(verb, "add")) {
		clock_set(clock_now_ms() + ms, is_frozen);
		return "ok";
	}
	if (!str_is(verb, "set") || !rest.p ||
		(!str_is(rest, "frozen") && !str_is(rest, "running")))
		return "error: clock set <ms> frozen|running, clock add <ms>, clock release";
	is_frozen = str_is(rest, "frozen");
	clock_set(ms, is_frozen);
	return "ok";
}

static const char *run_fault(struct str rest)
{
	struct str name = str_cut(&rest, ' ');
	int64_t count;
	if (!rest.p || !str_to_i64(rest, &count) || count < 0 || count > 1000000)
		return "error: fault <NAME> <count>";
	for (int point = FAULT_NONE + 1; point < N_FAULTS; point++) {
		if (str_is(name, fault_names[point])) {
			__atomic_store_n(&fault_armed[point], (unsigned)count, __ATOMIC_SEQ_CST);
			return "ok";
		}
	}
	return "error: no such fault point";
}

static const char *run_command(struct str line)
{
	struct str verb = str_cut(&line, ' ');
	if (!line.p)
		return "error: clock, fault or seed, each with arguments";
	if (str_is(verb, "clock")) {
		pthread_mutex_lock(&clock_mutex);
		const char *answer = run_clock(line);
		pthread_mutex_unlock(&clock_mutex);
		return answer;
	}
	if (str_is(verb, "fault"))
		return run_fault(line);
	int64_t seed;
	if (!str_is(verb, "seed") || !str_to_i64(line, &seed))
		return "error: clock, fault or seed, each with arguments";
	random_seed((uint64_t)seed);
	return "ok";
}

static void *serve_connection(void *arg)
{
	FILE *stream = arg;
	char line[LINE_MAX_BYTES];
	while (fgets(line, sizeof line, stream)) {
		size_t n = strcspn(line, "\n");
		bool is_whole = line[n] == '\n';
		const char *answer = is_whole ? run_command((struct str){line, n})
					      : "error: the line is too long";
		if (dprintf(fileno(stream), "%s\n", answer) < 0 || !is_whole)
			break;
	}
	fclose(stream);
	return NULL;
}

static void start_detached(void *(*run)(void *), void *arg)
{
	pthread_t thread;
	if (pthread_create(&thread, NULL, run, arg) != 0)
		give_up("pthread_create");
	pthread_detach(thread);
}

static void *accept_connections(void *arg)
{
	int listening = *(const int *)arg;
	for (;;) {
		int fd = accept(listening, NULL, NULL);
		if (fd < 0)
			give_up("accept");
		FILE *stream = fdopen(fd, "r");
		if (!stream)
			give_up("fdopen");
		start_detached(serve_connection, stream);
	}
	return NULL;
}

static void listen_at(const char *path)
{
	static int listening;
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	if (strlen(path) >= sizeof address.sun_path) {
		errno = ENAMETOOLONG;
		give_up(path);
	}
	memcpy(address.sun_path, path, strlen(path));
	listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (listening < 0 ||
		bind(listening, (const struct sockaddr *)&address, sizeof address) != 0 ||
		listen(listening, 8) != 0)
		give_up(path);

	/* These threads take no signals: the program's own way of ending must be the one tested. */
	sigset_t all;
	sigset_t before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	start_detached(accept_connections, &listening);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

__attribute__((constructor)) static void control_start(void)
{
	const char *path = getenv("SYMPOSIARCH_CONTROL");
	if (!path)
		return;
	/* A test that is killed takes its server along. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	struct str first = str_from(getenv("SYMPOSIARCH_CONTROL_FIRST"));
	while (first.n > 0) {
		struct str line = str_cut(&first, '\n');
		const char *answer = run_command(line);
		if (strcmp(answer, "ok") != 0) {
			fprintf(stderr, "control: %.*s: %s\n", (int)line.n, line.p, answer);
			abort();
		}
	}
	listen_at(path);
	/* Print workers are this program again: the door is for the first process only. */
	unsetenv("SYMPOSIARCH_CONTROL");
	unsetenv("SYMPOSIARCH_CONTROL_FIRST");
}
