/* The page around the grid: its head, the column of times, the rooms, the legend. */
#include "pdf/documents/date.h"
#include "pdf/documents/glance_parts.h"

#include <stdio.h>
#include <string.h>

static const struct glance_page_styles page_styles = {
	.date = {.family = FONT_SERIF, .bold = true, .size = 25, .colour = COLOUR_INK},
	.count = {.family = FONT_SANS, .tabular = true, .size = 13, .colour = COLOUR_INK_2},
	.event = {.family = FONT_SERIF, .italic = true, .size = 10.5, .colour = COLOUR_INK_2},
	.room = {.family = FONT_SANS, .bold = true, .size = 11.5, .colour = COLOUR_INK},
	.time = {.family = FONT_SANS,
		.bold = true,
		.tabular = true,
		.size = 15,
		.colour = COLOUR_INK},
	.letter = {.family = FONT_SANS, .bold = true, .size = 7.8, .colour = COLOUR_WHITE},
	.legend = {.family = FONT_SANS, .size = 9, .colour = COLOUR_INK},
	.foot = {.family = FONT_SANS, .size = 8, .colour = COLOUR_INK_2}};

static const struct glance_box_styles box_styles = {
	.head = {.family = FONT_SANS, .bold = true, .size = 7.6, .colour = COLOUR_WINE},
	.title = {.family = FONT_SERIF, .bold = true, .size = 10.5, .colour = COLOUR_INK},
	.wide_title = {.family = FONT_SERIF, .bold = true, .size = 14, .colour = COLOUR_INK},
	.pause = {.family = FONT_SERIF, .italic = true, .size = 11, .colour = COLOUR_INK_2},
	.people = {.family = FONT_SANS, .size = 8.4, .colour = COLOUR_INK},
	.quiet = {.family = FONT_SANS, .tabular = true, .size = 7.6, .colour = COLOUR_INK_2}};

/* More rooms than these go on on another page: a column keeps room for a title. */
enum { A4_COLUMNS = 7, A3_COLUMNS = 8 };

static const double line_leading = 1.15; /* in sizes */

void glance_rect(struct glance *g, double x, double y, double width, double height, unsigned colour)
{
	page_rect(g->page, mirror_x(&g->mirror, x, width), y, width, height, colour);
}

static double put_line(struct glance *g, const struct text_style *style, const char *text,
	const double box[4], enum align align, struct tag *tag)
{
	struct slot slot = {.style = style,
		.x = box[0],
		.y = box[1],
		.width = box[2],
		.height = box[3],
		.leading = line_leading,
		.least = 5,
		.vertical = SLOT_BOTTOM,
		.align = align,
		.shortens = true};
	slot = mirror_slot(&g->mirror, &slot);
	return slot_put(g->doc, g->page, &slot, text, NULL, tag);
}

static struct line line_of(struct glance *g, const struct text_style *style, const char *text)
{
	const double endless = 10000;
	return *paragraph_wrap(
		g->doc->type, paragraph_of(g->doc->type, style, text, NULL), endless, WRAP_ANY)
			.lines;
}

/* Below the line of the date: more where marks push it down or letters have tails, as in Thai. */
static double rule_gap(const struct glance *g, const struct line *date)
{
	const double least = 2, clear = 1.5 * g->scale, size = g->styles.date.size;
	double leading = line_leading * size;
	double hangs = line_room(date, size, leading).baseline - date->ink_bottom - leading;
	return hangs + clear > least ? hangs + clear : least;
}

/* The date large on the left, the event small on the right, a rule below; returns the y behind. */
static double draw_head(struct glance *g, const char *date, const char *count)
{
	double y = g->margin, height = MM(11) * g->scale, inner = g->width - 2 * g->margin;
	double left = inner * 0.6, gap = MM(4) * g->scale, line = MM(4.6) * g->scale;
	const char *event = model_text(json_get(g->model, "event"), "title");
	put_line(g, &g->styles.date, date, (double[4]){g->margin, y, left, height}, ALIGN_LEFT,
		tag_new(g->sect, "H1", NULL, NULL));
	struct line line_of_date = line_of(g, &g->styles.date, date);
	double date_w = line_of_date.width, rule_y = y + height + rule_gap(g, &line_of_date);
	if (count && date_w + gap < left)
		put_line(g, &g->styles.count, count,
			(double[4]){g->margin + date_w + gap, y - 2.2 * g->scale,
				left - date_w - gap, height},
			ALIGN_LEFT, tag_new(g->sect, "P", NULL, NULL));
	double x = g->margin + left + gap, w = inner - left - gap;
	double dates_y = y + height - line - 1.5 * g->scale;
	put_line(g, &g->styles.event, event, (double[4]){x, y, w, dates_y - y}, ALIGN_RIGHT, NULL);
	put_line(g, &g->styles.foot, session_event_dates(g->doc->arena, g->model),
		(double[4]){x, dates_y, w, line}, ALIGN_RIGHT, NULL);
	page_mark(g->page, NULL);
	page_rect(g->page, g->margin, rule_y, inner, 1.2 * g->scale, COLOUR_INK);
	return rule_y + 1.2 * g->scale;
}

