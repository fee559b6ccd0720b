/*
 * Sending one mail (RFC 5322, UTF-8) by libcurl: STARTTLS demanded when the URL says smtp://,
 * unless the relay is on loopback and asks for no user; the certificate verified, connections
 * reused. Header values are folded and encoded (RFC 2047); a line break in one is refused.
 */
#ifndef JOBS_SMTP_H
#define JOBS_SMTP_H

#include "base/err.h"
#include "base/str.h"

struct smtp_options {
	const char *url; /* smtp://host:587 or smtps://host; a path is the name said in EHLO */
	const char *user, *password; /* "": the relay asks for none */
	const char *ca_file;         /* "": the system's certificates */
};

struct smtp_message {
	const char *from_email, *from_name;
	const char *to_email, *to_name;
	const char *reply_to_email; /* NULL or "": answers go to the sender */
	const char *subject;
	const char *message_id; /* without <> */
	const char *body;       /* text/plain, LF line ends */
	int64_t date_ms;
};

/* One connection, kept between mails; used by one thread at a time, but for smtp_cancel. */
struct smtp;
/* INVALID for an address that is not of a relay, or a file of certificates that cannot be read. */
enum rc smtp_new(const struct smtp_options *options, struct smtp **out, struct err *err) NODISCARD;
void smtp_free(struct smtp *s);

/*
 * Takes at most 45 s. BUSY: try again (no connection, not trusted, not let in, 4xx); INVALID:
 * refused for good (5xx for this mail, or not a mail at all). The message is for organisers and has
 * the relay's words; memory comes from err's arena.
 */
enum rc smtp_send(struct smtp *s, const struct smtp_message *m, struct err *err) NODISCARD;
/* After BUSY: the relay did not come as far as this mail, so the next would fare no better. */
bool smtp_is_down(const struct smtp *s);
/* Says goodbye; the next mail connects again. For when there is nothing to send. */
void smtp_rest(struct smtp *s);
/* From any thread: a send under way, and all after it, end soon with BUSY. */
void smtp_cancel(struct smtp *s);

/* "127.0.0.1", "localhost" or "[::1]" in the URL: what is sent there stays on this machine. */
bool smtp_is_loopback(const char *url);

/* The message as it goes over the wire, for tests and the mail viewer. */
enum rc smtp_format(
	struct arena *a, const struct smtp_message *m, struct str *out, struct err *err) NODISCARD;

#endif
