/* The sign of one session: the time beside the word Now, and the title as large as it fits. */
#include "pdf/documents/door_sign_parts.h"

#include "pdf/documents/date.h"
#include "pdf/documents/hues.h"
#include "pdf/documents/session.h"

static const struct text_style now_style = {
	.family = FONT_SANS, .bold = true, .size = 34, .colour = COLOUR_INK};
static const struct text_style hours_style = {
	.family = FONT_SANS, .bold = true, .tabular = true, .size = 50, .colour = COLOUR_INK};
static const struct text_style kind_style = {
	.family = FONT_SANS, .bold = true, .size = 20, .colour = COLOUR_WINE};
static const struct text_style letter_style = {
	.family = FONT_SANS, .bold = true, .size = 20, .colour = COLOUR_WHITE};
static const struct text_style theme_style = {
	.family = FONT_SANS, .size = 18, .colour = COLOUR_INK};
static const struct text_style title_style = {
	.family = FONT_SERIF, .bold = true, .size = 84, .colour = COLOUR_INK};
static const struct text_style name_style = {
	.family = FONT_SANS, .bold = true, .size = 24, .colour = COLOUR_INK};
static const struct text_style quiet_style = {
	.family = FONT_SANS, .size = 24, .colour = COLOUR_INK_2};
static const struct text_style chair_style = {
	.family = FONT_SANS, .size = 17, .colour = COLOUR_INK};
static const struct text_style quiet_chair_style = {
	.family = FONT_SANS, .size = 17, .colour = COLOUR_INK_2};
static const struct text_style room_style = {
	.family = FONT_SERIF, .bold = true, .size = 34, .colour = COLOUR_INK};
static const struct text_style date_style = {
	.family = FONT_SERIF, .size = 16, .colour = COLOUR_INK_2};

enum {
	NOW_W = 40,
	NOW_H = 19,
	KIND_Y = DOOR_TOP + NOW_H + 8,
	CHIP = 10,
	TITLE_Y = KIND_Y + CHIP + 4,
	PEOPLE_H = 34,
	CHAIRS_H = 16,
	ROOM_H = 20,
	GAP = 5,
};

/* Ochre is what is on now, and the word says it too. */
static void draw_hours(const struct door *d, const cJSON *session)
{
	struct door_text t = {.style = &now_style,
		.x = DOOR_MARGIN + 2,
		.y = DOOR_TOP,
		.width = NOW_W - 4,
		.height = NOW_H,
		.leading = 1,
		.vertical = SLOT_MIDDLE,
		.align = ALIGN_CENTRE,
		.tag = "P"};
	page_mark(d->page, NULL);
	page_rect(d->page, door_x(d, DOOR_MARGIN, NOW_W), door_mm(d, DOOR_TOP), door_mm(d, NOW_W),
		door_mm(d, NOW_H), COLOUR_OCHRE_FILL);
	door_put(d, &t, sign_word(d->model, "now"));
	t.style = &hours_style;
	t.align = ALIGN_LEFT;
	t.x = DOOR_MARGIN + NOW_W + 8;
	t.width = DOOR_WIDTH - NOW_W - 8;
	door_put(d, &t, session_hours(d->doc->arena, d->doc->lang, session));
}

/* "Panel", and behind it the theme by letter and word. */
static void draw_kind(const struct door *d, const cJSON *session)
{
	const cJSON *theme = json_get(session, "theme");
	const char *kind = sign_word(d->model, model_text(session, "kind"));
	const double half = DOOR_WIDTH / 2.0, gap = 7;
	struct paragraph *measured = paragraph_of(d->doc->type, &kind_style, kind, NULL);
	double kind_w = paragraph_wrap(d->doc->type, measured, MM(half), WRAP_ANY).width / MM(1);
	struct door_text t = {.style = &kind_style,
		.x = DOOR_MARGIN,
		.y = KIND_Y,
		.width = theme ? half : DOOR_WIDTH,
		.height = CHIP,
		.leading = 1.1,
		.vertical = SLOT_MIDDLE,
		.tag = "P"};
	door_put(d, &t, kind);
	if (!theme)
		return;
	t.x += kind_w + gap;
	page_mark(d->page, NULL);
	page_rect(d->page, door_x(d, t.x, CHIP), door_mm(d, t.y), door_mm(d, CHIP),
		door_mm(d, CHIP), hue_colour((int)json_int(theme, "hue", 0)));
	t.style = &letter_style;
	t.width = CHIP;
	t.align = ALIGN_CENTRE;
	door_put(d, &t, model_text(theme, "letter"));
	t.style = &theme_style;
	t.align = ALIGN_LEFT;
	t.x += CHIP + 3;
	t.width = DOOR_MARGIN + DOOR_WIDTH - t.x;
	door_put(d, &t, model_text(theme, "name"));
}

