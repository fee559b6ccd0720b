/*
 * Documents by kind: a JSON model in, a PDF out.
 *
 * The way through this folder, from the outside in:
 *   command, pool, worker     who asks: the command line, or the server through other processes
 *   print, model, example     the table of kinds, the check of a model, models to start from
 *   badge, programme          one kind each: what stands where (qr, emblem, date help them)
 *   layout, block, flow       rows that flow over pages
 *   doc, draw, wrap           a document, a line on a page, lines from a paragraph
 *   paragraph, itemise        a paragraph from text: normal form, direction, scripts, faces
 *   shape, font, embed, subset   glyphs, where they come from, how they get into the file
 *   page, tag, core           drawing operators, the tree for screen readers, libharu
 * Nothing here knows the domain, the database or HTTP: a kind gets all it prints in its model.
 *
 * A new kind is a table of members, a function that draws and a row in print.c.
 *
 * The model is checked strictly (pdf/model.h); what is wrong is named by its path. The same model
 * gives the same bytes. Only the print worker and the command line call print_document(): it needs
 * a large stack, and libraries beneath it meet text from anywhere (pdf/worker.h).
 */
#ifndef PDF_PRINT_H
#define PDF_PRINT_H

#include "pdf/doc.h"
#include "pdf/model.h"

enum { PRINT_MAX_BYTES = 64 << 20 };

/* The names of the kinds, ended by NULL. */
const char *const *print_kinds(void);

/* A model of the kind, as JSON, with invented people in many scripts; NULL for an unknown kind. */
const char *print_example(const char *kind);

/*
 * Makes the document. Characters that no font draws are added to warnings; the document is made
 * all the same. NOT_FOUND: no such kind. INVALID: the model, with field errors. INTERNAL: a font
 * is missing, or the document is too large; the log knows.
 */
enum rc print_document(struct arena *a, const char *kind, const cJSON *model, struct buf *out,
	struct print_warnings *warnings, struct err *err) NODISCARD;

/*
 * `symposiarch print KIND`: the model on standard input, the PDF on standard output, warnings and
 * errors on standard error. `print --list` names the kinds, `print KIND --example` prints an
 * example model. argv holds what stands behind "print". Returns the exit status: 0, 1 (the model is
 * wrong, or nothing could be printed), 2 (the command line is).
 */
int print_command(int argc, char **argv);

#endif
