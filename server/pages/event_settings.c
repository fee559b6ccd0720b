/* The organisers' page: the event, its call, its people, and what is still missing. */
#include "base/random.h"
#include "base/text.h"
#include "domain/account.h"
#include "domain/audit.h"
#include "domain/event.h"
#include "domain/person.h"
#include "pages/call.h"
#include "pages/handlers.h"
#include "pages/logos.h"

static void put_event_form(struct request *rq, struct vm *vm)
{
	const struct q_event_by_slug *row = &rq->event->row;
	const struct zone *zone = rq->event->zone;
	struct form_view *form = form_view_new(rq, vm, post_event_settings,
		arena_printf(rq->arena, "%s/settings", page_event_path(rq)));

	form_view_text(form, "title", row->title);
	form_view_text(form, "tagline", row->tagline);
	form_view_text(form, "summary", row->summary);
	form_view_text(form, "host", row->host);
	form_view_text(form, "partner", row->partner);
	form_view_text(form, "starts_on", row->starts_on);
	form_view_text(form, "ends_on", row->ends_on);
	form_view_text(form, "venue", row->venue);
	form_view_text(form, "city", row->city);
	form_view_text(form, "country", row->country);
	form_view_text(form, "contact_email", row->contact_email);
	form_view_datetime(form, "registration_opens_at", row->registration_opens_at, zone);
	form_view_datetime(form, "registration_closes_at", row->registration_closes_at, zone);
	form_view_datetime(form, "booking_opens_at", row->booking_opens_at, zone);
	form_view_datetime(form, "booking_closes_at", row->booking_closes_at, zone);
	form_view_int(form, "rev", row->rev);
}

static void put_call_form(struct request *rq, struct vm *vm, const struct call *call)
{
	static const char *const blindings[] = {"double", "single", "open"};
	struct form_view *form = form_view_named(rq, vm, "call_form", post_call,
		arena_printf(rq->arena, "%s/call", page_event_path(rq)));

	form_view_text(form, "title", call->row.title);
	form_view_text(form, "text", call->row.text);
	form_view_datetime(form, "opens_at", call->row.opens_at, rq->event->zone);
	form_view_datetime(form, "closes_at", call->row.closes_at, call->deadline_zone);
	form_view_text(form, "deadline_zone", call->row.deadline_zone);
	form_view_text(form, "blinding", call->row.blinding);
	form_view_int(form, "n_reviews", call->row.n_reviews);
	form_view_datetime(form, "reviews_due_at", call->row.reviews_due_at, rq->event->zone);
	form_view_datetime(form, "bids_open_at", call->row.bids_open_at, rq->event->zone);
	form_view_datetime(form, "bids_close_at", call->row.bids_close_at, rq->event->zone);
	form_view_bool(form, "is_published", call->row.is_published);
	form_view_int(form, "rev", call->row.rev);
	form_view_option(form, "deadline_zone", "AoE",
		i18n_text(rq->app->i18n, rq->lang, "Anywhere on Earth", 1), NULL);
	form_view_option(form, "deadline_zone", rq->event->row.zone, rq->event->row.zone, NULL);
	for (size_t i = 0; i < 3; i++)
		form_view_option(form, "blinding", blindings[i],
			i18n_word(rq->app->i18n, rq->lang, "blinding", blindings[i]),
			i18n_word(rq->app->i18n, rq->lang, "blinding_hint", blindings[i]));
}

/* The same for a program: the values that it sends back changed, with their revision. */
static void put_event_values(struct request *rq, struct vm *vm)
{
	const struct q_event_by_slug *row = &rq->event->row;
	struct vm *event = vm_object(vm, "event");

	vm_text(event, "title", row->title);
	vm_text(event, "tagline", row->tagline);
	vm_text(event, "summary", row->summary);
	vm_text(event, "host", row->host);
	vm_text(event, "partner", row->partner);
	vm_text(event, "starts_on", row->starts_on);
	vm_text(event, "ends_on", row->ends_on);
	vm_text(event, "venue", row->venue);
	vm_text(event, "city", row->city);
	vm_text(event, "country", row->country);
	vm_text(event, "contact_email", row->contact_email);
	vm_time(event, "registration_opens_at", row->registration_opens_at);
	vm_time(event, "registration_closes_at", row->registration_closes_at);
	vm_time(event, "booking_opens_at", row->booking_opens_at);
	vm_time(event, "booking_closes_at", row->booking_closes_at);
	vm_int(event, "rev", row->rev);
}

static void put_call_values(struct vm *vm, const struct call *shown)
{
	struct vm *call = vm_object(vm, "call");

	vm_text(call, "title", shown->row.title);
	vm_text(call, "text", shown->row.text);
	vm_time(call, "opens_at", shown->row.opens_at);
	vm_time_in(call, "closes_at", shown->row.closes_at, shown->deadline_zone);
	vm_text(call, "deadline_zone", shown->row.deadline_zone);
	vm_text(call, "blinding", shown->row.blinding);
	vm_int(call, "n_reviews", shown->row.n_reviews);
	vm_time(call, "reviews_due_at", shown->row.reviews_due_at);
	vm_time(call, "bids_open_at", shown->row.bids_open_at);
	vm_time(call, "bids_close_at", shown->row.bids_close_at);
	vm_bool(call, "is_published", shown->row.is_published);
	vm_int(call, "rev", shown->row.rev);
}

