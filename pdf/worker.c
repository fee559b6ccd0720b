/* The worker's side: one request after the other, each with limits and an arena of its own. */
#include "pdf/frame.h"
#include "pdf/worker.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static void limit(__rlimit_resource_t resource, rlim_t value)
{
	struct rlimit r;
	if (getrlimit(resource, &r) != 0)
		return;
	r.rlim_cur = value < r.rlim_max ? value : r.rlim_max;
	setrlimit(resource, &r);
}

/* CPU time counts for the life of a process: the limit moves along with every document. */
static void limit_cpu(void)
{
	struct rusage used;
	getrusage(RUSAGE_SELF, &used);
	limit(RLIMIT_CPU, (rlim_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec + 1 + WORKER_CPU_S));
}

static void limit_memory(void)
{
#ifndef __SANITIZE_ADDRESS__ /* its shadow alone is larger */
	limit(RLIMIT_AS, (rlim_t)WORKER_MEMORY_MIB << 20);
#endif
	limit(RLIMIT_CORE, 0);
}

static void add_report(struct buf *b, const struct err *err, const struct print_warnings *warnings)
{
	buf_text(b, "{\"message\":");
	json_add_string(b, err->message ? err->message : "");
	buf_text(b, ",\"fields\":[");
	for (const struct field_error *f = err->fields; f; f = f->next) {
		buf_text(b, "{\"field\":");
		json_add_string(b, f->field);
		buf_text(b, ",\"message\":");
		json_add_string(b, f->message);
		buf_text(b, f->next ? "}," : "}");
	}
	buf_text(b, "],\"warnings\":[");
	for (const struct print_warning *w = warnings->first; w; w = w->next) {
		buf_printf(b, "{\"code_point\":%u,\"where\":", (unsigned)w->code_point);
		json_add_string(b, w->where);
		buf_text(b, ",\"message\":");
		json_add_string(b, w->message);
		buf_text(b, w->next ? "}," : "}");
	}
	buf_text(b, "]}");
}

/* A reader that is gone shows when the answer is sent. */
static void send_progress(void *context, int percent)
{
	unsigned char frame[1 + FRAME_NUMBER_BYTES] = {WORKER_PROGRESS};
	(void)context;
	frame_put_number(frame + 1, (uint32_t)percent);
	(void)frame_send(STDIN_FILENO, (struct str){(const char *)frame, sizeof frame}, -1);
}

static enum rc print_request(struct arena *a, struct str request, struct buf *pdf,
	struct print_warnings *warnings, struct err *err)
{
	cJSON *root;
	TRY(json_parse_up_to(a, request, WORKER_MAX_REQUEST, &root, err));
	const char *kind = json_text(root, "kind");
	if (!kind)
		return err_set(err, INVALID, "The request names no kind");
	if (strcmp(model_text(root, "as"), "svg") == 0)
		return print_picture(a, kind, json_get(root, "model"), pdf, warnings, err);
	struct sink sink = sink_to_buf(pdf);
	sink.progress = send_progress;
	return print_document(a, kind, json_get(root, "model"), &sink, warnings, err);
}

static enum frame_result answer(struct arena *a, struct str request)
{
	struct err err = err_in(a);
	struct print_warnings warnings = print_warnings_in(a);
	struct buf pdf = buf_on_heap(PRINT_MAX_BYTES), report = buf_in(a, WORKER_MAX_REQUEST);
	unsigned char head[1 + 2 * FRAME_NUMBER_BYTES];
	send_progress(NULL, 0);
	enum rc rc = print_request(a, request, &pdf, &warnings, &err);
	if (rc == OK)
		send_progress(NULL, 100);
	add_report(&report, &err, &warnings);
	if (rc != OK)
		buf_reset(&pdf);
	head[0] = (unsigned char)rc;
	frame_put_number(head + 1, (uint32_t)report.n);
	frame_put_number(head + 1 + FRAME_NUMBER_BYTES, (uint32_t)pdf.n);
	enum frame_result r =
		frame_send(STDIN_FILENO, (struct str){(const char *)head, sizeof head}, -1);
	if (r == FRAME_OK)
		r = frame_send(STDIN_FILENO, buf_view(&report), -1);
	if (r == FRAME_OK)
		r = frame_send(STDIN_FILENO, buf_view(&pdf), -1);
	buf_free(&pdf);
	return r;
}

int print_worker(void)
{
	struct arena *a = arena_new();
	unsigned char head[FRAME_NUMBER_BYTES];
	enum frame_result r = FRAME_OK;
	print_setup();
	limit_memory();
	while (r == FRAME_OK && frame_receive(STDIN_FILENO, head, sizeof head, -1) == FRAME_OK) {
		size_t n = frame_number(head);
		if (n > WORKER_MAX_REQUEST)
			break;
		limit_cpu();
		char *request = arena_alloc(a, n);
		r = frame_receive(STDIN_FILENO, request, n, -1);
		if (r == FRAME_OK)
			r = answer(a, (struct str){request, n});
		arena_reset(a);
	}
	arena_free(a);
	return r == FRAME_OK ? 0 : 1;
}
