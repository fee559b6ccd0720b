/*
 * Human text, by ICU: normal form, sorting, folding, words. Everything here is locale independent
 * unless a language tag is a parameter (LC_* stays "C": cJSON and printf depend on it).
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include "base/str.h"

/* Valid UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF. NUL bytes are refused. */
bool text_is_utf8(struct str s);

enum text_kind {
	TEXT_LINE,  /* one line: line breaks and tabs become spaces, controls are refused */
	TEXT_BLOCK, /* CRLF and CR become LF, tabs kept, other controls refused */
};

/*
 * What we store: NFC, white space trimmed at the ends (and line ends in a block), controls and
 * bidirectional overrides (U+202A..E, U+2066..9) refused. NULL when refused or not UTF-8. U+0085,
 * U+2028 and U+2029 are line breaks; byte order marks are left out; U+200B and U+2060 at the ends
 * go with the white space.
 *
 * Refused too: more than 30 combining marks in a row, the bound of UAX 15, "Stream-Safe Text
 * Format", which calls it far beyond any linguistic use. They are counted as there, in NFKD, but
 * also across characters that show nothing, such as U+034F. Normalisation would take time quadratic
 * in their number, and to cut them would store what nobody typed.
 */
const char *text_clean(struct arena *a, struct str s, enum text_kind kind);

/* What text_clean() refuses wherever it stands; line breaks and tabs are not among it. */
bool text_is_refused(int32_t c);

/* True for most letters that are not ASCII: drawn, no mark, known without asking ICU. */
static inline bool text_is_plain_letter(int32_t c)
{
	return (c >= 0xC0 && c < 0x300) || (c >= 0x370 && c < 0x483) ||
	       (c >= 0x3400 && c < 0xA000) || (c >= 0xAC00 && c < 0xD7A4);
}

/* The text, of UTF-8, without the marks for which text_clean() would refuse it. */
const char *text_without_surplus_marks(struct arena *a, const char *s);

/* Hex of ICU's root collation key, cut at 120 bytes of key: compare as bytes, in SQL too. */
const char *text_sort_key(struct arena *a, const char *s);

/*
 * Case- and accent-folded form for equality ("Žižek" = "zizek", "Ægir" = "aegir", "Łukasz" =
 * "lukasz"). Compatibility forms fold too (full-width letters, ligatures). Vowel signs of Indic and
 * South-East Asian scripts and Japanese voicing marks stay: they are not accents. Takes any UTF-8;
 * of more marks in a row than text_clean() takes, the first 30 count.
 */
const char *text_fold(struct arena *a, const char *s);

/*
 * Folded words of 2 or more characters (ideographs and kana: each alone), unique, sorted by bytes,
 * cut at 64 bytes, without apostrophes; for search tokens.
 */
const char **text_tokens(struct arena *a, const char *s, size_t *n);

struct text_word {
	struct str written; /* a view of the text */
	const char *lower;  /* in lower case, with its accents; a typographic apostrophe as ' */
};
/*
 * The words of a text in their order, repeated ones too, by ICU's word breaks: a dictionary parts
 * Chinese, Japanese, Thai, Lao, Khmer and Burmese. What has no letter is no word.
 */
struct text_word *text_words(struct arena *a, const char *s, size_t *n);

/*
 * Words as authors are told: runs of non-space; each CJK ideograph, kana or Hangul syllable block
 * counts as one and ends the run before it; a run with no letter or digit counts as none. The same
 * rule stands in web/static/count.js and shares its test vectors (tests/unit/words.json). In terms
 * of Unicode properties, on NFC text:
 *   space          White_Space
 *   counts alone   Ideographic, or gc=L with scx Hani, Hira or Kana, or U+AC00..U+D7A3
 *   letter, digit  gc=L, gc=N
 */
int text_count_words(const char *s);
int text_count_characters(const char *s); /* grapheme clusters */

/* The first n grapheme clusters, white space before the cut dropped, with "…" when cut. */
const char *text_excerpt(struct arena *a, const char *s, int n);

/* The first grapheme cluster: "T" of "Teaching", the whole of a combined letter. */
const char *text_initial(struct arena *a, const char *s);

/* true when the first strong character is right-to-left: the template sets dir. */
bool text_is_rtl(const char *s);

/*
 * ASCII lower-case slug of at most 40 bytes, "rehumanising-healthcare-2027", cut between words
 * where there are any; "" when nothing fits.
 */
const char *text_slug(struct arena *a, const char *s);

/*
 * Syntax only (RFC 5321 Dot-string and dotted domain, 254 bytes; no quoted local part, no address
 * literal), white space around it dropped. The domain becomes lower case, an IDN punycode; the
 * local part stays as typed. NULL: not an address.
 */
const char *email_clean(struct arena *a, struct str s);
/* The key for uniqueness of a cleaned address: all of it in lower case. */
const char *email_key(struct arena *a, const char *email);

#endif
