/* E-mail addresses: what is taken, what is refused, when two are one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include "base/text.h"

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

static void addresses_are_taken(void **state)
{
	(void)state;
	static const struct {
		const char *typed, *clean;
	} cases[] = {
		{"ada@example.org", "ada@example.org"},
		{" Ada.Byron@Example.ORG\n", "Ada.Byron@example.org"},
		{"o'brien+call@mail.example.ac.uk", "o'brien+call@mail.example.ac.uk"},
		{"a@b.co", "a@b.co"},
		{"1@2.example3", "1@2.example3"},
		{"łukasz@example.org", NULL},
		{"jan@bücher.example", "jan@xn--bcher-kva.example"},
		{"jan@BÜCHER.example", "jan@xn--bcher-kva.example"},
		{"jan@例え.テスト", "jan@xn--r8jz45g.xn--zckzah"},
		{"jan@xn--bcher-kva.example", "jan@xn--bcher-kva.example"},
		{"jan@straße.example", "jan@xn--strae-oqa.example"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *clean = email_clean(arena, str_from(cases[i].typed));
		assert_true(text_equal(clean, cases[i].clean));
	}
}

static void other_things_are_refused(void **state)
{
	(void)state;
	const struct str bad[] = {STR(""), STR("@"), STR("ada"), STR("ada@"), STR("@example.org"),
		STR("ada@example"), STR("ada@@example.org"), STR("a@b@example.org"),
		STR(".ada@example.org"), STR("ada.@example.org"), STR("a..b@example.org"),
		STR("a b@example.org"), STR("\"a b\"@example.org"), STR("ada@[127.0.0.1]"),
		STR("ada@127.0.0.1"), STR("ada@example..org"), STR("ada@.example.org"),
		STR("ada@example.org."), STR("ada@-example.org"), STR("ada@example-.org"),
		STR("ada@exa_mple.org"), STR("ada@exam ple.org"),
		STR("ada@example.org\r\nBcc: x@example.org"), STR("a\0b@example.org"),
		STR("ada@example.org\0"), STR("ada@exa\0mple.org"), STR("Ada <ada@example.org>"),
		STR("ada,bo@example.org"), STR("ada@example.org,bo@example.org"),
		STR("ada@\xff.org"), STR("ada@xn--\xc3\xbc.org"), STR("ada@xn--zzzzzz99999.org"),
		STR("(c)ada@example.org")};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (email_clean(arena, bad[i]))
			fail_msg("\"%.*s\" was taken", (int)bad[i].n, bad[i].p);
}

static void lengths_are_bounded(void **state)
{
	(void)state;
	char address[400];
	memset(address, 'a', sizeof address);
	memcpy(address + 64, "@example.org", 12);
	assert_non_null(email_clean(arena, (struct str){address, 76}));
	memset(address, 'a', sizeof address);
	memcpy(address + 65, "@example.org", 12);
	assert_null(email_clean(arena, (struct str){address, 77}));
	/* Labels of 63 are the longest, and 254 bytes in all. */
	memset(address, 'a', sizeof address);
	address[1] = '@';
	for (size_t at = 65; at < 254; at += 64)
		address[at] = '.';
	assert_non_null(email_clean(arena, (struct str){address, 254}));
	assert_null(email_clean(arena, (struct str){address, 255}));
	address[65] = 'a';
	assert_null(email_clean(arena, (struct str){address, 200}));
}

static void case_makes_no_second_address(void **state)
{
	(void)state;
	assert_string_equal(email_key(arena, "Ada.Byron@example.org"), "ada.byron@example.org");
	assert_string_equal(email_key(arena, "a+b@example.org"), "a+b@example.org");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_are_taken),
		cmocka_unit_test(other_things_are_refused),
		cmocka_unit_test(lengths_are_bounded),
		cmocka_unit_test(case_makes_no_second_address),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
