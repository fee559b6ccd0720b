/* From millimetres in JSON to points, with every fault of a layout named at its item. */
#include "pdf/documents/badge_layouts.h"
#include "pdf/documents/badge_parts.h"

#include "pdf/page/qr.h"

#include <math.h>
#include <string.h>

static const double per_mm = MM(1), tolerance = MM(0.05), size_otherwise = 12, least_code = 4;
const double badge_bleed = MM(3);

static const char *const kinds[] = {"text", "band", "rule", "qr", "emblem", "schedule", "image"};
static const char *const texts[] = {"name", "said_name", "pronouns", "affiliation", "role", "code",
	"event", "network", "dates", "place", "place_dates", "text"};
static const char *const aligns[] = {"left", "centre", "right"};
static const char *const verticals[] = {"top", "middle", "bottom"};

/* The schema has let through nothing else. */
static int position(const cJSON *json, const char *name, const char *const *words, size_t n)
{
	const char *word = model_text(json, name);
	for (size_t i = 0; i < n; i++)
		if (strcmp(words[i], word) == 0)
			return (int)i;
	return 0;
}
#define POSITION(json, name, words) position(json, name, words, sizeof words / sizeof words[0])

/* A side while it is read. */
struct reader {
	struct arena *arena;
	const struct badge_layout *layout;
	const char *path; /* "layout.front" */
	enum align align; /* of texts that say nothing of it */
	struct err *err;
};

static void fault(const struct reader *r, size_t index, const char *member, const char *message)
{
	const char *path =
		arena_printf(r->arena, "%s.%zu%s%s", r->path, index, *member ? "." : "", member);
	err_field(r->err, path, "%s", message);
}

static double length_of(const cJSON *json, const char *name)
{
	return model_number(json, name, 0) * per_mm;
}

static void read_style(const struct reader *r, const cJSON *json, struct badge_item *item)
{
	bool has_align = json_get(json, "align");
	item->style = (struct text_style){
		.family = strcmp(model_text(json, "family"), "serif") == 0 ? FONT_SERIF : FONT_SANS,
		.bold = json_bool(json, "bold"),
		.italic = json_bool(json, "italic"),
		.tabular = item->of == BADGE_CODE || item->kind == BADGE_SCHEDULE,
		.size = model_number(json, "size", size_otherwise),
		.colour = item->colour};
	item->slot = (struct slot){.leading = model_number(json, "leading", 0),
		/* A code is typed as it is read: smaller, and never with a line's end in it. */
		.least = model_number(json, "least", item->of == BADGE_CODE ? least_code : 0),
		.max_lines = item->of == BADGE_CODE ? 1 : (int)json_int(json, "lines", 0),
		.vertical = (enum slot_vertical)POSITION(json, "vertical", verticals),
		.align = has_align ? (enum align)POSITION(json, "align", aligns) : r->align,
		/* A double name keeps its hyphen inside the line. */
		.at = item->of == BADGE_NAME ? WRAP_BLANKS : WRAP_ANY};
}

static struct badge_item read_item(const struct reader *r, const cJSON *json)
{
	struct badge_item item = {.kind = (enum badge_kind)POSITION(json, "kind", kinds),
		.box = {length_of(json, "x"), length_of(json, "y"), length_of(json, "width"),
			length_of(json, "height")},
		.colour = model_colour(json, "colour", COLOUR_INK),
		.by_role = json_bool(json, "by_role"),
		.of = (enum badge_text)POSITION(json, "of", texts),
		.text = model_text(json, "text"),
		.follows = json_bool(json, "follows"),
		.gap = length_of(json, "gap"),
		.logo = (int)json_int(json, "logo", 1),
		.logo_width = length_of(json, "logo_width"),
		.beside = json_bool(json, "beside")};
	if (item.kind != BADGE_TEXT)
		item.of = BADGE_FREE_TEXT;
	read_style(r, json, &item);
	return item;
}

