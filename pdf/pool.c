/* The server's side: who has which worker, and what happens when one fails. */
#include "pdf/frame.h"
#include "pdf/worker.h"

#include "base/clock.h"
#include "base/fault.h"
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct slot {
	pid_t pid; /* 0: not started */
	int fd;
	int n_documents;
	bool is_taken;
};

/* `lock` guards is_taken of every slot; the rest of a slot belongs to who has taken it. */
struct print_pool {
	pthread_mutex_t lock;
	pthread_cond_t freed;
	char *program;
	int n_slots;
	struct slot *slots;
};

struct print_pool *print_pool_new(const char *program, int n_workers)
{
	struct print_pool *p = heap_alloc(sizeof *p);
	pthread_condattr_t attributes;
	pthread_mutex_init(&p->lock, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&p->freed, &attributes);
	pthread_condattr_destroy(&attributes);
	p->program = heap_strdup(program);
	p->n_slots = n_workers > 0 ? n_workers : 1;
	p->slots = heap_alloc((size_t)p->n_slots * sizeof *p->slots);
	return p;
}

/* Closing the socket ends an idle worker; the signal ends one that no longer listens. */
static void stop_worker(struct slot *s)
{
	if (!s->pid)
		return;
	close(s->fd);
	kill(s->pid, SIGKILL);
	while (waitpid(s->pid, NULL, 0) < 0 && errno == EINTR)
		continue;
	*s = (struct slot){.is_taken = s->is_taken};
}

void print_pool_free(struct print_pool *p)
{
	for (int i = 0; i < p->n_slots; i++)
		stop_worker(&p->slots[i]);
	pthread_cond_destroy(&p->freed);
	pthread_mutex_destroy(&p->lock);
	heap_free(p->slots);
	heap_free(p->program);
	heap_free(p);
}

/*
 * The worker gets its socket as standard input, standard error for its log, and nothing else: no
 * other descriptor, no environment (it holds secrets), no signal mask, a process group of its own.
 */
static int spawn(const char *program, int fd, pid_t *pid)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attributes;
	char name[] = "symposiarch-print", worker[] = WORKER_ARGUMENT;
	char *arguments[] = {name, worker, NULL}, *environment[] = {NULL};
	sigset_t none;
	sigemptyset(&none);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_adddup2(&files, fd, STDIN_FILENO);
	posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
	posix_spawnattr_setpgroup(&attributes, 0);
	posix_spawnattr_setsigmask(&attributes, &none);
	int error = posix_spawn(pid, program, &files, &attributes, arguments, environment);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&files);
	return error;
}

static enum rc start_worker(struct print_pool *p, struct slot *s, struct err *err)
{
	int ends[2];
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
		return err_internal(err, "print pool: socketpair: errno %d", errno);
	int error = spawn(p->program, ends[1], &s->pid);
	close(ends[1]);
	if (error) {
		close(ends[0]);
		s->pid = 0;
		return err_internal(
			err, "print pool: cannot start %s: errno %d", p->program, error);
	}
	s->fd = ends[0];
	s->n_documents = 0;
	return OK;
}

/* Between documents a living worker says nothing: readable means that it is gone. */
static bool has_died(const struct slot *s)
{
	struct pollfd p = {.fd = s->fd, .events = POLLIN};
	return poll(&p, 1, 0) != 0;
}

static struct timespec after_ms(int64_t ms)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	t.tv_sec += (time_t)(ms / 1000);
	t.tv_nsec += (long)(ms % 1000) * 1000000L;
	if (t.tv_nsec >= 1000000000L) {
		t.tv_sec++;
		t.tv_nsec -= 1000000000L;
	}
	return t;
}

static struct slot *take_slot(struct print_pool *p, int64_t wait_ms)
{
	struct timespec until = after_ms(wait_ms);
	struct slot *taken = NULL;
	pthread_mutex_lock(&p->lock);
	for (int error = 0; !taken && !error;) {
		/* The last one that is free was used last or never: warm ones come first. */
		for (int i = 0; i < p->n_slots; i++)
			if (!p->slots[i].is_taken && (!taken || (!taken->pid && p->slots[i].pid)))
				taken = &p->slots[i];
		if (!taken)
			error = pthread_cond_timedwait(&p->freed, &p->lock, &until);
	}
	if (taken)
		taken->is_taken = true;
	pthread_mutex_unlock(&p->lock);
	return taken;
}

