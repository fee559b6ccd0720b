/* Files that come with a form, over a real connection. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

#include "base/log.h"
#include "http_fixture.h"

static const char *upload(struct site *s, const struct visit *v, const char *format, ...)
	PRINTF_LIKE(3, 4);

static const char *upload(struct site *s, const struct visit *v, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	const char *body = arena_vprintf(s->arena, format, args);
	va_end(args);
	const char *answer = site_post_as(s, "/summit/files.json",
		arena_printf(s->arena, "Cookie: %s\r\n", v->cookies),
		"multipart/form-data; boundary=XyZ", body);
	assert_int_equal(s->n_enters, s->n_leaves);
	return answer;
}

#define PART(name, value)                                                                          \
	"--XyZ\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n" value "\r\n"
#define FILE_PART(name, file, value)                                                               \
	"--XyZ\r\nContent-Disposition: form-data; name=\"" name "\"; filename=\"" file "\"\r\n"    \
	"Content-Type: application/pdf\r\n\r\n" value "\r\n"
#define END "--XyZ--\r\n"

static void an_upload_reaches_the_hooks_and_the_handler(void **state)
{
	struct site *s = *state;
	struct visit v = site_visit(s, "");
	const char *answer = upload(s, &v,
		PART("csrf_token", "%s") PART("note", "Hi")
			FILE_PART("file", "C:\\\\talks\\\\Ægir.pdf", "%%PDF-1.7\r\n--Xy") END,
		v.token);
	assert_int_equal(answer_status(answer), 200);
	assert_holds(answer, "\"name\":\"Ægir.pdf\",\"size\":14,\"note\":\"Hi\"");
	assert_int_equal(s->n_commits, 1);
	assert_int_equal(s->n_aborts, 0);
}

static void bad_uploads_leave_nothing_behind(void **state)
{
	struct site *s = *state;
	struct visit v = site_visit(s, "");
	const char *token = v.token;
	log_set_level(LOG_ERROR + 1);
	/* The file before the token; no token; a wrong one. */
	assert_int_equal(
		answer_status(upload(s, &v,
			FILE_PART("file", "a.pdf", "x") PART("csrf_token", "%s") END, token)),
		403);
	assert_int_equal(answer_status(upload(s, &v, FILE_PART("file", "a.pdf", "x") END)), 403);
	assert_int_equal(s->n_commits, 0);
	assert_int_equal(
		answer_status(upload(s, &v, "preamble\r\n" PART("csrf_token", "%s") END, token)),
		400);
	/* Cut off, padded, nameless, doubled, undeclared, filename*, empty. */
	static const struct {
		const char *body;
		int status;
	} cases[] = {
		{FILE_PART("file", "a.pdf", "x"), 400},
		{FILE_PART("file", "a.pdf", "x") END "more", 400},
		{"--XyZ\r\n\r\nx\r\n" END, 400},
		{"--XyZ\r\nContent-Disposition: form-data\r\n\r\nx\r\n" END, 400},
		{"--XyZ\r\nContent-Disposition: form-data; name=\"file\"; "
		 "filename*=UTF-8''a\r\n\r\nx\r\n" END,
			400},
		{"--XyZ\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n"
		 "Content-Transfer-Encoding: base64\r\n\r\neA==\r\n" END,
			400},
		{FILE_PART("other", "a.pdf", "x") END, 422},
		{FILE_PART("file", "a.pdf", "") END, 422},
		{FILE_PART("file", "", "") END, 422},
		{PART("file", "x") END, 422},
		{FILE_PART("note", "a.pdf", "x") END, 422},
		{END, 422},
		{FILE_PART("file", "a.pdf", "FAIL") END, 500},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const char *answer =
			upload(s, &v, PART("csrf_token", "%s") "%s", token, cases[i].body);
		if (answer_status(answer) != cases[i].status)
			fail_msg("%s: %s", cases[i].body, answer);
	}
	assert_int_equal(s->n_posts, 0);
}

static void a_file_over_its_limit_is_refused_by_name(void **state)
{
	struct site *s = *state;
	struct visit v = site_visit(s, "");
	char *large = arena_alloc(s->arena, 2000002);
	memset(large, 'a', 2000001);
	const char *answer = upload(s, &v,
		PART("csrf_token", "%s") "--XyZ\r\nContent-Disposition: form-data; name=\"file\"; "
					 "filename=\"a.pdf\"\r\n\r\n%s\r\n" PART("note", "kept")
						 END,
		v.token, large);
	assert_int_equal(answer_status(answer), 422);
	assert_holds(answer, "\"file\":\"File is too large: at most 2 MB fit\"");
	assert_int_equal(s->n_aborts, 1);
	assert_int_equal(s->n_commits, 0);
	large[2000000] = '\0';
	answer = upload(s, &v,
		PART("csrf_token", "%s") "--XyZ\r\nContent-Disposition: form-data; name=\"file\"; "
					 "filename=\"a.pdf\"\r\n\r\n%s\r\n" END,
		v.token, large);
	assert_int_equal(answer_status(answer), 200);
	assert_holds(answer, "\"size\":2000000");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, site_start, site_stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_upload_reaches_the_hooks_and_the_handler),
		TEST(bad_uploads_leave_nothing_behind),
		TEST(a_file_over_its_limit_is_refused_by_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
