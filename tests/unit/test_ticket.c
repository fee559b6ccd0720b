/* Tickets: derived, found again in whatever a scanner reads, small enough for a badge. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include "base/hash.h"
#include "base/random.h"
#include "domain/ticket.h"
#include "pdf/page/qr.h"

#define KEY "5b1e0c5f0c8f4f7ab1f8d9d3f2b6a4c7e1d0a9b8c7d6e5f4a3b2c1d0e9f8a7b6"

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

static const char *ticket(int64_t event_id, int64_t registration_id, int64_t serial)
{
	return registration_ticket(arena, KEY, event_id, registration_id, serial);
}

/* The first 128 bits of HMAC-SHA-256 over the three numbers, by Python's hmac and hashlib. */
static void a_ticket_is_the_beginning_of_the_mac(void **state)
{
	const char *mac = hash_mac(arena, str_from(KEY), STR("1:2:3"));
	unsigned char bytes[TOKEN_BYTES];

	(void)state;
	assert_string_equal(
		mac, "d213f701ef4e15d7e33739b155da5bd720ca84c93403a6274fdbcb116e444af3");
	for (size_t i = 0; i < TOKEN_BYTES; i++) {
		char pair[3] = {mac[2 * i], mac[2 * i + 1], 0};
		int64_t high = strchr("0123456789abcdef", pair[0]) - "0123456789abcdef";
		int64_t low = strchr("0123456789abcdef", pair[1]) - "0123456789abcdef";
		bytes[i] = (unsigned char)(high << 4 | low);
	}
	assert_string_equal(ticket(1, 2, 3), token_of_bytes(arena, bytes));
	assert_true(token_is_wellformed(str_from(ticket(1, 2, 3))));
}

static void every_number_matters(void **state)
{
	(void)state;
	assert_string_equal(ticket(1, 2, 3), ticket(1, 2, 3));
	assert_string_not_equal(ticket(1, 2, 3), ticket(2, 2, 3));
	assert_string_not_equal(ticket(1, 2, 3), ticket(1, 3, 3));
	assert_string_not_equal(ticket(1, 2, 3), ticket(1, 2, 4));
	/* Digits cannot be moved over the border of two numbers. */
	assert_string_not_equal(ticket(1, 23, 4), ticket(12, 3, 4));
	assert_string_not_equal(
		ticket(1, 2, 3), registration_ticket(arena, "another key", 1, 2, 3));
}

static void the_payload_is_all_capitals_and_fits_version_3(void **state)
{
	struct err err = err_in(arena);
	const char *payload =
		ticket_payload(arena, "https://symposium.example.org", ticket(1, 2, 3));
	struct qr qr;

	(void)state;
	assert_int_equal(strncmp(payload, "HTTPS://SYMPOSIUM.EXAMPLE.ORG/C/", 32), 0);
	for (const char *c = payload; *c; c++)
		assert_true(strchr("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", *c) != NULL);
	assert_int_equal(qr_make(arena, payload, &qr, &err), OK);
	assert_int_equal(qr.side, 29);
}

static void a_base_with_a_path_keeps_its_case(void **state)
{
	(void)state;
	assert_string_equal(ticket_payload(arena, "https://example.org/Symposium", "abc"),
		"https://example.org/Symposium/c/abc");
	assert_string_equal(ticket_payload(arena, "http://127.0.0.1:8080", "abc"),
		"HTTP://127.0.0.1:8080/C/ABC");
}

static void a_scan_is_understood_however_it_was_read(void **state)
{
	const char *t = ticket(1, 2, 3);
	const char *payload = ticket_payload(arena, "https://symposium.example.org", t);
	char *upper = arena_strdup(arena, t);

	(void)state;
	for (char *c = upper; *c; c++)
		if (*c >= 'a' && *c <= 'z')
			*c = (char)(*c - 'a' + 'A');
	assert_string_equal(ticket_of_scan(arena, str_from(payload)), t);
	assert_string_equal(ticket_of_scan(arena, str_from(upper)), t);
	assert_string_equal(ticket_of_scan(arena, str_from(t)), t);
	assert_string_equal(
		ticket_of_scan(arena, str_from(arena_printf(arena,
					      "  http://other.example/c/%.13s-%s\r\n", t, t + 13))),
		t);
}

static void what_is_no_ticket_is_none(void **state)
{
	static const char *const wrong[] = {"", "/", "https://example.org/", "K7QF3M2XG",
		"https://example.org/c/0123456789abcdefghjkmnpqr", "0123456789abcdefghjkmnpqr!",
		"0123456789abcdefghjkmnpqrstv", "\xff\xff"};

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_null(ticket_of_scan(arena, str_from(wrong[i])));
	assert_null(ticket_of_scan(arena, (struct str){"ab\0cd", 5}));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_ticket_is_the_beginning_of_the_mac),
		cmocka_unit_test(every_number_matters),
		cmocka_unit_test(the_payload_is_all_capitals_and_fits_version_3),
		cmocka_unit_test(a_base_with_a_path_keeps_its_case),
		cmocka_unit_test(a_scan_is_understood_however_it_was_read),
		cmocka_unit_test(what_is_no_ticket_is_none),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
