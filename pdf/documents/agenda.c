/*
 * Everything of one person is built as blocks first, so that their height is known: the largest
 * type that keeps them on one page is taken, and the usual one when none does.
 */
#include "pdf/documents/agenda_parts.h"

#include "pdf/documents/date.h"
#include "pdf/documents/phrase.h"
#include "pdf/documents/session.h"

#include <string.h>

static const struct agenda_styles usual = {
	.day = {.family = FONT_SERIF, .bold = true, .size = 13, .colour = COLOUR_INK},
	.time = {.family = FONT_SANS,
		.bold = true,
		.tabular = true,
		.size = 11,
		.colour = COLOUR_INK},
	.until = {.family = FONT_SANS, .tabular = true, .size = 8.5, .colour = COLOUR_INK_2},
	.title = {.family = FONT_SERIF, .bold = true, .size = 11, .colour = COLOUR_INK},
	.pause = {.family = FONT_SERIF, .italic = true, .size = 10.5, .colour = COLOUR_INK_2},
	.kind = {.family = FONT_SANS, .bold = true, .size = 8.6, .colour = COLOUR_WINE},
	.quiet = {.family = FONT_SANS, .size = 8.6, .colour = COLOUR_INK_2},
	.own = {.family = FONT_SERIF, .size = 10.2, .colour = COLOUR_INK},
	.letter = {.family = FONT_SANS, .bold = true, .size = 7, .colour = COLOUR_WHITE}};

enum { N_STYLES = sizeof(struct agenda_styles) / sizeof(struct text_style) };

static const double factors[AGENDA_FACTORS] = {1, 0.92, 0.85, 0.78};

static const double time_w = MM(17), bar_w = MM(1.1), text_x = MM(21);

/* One person's blocks at one size. */
struct setting {
	struct agenda *agenda;
	const struct agenda_styles *styles;
	double factor;
	struct tag *parent;
};

static void add_text(struct setting *s, struct block *b, const struct block_text *text)
{
	const struct block_text t = mirror_text(&s->agenda->text, text);
	block_text(b, &t);
}

static void add_beside(
	struct setting *s, struct block *b, size_t row, const struct block_text *text)
{
	const struct block_text t = mirror_text(&s->agenda->text, text);
	block_beside(b, row, &t);
}

static void add_tint(
	struct setting *s, struct block *b, size_t row, double x, double width, unsigned colour)
{
	block_tint(b, row, mirror_x(&s->agenda->text, x, width), width, colour);
}

static void add(struct setting *s, struct block *b, const struct text_style *style,
	const char *text, double x, struct tag *tag)
{
	add_text(s, b,
		&(struct block_text){
			.paragraph = paragraph_of(s->agenda->doc->type, style, text, NULL),
			.x = x,
			.width = s->agenda->width - x,
			.leading = style->size * 1.27,
			.tag = tag,
			.balance = true});
}

static void add_phrase(struct setting *s, struct block *b, const struct phrase *p, double x)
{
	add_text(s, b,
		&(struct block_text){.paragraph = phrase_paragraph(p),
			.x = x,
			.width = s->agenda->width - x,
			.leading = s->styles->quiet.size * 1.4,
			.tag = p->tag});
}

/* Times hang on the left: when it starts, and below, smaller, until when. */
static void add_times(
	struct setting *s, struct block *b, size_t first, const cJSON *session, struct tag *tag)
{
	struct typesetter *type = s->agenda->doc->type;
	const struct text_style *styles[] = {&s->styles->time, &s->styles->until};
	const char *texts[] = {model_text(session, "start"),
		session_until(s->agenda->doc->arena, s->agenda->doc->lang, session)};
	for (size_t row = 0; row < 2; row++)
		add_beside(s, b, first + row,
			&(struct block_text){
				.paragraph = paragraph_of(type, styles[row], texts[row], NULL),
				.width = time_w,
				.leading = styles[row]->size * 1.27,
				.tag = tag});
}

/* "Masterclass · Study 2 · Waiting list". */
static void add_label(
	struct setting *s, struct block *b, const cJSON *session, double x, struct tag *sect)
{
	struct agenda *g = s->agenda;
	const char *room = json_text(session, "room"), *kind = model_text(session, "kind"),
		   *between = "";
	struct phrase p = {.doc = g->doc};
	if (strcmp(kind, "parallel") != 0) {
		phrase_say(&p, &s->styles->kind, session_word(g->model, kind));
		between = " · ";
	}
	if (room) {
		phrase_say(&p, &s->styles->quiet, between);
		phrase_say_apart(&p, &s->styles->quiet, room, NULL);
		between = " · ";
	}
	if (json_bool(session, "waiting")) {
		phrase_say(&p, &s->styles->quiet, between);
		phrase_say(&p, &s->styles->kind, session_word(g->model, "waiting"));
	}
	if (!p.n)
		return;
	p.tag = tag_new(sect, "P", NULL, NULL);
	add_phrase(s, b, &p, x);
}

