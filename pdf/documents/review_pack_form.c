/* A submission as its reviewer reads it, and the form that is filled in by hand below it. */
#include "pdf/documents/review_pack_parts.h"

#include "pdf/layout/prose.h"

static const struct text_style code_style = {
	.family = FONT_SANS, .bold = true, .tabular = true, .size = 11, .colour = COLOUR_WINE};
static const struct text_style meta_style = {.family = FONT_SANS, .size = 11, .colour = COLOUR_INK};
static const struct text_style title_style = {
	.family = FONT_SERIF, .bold = true, .size = 20, .colour = COLOUR_INK};
static const struct text_style name_style = {.family = FONT_SANS, .size = 11, .colour = COLOUR_INK};
static const struct text_style presenter_style = {
	.family = FONT_SANS, .bold = true, .size = 11, .colour = COLOUR_INK};
static const struct text_style quiet_style = {
	.family = FONT_SANS, .size = 11, .colour = COLOUR_INK_2};
static const struct text_style hang_style = {
	.family = FONT_SANS, .bold = true, .size = 10.5, .colour = COLOUR_INK};
static const struct text_style prose_style = {
	.family = FONT_SERIF, .size = 12, .colour = COLOUR_INK};
static const struct text_style heading_style = {
	.family = FONT_SERIF, .bold = true, .size = 16, .colour = COLOUR_INK};
static const struct text_style about_style = {
	.family = FONT_SANS, .size = 9.5, .colour = COLOUR_INK_2};
static const struct text_style anchor_style = {
	.family = FONT_SANS, .size = 9, .colour = COLOUR_INK_2};
static const struct text_style point_style = {
	.family = FONT_SANS, .tabular = true, .size = 11, .colour = COLOUR_INK_2};

static const double box = MM(6), criterion_w = MM(58), line_height = MM(8.5), line_rule = 0.5;

/* ---- the submission ------------------------------------------------------------------------ */

/* "K7QF-3M2XA   Talk   [R] Research" and the title. */
static void add_head(struct pack *p, struct block *b, const cJSON *submission, struct tag *sect)
{
	const char *type = json_text(submission, "type"), *lang = json_text(submission, "lang");
	const cJSON *theme = json_get(submission, "theme");
	double x = PACK_HANG;
	pack_add(p, b,
		&(struct pack_text){.style = &code_style,
			.text = model_text(submission, "code"),
			.width = PACK_HANG,
			.tag = tag_new(sect, "P", NULL, NULL)});
	if (type) {
		pack_beside(p, b, 0,
			&(struct pack_text){.style = &meta_style,
				.text = type,
				.x = x,
				.width = MM(40),
				.tag = tag_new(sect, "P", NULL, NULL)});
		x += MM(42);
	}
	if (theme)
		pack_theme(p, b, 0, x, &meta_style, theme, tag_new(sect, "P", NULL, NULL));
	block_pad(b, MM(2.5));
	block_text(b, &(struct block_text){.paragraph = paragraph_of(p->doc->type, &title_style,
						   model_text(submission, "title"), lang),
			      .width = p->width,
			      .leading = 25,
			      .align = ALIGN_START,
			      .tag = tag_new(sect, "H2", lang, NULL),
			      .balance = true});
}

/* Their names, or why there are none. */
static void add_authors(struct pack *p, struct block *b, const cJSON *submission, struct tag *sect)
{
	struct people people = {.list = json_get(submission, "authors"),
		.name = &name_style,
		.presenting = &presenter_style,
		.quiet = &quiet_style,
		.presenting_word = sign_word(p->model, "presenting"),
		.direction = sign_direction(p->model),
		.tag = tag_new(sect, "P", NULL, NULL)};
	block_pad(b, MM(1.5));
	if (json_bool(p->model, "anonymous"))
		pack_add(p, b,
			&(struct pack_text){.style = &quiet_style,
				.text = sign_word(p->model, "anonymous"),
				.tag = people.tag});
	else if (model_count(people.list))
		pack_add(p, b,
			&(struct pack_text){.style = &name_style,
				.paragraph = sign_people(p->doc, &people),
				.leading = 15 / name_style.size,
				.tag = people.tag});
	block_pad(b, MM(3));
	block_rule(b, 0, p->width, 1, COLOUR_INK);
	block_pad(b, MM(4));
	block_keep(b, 0, true);
}

