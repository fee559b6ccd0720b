/*
 * Markdown as people may write it in calls, pages and messages: cmark-gfm in safe mode, without
 * images and raw HTML, headings one level down, links with rel="nofollow noopener", input capped at
 * 64 KiB and nesting at 32 (deeper text is shown as it was typed).
 */
#ifndef VIEW_MARKDOWN_H
#define VIEW_MARKDOWN_H

#include "view/vm.h"

struct safe_html markdown_html(struct arena *a, const char *source);
/* Plain paragraphs for abstracts: escaped, blank line = new <p>, no other markup. */
struct safe_html paragraphs_html(struct arena *a, const char *source);

#endif
