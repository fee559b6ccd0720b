/* The set of templates: from the program, from disk, and while somebody edits it. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/clock.h"
#include "view/template.h"

struct world {
	struct arena *arena;
	struct err err;
	char directory[64];
	struct assets *assets;
	struct i18n *i18n;
	struct vm_format format;
	struct vm *vm;
};

static const char *const paths[] = {"locale/en.po", "locale/de.po", "templates/page.mustache",
	"templates/layout.mustache", "templates/components/field.mustache",
	"templates/mail/a.mustache", "templates/notes.txt"};

static void write_text(struct world *w, const char *path, const char *text)
{
	/* Renamed into place, as editors do, so that nobody reads half a file. */
	const char *full = arena_printf(w->arena, "%s/%s", w->directory, path);
	const char *fresh = arena_printf(w->arena, "%s/fresh", w->directory);
	int fd = open(fresh, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
	assert_int_equal(rename(fresh, full), 0);
}

static int setup(void **state)
{
	static const char *const folders[] = {
		"locale", "templates", "templates/components", "templates/mail"};
	struct world *w = heap_alloc(sizeof *w);
	w->arena = arena_new();
	w->err = err_in(w->arena);
	memcpy(w->directory, "/tmp/test_template.XXXXXX", sizeof "/tmp/test_template.XXXXXX");
	assert_non_null(mkdtemp(w->directory));
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
		mkdir(arena_printf(w->arena, "%s/%s", w->directory, folders[i]), 0777);
	write_text(w, "locale/en.po", "");
	write_text(w, "locale/de.po", "msgid \"Hello {{name}}\"\nmsgstr \"Guten Tag, {{name}}\"\n");
	write_text(w, "templates/layout.mustache", "<{{$main}}{{/main}}>");
	write_text(w, "templates/components/field.mustache", "[{{name}}]");
	write_text(w, "templates/page.mustache",
		"{{<layout}}{{$main}}{{>components/field}}{{/main}}{{/layout}}");
	write_text(w, "templates/mail/a.mustache", "{{#t}}Hello {{name}}{{/t}}\n");
	write_text(w, "templates/notes.txt", "{{");
	w->assets = assets_new(w->directory);
	assert_int_equal(i18n_new(w->assets, &w->i18n, &w->err), OK);
	w->format = (struct vm_format){.lang = "en", .i18n = w->i18n};
	w->vm = vm_new(w->arena, &w->format);
	vm_text(w->vm, "name", "<Ægir>");
	*state = w;
	return 0;
}

static int teardown(void **state)
{
	static const char *const folders[] = {
		"templates/components", "templates/mail", "templates", "locale", ""};
	struct world *w = *state;
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
		remove(arena_printf(w->arena, "%s/%s", w->directory, paths[i]));
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
		rmdir(arena_printf(w->arena, "%s/%s", w->directory, folders[i]));
	i18n_free(w->i18n);
	assets_free(w->assets);
	arena_free(w->arena);
	heap_free(w);
	return 0;
}

static struct templates *start(struct world *w)
{
	struct templates *t;
	assert_int_equal(templates_new(w->assets, w->i18n, &t, &w->err), OK);
	return t;
}

static const char *render(struct world *w, struct templates *t, const char *name)
{
	struct buf b = buf_in(w->arena, 1000);
	w->err = err_in(w->arena);
	if (template_render(t, name, w->vm, &b, &w->err) != OK)
		return w->err.message;
	return buf_cstr(&b);
}

static void expect_no_start(struct world *w, const char *message)
{
	struct templates *t = NULL;
	w->err = err_in(w->arena);
	assert_int_equal(templates_new(w->assets, w->i18n, &t, &w->err), INVALID);
	assert_string_equal(w->err.message, message);
	assert_null(t);
}

static void pages_find_their_layout_and_components(void **state)
{
	struct world *w = *state;
	struct templates *t = start(w);
	assert_string_equal(render(w, t, "page"), "<[&lt;Ægir&gt;]>");
	assert_true(template_exists(t, "components/field"));
	assert_false(template_exists(t, "notes"));
	assert_false(template_exists(t, "fields"));
	templates_free(t);
}

static void mail_is_translated_and_not_escaped(void **state)
{
	struct world *w = *state;
	struct templates *t = start(w);
	struct buf b = buf_in(w->arena, 1000);
	w->format.lang = "de";
	w->vm = vm_new(w->arena, &w->format);
	vm_text(w->vm, "name", "<Ægir>");
	assert_int_equal(template_render_text(t, "mail/a", w->vm, &b, &w->err), OK);
	assert_string_equal(buf_cstr(&b), "Guten Tag, <Ægir>\n");
	templates_free(t);
}

