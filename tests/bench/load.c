/*
 * A load of HTTP requests for the benchmarks: so many clients, one connection a request, the same
 * bytes each time. Prints requests a second, median and 99th percentile in microseconds, and how
 * many answers were not 2xx or 3xx.
 *
 *   load PORT CLIENTS SECONDS REQUEST_FILE
 */
#include <arpa/inet.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MAX_SAMPLES = 1 << 20, MAX_CLIENTS = 512 };

static struct {
	struct sockaddr_in address;
	const char *request;
	size_t n_request;
	int64_t end_us;
	uint32_t *samples_us;
	atomic_size_t n_samples;
	atomic_size_t n_bad;
} run;

static int64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int send_all(int fd)
{
	size_t sent = 0;

	while (sent < run.n_request) {
		ssize_t n = send(fd, run.request + sent, run.n_request - sent, MSG_NOSIGNAL);
		if (n <= 0)
			return -1;
		sent += (size_t)n;
	}
	return 0;
}

/* 1 for an answer of 200 to 399 that was read to its end. */
static int one_request(void)
{
	char bytes[65536], head[16] = "";
	size_t n_head = 0;
	ssize_t n = -1;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd >= 0 && !connect(fd, (struct sockaddr *)&run.address, sizeof(run.address)) &&
		!send_all(fd))
		while ((n = recv(fd, bytes, sizeof(bytes), 0)) > 0)
			for (ssize_t i = 0; i < n && n_head < 12; i++)
				head[n_head++] = bytes[i];
	if (fd >= 0)
		close(fd);
	return n == 0 && n_head == 12 && (head[9] == '2' || head[9] == '3');
}

static void *client(void *unused)
{
	(void)unused;
	for (;;) {
		int64_t start = now_us();
		size_t at;
		if (start >= run.end_us)
			return NULL;
		if (!one_request()) {
			atomic_fetch_add(&run.n_bad, 1);
			continue;
		}
		at = atomic_fetch_add(&run.n_samples, 1);
		if (at < MAX_SAMPLES)
			run.samples_us[at] = (uint32_t)(now_us() - start);
	}
}

static int by_size(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

static int read_request(const char *path)
{
	static char request[1 << 20];
	FILE *f = fopen(path, "rb");

	if (!f)
		return -1;
	run.n_request = fread(request, 1, sizeof(request), f);
	run.request = request;
	fclose(f);
	return run.n_request ? 0 : -1;
}

int main(int argc, char **argv)
{
	pthread_t threads[MAX_CLIENTS];
	long n_clients, seconds;
	int64_t start;
	size_t n;

	if (argc != 5 || read_request(argv[4])) {
		fprintf(stderr, "usage: load PORT CLIENTS SECONDS REQUEST_FILE\n");
		return 2;
	}
	run.address.sin_family = AF_INET;
	run.address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	run.address.sin_port = htons((uint16_t)strtoul(argv[1], NULL, 10));
	n_clients = (long)strtoul(argv[2], NULL, 10);
	seconds = (long)strtoul(argv[3], NULL, 10);
	if (n_clients < 1 || n_clients > MAX_CLIENTS || seconds < 1 || seconds > 60)
		return 2;
	run.samples_us = calloc(MAX_SAMPLES, sizeof(uint32_t));
	start = now_us();
	run.end_us = start + seconds * 1000000;
	for (long i = 0; i < n_clients; i++)
		pthread_create(&threads[i], NULL, client, NULL);
	for (long i = 0; i < n_clients; i++)
		pthread_join(threads[i], NULL);
	n = run.n_samples < MAX_SAMPLES ? run.n_samples : MAX_SAMPLES;
	qsort(run.samples_us, n, sizeof(uint32_t), by_size);
	printf("%.0f %u %u %zu %zu\n", (double)run.n_samples * 1e6 / (double)(now_us() - start),
		n ? run.samples_us[n / 2] : 0, n ? run.samples_us[n * 99 / 100] : 0,
		(size_t)run.n_samples, (size_t)run.n_bad);
	return 0;
}
