/* The small questions a handler asks of its request, and the answers it may choose. */
#include <assert.h>
#include <string.h>

#include "http/cookies.h"
#include "http/gate.h"

const char *path_param(const struct request *rq, const char *name)
{
	const struct exchange *x = rq->exchange;
	for (size_t i = 0; i < x->n_params; i++)
		if (strcmp(x->params[i].name, name) == 0)
			return x->params[i].value;
	assert(!"the pattern of the route has this parameter");
	return "";
}

const char *request_header(const struct request *rq, const char *name)
{
	for (size_t i = 0; i < rq->n_headers; i++)
		if (header_is(rq->headers[i].name, name))
			return str_dup(rq->arena, rq->headers[i].value);
	return NULL;
}

bool is_own_path(const char *path)
{
	if (path == NULL || path[0] != '/' || path[1] == '/' || path[1] == '\\')
		return false;
	for (const unsigned char *p = (const unsigned char *)path; *p != '\0'; p++)
		if (*p < 0x20 || *p == 0x7f)
			return false;
	return true;
}

static void redirect(struct request *rq, int status, const char *format, va_list args)
{
	const char *path = arena_vprintf(rq->arena, format, args);
	assert(is_own_path(path) && "a redirect stays on this site");
	rq->reply.kind = REPLY_REDIRECT;
	rq->reply.status = status;
	rq->reply.location = is_own_path(path) ? path : "/";
}

void reply_to(struct request *rq, const char *path_format, ...)
{
	va_list args;
	va_start(args, path_format);
	redirect(rq, 200, path_format, args);
	va_end(args);
}

void reply_created(struct request *rq, const char *path_format, ...)
{
	va_list args;
	va_start(args, path_format);
	redirect(rq, 201, path_format, args);
	va_end(args);
}

void reply_flash(struct request *rq, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	const char *text = rq->err.translate != NULL
				   ? rq->err.translate(rq->err.translate_context, format)
				   : format;
	rq->reply.flash = arena_vprintf(rq->arena, text, args);
	va_end(args);
}

void reply_bytes(struct request *rq, const char *mime_type, struct str bytes, const char *file_name,
	bool is_attachment)
{
	rq->reply.kind = REPLY_BYTES;
	rq->reply.mime_type = mime_type;
	rq->reply.bytes = bytes;
	rq->reply.file_name = file_name;
	rq->reply.is_attachment = is_attachment;
}

void reply_file(struct request *rq, const char *mime_type, const char *path, const char *file_name)
{
	rq->reply.kind = REPLY_FILE;
	rq->reply.mime_type = mime_type;
	rq->reply.file_path = path;
	rq->reply.file_name = file_name;
	rq->reply.is_attachment = true;
}

void reply_template(struct request *rq, const char *template_name)
{
	rq->reply.template_name = template_name;
}

void reply_cookie(struct request *rq, const char *name, const char *value, int max_age_s)
{
	const size_t max = sizeof rq->reply.cookies / sizeof rq->reply.cookies[0];
	assert((size_t)rq->reply.n_cookies < max && "a reply sets at most four cookies");
	assert(cookie_is_clean(value) && "a cookie's value needs no quoting");
	if ((size_t)rq->reply.n_cookies < max && cookie_is_clean(value))
		rq->reply.cookies[rq->reply.n_cookies++] =
			(struct cookie){.name = name, .value = value, .max_age_s = max_age_s};
}

int reply_status_of(enum rc rc)
{
	switch (rc) {
	case OK:
		return 200;
	case INVALID:
		return 422;
	case NOT_FOUND:
		return 404;
	case FORBIDDEN:
		return 403;
	case CONFLICT:
		return 409;
	case GONE:
		return 410;
	case TOO_MANY:
		return 429;
	case BUSY:
		return 503;
	case INTERNAL:
		return 500;
	}
	return 500;
}
