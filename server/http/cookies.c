/* A cookie's name depends on the base URL; nobody outside this file needs to know. */
#include <assert.h>
#include <string.h>

#include "http/cookies.h"
#include "http/gate.h"

bool cookie_is_clean(const char *value)
{
	for (const char *p = value; *p != '\0'; p++) {
		bool is_letter = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
				 (*p >= '0' && *p <= '9');
		if (!is_letter && strchr("-._~%!$&'()*+/:=?@", *p) == NULL)
			return false;
	}
	return true;
}

void cookie_write(struct buf *head, const struct http_server *server, const struct cookie *cookie)
{
	assert(cookie_is_clean(cookie->name) && cookie_is_clean(cookie->value));
	buf_printf(head, "Set-Cookie: %s%s=%s; Path=/; SameSite=Lax",
		server->is_https ? "__Host-" : "", cookie->name, cookie->value);
	if (cookie->max_age_s != 0)
		buf_printf(head, "; Max-Age=%d", cookie->max_age_s < 0 ? 0 : cookie->max_age_s);
	if (server->is_https)
		buf_text(head, "; Secure");
	if (!cookie->is_script_readable)
		buf_text(head, "; HttpOnly");
	buf_text(head, "\r\n");
}

/* The value of "name=value" in one Cookie header; p NULL when it is not there. */
static struct str find_in(struct str header, struct str prefix, const char *name)
{
	struct str rest = header;
	while (rest.p != NULL) {
		struct str value = str_trim(str_cut(&rest, ';'));
		struct str key = str_cut(&value, '=');
		if (value.p == NULL || !str_starts_with(key, prefix))
			continue;
		key = (struct str){key.p + prefix.n, key.n - prefix.n};
		if (str_is(key, name))
			return value;
	}
	return (struct str){NULL, 0};
}

const char *request_cookie(const struct request *rq, const char *name)
{
	struct str prefix = rq->exchange->server->is_https ? STR("__Host-") : STR("");
	for (size_t i = 0; i < rq->n_headers; i++) {
		if (!header_is(rq->headers[i].name, "Cookie"))
			continue;
		struct str value = find_in(rq->headers[i].value, prefix, name);
		if (value.p != NULL)
			return str_dup(rq->arena, value);
	}
	return NULL;
}
