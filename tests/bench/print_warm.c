/*
 * What one document costs a print worker that has printed before: fonts are open, tables are read.
 * Models stand on standard input, one a line; all are printed once to warm up, then in turn until
 * COUNT documents are made. Prints the mean CPU time of a document in milliseconds, as the worker
 * spends it from JSON to PDF, and the bytes of the largest.
 *
 *   print_warm KIND COUNT < models
 */
#include "pdf/print.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct models {
	struct str *lines;
	size_t n;
};

static double cpu_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* The lines of standard input, for the life of the process. */
static struct models read_models(void)
{
	struct models m = {0};
	char *line = NULL;
	size_t room = 0;
	ssize_t length;
	while ((length = getline(&line, &room, stdin)) > 0) {
		m.lines = heap_resize(m.lines, (m.n + 1) * sizeof *m.lines);
		m.lines[m.n++] = (struct str){line, (size_t)length};
		line = NULL;
		room = 0;
	}
	return m;
}

/* The bytes of the document; a model that cannot be printed ends the program. */
static size_t print_one(struct arena *a, const char *kind, struct str model)
{
	struct err err = err_in(a);
	struct print_warnings warnings = print_warnings_in(a);
	struct buf pdf = buf_on_heap(PRINT_MAX_BYTES);
	const struct sink sink = sink_to_buf(&pdf);
	cJSON *tree;
	enum rc rc = json_parse(a, model, &tree, &err);
	if (rc == OK)
		rc = print_document(a, kind, tree, &sink, &warnings, &err);
	if (rc != OK || warnings.first) {
		fprintf(stderr, "print_warm: %s\n",
			err.message ? err.message : warnings.first->message);
		exit(1);
	}
	size_t n_bytes = pdf.n;
	buf_free(&pdf);
	arena_reset(a);
	return n_bytes;
}

int main(int argc, char **argv)
{
	char *end = NULL;
	size_t count = argc == 3 ? strtoul(argv[2], &end, 10) : 0, largest = 0;
	struct arena *a = arena_new();
	json_setup();
	struct models m = read_models();
	if (!count || *end || !m.n) {
		fputs("usage: print_warm KIND COUNT < models, one a line\n", stderr);
		return 2;
	}
	for (size_t i = 0; i < m.n; i++)
		print_one(a, argv[1], m.lines[i]);
	double start = cpu_ms();
	for (size_t i = 0; i < count; i++) {
		size_t n_bytes = print_one(a, argv[1], m.lines[i % m.n]);
		largest = n_bytes > largest ? n_bytes : largest;
	}
	printf("%.2f %zu\n", (cpu_ms() - start) / (double)count, largest);
	arena_free(a);
	return 0;
}
