/* Bodies to raw pairs: urlencoded, multipart in pieces of every size, JSON. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

#include "base/json.h"
#include "http/multipart.h"
#include "http/parse.h"

/* "name=value|…", so that a test is one line; NUL shows as ~. */
static const char *shown(struct arena *a, const struct pairs *p)
{
	struct buf b = buf_in(a, 1 << 20);
	for (size_t i = 0; i < p->n; i++) {
		buf_text(&b, i > 0 ? "|" : "");
		buf_str(&b, p->items[i].name);
		buf_char(&b, '=');
		buf_str(&b, p->items[i].value);
	}
	for (size_t i = 0; i < b.n; i++)
		if (b.p[i] == '\0')
			b.p[i] = '~';
	return buf_cstr(&b);
}

static const char *parsed(struct arena *a, const char *text, size_t n)
{
	struct pairs p = {0};
	struct err err = err_in(a);
	if (urlencoded_parse(a, (struct str){text, n}, &p, &err) != OK)
		return "refused";
	return shown(a, &p);
}

#define PARSED(text) parsed(*state, text, sizeof(text) - 1)

static void urlencoded_pairs_are_decoded_by_length(void **state)
{
	assert_string_equal(PARSED(""), "");
	assert_string_equal(PARSED("a=1&b=2"), "a=1|b=2");
	assert_string_equal(PARSED("a=1&&b&=x&c="), "a=1|b=|=x|c=");
	assert_string_equal(PARSED("a+b=c%20d%2B&e=%c3%86"), "a b=c d+|e=Æ");
	assert_string_equal(PARSED("a=b=c"), "a=b=c");
	assert_string_equal(PARSED("a=1\0b&c=2&\0"), "a=1~b|c=2|~=");
	assert_string_equal(PARSED("a=%00"), "a=~");
	assert_string_equal(PARSED("a=%"), "refused");
	assert_string_equal(PARSED("a=%4"), "refused");
	assert_string_equal(PARSED("a=%4g"), "refused");
	assert_string_equal(PARSED("%zz=1"), "refused");
}

static void urlencoded_pairs_are_counted(void **state)
{
	struct buf b = buf_in(*state, 1 << 20);
	for (int i = 0; i < PAIRS_MAX; i++)
		buf_text(&b, "a&");
	struct pairs p = {0};
	struct err err = err_in(*state);
	assert_int_equal(urlencoded_parse(*state, buf_view(&b), &p, &err), OK);
	assert_int_equal(p.n, PAIRS_MAX);
	buf_text(&b, "a");
	p = (struct pairs){0};
	assert_int_equal(urlencoded_parse(*state, buf_view(&b), &p, &err), INVALID);
	assert_non_null(err.message);
}

/* ---- multipart ---- */

struct seen {
	struct buf out;
	int stop_after; /* events; 0: never */
	int n_events;
};

static enum rc count(struct seen *s)
{
	return s->stop_after > 0 && ++s->n_events >= s->stop_after ? BUSY : OK;
}

static enum rc on_begin(void *context, const char *name, const char *file_name)
{
	struct seen *s = context;
	buf_printf(&s->out, "<%s%s%s:", name, file_name != NULL ? " file " : "",
		file_name != NULL ? file_name : "");
	return count(s);
}

static enum rc on_data(void *context, struct str piece)
{
	struct seen *s = context;
	for (size_t i = 0; i < piece.n; i++)
		buf_char(&s->out, piece.p[i] == '\0' ? '~' : piece.p[i]);
	return count(s);
}

static enum rc on_end(void *context)
{
	struct seen *s = context;
	buf_char(&s->out, '>');
	return count(s);
}

/* The events of a body fed in pieces of the size; "refused" when it is not well-formed. */
static const char *fed(struct arena *a, const char *body, size_t n, size_t piece)
{
	struct seen s = {.out = buf_in(a, 1 << 20)};
	struct multipart_events events = {&s, on_begin, on_data, on_end};
	struct multipart *m = multipart_new(a, STR("XyZ"), &events);
	struct err err = err_in(a);
	for (size_t at = 0; at < n; at += piece)
		if (multipart_feed(m, (struct str){body + at, n - at < piece ? n - at : piece},
			    &err) != OK)
			return "refused";
	return multipart_end(m, &err) == OK ? buf_cstr(&s.out) : "refused";
}

static const char *fed_in_every_way(struct arena *a, const char *body, size_t n)
{
	const char *whole = fed(a, body, n, n + 1);
	for (size_t piece = 1; piece < 40; piece++)
		assert_string_equal(fed(a, body, n, piece), whole);
	return whole;
}

