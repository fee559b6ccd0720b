/* The template engine: the language, white space, inheritance, messages, and hostile input. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <pthread.h>
#include <string.h>
#include "view/mustache.h"

struct partial {
	const char *name, *source;
	struct mustache *compiled;
};

struct world {
	struct arena *arena;
	struct partial partials[12];
	size_t n_partials;
	struct err err;
	size_t max_bytes;
};

static const struct mustache *partial_of(void *context, const char *name)
{
	struct world *w = context;
	for (size_t i = 0; i < w->n_partials; i++)
		if (strcmp(w->partials[i].name, name) == 0)
			return w->partials[i].compiled;
	return NULL;
}

/* A language where everything is turned round, to see who translates what. */
static const char *translate(void *context, const char *lang, const char *id, int64_t n)
{
	(void)context;
	if (strcmp(lang, "en") == 0)
		return id;
	if (strcmp(id, "{{n}} place left|{{n}} places left") == 0)
		return n == 1 ? "noch {{n}} Platz" : "noch {{n}} Plätze";
	if (strcmp(id, "Dear {{name}}, welcome to {{event.title}}") == 0)
		return "Willkommen bei {{event.title}}, {{ name }}";
	if (strcmp(id, "odd") == 0)
		return "a {{name} b {{#x}} c {{a.b.c.d.e.f.g.h.i}} d {{";
	return "?";
}

static int setup(void **state)
{
	struct world *w = heap_alloc(sizeof *w);
	w->arena = arena_new();
	w->err = err_in(w->arena);
	w->max_bytes = 1 << 20;
	*state = w;
	return 0;
}

static int teardown(void **state)
{
	struct world *w = *state;
	for (size_t i = 0; i < w->n_partials; i++)
		mustache_free(w->partials[i].compiled);
	arena_free(w->arena);
	heap_free(w);
	return 0;
}

static void add_partial(struct world *w, const char *name, const char *source)
{
	struct partial *p = &w->partials[w->n_partials++];
	*p = (struct partial){.name = name, .source = source};
	assert_int_equal(mustache_new(name, str_from(source), &p->compiled, &w->err), OK);
}

typedef enum rc render_fn(const struct mustache *, const struct mustache_host *, const char *,
	const cJSON *, struct buf *, struct err *);

static enum rc render_with(struct world *w, render_fn *how, const char *lang, struct str source,
	const char *json, const char **out)
{
	struct mustache *m;
	cJSON *model = cJSON_Parse(json);
	assert_non_null(model);
	assert_int_equal(mustache_new("page", source, &m, &w->err), OK);
	struct buf b = buf_in(w->arena, w->max_bytes);
	struct mustache_host host = {.context = w, .partial = partial_of, .translate = translate};
	enum rc rc = how(m, &host, lang, model, &b, &w->err);
	*out = buf_cstr(&b);
	mustache_free(m);
	cJSON_Delete(model);
	return rc;
}

static void expect(struct world *w, const char *source, const char *json, const char *expected)
{
	const char *out;
	enum rc rc = render_with(w, mustache_render, "en", str_from(source), json, &out);
	assert_int_equal(rc, OK);
	assert_string_equal(out, expected);
}

static void expect_refused(struct world *w, const char *source, const char *message)
{
	struct mustache *m = NULL;
	struct err err = err_in(w->arena);
	assert_int_equal(mustache_new("page", str_from(source), &m, &err), INVALID);
	assert_string_equal(err.message, message);
	assert_null(m);
}

/* ---- values ---- */

static void values_are_escaped(void **state)
{
	expect(*state, "<p title=\"{{a}}\">{{a}}</p>", "{\"a\":\"<b>&\\\"'\"}",
		"<p title=\"&lt;b&gt;&amp;&quot;&#39;\">&lt;b&gt;&amp;&quot;&#39;</p>");
}

static void values_of_every_type_have_a_text(void **state)
{
	expect(*state, "{{i}} {{d}} {{neg}} {{t}}{{f}} [{{z}}{{o}}{{l}}{{none}}] {{big}}",
		"{\"i\":85,\"d\":1.210,\"neg\":-0.5,\"t\":true,\"f\":false,\"z\":null,\"o\":{\"a\":"
		"1},"
		"\"l\":[1,2],\"big\":9007199254740991}",
		"85 1.21 -0.5 truefalse [] 9007199254740991");
}

static void values_are_not_rendered_again(void **state)
{
	expect(*state, "{{a}}", "{\"a\":\"{{b}}\",\"b\":\"x\"}", "{{b}}");
}

