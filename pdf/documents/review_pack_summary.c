/*
 * The table for chairs: a submission a row, its scores as squares on the scale, the figures beside
 * them. What is decided but not yet told is said so in words.
 */
#include "pdf/documents/review_pack_parts.h"

static const struct text_style head_style = {
	.family = FONT_SANS, .bold = true, .size = 9.5, .colour = COLOUR_INK};
static const struct text_style title_style = {
	.family = FONT_SERIF, .size = 11.5, .colour = COLOUR_INK};
static const struct text_style quiet_style = {
	.family = FONT_SANS, .tabular = true, .size = 9.5, .colour = COLOUR_INK_2};
static const struct text_style mean_style = {
	.family = FONT_SANS, .bold = true, .tabular = true, .size = 11.5, .colour = COLOUR_INK};
static const struct text_style decision_style = {
	.family = FONT_SANS, .size = 10.5, .colour = COLOUR_INK};
static const struct text_style staged_style = {
	.family = FONT_SANS, .italic = true, .size = 9.5, .colour = COLOUR_INK_2};

static const double title_w = MM(84), scores_x = MM(88), scores_w = MM(30), mean_w = MM(14),
		    decision_x = MM(137), square = MM(2);

/* A square a score on the axis of the scale; equal scores stand side by side. */
static void add_scores(struct pack *p, struct block *b, size_t row, const cJSON *scores)
{
	const cJSON *score, *before;
	struct text_style dot = title_style;
	double step = (scores_w - square) / (p->to - p->from);
	cJSON_ArrayForEach(score, scores)
	{
		double x = scores_x + (score->valuedouble - p->from) * step;
		for (before = scores->child; before != score; before = before->next)
			if (before->valuedouble == score->valuedouble)
				x += square + 1;
		block_chip(b, row,
			&(struct block_chip){.letter = paragraph_of(p->doc->type, &dot, "", NULL),
				.x = x,
				.side = square,
				.colour = COLOUR_WINE});
	}
}

static const char *scores_in_words(struct arena *a, const cJSON *scores)
{
	const cJSON *score;
	const char *line = "";
	cJSON_ArrayForEach(score, scores) line =
		arena_printf(a, "%s%s%g", line, *line ? ", " : "", score->valuedouble);
	return line;
}

/* The decision, and on a line of its own that nobody was told yet. */
static void add_decision(struct pack *p, struct block *b, const cJSON *submission, struct tag *td)
{
	const char *decision = json_text(submission, "decision");
	const char *staged = arena_printf(p->doc->arena, "\n%s", sign_word(p->model, "staged"));
	const struct text_span spans[] = {{.style = &decision_style, .text = decision},
		{.style = &staged_style, .text = staged}};
	if (!decision)
		return;
	block_beside(b, 1,
		&(struct block_text){.paragraph = paragraph_new(p->doc->type, spans,
					     json_bool(submission, "is_staged") ? 2 : 1,
					     sign_direction(p->model)),
			.x = decision_x,
			.width = p->width - decision_x,
			.leading = decision_style.size * 1.3,
			.tag = td});
}

/* The title, and below it what else is known. */
static void add_title(struct pack *p, struct block *b, const cJSON *submission, struct tag *th)
{
	const char *lang = json_text(submission, "lang"), *type = json_text(submission, "type"),
		   *theme = json_text(json_get(submission, "theme"), "name"),
		   *line = model_text(submission, "code");
	if (type)
		line = arena_printf(p->doc->arena, "%s · %s", line, type);
	if (theme)
		line = arena_printf(p->doc->arena, "%s · %s", line, theme);
	pack_add(p, b,
		&(struct pack_text){.style = &title_style,
			.text = model_text(submission, "title"),
			.lang = lang,
			.width = title_w,
			.align = ALIGN_START,
			.tag = th});
	pack_add(p, b,
		&(struct pack_text){.style = &quiet_style,
			.text = line,
			.width = title_w,
			.leading = 1.45,
			.tag = th});
}

static void add_row(struct pack *p, const cJSON *submission, struct tag *table)
{
	struct arena *a = p->doc->arena;
	struct block *b = block_new(p->doc);
	const cJSON *scores = json_get(submission, "scores");
	struct tag *tr = tag_new(table, "TR", NULL, NULL);
	block_pad(b, MM(1.8));
	add_title(p, b, submission, tag_new(tr, "TH", json_text(submission, "lang"), NULL));
	add_scores(p, b, 1, scores);
	pack_beside(p, b, 2,
		&(struct pack_text){.style = &quiet_style,
			.text = scores_in_words(a, scores),
			.x = scores_x,
			.width = scores_w,
			.tag = tag_new(tr, "TD", NULL, NULL)});
	struct tag *mean = tag_new(tr, "TD", NULL, NULL);
	if (json_get(submission, "mean"))
		pack_beside(p, b, 1,
			&(struct pack_text){.style = &mean_style,
				.text = arena_printf(
					a, "%.2f", model_number(submission, "mean", 0)),
				.x = scores_x + scores_w,
				.width = mean_w,
				.align = ALIGN_RIGHT,
				.tag = mean});
	add_decision(p, b, submission, tag_new(tr, "TD", NULL, NULL));
	block_pad(b, MM(1.8));
	block_rule(b, 0, p->width, 0.5, COLOUR_LINE);
	block_keep(b, 0, false);
	flow_add(p->flow, b);
	doc_forget(p->doc);
}

double pack_summary_head(struct pack *p, struct page *page, double y, struct tag *table)
{
	struct arena *a = p->doc->arena;
	const struct {
		const char *text;
		double x, width;
		enum align align;
	} heads[] = {{sign_word(p->model, "submission"), 0, title_w, ALIGN_LEFT},
		{arena_printf(a, "%s %d–%d", sign_word(p->model, "scores"), p->from, p->to),
			scores_x, scores_w, ALIGN_LEFT},
		{sign_word(p->model, "mean"), scores_x + scores_w, mean_w, ALIGN_RIGHT},
		{sign_word(p->model, "decision"), decision_x, p->width - decision_x, ALIGN_LEFT}};
	struct tag *tr = table ? tag_new(table, "TR", NULL, NULL) : NULL;
	struct edge_line line = {.style = &head_style, .y = y};
	for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
		line.x = PACK_MARGIN + heads[i].x;
		line.width = heads[i].width;
		line.align = heads[i].align;
		line.tag = tr ? tag_new(tr, "TH", NULL, NULL) : NULL;
		sign_edge(p->doc, page, &line, heads[i].text);
	}
	y += MM(6);
	page_mark(page, NULL);
	page_rect(page, PACK_MARGIN, y, p->width, 1, COLOUR_INK);
	return y + 1;
}

void pack_summary(struct pack *p)
{
	const cJSON *submission;
	cJSON_ArrayForEach(submission, json_get(p->model, "submissions"))
	{
		doc_about(p->doc, model_text(submission, "title"));
		add_row(p, submission, p->table);
	}
}
