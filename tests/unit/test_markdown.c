/* Markdown: what it becomes, what it may not become, and what does not wear it out. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <pthread.h>
#include <string.h>
#include "view/markdown.h"

static int setup(void **state)
{
	*state = arena_new();
	return 0;
}

static int teardown(void **state)
{
	arena_free(*state);
	return 0;
}

static void expect(struct arena *a, const char *source, const char *html)
{
	assert_string_equal(markdown_html(a, source).safe, html);
}

/* ---- what it becomes ---- */

static void people_may_structure_their_text(void **state)
{
	struct arena *a = *state;
	expect(a, "A *b* **c** `d` ~~e~~\n\nf",
		"<p>A <em>b</em> <strong>c</strong> <code>d</code> "
		"<del>e</del></p>\n<p>f</p>\n");
	expect(a, "- a\n- b\n\n1. c",
		"<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<ol>\n<li>c</li>\n</ol>\n");
	expect(a, "> a", "<blockquote>\n<p>a</p>\n</blockquote>\n");
	expect(a, "```c hello\nx < y\n```", "<pre><code>x &lt; y\n</code></pre>\n");
	expect(a, "", "");
	expect(a, NULL, "");
}

static void headings_move_one_level_down(void **state)
{
	expect(*state, "# a\n## b\n###### c\n\nd\n===",
		"<h2>a</h2>\n<h3>b</h3>\n<h6>c</h6>\n<h2>d</h2>\n");
}

static void tables_have_no_alignment(void **state)
{
	expect(*state, "| a | b |\n|:-:|--:|\n| 1 | [x](y) |",
		"<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n"
		"<td>1</td>\n<td><a rel=\"nofollow noopener\" href=\"y\">x</a></td>\n</tr>\n"
		"</tbody>\n</table>\n");
}

/* ---- links ---- */

static void links_lend_no_reputation(void **state)
{
	struct arena *a = *state;
	expect(a, "[a *b*](https://x.org/?q=1&r='2' \"title\")",
		"<p><a rel=\"nofollow noopener\" href=\"https://x.org/?q=1&amp;r=&#x27;2&#x27;\">a "
		"<em>b</em></a></p>\n");
	expect(a, "<https://x.org/ä>",
		"<p><a rel=\"nofollow noopener\" "
		"href=\"https://x.org/%C3%A4\">https://x.org/ä</a></p>\n");
	expect(a, "<a@x.org>",
		"<p><a rel=\"nofollow noopener\" href=\"mailto:a@x.org\">a@x.org</a></p>\n");
	expect(a, "[a][b]\n\n[b]: /c", "<p><a rel=\"nofollow noopener\" href=\"/c\">a</a></p>\n");
	expect(a, "[](https://x.org)",
		"<p><a rel=\"nofollow noopener\" href=\"https://x.org\">https://x.org</a></p>\n");
}

static void links_that_could_run_are_text(void **state)
{
	static const char *const urls[] = {"javascript:alert(1)", "JaVaScRiPt:alert(1)",
		"<java\tscript:alert(1)>", "&#106;avascript:alert(1)", "javascript&colon;alert(1)",
		"java&#10;script:alert(1)", "&#1;javascript:alert(1)", "<&#32;javascript:alert(1)>",
		"vbscript:x", "file:///etc/passwd", "data:text/html,x", "data:image/png;base64,x",
		"blob:x", "tel&#58;1", "x:y"};
	struct arena *a = *state;
	for (size_t i = 0; i < sizeof urls / sizeof *urls; i++)
		expect(a, arena_printf(a, "[name](%s)", urls[i]), "<p>name</p>\n");
	expect(a, "[a](<https://x.org/\"onclick=alert(1)>)",
		"<p><a rel=\"nofollow noopener\" "
		"href=\"https://x.org/%22onclick=alert(1)\">a</a></p>\n");
}

