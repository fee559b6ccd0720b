/* A letter is one block: what must not be parted from its end is known in it. */
#include "pdf/documents/documents.h"

#include "pdf/documents/date.h"
#include "pdf/documents/signatures.h"
#include "pdf/documents/stationery.h"
#include "pdf/documents/words.h"
#include "pdf/layout/prose.h"

static const struct text_style subject_style = {
	.family = FONT_SERIF, .bold = true, .size = 12.5, .colour = COLOUR_INK};
static const struct text_style text_style = {
	.family = FONT_SERIF, .size = 11, .colour = COLOUR_INK};
static const struct text_style heading_style = {
	.family = FONT_SANS, .bold = true, .size = 9.5, .colour = COLOUR_WINE};
static const struct text_style quote_style = {
	.family = FONT_SERIF, .size = 10.5, .colour = COLOUR_INK};
static const struct text_style label_style = {
	.family = FONT_SANS, .size = 9, .colour = COLOUR_INK_2};
static const struct text_style value_style = {
	.family = FONT_SANS, .size = 9.8, .colour = COLOUR_INK};

static const struct word words[] = {
	{"letters", "letters"},
	{"date", "Date"},
	{"reference", "Our reference"},
	{"enclosures", "Enclosed"},
	{"signed", "Signed"},
	{"verify", "To see that this letter is genuine, scan the symbol or type the code at"},
	{NULL, NULL},
};

/* Lines of some eighty letters; tables keep to them. */
static const double measure = MM(148), leading = 15, gap = 7.5;

struct mailing {
	struct stationery paper;
	struct doc *doc;
	const cJSON *model;
	struct block *block; /* the letter in hand */
	struct tag *body;
};

static const char *word(const struct mailing *m, const char *code)
{
	return word_of(m->model, words, code);
}

static void add_line(struct mailing *m, const struct text_style *style, const char *text,
	double line, const char *tag)
{
	struct block_text t = stationery_text(&m->paper, style, text,
		&(struct block_text){.width = measure,
			.leading = line,
			.tag = tag_new(m->body, tag, NULL, NULL)});
	block_text(m->block, &t);
}

static void add_prose(struct mailing *m, const struct text_style *style, double x, const char *text,
	const char *lang, double line)
{
	double width = measure - x;
	struct prose prose = {.style = style,
		.lang = lang,
		.x = mirror_x(&m->paper.text, x, width),
		.width = width,
		.leading = line,
		.gap = gap,
		.align = mirror_align(&m->paper.text, ALIGN_LEFT),
		.parent = m->body};
	block_prose(m->block, &prose, text);
}

static void add_fact(struct mailing *m, const cJSON *fact, struct tag *table)
{
	const double label_w = MM(52), line = 13;
	struct block *b = m->block;
	size_t row = block_rows(b);
	struct tag *tr = tag_new(table, "TR", NULL, NULL);
	block_rule(b, mirror_x(&m->paper.text, 0, measure), measure, 0.5, COLOUR_LINE);
	block_pad(b, 3);
	size_t texts = block_rows(b);
	struct block_text label =
		stationery_text(&m->paper, &label_style, model_text(fact, "label"),
			&(struct block_text){.width = label_w - MM(4),
				.leading = line,
				.tag = tag_new(tr, "TH", NULL, NULL)});
	struct block_text value =
		stationery_text(&m->paper, &value_style, model_text(fact, "value"),
			&(struct block_text){.x = label_w,
				.width = measure - label_w,
				.leading = line,
				.tag = tag_new(tr, "TD", NULL, NULL)});
	block_text(b, &label);
	block_beside(b, texts, &value);
	block_pad(b, 3);
	block_keep(b, row, false);
}

static void add_facts(struct mailing *m, const cJSON *facts)
{
	struct tag *table = model_count(facts) ? tag_new(m->body, "Table", NULL, NULL) : NULL;
	const cJSON *fact;
	if (!table)
		return;
	block_space(m->block, MM(3.5));
	cJSON_ArrayForEach(fact, facts) add_fact(m, fact, table);
	block_rule(m->block, mirror_x(&m->paper.text, 0, measure), measure, 0.5, COLOUR_LINE);
	block_keep(m->block, block_rows(m->block) - 4, false);
	block_space(m->block, MM(4));
}

/* The words of somebody else: behind a bar, below their heading. */
static void add_feedback(struct mailing *m, const cJSON *feedback)
{
	const double bar = 1.6, indent = MM(6);
	struct block *b = m->block;
	block_space(b, MM(4));
	size_t row = block_rows(b);
	struct block_text title =
		stationery_text(&m->paper, &heading_style, model_text(feedback, "title"),
			&(struct block_text){.x = indent,
				.width = measure - indent,
				.leading = 14,
				.tag = tag_new(m->body, "H2", NULL, NULL)});
	block_text(b, &title);
	block_pad(b, 1.5);
	block_hold(b, row, block_rows(b) - row);
	size_t texts = block_rows(b);
	add_prose(m, &quote_style, indent, model_text(feedback, "text"),
		json_text(feedback, "lang"), 14);
	block_tint(b, row, mirror_x(&m->paper.text, 0, bar), bar, COLOUR_WINE);
	block_hold(b, row, texts - row);
}

