/* The pages around the days. Nothing reaches the edge: a fold is never quite exact. */
#include "pdf/documents/pocket_parts.h"

#include "pdf/page/emblem.h"
#include "pdf/page/qr.h"

#include <string.h>

static double put(struct pocket *k, struct page *page, const struct text_style *style,
	const char *text, const double box[4], struct tag *tag)
{
	struct slot slot = {.style = style,
		.x = box[0],
		.y = box[1],
		.width = box[2],
		.height = box[3],
		.leading = 1.18,
		.least = style->size * 0.5};
	slot = mirror_slot(&k->page, &slot);
	return slot_put(k->doc, page, &slot, text, NULL, tag);
}

void pocket_cover(struct pocket *k)
{
	const cJSON *event = json_get(k->model, "event");
	const char *network = json_text(event, "network");
	struct page *page = doc_page(k->doc, k->width, k->height);
	struct tag *sect = tag_new(tag_root(k->doc->tags), "Sect", NULL, NULL);
	double edge = MM(5) * k->scale, pad = MM(5) * k->scale, x = edge + pad;
	double width = k->width - 2 * x, side = MM(11) * k->scale, bottom = k->height - edge;
	page_mark(page, NULL);
	page_rect(page, edge, edge, k->width - 2 * edge, bottom - edge, COLOUR_BAND);
	page_rect(page, edge, bottom - MM(1) * k->scale, k->width - 2 * edge, MM(1) * k->scale,
		COLOUR_OCHRE_FILL);
	emblem_draw(page, mirror_x(&k->page, x, side), x, side, COLOUR_ON_BAND);
	double y = x + side + MM(7) * k->scale;
	y += put(k, page, &k->styles.title, model_text(event, "title"),
		     (double[4]){x, y, width, bottom - y - MM(30) * k->scale},
		     tag_new(sect, "H1", NULL, NULL)) +
	     MM(3) * k->scale;
	put(k, page, &k->styles.dates, session_event_dates(k->doc->arena, k->model),
		(double[4]){x, y, width, MM(8) * k->scale}, tag_new(sect, "P", NULL, NULL));
	if (network)
		put(k, page, &k->styles.network, network,
			(double[4]){x, bottom - MM(11) * k->scale, width, MM(8) * k->scale},
			tag_new(sect, "P", NULL, NULL));
	page_close(page);
}

void pocket_notes(struct pocket *k)
{
	const double step = MM(6.5) * k->scale, bottom = k->height - k->margin;
	struct page *page = doc_page(k->doc, k->width, k->height);
	double y = k->margin;
	put(k, page, &k->styles.day, session_word(k->model, "notes"),
		(double[4]){k->margin, y, k->inner, MM(6) * k->scale},
		tag_new(tag_root(k->doc->tags), "P", NULL, NULL));
	page_mark(page, NULL);
	for (y += MM(6) * k->scale + step; y < bottom; y += step)
		page_rect(page, k->margin, y, k->inner, 0.5, COLOUR_LINE);
	page_close(page);
}

/* Of a sign in the legend: a letter, or a bar as high. */
static double legend_side(const struct pocket *k)
{
	return MM(3.4) * k->scale;
}

/* What the sign at y stands for; returns the y of the next. */
static double put_meaning(
	struct pocket *k, struct page *page, const char *text, double y, struct tag *item)
{
	double side = legend_side(k);
	put(k, page, &k->styles.quiet, text,
		(double[4]){k->margin + side + MM(1.6) * k->scale, y + 0.4 * k->scale,
			k->inner - side - MM(2) * k->scale, side},
		item);
	return y + MM(5) * k->scale;
}

/* The kinds of sessions of that shape, each once; plain ones are those whose bar has no theme's
 * hue. NULL when there are none. */
static const char *kinds_of(const struct pocket *k, enum session_shape shape)
{
	const char *kinds = NULL;
	const cJSON *day, *session;
	cJSON_ArrayForEach(day, json_get(k->model, "days"))
		cJSON_ArrayForEach(session, json_get(day, "sessions"))
	{
		const char *kind = session_word(k->model, model_text(session, "kind"));
		bool is_by_hue = shape == SESSION_PLAIN && json_get(session, "theme");
		if (session_shape(session) != shape || is_by_hue || (kinds && strstr(kinds, kind)))
			continue;
		kinds = kinds ? arena_printf(k->doc->arena, "%s, %s", kinds, kind) : kind;
	}
	return kinds;
}

static void draw_bar(struct pocket *k, struct page *page, enum session_shape shape, double y)
{
	double bar = MM(0.8) * k->scale, line = 0.7 * k->scale, side = legend_side(k);
	double x = k->margin, width = shape == SESSION_TAUGHT ? line : bar;
	page_rect(page, mirror_x(&k->page, x, width), y, width, side,
		shape == SESSION_PLAIN ? session_theme_hue(NULL) : COLOUR_WINE);
	if (shape == SESSION_TAUGHT)
		page_rect(page, mirror_x(&k->page, x + bar, line), y, line, side, COLOUR_WINE);
}