static void give_slot(struct print_pool *p, struct slot *s)
{
	pthread_mutex_lock(&p->lock);
	s->is_taken = false;
	pthread_cond_signal(&p->freed);
	pthread_mutex_unlock(&p->lock);
}

/* ---- one document ---- */

/* A document on its way, and who waits for it. */
struct errand {
	struct arena *arena;
	struct str request;
	const struct print_watch *watch; /* NULL: nobody asks how far it is */
	int percent;
	bool is_unwanted;
	struct buf *out;
	struct print_warnings *warnings;
};

static bool is_wanted(struct errand *e)
{
	if (e->watch && !e->watch->tell(e->watch->arg, e->percent))
		e->is_unwanted = true;
	return !e->is_unwanted;
}

/* A free worker, waited for in steps, so that whoever watches can change their mind. */
static struct slot *wait_for_slot(struct print_pool *p, struct errand *e)
{
	int64_t deadline = clock_elapsed_ms() + WORKER_TIMEOUT_MS;
	struct slot *s = NULL;
	while (!s && is_wanted(e) && clock_elapsed_ms() < deadline)
		s = take_slot(p, WORKER_TELL_MS);
	return s;
}

/* An answer as it came over the wire. */
struct answer {
	enum rc rc;
	struct str report;
};

static enum frame_result send_request(struct slot *s, struct str request)
{
	unsigned char head[FRAME_NUMBER_BYTES];
	int64_t deadline = clock_elapsed_ms() + WORKER_TIMEOUT_MS;
	frame_put_number(head, (uint32_t)request.n);
	enum frame_result r =
		frame_send(s->fd, (struct str){(const char *)head, sizeof head}, deadline);
	if (r == FRAME_OK)
		r = frame_send(s->fd, request, deadline);
	if (FAULT(FAULT_PRINT_WORKER))
		kill(s->pid, SIGKILL);
	return r;
}

/* Until the worker says something, telling who watches now and then. */
static enum frame_result wait_for_word(struct slot *s, struct errand *e, int64_t deadline)
{
	for (;;) {
		int64_t step = clock_elapsed_ms() + WORKER_TELL_MS;
		enum frame_result r = frame_wait(s->fd, step < deadline ? step : deadline);
		if (r != FRAME_LATE || step >= deadline)
			return r;
		if (!is_wanted(e))
			return FRAME_CLOSED;
	}
}

static enum frame_result receive_progress(struct slot *s, struct errand *e, int64_t deadline)
{
	unsigned char number[FRAME_NUMBER_BYTES];
	enum frame_result r = frame_receive(s->fd, number, sizeof number, deadline);
	if (r != FRAME_OK)
		return r;
	uint32_t percent = frame_number(number);
	if (percent > 100)
		return FRAME_CLOSED;
	if ((int)percent > e->percent)
		e->percent = (int)percent;
	return is_wanted(e) ? FRAME_OK : FRAME_CLOSED;
}

/* The first byte of the answer; what is said before it is progress. */
static enum frame_result receive_verdict(
	struct slot *s, struct errand *e, unsigned char *verdict, int64_t *deadline)
{
	enum frame_result r;
	do {
		*deadline = clock_elapsed_ms() + WORKER_TIMEOUT_MS;
		r = wait_for_word(s, e, *deadline);
		if (r == FRAME_OK)
			r = frame_receive(s->fd, verdict, 1, *deadline);
		if (r == FRAME_OK && *verdict == WORKER_PROGRESS)
			r = receive_progress(s, e, *deadline);
	} while (r == FRAME_OK && *verdict == WORKER_PROGRESS);
	return r;
}

static enum frame_result receive_answer(struct slot *s, struct errand *e, struct answer *answer)
{
	unsigned char verdict = 0, lengths[2 * FRAME_NUMBER_BYTES];
	int64_t deadline;
	enum frame_result r = receive_verdict(s, e, &verdict, &deadline);
	if (r == FRAME_OK)
		r = frame_receive(s->fd, lengths, sizeof lengths, deadline);
	if (r != FRAME_OK)
		return r;
	size_t n_report = frame_number(lengths);
	size_t n_pdf = frame_number(lengths + FRAME_NUMBER_BYTES);
	if (verdict > INTERNAL || n_report > WORKER_MAX_REQUEST || n_pdf > PRINT_MAX_BYTES)
		return FRAME_CLOSED;
	char *report = arena_alloc(e->arena, n_report);
	char *pdf = heap_alloc(n_pdf);
	*answer = (struct answer){(enum rc)verdict, {report, n_report}};
	r = frame_receive(s->fd, report, n_report, deadline);
	if (r == FRAME_OK)
		r = frame_receive(s->fd, pdf, n_pdf, deadline);
	if (r == FRAME_OK)
		buf_add(e->out, pdf, n_pdf);
	heap_free(pdf);
	return r;
}

