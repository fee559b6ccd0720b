/*
 * Words that no line parts: figures and units, ranges, references, initials, quotation marks,
 * dashes. A bar stands where a line may end.
 */
#include "base/str.h"
#include "pdf/text/itemise.h"
#include "pdf/text/utf16.h"
#include "pdf/text/wrap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "type_fixture.h"

static const struct text_style serif = {.family = FONT_SERIF, .size = 10, .colour = 0};

static struct item_tools tools;

static int setup(void **state)
{
	UErrorCode status = U_ZERO_ERROR;
	(void)state;
	type_begin("en-GB");
	tools = (struct item_tools){
		arena, ubidi_open(), ubrk_open(UBRK_LINE, "en-GB", NULL, 0, &status)};
	assert_true(U_SUCCESS(status));
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	assert_null(warnings.first);
	ubrk_close(tools.lines);
	ubidi_close(tools.bidi);
	return type_end();
}

/* The text with a bar behind every place where a line may end. */
static const char *parted(const struct text_span *spans, size_t n)
{
	struct items it = itemise(&tools, spans, n, DIRECTION_AUTO);
	struct buf b = buf_in(arena, 1 << 20);
	int from = 0;
	for (int i = 0; i < it.n; i++) {
		if (it.units[i].after != BREAK_MAY && i + 1 < it.n)
			continue;
		buf_text(&b, utf16_to_utf8(arena, it.text + from, i + 1 - from));
		if (i + 1 < it.n)
			buf_text(&b, "|");
		from = i + 1;
	}
	return buf_cstr(&b);
}

/* The expected text says where the bars are; the text is the same without them. */
static void assert_parted(const char *expected)
{
	struct buf b = buf_in(arena, 1 << 16);
	for (const char *c = expected; *c; c++)
		if (*c != '|')
			buf_printf(&b, "%c", *c);
	struct text_span span = {.style = &serif, .text = buf_cstr(&b)};
	assert_string_equal(parted(&span, 1), expected);
}

static void ties_a_figure_to_its_unit(void **state)
{
	(void)state;
	assert_parted("A |dose |of |6 mg |was |given");
	assert_parted("(95 % |CI |of |12 ‰)");
	assert_parted("at |37 °C |or |99 °F |for |2 h |and |30 min, |then |5 ms");
	assert_parted("120 mmHg, |16 kPa, |2000 kcal, |400 IU, |50 kHz, |3 Hz.");
	assert_parted("5 µg, |5 μg, |0.5 ml, |0.5 mL, |2 l, |2 L, |70 kg, |1.8 m");
	assert_parted("5 mmol/l |and |8 kg/m² |and |10 cmH2O");
	assert_parted("in |12 |months |and |5 |years |of |40 |people");
	assert_parted("les |12 |d’entre |eux, |5 |l’ont |vu, |3 |s’en |vont");
	assert_parted("a |mg |of |it; |mg |5; |ward5 mg");
}

static void ties_groups_of_three_digits(void **state)
{
	(void)state;
	assert_parted("some |3 000 |people, |12 345 678 |in |all");
	assert_parted("in |2005 |300 |people, |2 |30 |4000, |5 |3000");
}

static void ties_units_that_are_divided(void **state)
{
	(void)state;
	assert_parted("50 mg/day, |2 mg/kg/day |and |30 km/h");
	assert_parted("and/or |his/her |(mg/day)");
	assert_parted("the |doctor/|patient-|relationship |and |physician/|nurse |teams");
	assert_parted("https://|example.org/|abc |told");
}

static void ties_the_ends_of_a_range(void **state)
{
	(void)state;
	assert_parted("of |1.2–3.4 |in |10–12 |and |5 %–10 %, |14:00–15:30");
	assert_parted("from |10 – 12 |on");
	assert_parted("the |north–|south |divide");
}

static void ties_a_figure_to_what_it_counts(void **state)
{
	(void)state;
	assert_parted("§ 5 |and |№ 7, |see |No. 12, |Nr. 3, |nos. 4, |n° 8");
	assert_parted(
		"(Fig. 5), |Figs. 5, |Figure 5, |Fig. S1, |Eq. 3, |Tab. 2, |Table 3, |Abb. 4");
	assert_parted("p. 45, |pp. 45–47, |S. 12, |vol. 2, |Vol. 3, |ch. 4, |art. 5, |Art. 6");
	assert_parted("рис. 5 |на |с. 12");
	assert_parted("the |end. |12 |stable |3 |no |4 |con. |5 |tip. |6");
	assert_parted("Fig. |Five |and |p. |x");
}

