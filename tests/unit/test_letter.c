/* Letters: the built-in ones, the organisers' own, and which of those may be kept. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include "base/json.h"
#include "gen/query.h"
#include "jobs/letter.h"

static struct arena *arena;
static struct assets *assets;
static struct i18n *i18n;
static struct templates *templates;

static int setup(void **state)
{
	struct err err;

	(void)state;
	arena = arena_new();
	err = err_in(arena);
	json_setup();
	assets = assets_new(NULL);
	if (i18n_new(assets, &i18n, &err) != OK)
		return 1;
	return templates_new(assets, i18n, &templates, &err) != OK;
}

static int teardown(void **state)
{
	(void)state;
	templates_free(templates);
	i18n_free(i18n);
	assets_free(assets);
	arena_free(arena);
	return 0;
}

/* The letter, or NULL when it cannot be written. `own`: the organisers' subject and body. */
static const struct letter *written(
	const char *kind, const char *own_subject, const char *own_body, const char *model)
{
	struct err err = err_in(arena);
	struct letter *out = ARENA_NEW(arena, struct letter);
	struct q_letters_of_event row = {
		.kind = "signin", .subject = own_subject, .body = own_body};
	struct letters letters = {&row, own_subject ? 1 : 0};

	if (letter_write(arena, templates, &letters, kind, "en", model, out, &err) != OK) {
		assert_non_null(err.message);
		return NULL;
	}
	return out;
}

static void the_first_line_is_the_subject(void **state)
{
	(void)state;
	const struct letter *l =
		written("signin", NULL, NULL, "{\"link\":\"https://example.org/signin/x&y\"}");

	assert_non_null(l);
	assert_string_equal(l->subject, "Your sign-in link");
	assert_null(strstr(l->body, "Your sign-in link"));
	assert_non_null(strstr(l->body, "\n\nhttps://example.org/signin/x&y\n\n"));
	assert_memory_equal(l->body, "Follow this link", 16);
}

/* The names of web/templates/mail, one after the other. */
static void check_template(void *context, const struct asset *asset)
{
	int *n = context;
	size_t n_folder = strlen("templates/mail/"), n_suffix = strlen(".mustache");
	const char *kind = arena_strndup(
		arena, asset->path + n_folder, strlen(asset->path) - n_folder - n_suffix);
	const struct letter *l = written(kind, NULL, NULL,
		"{\"name\":\"Łukasz\",\"title\":\"<b>\",\"link\":\"https://example.org/x\"}");

	assert_non_null(l);
	assert_true(strlen(l->subject) > 5);
	assert_true(strlen(l->body) > 20);
	assert_null(strstr(l->body, "&lt;"));
	assert_null(strstr(l->body, "{{"));
	assert_true(str_ends_with(str_from(l->body), STR("\n")));
	if (strstr(l->body, "https://"))
		assert_non_null(strstr(l->body, "\nhttps://example.org/x\n"));
	(*n)++;
}

static void every_mail_template_has_a_subject_and_a_body(void **state)
{
	(void)state;
	int n = 0;

	assets_each(assets, "templates/mail/", check_template, &n);
	assert_true(n >= 8);
}

static void organisers_words_take_the_place_of_ours(void **state)
{
	(void)state;
	const struct letter *l = written(
		"signin", "Hello {{name}}", "Dear {{name}},\n{{{{link}}\n", "{\"name\":\"Ada\"}");

	assert_null(l); /* "{{{{" is no tag */
	l = written("signin", "Hello {{name}} & all", "Dear {{name}}:\n{{link}}",
		"{\"name\":\"Ada & Bo\",\"link\":\"https://example.org\"}");
	assert_string_equal(l->subject, "Hello Ada & Bo & all");
	assert_string_equal(l->body, "Dear Ada & Bo:\nhttps://example.org\n");
}

static void a_letter_of_another_kind_changes_nothing(void **state)
{
	(void)state;
	const struct letter *l = written("draft", "Mine", "Mine", "{}");

	assert_string_equal(l->subject, "Your text is saved");
}