static void bare_addresses_become_links(void **state)
{
	static const struct {
		const char *source, *address, *after;
	} cases[] = {
		{"https://x.org.", "https://x.org", "."},
		{"https://x.org/a_b_c (or so)", "https://x.org/a_b_c", " (or so)"},
		{"https://x.org/a(b)", "https://x.org/a(b)", ""},
		{"https://x.org/a), b", "https://x.org/a", "), b"},
		{"http://x.org/?a=1, ok", "http://x.org/?a=1", ", ok"},
		{"https://x.org<br>", "https://x.org", "&lt;br&gt;"},
		{"https://", NULL, "https://"},
		{"https://...", NULL, "https://..."},
		{"xhttps://x.org", NULL, "xhttps://x.org"},
	};
	struct arena *a = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *link = "";
		if (cases[i].address)
			link = arena_printf(a, "<a rel=\"nofollow noopener\" href=\"%s\">%s</a>",
				cases[i].address, cases[i].address);
		expect(a, arena_printf(a, "See %s", cases[i].source),
			arena_printf(a, "<p>See %s%s</p>\n", link, cases[i].after));
	}
	expect(a, "[see https://x.org](/y) `https://z.org`",
		"<p><a rel=\"nofollow noopener\" href=\"/y\">see https://x.org</a> "
		"<code>https://z.org</code></p>\n");
	expect(a, "(https://x.org) and https://y.org",
		"<p>(<a rel=\"nofollow noopener\" href=\"https://x.org\">https://x.org</a>) and "
		"<a rel=\"nofollow noopener\" href=\"https://y.org\">https://y.org</a></p>\n");
}

/* ---- what it may not become ---- */

static void raw_html_is_shown_as_typed(void **state)
{
	struct arena *a = *state;
	expect(a, "a <b onclick=x>c</b>", "<p>a &lt;b onclick=x&gt;c&lt;/b&gt;</p>\n");
	expect(a, "<script>\nalert(1)\n</script>\n\nb",
		"<p>&lt;script&gt;<br />\nalert(1)<br />\n&lt;/script&gt;</p>\n<p>b</p>\n");
	expect(a, "<!-- lost?\n\nno", "<p>&lt;!-- lost?<br />\nno</p>\n");
	expect(a, "- <p>x", "<ul>\n<li>&lt;p&gt;x</li>\n</ul>\n");
	expect(a, "&lt;script&gt; &#60;b&#62;", "<p>&lt;script&gt; &lt;b&gt;</p>\n");
	expect(a, "# <img src=x onerror=y>", "<h2>&lt;img src=x onerror=y&gt;</h2>\n");
}

static void images_are_their_description(void **state)
{
	struct arena *a = *state;
	expect(a, "a ![the *big* `hall`](https://x.org/pixel.png) b", "<p>a the big hall b</p>\n");
	expect(a, "![](x)", "<p></p>\n");
	expect(a, "[![logo](x)](https://y.org)",
		"<p><a rel=\"nofollow noopener\" href=\"https://y.org\">logo</a></p>\n");
	expect(a, "![a ![b](c) <i>](d)", "<p>a b &lt;i&gt;</p>\n");
}

/* ---- whatever is typed ---- */

static bool starts_with_any(const char *at, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strncmp(at, list[i], strlen(list[i])) == 0)
			return true;
	return false;
}

static void expect_only_known_tags(const char *html)
{
	static const char *const tags[] = {
		"<p>",
		"</p>",
		"<em>",
		"</em>",
		"<strong>",
		"</strong>",
		"<code>",
		"</code>",
		"<pre>",
		"</pre>",
		"<del>",
		"</del>",
		"<ul>",
		"</ul>",
		"<ol>",
		"<ol start=\"",
		"</ol>",
		"<li>",
		"</li>",
		"<blockquote>",
		"</blockquote>",
		"<h2>",
		"</h2>",
		"<h3>",
		"</h3>",
		"<h4>",
		"</h4>",
		"<h5>",
		"</h5>",
		"<h6>",
		"</h6>",
		"<hr />",
		"<br />",
		"</a>",
		"<table>",
		"</table>",
		"<thead>",
		"</thead>",
		"<tbody>",
		"</tbody>",
		"<tr>",
		"</tr>",
		"<th>",
		"</th>",
		"<td>",
		"</td>",
	};
	static const char *const schemes[] = {"http:", "https:", "mailto:"};
	static const char link[] = "<a rel=\"nofollow noopener\" href=\"";
	for (const char *at = html; (at = strchr(at, '<')); at++) {
		bool is_known = starts_with_any(at, tags, sizeof tags / sizeof *tags);
		if (strncmp(at, link, strlen(link)) == 0) {
			const char *href = at + strlen(link);
			is_known = href[strcspn(href, ":/?#\"")] != ':' ||
				   starts_with_any(href, schemes, 3);
		}
		if (!is_known)
			fail_msg("unknown tag at: %.60s", at);
	}
}

