/* Numbers hang in the margin; the text is set as in a book, and so are its pages. */
#include "pdf/documents/documents.h"

#include "pdf/documents/date.h"
#include "pdf/documents/signatures.h"
#include "pdf/documents/words.h"
#include "pdf/layout/prose.h"
#include "pdf/page/emblem.h"

#include <string.h>

static const struct text_style network_style = {
	.family = FONT_SANS, .size = 10, .colour = COLOUR_INK_2};
static const struct text_style title_style = {
	.family = FONT_SERIF, .bold = true, .size = 25, .colour = COLOUR_INK};
static const struct text_style adopted_style = {
	.family = FONT_SERIF, .italic = true, .size = 11.5, .colour = COLOUR_INK_2};
static const struct text_style preamble_style = {
	.family = FONT_SERIF, .size = 12, .colour = COLOUR_INK};
static const struct text_style number_style = {
	.family = FONT_SANS, .bold = true, .tabular = true, .size = 11, .colour = COLOUR_WINE};
static const struct text_style heading_style = {
	.family = FONT_SERIF, .bold = true, .size = 12, .colour = COLOUR_INK};
static const struct text_style text_style = {
	.family = FONT_SERIF, .size = 11, .colour = COLOUR_INK};
static const struct text_style section_style = {
	.family = FONT_SERIF, .bold = true, .size = 15, .colour = COLOUR_INK};
static const struct text_style head_style = {
	.family = FONT_SERIF, .italic = true, .size = 9.5, .colour = COLOUR_INK_2};
static const struct text_style foot_style = {
	.family = FONT_SANS, .size = 8, .colour = COLOUR_INK_2};
static const struct text_style page_style = {
	.family = FONT_SANS, .bold = true, .tabular = true, .size = 9, .colour = COLOUR_INK};

static const struct word words[] = {
	{"signatories", "Signatories"},
	{"continued", "continued"},
	{"signed", "Signed"},
	{NULL, NULL},
};

static const double hang = MM(11), leading = 15.5, gap = 6;

struct statement {
	struct doc *doc;
	const cJSON *model;
	const char *lang;
	struct flow_frame frame;
	struct flow *flow;
	struct mirror page, text;
	double width;
	struct tag *sect;
	bool is_signing; /* pages begin with the heading of those who sign */
};

static void put(struct statement *s, struct page *page, const struct slot *slot, const char *text)
{
	struct slot at = mirror_slot(&s->page, slot);
	slot_put(s->doc, page, &at, text, NULL, NULL);
}

static const char *signatories_word(const struct statement *s)
{
	return word_of(s->model, words, "signatories");
}

/* "Signatories (continued)": nobody stands on a page that does not say as what. */
static double put_section(struct statement *s, struct page *page, double top)
{
	const double height = 20;
	put(s, page,
		&(struct slot){.style = &section_style,
			.x = s->frame.left,
			.y = top,
			.width = s->width,
			.height = height},
		arena_printf(s->doc->arena, "%s (%s)", signatories_word(s),
			word_of(s->model, words, "continued")));
	return top + height;
}

static double begin_page(void *context, const struct flow_page *page, double top)
{
	struct statement *s = context;
	const double side = MM(13);
	if (page->number == 1) {
		page_mark(page->page, NULL);
		emblem_draw(page->page, mirror_x(&s->page, s->frame.left, side), MM(24), side,
			COLOUR_BAND);
		return MM(46);
	}
	put(s, page->page,
		&(struct slot){.style = &head_style,
			.x = s->frame.left,
			.y = MM(14),
			.width = s->width,
			.height = MM(5)},
		model_text(s->model, "title"));
	page_mark(page->page, NULL);
	page_rect(page->page, s->frame.left, MM(20), s->width, 0.5, COLOUR_LINE);
	return s->is_signing ? put_section(s, page->page, top) : top;
}

