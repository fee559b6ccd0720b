/* One session in its box: what fits is said, from the title down to who speaks. */
#include "pdf/documents/glance_parts.h"
#include "pdf/documents/phrase.h"

#include <string.h>

static const double leading = 1.15, title_least = 5.5, band_least = 5;

/* Names are set a little smaller before they go; a share of their size. */
static const double people_least = 0.88;

/* Kept free above and below the text of a box, on A4. */
static const double white_above = MM(0.84), white_below = MM(1);

unsigned glance_tint(unsigned colour)
{
	const unsigned share = 9; /* in the hundred */
	unsigned out = 0;
	for (unsigned shift = 0; shift < 24; shift += 8) {
		unsigned part = colour >> shift & 255;
		out |= (255 - (255 - part) * share / 100) << shift;
	}
	return out;
}

double glance_bar(struct glance *g, enum session_shape shape, unsigned hue, const double box[4])
{
	double width = MM(1.1) * g->scale, line = 0.9 * g->scale;
	if (shape == SESSION_BREAK)
		return 0;
	if (shape == SESSION_TAUGHT) {
		glance_rect(g, box[0], box[1], line, box[3], COLOUR_WINE);
		glance_rect(g, box[0] + width - line + 1, box[1], line, box[3], COLOUR_WINE);
		return width + 1;
	}
	glance_rect(g, box[0], box[1], width, box[3], shape == SESSION_COMMON ? COLOUR_WINE : hue);
	return width;
}

void glance_chip(
	struct glance *g, const cJSON *theme, double x, double y, double side, struct tag *tag)
{
	struct slot slot = {.style = &g->styles.letter,
		.x = x,
		.y = y,
		.width = side,
		.height = side,
		.leading = 1,
		.least = 4,
		.vertical = SLOT_MIDDLE,
		.align = ALIGN_CENTRE};
	slot = mirror_slot(&g->mirror, &slot);
	page_mark(g->page, NULL);
	glance_rect(g, x, y, side, side, session_theme_hue(theme));
	slot_put(g->doc, g->page, &slot, model_text(theme, "letter"), NULL, tag);
}

/* Behind the text: a tint, a line at the top, and the bar. */
static void draw_ground(struct glance *g, const struct glance_entry *e, const double box[4])
{
	static const unsigned pause = 0xf5f0e5, plain = 0xf0edea;
	enum session_shape shape = session_shape(e->session);
	unsigned hue = session_hue(e->session), ground = glance_tint(hue);
	if (shape == SESSION_COMMON)
		ground = COLOUR_WINE_TINT;
	else if (shape == SESSION_TAUGHT)
		ground = COLOUR_WHITE;
	else if (shape == SESSION_BREAK)
		ground = pause;
	else if (!json_get(e->session, "theme"))
		ground = plain;
	page_mark(g->page, NULL);
	glance_rect(g, box[0], box[1], box[2], box[3], ground);
	if (shape == SESSION_TAUGHT) {
		const double line = 0.5;
		glance_rect(g, box[0], box[1], box[2], line, COLOUR_WINE);
		glance_rect(g, box[0], box[1] + box[3] - line, box[2], line, COLOUR_WINE);
		glance_rect(g, box[0] + box[2] - line, box[1], line, box[3], COLOUR_WINE);
	}
	glance_bar(g, shape, json_get(e->session, "theme") ? hue : COLOUR_INK_2, box);
}

/* The columns of this page it lies in from `from` on, as a run: its first one and the one behind.
 */
static bool next_run(const struct glance *g, const struct glance_entry *e, size_t *from, size_t *to)
{
	size_t end = g->first_room + g->n_columns;
	while (*from < end && !e->columns[*from])
		++*from;
	*to = *from;
	while (*to < end && e->columns[*to])
		++*to;
	return *to > *from;
}

/* Room between boxes shows which are two. */
static void box_of(
	struct glance *g, const struct glance_entry *e, size_t from, size_t to, double box[4])
{
	const double gap = 1.6 * g->scale;
	double top = g->top + time_scale_y(&g->times, e->from),
	       bottom = g->top + time_scale_y(&g->times, e->to);
	box[0] = g->left + (double)(from - g->first_room) * g->column + gap;
	box[1] = top + gap / 2;
	box[2] = (double)(to - from) * g->column - 2 * gap;
	box[3] = bottom - top - gap;
}

