/*
 * The inside of badges, for the files that make them: badge_layout reads and checks where things
 * stand, badge_items draws one side, badge_schedule a list on it, badge_sheet puts the sides on
 * paper, badge leads. Lengths are points.
 */
#ifndef PDF_BADGE_PARTS_H
#define PDF_BADGE_PARTS_H

#include "pdf/documents/documents.h"
#include "pdf/page/image.h"
#include "pdf/layout/mirror.h"

enum badge_kind {
	BADGE_TEXT,
	BADGE_BAND,
	BADGE_RULE,
	BADGE_QR,
	BADGE_EMBLEM,
	BADGE_SCHEDULE,
	BADGE_IMAGE,
};

enum badge_text {
	BADGE_NAME,
	BADGE_SAID_NAME,
	BADGE_PRONOUNS,
	BADGE_AFFILIATION,
	BADGE_ROLE,
	BADGE_CODE,
	BADGE_EVENT,
	BADGE_NETWORK,
	BADGE_DATES,
	BADGE_PLACE,
	BADGE_PLACE_DATES,
	BADGE_FREE_TEXT,
};

struct badge_box {
	double x, y, width, height;
};

struct badge_item {
	enum badge_kind kind;
	struct badge_box box;
	unsigned colour;
	bool by_role;
	enum badge_text of;
	const char *text; /* of BADGE_FREE_TEXT */
	bool follows;
	double gap;
	struct text_style style;
	struct slot slot;          /* all but its style and its box */
	int logo;                  /* of BADGE_IMAGE, from 1 */
	double logo_width;         /* of BADGE_EMBLEM; 0: no logo in its place */
	bool beside;               /* text that makes room for such a logo */
	bool is_mirrored;          /* the logo is wider to the left, the room is on the right */
	const struct image *image; /* NULL: the event has none */
};

struct badge_side {
	struct badge_item *items;
	size_t n;
};

struct badge_layout {
	double width, height;    /* of one side */
	struct badge_side front; /* at least one item */
	struct badge_side back;  /* may have none */
	bool is_folded;
};

/* Bands run this far over the edge of the badge. */
extern const double badge_bleed;

/*
 * The layout of a model: its own, or the one it names, or "a6", which is mirrored for a language
 * from right to left. An own one stands as it says in every language; only texts that say nothing
 * of their side begin where lines do. INVALID, with one field error an
 * item, "layout.front.3": what stands outside the side, a QR code that is too small or has
 * something in its margin, a role said by colour alone, a member that is missing or means nothing.
 */
enum rc badge_layout_of(
	struct arena *a, const cJSON *model, struct badge_layout *out, struct err *err) NODISCARD;

/*
 * Loads the pictures that the items show from event.logos. INVALID with the path of one that is
 * damaged.
 */
enum rc badge_load_images(
	struct doc *d, const cJSON *event, struct badge_layout *l, struct err *err) NODISCARD;

/* The white label with the logo in the place of the emblem; without a logo the emblem's box. */
struct badge_box badge_label(const struct badge_item *emblem);

/* The largest it may be. */
struct badge_box badge_label_most(const struct badge_item *emblem);

/* What all badges of a document have in common. */
struct badge_press {
	struct doc *doc;
	const cJSON *model, *event;
	const char *lang, *dates, *place_dates;
	struct badge_layout layout;
};

/* One badge while it is being drawn. */
struct badge_job {
	struct badge_press *press;
	const cJSON *badge;
	const struct qr *qr;
	struct page *page;
	struct tag *sect;
};

void badge_draw_side(struct badge_job *j, const struct badge_side *side);

/* The list of days and appointments; warns when its place is too small for all of them. */
void badge_draw_schedule(struct badge_job *j, const struct badge_item *item);

/*
 * Sheets of paper, filled one place after the other. Without a "sheet" in the model every badge has
 * paper of its own size.
 */
struct badge_sheets;

/* INVALID when the places do not fit the paper, or the layout does not fit the preset. */
enum rc badge_sheets_new(
	struct badge_press *press, struct badge_sheets **out, struct err *err) NODISCARD;

/* The pages of the next badge; *back is NULL when there is none to draw. Close them. */
void badge_sheets_next(struct badge_sheets *s, struct page **front, struct page **back);

/* After the last badge: cut marks, and the sheets that are still open are written. */
void badge_sheets_finish(struct badge_sheets *s);

/* 0x-colour of a role by its number: the cloth, then the six hues of the pages. */
unsigned badge_role_colour(const cJSON *badge);

#endif
