/*
 * One's own programme: what one has booked or waits for, what one has a part in, and what is for
 * everybody.
 */
#include "base/text.h"
#include "pages/handlers.h"
#include "pages/print_sessions.h"
#include "pages/registration.h"

/* pdf/documents/agenda.schema.json */
enum { NAME = 160, AFFILIATION = 200, ROOM = 80, TITLE = 400, MOST_OWN = 20 };

struct agenda {
	struct request *rq;
	struct programme programme;
	struct q_registration_by_code registration;
	struct q_bookings_of_registration *bookings;
	size_t n_bookings;
	struct q_submissions_own *works;
	size_t n_works;
};

static enum rc read_agenda(struct request *rq, struct agenda *g)
{
	const char *code;
	bool found;

	*g = (struct agenda){.rq = rq};
	TRY(print_programme_load(rq, &g->programme));
	TRY(registration_wanted(rq, "", 0, &code));
	TRY(q_registration_by_code(rq->db, rq->arena,
		&(struct q_registration_by_code_in){.event_id = page_event_id(rq), .code = code},
		&g->registration, &found, &rq->err));
	if (!found)
		return err_set(&rq->err, NOT_FOUND, "You are not registered for this event");
	TRY(q_bookings_of_registration(rq->db, rq->arena,
		&(struct q_bookings_of_registration_in){
			.event_id = page_event_id(rq), .registration_id = g->registration.id},
		&g->bookings, &g->n_bookings, &rq->err));
	return q_submissions_own(rq->db, rq->arena,
		&(struct q_submissions_own_in){
			.event_id = page_event_id(rq), .actor_id = rq->actor->person_id},
		&g->works, &g->n_works, &rq->err);
}

static const struct q_bookings_of_registration *booking_of(
	const struct agenda *g, const struct programme_session *s)
{
	for (size_t i = 0; i < g->n_bookings; i++)
		if (text_equal(g->bookings[i].session_code, s->code))
			return &g->bookings[i];
	return NULL;
}

static bool is_own(const struct agenda *g, const struct programme_item *item)
{
	for (size_t i = 0; *item->submission_code && i < g->n_works; i++)
		if (text_equal(g->works[i].code, item->submission_code))
			return true;
	return false;
}

static bool is_for_everybody(const struct programme_session *s)
{
	return text_equal(s->kind, "plenary") || text_equal(s->kind, "keynote") ||
	       text_equal(s->kind, "social");
}

static bool takes_part(const struct agenda *g, const struct programme_session *s)
{
	if (is_for_everybody(s) || booking_of(g, s))
		return true;
	for (size_t i = 0; i < s->n_people; i++)
		if (text_equal(s->people[i].code, g->rq->actor->person_code))
			return true;
	for (size_t i = 0; i < s->n_items; i++)
		if (is_own(g, &s->items[i]))
			return true;
	return false;
}

static void put_own(const struct agenda *g, struct vm *parent, const struct programme_session *s)
{
	struct vm_list *list = vm_list(parent, "presents");

	for (size_t i = 0; i < s->n_items && vm_count(list) < MOST_OWN; i++) {
		struct vm *vm;
		if (!is_own(g, &s->items[i]))
			continue;
		vm = vm_item(list);
		print_line(vm, "title", s->items[i].title, TITLE);
		if (s->items[i].starts_at)
			print_clock(g->rq, vm, "start", s->items[i].starts_at);
	}
}

static void put_session(const struct agenda *g, struct vm *vm, const struct programme_session *s)
{
	const struct q_bookings_of_registration *booking = booking_of(g, s);

	print_session_head(g->rq, vm, s);
	print_line(vm, "room", s->room_name, ROOM);
	if (s->theme)
		print_theme(vm, s->theme->letter, s->theme->name, s->theme->hue);
	if (booking && !text_equal(booking->state, "booked"))
		vm_bool(vm, "waiting", true);
	put_own(g, vm, s);
}

static void put_days(const struct agenda *g, struct vm *person)
{
	struct vm_list *days = vm_list(person, "days"), *sessions = NULL;
	const char *last_on = "";

	for (size_t i = 0; i < g->programme.n_sessions; i++) {
		const struct programme_session *s = &g->programme.sessions[i];
		const char *on = print_day_of(g->rq, s);
		if (!takes_part(g, s))
			continue;
		if (!text_equal(on, last_on)) {
			struct vm *day = vm_item(days);
			vm_text(day, "on", on);
			sessions = vm_list(day, "sessions");
			last_on = on;
		}
		put_session(g, vm_item(sessions), s);
	}
}

/* GET /:event/agenda.pdf */
enum rc get_agenda(struct request *rq, struct vm *parent)
{
	struct vm *model = print_model_new(rq, NULL), *vm;
	struct agenda g;

	(void)parent;
	TRY(read_agenda(rq, &g));
	print_version(rq, model, &g.programme);
	print_session_words(rq, model);
	vm = vm_item(vm_list(model, "people"));
	print_line(vm, "name", g.registration.badge_name, NAME);
	if (text_equal(g.registration.badge_name, g.registration.name))
		print_line(vm, "lang", g.registration.name_lang, 35);
	print_line(vm, "affiliation", g.registration.badge_affiliation, AFFILIATION);
	vm_text(vm, "qr", print_programme_url(rq));
	put_days(&g, vm);
	return print_now(
		rq, &(struct print_wish){
			    .kind = "agenda",
			    .model = vm_root(model),
			    .file_name = print_file_name(rq, "my-programme"),
		    });
}
