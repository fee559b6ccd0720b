/*
 * Sessions as several kinds of documents have them (pdf/documents/programme.schema.json and its
 * like). All read the published programme.
 */
#ifndef PAGES_PRINT_SESSIONS_H
#define PAGES_PRINT_SESSIONS_H

#include "domain/programme.h"
#include "pages/print.h"

/* CONFLICT while nothing is published: print shows what everybody reads. */
enum rc print_programme_load(struct request *rq, struct programme *out) NODISCARD;

/* theme; left out when there is none that print could show. */
void print_theme(struct vm *vm, const char *letter, const char *name, int64_t hue);
/* The people of a session: its chairs, or all others with what they are beside their names. */
void print_people(struct request *rq, struct vm *vm, const char *key,
	const struct programme_session *s, bool is_chairs, size_t most);
void print_authors(struct vm *vm, const char *key, const struct programme_item *item, size_t most);
/* title, kind, start, end: what every session has. */
void print_session_head(struct request *rq, struct vm *vm, const struct programme_session *s);
/* All of it, with what is presented. */
void print_session(struct request *rq, struct vm *vm, const struct programme_session *s);

/* days: every session, by day. */
void print_days(struct request *rq, struct vm *model, const struct programme *p);
/* words: what kinds of sessions are called. */
void print_session_words(struct request *rq, struct vm *model);
/* note: which version this is. */
void print_version(struct request *rq, struct vm *model, const struct programme *p);
/* The day of a session by the event's clock. */
const char *print_day_of(struct request *rq, const struct programme_session *s);
/* Where the programme is on the web, as a scanner reads it. */
const char *print_programme_url(struct request *rq);

#endif