static void text_mode_does_not_escape(void **state)
{
	const char *out;
	assert_int_equal(render_with(*state, mustache_render_text, "en",
				 STR("{{a}} {{#t}}say {{a}}{{/t}}"), "{\"a\":\"<&>\"}", &out),
		OK);
	assert_string_equal(out, "<&> say <&>");
}

static void raw_output_is_for_names_in_html_only(void **state)
{
	struct world *w = *state;
	expect(w, "{{{bio_html}}}{{&a.bio_html}}",
		"{\"bio_html\":\"<b>\",\"a\":{\"bio_html\":\"<i>\"}}", "<b><i>");
	expect_refused(w, "a\n{{{bio}}}",
		"line 2: {{{bio}}} would print unescaped text; only names that end in _html may");
	expect_refused(w, "{{& bio_html.x }}",
		"line 1: {{{bio_html.x}}} would print unescaped text; only names that end in "
		"_html may");
	expect_refused(w, "{{{.}}}",
		"line 1: {{{.}}} would print unescaped text; only names that end in _html may");
	expect_refused(w, "{{#t}}see {{{bio}}}{{/t}}",
		"line 1: {{{bio}}} would print unescaped text; only names that end in _html may");
	expect_refused(w, "{{=<% %>=}}<%{bio}%>",
		"line 1: {{{bio}}} would print unescaped text; only names that end in _html may");
}

/* ---- names ---- */

static void names_are_looked_up_outwards(void **state)
{
	expect(*state, "{{#a}}{{x}}{{y}}{{#b}}{{x}}{{y}}{{/b}}{{/a}}",
		"{\"x\":0,\"y\":9,\"a\":{\"x\":1,\"b\":{\"x\":2}}}", "1929");
}

static void dotted_names_stay_with_their_first_part(void **state)
{
	struct world *w = *state;
	expect(w, "{{#a}}[{{b.c}}]{{/a}}", "{\"a\":{\"b\":{}},\"b\":{\"c\":\"wrong\"}}", "[]");
	expect(w, "[{{a.b}}]", "{\"a.b\":\"wrong\"}", "[]");
	expect(w, "{{a.b.c}}", "{\"a\":{\"b\":{\"c\":\"right\"}}}", "right");
	expect(w, "[{{a.length}}]", "{\"a\":\"text\"}", "[]");
}

static void names_are_matched_whole_and_by_case(void **state)
{
	expect(*state, "[{{na}}{{Name}}{{names}}]{{name}}", "{\"name\":\"x\"}", "[]x");
}

/* ---- sections ---- */

static void sections_follow_truth(void **state)
{
	expect(*state, "{{#v}}{{#x}}T{{/x}}{{^x}}F{{/x}}{{/v}}",
		"{\"v\":[{\"x\":true},{\"x\":1},{\"x\":\"a\"},{\"x\":{}},{\"x\":[0]},"
		"{\"x\":false},{\"x\":null},{\"x\":0},{\"x\":\"\"},{\"x\":[]},{}]}",
		"TTTTTFFFFFF");
}

static void sections_repeat_lists_and_see_their_items(void **state)
{
	expect(*state,
		"{{#l}}<{{name}}{{#tags}}-{{.}}{{/tags}}>{{/l}}{{#m}}({{#.}}{{.}}{{/.}}){{/m}}",
		"{\"l\":[{\"name\":\"a\",\"tags\":[\"x\",\"&\"]},{\"name\":\"b\",\"tags\":[]}],"
		"\"m\":[[1,2],[3]]}",
		"<a-x-&amp;><b>(12)(3)");
}

static void page_only_members_are_seen(void **state)
{
	struct world *w = *state;
	cJSON *model = cJSON_CreateObject();
	cJSON *item = cJSON_AddStringToObject(model, "a", "x");
	cJSON *list = cJSON_AddArrayToObject(model, "l");
	cJSON_AddItemToArray(list, cJSON_CreateTrue());
	item->type |= JSON_PAGE_ONLY;
	list->type |= JSON_PAGE_ONLY;
	list->child->type |= JSON_PAGE_ONLY;
	struct mustache *m;
	assert_int_equal(mustache_new("p", STR("{{a}}{{#l}}{{.}}{{/l}}"), &m, &w->err), OK);
	struct buf b = buf_in(w->arena, 100);
	struct mustache_host host = {.context = w};
	assert_int_equal(mustache_render(m, &host, "en", model, &b, &w->err), OK);
	assert_string_equal(buf_cstr(&b), "xtrue");
	mustache_free(m);
	cJSON_Delete(model);
}

