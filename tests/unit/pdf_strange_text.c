/* Text by sorts: each sort is a way to choose the next characters. */
#include "pdf_mutate.h"

#include <string.h>

uint64_t dice_throw(struct dice *d)
{
	uint64_t z = d->state += UINT64_C(0x9E3779B97F4A7C15);
	z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	return z ^ z >> 31;
}

int dice_below(struct dice *d, int n)
{
	return n > 1 ? (int)(dice_throw(d) % (unsigned)n) : 0;
}

bool dice_one_in(struct dice *d, int n)
{
	return dice_below(d, n) == 0;
}

struct range {
	uint32_t first, last;
};

/* Blocks with letters and what belongs to them, assigned or not. */
static const struct range scripts[] = {
	{0x21, 0x7E},       /* ASCII */
	{0xA1, 0x24F},      /* Latin */
	{0x250, 0x2AF},     /* phonetic */
	{0x370, 0x3FF},     /* Greek */
	{0x1F00, 0x1FFE},   /* polytonic */
	{0x400, 0x52F},     /* Cyrillic */
	{0x531, 0x58F},     /* Armenian */
	{0x591, 0x5F4},     /* Hebrew */
	{0x606, 0x61B},     /* Arabic signs */
	{0x61D, 0x6FF},     /* Arabic */
	{0x700, 0x74F},     /* Syriac */
	{0x780, 0x7B1},     /* Thaana */
	{0x7C0, 0x7FF},     /* N'Ko */
	{0x900, 0x97F},     /* Devanagari */
	{0x980, 0x9FF},     /* Bengali */
	{0xA00, 0xA7F},     /* Gurmukhi */
	{0xA80, 0xAFF},     /* Gujarati */
	{0xB80, 0xBFF},     /* Tamil */
	{0xC00, 0xC7F},     /* Telugu */
	{0xC80, 0xCFF},     /* Kannada */
	{0xD00, 0xD7F},     /* Malayalam */
	{0xD80, 0xDFF},     /* Sinhala */
	{0xE01, 0xE5B},     /* Thai */
	{0xE81, 0xEDF},     /* Lao */
	{0xF00, 0xFDA},     /* Tibetan */
	{0x1000, 0x109F},   /* Myanmar */
	{0x10A0, 0x10FF},   /* Georgian */
	{0x1100, 0x11FF},   /* Hangul letters, to be joined */
	{0x1200, 0x137C},   /* Ethiopic */
	{0x13A0, 0x13FD},   /* Cherokee */
	{0x1780, 0x17F9},   /* Khmer */
	{0x1800, 0x18AA},   /* Mongolian */
	{0x3041, 0x30FF},   /* kana */
	{0x4E00, 0x9FFF},   /* Han */
	{0xAC00, 0xD7A3},   /* Hangul */
	{0xFB1D, 0xFDFD},   /* Hebrew and Arabic presentation forms */
	{0xFF01, 0xFFDC},   /* wide and narrow forms */
	{0x10330, 0x1034A}, /* Gothic */
	{0x12000, 0x12399}, /* cuneiform */
	{0x1E900, 0x1E95F}, /* Adlam, right to left */
	{0x1D400, 0x1D7FF}, /* mathematical letters */
	{0x20000, 0x2A6DF}, /* rare Han */
	{0x2190, 0x2BFF},   /* arrows, signs, Braille */
	{0x1F300, 0x1FAFF}, /* pictures */
	{0xE000, 0xF8FF},   /* private use */
};
static const struct range small_letters = {0x61, 0x7A};
enum { N_SCRIPTS = sizeof scripts / sizeof scripts[0] };

static const struct range marks[] = {{0x300, 0x36F}, {0x483, 0x489}, {0x591, 0x5BD}, {0x610, 0x61A},
	{0x64B, 0x65F}, {0x93A, 0x94D}, {0xE47, 0xE4E}, {0xF71, 0xF84}, {0x1AB0, 0x1ABE},
	{0x1DC0, 0x1DFF}, {0x20D0, 0x20F0}, {0x3099, 0x309A}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F},
	{0xE0100, 0xE01EF}};
static const struct range invisible[] = {{0xAD, 0xAD}, {0x34F, 0x34F}, {0x115F, 0x1160},
	{0x17B4, 0x17B5}, {0x180B, 0x180E}, {0x200B, 0x200F}, {0x2060, 0x2064}, {0x61C, 0x61C},
	{0x3164, 0x3164}, {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xFFF9, 0xFFFB}, {0xE0020, 0xE007F}};
static const struct range blanks[] = {{0x20, 0x20}, {0x20, 0x20}, {0xA0, 0xA0}, {0x1680, 0x1680},
	{0x2000, 0x200A}, {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000}};
static const struct range points[] = {{0x21, 0x2F}, {0x3A, 0x40}, {0x5B, 0x60}, {0x2010, 0x2027},
	{0x2030, 0x205E}, {0x3001, 0x303F}, {0x2985, 0x2998}, {0x30, 0x39}, {0x660, 0x669}};
