/*
 * The mark of the program: the floor plan of a symposium, seven couches along the walls with one
 * door. Six couches in one colour, the symposiarch's own in ochre.
 */
#ifndef PDF_EMBLEM_H
#define PDF_EMBLEM_H

#include "pdf/page/page.h"

void emblem_draw(struct page *page, double x, double y, double side, unsigned colour);

#endif
