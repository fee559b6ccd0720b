/*
 * Kind "badge": one A6 page a person, upright, for a holder worn on the chest. From the other side
 * of a table the name and the role are read; from arm's length the code.
 *
 *   lang           of the event; names may have their own
 *   event          title, starts_on, ends_on, place?
 *   badges[]       name, lang? (of the name), said_name? (how it is said), pronouns?,
 *                  affiliation?, role (the word), role_number (0..6, its colour),
 *                  qr (what a scanner reads), code (the same for people, as printed)
 *
 * A name is set as large as it fits and wraps; it is never cut short.
 */
#ifndef PDF_BADGE_H
#define PDF_BADGE_H

#include "pdf/print.h"

extern const struct model_field badge_shape[];

enum rc badge_print(struct doc *d, const cJSON *model, struct err *err) NODISCARD;
const char *badge_title(struct arena *a, const cJSON *model);

#endif
