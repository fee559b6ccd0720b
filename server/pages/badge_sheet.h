/*
 * How badges lie on paper, between the form and the print model: one a page, a sheet that has a
 * name, or one of the reader's own. Lengths are millimetres as people write them: "12.5"; "" is not
 * said. The fields stand with post_print_badges in fields.def; of get_badges only the first three.
 */
#ifndef PAGES_BADGE_SHEET_H
#define PAGES_BADGE_SHEET_H

#include "pages/page.h"

/* The choices of `sheet` and `paper`. `sheet` knows is_own: the reader's own is chosen. */
void sheet_fill(struct request *rq, struct form_view *form);

/* INVALID, at the field: what is no number, and what goes with another choice of a sheet. */
enum rc sheet_check(struct request *rq) NODISCARD;

/* "sheet" of the model (pdf/documents/badge.schema.json); left out with one badge a page. */
void sheet_put(struct request *rq, struct vm *model);

/* INVALID, at the field: what the printer says of the sheet of this model. Of all else it may find
 * wrong nothing is told here. */
enum rc sheet_try(struct request *rq, const struct vm *model) NODISCARD;

/* What was chosen: "4 badges A6 on A4", "3 × 5 on Letter"; "" for one badge a page. */
const char *sheet_text(struct request *rq);

#endif
