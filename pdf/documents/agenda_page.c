/* The frame of an agenda: whose it is and for which event, large above the first day. */
#include "pdf/documents/agenda_parts.h"

#include "pdf/documents/session.h"
#include "pdf/layout/running.h"
#include "pdf/page/emblem.h"

static const struct text_style label_style = {
	.family = FONT_SANS, .bold = true, .size = 8.6, .colour = COLOUR_WINE};
static const struct text_style name_style = {
	.family = FONT_SANS, .bold = true, .size = 21, .colour = COLOUR_INK};
static const struct text_style event_style = {
	.family = FONT_SERIF, .size = 11.5, .colour = COLOUR_INK};
static const struct text_style small_style = {
	.family = FONT_SANS, .size = 8.6, .colour = COLOUR_INK_2};
static const struct text_style caption_style = {
	.family = FONT_SANS, .size = 7, .colour = COLOUR_INK_2};
static const struct text_style running_style = {
	.family = FONT_SERIF, .italic = true, .size = 9, .colour = COLOUR_INK_2};

static const double symbol_side = MM(28), event_h = MM(10), leading = 1.15;

static double put(struct agenda *g, struct page *page, const struct text_style *style,
	const char *text, const double box[4], const char *lang, struct tag *tag)
{
	struct slot slot = {.style = style,
		.x = box[0],
		.y = box[1],
		.width = box[2],
		.height = box[3],
		.leading = leading,
		.least = style->size * 0.5};
	slot = mirror_slot(&g->page, &slot);
	return slot_put(g->doc, page, &slot, text, lang, tag);
}

/* The symbol with its caption in the corner; returns the width that it takes from the text. */
static double draw_symbol(struct agenda *g, struct page *page)
{
	if (!g->qr)
		return 0;
	double outer = qr_outer_side(g->qr, symbol_side), quiet = (outer - symbol_side) / 2;
	double x = g->frame.width - g->frame.right - symbol_side, y = g->frame.top;
	const char *caption = session_word(g->model, "always_current");
	page_mark(
		page, tag_new(g->head, "Figure", NULL,
			      arena_printf(g->doc->arena, "QR: %s", model_text(g->person, "qr"))));
	qr_draw(page, g->qr, mirror_x(&g->page, x - quiet, outer), y - quiet, outer);
	struct slot slot = {.style = &caption_style,
		.x = x - MM(3),
		.y = y + symbol_side + MM(1.6),
		.width = symbol_side + MM(3),
		.height = MM(3.6),
		.least = 4,
		.align = ALIGN_RIGHT};
	slot = mirror_slot(&g->page, &slot);
	slot_put(g->doc, page, &slot, caption, NULL, tag_new(g->head, "P", NULL, NULL));
	return symbol_side + MM(7);
}

/* The event: no smaller than its dates below it, and in more lines where its title is long. */
struct event {
	struct slot slot;
	struct slot_fit fit;
};

static struct event place_event(struct agenda *g, double x, double bottom, double width)
{
	struct event e = {.slot = {.style = &event_style,
				  .x = x,
				  .width = width,
				  .height = MM(11),
				  .leading = leading,
				  .least = small_style.size,
				  .shortens = true}};
	e.slot = mirror_slot(&g->page, &e.slot);
	e.fit = slot_fit(g->doc, &e.slot,
		paragraph_of(g->doc->type, &event_style,
			model_text(json_get(g->model, "event"), "title"), NULL));
	double more = e.fit.height - event_style.size * leading;
	e.slot.y = bottom - event_h - (more > 0 ? more : 0);
	return e;
}

static void draw_event(struct agenda *g, struct page *page, const struct event *e, double x)
{
	slot_draw(g->doc, page, &e->slot, &e->fit, tag_new(g->head, "P", NULL, NULL));
	put(g, page, &small_style, session_event_dates(g->doc->arena, g->model),
		(double[4]){x, e->slot.y + e->fit.height + 1, e->slot.width, MM(4)}, NULL,
		tag_new(g->head, "P", NULL, NULL));
}

static void draw_person(struct agenda *g, struct page *page, const double box[4])
{
	const char *affiliation = json_text(g->person, "affiliation"),
		   *lang = json_text(g->person, "lang");
	const double line = MM(4.5), gap = MM(0.5);
	const char *about = doc_about(g->doc, model_text(g->person, "name"));
	double y = box[1], name_h = box[3] - (affiliation ? line : 0);
	y += put(g, page, &name_style, model_text(g->person, "name"),
		     (double[4]){box[0], y, box[2], name_h}, lang,
		     tag_new(g->head, "H1", lang, NULL)) +
	     gap;
	if (affiliation)
		put(g, page, &small_style, affiliation, (double[4]){box[0], y, box[2], line}, NULL,
			tag_new(g->head, "P", NULL, NULL));
	doc_about(g->doc, about);
}

/* Whose it is, large; the event below; returns where the days begin. */
static double draw_head(struct agenda *g, struct page *page)
{
	double x = g->frame.left, y = g->frame.top, width = g->width - draw_symbol(g, page);
	const struct event event = place_event(g, x, y + AGENDA_HEAD - MM(3), width);
	y += put(g, page, &label_style, session_word(g->model, "my_programme"),
		     (double[4]){x, y - 2, width, 12}, NULL, tag_new(g->head, "P", NULL, NULL)) +
	     MM(0.5);
	draw_person(g, page, (double[4]){x, y, width, event.slot.y - MM(2) - y});
	draw_event(g, page, &event, x);
	return g->frame.top + AGENDA_HEAD;
}

double agenda_begin_page(void *context, const struct flow_page *page, double top)
{
	struct agenda *g = context;
	bool is_first = !g->has_begun;
	g->has_begun = true;
	return is_first ? draw_head(g, page->page) : top;
}

/* A page that goes on says whose it is and which day. */
static void put_running(struct agenda *g, const struct flow_page *page)
{
	const struct running_part whose = {&running_style, model_text(g->person, "name")},
				  day = {&running_style, page->first};
	running_put(g->doc, page->page,
		&(struct running){.x = mirror_x(&g->page, g->frame.left, g->width),
			.y = g->frame.top - MM(7),
			.width = g->width,
			.left = g->page.is_on ? day : whose,
			.right = g->page.is_on ? whose : day});
}

void agenda_end_page(void *context, const struct flow_page *page)
{
	struct agenda *g = context;
	const char *note = json_text(g->model, "note");
	const double foot = g->frame.height - MM(9), emblem = MM(4);
	if (page->number > 1)
		put_running(g, page);
	if (note)
		put(g, page->page, &caption_style, note,
			(double[4]){g->frame.left, foot, g->width * 0.9, caption_style.size * 1.3},
			NULL, NULL);
	page_mark(page->page, NULL);
	emblem_draw(page->page,
		mirror_x(&g->page, g->frame.width - g->frame.right - emblem, emblem), foot - 1,
		emblem, COLOUR_BAND);
}