/* The height it takes at its full size, or as much smaller as `least` allows; -1: it does not fit.
 */
static double try_text(
	struct glance *g, const struct paragraph *p, double width, double height, double least)
{
	struct lines lines;
	struct fit_box fit = {.width = width,
		.height = height,
		.leading = leading,
		.least = least < p->size ? least / p->size : 1};
	double factor = paragraph_fit(g->doc->type, p, &fit, &lines);
	double used = (double)lines.n_lines * leading * p->size * factor;
	return used > height + 0.5 || lines.has_cut_word ? -1 : used;
}

static double put(struct glance *g, const struct phrase *s, const struct text_style *style,
	const struct slot *place)
{
	struct slot slot = mirror_slot(&g->mirror, place);
	slot.style = style;
	slot.leading = leading;
	return slot_put_paragraph(g->doc, g->page, &slot, phrase_paragraph(s), s->tag);
}

static void say_room(struct glance *g, struct phrase *s, const char *between, const char *room)
{
	phrase_say(s, &g->box.quiet, between);
	phrase_say_apart(s, &g->box.quiet, room, NULL);
}

/* What goes first where a box is narrow: the word for the kind, then the room. */
enum head { HEAD_HOURS, HEAD_ROOM, HEAD_ALL };

/* "10:45–12:15  Masterclass · Great Hall": the word only where it says more than the rest. */
static struct phrase head_of(struct glance *g, const struct glance_entry *e, enum head head)
{
	struct arena *a = g->doc->arena;
	const char *kind = model_text(e->session, "kind"), *room = json_text(e->session, "room");
	struct phrase s = {.doc = g->doc};
	phrase_say_apart(&s, &g->box.quiet, session_hours(a, g->doc->lang, e->session), NULL);
	if (head == HEAD_ALL && strcmp(kind, "parallel") != 0)
		phrase_say(&s, &g->box.head, arena_printf(a, "  %s", session_word(g->model, kind)));
	if (e->is_across && room && head != HEAD_HOURS)
		say_room(g, &s, " · ", room);
	return s;
}

/* Who speaks, else who is in the chair; empty when nobody is named. */
static struct phrase people_of(struct glance *g, const struct glance_entry *e, struct tag *tag)
{
	const cJSON *speakers = json_get(e->session, "speakers"),
		    *chairs = json_get(e->session, "chairs");
	struct phrase_look look = {&g->box.people, &g->box.people, NULL};
	struct phrase s = {.doc = g->doc, .tag = tag};
	if (model_count(speakers)) {
		phrase_say_people(&s, speakers, &look);
	} else if (model_count(chairs)) {
		phrase_say(&s, &g->box.people,
			arena_printf(g->doc->arena, "%s: ", session_word(g->model, "chair")));
		phrase_say_people(&s, chairs, &look);
	}
	return s;
}

/*
 * A band that is hardly higher than a line: there is no room for white, and next to none for type.
 */
static void fill_band(const struct glance *g, struct slot *slot)
{
	double least = MM(0.2), all = slot->height + (white_above + white_below) * g->scale;
	if (all - 2 * least * g->scale < leading * band_least)
		least = 0;
	slot->y -= (white_above - least) * g->scale;
	slot->height = all - 2 * least * g->scale;
	slot->vertical = SLOT_MIDDLE;
	slot->least = band_least;
	if (slot->height < leading * slot->least)
		slot->least = slot->height / leading;
}

/* Ways to say a session, from all that is known of it down to its title. */
struct ways {
	struct phrase said[2];
	size_t n;
};

/* The first way that fits; the last one, its end cut off, when none does. */
static void put_first(struct glance *g, struct ways *w, const struct text_style *style,
	struct slot *slot, struct tag *tag)
{
	size_t i = 0;
	while (i + 1 < w->n && try_text(g, phrase_paragraph(&w->said[i]), slot->width, slot->height,
				       slot->least) < 0)
		i++;
	slot->shortens = true;
	w->said[i].tag = tag;
	put(g, &w->said[i], style, slot);
}

/* "Coffee  10:15–10:45 · Orangery", or "Coffee". */
static struct phrase pause_of(struct glance *g, const struct glance_entry *e, bool with_rest)
{
	const char *room = e->is_across ? json_text(e->session, "room") : NULL;
	struct phrase s = {.doc = g->doc};
	phrase_say_apart(&s, &g->box.pause, model_text(e->session, "title"), NULL);
	if (!with_rest)
		return s;
	phrase_say(&s, &g->box.quiet, "   ");
	phrase_say_apart(
		&s, &g->box.quiet, session_hours(g->doc->arena, g->doc->lang, e->session), NULL);
	if (room)
		say_room(g, &s, " · ", room);
	return s;
}

