/* The letters of an index in scripts without capitals. */
#include "pdf/documents/index_letters.h"

#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct arena *arena;

static int setup(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

struct sample {
	UScriptCode script;
	const char *name, *letter;
};

static void assert_letters(const char *lang, const struct sample samples[], size_t n)
{
	struct index_letters *l = index_letters_new(arena, lang);
	for (size_t i = 0; i < n; i++) {
		const char *letter =
			index_letter(l, samples[i].script, text_sort_key(arena, samples[i].name));
		if (samples[i].letter)
			assert_non_null(letter);
		else
			assert_null(letter);
		if (letter)
			assert_string_equal(letter, samples[i].letter);
	}
}

static const struct sample plain[] = {
	{USCRIPT_HEBREW, "אבני, דנה", "א"},
	{USCRIPT_HEBREW, "תמיר, נועה", "ת"},
	{USCRIPT_ARABIC, "أحمد، ليلى", "ا"},
	{USCRIPT_ARABIC, "إبراهيم، سامي", "ا"},
	{USCRIPT_ARABIC, "يوسف، سعاد", "ي"},
	{USCRIPT_DEVANAGARI, "कुमार, अनिल", "क"},
	{USCRIPT_DEVANAGARI, "अग्रवाल, मीरा", "अ"},
	{USCRIPT_BENGALI, "ক্ষিতি", "ক্ষ"},
	{USCRIPT_HANGUL, "김서연", "ㄱ"},
	{USCRIPT_HANGUL, "까치", "ㄱ"},
	{USCRIPT_HANGUL, "황민수", "ㅎ"},
	{USCRIPT_HIRAGANA, "あべ ちひろ", "あ"},
	{USCRIPT_HIRAGANA, "がもう けん", "か"},
	{USCRIPT_HIRAGANA, "モリ ケン", "ま"},
};

static void tells_letters_in_a_book_in_any_language(void **state)
{
	static const char *const languages[] = {"en-GB", "he", "ar", "ja", "de", "x-unknown"};
	(void)state;
	for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++)
		assert_letters(languages[i], plain, sizeof plain / sizeof plain[0]);
}

static void looks_behind_a_vowel_that_is_written_first(void **state)
{
	static const struct sample samples[] = {
		{USCRIPT_THAI, "เชียงใหม่", "ช"}, {USCRIPT_THAI, "กมล", "ก"}};
	(void)state;
	assert_letters("en", samples, 2);
	assert_letters("th", samples, 2);
}

static void follows_the_language_of_the_document(void **state)
{
	static const struct sample persian[] = {{USCRIPT_ARABIC, "پارسا، نیما", "پ"}},
				   arabic[] = {{USCRIPT_ARABIC, "پارسا، نیما", "ب"}};
	(void)state;
	assert_letters("fa", persian, 1);
	assert_letters("en", arabic, 1);
}

static void has_none_where_nobody_agrees_on_them(void **state)
{
	static const struct sample samples[] = {{USCRIPT_HAN, "王小明", NULL},
		{USCRIPT_COMMON, "12", NULL}, {USCRIPT_UNKNOWN, "?", NULL}};
	(void)state;
	assert_letters("en", samples, 3);
	assert_letters("zh", samples, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_letters_in_a_book_in_any_language),
		cmocka_unit_test(looks_behind_a_vowel_that_is_written_first),
		cmocka_unit_test(follows_the_language_of_the_document),
		cmocka_unit_test(has_none_where_nobody_agrees_on_them),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
