/* Labels, signs, lists and review packs: what each refuses, and how many pages it takes. */
#include "pdf/documents/session.h"
#include "pdf/documents/sign_parts.h"
#include "pdf/print.h"
#include "tests/unit/pdf_reading.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct arena *arena;
static struct err err;
static struct print_warnings warnings;

static int setup(void **state)
{
	(void)state;
	json_setup();
	arena = arena_new();
	err = err_in(arena);
	warnings = print_warnings_in(arena);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static const cJSON *parse(const char *json)
{
	cJSON *model = NULL;
	assert_int_equal(json_parse(arena, str_from(json), &model, &err), OK);
	return model;
}

static enum rc print(const char *kind, const char *json, struct buf *out)
{
	*out = buf_in(arena, PRINT_MAX_BYTES);
	struct sink sink = sink_to_buf(out);
	err_clear(&err);
	return print_document(arena, kind, parse(json), &sink, &warnings, &err);
}

static int count(const struct buf *file, const char *text)
{
	return pdf_count(arena, file, text);
}

static int pages_of(const char *kind, const char *json)
{
	struct buf out;
	assert_int_equal(print(kind, json, &out), OK);
	return count(&out, "/Type/Page/");
}

static void assert_refused(const char *kind, const char *json, const char *field)
{
	struct buf out;
	assert_int_equal(print(kind, json, &out), INVALID);
	assert_non_null(err_of_field(&err, field));
	assert_int_equal(out.n, 0);
}

/* The example with a text in it replaced, which must be there. */
static const char *example_with(const char *kind, const char *from, const char *to)
{
	const char *all = print_example(kind), *at = strstr(all, from);
	assert_non_null(at);
	return arena_printf(arena, "%.*s%s%s", (int)(at - all), all, to, at + strlen(from));
}

#define EVENT                                                                                      \
	"\"lang\":\"en-GB\",\"event\":{\"title\":\"T\",\"starts_on\":\"2027-09-08\","              \
	"\"ends_on\":\"2027-09-10\"},"

/* ---- what all of them share ---------------------------------------------------------------- */

static void puts_things_on_sheets_one_after_the_other(void **state)
{
	(void)state;
	assert_int_equal(sign_on_sheet(0, 0, 3, 4), 0);
	assert_int_equal(sign_on_sheet(0, 3, 3, 4), 3);
	assert_int_equal(sign_on_sheet(2, 1, 3, 4), 9);
}

/* Ten on sheets of four: cut, the piles hold 0 1 2, 3 4 5, 6 7 8 and 9. */
static void puts_things_through_the_stack_so_that_piles_follow(void **state)
{
	(void)state;
	for (int place = 0; place < 4; place++)
		for (int sheet = 0; sheet < 3; sheet++)
			assert_int_equal(sign_on_sheet(sheet, place, 3, 0), place * 3 + sheet);
}

static void takes_words_from_the_model_first(void **state)
{
	(void)state;
	const cJSON *model = parse("{\"words\":{\"page\":\"Seite\",\"of\":\"von\"}}");
	assert_string_equal(sign_page_of(arena, model, 2, 3), "Seite 2 von 3");
	assert_string_equal(sign_page_of(arena, parse("{}"), 2, 3), "Page 2 of 3");
	assert_string_equal(sign_word(model, "keynote"), "Keynote");
}

static void writes_hours_with_or_without_an_end(void **state)
{
	(void)state;
	const cJSON *both = parse("{\"start\":\"09:00\",\"end\":\"10:15\"}");
	assert_string_equal(session_hours(arena, "en", both), "09:00–10:15");
	assert_string_equal(session_until(arena, "en", both), "–10:15");
	assert_string_equal(session_hours(arena, "en", parse("{\"start\":\"09:00\"}")), "09:00");
	assert_null(session_hours(arena, "en", parse("{\"end\":\"10:15\"}")));
}

/*
 * Odd levels run right to left: "1" for each drawn piece of the text that does. A range that is
 * torn apart has its dash among them.
 */
static const char *levels_of(const char *text)
{
	struct doc *d = doc_new(arena, "he", &warnings);
	const struct text_style style = {.family = FONT_SANS, .size = 10};
	const struct text_span span = {.style = &style, .text = text};
	const struct paragraph *p = paragraph_new(d->type, &span, 1, DIRECTION_RTL);
	const char *levels = "";
	for (size_t i = 0; i < p->n_pieces; i++)
		if (p->pieces[i].width > 0)
			levels = arena_printf(arena, "%s%d", levels, p->pieces[i].level & 1);
	doc_free(d);
	return levels;
}

static void keeps_the_order_of_hours_where_text_runs_right_to_left(void **state)
{
	(void)state;
	const cJSON *both = parse("{\"start\":\"09:00\",\"end\":\"10:15\"}");
	assert_string_equal(levels_of("09:00–10:15"), "010");
	assert_string_equal(levels_of(session_hours(arena, "he", both)), "000");
	assert_string_equal(levels_of("–10:15"), "10");
	assert_string_equal(levels_of(session_until(arena, "ar", both)), "00");
	/* Nor does a room with a Latin name join it: "09:00–10:15", " ", "·", " ", "Hall". */
	assert_string_equal(
		levels_of(arena_printf(arena, "%s · Hall", session_hours(arena, "he", both))),
		"0001110");
}

/* ---- pages that know how many they are ----------------------------------------------------- */

struct totals {
	int n_begun, n_ended, n_told, n_pages;
	bool out_of_order;
};

static void count_end(void *context, const struct flow_page *page)
{
	struct totals *t = context;
	t->n_ended++;
	t->out_of_order |= page->number != t->n_ended;
}

static void count_total(void *context, const struct flow_page *page, int n_pages)
{
	struct totals *t = context;
	t->n_told++;
	t->out_of_order |= page->number != t->n_told || t->n_ended != n_pages;
	page_rect(page->page, 0, 0, 1, 1, COLOUR_INK);
	t->n_pages = n_pages;
}

static void tells_every_page_the_number_of_pages_when_all_are_full(void **state)
{
	(void)state;
	struct totals t = {0};
	struct doc *d = doc_new(arena, "en", &warnings);
	struct buf out = buf_in(arena, 1 << 20);
	struct flow *f = flow_new(d, &(struct flow_frame){.width = 100,
					     .height = 100,
					     .top = 10,
					     .bottom = 10,
					     .context = &t,
					     .end = count_end,
					     .total = count_total});
	for (int i = 0; i < 5; i++) {
		struct block *b = block_new(d);
		block_pad(b, 40);
		flow_add(f, b);
	}
	assert_int_equal(t.n_told, 0);
	flow_finish(f);
	assert_int_equal(t.n_pages, 3);
	assert_int_equal(t.n_told, 3);
	assert_false(t.out_of_order);
	core_set_title(d->core, "T");
	const struct sink sink = sink_to_buf(&out);
	assert_int_equal(doc_save(d, &sink, &err), OK);
	assert_int_equal(count(&out, "/Type/Page/"), 3);
	doc_free(d);
}

/* ---- poster labels ------------------------------------------------------------------------- */

static void prints_a_label_a_page_or_several_to_a_sheet(void **state)
{
	(void)state;
	const char *labels = "\"labels\":";
	assert_int_equal(pages_of("poster-label", print_example("poster-label")), 5);
	assert_int_equal(
		pages_of("poster-label", example_with("poster-label", labels,
						 "\"page\":{\"sheets\":true},\"labels\":")),
		3);
	assert_int_equal(
		pages_of("poster-label", example_with("poster-label", labels,
						 "\"page\":{\"size\":\"A6\",\"sheets\":true,"
						 "\"order\":\"stack\"},\"labels\":")),
		2);
	assert_null(warnings.first);
}

static void refuses_labels_that_cannot_be_printed(void **state)
{
	(void)state;
	assert_refused("poster-label",
		example_with("poster-label",
			"\"labels\":", "\"page\":{\"size\":\"A4\",\"sheets\":true},\"labels\":"),
		"page.sheets");
	struct buf qr = buf_in(arena, 1000);
	for (int i = 0; i < 60; i++)
		buf_text(&qr, "Æ"); /* 60 letters, 120 bytes */
	assert_refused("poster-label",
		example_with("poster-label", "https://symposium.example/2027/abstracts/9XD4-T0R8V",
			buf_cstr(&qr)),
		"labels.1.qr");
}

/* ---- door signs ---------------------------------------------------------------------------- */

#define SIGN(sessions)                                                                             \
	"{" EVENT "\"signs\":[{\"room\":\"R\",\"on\":\"2027-09-08\",\"sessions\":[" sessions "]}]" \
	"}"
#define SESSION(start, end)                                                                        \
	"{\"title\":\"S\",\"kind\":\"plenary\",\"start\":\"" start "\",\"end\":\"" end "\"}"

static void prints_a_sign_a_room_and_one_a_session_when_asked(void **state)
{
	(void)state;
	/* Two rooms; six sessions of seven, the other being a break. */
	assert_int_equal(pages_of("door-sign", print_example("door-sign")), 8);
	assert_int_equal(pages_of("door-sign", example_with("door-sign", "\"session_signs\": true",
						       "\"session_signs\": false")),
		2);
}

static void gives_breaks_no_sign_of_their_own(void **state)
{
	(void)state;
	const char *breaks = SIGN("{\"title\":\"Tea\",\"kind\":\"break\",\"start\":\"09:00\","
				  "\"end\":\"10:00\"}");
	const char *plenary = SIGN(SESSION("09:00", "10:00"));
	assert_int_equal(
		pages_of("door-sign",
			arena_printf(arena, "{\"page\":{\"session_signs\":true},%s", breaks + 1)),
		1);
	assert_int_equal(
		pages_of("door-sign",
			arena_printf(arena, "{\"page\":{\"session_signs\":true},%s", plenary + 1)),
		2);
}

static void lets_a_day_that_is_too_full_flow_onto_further_pages(void **state)
{
	(void)state;
	struct buf sessions = buf_in(arena, 1 << 16);
	for (int i = 0; i < 60; i++)
		buf_printf(&sessions,
			"%s{\"title\":\"Session\",\"kind\":\"panel\",\"start\":\"%02d:%02d\","
			"\"end\":\"%02d:%02d\"}",
			i ? "," : "", 8 + i / 6, i % 6 * 10, 8 + i / 6, i % 6 * 10 + 9);
	assert_true(
		pages_of("door-sign", arena_printf(arena, SIGN("%s"), buf_cstr(&sessions))) > 1);
	assert_null(warnings.first);
}

static void refuses_sessions_that_overlap_in_a_room(void **state)
{
	(void)state;
	assert_int_equal(pages_of("door-sign",
				 SIGN(SESSION("09:00", "10:00") "," SESSION("10:00", "11:00"))),
		1);
	assert_refused("door-sign", SIGN(SESSION("09:00", "10:00") "," SESSION("09:59", "11:00")),
		"signs.0.sessions.1.start");
	assert_refused("door-sign", SIGN(SESSION("09:00", "09:00")), "signs.0.sessions.0.end");
}

/* ---- sign-in sheets ------------------------------------------------------------------------ */

#define SHEET(members) "{" EVENT "\"sheets\":[{\"title\":\"S\"," members "}]}"

/* At 11 mm a row, 21 fit below the head; at less than 9 mm there would be room for 26. */
static void gives_every_signature_its_height(void **state)
{
	(void)state;
	assert_int_equal(pages_of("sign-in-sheet", SHEET("\"rows\":[],\"walk_ins\":21")), 1);
	assert_int_equal(pages_of("sign-in-sheet", SHEET("\"rows\":[],\"walk_ins\":30")), 2);
}

static void starts_every_sheet_on_a_page_of_its_own(void **state)
{
	(void)state;
	assert_int_equal(pages_of("sign-in-sheet", print_example("sign-in-sheet")), 3);
}

static void refuses_lists_that_do_not_fit_or_have_no_rows(void **state)
{
	(void)state;
	assert_refused("sign-in-sheet", SHEET("\"rows\":[]"), "sheets.0.rows");
	assert_refused("sign-in-sheet", SHEET("\"rows\":[{\"name\":\"N\",\"cells\":[\"2\"]}]"),
		"sheets.0.rows.0.cells");
	const char *wide = SHEET("\"walk_ins\":1,\"rows\":[],\"columns\":["
				 "{\"title\":\"A\",\"kind\":\"write\",\"width\":54},"
				 "{\"title\":\"B\",\"kind\":\"tick\",\"width\":10}]");
	assert_refused("sign-in-sheet", wide, "sheets.0.columns");
	const char *landscape =
		arena_printf(arena, "{\"page\":{\"orientation\":\"landscape\"},%s", wide + 1);
	assert_int_equal(pages_of("sign-in-sheet", landscape), 1);
}

/* ---- review packs -------------------------------------------------------------------------- */

static void leads_from_the_list_to_every_submission(void **state)
{
	(void)state;
	struct buf out;
	assert_int_equal(print("review-pack", print_example("review-pack"), &out), OK);
	/* One title runs over two lines: a link each. */
	assert_int_equal(count(&out, "/Subtype/Link"), 6);
	assert_int_equal(count(&out, "/S/H2"), 6); /* the list's and five titles */
	assert_int_equal(count(&out, "/Type/Page/"), 11);
}

static void never_prints_authors_in_an_anonymous_pack(void **state)
{
	(void)state;
	const char *with = "\"authors\":[{\"name\":\"Ægir Sturluson\"}],\"type\": \"Talk\"";
	const char *named = example_with("review-pack", "\"type\": \"Talk\"", with);
	assert_refused("review-pack", named, "submissions.0.authors");
	char *at = strstr(named, "\"anonymous\": true");
	assert_non_null(at);
	memcpy(at, "\"anonymous\":false", strlen("\"anonymous\": true"));
	assert_int_equal(pages_of("review-pack", named), 11);
}

static void refuses_words_and_scores_that_do_not_fit_the_scale(void **state)
{
	(void)state;
	assert_refused("review-pack", example_with("review-pack", "[\"not at all\", ", "["),
		"criteria.0.anchors");
	assert_refused("review-pack", example_with("review-pack", "\"to\": 5", "\"to\": 4"),
		"criteria.0.anchors");
	assert_refused("review-pack",
		example_with("review-pack", "\"type\": \"Talk\"", "\"scores\": [5, 5.5]"),
		"submissions.0.scores.1");
	assert_refused("review-pack",
		example_with("review-pack", "\"type\": \"Talk\"", "\"mean\": 0.5"),
		"submissions.0.mean");
}

static void prints_the_summary_as_one_table(void **state)
{
	(void)state;
	struct buf out;
	const char *model = example_with("review-pack", "\"label\": \"Reviewer 7\"",
		"\"label\": \"Chairs\", \"variant\": \"summary\"");
	assert_int_equal(print("review-pack", model, &out), OK);
	assert_int_equal(count(&out, "/Type/Page/"), 1);
	assert_int_equal(count(&out, "/S/TR"), 6); /* its head and five submissions */
	assert_null(warnings.first);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(puts_things_on_sheets_one_after_the_other),
		TEST(puts_things_through_the_stack_so_that_piles_follow),
		TEST(takes_words_from_the_model_first),
		TEST(writes_hours_with_or_without_an_end),
		TEST(keeps_the_order_of_hours_where_text_runs_right_to_left),
		TEST(tells_every_page_the_number_of_pages_when_all_are_full),
		TEST(prints_a_label_a_page_or_several_to_a_sheet),
		TEST(refuses_labels_that_cannot_be_printed),
		TEST(prints_a_sign_a_room_and_one_a_session_when_asked),
		TEST(gives_breaks_no_sign_of_their_own),
		TEST(lets_a_day_that_is_too_full_flow_onto_further_pages),
		TEST(refuses_sessions_that_overlap_in_a_room),
		TEST(gives_every_signature_its_height),
		TEST(starts_every_sheet_on_a_page_of_its_own),
		TEST(refuses_lists_that_do_not_fit_or_have_no_rows),
		TEST(leads_from_the_list_to_every_submission),
		TEST(never_prints_authors_in_an_anonymous_pack),
		TEST(refuses_words_and_scores_that_do_not_fit_the_scale),
		TEST(prints_the_summary_as_one_table),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
