/*
 * Columns are counted from where a line begins to be read; all but the first hold figures. Those
 * end at the right edge of their column in every language, so that tens stand below tens.
 */
#include "pdf/documents/invoice_parts.h"

static const struct text_style head_style = {
	.family = FONT_SANS, .size = 8, .colour = COLOUR_INK_2};
static const struct text_style text_style = {
	.family = FONT_SANS, .size = 9.6, .colour = COLOUR_INK};
static const struct text_style detail_style = {
	.family = FONT_SANS, .size = 8.4, .colour = COLOUR_INK_2};
static const struct text_style figure_style = {
	.family = FONT_SANS, .tabular = true, .size = 9.6, .colour = COLOUR_INK};
static const struct text_style total_style = {
	.family = FONT_SANS, .bold = true, .tabular = true, .size = 10.5, .colour = COLOUR_INK};
static const struct text_style due_style = {
	.family = FONT_SANS, .bold = true, .tabular = true, .size = 11.5, .colour = COLOUR_WINE};

static const double leading = 13, head_leading = 10.5, head_h = 26;

enum { N_COLUMNS = 5 };
static const char *const column_words[N_COLUMNS] = {
	"description", "quantity", "unit_price", "tax", "amount"};

/* The description has what is left of the width. */
static const double column_widths[N_COLUMNS] = {0, MM(16), MM(28), MM(18), MM(30)};

static struct slot column_of(const struct billing *b, int column)
{
	struct slot c = {.width = column_widths[column]};
	double end = b->paper.width;
	for (int i = N_COLUMNS - 1; i > column; i--)
		end -= column_widths[i];
	c.x = end - c.width;
	if (column == 0)
		c = (struct slot){.width = end - MM(3)};
	return c;
}

/* On the page, where the columns of some languages have changed places. */
static enum align align_of(const struct billing *b, int column)
{
	return column == 0 ? mirror_align(&b->paper.text, ALIGN_LEFT) : ALIGN_RIGHT;
}

static const char *heading(const struct billing *b, int column)
{
	const char *text = invoice_word(b, column_words[column]);
	bool is_money = column == 2 || column == 4;
	return is_money ? arena_printf(b->doc->arena, "%s (%s)", text, b->currency) : text;
}

/* One text in a column, in row `row` or as a new row. */
static void put(struct billing *b, struct block *block, size_t row, int column,
	const struct text_style *style, const char *text, struct tag *tag)
{
	struct slot c = column_of(b, column);
	struct block_text t = stationery_text(&b->paper, style, text,
		&(struct block_text){.x = c.x,
			.width = c.width,
			.leading = style == &head_style || style == &detail_style ? head_leading + 1
										  : leading,
			.tag = tag});
	t.align = align_of(b, column);
	block_beside(block, row, &t);
}

static void rule(
	struct billing *b, struct block *block, double x, double thickness, unsigned colour)
{
	double width = b->paper.width - x;
	block_rule(block, mirror_x(&b->paper.text, x, width), width, thickness, colour);
}

static void add_head(struct billing *b, struct block *block, struct tag *table)
{
	struct tag *tr = tag_new(table, "TR", NULL, NULL);
	size_t row = block_rows(block);
	for (int i = 0; i < N_COLUMNS; i++)
		put(b, block, row, i, &head_style, heading(b, i), tag_new(tr, "TH", NULL, NULL));
	block_pad(block, 3);
	rule(b, block, 0, 0.9, COLOUR_INK);
	block_keep(block, row, true);
}

double invoice_table_head(void *billing, struct page *page, double left, double y)
{
	struct billing *b = billing;
	if (!b->is_in_table)
		return y;
	for (int i = 0; i < N_COLUMNS; i++) {
		struct slot s = column_of(b, i);
		s.x += left;
		s.y = y;
		s.height = head_h - 4;
		s.style = &head_style;
		s.leading = head_leading / head_style.size;
		s.least = 5;
		s.vertical = SLOT_BOTTOM;
		s = mirror_slot(&b->paper.page, &s);
		s.align = align_of(b, i);
		slot_put(b->doc, page, &s, heading(b, i), NULL, NULL);
	}
	page_mark(page, NULL);
	page_rect(page, left, y + head_h - 0.9, b->paper.width, 0.9, COLOUR_INK);
	return y + head_h;
}

