/* What the pages of the programme's editor share. */
#ifndef PAGES_PROGRAMME_EDIT_H
#define PAGES_PROGRAMME_EDIT_H

#include "pages/programme.h"

/* The session of the path in the working copy; NOT_FOUND when there is none. */
enum rc edited_session(
	struct request *rq, struct programme *p, struct programme_session **out) NODISCARD;
/* Works that wait for a session. */
enum rc works_waiting(struct request *rq, struct q_works_to_place **rows, size_t *n) NODISCARD;
/* put_session(), rev, and clocks as the editor lists them. */
void put_edited(struct request *rq, struct vm *vm, const struct programme_session *s);
/* works[] {code, title, format, presenter, minutes} */
void put_works(struct vm *vm, const struct q_works_to_place *rows, size_t n);

#endif
