/*
 * Mail is a row of the outbox, written in the transaction that causes it: template name, language
 * and a frozen model. A job row beside it sends it (jobs/outbox.c); nothing is rendered here.
 * At least once: the Message-ID is the outbox code, so a relay or reader can drop a double.
 */
#ifndef DOMAIN_MAIL_H
#define DOMAIN_MAIL_H

#include "domain/actor.h"
#include "store/db.h"

struct mail_value {
	const char *key;
	const char *text;
};

struct mail {
	const char *template_name; /* below web/templates/mail/ */
	const char *lang;
	int64_t person_id; /* 0: not a person of the event */
	const char *to_name;
	const char *to_email;
	const struct mail_value *values; /* placeholders of the template, all text */
	size_t n_values;
};

/* Queues a mail for the transaction's event (0: none). */
enum rc mail_queue(struct tx *tx, const struct mail *mail, struct err *err) NODISCARD;

#endif
