/* One session: a bar on its left says what it is, by colour and by shape, the line above by word.
 */
#include "pdf/documents/phrase.h"
#include "pdf/documents/programme_parts.h"

#include <string.h>

static const struct text_style slot_style = {
	.family = FONT_SANS, .bold = true, .tabular = true, .size = 11.5, .colour = COLOUR_INK_2};
static const struct text_style kind_style = {
	.family = FONT_SANS, .bold = true, .size = 8.8, .colour = COLOUR_WINE};
static const struct text_style hours_style = {
	.family = FONT_SANS, .tabular = true, .size = 8.8, .colour = COLOUR_INK_2};
static const struct text_style plenary_style = {
	.family = FONT_SERIF, .bold = true, .size = 15, .colour = COLOUR_INK};
static const struct text_style title_style = {
	.family = FONT_SERIF, .bold = true, .size = 13, .colour = COLOUR_INK};
static const struct text_style break_style = {
	.family = FONT_SERIF, .italic = true, .size = 12.5, .colour = COLOUR_INK_2};
static const struct text_style name_style = {
	.family = FONT_SANS, .size = 9.8, .colour = COLOUR_INK};
static const struct text_style quiet_style = {
	.family = FONT_SANS, .size = 9.8, .colour = COLOUR_INK_2};
static const struct text_style about_style = {
	.family = FONT_SERIF, .size = 10.3, .colour = COLOUR_INK};
static const struct text_style letter_style = {
	.family = FONT_SANS, .bold = true, .size = 8, .colour = COLOUR_WHITE};
static const struct text_style item_style = {
	.family = FONT_SERIF, .size = 11, .colour = COLOUR_INK};
static const struct text_style time_style = {
	.family = FONT_SANS, .tabular = true, .size = 9, .colour = COLOUR_INK_2};
static const struct text_style author_style = {
	.family = FONT_SANS, .size = 9, .colour = COLOUR_INK_2};
static const struct text_style presenter_style = {
	.family = FONT_SANS, .bold = true, .size = 9, .colour = COLOUR_INK_2};

static void add_phrase(struct programme *p, struct block *b, const struct phrase *s, double x,
	double width, double leading)
{
	programme_text(p, b,
		&(struct block_text){.paragraph = phrase_paragraph(s),
			.x = x,
			.width = width,
			.leading = leading,
			.tag = s->tag});
}

static void add_text(struct programme *p, struct block *b, const struct text_style *style,
	const char *text, const struct block_text *how)
{
	struct block_text t = *how;
	t.paragraph = paragraph_of(p->doc->type, style, text, NULL);
	if (!t.width)
		t.width = p->width - t.x - MM(4);
	programme_text(p, b, &t);
}

static struct phrase phrase_for(struct programme *p, struct tag *parent)
{
	return (struct phrase){.doc = p->doc, .tag = tag_new(parent, "P", NULL, NULL)};
}

/* "Plenary  09:00–10:15 · Great Hall". */
static void add_label(struct programme *p, struct block *b, const cJSON *session, struct tag *sect)
{
	struct arena *a = p->doc->arena;
	const char *kind = model_text(session, "kind"), *room = json_text(session, "room");
	struct phrase s = phrase_for(p, sect);
	if (strcmp(kind, "parallel") != 0)
		phrase_say(&s, &kind_style, arena_printf(a, "%s  ", session_word(p->model, kind)));
	phrase_say_apart(&s, &hours_style, session_hours(a, p->lang, session), NULL);
	if (room) {
		phrase_say(&s, &hours_style, " · ");
		phrase_say_apart(&s, &hours_style, room, NULL);
	}
	add_phrase(p, b, &s, PROGRAMME_TEXT, p->width - PROGRAMME_TEXT - MM(4), 12.5);
}