static void random_text_becomes_known_tags_only(void **state)
{
	static const char *const pieces[] = {"a", " ", "\n", "\n\n", "*", "**", "_", "`", "```\n",
		"[", "]", "(", ")", "](x)", "](javascript:x)", "](https://x.org)", "![", "<", ">",
		"<b>", "<script>", "</script>", "<a href=x>", "<!--", "-->", "- ", "1. ", "> ",
		"# ", "|", "|-|-|\n", "| a | b |\n", "~~", "\\", "&lt;", "&", "\"", "'",
		"https://x.org/", "<https://x.org>", "<x@y.org>", "[x]: javascript:x\n",
		"[x]: /y \"t\"\n", "[x]", "\t", "    ", "===\n", "é", "\u00a0",
		"<img src=x onerror=y>", "<?", "?>", "<![CDATA[", "]]>", "<x:y>", "<javascript:x>"};
	struct arena *a = *state;
	uint32_t random = 2027;
	for (int i = 0; i < 3000; i++) {
		struct buf source = buf_in(a, 1 << 14);
		for (int n = 0; n < 60; n++) {
			random = random * 1664525 + 1013904223;
			buf_text(
				&source, pieces[(random >> 16) % (sizeof pieces / sizeof *pieces)]);
		}
		expect_only_known_tags(markdown_html(a, buf_cstr(&source)).safe);
		arena_reset(a);
	}
}

/* ---- depth and size ---- */

static const char *repeat(struct arena *a, const char *piece, size_t n, const char *tail)
{
	size_t length = strlen(piece);
	char *all = arena_alloc(a, n * length + strlen(tail) + 1);
	for (size_t i = 0; i < n; i++)
		memcpy(all + i * length, piece, length);
	memcpy(all + n * length, tail, strlen(tail) + 1);
	return all;
}

static size_t count(const char *html, const char *what)
{
	size_t n = 0;
	for (const char *at = html; (at = strstr(at, what)); at++)
		n++;
	return n;
}

static void marks_beyond_the_depth_are_text(void **state)
{
	struct arena *a = *state;
	const char *html = markdown_html(a, repeat(a, "> ", 40, "deep")).safe;
	assert_int_equal(count(html, "<blockquote>"), 32);
	assert_non_null(strstr(html, "<p>&gt; &gt; &gt; &gt; &gt; &gt; &gt; &gt; deep</p>"));
	html = markdown_html(a, repeat(a, "- ", 34, "deep")).safe;
	assert_int_equal(count(html, "<ul>"), 32);
	assert_non_null(strstr(html, "- - deep"));
	html = markdown_html(a, repeat(a, "1. ", 33, "deep")).safe;
	assert_int_equal(count(html, "<ol>"), 32);
	assert_non_null(strstr(html, "1. deep"));
	assert_int_equal(
		count(markdown_html(a, repeat(a, "> ", 32, "x")).safe, "<blockquote>"), 32);
}

static void lists_that_nest_line_by_line_end_as_text(void **state)
{
	struct arena *a = *state;
	struct buf source = buf_in(a, 1 << 16);
	for (int i = 0; i < 60; i++)
		buf_printf(&source, "%*s- level%d\n", 2 * i, "", i);
	const char *html = markdown_html(a, buf_cstr(&source)).safe;
	assert_int_equal(count(html, "<ul>"), 33);
	for (int i = 0; i < 60; i++)
		assert_non_null(strstr(html, arena_printf(a, "level%d", i)));
}

static void emphasis_beyond_the_depth_is_plain(void **state)
{
	struct arena *a = *state;
	const char *html =
		markdown_html(a, repeat(a, "*a **b ", 40, repeat(a, "c** d*", 40, ""))).safe;
	assert_true(count(html, "<em>") + count(html, "<strong>") <= 32);
	assert_int_equal(count(html, "d"), 40);
}

static void long_texts_are_shown_as_typed(void **state)
{
	struct arena *a = *state;
	const char *html = markdown_html(a, repeat(a, "*a* <b>\n", 8193, "")).safe;
	assert_null(strstr(html, "<em>"));
	assert_int_equal(count(html, "*a* &lt;b&gt;"), 8193);
	assert_non_null(strstr(markdown_html(a, repeat(a, "*a* <b>\n", 8192, "")).safe, "<em>"));
}

