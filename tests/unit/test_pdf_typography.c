/*
 * The rules of good setting, over every line of a large book of abstracts in many scripts: how
 * loose lines are, how often words are divided, and what stays together where a column ends.
 */
#include "base/json.h"
#include "base/str.h"
#include "pdf/documents/documents.h"
#include "pdf/file/tag.h"
#include "pdf/text/utf16.h"

#include <fcntl.h>
#include <setjmp.h>
#include <spawn.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { N_ABSTRACTS = 120, MAX_MODEL = 16 << 20, MAX_LINES = 40000, MAX_HYPHENS_IN_A_ROW = 2 };

/* What outlives the line itself. */
struct seen {
	int page, column;
	double baseline, ratio;
	const struct tag *tag;
	size_t index, n_lines;
	bool is_justified, is_hyphenated, is_forced, is_latin;
	const char *text;
};

static struct {
	struct arena *arena;
	struct print_warnings warnings;
	struct seen *lines;
	size_t n_lines;
} book;

/* ---- the book ------------------------------------------------------------------------------- */

static bool is_latin(const struct line *line)
{
	for (size_t i = 0; i < line->n_pieces; i++) {
		UScriptCode script = line->pieces[i].shape->request.script;
		if (script != USCRIPT_LATIN && script != USCRIPT_COMMON)
			return false;
	}
	return true;
}

static const char *text_of(const struct line *line)
{
	struct buf b = buf_in(book.arena, 1 << 16);
	for (size_t i = 0; i < line->n_pieces; i++) {
		const struct shape_request *r = &line->pieces[i].shape->request;
		buf_text(&b, utf16_to_utf8(book.arena, r->text, r->n_text));
	}
	return buf_cstr(&b);
}

static void note_line(void *context, const struct placed_line *placed)
{
	const struct line *line = placed->line;
	(void)context;
	assert_true(book.n_lines < MAX_LINES);
	book.lines[book.n_lines++] = (struct seen){placed->page, placed->column, placed->baseline,
		placed->ratio, placed->tag, placed->index, placed->n_lines, placed->is_justified,
		line->is_hyphenated, line->is_forced, is_latin(line), text_of(line)};
}

/* Starts node, whose output is read from the descriptor that is returned. */
static int start_content(int n_abstracts, pid_t *child)
{
	extern char **environ;
	int ends[2];
	posix_spawn_file_actions_t actions;
	char *argv[] = {arena_strdup(book.arena, "node"),
		arena_strdup(book.arena, "tests/bench/book_content.mjs"),
		arena_printf(book.arena, "%d", n_abstracts), NULL};
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
	assert_int_equal(posix_spawnp(child, argv[0], &actions, NULL, argv, environ), 0);
	posix_spawn_file_actions_destroy(&actions);
	close(ends[1]);
	return ends[0];
}

static struct str make_content(int n_abstracts)
{
	char *text = arena_alloc(book.arena, MAX_MODEL);
	pid_t child;
	int status, in = start_content(n_abstracts, &child);
	size_t n = 0;
	for (ssize_t got; (got = read(in, text + n, MAX_MODEL - n)) > 0;)
		n += (size_t)got;
	close(in);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_true(n > 0 && n < MAX_MODEL);
	return (struct str){text, n};
}

static void lay_out(const char *page)
{
	cJSON *model = NULL, *format = NULL;
	book.arena = arena_new();
	struct err err = err_in(book.arena);
	book.warnings = print_warnings_in(book.arena);
	book.lines = ARENA_ARRAY(book.arena, MAX_LINES, struct seen);
	book.n_lines = 0;
	assert_int_equal(
		json_parse_up_to(book.arena, make_content(N_ABSTRACTS), MAX_MODEL, &model, &err),
		OK);
	assert_int_equal(json_parse(book.arena, str_from(page), &format, &err), OK);
	cJSON_AddItemToObject(model, "page", format);
	struct doc *d = doc_new(book.arena, "en-GB", &book.warnings);
	d->trace = note_line;
	assert_int_equal(book_print(d, model, &err), OK);
	doc_free(d);
}

