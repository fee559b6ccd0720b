/*
 * Those who sign, side by side: room for the signature, a line, and below it the name with what the
 * model says of the person. The line is dashed until the signature is there; then the day of it
 * stands upon the line.
 */
#ifndef PDF_SIGNATURES_H
#define PDF_SIGNATURES_H

#include "pdf/layout/mirror.h"
#include "pdf/model.h"

struct signatures {
	struct doc *doc;
	const struct mirror *mirror;
	const char *lang;
	const char *signed_word; /* before the day: "Signed" */
	double width, gap;       /* of all columns together; between them */
	int columns;             /* 1 to SIGNATURES_MAX_COLUMNS */
	double room;             /* for a signature */
	bool has_lines;          /* false: white space, for letters */
	struct tag *parent;
};
enum { SIGNATURES_MAX_COLUMNS = 4 };

/*
 * Name, office, affiliation, country: those there are, one below the other, as one paragraph, whose
 * largest style is signatures_style.
 */
struct paragraph *signatures_person(
	struct doc *d, const struct mirror *mirror, const cJSON *person, struct tag *parent);
extern const struct text_style signatures_style;

/* A list of "signatory" of common.schema.json. No page ends within a row of them. */
void signatures_add(struct block *b, const struct signatures *how, const cJSON *list);

/* One row of them, from `first`; returns who begins the next, NULL behind the last. */
const cJSON *signatures_row(struct block *b, const struct signatures *how, const cJSON *first);

#endif