/* "You present 10:45", then its title. */
static void add_own(
	struct setting *s, struct block *b, const cJSON *own, double x, struct tag *sect)
{
	const char *start = json_text(own, "start");
	struct phrase p = {.doc = s->agenda->doc, .tag = tag_new(sect, "P", NULL, NULL)};
	size_t row = block_rows(b) + 1;
	block_pad(b, 3 * s->factor);
	phrase_say(&p, &s->styles->kind, session_word(s->agenda->model, "presenting"));
	if (start)
		phrase_say(
			&p, &s->styles->quiet, arena_printf(s->agenda->doc->arena, "  %s", start));
	add_phrase(s, b, &p, x + MM(3));
	add(s, b, &s->styles->own, model_text(own, "title"), x + MM(3),
		tag_new(sect, "P", NULL, NULL));
	add_tint(s, b, row, x, MM(0.9), COLOUR_OCHRE_FILL);
}

static void add_bar(struct setting *s, struct block *b, size_t first, const cJSON *session)
{
	enum session_shape shape = session_shape(session);
	double x = time_w;
	/* What is not yet real has none. */
	if (json_bool(session, "waiting"))
		return;
	if (shape == SESSION_TAUGHT) {
		add_tint(s, b, first, x, 0.9, COLOUR_WINE);
		add_tint(s, b, first, x + 2.6, 0.9, COLOUR_WINE);
	} else if (shape != SESSION_BREAK) {
		add_tint(s, b, first, x, bar_w,
			shape == SESSION_COMMON ? COLOUR_WINE : session_hue(session));
	}
}

static void add_title(struct setting *s, struct block *b, const cJSON *session, struct tag *sect)
{
	const cJSON *theme = json_get(session, "theme");
	double side = s->styles->letter.size * 1.45;
	size_t first = block_rows(b);
	struct tag *letter = theme ? tag_new(sect, "P", NULL, NULL) : NULL;
	add(s, b, &s->styles->title, model_text(session, "title"),
		theme ? text_x + side + MM(1.4) : text_x, tag_new(sect, "H3", NULL, NULL));
	if (theme)
		block_chip(b, first,
			&(struct block_chip){
				.letter = paragraph_of(s->agenda->doc->type, &s->styles->letter,
					model_text(theme, "letter"), NULL),
				.x = mirror_x(&s->agenda->text, text_x, side),
				.side = side,
				.colour = session_theme_hue(theme),
				.tag = letter});
}

/* One line: when, what, where. */
static void add_break(struct setting *s, struct block *b, const cJSON *session, struct tag *sect)
{
	struct typesetter *type = s->agenda->doc->type;
	const char *room = json_text(session, "room");
	struct phrase p = {.doc = s->agenda->doc};
	struct tag *time = tag_new(sect, "P", NULL, NULL);
	size_t first = block_rows(b);
	p.tag = tag_new(sect, "H3", NULL, NULL);
	phrase_say_apart(&p, &s->styles->pause, model_text(session, "title"), NULL);
	if (room) {
		phrase_say(&p, &s->styles->quiet, "   ");
		phrase_say_apart(&p, &s->styles->quiet, room, NULL);
	}
	add_phrase(s, b, &p, text_x);
	add_beside(s, b, first,
		&(struct block_text){
			.paragraph = paragraph_of(type, &s->styles->until,
				session_hours(s->agenda->doc->arena, s->agenda->doc->lang, session),
				NULL),
			.width = text_x,
			.leading = s->styles->quiet.size * 1.4,
			.tag = time});
}

static void add_session(struct setting *s, struct block *b, const cJSON *session, struct tag *day)
{
	const cJSON *own;
	struct tag *sect = tag_new(day, "Sect", NULL, NULL);
	doc_about(s->agenda->doc, model_text(session, "title"));
	block_space(b, MM(2.6) * s->factor);
	size_t first = block_rows(b);
	if (session_shape(session) == SESSION_BREAK) {
		add_break(s, b, session, sect);
	} else {
		struct tag *times = tag_new(sect, "P", NULL, NULL);
		add_title(s, b, session, sect);
		add_label(s, b, session, text_x, sect);
		cJSON_ArrayForEach(own, json_get(session, "presents"))
			add_own(s, b, own, text_x, sect);
		add_times(s, b, first, session, times);
		add_bar(s, b, first, session);
	}
	block_keep(b, first - 1, false);
}

