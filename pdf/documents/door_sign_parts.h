/* What the two kinds of door signs share: measures in millimetres of A4, the head and the foot. */
#ifndef PDF_DOOR_SIGN_PARTS_H
#define PDF_DOOR_SIGN_PARTS_H

#include "pdf/documents/logos.h"
#include "pdf/documents/sign_parts.h"

/* Nothing reaches the edge of the paper, where an office printer does not print. */
enum {
	DOOR_PAGE_W = 210,
	DOOR_PAGE_H = 297,
	DOOR_MARGIN = 17,
	DOOR_WIDTH = DOOR_PAGE_W - 2 * DOOR_MARGIN,
	DOOR_TOP = 32,     /* below the line of the event */
	DOOR_BOTTOM = 283, /* of the foot */
	DOOR_QR = 32,
	DOOR_FOOT = 246, /* where the foot begins, when it has a code */
	DOOR_NOTE = 273, /* when it has none */
};

struct door {
	struct doc *doc;
	const cJSON *model, *sign;
	const char *name; /* of the sign: its room and its day */
	double scale; /* of the paper against A4 */
	struct page *page;
	struct tag *sect;          /* of the sign; NULL on its further pages: artifacts */
	double list_y;             /* where the list of sessions begins on the page, in points */
	struct logos logo;         /* of the event, in place of the mark; or none */
	struct mirror text, paper; /* of blocks in the list; of what is drawn on the page */
};

double door_mm(const struct door *d, double millimetres);

/* A text in a place, mirrored if need be: millimetres and points of A4. */
struct door_text {
	const struct text_style *style;
	double x, y, width, height;
	double leading, least;
	enum slot_vertical vertical;
	enum align align;
	const char *lang, *tag; /* the type of its tag */
};

/* Draws it and returns its height in millimetres of A4. */
double door_put(const struct door *d, const struct door_text *t, const char *text);

/* Where on the page what is `width` wide begins, in points, from millimetres of A4. */
double door_x(const struct door *d, double x, double width);

/* A child of the sign's tag; NULL when it has none. */
struct tag *door_tag(const struct door *d, const char *type, const char *lang);

/* The mark and the event along the top; the code and the note along the bottom. */
void door_head(const struct door *d);
void door_foot(const struct door *d);
double door_foot_y(const struct door *d); /* where it begins, in millimetres */

/* Breaks and the like are quiet in the list and have no sign of their own. */
bool door_is_pause(const cJSON *session);

/* One session on a page of its own, to be hung out while it runs. */
void door_session(struct door *d, const cJSON *session);

#endif
