/* The frame of a review pack: its cover, the list that leads to the submissions, heads and feet. */
#include "pdf/documents/review_pack_parts.h"

#include "pdf/documents/date.h"
#include "pdf/documents/hues.h"
#include "pdf/layout/prose.h"
#include "pdf/layout/running.h"
#include "pdf/page/emblem.h"

#include <string.h>

static const struct text_style edge_style = {
	.family = FONT_SANS, .tabular = true, .size = 9, .colour = COLOUR_INK_2};
static const struct text_style event_style = {
	.family = FONT_SANS, .size = 11, .colour = COLOUR_INK_2};
static const struct text_style kind_style = {
	.family = FONT_SANS, .bold = true, .size = 12, .colour = COLOUR_WINE};
static const struct text_style label_style = {
	.family = FONT_SERIF, .bold = true, .size = 40, .colour = COLOUR_INK};
static const struct text_style heading_style = {
	.family = FONT_SERIF, .bold = true, .size = 16, .colour = COLOUR_INK};
static const struct text_style deadline_style = {
	.family = FONT_SANS, .bold = true, .size = 14, .colour = COLOUR_INK};
static const struct text_style fact_style = {
	.family = FONT_SANS, .size = 11, .colour = COLOUR_INK_2};
static const struct text_style prose_style = {
	.family = FONT_SERIF, .size = 12, .colour = COLOUR_INK};
static const struct text_style code_style = {
	.family = FONT_SANS, .tabular = true, .size = 10, .colour = COLOUR_INK_2};
static const struct text_style item_style = {
	.family = FONT_SERIF, .size = 12, .colour = COLOUR_INK};
static const struct text_style number_style = {
	.family = FONT_SANS, .tabular = true, .size = 10.5, .colour = COLOUR_INK};

static const struct flow_frame a4 = {.width = MM(210),
	.height = MM(297),
	.left = PACK_MARGIN,
	.right = PACK_MARGIN,
	.top = MM(26),
	.bottom = MM(23)};

/* ---- pieces -------------------------------------------------------------------------------- */

void pack_beside(const struct pack *p, struct block *b, size_t row, const struct pack_text *t)
{
	const double leading = t->leading > 0 ? t->leading : 1.3;
	struct block_text text = {.paragraph = t->paragraph,
		.x = t->x,
		.width = t->width > 0 ? t->width : p->width - t->x,
		.leading = t->style->size * leading,
		.align = t->align,
		.tag = t->tag,
		.balance = t->balance};
	if (!text.paragraph)
		text.paragraph = paragraph_of(p->doc->type, t->style, t->text, t->lang);
	text = mirror_text(&p->text, &text);
	block_beside(b, row, &text);
}

void pack_add(const struct pack *p, struct block *b, const struct pack_text *t)
{
	pack_beside(p, b, block_rows(b), t);
}

void pack_theme(const struct pack *p, struct block *b, size_t row, double x,
	const struct text_style *style, const cJSON *theme, struct tag *tag)
{
	struct text_style letter = *style;
	letter.bold = true;
	letter.colour = COLOUR_WHITE;
	double side = style->size * 1.25;
	block_chip(b, row,
		&(struct block_chip){
			.letter = paragraph_of(p->doc->type, sign_style(p->doc, &letter, 0.9),
				model_text(theme, "letter"), NULL),
			.x = mirror_x(&p->text, x, side),
			.side = side,
			.colour = hue_colour((int)json_int(theme, "hue", 0)),
			.tag = tag});
	pack_beside(p, b, row,
		&(struct pack_text){.style = style,
			.text = model_text(theme, "name"),
			.x = x + side + MM(1.8),
			.tag = tag});
}

/* ---- pages --------------------------------------------------------------------------------- */

static bool is_summary(const struct pack *p)
{
	return strcmp(model_text(p->model, "variant"), "summary") == 0;
}

