/*
 * Markdown as people may write it in calls, pages and messages: cmark-gfm in safe mode with tables
 * and strikethrough.
 *
 *   headings   one level down: the page has its own first
 *   links      http, https, mailto and relative ones, with rel="nofollow noopener"; others lose the
 *              link and keep their text. Bare addresses in text become links.
 *   images     their description: a remote picture would tell who reads
 *   raw HTML   the text it was typed as, escaped
 *   limits     text over 64 KiB, and what nests deeper than 32, is shown as it was typed; so is a
 *              table that short rows would blow up to more than 20,000 cells
 *
 * Never fails. NULL gives "". The result lives in the arena and is well-formed HTML.
 */
#ifndef VIEW_MARKDOWN_H
#define VIEW_MARKDOWN_H

#include "view/vm.h"

struct safe_html markdown_html(struct arena *a, const char *source);
/* Plain paragraphs for abstracts: escaped, blank line = new <p>, no other markup. */
struct safe_html paragraphs_html(struct arena *a, const char *source);

#endif