/* A part with its heading in the column beside it, level with the first line. */
static void add_part(
	struct pack *p, struct block *b, const cJSON *part, const char *lang, struct tag *sect)
{
	const char *heading = json_text(part, "heading");
	size_t row = block_rows(b);
	struct tag *hang = heading ? tag_new(sect, "H3", lang, NULL) : NULL;
	block_prose(b,
		&(struct prose){.style = &prose_style,
			.lang = lang,
			.x = mirror_x(&p->text, PACK_HANG, p->width - PACK_HANG),
			.width = p->width - PACK_HANG,
			.leading = 16.5,
			.gap = 6,
			.align = ALIGN_START,
			.parent = sect},
		model_text(part, "text"));
	if (heading)
		pack_beside(p, b, row,
			&(struct pack_text){.style = &hang_style,
				.text = heading,
				.lang = lang,
				.width = PACK_HANG - MM(4),
				.leading = 1.35,
				.tag = hang});
	block_space(b, MM(3));
}

static void add_keywords(struct pack *p, struct block *b, const cJSON *submission, struct tag *sect)
{
	struct arena *a = p->doc->arena;
	const char *lang = json_text(submission, "lang"), *line = NULL;
	const cJSON *keyword;
	size_t row = block_rows(b);
	cJSON_ArrayForEach(keyword, json_get(submission, "keywords")) line =
		line ? arena_printf(a, "%s, %s", line, keyword->valuestring) : keyword->valuestring;
	if (!line)
		return;
	struct tag *hang = tag_new(sect, "P", NULL, NULL);
	pack_add(p, b,
		&(struct pack_text){.style = &meta_style,
			.text = line,
			.lang = lang,
			.align = ALIGN_START,
			.x = PACK_HANG,
			.leading = 1.4,
			.tag = tag_new(sect, "P", lang, NULL)});
	pack_beside(p, b, row,
		&(struct pack_text){.style = &hang_style,
			.text = sign_word(p->model, "keywords"),
			.width = PACK_HANG - MM(4),
			.tag = hang});
	block_keep(b, row, false);
}

/* ---- the form ------------------------------------------------------------------------------ */

static void add_tick(
	struct pack *p, struct block *b, size_t row, double x, const char *letter, struct tag *tag)
{
	sign_tick_box(p->doc, b, row,
		&(struct tick_box){.x = mirror_x(&p->text, x, box),
			.side = box,
			.style = &point_style,
			.letter = letter,
			.tag = tag});
}

/* A box with its words beside it, on a row of its own or on one that is there. */
static void add_choice(struct pack *p, struct block *b, size_t row, const struct pack_text *words)
{
	struct pack_text text = *words;
	text.x += box + MM(3);
	text.width = words->width - box - MM(3);
	text.leading = 1.6;
	pack_beside(p, b, row, &text);
	add_tick(p, b, row, words->x, "", NULL);
}

static void add_conflict(struct pack *p, struct block *b, struct tag *sect)
{
	size_t row = block_rows(b);
	add_choice(p, b, row,
		&(struct pack_text){.style = &meta_style,
			.text = sign_word(p->model, "conflict"),
			.width = p->width,
			.tag = tag_new(sect, "P", NULL, NULL)});
	block_pad(b, MM(3));
	block_rule(b, 0, p->width, 0.6, COLOUR_INK_2);
	block_keep(b, row, true);
}

static bool is_one_line(const struct pack *p, const char *text, double width)
{
	struct paragraph *paragraph = paragraph_of(p->doc->type, &anchor_style, text, NULL);
	struct lines lines = paragraph_wrap(p->doc->type, paragraph, p->width, WRAP_ANY);
	return lines.n_lines == 1 && lines.lines[0].width <= width;
}

