/* A mail as bytes: what every relay takes, and what cannot be smuggled into it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
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

/* The formatted mail as text, NULL when it was refused. */
static const char *formatted(const struct smtp_message *m)
{
	struct err err = err_in(arena);
	struct str out;

	if (smtp_format(arena, m, &out, &err) != OK) {
		assert_int_equal(err.rc, INVALID);
		assert_non_null(err.message);
		return NULL;
	}
	assert_int_equal(strlen(out.p), out.n);
	return out.p;
}

/* ---- reading it back, by other code than that which wrote it ---- */

static unsigned base64_value(char c)
{
	static const char symbols[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = strchr(symbols, c);

	assert_true(c && at);
	return (unsigned)(at - symbols);
}

static void add_base64(struct buf *b, struct str s)
{
	assert_true(s.n % 4 == 0);
	for (size_t i = 0; i < s.n; i += 4) {
		unsigned bits = base64_value(s.p[i]) << 18 | base64_value(s.p[i + 1]) << 12;
		buf_char(b, (char)(bits >> 16));
		if (s.p[i + 2] == '=')
			continue;
		bits |= base64_value(s.p[i + 2]) << 6;
		buf_char(b, (char)(bits >> 8 & 255));
		if (s.p[i + 3] != '=')
			buf_char(b, (char)((bits | base64_value(s.p[i + 3])) & 255));
	}
}

/* The value of a header, unfolded and decoded; NULL when it is not there. */
static const char *header(const char *mail, const char *name)
{
	const char *at = strstr(mail, arena_printf(arena, "\r\n%s: ", name));
	struct buf b = buf_in(arena, 100000);

	if (strncmp(mail, name, strlen(name)) == 0)
		at = mail - 2;
	if (!at)
		return NULL;
	at += 2 + strlen(name) + 2;
	while (strncmp(at, "\r\n", 2) != 0 || at[2] == ' ') {
		if (strncmp(at, "=?UTF-8?B?", 10) == 0) {
			const char *end = strstr(at, "?=");
			assert_non_null(end);
			assert_true(end + 2 - at <= 75);
			add_base64(&b, (struct str){at + 10, (size_t)(end - at) - 10});
			at = end + 2;
			if (strncmp(at, "\r\n =?", 5) == 0)
				at += 3;
		} else if (strncmp(at, "\r\n", 2) == 0) {
			at += 2;
		} else {
			buf_char(&b, *at++);
		}
	}
	return buf_cstr(&b);
}

static const char *raw_body(const char *mail)
{
	const char *at = strstr(mail, "\r\n\r\n");

	assert_non_null(at);
	return at + 4;
}

static unsigned hex_value(char c)
{
	const char *at = strchr("0123456789ABCDEF", c);

	assert_true(c && at);
	return (unsigned)(at - "0123456789ABCDEF");
}

/* The body with LF line ends. */
static const char *decoded_body(const char *mail)
{
	bool is_encoded = text_equal(header(mail, "Content-Transfer-Encoding"), "quoted-printable");
	struct buf b = buf_in(arena, 4 << 20);

	for (const char *at = raw_body(mail); *at;) {
		if (strncmp(at, "\r\n", 2) == 0) {
			buf_char(&b, '\n');
			at += 2;
		} else if (is_encoded && strncmp(at, "=\r\n", 3) == 0) {
			at += 3;
		} else if (is_encoded && *at == '=') {
			buf_char(&b, (char)(hex_value(at[1]) << 4 | hex_value(at[2])));
			at += 3;
		} else {
			buf_char(&b, *at++);
		}
	}
	return buf_cstr(&b);
}

/* ASCII, CRLF at each line's end and nowhere else, and no line too long. */
static void assert_is_wire_format(const char *mail)
{
	size_t n_line = 0;

	for (const char *p = mail; *p; p++) {
		unsigned char c = (unsigned char)*p;
		if (c == '\r') {
			assert_int_equal(p[1], '\n');
			assert_true(n_line <= 78);
			n_line = 0;
			p++;
			continue;
		}
		assert_true(c == '\t' || (c >= 0x20 && c < 0x7f));
		n_line++;
	}
	assert_int_equal(n_line, 0);
}

/* ---- the tests ---- */

static void a_plain_mail_is_readable_as_it_stands(void **state)
{
	(void)state;
	struct smtp_message m = message();

	assert_string_equal(formatted(&m),
		"From: \"Empathy in Healthcare\"\r\n <symposiarch@example.org>\r\n"
		"To: \"Ada Lovelace\"\r\n <ada@example.org>\r\n"
		"Subject: Your sign-in link\r\n"
		"Date: Sun, 02 May 2027 21:59:59 +0000\r\n"
		"Message-ID: <K7QF3M2XG@example.org>\r\n"
		"MIME-Version: 1.0\r\n"
		"Content-Type: text/plain; charset=utf-8\r\n"
		"Content-Transfer-Encoding: 7bit\r\n"
		"Auto-Submitted: auto-generated\r\n"
		"\r\n"
		"Follow this link.\r\n");
}

static void names_and_subjects_of_every_script_come_back(void **state)
{
	(void)state;
	static const char *const texts[] = {"Łukasz Nguyễn", "山田 太郎", "אבי כהן",
		"فاطمة الزهراء", "अनुराधा", "Ægir Žižek", "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀",
		"an ASCII text that goes on and on until no single line of seventy-six can hold it",
		"=?UTF-8?B?aGFja2Vk?=", "=?", "a \"quoted\\\" name", "Smith, John (Dr.) <x>; y: z"};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct smtp_message m = message();
		m.to_name = m.from_name = m.subject = texts[i];
		const char *mail = formatted(&m);
		assert_non_null(mail);
		assert_is_wire_format(mail);
		assert_string_equal(header(mail, "Subject"), texts[i]);
		const char *to = header(mail, "To");
		if (*to != '"')
			assert_string_equal(
				to, arena_printf(arena, "%s <ada@example.org>", texts[i]));
	}
}

