/* Only places where a line may end are looked at, and most of them are told by one neighbour. */
#include "pdf/text/ties.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/ustring.h>

/* Apart from its caller, whose way past nearly all places stays short for it. */
#define RARE __attribute__((noinline))

/* The weakest first. */
enum strength {
	TIE_NONE,
	TIE_DASH,
	TIE_NAME,
	TIE_REFERENCE,
	TIE_INITIALS,
	TIE_QUOTATION,
	TIE_UNIT,
	TIE_FRACTION,
	TIE_RANGE,
	TIE_FIGURE,
	TIE_FORMULA, /* never gives way */
};

enum { LONGEST_WORD = 8, LONGEST_FRACTION = 12, LONGEST_GROUP = 3, SHORT_WORD = 3 };

/* In front of a figure, in small letters. */
static const UChar *const references[] = {u"no.", u"nos.", u"nr.", u"n°", u"nº", u"fig.", u"figs.",
	u"figure", u"figures", u"eq.", u"eqs.", u"tab.", u"table", u"tables", u"tabelle",
	u"tableau", u"abb.", u"p.", u"pp.", u"s.", u"vol.", u"ch.", u"chap.", u"kap.", u"art.",
	u"abs.", u"рис.", u"табл.", u"с.", u"стр."};

/* Behind a figure; these with a prefix of the SI or without, */
static const UChar *const measures[] = {u"g", u"m", u"s", u"l", u"L", u"mol", u"M", u"V", u"W",
	u"J", u"N", u"T", u"F", u"Pa", u"Hz", u"Bq", u"Gy", u"Sv", u"K", u"B", u"Da", u"eV", u"Wh",
	u"cal", u"bar", u"eq", u"Eq", u"Osm", u"U", u"IU", u"kat", u"t", u"Ω", u"Ω"};

/* and these without. The H of cmH₂O stands in front of its figure. */
static const UChar *const units[] = {u"h", u"min", u"d", u"mmHg", u"cmH", u"mA", u"µA", u"μA",
	u"Torr", u"ha", u"rad", u"lx", u"lm", u"cd", u"C", u"am", u"rpm", u"bpm", u"ppm", u"ppb",
	u"psi", u"dpi", u"px"};

static const UChar prefixes[] = u"kMGTmµμncdhpf", percents[] = u"%‰°′″€£$";