static void add_theme(struct programme *p, struct block *b, const cJSON *theme, struct tag *sect)
{
	size_t row = block_rows(b) + 1;
	if (!theme)
		return;
	struct tag *tag = tag_new(sect, "P", NULL, NULL);
	block_pad(b, 2);
	add_text(p, b, &quiet_style, model_text(theme, "name"),
		&(struct block_text){.x = PROGRAMME_TEXT + MM(5.5), .leading = 14, .tag = tag});
	block_chip(b, row,
		&(struct block_chip){.letter = paragraph_of(p->doc->type, &letter_style,
					     model_text(theme, "letter"), NULL),
			.x = mirror_x(&p->text, PROGRAMME_TEXT, MM(4)),
			.side = MM(4),
			.colour = session_theme_hue(theme),
			.tag = tag});
}

static void add_people(struct programme *p, struct block *b, const cJSON *session, struct tag *sect)
{
	const cJSON *speakers = json_get(session, "speakers"),
		    *chairs = json_get(session, "chairs");
	double width = p->width - PROGRAMME_TEXT - MM(4);
	if (model_count(speakers)) {
		struct phrase s = phrase_for(p, sect);
		phrase_say_people(&s, speakers,
			&(struct phrase_look){&name_style, &name_style, &quiet_style});
		add_phrase(p, b, &s, PROGRAMME_TEXT, width, 14);
	}
	if (model_count(chairs)) {
		struct phrase s = phrase_for(p, sect);
		phrase_say(&s, &quiet_style,
			arena_printf(p->doc->arena, "%s: ", session_word(p->model, "chair")));
		phrase_say_people(&s, chairs,
			&(struct phrase_look){&quiet_style, &quiet_style, &quiet_style});
		add_phrase(p, b, &s, PROGRAMME_TEXT, width, 14);
	}
}

static void add_presentation(
	struct programme *p, struct block *b, const cJSON *presentation, struct tag *list)
{
	/* Posters are found by their boards, everything else by its time. */
	const char *start = json_text(presentation, "start"),
		   *mark = start ? start : json_text(presentation, "number");
	const cJSON *authors = json_get(presentation, "authors");
	double x = PROGRAMME_TEXT + (mark ? MM(13) : 0);
	struct tag *body = tag_new(tag_new(list, "LI", NULL, NULL), "LBody", NULL, NULL);
	struct tag *marked = tag_new(body, "P", NULL, NULL);
	size_t row = block_rows(b);
	add_text(p, b, &item_style, model_text(presentation, "title"),
		&(struct block_text){.x = x, .leading = 14, .tag = tag_new(body, "P", NULL, NULL)});
	if (mark)
		programme_beside(p, b, row,
			&(struct block_text){
				.paragraph = paragraph_of(p->doc->type, &time_style, mark, NULL),
				.x = PROGRAMME_TEXT,
				.width = MM(13),
				.leading = 14,
				.tag = marked});
	if (model_count(authors)) {
		struct phrase s = phrase_for(p, body);
		phrase_say_people(&s, authors,
			&(struct phrase_look){&author_style, &presenter_style, &author_style});
		add_phrase(p, b, &s, x, p->width - x - MM(4), 12.5);
	}
	block_keep(b, row, false);
	block_space(b, 4);
}

/* Masterclasses have a double bar, the whole event's sessions a tint as well. */
static void add_bar(struct programme *p, struct block *b, const cJSON *session)
{
	enum session_shape shape = session_shape(session);
	bool is_common = shape == SESSION_COMMON;
	if (is_common)
		programme_tint(
			p, b, 0, PROGRAMME_HANG, p->width - PROGRAMME_HANG, COLOUR_WINE_TINT);
	if (shape == SESSION_TAUGHT) {
		programme_tint(p, b, 0, PROGRAMME_HANG, 0.9, COLOUR_WINE);
		programme_tint(p, b, 0, PROGRAMME_HANG + 2.6, 0.9, COLOUR_WINE);
	} else {
		programme_tint(p, b, 0, PROGRAMME_HANG, MM(1.1),
			is_common ? COLOUR_WINE : session_hue(session));
	}
}

