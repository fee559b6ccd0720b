#include "group_commit.h"

#include <pthread.h>
#include <semaphore.h>
#include <sqlite3.h>
#include <stdlib.h>

enum { MAX_GROUP = 128 };

struct save {
	const char *text;
	size_t n;
	struct save *next;
	sem_t done;
};

struct group {
	sqlite3 *db;
	sqlite3_stmt *insert;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t added;
	struct save *first, **last; /* guarded by lock, as is is_ending */
	int is_ending;
};

/* The waiting saves, at most MAX_GROUP of them, or NULL when all is over. */
static struct save *take_group(struct group *g)
{
	pthread_mutex_lock(&g->lock);
	while (!g->first && !g->is_ending)
		pthread_cond_wait(&g->added, &g->lock);
	struct save *taken = g->first, **end = &g->first;
	for (int i = 0; i < MAX_GROUP && *end; i++)
		end = &(*end)->next;
	struct save *rest = *end;
	*end = NULL;
	g->first = rest;
	if (!rest)
		g->last = &g->first;
	pthread_mutex_unlock(&g->lock);
	return taken;
}

static void *write_groups(void *context)
{
	struct group *g = context;
	struct save *group;
	while ((group = take_group(g)) != NULL) {
		sqlite3_exec(g->db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
		for (struct save *one = group; one; one = one->next) {
			sqlite3_bind_text(g->insert, 1, one->text, (int)one->n, SQLITE_STATIC);
			sqlite3_step(g->insert);
			sqlite3_reset(g->insert);
		}
		if (sqlite3_exec(g->db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
			abort();
		while (group) {
			struct save *next = group->next;
			sem_post(&group->done); /* from here on the save is gone */
			group = next;
		}
	}
	return NULL;
}

struct group *group_open(const char *file)
{
	struct group *g = calloc(1, sizeof *g);
	if (!g || sqlite3_open(file, &g->db) != SQLITE_OK)
		return NULL;
	sqlite3_exec(g->db,
		"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE text (body TEXT)", NULL,
		NULL, NULL);
	if (sqlite3_prepare_v2(g->db, "INSERT INTO text (body) VALUES (?1)", -1, &g->insert, NULL))
		return NULL;
	g->last = &g->first;
	pthread_mutex_init(&g->lock, NULL);
	pthread_cond_init(&g->added, NULL);
	return pthread_create(&g->thread, NULL, write_groups, g) == 0 ? g : NULL;
}

void group_save(struct group *g, const char *text, size_t n)
{
	struct save save = {.text = text, .n = n};
	sem_init(&save.done, 0, 0);
	pthread_mutex_lock(&g->lock);
	*g->last = &save;
	g->last = &save.next;
	pthread_cond_signal(&g->added);
	pthread_mutex_unlock(&g->lock);
	while (sem_wait(&save.done) != 0)
		;
	sem_destroy(&save.done);
}

void group_close(struct group *g)
{
	pthread_mutex_lock(&g->lock);
	g->is_ending = 1;
	pthread_cond_signal(&g->added);
	pthread_mutex_unlock(&g->lock);
	pthread_join(g->thread, NULL);
	sqlite3_finalize(g->insert);
	sqlite3_close(g->db);
	free(g);
}
