/* The makers' page: the working copy day by day, what waits for a place, and publishing. */
#include "base/random.h"
#include "base/text.h"
#include "pages/handlers.h"
#include "pages/programme_edit.h"

enum rc edited_session(struct request *rq, struct programme *p, struct programme_session **out)
{
	TRY(programme_load(rq->db, rq->arena, page_event_id(rq), p, &rq->err));
	*out = programme_session_of(p, path_param(rq, "code"));
	return *out ? OK : err_set(&rq->err, NOT_FOUND, "There is no such session");
}

enum rc works_waiting(struct request *rq, struct q_works_to_place **rows, size_t *n)
{
	return q_works_to_place(rq->db, rq->arena,
		&(struct q_works_to_place_in){
			.event_id = page_event_id(rq),
			.actor_roles = rq->actor->roles,
			.code = "",
		},
		rows, n, &rq->err);
}

/* Kinds that are made of submissions; others may hold some too. */
static bool is_for_work(const struct programme_session *s)
{
	return text_equal(s->kind, "parallel") || text_equal(s->kind, "poster") ||
	       text_equal(s->kind, "workshop");
}

void put_edited(struct request *rq, struct vm *vm, const struct programme_session *s)
{
	int64_t n_lost = 0;

	put_session(rq, vm, s);
	vm_int(vm, "rev", s->rev);
	vm_int(vm, "taken", s->taken);
	for (size_t i = 0; i < s->n_items; i++)
		n_lost += !s->items[i].is_fit;
	vm_int(vm_object(vm, "items"), "n", (int64_t)s->n_items);
	vm_page_bool(vm, "has_items", s->n_items > 0);
	if (n_lost)
		vm_int(vm_object(vm, "lost"), "n", n_lost);
	else
		vm_text(vm, "lost", NULL);
	vm_page_bool(vm, "takes_items", s->n_items > 0 || is_for_work(s));
}

void put_works(struct vm *vm, const struct q_works_to_place *rows, size_t n)
{
	struct vm_list *list = vm_list(vm, "works");

	for (size_t i = 0; i < n; i++) {
		struct vm *work = vm_item(list);
		vm_text(work, "code", rows[i].code);
		vm_text(work, "title", rows[i].title);
		vm_enum(work, "format", "outcome", rows[i].outcome);
		vm_text(work, "presenter", rows[i].presenter);
		vm_int(work, "minutes", rows[i].minutes);
	}
}

/* ---- the page ---- */

static const char *day_of(struct request *rq, const struct programme_session *s)
{
	struct civil c = zone_civil(rq->event->zone, s->starts_at);

	return s->starts_at ? civil_date(rq->arena, &c) : "";
}

/* Every day of the event, with or without sessions; those without a time come last. */
static void put_days(struct request *rq, struct vm *vm, const struct programme *p)
{
	struct vm_list *days = vm_page_list(vm, "days"), *list = NULL;
	const char *last = NULL;

	for (size_t i = 0; i < p->n_sessions; i++) {
		const char *on = day_of(rq, &p->sessions[i]);
		if (!last || !text_equal(on, last)) {
			struct vm *day = vm_item(days);
			vm_date(day, "on", *on ? on : NULL);
			list = vm_page_list(day, "sessions");
			last = on;
		}
		put_edited(rq, vm_item(list), &p->sessions[i]);
	}
	vm_page_bool(vm, "has_sessions", p->n_sessions > 0);
}

/* "Wed 09:00 Main hall, The first plenary": enough to choose by. */
static const char *choice_text(struct request *rq, const struct programme_session *s)
{
	struct civil c = zone_civil(rq->event->zone, s->starts_at);

	if (!s->starts_at)
		return s->title;
	return arena_printf(rq->arena, "%s %02d:%02d %s%s%s", civil_date(rq->arena, &c) + 5, c.hour,
		c.minute, s->room_name, *s->room_name ? ", " : "", s->title);
}

static bool takes_work(const struct programme_session *s)
{
	return !text_equal(s->kind, "break") && !text_equal(s->kind, "masterclass") &&
	       !text_equal(s->kind, "social");
}

/* One select a work, the same choices in each; the refused one keeps its choice. */
static void put_placing(struct request *rq, struct vm *vm, const struct programme *p,
	const struct q_works_to_place *works, size_t n)
{
	struct form_view *form = form_view_named(rq, vm, "place_form", post_programme_place,
		arena_printf(rq->arena, "%s/programme/place", page_event_path(rq)));
	const char *session = form_view_value(form, "session");
	const char *work = form_view_value(form, "submission");
	struct vm_list *list = vm_page_list(vm, "choices");

	for (size_t i = 0; i < p->n_sessions; i++) {
		struct vm *choice;
		if (!takes_work(&p->sessions[i]))
			continue;
		choice = vm_item(list);
		vm_page_text(choice, "value", p->sessions[i].code);
		vm_page_text(choice, "label", choice_text(rq, &p->sessions[i]));
		vm_page_bool(choice, "is_chosen", text_equal(p->sessions[i].code, session));
	}
	vm_page_bool(vm, "has_choices", vm_count(list) > 0);
	vm_page_bool(vm, "has_works", n > 0);
	vm_page_text(vm, "refused_work", *work ? work : NULL);
	put_works(vm, works, n);
}

