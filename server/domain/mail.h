/*
 * Mail is a row of the outbox, written in the transaction that causes it: template name, language
 * and a frozen model. A job row beside it sends it (jobs/outbox.c); nothing is rendered here.
 * At least once: the Message-ID is the outbox code, so a relay or reader can drop a double.
 *
 * Organisers read the outbox. So a mail about a submission says so, and is then seen only by those
 * who may know its authors (policy.sql, outbox_mail); and it says what it discloses of the
 * reviewing.
 */
#ifndef DOMAIN_MAIL_H
#define DOMAIN_MAIL_H

#include "domain/actor.h"
#include "store/db.h"

struct mail_value {
	const char *key; /* `n` chooses the plural forms of the template; none ends in _html */
	const char *text;
};

struct mail {
	const char *template_name; /* below web/templates/mail/ */
	const char *lang;
	int64_t person_id;     /* 0: not a person of the event */
	int64_t submission_id; /* what it is about; 0: no submission */
	/* Organisers who are not chairs: "reviews" (quoted in it), they see the subject alone;
	 * "reviewers" (named in it, or written to), they see nothing. NULL: neither. */
	const char *discloses;
	const char *to_name;
	const char *to_email;
	const struct mail_value *values; /* placeholders of the template, all text */
	size_t n_values;
};

/* Queues a mail for the transaction's event (0: none). */
enum rc mail_queue(struct tx *tx, const struct mail *mail, struct err *err) NODISCARD;

struct mail_retry {
	int64_t id;
	const char *code;
	int64_t person_id; /* who asks, for the trail */
};
/* tx_fn: a mail that has failed is queued once more, now. CONFLICT when it has not failed. */
enum rc mail_retry(struct tx *tx, void *arg, struct err *err) NODISCARD;

#endif