static struct block *day_block(struct setting *s, const cJSON *day, struct tag *sect)
{
	struct doc *d = s->agenda->doc;
	struct block *b = block_new(d);
	const cJSON *session;
	const char *date = date_long(d->arena, d->lang, model_text(day, "on"));
	block_space(b, MM(5) * s->factor);
	add(s, b, &s->styles->day, date, 0, tag_new(sect, "H2", NULL, NULL));
	block_running(b, 1, date);
	block_pad(b, 2 * s->factor);
	block_rule(b, 0, s->agenda->width, 0.9, COLOUR_INK);
	block_keep(b, 0, true);
	cJSON_ArrayForEach(session, json_get(day, "sessions")) add_session(s, b, session, sect);
	return b;
}

/* All days of the person: into the flow, or measured alone; returns their height. */
static double add_days(struct setting *s, bool measure)
{
	double height = 0;
	const cJSON *day;
	cJSON_ArrayForEach(day, json_get(s->agenda->person, "days"))
	{
		struct block *b = day_block(s, day, tag_new(s->parent, "Sect", NULL, NULL));
		height += block_height(b);
		if (!measure)
			flow_add(s->agenda->flow, b);
	}
	return height;
}

/* The first factor at which all days fit below the head. */
static size_t choose_styles(struct agenda *g)
{
	double room = g->frame.height - g->frame.top - g->frame.bottom - AGENDA_HEAD;
	for (size_t i = 0; i < AGENDA_FACTORS; i++) {
		struct setting s = {g, &g->styles[i], factors[i], doc_unwritten(g->doc)};
		double height = add_days(&s, true);
		doc_forget(g->doc);
		/* The space above the first day vanishes. */
		if (height - MM(5) * factors[i] <= room)
			return i;
	}
	return 0;
}

static void draw_person(struct agenda *g)
{
	size_t i = choose_styles(g);
	g->sect = tag_new(tag_root(g->doc->tags), "Sect", NULL, NULL);
	g->head = tag_new(g->sect, "Sect", NULL, NULL);
	g->has_begun = false;
	g->flow = flow_new(g->doc, &g->frame);
	struct setting s = {g, &g->styles[i], factors[i], g->sect};
	add_days(&s, false);
	flow_finish(g->flow);
	doc_forget(g->doc);
}

static void set_styles(struct agenda *g)
{
	for (size_t i = 0; i < AGENDA_FACTORS; i++) {
		struct text_style *styles = &g->styles[i].day;
		g->styles[i] = usual;
		for (size_t k = 0; k < N_STYLES; k++)
			styles[k].size *= factors[i];
	}
}

static struct flow_frame frame_of(const cJSON *model)
{
	bool is_a4 = strcmp(model_text(model, "size"), "A4") == 0;
	double side = is_a4 ? MM(25) : MM(12);
	return (struct flow_frame){.width = is_a4 ? MM(210) : MM(148),
		.height = is_a4 ? MM(297) : MM(210),
		.left = side,
		.right = side,
		.top = is_a4 ? MM(24) : MM(14),
		.bottom = MM(14),
		.begin = agenda_begin_page,
		.end = agenda_end_page};
}

static enum rc check_people(struct arena *a, const cJSON *people, struct err *err)
{
	const cJSON *person;
	int i = 0;
	cJSON_ArrayForEach(person, people) session_check_days(
		a, json_get(person, "days"), arena_printf(a, "people.%d.", i++), err);
	return session_checked(err);
}

static enum rc draw_with_symbol(struct agenda *g, int index, struct err *err)
{
	struct qr qr;
	const char *text = json_text(g->person, "qr");
	if (text && qr_make(g->doc->arena, text, &qr, err) != OK)
		return err_field(err, arena_printf(g->doc->arena, "people.%d.qr", index),
			"This is too long to be scanned from paper: at most %d bytes",
			QR_MAX_BYTES);
	g->qr = text ? &qr : NULL;
	draw_person(g);
	g->qr = NULL;
	return OK;
}

enum rc agenda_print(struct doc *d, const cJSON *model, struct err *err)
{
	struct agenda g = {.doc = d, .model = model, .frame = frame_of(model)};
	const cJSON *people = json_get(model, "people");
	int index = 0;
	TRY(check_people(d->arena, people, err));
	core_set_title(d->core,
		arena_printf(d->arena, "%s: %s", model_text(json_get(model, "event"), "title"),
			session_word(model, "my_programme")));
	set_styles(&g);
	g.frame.context = &g;
	g.width = g.frame.width - g.frame.left - g.frame.right;
	g.text = mirror_for(d->lang, g.width);
	g.page = mirror_for(d->lang, g.frame.width);
	cJSON_ArrayForEach(g.person, people) TRY(draw_with_symbol(&g, index++, err));
	return OK;
}
