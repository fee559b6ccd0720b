/* What keeps a text from being sent: the rules of the call, as errors at the editor's fields. */
#include "base/text.h"
#include "domain/submission.h"

static void check_text(const struct call *call, const struct submission_text *t, struct err *err)
{
	const struct q_types_of_event *type = call_type(call, t->type_code);
	int n_words = text_count_words(t->abstract);

	if (!*t->title)
		err_field(err, "title", "Give your work a title");
	if (!type)
		err_field(err, "type", "Choose how you would like to present it");
	if (!n_words)
		err_field(err, "abstract", "Write the abstract");
	else if (type && n_words > type->word_limit)
		err_field(err, "abstract", "The abstract is %d words over the limit of %d",
			n_words - (int)type->word_limit, (int)type->word_limit);
}

static void check_themes(const struct call *call, const struct submission_text *t, struct err *err)
{
	if (!t->n_themes && call->n_themes)
		err_field(err, "theme", "Choose at least one theme");
	for (size_t i = 0; i < t->n_themes; i++)
		if (!call_theme(call, t->theme_codes[i]))
			err_field(err, "theme", "This event has no theme %s", t->theme_codes[i]);
}

static void check_author(const struct author_text *author, size_t i, struct err *err)
{
	const char *row = arena_printf(err->arena, "author.%zu", i);

	if (!*author->name)
		err_field(err, arena_printf(err->arena, "%s.name", row),
			"Give the name of author %zu", i + 1);
	else if (!*author->affiliations)
		err_field(err, arena_printf(err->arena, "%s.affiliations", row),
			"Give an affiliation for %s", author->name);
}

static void check_authors(const struct submission_text *t, struct err *err)
{
	size_t n_presenting = 0;

	if (!t->n_authors)
		err_field(err, "author", "Add the authors, in the order to be printed");
	if (t->n_authors > SUBMISSION_MAX_AUTHORS)
		err_field(err, "author", "At most %d authors can be printed",
			SUBMISSION_MAX_AUTHORS);
	for (size_t i = 0; i < t->n_authors; i++) {
		check_author(&t->authors[i], i, err);
		n_presenting += t->authors[i].is_presenting;
	}
	if (t->n_authors && !n_presenting)
		err_field(err, "author.0.is_presenting", "Say which author will present");
}

enum rc submission_check(const struct call *call, const struct submission_text *text,
	struct err *err)
{
	check_text(call, text, err);
	check_themes(call, text, err);
	check_authors(text, err);
	return err->rc;
}
