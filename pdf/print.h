/*
 * Documents by kind: a JSON model in, a PDF out.
 *
 * The way through this folder, from the outside in; a room includes from those below it only:
 *   (here)      who asks: main, command, or the server through pool and worker; print, the order of
 *               work; documents.def, the kinds; model, the check of a model; embedded, schemas,
 *               examples
 *   documents/  one kind each: what stands where, its schema, its example
 *   layout/     doc, a document in the making; block and flow, rows that flow over pages; slot, a
 *               text in a fixed place; running, the line at the edge of a page; mirror, all of it
 *               from right to left; impose, pages on sheets
 *   page/       operators on a page: page, draw (text), image, qr, emblem
 *   file/       core (libharu), pages, outline, tag (the tree for screen readers), embed and subset
 *               (fonts), save
 *   text/       from UTF-8 to lines: itemise, ties (what no line may part), paragraph, shape,
 *               shaper (remembers shapes), font; then wrap, balance, justify, shorten
 * Nothing here knows the domain, the database or HTTP: a kind gets all it prints in its model.
 *
 * A new kind is a row in documents.def and what that file asks for.
 *
 * The model is checked strictly (pdf/model.h); what is wrong is named by its path. The same model
 * gives the same bytes. Only the print worker and the command line call print_document(): it needs
 * a large stack, and libraries beneath it meet text from anywhere (pdf/worker.h).
 */
#ifndef PDF_PRINT_H
#define PDF_PRINT_H

#include "pdf/layout/doc.h"
#include "pdf/model.h"

enum {
	PRINT_MAX_MODEL = 48 << 20, /* bytes of JSON */
	PRINT_MAX_BYTES = 96 << 20, /* of the document */
	PRINT_PICTURE_PAGES = 8,
};

/* Once, at the start of a process that prints. */
void print_setup(void);

/* The names of the kinds, ended by NULL. */
const char *const *print_kinds(void);

/* What the kind is called, "Book of abstracts"; NULL for an unknown kind. */
const char *print_title(const char *kind);

/* A model of the kind, as JSON, with invented people in many scripts; NULL for an unknown kind. */
const char *print_example(const char *kind);

/* Its JSON schema, or that of "common", which the others refer to; NULL for an unknown kind. */
const char *print_schema(const char *kind);

/* INVALID when the model does not keep to the schema, NOT_FOUND when there is no such kind. */
enum rc print_check(const char *kind, const cJSON *model, struct err *err) NODISCARD;

/*
 * Makes the document. Behind a slash the kind may say how its pages are laid on sheets
 * (pdf/layout/impose.h): "programme/booklet", "programme/2-up", "programme/booklet/0.1". Characters
 * that no font draws are added to warnings; the document is made all the same. NOT_FOUND: no such
 * kind. INVALID: the model, with field errors. INTERNAL: a font is missing, or the document is too
 * large; the log knows.
 */
enum rc print_document(struct arena *a, const char *kind, const cJSON *model,
	const struct sink *sink, struct print_warnings *warnings, struct err *err) NODISCARD;

/*
 * The first pages of the document side by side, as an SVG picture, for a look at it in a browser.
 * Otherwise as print_document().
 */
enum rc print_picture(struct arena *a, const char *kind, const cJSON *model, struct buf *out,
	struct print_warnings *warnings, struct err *err) NODISCARD;

/* A layout of badges that is built in: its name, what it is called, JSON. */
struct print_layout {
	const char *name, *title, *json;
};

/* All of them, ended by a NULL name; the first is the one that is used when none is named. */
const struct print_layout *print_badge_layouts(void);

/* A sheet of badges that has a name, "4xA6", and what it is called, "4 badges A6 on A4". */
struct print_sheet {
	const char *name, *title;
};

/* All of them, ended by a NULL name. */
const struct print_sheet *print_badge_sheets(void);

/*
 * `symposiarch print KIND`: the model on standard input, the PDF on standard output, warnings and
 * errors on standard error; with --svg a picture of its first pages. `--booklet`, `--2-up`,
 * `--4-up` lay its pages on sheets, `--creep MM` with the first. `print --list` names the kinds,
 * `print KIND --example` prints an example model. argv holds what stands behind "print". Returns
 * the exit status: 0, 1 (the model is wrong, or nothing could be printed), 2 (the command line is).
 */
int print_command(int argc, char **argv);

#endif
