/*
 * Certificates, letters, invoices, statements: sums that must add up, and what must stay together
 * on a page.
 */
#include "pdf/print.h"

#include "pdf/documents/invoice_parts.h"
#include "pdf/documents/signatures.h"
#include "pdf/file/sink.h"
#include "pdf/layout/rows.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct arena *arena;
static struct err err;
static struct print_warnings warnings;
static struct arena *arena_before;

static int setup(void **state)
{
	(void)state;
	json_setup();
	arena = arena_new();
	err = err_in(arena);
	warnings = print_warnings_in(arena);
	arena_before = json_arena_begin(arena); /* models are changed */
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	json_arena_end(arena_before);
	arena_free(arena);
	return 0;
}

/* Examples are parsed anew for every change. */
static cJSON *example(const char *kind)
{
	cJSON *model = NULL;
	assert_int_equal(json_parse(arena, str_from(print_example(kind)), &model, &err), OK);
	return model;
}

/* The value at a path such as "invoices.0.net"; NULL when there is none. */
static cJSON *at(cJSON *model, const char *path)
{
	struct str rest = str_from(path);
	while (rest.p && model) {
		struct str step = str_cut(&rest, '.');
		int64_t index;
		model = str_to_i64(step, &index)
				? cJSON_GetArrayItem(model, (int)index)
				: cJSON_GetObjectItemCaseSensitive(model, str_dup(arena, step));
	}
	return model;
}

static enum rc print(const char *kind, const cJSON *model, struct buf *out)
{
	*out = buf_in(arena, PRINT_MAX_BYTES);
	err_clear(&err);
	struct sink sink = sink_to_buf(out);
	return print_document(arena, kind, model, &sink, &warnings, &err);
}

typedef enum rc draw(struct doc *d, const cJSON *model, struct err *err);

/* How many there are: the index of the next one. */
static int count_pages(draw *kind, const cJSON *model)
{
	struct doc *d = doc_new(arena, "en-GB", &warnings);
	assert_int_equal(kind(d, model, &err), OK);
	struct page *next = doc_page(d, 10, 10);
	int n = core_page_index(page_core(next));
	page_close(next);
	doc_free(d);
	return n;
}

/* ---- invoices -------------------------------------------------------------------------------- */

static void rounds_tax_half_away_from_zero(void **state)
{
	(void)state;
	assert_int_equal(invoice_tax(1002, 500), 50); /* 50.1 */
	assert_int_equal(invoice_tax(1010, 500), 51); /* 50.5 */
	assert_int_equal(invoice_tax(1009, 500), 50); /* 50.45 */
	assert_int_equal(invoice_tax(-1010, 500), -51);
	assert_int_equal(invoice_tax(-1009, 500), -50);
	assert_int_equal(invoice_tax(99999999999, 10000), 99999999999);
}

static void asks_for_money_only_where_euros_are_due(void **state)
{
	(void)state;
	cJSON *model = example("invoice");
	cJSON *invoice = at(model, "invoices.0");
	const char *text = invoice_payment_text(arena, invoice);
	assert_non_null(strstr(text, "\nEUR5644.20\n"));
	cJSON_SetValuestring(at(invoice, "currency"), "GBP");
	assert_null(invoice_payment_text(arena, invoice));
	cJSON_SetValuestring(at(invoice, "currency"), "EUR");
	cJSON_SetNumberValue(at(invoice, "balance"), 0);
	assert_null(invoice_payment_text(arena, invoice));
	cJSON_SetNumberValue(at(invoice, "balance"), -100);
	assert_null(invoice_payment_text(arena, invoice));
	assert_null(invoice_payment_text(arena, at(model, "invoices.2")));
}

static void names_every_sum_that_does_not_add_up(void **state)
{
	(void)state;
	static const char *const sums[] = {"lines.2.amount", "taxes.0.net", "taxes.0.tax",
		"taxes.1.tax", "net", "tax", "gross", "balance"};
	for (size_t i = 0; i < sizeof sums / sizeof sums[0]; i++) {
		struct buf out;
		cJSON *model = example("invoice");
		const char *path = arena_printf(arena, "invoices.0.%s", sums[i]);
		cJSON *sum = at(model, path);
		cJSON_SetNumberValue(sum, sum->valuedouble + 1);
		assert_int_equal(print("invoice", model, &out), INVALID);
		assert_non_null(err_of_field(&err, path));
		assert_int_equal(out.n, 0);
	}
}

