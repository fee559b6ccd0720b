/* What several pages say about the programme. */
#ifndef PAGES_PROGRAMME_H
#define PAGES_PROGRAMME_H

#include "domain/programme.h"
#include "pages/page.h"

/*
 * One session: code, kind, title, summary, starts_at, ends_at, room, room_code, masterclass,
 * capacity, theme, people[] {role, name, said_name, post, affiliation}, presentations[] {code,
 * submission, title, minutes, starts_at, themes[], authors[]}. For pages also what
 * components/session reads, but for `col`.
 */
void put_session(struct request *rq, struct vm *vm, const struct programme_session *s);
/* Room names and ids as they are told to programs: rooms[] {code, name, capacity, notes}. */
void put_rooms(struct vm *vm, const struct programme *p);
/* masterclasses[] {code, title, summary, outcomes[]} */
void put_masterclasses(struct vm *vm, const struct programme *p);
/* The lines of a text as a list of texts. */
void put_lines(struct vm *vm, const char *key, const char *lines);

/* programme_files.c: the published programme, or some of its sessions, as a calendar; and
 * print_programme.c: in print. */
enum rc reply_calendar(struct request *rq, const struct programme *p,
	const struct programme_session *only, const char *file_name) NODISCARD;
enum rc reply_programme_pdf(struct request *rq, const struct programme *p) NODISCARD;

#endif
