/*
 * The print office: what organisers, chairs and the desk have printed.
 *
 * A kind of document is a row of the table in print.c, a POST handler with its fields, and a
 * template of them, web/templates/print/<path>.mustache. The handler asks the domain, builds the
 * model that the kind's schema describes (pdf/documents/) and calls print_ask(). The model is
 * frozen there and then: a job in the queue makes the document, and only who asked for it gets it.
 */
#ifndef PAGES_PRINT_H
#define PAGES_PRINT_H

#include "pages/page.h"

struct print_wish {
	const char *kind;      /* of pdf/documents.def */
	const cJSON *model;    /* as its schema says */
	const char *about;     /* what was chosen, in words: "A4, 2 columns"; NULL: nothing */
	const char *file_name; /* print_file_name() */
};

/*
 * Queues the document, or its check when the button said so, and answers with the page of the job.
 * The same content asked for before is there at once.
 */
enum rc print_ask(struct request *rq, const struct print_wish *wish) NODISCARD;

/* Prints at once and answers with the document: for one that is small and somebody's own. */
enum rc print_now(struct request *rq, const struct print_wish *wish) NODISCARD;

struct print_kind {
	const char *kind, *path; /* the last segment of the route: "badges" */
	int capability;
	handler_fn post;
	const char *group; /* "book", "door", "money", "review": where it stands on the page */
	const char
		*subject; /* "submission", "registration": whose page warnings lead to, by code */
	/* Options of selects and the like; NULL: none. */
	enum rc (*fill)(struct request *rq, struct form_view *form);
	/* What it is, in a line, where that is not always the same; NULL: print_about in en.po. */
	enum rc (*about)(struct request *rq, const char **out);
};
const struct print_kind *print_kind_of(const char *kind); /* NULL: the office has no such kind */

/* "empathy-badges.pdf": the event first, then what it is. */
const char *print_file_name(struct request *rq, const char *what);
/* "37 badges" for "badge|badges". */
const char *print_count(struct request *rq, size_t n, const char *words);
/* "Talk, 12 letters" */
const char *print_chosen(
	struct request *rq, const char *choice, size_t n, const char *words);

/* ---- models ---- */

/*
 * A new model with lang and event (common.schema.json), in the event's language. place: what is
 * said of it where room is short; NULL: venue and city.
 */
struct vm *print_model_new(struct request *rq, const char *place);
/* The same with the first `most` of the event's logos. */
enum rc print_model_with_logos(
	struct request *rq, const char *place, size_t most, struct vm **out) NODISCARD;
/* With the first logo alone, for a kind that shows the organiser's mark once. */
enum rc print_model_marked(struct request *rq, struct vm **out) NODISCARD;
const char *print_place(struct request *rq); /* "Old Library, Krakow" */
/* One clean line of at most so many characters; left out when it is empty. */
void print_line(struct vm *vm, const char *key, const char *text, int most);
/* The same in paragraphs. */
void print_block(struct vm *vm, const char *key, const char *text, int most);
/* parts: of an abstract; keywords: what was typed with commas. */
void print_parts(struct vm *vm, const char *abstract);
void print_keywords(struct vm *vm, const char *text);
/* "09:00" and "2027-09-08" by the event's clock. */
void print_clock(struct request *rq, struct vm *vm, const char *key, int64_t at_ms);
void print_date(struct request *rq, struct vm *vm, const char *key, int64_t at_ms);
/* A code as it is printed: "K7QF-3M2XA". */
const char *print_code(struct arena *a, const char *code);

#endif
