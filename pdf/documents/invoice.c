/* Invoices and credit notes on the paper of letters. */
#include "pdf/documents/invoice_parts.h"

#include "pdf/documents/date.h"
#include "pdf/documents/payment.h"
#include "pdf/documents/words.h"
#include "pdf/layout/prose.h"

#include <string.h>

static const struct text_style title_style = {
	.family = FONT_SERIF, .bold = true, .size = 19, .colour = COLOUR_INK};
static const struct text_style text_style = {
	.family = FONT_SERIF, .size = 10.5, .colour = COLOUR_INK};
static const struct text_style heading_style = {
	.family = FONT_SERIF, .bold = true, .size = 12, .colour = COLOUR_INK};
static const struct text_style label_style = {
	.family = FONT_SANS, .size = 9, .colour = COLOUR_INK_2};
static const struct text_style value_style = {
	.family = FONT_SANS, .tabular = true, .size = 9.8, .colour = COLOUR_INK};

static const struct word words[] = {
	{"invoices", "invoices"},
	{"invoice", "Invoice"},
	{"credit_note", "Credit note"},
	{"number", "Number"},
	{"issued_on", "Date of issue"},
	{"supplied_on", "Date of supply"},
	{"due_on", "Due"},
	{"corrects", "Corrects invoice"},
	{"reference", "Your reference"},
	{"customer_tax_id", "Your VAT no."},
	{"description", "Description"},
	{"quantity", "Quantity"},
	{"unit_price", "Unit price"},
	{"tax", "VAT"},
	{"amount", "Amount"},
	{"net", "Net"},
	{"on", "on"},
	{"gross", "Total"},
	{"paid", "Paid"},
	{"balance", "Balance due"},
	{"credit", "In your favour"},
	{"payment", "Payment"},
	{"holder", "Payable to"},
	{"iban", "IBAN"},
	{"bic", "BIC"},
	{"bank", "Bank"},
	{"payment_reference", "Reference"},
	{"scan", "Scan to pay"},
	{NULL, NULL},
};

static const double symbol_side = MM(32);

const char *invoice_word(const struct billing *b, const char *code)
{
	return word_of(b->model, words, code);
}

static bool is_credit_note(const cJSON *invoice)
{
	return strcmp(model_text(invoice, "kind"), "credit-note") == 0;
}

static const char *title_of(const struct billing *b, const cJSON *invoice)
{
	return invoice_word(b, is_credit_note(invoice) ? "credit_note" : "invoice");
}

static void add_text(
	struct billing *b, struct block *block, const char *text, const struct text_style *style)
{
	struct prose prose = {.style = style,
		.width = MM(148),
		.x = mirror_x(&b->paper.text, 0, MM(148)),
		.leading = 14.5,
		.gap = 7,
		.align = mirror_align(&b->paper.text, ALIGN_LEFT),
		.parent = b->body};
	block_prose(block, &prose, text);
}

static void say(struct letter_head *head, const char *label, const char *value)
{
	if (value)
		head->lines[head->n_lines++] =
			(struct stationery_line){.label = label, .value = value};
}

static const char *date_of(struct billing *b, const cJSON *v, const char *from, const char *until)
{
	const char *first = json_text(v, from), *last = json_text(v, until);
	return first ? date_span(b->doc->arena, b->paper.lang, first, last ? last : first) : NULL;
}

static struct letter_head head_of(struct billing *b, const cJSON *v)
{
	struct letter_head head = {.address = json_get(v, "customer"),
		.subject = title_of(b, v),
		.number = model_text(v, "number"),
		.begin = invoice_table_head,
		.context = b};
	say(&head, invoice_word(b, "number"), model_text(v, "number"));
	say(&head, invoice_word(b, "corrects"), json_text(v, "corrects"));
	say(&head, invoice_word(b, "issued_on"), date_of(b, v, "issued_on", "issued_on"));
	say(&head, invoice_word(b, "supplied_on"), date_of(b, v, "supplied_on", "supplied_until"));
	say(&head, invoice_word(b, "due_on"), date_of(b, v, "due_on", "due_on"));
	say(&head, invoice_word(b, "reference"), json_text(v, "reference"));
	say(&head, invoice_word(b, "customer_tax_id"), json_text(v, "customer_tax_id"));
	return head;
}

static void add_fact(
	struct billing *b, struct block *block, const char *label, const char *value, double width)
{
	const double label_w = MM(30), line = 14;
	size_t row = block_rows(block);
	if (!value)
		return;
	struct tag *p = tag_new(b->body, "P", NULL, NULL);
	struct block_text t = stationery_text(&b->paper, &label_style, label,
		&(struct block_text){.width = label_w - MM(2), .leading = line, .tag = p});
	block_text(block, &t);
	t = stationery_text(&b->paper, &value_style, value,
		&(struct block_text){
			.x = label_w, .width = width - label_w, .leading = line, .tag = p});
	block_beside(block, row, &t);
}

struct symbol {
	struct billing *billing;
	struct qr qr;
	struct tag *tag;
};

/* The symbol ends with the text on the right, its words below it. */
static void draw_symbol(void *context, struct page *page, double left, double y)
{
	struct symbol *s = context;
	struct billing *b = s->billing;
	double outer = qr_outer_side(&s->qr, symbol_side), quiet = (outer - symbol_side) / 2;
	double x = left + mirror_x(&b->paper.text, b->paper.width - symbol_side, symbol_side);
	struct slot slot = {.style = &label_style,
		.x = x - MM(5),
		.y = y + symbol_side + 4,
		.width = symbol_side + MM(10),
		.height = MM(5),
		.least = 5,
		.align = ALIGN_CENTRE};
	page_mark(page, s->tag);
	qr_draw(page, &s->qr, x - quiet, y - quiet, outer);
	slot_put(b->doc, page, &slot, invoice_word(b, "scan"), NULL,
		tag_new(b->body, "P", NULL, NULL));
}