static double draw_foot(struct glance *g)
{
	const char *note = json_text(g->model, "note");
	double y = g->height - g->margin, line = MM(4.5) * g->scale;
	if (note) {
		y -= line;
		put_line(g, &g->styles.foot, note,
			(double[4]){g->margin, y, g->width - 2 * g->margin, line}, ALIGN_LEFT,
			NULL);
	}
	double legend = glance_legend(g, NULL, 0, NULL);
	if (legend > 0) {
		y -= legend + MM(0.5) * g->scale;
		glance_legend(g, g->page, y, tag_new(g->sect, "P", NULL, NULL));
	}
	return y;
}

/* Names above the columns; a lone column without a name needs no head. */
static double draw_rooms(struct glance *g, double y)
{
	double height = MM(8.5) * g->scale;
	if (!g->day->rooms[0])
		return y + MM(2) * g->scale;
	for (size_t i = 0; i < g->n_columns; i++) {
		double x = g->left + (double)i * g->column;
		struct slot slot = {.style = &g->styles.room,
			.x = x + 3 * g->scale,
			.y = y,
			.width = g->column - 5 * g->scale,
			.height = height,
			.leading = 1.1,
			.least = 6,
			.vertical = SLOT_MIDDLE,
			.shortens = true};
		slot = mirror_slot(&g->mirror, &slot);
		slot_put(g->doc, g->page, &slot, g->day->rooms[g->first_room + i], NULL,
			tag_new(g->sect, "P", NULL, NULL));
	}
	return y + height;
}

static bool is_on_page(const struct glance *g, const struct glance_entry *e)
{
	for (size_t i = 0; i < g->n_columns; i++)
		if (e->columns[g->first_room + i])
			return true;
	return false;
}

static bool is_start(const struct glance *g, int minute)
{
	for (size_t i = 0; i < g->day->n_entries; i++)
		if (g->day->entries[i].from == minute && is_on_page(g, &g->day->entries[i]))
			return true;
	return false;
}

/*
 * A line for every start, and its time where there is room for the figures; where there is none,
 * the line keeps out of those above.
 */
static void draw_times(struct glance *g)
{
	double size = g->styles.time.size, free_from = 0;
	char label[8];
	for (int minute = 0; minute < 24 * 60; minute++) {
		double y = g->top + time_scale_y(&g->times, minute);
		if (!is_start(g, minute))
			continue;
		page_mark(g->page, NULL);
		double x = y < free_from ? g->left : g->margin;
		glance_rect(g, x, y, g->width - g->margin - x, 0.5, COLOUR_LINE);
		if (y < free_from)
			continue;
		snprintf(label, sizeof label, "%02d:%02d", minute / 60, minute % 60);
		put_line(g, &g->styles.time, label,
			(double[4]){g->margin, y + 0.5, g->left - g->margin, size * 1.1},
			ALIGN_LEFT, NULL);
		free_from = y + size * 1.05;
	}
	page_mark(g->page, NULL);
	page_rect(g->page, g->margin, g->bottom, g->width - 2 * g->margin, 0.5, COLOUR_LINE);
}

/* Three dots where the clock jumps, unless the figures of the time before need the place. */
static void draw_gaps(struct glance *g)
{
	double side = 1.6 * g->scale, step = 2.2 * side, label = g->styles.time.size * 1.2;
	page_mark(g->page, NULL);
	for (size_t i = 1; i + 1 < g->times.n; i++) {
		const struct time_stretch *t = &g->times.stretches[i];
		double middle = g->top + (t->y + t[1].y) / 2;
		bool is_free = middle - step - side > g->top + t[-1].y + label;
		for (int dot = -1; t->is_gap && is_free && dot <= 1; dot++)
			glance_rect(g, g->margin + MM(5) * g->scale, middle + dot * step - side / 2,
				side, side, COLOUR_INK_2);
	}
}

