/* A name stands under the last letter that does not sort behind it. */
#include "pdf/documents/index_letters.h"

#include "pdf/text/utf16.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/ulocdata.h>
#include <unicode/uset.h>

struct letter {
	const char *text, *key;
};

/* Letters of a script, sorted. */
struct alphabet {
	UScriptCode script;
	struct letter *letters;
	size_t n;
	struct alphabet *next;
};

struct index_letters {
	struct arena *arena;
	const char *lang;
	struct alphabet *alphabets; /* asked for so far */
};

struct index_letters *index_letters_new(struct arena *a, const char *lang)
{
	struct index_letters *l = ARENA_NEW(a, struct index_letters);
	l->arena = a;
	l->lang = lang;
	return l;
}

/* The script of the locale as it is mostly written; "" when nothing is known. */
static void script_of(const char *locale, char script[ULOC_SCRIPT_CAPACITY])
{
	UErrorCode status = U_ZERO_ERROR;
	char likely[ULOC_FULLNAME_CAPACITY];
	uloc_addLikelySubtags(locale, likely, sizeof likely, &status);
	uloc_getScript(likely, script, ULOC_SCRIPT_CAPACITY, &status);
	if (U_FAILURE(status))
		script[0] = '\0';
}

static bool is_written_in(const char *locale, UScriptCode script)
{
	char own[ULOC_SCRIPT_CAPACITY];
	UScriptCode codes[4];
	UErrorCode status = U_ZERO_ERROR;
	script_of(locale, own);
	int32_t n = uscript_getCode(own, codes, 4, &status);
	for (int32_t i = 0; U_SUCCESS(status) && i < n; i++)
		if (codes[i] == script)
			return true;
	/* "Jpan" and "Kore" are several scripts at once. */
	return (script == USCRIPT_HIRAGANA && strcmp(own, "Jpan") == 0) ||
	       (script == USCRIPT_HANGUL && strcmp(own, "Kore") == 0);
}

/* The document's language if it is written in the script, else whose script it is. */
static void locale_for(
	const struct index_letters *l, UScriptCode script, char locale[ULOC_FULLNAME_CAPACITY])
{
	UErrorCode status = U_ZERO_ERROR;
	char unknown[ULOC_FULLNAME_CAPACITY], likely[ULOC_FULLNAME_CAPACITY];
	if (is_written_in(l->lang, script)) {
		uloc_forLanguageTag(l->lang, locale, ULOC_FULLNAME_CAPACITY, NULL, &status);
		return;
	}
	/* The language alone: "ja_Hira" has no data of its own. */
	snprintf(unknown, sizeof unknown, "und_%s", uscript_getShortName(script));
	uloc_addLikelySubtags(unknown, likely, sizeof likely, &status);
	uloc_getLanguage(likely, locale, ULOC_FULLNAME_CAPACITY, &status);
	if (U_FAILURE(status))
		locale[0] = '\0';
}

static void add_letter(
	const struct index_letters *l, struct alphabet *alphabet, const UChar *text, int32_t n)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar32 first;
	U16_GET(text, 0, 0, n, first);
	/* Vowel signs are among them too. */
	if (uscript_getScript(first, &status) != alphabet->script || !u_isalpha(first))
		return;
	const char *letter = utf16_to_utf8(l->arena, text, n);
	alphabet->letters[alphabet->n++] = (struct letter){letter, text_sort_key(l->arena, letter)};
}

static void add_letters(const struct index_letters *l, struct alphabet *alphabet, const USet *set)
{
	enum { LONGEST = 8 };
	alphabet->letters = ARENA_ARRAY(l->arena, (size_t)uset_size(set), struct letter);
	for (int32_t i = 0; i < uset_getItemCount(set); i++) {
		UErrorCode status = U_ZERO_ERROR;
		UChar32 from, to;
		UChar text[LONGEST];
		int32_t n = uset_getItem(set, i, &from, &to, text, LONGEST, &status);
		if (n > 0 && U_SUCCESS(status))
			add_letter(l, alphabet, text, n);
		for (; n == 0 && from <= to; from++) {
			n = 0;
			U16_APPEND_UNSAFE(text, n, from);
			add_letter(l, alphabet, text, n);
			n = 0;
		}
	}
}

static int compare(const void *a, const void *b)
{
	const struct letter *x = a, *y = b;
	return strcmp(x->key, y->key);
}

static struct alphabet *alphabet_new(struct index_letters *l, UScriptCode script)
{
	struct alphabet *alphabet = ARENA_NEW(l->arena, struct alphabet);
	UErrorCode status = U_ZERO_ERROR;
	char locale[ULOC_FULLNAME_CAPACITY];
	locale_for(l, script, locale);
	alphabet->script = script;
	alphabet->next = l->alphabets;
	l->alphabets = alphabet;
	ULocaleData *data = ulocdata_open(locale, &status);
	USet *set = uset_openEmpty();
	ulocdata_getExemplarSet(data, set, 0, ULOCDATA_ES_INDEX, &status);
	if (U_SUCCESS(status))
		add_letters(l, alphabet, set);
	uset_close(set);
	ulocdata_close(data);
	if (alphabet->n)
		qsort(alphabet->letters, alphabet->n, sizeof *alphabet->letters, compare);
	return alphabet;
}

const char *index_letter(struct index_letters *l, UScriptCode script, const char *sort_key)
{
	struct alphabet *alphabet = l->alphabets;
	while (alphabet && alphabet->script != script)
		alphabet = alphabet->next;
	if (!alphabet)
		alphabet = alphabet_new(l, script);
	/* What sorts in front of the first letter is a form of it, as alef with a hamza. */
	size_t n = 1;
	while (n < alphabet->n && strcmp(alphabet->letters[n].key, sort_key) <= 0)
		n++;
	return alphabet->n ? alphabet->letters[n - 1].text : NULL;
}
