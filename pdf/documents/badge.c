/* Fixed places in millimetres from the top left; only the type inside them gives way. */
#include "pdf/documents/logos.h"

#include "pdf/documents/date.h"
#include "pdf/layout/slot.h"
#include "pdf/page/emblem.h"
#include "pdf/page/qr.h"

enum { MAX_ROLE = 6 };

/* The cloth, then the six hues of the pages; white on each has a contrast of 6.5 and more. */
static const unsigned role_colours[MAX_ROLE + 1] = {
	COLOUR_BAND, 0x0f5f6b, 0x2d4f9e, 0x50611a, 0x8f3f1d, 0x6a3d8f, 0x4a5560};

static const struct text_style title_style = {
	.family = FONT_SERIF, .bold = true, .size = 15, .colour = COLOUR_ON_BAND};
static const struct text_style date_style = {
	.family = FONT_SANS, .size = 8.5, .colour = COLOUR_ON_BAND_2};
static const struct text_style name_style = {
	.family = FONT_SANS, .bold = true, .size = 44, .colour = COLOUR_INK};
static const struct text_style said_style = {
	.family = FONT_SERIF, .italic = true, .size = 14, .colour = COLOUR_INK_2};
static const struct text_style pronoun_style = {
	.family = FONT_SANS, .size = 12, .colour = COLOUR_INK_2};
static const struct text_style affiliation_style = {
	.family = FONT_SANS, .size = 13, .colour = COLOUR_INK};
static const struct text_style code_style = {
	.family = FONT_SANS, .bold = true, .tabular = true, .size = 12, .colour = COLOUR_INK};
static const struct text_style role_style = {
	.family = FONT_SANS, .bold = true, .size = 25, .colour = COLOUR_WHITE};

struct press {
	struct doc *doc;
	const char *title, *dates;
	struct logos logo; /* the event's first, or none */
	struct page *page; /* of the badge in hand */
	struct tag *sect;
};

/*
 * From the top: the cloth with the event, its ochre rule, the name and what goes with it, then in
 * one line the affiliation above the code on the left and the symbol on the right, and the band of
 * the role. Bands bleed over the edge, for sheets that are cut.
 */
static const double page_w = MM(105), page_h = MM(148), margin = MM(9), bleed = MM(3);
static const double band_h = MM(27), rule_h = MM(1), role_h = MM(20);
static const double symbol_side = MM(30);

/* The emblem, or in its place a label on the cloth with the event's logo. */
static const double emblem_side = MM(10), logo_w = MM(26), logo_h = MM(11), logo_pad = MM(2);

/* Draws the text in its slot and returns its height. */
static double put(
	struct press *p, const struct slot *s, const char *text, const char *lang, const char *tag)
{
	return slot_put(p->doc, p->page, s, text, lang, tag_new(p->sect, tag, lang, NULL));
}

/* Returns the width of what was drawn. */
static double draw_mark(struct press *p)
{
	if (!p->logo.n) {
		emblem_draw(
			p->page, margin, (band_h - emblem_side) / 2, emblem_side, COLOUR_ON_BAND);
		return emblem_side;
	}
	const struct image *logo = p->logo.images[0];
	double height, width = image_fit(logo, logo_w, logo_h, &height);
	width += 2 * logo_pad;
	height += 2 * logo_pad;
	if (height < emblem_side)
		height = emblem_side;
	double y = (band_h - height) / 2;
	page_rect(p->page, margin, y, width, height, COLOUR_WHITE);
	image_draw(p->page, logo, margin + logo_pad, y + logo_pad, width - 2 * logo_pad,
		height - 2 * logo_pad, image_tag(logo, p->sect));
	return width;
}

/* The cloth along the top, with the event. */
static void draw_band(struct press *p)
{
	struct slot s = {.style = &title_style, .leading = 1.15};
	s.y = MM(5);
	s.height = MM(12.5);
	s.vertical = SLOT_BOTTOM;
	page_mark(p->page, NULL);
	page_rect(p->page, -bleed, -bleed, page_w + 2 * bleed, band_h + bleed, COLOUR_BAND);
	page_rect(p->page, -bleed, band_h, page_w + 2 * bleed, rule_h, COLOUR_OCHRE_FILL);
	s.x = margin + draw_mark(p) + MM(4);
	s.width = page_w - s.x - margin;
	put(p, &s, p->title, NULL, "P");
	s.style = &date_style;
	s.y += s.height;
	s.height = MM(5);
	s.vertical = SLOT_TOP;
	s.leading = 1.4;
	put(p, &s, p->dates, NULL, "P");
}

