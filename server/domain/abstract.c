/* Customary headings are a closed list: a sentence that begins with another word is left whole. */
#include "domain/abstract.h"

#include <string.h>
#include <strings.h>

enum { MAX_PARTS = 20 };

/* The longer ones first where one begins another. */
static const char *const headings[] = {"Background and aims", "Background", "Introduction",
	"Context", "Rationale", "Aims and objectives", "Aims", "Aim", "Objectives", "Objective",
	"Purpose", "Question", "Hypothesis", "Materials and methods", "Methods and materials",
	"Methods", "Method", "Methodology", "Design", "Setting", "Participants", "Intervention",
	"Approach", "Measures", "Results", "Result", "Findings", "Outcomes", "Evaluation",
	"Discussion", "Conclusions", "Conclusion", "Implications", "Lessons learned",
	"Take-home message", "Take-home messages", "Recommendations", "Limitations", "References",
	"Acknowledgements"};

/* How many bytes of a paragraph are its heading with what ends it; 0: it has none. */
static size_t heading_length(struct str paragraph, struct str *heading)
{
	for (size_t i = 0; i < sizeof(headings) / sizeof(headings[0]); i++) {
		size_t n = strlen(headings[i]);
		if (paragraph.n < n || strncasecmp(paragraph.p, headings[i], n) != 0)
			continue;
		*heading = (struct str){paragraph.p, n};
		if (paragraph.n == n) /* on a line of its own, an empty line below it */
			return n;
		if (paragraph.p[n] == '\n' || paragraph.p[n] == ':' || paragraph.p[n] == '.')
			return n + 1;
	}
	return 0;
}

/* "METHODS" as "Methods": print has a style of its own for headings. */
static const char *heading_text(struct arena *a, struct str heading)
{
	for (size_t i = 0; i < sizeof(headings) / sizeof(headings[0]); i++)
		if (strlen(headings[i]) == heading.n &&
			strncasecmp(heading.p, headings[i], heading.n) == 0)
			return headings[i];
	return str_dup(a, heading);
}

/* Cuts at the next blank line. */
static struct str cut_paragraph(struct str *rest)
{
	struct str whole = *rest;
	const char *blank = strstr(whole.p, "\n\n");

	if (!blank) {
		*rest = (struct str){0};
		return str_trim(whole);
	}
	*rest = (struct str){blank + 2, whole.n - (size_t)(blank + 2 - whole.p)};
	return str_trim((struct str){whole.p, (size_t)(blank - whole.p)});
}

static void append(struct arena *a, struct abstract_part *part, struct str paragraph)
{
	part->text = *part->text ? arena_printf(a, "%s\n\n%.*s", part->text, (int)paragraph.n,
					   paragraph.p)
				 : str_dup(a, paragraph);
}

size_t abstract_parts(struct arena *a, const char *text, struct abstract_part **out)
{
	struct abstract_part *parts = ARENA_ARRAY(a, MAX_PARTS, struct abstract_part);
	struct str rest = str_from(text), heading = {0};
	size_t n = 0;

	while (rest.p) {
		struct str paragraph = cut_paragraph(&rest);
		size_t n_heading = heading_length(paragraph, &heading);
		if (!paragraph.n)
			continue;
		if ((n_heading && n < MAX_PARTS) || !n) {
			parts[n++] = (struct abstract_part){
				n_heading ? heading_text(a, heading) : NULL, ""};
			paragraph.p += n_heading;
			paragraph.n -= n_heading;
		}
		append(a, &parts[n - 1], str_trim(paragraph));
	}
	*out = parts;
	return n;
}

/* ---- names ---- */

static bool is_family_first(const char *lang)
{
	static const char *const langs[] = {"hu", "ja", "ko", "vi", "zh"};

	for (size_t i = 0; i < sizeof(langs) / sizeof(langs[0]); i++)
		if (lang && strncmp(lang, langs[i], 2) == 0 && (!lang[2] || lang[2] == '-'))
			return true;
	return false;
}

/* "van", "de": small words stay behind the name they belong to. */
const char *abstract_index_name(struct arena *a, const char *name, const char *lang)
{
	const char *last = strrchr(name, ' ');

	if (!last || !last[1] || is_family_first(lang))
		return name;
	return arena_printf(a, "%s, %.*s", last + 1, (int)(last - name), name);
}
