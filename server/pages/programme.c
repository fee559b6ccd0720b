/* The published programme: by day, time and room; one session; and what the working copy is to
 * those who make it. */
#include "base/text.h"
#include "pages/booking.h"
#include "pages/handlers.h"
#include "pages/programme.h"
#include "pdf/print.h"

enum { MOST_COLUMNS = 8 };

/* One day's sessions, [from, to) of the programme's, all with a time. */
struct day {
	const struct programme *p;
	size_t from, to;
	const char *on;
	const char *columns[MOST_COLUMNS]; /* codes of the rooms with a column, in order */
	size_t n_columns;
};

static const char *date_of(struct request *rq, const struct programme_session *s)
{
	struct civil c = zone_civil(rq->event->zone, s->starts_at);

	return civil_date(rq->arena, &c);
}

static bool is_alone(const struct day *day, size_t i)
{
	const struct programme_session *s = day->p->sessions;

	return (i == day->from || s[i - 1].starts_at != s[i].starts_at) &&
	       (i + 1 == day->to || s[i + 1].starts_at != s[i].starts_at);
}

/* Over all columns: what everybody goes to, or what is in no room. */
static bool is_wide(const struct day *day, size_t i)
{
	const struct programme_session *s = &day->p->sessions[i];

	return !*s->room_code ||
	       (is_alone(day, i) && !text_equal(s->kind, "parallel") &&
		       !text_equal(s->kind, "masterclass") && !text_equal(s->kind, "workshop"));
}

/* A column for each room that holds something beside others; too many rooms make a list. */
static void columns_find(struct day *day)
{
	for (size_t r = 0; r < day->p->n_rooms; r++) {
		bool is_used = false;
		for (size_t i = day->from; i < day->to && !is_used; i++)
			is_used = !is_wide(day, i) &&
				  text_equal(day->p->sessions[i].room_code, day->p->rooms[r].code);
		if (is_used && day->n_columns < MOST_COLUMNS)
			day->columns[day->n_columns++] = day->p->rooms[r].code;
		else if (is_used)
			day->n_columns++;
	}
}

static const char *column_of(struct request *rq, const struct day *day, size_t i)
{
	size_t n = day->n_columns < MOST_COLUMNS ? day->n_columns : MOST_COLUMNS;

	for (size_t c = 0; !is_wide(day, i) && c < n; c++)
		if (text_equal(day->p->sessions[i].room_code, day->columns[c]))
			return arena_printf(rq->arena, "%zu", c + 1);
	return "all";
}

static void put_slot(
	struct request *rq, struct vm *slot, const struct day *day, size_t from, size_t to)
{
	const struct programme_session *s = &day->p->sessions[from];
	struct civil c = zone_civil(rq->event->zone, s->starts_at);
	bool is_break = text_equal(s->kind, "break") && to == from + 1;
	struct vm_list *list;

	vm_page_printf(slot, "clock", "%02d:%02d", c.hour, c.minute);
	vm_page_bool(slot, "is_break", is_break);
	if (is_break) {
		vm_page_text(slot, "text",
			*s->room_name ? arena_printf(rq->arena, "%s, %s", s->title, s->room_name)
				      : s->title);
		return;
	}
	list = vm_page_list(slot, "sessions");
	for (size_t i = from; i < to; i++) {
		struct vm *session = vm_item(list);
		put_session(rq, session, &day->p->sessions[i]);
		vm_page_text(session, "col", column_of(rq, day, i));
	}
}

static void put_day(struct request *rq, struct vm *vm, struct day *day)
{
	struct vm_list *rooms = vm_page_list(vm, "rooms"), *slots = vm_page_list(vm, "slots");

	columns_find(day);
	vm_date(vm, "on", day->on);
	vm_page_int(vm, "n_rooms", (int64_t)(day->n_columns ? day->n_columns : 1));
	for (size_t c = 0; day->n_columns <= MOST_COLUMNS && c < day->n_columns; c++)
		vm_page_text(
			vm_item(rooms), "name", programme_room_of(day->p, day->columns[c])->name);
	for (size_t i = day->from, k; i < day->to; i = k) {
		for (k = i + 1; k < day->to &&
				day->p->sessions[k].starts_at == day->p->sessions[i].starts_at;)
			k++;
		put_slot(rq, vm_item(slots), day, i, k);
	}
}

