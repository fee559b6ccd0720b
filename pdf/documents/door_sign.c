/*
 * The sign of a room: head and foot are fixed places, and the list of sessions between them is
 * built at smaller and smaller type until it fits. A day that is too full even for the smallest
 * flows onto further pages, in larger type.
 */
#include "pdf/documents/door_sign_parts.h"

#include "pdf/documents/date.h"
#include "pdf/documents/hues.h"
#include "pdf/documents/session.h"
#include "pdf/page/emblem.h"

#include <string.h>

static const struct text_style event_style = {
	.family = FONT_SANS, .size = 12, .colour = COLOUR_INK_2};
static const struct text_style room_style = {
	.family = FONT_SERIF, .bold = true, .size = 100, .colour = COLOUR_INK};
static const struct text_style way_style = {
	.family = FONT_SANS, .size = 15, .colour = COLOUR_INK_2};
static const struct text_style date_style = {
	.family = FONT_SERIF, .bold = true, .size = 27, .colour = COLOUR_WINE};
static const struct text_style scan_style = {
	.family = FONT_SANS, .bold = true, .size = 13, .colour = COLOUR_INK};
static const struct text_style note_style = {
	.family = FONT_SANS, .size = 10, .colour = COLOUR_INK_2};

static const struct text_style time_style = {
	.family = FONT_SANS, .bold = true, .tabular = true, .size = 17, .colour = COLOUR_INK};
static const struct text_style kind_style = {
	.family = FONT_SANS, .bold = true, .size = 12, .colour = COLOUR_WINE};
static const struct text_style letter_style = {
	.family = FONT_SANS, .bold = true, .size = 12, .colour = COLOUR_WHITE};
static const struct text_style theme_style = {
	.family = FONT_SANS, .size = 12, .colour = COLOUR_INK};
static const struct text_style title_style = {
	.family = FONT_SERIF, .bold = true, .size = 20, .colour = COLOUR_INK};
static const struct text_style break_style = {
	.family = FONT_SERIF, .italic = true, .size = 17, .colour = COLOUR_INK_2};
static const struct text_style name_style = {.family = FONT_SANS, .size = 14, .colour = COLOUR_INK};
static const struct text_style quiet_style = {
	.family = FONT_SANS, .size = 14, .colour = COLOUR_INK_2};

/* Of the list, in millimetres at its full size. */
enum { TIME_W = 42, CHIP = 5, MAX_ROOM_H = 42 };
static const double largest = 1.3, smallest = 0.75, step = 0.05, on_pages = 0.9;

double door_mm(const struct door *d, double millimetres)
{
	return MM(millimetres) * d->scale;
}

struct tag *door_tag(const struct door *d, const char *type, const char *lang)
{
	return d->sect ? tag_new(d->sect, type, lang, NULL) : NULL;
}

double door_x(const struct door *d, double x, double width)
{
	return mirror_x(&d->paper, door_mm(d, x), door_mm(d, width));
}

double door_put(const struct door *d, const struct door_text *t, const char *text)
{
	struct slot s = {.style = sign_style(d->doc, t->style, d->scale),
		.x = door_mm(d, t->x),
		.y = door_mm(d, t->y),
		.width = door_mm(d, t->width),
		.height = door_mm(d, t->height),
		.leading = t->leading,
		.least = t->least * d->scale,
		.vertical = t->vertical,
		.align = t->align};
	s = mirror_slot(&d->paper, &s);
	return slot_put(d->doc, d->page, &s, text, t->lang, door_tag(d, t->tag, t->lang)) /
	       door_mm(d, 1);
}

enum { MARK = 9, LOGO_MOST = 45 }; /* the height of a mark, and how wide a logo is at most */

/* The logo of the event, or else the mark of the program; returns its width in millimetres of A4.
 */
static double draw_mark(const struct door *d)
{
	double width, height, y = door_mm(d, DOOR_MARGIN), most = door_mm(d, MARK);
	if (!d->logo.n) {
		page_mark(d->page, NULL);
		emblem_draw(d->page, door_x(d, DOOR_MARGIN, MARK), y, most, COLOUR_BAND);
		return MARK;
	}
	width = image_fit(d->logo.images[0], door_mm(d, LOGO_MOST), most, &height);
	image_draw(d->page, d->logo.images[0], door_x(d, DOOR_MARGIN, width / door_mm(d, 1)), y,
		width, most, d->sect ? image_tag(d->logo.images[0], d->sect) : NULL);
	return width / door_mm(d, 1);
}

