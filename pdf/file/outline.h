/*
 * The outline of a file; core.h tells how an entry is made. What is here is for core.c alone.
 */
#ifndef PDF_OUTLINE_H
#define PDF_OUTLINE_H

#include "pdf/file/core.h"

struct outline;

struct outline *outline_new(struct arena *a, struct core *c);

/* Gives every entry its body; the number of the whole, 0 when there is no entry. */
unsigned outline_finish(struct outline *o);

struct outline *core_outline(struct core *c); /* that of the file */

#endif