static int lay_out_one_column(void **state)
{
	(void)state;
	lay_out("{\"size\": \"A4\", \"columns\": 1}");
	return 0;
}

static int lay_out_two_columns(void **state)
{
	(void)state;
	lay_out("{\"size\": \"A4\", \"columns\": 2}");
	return 0;
}

static int put_away(void **state)
{
	(void)state;
	arena_free(book.arena);
	return 0;
}

/* ---- what is asked -------------------------------------------------------------------------- */

static bool has_tag(const struct seen *s, const char *type)
{
	return s->tag && strcmp(tag_type(s->tag), type) == 0;
}

static bool is_one_character(const char *text)
{
	size_t n = 0;
	for (; *text; text++)
		n += ((unsigned char)*text & 0xC0) != 0x80;
	return n == 1;
}

/* Letters of the index stand for themselves: one name below them is enough. */
static bool is_heading(const struct seen *s)
{
	bool is_letter = has_tag(s, "H2") && is_one_character(s->text);
	return (has_tag(s, "H1") || has_tag(s, "H2") || has_tag(s, "H3")) && !is_letter;
}

static bool is_beside(const struct seen *a, const struct seen *b)
{
	return a->page == b->page && a->column == b->column;
}

static void tell(const char *rule, const struct seen *s)
{
	print_message("%s: page %d, column %d: %s\n", rule, s->page, s->column + 1, s->text);
}

struct looseness {
	size_t n_justified, n_loose, n_too_loose, n_avoidable, n_hyphens;
};

static struct looseness looseness_of(bool is_latin)
{
	struct looseness sum = {0};
	for (size_t i = 0; i < book.n_lines; i++) {
		const struct seen *s = &book.lines[i];
		if (!s->is_justified || s->is_latin != is_latin)
			continue;
		sum.n_justified++;
		sum.n_hyphens += s->is_hyphenated;
		sum.n_loose += s->ratio > 1;
		sum.n_too_loose += s->ratio > 2;
		sum.n_avoidable += s->ratio > 2 && !s->is_forced;
		if (s->ratio > 2)
			tell(s->is_forced ? "No way around a loose line" : "Looser than need be",
				s);
	}
	print_message("%s: %zu justified lines, %.1f %% looser than 1, %.1f %% looser than 2, "
		      "%.1f %% end in a hyphen\n",
		is_latin ? "Latin letters" : "Other scripts", sum.n_justified,
		100.0 * (double)sum.n_loose / (double)sum.n_justified,
		100.0 * (double)sum.n_too_loose / (double)sum.n_justified,
		100.0 * (double)sum.n_hyphens / (double)sum.n_justified);
	return sum;
}

/* Made-up German is nothing but compounds, and three hyphens in a row are worse than a gap. */
static void sets_few_loose_lines(void **state)
{
	struct looseness latin = looseness_of(true), other = looseness_of(false);
	(void)state;
	assert_true(latin.n_justified > 1500);
	assert_true(other.n_justified > 200);
	assert_int_equal(latin.n_avoidable + other.n_avoidable, 0);
	assert_true((latin.n_loose + other.n_loose) * 100 <=
		    (latin.n_justified + other.n_justified) * 12);
	assert_true(latin.n_too_loose * 1000 <= latin.n_justified * 25);
	assert_true(other.n_too_loose * 1000 <= other.n_justified * 10);
}

static void divides_few_words_in_a_row(void **state)
{
	int n = 0, most = 0;
	(void)state;
	for (size_t i = 0; i < book.n_lines; i++) {
		const struct seen *s = &book.lines[i];
		if (s->tag && s->n_lines > 1) {
			n = s->is_hyphenated ? (s->index ? n + 1 : 1) : 0;
			most = n > most ? n : most;
			if (n > MAX_HYPHENS_IN_A_ROW)
				tell("Hyphens in a row", s);
		}
	}
	print_message("At most %d hyphens in a row\n", most);
	assert_true(most > 0 && most <= MAX_HYPHENS_IN_A_ROW);
}

