/* Badges: everybody's, for the desk to print, and one's own. */
#include "base/text.h"
#include "domain/ticket.h"
#include "pages/badge_layout.h"
#include "pages/badge_sheet.h"
#include "pages/handlers.h"
#include "pages/print_kinds.h"
#include "pages/registration.h"
#include "pdf/worker.h"

enum { BADGES_MAX_BYTES = 48 << 20, MAX_NAMED = 20 };

/* The colour of the band on the badge (pdf/documents/badge.c). */
static const struct {
	const char *role;
	int number;
} role_numbers[] = {
	{"attendee", 0}, {"speaker", 1}, {"facilitator", 3}, {"desk", 5}, {"organiser", 6}};

static int role_number(const char *role)
{
	for (size_t i = 0; i < sizeof(role_numbers) / sizeof(role_numbers[0]); i++)
		if (text_equal(role_numbers[i].role, role))
			return role_numbers[i].number;
	return 0;
}

/* Everybody's bookings, sorted by registration. */
struct schedules {
	struct q_badge_schedules *rows;
	size_t n;
};

static enum rc schedules_load(struct request *rq, const char *code, struct schedules *out)
{
	return q_badge_schedules(rq->db, rq->arena,
		&(struct q_badge_schedules_in){.event_id = page_event_id(rq), .code = code},
		&out->rows, &out->n, &rq->err);
}