static void a_quoted_name_is_escaped(void **state)
{
	(void)state;
	struct smtp_message m = message();

	m.to_name = "Ada \"the\" \\ Lovelace";
	assert_string_equal(
		header(formatted(&m), "To"), "\"Ada \\\"the\\\" \\\\ Lovelace\" <ada@example.org>");
}

static void a_missing_name_leaves_the_address(void **state)
{
	(void)state;
	struct smtp_message m = message();

	m.to_name = "";
	m.from_name = NULL;
	assert_string_equal(header(formatted(&m), "To"), "ada@example.org");
	assert_string_equal(header(formatted(&m), "From"), "symposiarch@example.org");
}

static void encoded_words_never_cut_a_character(void **state)
{
	(void)state;
	struct smtp_message m = message();

	for (int n = 0; n < 60; n++) {
		struct buf b = buf_in(arena, 1000);
		for (int i = 0; i < n; i++)
			buf_char(&b, 'x');
		buf_text(&b, "é山😀é山😀é山😀é山😀é山😀é山😀é山😀");
		m.subject = buf_cstr(&b);
		const char *mail = formatted(&m);
		assert_is_wire_format(mail);
		assert_string_equal(header(mail, "Subject"), m.subject);
		/* Each word alone must be whole characters: after base64 none begins with a continuation byte.
		 */
		for (const char *at = strstr(mail, "=?UTF-8?B?"); at;
			at = strstr(at + 10, "=?UTF-8?B?")) {
			struct buf word = buf_in(arena, 100);
			const char *end = strstr(at, "?=");
			add_base64(&word, (struct str){at + 10, (size_t)(end - at) - 10});
			assert_true(((unsigned char)word.p[0] & 0xC0) != 0x80);
		}
	}
}

static void answers_go_to_the_organisers(void **state)
{
	(void)state;
	struct smtp_message m = message();

	assert_null(header(formatted(&m), "Reply-To"));
	m.reply_to_email = "";
	assert_null(header(formatted(&m), "Reply-To"));
	m.reply_to_email = "office@example.org";
	assert_string_equal(header(formatted(&m), "Reply-To"), "office@example.org");
}

