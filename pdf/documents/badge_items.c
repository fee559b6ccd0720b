/* One side of a badge, item by item. */
#include "pdf/documents/badge_parts.h"

#include "pdf/page/emblem.h"
#include "pdf/page/qr.h"

enum { MAX_ROLE = 6, MAX_GROUP = 8 };

/* White on each has a contrast of 6.5 and more. */
unsigned badge_role_colour(const cJSON *badge)
{
	static const unsigned colours[MAX_ROLE + 1] = {
		COLOUR_BAND, 0x0f5f6b, 0x2d4f9e, 0x50611a, 0x8f3f1d, 0x6a3d8f, 0x4a5560};
	return colours[json_int(badge, "role_number", 0)];
}

static unsigned colour_of(const struct badge_job *j, const struct badge_item *item)
{
	return item->by_role ? badge_role_colour(j->badge) : item->colour;
}

/* What a text says; NULL: this badge has none. */
static const char *text_of(const struct badge_job *j, const struct badge_item *item)
{
	const struct badge_press *p = j->press;
	switch (item->of) {
	case BADGE_NAME:
		return model_text(j->badge, "name");
	case BADGE_SAID_NAME:
		return json_text(j->badge, "said_name");
	case BADGE_PRONOUNS:
		return json_text(j->badge, "pronouns");
	case BADGE_AFFILIATION:
		return json_text(j->badge, "affiliation");
	case BADGE_ROLE:
		return model_text(j->badge, "role");
	case BADGE_CODE:
		return model_text(j->badge, "code");
	case BADGE_EVENT:
		return model_text(p->event, "title");
	case BADGE_NETWORK:
		return json_text(p->event, "network");
	case BADGE_DATES:
		return p->dates;
	case BADGE_PLACE:
		return json_text(p->event, "place");
	case BADGE_PLACE_DATES:
		return p->place_dates;
	case BADGE_FREE_TEXT:
		return item->text;
	}
	return NULL;
}

/* What stands on every badge. */
static bool is_common(enum badge_text of)
{
	switch (of) {
	case BADGE_NAME:
	case BADGE_SAID_NAME:
	case BADGE_PRONOUNS:
	case BADGE_AFFILIATION:
	case BADGE_ROLE:
	case BADGE_CODE:
		return false;
	case BADGE_EVENT:
	case BADGE_NETWORK:
	case BADGE_DATES:
	case BADGE_PLACE:
	case BADGE_PLACE_DATES:
	case BADGE_FREE_TEXT:
		break;
	}
	return true;
}

/* A band that touches the edge runs over it, for sheets that are cut. */
static void draw_band(struct badge_job *j, const struct badge_item *item)
{
	const struct badge_layout *l = &j->press->layout;
	const struct badge_box *b = &item->box;
	const double touch = MM(0.05);
	double left = b->x < touch ? badge_bleed : 0, top = b->y < touch ? badge_bleed : 0;
	double right = b->x + b->width > l->width - touch ? badge_bleed : 0,
	       bottom = b->y + b->height > l->height - touch ? badge_bleed : 0;
	page_mark(j->page, NULL);
	page_rect(j->page, b->x - left, b->y - top, b->width + left + right,
		b->height + top + bottom, colour_of(j, item));
}

static void draw_qr(struct badge_job *j, const struct badge_item *item)
{
	double outer = qr_outer_side(j->qr, item->box.width), quiet = (outer - item->box.width) / 2;
	const char *alt = arena_printf(
		typesetter_arena(j->press->doc->type), "QR: %s", model_text(j->badge, "code"));
	page_mark(j->page, tag_new(j->sect, "Figure", NULL, alt));
	qr_draw(j->page, j->qr, item->box.x - quiet, item->box.y - quiet, outer);
}

/* A logo has air around it, and may be a little higher than the emblem. */
static const double label_pad = 0.2, logo_height = 1.1;

static struct badge_box label_around(const struct badge_item *emblem, double width, double height)
{
	const struct badge_box *b = &emblem->box;
	double pad = label_pad * b->height;
	struct badge_box label = {b->x, b->y, width + 2 * pad, height + 2 * pad};
	if (label.height < b->height)
		label.height = b->height;
	if (emblem->is_mirrored)
		label.x += b->width - label.width;
	label.y += (b->height - label.height) / 2;
	return label;
}