/* Only sessions with a time are in a snapshot; the draft may hold others, at the end. */
static void put_days(struct request *rq, struct vm *vm, const struct programme *p)
{
	struct vm_list *days = vm_page_list(vm, "days");

	for (size_t i = 0, k; i < p->n_sessions && p->sessions[i].starts_at; i = k) {
		struct day day = {.p = p, .from = i, .on = date_of(rq, &p->sessions[i])};
		for (k = i + 1; k < p->n_sessions && p->sessions[k].starts_at &&
				text_equal(date_of(rq, &p->sessions[k]), day.on);)
			k++;
		day.to = k;
		put_day(rq, vm_item(days), &day);
	}
}

static void put_version(struct request *rq, struct vm *vm, const struct programme *p)
{
	vm_int(vm, "version", p->version);
	vm_time(vm, "published_at", p->published_at);
	vm_text(vm, "note", text_is_empty(p->note) ? NULL : p->note);
	vm_text(vm, "zone", rq->event->row.zone);
	vm_page_text(vm, "city", text_is_empty(rq->event->row.city) ? NULL : rq->event->row.city);
}

static enum rc no_programme(struct request *rq)
{
	return err_set(&rq->err, NOT_FOUND, "The programme is not published yet");
}

/* GET /:event/programme: a page, or with .json, .ics, .pdf the same version in another form. */
enum rc get_programme(struct request *rq, struct vm *vm)
{
	struct programme p;
	bool found;

	TRY(programme_load_published(rq->db, rq->arena, page_event_id(rq), &p, &found, &rq->err));
	vm_bool(vm, "is_published", found);
	vm_page_bool(vm, "can_edit", rq->actor->roles & (ROLE_ORGANISER | ROLE_CHAIR));
	if (!found)
		return rq->suffix && !text_equal(rq->suffix, "json") ? no_programme(rq) : OK;
	if (text_equal(rq->suffix, "ics"))
		return reply_calendar(rq, &p, NULL, rq->event->row.slug);
	if (text_equal(rq->suffix, "pdf"))
		return reply_programme_pdf(rq, &p);
	put_version(rq, vm, &p);
	vm_page_bool(vm, "has_agenda", (rq->actor->roles & ROLE_ATTENDEE) && print_title("agenda"));
	if (!rq->wants_json) {
		put_days(rq, vm, &p);
		return OK;
	}
	put_rooms(vm, &p);
	put_masterclasses(vm, &p);
	struct vm_list *list = vm_list(vm, "sessions");
	for (size_t i = 0; i < p.n_sessions; i++)
		put_session(rq, vm_item(list), &p.sessions[i]);
	return OK;
}

/* GET /:event/sessions/:code: one session as it was published; .ics to keep it. */
enum rc get_session(struct request *rq, struct vm *vm)
{
	const struct programme_masterclass *masterclass;
	const struct programme_session *s;
	struct vm *session;
	struct programme p;
	bool found;

	TRY(programme_load_published(rq->db, rq->arena, page_event_id(rq), &p, &found, &rq->err));
	s = found ? programme_session_of(&p, path_param(rq, "code")) : NULL;
	if (!s)
		return err_set(
			&rq->err, NOT_FOUND, "There is no such session in the published programme");
	if (text_equal(rq->suffix, "ics"))
		return reply_calendar(rq, &p, s, s->code);
	put_version(rq, vm, &p);
	session = vm_object(vm, "session");
	put_session(rq, session, s);
	vm_date(session, "on", date_of(rq, s));
	vm_page_bool(session, "has_people", s->n_people > 0);
	vm_page_bool(session, "has_presentations", s->n_items > 0);
	vm_page_bool(session, "is_bookable", *s->masterclass_code);
	masterclass = programme_masterclass_of(&p, s->masterclass_code);
	put_lines(session, "outcomes", masterclass ? masterclass->outcomes : "");
	vm_page_bool(session, "has_outcomes", masterclass && *masterclass->outcomes);
	return put_session_bookings(rq, session, s->code);
}
