/*
 * One page a person. The frame is the mark of the program drawn large: seven couches along the
 * walls of a room, one of them in ochre, and the door at the foot, where the code stands that tells
 * the genuine from the rest.
 */
#include "pdf/documents/certificate_parts.h"

#include "pdf/documents/date.h"
#include "pdf/documents/signatures.h"
#include "pdf/documents/words.h"

#include <assert.h>
#include <string.h>

static const struct text_style network_style = {
	.family = FONT_SANS, .size = 10.5, .colour = COLOUR_INK_2};
static const struct text_style title_style = {
	.family = FONT_SERIF, .bold = true, .size = 30, .colour = COLOUR_WINE};
static const struct text_style quiet_style = {
	.family = FONT_SERIF, .italic = true, .size = 14, .colour = COLOUR_INK_2};
static const struct text_style name_style = {
	.family = FONT_SANS, .bold = true, .size = 40, .colour = COLOUR_INK};
static const struct text_style affiliation_style = {
	.family = FONT_SANS, .size = 11, .colour = COLOUR_INK_2};
static const struct text_style work_style = {
	.family = FONT_SERIF, .size = 17, .colour = COLOUR_INK};
static const struct text_style event_style = {
	.family = FONT_SERIF, .bold = true, .size = 17, .colour = COLOUR_INK};
static const struct text_style dates_style = {
	.family = FONT_SANS, .size = 11, .colour = COLOUR_INK};
const struct text_style certificate_label_style = {
	.family = FONT_SANS, .size = 9, .colour = COLOUR_INK_2};
static const struct text_style value_style = {
	.family = FONT_SANS, .bold = true, .size = 12, .colour = COLOUR_INK};
static const struct text_style outcome_style = {
	.family = FONT_SERIF, .size = 11, .colour = COLOUR_INK};

static const struct word words[] = {
	{"certificates", "certificates"},
	{"certify", "This is to certify that"},
	{"at", "at"},
	{"outcomes", "Learning outcomes"},
	{"signed", "Signed"},
	{"verify", "To see that this certificate is genuine, scan the symbol or type the code at"},
	{"attendance_title", "Certificate of attendance"},
	{"attendance_text", "took part in"},
	{"presentation_title", "Certificate of presentation"},
	{"presentation_text", "presented"},
	{"reviewing_title", "Certificate of reviewing"},
	{"reviewing_text", "gave time and judgement as a reviewer for"},
	{"cpd_title", "Continuing professional development"},
	{"cpd_text", "completed continuing professional development at"},
	{"masterclass_title", "Certificate of teaching"},
	{"masterclass_text", "led the masterclass"},
	{NULL, NULL},
};

static const double inset = MM(11), margin = MM(32), side_w = MM(76), foot_gap = MM(21);

const char *certificate_word(const struct certificate_press *p, const char *code)
{
	return word_of(p->model, words, code);
}

static void draw_bar(struct certificate_press *p, double x, double y, double width, double height,
	unsigned colour)
{
	page_rect(
		p->page, mirror_x(&p->mirror, inset + x, width), inset + y, width, height, colour);
}

static void draw_frame(struct certificate_press *p)
{
	const double bar = MM(1.1), gap = MM(3);
	double w = p->width - 2 * inset, h = p->height - 2 * inset, third = w * 11 / 30;
	double half_w = (w - gap) / 2, half_h = (h - gap) / 2;
	page_mark(p->page, NULL);
	draw_bar(p, 0, 0, half_w, bar, COLOUR_BAND);
	draw_bar(p, half_w + gap, 0, half_w - bar - gap, bar, COLOUR_BAND);
	draw_bar(p, w - bar, 0, bar, half_h, COLOUR_BAND);
	draw_bar(p, w - bar, half_h + gap, bar, half_h - bar - gap, COLOUR_BAND);
	draw_bar(p, 0, bar + gap, bar, half_h - bar - gap, COLOUR_BAND);
	draw_bar(p, 0, half_h + gap, bar, half_h, COLOUR_BAND);
	draw_bar(p, w - third, h - bar, third, bar, COLOUR_OCHRE_FILL);
}