void door_head(const struct door *d)
{
	const double mark = draw_mark(d);
	const struct door_text t = {.style = &event_style,
		.x = DOOR_MARGIN + mark + 4,
		.y = DOOR_MARGIN,
		.width = DOOR_WIDTH - mark - 4,
		.height = MARK,
		.leading = 1.2,
		.vertical = SLOT_MIDDLE,
		.tag = "P"};
	const char *about = doc_about(d->doc, NULL);
	door_put(d, &t, model_text(json_get(d->model, "event"), "title"));
	doc_about(d->doc, about);
}

double door_foot_y(const struct door *d)
{
	return json_get(d->sign, "qr") ? DOOR_FOOT : DOOR_NOTE;
}

/* The code where lines end; what it is for, and the note, where they begin. */
void door_foot(const struct door *d)
{
	const char *qr = json_text(d->sign, "qr"), *note = json_text(d->model, "note");
	struct door_text t = {.style = &note_style,
		.x = DOOR_MARGIN,
		.y = DOOR_BOTTOM - 5,
		.width = DOOR_WIDTH - (qr ? DOOR_QR + 8 : 0),
		.height = 5,
		.leading = 1.2,
		.vertical = SLOT_BOTTOM,
		.tag = "P"};
	const char *about = doc_about(d->doc, NULL);
	if (qr) {
		t.style = &scan_style;
		t.y -= note ? 14 : 7;
		t.height = 12;
		door_put(d, &t, sign_word(d->model, "scan"));
		sign_qr(d->doc, d->page,
			&(struct qr_place){door_x(d, DOOR_MARGIN + DOOR_WIDTH - DOOR_QR, DOOR_QR),
				door_mm(d, DOOR_BOTTOM - DOOR_QR), door_mm(d, DOOR_QR), d->sect},
			qr);
	}
	t.style = &note_style;
	t.y = DOOR_BOTTOM - 5;
	t.height = 5;
	if (note)
		door_put(d, &t, note);
	doc_about(d->doc, about);
}

/* ---- the list of sessions ------------------------------------------------------------------ */

/* The list at one size of its type. */
struct listing {
	struct door *door;
	struct block *block;
	double scale; /* of the type, with that of the paper */
	double text_x, text_w;
};

static double size_of(const struct listing *l, double points)
{
	return points * l->scale;
}

static struct paragraph *text_of(
	const struct listing *l, const struct text_style *style, const char *text, const char *lang)
{
	return paragraph_of(
		l->door->doc->type, sign_style(l->door->doc, style, l->scale), text, lang);
}

/* A text at its place in the list, or beside a row that is there. */
static void put_text(const struct listing *l, const struct block_text *text)
{
	const struct block_text t = mirror_text(&l->door->text, text);
	block_text(l->block, &t);
}

static void put_beside(const struct listing *l, size_t row, const struct block_text *text)
{
	const struct block_text t = mirror_text(&l->door->text, text);
	block_beside(l->block, row, &t);
}

static void add_people(struct listing *l, const cJSON *list, const char *lead)
{
	struct doc *doc = l->door->doc;
	if (!model_count(list))
		return;
	struct people people = {.list = list,
		.lead = lead,
		.name = sign_style(doc, lead ? &quiet_style : &name_style, l->scale),
		.quiet = sign_style(doc, &quiet_style, l->scale),
		.direction = sign_direction(l->door->model),
		.tag = door_tag(l->door, "P", NULL)};
	put_text(l, &(struct block_text){.paragraph = sign_people(doc, &people),
			    .x = l->text_x,
			    .width = l->text_w,
			    .leading = size_of(l, quiet_style.size * 1.3),
			    .tag = people.tag});
}

/* "Parallel session", and the theme behind it by letter and word. */
static void add_kind(struct listing *l, const cJSON *session)
{
	const cJSON *theme = json_get(session, "theme");
	size_t row = block_rows(l->block);
	double x = l->text_x, leading = size_of(l, kind_style.size * 1.5),
	       side = size_of(l, MM(CHIP));
	struct tag *tag = door_tag(l->door, "P", NULL);
	struct paragraph *kind = text_of(
		l, &kind_style, sign_word(l->door->model, model_text(session, "kind")), NULL);
	struct lines lines = paragraph_wrap(l->door->doc->type, kind, l->text_w, WRAP_ANY);
	put_text(l, &(struct block_text){.paragraph = kind,
			    .x = x,
			    .width = l->text_w,
			    .leading = leading,
			    .tag = tag});
	if (!theme || lines.n_lines != 1)
		return;
	x += lines.width + size_of(l, MM(5));
	tag = door_tag(l->door, "P", NULL);
	block_chip(l->block, row,
		&(struct block_chip){
			.letter = text_of(l, &letter_style, model_text(theme, "letter"), NULL),
			.x = mirror_x(&l->door->text, x, side),
			.side = side,
			.colour = hue_colour((int)json_int(theme, "hue", 0)),
			.tag = tag});
	x += size_of(l, MM(CHIP + 2));
	put_beside(l, row,
		&(struct block_text){
			.paragraph = text_of(l, &theme_style, model_text(theme, "name"), NULL),
			.x = x,
			.width = l->text_x + l->text_w - x,
			.leading = leading,
			.tag = tag});
}