/* Walks through the parts of a paragraph that columns cut it into. */
static void leaves_no_line_alone(void **state)
{
	size_t n_cut = 0, n_alone = 0;
	(void)state;
	for (size_t i = 1; i < book.n_lines; i++) {
		const struct seen *s = &book.lines[i], *before = s - 1;
		bool is_cut = s->index && s->tag == before->tag && !is_beside(s, before);
		if (!is_cut)
			continue;
		n_cut++;
		if (s->index == 1 || s->index + 1 == s->n_lines) {
			n_alone++;
			tell(s->index == 1 ? "Left behind the line before" : "Alone", s);
		}
	}
	print_message("%zu texts go on in another column\n", n_cut);
	assert_true(n_cut > 5);
	assert_int_equal(n_alone, 0);
}

/* Lines below line i in its column; what stands beside others on a baseline is not counted. */
static int lines_below(size_t i)
{
	int n = 0;
	double lowest = book.lines[i].baseline;
	for (size_t k = i + 1; k < book.n_lines && is_beside(&book.lines[i], &book.lines[k]); k++)
		if (book.lines[k].baseline > lowest + 1) {
			lowest = book.lines[k].baseline;
			n++;
		}
	return n;
}

static void ends_no_column_below_a_heading(void **state)
{
	size_t n_headings = 0, n_low = 0;
	(void)state;
	for (size_t i = 0; i < book.n_lines; i++) {
		if (!is_heading(&book.lines[i]))
			continue;
		n_headings++;
		if (lines_below(i) < 3) {
			n_low++;
			tell("Heading at the foot", &book.lines[i]);
		}
	}
	print_message("%zu lines of headings\n", n_headings);
	assert_true(n_headings > N_ABSTRACTS);
	assert_int_equal(n_low, 0);
}

static void keeps_title_and_authors_together(void **state)
{
	size_t n_titles = 0, n_parted = 0;
	(void)state;
	for (size_t i = 0; i < book.n_lines; i++) {
		const struct seen *title = &book.lines[i];
		size_t k = i + 1;
		if (!has_tag(title, "H3") || title->index + 1 < title->n_lines)
			continue;
		while (k < book.n_lines && !has_tag(&book.lines[k], "P"))
			k++;
		assert_true(k < book.n_lines);
		n_titles++;
		if (!is_beside(title, &book.lines[k])) {
			n_parted++;
			tell("Parted from its authors", title);
		}
	}
	assert_true(n_titles >= N_ABSTRACTS);
	assert_int_equal(n_parted, 0);
}

static void draws_every_character(void **state)
{
	(void)state;
	for (const struct print_warning *w = book.warnings.first; w; w = w->next)
		print_message("U+%04X: %s\n", (unsigned)w->code_point, w->message);
	assert_null(book.warnings.first);
}

int main(void)
{
	const struct CMUnitTest one_column[] = {
		cmocka_unit_test(sets_few_loose_lines),
		cmocka_unit_test(divides_few_words_in_a_row),
		cmocka_unit_test(leaves_no_line_alone),
		cmocka_unit_test(ends_no_column_below_a_heading),
		cmocka_unit_test(keeps_title_and_authors_together),
		cmocka_unit_test(draws_every_character),
	};
	const struct CMUnitTest two_columns[] = {
		cmocka_unit_test(divides_few_words_in_a_row),
		cmocka_unit_test(leaves_no_line_alone),
		cmocka_unit_test(ends_no_column_below_a_heading),
		cmocka_unit_test(keeps_title_and_authors_together),
	};
	int n_failed = cmocka_run_group_tests(one_column, lay_out_one_column, put_away);
	return n_failed + cmocka_run_group_tests(two_columns, lay_out_two_columns, put_away);
}