static void put_clashes(struct request *rq, struct vm *vm, const struct programme *p)
{
	struct programme_days days = programme_days_of(rq->event);
	struct vm_list *list = vm_list(vm, "clashes");
	struct clash *clashes;
	size_t n = programme_clashes(rq->arena, p, &days, 0, &clashes);

	for (size_t i = 0; i < n; i++) {
		struct vm *clash = vm_item(list);
		vm_text(clash, "session", clashes[i].session->code);
		vm_text(clash, "reason", clashes[i].reason);
	}
	vm_page_bool(vm, "has_clashes", n > 0);
}

static enum rc put_versions(struct request *rq, struct vm *vm)
{
	struct form_view *form = form_view_new(rq, vm, post_programme_publish,
		arena_printf(rq->arena, "%s/programme/publish", page_event_path(rq)));
	struct vm_list *list = vm_list(vm, "versions");
	struct q_programme_versions *rows;
	size_t n;

	TRY(q_programme_versions(rq->db, rq->arena,
		&(struct q_programme_versions_in){.event_id = page_event_id(rq)}, &rows, &n,
		&rq->err));
	for (size_t i = 0; i < n; i++) {
		struct vm *version = vm_item(list);
		vm_int(version, "version", rows[i].version);
		vm_text(version, "note", text_is_empty(rows[i].note) ? NULL : rows[i].note);
		vm_time(version, "published_at", rows[i].published_at);
	}
	vm_page_bool(vm, "has_versions", n > 0);
	vm_page_int(vm, "next_version", n ? rows[0].version + 1 : 1);
	form_view_int(form, "version", n ? rows[0].version : 0);
	form_view_renew_int(form, "version", n ? rows[0].version : 0);
	return OK;
}

/* GET /:event/programme/edit */
enum rc get_programme_edit(struct request *rq, struct vm *vm)
{
	struct programme p;
	struct q_works_to_place *works;
	size_t n;

	TRY(programme_load(rq->db, rq->arena, page_event_id(rq), &p, &rq->err));
	TRY(works_waiting(rq, &works, &n));
	TRY(put_versions(rq, vm));
	vm_text(vm, "zone", rq->event->row.zone);
	put_clashes(rq, vm, &p);
	put_rooms(vm, &p);
	put_masterclasses(vm, &p);
	vm_page_bool(vm, "has_masterclasses", p.n_masterclasses > 0);
	vm_page_bool(vm, "is_organiser", rq->actor->roles & ROLE_ORGANISER);
	put_placing(rq, vm, &p, works, n);
	put_timetable_costs(rq, vm, &p);
	TRY(put_timetable_ask(rq, vm, n));
	if (!rq->wants_json) {
		put_days(rq, vm, &p);
		return OK;
	}
	struct vm_list *list = vm_list(vm, "sessions");
	for (size_t i = 0; i < p.n_sessions; i++)
		put_edited(rq, vm_item(list), &p.sessions[i]);
	return OK;
}

/* POST /:event/programme/publish */
enum rc post_programme_publish(struct request *rq, struct vm *vm)
{
	int64_t version = form_int(&rq->form, "version", 0);

	vm_int(vm, "version", version + 1);
	reply_to(rq, "%s/programme", page_event_path(rq));
	reply_flash(rq, "Version %lld is published", (long long)version + 1);
	return page_write(rq, TX_NORMAL, programme_publish,
		&(struct programme_publish){
			.actor = rq->actor,
			.event = rq->event,
			.note = form_text(&rq->form, "note"),
			.version = version,
		});
}

/* POST /:event/programme/place */
enum rc post_programme_place(struct request *rq, struct vm *vm)
{
	(void)vm;
	reply_to(rq, "%s/programme/edit#unplaced", page_event_path(rq));
	reply_flash(rq, "Placed");
	return page_write(rq, TX_NORMAL, item_place,
		&(struct item_place){
			.actor = rq->actor,
			.event = rq->event,
			.submission_code = form_text(&rq->form, "submission"),
			.title = "",
			.session_code = form_text(&rq->form, "session"),
			.new_code = code_new(rq->arena),
			.minutes = form_int(&rq->form, "minutes", -1),
		});
}
