/* The designer of badges: a form, and how two invented people would look. */
#include "pages/badge_layout.h"

#include "base/hash.h"
#include "base/text.h"
#include "domain/badge_layout.h"
#include "pages/handlers.h"
#include "pages/print.h"
#include "pdf/worker.h"

enum { PICTURE_MAX_BYTES = 4 << 20, SAMPLE_MAX_BYTES = 4 << 20 };

enum rc layout_of_event(struct request *rq, const char **json, int64_t *rev)
{
	struct q_badge_layout_of_event row;
	bool found;

	TRY(q_badge_layout_of_event(rq->db, rq->arena,
		&(struct q_badge_layout_of_event_in){.event_id = page_event_id(rq)}, &row, &found,
		&rq->err));
	*json = found ? row.layout : NULL;
	*rev = found ? row.rev : 0;
	return OK;
}

/* The one that a reader asks to start from; NULL: none, or no such name. */
static const char *built_in(const char *name)
{
	for (const struct print_layout *l = print_badge_layouts(); l->name; l++)
		if (text_equal(l->name, name))
			return l->json;
	return NULL;
}

/* ---- the sample ---- */

/* A schedule as long as most people's. */
static void put_schedule(struct vm *badge, const char *on)
{
	static const struct {
		const char *time, *title, *room;
	} items[] = {{"09:00", "Opening plenary: Listening at the edge of the ward", "Great Hall"},
		{"11:00", "Masterclass: Drawing what a patient says", "Room 2.14"},
		{"14:30", "Parallel session: Narrative and moral distress", "Room 1.02"}};
	struct vm *day = vm_item(vm_list(badge, "schedule"));
	struct vm_list *list;

	vm_text(day, "on", on);
	list = vm_list(day, "items");
	for (size_t i = 0; i < sizeof(items) / sizeof(items[0]); i++) {
		struct vm *item = vm_item(list);
		vm_text(item, "time", items[i].time);
		vm_text(item, "title", items[i].title);
		vm_text(item, "room", items[i].room);
	}
}

static void put_person(
	struct request *rq, struct vm *badge, const char *name, const char *role, int role_number)
{
	vm_text(badge, "name", name);
	vm_text(badge, "role", i18n_word(rq->app->i18n, rq->event->row.lang, "badge_role", role));
	vm_int(badge, "role_number", role_number);
	/* As long as a ticket's, and nobody's. */
	vm_text(badge, "qr", "HTTPS://SYMPOSIUM.EXAMPLE/C/SAMPLESAMPLESAMPLESAMPLESA");
	vm_text(badge, "code", "SAMP-LE23X");
}

/* A long name with all that can go with it, and a short one with nothing. */
static enum rc sample_new(struct request *rq, const struct layout *l, const struct vm **out)
{
	struct vm *model, *badge;
	struct vm_list *list;

	TRY(print_model_with_logos(rq, rq->event->row.city, layout_n_logos(l), &model));
	layout_put(model, "layout", l);
	list = vm_list(model, "badges");
	badge = vm_item(list);
	put_person(rq, badge, "Professor Wilhelmina Abernathy-Featherstonehaugh", "facilitator", 3);
	vm_text(badge, "said_name", "wil-hel-MEE-na AB-er-na-thee FAN-shaw");
	vm_text(badge, "pronouns", "she/her");
	vm_text(badge, "affiliation",
		"Northmoor University Hospitals and School of Narrative Medicine");
	put_schedule(badge, rq->event->row.starts_on);
	badge = vm_item(list);
	put_person(rq, badge, "Bo Ek", "speaker", 1);
	vm_text(badge, "affiliation", "Vättervik Hospice");
	*out = model;
	return OK;
}

/* ---- the page ---- */

static void put_faults(
	struct request *rq, struct vm *preview, const struct layout *l, const struct err *err)
{
	struct vm_list *list = vm_page_list(preview, "faults");

	for (const struct field_error *e = err->fields; e; e = e->next) {
		struct vm *fault = vm_item(list);
		vm_page_printf(fault, "href", "#f-%s", layout_field(rq->arena, l, e->field));
		vm_page_text(fault, "text", layout_fault(rq, l, e));
	}
}

/* What would be printed, or why nothing would. */
static enum rc put_preview(struct request *rq, struct vm *vm, const struct layout *l)
{
	struct err err = err_in(rq->arena);
	struct buf svg = buf_in(rq->arena, PICTURE_MAX_BYTES);
	struct print_warnings warnings = print_warnings_in(rq->arena);
	struct vm *preview = vm_page_object(vm, "preview");
	struct vm_list *list = vm_page_list(preview, "warnings");
	const struct vm *sample;
	enum rc rc = layout_check(rq, l, &err);

	TRY(sample_new(rq, l, &sample));
	page_release(rq);
	if (rc == OK)
		rc = print_pool_picture(
			rq->app->print, rq->arena, "badge", vm_root(sample), &svg, &warnings, &err);
	if (rc != OK && rc != INVALID)
		return err_set(&rq->err, rc, "%s", err.message);
	put_faults(rq, preview, l, &err);
	for (const struct print_warning *w = warnings.first; w; w = w->next)
		vm_page_text(vm_item(list), "text", w->message);
	vm_page_text(preview, "image",
		rc == OK ? arena_printf(rq->arena, "data:image/svg+xml;base64,%s",
				   base64_encode(rq->arena, buf_view(&svg)))
			 : NULL);
	return OK;
}

