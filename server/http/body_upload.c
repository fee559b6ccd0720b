/* Files go to the upload hooks piece by piece; nothing of them is kept in memory. */
#include <string.h>

#include "base/text.h"
#include "http/body.h"
#include "http/body_reader.h"
#include "http/gate.h"
#include "http/multipart.h"

enum { MAX_NAME_CHARACTERS = 120 };

struct uploading {
	struct request *rq;
	const struct http_hooks *hooks;
	const char *name;          /* of the part under way */
	const char *file_name;     /* NULL: a plain field */
	const struct field *field; /* the declared file field; NULL: its bytes are dropped */
	struct buf text;
	size_t n_text_bytes;
	void *writer;
	int64_t n_bytes;
	bool is_too_large;
	int status; /* why the events stopped the parser */
};

const char *upload_file_name(struct arena *a, const char *sent)
{
	const char *last = sent;
	for (const char *p = sent; *p != '\0'; p++)
		if (*p == '/' || *p == '\\')
			last = p + 1;
	const char *clean = text_clean(a, str_from(last), TEXT_LINE);
	if (clean == NULL || clean[0] == '\0' || strcmp(clean, ".") == 0 ||
		strcmp(clean, "..") == 0)
		return "file";
	return text_count_characters(clean) > MAX_NAME_CHARACTERS || strlen(clean) > 480
		       ? text_excerpt(a, clean, MAX_NAME_CHARACTERS - 1)
		       : clean;
}

static const struct field *file_field(const struct request *rq, const char *name)
{
	size_t n;
	const struct field *fields =
		route_fields(rq->exchange->server->routes, rq->route->handler, &n);
	for (size_t i = 0; i < n; i++)
		if (fields[i].type == FIELD_FILE && fields[i].shape == FIELD_ONE &&
			strcmp(fields[i].name, name) == 0)
			return &fields[i];
	return NULL;
}

static enum rc on_begin(void *context, const char *name, const char *file_name)
{
	struct uploading *u = context;
	u->name = name;
	u->file_name = file_name;
	u->n_bytes = 0;
	u->is_too_large = false;
	u->field = NULL;
	if (file_name == NULL) {
		u->text = buf_in(u->rq->arena, GATE_MAX_FORM_BYTES);
		return OK;
	}
	if (!body_has_token(u->rq)) {
		u->status = 403;
		return err_set(&u->rq->err, FORBIDDEN,
			"The page was open for too long; load it again, then choose the file");
	}
	u->field = file_field(u->rq, name);
	return OK;
}

static enum rc add_text(struct uploading *u, struct str piece)
{
	u->n_text_bytes += piece.n;
	if (u->n_text_bytes > GATE_MAX_FORM_BYTES) {
		u->status = 413;
		return INVALID;
	}
	buf_str(&u->text, piece);
	return OK;
}

static void abort_file(struct uploading *u)
{
	if (u->writer != NULL)
		u->hooks->upload_abort(u->hooks->context, u->writer);
	u->writer = NULL;
}

static enum rc add_file(struct uploading *u, struct str piece)
{
	if (u->field == NULL || u->is_too_large)
		return OK;
	u->n_bytes += (int64_t)piece.n;
	if (u->n_bytes > u->field->max) {
		u->is_too_large = true;
		abort_file(u);
		return OK;
	}
	if (u->writer == NULL)
		TRY(u->hooks->upload_begin(u->hooks->context, u->rq, u->field->max, &u->writer));
	return u->hooks->upload_add(u->hooks->context, u->rq, u->writer, piece);
}

static enum rc on_data(void *context, struct str piece)
{
	struct uploading *u = context;
	enum rc rc = u->file_name == NULL ? add_text(u, piece) : add_file(u, piece);
	if (rc != OK && u->status == 0)
		u->status = reply_status_of(rc);
	return rc;
}

/* "500 kB", "20 MB": as limits are written in fields.def. */
static const char *size_text(struct arena *a, int64_t bytes)
{
	enum { KB = 1000, MB = 1000 * KB };

	return bytes < MB ? arena_printf(a, "%lld kB", (long long)(bytes / KB))
			  : arena_printf(a, "%lld MB", (long long)(bytes / MB));
}

static enum rc end_file(struct uploading *u, struct pair *pair)
{
	struct request *rq = u->rq;
	if (u->is_too_large) {
		(void)err_field(&rq->err, u->name, "%s is too large: at most %s fit",
			u->field->label, size_text(rq->arena, u->field->max));
		return OK;
	}
	if (u->writer == NULL) {
		if (u->field != NULL && u->file_name[0] != '\0')
			(void)err_field(&rq->err, u->name, "%s is an empty file", u->field->label);
		return OK;
	}
	struct upload *upload = ARENA_NEW(rq->arena, struct upload);
	enum rc rc = u->hooks->upload_end(u->hooks->context, rq, u->writer, upload);
	u->writer = NULL;
	if (rc != OK) {
		u->status = reply_status_of(rc);
		return rc;
	}
	upload->file_name = upload_file_name(rq->arena, u->file_name);
	pair->upload = upload;
	return OK;
}

static enum rc on_end(void *context)
{
	struct uploading *u = context;
	struct pair pair = {.name = str_from(u->name), .kind = PAIR_TEXT};
	if (u->file_name != NULL) {
		pair.kind = PAIR_FILE;
		TRY(end_file(u, &pair));
	} else {
		pair.value = (struct str){buf_cstr(&u->text), u->text.n};
	}
	return pairs_add(u->rq->arena, &u->rq->exchange->pairs, pair, &u->rq->err);
}

static int run(struct uploading *u, struct multipart *m)
{
	struct request *rq = u->rq;
	struct body_reader r = body_reader_start(rq, true);
	char *piece = arena_alloc(rq->arena, BODY_PIECE_BYTES);
	/* Errors of the parser must not mix with those of fields, which do not stop it. */
	struct err broken = err_in(rq->arena);
	enum rc rc = OK;
	while (rc == OK && r.left > 0) {
		size_t n = body_reader_take(&r, piece, BODY_PIECE_BYTES);
		if (n == 0)
			return 408;
		rc = multipart_feed(m, (struct str){piece, n}, &broken);
	}
	if (rc == OK)
		rc = multipart_end(m, &broken);
	if (rc == OK) {
		rq->exchange->has_read_body = true;
		return 0;
	}
	if (broken.rc != OK) {
		err_clear(&rq->err);
		(void)err_set(&rq->err, INVALID, "%s", broken.message);
	}
	return u->status != 0 ? u->status : 400;
}

int body_read_upload(struct request *rq)
{
	struct str boundary;
	const char *type = request_header(rq, "Content-Type");
	if (!multipart_boundary(str_from(type), &boundary)) {
		(void)err_set(&rq->err, INVALID, "The upload has no boundary");
		return 400;
	}
	struct uploading *u = ARENA_NEW(rq->arena, struct uploading);
	u->rq = rq;
	u->hooks = &rq->exchange->server->hooks;
	struct multipart_events events = {u, on_begin, on_data, on_end};
	int status = run(u, multipart_new(rq->arena, boundary, &events));
	abort_file(u);
	return status;
}