static bool is_digit(UChar c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(UChar c)
{
	if (c > '~')
		return u_isalpha(c);
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_capital(UChar c)
{
	return c > '~' ? u_isupper(c) : c >= 'A' && c <= 'Z';
}

static bool is_dash(UChar c)
{
	return c == '-' || (c >= 0x2010 && c <= 0x2015);
}

/* 0 beyond the ends of the text. */
static UChar unit_at(const struct items *it, int at)
{
	return at >= 0 && at < it->n ? it->text[at] : 0;
}

/* The ends of the text and of its lines, blanks, and what steers its direction. */
static bool is_outside(UChar c)
{
	return c <= ' ' || c == 0xA0 || (c >= 0x2000 && c <= 0x200F) ||
	       (c >= 0x2028 && c <= 0x202F) || (c >= 0x2066 && c <= 0x2069);
}

static bool has_word(const UChar *const *list, size_t n_list, const UChar *word, int n)
{
	for (size_t i = 0; i < n_list; i++)
		if (list[i][0] == word[0] && u_strlen(list[i]) == n &&
			u_memcmp(list[i], word, n) == 0)
			return true;
	return false;
}

#define HAS_WORD(list, word, n) has_word(list, sizeof(list) / sizeof *(list), word, n)

/* ---- figures -------------------------------------------------------------------------------- */

static bool is_unit(const UChar *word, int n)
{
	bool is_measured = HAS_WORD(measures, word, n) || HAS_WORD(units, word, n);
	return is_measured ||
	       (n > 1 && u_strchr(prefixes, word[0]) && HAS_WORD(measures, word + 1, n - 1));
}

/* "mg", "µg/day", "m²", "%"; no elided word such as "d’entre". */
static bool begins_unit(const struct items *it, int at)
{
	int n = 0;
	if (u_strchr(percents, it->text[at]))
		return true;
	while (n <= LONGEST_WORD && is_letter(unit_at(it, at + n)))
		n++;
	UChar behind = unit_at(it, at + n);
	return n && n <= LONGEST_WORD && behind != '\'' && behind != 0x2019 &&
	       is_unit(it->text + at, n);
}

/* One to three digits before the blank, three behind it. */
static bool parts_figure(const struct items *it, int blank)
{
	int before = 0, behind = 0;
	while (before <= LONGEST_GROUP && is_digit(unit_at(it, blank - 1 - before)))
		before++;
	while (behind <= LONGEST_GROUP && is_digit(unit_at(it, blank + 1 + behind)))
		behind++;
	return before >= 1 && before <= LONGEST_GROUP && behind == LONGEST_GROUP;
}

/* "5", or the "S1" of a supplement. */
static bool begins_figure(const struct items *it, int at)
{
	return is_digit(it->text[at]) ||
	       (is_capital(it->text[at]) && is_digit(unit_at(it, at + 1)));
}

/* Whether the word before the blank counts what a figure behind it names. */
static bool ends_reference(const struct items *it, int blank)
{
	UChar word[LONGEST_WORD];
	int n = 0, start = blank;
	UChar last = it->text[blank - 1];
	if (last == 0xA7 || last == 0xB6 || last == 0x2116) /* section, paragraph, numero */
		return true;
	if (last == '.' || last == 0xB0 || last == 0xBA)
		start--;
	while (start > 0 && blank - start <= LONGEST_WORD && is_letter(it->text[start - 1]))
		start--;
	if (blank - start > LONGEST_WORD)
		return false;
	for (int i = start; i < blank; i++)
		word[n++] = (UChar)u_tolower(it->text[i]);
	return HAS_WORD(references, word, n);
}

/* The dash in "10 – 12", seen from the blank behind it. */
static bool parts_range(const struct items *it, int blank)
{
	return is_dash(it->text[blank - 1]) && unit_at(it, blank - 2) == ' ' &&
	       is_digit(unit_at(it, blank - 3)) && is_digit(it->text[blank + 1]);
}

static enum strength tie_of_figure(const struct items *it, int blank)
{
	UChar before = it->text[blank - 1], behind = it->text[blank + 1];
	if (is_digit(before) && is_digit(behind))
		return parts_figure(it, blank) ? TIE_FIGURE : TIE_NONE;
	if (is_digit(before))
		return begins_unit(it, blank + 1) ? TIE_UNIT : TIE_NONE;
	if (!begins_figure(it, blank + 1))
		return TIE_NONE;
	if (parts_range(it, blank))
		return TIE_RANGE;
	return ends_reference(it, blank) ? TIE_REFERENCE : TIE_NONE;
}

/* ---- initials ------------------------------------------------------------------------------- */

/*
 * A letter with a stop behind a word in small letters, "vitamin B. The", may end the sentence; not
 * so behind "by", "and", "von", for few words as short have a letter for their name, nor behind a
 * name, a title or a stop.
 */
static bool may_end_sentence(const struct items *it, int letter)
{
	int last = letter - 2, start = last;
	if (unit_at(it, letter - 1) != ' ' || !u_islower(unit_at(it, last)))
		return false;
	while (is_letter(unit_at(it, start - 1)))
		start--;
	return last - start + 1 > SHORT_WORD && !is_capital(it->text[start]);
}

/* The blank behind "R." in "J. R. Smith", and in abbreviations such as "z. B." */
static enum strength tie_of_initial(const struct items *it, int blank)
{
	int letter = blank - 2;
	UChar before = unit_at(it, letter - 1), behind = it->text[blank + 1];
	if (letter < 0 || !is_letter(it->text[letter]) || is_letter(before) || is_digit(before))
		return TIE_NONE;
	if (is_letter(behind) && unit_at(it, blank + 2) == '.')
		return TIE_INITIALS;
	bool is_name = is_capital(it->text[letter]) && is_capital(behind);
	return is_name && !may_end_sentence(it, letter) ? TIE_NAME : TIE_NONE;
}

/* ---- signs ---------------------------------------------------------------------------------- */

static bool is_mathematical(UChar c)
{
	if (c >= ' ' && c <= '~')
		return c == '+' || c == '|' || c == '~' || (c >= '<' && c <= '>');
	if (c > 0xF7 && c < 0x2000) /* letters */
		return false;
	return u_charType(c) == U_MATH_SYMBOL;
}

/*
 * French stands its guillemets off the words inside; German turns them around, and then the blank
 * is on the outer side, where the mark touches a word or its stop on the other.
 */
static bool is_inside_quotation(const struct items *it, int blank)
{
	UChar before = it->text[blank - 1], behind = it->text[blank + 1];
	if (before == 0xAB || before == 0x2039) {
		UChar outer = unit_at(it, blank - 2);
		return is_outside(outer) || outer == '\'' || outer == 0x2019 ||
		       u_charType(outer) == U_START_PUNCTUATION;
	}
	if (behind == 0xBB || behind == 0x203A) {
		UChar outer = unit_at(it, blank + 2);
		return is_outside(outer) || u_charType(outer) == U_OTHER_PUNCTUATION ||
		       u_charType(outer) == U_END_PUNCTUATION;
	}
	return false;
}

/* ---- places --------------------------------------------------------------------------------- */

/* A letter of nearly any text. */
static bool is_plain_letter(UChar c)
{
	UChar small = c | 0x20;
	return (small >= 'a' && small <= 'z') ||
	       (c >= 0xC0 && c < 0x2000 && c != 0xD7 && c != 0xF7);
}

/* Nearly all of them, and nothing ties two words; but for "Figure S1". */
static bool is_between_words(const struct items *it, int blank)
{
	UChar before = it->text[blank - 1];
	return (is_plain_letter(before) || before == ',') && is_plain_letter(it->text[blank + 1]) &&
	       !is_digit(unit_at(it, blank + 2));
}

static RARE enum strength tie_of_signs(const struct items *it, int blank)
{
	UChar before = it->text[blank - 1], behind = it->text[blank + 1];
	if (before == ' ' || behind == ' ')
		return TIE_NONE;
	if (is_mathematical(before) || is_mathematical(behind))
		return TIE_FORMULA;
	if (is_dash(behind) && unit_at(it, blank + 2) == ' ')
		return TIE_DASH;
	if (is_inside_quotation(it, blank))
		return TIE_QUOTATION;
	enum strength tie = tie_of_figure(it, blank);
	return tie == TIE_NONE && before == '.' ? tie_of_initial(it, blank) : tie;
}

/* Of a word without the brackets around it. Chinese and Japanese have no blanks between theirs. */
static bool is_in_word(UChar c)
{
	return !is_outside(c) && c < 0x2E80 && c != '(' && c != ')' && c != '[' && c != ']';
}

/* "mg/day", "and/or", but no long compound and no address: they may end a line at the slash. */
static RARE enum strength tie_of_slash(const struct items *it, int slash)
{
	int start = slash, end = slash + 1;
	while (slash - start <= LONGEST_FRACTION && is_in_word(unit_at(it, start - 1)))
		start--;
	while (end - start <= LONGEST_FRACTION && is_in_word(unit_at(it, end)))
		end++;
	return end - start <= LONGEST_FRACTION ? TIE_FRACTION : TIE_NONE;
}

/* "1.2–3.4", "5 %–10 %"; and the hyphen of "J.-P." */
static RARE enum strength tie_of_dash(const struct items *it, int dash)
{
	UChar before = it->text[dash - 1], behind = it->text[dash + 1];
	if (is_digit(behind) && (is_digit(before) || u_strchr(percents, before)))
		return TIE_RANGE;
	bool has_initial = before == '.' && is_letter(unit_at(it, dash - 2)) &&
			   !is_letter(unit_at(it, dash - 3));
	return has_initial && is_capital(behind) ? TIE_INITIALS : TIE_NONE;
}

static enum strength tie_at(const struct items *it, int i)
{
	UChar c = it->text[i];
	if (c == ' ')
		return is_between_words(it, i) ? TIE_NONE : tie_of_signs(it, i);
	if (c == '/')
		return tie_of_slash(it, i);
	return is_dash(c) ? tie_of_dash(it, i) : TIE_NONE;
}

/* ---- chains --------------------------------------------------------------------------------- */

/* The last of the weakest ties gives way; those behind it begin a chain. */
static void part_chain(struct ties *t)
{
	int weakest = 0;
	for (int i = 1; i < t->n; i++)
		if (t->ties[i].strength <= t->ties[weakest].strength)
			weakest = i;
	int at = t->ties[weakest].at;
	t->it->units[at].after = BREAK_MAY;
	t->start = at + 1;
	t->n -= weakest + 1;
	memmove(t->ties, t->ties + weakest + 1, (size_t)t->n * sizeof *t->ties);
}

/* The chain comes up to `end`, without the blank there, which would vanish. */
static RARE void shorten_chain(struct ties *t, int end)
{
	while (t->n && end - t->start > TIES_MAX_LENGTH)
		part_chain(t);
}

/* No more than there are units in the longest chain: before one is added, too long a one is
 * shortened. */
static RARE void add_tie(struct ties *t, int i, enum strength strength)
{
	t->it->units[i].after = strength == TIE_NAME ? BREAK_NAME : BREAK_NEVER;
	if (strength == TIE_FORMULA)
		return;
	shorten_chain(t, i);
	t->ties[t->n++] = (struct tie){i, strength};
}

void ties_begin(struct ties *t, struct items *it)
{
	t->it = it;
	t->start = t->n = 0;
}

void ties_try(struct ties *t, int i)
{
	const struct items *it = t->it;
	bool may_tie = i > 0 && i + 1 < it->n && it->units[i].after == BREAK_MAY;
	enum strength tie = may_tie ? tie_at(it, i) : TIE_NONE;
	if (tie != TIE_NONE) {
		add_tie(t, i, tie);
		return;
	}
	if (t->n)
		shorten_chain(t, i + (it->text[i] != ' '));
	t->start = i + 1;
	t->n = 0;
}
