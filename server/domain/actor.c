/* The words of roles, as they stand in the database. */
#include "domain/actor.h"

static const struct {
	enum role role;
	const char *word;
} words[] = {
	{ROLE_ORGANISER, "organiser"},     {ROLE_CHAIR, "chair"},
	{ROLE_REVIEWER, "reviewer"},       {ROLE_DESK, "desk"},
	{ROLE_FACILITATOR, "facilitator"}, {ROLE_CATERING, "catering"},
	{ROLE_TREASURER, "treasurer"},     {ROLE_AUTHOR, "author"},
	{ROLE_ATTENDEE, "attendee"},
};

unsigned role_of_word(const char *word)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (text_equal(words[i].word, word))
			return words[i].role;
	return 0;
}

const char *role_word(enum role role)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (words[i].role == role)
			return words[i].word;
	return "";
}

bool actor_is_named(const struct actor *actor)
{
	return *actor->name && !text_equal(actor->name, actor->email);
}