/* Returns the first of its rows, which stay together. */
static size_t add_line(
	struct billing *b, struct block *block, const cJSON *line, bool is_last, struct tag *table)
{
	struct tag *tr = tag_new(table, "TR", NULL, NULL);
	struct tag *tags[N_COLUMNS];
	size_t row = block_rows(block);
	const char *detail = json_text(line, "detail");
	const char *figures[N_COLUMNS] = {NULL,
		money_count(b->money, json_int(line, "quantity", 0)),
		money_figure(b->money, json_int(line, "unit_price", 0)),
		money_rate(b->money, json_int(line, "tax_rate", 0)),
		money_figure(b->money, json_int(line, "amount", 0))};
	for (int i = 0; i < N_COLUMNS; i++)
		tags[i] = tag_new(tr, "TD", NULL, NULL);
	block_pad(block, 3.5);
	size_t texts = block_rows(block);
	put(b, block, texts, 0, &text_style, model_text(line, "description"), tags[0]);
	if (detail)
		put(b, block, block_rows(block), 0, &detail_style, detail, tags[0]);
	for (int i = 1; i < N_COLUMNS; i++)
		put(b, block, texts, i, &figure_style, figures[i], tags[i]);
	block_pad(block, 3.5);
	rule(b, block, 0, is_last ? 0.9 : 0.5, is_last ? COLOUR_INK : COLOUR_LINE);
	block_keep(block, row, false);
	return row;
}

/*
 * A sum below the amounts, whose right edge it keeps; it may be wider than they are. Its name has
 * the width of the other figures.
 */
static void add_sum(struct billing *b, struct block *block, const struct text_style *style,
	const char *name, const char *figure, struct tag *table)
{
	struct tag *tr = tag_new(table, "TR", NULL, NULL);
	size_t row = block_rows(block);
	const double figure_w = MM(38), line = style->size * 1.4;
	const struct slot amount = column_of(b, N_COLUMNS - 1);
	double x = column_of(b, 1).x;
	struct block_text t = stationery_text(&b->paper, style, name,
		&(struct block_text){.x = x,
			.width = b->paper.width - x - figure_w,
			.leading = line,
			.tag = tag_new(tr, "TH", NULL, NULL)});
	block_beside(block, row, &t);
	t = stationery_text(&b->paper, style, figure,
		&(struct block_text){.x = amount.x,
			.width = amount.width,
			.leading = line,
			.tag = tag_new(tr, "TD", NULL, NULL)});
	t.align = ALIGN_RIGHT;
	t.x += t.width - figure_w;
	t.width = figure_w;
	block_beside(block, row, &t);
	block_pad(block, 2);
}

static void add_sums(struct billing *b, struct block *block, const cJSON *v, struct tag *table)
{
	struct arena *a = b->doc->arena;
	const struct money *m = b->money;
	const cJSON *tax;
	int64_t paid = json_int(v, "paid", 0), balance = json_int(v, "balance", 0);
	block_pad(block, 5);
	add_sum(b, block, &figure_style, invoice_word(b, "net"),
		money_figure(m, json_int(v, "net", 0)), table);
	cJSON_ArrayForEach(tax, json_get(v, "taxes")) add_sum(b, block, &figure_style,
		arena_printf(a, "%s %s %s %s", invoice_word(b, "tax"),
			money_rate(m, json_int(tax, "rate", 0)), invoice_word(b, "on"),
			money_figure(m, json_int(tax, "net", 0))),
		money_figure(m, json_int(tax, "tax", 0)), table);
	rule(b, block, column_of(b, 1).x, 0.5, COLOUR_LINE);
	block_pad(block, 4);
	add_sum(b, block, &total_style, invoice_word(b, "gross"),
		money_text(m, json_int(v, "gross", 0)), table);
	if (paid)
		add_sum(b, block, &figure_style, invoice_word(b, "paid"), money_figure(m, -paid),
			table);
	rule(b, block, column_of(b, 1).x, 0.9, COLOUR_INK);
	block_pad(block, 4);
	add_sum(b, block, &due_style, invoice_word(b, balance < 0 ? "credit" : "balance"),
		money_text(m, balance < 0 ? -balance : balance), table);
}

void invoice_table(struct billing *b, struct block *block, const cJSON *invoice)
{
	struct tag *table = tag_new(b->body, "Table", NULL, NULL);
	const cJSON *line;
	size_t last = 0;
	add_head(b, block, table);
	cJSON_ArrayForEach(line, json_get(invoice, "lines")) last =
		add_line(b, block, line, !line->next, table);
	add_sums(b, block, invoice, table);
	block_keep(block, last, false);
}
