/*
 * Printing in other processes, so that no input takes the server down: a pool of warm workers, each
 * started as `symposiarch-print --worker` (pdf/main.c), with limits of its own.
 *
 * A worker that dies, hangs or answers nonsense is killed and replaced; the document in hand fails
 * with INTERNAL or BUSY, all others go on. A worker is retired after WORKER_MAX_DOCUMENTS.
 *
 * On the wire, numbers big-endian: a request is 4 bytes of length and that much JSON, {"kind",
 * "model", "as" ("svg": a picture)}. Before its answer a worker may say how far it is, any number
 * of times: 1 byte (WORKER_PROGRESS) and 4 bytes of percent. An answer is 1 byte (enum rc), 4 bytes
 * of length of a JSON report {"message", "fields", "warnings"}, 4 bytes of length of the PDF, then
 * both.
 */
#ifndef PDF_WORKER_H
#define PDF_WORKER_H

#include "pdf/print.h"

enum {
	WORKER_MAX_DOCUMENTS = 500,
	WORKER_CPU_S = 20,         /* a document */
	WORKER_MEMORY_MIB = 1024,  /* of address space */
	WORKER_TIMEOUT_MS = 30000, /* waiting for a free worker, and then between signs of life */
	WORKER_MAX_REQUEST = PRINT_MAX_MODEL,
	WORKER_TELL_MS = 400, /* how often, at the least, somebody who watches is told */
	WORKER_PROGRESS = 255,
};

struct print_pool;

/* What makes a worker of the executable. */
#define WORKER_ARGUMENT "--worker"

/* The path of symposiarch-print, which stands in the folder of the running program. */
const char *print_program(struct arena *a);

/* INVALID, and what to do, when it is not there or cannot be started. */
enum rc print_program_check(const char *program, struct err *err) NODISCARD;

/* Starts no process before the first document. `program`: the path of the executable. */
struct print_pool *print_pool_new(const char *program, int n_workers);

/* Ends the workers. No print_pool_run() may be under way. */
void print_pool_free(struct print_pool *p);

/*
 * Who waits for a document. tell() is called on the waiting thread whenever the worker says how far
 * it is, and at least every WORKER_TELL_MS; from 0 to 100, never less than before. When it returns
 * false nobody wants the document any more: its worker is ended.
 */
struct print_watch {
	bool (*tell)(void *arg, int percent);
	void *arg;
};

/*
 * As print_document(), from any thread, in a worker; watch may be NULL. Beside its results: INVALID
 * when the model is larger than WORKER_MAX_REQUEST, BUSY when no worker came free or the document
 * took too long, GONE when whoever watched wanted it no more, INTERNAL when the worker died.
 */
enum rc print_pool_run(struct print_pool *p, struct arena *a, const char *kind, const cJSON *model,
	const struct print_watch *watch, struct buf *out, struct print_warnings *warnings,
	struct err *err) NODISCARD;

/* The same for print_picture(). */
enum rc print_pool_picture(struct print_pool *p, struct arena *a, const char *kind,
	const cJSON *model, struct buf *out, struct print_warnings *warnings,
	struct err *err) NODISCARD;

/* The worker: serves requests on standard input until it ends; returns the exit status. */
int print_worker(void);

#endif