static void ties_initials_to_their_name(void **state)
{
	(void)state;
	assert_parted("by |J. R. Smith |and |J. Smith |(A. B. Jones)");
	assert_parted("J. R. Smith, |Dr |J. Smith, |J.R. Smith, |J.-P. Brun, |John |F. Howe");
	assert_parted("И. П. Павлов |и |А. Чехов");
	assert_parted("Patients |took |vitamin |B. |The |others |hepatitis |B. |Now");
	assert_parted("It |was |theirs. |The |others |HIV. |They");
	assert_parted("z. B. |hier, |d. h. |dort");
}

static void ties_quotation_marks_and_dashes(void **state)
{
	(void)state;
	assert_parted("il |dit |« un |deux », |puis |‹ trois › |et |l’« heure » |là");
	assert_parted("das |»Wort« |und |«Wort» |oder |»Wort.« |Dann");
	assert_parted("one – |two |three — |four - |five");
	assert_parted("well-|known |self–|other");
}

static void ties_across_spans_and_scripts(void **state)
{
	(void)state;
	const struct text_span spans[] = {{.style = &serif, .text = "by "},
		{.style = &serif, .text = "J. R. Smith", .isolate = true},
		{.style = &serif, .text = " with 5"}, {.style = &serif, .text = " mg"}};
	assert_string_equal(parted(spans, 4), "by |\u2068J. R. Smith\u2069 |with |5 mg");
	assert_parted("نسبة |5 mg |من |دواء");
	assert_parted("投|与|量|は |5 mg |で|す");
}

static void ties_no_chain_that_is_too_long(void **state)
{
	(void)state;
	assert_parted("1 000 000 000 000 000 |000 000 000 000 000 000 |000 000");
	/* The weakest goes first: a dash before a name, a name before initials, figures last. */
	assert_parted("Dr |J. R. R. T. Featherston-|Haugh");
	assert_parted("J. R. R. T. |Featherstonehaugh-|Wolf");
	assert_parted("see |No. 1234567890123456 – |then");
	assert_parted("see |No. 12345678901234567890 |– |then");
}

/* On a badge the type would be smaller for it. */
static void lets_a_name_alone_part_behind_its_initials(void **state)
{
	struct paragraph *p = paragraph_of(type, &serif, "J. R. Featherstonehaugh", NULL);
	double width = paragraph_wrap(type, p, 1000, WRAP_ANY).width - 1;
	struct lines name = paragraph_wrap(type, p, width, WRAP_BLANKS);
	(void)state;
	assert_int_equal(name.n_lines, 2);
	assert_int_equal(name.lines[0].n_pieces, 3); /* J. R. */
	assert_false(name.has_cut_word);
	assert_true(paragraph_wrap(type, p, width, WRAP_ANY).has_cut_word);
}

/* What no line parts is set like any other text: its blanks are stretched with the rest. */
static void stretches_what_it_ties(void **state)
{
	(void)state;
	const char *text = "a dose of 6 mg was given to all of them and 6 mg to nobody else";
	struct paragraph *p = paragraph_of(type, &serif, text, NULL);
	struct lines lines = paragraph_wrap(type, p, 55, WRAP_ANY);
	assert_true(lines.n_lines > 3);
	for (size_t i = 0; i < lines.n_lines; i++) {
		const struct line *line = &lines.lines[i];
		const struct shape_request *r = &line->pieces[line->n_pieces - 1].shape->request;
		size_t n_blanks = line->n_pieces / 2;
		assert_false(r->text[0] == '6');
		assert_true(n_blanks == 0 || line->stretch > 0);
		for (size_t k = 0; k < line->n_pieces; k++)
			if (line->pieces[k].is_blank)
				assert_true(piece_stretch(&line->pieces[k]) > 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ties_a_figure_to_its_unit),
		cmocka_unit_test(ties_groups_of_three_digits),
		cmocka_unit_test(ties_units_that_are_divided),
		cmocka_unit_test(ties_the_ends_of_a_range),
		cmocka_unit_test(ties_a_figure_to_what_it_counts),
		cmocka_unit_test(ties_initials_to_their_name),
		cmocka_unit_test(ties_quotation_marks_and_dashes),
		cmocka_unit_test(ties_across_spans_and_scripts),
		cmocka_unit_test(ties_no_chain_that_is_too_long),
		cmocka_unit_test(lets_a_name_alone_part_behind_its_initials),
		cmocka_unit_test(stretches_what_it_ties),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