#define FED(body)   fed_in_every_way(*state, body, sizeof(body) - 1)
#define FIELD(name) "--XyZ\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n"
#define END         "--XyZ--"

static void parts_come_out_whole_in_pieces_of_any_size(void **state)
{
	assert_string_equal(FED(END), "");
	assert_string_equal(FED(FIELD("a") "1\r\n" END), "<a:1>");
	assert_string_equal(FED(FIELD("a") "\r\n" END "\r\n"), "<a:>");
	assert_string_equal(FED(FIELD("a") "1\r\n2\r\n\r\n" FIELD("b") "--XyZ\r\n-\r\n" END),
		"<a:1\r\n2\r\n><b:--XyZ\r\n->");
	assert_string_equal(
		FED(FIELD("a") "\r\n--Xy\r\n--XyQ\r\n--XyZ--"), "<a:\r\n--Xy\r\n--XyQ>");
	assert_string_equal(FED(FIELD("a") "x\0y\r\n" END), "<a:x~y>");
	assert_string_equal(
		FED("--XyZ\r\ncontent-disposition: FORM-DATA; name=\"a\" ; "
		    "filename=\"C:\\b\\\"c\\\".pdf\"\r\nContent-Type: x/y\r\n\r\nz\r\n" END),
		"<a file C:\\b\"c\".pdf:z>");
	assert_string_equal(FED("--XyZ\r\nContent-Disposition: form-data; name=\"a\"; "
				"filename=\"\"\r\n\r\n\r\n" END),
		"<a file :>");
}

static void malformed_parts_are_refused(void **state)
{
	assert_string_equal(FED(""), "refused");
	assert_string_equal(FED("x" END), "refused");
	assert_string_equal(FED("\r\n" END), "refused");
	assert_string_equal(FED("--XyZ"), "refused");
	assert_string_equal(FED("--XyZ-"), "refused");
	assert_string_equal(FED("--XyZ \r\n" END), "refused");
	assert_string_equal(FED("--XyZx"), "refused");
	assert_string_equal(FED(FIELD("a") "1"), "refused");
	assert_string_equal(FED(FIELD("a") "1\r\n--XyZ"), "refused");
	assert_string_equal(FED(FIELD("a") "1" END), "refused");
	assert_string_equal(FED(FIELD("a") "1\r\n" END "\r\nx"), "refused");
	assert_string_equal(FED(FIELD("a") "1\r\n" END "\n"), "refused");
	assert_string_equal(FED("--XyZ\r\n\r\n1\r\n" END), "refused");
	assert_string_equal(FED("--XyZ\r\nContent-Type: a/b\r\n\r\n1\r\n" END), "refused");
	assert_string_equal(
		FED("--XyZ\nContent-Disposition: form-data; name=\"a\"\n\n1\r\n" END), "refused");
	assert_string_equal(
		FED("--XyZ\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n" END), "refused");
	assert_string_equal(
		FED("--XyZ\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n" END),
		"refused");
	assert_string_equal(
		FED("--XyZ\r\nContent-Disposition: form-data; name=\"a\0b\"\r\n\r\n1\r\n" END),
		"refused");
	assert_string_equal(FED("--XyZ\r\nContent-Disposition: form-data; name=\"a\"; "
				"name=\"b\"\r\n\r\n1\r\n" END),
		"refused");
	assert_string_equal(FED("--XyZ\r\nContent-Disposition: form-data; name=\"a\"; "
				"filename*=UTF-8''b\r\n\r\n1\r\n" END),
		"refused");
	assert_string_equal(FED("--XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\n"
				"Content-Disposition: form-data; name=\"b\"\r\n\r\n1\r\n" END),
		"refused");
	assert_string_equal(
		FED("--XyZ\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n" END),
		"refused");
	assert_string_equal(
		FED("--XyZ\r\nContent-Disposition: form-data;\r\n name=\"a\"\r\n\r\n1\r\n" END),
		"refused");
	assert_string_equal(FED("--XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\n"
				"Content-Transfer-Encoding: base64\r\n\r\nMQ==\r\n" END),
		"refused");
}

static void a_part_header_has_a_limit(void **state)
{
	struct buf b = buf_in(*state, 100000);
	buf_text(&b, "--XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\nX: ");
	for (int i = 0; i < MULTIPART_MAX_HEADER_BYTES; i++)
		buf_char(&b, 'x');
	buf_text(&b, "\r\n\r\n1\r\n" END);
	assert_string_equal(fed_in_every_way(*state, b.p, b.n), "refused");
}

