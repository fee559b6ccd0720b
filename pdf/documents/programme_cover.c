/* The first page: the event on its cloth, and every session in one line that leads to it. */
#include "pdf/documents/programme_parts.h"

#include "pdf/documents/date.h"
#include "pdf/layout/slot.h"
#include "pdf/page/emblem.h"

static const struct text_style network_style = {
	.family = FONT_SANS, .size = 11, .colour = COLOUR_ON_BAND_2};
static const struct text_style title_style = {
	.family = FONT_SERIF, .bold = true, .size = 36, .colour = COLOUR_ON_BAND};
static const struct text_style dates_style = {
	.family = FONT_SANS, .size = 12.5, .colour = COLOUR_ON_BAND};
static const struct text_style heading_style = {
	.family = FONT_SERIF, .bold = true, .size = 16, .colour = COLOUR_INK};
static const struct text_style day_style = {
	.family = FONT_SERIF, .bold = true, .size = 11, .colour = COLOUR_INK};
static const struct text_style time_style = {
	.family = FONT_SANS, .bold = true, .tabular = true, .size = 9, .colour = COLOUR_INK_2};
static const struct text_style session_style = {
	.family = FONT_SERIF, .size = 10.5, .colour = COLOUR_INK};
static const struct text_style break_style = {
	.family = FONT_SERIF, .italic = true, .size = 10.5, .colour = COLOUR_INK_2};
static const struct text_style room_style = {
	.family = FONT_SANS, .size = 9, .colour = COLOUR_INK_2};
static const struct text_style number_style = {
	.family = FONT_SANS, .tabular = true, .size = 9, .colour = COLOUR_INK};

static const double band_h = MM(84), band_x = MM(20), time_w = MM(13), room_w = MM(32),
		    number_w = MM(9), leading = 14;

/* A text that grows smaller to fit its place on the cloth; returns its height. */
static double put(struct programme *p, struct page *page, const struct text_style *style,
	const char *text, double y, double height, struct tag *tag)
{
	struct slot slot = {.style = style,
		.x = band_x,
		.y = y,
		.width = p->width,
		.height = height,
		.leading = 1.15,
		.least = style->size * 0.4};
	return slot_put(p->doc, page, &slot, text, NULL, tag);
}

double programme_cover(struct programme *p, struct page *page)
{
	const char *network = json_text(json_get(p->model, "event"), "network");
	struct tag *sect = p->cover;
	double y = MM(19), bleed = MM(3);
	page_mark(page, NULL);
	page_rect(page, -bleed, -bleed, page_width(page) + 2 * bleed, band_h + bleed, COLOUR_BAND);
	page_rect(page, -bleed, band_h, page_width(page) + 2 * bleed, MM(1.2), COLOUR_OCHRE_FILL);
	emblem_draw(page, page_width(page) - band_x - MM(13), MM(18), MM(13), COLOUR_ON_BAND);
	if (network)
		put(p, page, &network_style, network, y, MM(6), tag_new(sect, "P", NULL, NULL));
	y += MM(16);
	y += put(p, page, &title_style, p->title, y, MM(32), tag_new(sect, "H1", NULL, NULL));
	put(p, page, &dates_style, p->dates, y + MM(3), MM(7), tag_new(sect, "P", NULL, NULL));
	return band_h + MM(13);
}

/* Time, title, room and page of one session, in one row or as many as its title needs. */
static void add_session(struct programme *p, struct block *b, const cJSON *session,
	struct place *place, struct tag *contents)
{
	struct doc *d = p->doc;
	bool is_break = programme_is_break(session);
	const char *title = model_text(session, "title"), *room = json_text(session, "room");
	double x = PROGRAMME_GLANCE, room_x = p->width - number_w - room_w;
	size_t row = block_rows(b);
	struct tag *item = tag_new(contents, "TOCI", NULL, NULL);
	struct tag *time = tag_new(item, "Lbl", NULL, NULL);
	struct tag *link = tag_new(item, is_break ? "P" : "Link", NULL, NULL);
	const struct text_style *style = is_break ? &break_style : &session_style;
	block_text(b, &(struct block_text){.paragraph = paragraph_of(d->type, style, title, NULL),
			      .x = x + time_w,
			      .width = room_x - x - time_w - MM(4),
			      .leading = leading,
			      .tag = link,
			      .link = is_break ? NULL : place,
			      .link_description = title});
	block_beside(b, row,
		&(struct block_text){.paragraph = paragraph_of(d->type, &time_style,
					     model_text(session, "start"), NULL),
			.x = x,
			.width = time_w,
			.leading = leading,
			.tag = time});
	if (room)
		block_beside(b, row,
			&(struct block_text){
				.paragraph = paragraph_of(d->type, &room_style, room, NULL),
				.x = room_x,
				.width = room_w,
				.leading = leading,
				.tag = tag_new(item, "P", NULL, NULL)});
	if (!is_break)
		block_page_number(b, row,
			&(struct block_number){.place = place,
				.style = &number_style,
				.x = p->width,
				.tag = tag_new(item, "P", NULL, NULL)});
	block_keep(b, row, false);
}

static void add_day(struct programme *p, const cJSON *day, size_t index, struct tag *contents)
{
	struct block *b = block_new(p->doc);
	const char *date = date_long(p->doc->arena, p->lang, model_text(day, "on"));
	struct tag *caption = tag_new(contents, "Caption", NULL, NULL);
	const cJSON *session;
	size_t number = 0;
	block_rule(b, 0, p->width, 0.5, COLOUR_LINE);
	block_pad(b, MM(2));
	size_t first = block_rows(b);
	cJSON_ArrayForEach(session, json_get(day, "sessions"))
		add_session(p, b, session, p->places[index][number++], contents);
	block_beside(b, first,
		&(struct block_text){
			.paragraph = paragraph_of(p->doc->type, &day_style, date, NULL),
			.width = PROGRAMME_GLANCE - MM(6),
			.leading = leading,
			.tag = caption});
	block_space(b, MM(3));
	block_keep(b, 0, false);
	flow_add(p->flow, b);
}

void programme_glance(struct programme *p)
{
	struct tag *root = tag_root(p->doc->tags);
	struct block *b = block_new(p->doc);
	const cJSON *day;
	size_t index = 0;
	/* The cover is drawn when the first block opens the page, but is read before it. */
	p->cover = tag_new(root, "Sect", NULL, NULL);
	struct tag *sect = tag_new(root, "Sect", NULL, NULL);
	block_text(b, &(struct block_text){.paragraph = paragraph_of(p->doc->type, &heading_style,
						   programme_word(p, "at_a_glance"), NULL),
			      .width = p->width,
			      .leading = 20,
			      .tag = tag_new(sect, "H2", NULL, NULL)});
	block_pad(b, MM(2));
	flow_add(p->flow, b);
	cJSON_ArrayForEach(day, json_get(p->model, "days"))
		add_day(p, day, index++, tag_new(sect, "TOC", NULL, NULL));
}
