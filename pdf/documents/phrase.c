/* The schema bounds a list of people, and with it the spans. */
#include "pdf/documents/phrase.h"

#include <assert.h>

void phrase_say(struct phrase *s, const struct text_style *style, const char *text)
{
	assert(s->n < PHRASE_MAX_SPANS);
	s->spans[s->n++] = (struct text_span){.style = style, .text = text};
}

void phrase_say_apart(
	struct phrase *s, const struct text_style *style, const char *text, const char *lang)
{
	assert(s->n < PHRASE_MAX_SPANS);
	s->spans[s->n++] = (struct text_span){.style = style,
		.text = text,
		.lang = lang,
		.isolate = true,
		.tag = lang && s->tag ? tag_words(s->tag, lang) : NULL};
}

void phrase_say_people(struct phrase *s, const cJSON *people, const struct phrase_look *look)
{
	const cJSON *person;
	bool is_first = true;
	cJSON_ArrayForEach(person, people)
	{
		const char *affiliation = look->quiet ? json_text(person, "affiliation") : NULL;
		if (!is_first)
			phrase_say(s, look->quiet ? look->quiet : look->style, ", ");
		is_first = false;
		phrase_say_apart(s, json_bool(person, "presenting") ? look->presenter : look->style,
			model_text(person, "name"), json_text(person, "lang"));
		if (affiliation) {
			phrase_say(s, look->quiet, " (");
			phrase_say_apart(s, look->quiet, affiliation, NULL);
			phrase_say(s, look->quiet, ")");
		}
	}
}

struct paragraph *phrase_paragraph(const struct phrase *s)
{
	return paragraph_new(
		s->doc->type, s->spans, s->n, doc_is_rtl(s->doc) ? DIRECTION_RTL : DIRECTION_LTR);
}