static void nothing_can_start_another_header(void **state)
{
	(void)state;
	static const char *const bad[] = {"x\r\nBcc: eve@example.org", "x\nBcc: eve@example.org",
		"x\rBcc: eve@example.org", "x\x7f", "x\x01", "\t",
		"Łukasz\r\nBcc: eve@example.org"};
	static const char *const bad_addresses[] = {"ada@example.org\r\nBcc: eve@example.org",
		"ada@example.org>", "<ada@example.org", "ada@example.org, eve@example.org", "",
		"ada", " ada@example.org", "ada@example.org\n", "ada @example.org", NULL};
	static const char *const bad_ids[] = {"", "a b@c", "a>@c", "a\r\n@c", "a<b"};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct smtp_message subject = message(), to = message(), from = message();
		subject.subject = to.to_name = from.from_name = bad[i];
		assert_null(formatted(&subject));
		assert_null(formatted(&to));
		assert_null(formatted(&from));
	}
	for (size_t i = 0; i < sizeof(bad_addresses) / sizeof(bad_addresses[0]); i++) {
		struct smtp_message to = message(), from = message(), answers = message();
		to.to_email = from.from_email = answers.reply_to_email = bad_addresses[i];
		assert_null(formatted(&to));
		assert_null(formatted(&from));
		if (!text_is_empty(bad_addresses[i]))
			assert_null(formatted(&answers));
	}
	for (size_t i = 0; i < sizeof(bad_ids) / sizeof(bad_ids[0]); i++) {
		struct smtp_message m = message();
		m.message_id = bad_ids[i];
		assert_null(formatted(&m));
	}
}

static void a_body_cannot_end_the_headers_early_or_add_to_them(void **state)
{
	(void)state;
	struct smtp_message m = message();

	m.body = "\r\n.\r\nMAIL FROM:<eve@example.org>\n\nSubject: other\n";
	const char *mail = formatted(&m);
	assert_is_wire_format(mail);
	assert_string_equal(decoded_body(mail), m.body);
	assert_string_equal(header(mail, "Subject"), "Your sign-in link");
}

static void bodies_come_back_byte_for_byte(void **state)
{
	(void)state;
	static const char *const bodies[] = {"", "\n", "\n\n\n", "x\n", ".\n", "..\n.x\n",
		"a = b\n", "trailing blank \nand tab\t\n", "Łukasz\n", "山田\n\nאבי\n", " \n",
		"https://example.org/signin/"
		"abcdefghijklmnopqrstuvwxyz0123456789?x=1&y=2&zzzzzzzzzzzzz"
		"zzzzzzzzzzzz=\n",
		"\x01\x02\x1b\n"};

	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
		struct smtp_message m = message();
		m.body = bodies[i];
		const char *mail = formatted(&m);
		assert_is_wire_format(mail);
		assert_string_equal(decoded_body(mail), bodies[i]);
	}
}

static void a_last_line_without_an_end_gets_one(void **state)
{
	(void)state;
	struct smtp_message m = message();

	m.body = "no end";
	assert_string_equal(decoded_body(formatted(&m)), "no end\n");
}

static void a_paragraph_on_one_line_stays_one_line(void **state)
{
	(void)state;
	struct smtp_message m = message();
	struct buf b = buf_in(arena, 100000);

	for (int i = 0; i < 1000; i++)
		buf_text(&b, i % 7 ? "word " : "wört ");
	buf_text(&b, "end\n");
	m.body = buf_cstr(&b);
	const char *mail = formatted(&m);
	assert_is_wire_format(mail);
	assert_string_equal(decoded_body(mail), m.body);
}