static void names_rates_without_a_sum_and_sums_given_twice(void **state)
{
	(void)state;
	struct buf out;
	cJSON *model = example("invoice");
	cJSON_SetNumberValue(at(model, "invoices.0.lines.1.tax_rate"), 700);
	assert_int_equal(print("invoice", model, &out), INVALID);
	assert_non_null(err_of_field(&err, "invoices.0.lines.1.tax_rate"));
	assert_non_null(err_of_field(&err, "invoices.0.taxes.0.net"));
	model = example("invoice");
	cJSON_SetNumberValue(at(model, "invoices.0.taxes.1.rate"), 2000);
	assert_int_equal(print("invoice", model, &out), INVALID);
	assert_non_null(err_of_field(&err, "invoices.0.taxes.1.rate"));
}

/* A text of the example is changed; the field that is told may be another. */
static void expect_fault(const char *path, const char *text, const char *field)
{
	struct buf out;
	cJSON *model = example("invoice");
	cJSON_SetValuestring(at(model, path), text);
	assert_int_equal(print("invoice", model, &out), INVALID);
	if (!err_of_field(&err, field))
		fail_msg("%s = %s: no fault of %s", path, text, field);
}

static void names_what_no_schema_can_check(void **state)
{
	(void)state;
	expect_fault("invoices.0.kind", "credit-note", "invoices.0.gross");
	expect_fault("invoices.0.kind", "credit-note", "invoices.0.corrects");
	expect_fault("invoices.3.kind", "invoice", "invoices.3.gross");
	expect_fault("invoices.3.kind", "invoice", "invoices.3.corrects");
	expect_fault("invoices.0.due_on", "2027-06-13", "invoices.0.due_on");
	expect_fault("invoices.0.supplied_until", "2027-09-07", "invoices.0.supplied_until");
	expect_fault("invoices.0.currency", "Eur", "invoices.0.currency");
	expect_fault("invoices.0.payment.iban", "NL87INVT0999918200", "invoices.0.payment.iban");
	expect_fault("invoices.0.payment.bic", "INVTNL2A1", "invoices.0.payment.bic");
}

static void refuses_a_payment_that_no_symbol_holds(void **state)
{
	(void)state;
	struct buf reference = buf_in(arena, 1024);
	for (int i = 0; i < 140; i++)
		buf_text(&reference, "ก");
	struct buf out;
	cJSON *model = example("invoice");
	cJSON_ReplaceItemInObjectCaseSensitive(at(model, "invoices.0.payment"), "reference",
		cJSON_CreateString(buf_cstr(&reference)));
	assert_int_equal(print("invoice", model, &out), INVALID);
	assert_non_null(err_of_field(&err, "invoices.0.payment.reference"));
}

/* The rows of an invoice's table, built as the document builds them. */
static struct block *table_of(struct billing *b, struct doc *d, const cJSON *model)
{
	*b = (struct billing){.doc = d, .model = model};
	assert_int_equal(stationery_new(d, model, &b->paper, &err), OK);
	b->currency = "EUR";
	b->money = money_new(arena, "en-GB", "EUR", 2);
	b->body = tag_root(d->tags);
	struct block *block = block_new(d);
	invoice_table(b, block, json_get(model, "invoices")->child);
	return block;
}

static bool has_rule(const struct row *row, double width)
{
	for (const struct row_item *item = row->items; item; item = item->next)
		if (item->kind == ROW_RULE && item->width == width)
			return true;
	return false;
}

static void keeps_the_sums_with_the_last_line(void **state)
{
	(void)state;
	struct billing b;
	struct doc *d = doc_new(arena, "en-GB", &warnings);
	struct block *block = table_of(&b, d, example("invoice"));
	size_t row = block->n_rows - 1;
	int n_rules = 0;
	/* Back from the end: past the rule under the last line, to the one above it. */
	while (row > 0 && block->rows[row - 1]->keeps_next) {
		row--;
		n_rules += has_rule(block->rows[row], b.paper.width);
	}
	assert_int_equal(n_rules, 1);
	assert_true(has_rule(block->rows[row - 1], b.paper.width));
	money_free(b.money);
	doc_free(d);
}