static enum frame_result exchange(struct slot *s, struct errand *e, struct answer *answer)
{
	enum frame_result r = send_request(s, e->request);
	return r == FRAME_OK ? receive_answer(s, e, answer) : r;
}

static enum rc read_report(struct arena *a, const struct answer *answer,
	struct print_warnings *warnings, struct err *err)
{
	cJSON *report;
	const cJSON *item;
	TRY(json_parse(a, answer->report, &report, err));
	cJSON_ArrayForEach(item, json_get(report, "warnings"))
		print_warning_add(warnings, model_text(item, "where"),
			(uint32_t)json_int(item, "code_point", 0), model_text(item, "message"));
	cJSON_ArrayForEach(item, json_get(report, "fields"))
		err_field(err, model_text(item, "field"), "%s", model_text(item, "message"));
	if (answer->rc == OK)
		return OK;
	return err_set(err, answer->rc, "%s", model_text(report, "message"));
}

static enum rc unwanted(struct err *err)
{
	return err_set(err, GONE, "Nobody waits for this document any more");
}

static enum rc run_in(struct print_pool *p, struct slot *s, struct errand *e, struct err *err)
{
	struct answer answer;
	if (s->pid && (s->n_documents >= WORKER_MAX_DOCUMENTS || has_died(s)))
		stop_worker(s);
	if (!s->pid)
		TRY(start_worker(p, s, err));
	s->n_documents++;
	enum frame_result r = exchange(s, e, &answer);
	if (r == FRAME_OK)
		return read_report(e->arena, &answer, e->warnings, err);
	stop_worker(s);
	if (e->is_unwanted)
		return unwanted(err);
	if (r == FRAME_LATE)
		return err_set(err, BUSY,
			"The document took longer than %d seconds; print it in smaller parts",
			WORKER_TIMEOUT_MS / 1000);
	return err_internal(err, "print pool: the worker died");
}

static struct str write_request(
	struct arena *a, const char *kind, const cJSON *model, const char *form)
{
	struct buf request = buf_in(a, WORKER_MAX_REQUEST);
	buf_printf(&request, "{\"as\":\"%s\",\"kind\":", form);
	json_add_string(&request, kind);
	buf_text(&request, ",\"model\":");
	json_write(&request, model);
	buf_char(&request, '}');
	return request.failed ? (struct str){0} : buf_view(&request);
}

static enum rc run(struct print_pool *p, struct errand *e, struct err *err)
{
	if (!e->request.n)
		return err_set(err, INVALID, "The document is too long; print it in smaller parts");
	struct slot *s = wait_for_slot(p, e);
	if (!s && e->is_unwanted)
		return unwanted(err);
	if (!s)
		return err_set(err, BUSY, "All printers are busy; try again in a minute");
	enum rc rc = run_in(p, s, e, err);
	give_slot(p, s);
	if (rc == OK && e->out->failed)
		return err_internal(err, "print pool: the document is too large");
	return rc;
}

enum rc print_pool_run(struct print_pool *p, struct arena *a, const char *kind, const cJSON *model,
	const struct print_watch *watch, struct buf *out, struct print_warnings *warnings,
	struct err *err)
{
	struct errand e = {.arena = a,
		.request = write_request(a, kind, model, "pdf"),
		.watch = watch,
		.out = out,
		.warnings = warnings};
	return run(p, &e, err);
}

enum rc print_pool_picture(struct print_pool *p, struct arena *a, const char *kind,
	const cJSON *model, struct buf *out, struct print_warnings *warnings, struct err *err)
{
	struct errand e = {.arena = a,
		.request = write_request(a, kind, model, "svg"),
		.out = out,
		.warnings = warnings};
	return run(p, &e, err);
}