/* Every item says where it stands; one that follows says only how much of that place it takes. */
static void check_members(const struct reader *r, const cJSON *json, size_t i)
{
	static const char *const place[] = {"x", "y", "width", "height"};
	bool follows = json_bool(json, "follows"),
	     is_text = strcmp(model_text(json, "kind"), "text") == 0;
	for (int k = 0; k < 4; k++) {
		bool is_wanted = !follows || k == 3;
		if (is_wanted && !json_get(json, place[k]))
			fault(r, i, place[k], "This is missing");
		else if (!is_wanted && json_get(json, place[k]))
			fault(r, i, place[k],
				"Leave this out: the text stands where the one before it does");
	}
	if (is_text && !json_get(json, "of"))
		fault(r, i, "of", "Say what the text shows");
	if (strcmp(model_text(json, "of"), "text") == 0 && !json_get(json, "text"))
		fault(r, i, "text", "Write the text, or show something else here");
}

static bool overlaps(const struct badge_box *a, const struct badge_box *b)
{
	return a->x + tolerance < b->x + b->width && b->x + tolerance < a->x + a->width &&
	       a->y + tolerance < b->y + b->height && b->y + tolerance < a->y + a->height;
}

static bool contains(const struct badge_box *outer, const struct badge_box *inner)
{
	return outer->x <= inner->x + tolerance && outer->y <= inner->y + tolerance &&
	       outer->x + outer->width >= inner->x + inner->width - tolerance &&
	       outer->y + outer->height >= inner->y + inner->height - tolerance;
}

static void check_follower(const struct reader *r, const struct badge_side *side, size_t i)
{
	const struct badge_item *item = &side->items[i];
	if (!item->follows)
		return;
	if (i == 0 || item->kind != BADGE_TEXT || item[-1].kind != BADGE_TEXT)
		fault(r, i, "follows", "Only a text can follow, and only another text");
}

static void check_place(const struct reader *r, const struct badge_item *item, size_t i)
{
	const struct badge_layout *l = r->layout;
	const struct badge_box all = {0, 0, l->width, l->height};
	if (item->follows)
		return;
	const struct badge_box label = badge_label_most(item);
	if (item->box.width < tolerance || item->box.height < tolerance)
		fault(r, i, "", "This has no width or no height");
	else if (!contains(&all, &label))
		fault(r, i, "",
			arena_printf(r->arena, "This reaches outside the badge of %g × %g mm",
				l->width / per_mm, l->height / per_mm));
}

/* The symbol with its margin, for the symbol that needs most. */
static struct badge_box qr_zone(const struct badge_item *qr)
{
	double quiet = qr->box.width * QR_QUIET_MODULES / QR_LEAST_SIDE;
	return (struct badge_box){qr->box.x - quiet, qr->box.y - quiet, qr->box.width + 2 * quiet,
		qr->box.height + 2 * quiet};
}

static void check_qr(const struct reader *r, const struct badge_side *side, size_t i)
{
	const struct badge_item *qr = &side->items[i];
	struct badge_box zone = qr_zone(qr), all = {0, 0, r->layout->width, r->layout->height};
	if (fabs(qr->box.width - qr->box.height) > tolerance)
		fault(r, i, "height", "A QR code is as wide as high");
	else if (qr->box.width < MM(QR_LEAST_MM) - tolerance)
		fault(r, i, "width",
			arena_printf(r->arena,
				"A QR code on a badge is at least %d mm wide, or "
				"scanners miss it",
				QR_LEAST_MM));
	else if (!contains(&all, &zone))
		fault(r, i, "",
			arena_printf(r->arena, "Leave %.1f mm between the QR code and the edge",
				(qr->box.x - zone.x) / per_mm));
	for (size_t k = 0; k < side->n; k++) {
		const struct badge_item *other = &side->items[k];
		const struct badge_box label = badge_label_most(other);
		/* A ground below all of it does no harm: the symbol brings its own white. */
		bool is_ground = k < i && other->kind == BADGE_BAND && contains(&other->box, &zone);
		if (k != i && !other->follows && !is_ground && overlaps(&label, &zone))
			fault(r, k, "",
				arena_printf(r->arena,
					"This stands in the white margin of the QR code, %.1f mm "
					"wide",
					(qr->box.x - zone.x) / per_mm));
	}
}

