/* Cuts at empty lines; everything else is block_text(). */
#include "pdf/layout/prose.h"

#include "pdf/layout/rows.h"

#include <string.h>

const char *prose_cut(struct arena *a, const char **rest)
{
	const char *start = *rest + strspn(*rest, "\n"), *end = strstr(start, "\n\n");
	size_t n = end ? (size_t)(end - start) : strlen(start);
	*rest = start + n;
	while (n && start[n - 1] == '\n')
		n--;
	return n ? arena_strndup(a, start, n) : NULL;
}

void block_prose(struct block *b, const struct prose *how, const char *text)
{
	struct arena *a = typesetter_arena(b->doc->type);
	bool is_first = true;
	for (const char *paragraph; (paragraph = prose_cut(a, &text)) != NULL;) {
		if (!is_first)
			block_space(b, how->gap);
		is_first = false;
		block_text(b, &(struct block_text){.paragraph = paragraph_of(b->doc->type,
							   how->style, paragraph, how->lang),
				      .x = how->x,
				      .width = how->width,
				      .leading = how->leading,
				      .align = how->align,
				      .tag = tag_new(how->parent, "P", how->lang, NULL)});
	}
}
