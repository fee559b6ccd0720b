/* What the page of a certificate and its foot share. */
#ifndef PDF_CERTIFICATE_PARTS_H
#define PDF_CERTIFICATE_PARTS_H

#include "pdf/documents/documents.h"
#include "pdf/documents/logos.h"
#include "pdf/documents/verify.h"
#include "pdf/documents/words.h"

extern const struct text_style certificate_label_style;

/* The room that the logo takes at most, in points. */
extern const double certificate_logo_width, certificate_logo_height;

/* What all certificates of the model say. */
struct certificate_press {
	struct doc *doc;
	const cJSON *model;
	const char *lang;
	const char *dates[2], *issued[2]; /* the place, which may be NULL, and the date */
	int n_signatories;
	double width, height;
	struct mirror mirror;
	struct logos logo; /* the first of the event, or none */
	struct page *page; /* of the certificate in hand */
	struct tag *sect;
};

/* A place for text in a column: what is put goes below what was put before. */
struct certificate_column {
	double x, y, width;
};

/* What the foot of a certificate has: those who sign above its end, the code in its corner. */
struct certificate_foot {
	double x, y, width; /* its end is the y */
	bool has_code;
};

const char *certificate_word(const struct certificate_press *p, const char *code);

/* Place and date of issue as one line; NULL when the model has neither. */
struct paragraph *certificate_issued(struct certificate_press *p);

/* Sets the paragraph at the top of the column, not higher than `height`, and moves on below it. */
void certificate_put(struct certificate_press *p, struct certificate_column *c,
	const struct text_style *style, double height, double leading,
	const struct paragraph *paragraph, struct tag *tag);

/* Where the sentence ends at the latest. */
double certificate_text_bottom(
	const struct certificate_press *p, const struct certificate_foot *foot);

void certificate_draw_signatories(struct certificate_press *p, const struct certificate_foot *foot);
void certificate_draw_logo(struct certificate_press *p, const struct certificate_foot *foot);

#endif