static void keeps_the_head_of_the_table_with_the_first_line(void **state)
{
	(void)state;
	struct billing b;
	struct doc *d = doc_new(arena, "en-GB", &warnings);
	struct block *block = table_of(&b, d, example("invoice"));
	size_t row = 0;
	while (!has_rule(block->rows[row], b.paper.width))
		assert_true(block->rows[row++]->keeps_next);
	assert_true(block->rows[row]->keeps_next);
	money_free(b.money);
	doc_free(d);
}

/* ---- certificates, letters, statements --------------------------------------------------------
 */

static void makes_one_small_page_a_certificate(void **state)
{
	(void)state;
	enum { MAX_BYTES = 40 * 1024 };
	cJSON *model = example("certificate");
	cJSON *list = at(model, "certificates"), *one = list->child;
	struct buf out;
	assert_int_equal(count_pages(certificate_print, model), cJSON_GetArraySize(list));
	for (; one; one = one->next) {
		cJSON alone = *one;
		alone.next = NULL;
		list->child = &alone;
		assert_int_equal(print("certificate", model, &out), OK);
		assert_true(out.n <= MAX_BYTES);
	}
}

static const char *repeat(const char *text, int n)
{
	struct buf b = buf_in(arena, 1 << 16);
	for (int i = 0; i < n; i++)
		buf_text(&b, text);
	return buf_cstr(&b);
}

static void fits_the_longest_certificate_on_its_page(void **state)
{
	(void)state;
	cJSON *model = example("certificate");
	cJSON *certificate = at(model, "certificates.1");
	cJSON_ReplaceItemInObjectCaseSensitive(
		certificate, "name", cJSON_CreateString(repeat("Wilhelmina ", 14)));
	cJSON_ReplaceItemInObjectCaseSensitive(
		at(certificate, "work"), "title", cJSON_CreateString(repeat("Listening to ", 30)));
	cJSON_ReplaceItemInObjectCaseSensitive(
		at(model, "event"), "title", cJSON_CreateString(repeat("Healthcare ", 14)));
	assert_int_equal(count_pages(certificate_print, model),
		cJSON_GetArraySize(at(model, "certificates")));
	assert_null(warnings.first);
}

static void names_the_code_that_is_too_long_to_scan(void **state)
{
	(void)state;
	static const char *const kinds[][2] = {
		{"certificate", "certificates.1.verify"}, {"letter", "letters.2.verify"}};
	for (int i = 0; i < 2; i++) {
		cJSON *model = example(kinds[i][0]);
		struct buf out;
		cJSON_ReplaceItemInObjectCaseSensitive(
			at(model, kinds[i][1]), "qr", cJSON_CreateString(repeat("Æ", 60)));
		assert_int_equal(print(kinds[i][0], model, &out), INVALID);
		assert_non_null(err_of_field(&err, arena_printf(arena, "%s.qr", kinds[i][1])));
	}
}

static void begins_every_letter_on_a_page_of_its_own(void **state)
{
	(void)state;
	cJSON *model = example("letter");
	cJSON *list = at(model, "letters"), *thanks = at(model, "letters.3");
	for (int i = 3; i > 0; i--)
		cJSON_DetachItemFromArray(list, 0);
	assert_ptr_equal(list->child, thanks);
	for (int i = 0; i < 4; i++)
		cJSON_AddItemToArray(list, cJSON_Duplicate(thanks, true));
	assert_int_equal(count_pages(letter_print, model), 5);
}

static void numbers_the_pages_of_every_letter_by_itself(void **state)
{
	(void)state;
	enum { ROWS = 30, HEIGHT = 30 };
	cJSON *model = example("letter");
	struct doc *d = doc_new(arena, "en-GB", &warnings);
	struct stationery paper;
	struct letter_head head = {.address = at(model, "letters.0.address"), .subject = "S"};
	assert_int_equal(stationery_new(d, model, &paper, &err), OK);
	for (int letter = 0; letter < 2; letter++) {
		stationery_begin(&paper, &head);
		struct block *b = block_new(d);
		for (int i = 0; i < ROWS; i++)
			block_pad(b, HEIGHT);
		flow_add(paper.flow, b);
		assert_int_equal(flow_page_number(paper.flow), 2);
		stationery_finish(&paper);
	}
	doc_free(d);
}