static void draw_columns(struct glance *g)
{
	page_mark(g->page, NULL);
	for (size_t i = 1; i < g->n_columns; i++)
		glance_rect(g, g->left + (double)i * g->column, g->top, 0.5, g->bottom - g->top,
			COLOUR_LINE);
}

static void draw_page(struct glance *g, const char *date, const char *count)
{
	doc_about(g->doc, NULL);
	g->page = doc_page(g->doc, g->width, g->height);
	g->sect = tag_new(tag_root(g->doc->tags), "Sect", NULL, NULL);
	double y = draw_head(g, date, count);
	g->left = g->margin + MM(17) * g->scale;
	g->column = (g->width - g->margin - g->left) / (double)g->n_columns;
	g->top = draw_rooms(g, y);
	g->bottom = draw_foot(g) - MM(3) * g->scale;
	g->times = time_scale_new(g->doc->arena, g->day, g->bottom - g->top, MM(5) * g->scale);
	draw_times(g);
	draw_gaps(g);
	draw_columns(g);
	glance_enlarge(g);
	for (size_t i = 0; i < g->day->n_entries; i++)
		glance_box(g, &g->day->entries[i]);
	page_close(g->page);
	doc_forget(g->doc);
}

/* The rooms are spread evenly over as many pages as they need. */
static enum rc draw_day(struct glance *g, const cJSON *day, int index, struct err *err)
{
	struct arena *a = g->doc->arena;
	struct glance_day plan;
	size_t most = g->scale > 1 ? A3_COLUMNS : A4_COLUMNS;
	const char *date = date_long(a, g->doc->lang, model_text(day, "on"));
	TRY(glance_plan(a, day, json_get(g->model, "rooms"), arena_printf(a, "days.%d", index),
		&plan, err));
	g->day = &plan;
	size_t pages = (plan.n_rooms + most - 1) / most, from = 0;
	for (size_t i = 0; i < pages; i++) {
		size_t to = plan.n_rooms * (i + 1) / pages;
		g->first_room = from;
		g->n_columns = to - from;
		from = to;
		draw_page(g, date, pages > 1 ? arena_printf(a, "%zu / %zu", i + 1, pages) : NULL);
		core_bookmark_new(g->doc->core, NULL,
			pages > 1 ? arena_printf(a, "%s, %zu / %zu", date, i + 1, pages) : date,
			page_core(g->page), page_core_y(g->page, 0));
	}
	return OK;
}

static void set_size(struct glance *g)
{
	bool is_a3 = strcmp(model_text(g->model, "size"), "A3") == 0;
	enum {
		N_PAGE = sizeof page_styles / sizeof(struct text_style),
		N_BOX = sizeof box_styles / sizeof(struct text_style)
	};
	struct text_style *styles = &g->styles.date, *boxes = &g->least.head;
	g->scale = is_a3 ? 1.38 : 1;
	g->width = is_a3 ? MM(420) : MM(297);
	g->height = is_a3 ? MM(297) : MM(210);
	g->margin = MM(11) * g->scale;
	g->mirror = mirror_for(g->doc->lang, g->width);
	g->styles = page_styles;
	g->least = box_styles;
	for (int i = 0; i < N_PAGE; i++)
		styles[i].size *= g->scale;
	for (int i = 0; i < N_BOX; i++)
		boxes[i].size *= g->scale;
}

enum rc glance_print(struct doc *d, const cJSON *model, struct err *err)
{
	struct glance g = {.doc = d, .model = model};
	const cJSON *days = json_get(model, "days"), *day;
	enum rc rc = OK;
	int index = 0;
	session_check_days(d->arena, days, "", err);
	TRY(session_checked(err));
	core_set_title(d->core,
		arena_printf(d->arena, "%s: %s", model_text(json_get(model, "event"), "title"),
			session_word(model, "at_a_glance")));
	set_size(&g);
	cJSON_ArrayForEach(day, days) if (draw_day(&g, day, index++, err) != OK) rc = INVALID;
	if (rc != OK)
		return err_set(err, INVALID, "Nothing was printed: sessions overlap in a room");
	return OK;
}
