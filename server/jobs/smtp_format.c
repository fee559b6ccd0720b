/*
 * A mail as bytes: RFC 5322 headers with RFC 2047 words, and a body that every relay takes as it
 * is. Quoted-printable and not 8bit, because what the relay can do is not known when the text is
 * made.
 */
#include "jobs/smtp.h"

#include <string.h>
#include "base/clock.h"
#include "base/hash.h"
#include "base/text.h"

enum {
	MESSAGE_MAX_BYTES = 2 << 20,
	LINE_BYTES = 76, /* RFC 2047 2: of a line that holds encoded words; and of the body's */
	WORD_BYTES = 39, /* of text in one encoded word: the line stays within 76 */
	PLAIN_LINE_BYTES = 78 /* RFC 5322 2.1.1: what a line should not exceed */
};

/* ---- headers ---- */

static bool is_control(unsigned char c)
{
	return c < 0x20 || c == 0x7f;
}

/* Nothing that could end a line and start another header, plain or once it is decoded. */
static bool is_one_line(const char *s)
{
	for (; s && *s; s++)
		if (is_control((unsigned char)*s))
			return false;
	return true;
}

static bool is_ascii(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s >= 0x80)
			return false;
	return true;
}

/* Fits as it is on the line after a header's name, and nobody takes it for an encoded word. */
static bool is_plain_value(const char *s)
{
	return is_ascii(s) && strlen(s) <= LINE_BYTES - 12 && !strstr(s, "=?");
}

/*
 * The bytes of s that go into the next encoded word: up to a space where there is one, else whole
 * characters. Some readers show a space between two words of a name, and then it harms least.
 */
static size_t word_length(struct str s)
{
	size_t n = WORD_BYTES;

	if (s.n <= WORD_BYTES)
		return s.n;
	while (n > 0 && s.p[n - 1] != ' ')
		n--;
	if (n)
		return n;
	n = WORD_BYTES;
	while (n > 0 && ((unsigned char)s.p[n] & 0xC0) == 0x80)
		n--;
	return n ? n : s.n;
}

static void add_encoded(struct arena *a, struct buf *b, const char *text)
{
	struct str rest = str_from(text);

	while (rest.n) {
		size_t n = word_length(rest);
		buf_printf(b, "=?UTF-8?B?%s?=", base64_encode(a, (struct str){rest.p, n}));
		rest = (struct str){rest.p + n, rest.n - n};
		if (rest.n)
			buf_text(b, "\r\n ");
	}
}

static void add_quoted(struct buf *b, const char *text)
{
	buf_char(b, '"');
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			buf_char(b, '\\');
		buf_char(b, *text);
	}
	buf_char(b, '"');
}

static void add_address(
	struct arena *a, struct buf *b, const char *header, const char *name, const char *email)
{
	buf_printf(b, "%s: ", header);
	if (text_is_empty(name)) {
		buf_printf(b, "%s\r\n", email);
		return;
	}
	if (is_plain_value(name))
		add_quoted(b, name);
	else
		add_encoded(a, b, name);
	buf_printf(b, "\r\n <%s>\r\n", email);
}

static void add_subject(struct arena *a, struct buf *b, const char *subject)
{
	buf_text(b, "Subject: ");
	if (is_plain_value(subject))
		buf_text(b, subject);
	else
		add_encoded(a, b, subject);
	buf_text(b, "\r\n");
}

/* RFC 5322 wants a numeric zone where HTTP has "GMT". */
static void add_date(struct arena *a, struct buf *b, int64_t at_ms)
{
	struct str date = str_from(clock_http_date(a, at_ms));

	if (str_ends_with(date, STR("GMT")))
		date.n -= 3;
	buf_printf(b, "Date: %.*s+0000\r\n", (int)date.n, date.p);
}

/* ---- body ---- */