/* ---- white space ---- */

static void standalone_tags_leave_no_line(void **state)
{
	struct world *w = *state;
	expect(w, "a\n  {{#x}}\nb\n  {{/x}}\nc\n", "{\"x\":1}", "a\nb\nc\n");
	expect(w, "a\r\n{{! note }}\r\nb", "{}", "a\r\nb");
	expect(w, "{{!\n two\n lines\n}}\na", "{}", "a");
}

static void a_line_with_output_keeps_its_white_space(void **state)
{
	struct world *w = *state;
	expect(w, " {{a}} \n {{#x}} b {{/x}} \n", "{\"a\":1,\"x\":1}", " 1 \n  b  \n");
	expect(w, "  {{#t}}c{{/t}}\n", "{}", "  c\n");
}

static void several_tags_on_a_line_vanish_when_none_prints(void **state)
{
	struct world *w = *state;
	expect(w, "{{#a}}{{#b}}\nx\n{{/b}}{{/a}} {{! end }}\ny\n", "{\"a\":1,\"b\":1}", "x\ny\n");
	expect(w, "{{#a}}\nx\n{{/a}}{{^a}}\ny\n{{/a}}\n", "{}", "y\n");
	add_partial(w, "p", "P");
	expect(w, "{{#a}}{{>p}}{{/a}}\ny", "{\"a\":1}", "P\ny");
}

static void partials_move_in_with_their_tag(void **state)
{
	struct world *w = *state;
	add_partial(w, "inner", "1\n{{v}}\n\n{{#s}}\n  2\n{{/s}}\n");
	add_partial(w, "outer", "<\n  {{>inner}}\n>\n");
	expect(w, "[\n {{>outer}}\n]", "{\"v\":\"a\\nb\",\"s\":[1,2]}",
		"[\n <\n   1\n   a\nb\n\n     2\n     2\n >\n]");
}

static void partials_inside_a_line_are_not_moved(void **state)
{
	struct world *w = *state;
	add_partial(w, "p", ">\n>");
	add_partial(w, "q", "q {{>p}}\n");
	expect(w, "  a {{>p}}\n", "{}", "  a >\n>\n");
	expect(w, "  {{>q}}\n", "{}", "  q >\n>\n");
	expect(w, "  {{>p}} b\n", "{}", "  >\n> b\n");
}

static void delimiters_change_for_one_template_only(void **state)
{
	struct world *w = *state;
	add_partial(w, "p", "{{a}}<%a%>");
	expect(w, "{{=<% %>=}}\n<%a%> {{a}} <%>p%> <%={{ }}=%>{{a}}", "{\"a\":1}",
		"1 {{a}} 1<%a%> 1");
}

/* ---- partials ---- */

static void a_missing_partial_prints_nothing(void **state)
{
	expect(*state, "[{{>nobody}}{{<nobody}}{{$x}}y{{/x}}{{/nobody}}]", "{}", "[]");
}

static void a_dynamic_name_is_read_from_the_model(void **state)
{
	struct world *w = *state;
	add_partial(w, "cell/text", "text {{v}}");
	expect(w, "{{#f}}{{>*kind}};{{/f}}",
		"{\"f\":[{\"kind\":\"cell/text\",\"v\":1},{\"kind\":\"none\"},{\"kind\":7},{}]}",
		"text 1;;;;");
	add_partial(w, "frame", "<{{$b}}{{/b}}>");
	expect(w, "{{<*k}}{{$b}}x{{/b}}{{/*k}}", "{\"k\":\"frame\"}", "<x>");
}

static void partials_recurse_as_deep_as_the_data(void **state)
{
	struct world *w = *state;
	add_partial(w, "node", "{{v}}({{#kids}}{{>node}}{{/kids}})");
	expect(w, "{{>node}}", "{\"v\":1,\"kids\":[{\"v\":2,\"kids\":[]},{\"v\":3,\"kids\":[]}]}",
		"1(2()3())");
}

/* ---- inheritance ---- */

static void a_block_shows_its_default_until_it_is_given_another(void **state)
{
	struct world *w = *state;
	add_partial(w, "layout", "<{{$title}}none{{/title}}|{{$main}}{{/main}}>");
	expect(w, "{{<layout}}{{/layout}}", "{}", "<none|>");
	expect(w, "{{<layout}} ignored {{$main}}a{{/main}}{{! so is this }}{{/layout}}", "{}",
		"<none|a>");
	expect(w, "{{$free}}b{{/free}}", "{}", "b");
}

