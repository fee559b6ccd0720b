/* Pieces without a layout of their own. */
#include "pdf/documents/sign_parts.h"

#include "pdf/documents/session.h"
#include "pdf/page/qr.h"

#include <string.h>
#include <unicode/uloc.h>

static const char *const words[][2] = {
	{"abstract", "Abstract"},
	{"affiliation", "Affiliation"},
	{"anonymous", "Anonymous: the authors are not named to you"},
	{"conflict", "I have a conflict of interest and do not review this submission"},
	{"and", "and"},
	{"confidential", "Confidential"},
	{"deadline", "Return by"},
	{"decision", "Decision"},
	{"keywords", "Keywords"},
	{"leader", "Led by"},
	{"mean", "Mean"},
	{"more", "more"},
	{"name", "Name"},
	{"now", "Now"},
	{"number", "No."},
	{"of", "of"},
	{"page", "Page"},
	{"presenting", "presenting"},
	{"recommendation", "Recommendation"},
	{"review", "Your review"},
	{"review_pack", "Review pack"},
	{"scan", "Scan for the programme as it stands now"},
	{"scores", "Scores"},
	{"sign_in", "Sign-in sheet"},
	{"signature", "Signature"},
	{"signs", "Door signs"},
	{"staged", "not yet released"},
	{"submission", "Submission"},
	{"submissions", "Submissions"},
	{"summary", "Summary for the chairs"},
};

const char *sign_word(const cJSON *model, const char *code)
{
	const char *own = json_text(json_get(model, "words"), code);
	for (size_t i = 0; i < sizeof words / sizeof words[0] && !own; i++)
		if (strcmp(words[i][0], code) == 0)
			own = words[i][1];
	/* The kinds of sessions have their names from the programme. */
	return own ? own : session_word(model, code);
}

enum paragraph_direction sign_direction(const cJSON *model)
{
	return uloc_isRightToLeft(model_text(model, "lang")) ? DIRECTION_RTL : DIRECTION_LTR;
}

const struct text_style *sign_style(struct doc *d, const struct text_style *style, double scale)
{
	struct text_style *scaled = ARENA_NEW(d->arena, struct text_style);
	*scaled = *style;
	scaled->size *= scale;
	return scaled;
}

/* ---- people -------------------------------------------------------------------------------- */

/* A person takes eight spans at most: comma, name, comma, word, bracket, affiliation, bracket. */
enum { SPANS_A_PERSON = 8 };

struct phrase {
	struct text_span *spans;
	size_t n;
};

static void say(struct phrase *s, const struct text_style *style, const char *text)
{
	s->spans[s->n++] = (struct text_span){.style = style, .text = text};
}

/* A name keeps its language, for screen readers and shapes, and its direction to itself. */
static void say_apart(struct phrase *s, const struct text_style *style, const char *text,
	const char *lang, struct tag *tag)
{
	s->spans[s->n++] = (struct text_span){.style = style,
		.text = text,
		.lang = lang,
		.isolate = true,
		.tag = tag && lang ? tag_words(tag, lang) : NULL};
}

static void say_person(struct phrase *s, const struct people *p, const cJSON *person)
{
	const char *affiliation = json_text(person, "affiliation");
	bool presents = p->presenting && json_bool(person, "presenting");
	say_apart(s, presents ? p->presenting : p->name, model_text(person, "name"),
		json_text(person, "lang"), p->tag);
	if (presents && p->presenting_word) {
		say(s, p->quiet, " – ");
		say(s, p->quiet, p->presenting_word);
	}
	if (affiliation) {
		say(s, p->quiet, " (");
		say_apart(s, p->quiet, affiliation, NULL, NULL);
		say(s, p->quiet, ")");
	}
}

static bool is_named(const struct people *p, const cJSON *person, size_t index)
{
	return !p->most || index < p->most || json_bool(person, "presenting");
}

