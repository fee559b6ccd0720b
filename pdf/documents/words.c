/* Tables are short: they are searched from the top. */
#include "pdf/documents/words.h"

#include <string.h>

const char *word_of(const cJSON *model, const struct word *table, const char *code)
{
	const char *own = json_text(json_get(model, "words"), code);
	for (const struct word *w = table; w->code && !own; w++)
		if (strcmp(w->code, code) == 0)
			own = w->english;
	return own ? own : code;
}