static void put_starts(struct request *rq, struct vm *vm)
{
	struct vm_list *list = vm_page_list(vm, "starts");

	for (const struct print_layout *l = print_badge_layouts(); l->name; l++) {
		struct vm *row = vm_item(list);
		vm_page_text(row, "title", i18n_text(rq->app->i18n, rq->lang, l->title, 1));
		vm_page_printf(
			row, "href", "%s/badges/layout?start=%s", page_event_path(rq), l->name);
	}
}

/* GET /:event/badges/layout */
enum rc get_badge_layout(struct request *rq, struct vm *vm)
{
	struct layout *l = ARENA_NEW(rq->arena, struct layout);
	const char *saved, *start = built_in(form_text(&rq->form, "start"));
	struct form_view *form = form_view_new(rq, vm, post_badge_layout, NULL);
	int64_t rev;

	TRY(layout_of_event(rq, &saved, &rev));
	if (!start)
		start = saved ? saved : print_badge_layouts()->json;
	TRY(layout_from_json(rq->arena, start, l, &rq->err));
	layout_put_form(rq, form, l);
	layout_put_data(vm, "layout", l);
	form_view_int(form, "rev", rev);
	if (form_view_refused(rq) && form_view_refused(rq)->rc == CONFLICT)
		form_view_renew_int(form, "rev", rev);
	vm_int(vm, "rev", rev);
	vm_bool(vm, "is_own", rev > 0);
	put_starts(rq, vm);
	vm_page_text(vm, "script", asset_url(rq->app->assets, rq->arena, "badge_layout.js"));
	if (form_view_typed(form))
		layout_from_form(form_view_typed(form), l);
	return rq->wants_json ? OK : put_preview(rq, vm, l);
}

/* The print worker says what is wrong with it; its paths become those of the form. */
static enum rc try_print(struct request *rq, const struct layout *l)
{
	struct err err = err_in(rq->arena);
	struct buf pdf = buf_in(rq->arena, SAMPLE_MAX_BYTES);
	struct print_warnings warnings = print_warnings_in(rq->arena);
	const struct vm *sample;
	enum rc rc;

	TRY(sample_new(rq, l, &sample));
	page_release(rq);
	rc = print_pool_run(
		rq->app->print, rq->arena, "badge", vm_root(sample), NULL, &pdf, &warnings, &err);
	TRY(db_acquire(rq->app->store, &rq->db, &rq->err));
	for (const struct field_error *e = err.fields; e; e = e->next)
		(void)!err_field(&rq->err, layout_field(rq->arena, l, e->field), "%s",
			layout_fault(rq, l, e));
	return rc == OK || rc == INVALID ? rq->err.rc : err_set(&rq->err, rc, "%s", err.message);
}

static const char *layout_json(struct request *rq, const struct layout *l)
{
	static const struct vm_format plain = {.lang = "en"};
	struct vm *holder = vm_new(rq->arena, &plain);
	struct buf json = buf_in(rq->arena, LAYOUT_MAX_BYTES);

	layout_put(holder, "layout", l);
	json_write(&json, json_get(vm_root(holder), "layout"));
	return json.failed ? NULL : buf_cstr(&json);
}

/* POST /:event/badges/layout */
enum rc post_badge_layout(struct request *rq, struct vm *vm)
{
	struct layout *l = ARENA_NEW(rq->arena, struct layout);
	const char *json;

	(void)vm;
	layout_from_form(&rq->form, l);
	TRY(layout_check(rq, l, &rq->err));
	if (!l->front.n)
		return err_set(&rq->err, INVALID, "Put something on the front of the badge");
	TRY(try_print(rq, l));
	json = layout_json(rq, l);
	if (!json)
		return err_internal(&rq->err, "the layout of badges is too long");
	reply_to(rq, "%s/badges/layout", page_event_path(rq));
	reply_flash(rq, "The layout is saved. All badges are printed with it from now on");
	return page_write(rq, TX_NORMAL, badge_layout_save,
		&(struct badge_layout_save){
			.actor = rq->actor, .layout = json, .rev = form_int(&rq->form, "rev", 0)});
}

/* GET /:event/badges/sample.pdf */
enum rc get_badge_sample(struct request *rq, struct vm *vm)
{
	struct layout *l = ARENA_NEW(rq->arena, struct layout);
	struct buf pdf = buf_in(rq->arena, SAMPLE_MAX_BYTES);
	struct print_warnings warnings = print_warnings_in(rq->arena);
	const char *json, *start = built_in(form_text(&rq->form, "start"));
	const struct vm *sample;
	int64_t rev;

	(void)vm;
	TRY(layout_of_event(rq, &json, &rev));
	if (!json || start)
		json = start ? start : print_badge_layouts()->json;
	TRY(layout_from_json(rq->arena, json, l, &rq->err));
	TRY(sample_new(rq, l, &sample));
	page_release(rq);
	TRY(print_pool_run(rq->app->print, rq->arena, "badge", vm_root(sample), NULL, &pdf,
		&warnings, &rq->err));
	reply_bytes(rq, "application/pdf", buf_view(&pdf), print_file_name(rq, "badge-sample"),
		false);
	return OK;
}