static void an_unknown_name_is_an_error_of_ours(void **state)
{
	struct world *w = *state;
	struct templates *t = start(w);
	struct buf b = buf_in(w->arena, 1000);
	assert_int_equal(template_render(t, "none", w->vm, &b, &w->err), INTERNAL);
	assert_string_equal(w->err.message, "There is no template \"none\"");
	templates_free(t);
}

static void what_does_not_compile_stops_the_start(void **state)
{
	struct world *w = *state;
	write_text(w, "templates/page.mustache", "a\n{{#b}}");
	expect_no_start(w, "web/templates/page.mustache, line 2: \"b\" is never closed");
	write_text(w, "templates/page.mustache", "{{>components/fild}}");
	expect_no_start(w, "web/templates/page.mustache: there is no template \"components/fild\"");
}

/* Until the text is shown, for two seconds at most: the files are looked at every 200 ms. */
static void expect_soon(struct world *w, struct templates *t, const char *text)
{
	int64_t begin = clock_elapsed_ms();
	const char *shown = render(w, t, "page");
	while (strcmp(shown, text) != 0 && clock_elapsed_ms() - begin < 2000)
		shown = render(w, t, "page");
	assert_string_equal(shown, text);
}

static void an_edit_shows_without_a_restart(void **state)
{
	struct world *w = *state;
	struct templates *t = start(w);
	assert_string_equal(render(w, t, "page"), "<[&lt;Ægir&gt;]>");
	write_text(w, "templates/layout.mustache", "({{$main}}{{/main}})");
	expect_soon(w, t, "([&lt;Ægir&gt;])");
	write_text(w, "templates/layout.mustache", "{{$main}}");
	expect_soon(w, t, "web/templates/layout.mustache, line 1: \"main\" is never closed");
	write_text(w, "templates/layout.mustache", "!{{$main}}{{/main}}");
	expect_soon(w, t, "![&lt;Ægir&gt;]");
	templates_free(t);
}

struct crowd {
	struct world *world;
	struct templates *templates;
	atomic_bool is_over;
	atomic_int n_wrong;
};

static void *render_on(void *context)
{
	struct crowd *c = context;
	struct arena *a = arena_new();
	while (!atomic_load(&c->is_over)) {
		arena_reset(a);
		struct err err = err_in(a);
		struct buf b = buf_in(a, 1000);
		enum rc rc = template_render(c->templates, "page", c->world->vm, &b, &err);
		if (rc != OK || !strstr(buf_cstr(&b), "[&lt;Ægir&gt;]"))
			atomic_fetch_add(&c->n_wrong, 1);
	}
	arena_free(a);
	return NULL;
}

static void others_may_render_while_it_is_edited(void **state)
{
	struct world *w = *state;
	struct crowd c = {.world = w, .templates = start(w)};
	pthread_t threads[3];
	for (int i = 0; i < 3; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, render_on, &c), 0);
	for (int i = 0; i < 3; i++) {
		write_text(w, "templates/layout.mustache",
			arena_printf(w->arena, "%d{{$main}}{{/main}}", i));
		expect_soon(w, c.templates, arena_printf(w->arena, "%d[&lt;Ægir&gt;]", i));
	}
	atomic_store(&c.is_over, true);
	for (int i = 0; i < 3; i++)
		assert_int_equal(pthread_join(threads[i], NULL), 0);
	assert_int_equal(atomic_load(&c.n_wrong), 0);
	templates_free(c.templates);
}

static void the_shipped_templates_compile(void **state)
{
	struct world *w = *state;
	struct assets *assets = assets_new(NULL);
	struct templates *t = NULL;
	enum rc rc = templates_new(assets, w->i18n, &t, &w->err);
	if (rc != OK)
		print_error("%s\n", w->err.message);
	assert_int_equal(rc, OK);
	templates_free(t);
	assets_free(assets);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(pages_find_their_layout_and_components),
		CASE(mail_is_translated_and_not_escaped),
		CASE(an_unknown_name_is_an_error_of_ours),
		CASE(what_does_not_compile_stops_the_start),
		CASE(an_edit_shows_without_a_restart),
		CASE(others_may_render_while_it_is_edited),
		CASE(the_shipped_templates_compile),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
