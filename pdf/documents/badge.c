/* Badge after badge: its code, its pages, its sides. */
#include "pdf/documents/badge_parts.h"

#include "pdf/documents/date.h"
#include "pdf/page/qr.h"

static enum rc draw_badge(struct badge_press *p, struct badge_sheets *sheets, const cJSON *badge,
	int index, struct err *err)
{
	struct qr qr;
	struct page *back;
	struct badge_job job = {.press = p, .badge = badge, .qr = &qr};
	if (qr_make(typesetter_arena(p->doc->type), model_text(badge, "qr"), &qr, err) != OK)
		return err_field(err, arena_printf(p->doc->arena, "badges.%d.qr", index),
			"This is too long to be scanned from a badge: at most %d bytes",
			QR_MAX_BYTES);
	job.sect = tag_new(tag_root(p->doc->tags), "Sect", NULL, NULL);
	badge_sheets_next(sheets, &job.page, &back);
	badge_draw_side(&job, &p->layout.front);
	page_close(job.page);
	if (back) {
		job.page = back;
		badge_draw_side(&job, &p->layout.back);
		page_close(back);
	}
	doc_forget(p->doc);
	return OK;
}

static enum rc draw_badges(struct badge_press *p, struct err *err)
{
	struct badge_sheets *sheets;
	const cJSON *badge;
	int index = 0;
	TRY(badge_layout_of(p->doc->arena, p->model, &p->layout, err));
	TRY(badge_load_images(p->doc, p->event, &p->layout, err));
	TRY(badge_sheets_new(p, &sheets, err));
	doc_expect(p->doc, model_count(json_get(p->model, "badges")));
	cJSON_ArrayForEach(badge, json_get(p->model, "badges"))
	{
		doc_about(p->doc, model_text(badge, "name"));
		TRY(draw_badge(p, sheets, badge, index++, err));
	}
	badge_sheets_finish(sheets);
	return OK;
}

enum rc badge_print(struct doc *d, const cJSON *model, struct err *err)
{
	const cJSON *event = json_get(model, "event");
	const char *place = json_text(event, "place");
	struct badge_press p = {
		.doc = d, .model = model, .event = event, .lang = model_text(model, "lang")};
	core_set_title(d->core, arena_printf(d->arena, "%s: badges", model_text(event, "title")));
	p.dates = p.place_dates = date_span(
		d->arena, p.lang, model_text(event, "starts_on"), model_text(event, "ends_on"));
	if (place)
		p.place_dates = arena_printf(d->arena, "%s, %s", place, p.dates);
	enum rc rc = draw_badges(&p, err);
	return rc == INVALID ? err_set(err, INVALID,
				       "Nothing was printed: badges, layout and "
				       "sheet do not go together")
			     : rc;
}