static void the_outermost_block_wins(void **state)
{
	struct world *w = *state;
	add_partial(w, "base", "{{$a}}base{{/a}}{{$b}}base{{/b}}");
	add_partial(w, "middle", "{{<base}}{{$a}}middle{{/a}}{{$b}}middle{{/b}}{{/base}}");
	expect(w, "{{<middle}}{{$a}}top{{/a}}{{/middle}}", "{}", "topmiddle");
}

static void a_block_handed_over_sees_where_it_is_shown(void **state)
{
	struct world *w = *state;
	add_partial(w, "list", "{{#rows}}{{$row}}{{/row}}{{/rows}}");
	expect(w, "{{<list}}{{$row}}<{{v}}>{{/row}}{{/list}}", "{\"rows\":[{\"v\":1},{\"v\":2}]}",
		"<1><2>");
}

static void a_component_in_a_page_keeps_its_own_blocks(void **state)
{
	struct world *w = *state;
	add_partial(w, "layout", "<h1>{{$title}}{{/title}}</h1>{{$main}}{{/main}}");
	add_partial(w, "card", "<h2>{{$title}}card{{/title}}</h2>");
	expect(w,
		"{{<layout}}{{$title}}Page{{/title}}{{$main}}{{<card}}{{$title}}Mine{{/title}}{{/"
		"card}}"
		"{{<card}}{{/card}}{{/main}}{{/layout}}",
		"{}", "<h1>Page</h1><h2>Mine</h2><h2>card</h2>");
}

static void blocks_are_moved_to_where_they_are_shown(void **state)
{
	struct world *w = *state;
	add_partial(w, "layout", "<main>\n  {{$main}}\n  {{/main}}\n</main>\n");
	expect(w, "{{<layout}}\n{{$main}}\n\t<p>\n\t\t{{a}}\n\n\t</p>\n{{/main}}\n{{/layout}}\n",
		"{\"a\":\"x\\ny\"}", "<main>\n  <p>\n  \tx\ny\n\n  </p>\n</main>\n");
	add_partial(w, "default", "<\n{{$x}}\n    default\n{{/x}}\n>\n");
	expect(w, "{{<default}}{{$x}}\n{{#l}}\n{{.}}\n{{/l}}\n{{/x}}{{/default}}", "{\"l\":[1,2]}",
		"<\n    1\n    2\n>\n");
	add_partial(w, "pair", "<\n  {{$x}}{{/x}}\n>\n");
	expect(w, "  {{<pair}}{{$x}}a{{/x}}{{/pair}}\nc", "{}", "  <\n    a\n  >\nc");
	expect(w, "{{<pair}}{{$x}}\na\nb{{/x}}{{/pair}}\nc", "{}", "<\n  a\n  b\n>\n\nc");
}

/* ---- messages ---- */

static void messages_are_translated_before_they_are_filled(void **state)
{
	struct world *w = *state;
	const char *out, *json = "{\"name\":\"<Ægir>\",\"event\":{\"title\":\"{{name}}\"}}";
	struct str source = STR("{{#t}}Dear {{name}}, welcome to {{event.title}}{{/t}}!");
	assert_int_equal(render_with(w, mustache_render, "en", source, json, &out), OK);
	assert_string_equal(out, "Dear &lt;Ægir&gt;, welcome to {{name}}!");
	assert_int_equal(render_with(w, mustache_render, "de", source, json, &out), OK);
	assert_string_equal(out, "Willkommen bei {{name}}, &lt;Ægir&gt;!");
}

static void messages_choose_a_plural_by_n(void **state)
{
	struct world *w = *state;
	const char *out;
	struct str source = STR("{{#l}}{{#t}}{{n}} place left|{{n}} places left{{/t}};{{/l}}");
	const char *json = "{\"l\":[{\"n\":1},{\"n\":2}]}";
	assert_int_equal(render_with(w, mustache_render, "de", source, json, &out), OK);
	assert_string_equal(out, "noch 1 Platz;noch 2 Plätze;");
}

static void a_broken_translation_does_no_harm(void **state)
{
	const char *out;
	assert_int_equal(
		render_with(*state, mustache_render, "de", STR("{{#t}}odd{{/t}}"), "{}", &out), OK);
	assert_string_equal(out, "a  c  d {{");
}