static void add_signatories(struct mailing *m, const cJSON *list)
{
	struct signatures how = {.doc = m->doc,
		.mirror = &m->paper.text,
		.lang = m->paper.lang,
		.signed_word = word(m, "signed"),
		.width = measure,
		.gap = MM(8),
		.columns = 2,
		.room = MM(15),
		.parent = m->body};
	signatures_add(m->block, &how, list);
}

static void add_enclosures(struct mailing *m, const cJSON *list)
{
	struct buf b = buf_in(m->doc->arena, 1 << 14);
	const cJSON *enclosure;
	cJSON_ArrayForEach(enclosure, list)
		buf_printf(&b, "%s%s", b.n ? "; " : "", enclosure->valuestring);
	if (!b.n)
		return;
	block_pad(m->block, MM(4));
	add_line(m, &label_style,
		arena_printf(m->doc->arena, "%s: %s", word(m, "enclosures"), buf_cstr(&b)), 13,
		"P");
}

/* With the last two lines of the text, so that no page has a signature alone. */
static void add_end(struct mailing *m, const cJSON *letter)
{
	enum { LINES_BEFORE = 2 };
	size_t row = block_rows(m->block), first = row > LINES_BEFORE ? row - LINES_BEFORE : 0;
	const char *closing = json_text(letter, "closing");
	if (closing) {
		block_pad(m->block, gap + 2);
		add_line(m, &text_style, closing, leading, "P");
	}
	add_signatories(m, json_get(letter, "signatories"));
	add_enclosures(m, json_get(letter, "enclosures"));
	block_keep(m->block, first, false);
}

static void add_body(struct mailing *m, const cJSON *letter)
{
	const cJSON *feedback;
	const char *greeting = json_text(letter, "greeting"),
		   *subject = model_text(letter, "subject"), *last = json_text(letter, "last_text");
	add_line(m, &subject_style, subject, 16, "H1");
	block_bookmark(m->block, 0, 0,
		arena_printf(m->doc->arena, "%s: %s",
			model_text(json_get(letter, "address"), "name"), subject));
	block_pad(m->block, MM(4));
	if (greeting) {
		add_line(m, &text_style, greeting, leading, "P");
		block_pad(m->block, gap);
	}
	add_prose(m, &text_style, 0, model_text(letter, "text"), NULL, leading);
	add_facts(m, json_get(letter, "facts"));
	cJSON_ArrayForEach(feedback, json_get(letter, "feedback")) add_feedback(m, feedback);
	if (last) {
		block_space(m->block, model_count(json_get(letter, "feedback")) ? MM(5) : gap);
		add_prose(m, &text_style, 0, last, NULL, leading);
	}
	add_end(m, letter);
}

static struct letter_head head_of(struct mailing *m, const cJSON *letter)
{
	const char *place = json_text(m->model, "place"), *on = model_text(letter, "on"),
		   *reference = json_text(letter, "reference");
	const char *date = date_span(m->doc->arena, m->paper.lang, on, on);
	struct letter_head head = {.address = json_get(letter, "address")};
	head.lines[head.n_lines++] =
		(struct stationery_line){.label = word(m, "date"), .value = date, .place = place};
	if (reference)
		head.lines[head.n_lines++] =
			(struct stationery_line){.label = word(m, "reference"), .value = reference};
	head.subject = model_text(letter, "subject");
	return head;
}

static enum rc add_letter(struct mailing *m, const cJSON *letter, int index, struct err *err)
{
	struct letter_head head = head_of(m, letter);
	struct verify verify = {.words = word(m, "verify")};
	const cJSON *code = json_get(letter, "verify");
	if (code) {
		TRY(verify_read(m->doc->arena, code,
			arena_printf(m->doc->arena, "letters.%d.verify", index), &verify, err));
		head.verify = &verify;
	}
	stationery_begin(&m->paper, &head);
	m->body = tag_new(m->paper.sect, "Sect", NULL, NULL);
	m->block = block_new(m->doc);
	add_body(m, letter);
	flow_add(m->paper.flow, m->block);
	stationery_finish(&m->paper);
	return OK;
}

enum rc letter_print(struct doc *d, const cJSON *model, struct err *err)
{
	struct mailing m = {.doc = d, .model = model};
	const cJSON *letter;
	int index = 0;
	TRY(stationery_new(d, model, &m.paper, err));
	core_set_title(d->core,
		arena_printf(d->arena, "%s: %s", model_text(json_get(model, "event"), "title"),
			word(&m, "letters")));
	core_set_author(d->core, model_text(json_get(model, "sender"), "name"));
	doc_expect(d, model_count(json_get(model, "letters")));
	cJSON_ArrayForEach(letter, json_get(model, "letters"))
	{
		doc_about(d, model_text(json_get(letter, "address"), "name"));
		TRY(add_letter(&m, letter, index++, err));
	}
	return OK;
}
