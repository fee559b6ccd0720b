/*
 * One's own days on a badge: the date, then times with what happens and where. The type is made
 * smaller in steps until all of it fits. When it never does, the list says how much more there is.
 */
#include "pdf/documents/badge_parts.h"

#include "pdf/documents/date.h"
#include "pdf/documents/words.h"

static const struct word words[] = {
	{"more", "more"},
	{NULL, NULL},
};

static const double step = 0.5, least_otherwise = 6.5, leading = 1.25;

/* Styles at one size. */
struct schedule_type {
	struct text_style day, time, title, room;
};

/* A list at one size; `page` NULL: it is only measured. */
struct schedule {
	struct badge_job *job;
	const struct badge_box *box;
	struct mirror mirror; /* of what stands in it */
	const struct schedule_type *type;
	struct page *page;
	double y, bottom;
	double time_width;
	int n_left_out;
};

static struct schedule_type *type_new(struct arena *a, const struct text_style *base, double size)
{
	struct schedule_type *t = ARENA_NEW(a, struct schedule_type);
	t->title = t->day = t->time = t->room = *base;
	t->title.size = t->time.size = size;
	t->day.size = size * 1.15;
	t->day.bold = t->time.bold = true;
	t->title.tabular = t->day.tabular = t->room.tabular = false;
	t->room.size = size * 0.9;
	t->room.colour = COLOUR_INK_2;
	return t;
}

/* Sets a text at x, from where lines begin; returns its height. */
static double put_paragraph(
	const struct schedule *s, const struct paragraph *text, double x, const char *tag)
{
	struct doc *d = s->job->press->doc;
	double width = s->box->width - x;
	struct text_box box = {.x = s->box->x + mirror_x(&s->mirror, x, width),
		.y = s->y,
		.width = width,
		.leading = text->size * leading,
		.factor = 1,
		.align = mirror_align(&s->mirror, ALIGN_LEFT)};
	struct lines lines = paragraph_balance(d->type, text, box.width, WRAP_ANY);
	if (!s->page)
		return (double)lines.n_lines * box.leading;
	box.tag = tag_new(s->job->sect, tag, NULL, NULL);
	return doc_lines(d, s->page, &lines, text->size, &box);
}

static double put(const struct schedule *s, const struct text_style *style, const char *text,
	double x, const char *tag)
{
	return put_paragraph(s, paragraph_of(s->job->press->doc->type, style, text, NULL), x, tag);
}

static double height_of(struct schedule *s, const cJSON *item)
{
	struct schedule measure = *s;
	const char *room = json_text(item, "room");
	measure.page = NULL;
	double height =
		put(&measure, &s->type->title, model_text(item, "title"), s->time_width, "P");
	return height + (room ? put(&measure, &s->type->room, room, s->time_width, "P") : 0);
}

static double gap_of(const struct schedule *s)
{
	return s->type->title.size * 0.35;
}

/* What comes behind the first that does not fit is left out too, or the order would lie. */
static void put_appointment(struct schedule *s, const cJSON *item)
{
	const char *room = json_text(item, "room");
	double height = height_of(s, item);
	if (s->page && (s->n_left_out || s->y + height > s->bottom)) {
		s->n_left_out++;
		return;
	}
	if (s->page) {
		put(s, &s->type->time, model_text(item, "time"), 0, "P");
		s->y += put(s, &s->type->title, model_text(item, "title"), s->time_width, "P");
		s->y += room ? put(s, &s->type->room, room, s->time_width, "P") : 0;
	} else {
		s->y += height;
	}
	s->y += gap_of(s);
}

/* No date stands alone: it has room when its first appointment has. */
static void put_day(struct schedule *s, const cJSON *day, double above)
{
	const struct badge_press *p = s->job->press;
	const cJSON *item, *items = json_get(day, "items");
	const char *date =
		date_long(typesetter_arena(p->doc->type), p->lang, model_text(day, "on"));
	double size = s->type->day.size, below = size * 0.25,
	       first = height_of(s, cJSON_GetArrayItem(items, 0));
	bool has_room =
		!s->n_left_out && s->y + above + size * leading + below + first <= s->bottom;
	if (!s->page || has_room) {
		s->y += above;
		s->y += put(s, &s->type->day, date, 0, "H2") + below;
		cJSON_ArrayForEach(item, items) put_appointment(s, item);
	} else {
		s->n_left_out += (int)model_count(items);
	}
}

/* Returns the height of the whole list. */
static double put_days(struct schedule *s)
{
	const cJSON *day, *days = json_get(s->job->badge, "schedule");
	s->time_width = s->type->time.size * 3.2;
	cJSON_ArrayForEach(day, days)
		put_day(s, day, day == days->child ? 0 : s->type->day.size * 0.6);
	return s->y - gap_of(s) - s->box->y;
}

/* The wearer learns of it as well as who prints. */
static void put_rest(const struct schedule *s)
{
	const struct badge_press *p = s->job->press;
	const char *const rest[] = {
		arena_printf(typesetter_arena(p->doc->type), "+ %d", s->n_left_out),
		word_of(p->model, words, "more")};
	put_paragraph(s, mirror_line(&s->mirror, p->doc, &s->type->title, rest, 2, " "),
		s->time_width, "P");
	typesetter_warn(p->doc->type, model_text(s->job->badge, "name"), 0,
		arena_printf(p->doc->arena,
			"The schedule is too long for the badge: %d of its entries are left out",
			s->n_left_out));
}

void badge_draw_schedule(struct badge_job *j, const struct badge_item *item)
{
	struct doc *d = j->press->doc;
	double least = item->slot.least > 0 ? item->slot.least : least_otherwise, height;
	struct schedule s = {
		.job = j, .box = &item->box, .mirror = mirror_for(j->press->lang, item->box.width)};
	for (double size = item->style.size;; size -= step) {
		s.y = item->box.y;
		s.type = type_new(typesetter_arena(d->type), &item->style, size);
		height = put_days(&s);
		if (height <= item->box.height || size - step < least)
			break;
	}
	s.page = j->page;
	s.y = item->box.y;
	s.bottom = item->box.y + item->box.height + 0.5;
	if (s.y + height > s.bottom)
		s.bottom -= s.type->title.size * leading;
	put_days(&s);
	if (s.n_left_out)
		put_rest(&s);
}