static double put(const struct pack *p, struct page *page, const struct text_style *style,
	const char *text, double y, double height, const char *tag)
{
	struct slot slot = {.style = style,
		.x = PACK_MARGIN,
		.y = y,
		.width = p->width,
		.height = height,
		.leading = 1.2};
	slot = mirror_slot(&p->page, &slot);
	return slot_put(p->doc, page, &slot, text, NULL, tag_new(p->cover, tag, NULL, NULL));
}

/* The event beside its mark, whose pack it is, and a heavy rule below. */
static double begin_page(void *context, const struct flow_page *page, double top)
{
	struct pack *p = context;
	const cJSON *event = json_get(p->model, "event");
	const double mark = MM(10);
	double y = MM(18);
	if (page->number > 1)
		return is_summary(p) ? pack_summary_head(p, page->page, MM(22), NULL) : top;
	page_mark(page->page, NULL);
	emblem_draw(page->page, mirror_x(&p->page, PACK_MARGIN, mark), y, mark, COLOUR_BAND);
	struct slot slot = {.style = &event_style,
		.x = PACK_MARGIN + mark + MM(4),
		.y = y,
		.width = p->width - mark - MM(4),
		.height = mark,
		.leading = 1.2,
		.vertical = SLOT_MIDDLE};
	slot = mirror_slot(&p->page, &slot);
	slot_put(p->doc, page->page, &slot, model_text(event, "title"), NULL,
		tag_new(p->cover, "P", NULL, NULL));
	y += mark + MM(12);
	y += put(p, page->page, &kind_style,
		sign_word(p->model, is_summary(p) ? "summary" : "review_pack"), y, MM(6), "P");
	y += put(p, page->page, &label_style, model_text(p->model, "label"), y, MM(32), "H1");
	y += MM(4);
	page_mark(page->page, NULL);
	page_rect(page->page, PACK_MARGIN, y, p->width, 1.6, COLOUR_INK);
	if (is_summary(p))
		return pack_summary_head(p, page->page, y + MM(6), p->table);
	return y + MM(7);
}

static struct edge_line edge_at(const struct pack *p, double y, enum align align)
{
	return (struct edge_line){
		.style = &edge_style, .x = PACK_MARGIN, .y = y, .width = p->width, .align = align};
}

/* The title stands in full on the cover. */
static void draw_foot(const struct pack *p, struct page *page)
{
	const double width = p->width * 0.8;
	const struct running_part none = {&edge_style, NULL},
				  text = {&edge_style,
					  arena_printf(p->doc->arena, "%s · %s",
						  sign_word(p->model, "confidential"),
						  model_text(
							  json_get(p->model, "event"), "title"))};
	running_put(p->doc, page,
		&(struct running){.x = mirror_x(&p->page, PACK_MARGIN, width),
			.y = a4.height - MM(15),
			.width = width,
			.left = p->page.is_on ? none : text,
			.right = p->page.is_on ? text : none});
}

static void end_page(void *context, const struct flow_page *page)
{
	struct pack *p = context;
	struct edge_line head = edge_at(p, MM(13), ALIGN_LEFT);
	head.width /= 2;
	draw_foot(p, page->page);
	if (page->number == 1)
		return;
	sign_edge(p->doc, page->page, &head, model_text(p->model, "label"));
	head.x += head.width;
	head.align = ALIGN_RIGHT;
	if (page->first)
		sign_edge(p->doc, page->page, &head, page->first);
	page_mark(page->page, NULL);
	page_rect(page->page, PACK_MARGIN, MM(18.5), p->width, 0.6, COLOUR_LINE);
}

static void number_page(void *context, const struct flow_page *page, int n_pages)
{
	struct pack *p = context;
	struct edge_line foot = edge_at(p, a4.height - MM(15), ALIGN_RIGHT);
	sign_edge(p->doc, page->page, &foot,
		sign_page_of(p->doc->arena, p->model, page->number, n_pages));
}

/* ---- the cover ----------------------------------------------------------------------------- */