static void messages_hold_values_only(void **state)
{
	struct world *w = *state;
	expect_refused(w, "\n{{#t}}a {{#b}}c{{/b}}{{/t}}",
		"line 2: {{#b}} stands in {{#t}}, where only values may");
	expect_refused(w, "{{#t}}a {{>b}}{{/t}}",
		"line 1: {{>b}} stands in {{#t}}, where only values may");
	expect_refused(w, "{{#t}}a {{}}{{/t}}", "line 1: a tag without a name");
	expect_refused(w, "{{#t}}a {{b{{/t}}", "line 1: {{#t}} is not closed by {{/t}}");
	expect_refused(
		w, "{{=[ ]=}}[#t]a[/t]", "line 1: {{#t}} stands only under the usual delimiters");
}

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

static const char *repeat(struct arena *a, const char *piece, size_t n, const char *tail)
{
	size_t length = strlen(piece);
	char *all = arena_alloc(a, n * length + strlen(tail) + 1);
	for (size_t i = 0; i < n; i++)
		memcpy(all + i * length, piece, length);
	memcpy(all + n * length, tail, strlen(tail) + 1);
	return all;
}

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

/* ---- what it refers to ---- */

static void collect(void *context, const char *name)
{
	struct buf *b = context;
	buf_text(b, name);
	buf_char(b, ' ');
}

static void names_partials_and_messages_are_listed(void **state)
{
	struct world *w = *state;
	struct mustache *m;
	const char *source =
		"{{a}}{{#l}}{{b.c}}{{#.}}{{.}}{{/.}}{{^d}}{{e}}{{/d}}{{>*f}}{{>p}}{{/l}}"
		"{{<q}}{{$x}}{{{g_html}}}{{/x}}{{/q}}{{#t}}{{h}} one|many{{/t}}";
	assert_int_equal(mustache_new("page", str_from(source), &m, &w->err), OK);
	struct buf b = buf_in(w->arena, 1000);
	mustache_names(m, collect, &b);
	assert_string_equal(buf_cstr(&b), "a l l.b.c l l l.d l.e l.f g_html h n ");
	buf_reset(&b);
	mustache_partials(m, collect, &b);
	assert_string_equal(buf_cstr(&b), "p q ");
	buf_reset(&b);
	mustache_messages(m, collect, &b);
	assert_string_equal(buf_cstr(&b), "{{h}} one|many ");
	mustache_free(m);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(values_are_escaped),
		CASE(values_of_every_type_have_a_text),
		CASE(values_are_not_rendered_again),
		CASE(text_mode_does_not_escape),
		CASE(raw_output_is_for_names_in_html_only),
		CASE(names_are_looked_up_outwards),
		CASE(dotted_names_stay_with_their_first_part),
		CASE(names_are_matched_whole_and_by_case),
		CASE(sections_follow_truth),
		CASE(sections_repeat_lists_and_see_their_items),
		CASE(page_only_members_are_seen),
		CASE(standalone_tags_leave_no_line),
		CASE(a_line_with_output_keeps_its_white_space),
		CASE(several_tags_on_a_line_vanish_when_none_prints),
		CASE(partials_move_in_with_their_tag),
		CASE(partials_inside_a_line_are_not_moved),
		CASE(delimiters_change_for_one_template_only),
		CASE(a_missing_partial_prints_nothing),
		CASE(a_dynamic_name_is_read_from_the_model),
		CASE(partials_recurse_as_deep_as_the_data),
		CASE(a_block_shows_its_default_until_it_is_given_another),
		CASE(the_outermost_block_wins),
		CASE(a_block_handed_over_sees_where_it_is_shown),
		CASE(a_component_in_a_page_keeps_its_own_blocks),
		CASE(blocks_are_moved_to_where_they_are_shown),
		CASE(messages_are_translated_before_they_are_filled),
		CASE(messages_choose_a_plural_by_n),
		CASE(a_broken_translation_does_no_harm),
		CASE(messages_hold_values_only),
		CASE(errors_name_the_line_and_the_reason),
		CASE(deep_nesting_is_refused_not_followed),
		CASE(a_cycle_of_partials_ends_with_an_error),
		CASE(sections_through_partials_are_bounded_too),
		CASE(the_deepest_rendering_fits_a_small_stack),
		CASE(output_stops_at_its_maximum),
		CASE(a_megabyte_compiles_and_renders),
		CASE(cut_short_anywhere_a_template_is_refused_or_compiles),
		CASE(names_partials_and_messages_are_listed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