/* People at the foot of a place that ends at `bottom`; returns where they begin. */
static double draw_people(const struct door *d, const cJSON *list, const struct people *how,
	double bottom, double height)
{
	if (!model_count(list))
		return bottom;
	struct people people = *how;
	people.list = list;
	people.name = sign_style(d->doc, how->name, d->scale);
	people.quiet = sign_style(d->doc, how->quiet, d->scale);
	people.direction = sign_direction(d->model);
	people.tag = door_tag(d, "P", NULL);
	struct slot s = {.style = people.name,
		.x = door_mm(d, DOOR_MARGIN),
		.y = door_mm(d, bottom - height),
		.width = door_mm(d, DOOR_WIDTH),
		.height = door_mm(d, height),
		.leading = 1.25,
		.least = 10 * d->scale,
		.vertical = SLOT_BOTTOM};
	s = mirror_slot(&d->paper, &s);
	double drawn =
		slot_put_paragraph(d->doc, d->page, &s, sign_people(d->doc, &people), people.tag);
	return bottom - drawn / door_mm(d, 1) - GAP;
}

/* Room and date, level with the code. */
static void draw_room(const struct door *d)
{
	const char *lang = model_text(d->model, "lang");
	struct door_text t = {.style = &room_style,
		.x = DOOR_MARGIN,
		.y = door_foot_y(d) - ROOM_H,
		.width = DOOR_WIDTH,
		.height = 12,
		.leading = 1.15,
		.vertical = SLOT_BOTTOM,
		.tag = "P"};
	page_mark(d->page, NULL);
	page_rect(d->page, door_mm(d, DOOR_MARGIN), door_mm(d, t.y - 3), door_mm(d, DOOR_WIDTH),
		door_mm(d, 0.7), COLOUR_INK);
	door_put(d, &t, model_text(d->sign, "room"));
	t.style = &date_style;
	t.y += t.height;
	t.height = 8;
	door_put(d, &t, date_long(d->doc->arena, lang, model_text(d->sign, "on")));
}

void door_session(struct door *d, const cJSON *session)
{
	const char *lang = json_text(session, "lang");
	double bottom = door_foot_y(d) - ROOM_H - 3 - GAP;
	d->page = doc_page(d->doc, door_mm(d, DOOR_PAGE_W), door_mm(d, DOOR_PAGE_H));
	d->sect = tag_new(tag_root(d->doc->tags), "Sect", NULL, NULL);
	struct door_text title = {.style = &title_style,
		.x = DOOR_MARGIN,
		.y = TITLE_Y,
		.width = DOOR_WIDTH,
		.leading = 1.12,
		.least = 14,
		.align = mirror_heading(&d->paper),
		.lang = lang,
		.tag = "H1"};
	doc_about(d->doc, model_text(session, "title"));
	door_head(d);
	draw_hours(d, session);
	draw_kind(d, session);
	const char *chair = sign_word(d->model, "chair");
	bottom = draw_people(d, json_get(session, "chairs"),
		&(struct people){.lead = chair, .name = &chair_style, .quiet = &quiet_chair_style},
		bottom, CHAIRS_H);
	bottom = draw_people(d, json_get(session, "speakers"),
		&(struct people){.name = &name_style, .quiet = &quiet_style}, bottom, PEOPLE_H);
	title.height = bottom - GAP - TITLE_Y;
	door_put(d, &title, model_text(session, "title"));
	draw_room(d);
	door_foot(d);
	page_close(d->page);
	doc_forget(d->doc);
}