static void put_pause(struct glance *g, const struct glance_entry *e, struct slot *slot)
{
	struct ways w = {.said = {pause_of(g, e, true), pause_of(g, e, false)}, .n = 2};
	slot->least = title_least;
	if (slot->height < leading * g->box.pause.size)
		fill_band(g, slot);
	put_first(g, &w, &g->box.pause, slot, tag_new(g->sect, "P", NULL, NULL));
}

/* What a session says in its box, and how it is cut up. */
struct content {
	struct phrase head, people;
	struct paragraph *title;
	double head_h, title_h, indent; /* the letter of the theme stands left of the head */
	bool with_head, with_people;
};

static const struct text_style *title_style(const struct glance *g, const struct glance_entry *e)
{
	return e->is_across ? &g->box.wide_title : &g->box.title;
}

/* First the people go, when it gets too narrow, then the word for the kind, then the hours. */
static struct content content_of(
	struct glance *g, const struct glance_entry *e, const struct slot *slot)
{
	struct content c = {.head = head_of(g, e, HEAD_ALL), .people = people_of(g, e, NULL)};
	bool has_theme = json_get(e->session, "theme");
	c.title = paragraph_of(
		g->doc->type, title_style(g, e), model_text(e->session, "title"), NULL);
	c.indent = has_theme ? MM(4.6) * g->scale : 0;
	c.head_h = g->box.head.size * 1.4;
	if (has_theme && c.head_h < MM(4) * g->scale)
		c.head_h = MM(4) * g->scale;
	if (try_text(g, phrase_paragraph(&c.head), slot->width - c.indent, c.head_h, 100) < 0)
		c.head = head_of(g, e, HEAD_ROOM);
	if (try_text(g, phrase_paragraph(&c.head), slot->width - c.indent, c.head_h, band_least) <
		0)
		c.head = head_of(g, e, HEAD_HOURS);
	c.title_h =
		try_text(g, c.title, slot->width, slot->height - c.head_h, title_least * g->scale);
	c.with_head = c.title_h >= 0;
	double rest = slot->height - c.head_h - c.title_h - 1;
	c.with_people = c.with_head && c.people.n &&
			try_text(g, phrase_paragraph(&c.people), slot->width, rest,
				g->box.people.size * people_least) >= 0;
	return c;
}

/* Nothing but the title fits, and perhaps the room when the column does not say it. */
static void put_title_alone(struct glance *g, const struct glance_entry *e, struct slot *slot,
	double indent, struct tag *sect)
{
	const char *room = e->is_across ? json_text(e->session, "room") : NULL;
	struct ways w = {.n = room ? 2 : 1};
	for (size_t i = 0; i < w.n; i++) {
		w.said[i].doc = g->doc;
		phrase_say_apart(&w.said[i], &g->box.title, model_text(e->session, "title"), NULL);
	}
	if (room)
		say_room(g, &w.said[0], "  ", room);
	slot->x += indent;
	slot->width -= indent;
	fill_band(g, slot);
	put_first(g, &w, &g->box.title, slot, tag_new(sect, "H2", NULL, NULL));
}

/* In the corner of the box; as high as the box where that is lower than a letter's square. */
static void put_chip(struct glance *g, const struct slot *slot, const cJSON *theme, struct tag *tag)
{
	double side = MM(3.6) * g->scale, y = slot->y,
	       white = (white_above + white_below) * g->scale;
	if (side > slot->height + white_below * g->scale) {
		y = slot->y - white_above * g->scale;
		side = side > slot->height + white ? slot->height + white : side;
	}
	glance_chip(g, theme, slot->x, y, side, tag);
}

static void put_part(struct glance *g, struct phrase *s, const struct text_style *style,
	const struct slot *slot, double y, double height, double indent, struct tag *tag)
{
	struct slot part = *slot;
	part.x += indent;
	part.width -= indent;
	part.y += y;
	part.height = height;
	part.least = band_least;
	s->tag = tag;
	put(g, s, style, &part);
}

