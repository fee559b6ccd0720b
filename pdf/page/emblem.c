/* The couches on a floor of 30 by 30, as in the pages' own mark. */
#include "pdf/page/emblem.h"

static const struct {
	int x, y, width, height;
} couches[] = {
	{0, 0, 11, 6}, {12, 0, 11, 6}, {24, 0, 6, 11}, {24, 12, 6, 11}, {0, 7, 6, 11},
	{0, 19, 6, 11}, {19, 24, 11, 6}, /* the symposiarch's */
};

void emblem_draw(struct page *page, double x, double y, double side, unsigned colour)
{
	enum { FLOOR = 30, N_COUCHES = sizeof couches / sizeof couches[0] };
	double unit = side / FLOOR;
	for (int i = 0; i < N_COUCHES; i++)
		page_rect(page, x + couches[i].x * unit, y + couches[i].y * unit,
			couches[i].width * unit, couches[i].height * unit,
			i == N_COUCHES - 1 ? COLOUR_OCHRE_FILL : colour);
}