struct badge_box badge_label(const struct badge_item *emblem)
{
	if (!emblem->image)
		return emblem->box;
	double height, width = image_fit(emblem->image, emblem->logo_width,
			       logo_height * emblem->box.height, &height);
	return label_around(emblem, width, height);
}

struct badge_box badge_label_most(const struct badge_item *emblem)
{
	if (emblem->logo_width <= 0)
		return emblem->box;
	return label_around(emblem, emblem->logo_width, logo_height * emblem->box.height);
}

enum rc badge_load_images(
	struct doc *d, const cJSON *event, struct badge_layout *l, struct err *err)
{
	const cJSON *logos = json_get(event, "logos");
	struct badge_side *sides[] = {&l->front, &l->back};
	for (size_t i = 0; i < l->front.n + l->back.n; i++) {
		struct badge_side *side = sides[i >= l->front.n];
		struct badge_item *item = &side->items[i >= l->front.n ? i - l->front.n : i];
		bool is_emblem = item->kind == BADGE_EMBLEM;
		int number = is_emblem ? 0 : item->logo - 1;
		const cJSON *logo = cJSON_GetArrayItem(logos, number);
		struct image *image;
		if (!logo || (is_emblem ? item->logo_width <= 0 : item->kind != BADGE_IMAGE))
			continue;
		TRY(image_load(d->images, logo, arena_printf(d->arena, "event.logos.%d", number),
			is_emblem ? item->logo_width : item->box.width,
			(is_emblem ? logo_height : 1) * item->box.height, &image, err));
		item->image = image;
	}
	return OK;
}

static void draw_emblem(struct badge_job *j, const struct badge_item *item)
{
	const struct badge_box *b = &item->box, label = badge_label(item);
	double pad = label_pad * b->height;
	page_mark(j->page, NULL);
	if (!item->image) {
		emblem_draw(j->page, b->x, b->y, b->width < b->height ? b->width : b->height,
			colour_of(j, item));
		return;
	}
	page_rect(j->page, label.x, label.y, label.width, label.height, COLOUR_WHITE);
	image_draw(j->page, item->image, label.x + pad, label.y + pad, label.width - 2 * pad,
		label.height - 2 * pad, image_tag(item->image, j->sect));
}

static void draw_image(struct badge_job *j, const struct badge_item *item)
{
	if (item->image)
		image_draw(j->page, item->image, item->box.x, item->box.y, item->box.width,
			item->box.height, image_tag(item->image, j->sect));
}

/* How much wider than the emblem the logo is that stands in its place on this side. */
static double label_excess(const struct badge_side *side)
{
	double excess = 0;
	for (size_t i = 0; i < side->n; i++) {
		const struct badge_item *item = &side->items[i];
		if (item->kind == BADGE_EMBLEM && item->image)
			excess = badge_label(item).width - item->box.width;
	}
	return excess;
}

/* Text and its followers: those of them that this badge has. */
struct group {
	struct member {
		const struct badge_item *item;
		struct slot slot;
		struct slot_fit fit;
		const char *lang;
	} members[MAX_GROUP];
	size_t n;
};

static void add_member(struct badge_job *j, struct group *g, const struct badge_item *item)
{
	const char *text = text_of(j, item);
	struct member *m = &g->members[g->n];
	if (!text || !*text || g->n == MAX_GROUP)
		return;
	struct text_style *style =
		ARENA_NEW(typesetter_arena(j->press->doc->type), struct text_style);
	*style = item->style;
	style->colour = colour_of(j, item);
	*m = (struct member){.item = item,
		.slot = item->slot,
		.lang = item->of == BADGE_NAME ? json_text(j->badge, "lang") : NULL};
	m->slot.style = style;
	g->n++;
}

static struct paragraph *paragraph_for(const struct badge_job *j, const struct member *m)
{
	const struct badge_press *p = j->press;
	const struct mirror mirror = mirror_for(p->lang, 0);
	const char *const place_dates[] = {json_text(p->event, "place"), p->dates};
	if (m->item->of == BADGE_PLACE_DATES)
		return mirror_line(&mirror, p->doc, m->slot.style, place_dates, 2, ", ");
	return paragraph_of(p->doc->type, m->slot.style, text_of(j, m->item), m->lang);
}

