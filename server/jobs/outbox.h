/*
 * The task of kind "mail": one row of the outbox becomes a letter, goes to the relay, and its row
 * keeps what came of it.
 */
#ifndef JOBS_OUTBOX_H
#define JOBS_OUTBOX_H

#include "jobs/queue.h"
#include "jobs/smtp.h"
#include "view/template.h"

struct outbox {
	struct store *store;
	struct templates *templates;
	struct smtp *smtp;
	const char *from_email;
	const char *message_host; /* after the @ of the Message-ID */
};

/*
 * Sends the mail of a claim and records the outcome; OK when it is recorded, whatever it was. A
 * mail that was sent, but whose record failed, is sent once more when the lease ends, with the same
 * Message-ID.
 */
enum rc outbox_send(struct arena *a, const struct outbox *o, const struct claim *claim,
	struct err *err) NODISCARD;

#endif
