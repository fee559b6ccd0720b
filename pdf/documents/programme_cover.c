/* The first page: the event on its cloth, and every session in one line that leads to it. */
#include "pdf/documents/programme_parts.h"

#include "pdf/documents/date.h"
#include "pdf/layout/slot.h"
#include "pdf/page/emblem.h"

#include <math.h>

static const struct text_style network_style = {
	.family = FONT_SANS, .size = 11, .colour = COLOUR_ON_BAND_2};
static const struct text_style title_style = {
	.family = FONT_SERIF, .bold = true, .size = 36, .colour = COLOUR_ON_BAND};
static const struct text_style dates_style = {
	.family = FONT_SANS, .size = 12.5, .colour = COLOUR_ON_BAND};
static const struct text_style heading_style = {
	.family = FONT_SERIF, .bold = true, .size = 16, .colour = COLOUR_INK};
/* The list: as it should be, and a little tighter. */
static const struct contents_look {
	struct text_style day, time, session, pause, room, number;
	double leading, gap;
} usual = {.day = {.family = FONT_SERIF, .bold = true, .size = 11, .colour = COLOUR_INK},
	.time = {.family = FONT_SANS,
		.bold = true,
		.tabular = true,
		.size = 9,
		.colour = COLOUR_INK_2},
	.session = {.family = FONT_SERIF, .size = 10.5, .colour = COLOUR_INK},
	.pause = {.family = FONT_SERIF, .italic = true, .size = 10.5, .colour = COLOUR_INK_2},
	.room = {.family = FONT_SANS, .size = 9, .colour = COLOUR_INK_2},
	.number = {.family = FONT_SANS, .tabular = true, .size = 9, .colour = COLOUR_INK},
	.leading = 14,
	.gap = MM(3)},
  tight = {.day = {.family = FONT_SERIF, .bold = true, .size = 10, .colour = COLOUR_INK},
	  .time = {.family = FONT_SANS,
		  .bold = true,
		  .tabular = true,
		  .size = 8,
		  .colour = COLOUR_INK_2},
	  .session = {.family = FONT_SERIF, .size = 9.3, .colour = COLOUR_INK},
	  .pause = {.family = FONT_SERIF, .italic = true, .size = 9.3, .colour = COLOUR_INK_2},
	  .room = {.family = FONT_SANS, .size = 8, .colour = COLOUR_INK_2},
	  .number = {.family = FONT_SANS, .tabular = true, .size = 8, .colour = COLOUR_INK},
	  .leading = 11.8,
	  .gap = MM(1.6)};

static const double band_h = MM(84), band_gap = MM(13), band_x = MM(20), time_w = MM(13),
		    room_w = MM(32), number_w = MM(9);

/* A text that grows smaller to fit its place on the cloth; returns its height. */
static double put(struct programme *p, struct page *page, const struct text_style *style,
	const struct paragraph *text, double y, double height, struct tag *tag)
{
	struct slot slot = {.style = style,
		.x = band_x,
		.y = y,
		.width = p->width,
		.height = height,
		.leading = 1.15,
		.least = style->size * 0.4};
	slot = mirror_slot(&p->page, &slot);
	return slot_put_paragraph(p->doc, page, &slot, text, tag);
}

/* Where the list at a glance may begin. */
static double cover_end(const struct programme *p)
{
	double logos = logos_row(&p->logos, NULL, &(struct logos_place){.width = p->width});
	return band_h + band_gap + (logos > 0 ? logos + MM(7) : 0);
}