/* Nothing ends below the place: the first text has what its followers leave. */
static double fit_group(
	struct badge_job *j, struct group *g, const struct badge_item *head, double excess)
{
	struct doc *d = j->press->doc;
	double left = head->box.height - head->gap, total = 0;
	for (size_t i = 0; i < g->n; i++)
		left -= g->members[i].item->follows ? g->members[i].item->box.height : 0;
	for (size_t i = 0; i < g->n; i++) {
		struct member *m = &g->members[i];
		m->slot.x = head->box.x + (head->is_mirrored ? 0 : excess);
		m->slot.width = head->box.width - excess;
		m->slot.height = m->item->follows ? m->item->box.height : left;
		m->fit = slot_fit(d, &m->slot, paragraph_for(j, m));
		total += m->fit.height + (i ? 0 : m->item->gap);
	}
	return total;
}

/* A fault of a text that all badges share is one fault, and nobody's in particular. */
static const char *about_member(struct badge_job *j, const struct member *m)
{
	struct doc *d = j->press->doc;
	return is_common(m->item->of) ? doc_about(d, NULL) : d->about;
}

static void warn_of_member(struct badge_job *j, const struct member *m, const char *fault)
{
	struct doc *d = j->press->doc;
	const char *about = about_member(j, m);
	doc_warn_text(d, fault, paragraph_for(j, m));
	doc_about(d, about);
}

/*
 * Nothing is printed over what stands below: followers go, the last first, when the first text
 * needs their room; then type becomes smaller than is good to read. Returns the height of the
 * group.
 */
static double squeeze_group(
	struct badge_job *j, struct group *g, const struct badge_item *head, double excess)
{
	const double tolerance = 0.5, least = 4;
	double total = fit_group(j, g, head, excess);
	while (g->n > 1 && total > head->box.height + tolerance) {
		warn_of_member(j, &g->members[--g->n], "There is no room on the badge for this");
		total = fit_group(j, g, head, excess);
	}
	struct member *first = &g->members[0];
	if (g->n && first->fit.is_over && first->slot.least != least) {
		first->slot.least = least;
		total = fit_group(j, g, head, excess);
		if (!first->fit.is_over)
			warn_of_member(j, first, "A text is so long that it is set very small");
	}
	return total;
}

static double draw_member(struct badge_job *j, const struct member *m)
{
	struct doc *d = j->press->doc;
	const char *type = m->item->of == BADGE_NAME ? "H1" : "P", *about = about_member(j, m);
	double height =
		slot_draw(d, j->page, &m->slot, &m->fit, tag_new(j->sect, type, m->lang, NULL));
	doc_about(d, about);
	return height;
}

/* The group stands in its place as the first text says; then every text has its own height. */
static void draw_group(struct badge_job *j, const struct badge_item *head, size_t n, double excess)
{
	struct group g = {.n = 0};
	double y = head->box.y;
	for (size_t i = 0; i < n; i++)
		add_member(j, &g, &head[i]);
	double spare = head->box.height - squeeze_group(j, &g, head, excess);
	if (head->slot.vertical != SLOT_TOP && g.n > 1)
		y += head->slot.vertical == SLOT_MIDDLE ? spare / 2 : spare;
	for (size_t i = 0; i < g.n; i++) {
		struct member *m = &g.members[i];
		m->slot.y = y;
		if (g.n > 1)
			m->slot.vertical = SLOT_TOP;
		y += draw_member(j, m);
		y += m->item == head ? head->gap : 0;
	}
}

static void draw_item(struct badge_job *j, const struct badge_side *side, size_t i)
{
	const struct badge_item *item = &side->items[i];
	size_t n = 1;
	switch (item->kind) {
	case BADGE_TEXT:
		while (i + n < side->n && side->items[i + n].follows)
			n++;
		if (!item->follows)
			draw_group(j, item, n, item->beside ? label_excess(side) : 0);
		break;
	case BADGE_BAND:
	case BADGE_RULE:
		draw_band(j, item);
		break;
	case BADGE_QR:
		draw_qr(j, item);
		break;
	case BADGE_EMBLEM:
		draw_emblem(j, item);
		break;
	case BADGE_IMAGE:
		draw_image(j, item);
		break;
	case BADGE_SCHEDULE:
		badge_draw_schedule(j, item);
		break;
	}
}

void badge_draw_side(struct badge_job *j, const struct badge_side *side)
{
	for (size_t i = 0; i < side->n; i++)
		draw_item(j, side, i);
}