static void put_session(struct glance *g, const struct glance_entry *e, struct slot *slot)
{
	const cJSON *theme = json_get(e->session, "theme");
	struct tag *sect = tag_new(g->sect, "Sect", NULL, NULL);
	struct content c = content_of(g, e, slot);
	if (theme)
		put_chip(g, slot, theme, tag_new(sect, "P", NULL, NULL));
	if (!c.with_head) {
		put_title_alone(g, e, slot, c.indent, sect);
		return;
	}
	put_part(g, &c.head, &g->box.head, slot, 0, c.head_h, c.indent,
		tag_new(sect, "P", NULL, NULL));
	struct slot title = *slot;
	title.style = title_style(g, e);
	title.y += c.head_h;
	title.height -= c.head_h;
	title.leading = leading;
	title.least = title_least * g->scale;
	title = mirror_slot(&g->mirror, &title);
	slot_put_paragraph(g->doc, g->page, &title, c.title, tag_new(sect, "H2", NULL, NULL));
	if (!c.with_people)
		return;
	struct tag *people = tag_new(sect, "P", NULL, NULL);
	c.people = people_of(g, e, people);
	put_part(g, &c.people, &g->box.people, slot, c.head_h + c.title_h + 1,
		slot->height - c.head_h - c.title_h - 1, 0, people);
}

/* The place for text in the widest part that is on this page; false: none of it is. */
static bool slot_of(struct glance *g, const struct glance_entry *e, struct slot *slot)
{
	double box[4], widest[4] = {0};
	for (size_t from = g->first_room, to; next_run(g, e, &from, &to); from = to) {
		box_of(g, e, from, to, box);
		if (box[2] > widest[2])
			memcpy(widest, box, sizeof widest);
	}
	double bar = MM(1.1) * g->scale + 1, pad = MM(1.2) * g->scale;
	*slot = (struct slot){.x = widest[0] + bar + pad,
		.y = widest[1] + white_above * g->scale,
		.width = widest[2] - bar - 2 * pad,
		.height = widest[3] - (white_above + white_below) * g->scale};
	return widest[2] > 0;
}

void glance_box(struct glance *g, const struct glance_entry *e)
{
	double box[4];
	struct slot slot;
	for (size_t from = g->first_room, to; next_run(g, e, &from, &to); from = to) {
		box_of(g, e, from, to, box);
		draw_ground(g, e, box);
	}
	if (!slot_of(g, e, &slot))
		return;
	doc_about(g->doc, model_text(e->session, "title"));
	if (session_shape(e->session) == SESSION_BREAK)
		put_pause(g, e, &slot);
	else
		put_session(g, e, &slot);
}

static void set_styles(struct glance *g, double factor)
{
	enum { N = sizeof g->box / sizeof(struct text_style) };
	struct text_style *styles = &g->box.head;
	g->box = g->least;
	for (int i = 0; i < N; i++)
		styles[i].size *= factor;
}

/* The title fits at this share of its size. */
static bool has_title(
	struct glance *g, const struct content *c, const struct slot *slot, double share)
{
	return try_text(g, c->title, slot->width, slot->height - c->head_h,
		       c->title->size * share) >= 0;
}

/*
 * All that is said at the least size, and no title smaller than it need be; those across are larger
 * than the others, and may shrink a little.
 */
static bool keeps_all(struct glance *g, const struct glance_entry *e, double factor)
{
	const double share = e->is_across ? 0.75 : 1;
	struct slot slot;
	if (!slot_of(g, e, &slot) || session_shape(e->session) == SESSION_BREAK)
		return true;
	set_styles(g, 1);
	struct content least = content_of(g, e, &slot);
	set_styles(g, factor);
	struct content now = content_of(g, e, &slot);
	if (now.with_head != least.with_head || now.with_people != least.with_people)
		return false;
	return !now.with_head || has_title(g, &now, &slot, share);
}

void glance_enlarge(struct glance *g)
{
	static const double factors[] = {1.6, 1.45, 1.3, 1.2, 1.1, 1};
	const size_t n = sizeof factors / sizeof factors[0];
	for (size_t i = 0; i < n; i++) {
		bool fits = true;
		for (size_t k = 0; k < g->day->n_entries && fits && factors[i] > 1; k++)
			fits = keeps_all(g, &g->day->entries[k], factors[i]);
		if (!fits)
			continue;
		set_styles(g, factors[i]);
		return;
	}
}