/* Short lines of printable ASCII need no encoding at all. */
static bool is_plain_body(const char *body)
{
	size_t n_line = 0;

	for (; *body; body++) {
		unsigned char c = (unsigned char)*body;
		if (c == '\n') {
			n_line = 0;
			continue;
		}
		if (++n_line > PLAIN_LINE_BYTES || c >= 0x80 || (is_control(c) && c != '\t'))
			return false;
	}
	return true;
}

/* One line, RFC 2045 6.7: literal where it may be, "=XX" otherwise, soft breaks before column 76.
 */
static void add_quoted_printable(struct buf *b, struct str line)
{
	static const char hex[] = "0123456789ABCDEF";
	size_t column = 0;

	for (size_t i = 0; i < line.n; i++) {
		unsigned char c = (unsigned char)line.p[i];
		bool is_last = i + 1 == line.n;
		bool is_blank = c == ' ' || c == '\t';
		bool is_literal = is_blank ? !is_last : c > 0x20 && c < 0x7f && c != '=';
		size_t width = is_literal ? 1 : 3;
		if (column + width > LINE_BYTES - 1) {
			buf_text(b, "=\r\n");
			column = 0;
		}
		if (is_literal) {
			buf_char(b, (char)c);
		} else {
			buf_char(b, '=');
			buf_char(b, hex[c >> 4]);
			buf_char(b, hex[c & 15]);
		}
		column += width;
	}
}

static void add_body(struct buf *b, const char *body, bool is_plain)
{
	struct str rest = str_from(body);

	while (rest.p && rest.n) {
		struct str line = str_cut(&rest, '\n');
		if (is_plain)
			buf_str(b, line);
		else
			add_quoted_printable(b, line);
		buf_text(b, "\r\n");
	}
}

/* ---- the whole ---- */

static bool is_message_id(const char *s)
{
	static const char allowed[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_@";

	return *s && s[strspn(s, allowed)] == '\0';
}

static bool is_address(struct arena *a, const char *email)
{
	return email && text_equal(email_clean(a, str_from(email)), email);
}

static enum rc check(struct arena *a, const struct smtp_message *m, struct err *err)
{
	if (!is_address(a, m->to_email))
		return err_set(err, INVALID, "The recipient's address is not one mail can go to");
	if (!is_address(a, m->from_email) ||
		(!text_is_empty(m->reply_to_email) && !is_address(a, m->reply_to_email)))
		return err_set(err, INVALID, "The sender's address is not one mail can come from");
	if (!is_one_line(m->subject) || !is_one_line(m->to_name) || !is_one_line(m->from_name))
		return err_set(err, INVALID,
			"The subject or a name has a line break in it, which no mail can have");
	if (!is_message_id(m->message_id))
		return err_set(err, INVALID, "This mail has no usable identifier");
	return OK;
}

enum rc smtp_format(struct arena *a, const struct smtp_message *m, struct str *out, struct err *err)
{
	struct buf b = buf_in(a, MESSAGE_MAX_BYTES);
	bool is_plain = is_plain_body(m->body);

	TRY(check(a, m, err));
	add_address(a, &b, "From", m->from_name, m->from_email);
	add_address(a, &b, "To", m->to_name, m->to_email);
	if (!text_is_empty(m->reply_to_email))
		add_address(a, &b, "Reply-To", NULL, m->reply_to_email);
	add_subject(a, &b, m->subject);
	add_date(a, &b, m->date_ms);
	buf_printf(&b, "Message-ID: <%s>\r\n", m->message_id);
	buf_text(&b, "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n");
	buf_printf(&b, "Content-Transfer-Encoding: %s\r\n", is_plain ? "7bit" : "quoted-printable");
	buf_text(&b, "Auto-Submitted: auto-generated\r\n\r\n");
	add_body(&b, m->body, is_plain);
	if (b.failed)
		return err_set(err, INVALID, "This mail is too long to be sent; shorten it");
	*out = buf_view(&b);
	return OK;
}