bool door_is_pause(const cJSON *session)
{
	const char *kind = model_text(session, "kind");
	return strcmp(kind, "break") == 0 || strcmp(kind, "social") == 0;
}

/* Hours first; kind, title and people beside them; a hairline between. */
static void add_session(struct listing *l, const cJSON *session)
{
	struct doc *doc = l->door->doc;
	const char *lang = json_text(session, "lang");
	bool pauses = door_is_pause(session);
	const struct text_style *style = pauses ? &break_style : &title_style;
	size_t first = block_rows(l->block), row;
	struct tag *time = door_tag(l->door, "P", NULL);
	if (first)
		block_rule(l->block, 0, l->text_x + l->text_w, 0.7, COLOUR_LINE);
	block_pad(l->block, size_of(l, MM(pauses ? 2 : 3)));
	row = block_rows(l->block);
	if (!pauses)
		add_kind(l, session);
	put_text(l, &(struct block_text){
			    .paragraph = text_of(l, style, model_text(session, "title"), lang),
			    .x = l->text_x,
			    .width = l->text_w,
			    .leading = size_of(l, style->size * 1.2),
			    .align = mirror_heading(&l->door->text),
			    .tag = door_tag(l->door, pauses ? "P" : "H2", lang),
			    .balance = true});
	put_beside(l, row,
		&(struct block_text){.paragraph = text_of(l, &time_style,
					     session_hours(doc->arena, doc->lang, session), NULL),
			.width = l->text_x,
			.leading = size_of(l, time_style.size * 1.2),
			.tag = time});
	block_pad(l->block, size_of(l, pauses ? 0 : 2));
	add_people(l, json_get(session, "speakers"), NULL);
	add_people(l, json_get(session, "chairs"), sign_word(l->door->model, "chair"));
	block_pad(l->block, size_of(l, MM(pauses ? 2 : 3)));
	block_keep(l->block, first, false);
}

static struct block *list_sessions(struct door *d, double scale)
{
	struct listing l = {.door = d, .block = block_new(d->doc), .scale = scale * d->scale};
	const cJSON *session;
	l.text_x = MM(TIME_W) * l.scale;
	l.text_w = door_mm(d, DOOR_WIDTH) - l.text_x;
	cJSON_ArrayForEach(session, json_get(d->sign, "sessions")) add_session(&l, session);
	return l.block;
}

/* The largest size at which the list fits the height; one that reads well when none does. */
static double scale_for(struct door *d, double height)
{
	struct tag *sect = d->sect;
	double scale = largest;
	d->sect = NULL; /* nothing is drawn yet */
	while (scale >= smallest && block_height(list_sessions(d, scale)) > height)
		scale -= step;
	d->sect = sect;
	return scale >= smallest ? scale : on_pages;
}

/* ---- the sign ------------------------------------------------------------------------------ */

/* The room, its way in and the date, on every page; returns where the list begins. */
static double begin_page(void *context, const struct flow_page *page, double top)
{
	struct door *d = context;
	struct door_text t = {.style = &room_style,
		.x = DOOR_MARGIN,
		.y = top / door_mm(d, 1),
		.width = DOOR_WIDTH,
		.height = MAX_ROOM_H,
		.leading = 1.08,
		.tag = "H1"};
	const char *way = json_text(d->sign, "way"), *lang = model_text(d->model, "lang");
	d->page = page->page;
	if (page->number > 1)
		d->sect = NULL;
	door_head(d);
	doc_about(d->doc, d->name);
	t.y += door_put(d, &t, model_text(d->sign, "room")) + 1;
	t.tag = "P";
	t.leading = 1.25;
	t.style = &way_style;
	t.height = 12;
	if (way)
		t.y += door_put(d, &t, way);
	t.y += 5;
	t.style = &date_style;
	t.height = 13;
	t.y += door_put(d, &t, date_long(d->doc->arena, lang, model_text(d->sign, "on"))) + 3;
	page_mark(d->page, NULL);
	page_rect(d->page, door_mm(d, DOOR_MARGIN), door_mm(d, t.y), door_mm(d, DOOR_WIDTH),
		door_mm(d, 1), COLOUR_INK);
	return d->list_y = door_mm(d, t.y + 1);
}

