/* Money to the last digit, numbers with check digits, and the text of a payment's symbol. */
#include "pdf/documents/money.h"
#include "pdf/documents/payment.h"
#include "pdf/page/qr.h"

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

static void writes_money_as_the_language_does(void **state)
{
	(void)state;
	static const struct {
		const char *lang, *currency;
		int exponent;
		int64_t minor;
		const char *text, *figure;
	} cases[] = {
		{"en-GB", "EUR", MONEY_ISO, 123450, "€1,234.50", "1,234.50"},
		{"en-GB", "EUR", 2, -5, "−€0.05", "−0.05"},
		{"de", "EUR", 2, 123450, "1.234,50\u00a0€", "1.234,50"},
		{"en-GB", "JPY", MONEY_ISO, 32000, "JP¥32,000", "32,000"},
		{"en-GB", "KWD", MONEY_ISO, 1234, "KWD\u00a01.234", "1.234"},
		/* beyond what a double holds */
		{"en-GB", "GBP", 2, INT64_C(9007199254740993), "£90,071,992,547,409.93",
			"90,071,992,547,409.93"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct money *m =
			money_new(arena, cases[i].lang, cases[i].currency, cases[i].exponent);
		assert_string_equal(money_text(m, cases[i].minor), cases[i].text);
		assert_string_equal(money_figure(m, cases[i].minor), cases[i].figure);
		money_free(m);
	}
}

static void writes_rates_and_counts_without_needless_digits(void **state)
{
	(void)state;
	struct money *m = money_new(arena, "en-GB", "EUR", 2);
	assert_string_equal(money_rate(m, 2000), "20%");
	assert_string_equal(money_rate(m, 750), "7.5%");
	assert_string_equal(money_rate(m, 0), "0%");
	assert_string_equal(money_rate(m, 1925), "19.25%");
	assert_string_equal(money_count(m, 1200), "1,200");
	money_free(m);
}

static void writes_decimals_for_programs(void **state)
{
	(void)state;
	assert_string_equal(money_decimal(arena, 0, 2), "0.00");
	assert_string_equal(money_decimal(arena, 7, 2), "0.07");
	assert_string_equal(money_decimal(arena, -123456, 2), "-1234.56");
	assert_string_equal(money_decimal(arena, 5, 0), "5");
	assert_string_equal(money_decimal(arena, INT64_MIN, 0), "-9223372036854775808");
}

static void knows_account_numbers_by_their_check_digits(void **state)
{
	(void)state;
	/* The examples of the registry of IBANs. */
	assert_true(payment_is_iban("DE89370400440532013000"));
	assert_true(payment_is_iban("GB29NWBK60161331926819"));
	assert_true(payment_is_iban("NO9386011117947"));
	assert_false(payment_is_iban("DE89370400440532013001"));
	assert_false(payment_is_iban("DE98370400440532013000"));
	assert_false(payment_is_iban("de89370400440532013000"));
	assert_false(payment_is_iban("DE89 3704 0044 0532 0130 00"));
	assert_false(payment_is_iban(""));
	assert_true(payment_is_creditor_reference("RF18539007547034"));
	assert_false(payment_is_creditor_reference("RF18539007547035"));
	assert_false(payment_is_creditor_reference("Invoice 2027-0043"));
	assert_true(payment_is_bic("COBADEFF"));
	assert_true(payment_is_bic("COBADEFFXXX"));
	assert_false(payment_is_bic("COBADEF"));
	assert_false(payment_is_bic("C0BADEFF"));
	assert_string_equal(payment_groups(arena, "NO9386011117947"), "NO93 8601 1117 947");
	assert_string_equal(payment_reference(arena, "RF18539007547034"), "RF18 5390 0754 7034");
	assert_string_equal(payment_reference(arena, "RF19539007547034"), "RF19539007547034");
	assert_string_equal(payment_reference(arena, "Registration 2027"), "Registration 2027");
}

static void fills_in_the_form_of_a_bank(void **state)
{
	(void)state;
	struct payment p = {.name = "Société de médecine",
		.iban = "DE89370400440532013000",
		.bic = "COBADEFF",
		.reference = "Invoice 42",
		.cents = 1234};
	assert_string_equal(payment_epc(arena, &p),
		"BCD\n002\n1\nSCT\nCOBADEFF\nSociété de médecine\nDE89370400440532013000\n"
		"EUR12.34\n\n\nInvoice 42");
	p.bic = NULL;
	p.reference = "RF18539007547034";
	assert_string_equal(payment_epc(arena, &p),
		"BCD\n002\n1\nSCT\n\nSociété de médecine\nDE89370400440532013000\n"
		"EUR12.34\n\nRF18539007547034");
}

static void makes_larger_symbols_for_payments_alone(void **state)
{
	(void)state;
	struct err err = err_in(arena);
	char text[QR_MAX_PAYMENT_BYTES + 2];
	struct qr qr;
	memset(text, 'a', sizeof text);
	text[QR_MAX_PAYMENT_BYTES + 1] = '\0';
	assert_int_equal(qr_make_payment(arena, text, &qr, &err), INVALID);
	text[QR_MAX_PAYMENT_BYTES] = '\0';
	err_clear(&err);
	assert_int_equal(qr_make_payment(arena, text, &qr, &err), OK);
	assert_int_equal(qr.side, 69); /* version 13 */
	assert_int_equal(qr_make(arena, text, &qr, &err), INVALID);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(writes_money_as_the_language_does),
		TEST(writes_rates_and_counts_without_needless_digits),
		TEST(writes_decimals_for_programs),
		TEST(knows_account_numbers_by_their_check_digits),
		TEST(fills_in_the_form_of_a_bank),
		TEST(makes_larger_symbols_for_payments_alone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