double programme_cover(struct programme *p, struct page *page)
{
	const char *network = json_text(json_get(p->model, "event"), "network");
	struct tag *sect = p->cover;
	double y = MM(19), bleed = MM(3), below = page_height(page) - band_h, rule = MM(1.2);
	double logos = logos_row(&p->logos, NULL, &(struct logos_place){.width = p->width});
	double cloth = p->has_whole_cover ? page_height(page) - (logos > 0 ? logos + MM(24) : rule)
					  : band_h;
	page_mark(page, NULL);
	page_rect(page, -bleed, -bleed, page_width(page) + 2 * bleed, cloth + bleed, COLOUR_BAND);
	page_rect(page, -bleed, cloth, page_width(page) + 2 * bleed,
		p->has_whole_cover && logos == 0 ? rule + bleed : rule, COLOUR_OCHRE_FILL);
	emblem_draw(page, mirror_x(&p->page, p->page.width - band_x - MM(13), MM(13)), MM(18),
		MM(13), COLOUR_ON_BAND);
	if (network)
		put(p, page, &network_style,
			paragraph_of(p->doc->type, &network_style, network, NULL), y, MM(6),
			tag_new(sect, "P", NULL, NULL));
	/* Alone on its page, the title stands a third down. */
	y += p->has_whole_cover ? below / 3 : MM(16);
	y += put(p, page, &title_style, paragraph_of(p->doc->type, &title_style, p->title, NULL), y,
		MM(32), tag_new(sect, "H1", NULL, NULL));
	put(p, page, &dates_style, mirror_phrase(&p->page, p->doc, &dates_style, p->dates),
		y + MM(3), MM(7), tag_new(sect, "P", NULL, NULL));
	logos_row(&p->logos, page,
		&(struct logos_place){.mirror = p->page,
			.x = band_x,
			.y = cloth + rule + MM(9),
			.width = p->width,
			.sect = sect});
	return cover_end(p);
}

/* The right edge of the numbers: they stand at the outer edge of the list. */
static double number_x(const struct programme *p, const struct contents_look *look)
{
	const double two_figures = look->number.size * 1.2;
	return mirror_x(&p->text, p->width - two_figures, two_figures) + two_figures;
}

/* Time, title, room and page of one session, in one row or as many as its title needs. */
static void add_session(struct programme *p, struct block *b, const struct contents_look *look,
	const cJSON *session, struct place *place, struct tag *contents)
{
	struct doc *d = p->doc;
	bool is_break = session_shape(session) == SESSION_BREAK;
	const char *title = model_text(session, "title"), *room = json_text(session, "room");
	double x = PROGRAMME_GLANCE, room_x = p->width - number_w - room_w;
	size_t row = block_rows(b);
	struct tag *item = tag_new(contents, "TOCI", NULL, NULL);
	struct tag *time = tag_new(item, "Lbl", NULL, NULL);
	struct tag *link = tag_new(item, is_break ? "P" : "Link", NULL, NULL);
	const struct text_style *style = is_break ? &look->pause : &look->session;
	programme_text(p, b,
		&(struct block_text){.paragraph = paragraph_of(d->type, style, title, NULL),
			.x = x + time_w,
			.width = room_x - x - time_w - MM(4),
			.leading = look->leading,
			.tag = link,
			.link = is_break ? NULL : place,
			.link_description = title});
	programme_beside(p, b, row,
		&(struct block_text){.paragraph = paragraph_of(d->type, &look->time,
					     model_text(session, "start"), NULL),
			.x = x,
			.width = time_w,
			.leading = look->leading,
			.tag = time});
	if (room)
		programme_beside(p, b, row,
			&(struct block_text){
				.paragraph = paragraph_of(d->type, &look->room, room, NULL),
				.x = room_x,
				.width = room_w,
				.leading = look->leading,
				.tag = tag_new(item, "P", NULL, NULL)});
	if (!is_break)
		block_page_number(b, row,
			&(struct block_number){.place = place,
				.style = &look->number,
				.x = number_x(p, look),
				.tag = tag_new(item, "P", NULL, NULL)});
	block_keep(b, row, false);
}