/* Every width of every kind of byte around the soft break. */
static void soft_breaks_fit_at_every_column(void **state)
{
	(void)state;
	static const char *const kinds[] = {"x", "=", "é", " ", "山", "😀", "\t"};

	for (int n = 60; n < 90; n++)
		for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
			struct smtp_message m = message();
			struct buf b = buf_in(arena, 1000);
			for (int i = 0; i < n; i++)
				buf_char(&b, 'y');
			for (int i = 0; i < 8; i++)
				buf_text(&b, kinds[k]);
			buf_char(&b, '\n');
			m.body = buf_cstr(&b);
			const char *mail = formatted(&m);
			assert_is_wire_format(mail);
			assert_string_equal(decoded_body(mail), m.body);
		}
}

static void a_mail_beyond_all_measure_is_refused(void **state)
{
	(void)state;
	struct smtp_message m = message();
	char *body = arena_alloc(arena, (3 << 20) + 1);

	memset(body, 'x', 3 << 20);
	m.body = body;
	assert_null(formatted(&m));
}

/* Pieces that end lines, encode, quote or are no text at all, put together at random. */
static const char *nasty_text(uint64_t *seed, int max_pieces)
{
	static const char *const pieces[] = {"\r\n", "\n", "\r", "Bcc: eve@example.org", ":", "=?",
		"?=", "=?UTF-8?B?", "\"", "\\", "<", ">", ",", " ", "\t", "é", "山", "😀", "\xc3",
		"\xff", "\x80", "x", "ada@example.org", "\x7f", "\x1b", ".", "=20", "\xe2\x80\xa8",
		"word word word word word word word word word word word word word word"};
	struct buf b = buf_in(arena, 100000);

	buf_text(&b, "");
	for (int n = (int)((*seed >> 33) % (unsigned)max_pieces); n > 0; n--) {
		*seed = *seed * 6364136223846793005u + 1442695040888963407u;
		buf_text(&b, pieces[(*seed >> 33) % (sizeof(pieces) / sizeof(pieces[0]))]);
	}
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return buf_cstr(&b);
}

static void no_text_whatever_adds_a_header(void **state)
{
	(void)state;
	static const char names[] = "From To Subject Date Message-ID MIME-Version Content-Type "
				    "Content-Transfer-Encoding Auto-Submitted ";
	uint64_t seed = 7;
	int n_taken = 0;

	for (int i = 0; i < 5000; i++) {
		struct smtp_message m = message();
		m.from_name = nasty_text(&seed, 6);
		m.to_name = nasty_text(&seed, 4);
		m.subject = nasty_text(&seed, 4);
		m.body = nasty_text(&seed, 60);
		const char *mail = formatted(&m);
		if (!mail)
			continue;
		n_taken++;
		assert_is_wire_format(mail);
		struct buf found = buf_in(arena, 1000);
		for (const char *line = mail; strncmp(line, "\r\n", 2) != 0;
			line = strstr(line, "\r\n") + 2)
			if (*line != ' ')
				buf_printf(&found, "%.*s ", (int)strcspn(line, ":"), line);
		assert_string_equal(buf_cstr(&found), names);
	}
	assert_true(n_taken > 500);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_plain_mail_is_readable_as_it_stands),
		cmocka_unit_test(names_and_subjects_of_every_script_come_back),
		cmocka_unit_test(a_quoted_name_is_escaped),
		cmocka_unit_test(a_missing_name_leaves_the_address),
		cmocka_unit_test(encoded_words_never_cut_a_character),
		cmocka_unit_test(answers_go_to_the_organisers),
		cmocka_unit_test(nothing_can_start_another_header),
		cmocka_unit_test(a_body_cannot_end_the_headers_early_or_add_to_them),
		cmocka_unit_test(bodies_come_back_byte_for_byte),
		cmocka_unit_test(a_last_line_without_an_end_gets_one),
		cmocka_unit_test(a_paragraph_on_one_line_stays_one_line),
		cmocka_unit_test(soft_breaks_fit_at_every_column),
		cmocka_unit_test(a_mail_beyond_all_measure_is_refused),
		cmocka_unit_test(no_text_whatever_adds_a_header),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