static void end_page(void *context, const struct flow_page *page)
{
	struct statement *s = context;
	const char *note = json_text(s->model, "note");
	const double number_w = MM(15);
	struct slot slot = {.style = &foot_style,
		.x = s->frame.left,
		.y = s->frame.height - MM(17),
		.width = s->width - number_w,
		.height = MM(5),
		.least = 5,
		.vertical = SLOT_MIDDLE};
	if (note)
		put(s, page->page, &slot, note);
	slot.style = &page_style;
	slot.x += slot.width;
	slot.width = number_w;
	slot.align = ALIGN_RIGHT;
	put(s, page->page, &slot, arena_printf(s->doc->arena, "%d", page->number));
}

static void add_line(struct statement *s, struct block *b, const struct text_style *style,
	const char *text, double x, double line, struct tag *tag)
{
	struct block_text t = mirror_text(&s->text,
		&(struct block_text){.paragraph = paragraph_of(s->doc->type, style, text, NULL),
			.x = x,
			.width = s->width - x,
			.leading = line,
			.tag = tag,
			.balance = style == &title_style});
	block_text(b, &t);
}

static void add_prose(struct statement *s, struct block *b, const struct text_style *style,
	const char *text, double x, double line, struct tag *parent)
{
	struct prose prose = {.style = style,
		.x = mirror_x(&s->text, x, s->width - x),
		.width = s->width - x,
		.leading = line,
		.gap = gap,
		.align = ALIGN_JUSTIFY,
		.parent = parent};
	block_prose(b, &prose, text);
}

/* Where, and when. */
static void add_adopted(struct statement *s, struct block *b)
{
	const char *on = json_text(s->model, "adopted_on");
	const char *const texts[] = {json_text(s->model, "adopted"),
		on ? date_span(s->doc->arena, s->lang, on, on) : NULL};
	if (!texts[0] && !texts[1])
		return;
	struct block_text t = mirror_text(&s->text,
		&(struct block_text){
			.paragraph = mirror_parts(&s->text, s->doc, &adopted_style, texts, 2, ", "),
			.width = s->width,
			.leading = 16,
			.tag = tag_new(s->sect, "P", NULL, NULL)});
	block_pad(b, MM(2));
	block_text(b, &t);
}

static void add_title(struct statement *s)
{
	const cJSON *event = json_get(s->model, "event");
	const char *network = json_text(event, "network"), *title = json_text(event, "title"),
		   *preamble = json_text(s->model, "preamble");
	struct block *b = block_new(s->doc);
	if (network)
		add_line(s, b, &network_style, network, 0, 14, tag_new(s->sect, "P", NULL, NULL));
	if (title)
		add_line(s, b, &network_style, title, 0, 14, tag_new(s->sect, "P", NULL, NULL));
	block_pad(b, MM(7));
	add_line(s, b, &title_style, model_text(s->model, "title"), 0, 30,
		tag_new(s->sect, "H1", NULL, NULL));
	add_adopted(s, b);
	block_pad(b, MM(5));
	block_rule(b, 0, s->width, 1.2, COLOUR_INK);
	block_pad(b, MM(7));
	if (preamble) {
		add_prose(s, b, &preamble_style, preamble, 0, 17, s->sect);
		block_space(b, MM(8));
	}
	flow_add(s->flow, b);
}

/* The number stands on the baseline of the first line, be it the heading or the text. */
static void add_article(struct statement *s, const cJSON *article, int number, struct tag *list)
{
	struct block *b = block_new(s->doc);
	struct tag *item = tag_new(list, "LI", NULL, NULL),
		   *label = tag_new(item, "Lbl", NULL, NULL),
		   *body = tag_new(item, "LBody", NULL, NULL);
	const char *heading = json_text(article, "heading");
	if (heading) {
		add_line(s, b, &heading_style, heading, hang, 16, tag_new(body, "H2", NULL, NULL));
		block_bookmark(b, 0, 0, arena_printf(s->doc->arena, "%d  %s", number, heading));
		block_pad(b, 2);
		block_keep(b, 0, true);
	}
	add_prose(s, b, &text_style, model_text(article, "text"), hang, leading, body);
	struct block_text t = mirror_text(&s->text,
		&(struct block_text){.paragraph = paragraph_of(s->doc->type, &number_style,
					     arena_printf(s->doc->arena, "%d", number), NULL),
			.width = hang,
			.leading = heading ? 16 : leading,
			.tag = label});
	block_beside(b, 0, &t);
	block_space(b, MM(4.5));
	flow_add(s->flow, b);
	doc_forget(s->doc);
}

