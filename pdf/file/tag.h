/*
 * The structure tree of a tagged PDF (ISO 32000-1, 14.7 and 14.8): what a screen reader reads, in
 * reading order, whatever the order of drawing. Types are the standard ones: Document, Sect, H1 to
 * H6, P, L, LI, LBody, Table, TR, TH, TD, Link, Span, Figure.
 */
#ifndef PDF_TAG_H
#define PDF_TAG_H

#include "pdf/file/core.h"

struct tag_tree;
struct tag; /* a node of the tree, a structure element */

struct tag_tree *tag_tree_new(struct arena *a, struct core *c);
struct tag *tag_root(const struct tag_tree *t); /* the Document */

/*
 * A new last child. lang: BCP 47 where the language differs from the document's; alt: the text
 * in place of a Figure; either may be NULL. `type` is kept as it is: pass literals.
 */
struct tag *tag_new(struct tag *parent, const char *type, const char *lang, const char *alt);
/* A Span of some words of a paragraph, in another language: it stands where it is first drawn. */
struct tag *tag_words(struct tag *parent, const char *lang);
const char *tag_type(const struct tag *tag);

/* Content drawn on a page belongs to the tag; returns its marked-content id on that page. */
int tag_mark(struct tag *tag, const struct core_page *page);

/* An annotation belongs to the tag; returns its /StructParent. */
int tag_annotation(struct tag *tag, const struct core_page *page, unsigned annotation);

/* Writes the tree and hands it to the core; after the last page, before core_save(). */
void tag_tree_finish(struct tag_tree *t);

#endif
