/*
 * The floor of a durable save without HTTP: rows of 1.5 kB by group commit.
 *
 *   floor_sqlite FILE CLIENTS SECONDS     prints acknowledged saves a second
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "group_commit.h"

enum { MAX_CLIENTS = 512 };

static struct group *group;
static char text[1500];
static atomic_int is_over;
static atomic_long n_saved;

static void *client(void *unused)
{
	(void)unused;
	while (!is_over) {
		group_save(group, text, sizeof text);
		atomic_fetch_add(&n_saved, 1);
	}
	return NULL;
}

int main(int argc, char **argv)
{
	pthread_t threads[MAX_CLIENTS];
	if (argc != 4 || !(group = group_open(argv[1])))
		return 2;
	int n_clients = atoi(argv[2]), seconds = atoi(argv[3]);
	if (n_clients < 1 || n_clients > MAX_CLIENTS || seconds < 1 || seconds > 60)
		return 2;
	memset(text, 'x', sizeof text);
	for (int i = 0; i < n_clients; i++)
		pthread_create(&threads[i], NULL, client, NULL);
	sleep((unsigned)seconds);
	printf("%ld\n", n_saved / seconds);
	is_over = 1;
	for (int i = 0; i < n_clients; i++)
		pthread_join(threads[i], NULL);
	group_close(group);
	return 0;
}