static void unknown_names_render_as_nothing(void **state)
{
	(void)state;
	const struct letter *l = written("signin", "A{{nobody}}B",
		"{{page.csrf_token}}{{#nobody}}x{{/nobody}}{{^nobody}}y{{/nobody}}{{>layout}}",
		"{}");

	assert_string_equal(l->subject, "AB");
	assert_string_equal(l->body, "y\n");
}

static void a_subject_stays_one_line(void **state)
{
	(void)state;
	const struct letter *l = written("signin", "{{name}}", "x", "{\"name\":\"a\\r\\nBcc: b\"}");

	assert_string_equal(l->subject, "a Bcc: b");
	l = written("signin", "{{name}}", "x", "{\"name\":\"a\\u0007b\"}");
	assert_string_equal(l->subject, "");
}

static void a_number_chooses_the_plural(void **state)
{
	(void)state;
	const char *body = "{{n}}";
	const struct letter *l = written("signin", "x", body, "{\"n\":\"3\"}");

	assert_string_equal(l->body, "3\n");
	assert_string_equal(written("signin", "x", body, "{\"n\":\"some\"}")->body, "some\n");
}

static void broken_models_and_unknown_templates_are_refused(void **state)
{
	(void)state;
	static const char *const bad[] = {"", "{", "[1", "{\"a\":1,\"a\":2}", "{} {}"};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_null(written("signin", NULL, NULL, bad[i]));
	assert_null(written("no_such_mail", NULL, NULL, "{}"));
	assert_null(written("../layout", NULL, NULL, "{}"));
	/* What is not text is left out, and keys kept for markup too. */
	assert_string_equal(written("signin", "s{{a}}{{b}}", "x",
				    "{\"a\":{\"b\":1},\"b\":[1],\"c_html\":\"x\",\"\":\"y\"}")
				    ->subject,
		"s");
}

/* ---- what may be kept ---- */

static const char *complaint(const char *subject, const char *body, const char *field)
{
	static const char *const names[] = {"name", "title", "link"};
	struct err err = err_in(arena);
	enum rc rc = letter_check(subject, body, names, 3, &err);

	assert_int_equal(rc, err.fields ? INVALID : OK);
	return err_of_field(&err, field);
}

static void a_letter_within_its_placeholders_is_kept(void **state)
{
	(void)state;
	static const char *const good[] = {"", "plain", "{{name}} {{ title }}",
		"{{#name}}Dear {{name}}{{/name}}{{^name}}Dear author{{/name}}",
		"{{! a note to ourselves }}x", "100 % { } braces }}"};

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_null(complaint(good[i], good[i], "subject"));
		assert_null(complaint(good[i], good[i], "body"));
	}
}

static void a_letter_that_would_go_wrong_is_refused_where_it_does(void **state)
{
	(void)state;
	static const char *const bad[] = {"{{nam}}", "{{#name}}", "{{/name}}", "{{name",
		"{{{name}}}", "{{&name}}", "{{>layout}}", "{{<layout}}{{/layout}}",
		"{{name.secret}}", "{{#page}}{{name}}{{/page}}", "{{>*name}}{{other}}"};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_non_null(complaint(bad[i], "fine", "subject"));
		assert_null(complaint(bad[i], "fine", "body"));
		assert_non_null(complaint("fine", bad[i], "body"));
		assert_null(complaint("fine", bad[i], "subject"));
	}
	assert_non_null(complaint("two\nlines", "x", "subject"));
	assert_string_equal(complaint("x", "{{nam}}", "body"),
		"There is no placeholder {{nam}}; use {{name}}, {{title}}, {{link}}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_line_is_the_subject),
		cmocka_unit_test(every_mail_template_has_a_subject_and_a_body),
		cmocka_unit_test(organisers_words_take_the_place_of_ours),
		cmocka_unit_test(a_letter_of_another_kind_changes_nothing),
		cmocka_unit_test(unknown_names_render_as_nothing),
		cmocka_unit_test(a_subject_stays_one_line),
		cmocka_unit_test(a_number_chooses_the_plural),
		cmocka_unit_test(broken_models_and_unknown_templates_are_refused),
		cmocka_unit_test(a_letter_within_its_placeholders_is_kept),
		cmocka_unit_test(a_letter_that_would_go_wrong_is_refused_where_it_does),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