static enum rc add_symbol(
	struct billing *b, struct block *block, size_t row, const char *text, struct err *err)
{
	struct symbol *s = ARENA_NEW(b->doc->arena, struct symbol);
	double height = 0, least = symbol_side + MM(8);
	s->billing = b;
	TRY(qr_make_payment(b->doc->arena, text, &s->qr, err));
	s->tag = tag_new(b->body, "Figure", NULL,
		arena_printf(b->doc->arena, "QR: %s", invoice_word(b, "scan")));
	block_figure(block, row, &(struct block_figure){.draw = draw_symbol, .context = s});
	height = block_height(block);
	if (height < least)
		block_pad(block, least - height);
	return OK;
}

/* Nothing is paid into an account when nothing is due. */
static enum rc add_payment(struct billing *b, const cJSON *v, struct err *err)
{
	const cJSON *payment = json_get(v, "payment");
	const char *text = invoice_payment_text(b->doc->arena, v);
	struct block *above = block_new(b->doc), *block = block_new(b->doc);
	double width = b->paper.width - (text ? symbol_side + MM(14) : 0);
	if (!payment || json_int(v, "balance", 0) <= 0)
		return OK;
	block_space(above, MM(9));
	flow_add(b->paper.flow, above);
	struct block_text heading = stationery_text(&b->paper, &heading_style,
		invoice_word(b, "payment"),
		&(struct block_text){
			.width = width, .leading = 16, .tag = tag_new(b->body, "H2", NULL, NULL)});
	block_text(block, &heading);
	block_pad(block, 3);
	add_fact(b, block, invoice_word(b, "holder"), model_text(payment, "holder"), width);
	add_fact(b, block, invoice_word(b, "iban"),
		payment_groups(b->doc->arena, model_text(payment, "iban")), width);
	add_fact(b, block, invoice_word(b, "bic"), json_text(payment, "bic"), width);
	add_fact(b, block, invoice_word(b, "bank"), json_text(payment, "bank"), width);
	add_fact(b, block, invoice_word(b, "payment_reference"),
		payment_reference(b->doc->arena, model_text(payment, "reference")), width);
	if (text)
		TRY(add_symbol(b, block, 0, text, err));
	block_keep(block, 0, false);
	flow_add(b->paper.flow, block);
	return OK;
}

static void add_note(
	struct billing *b, const char *text, const struct text_style *style, double gap)
{
	struct block *block = block_new(b->doc);
	if (!text)
		return;
	block_space(block, gap);
	add_text(b, block, text, style);
	flow_add(b->paper.flow, block);
}

static void add_table(struct billing *b, const cJSON *v)
{
	struct block *block = block_new(b->doc);
	const char *title[] = {title_of(b, v), model_text(v, "number")},
		   *text = json_text(v, "text");
	struct block_text t = mirror_text(
		&b->paper.text, &(struct block_text){.paragraph = mirror_parts(&b->paper.text,
							     b->doc, &title_style, title, 2, " "),
					.width = b->paper.width,
					.leading = 24,
					.tag = tag_new(b->body, "H1", NULL, NULL)});
	block_text(block, &t);
	block_bookmark(block, 0, 0, arena_printf(b->doc->arena, "%s %s", title[0], title[1]));
	block_pad(block, MM(3));
	if (text) {
		add_text(b, block, text, &text_style);
		block_pad(block, MM(3));
	}
	block_pad(block, MM(3));
	invoice_table(b, block, v);
	b->is_in_table = true;
	flow_add(b->paper.flow, block);
	b->is_in_table = false;
}

static enum rc add_invoice(struct billing *b, const cJSON *v, struct err *err)
{
	struct letter_head head = head_of(b, v);
	enum rc rc;
	b->currency = model_text(v, "currency");
	b->money = money_new(
		b->doc->arena, b->paper.lang, b->currency, (int)json_int(v, "exponent", MONEY_ISO));
	stationery_begin(&b->paper, &head);
	b->body = tag_new(b->paper.sect, "Sect", NULL, NULL);
	add_table(b, v);
	add_note(b, json_text(v, "tax_note"), &label_style, MM(5));
	rc = add_payment(b, v, err);
	add_note(b, json_text(v, "note"), &text_style, MM(8));
	stationery_finish(&b->paper);
	money_free(b->money);
	return rc;
}

enum rc invoice_print(struct doc *d, const cJSON *model, struct err *err)
{
	struct billing b = {.doc = d, .model = model};
	const cJSON *invoice;
	TRY(stationery_new(d, model, &b.paper, err));
	TRY(invoice_check(d->arena, model, err));
	core_set_title(d->core,
		arena_printf(d->arena, "%s: %s", model_text(json_get(model, "sender"), "name"),
			invoice_word(&b, "invoices")));
	core_set_author(d->core, model_text(json_get(model, "sender"), "name"));
	doc_expect(d, model_count(json_get(model, "invoices")));
	cJSON_ArrayForEach(invoice, json_get(model, "invoices"))
	{
		doc_about(d, model_text(invoice, "number"));
		TRY(add_invoice(&b, invoice, err));
	}
	return OK;
}
