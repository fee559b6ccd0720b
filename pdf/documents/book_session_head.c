/* What stands above the abstracts of a session: title, time and place, chairs, theme. */
#include "pdf/documents/book.h"

#include "pdf/documents/date.h"
#include "pdf/documents/hues.h"
#include "pdf/documents/phrase.h"
#include "pdf/documents/session.h"

static const struct text_style session_style = {
	.family = FONT_SERIF, .bold = true, .size = 19, .colour = COLOUR_WINE};
static const struct text_style when_style = {
	.family = FONT_SANS, .size = 9.5, .colour = COLOUR_INK_2};
static const struct text_style legend_style = {
	.family = FONT_SANS, .size = 8.6, .colour = COLOUR_INK_2};
static const struct text_style letter_style = {
	.family = FONT_SANS, .bold = true, .size = 8, .colour = COLOUR_WHITE};

/* "Wednesday 8 September 2027 · 09:00–10:30 · Great Hall". */
static struct paragraph *when_of(struct book *b, const cJSON *session)
{
	struct arena *a = typesetter_arena(b->doc->type);
	const char *on = json_text(session, "on"), *room = json_text(session, "room");
	const char *hours = session_hours(a, b->lang, session);
	const char *parts[] = {on ? date_long(a, b->lang, on) : NULL, hours, room};
	return on || hours || room
		       ? mirror_line(&b->page, b->doc, &when_style, parts, 3, BOOK_BETWEEN)
		       : NULL;
}

/* From right to left, where an English name would take the comma behind it along. */
static struct paragraph *chairs_apart(struct book *b, const cJSON *chairs)
{
	struct phrase phrase = {.doc = b->doc};
	phrase_say_apart(&phrase, &when_style, book_word(b, "chair"), NULL);
	phrase_say(&phrase, &when_style, ": ");
	phrase_say_people(&phrase, chairs,
		&(struct phrase_look){
			.style = &when_style, .presenter = &when_style, .quiet = &when_style});
	return phrase_paragraph(&phrase);
}

/* "Chair: Ann Lee (Leicester), Bo Ek". */
static struct paragraph *chairs_of(struct book *b, const cJSON *session)
{
	struct arena *a = typesetter_arena(b->doc->type);
	const cJSON *chair, *chairs = json_get(session, "chairs");
	const char *names = NULL;
	if (!model_count(chairs))
		return NULL;
	if (b->text.is_on)
		return chairs_apart(b, chairs);
	cJSON_ArrayForEach(chair, chairs)
	{
		const char *name = model_text(chair, "name"),
			   *affiliation = json_text(chair, "affiliation");
		if (affiliation)
			name = arena_printf(a, "%s (%s)", name, affiliation);
		names = names ? arena_printf(a, "%s, %s", names, name)
			      : arena_printf(a, "%s: %s", book_word(b, "chair"), name);
	}
	return paragraph_of(b->doc->type, &when_style, names, NULL);
}

static void add_line_as(struct book *b, struct block *block, struct paragraph *text,
	struct block_text how, struct tag *sect)
{
	if (!text)
		return;
	how.paragraph = text;
	how.width = b->width - how.x;
	how.leading = text->size * 1.42;
	how.tag = tag_new(sect, "P", NULL, NULL);
	book_text(b, block, &how);
}

static void add_line(struct book *b, struct block *block, struct paragraph *text, struct tag *sect)
{
	add_line_as(b, block, text, (struct block_text){0}, sect);
}

static void add_theme(struct book *b, struct block *block, const cJSON *theme, struct tag *sect)
{
	const double side = MM(4);
	size_t row = block_rows(block);
	if (!theme)
		return;
	add_line_as(b, block,
		paragraph_of(b->doc->type, &when_style, model_text(theme, "name"), NULL),
		(struct block_text){.x = MM(5.5)}, sect);
	block_chip(block, row,
		&(struct block_chip){.letter = paragraph_of(b->doc->type, &letter_style,
					     model_text(theme, "letter"), NULL),
			.x = mirror_x(&b->text, 0, side),
			.side = side,
			.colour = hue_colour((int)json_int(theme, "hue", 1)),
			.tag = tag_new(sect, "P", NULL, NULL)});
}

/* Whether somebody's name bears an asterisk. */
static bool has_presenter(const cJSON *session)
{
	const cJSON *abstract, *author;
	cJSON_ArrayForEach(abstract, json_get(session, "abstracts"))
	{
		const cJSON *authors = json_get(abstract, "authors");
		if (model_count(authors) > 1)
			cJSON_ArrayForEach(
				author, authors) if (json_bool(author, "presenting")) return true;
	}
	return false;
}

void book_session_head(
	struct book *b, struct block *block, const struct book_entry *e, struct tag *sect)
{
	const char *title = model_text(e->model, "title");
	block_space(block, MM(7));
	block_rule(block, 0, b->width, 1.4, COLOUR_WINE);
	size_t row = block_rows(block) - 1;
	block_pad(block, MM(3));
	book_text(b, block,
		&(struct block_text){
			.paragraph = paragraph_of(b->doc->type, &session_style, title, NULL),
			.width = b->width,
			.leading = 24,
			.tag = tag_new(sect, "H2", NULL, NULL),
			.balance = true});
	block_place(block, row, e->place);
	block_bookmark(block, row, 0, title);
	block_running(block, row, b->title);
	block_pad(block, 3);
	/* Hours are never parted behind their dash. */
	add_line_as(b, block, when_of(b, e->model), (struct block_text){.keeps_words = true}, sect);
	add_line(b, block, chairs_of(b, e->model), sect);
	add_theme(b, block, json_get(e->model, "theme"), sect);
	if (has_presenter(e->model))
		add_line(b, block,
			mirror_line(&b->page, b->doc, &legend_style,
				(const char *const[]){"*", book_word(b, "presenting")}, 2, " "),
			sect);
	block_pad(block, MM(5));
	block_keep(block, 0, e->n_abstracts > 0);
}
