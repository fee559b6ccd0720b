/* The template engine before what it must refuse: mistakes, depth, cycles, size. */
#include "tests/unit/mustache_world.h"

#include <pthread.h>

/* ---- what does not compile ---- */

static void errors_name_the_line_and_the_reason(void **state)
{
	struct world *w = *state;
	expect_refused(w, "a\n\n{{/list}}", "line 3: {{/list}} closes nothing");
	expect_refused(w, "a\n{{#list}}\n", "line 2: \"list\" is never closed");
	expect_refused(w, "{{#a}}\n{{#b}}\n{{/a}}", "line 3: {{/a}} closes \"b\" of line 2");
	expect_refused(w, "{{a", "line 1: the tag that starts here is not ended by }}");
	expect_refused(w, "\n{{{a_html}}", "line 2: the tag that starts here is not ended by }}}");
	expect_refused(w, "{{}}", "line 1: a tag without a name");
	expect_refused(w, "{{# }}", "line 1: a tag without a name");
	expect_refused(w, "{{a b}}", "line 1: the name \"a b\" has a blank in it");
	expect_refused(w, "{{a..b}}", "line 1: the name \"a..b\" has an empty part");
	expect_refused(w, "{{ #a}}", "line 1: the name \"#a\" begins with #");
	expect_refused(w, "{{.a}}", "line 1: the name \".a\" has an empty part");
	expect_refused(w, "{{=x=}}",
		"line 1: {{=...=}} takes two delimiters without = and with a blank between");
	expect_refused(w, "{{=<% %>", "line 1: {{=...=}} is not ended");
	expect_refused(w, "{{<a}}\n{{#b}}{{/b}}{{/a}}",
		"line 2: this tag stands in {{<a}} outside any block, where it would never show");
	expect_refused(w, "{{#t}}", "line 1: {{#t}} is not closed by {{/t}}");
}

/* ---- hostile input ---- */

static void deep_nesting_is_refused_not_followed(void **state)
{
	struct world *w = *state;
	expect_refused(w, repeat(w->arena, "{{#a}}", 100000, ""),
		"line 1: more than 32 tags inside one another");
	const char *deep = repeat(w->arena, "{{#a}}", 32, repeat(w->arena, "{{/a}}", 32, ""));
	expect(w, deep, "{\"a\":{}}", "");
}

static void a_cycle_of_partials_ends_with_an_error(void **state)
{
	struct world *w = *state;
	const char *out;
	add_partial(w, "a", "x{{>b}}");
	add_partial(w, "b", "y\n{{>a}}");
	enum rc rc = render_with(w, mustache_render, "en", STR("\n{{>a}}"), "{}", &out);
	assert_int_equal(rc, INTERNAL);
	assert_string_equal(w->err.message, "b, line 2: more than 40 partials inside one another");
}

static void sections_through_partials_are_bounded_too(void **state)
{
	struct world *w = *state;
	const char *out;
	add_partial(w, "a",
		"{{#x}}{{#x}}{{#x}}{{#x}}{{#x}}{{#x}}{{>a}}{{/x}}{{/x}}{{/x}}{{/x}}{{/x}}"
		"{{/x}}");
	enum rc rc = render_with(w, mustache_render, "en", STR("{{>a}}"), "{\"x\":true}", &out);
	assert_int_equal(rc, INTERNAL);
	assert_string_equal(w->err.message, "a: more than 160 sections inside one another");
}

static void *render_on_a_small_stack(void *state)
{
	sections_through_partials_are_bounded_too(&state);
	return NULL;
}

static void the_deepest_rendering_fits_a_small_stack(void **state)
{
	pthread_attr_t attr;
	pthread_t thread;
	assert_int_equal(pthread_attr_init(&attr), 0);
#ifdef __SANITIZE_ADDRESS__
	const size_t stack_bytes = 512 << 10; /* its frames are several times as large */
#else
	const size_t stack_bytes = 96 << 10;
#endif
	assert_int_equal(pthread_attr_setstacksize(&attr, stack_bytes), 0);
	assert_int_equal(pthread_create(&thread, &attr, render_on_a_small_stack, *state), 0);
	assert_int_equal(pthread_join(thread, NULL), 0);
	pthread_attr_destroy(&attr);
}

static void output_stops_at_its_maximum(void **state)
{
	struct world *w = *state;
	const char *out;
	w->max_bytes = 100;
	enum rc rc = render_with(w, mustache_render, "en",
		STR("{{#l}}{{#l}}{{#l}}123456789{{/l}}{{/l}}{{/l}}"),
		"{\"l\":[1,2,3,4,5,6,7,8,9,10]}", &out);
	assert_int_equal(rc, INTERNAL);
	assert_true(strlen(out) <= 100);
}

#ifdef __SANITIZE_ADDRESS__
enum { LARGE_BYTES = 1 << 17 }; /* memmem checks its whole haystack there, at every tag */
#else
enum { LARGE_BYTES = 1 << 20 };
#endif

static void a_megabyte_compiles_and_renders(void **state)
{
	struct world *w = *state;
	const char *out;
	static const char *const pieces[] = {"{{a}}", "{{#a}}{{/a}}", "{{! }}", "\n", "{", "}}",
		"  {{#a}}\n", "{{#t}}x{{/t}}", "{{$b}}{{/b}}", " {{>p}}\n", "{{=[ ]=}}[={{ }}=]"};
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		size_t n = LARGE_BYTES / strlen(pieces[i]);
		struct str source = str_from(repeat(w->arena, pieces[i], n, "{{b}}"));
		struct mustache *m;
		struct err err = err_in(w->arena);
		if (mustache_new("big", source, &m, &err) != OK)
			continue; /* too deep, said so */
		mustache_free(m);
		w->max_bytes = 8 << 20;
		enum rc rc =
			render_with(w, mustache_render, "en", source, "{\"a\":1,\"b\":2}", &out);
		assert_int_equal(rc, OK);
	}
}

static void cut_short_anywhere_a_template_is_refused_or_compiles(void **state)
{
	struct world *w = *state;
	const char *whole =
		"a {{#s}}\n {{> p }} {{{x_html}}}{{/s}}\n{{=<% %>=}}<%& y_html %><%={{ }}=%>"
		"{{<q}}{{$b}}{{#t}}m {{n}} {{{z_html}}}{{/t}}\n{{/b}}{{/q}}{{!c}}\n";
	for (size_t n = 0; n <= strlen(whole); n++) {
		struct mustache *m = NULL;
		struct err err = err_in(w->arena);
		/* A copy of exactly that size, so that a sanitizer sees any byte read beyond. */
		char *copy = heap_alloc(n ? n : 1);
		memcpy(copy, whole, n);
		enum rc rc = mustache_new("cut", (struct str){copy, n}, &m, &err);
		heap_free(copy);
		assert_true(rc == OK ? m != NULL : err.message != NULL);
		mustache_free(m);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(errors_name_the_line_and_the_reason),
		CASE(deep_nesting_is_refused_not_followed),
		CASE(a_cycle_of_partials_ends_with_an_error),
		CASE(sections_through_partials_are_bounded_too),
		CASE(the_deepest_rendering_fits_a_small_stack),
		CASE(output_stops_at_its_maximum),
		CASE(a_megabyte_compiles_and_renders),
		CASE(cut_short_anywhere_a_template_is_refused_or_compiles),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