/* Labels go in the direction of the document; names and titles in their own. */
static struct paragraph *text_of(struct certificate_press *p, const struct text_style *style,
	const char *text, const char *lang)
{
	if (style == &certificate_label_style)
		return mirror_phrase(&p->mirror, p->doc, style, text);
	return paragraph_of(p->doc->type, style, text, lang);
}

void certificate_put(struct certificate_press *p, struct certificate_column *c,
	const struct text_style *style, double height, double leading,
	const struct paragraph *paragraph, struct tag *tag)
{
	struct slot s = mirror_slot(&p->mirror, &(struct slot){.style = style,
							.x = c->x,
							.y = c->y,
							.width = c->width,
							.height = height,
							.leading = leading,
							.least = style->size * 0.4,
							.at = WRAP_BLANKS});
	c->y += slot_put_paragraph(p->doc, p->page, &s, paragraph, tag);
}

static void put_in(struct certificate_press *p, struct certificate_column *c,
	const struct text_style *style, double height, double leading, const char *text,
	const char *lang, struct tag *tag)
{
	certificate_put(p, c, style, height, leading, text_of(p, style, text, lang), tag);
}

static void put(struct certificate_press *p, struct certificate_column *c,
	const struct text_style *style, double height, const char *text, const char *lang,
	const char *tag)
{
	put_in(p, c, style, height, 1.22, text, lang, tag_new(p->sect, tag, lang, NULL));
}

/* One text of the sentence, below what stands before it. */
struct part {
	const struct text_style *style;
	double gap, height; /* above it; at most its own */
	struct paragraph *paragraph;
	const char *lang, *tag;
	struct slot slot;
	struct slot_fit fit;
};

enum { MAX_PARTS = 12 };

struct sentence {
	struct certificate_press *press;
	struct part parts[MAX_PARTS];
	int n;
};

static struct part *add_part(
	struct sentence *s, const struct text_style *style, double gap, double height)
{
	assert(s->n < MAX_PARTS);
	s->parts[s->n] = (struct part){.style = style, .gap = gap, .height = height, .tag = "P"};
	return &s->parts[s->n++];
}

static void say(struct sentence *s, const struct text_style *style, double gap, double height,
	const char *text, const char *lang, const char *tag)
{
	if (!text)
		return;
	struct part *part = add_part(s, style, gap, height);
	part->paragraph = text_of(s->press, style, text, lang);
	part->lang = lang;
	part->tag = tag;
}

static void say_dates(struct sentence *s)
{
	struct certificate_press *p = s->press;
	add_part(s, &dates_style, MM(1.5), MM(12))->paragraph =
		mirror_parts(&p->mirror, p->doc, &dates_style, p->dates, 2, ", ");
}

static void say_facts(struct sentence *s, const cJSON *facts)
{
	struct certificate_press *p = s->press;
	size_t n = 0;
	const char **texts = ARENA_ARRAY(p->doc->arena, model_count(facts) + 1, const char *);
	const cJSON *fact;
	cJSON_ArrayForEach(fact, facts) texts[n++] = arena_printf(
		p->doc->arena, "%s: %s", model_text(fact, "label"), model_text(fact, "value"));
	if (n)
		add_part(s, &dates_style, MM(3), MM(12))->paragraph =
			mirror_parts(&p->mirror, p->doc, &dates_style, texts, n, " · ");
}

/* Above those who sign; without them at the end of the sentence, or it would hang in the air. */
struct paragraph *certificate_issued(struct certificate_press *p)
{
	if (!p->issued[0] && !p->issued[1])
		return NULL;
	return mirror_parts(&p->mirror, p->doc, &certificate_label_style, p->issued, 2, ", ");
}

static void say_issued(struct sentence *s)
{
	struct paragraph *issued = s->press->n_signatories ? NULL : certificate_issued(s->press);
	if (issued)
		add_part(s, &certificate_label_style, MM(6), MM(8))->paragraph = issued;
}

