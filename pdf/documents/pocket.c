/*
 * The same pages at several sizes: the first format that they fit is taken. How many they are is
 * learned by drawing them into documents that are thrown away.
 */
#include "pdf/documents/pocket_parts.h"

#include "pdf/documents/date.h"

#include <stdio.h>
#include <string.h>

static const struct pocket_styles a7_styles = {
	.title = {.family = FONT_SERIF, .bold = true, .size = 17, .colour = COLOUR_ON_BAND},
	.network = {.family = FONT_SANS, .size = 6.6, .colour = COLOUR_ON_BAND_2},
	.dates = {.family = FONT_SANS, .size = 7.6, .colour = COLOUR_ON_BAND},
	.day = {.family = FONT_SERIF, .bold = true, .size = 10, .colour = COLOUR_INK},
	.time = {.family = FONT_SANS,
		.bold = true,
		.tabular = true,
		.size = 7.4,
		.colour = COLOUR_INK},
	.session = {.family = FONT_SERIF, .bold = true, .size = 7.8, .colour = COLOUR_INK},
	.pause = {.family = FONT_SERIF, .italic = true, .size = 7.6, .colour = COLOUR_INK_2},
	.room = {.family = FONT_SANS, .bold = true, .size = 6.6, .colour = COLOUR_INK_2},
	.quiet = {.family = FONT_SANS, .tabular = true, .size = 6.6, .colour = COLOUR_INK_2},
	.letter = {.family = FONT_SANS, .bold = true, .size = 6.5, .colour = COLOUR_WHITE},
	.foot = {.family = FONT_SANS, .tabular = true, .size = 6.5, .colour = COLOUR_INK_2}};

/* From the one that is read most easily to the one that takes any length. */
static const struct pocket_format {
	enum impose_way way;
	double width, height;
	double scale, type; /* of white space and of type, to those of A7 */
	size_t most, step;  /* pages: no more than these, in whole multiples of those */
	bool splits_pages;  /* a day may begin below another */
} formats[] = {
	{IMPOSE_ZINE, MM(74.25), MM(105), 1, 1.25, 8, 8, false},
	{IMPOSE_ZINE, MM(74.25), MM(105), 1, 1.12, 8, 8, false},
	{IMPOSE_ZINE, MM(74.25), MM(105), 1, 1, 8, 8, false},
	{IMPOSE_ZINE, MM(74.25), MM(105), 1, 1, 8, 8, true},
	{IMPOSE_BOOKLET, MM(105), MM(148), 1.32, 1.32, SIZE_MAX, 4, true},
};

static void put_foot(struct pocket *k, struct page *page, const char *text, enum align align)
{
	struct slot slot = {.style = &k->styles.foot,
		.x = k->margin,
		.y = k->height - MM(6) * k->scale,
		.width = k->inner,
		.height = MM(3) * k->scale,
		.least = 4,
		.align = align};
	slot = mirror_slot(&k->page, &slot);
	slot_put(k->doc, page, &slot, text, NULL, NULL);
}

/* The day is named in its heading, and once more where it goes on on another page. */
static void end_page(void *context, const struct flow_page *page)
{
	struct pocket *k = context;
	bool goes_on = k->day && strcmp(k->day, page->first) == 0;
	char number[16];
	/* The cover is the first. */
	snprintf(number, sizeof number, "%d", page->number + 1);
	if (goes_on)
		put_foot(k, page->page, page->first, ALIGN_LEFT);
	k->day = page->last;
	put_foot(k, page->page, number, ALIGN_RIGHT);
}

