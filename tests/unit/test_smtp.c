/* The relay: which addresses are one, and what a failure means for the mail in hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/fault.h"
#include "jobs/queue.h"
#include "jobs/smtp.h"

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

static struct smtp_message message(void)
{
	return (struct smtp_message){
		.from_email = "symposiarch@example.org",
		.from_name = "Empathy in Healthcare",
		.to_email = "ada@example.org",
		.to_name = "Ada Lovelace",
		.subject = "Your sign-in link",
		.message_id = "K7QF3M2XG@example.org",
		.body = "Follow this link.\n",
		.date_ms = 1809295199000, /* 2027-05-02T21:59:59Z */
	};
}

/* ---- the relay's address ---- */

static enum rc opened(const char *url)
{
	struct err err = err_in(arena);
	struct smtp *s;
	enum rc rc = smtp_new(&(struct smtp_options){.url = url}, &s, &err);

	if (rc == OK)
		smtp_free(s);
	return rc;
}

static void only_addresses_of_relays_are_taken(void **state)
{
	(void)state;
	static const char *const good[] = {"smtp://mail.example.org:587", "smtp://127.0.0.1:2525",
		"smtps://mail.example.org", "smtp://[::1]:25", "smtp://mail.example.org/our.name"};
	static const char *const bad[] = {"http://example.org", "file:///etc/passwd",
		"mail.example.org", "smtp://", "smtp://user:secret@example.org",
		"smtp//example.org", "ftp://example.org", "smtp://example.org:99999999", ""};

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_int_equal(opened(good[i]), OK);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(opened(bad[i]), INVALID);
}

static void certificates_that_cannot_be_read_stop_the_start(void **state)
{
	(void)state;
	struct err err = err_in(arena);
	struct smtp *s;

	assert_int_equal(smtp_new(&(struct smtp_options){.url = "smtp://example.org",
					  .ca_file = "/nonexistent/ca.pem"},
				 &s, &err),
		INVALID);
}

static void loopback_is_known_by_its_names(void **state)
{
	(void)state;
	static const char *const local[] = {"smtp://localhost", "smtp://127.0.0.1:25",
		"smtp://127.9.9.9", "smtp://[::1]:587", "smtps://localhost:465"};
	static const char *const remote[] = {"smtp://example.org", "smtp://127.0.0.1.example.org",
		"smtp://localhost.example.org", "smtp://10.0.0.1", "smtp://127.example.org",
		"smtp://[::2]", "smtp://localhost@example.org", ""};

	for (size_t i = 0; i < sizeof(local) / sizeof(local[0]); i++)
		assert_true(smtp_is_loopback(local[i]));
	for (size_t i = 0; i < sizeof(remote) / sizeof(remote[0]); i++)
		assert_false(smtp_is_loopback(remote[i]));
}

/* ---- without a relay ---- */

static void a_relay_that_is_not_there_is_tried_again(void **state)
{
	(void)state;
	struct smtp_message m = message();
	struct err err = err_in(arena);
	struct smtp *s;

	/* Port 9 of loopback: nothing listens there. */
	assert_int_equal(
		smtp_new(&(struct smtp_options){.url = "smtp://127.0.0.1:9"}, &s, &err), OK);
	assert_int_equal(smtp_send(s, &m, &err), BUSY);
	assert_true(smtp_is_down(s));
	err_clear(&err);
	__atomic_store_n(&fault_armed[FAULT_MAIL_SEND], 1, __ATOMIC_SEQ_CST);
	assert_int_equal(smtp_send(s, &m, &err), BUSY);
	assert_true(smtp_is_down(s));
	smtp_free(s);
}

static void a_mail_that_is_none_does_not_blame_the_relay(void **state)
{
	(void)state;
	struct smtp_message m = message();
	struct err err = err_in(arena);
	struct smtp *s;

	m.to_email = "nobody";
	assert_int_equal(
		smtp_new(&(struct smtp_options){.url = "smtp://127.0.0.1:9"}, &s, &err), OK);
	assert_int_equal(smtp_send(s, &m, &err), INVALID);
	assert_false(smtp_is_down(s));
	smtp_free(s);
}

/* ---- trying again ---- */

static void tries_are_further_and_further_apart_and_come_to_an_end(void **state)
{
	(void)state;
	static const int minutes[] = {1, 5, 30, 120, 360, 360, 360, 360, 360};
	int64_t sum = 0;

	for (int i = 0; i < QUEUE_MAX_ATTEMPTS - 1; i++) {
		assert_int_equal(queue_delay_ms(i + 1), minutes[i] * 60000);
		sum += minutes[i];
	}
	assert_true(sum > 24 * 60);
	assert_int_equal(queue_delay_ms(QUEUE_MAX_ATTEMPTS), 0);
	assert_int_equal(queue_delay_ms(QUEUE_MAX_ATTEMPTS + 1), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_addresses_of_relays_are_taken),
		cmocka_unit_test(certificates_that_cannot_be_read_stop_the_start),
		cmocka_unit_test(loopback_is_known_by_its_names),
		cmocka_unit_test(a_relay_that_is_not_there_is_tried_again),
		cmocka_unit_test(a_mail_that_is_none_does_not_blame_the_relay),
		cmocka_unit_test(tries_are_further_and_further_apart_and_come_to_an_end),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