/* "Return by Friday 12 March 2027, 18:00 (Leicester time)", with the bar of what is due. */
static void add_deadline(struct pack *p, const cJSON *deadline)
{
	struct arena *a = p->doc->arena;
	struct block *b = block_new(p->doc);
	const double bar = MM(1.4);
	const char *at = json_text(deadline, "at"), *zone = json_text(deadline, "zone"),
		   *to = json_text(deadline, "to");
	const char *when = date_long(a, p->doc->lang, model_text(deadline, "on"));
	if (at)
		when = arena_printf(a, "%s, %s", when, at);
	if (zone)
		when = arena_printf(a, "%s (%s)", when, zone);
	const char *const line[] = {sign_word(p->model, "deadline"), when};
	pack_add(p, b,
		&(struct pack_text){.style = &deadline_style,
			.paragraph = mirror_line(&p->text, p->doc, &deadline_style, line, 2, " "),
			.x = MM(5),
			.tag = tag_new(p->cover, "P", NULL, NULL)});
	if (to)
		pack_add(p, b,
			&(struct pack_text){.style = &fact_style,
				.text = to,
				.x = MM(5),
				.tag = tag_new(p->cover, "P", NULL, NULL)});
	block_tint(b, 0, mirror_x(&p->text, 0, bar), bar, COLOUR_OCHRE_FILL);
	block_keep(b, 0, false);
	block_space(b, MM(7));
	flow_add(p->flow, b);
}

static void add_instructions(struct pack *p, const char *text)
{
	struct block *b = block_new(p->doc);
	const double width = MM(140);
	block_prose(b,
		&(struct prose){.style = &prose_style,
			.x = mirror_x(&p->text, 0, width),
			.width = width,
			.leading = 16.5,
			.gap = 6,
			.align = mirror_align(&p->text, ALIGN_LEFT),
			.parent = p->cover},
		text);
	block_space(b, MM(8));
	flow_add(p->flow, b);
}

/* One line of the list: code, title and page, which lead to the submission. */
static void add_item(struct pack *p, struct block *b, const cJSON *submission, struct place *place,
	struct tag *list)
{
	const char *title = model_text(submission, "title"), *lang = json_text(submission, "lang");
	const double number_w = MM(14);
	size_t row = block_rows(b);
	struct tag *item = tag_new(list, "TOCI", NULL, NULL);
	struct tag *code = tag_new(item, "Lbl", NULL, NULL);
	const struct block_text link = mirror_text(
		&p->text, &(struct block_text){
				  .paragraph = paragraph_of(p->doc->type, &item_style, title, lang),
				  .x = PACK_HANG,
				  .width = p->width - PACK_HANG - number_w,
				  .leading = 15.5,
				  .align = mirror_heading(&p->text),
				  .tag = tag_new(item, "Link", lang, NULL),
				  .link = place,
				  .link_description = title});
	block_text(b, &link);
	pack_beside(p, b, row,
		&(struct pack_text){.style = &code_style,
			.text = model_text(submission, "code"),
			.width = PACK_HANG - MM(3),
			.tag = code});
	block_page_number(b, row,
		&(struct block_number){.place = place,
			.style = &number_style,
			.x = mirror_x(&p->text, p->width, 0),
			.is_left = p->text.is_on,
			.tag = tag_new(item, "P", NULL, NULL)});
	block_pad(b, 4);
	block_rule(b, 0, p->width, 0.5, COLOUR_LINE);
	block_pad(b, 4);
	block_keep(b, row, false);
}

static void add_list(struct pack *p, struct place **places)
{
	struct block *b = block_new(p->doc);
	struct tag *sect = tag_new(tag_root(p->doc->tags), "Sect", NULL, NULL);
	const char *heading = sign_word(p->model, "submissions");
	const cJSON *submission;
	size_t i = 0;
	pack_add(p, b,
		&(struct pack_text){.style = &heading_style,
			.text = heading,
			.tag = tag_new(sect, "H2", NULL, NULL)});
	block_bookmark(b, 0, 0, heading);
	block_pad(b, MM(1));
	block_rule(b, 0, p->width, 1, COLOUR_INK);
	block_pad(b, 4);
	block_keep(b, 0, true);
	struct tag *list = tag_new(sect, "TOC", NULL, NULL);
	cJSON_ArrayForEach(submission, json_get(p->model, "submissions"))
		add_item(p, b, submission, places[i++], list);
	flow_add(p->flow, b);
	doc_forget(p->doc);
}

