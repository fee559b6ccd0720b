/*
 * UAX 9 (direction), UAX 14 (line breaks), UAX 15 (normal form) and UAX 24 (scripts), by ICU. Text
 * without a right-to-left character, nearly all of it, skips the bidirectional algorithm.
 */
#include "pdf/text/itemise.h"

#include "pdf/text/ties.h"
#include "pdf/text/utf16.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>

enum { FSI = 0x2068, PDI = 0x2069, SOFT_HYPHEN = 0xAD, GRAPHEME_JOINER = 0x34F };
enum { FIRST_RTL = 0x590 };

bool item_is_blank(UChar c)
{
	return c == ' ' || c == 0xA0;
}

static bool is_line_end(UChar c)
{
	return c == '\n' || c == 0x2028 || c == 0x2029;
}

/* A sign of ASCII that is drawn, or a blank: ICU need not be asked about most of them. */
static bool is_plain(UChar c)
{
	return c >= ' ' && c <= '~';
}

/* Marks and controls of direction: ICU has seen them, the page shall not. */
static bool is_steering(UChar c)
{
	if (c < 0x061C) /* nearly all */
		return false;
	return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E ||
	       c == 0x200F || c == 0x061C || c == 0x200B || c == 0xFEFF;
}

static int copy_units(UChar *to, const UChar *from, int n)
{
	int n_kept = 0;
	for (int i = 0; i < n; i++) {
		UChar c = from[i];
		if (c == SOFT_HYPHEN ||
			(is_steering(c) && c != 0x200B && c != 0x200E && c != 0x200F))
			continue;
		to[n_kept++] = c == '\t' ? ' ' : c;
	}
	return n_kept;
}

/*
 * The "stream-safe" text of UAX 15: no letter has more than thirty marks in a row. ICU sorts marks
 * by insertion, whose time goes with the square of their number.
 */
static const UChar *part_marks(struct arena *a, const UChar *units, int *n)
{
	enum { MAX_MARKS = 30 };
	UChar *parted = arena_array(a, (size_t)*n + (size_t)*n / MAX_MARKS + 1, sizeof(UChar));
	int n_marks = 0, length = 0;
	for (int i = 0; i < *n;) {
		int start = i;
		UChar32 c;
		U16_NEXT(units, i, *n, c);
		bool is_mark = u_getIntPropertyValue(c, UCHAR_LEAD_CANONICAL_COMBINING_CLASS);
		if (is_mark && n_marks == MAX_MARKS) {
			parted[length++] = GRAPHEME_JOINER;
			n_marks = 0;
		}
		n_marks = is_mark ? n_marks + 1 : 0;
		while (start < i)
			parted[length++] = units[start++];
	}
	*n = length;
	return parted;
}

/* The span in normal form C; most text is already. */
static const UChar *span_units(struct arena *a, const char *utf8, int *n)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
	const UChar *units = utf16_from(a, utf8, n);
	if (unorm2_spanQuickCheckYes(nfc, units, *n, &status) == *n)
		return units;
	units = part_marks(a, units, n);
	int room = *n * 3 + 1; /* the worst growth of NFC in UTF-16 */
	UChar *composed = ARENA_RAW_ARRAY(a, (size_t)room, UChar);
	status = U_ZERO_ERROR;
	int length = unorm2_normalize(nfc, units, *n, composed, room, &status);
	if (U_FAILURE(status))
		return units;
	*n = length;
	return composed;
}

/* Joins the spans, with the isolates that keep a name's direction to itself. */
static void gather(struct arena *a, struct items *it, const struct text_span *spans, size_t n)
{
	const UChar **texts = arena_array(a, n, sizeof *texts);
	int *lengths = arena_array(a, n, sizeof *lengths);
	size_t room = 1;
	for (size_t i = 0; i < n; i++) {
		texts[i] = span_units(a, spans[i].text, &lengths[i]);
		room += (size_t)lengths[i] + 2;
	}
	it->text = ARENA_RAW_ARRAY(a, room, UChar);
	it->units = ARENA_ARRAY(a, room, struct item_unit);
	for (size_t i = 0; i < n; i++) {
		int start = it->n;
		if (spans[i].isolate)
			it->text[it->n++] = FSI;
		it->n += copy_units(it->text + it->n, texts[i], lengths[i]);
		if (spans[i].isolate)
			it->text[it->n++] = PDI;
		for (int k = start; k < it->n; k++)
			it->units[k].span = (unsigned short)i;
	}
}

