/* What the files of the pocket programme share. */
#ifndef PDF_POCKET_PARTS_H
#define PDF_POCKET_PARTS_H

#include "pdf/documents/documents.h"
#include "pdf/documents/logos.h"
#include "pdf/documents/session.h"

#include "pdf/layout/mirror.h"

/* They grow with the page. */
struct pocket_styles {
	struct text_style title, network, dates, day, time, session, pause, room, quiet, letter,
		foot;
};

/* How wide a logo is at most, where white space is that of A7. */
#define POCKET_LOGO MM(20)

struct pocket_format;

struct pocket {
	struct doc *doc;
	const cJSON *model;
	const struct pocket_format *format;
	struct pocket_styles styles;
	double scale;                        /* of white space: 1 for A7 */
	double width, height, margin, inner; /* of the page, and of the text in its margins */
	struct mirror text, page; /* of blocks in that text; of what is drawn on the page */
	struct logos logo;        /* of the event, in place of the mark on the last page; or none */
	struct flow *flow;
	const char *day; /* at the end of the page before; NULL: there is none */
};

/* Where the text of a page begins. */
static inline double pocket_top(const struct pocket *k)
{
	return MM(6) * k->scale;
}

/* Pages of their own: the first one, one for notes, and the last one. */
void pocket_cover(struct pocket *k);
void pocket_notes(struct pocket *k);
enum rc pocket_back(struct pocket *k, struct err *err) NODISCARD; /* INVALID: qr is too long */

/* Rows for a session; its time stands beside them unless it starts with the one before, at `start`.
 */
void pocket_session(struct pocket *k, struct block *b, const cJSON *session, const char *start,
	struct tag *day);

#endif
