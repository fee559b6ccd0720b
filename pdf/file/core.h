/*
 * A PDF file in the making.
 *
 * libharu keeps the catalogue and the information about the document. Everything else is an object
 * whose body we write ourselves: libharu's text engine knows no shaping, its font and image loaders
 * crash on hostile files, each of its dictionary entries costs 130 bytes and each page three
 * thousand, and it copies the list of its objects whenever a thousand more have come. Only core.c
 * and save.c see hpdf.h.
 *
 * Objects are known by their number, which is given out before the body is known, so that objects
 * can refer to each other ("12 0 R"). Numbers follow the order of the calls, no date and no random
 * number is written: the same calls give the same bytes.
 *
 * Errors are latched: the first one is kept, later calls do nothing harmful, core_save() reports
 * it. Lengths are points (1/72 inch); pages have their origin at the top left, y grows downwards.
 */
#ifndef PDF_CORE_H
#define PDF_CORE_H

#include "base/err.h"
#include "base/str.h"
#include "pdf/file/sink.h"

/*
 * The file keeps to PDF 1.7 (ISO 32000-1): its tree of objects needs nothing newer, and every
 * reader and printer knows it.
 */
struct core;
struct core_page; /* the page object; pdf/page/page.h draws on it */
struct core_bookmark;

/*
 * Lives until core_free(): libharu keeps its objects on the heap. Bodies stay in the arena. lang is
 * BCP 47, such as "en-GB".
 */
struct core *core_new(struct arena *a, const char *lang);
void core_free(struct core *c);

/* The title is shown in the window's bar, and must be set; the author is an organisation. */
void core_set_title(struct core *c, const char *title);
void core_set_author(struct core *c, const char *author);

/* Latches an error; only the first is kept. The text is for the log. */
void core_fail(struct core *c, const char *format, ...) PRINTF_LIKE(2, 3);

/*
 * A new dictionary object; its body is what stands between << and >>, and is set once, at any time
 * before core_save(). 0 when an error is latched.
 */
unsigned core_object_new(struct core *c);
void core_object_set(struct core *c, unsigned number, struct str body);

/* A deflated stream; `entries` is the part of its dictionary beside Length and Filter. */
unsigned core_stream_new(struct core *c, const char *entries, struct str bytes);

/* A stream of bytes that are packed already; `entries` says how, in its Filter. */
unsigned core_stream_raw(struct core *c, const char *entries, struct str bytes);

/* Appends a page. The index counts from 0 and is also its /StructParents. */
struct core_page *core_page_new(struct core *c, double width, double height);
unsigned core_page_number(const struct core_page *p);
int core_page_index(const struct core_page *p);
double core_page_height(const struct core_page *p);

/* The finished drawing operators; once a page. */
void core_page_set(struct core *c, struct core_page *p, struct str operators);

/* Who else wants to see the operators of every finished page; one at a time. */
typedef void (*core_page_fn)(void *context, double width, double height, struct str operators);
void core_on_page(struct core *c, core_page_fn fn, void *context);

void core_page_annotate(struct core *c, struct core_page *p, unsigned annotation);

/*
 * What pages may use by name. All pages refer to one dictionary of resources, which core_save()
 * writes: fonts are "F0", "F1" ..., pictures "I0", "I1" ..., by the number of their maker's.
 */
enum core_resource { CORE_FONT, CORE_PICTURE };
void core_resource_add(struct core *c, enum core_resource kind, int index, unsigned object);

/*
 * An entry of the outline that leads to y on a page; parent NULL: top level. Entries with
 * children are shown open.
 */
struct core_bookmark *core_bookmark_new(struct core *c, struct core_bookmark *parent,
	const char *title, const struct core_page *page, double y);

/* struct_tree: number of the StructTreeRoot, which makes the file a tagged one. */
void core_set_struct_tree(struct core *c, unsigned struct_tree);

/* Printers that can are asked to print on both sides and to turn the paper on its short edge. */
void core_set_short_edge(struct core *c);

/* Writes the whole file. INTERNAL with the first error latched, or when the sink takes no more. */
enum rc core_save(struct core *c, const struct sink *sink, struct err *err) NODISCARD;

/*
 * Numbers and texts of PDF's syntax. A number that is not finite, or beyond 14,400 (the largest
 * page side), latches an error and is written clamped; three decimals, no exponent.
 */
void core_number(struct core *c, struct buf *b, double v);
/* "12 0 R" */
void core_reference(struct buf *b, unsigned object);
/* A text string: (ASCII), or else <FEFF...>, UTF-16BE in hex. For titles, languages and the like.
 */
void core_text(struct core *c, struct buf *b, const char *utf8);
/* <...>: the bytes in hex, for web addresses. */
void core_bytes(struct buf *b, const char *bytes);

#endif