static void a_table_that_would_grow_is_text(void **state)
{
	struct arena *a = *state;
	const char *source = arena_printf(a, "%s\n%s\n%s", repeat(a, "|x", 4000, "|"),
		repeat(a, "|-", 4000, "|"), repeat(a, "|\n", 10000, ""));
	const char *html = markdown_html(a, source).safe;
	assert_null(strstr(html, "<td>"));
	assert_true(strlen(html) < 200000);
}

/* Each of these made some Markdown parser slow or deep; the whole takes a moment. */
static const char *const hostile[] = {"[", "![", "[a](", "*a ", "*a_ ", "**a *a ", "_", "`",
	"`a``b", "<", "<!", "<?", "<a ", "&", "&a", "> ", ">", "- ", "-", "\\", "1. ", "[a]: b\n",
	"# ", "a\n\n", "- \n", "-\n\n", "[[]()", "](", "~", "~~a ", "|", "a|b\n", "x|", "http://",
	"https://a.", "<!--", "_a*", "\t>", "  ", "a  \n", "```\n", "    a\n", "<div>\n", "[x][x] ",
	"![a](b)", "<b>", "(https://a)"};

static void hostile_text_does_no_harm(void **state)
{
	struct arena *a = *state;
	for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
#ifdef __SANITIZE_ADDRESS__
		size_t n = 8192 / strlen(hostile[i]);
#else
		size_t n = 65536 / strlen(hostile[i]);
#endif
		const char *html = markdown_html(a, repeat(a, hostile[i], n, "x")).safe;
		assert_non_null(html);
		assert_null(strstr(html, "<img"));
		assert_null(strstr(html, "<b>"));
		assert_null(strstr(html, "<div"));
		assert_null(strstr(html, "<!--"));
		arena_reset(a);
	}
	/* Deep containers and many empty lines: each line visits every container. */
	const char *html = markdown_html(a, repeat(a, "- ", 500, repeat(a, "\n", 30000, "x"))).safe;
	assert_true(count(html, "<ul>") <= 33);
}

static void *run_hostile(void *unused)
{
	void *state = arena_new();
	(void)unused;
	hostile_text_does_no_harm(&state);
	arena_free(state);
	return NULL;
}

static void a_small_stack_is_enough(void **state)
{
	pthread_t thread;
	pthread_attr_t attr;
	(void)state;
	assert_int_equal(pthread_attr_init(&attr), 0);
#ifdef __SANITIZE_ADDRESS__
	assert_int_equal(pthread_attr_setstacksize(&attr, 512 << 10), 0);
#else
	assert_int_equal(pthread_attr_setstacksize(&attr, 96 << 10), 0);
#endif
	assert_int_equal(pthread_create(&thread, &attr, run_hostile, NULL), 0);
	assert_int_equal(pthread_join(thread, NULL), 0);
	pthread_attr_destroy(&attr);
}

/* ---- plain paragraphs ---- */

static void paragraphs_know_nothing_but_blank_lines(void **state)
{
	struct arena *a = *state;
	assert_string_equal(paragraphs_html(a, "a <b> & *c*\nd\n\n \n  e\n").safe,
		"<p>a &lt;b&gt; &amp; *c*\nd</p>\n<p>e</p>\n");
	assert_string_equal(paragraphs_html(a, "").safe, "");
	assert_string_equal(paragraphs_html(a, NULL).safe, "");
	assert_string_equal(paragraphs_html(a, "\n\na").safe, "<p>a</p>\n");
	const char *quotes = paragraphs_html(a, repeat(a, "\"\n\n", 10000, "")).safe;
	assert_int_equal(count(quotes, "<p>&quot;</p>"), 10000);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(people_may_structure_their_text),
		CASE(headings_move_one_level_down),
		CASE(tables_have_no_alignment),
		CASE(links_lend_no_reputation),
		CASE(links_that_could_run_are_text),
		CASE(bare_addresses_become_links),
		CASE(raw_html_is_shown_as_typed),
		CASE(images_are_their_description),
		CASE(random_text_becomes_known_tags_only),
		CASE(marks_beyond_the_depth_are_text),
		CASE(lists_that_nest_line_by_line_end_as_text),
		CASE(emphasis_beyond_the_depth_is_plain),
		CASE(long_texts_are_shown_as_typed),
		CASE(a_table_that_would_grow_is_text),
		CASE(hostile_text_does_no_harm),
		CASE(a_small_stack_is_enough),
		CASE(paragraphs_know_nothing_but_blank_lines),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