/* From who certifies to when and where. */
static struct sentence sentence_of(struct certificate_press *p, const cJSON *certificate)
{
	struct arena *a = p->doc->arena;
	struct sentence s = {.press = p};
	const cJSON *work = json_get(certificate, "work"), *event = json_get(p->model, "event");
	const char *kind = model_text(certificate, "kind"), *text = json_text(certificate, "text");
	say(&s, &network_style, 0, MM(9), json_text(event, "network"), NULL, "P");
	say(&s, &title_style, MM(5), MM(22), certificate_word(p, arena_printf(a, "%s_title", kind)),
		NULL, "H1");
	say(&s, &quiet_style, MM(6), MM(7), certificate_word(p, "certify"), NULL, "P");
	say(&s, &name_style, MM(1), MM(34), model_text(certificate, "name"),
		json_text(certificate, "lang"), "P");
	say(&s, &affiliation_style, MM(0.5), MM(10), json_text(certificate, "affiliation"), NULL,
		"P");
	say(&s, &quiet_style, MM(5), MM(14),
		text ? text : certificate_word(p, arena_printf(a, "%s_text", kind)), NULL, "P");
	if (work) {
		say(&s, &work_style, MM(1), MM(22), model_text(work, "title"),
			json_text(work, "lang"), "P");
		say(&s, &quiet_style, MM(1), MM(7), certificate_word(p, "at"), NULL, "P");
	}
	say(&s, &event_style, MM(1), MM(22), model_text(event, "title"), NULL, "P");
	say_dates(&s);
	if (!model_count(json_get(certificate, "outcomes")))
		say_facts(&s, json_get(certificate, "facts"));
	say_issued(&s);
	return s;
}

/* Fits every part into its height times `scale`; returns the height of all, without gaps. */
static double fit_sentence(struct certificate_press *p, struct sentence *s,
	const struct certificate_column *c, double scale)
{
	double height = 0;
	for (int i = 0; i < s->n; i++) {
		struct part *part = &s->parts[i];
		part->slot = mirror_slot(&p->mirror, &(struct slot){.style = part->style,
							     .x = c->x,
							     .width = c->width,
							     .height = part->height * scale,
							     .leading = 1.22,
							     .least = part->style->size * 0.3,
							     .at = WRAP_BLANKS});
		part->fit = slot_fit(p->doc, &part->slot, part->paragraph);
		part->height = slot_height(&part->fit);
		height += part->height;
	}
	return height;
}

/*
 * White space takes what the texts leave, up to twice and a half its least; it gives way last. What
 * is over goes to the foot, or to head and foot alike.
 */
static void draw_sentence(struct certificate_press *p, const cJSON *certificate,
	const struct certificate_column *c, double bottom, bool is_centred)
{
	const double widest = 2.5;
	struct sentence s = sentence_of(p, certificate);
	double gaps = 0, room = bottom - c->y, y = c->y, stretch;
	for (int i = 0; i < s.n; i++)
		gaps += s.parts[i].gap;
	double height = fit_sentence(p, &s, c, 1);
	if (height + gaps > room)
		height = fit_sentence(p, &s, c, (room - gaps) / height);
	if (height + gaps > room + 1)
		typesetter_warn(p->doc->type, "", 0, "The texts are too long for their page");
	stretch = (room - height) / gaps;
	stretch = stretch > widest ? widest : stretch;
	if (is_centred)
		y += (room - height - gaps * stretch) / 2;
	for (int i = 0; i < s.n; i++) {
		struct part *part = &s.parts[i];
		y += part->gap * stretch;
		part->slot.y = y;
		slot_draw(p->doc, p->page, &part->slot, &part->fit,
			tag_new(p->sect, part->tag, part->lang, NULL));
		y += part->height;
	}
}

/* Returns where the last one ends. */
static double draw_outcomes(struct certificate_press *p, const cJSON *outcomes,
	struct certificate_column c, double bottom)
{
	struct tag *list = tag_new(p->sect, "L", NULL, NULL);
	const cJSON *outcome;
	double share = (bottom - c.y) / (double)model_count(outcomes);
	cJSON_ArrayForEach(outcome, outcomes)
	{
		struct tag *item = tag_new(list, "LI", NULL, NULL);
		struct certificate_column text = {c.x + MM(5), c.y, c.width - MM(5)};
		put_in(p, &c, &outcome_style, share, 1.25, "–", NULL,
			tag_new(item, "Lbl", NULL, NULL));
		put_in(p, &text, &outcome_style, share - MM(1.5), 1.25, outcome->valuestring, NULL,
			tag_new(item, "LBody", NULL, NULL));
		c.y = text.y + MM(1.5);
	}
	return c.y;
}

