/*
 * The table for chairs: a submission a row, its scores as squares over the scale, the figures below
 * them. What is decided but not yet told is said so in words.
 */
#include "pdf/documents/review_pack_parts.h"

#include "pdf/documents/session.h"

#include <math.h>

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
		    decision_x = MM(137);

/* ---- scores -------------------------------------------------------------------------------- */

/* Two lines high: the submission's title and what is known of it. */
static const double stack_h = 23.4, square = 5, between = 0.8;

enum { MAX_SCORES = 20 }; /* as the schema says */

struct spread {
	const struct pack *pack;
	double x[MAX_SCORES]; /* of the middles of the squares, from the left end of the axis */
	int level[MAX_SCORES], n, n_levels;
	double mean; /* negative: none */
};

/* The scale begins where lines do. */
static double score_x(const struct pack *p, double score)
{
	double x = square / 2 + (score - p->from) * (scores_w - square) / (p->to - p->from);
	return p->text.is_on ? scores_w - x : x;
}

/* The lowest level on which the next square touches none of those before it. */
static int free_level(const struct spread *s, double x)
{
	int level = 0;
	for (int i = 0; i < s->n; i++)
		if (s->level[i] == level && fabs(s->x[i] - x) < square + between) {
			level++;
			i = -1;
		}
	return level;
}

static struct spread *spread_new(const struct pack *p, const cJSON *submission)
{
	struct spread *s = ARENA_NEW(p->doc->arena, struct spread);
	const cJSON *score;
	s->pack = p;
	s->mean = model_number(submission, "mean", -1);
	cJSON_ArrayForEach(score, json_get(submission, "scores"))
	{
		double x = score_x(p, score->valuedouble);
		int level = free_level(s, x);
		s->x[s->n] = x;
		s->level[s->n++] = level;
		if (level >= s->n_levels)
			s->n_levels = level + 1;
	}
	return s;
}

/* The axis from the lowest score there may be to the highest, a tick for each, one for the mean. */
static void draw_axis(const struct spread *s, struct page *page, double x, double y)
{
	const struct pack *p = s->pack;
	const double line = 0.5, tick = 2, mean_line = 1.2, mean_tick = 4.5;
	page_rect(page, x + square / 2, y, scores_w - square, line, COLOUR_INK_2);
	for (int point = p->from; point <= p->to; point++)
		page_rect(page, x + score_x(p, point) - line / 2, y, line, tick, COLOUR_INK_2);
	if (s->mean >= 0)
		page_rect(page, x + score_x(p, s->mean) - mean_line / 2, y - 0.6, mean_line,
			mean_tick, COLOUR_INK);
}

/* Stacks that would be higher than their room are made of smaller squares. */
static void draw_spread(void *context, struct page *page, double x, double y)
{
	const struct spread *s = context;
	double pitch = square + between, side, axis_y = y + stack_h + 1.5;
	if (s->n_levels * pitch > stack_h)
		pitch = stack_h / s->n_levels;
	side = square * pitch / (square + between);
	page_mark(page, NULL);
	for (int i = 0; i < s->n; i++)
		page_rect(page, x + s->x[i] - side / 2, axis_y - 1 - s->level[i] * pitch - side,
			side, side, COLOUR_WINE);
	draw_axis(s, page, x, axis_y);
}

static void add_scores(struct pack *p, struct block *b, size_t row, const cJSON *submission)
{
	if (!model_count(json_get(submission, "scores")))
		return;
	block_figure(b, row,
		&(struct block_figure){.draw = draw_spread,
			.context = spread_new(p, submission),
			.x = mirror_x(&p->text, scores_x, scores_w)});
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
	pack_beside(p, b, 1,
		&(struct pack_text){.style = &decision_style,
			.paragraph = paragraph_new(p->doc->type, spans,
				json_bool(submission, "is_staged") ? 2 : 1,
				sign_direction(p->model)),
			.x = decision_x,
			.tag = td});
}

/* The title, and below it what else is known. */
static void add_title(struct pack *p, struct block *b, const cJSON *submission, struct tag *th)
{
	const char *lang = json_text(submission, "lang"), *type = json_text(submission, "type"),
		   *theme = json_text(json_get(submission, "theme"), "name");
	const char *const known[] = {model_text(submission, "code"), type, theme};
	pack_add(p, b,
		&(struct pack_text){.style = &title_style,
			.text = model_text(submission, "title"),
			.lang = lang,
			.width = title_w,
			.align = mirror_heading(&p->text),
			.tag = th});
	pack_add(p, b,
		&(struct pack_text){.style = &quiet_style,
			.paragraph = mirror_line(&p->text, p->doc, &quiet_style, known, 3, " · "),
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
	add_scores(p, b, 1, submission);
	pack_beside(p, b, 3,
		&(struct pack_text){.style = &quiet_style,
			.paragraph = mirror_phrase(
				&p->text, p->doc, &quiet_style, scores_in_words(a, scores)),
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
	const char *scale = session_range(
		a, p->doc->lang, arena_printf(a, "%d", p->from), arena_printf(a, "%d", p->to));
	const struct {
		const char *text;
		double x, width;
		enum align align;
	} heads[] = {{sign_word(p->model, "submission"), 0, title_w, ALIGN_LEFT},
		{arena_printf(a, "%s %s", sign_word(p->model, "scores"), scale), scores_x, scores_w,
			ALIGN_LEFT},
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