static void an_event_can_stop_the_parser(void **state)
{
	struct seen s = {.out = buf_in(*state, 1000), .stop_after = 2};
	struct multipart_events events = {&s, on_begin, on_data, on_end};
	struct multipart *m = multipart_new(*state, STR("XyZ"), &events);
	struct err err = err_in(*state);
	assert_int_equal(multipart_feed(m, STR(FIELD("a") "1\r\n" END), &err), BUSY);
	assert_string_equal(buf_cstr(&s.out), "<a:1");
}

static void boundaries_are_read_strictly(void **state)
{
	static const struct {
		const char *type, *boundary; /* NULL: refused */
	} cases[] = {{"multipart/form-data; boundary=a", "a"},
		{"multipart/form-data;charset=x; BOUNDARY=\"a b\"", NULL},
		{"multipart/form-data; boundary=\"----x?=/.:,'()+_\"", "----x?=/.:,'()+_"},
		{"multipart/form-data", NULL}, {"multipart/form-data; boundary=", NULL},
		{"multipart/form-data; boundary=\"\"", NULL},
		{"multipart/form-data; boundary=a; boundary=b", NULL},
		{"multipart/form-data; boundary=a\"", NULL},
		{"multipart/form-data; boundary=\xc3\xa6", NULL}};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct str b;
		bool found = multipart_boundary(str_from(cases[i].type), &b);
		if (found != (cases[i].boundary != NULL) ||
			(found && !str_is(b, cases[i].boundary)))
			fail_msg("%s", cases[i].type);
	}
}

/* ---- JSON ---- */

static const char *flattened(struct arena *a, const char *text)
{
	struct pairs p = {0};
	struct err err = err_in(a);
	if (json_body_parse(a, str_from(text), &p, &err) != OK)
		return "refused";
	return shown(a, &p);
}

static void json_speaks_the_names_of_the_form(void **state)
{
	struct arena *a = *state;
	assert_string_equal(flattened(a, "{}"), "");
	assert_string_equal(flattened(a, "{\"title\":\"x\",\"theme\":[\"T\",\"R\"],\"author\":"
					 "[{\"name\":\"y\"},{\"name\":\"z\",\"of\":true}],"
					 "\"score\":{\"K7\":4}}"),
		"title=x|theme=T|theme=R|author.0.name=y|author.1.name=z|author.1.of=true|score.K7="
		"4");
	assert_string_equal(flattened(a, "{\"a\":null,\"b\":[],\"c\":{},\"d\":false}"), "d=false");
	assert_string_equal(flattened(a, "{\"a\":-12,\"b\":1.5,\"c\":9007199254740992}"),
		"a=-12|b=1.5|c=9007199254740992");
	assert_string_equal(flattened(a, "[]"), "refused");
	assert_string_equal(flattened(a, "{\"a\":1,\"a\":2}"), "refused");
	assert_string_equal(flattened(a, ""), "refused");
}

static void json_values_keep_their_kind(void **state)
{
	struct pairs p = {0};
	struct err err = err_in(*state);
	struct str text =
		STR("{\"a\":\"1\",\"b\":1,\"c\":true,\"d\":[[1]],\"e\":[{\"f\":{\"g\":{}}}]}");
	assert_int_equal(json_body_parse(*state, text, &p, &err), OK);
	assert_int_equal(pairs_find(&p, "a")->kind, PAIR_JSON_TEXT);
	assert_int_equal(pairs_find(&p, "b")->kind, PAIR_JSON_NUMBER);
	assert_int_equal(pairs_find(&p, "c")->kind, PAIR_JSON_BOOL);
	assert_int_equal(pairs_find(&p, "d")->kind, PAIR_JSON_DEEP);
	assert_null(pairs_find(&p, "nothing"));
}

static int setup(void **state)
{
	json_setup();
	*state = arena_new();
	return 0;
}

static int teardown(void **state)
{
	arena_free(*state);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(urlencoded_pairs_are_decoded_by_length),
		cmocka_unit_test(urlencoded_pairs_are_counted),
		cmocka_unit_test(parts_come_out_whole_in_pieces_of_any_size),
		cmocka_unit_test(malformed_parts_are_refused),
		cmocka_unit_test(a_part_header_has_a_limit),
		cmocka_unit_test(an_event_can_stop_the_parser),
		cmocka_unit_test(boundaries_are_read_strictly),
		cmocka_unit_test(json_speaks_the_names_of_the_form),
		cmocka_unit_test(json_values_keep_their_kind),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
