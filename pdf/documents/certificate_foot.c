/*
 * The foot of a certificate: who signs, where and when, and the logo of who certifies. What is
 * missing leaves no hole.
 */
#include "pdf/documents/certificate_parts.h"

#include "pdf/documents/date.h"
#include "pdf/documents/signatures.h"

enum { MOST_SIGNATORIES = 3 }; /* as the schema says */

/* Of those who sign; above them, and above the code where it is alone. */
static const double foot_height = MM(38), foot_clearance = MM(6), code_clearance = MM(11);

/* The line, the day above it, and the place below it. */
static struct slot_text place_signatory(
	struct certificate_press *p, const cJSON *person, struct certificate_column c, double foot)
{
	const char *on = json_text(person, "signed_on");
	struct certificate_column day = {c.x, c.y - MM(5.5), c.width};
	struct slot_text place = {.tag = tag_new(p->sect, "P", NULL, NULL)};
	if (on)
		certificate_put(p, &day, &certificate_label_style, MM(5), 1.2,
			mirror_parts(&p->mirror, p->doc, &certificate_label_style,
				(const char *[]){certificate_word(p, "signed"),
					date_span(p->doc->arena, p->lang, on, on)},
				2, " "),
			place.tag);
	page_mark(p->page, NULL);
	page_rect(p->page, mirror_x(&p->mirror, c.x, c.width), c.y, c.width, 0.6, COLOUR_INK_2);
	place.paragraph = signatures_person(p->doc, &p->mirror, person, place.tag);
	place.slot = mirror_slot(&p->mirror, &(struct slot){.style = &signatures_style,
						     .x = c.x,
						     .y = c.y + 4,
						     .width = c.width,
						     .height = foot - c.y - 4,
						     .leading = 1.25});
	return place;
}

const double certificate_logo_width = MM(45), certificate_logo_height = MM(16);

/* Up to three from the far side, or where lines begin when no code stands there. */
void certificate_draw_signatories(struct certificate_press *p, const struct certificate_foot *foot)
{
	const cJSON *person;
	const double gap = MM(8), widest = MM(62);
	const int n = p->n_signatories;
	struct slot_text places[MOST_SIGNATORIES];
	struct paragraph *issued = certificate_issued(p);
	int i = 0;
	if (!n)
		return;
	double beside = foot->has_code ? MM(76)
			: p->logo.n    ? certificate_logo_width + gap
				       : 0,
	       width = (foot->width - beside - (n - 1) * gap) / n;
	if (width > widest)
		width = widest;
	double all = n * width + (n - 1) * gap;
	struct certificate_column c = {foot->x, foot->y - foot_height, all};
	if (foot->has_code)
		c.x += foot->width - all;
	if (issued)
		certificate_put(p, &c, &certificate_label_style, MM(5), 1.2, issued,
			tag_new(p->sect, "P", NULL, NULL));
	c = (struct certificate_column){c.x, foot->y - MM(16), width};
	cJSON_ArrayForEach(person, json_get(p->model, "signatories"))
	{
		places[i++] = place_signatory(p, person, c, foot->y);
		c.x += width + gap;
	}
	slot_put_alike(p->doc, p->page, places, n);
}

/* Where the sentence ends at the latest. */
double certificate_text_bottom(
	const struct certificate_press *p, const struct certificate_foot *foot)
{
	if (p->n_signatories)
		return foot->y - foot_height - foot_clearance;
	if (foot->has_code)
		return foot->y - VERIFY_SIDE - code_clearance;
	return foot->y - foot_clearance - (p->logo.n ? certificate_logo_height : 0);
}

/* Who certifies, by its logo: at the far end of the foot, above the code when others sign there. */
void certificate_draw_logo(struct certificate_press *p, const struct certificate_foot *foot)
{
	bool is_above = foot->has_code && p->n_signatories;
	double height, width, x = foot->x, bottom = foot->y;
	if (!p->logo.n)
		return;
	width = image_fit(
		p->logo.images[0], certificate_logo_width, certificate_logo_height, &height);
	if (is_above)
		bottom -= VERIFY_SIDE + MM(4);
	else
		x += foot->width - width;
	image_draw(p->page, p->logo.images[0], mirror_x(&p->mirror, x, width), bottom - height,
		width, height, image_tag(p->logo.images[0], p->sect));
}
