/*
 * The route table and the declared fields. server/pages/routes.def and fields.def are the only
 * places where they are written; pages/routes.c expands them into these arrays.
 *
 *   ROUTE(GET, "/:event/submissions", CAP_SELF, get_submissions, "submission/list")
 *   ACTION("/:event/submissions/:code/withdraw", CAP_SELF, post_submission_withdraw,
 * get_submission) FIELD(post_submission, title, TEXT, 0, 300, "Title")
 *
 * A row without a capability does not compile. An ACTION is a POST; its last column is the GET
 * handler whose page is shown again, with the form's values and errors, when the POST is refused
 * as INVALID or CONFLICT (NULL: the plain error page).
 */
#ifndef HTTP_ROUTE_H
#define HTTP_ROUTE_H

#include <stdbool.h>
#include "base/err.h"
#include "base/str.h"

struct request;
struct vm;

enum method { METHOD_GET, METHOD_POST };

/*
 * A handler fills the view model and returns OK, or an error it has set in rq->err. A POST handler
 * that succeeds has chosen its answer by reply_to() or reply_created() (http/reply.h).
 */
typedef enum rc (*handler_fn)(struct request *rq, struct vm *vm);

struct route {
	enum method method;
	const char *pattern; /* "/:event/submissions/:code"; a parameter fills one whole segment */
	int capability;      /* never 0; its meaning is the pages' (domain/policy.h) */
	const char *capability_name;
	handler_fn handler;
	const char *handler_name;
	const char *template_name; /* GET: NULL when the handler replies with bytes */
	handler_fn shown_again;    /* POST */
	unsigned flags;
};

enum route_flag {
	ROUTE_CACHED = 1,   /* the signed-out answer depends on event, path and query only */
	ROUTE_UPLOAD = 2,   /* body up to 32 MiB, multipart allowed; else 1 MiB */
	ROUTE_NO_CSRF = 4,  /* device tokens and sign-in links; listed in the golden permissions */
	ROUTE_ANY_HOST = 8, /* /healthz */
};

enum field_type {
	FIELD_TEXT,     /* one clean line; min and max count characters */
	FIELD_BLOCK,    /* several lines */
	FIELD_EMAIL,    /* base/text.h email_clean */
	FIELD_INT,      /* whole number; min and max are its bounds */
	FIELD_MONEY,    /* "12", "12.50", "1,250.00": minor units of a two-decimal currency */
	FIELD_DATE,     /* 2027-05-02 */
	FIELD_DATETIME, /* 2027-05-02T23:59, whose zone the handler knows, or an instant of RFC 3339 */
	FIELD_CODE,     /* a public code in any spelling code_normalise takes */
	FIELD_WORD,     /* [a-z0-9_.-], the codes of closed sets and slugs */
	FIELD_BOOL,     /* a checkbox: present and not "0"/"false"; JSON true/false */
	FIELD_SECRET,   /* as typed: no trimming, no normal form, never shown again or logged */
	FIELD_FILE,     /* an upload, always FIELD_ONE; max in bytes */
};

enum field_shape { FIELD_ONE, FIELD_LIST, FIELD_ROWS, FIELD_MAP };

/* The largest whole number that JSON carries exactly. */
#define INT53_MAX ((INT64_C(1) << 53) - 1)

enum { FORM_MAX_ROWS = 64, FORM_MAX_LIST = 512 };

/*
 * Bounds are at most INT53_MAX. min 0: may be missing or empty. min >= 1 for text: required. Dates, codes, words, e-mail: min 1 =
 * required. GET handlers declare their query parameters too: what is not declared is ignored on a
 * GET (mail programs add tracking parameters) and refused with its name on a POST.
 */
struct field {
	handler_fn handler;
	const char *handler_name;
	const char *group; /* FIELD_ROWS: "author"; else NULL */
	const char *name;
	enum field_type type;
	enum field_shape shape;
	int64_t min, max;
	const char *label; /* a noun that begins an error sentence: "Title" */
};

struct route_table {
	const struct route *routes;
	size_t n_routes;
	const struct field *fields; /* grouped by handler */
	size_t n_fields;
};

/* The fields of a handler: *n of them, contiguous; NULL and 0 when it declares none. */
const struct field *route_fields(const struct route_table *t, handler_fn handler, size_t *n);
const struct route *route_of_handler(const struct route_table *t, handler_fn handler);
/* Asserts: no duplicate method+pattern, capabilities not 0, fields contiguous, every shown_again
 * handler has a GET row, and no first path segment is shadowed by "/:event". */
void route_table_check(const struct route_table *t);

/* `symposiarch routes [--json]` and /openapi.json (3.1), both written from the table alone. */
void route_table_print(const struct route_table *t, bool as_json, struct buf *out);
void route_table_openapi(
	struct arena *a, const struct route_table *t, const char *base_url, struct buf *out);

#endif