/* The sign of a shape as the sessions have it; returns where the next one goes. */
static double draw_shape(
	struct pocket *k, struct page *page, struct tag *sect, enum session_shape shape, double y)
{
	const char *kinds = kinds_of(k, shape);
	double side = legend_side(k), x = mirror_x(&k->page, k->margin, side);
	if (!kinds)
		return y;
	page_mark(page, NULL);
	if (shape == SESSION_COMMON)
		page_rect(page, x, y, side, side, COLOUR_WINE_TINT);
	draw_bar(k, page, shape, y);
	return put_meaning(k, page, kinds, y, tag_new(sect, "P", NULL, NULL));
}

static void draw_shapes(struct pocket *k, struct page *page, struct tag *sect, double y)
{
	static const enum session_shape shapes[] = {SESSION_PLAIN, SESSION_COMMON, SESSION_TAUGHT};
	for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
		y = draw_shape(k, page, sect, shapes[i], y);
}

/* Returns where the next sign goes. */
static double draw_themes(struct pocket *k, struct page *page, struct tag *sect, double y)
{
	const cJSON *day, *session;
	struct session_themes t = {.n = 0};
	double side = legend_side(k), x = k->margin;
	cJSON_ArrayForEach(day, json_get(k->model, "days")) cJSON_ArrayForEach(
		session, json_get(day, "sessions")) session_add_themes(&t, session);
	for (size_t i = 0; i < t.n && i < 8; i++) {
		struct tag *item = tag_new(sect, "P", NULL, NULL);
		struct slot letter = {.style = &k->styles.letter,
			.x = mirror_x(&k->page, x, side),
			.y = y,
			.width = side,
			.height = side,
			.leading = 1,
			.least = 4,
			.vertical = SLOT_MIDDLE,
			.align = ALIGN_CENTRE};
		page_mark(page, NULL);
		page_rect(page, letter.x, y, side, side, session_theme_hue(t.themes[i]));
		slot_put(k->doc, page, &letter, model_text(t.themes[i], "letter"), NULL, item);
		y = put_meaning(k, page, model_text(t.themes[i], "name"), y, item);
	}
	return y;
}

static enum rc draw_symbol(
	struct pocket *k, struct page *page, struct tag *sect, double bottom, struct err *err)
{
	struct qr qr;
	const char *text = json_text(k->model, "qr");
	if (!text)
		return OK;
	if (qr_make(k->doc->arena, text, &qr, err) != OK)
		return err_field(err, "qr",
			"This is too long to be scanned from paper: at most %d bytes",
			QR_MAX_BYTES);
	double side = MM(QR_LEAST_MM), outer = qr_outer_side(&qr, side), quiet = (outer - side) / 2;
	struct tag *figure =
		tag_new(sect, "Figure", NULL, arena_printf(k->doc->arena, "QR: %s", text));
	page_mark(page, figure);
	qr_draw(page, &qr, mirror_x(&k->page, k->margin - quiet, outer), bottom - side - quiet,
		outer);
	put(k, page, &k->styles.quiet, session_word(k->model, "always_current"),
		(double[4]){k->margin + side + MM(3), bottom - side, k->inner - side - MM(3),
			MM(12) * k->scale},
		tag_new(sect, "P", NULL, NULL));
	return OK;
}

/*
 * At the foot of the last page, where lines end: the event's logo, or else the mark of the program.
 * Returns its width.
 */
static double draw_mark(struct pocket *k, struct page *page, struct tag *sect)
{
	double width = MM(6) * k->scale, height = width, bottom = k->height - k->margin;
	if (k->logo.n)
		width = image_fit(k->logo.images[0], POCKET_LOGO * k->scale, height, &height);
	double x = mirror_x(&k->page, k->width - k->margin - width, width);
	if (k->logo.n) {
		image_draw(page, k->logo.images[0], x, bottom - height, width, height,
			image_tag(k->logo.images[0], sect));
	} else {
		page_mark(page, NULL);
		emblem_draw(page, x, bottom - height, width, COLOUR_BAND);
	}
	return width;
}

enum rc pocket_back(struct pocket *k, struct err *err)
{
	const char *note = json_text(k->model, "note");
	struct page *page = doc_page(k->doc, k->width, k->height);
	struct tag *sect = tag_new(tag_root(k->doc->tags), "Sect", NULL, NULL);
	double bottom = k->height - k->margin;
	draw_shapes(k, page, sect, draw_themes(k, page, sect, k->margin));
	double mark = draw_mark(k, page, sect);
	if (note) {
		bottom -= MM(11.5) * k->scale;
		put(k, page, &k->styles.foot, note,
			(double[4]){k->margin, bottom + MM(4.5) * k->scale,
				k->inner - mark - MM(3) * k->scale, MM(7) * k->scale},
			tag_new(sect, "P", NULL, NULL));
	}
	enum rc rc = draw_symbol(k, page, sect, bottom, err);
	page_close(page);
	doc_forget(k->doc);
	return rc;
}
