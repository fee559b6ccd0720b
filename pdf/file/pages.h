/*
 * The pages of a file and the tree they hang in; core.h tells what may be done with one. What is
 * here is for core.c alone.
 */
#ifndef PDF_PAGES_H
#define PDF_PAGES_H

#include "pdf/file/core.h"

struct pages;

struct pages *pages_new(struct arena *a, struct core *c);

/*
 * Gives every page its body, and the tree its nodes; no page may be added afterwards. `resources`
 * and `root`: numbers of what all pages share, and of the node above all others.
 */
void pages_finish(struct pages *p, unsigned resources, unsigned root);

struct pages *core_pages(struct core *c); /* those of the file */

#endif