/* Outcomes with their hours and credits, beside the sentence, behind a hairline. */
static void draw_side(struct certificate_press *p, const cJSON *certificate,
	struct certificate_column c, double bottom)
{
	const cJSON *facts = json_get(certificate, "facts"), *fact;
	double top = c.y;
	cJSON_ArrayForEach(fact, facts)
	{
		put(p, &c, &certificate_label_style, MM(8), model_text(fact, "label"), NULL, "P");
		put(p, &c, &value_style, MM(12), model_text(fact, "value"), NULL, "P");
		c.y += MM(3);
	}
	put(p, &c, &certificate_label_style, MM(6), certificate_word(p, "outcomes"), NULL, "H2");
	c.y += MM(1);
	c.y = draw_outcomes(p, json_get(certificate, "outcomes"), c, bottom);
	page_mark(p->page, NULL);
	page_rect(
		p->page, mirror_x(&p->mirror, c.x - MM(8), 0.6), top, 0.6, c.y - top, COLOUR_LINE);
}

static enum rc draw_certificate(
	struct certificate_press *p, const cJSON *certificate, int index, struct err *err)
{
	struct verify verify = {.words = certificate_word(p, "verify")};
	const cJSON *code = json_get(certificate, "verify");
	bool has_side = model_count(json_get(certificate, "outcomes")) > 0;
	double inner = p->width - 2 * margin;
	const struct certificate_foot foot = {margin, p->height - foot_gap, inner, code != NULL};
	const double bottom = certificate_text_bottom(p, &foot);
	if (code)
		TRY(verify_read(p->doc->arena, code,
			arena_printf(p->doc->arena, "certificates.%d.verify", index), &verify,
			err));
	p->page = doc_page(p->doc, p->width, p->height);
	p->sect = tag_new(tag_root(p->doc->tags), "Sect", NULL, NULL);
	draw_frame(p);
	draw_sentence(p, certificate,
		&(struct certificate_column){
			margin, MM(25), inner - (has_side ? side_w + MM(18) : 0)},
		bottom, !code && !p->n_signatories && !has_side);
	if (has_side)
		draw_side(p, certificate,
			(struct certificate_column){margin + inner - side_w, MM(25.5), side_w},
			bottom);
	certificate_draw_signatories(p, &foot);
	certificate_draw_logo(p, &foot);
	if (code)
		verify_draw(p->doc, p->page, &verify,
			&(struct verify_place){.x = margin,
				.y = foot.y - VERIFY_SIDE,
				.width = MM(66),
				.mirror = &p->mirror,
				.parent = p->sect});
	page_close(p->page);
	doc_forget(p->doc);
	return OK;
}

/* What all certificates of the model say. */
static struct certificate_press press_new(struct doc *d, const cJSON *model)
{
	const cJSON *event = json_get(model, "event");
	const char *on = json_text(model, "issued_on");
	bool is_letter = strcmp(model_text(model, "paper"), "Letter") == 0;
	struct certificate_press p = {.doc = d, .model = model, .lang = model_text(model, "lang")};
	p.width = is_letter ? 792 : MM(297);
	p.height = is_letter ? 612 : MM(210);
	p.mirror = mirror_for(p.lang, p.width);
	p.dates[0] = json_text(event, "place");
	p.dates[1] = date_span(
		d->arena, p.lang, model_text(event, "starts_on"), model_text(event, "ends_on"));
	p.issued[0] = json_text(model, "place");
	p.issued[1] = on ? date_span(d->arena, p.lang, on, on) : NULL;
	p.n_signatories = (int)model_count(json_get(model, "signatories"));
	return p;
}

enum rc certificate_print(struct doc *d, const cJSON *model, struct err *err)
{
	struct certificate_press p = press_new(d, model);
	const cJSON *certificate;
	int index = 0;
	TRY(logos_load(d, json_get(model, "event"), 1, certificate_logo_width,
		certificate_logo_height, &p.logo, err));
	core_set_title(d->core,
		arena_printf(d->arena, "%s: %s", model_text(json_get(model, "event"), "title"),
			certificate_word(&p, "certificates")));
	doc_expect(d, model_count(json_get(model, "certificates")));
	cJSON_ArrayForEach(certificate, json_get(model, "certificates"))
	{
		doc_about(d, model_text(certificate, "name"));
		TRY(draw_certificate(&p, certificate, index++, err));
	}
	return OK;
}