static void draw_role(struct press *p, const cJSON *badge)
{
	struct slot s = {.style = &role_style,
		.x = margin,
		.y = page_h - role_h,
		.width = page_w - 2 * margin,
		.height = role_h,
		.leading = 1,
		.vertical = SLOT_MIDDLE};
	page_mark(p->page, NULL);
	page_rect(p->page, -bleed, s.y, page_w + 2 * bleed, role_h + bleed,
		role_colours[json_int(badge, "role_number", 0)]);
	put(p, &s, model_text(badge, "role"), NULL, "P");
}

/* The name in what room is left above its companions, and these below it. */
static void draw_name(struct press *p, const cJSON *badge, double bottom)
{
	enum { SAID_H = 20, PRONOUNS_H = 18 };
	const char *said = json_text(badge, "said_name"), *pronouns = json_text(badge, "pronouns");
	struct slot s = {.style = &name_style,
		.x = margin,
		.y = band_h + rule_h + MM(8),
		.width = page_w - 2 * margin,
		.leading = 1.1,
		.at = WRAP_BLANKS};
	s.height = bottom - s.y - MM(1.5) - (said ? SAID_H : 0) - (pronouns ? PRONOUNS_H : 0);
	s.y += put(p, &s, model_text(badge, "name"), json_text(badge, "lang"), "H1") + MM(1.5);
	s.at = WRAP_ANY;
	s.leading = 1.3;
	if (said) {
		s.style = &said_style;
		s.height = SAID_H;
		s.y += put(p, &s, said, NULL, "P");
	}
	if (pronouns) {
		s.style = &pronoun_style;
		s.height = PRONOUNS_H;
		put(p, &s, pronouns, NULL, "P");
	}
}

/* Affiliation and printed code to the left of the symbol, in line with its top and bottom. */
static void draw_foot(struct press *p, const cJSON *badge, const struct qr *qr, double x, double y)
{
	const char *affiliation = json_text(badge, "affiliation"),
		   *code = model_text(badge, "code");
	double outer = qr_outer_side(qr, symbol_side), quiet = (outer - symbol_side) / 2;
	struct slot s = {.style = &affiliation_style,
		.x = margin,
		.y = y + quiet - 1.5,
		.width = x - margin,
		.height = symbol_side - MM(7),
		.leading = 1.28};
	if (affiliation)
		put(p, &s, affiliation, NULL, "P");
	struct tag *figure =
		tag_new(p->sect, "Figure", NULL, arena_printf(p->doc->arena, "QR: %s", code));
	page_mark(p->page, figure);
	qr_draw(p->page, qr, x, y, outer);
	s.style = &code_style;
	s.height = MM(5);
	s.y = y + quiet + symbol_side - s.height + 1.5;
	s.leading = 1;
	s.vertical = SLOT_BOTTOM;
	put(p, &s, code, NULL, "P");
}

static enum rc draw_badge(struct press *p, const cJSON *badge, int index, struct err *err)
{
	struct qr qr;
	if (qr_make(p->doc->arena, model_text(badge, "qr"), &qr, err) != OK)
		return err_field(err, arena_printf(p->doc->arena, "badges.%d.qr", index),
			"This is too long to be scanned from a badge: at most %d bytes",
			QR_MAX_BYTES);
	p->page = doc_page(p->doc, page_w, page_h);
	p->sect = tag_new(tag_root(p->doc->tags), "Sect", NULL, NULL);
	double outer = qr_outer_side(&qr, symbol_side), quiet = (outer - symbol_side) / 2;
	double x = page_w - margin - symbol_side - quiet, y = page_h - role_h - outer;
	draw_name(p, badge, y + quiet - MM(3));
	draw_foot(p, badge, &qr, x, y);
	draw_role(p, badge);
	draw_band(p);
	page_close(p->page);
	doc_forget(p->doc);
	return OK;
}

enum rc badge_print(struct doc *d, const cJSON *model, struct err *err)
{
	const cJSON *event = json_get(model, "event"), *badge;
	const char *place = json_text(event, "place");
	struct press p = {.doc = d, .title = model_text(event, "title")};
	int index = 0;
	TRY(logos_load(d, event, 1, logo_w, logo_h, &p.logo, err));
	core_set_title(d->core, arena_printf(d->arena, "%s: badges", p.title));
	p.dates = date_span(d->arena, model_text(model, "lang"), model_text(event, "starts_on"),
		model_text(event, "ends_on"));
	if (place)
		p.dates = arena_printf(d->arena, "%s, %s", place, p.dates);
	cJSON_ArrayForEach(badge, json_get(model, "badges"))
	{
		doc_about(d, model_text(badge, "name"));
		TRY(draw_badge(&p, badge, index++, err));
	}
	return OK;
}