static void end_page(void *context, const struct flow_page *page)
{
	struct door *d = context;
	d->page = page->page;
	door_foot(d);
}

/* A sign of one page says nothing of pages. */
static void number_page(void *context, const struct flow_page *page, int n_pages)
{
	struct door *d = context;
	const struct edge_line line = {.style = &note_style,
		.x = door_mm(d, DOOR_MARGIN),
		.y = door_mm(d, DOOR_BOTTOM + 1),
		.width = door_mm(d, DOOR_WIDTH)};
	if (n_pages > 1)
		sign_edge(d->doc, page->page, &line,
			sign_page_of(d->doc->arena, d->model, page->number, n_pages));
}

static void draw_sign(struct door *d)
{
	const struct flow_frame frame = {.width = door_mm(d, DOOR_PAGE_W),
		.height = door_mm(d, DOOR_PAGE_H),
		.left = door_mm(d, DOOR_MARGIN),
		.right = door_mm(d, DOOR_MARGIN),
		.top = door_mm(d, DOOR_TOP),
		.bottom = door_mm(d, DOOR_PAGE_H - door_foot_y(d)),
		.context = d,
		.begin = begin_page,
		.end = end_page,
		.total = number_page};
	struct flow *flow = flow_new(d->doc, &frame);
	struct block *head = block_new(d->doc);
	d->name = arena_printf(d->doc->arena, "%s, %s", model_text(d->sign, "room"),
		date_long(d->doc->arena, model_text(d->model, "lang"), model_text(d->sign, "on")));
	d->sect = tag_new(tag_root(d->doc->tags), "Sect", NULL, NULL);
	doc_about(d->doc, d->name);
	/* The head is drawn first: only then is it known what room it leaves to the list. */
	block_pad(head, 0);
	block_bookmark(head, 0, 0, d->name);
	flow_add(flow, head);
	flow_add(flow, list_sessions(d, scale_for(d, frame.height - frame.bottom - d->list_y)));
	flow_finish(flow);
	doc_forget(d->doc);
}

/* What no schema says: sessions of a room follow each other, and codes can be scanned. */
static enum rc check(struct arena *a, const cJSON *model, struct err *err)
{
	const cJSON *sign, *session;
	int i = 0;
	cJSON_ArrayForEach(sign, json_get(model, "signs"))
	{
		const char *end = "";
		int k = 0;
		sign_check_qr(sign, arena_printf(a, "signs.%d.qr", i), err);
		cJSON_ArrayForEach(session, json_get(sign, "sessions"))
		{
			const char *start = model_text(session, "start");
			if (strcmp(start, end) < 0)
				err_field(err, arena_printf(a, "signs.%d.sessions.%d.start", i, k),
					"Let this session start after the one before it has ended");
			end = model_text(session, "end");
			if (strcmp(end, start) <= 0)
				err_field(err, arena_printf(a, "signs.%d.sessions.%d.end", i, k),
					"Let the session end after it starts");
			k++;
		}
		i++;
	}
	return err->fields ? err_set(err, INVALID, "Nothing was printed: some signs are wrong")
			   : OK;
}

enum rc door_sign_print(struct doc *d, const cJSON *model, struct err *err)
{
	const cJSON *page = json_get(model, "page"), *session;
	struct door door = {.doc = d, .model = model, .scale = 1};
	TRY(check(d->arena, model, err));
	if (strcmp(model_text(page, "size"), "A3") == 0)
		door.scale = 420.0 / DOOR_PAGE_H;
	TRY(logos_load(d, json_get(model, "event"), 1, door_mm(&door, LOGO_MOST),
		door_mm(&door, MARK), &door.logo, err));
	door.text = mirror_for(d->lang, door_mm(&door, DOOR_WIDTH));
	door.paper = mirror_for(d->lang, door_mm(&door, DOOR_PAGE_W));
	core_set_title(d->core,
		arena_printf(d->arena, "%s: %s", model_text(json_get(model, "event"), "title"),
			sign_word(model, "signs")));
	cJSON_ArrayForEach(door.sign, json_get(model, "signs"))
	{
		draw_sign(&door);
		if (!json_bool(page, "session_signs"))
			continue;
		cJSON_ArrayForEach(
			session, json_get(door.sign, "sessions")) if (!door_is_pause(session))
			door_session(&door, session);
	}
	return OK;
}