/*
 * The words below the boxes: one a box, in the middle below it, or for the ends alone. Words for
 * the ends that are too long for that begin and end with their boxes, and have half of the width.
 */
static void add_anchors(struct pack *p, struct block *b, size_t row, const cJSON *anchors,
	double step, struct tag *tag)
{
	int n = cJSON_GetArraySize(anchors), n_points = p->to - p->from + 1, i = 0;
	double half = (p->width - criterion_w) / 2, inset = (step - box) / 2;
	const cJSON *anchor;
	cJSON_ArrayForEach(anchor, anchors)
	{
		struct pack_text t = {.style = &anchor_style,
			.text = anchor->valuestring,
			.leading = 1.2,
			.tag = tag};
		bool is_end = n == 2 && n_points != 2;
		int place = is_end && i ? n_points - 1 : i;
		if (!is_end || is_one_line(p, t.text, step - 2)) {
			t.x = criterion_w + place * step + 1;
			t.width = step - 2;
			t.align = ALIGN_CENTRE;
		} else {
			t.x = criterion_w + (i ? half : inset);
			t.width = half - inset;
			t.align = i ? ALIGN_RIGHT : ALIGN_LEFT;
		}
		pack_beside(p, b, row, &t);
		i++;
	}
}

static void add_criterion(struct pack *p, struct block *b, const cJSON *criterion, struct tag *sect)
{
	struct tag *tag = tag_new(sect, "P", NULL, NULL);
	const char *about = json_text(criterion, "about");
	double step = (p->width - criterion_w) / (p->to - p->from + 1);
	size_t first = block_rows(b), row;
	block_pad(b, MM(3));
	row = block_rows(b);
	pack_add(p, b,
		&(struct pack_text){.style = &hang_style,
			.text = model_text(criterion, "name"),
			.width = criterion_w - MM(5),
			.leading = box / hang_style.size,
			.tag = tag});
	for (int point = p->from; point <= p->to; point++)
		add_tick(p, b, row, criterion_w + (point - p->from) * step + (step - box) / 2,
			arena_printf(p->doc->arena, "%d", point), tag);
	size_t below = block_rows(b);
	if (about)
		pack_add(p, b,
			&(struct pack_text){.style = &about_style,
				.text = about,
				.width = criterion_w - MM(5),
				.balance = true,
				.tag = tag_new(sect, "P", NULL, NULL)});
	add_anchors(p, b, row + 1 < below ? row + 1 : below, json_get(criterion, "anchors"), step,
		tag_new(sect, "P", NULL, NULL));
	block_pad(b, MM(2.5));
	block_rule(b, 0, p->width, 0.5, COLOUR_LINE);
	block_keep(b, first, false);
}

static void add_recommendations(struct pack *p, struct block *b, struct tag *sect)
{
	const cJSON *list = json_get(p->model, "recommendations"), *item;
	size_t first = block_rows(b), row = 0;
	double half = (p->width - PACK_HANG) / 2;
	int i = 0;
	if (!model_count(list))
		return;
	struct tag *hang = tag_new(sect, "H3", NULL, NULL);
	block_pad(b, MM(4));
	cJSON_ArrayForEach(item, list)
	{
		if (i % 2 == 0)
			row = block_rows(b);
		add_choice(p, b, row,
			&(struct pack_text){.style = &meta_style,
				.text = item->valuestring,
				.x = PACK_HANG + i % 2 * half,
				.width = half - MM(3),
				.tag = tag_new(sect, "P", NULL, NULL)});
		if (i++ % 2)
			block_pad(b, MM(2));
	}
	pack_beside(p, b, first + 1,
		&(struct pack_text){.style = &hang_style,
			.text = sign_word(p->model, "recommendation"),
			.width = PACK_HANG - MM(2),
			.tag = hang});
	block_keep(b, first, false);
}

/* One line to write on. */
static void add_line(const struct pack *p, struct block *b)
{
	block_pad(b, line_height);
	block_rule(b, 0, p->width, line_rule, COLOUR_INK_2);
}

