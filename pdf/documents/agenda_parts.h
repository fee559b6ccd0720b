/* What the files of personal agendas share: the state of one print, and the frame of its pages. */
#ifndef PDF_AGENDA_PARTS_H
#define PDF_AGENDA_PARTS_H

#include "pdf/documents/documents.h"
#include "pdf/layout/mirror.h"
#include "pdf/page/qr.h"

enum { AGENDA_FACTORS = 4 }; /* sizes of its type, from the usual one down */

/* They grow and shrink together. */
struct agenda_styles {
	struct text_style day, time, until, title, pause, kind, quiet, own, letter;
};

struct agenda {
	struct doc *doc;
	const cJSON *model;
	struct agenda_styles styles[AGENDA_FACTORS];
	struct flow *flow;
	struct flow_frame frame;
	double width;             /* of the text area */
	struct mirror text, page; /* of blocks in that area; of what is drawn on the page */
	/* Of the person in hand. */
	const cJSON *person;
	const struct qr *qr; /* NULL: none */
	struct tag *sect, *head;
	bool has_begun; /* the first page stands */
};

/* The height of what stands above the first day. */
#define AGENDA_HEAD MM(40)

/* Of the frame: whose it is, in full on the first page and in a line on those that follow. */
double agenda_begin_page(void *context, const struct flow_page *page, double top);
void agenda_end_page(void *context, const struct flow_page *page);

#endif