static void add_pack(struct pack *p)
{
	const cJSON *submissions = json_get(p->model, "submissions"), *submission;
	const char *instructions = json_text(p->model, "instructions");
	struct place **places =
		ARENA_ARRAY(p->doc->arena, model_count(submissions), struct place *);
	for (size_t i = 0; i < model_count(submissions); i++)
		places[i] = place_new(p->doc->arena);
	doc_expect(p->doc, model_count(submissions));
	if (is_summary(p)) {
		pack_summary(p);
		return;
	}
	if (json_get(p->model, "deadline"))
		add_deadline(p, json_get(p->model, "deadline"));
	if (instructions)
		add_instructions(p, instructions);
	add_list(p, places);
	cJSON_ArrayForEach(submission, submissions) pack_submission(p, submission, *places++);
}

/* ---- what no schema says ------------------------------------------------------------------- */

static void check_criteria(struct arena *a, const struct pack *p, struct err *err)
{
	const cJSON *criterion;
	size_t n_points = (size_t)(p->to - p->from + 1);
	int i = 0;
	cJSON_ArrayForEach(criterion, json_get(p->model, "criteria"))
	{
		size_t n = model_count(json_get(criterion, "anchors"));
		if (n && n != 2 && n != n_points)
			err_field(err, arena_printf(a, "criteria.%d.anchors", i),
				"Give a word for each of the %d scores, or two for the ends",
				(int)n_points);
		i++;
	}
}

static void check_scores(
	struct arena *a, const struct pack *p, const cJSON *submission, int index, struct err *err)
{
	const cJSON *score;
	double mean = model_number(submission, "mean", p->from);
	int i = 0;
	cJSON_ArrayForEach(score, json_get(submission, "scores"))
	{
		if (score->valuedouble < p->from || score->valuedouble > p->to)
			err_field(err, arena_printf(a, "submissions.%d.scores.%d", index, i),
				"This is not on the scale from %d to %d", p->from, p->to);
		i++;
	}
	if (mean < p->from || mean > p->to)
		err_field(err, arena_printf(a, "submissions.%d.mean", index),
			"This is not on the scale from %d to %d", p->from, p->to);
}

static enum rc check(struct arena *a, const struct pack *p, struct err *err)
{
	const cJSON *submission;
	bool is_anonymous = json_bool(p->model, "anonymous");
	int i = 0;
	check_criteria(a, p, err);
	cJSON_ArrayForEach(submission, json_get(p->model, "submissions"))
	{
		if (is_anonymous && json_get(submission, "authors"))
			err_field(err, arena_printf(a, "submissions.%d.authors", i),
				"Leave the authors out of an anonymous pack");
		check_scores(a, p, submission, i++, err);
	}
	return err->fields ? err_set(err, INVALID, "Nothing was printed: the pack is not in order")
			   : OK;
}

enum rc review_pack_print(struct doc *d, const cJSON *model, struct err *err)
{
	const cJSON *scale = json_get(model, "scale");
	struct pack p = {.doc = d,
		.model = model,
		.from = (int)json_int(scale, "from", 1),
		.to = (int)json_int(scale, "to", 5)};
	struct flow_frame frame = a4;
	TRY(check(d->arena, &p, err));
	core_set_title(d->core,
		arena_printf(d->arena, "%s: %s", model_text(json_get(model, "event"), "title"),
			model_text(model, "label")));
	frame.context = &p;
	frame.begin = begin_page;
	frame.end = end_page;
	frame.total = number_page;
	p.flow = flow_new(d, &frame);
	p.width = flow_width(p.flow);
	p.text = mirror_for(d->lang, p.width);
	p.page = mirror_for(d->lang, frame.width);
	p.cover = tag_new(tag_root(d->tags), "Sect", NULL, NULL);
	if (is_summary(&p))
		p.table = tag_new(tag_root(d->tags), "Table", NULL, NULL);
	add_pack(&p);
	flow_finish(p.flow);
	return OK;
}
