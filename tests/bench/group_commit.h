/*
 * The least a durable save can cost: one thread that puts the waiting texts into a SQLite table and
 * commits them together (WAL, synchronous=FULL), without rules, versions or audit.
 */
#ifndef BENCH_GROUP_COMMIT_H
#define BENCH_GROUP_COMMIT_H

#include <stddef.h>

struct group;

/* Makes the file. NULL when it can't be opened. group_close ends the thread; no save may be waiting. */
struct group *group_open(const char *file);
void group_close(struct group *g);

/* Returns when the text is on the disk; from any thread. */
void group_save(struct group *g, const char *text, size_t n);

#endif