/* The weekday is not broken where a line end before it costs no line. */
static struct paragraph *date_beside(
	struct programme *p, const struct contents_look *look, const char *on, double width)
{
	struct arena *a = p->doc->arena;
	struct typesetter *type = p->doc->type;
	struct paragraph *plain = paragraph_of(type, &look->day, date_long(a, p->lang, on), NULL);
	struct paragraph *parted =
		paragraph_of(type, &look->day, date_in_lines(a, p->lang, on), NULL);
	size_t n_plain = paragraph_wrap(type, plain, width, WRAP_ANY).n_lines;
	return paragraph_wrap(type, parted, width, WRAP_ANY).n_lines > n_plain ? plain : parted;
}

static struct block *day_block(struct programme *p, const struct contents_look *look,
	const cJSON *day, size_t index, struct tag *contents)
{
	struct block *b = block_new(p->doc);
	const double date_w = PROGRAMME_GLANCE - MM(6);
	struct tag *caption = tag_new(contents, "Caption", NULL, NULL);
	const cJSON *session;
	size_t number = 0;
	block_rule(b, 0, p->width, 0.5, COLOUR_LINE);
	block_pad(b, MM(2));
	size_t first = block_rows(b);
	cJSON_ArrayForEach(session, json_get(day, "sessions"))
		add_session(p, b, look, session, p->places[index][number++], contents);
	programme_beside(p, b, first,
		&(struct block_text){
			.paragraph = date_beside(p, look, model_text(day, "on"), date_w),
			.width = date_w,
			.leading = look->leading,
			.tag = caption});
	block_space(b, look->gap);
	block_keep(b, 0, false);
	return b;
}

static struct block *heading_block(struct programme *p, struct tag *sect)
{
	struct block *b = block_new(p->doc);
	const char *heading = session_word(p->model, "at_a_glance");
	programme_text(p, b,
		&(struct block_text){
			.paragraph = paragraph_of(p->doc->type, &heading_style, heading, NULL),
			.width = p->width,
			.leading = 20,
			.tag = tag_new(sect, "H2", NULL, NULL)});
	if (p->has_whole_cover)
		block_running(b, 0, heading);
	block_pad(b, MM(2));
	return b;
}

/* Of the whole list. */
static double list_height(struct programme *p, const struct contents_look *look)
{
	struct tag *unwritten = doc_unwritten(p->doc);
	double height = block_height(heading_block(p, unwritten));
	const cJSON *day;
	size_t index = 0;
	cJSON_ArrayForEach(day, json_get(p->model, "days")) height +=
		block_height(day_block(p, look, day, index++, unwritten));
	doc_forget(p->doc);
	return height - look->gap; /* the last one is white */
}

/*
 * On the cover if the list fits there, tighter if need be; else the cloth takes the whole cover and
 * the list the pages behind it, tighter if that saves one.
 */
static const struct contents_look *choose_look(struct programme *p)
{
	double on_cover = p->bottom - cover_end(p), page = p->bottom - p->top;
	double height = list_height(p, &usual), least = list_height(p, &tight);
	p->has_whole_cover = least > on_cover;
	if (height <= on_cover)
		return &usual;
	return !p->has_whole_cover || ceil(least / page) < ceil(height / page) ? &tight : &usual;
}

static void add_whole_cover(struct programme *p)
{
	struct block *b = block_new(p->doc);
	block_pad(b, 1);
	flow_add(p->flow, b);
	flow_new_page(p->flow);
}

void programme_glance(struct programme *p)
{
	struct tag *root = tag_root(p->doc->tags);
	const struct contents_look *look = choose_look(p);
	const cJSON *day;
	size_t index = 0;
	/* The cover is drawn when the first block opens the page, but is read before it. */
	p->cover = tag_new(root, "Sect", NULL, NULL);
	struct tag *sect = tag_new(root, "Sect", NULL, NULL);
	if (p->has_whole_cover)
		add_whole_cover(p);
	flow_add(p->flow, heading_block(p, sect));
	cJSON_ArrayForEach(day, json_get(p->model, "days")) flow_add(
		p->flow, day_block(p, look, day, index++, tag_new(sect, "TOC", NULL, NULL)));
}