/* Nothing by colour alone. */
static void check_role(const struct reader *r, const struct badge_side *side)
{
	bool has_word = false;
	for (size_t i = 0; i < side->n; i++)
		has_word |= side->items[i].kind == BADGE_TEXT && side->items[i].of == BADGE_ROLE;
	for (size_t i = 0; i < side->n && !has_word; i++)
		if (side->items[i].by_role)
			fault(r, i, "by_role",
				"Say the role in words as well: add a text that shows it");
}

static void read_side(struct reader *r, const cJSON *items, struct badge_side *side)
{
	const cJSON *json;
	side->items = ARENA_ARRAY(r->arena, model_count(items), struct badge_item);
	cJSON_ArrayForEach(json, items)
	{
		check_members(r, json, side->n);
		side->items[side->n++] = read_item(r, json);
	}
	if (r->err->fields)
		return;
	for (size_t i = 0; i < side->n; i++) {
		check_follower(r, side, i);
		check_place(r, &side->items[i], i);
		if (side->items[i].kind == BADGE_QR)
			check_qr(r, side, i);
	}
	check_role(r, side);
}

static enum rc read_layout(struct arena *a, const cJSON *json, enum align align,
	struct badge_layout *out, struct err *err)
{
	const cJSON *size = json_get(json, "size");
	struct reader r = {
		.arena = a, .layout = out, .path = "layout.front", .align = align, .err = err};
	*out = (struct badge_layout){.width = length_of(size, "width"),
		.height = length_of(size, "height"),
		.is_folded = strcmp(model_text(json, "fold"), "top") == 0};
	read_side(&r, json_get(json, "front"), &out->front);
	r.path = "layout.back";
	read_side(&r, json_get(json, "back"), &out->back);
	if (out->is_folded && !out->back.n)
		err_field(err, "layout.fold", "There is nothing on the back to fold");
	return err->fields ? INVALID : OK;
}

const char *badge_layout_json(const char *name)
{
#define BADGE_LAYOUT(id, file, title)                                                              \
	if (strcmp(name, file) == 0)                                                               \
		return badge_layout_##id;
#include "pdf/documents/badge_layouts.def"
#undef BADGE_LAYOUT
	return NULL;
}

static void mirror_side(const struct mirror *m, struct badge_side *side)
{
	for (size_t i = 0; i < side->n; i++) {
		struct badge_item *item = &side->items[i];
		item->box.x = mirror_x(m, item->box.x, item->box.width);
		item->slot.align = mirror_align(m, item->slot.align);
		item->is_mirrored = m->is_on;
	}
}

enum rc badge_layout_of(
	struct arena *a, const cJSON *model, struct badge_layout *out, struct err *err)
{
	const cJSON *own = json_get(model, "layout");
	const char *name = json_text(model, "layout_name");
	struct mirror mirror = mirror_for(model_text(model, "lang"), 0);
	cJSON *built_in;
	if (own && name)
		return err_field(err, "layout_name", "Give a layout or the name of one, not both");
	if (own)
		return read_layout(a, own, mirror_align(&mirror, ALIGN_LEFT), out, err);
	TRY(json_parse(a, str_from(badge_layout_json(name ? name : "a6")), &built_in, err));
	TRY(read_layout(a, built_in, ALIGN_LEFT, out, err));
	mirror.width = out->width;
	mirror_side(&mirror, &out->front);
	mirror_side(&mirror, &out->back);
	return OK;
}
