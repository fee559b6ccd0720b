/*
 * Kind "programme": A4, upright. A cover with the programme at a glance, then every day from a new
 * page: its sessions by time, with rooms, chairs and presentations.
 *
 *   lang, event    title, network? (who holds it), starts_on, ends_on, place?
 *   note?          at the foot of every page: version, time zone
 *   words?         in place of the English ones: at_a_glance, chair, programme and the kinds of
 *                  session
 *   days[]         on (a date; rising), sessions[] in order of start
 *   session        title, kind (a closed set, below), start, end ("09:00"), room?, about?,
 *                  theme? {letter, name, hue 1..6}, chairs[]?, speakers[]?, presentations[]?
 *   presentation   title, start?, authors[]?
 *   person         name, lang? (of the name), affiliation?, presenting?
 *
 * Sessions that start together stand below one time, in the order given.
 */
#ifndef PDF_PROGRAMME_H
#define PDF_PROGRAMME_H

#include "pdf/print.h"

enum { PROGRAMME_MAX_PEOPLE = 60 }; /* of one list */

extern const struct model_field programme_shape[];

enum rc programme_print(struct doc *d, const cJSON *model, struct err *err) NODISCARD;
const char *programme_title(struct arena *a, const cJSON *model);

#endif