static void add_heading(struct statement *s, struct block *b)
{
	const char *signing = json_text(s->model, "signing");
	block_space(b, MM(5));
	size_t row = block_rows(b);
	add_line(s, b, &section_style, signatories_word(s), 0, 20,
		tag_new(s->sect, "H2", NULL, NULL));
	block_bookmark(b, row, 0, signatories_word(s));
	if (signing) {
		block_pad(b, MM(1.5));
		add_prose(s, b, &text_style, signing, 0, leading, s->sect);
	}
	block_keep(b, row, true);
}

/*
 * The first row is of one block with the heading, which comes again on the pages of the others. The
 * last rows stay together, so that nobody signs alone on a page.
 */
static void add_signatories(struct statement *s)
{
	enum { COLUMNS = 2, TOGETHER = 3 };
	struct block *b = block_new(s->doc);
	const cJSON *list = json_get(s->model, "signatories"), *next = list->child;
	add_heading(s, b);
	const struct signatures how = {.doc = s->doc,
		.mirror = &s->text,
		.lang = s->lang,
		.signed_word = word_of(s->model, words, "signed"),
		.width = s->width,
		.gap = MM(12),
		.columns = COLUMNS,
		.room = MM(14),
		.has_lines = true,
		.parent = tag_new(s->sect, "Sect", NULL, NULL)};
	size_t left = (model_count(list) + COLUMNS - 1) / COLUMNS;
	size_t last = 1; /* below the space above the heading */
	if (left > TOGETHER) {
		next = signatures_row(b, &how, next);
		left--;
		flow_add(s->flow, b);
		s->is_signing = true;
		b = block_new(s->doc);
	}
	for (; next; left--) {
		if (left == TOGETHER)
			last = block_rows(b);
		next = signatures_row(b, &how, next);
	}
	block_keep(b, last, false);
	flow_add(s->flow, b);
}

static struct flow_frame frame_of(const cJSON *model, struct statement *s)
{
	bool is_letter = strcmp(model_text(model, "paper"), "Letter") == 0;
	return (struct flow_frame){.width = is_letter ? 612 : MM(210),
		.height = is_letter ? 792 : MM(297),
		.left = MM(30),
		.right = MM(30),
		.top = MM(28),
		.bottom = MM(26),
		.context = s,
		.begin = begin_page,
		.end = end_page};
}

enum rc joint_statement_print(struct doc *d, const cJSON *model, struct err *err)
{
	struct statement s = {.doc = d, .model = model, .lang = model_text(model, "lang")};
	const cJSON *article;
	int number = 0;
	(void)err;
	s.frame = frame_of(model, &s);
	core_set_title(d->core, model_text(model, "title"));
	s.flow = flow_new(d, &s.frame);
	s.width = flow_width(s.flow);
	s.page = mirror_for(s.lang, s.frame.width);
	s.text = mirror_for(s.lang, s.width);
	s.sect = tag_new(tag_root(d->tags), "Sect", NULL, NULL);
	add_title(&s);
	struct tag *list = tag_new(s.sect, "L", NULL, NULL);
	cJSON_ArrayForEach(article, json_get(model, "articles"))
		add_article(&s, article, ++number, list);
	add_signatories(&s);
	flow_finish(s.flow);
	return OK;
}