static bool may_be_rtl(const UChar *text, int n)
{
	for (int i = 0; i < n; i++) {
		UChar c = text[i];
		if (c < FIRST_RTL)
			continue;
		/* Hebrew to Mandaic and beyond, presentation forms, the planes above, right mark.
		 */
		if (c < 0x0900 || (c >= 0xFB1D && c <= 0xFEFF) || U16_IS_LEAD(c) || c == 0x200F)
			return true;
	}
	return false;
}

static void find_levels(
	const struct item_tools *tools, struct items *it, enum paragraph_direction direction)
{
	UErrorCode status = U_ZERO_ERROR;
	UBiDiLevel base = direction == DIRECTION_LTR   ? 0
			  : direction == DIRECTION_RTL ? 1
						       : UBIDI_DEFAULT_LTR;
	it->is_rtl = direction == DIRECTION_RTL;
	if (!it->n || (direction != DIRECTION_RTL && !may_be_rtl(it->text, it->n)))
		return;
	ubidi_setPara(tools->bidi, it->text, it->n, base, NULL, &status);
	const UBiDiLevel *levels = ubidi_getLevels(tools->bidi, &status);
	if (U_FAILURE(status))
		return;
	it->is_rtl = ubidi_getParaLevel(tools->bidi) & 1;
	for (int i = 0; i < it->n; i++) {
		it->units[i].level = levels[i];
		it->is_mixed = it->is_mixed || levels[i];
	}
}

/*
 * ICU's own status of a break is of no use: it calls every break in a run of Thai hard that stands
 * before the end of a line.
 */
static bool ends_line(UChar c)
{
	if (is_plain(c))
		return false;
	int kind = u_getIntPropertyValue(c, UCHAR_LINE_BREAK);
	return kind == U_LB_LINE_FEED || kind == U_LB_CARRIAGE_RETURN ||
	       kind == U_LB_MANDATORY_BREAK || kind == U_LB_NEXT_LINE;
}

/* units[i].after: whether a line may or must end behind code unit i. */
static void find_breaks(const struct item_tools *tools, struct items *it)
{
	UErrorCode status = U_ZERO_ERROR;
	struct ties ties;
	ties_begin(&ties, it);
	ubrk_setText(tools->lines, it->text, it->n, &status);
	if (U_FAILURE(status))
		return;
	for (int at = ubrk_next(tools->lines); at != UBRK_DONE; at = ubrk_next(tools->lines)) {
		if (at < it->n)
			it->units[at - 1].after =
				ends_line(it->text[at - 1]) ? BREAK_MUST : BREAK_MAY;
		ties_try(&ties, at - 1);
	}
}

static bool is_western(int script)
{
	return script == USCRIPT_LATIN || script == USCRIPT_GREEK || script == USCRIPT_CYRILLIC;
}

enum { MAX_SHARING = 32 };

/*
 * The script of a sign that some scripts share and others do not have, such as the danda of India:
 * theirs that stands nearest before it, or behind it; else the first of them. Full-width brackets
 * and stops go with the letters that are as wide.
 */
static int script_of_shared(const struct items *it, int at, UChar32 c)
{
	UErrorCode status = U_ZERO_ERROR;
	UScriptCode sharing[MAX_SHARING];
	if (u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH) == U_EA_FULLWIDTH)
		return USCRIPT_HAN;
	if (uscript_getScriptExtensions(c, sharing, MAX_SHARING, &status) < 2 || U_FAILURE(status))
		return USCRIPT_COMMON;
	for (int i = at - 1; i >= 0; i--)
		if (uscript_hasScript(c, (UScriptCode)it->units[i].script))
			return it->units[i].script;
	for (int i = at; i < it->n;) {
		UChar32 behind;
		U16_NEXT(it->text, i, it->n, behind);
		UScriptCode script = uscript_getScript(behind, &status);
		if (script != USCRIPT_COMMON && uscript_hasScript(c, script))
			return script;
	}
	return sharing[0];
}

