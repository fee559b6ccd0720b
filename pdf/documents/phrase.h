/* A line put together from spans: labels, names with their affiliations. */
#ifndef PDF_PHRASE_H
#define PDF_PHRASE_H

#include "pdf/layout/layout.h"
#include "pdf/model.h"

enum {
	PHRASE_MAX_PEOPLE = 60, /* of one list, as the schema says */
	/* A person takes five at most: comma, name, bracket, affiliation, bracket. */
	PHRASE_MAX_SPANS = PHRASE_MAX_PEOPLE * 5 + 6,
};

struct phrase {
	struct doc *doc;
	struct text_span spans[PHRASE_MAX_SPANS];
	size_t n;
	struct tag *tag; /* that names in other languages become a Span of; NULL: artifact */
};

/* Adds text in the document's language; style and text are kept. */
void phrase_say(struct phrase *s, const struct text_style *style, const char *text);

/* A name keeps its language, for screen readers and shapes, and its direction to itself. */
void phrase_say_apart(
	struct phrase *s, const struct text_style *style, const char *text, const char *lang);

/*
 * "Name (affiliation), name": a list of persons as in common.schema.json, presenting ones in the
 * style `presenter`, commas and affiliations in `quiet`; quiet NULL: names alone, commas in style.
 */
struct phrase_look {
	const struct text_style *style, *presenter, *quiet;
};
void phrase_say_people(struct phrase *s, const cJSON *people, const struct phrase_look *look);

/* In the direction of the document's language. */
struct paragraph *phrase_paragraph(const struct phrase *s);

#endif
