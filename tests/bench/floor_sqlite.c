/*
 * The floor of a durable save: rows of 1.5 kB into SQLite by one writer that groups the waiting
 * clients into one commit (WAL, synchronous=FULL), without HTTP, rules or audit.
 *
 *   floor_sqlite FILE CLIENTS SECONDS     prints acknowledged saves a second
 */
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MAX_CLIENTS = 512 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t wanted = PTHREAD_COND_INITIALIZER;
static pthread_cond_t done[MAX_CLIENTS];
static int is_waiting[MAX_CLIENTS]; /* guarded by lock */
static int n_clients;
static atomic_int is_over;
static atomic_long n_saved;

static void *client(void *arg)
{
	int i = *(int *)arg;

	pthread_mutex_lock(&lock);
	while (!is_over) {
		is_waiting[i] = 1;
		pthread_cond_signal(&wanted);
		while (is_waiting[i] && !is_over)
			pthread_cond_wait(&done[i], &lock);
		atomic_fetch_add(&n_saved, 1);
	}
	pthread_mutex_unlock(&lock);
	return NULL;
}

static int take_waiting(int *taken)
{
	int n = 0;

	for (int i = 0; i < n_clients && n < 128; i++)
		if (is_waiting[i])
			taken[n++] = i;
	return n;
}

static void insert(sqlite3_stmt *statement, const char *text)
{
	sqlite3_bind_text(statement, 1, text, -1, SQLITE_STATIC);
	sqlite3_step(statement);
	sqlite3_reset(statement);
}

static void write_groups(sqlite3 *db, time_t end)
{
	static char text[1501];
	int taken[128], n;
	sqlite3_stmt *statement;

	memset(text, 'x', sizeof(text) - 1);
	sqlite3_prepare_v2(db, "INSERT INTO text (body) VALUES (?1)", -1, &statement, NULL);
	pthread_mutex_lock(&lock);
	while (time(NULL) < end) {
		while (!(n = take_waiting(taken)))
			pthread_cond_wait(&wanted, &lock);
		pthread_mutex_unlock(&lock);
		sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
		for (int i = 0; i < n; i++)
			insert(statement, text);
		sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
		pthread_mutex_lock(&lock);
		for (int i = 0; i < n; i++) {
			is_waiting[taken[i]] = 0;
			pthread_cond_signal(&done[taken[i]]);
		}
	}
	is_over = 1;
	for (int i = 0; i < n_clients; i++)
		pthread_cond_signal(&done[i]);
	pthread_mutex_unlock(&lock);
	sqlite3_finalize(statement);
}

int main(int argc, char **argv)
{
	pthread_t threads[MAX_CLIENTS];
	int numbers[MAX_CLIENTS];
	long seconds;
	sqlite3 *db;

	if (argc != 4 || sqlite3_open(argv[1], &db))
		return 2;
	n_clients = (int)strtoul(argv[2], NULL, 10);
	seconds = (long)strtoul(argv[3], NULL, 10);
	if (n_clients < 1 || n_clients > MAX_CLIENTS || seconds < 1 || seconds > 60)
		return 2;
	sqlite3_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE text (body TEXT)",
		NULL, NULL, NULL);
	for (int i = 0; i < n_clients; i++) {
		numbers[i] = i;
		pthread_cond_init(&done[i], NULL);
		pthread_create(&threads[i], NULL, client, &numbers[i]);
	}
	write_groups(db, time(NULL) + seconds);
	for (int i = 0; i < n_clients; i++)
		pthread_join(threads[i], NULL);
	printf("%ld\n", n_saved / seconds);
	sqlite3_close(db);
	return 0;
}