size_t sign_people_left_out(const struct people *p)
{
	size_t n = 0, index = 0;
	const cJSON *person;
	cJSON_ArrayForEach(person, p->list) n += !is_named(p, person, index++);
	return n;
}

/* Those who are named, and how many more there are. */
static void say_people(struct doc *d, struct phrase *s, const struct people *p)
{
	const size_t n_left_out = sign_people_left_out(p);
	const cJSON *person;
	size_t index = 0;
	bool is_first = true;
	cJSON_ArrayForEach(person, p->list)
	{
		if (!is_named(p, person, index++))
			continue;
		if (!is_first)
			say(s, p->quiet, ", ");
		is_first = false;
		say_person(s, p, person);
	}
	if (n_left_out)
		say(s, p->quiet,
			arena_printf(d->arena, " %s\xc2\xa0%zu\xc2\xa0%s", p->and_word, n_left_out,
				p->more_word));
}

struct paragraph *sign_people(struct doc *d, const struct people *p)
{
	size_t most = model_count(p->list) * SPANS_A_PERSON + 3;
	struct phrase s = {ARENA_ARRAY(typesetter_arena(d->type), most, struct text_span), 0};
	if (p->lead) {
		say(&s, p->quiet, p->lead);
		say(&s, p->quiet, ": ");
	}
	say_people(d, &s, p);
	return paragraph_new(d->type, s.spans, s.n, p->direction);
}

/* ---- boxes, edges, codes ------------------------------------------------------------------- */

/* The hollow of the box is a smaller square on top of it. */
void sign_tick_box(struct doc *d, struct block *b, size_t row, const struct tick_box *box)
{
	const double line = 1.1;
	struct block_chip chip = {.letter = paragraph_of(d->type, box->style, "", NULL),
		.x = box->x,
		.side = box->side,
		.colour = COLOUR_INK};
	block_chip(b, row, &chip);
	chip.letter = paragraph_of(d->type, box->style, box->letter, NULL);
	chip.x += line;
	chip.side -= 2 * line;
	chip.colour = COLOUR_WHITE;
	chip.tag = box->tag;
	block_chip(b, row, &chip);
}

void sign_edge(struct doc *d, struct page *page, const struct edge_line *line, const char *text)
{
	const struct mirror mirror = mirror_for(d->lang, page_width(page));
	struct slot slot = {.style = line->style,
		.x = line->x,
		.y = line->y,
		.width = line->width,
		.height = line->style->size * 1.3,
		.leading = 1.3,
		.align = line->align,
		.shortens = true};
	slot = mirror_slot(&mirror, &slot);
	slot_put(d, page, &slot, text, NULL, line->tag);
}

const char *sign_page_of(struct arena *a, const cJSON *model, int number, int n_pages)
{
	return arena_printf(a, "%s %d %s %d", sign_word(model, "page"), number,
		sign_word(model, "of"), n_pages);
}

int sign_on_sheet(int sheet, int place, int n_sheets, int a_sheet)
{
	return a_sheet ? sheet * a_sheet + place : place * n_sheets + sheet;
}

void sign_check_qr(const cJSON *object, const char *field, struct err *err)
{
	if (strlen(model_text(object, "qr")) > QR_MAX_BYTES)
		err_field(err, field, "This is too long to be scanned: at most %d bytes",
			QR_MAX_BYTES);
}

void sign_qr(struct doc *d, struct page *page, const struct qr_place *place, const char *text)
{
	struct err err = err_in(d->arena);
	const char *alt = arena_printf(d->arena, "QR: %s", text);
	struct qr qr;
	if (qr_make(d->arena, text, &qr, &err) != OK) {
		core_fail(d->core, "a QR code could not be made: %s", err.message);
		return;
	}
	double outer = qr_outer_side(&qr, place->side), quiet = (outer - place->side) / 2;
	page_mark(page, place->parent ? tag_new(place->parent, "Figure", NULL, alt) : NULL);
	qr_draw(page, &qr, place->x - quiet, place->y - quiet, outer);
}