/* Quotes, dashes and dots that Chinese and Japanese set as wide as their own letters. */
static bool is_wide_in(UChar32 c, const char *lang, int beside)
{
	bool is_ideographic = lang && (strncmp(lang, "zh", 2) == 0 || strncmp(lang, "ja", 2) == 0);
	if (!is_ideographic || c < 0x2010 || c > 0x2026)
		return false;
	return (beside == USCRIPT_HAN || beside == USCRIPT_HIRAGANA ||
		       beside == USCRIPT_KATAKANA) &&
	       u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH) == U_EA_AMBIGUOUS;
}

/* Of those that most texts consist of; the signs of multiplication stand among them. */
static bool is_latin_letter(UChar32 c)
{
	UChar32 small = c | 0x20;
	return (small >= 'a' && small <= 'z') || (c >= 0xC0 && c < 0x250 && c != 0xD7 && c != 0xF7);
}

/*
 * Marks follow their letter. What belongs to no script (figures, brackets) stays with western
 * letters on either side, for kerning; beside all others it is set like western text, so that a
 * pair of brackets around a name in another script comes from one face. What runs right to left
 * stays together, blanks and all: readers turn a run of one face around as a whole.
 */
static void find_scripts(struct items *it, const struct text_span *spans)
{
	int current = USCRIPT_COMMON;
	for (int i = 0; i < it->n;) {
		UErrorCode status = U_ZERO_ERROR;
		int start = i;
		UChar32 c;
		U16_NEXT(it->text, i, it->n, c);
		if (is_latin_letter(c) || (c < 0x80 && current == USCRIPT_LATIN)) {
			current = USCRIPT_LATIN;
			it->units[start].script = (short)current;
			continue;
		}
		int script = c < 0x80 ? USCRIPT_COMMON : uscript_getScript(c, &status);
		bool is_own = (script == current && script != USCRIPT_COMMON) ||
			      uscript_hasScript(c, (UScriptCode)current);
		if (script == USCRIPT_COMMON && c > 0xFF && !is_own)
			script = script_of_shared(it, start, c);
		bool joins = is_western(current) || is_own || it->units[start].level & 1 ||
			     is_wide_in(c, spans[it->units[start].span].lang, current);
		if (script == USCRIPT_COMMON && !joins)
			current = USCRIPT_COMMON;
		else if (script != USCRIPT_COMMON && script != USCRIPT_INHERITED)
			current = script;
		for (int k = start; k < i; k++)
			it->units[k].script = (short)current;
	}
	for (int i = it->n - 2; i >= 0; i--) {
		struct item_unit *u = &it->units[i];
		if (u->script != USCRIPT_COMMON)
			continue;
		if (is_western(u[1].script) || (u[0].level & u[1].level & 1) ||
			is_wide_in(it->text[i], spans[u->span].lang, u[1].script))
			u->script = u[1].script;
	}
}

static bool same_piece(const struct item_unit *a, const struct item_unit *b)
{
	return a->span == b->span && a->level == b->level && a->script == b->script &&
	       a->after == BREAK_NEVER && !a->is_dropped && !b->is_dropped;
}

static void find_pieces(struct items *it)
{
	bool was_blank = false;
	for (int i = 0; i < it->n; i++) {
		struct item_unit *u = &it->units[i];
		UChar c = it->text[i];
		bool is_blank = item_is_blank(c);
		u->is_dropped = is_line_end(c) || is_steering(c);
		u->starts_piece = i == 0 || is_blank != was_blank || !same_piece(u - 1, u);
		it->n_pieces += u->starts_piece;
		was_blank = is_blank;
	}
}

struct items itemise(const struct item_tools *tools, const struct text_span *spans, size_t n,
	enum paragraph_direction direction)
{
	struct items it = {0};
	gather(tools->scratch, &it, spans, n);
	find_levels(tools, &it, direction);
	find_breaks(tools, &it);
	find_scripts(&it, spans);
	find_pieces(&it);
	return it;
}
