/* Themes by letter, then the shapes: in rows that fill the width. */
#include "pdf/documents/glance_parts.h"

#include <string.h>

enum { MAX_ITEMS = SESSION_MAX_THEMES + 2 };

struct item {
	const cJSON *theme; /* NULL: a shape */
	enum session_shape shape;
	const char *text;
};

struct legend {
	struct item items[MAX_ITEMS];
	size_t n;
};

static void add_item(
	struct legend *l, const cJSON *theme, enum session_shape shape, const char *text)
{
	l->items[l->n++] = (struct item){theme, shape, text};
}

/* A shape is explained by the words of those kinds that the day has. */
static void add_shape(struct glance *g, struct legend *l, enum session_shape shape)
{
	const char *text = NULL;
	for (size_t i = 0; i < g->day->n_entries; i++) {
		const cJSON *session = g->day->entries[i].session;
		const char *word = session_word(g->model, model_text(session, "kind"));
		if (session_shape(session) != shape || (text && strstr(text, word)))
			continue;
		text = text ? arena_printf(g->doc->arena, "%s, %s", text, word) : word;
	}
	if (text)
		add_item(l, NULL, shape, text);
}

static struct legend legend_of(struct glance *g)
{
	struct legend l = {.n = 0};
	struct session_themes t = {.n = 0};
	for (size_t i = 0; i < g->day->n_entries; i++)
		session_add_themes(&t, g->day->entries[i].session);
	for (size_t i = 0; i < t.n; i++)
		add_item(&l, t.themes[i], SESSION_PLAIN, model_text(t.themes[i], "name"));
	add_shape(g, &l, SESSION_COMMON);
	add_shape(g, &l, SESSION_TAUGHT);
	return l;
}

static double sign_width(const struct glance *g)
{
	return MM(3.6) * g->scale;
}

static double text_x(const struct glance *g)
{
	return sign_width(g) + MM(1.6) * g->scale;
}

static void draw_item(struct glance *g, const struct item *item, double x, double y,
	const struct lines *lines, struct tag *tag)
{
	double side = sign_width(g), size = g->styles.legend.size;
	const double box[4] = {x, y, side, side};
	if (item->theme) {
		glance_chip(g, item->theme, x, y, side, tag);
	} else {
		page_mark(g->page, NULL);
		if (item->shape == SESSION_COMMON)
			glance_rect(g, x, y, side, side, COLOUR_WINE_TINT);
		glance_bar(g, item->shape, 0, box);
	}
	struct text_box text = {.x = mirror_x(&g->mirror, x + text_x(g), lines->width),
		.y = y + side / 2 - size * 0.6,
		.width = lines->width,
		.leading = size * 1.2,
		.factor = 1,
		.tag = tag};
	doc_lines(g->doc, g->page, lines, size, &text);
}

double glance_legend(struct glance *g, struct page *page, double y, struct tag *tag)
{
	const double gap = MM(6) * g->scale, row = MM(5.4) * g->scale;
	double x = g->margin, right = g->width - g->margin, height = 0;
	const struct legend l = legend_of(g);
	for (size_t i = 0; i < l.n; i++) {
		struct lines lines = paragraph_wrap(g->doc->type,
			paragraph_of(g->doc->type, &g->styles.legend, l.items[i].text, NULL),
			right - g->margin - text_x(g), WRAP_ANY);
		double width = text_x(g) + lines.width;
		if (!height || (x + width > right && x > g->margin)) {
			x = g->margin;
			height += row;
		}
		if (page)
			draw_item(g, &l.items[i], x, y + height - row, &lines, tag);
		x += width + gap;
	}
	return height;
}