static size_t count_tints(const struct block *b)
{
	size_t n = 0;
	for (const struct tint *t = b->tints; t; t = t->next)
		n++;
	return n;
}

static size_t tints_of_signatory(const char *json)
{
	cJSON *list = NULL;
	assert_int_equal(json_parse(arena, str_from(json), &list, &err), OK);
	struct doc *d = doc_new(arena, "en", &warnings);
	struct mirror mirror = mirror_for("en", 400);
	struct block *b = block_new(d);
	signatures_add(b,
		&(struct signatures){.doc = d,
			.mirror = &mirror,
			.lang = "en",
			.signed_word = "Signed",
			.width = 400,
			.gap = 20,
			.columns = 2,
			.room = 40,
			.has_lines = true,
			.parent = tag_root(d->tags)},
		list);
	size_t n = count_tints(b);
	/* A row of signatories is never parted. */
	for (size_t i = 0; i + 1 < b->n_rows; i++)
		assert_true(b->rows[i]->keeps_next);
	doc_free(d);
	return n;
}

static void draws_a_dashed_line_until_there_is_a_signature(void **state)
{
	(void)state;
	assert_true(tints_of_signatory("[{\"name\":\"Lu\"}]") > 10);
	assert_int_equal(tints_of_signatory("[{\"name\":\"Lu\",\"signed_on\":\"2027-09-10\"}]"), 1);
}

static void turns_sides_for_languages_from_right_to_left(void **state)
{
	(void)state;
	struct mirror arabic = mirror_for("ar", 100), english = mirror_for("en-GB", 100);
	assert_true(mirror_x(&arabic, 10, 30) == 60);
	assert_true(mirror_x(&english, 10, 30) == 10);
	assert_int_equal(mirror_align(&arabic, ALIGN_LEFT), ALIGN_RIGHT);
	assert_int_equal(mirror_align(&arabic, ALIGN_RIGHT), ALIGN_LEFT);
	assert_int_equal(mirror_align(&arabic, ALIGN_CENTRE), ALIGN_CENTRE);
	assert_int_equal(mirror_align(&english, ALIGN_LEFT), ALIGN_LEFT);
}

/* Where nobody has a logo the mark of the program stands, so what is drawn tells nothing. */
static void a_logo_is_read_by_all_that_goes_out(void **state)
{
	const char *const kinds[] = {"letter", "invoice", "certificate", "door-sign", "pocket"};
	struct buf out;
	(void)state;
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		cJSON *model = example(kinds[i]), *event = at(model, "event"), *logos;
		cJSON_DeleteItemFromObjectCaseSensitive(event, "logos");
		assert_int_equal(print(kinds[i], model, &out), OK);
		assert_int_equal(json_parse(arena,
					 STR("[{\"data\":\"bm8gcGljdHVyZQ==\",\"alt\":\"Rings\"}]"),
					 &logos, &err),
			OK);
		cJSON_AddItemToObject(event, "logos", logos);
		assert_int_equal(print(kinds[i], model, &out), INVALID);
		assert_string_equal(err.fields->field, "event.logos.0.data");
	}
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_logo_is_read_by_all_that_goes_out),
		TEST(rounds_tax_half_away_from_zero),
		TEST(asks_for_money_only_where_euros_are_due),
		TEST(names_every_sum_that_does_not_add_up),
		TEST(names_rates_without_a_sum_and_sums_given_twice),
		TEST(names_what_no_schema_can_check),
		TEST(refuses_a_payment_that_no_symbol_holds),
		TEST(keeps_the_sums_with_the_last_line),
		TEST(keeps_the_head_of_the_table_with_the_first_line),
		TEST(makes_one_small_page_a_certificate),
		TEST(fits_the_longest_certificate_on_its_page),
		TEST(names_the_code_that_is_too_long_to_scan),
		TEST(begins_every_letter_on_a_page_of_its_own),
		TEST(numbers_the_pages_of_every_letter_by_itself),
		TEST(draws_a_dashed_line_until_there_is_a_signature),
		TEST(turns_sides_for_languages_from_right_to_left),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