static enum rc put_people(struct request *rq, struct vm *vm)
{
	static const enum role roles[] = {ROLE_ORGANISER, ROLE_CHAIR, ROLE_REVIEWER, ROLE_DESK,
		ROLE_FACILITATOR, ROLE_CATERING, ROLE_TREASURER};
	struct form_view *form = form_view_named(rq, vm, "people_form", post_event_people,
		arena_printf(rq->arena, "%s/settings/people", page_event_path(rq)));
	struct vm_list *list = vm_list(vm, "people");
	struct q_people_with_roles *rows;
	size_t n;

	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		form_view_option(form, "role", role_word(roles[i]),
			i18n_word(rq->app->i18n, rq->lang, "role", role_word(roles[i])), NULL);
	TRY(q_people_with_roles(rq->db, rq->arena,
		&(struct q_people_with_roles_in){.event_id = page_event_id(rq)}, &rows, &n,
		&rq->err));
	for (size_t i = 0; i < n; i++) {
		struct vm *row = vm_item(list);
		vm_text(row, "code", rows[i].code);
		vm_name(row, "name", rows[i].name, NULL);
		vm_text(row, "email", rows[i].email);
		vm_enum(row, "role", "role", rows[i].role);
	}
	return OK;
}

/* What keeps the event from being announced, each with where to mend it. */
static void put_missing(struct request *rq, struct vm *vm, const struct call *call)
{
	const struct q_event_by_slug *row = &rq->event->row;
	const struct {
		const char *what, *anchor;
		bool is_done;
	} checks[] = {
		{"summary", "#f-summary", *row->summary},
		{"venue", "#f-venue", *row->venue && *row->city},
		{"contact", "#f-contact_email", *row->contact_email},
		{"registration", "#f-registration_opens_at", row->registration_opens_at != 0},
		{"call", "#call", call->row.is_published},
		{"publish", "#publish", row->is_published},
	};
	struct vm_list *list = vm_list(vm, "checks");

	for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++) {
		struct vm *check = vm_item(list);
		vm_enum(check, "what", "missing", checks[i].what);
		vm_bool(check, "is_done", checks[i].is_done);
		vm_page_text(check, "href", checks[i].anchor);
	}
}

/* GET /:event/settings */
enum rc get_event_settings(struct request *rq, struct vm *vm)
{
	struct call call;

	TRY(call_load(rq->db, rq->arena, page_event_id(rq), &call, &rq->err));
	vm_bool(vm, "is_published", rq->event->row.is_published);
	vm_text(vm, "zone", rq->event->row.zone);
	put_missing(rq, vm, &call);
	if (rq->wants_json) {
		put_event_values(rq, vm);
		put_call_values(vm, &call);
	}
	put_event_form(rq, vm);
	put_call_form(rq, vm, &call);
	TRY(put_logos(rq, vm));
	return put_people(rq, vm);
}

/* POST /:event/settings */
enum rc post_event_settings(struct request *rq, struct vm *vm)
{
	const struct form *f = &rq->form;
	const struct zone *zone = rq->event->zone;

	(void)vm;
	reply_to(rq, "%s/settings", page_event_path(rq));
	reply_flash(rq, "The settings are saved");
	return page_write(rq, TX_NORMAL, event_change,
		&(struct event_change){
			.actor = rq->actor,
			.row = {
				.id = page_event_id(rq),
				.rev = form_int(f, "rev", 0),
				.title = form_text(f, "title"),
				.tagline = form_text(f, "tagline"),
				.summary = form_text(f, "summary"),
				.host = form_text(f, "host"),
				.partner = form_text(f, "partner"),
				.starts_on = form_text(f, "starts_on"),
				.ends_on = form_text(f, "ends_on"),
				.zone = zone_name(zone),
				.venue = form_text(f, "venue"),
				.city = form_text(f, "city"),
				.country = form_text(f, "country"),
				.contact_email = form_text(f, "contact_email"),
				.registration_opens_at =
					form_instant(&rq->form, "registration_opens_at", zone),
				.registration_closes_at =
					form_instant(&rq->form, "registration_closes_at", zone),
				.booking_opens_at = form_instant(&rq->form, "booking_opens_at", zone),
				.booking_closes_at = form_instant(&rq->form, "booking_closes_at", zone),
			},
		});
}

/* POST /:event/settings/publish */
enum rc post_event_publish(struct request *rq, struct vm *vm)
{
	bool is_published = form_bool(&rq->form, "is_published");

	(void)vm;
	reply_to(rq, "%s/settings", page_event_path(rq));
	reply_flash(rq, is_published ? "The event is public" : "The event is hidden again");
	return page_write(rq, TX_NORMAL, event_set_published,
		&(struct event_publication){.actor = rq->actor, .is_published = is_published});
}

struct person_invite {
	const struct actor *actor;
	const char *email, *name;
	unsigned role;
};

static enum rc person_invite(struct tx *tx, void *arg, struct err *err)
{
	const struct person_invite *invite = arg;
	int64_t person_id;

	TRY(person_of_email(tx,
		&(struct person_new){.name = invite->name, .email = invite->email}, &person_id, err));
	TRY(person_grant(tx, person_id, (enum role)invite->role, invite->actor->person_id, err));
	return audit_write(tx, invite->actor->person_id, "role.grant", role_word((enum role)invite->role),
		NULL, err);
}

/* POST /:event/settings/people: the role waits for whoever proves the address. */
enum rc post_event_people(struct request *rq, struct vm *vm)
{
	unsigned role = role_of_word(form_text(&rq->form, "role"));

	(void)vm;
	if (!role || role >= ROLE_AUTHOR)
		return err_field(&rq->err, "role", "Choose a role");
	reply_to(rq, "%s/settings", page_event_path(rq));
	reply_flash(rq, "%s has the role as soon as they sign in", form_text(&rq->form, "name"));
	return page_write(rq, TX_NORMAL, person_invite,
		&(struct person_invite){
			.actor = rq->actor,
			.email = form_text(&rq->form, "email"),
			.name = form_text(&rq->form, "name"),
			.role = role,
		});
}
