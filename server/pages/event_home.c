/* The home of an event: what, when, where, and the one thing to do next. */
#include "domain/event.h"
#include "pages/call.h"
#include "pages/handlers.h"
#include "pages/programme.h"

static void put_event(struct request *rq, struct vm *vm)
{
	const struct q_event_by_slug *row = &rq->event->row;
	struct vm *event = vm_object(vm, "event");

	vm_text(event, "slug", row->slug);
	vm_enum(event, "kind", "event", row->kind);
	vm_text(event, "title", row->title);
	vm_text(event, "summary", row->summary);
	vm_text(event, "host", row->host);
	vm_page_text(event, "host_text", *row->tagline ? row->tagline : row->host);
	vm_text(event, "venue",
		arena_printf(rq->arena, "%s%s%s%s%s", row->venue, *row->venue ? ", " : "", row->city,
			*row->country ? ", " : "", row->country));
	vm_text(event, "partners_text", *row->partner ? row->partner : NULL);
	vm_text(event, "zone", row->zone);
	vm_dates(event, "dates", row->starts_on, row->ends_on);
	vm_bool(event, "is_published", row->is_published);
}

struct dated {
	const char *kind;
	int64_t at;
	const struct zone *zone;
};

/* Every date of the event in order of time; the next one is marked. */
static size_t dates_of(const struct request *rq, const struct call *call, struct dated *out)
{
	const struct q_event_by_slug *row = &rq->event->row;
	/* Until the seats are given, booking has no date to be told. */
	bool waits = row->is_by_wishes && !row->seats_given_at;
	const struct dated all[] = {
		{"call_closes", call ? call->row.closes_at : 0, call ? call->deadline_zone : NULL},
		{"registration_opens", row->registration_opens_at, rq->event->zone},
		{"registration_closes", row->registration_closes_at, rq->event->zone},
		{"wishes_open", row->is_by_wishes ? row->wishes_open_at : 0, rq->event->zone},
		{"wishes_close", row->is_by_wishes ? row->wishes_close_at : 0, rq->event->zone},
		{"booking_opens", waits ? 0 : row->booking_opens_at, rq->event->zone},
		{"booking_closes", row->booking_closes_at, rq->event->zone},
	};
	size_t n = 0;

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		size_t k = n;
		if (!all[i].at)
			continue;
		for (; k && out[k - 1].at > all[i].at; k--)
			out[k] = out[k - 1];
		out[k] = all[i];
		n++;
	}
	return n;
}

static void put_dates(struct request *rq, struct vm *vm, const struct call *call)
{
	struct dated dates[8];
	size_t n = dates_of(rq, call, dates);
	struct vm_list *list = vm_list(vm, "dates");
	bool has_next = false;

	for (size_t i = 0; i < n; i++) {
		struct vm *row = vm_item(list);
		bool is_next = !has_next && dates[i].at >= rq->now_ms;
		vm_enum(row, "kind", "date", dates[i].kind);
		vm_time_in(row, "on", dates[i].at, dates[i].zone);
		vm_page_bool(row, "is_next", is_next);
		if (!is_next)
			continue;
		struct vm *deadline = vm_object(vm, "deadline");
		vm_enum(deadline, "kind", "date", dates[i].kind);
		vm_time_in(deadline, "at", dates[i].at, dates[i].zone);
		has_next = true;
	}
	vm_page_bool(vm, "has_dates", n > 0);
}

static enum rc put_fees(struct request *rq, struct vm *vm)
{
	struct q_ticket_types_of_event *rows;
	struct vm *fees;
	struct vm_list *list;
	size_t n;

	TRY(q_ticket_types_of_event(rq->db, rq->arena,
		&(struct q_ticket_types_of_event_in){.event_id = page_event_id(rq)}, &rows, &n,
		&rq->err));
	if (!n)
		return OK;
	fees = vm_object(vm, "fees");
	list = vm_list(fees, "rows");
	for (size_t i = 0; i < n; i++) {
		struct vm *row = vm_item(list);
		vm_text(row, "name", rows[i].title);
		vm_text(row, "description", rows[i].description);
		vm_money(row, "full", rows[i].price, rq->event->row.currency);
	}
	return OK;
}

/* Who is invited to speak, and the motion: only as it was published, which *found says. */
static enum rc put_highlights(struct request *rq, struct vm *vm, bool *found)
{
	struct vm_list *plenaries = vm_list(vm, "plenaries");
	bool has_debate = false;
	struct programme p;

	TRY(programme_load_published(
		rq->db, rq->arena, page_event_id(rq), &p, found, &rq->err));
	for (size_t i = 0; *found && i < p.n_sessions; i++) {
		const struct programme_session *s = &p.sessions[i];
		bool is_debate = text_equal(s->kind, "debate");
		if (is_debate && !has_debate) {
			struct vm *debate = vm_object(vm, "debate");
			put_session(rq, debate, s);
			vm_page_text(debate, "motion", programme_session_name(s));
			has_debate = true;
		}
		if ((text_equal(s->kind, "plenary") || text_equal(s->kind, "keynote")) &&
			s->n_people && !text_equal(s->people[0].role, "chair"))
			put_session(rq, vm_item(plenaries), s);
	}
	vm_page_bool(vm, "has_plenaries", vm_count(plenaries) > 0);
	return OK;
}

/* What to do now: write, register, else look at the programme. */
static void put_acts(struct request *rq, struct vm *vm, bool is_call_open, bool has_programme)
{
	bool is_mine = (rq->actor->roles & ROLE_ATTENDEE) != 0;
	bool is_open = event_takes_registrations(rq->event, rq->now_ms);
	struct vm *registration = vm_object(vm, "registration");

	vm_bool(registration, "is_open", is_open);
	vm_page_bool(registration, "is_mine", is_mine);
	vm_page_bool(registration, "is_main", !is_call_open);
	vm_page_bool(vm, "has_programme", has_programme);
	vm_page_bool(vm, "programme_is_main", !is_call_open && !is_mine && !is_open);
}

/* GET /:event */
enum rc get_event_home(struct request *rq, struct vm *vm)
{
	struct err no_call = err_in(rq->arena);
	struct call call;
	enum call_phase phase = CALL_UNPUBLISHED;
	bool has_programme;

	if (call_load(rq->db, rq->arena, page_event_id(rq), &call, &no_call) == OK)
		phase = call_phase_at(&call, rq->now_ms);
	bool has_call = phase != CALL_UNPUBLISHED;

	put_event(rq, vm);
	if (has_call)
		put_call(rq, vm, &call);
	put_dates(rq, vm, has_call ? &call : NULL);
	TRY(put_highlights(rq, vm, &has_programme));
	put_acts(rq, vm, phase == CALL_OPEN, has_programme);
	return put_fees(rq, vm);
}
