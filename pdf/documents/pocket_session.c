/* A session in two or three short lines: what, where, who. */
#include "pdf/documents/phrase.h"
#include "pdf/documents/pocket_parts.h"

#include <string.h>

/* Short lines of equal width are read faster than a full one and a remnant. */
static void add(struct pocket *k, struct block *b, struct paragraph *p, double x, double leading,
	struct tag *tag)
{
	const struct block_text text =
		mirror_text(&k->text, &(struct block_text){.paragraph = p,
					      .x = x,
					      .width = k->inner - x - MM(1) * k->scale,
					      .leading = leading,
					      .tag = tag,
					      .balance = true});
	block_text(b, &text);
}

static double bar_x(const struct pocket *k)
{
	/* Behind the widest time. */
	return k->styles.time.size * 3.5;
}

/* Above and below the text of a session. */
static double row_pad(const struct pocket *k)
{
	return 1.4 * k->scale;
}

static double text_x(const struct pocket *k)
{
	return bar_x(k) + MM(2) * k->scale;
}

/* "Coffee, Orangery" in one line. */
static void add_break(struct pocket *k, struct block *b, const cJSON *session, struct tag *sect)
{
	const char *room = json_text(session, "room");
	struct phrase s = {.doc = k->doc, .tag = tag_new(sect, "P", NULL, NULL)};
	phrase_say_apart(&s, &k->styles.pause, model_text(session, "title"), NULL);
	if (room) {
		phrase_say(&s, &k->styles.quiet, "  ");
		phrase_say_apart(&s, &k->styles.quiet, room, NULL);
	}
	add(k, b, phrase_paragraph(&s), text_x(k), k->styles.pause.size * 1.25, s.tag);
}

static void add_title(struct pocket *k, struct block *b, const cJSON *session, struct tag *sect)
{
	const cJSON *theme = json_get(session, "theme");
	double side = k->styles.letter.size * 1.25, x = text_x(k);
	size_t first = block_rows(b);
	struct tag *letter = theme ? tag_new(sect, "P", NULL, NULL) : NULL;
	add(k, b,
		paragraph_of(k->doc->type, &k->styles.session, model_text(session, "title"), NULL),
		theme ? x + side + MM(1) * k->scale : x, k->styles.session.size * 1.2,
		tag_new(sect, "H3", NULL, NULL));
	if (theme)
		block_chip(b, first,
			&(struct block_chip){.letter = paragraph_of(k->doc->type, &k->styles.letter,
						     model_text(theme, "letter"), NULL),
				.x = mirror_x(&k->text, x, side),
				.side = side,
				.colour = session_theme_hue(theme),
				.tag = letter});
}

/* "Great Hall · until 10:15 · Anna, Bálint". */
static void add_details(struct pocket *k, struct block *b, const cJSON *session, struct tag *sect)
{
	const char *room = json_text(session, "room");
	const cJSON *speakers = json_get(session, "speakers");
	struct phrase s = {.doc = k->doc, .tag = tag_new(sect, "P", NULL, NULL)};
	phrase_say_apart(
		&s, &k->styles.quiet, session_until(k->doc->arena, k->doc->lang, session), NULL);
	if (room) {
		phrase_say(&s, &k->styles.quiet, "  ");
		phrase_say_apart(&s, &k->styles.room, room, NULL);
	}
	if (model_count(speakers)) {
		phrase_say(&s, &k->styles.quiet, "  ");
		phrase_say_people(&s, speakers,
			&(struct phrase_look){&k->styles.quiet, &k->styles.quiet, NULL});
	}
	add(k, b, phrase_paragraph(&s), text_x(k), k->styles.quiet.size * 1.3, s.tag);
}

static void add_tint(
	struct pocket *k, struct block *b, size_t row, double x, double width, unsigned colour)
{
	block_tint(b, row, mirror_x(&k->text, x, width), width, colour);
}

static void add_bar(struct pocket *k, struct block *b, size_t first, const cJSON *session)
{
	enum session_shape shape = session_shape(session);
	double x = bar_x(k), width = MM(0.8) * k->scale, line = 0.7 * k->scale;
	if (shape == SESSION_COMMON)
		add_tint(k, b, first, x, k->inner - x, COLOUR_WINE_TINT);
	if (shape == SESSION_TAUGHT) {
		add_tint(k, b, first, x, line, COLOUR_WINE);
		add_tint(k, b, first, x + width, line, COLOUR_WINE);
	} else if (shape != SESSION_BREAK) {
		add_tint(k, b, first, x, width,
			shape == SESSION_COMMON ? COLOUR_WINE : session_hue(session));
	}
}

static struct block_text time_of(struct pocket *k, const cJSON *session, struct tag *tag)
{
	return mirror_text(&k->text,
		&(struct block_text){.paragraph = paragraph_of(k->doc->type, &k->styles.time,
					     model_text(session, "start"), NULL),
			.width = text_x(k),
			.leading = k->styles.session.size * 1.2,
			.tag = tag});
}

static void add_time(
	struct pocket *k, struct block *b, size_t row, const cJSON *session, struct tag *tag)
{
	const struct block_text text = time_of(k, session, tag);
	block_beside(b, row, &text);
}

/* The time of a session that starts with the one before it. */
struct hidden_time {
	struct pocket *pocket;
	struct block_text text;
};

/* It is shown where that one stands on another page: at the head of this one. */
static void draw_hidden_time(void *context, struct page *page, double x, double y)
{
	const struct hidden_time *t = context;
	const struct pocket *k = t->pocket;
	if (y > pocket_top(k) + 0.5)
		return;
	struct lines lines =
		paragraph_wrap(k->doc->type, t->text.paragraph, t->text.width, WRAP_ANY);
	doc_lines(k->doc, page, &lines, k->styles.time.size,
		&(struct text_box){.x = x,
			.y = y + row_pad(k),
			.width = t->text.width,
			.leading = t->text.leading,
			.factor = 1,
			.align = t->text.align,
			.tag = t->text.tag});
}

static void add_hidden_time(
	struct pocket *k, struct block *b, size_t row, const cJSON *session, struct tag *tag)
{
	struct hidden_time *t = ARENA_NEW(typesetter_arena(k->doc->type), struct hidden_time);
	*t = (struct hidden_time){k, time_of(k, session, tag)};
	block_figure(b, row,
		&(struct block_figure){.draw = draw_hidden_time, .context = t, .x = t->text.x});
}

void pocket_session(
	struct pocket *k, struct block *b, const cJSON *session, const char *start, struct tag *day)
{
	struct tag *sect = tag_new(day, "Sect", NULL, NULL);
	struct tag *time = tag_new(sect, "P", NULL, NULL);
	const double pad = row_pad(k);
	doc_about(k->doc, model_text(session, "title"));
	block_space(b, MM(1.3) * k->scale);
	size_t first = block_rows(b);
	block_pad(b, pad);
	if (session_shape(session) == SESSION_BREAK) {
		add_break(k, b, session, sect);
	} else {
		add_title(k, b, session, sect);
		add_details(k, b, session, sect);
	}
	if (strcmp(start, model_text(session, "start")) != 0)
		add_time(k, b, first + 1, session, time);
	else
		add_hidden_time(k, b, first, session, time);
	block_pad(b, pad);
	add_bar(k, b, first, session);
	block_keep(b, first - 1, false);
}
