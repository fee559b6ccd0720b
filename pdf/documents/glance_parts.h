/* What the files of the grid share: the page's measures, the styles at its size, the boxes. */
#ifndef PDF_GLANCE_PARTS_H
#define PDF_GLANCE_PARTS_H

#include "pdf/documents/documents.h"
#include "pdf/documents/glance_plan.h"

#include "pdf/layout/mirror.h"

/* Of the boxes: they grow with the paper, and on a page with little on it. */
struct glance_box_styles {
	struct text_style head, title, wide_title, pause, people, quiet;
};

/* Of what is around them: they grow with the paper alone. */
struct glance_page_styles {
	struct text_style date, count, event, room, time, letter, legend, foot;
};

/* One day on its way to paper. */
struct glance {
	struct doc *doc;
	const cJSON *model;
	struct glance_page_styles styles;
	struct glance_box_styles least, box; /* as small as they get; on this page */
	double scale;                        /* 1 on A4 */
	double width, height, margin;
	struct mirror mirror; /* of what is drawn on the page */
	const struct glance_day *day;
	struct time_scale times;
	struct page *page;
	struct tag *sect;
	double left, top, bottom;     /* of the grid, behind the column of times */
	size_t first_room, n_columns; /* of the day's, on this page */
	double column;                /* the width of one */
};

/* Filled, at its place on the page. */
void glance_rect(
	struct glance *g, double x, double y, double width, double height, unsigned colour);

/*
 * Makes the styles of the boxes on this page as large as loses nothing: what is said at the least
 * size is said at this one too.
 */
void glance_enlarge(struct glance *g);

/* A session where it is widest on this page; its other parts are only tinted. */
void glance_box(struct glance *g, const struct glance_entry *e);

/*
 * What the letters and the shapes mean. It stands on rows of one height above y; returns the height
 * of all rows, and draws nothing when page is NULL.
 */
double glance_legend(struct glance *g, struct page *page, double y, struct tag *tag);

/* A bar as sessions of the shape have it, where a box begins; returns its width. */
double glance_bar(struct glance *g, enum session_shape shape, unsigned hue, const double box[4]);

/* The letter of a theme in its square. */
void glance_chip(
	struct glance *g, const cJSON *theme, double x, double y, double side, struct tag *tag);

/* A colour thinned with white, for boxes behind text. */
unsigned glance_tint(unsigned colour);

#endif
