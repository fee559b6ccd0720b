/* What the files of the programme share: the state of one print, the measures, the styles. */
#ifndef PDF_PROGRAMME_PARTS_H
#define PDF_PROGRAMME_PARTS_H

#include "pdf/documents/documents.h"
#include "pdf/documents/logos.h"
#include "pdf/documents/session.h"

#include "pdf/layout/mirror.h"

struct programme {
	struct doc *doc;
	struct flow *flow;
	const cJSON *model;
	const char *lang;
	const char *title;        /* of the event */
	const char *dates;        /* with the place */
	double width;             /* of the text area */
	struct mirror text, page; /* of blocks in that area; of what is drawn on the page */
	double top, bottom;       /* of it, on a page with nothing above */
	bool has_whole_cover;     /* the list at a glance is too long to stand on it */
	struct tag *cover;        /* made before the cover is drawn */
	struct logos logos;       /* of the event, on the cover */
	/* Where each session came to stand: by day, then by its number in the day. */
	struct place ***places;
};

/* The hanging column of days and times, and the text beside it. */
#define PROGRAMME_HANG   MM(22)
#define PROGRAMME_TEXT   MM(27)
#define PROGRAMME_GLANCE MM(37)

/* Text at its place in the text area. */
void programme_text(const struct programme *p, struct block *b, const struct block_text *text);
void programme_beside(
	const struct programme *p, struct block *b, size_t row, const struct block_text *text);
/* A bar or a ground, from the row down. */
void programme_tint(const struct programme *p, struct block *b, size_t row, double x, double width,
	unsigned colour);

/* The cover: the cloth with the event, drawn as the first page begins, and the days at a glance. */
double programme_cover(struct programme *p, struct page *page);
void programme_glance(struct programme *p);

/*
 * One session; `starts_slot` when its time is to be shown, because the one before began at another.
 * The running text is set on its first row.
 */
void programme_session(struct programme *p, const cJSON *session, struct place *place,
	bool starts_slot, struct tag *day);

#endif