static void add_day(struct pocket *k, const cJSON *day)
{
	struct doc *d = k->doc;
	struct block *b = block_new(d);
	const cJSON *session;
	const char *date = date_long(d->arena, d->lang, model_text(day, "on")), *start = "";
	struct tag *sect = tag_new(tag_root(d->tags), "Sect", NULL, NULL);
	if (!k->format->splits_pages)
		flow_new_page(k->flow);
	block_space(b, MM(3) * k->scale);
	const struct block_text heading = {
		.paragraph = paragraph_of(d->type, &k->styles.day, date, NULL),
		.width = k->inner,
		.leading = k->styles.day.size * 1.25,
		.align = mirror_align(&k->text, ALIGN_LEFT),
		.tag = tag_new(sect, "H2", NULL, NULL)};
	block_text(b, &heading);
	block_bookmark(b, 1, 0, date);
	block_running(b, 1, date);
	block_pad(b, 1.5 * k->scale);
	block_rule(b, 0, k->inner, 0.8, COLOUR_INK);
	block_keep(b, 0, true);
	cJSON_ArrayForEach(session, json_get(day, "sessions"))
	{
		pocket_session(k, b, session, start, sect);
		start = model_text(session, "start");
	}
	flow_add(k->flow, b);
	doc_forget(d);
}

static struct pocket pocket_for(struct doc *d, const cJSON *model, const struct pocket_format *f)
{
	enum { N = sizeof a7_styles / sizeof(struct text_style) };
	struct pocket k = {.doc = d,
		.model = model,
		.format = f,
		.scale = f->scale,
		.width = f->width,
		.height = f->height,
		.margin = MM(6) * f->scale,
		.styles = a7_styles};
	struct text_style *styles = &k.styles.title;
	for (int i = 0; i < N; i++)
		styles[i].size *= f->type;
	k.inner = f->width - 2 * k.margin;
	k.text = mirror_for(d->lang, k.inner);
	k.page = mirror_for(d->lang, k.width);
	return k;
}

/* One way to print it, and how many pages there are to be; 0: as many as there are. */
struct edition {
	const cJSON *model;
	const struct pocket_format *format;
	size_t n_pages;
};

static enum rc draw(struct doc *d, const void *context, struct err *err)
{
	const struct edition *edition = context;
	struct pocket k = pocket_for(d, edition->model, edition->format);
	const cJSON *day;
	TRY(logos_load(d, json_get(edition->model, "event"), 1, POCKET_LOGO * k.scale,
		MM(6) * k.scale, &k.logo, err));
	struct flow_frame frame = {.width = k.width,
		.height = k.height,
		.left = k.margin,
		.right = k.margin,
		.top = pocket_top(&k),
		.bottom = MM(8) * k.scale,
		.context = &k,
		.end = end_page};
	pocket_cover(&k);
	k.flow = flow_new(d, &frame);
	cJSON_ArrayForEach(day, json_get(edition->model, "days")) add_day(&k, day);
	flow_finish(k.flow);
	while (d->extent.n_pages + 1 < edition->n_pages)
		pocket_notes(&k);
	return pocket_back(&k, err);
}

/*
 * The first format in which every day has a page of its own and nothing is left over; if there is
 * none, the first that holds all pages.
 */
static enum rc choose_format(struct doc *d, struct edition *edition, struct err *err)
{
	enum { N = sizeof formats / sizeof formats[0] };
	size_t n[N], i, page_a_day = model_count(json_get(edition->model, "days")) + 2;
	for (i = 0; i < N; i++) {
		struct doc_extent extent;
		edition->format = &formats[i];
		TRY(doc_trial(d->lang, draw, edition, &extent, err));
		n[i] = extent.n_pages;
		if (n[i] <= page_a_day && n[i] <= formats[i].most)
			break;
	}
	if (i == N)
		for (i = 0; n[i] > formats[i].most;)
			i++;
	edition->format = &formats[i];
	edition->n_pages = (n[i] + formats[i].step - 1) / formats[i].step * formats[i].step;
	return OK;
}

enum rc pocket_print(struct doc *d, const cJSON *model, struct err *err)
{
	struct edition edition = {.model = model};
	session_check_days(d->arena, json_get(model, "days"), "", err);
	TRY(session_checked(err));
	core_set_title(d->core,
		arena_printf(d->arena, "%s: %s", model_text(json_get(model, "event"), "title"),
			session_word(model, "programme")));
	TRY(choose_format(d, &edition, err));
	const struct pocket_format *f = edition.format;
	doc_impose(d, &(struct imposition){.way = f->way,
			      .n_pages = edition.n_pages,
			      .width = f->width,
			      .height = f->height,
			      .is_rtl = doc_is_rtl(d)});
	return draw(d, &edition, err);
}
