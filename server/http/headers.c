/* What is not written here is not sent: no Server, no version, no framework's own ideas. */
#include <string.h>

#include "base/clock.h"
#include "http/cookies.h"
#include "http/flash.h"
#include "http/headers.h"

static const char policy[] = "X-Content-Type-Options: nosniff\r\n"
			     "X-Frame-Options: DENY\r\n"
			     "Referrer-Policy: same-origin\r\n"
			     "Cross-Origin-Opener-Policy: same-origin\r\n"
			     "Cross-Origin-Resource-Policy: same-origin\r\n";

/* No inline scripts, no inline styles, no style attributes, nothing from elsewhere. */
static const char page_policy[] =
	"Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; "
	"img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
	"worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'\r\n";

static const char file_policy[] =
	"Content-Security-Policy: sandbox; default-src 'none'; frame-ancestors 'none'\r\n";

const char *status_phrase(int status)
{
	static const struct {
		int status;
		const char *phrase;
	} phrases[] = {{200, "OK"}, {201, "Created"}, {303, "See Other"}, {304, "Not Modified"},
		{308, "Permanent Redirect"}, {400, "Bad Request"}, {401, "Unauthorized"},
		{403, "Forbidden"}, {404, "Not Found"}, {405, "Method Not Allowed"},
		{408, "Request Timeout"}, {409, "Conflict"}, {410, "Gone"},
		{411, "Length Required"}, {413, "Content Too Large"}, {414, "URI Too Long"},
		{415, "Unsupported Media Type"}, {417, "Expectation Failed"},
		{422, "Unprocessable Content"}, {429, "Too Many Requests"},
		{431, "Request Header Fields Too Large"}, {500, "Internal Server Error"},
		{503, "Service Unavailable"}, {505, "HTTP Version Not Supported"}};
	for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++)
		if (phrases[i].status == status)
			return phrases[i].phrase;
	return "Error";
}

void disposition_write(struct buf *head, const char *file_name, bool is_attachment)
{
	buf_printf(head, "Content-Disposition: %s", is_attachment ? "attachment" : "inline");
	if (text_is_empty(file_name)) {
		buf_text(head, "\r\n");
		return;
	}
	bool is_plain = true;
	buf_text(head, "; filename=\"");
	for (const char *p = file_name; *p != '\0'; p++) {
		bool is_safe = *p >= ' ' && *p < 0x7f && strchr("\"\\%;/", *p) == NULL;
		is_plain = is_plain && is_safe;
		if (is_safe)
			buf_char(head, *p);
		else if (((unsigned char)*p & 0xc0) != 0x80)
			buf_char(head, '_');
	}
	buf_char(head, '"');
	if (!is_plain) {
		buf_text(head, "; filename*=UTF-8''");
		buf_url(head, str_from(file_name));
	}
	buf_text(head, "\r\n");
}

static void write_caching(struct buf *head, const struct request *rq, const struct answer *answer)
{
	if (answer->caching == CACHE_FOR_EVER) {
		buf_text(head, "Cache-Control: public, max-age=31536000, immutable\r\n"
			       "Vary: Accept, Accept-Encoding\r\n");
		return;
	}
	static const char *const policies[] = {[CACHE_NEVER] = "no-store",
		[CACHE_PRIVATE] = "private, no-cache",
		[CACHE_REVALIDATE] = "no-cache"};
	buf_printf(head, "Cache-Control: %s\r\n",
		policies[rq->has_session ? CACHE_NEVER : answer->caching]);
	buf_text(head, "Vary: Accept, Accept-Encoding, Accept-Language, Cookie\r\n");
}

static void write_cookies(struct buf *head, struct request *rq)
{
	const struct exchange *x = rq->exchange;
	const struct reply *reply = &rq->reply;
	for (int i = 0; i < reply->n_cookies; i++)
		cookie_write(head, x->server, &reply->cookies[i]);
	if (x->new_visitor != NULL) {
		struct cookie visitor = {
			.name = "visitor", .value = x->new_visitor, .max_age_s = 30 * 86400};
		cookie_write(head, x->server, &visitor);
	}
	struct cookie flash = {0};
	if (reply->flash != NULL)
		flash = flash_cookie(rq, reply->flash);
	else if (x->flash != NULL)
		flash = flash_deletion();
	if (flash.name != NULL)
		cookie_write(head, x->server, &flash);
}

static void write_body_headers(
	struct buf *head, const struct answer *answer, int64_t n_bytes, bool is_gzipped)
{
	if (answer->mime_type != NULL)
		buf_printf(head, "Content-Type: %s%s\r\n", answer->mime_type,
			strncmp(answer->mime_type, "text/", 5) == 0 &&
					strstr(answer->mime_type, "charset") == NULL
				? "; charset=utf-8"
				: "");
	if (is_gzipped && answer->status != 304)
		buf_text(head, "Content-Encoding: gzip\r\n");
	if (answer->status != 304)
		buf_printf(head, "Content-Length: %lld\r\n", (long long)n_bytes);
	if (answer->etag != NULL)
		buf_printf(head, "ETag: \"%s%s\"\r\n", answer->etag, is_gzipped ? "-gz" : "");
	if (answer->file_name != NULL || answer->is_attachment)
		disposition_write(head, answer->file_name, answer->is_attachment);
}

void headers_write(struct buf *head, struct request *rq, const struct answer *answer,
	int64_t n_bytes, bool is_gzipped)
{
	const struct exchange *x = rq->exchange;
	buf_printf(head, "HTTP/1.1 %d %s\r\n", answer->status, status_phrase(answer->status));
	buf_printf(head, "Date: %s\r\n", clock_http_date(rq->arena, clock_now_ms()));
	buf_printf(head, "Connection: %s\r\n", x->wire->keeps_alive ? "keep-alive" : "close");
	write_body_headers(head, answer, n_bytes, is_gzipped);
	write_caching(head, rq, answer);
	if (answer->location != NULL)
		buf_printf(head, "Location: %s\r\n", answer->location);
	if (answer->allow != NULL)
		buf_printf(head, "Allow: %s\r\n", answer->allow);
	if (answer->retry_after_s > 0)
		buf_printf(head, "Retry-After: %d\r\n", answer->retry_after_s);
	if (answer->asks_for_bearer)
		buf_text(head, "WWW-Authenticate: Bearer\r\n");
	buf_text(head, policy);
	buf_text(head, answer->is_sandboxed ? file_policy : page_policy);
	buf_printf(head,
		"Permissions-Policy: camera=(%s), microphone=(), geolocation=(), "
		"payment=(), usb=()\r\n",
		rq->reply.allows_camera ? "self" : "");
	if (x->server->is_https)
		buf_text(head, "Strict-Transport-Security: max-age=31536000\r\n");
	write_cookies(head, rq);
	buf_text(head, "\r\n");
}
