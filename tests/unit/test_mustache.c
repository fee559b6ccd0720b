/* The template engine: the language, white space, inheritance and messages. */
#include "tests/unit/mustache_world.h"

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
		CASE(names_partials_and_messages_are_listed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
