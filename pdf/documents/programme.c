/* The frame around the programme: pages with running heads, and the days in their order. */
#include "pdf/documents/programme_parts.h"

#include "pdf/documents/date.h"
#include "pdf/layout/running.h"

#include <stdio.h>
#include <string.h>

static const struct text_style head_style = {
	.family = FONT_SERIF, .italic = true, .size = 9.5, .colour = COLOUR_INK_2};
static const struct text_style foot_style = {
	.family = FONT_SANS, .size = 8, .colour = COLOUR_INK_2};
static const struct text_style number_style = {
	.family = FONT_SANS, .bold = true, .tabular = true, .size = 9, .colour = COLOUR_INK};
static const struct text_style day_style = {
	.family = FONT_SERIF, .bold = true, .size = 22, .colour = COLOUR_INK};

static const struct flow_frame a4 = {.width = MM(210),
	.height = MM(297),
	.left = MM(20),
	.right = MM(20),
	.top = MM(27),
	.bottom = MM(24)};

void programme_text(const struct programme *p, struct block *b, const struct block_text *text)
{
	const struct block_text t = mirror_text(&p->text, text);
	block_text(b, &t);
}

void programme_beside(
	const struct programme *p, struct block *b, size_t row, const struct block_text *text)
{
	const struct block_text t = mirror_text(&p->text, text);
	block_beside(b, row, &t);
}

void programme_tint(const struct programme *p, struct block *b, size_t row, double x, double width,
	unsigned colour)
{
	block_tint(b, row, mirror_x(&p->text, x, width), width, colour);
}

/* Unlike the title, which the cover has in full, the note stands nowhere else. */
static void warn_of_note(struct programme *p)
{
	const struct running_part note = {&foot_style, json_text(p->model, "note")},
				  number = {&number_style, "999"};
	const struct running foot = {.width = p->width, .left = note, .right = number};
	if (note.text && running_fit(p->doc, &foot).is_left_shortened)
		doc_warn_long(p->doc, paragraph_of(p->doc->type, note.style, note.text, NULL));
}

/*
 * The line of a header or footer, from the fold outwards. Folded as a booklet, left pages are the
 * mirror of right ones: numbers keep off the fold.
 */
static void put_line(const struct programme *p, const struct flow_page *page, double y,
	const struct running_part *inner, const struct running_part *outer)
{
	bool is_left = doc_is_booklet(p->doc) && page->number % 2 == 0,
	     is_turned = is_left != p->page.is_on;
	running_put(p->doc, page->page,
		&(struct running){.x = a4.left,
			.y = y,
			.width = p->width,
			.left = is_turned ? *outer : *inner,
			.right = is_turned ? *inner : *outer});
}

static double begin_page(void *context, const struct flow_page *page, double top)
{
	struct programme *p = context;
	return page->number == 1 ? programme_cover(p, page->page) : top;
}

static void end_page(void *context, const struct flow_page *page)
{
	struct programme *p = context;
	char number[16];
	if (page->number == 1 && p->has_whole_cover)
		return;
	snprintf(number, sizeof number, "%d", page->number);
	if (page->number > 1) {
		put_line(p, page, MM(14), &(struct running_part){&head_style, p->title},
			&(struct running_part){&head_style, page->first});
		page_rect(page->page, a4.left, MM(19.5), p->width, 0.5, COLOUR_LINE);
	}
	put_line(p, page, a4.height - MM(16),
		&(struct running_part){&foot_style, json_text(p->model, "note")},
		&(struct running_part){&number_style, number});
}

static void add_day(struct programme *p, const cJSON *day, size_t index)
{
	struct doc *d = p->doc;
	const cJSON *session;
	const char *date = date_long(d->arena, p->lang, model_text(day, "on")), *start = "";
	struct tag *sect = tag_new(tag_root(d->tags), "Sect", NULL, NULL);
	struct block *b = block_new(d);
	size_t number = 0;
	programme_text(p, b,
		&(struct block_text){.paragraph = paragraph_of(d->type, &day_style, date, NULL),
			.width = p->width,
			.leading = 28,
			.tag = tag_new(sect, "H2", NULL, NULL)});
	block_running(b, 0, date);
	block_bookmark(b, 0, 0, date);
	block_pad(b, MM(1.5));
	block_rule(b, 0, p->width, 1.2, COLOUR_INK);
	block_pad(b, MM(4));
	flow_new_page(p->flow);
	flow_add(p->flow, b);
	doc_forget(d);
	cJSON_ArrayForEach(session, json_get(day, "sessions"))
	{
		bool starts_slot = strcmp(start, model_text(session, "start")) != 0;
		start = model_text(session, "start");
		programme_session(p, session, p->places[index][number++], starts_slot, sect);
	}
}

static void make_places(struct programme *p)
{
	const cJSON *days = json_get(p->model, "days"), *day;
	size_t i = 0;
	p->places = ARENA_ARRAY(p->doc->arena, model_count(days), struct place **);
	cJSON_ArrayForEach(day, days)
	{
		size_t n = model_count(json_get(day, "sessions"));
		p->places[i] = ARENA_ARRAY(p->doc->arena, n, struct place *);
		for (size_t k = 0; k < n; k++)
			p->places[i][k] = place_new(p->doc->arena);
		i++;
	}
}

enum rc programme_print(struct doc *d, const cJSON *model, struct err *err)
{
	struct programme p = {.doc = d, .model = model, .lang = model_text(model, "lang")};
	const cJSON *days = json_get(model, "days"), *day;
	struct flow_frame frame = a4;
	size_t index = 0;
	session_check_days(d->arena, days, "", err);
	TRY(session_checked(err));
	TRY(logos_load(
		d, json_get(model, "event"), MAX_LOGOS, LOGOS_WIDTH, LOGOS_HEIGHT, &p.logos, err));
	p.title = model_text(json_get(model, "event"), "title");
	p.dates = session_event_dates(d->arena, model);
	core_set_title(d->core,
		arena_printf(d->arena, "%s: %s", p.title, session_word(model, "programme")));
	frame.context = &p;
	frame.begin = begin_page;
	frame.end = end_page;
	p.flow = flow_new(d, &frame);
	p.width = flow_width(p.flow);
	p.text = mirror_for(p.lang, p.width);
	p.page = mirror_for(p.lang, a4.width);
	p.top = a4.top;
	p.bottom = a4.height - a4.bottom;
	make_places(&p);
	warn_of_note(&p);
	programme_glance(&p);
	cJSON_ArrayForEach(day, days) add_day(&p, day, index++);
	flow_finish(p.flow);
	return OK;
}