static void add_break(struct programme *p, struct block *b, const cJSON *session, struct tag *sect)
{
	const char *title = model_text(session, "title"), *room = json_text(session, "room");
	if (room)
		title = arena_printf(p->doc->arena, "%s, %s", title, room);
	block_rule(b, 0, p->width, 0.5, COLOUR_LINE);
	block_pad(b, MM(1.6));
	add_text(p, b, &break_style, title,
		&(struct block_text){
			.x = PROGRAMME_TEXT, .leading = 16, .tag = tag_new(sect, "P", NULL, NULL)});
	block_pad(b, MM(1.6));
	block_rule(b, 0, p->width, 0.5, COLOUR_LINE);
}

/*
 * Label, title, theme, people, text, presentations. The head stays with what follows it, so that no
 * page ends on a title.
 */
static void add_body(struct programme *p, struct block *b, const cJSON *session, struct tag *sect)
{
	const cJSON *presentations = json_get(session, "presentations"), *presentation;
	const char *about = json_text(session, "about"), *kind = model_text(session, "kind");
	bool is_large = strcmp(kind, "plenary") == 0 || strcmp(kind, "keynote") == 0 ||
			strcmp(kind, "debate") == 0;
	block_pad(b, MM(2.2));
	add_label(p, b, session, sect);
	block_pad(b, 1);
	add_text(p, b, is_large ? &plenary_style : &title_style, model_text(session, "title"),
		&(struct block_text){.x = PROGRAMME_TEXT,
			.leading = is_large ? 19 : 16.5,
			.tag = tag_new(sect, "H3", NULL, NULL),
			.balance = true});
	add_theme(p, b, json_get(session, "theme"), sect);
	add_people(p, b, session, sect);
	block_keep(b, 0, about || presentations);
	if (about) {
		block_pad(b, 3);
		block_keep(b, block_rows(b) - 1, true);
		add_text(p, b, &about_style, about,
			&(struct block_text){.x = PROGRAMME_TEXT,
				.leading = 13.8,
				.align = ALIGN_JUSTIFY,
				.tag = tag_new(sect, "P", NULL, NULL)});
	}
	if (model_count(presentations)) {
		struct tag *list = tag_new(sect, "L", NULL, NULL);
		block_pad(b, 5);
		block_keep(b, block_rows(b) - 1, true);
		cJSON_ArrayForEach(presentation, presentations)
			add_presentation(p, b, presentation, list);
	}
	block_pad(b, MM(2.2));
	add_bar(p, b, session);
}

void programme_session(struct programme *p, const cJSON *session, struct place *place,
	bool starts_slot, struct tag *day)
{
	struct doc *d = p->doc;
	const double whole = MM(80);
	doc_about(p->doc, model_text(session, "title"));
	struct block *b = block_new(d), *gap = block_new(d);
	struct tag *sect = tag_new(day, "Sect", NULL, NULL);
	struct tag *time = starts_slot ? tag_new(sect, "P", NULL, NULL) : NULL;
	bool is_break = session_shape(session) == SESSION_BREAK;
	if (is_break)
		add_break(p, b, session, sect);
	else
		add_body(p, b, session, sect);
	if (starts_slot)
		programme_beside(p, b, is_break ? 2 : 1,
			&(struct block_text){.paragraph = paragraph_of(d->type, &slot_style,
						     model_text(session, "start"), NULL),
				.width = PROGRAMME_HANG,
				.leading = 13,
				.tag = time});
	block_place(b, 0, place);
	if (!is_break)
		block_bookmark(b, 0, 1,
			arena_printf(d->arena, "%s  %s", model_text(session, "start"),
				model_text(session, "title")));
	if (block_height(b) < whole)
		block_keep(b, 0, false);
	flow_add(p->flow, b);
	block_space(gap, MM(4.2));
	flow_add(p->flow, gap);
	doc_forget(d);
}
