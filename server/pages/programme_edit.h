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

/* known: people to choose from in a datalist, unless JSON is wanted. */
enum rc put_known_people(struct request *rq, struct vm *vm) NODISCARD;
/* "Tõnu Kask (K7QF3M2XG)": what the list offers, and what is understood when it comes back. */
const char *known_person_text(struct request *rq, const char *name, const char *code);
/* The code in "Name (CODE)", or a code alone; NULL: a name. */
const char *known_person_code(struct request *rq, const char *who);

/* timetable_ask.c: the form that asks for places for n works, and recent proposals. */
enum rc put_timetable_ask(struct request *rq, struct vm *vm, size_t n_works) NODISCARD;
/* What the draft costs those who follow a theme: costs[] {kind, cost, session, why}, dearest first. */
void put_timetable_costs(struct request *rq, struct vm *vm, const struct programme *p);

#endif
