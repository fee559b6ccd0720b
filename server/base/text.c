/*
 * Text as a whole: what we store, how it sorts, when two are equal, which way it runs. Words and
 * characters are counted in text_words.c.
 */
#include "base/text.h"

#include <pthread.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/ucol.h>
#include <unicode/utf8.h>
#include <unicode/utf16.h>
#include "base/text_icu.h"

enum { SORT_KEY_BYTES = 120, SLUG_BYTES = 40 };

static UCollator *root;
static pthread_once_t root_once = PTHREAD_ONCE_INIT;

bool text_is_utf8(struct str s)
{
	const uint8_t *bytes = (const uint8_t *)s.p;
	for (size_t i = 0; i < s.n;) {
		UChar32 c;
		U8_NEXT(bytes, i, s.n, c);
		if (c <= 0)
			return false;
	}
	return true;
}

static bool is_ascii(struct str s)
{
	unsigned char all = 0;
	for (size_t i = 0; i < s.n; i++)
		all |= (unsigned char)s.p[i];
	return all < 0x80;
}

static bool is_line_break(UChar32 c)
{
	return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

static bool is_control(UChar32 c)
{
	return c < ' ' || (c >= 0x7f && c <= 0x9f) || (c >= 0x202a && c <= 0x202e) ||
	       (c >= 0x2066 && c <= 0x2069);
}

bool text_is_refused(int32_t c)
{
	return is_control(c) && !is_line_break(c) && c != '\t';
}

/* White space, and the marks that show nothing where a text starts or ends. */
static bool is_blank(UChar32 c)
{
	return u_isUWhiteSpace(c) || c == 0x200b || c == 0x2060;
}

/*
 * Copies s with its line breaks and tabs as `kind` wants them, leaving out byte order marks, which
 * travel along from files. False when a character is refused.
 */
static bool clean_characters(struct str s, enum text_kind kind, char *out, size_t *n)
{
	const uint8_t *bytes = (const uint8_t *)s.p;
	*n = 0;
	for (size_t i = 0; i < s.n;) {
		UChar32 c;
		U8_NEXT(bytes, i, s.n, c);
		if (c <= 0)
			return false;
		if (c >= ' ' && c < 0x7f) { /* most of all texts */
			out[(*n)++] = (char)c;
			continue;
		}
		if (c == 0xfeff)
			continue;
		if (is_line_break(c)) {
			if (c == '\r' && i < s.n && s.p[i] == '\n')
				i++;
			c = kind == TEXT_BLOCK ? '\n' : ' ';
		} else if (c == '\t') {
			c = kind == TEXT_BLOCK ? '\t' : ' ';
		} else if (is_control(c)) {
			return false;
		}
		U8_APPEND_UNSAFE(out, *n, c);
	}
	return true;
}

static size_t end_without_blanks(const char *s, size_t end, bool within_line)
{
	while (end > 0) {
		size_t before = end - 1;
		while (before > 0 && U8_IS_TRAIL(s[before]))
			before--;
		size_t at = before;
		UChar32 c;
		U8_NEXT((const uint8_t *)s, at, end, c);
		if (!is_blank(c) || (within_line && c == '\n'))
			break;
		end = before;
	}
	return end;
}

/* Cuts blanks off both ends and off the end of each line, in place; returns where it starts. */
static char *trim_lines(char *text, size_t n)
{
	size_t to = 0, start = 0;
	for (size_t i = 0; i < n; i++) {
		if (text[i] == '\n')
			to = end_without_blanks(text, to, true);
		text[to++] = text[i];
	}
	to = end_without_blanks(text, to, false);
	while (start < to) {
		size_t next = start;
		UChar32 c;
		U8_NEXT((const uint8_t *)text, next, to, c);
		if (!is_blank(c))
			break;
		start = next;
	}
	text[to] = '\0';
	return text + start;
}

const char *text_clean(struct arena *a, struct str s, enum text_kind kind)
{
	char *text = arena_alloc(a, s.n + 1);
	size_t n;
	if (!clean_characters(s, kind, text, &n))
		return NULL;
	text = trim_lines(text, n);
	struct str trimmed = str_from(text);
	if (is_ascii(trimmed))
		return text;
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
	icu_must(status, "nfc");
	struct u16 units = icu_from_utf8(a, trimmed);
	if (icu_without_surplus_marks(a, units).n != units.n)
		return NULL;
	struct u16 composed = icu_normalise(a, nfc, units);
	return composed.p == units.p ? text : icu_to_utf8(a, composed);
}

const char *text_without_surplus_marks(struct arena *a, const char *s)
{
	struct str text = str_from(s);
	if (is_ascii(text))
		return s;
	struct u16 units = icu_from_utf8(a, text), bounded = icu_without_surplus_marks(a, units);
	return bounded.n == units.n ? s : icu_to_utf8(a, bounded);
}

static void open_root(void)
{
	UErrorCode status = U_ZERO_ERROR;
	root = ucol_open("", &status);
	icu_must(status, "collator");
}

const char *text_sort_key(struct arena *a, const char *s)
{
	static const char hex[] = "0123456789abcdef";
	uint8_t key[SORT_KEY_BYTES];
	pthread_once(&root_once, open_root);
	struct u16 units = icu_from_utf8(a, str_from(s));
	int32_t n = ucol_getSortKey(root, units.p, units.n, key, sizeof key);
	n = n > SORT_KEY_BYTES ? SORT_KEY_BYTES : n - 1; /* a whole key ends with a zero */
	if (n < 0)
		n = 0;
	char *text = arena_alloc(a, (size_t)n * 2 + 1);
	for (int32_t i = 0; i < n; i++) {
		text[i * 2] = hex[key[i] >> 4];
		text[i * 2 + 1] = hex[key[i] & 15];
	}
	return text;
}

/*
 * Accents by their combining class: Hebrew and Arabic points (10 to 36) and the generic marks (1,
 * and 200 upwards). Vowel signs and viramas of Indic and South-East Asian scripts and the Japanese
 * voicing marks lie in other classes: without them it would be another word.
 */
static bool is_accent(UChar32 c)
{
	uint8_t class = u_getCombiningClass(c);
	return class == 1 || (class >= 10 && class <= 36) || class >= 200;
}

/* Letters that Unicode does not take apart, as people type them who lack the key. */
static const char *plain_letters(UChar32 c)
{
	switch (c) {
	case 0xe6: /* æ */
		return "ae";
	case 0xf0:  /* ð */
	case 0x111: /* đ */
		return "d";
	case 0xf8: /* ø */
		return "o";
	case 0xfe: /* þ */
		return "th";
	case 0x127: /* ħ */
		return "h";
	case 0x131: /* ı */
		return "i";
	case 0x142: /* ł */
		return "l";
	case 0x153: /* œ */
		return "oe";
	case 0x167: /* ŧ */
		return "t";
	default:
		return NULL;
	}
}

static struct u16 without_accents(struct arena *a, struct u16 s)
{
	struct u16 out = {.p = ARENA_ARRAY(a, (size_t)s.n * 2 + 1, UChar)};
	for (int32_t i = 0; i < s.n;) {
		UChar32 c;
		U16_NEXT(s.p, i, s.n, c);
		const char *plain = plain_letters(c);
		if (plain) {
			for (; *plain; plain++)
				out.p[out.n++] = (UChar)*plain;
		} else if (!is_accent(c)) {
			U16_APPEND_UNSAFE(out.p, out.n, c);
		}
	}
	return out;
}

static const char *lower_ascii(struct arena *a, struct str s)
{
	char *out = str_dup(a, s);
	for (char *c = out; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	return out;
}

const char *text_fold(struct arena *a, const char *s)
{
	struct str text = str_from(s);
	if (is_ascii(text))
		return lower_ascii(a, text);
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *folding = unorm2_getNFKCCasefoldInstance(&status);
	const UNormalizer2 *nfd = unorm2_getNFDInstance(&status);
	const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
	icu_must(status, "fold");
	struct u16 units = icu_without_surplus_marks(a, icu_from_utf8(a, text));
	units = icu_normalise(a, folding, units);
	units = without_accents(a, icu_normalise(a, nfd, units));
	return icu_to_utf8(a, icu_normalise(a, nfc, units));
}

bool text_is_rtl(const char *s)
{
	const uint8_t *bytes = (const uint8_t *)s;
	size_t n = strlen(s);
	for (size_t i = 0; i < n;) {
		UChar32 c;
		U8_NEXT(bytes, i, n, c);
		if (c < 0)
			continue;
		UCharDirection direction = u_charDirection(c);
		if (direction == U_LEFT_TO_RIGHT)
			return false;
		if (direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC)
			return true;
	}
	return false;
}

static bool is_slug_character(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Bytes of an apostrophe, which joins ("world's" is one word); 0 when there is none. */
static size_t apostrophe_bytes(struct str s)
{
	if (str_starts_with(s, STR("'")))
		return 1;
	return str_starts_with(s, STR("\xe2\x80\x99")) ? 3 : 0;
}

const char *text_slug(struct arena *a, const char *s)
{
	struct str rest = str_from(text_fold(a, s));
	char *slug = arena_alloc(a, SLUG_BYTES + 2);
	size_t n = 0, last_word = 0;
	while (rest.n && n <= SLUG_BYTES) {
		size_t skipped = apostrophe_bytes(rest);
		if (is_slug_character(rest.p[0])) {
			slug[n++] = rest.p[0];
		} else if (!skipped && n && slug[n - 1] != '-') {
			last_word = n;
			slug[n++] = '-';
		}
		skipped = skipped ? skipped : 1;
		rest = (struct str){rest.p + skipped, rest.n - skipped};
	}
	if (n > SLUG_BYTES)
		n = last_word ? last_word : SLUG_BYTES;
	if (n && slug[n - 1] == '-')
		n--;
	slug[n] = '\0';
	return slug;
}