/* A heading and lines to write on; never the heading alone. */
static void add_comment(
	struct pack *p, struct block *b, const cJSON *comment, int n_lines, struct tag *sect)
{
	size_t first = block_rows(b);
	block_pad(b, MM(5));
	pack_add(p, b,
		&(struct pack_text){.style = &hang_style,
			.text = model_text(comment, "title"),
			.tag = tag_new(sect, "H3", NULL, NULL)});
	for (int i = 0; i < n_lines; i++) {
		add_line(p, b);
		if (i == 0)
			block_keep(b, first, false);
	}
}

static int count_lines(const cJSON *comment)
{
	return (int)json_int(comment, "lines", 1);
}

static void add_comments(struct pack *p, struct block *b, struct tag *sect)
{
	const cJSON *comment;
	cJSON_ArrayForEach(comment, json_get(p->model, "comments"))
		add_comment(p, b, comment, count_lines(comment), sect);
}

/* Comments that need not stand together. No page is begun for a few lines at the very end. */
static void flow_comments(struct pack *p, struct tag *sect)
{
	const int few = 6;
	const cJSON *comment;
	cJSON_ArrayForEach(comment, json_get(p->model, "comments"))
	{
		int n = count_lines(comment);
		struct block *b = block_new(p->doc);
		add_comment(p, b, comment, 1, sect);
		flow_add(p->flow, b);
		while (--n > 0) {
			bool fits = flow_room(p->flow) >= line_height + line_rule;
			if (!fits && !comment->next && n <= few)
				break;
			b = block_new(p->doc);
			add_line(p, b);
			block_keep(b, 0, false);
			flow_add(p->flow, b);
		}
	}
}

static double height_of_comments(struct pack *p)
{
	struct block *b = block_new(p->doc);
	add_comments(p, b, doc_unwritten(p->doc));
	return block_height(b);
}

/* On the page of the submission when there is room for all of it, else from a new page. */
static void add_form(struct pack *p, const cJSON *submission, struct tag *sect)
{
	const cJSON *criterion;
	struct block *b = block_new(p->doc);
	const double whole = MM(240);
	block_space(b, MM(6));
	pack_add(p, b,
		&(struct pack_text){.style = &heading_style,
			.text = arena_printf(p->doc->arena, "%s · %s",
				sign_word(p->model, "review"), model_text(submission, "code")),
			.tag = tag_new(sect, "H3", NULL, NULL)});
	block_pad(b, MM(1));
	block_rule(b, 0, p->width, 1, COLOUR_INK);
	block_pad(b, MM(3));
	block_keep(b, 0, true);
	add_conflict(p, b, sect);
	cJSON_ArrayForEach(criterion, json_get(p->model, "criteria"))
		add_criterion(p, b, criterion, sect);
	add_recommendations(p, b, sect);
	if (block_height(b) + height_of_comments(p) < whole) {
		add_comments(p, b, sect);
		block_keep(b, 0, false);
		flow_add(p->flow, b);
	} else {
		flow_add(p->flow, b);
		flow_comments(p, sect);
	}
}

void pack_submission(struct pack *p, const cJSON *submission, struct place *place)
{
	const char *code = model_text(submission, "code"), *lang = json_text(submission, "lang");
	struct block *b = block_new(p->doc);
	struct tag *sect = tag_new(tag_root(p->doc->tags), "Sect", NULL, NULL);
	const cJSON *part;
	doc_about(p->doc,
		arena_printf(p->doc->arena, "%s %s", code, model_text(submission, "title")));
	add_head(p, b, submission, sect);
	block_place(b, 0, place);
	block_running(b, 0, code);
	block_bookmark(b, 0, 0,
		arena_printf(p->doc->arena, "%s  %s", code, model_text(submission, "title")));
	add_authors(p, b, submission, sect);
	cJSON_ArrayForEach(part, json_get(submission, "parts")) add_part(p, b, part, lang, sect);
	add_keywords(p, b, submission, sect);
	flow_new_page(p->flow);
	flow_add(p->flow, b);
	add_form(p, submission, sect);
	doc_forget(p->doc);
}
