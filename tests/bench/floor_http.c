/*
 * The floor of a page and of a save: a bare CivetWeb handler that writes the same bytes from memory,
 * in the configuration of the product (256 threads, no keep-alive, one write). What is posted is
 * put into FILE by group commit before the answer.
 *
 *   floor_http ANSWER_FILE FILE     prints its port, serves until standard input ends
 */
#include <civetweb.h>
#include <stdio.h>
#include <unistd.h>
#include "group_commit.h"

static char answer[1 << 20];
static size_t n_answer;
static struct group *group;

static void save_body(struct mg_connection *connection)
{
	char body[8192];
	size_t n_body = 0;
	int n;

	while (n_body < sizeof body &&
		(n = mg_read(connection, body + n_body, sizeof body - n_body)) > 0)
		n_body += (size_t)n;
	group_save(group, body, n_body);
}

static int handler(struct mg_connection *connection, void *unused)
{
	(void)unused;
	if (mg_get_request_info(connection)->content_length > 0)
		save_body(connection);
	mg_write(connection, answer, n_answer);
	return 200;
}

int main(int argc, char **argv)
{
	const char *options[] = {"listening_ports", "127.0.0.1:0", "num_threads", "256",
		"enable_keep_alive", "no", "tcp_nodelay", "1", "connection_queue", "1024",
		"listen_backlog", "1024", NULL};
	struct mg_callbacks callbacks = {0};
	struct mg_server_port port;
	struct mg_context *context;
	char byte;
	FILE *f = argc == 3 ? fopen(argv[1], "rb") : NULL;

	if (!f || !(group = group_open(argv[2])))
		return 2;
	n_answer = fread(answer, 1, sizeof(answer), f);
	fclose(f);
	mg_init_library(0);
	context = mg_start(&callbacks, NULL, options);
	if (!context || mg_get_server_ports(context, 1, &port) != 1)
		return 1;
	mg_set_request_handler(context, "**", handler, NULL);
	printf("%d\n", port.port);
	fflush(stdout);
	while (read(0, &byte, 1) > 0)
		;
	mg_stop(context);
	group_close(group);
	return 0;
}
