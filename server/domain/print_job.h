/*
 * A document that somebody asked for: a row of print_job, which a task of the queue prints
 * (jobs/printing.h). What it shows is frozen when it is asked for, as a model in a blob; nothing is
 * read from the event later. Only who asked for it ever gets it: what they may see was decided when
 * the model was made.
 *
 * waiting -> running -> done | failed; both of the former -> cancelled; running -> waiting when the
 * server stops meanwhile.
 *
 * warnings is a JSON list of {"where", "message", "character", "code"}: where in the document (""
 * for all of it), what is wrong there, "U+1F9EC" when it is about a character, and the public code
 * of the abstract or registration when the model says whose it is. The last two may be missing.
 */
#ifndef DOMAIN_PRINT_JOB_H
#define DOMAIN_PRINT_JOB_H

#include "domain/actor.h"
#include "store/db.h"

enum { PRINT_JOB_KEPT_DAYS = 7, PRINT_MAX_TEXTS = 20 };

struct print_job_add {
	const struct actor *actor;
	const char *code;    /* made by the caller */
	const char *kind;    /* "badge": a row of pdf/documents.def */
	const char *options; /* JSON: what was chosen, for people to recognise it by */
	bool is_check;       /* the warnings are wanted, not the document */
	const char *model_sha256, *content_hash, *file_name;
	/* The same content printed before: then it is done at once. NULL: into the queue. */
	const struct q_print_job_same *same;
};
/* tx_fn. */
enum rc print_job_add(struct tx *tx, void *arg, struct err *err) NODISCARD;

struct print_job_cancel {
	const struct actor *actor;
	const char *code;
};
/* tx_fn. CONFLICT when it is over already; its page says what came of it. */
enum rc print_job_cancel(struct tx *tx, void *arg, struct err *err) NODISCARD;

/* A text in front of the book of abstracts. */
struct print_text {
	const char *title, *text, *signature;
};
struct print_texts_change {
	const struct actor *actor;
	const struct print_text *rows; /* all that shall be there, in order */
	size_t n_rows;
	int64_t event_rev;
};
/* tx_fn. CONFLICT on a stale revision of the event. */
enum rc print_texts_change(struct tx *tx, void *arg, struct err *err) NODISCARD;

#endif