/* What model_check() refuses, so that most of a text goes without. */
static const struct range forbidden[] = {
	{0x1, 0x1F}, {0x7F, 0x9F}, {0x202A, 0x202E}, {0x2066, 0x2069}, {0x2028, 0x2029}};

#define COUNT(ranges) ((int)(sizeof(ranges) / sizeof *(ranges)))

static void add_code_point(struct buf *b, uint32_t c)
{
	if (c < 0x80) {
		buf_char(b, (char)c);
		return;
	}
	if (c < 0x800) {
		buf_char(b, (char)(0xC0 | c >> 6));
	} else {
		if (c < 0x10000) {
			buf_char(b, (char)(0xE0 | c >> 12));
		} else {
			buf_char(b, (char)(0xF0 | c >> 18));
			buf_char(b, (char)(0x80 | (c >> 12 & 63)));
		}
		buf_char(b, (char)(0x80 | (c >> 6 & 63)));
	}
	buf_char(b, (char)(0x80 | (c & 63)));
}

static void add_one_of(struct buf *b, struct dice *d, const struct range *ranges, int n)
{
	const struct range *r = &ranges[dice_below(d, n)];
	add_code_point(b, r->first + (uint32_t)dice_below(d, (int)(r->last - r->first) + 1));
}

static void add_any(struct buf *b, struct dice *d)
{
	uint32_t c = (uint32_t)dice_below(d, 0x10FFFF - 0x20) + 0x20;
	if (c >= 0xD800 && c <= 0xDFFF)
		c -= 0x1000;
	add_code_point(b, c);
}

/* Sequences that are one picture, flags, a letter and its marks taken apart, Hangul by letters. */
static void add_sequence(struct buf *b, struct dice *d)
{
	static const char *const sequences[] = {"👩🏽‍⚕️", "🏳️‍🌈", "🇬🇧", "🇺",
		"1️⃣", "👨‍👩‍👧‍👦", "e\u0301", "A\u030A", "\u1112\u1161\u11AB",
		"क्ष्म्य", "र्‍क", "لا", "لآ\u0651\u064E", "שׁ\u05B8", "ก็ำ\u0E48",
		"\u0F40\u0FB5\u0F72", "ﬃ", "Ǆ", "s\u0323\u0307", "ϋ\u0301", "“‘", "’”", "--", "…",
		"ß", "İi", "ſt", "½", "№", "\u2215", "p\u00A0≤\u00A00.05"};
	buf_text(b, sequences[dice_below(d, (int)(sizeof sequences / sizeof *sequences))]);
}

enum sort {
	WORDS,
	ONE_WORD,
	SCRIPT,
	MARKS,
	TOWERS,
	INVISIBLE,
	BLANKS,
	POINTS,
	SEQUENCES,
	ANY,
	MIXED,
	N_SORTS
};

static void add_next(struct buf *b, struct dice *d, enum sort sort, const struct range *script)
{
	/* What is not seen is refused when nothing else is there. */
	if ((sort == MARKS || sort == INVISIBLE || sort == BLANKS) && dice_one_in(d, 5))
		sort = ONE_WORD;
	switch (sort) {
	case WORDS:
	case SCRIPT:
		if (dice_one_in(d, 7))
			buf_char(b, ' ');
		else
			add_one_of(b, d, script, 1);
		break;
	case ONE_WORD:
		add_one_of(b, d, script, 1);
		break;
	case MARKS:
		add_one_of(b, d, marks, COUNT(marks));
		break;
	case TOWERS:
		add_one_of(b, d, script, 1);
		for (int i = dice_below(d, dice_one_in(d, 50) ? 40 : 12); i > 0; i--)
			add_one_of(b, d, marks, COUNT(marks));
		break;
	case INVISIBLE:
		add_one_of(b, d, invisible, COUNT(invisible));
		break;
	case BLANKS:
		add_one_of(b, d, blanks, COUNT(blanks));
		break;
	case POINTS:
		add_one_of(b, d, points, COUNT(points));
		break;
	case SEQUENCES:
		add_sequence(b, d);
		break;
	case ANY:
		add_any(b, d);
		break;
	case MIXED:
	case N_SORTS:
		if (dice_one_in(d, 3))
			script = &scripts[dice_below(d, N_SCRIPTS)];
		add_next(b, d, (enum sort)dice_below(d, MIXED), script);
		break;
	}
}

const char *pdf_strange_text(struct arena *a, struct dice *d, int n)
{
	struct buf b = buf_in(a, 1 << 20);
	enum sort sort = (enum sort)dice_below(d, N_SORTS);
	const struct range *script =
		sort == WORDS ? &scripts[0] : &scripts[dice_below(d, N_SCRIPTS)];
	if (sort == ONE_WORD && dice_one_in(d, 2))
		script = &small_letters;
	for (int i = 0; i < n; i++)
		add_next(&b, d, sort, script);
	if (dice_one_in(d, 100))
		add_one_of(&b, d, forbidden, COUNT(forbidden));
	return buf_cstr(&b);
}
