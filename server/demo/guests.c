/* Given and family names put together, script by script in turn. */
#include "demo/guests.h"
#include <string.h>
#include "base/str.h"

static const struct {
	const char *lang, *pattern, *given, *family, *affiliation, *country;
} sets[] = {
#define GUESTS(lang, pattern, given, family, affiliation, country)                                 \
	{lang, pattern, given, family, affiliation, country},
#include "demo/guests.def"
#undef GUESTS
};

enum { N_SETS = sizeof(sets) / sizeof(sets[0]) };

static size_t count_parts(const char *list)
{
	size_t n = 1;

	for (const char *c = list; *c; c++)
		n += *c == '|';
	return n;
}

static struct str part(const char *list, size_t i)
{
	struct str rest = str_from(list), piece = str_cut(&rest, '|');

	while (i--)
		piece = str_cut(&rest, '|');
	return piece;
}

struct guest demo_guest(struct arena *a, size_t i)
{
	size_t set = i % N_SETS, k = i / N_SETS;
	size_t n_given = count_parts(sets[set].given), n_family = count_parts(sets[set].family);
	struct str given = part(sets[set].given, k % n_given);
	struct str family = part(sets[set].family, (k / n_given + k) % n_family);
	struct buf name = buf_in(a, 500);

	for (const char *c = sets[set].pattern; *c; c++) {
		if (*c != '%')
			buf_char(&name, *c);
		else
			buf_str(&name, *++c == 'g' ? given : family);
	}
	return (struct guest){
		.name = buf_cstr(&name),
		.lang = sets[set].lang,
		.email = arena_printf(a, "guest%03zu@example.org", i),
		.affiliation = arena_printf(a, "%s, %s", sets[set].affiliation, sets[set].country),
	};
}
