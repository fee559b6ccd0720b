/*
 * Sending one mail (RFC 5322, UTF-8) by libcurl: STARTTLS demanded when the URL says smtp:// and the
 * relay is not on loopback, the certificate verified, connections reused. Header values are folded and
 * encoded (RFC 2047); a line break in one is refused.
 */
#ifndef JOBS_SMTP_H
#define JOBS_SMTP_H

#include "base/err.h"
#include "base/str.h"

struct smtp_options {
	const char *url, *user, *password, *ca_file;
};

struct smtp_message {
	const char *from_email, *from_name;
	const char *to_email, *to_name;
	const char *subject;
	const char *message_id; /* without <> */
	const char *body;       /* text/plain, LF line ends */
	int64_t date_ms;
};

struct smtp;
struct smtp *smtp_new(const struct smtp_options *options);
void smtp_free(struct smtp *s);

/* BUSY: try again (no connection, 4xx); INVALID: refused for good (5xx), with the relay's words. */
enum rc smtp_send(struct smtp *s, const struct smtp_message *m, struct err *err) NODISCARD;

/* The message as it goes over the wire, for tests and the mail viewer. */
enum rc smtp_format(struct arena *a, const struct smtp_message *m, struct str *out,
	struct err *err) NODISCARD;

#endif