static size_t schedules_first(const struct schedules *s, int64_t registration_id)
{
	size_t low = 0, high = s->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (s->rows[middle].registration_id < registration_id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void put_schedule(
	struct request *rq, struct vm *badge, const struct schedules *s, int64_t registration_id)
{
	struct vm_list *days = NULL, *items = NULL;
	const char *last_on = "";

	for (size_t i = schedules_first(s, registration_id);
		i < s->n && s->rows[i].registration_id == registration_id; i++) {
		struct civil c = zone_civil(rq->event->zone, s->rows[i].starts_at);
		const char *on = civil_date(rq->arena, &c);
		struct vm *item;
		if (!days)
			days = vm_list(badge, "schedule");
		if (!items || !text_equal(on, last_on)) {
			struct vm *day = vm_item(days);
			vm_text(day, "on", on);
			items = vm_list(day, "items");
			last_on = on;
		}
		item = vm_item(items);
		vm_text(item, "time", arena_printf(rq->arena, "%02d:%02d", c.hour, c.minute));
		vm_text(item, "title", s->rows[i].title);
		print_line(item, "room", s->rows[i].room_name, 200);
	}
}

static void put_badge(
	struct request *rq, struct vm *vm, const char *key, const struct q_badges_of_event *row)
{
	const char *ticket =
		registration_ticket(rq->arena, key, page_event_id(rq), row->id, row->ticket_serial);

	vm_text(vm, "name", row->badge_name);
	/* The language is that of the person's name, which the badge may not show. */
	if (text_equal(row->badge_name, row->name))
		print_line(vm, "lang", row->name_lang, 35);
	print_line(vm, "said_name", row->said_name, 80);
	print_line(vm, "pronouns", row->pronouns, 40);
	print_line(vm, "affiliation", row->badge_affiliation, 200);
	vm_text(vm, "role", i18n_word(rq->app->i18n, rq->event->row.lang, "badge_role", row->role));
	vm_int(vm, "role_number", role_number(row->role));
	vm_text(vm, "qr", ticket_payload(rq->arena, app_url(rq->app, rq->arena), ticket));
	vm_text(vm, "code", print_code(rq->arena, row->code));
}

/* What the model says beside its people: the layout asked for, or the event's own. */
static enum rc model_begin(struct request *rq, struct vm **out)
{
	const char *named = form_text(&rq->form, "layout");
	const char *city = rq->event->row.city, *json;
	struct layout *own = ARENA_NEW(rq->arena, struct layout);
	int64_t rev;

	TRY(layout_of_event(rq, &json, &rev));
	if (json && !*named)
		TRY(layout_from_json(rq->arena, json, own, &rq->err));
	TRY(print_model_with_logos(rq, city, layout_n_logos(own), out));
	if (*named)
		vm_text(*out, "layout_name", named);
	else if (json)
		layout_put(*out, "layout", own);
	return OK;
}

/* *out is NULL when nobody has the role; code "" takes everybody. */
static enum rc model_new(struct request *rq, const struct q_badges_of_event *rows, size_t n,
	const char *role, const char *code, struct vm **out)
{
	struct vm *model;
	const char *key = app_key(rq->app, rq->arena, "ticket");
	struct schedules schedules;
	struct vm_list *list;

	TRY(model_begin(rq, &model));
	TRY(schedules_load(rq, code, &schedules));
	list = vm_list(model, "badges");
	for (size_t i = 0; i < n; i++) {
		struct vm *badge;
		if (*role && !text_equal(rows[i].role, role))
			continue;
		badge = vm_item(list);
		put_badge(rq, badge, key, &rows[i]);
		put_schedule(rq, badge, &schedules, rows[i].id);
	}
	*out = vm_count(list) ? model : NULL;
	return OK;
}

static const char *warning_text(struct request *rq, const struct print_warning *w)
{
	return w->code_point ? arena_printf(rq->arena, "U+%04X", (unsigned)w->code_point)
			     : w->message;
}

/* A name with a hole in it is no badge: whoever prints decides, knowing which. */
static enum rc warn(struct request *rq, struct vm *vm, const struct print_warnings *warnings)
{
	struct vm_list *list = vm_list(vm, "missing");
	const struct print_warning *w = warnings->first;

	if (rq->wants_json && w->code_point)
		return err_set(&rq->err, CONFLICT,
			"No font here prints U+%04X in \"%s\". Change the name, or ask again with "
			"anyway=1",
			(unsigned)w->code_point, w->where);
	if (rq->wants_json && text_is_empty(w->where))
		return err_set(&rq->err, CONFLICT,
			"%s, on every badge. Change the layout, or ask again with anyway=1",
			w->message);
	if (rq->wants_json)
		return err_set(&rq->err, CONFLICT,
			"%s, on the badge of \"%s\". Change the layout, or ask again with anyway=1",
			w->message, w->where);
	vm_page_bool(vm, "is_letter", w->code_point != 0);
	for (int i = 0; w && i < MAX_NAMED; w = w->next, i++) {
		struct vm *row = vm_item(list);
		vm_text(row, "character", warning_text(rq, w));
		vm_text(row, "text", text_is_empty(w->where) ? NULL : w->where);
	}
	vm_page_printf(vm, "anyway_href", "%s?%.*s%sanyway=1", rq->path, (int)rq->query.n,
		rq->query.n ? rq->query.p : "", rq->query.n ? "&" : "");
	reply_template(rq, "checkin/badges_missing");
	rq->reply.status = 409;
	return OK;
}

static enum rc print(struct request *rq, struct vm *vm, const struct vm *model, const char *name)
{
	struct buf out = buf_in(rq->arena, BADGES_MAX_BYTES);
	struct print_warnings warnings = print_warnings_in(rq->arena);
	struct err err = err_in(rq->arena);
	enum rc rc;

	page_release(rq);
	rc = print_pool_run(
		rq->app->print, rq->arena, "badge", vm_root(model), NULL, &out, &warnings, &err);
	/* There is no form to show the fields at: the first of them is the answer. */
	if (rc != OK)
		return err_set(&rq->err, rc, "%s", err.fields ? err.fields->message : err.message);
	if (warnings.first && !form_bool(&rq->form, "anyway"))
		return warn(rq, vm, &warnings);
	reply_bytes(rq, "application/pdf", buf_view(&out), name, false);
	return OK;
}

static enum rc rows_of(struct request *rq, const char *ticket, const char *code,
	struct q_badges_of_event **rows, size_t *n)
{
	return q_badges_of_event(rq->db, rq->arena,
		&(struct q_badges_of_event_in){
			.event_id = page_event_id(rq), .ticket = ticket, .code = code},
		rows, n, &rq->err);
}

/* GET /:event/badges.pdf */
enum rc get_badges(struct request *rq, struct vm *vm)
{
	struct q_badges_of_event *rows;
	struct vm *model;
	size_t n;

	TRY(rows_of(rq, form_text(&rq->form, "ticket"), "", &rows, &n));
	TRY(model_new(rq, rows, n, form_text(&rq->form, "role"), "", &model));
	if (!model)
		return err_set(&rq->err, NOT_FOUND,
			"Nobody is registered so, and there is no badge to print");
	sheet_put(rq, model);
	return print(rq, vm, model, print_file_name(rq, "badges"));
}

/* GET /:event/badge.pdf */
enum rc get_badge(struct request *rq, struct vm *vm)
{
	struct q_badges_of_event *rows;
	struct vm *model;
	const char *code;
	size_t n;

	TRY(registration_wanted(rq, form_text(&rq->form, "registration"), CAP_BADGES, &code));
	TRY(rows_of(rq, "", code, &rows, &n));
	TRY(model_new(rq, rows, n, "", code, &model));
	if (!model)
		return err_set(
			&rq->err, NOT_FOUND, "This registration does not exist or was cancelled");
	return print(rq, vm, model, print_file_name(rq, arena_printf(rq->arena, "badge-%s", code)));
}

/* ---- the print office ---- */

static enum rc fill_tickets(struct request *rq, struct form_view *form)
{
	struct q_ticket_types_of_event *types;
	size_t n;

	TRY(q_ticket_types_of_event(rq->db, rq->arena,
		&(struct q_ticket_types_of_event_in){.event_id = page_event_id(rq)}, &types, &n,
		&rq->err));
	for (size_t i = 0; i < n; i++)
		form_view_option(form, "ticket", types[i].code, types[i].title, NULL);
	return OK;
}

enum rc fill_badges(struct request *rq, struct form_view *form)
{
	TRY(fill_tickets(rq, form));
	for (size_t i = 0; i < sizeof(role_numbers) / sizeof(role_numbers[0]); i++)
		form_view_option(form, "role", role_numbers[i].role,
			i18n_word(rq->app->i18n, rq->lang, "badge_role", role_numbers[i].role),
			NULL);
	for (const struct print_layout *l = print_badge_layouts(); l->name; l++)
		form_view_option(form, "layout", l->name,
			i18n_text(rq->app->i18n, rq->lang, l->title, 1), NULL);
	vm_page_bool(form_view_field(form, "layout"), "can_design",
		policy_capability(rq->actor, rq->event, CAP_EVENT_MANAGE) == OK);
	sheet_fill(rq, form);
	return OK;
}

/* "105 × 148 mm": of the event's layout. */
enum rc about_badges(struct request *rq, const char **out)
{
	struct layout *l = ARENA_NEW(rq->arena, struct layout);
	const char *json;
	int64_t rev;

	TRY(layout_of_event(rq, &json, &rev));
	TRY(layout_from_json(rq->arena, json ? json : print_badge_layouts()->json, l, &rq->err));
	*out = arena_printf(rq->arena, "%s × %s mm. %s", l->width, l->height,
		i18n_word(rq->app->i18n, rq->lang, "print_about", "badge"));
	return OK;
}

static void add_words(struct buf *b, const char *words)
{
	if (!text_is_empty(words))
		buf_printf(b, "%s%s", b->n ? ", " : "", words);
}

static enum rc add_ticket(struct request *rq, struct buf *b)
{
	const char *ticket = form_text(&rq->form, "ticket");
	struct q_ticket_types_of_event *types;
	size_t n;

	if (!*ticket)
		return OK;
	TRY(q_ticket_types_of_event(rq->db, rq->arena,
		&(struct q_ticket_types_of_event_in){.event_id = page_event_id(rq)}, &types, &n,
		&rq->err));
	for (size_t i = 0; i < n; i++)
		if (text_equal(types[i].code, ticket))
			add_words(b, types[i].title);
	return OK;
}

/* "Students, Speaker, A7, upright, 8 badges A7 on A4, 37 badges" */
static enum rc chosen_badges(struct request *rq, size_t n, const char **out)
{
	enum { MAX_BYTES = 2000 };
	const char *role = form_text(&rq->form, "role"), *layout = form_text(&rq->form, "layout");
	struct buf b = buf_in(rq->arena, MAX_BYTES);

	TRY(add_ticket(rq, &b));
	if (*role)
		add_words(&b, i18n_word(rq->app->i18n, rq->lang, "badge_role", role));
	for (const struct print_layout *l = print_badge_layouts(); l->name; l++)
		if (text_equal(l->name, layout))
			add_words(&b, i18n_text(rq->app->i18n, rq->lang, l->title, 1));
	add_words(&b, sheet_text(rq));
	add_words(&b, print_count(rq, n, "badge|badges"));
	*out = buf_cstr(&b);
	return OK;
}

/* One badge on the sheet that was chosen: the printer knows what does not fit. */
static enum rc try_sheet(struct request *rq, const struct q_badges_of_event *row)
{
	struct vm *model;

	TRY(sheet_check(rq));
	if (!*form_text(&rq->form, "sheet"))
		return OK;
	TRY(model_begin(rq, &model));
	put_badge(rq, vm_item(vm_list(model, "badges")), app_key(rq->app, rq->arena, "ticket"),
		row);
	sheet_put(rq, model);
	return sheet_try(rq, model);
}

/* POST /:event/print/badges */
enum rc post_print_badges(struct request *rq, struct vm *vm)
{
	struct q_badges_of_event *rows;
	struct vm *model;
	const char *about;
	size_t n;

	(void)vm;
	TRY(rows_of(rq, form_text(&rq->form, "ticket"), "", &rows, &n));
	TRY(model_new(rq, rows, n, form_text(&rq->form, "role"), "", &model));
	if (!model)
		return err_field(&rq->err, "ticket",
			"Nobody is registered so, and there is no badge to print");
	TRY(try_sheet(rq, &rows[0]));
	n = (size_t)cJSON_GetArraySize(json_get(vm_root(model), "badges"));
	TRY(chosen_badges(rq, n, &about));
	sheet_put(rq, model);
	return print_ask(rq, &(struct print_wish){
				     .kind = "badge",
				     .model = vm_root(model),
				     .about = about,
				     .file_name = print_file_name(rq, "badges"),
			     });
}
