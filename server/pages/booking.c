/* Masterclasses: what is offered, when, how many places are left, and booking one. */
#include "pages/booking.h"
#include "base/random.h"
#include "pages/handlers.h"
#include "pages/registration.h"
#include "pages/wishes.h"

/* Everything the page shows, in as many statements however much is offered. */
struct offer {
	struct q_masterclasses_of_event *masterclasses;
	struct q_masterclass_sessions *sessions;
	struct q_masterclass_people *people;
	size_t n_masterclasses, n_sessions, n_people;

	/* the reader */
	bool is_registered;
	struct engagements own;
};

static enum rc offer_load(struct request *rq, struct offer *o)
{
	struct q_person_registration registration;
	int64_t event_id = page_event_id(rq);

	TRY(q_masterclasses_of_event(rq->db, rq->arena,
		&(struct q_masterclasses_of_event_in){.event_id = event_id}, &o->masterclasses,
		&o->n_masterclasses, &rq->err));
	TRY(q_masterclass_sessions(rq->db, rq->arena,
		&(struct q_masterclass_sessions_in){.event_id = event_id}, &o->sessions,
		&o->n_sessions, &rq->err));
	TRY(q_masterclass_people(rq->db, rq->arena,
		&(struct q_masterclass_people_in){.event_id = event_id}, &o->people, &o->n_people,
		&rq->err));
	if (!rq->actor->person_id)
		return OK;
	TRY(q_person_registration(rq->db, rq->arena,
		&(struct q_person_registration_in){
			.event_id = event_id, .person_id = rq->actor->person_id},
		&registration, &o->is_registered, &rq->err));
	if (!o->is_registered)
		return OK;
	return engagements_load(rq->db, rq->arena, event_id, registration.id, rq->actor->person_id,
		&o->own, &rq->err);
}

static const struct q_bookings_of_registration *own_booking(
	const struct offer *o, int64_t session_id)
{
	for (size_t i = 0; i < o->own.n_bookings; i++)
		if (o->own.bookings[i].session_id == session_id)
			return &o->own.bookings[i];
	return NULL;
}

/* ---- one repeat ---- */

static void put_people(struct vm *vm, const struct offer *o, int64_t session_id)
{
	struct vm_list *list = vm_list(vm, "people");

	for (size_t i = 0; i < o->n_people; i++) {
		const struct q_masterclass_people *p = &o->people[i];
		if (p->session_id != session_id)
			continue;
		struct vm *person = vm_item(list);
		vm_enum(person, "role", "session_role", p->role);
		page_person_name(person, "name", p->name, p->name_lang);
		vm_text(person, "said_name", *p->said_name ? p->said_name : NULL);
		vm_text(person, "post", p->post);
	}
}

static void put_own(struct request *rq, struct vm *vm, const struct q_bookings_of_registration *own)
{
	struct vm *booking = vm_object(vm, "booking");
	bool is_lapsed = text_equal(own->state, "offered") && own->offered_until_at < rq->now_ms;

	vm_enum(booking, "state", "booking", own->state);
	vm_time(booking, "offered_until_at", own->offered_until_at);
	vm_page_bool(booking, "is_lapsed", is_lapsed);
	if (text_equal(own->state, "waiting"))
		vm_int(booking, "place", own->n_before + 1);
}

/* What this reader can do here, and if nothing, why. */
static void put_acts(struct request *rq, struct vm *vm, const struct offer *o,
	const struct q_masterclass_sessions *s)
{
	const struct bookable bookable = {s->id, s->masterclass_id, s->starts_at, s->ends_at};
	const struct q_bookings_of_registration *own = own_booking(o, s->id);
	bool is_open = booking_phase_of(rq->event, s->starts_at, rq->now_ms) == BOOKING_OPEN;
	struct err why = err_in(rq->arena);

	why.translate = rq->err.translate;
	why.translate_context = rq->err.translate_context;
	if (own)
		put_own(rq, vm, own);
	bool clashes =
		o->is_registered && booking_clash(&o->own, &bookable, rq->event->zone, &why) != OK;
	bool is_free = is_open && o->is_registered && !own && !clashes;
	vm_bool(vm, "can_book", is_free && s->taken < s->capacity && !s->n_waiting);
	vm_bool(vm, "can_wait", is_free && (s->taken >= s->capacity || s->n_waiting));
	vm_bool(vm, "can_release", own != NULL);
	vm_bool(vm, "can_accept",
		own && is_open && !clashes && text_equal(own->state, "offered") &&
			own->offered_until_at >= rq->now_ms);
	vm_text(vm, "clash",
		clashes && (!own || text_equal(own->state, "offered")) ? why.message : NULL);
}

static void put_session(struct request *rq, struct vm *vm, const struct offer *o,
	const struct q_masterclass_sessions *s)
{
	int64_t left = s->capacity - s->taken;

	vm_text(vm, "code", s->code);
	vm_time(vm, "starts_at", s->starts_at);
	vm_time(vm, "ends_at", s->ends_at);
	vm_text(vm, "room", *s->room_name ? s->room_name : NULL);
	vm_int(vm, "capacity", s->capacity);
	vm_int(vm, "taken", s->taken);
	vm_int(vm, "left", left);
	vm_int(vm, "n_waiting", s->n_waiting);
	vm_page_bool(vm, "is_full", left <= 0);
	vm_page_int(vm, "n", left > 0 ? left : s->n_waiting);
	put_people(vm, o, s->id);
	put_acts(rq, vm, o, s);
}

/* ---- the page ---- */

static void put_masterclass(struct request *rq, struct vm *vm, const struct offer *o,
	const struct q_masterclasses_of_event *m)
{
	struct vm_list *outcomes, *sessions;
	struct str rest = str_from(m->outcomes);

	vm_text(vm, "code", m->code);
	vm_text(vm, "title", m->title);
	vm_text(vm, "summary", m->summary);
	outcomes = vm_list(vm, "outcomes");
	while (rest.p) {
		struct str line = str_trim(str_cut(&rest, '\n'));
		if (line.n)
			vm_text(vm_item(outcomes), "text", str_dup(rq->arena, line));
	}
	vm_page_bool(vm, "has_outcomes", vm_count(outcomes) > 0);
	sessions = vm_list(vm, "sessions");
	for (size_t i = 0; i < o->n_sessions; i++)
		if (o->sessions[i].masterclass_id == m->id)
			put_session(rq, vm_item(sessions), o, &o->sessions[i]);
}

static void put_window(struct request *rq, struct vm *vm)
{
	const struct q_event_by_slug *row = &rq->event->row;
	enum booking_phase phase = booking_phase_at(rq->event, rq->now_ms);
	static const char *const words[] = {[BOOKING_NOT_YET] = "not_yet",
		[BOOKING_OPEN] = "open",
		[BOOKING_CLOSED] = "closed"};
	struct vm *window = vm_object(vm, "booking_window");

	vm_enum(window, "phase", "booking_phase", words[phase]);
	vm_time(window, "opens_at", row->booking_opens_at);
	vm_time(window, "closes_at", row->booking_closes_at);
	/* Where seats wait for wishes, the dates of those are what counts. */
	if (row->is_by_wishes && !row->seats_given_at)
		return;
	if (phase != BOOKING_CLOSED && (row->booking_opens_at || row->booking_closes_at))
		vm_time(vm_page_object(vm, "deadline"), "at",
			phase == BOOKING_NOT_YET ? row->booking_opens_at : row->booking_closes_at);
}

static void put_mine(struct vm *vm, const struct offer *o)
{
	struct vm_list *list = vm_page_list(vm, "mine");

	for (size_t i = 0; i < o->own.n_bookings; i++) {
		const struct q_bookings_of_registration *row = &o->own.bookings[i];
		struct vm *booking = vm_item(list);
		vm_page_text(booking, "code", row->session_code);
		vm_page_text(booking, "title", row->title);
		vm_enum(booking, "state", "booking", row->state);
		vm_time(booking, "starts_at", row->starts_at);
		vm_page_int(booking, "place", row->n_before + 1);
	}
	vm_page_bool(vm, "has_mine", o->own.n_bookings > 0);
}

/* GET /:event/masterclasses */
enum rc get_masterclasses(struct request *rq, struct vm *vm)
{
	struct vm_list *list = vm_list(vm, "masterclasses");
	struct offer o = {0};

	TRY(offer_load(rq, &o));
	for (size_t i = 0; i < o.n_masterclasses; i++)
		put_masterclass(rq, vm_item(list), &o, &o.masterclasses[i]);
	vm_page_bool(vm, "has_masterclasses", o.n_masterclasses > 0);
	vm_bool(vm, "is_registered", o.is_registered);
	vm_page_bool(vm, "is_stranger", !rq->actor->account_id);
	vm_page_bool(vm, "waits_for_wishes",
		rq->event->row.is_by_wishes && !rq->event->row.seats_given_at);
	vm_page_bool(vm, "is_organiser", rq->actor->roles & ROLE_ORGANISER);
	put_window(rq, vm);
	put_mine(vm, &o);
	return put_seating(rq, vm);
}

/* ---- acts ---- */

/* The session of the path and the reader's registration. */
static enum rc find_place(
	struct request *rq, struct q_session_to_book *session, int64_t *registration_id)
{
	struct q_person_registration own;
	bool is_registered = false, found;

	if (rq->actor->person_id)
		TRY(q_person_registration(rq->db, rq->arena,
			&(struct q_person_registration_in){
				.event_id = page_event_id(rq), .person_id = rq->actor->person_id},
			&own, &is_registered, &rq->err));
	TRY(q_session_to_book(rq->db, rq->arena,
		&(struct q_session_to_book_in){
			.event_id = page_event_id(rq),
			.code = path_param(rq, "code"),
			.registration_id = is_registered ? own.id : 0,
			.now = rq->now_ms,
		},
		session, &found, &rq->err));
	if (!found || !session->capacity)
		return err_set(&rq->err, NOT_FOUND, "There is nothing to book at this address");
	if (!is_registered)
		return err_set(&rq->err, FORBIDDEN,
			"Places are for people who come: register for the event first");
	*registration_id = own.id;
	return OK;
}

static struct booking_scene scene_of(struct request *rq)
{
	return (struct booking_scene){
		.event = rq->event,
		.url = page_url(
			rq, arena_printf(rq->arena, "%s/masterclasses", page_event_path(rq))),
		.now_ms = rq->now_ms,
	};
}

/* The sentence of the next page is known only once it is done; a repeated request has no place. */
static void say_taken(struct request *rq, const struct booking_take *take)
{
	if (take->is_waiting && !take->place)
		reply_flash(rq, "You are on the waiting list of “%s”", take->session->title);
	else if (take->is_waiting)
		reply_flash(rq, "You are number %lld on the waiting list of “%s”",
			(long long)take->place, take->session->title);
	else
		reply_flash(rq, "Booked: you have a place in “%s”", take->session->title);
}

/* POST /:event/masterclasses/:code/book */
enum rc post_booking(struct request *rq, struct vm *vm)
{
	struct q_session_to_book session;
	struct booking_take take = {
		.actor = rq->actor,
		.session = &session,
		.code = code_new(rq->arena),
		.may_wait = form_bool(&rq->form, "or_wait"),
	};

	TRY(find_place(rq, &session, &take.registration_id));
	take.scene = scene_of(rq);
	take.is_waiting = text_equal(session.own_state, "waiting");
	TRY(booking_refuse_early(&take, &rq->err));
	reply_to(rq, "%s/masterclasses#s-%s", page_event_path(rq), session.code);
	TRY(page_write(rq, TX_HOT, booking_take, &take));
	say_taken(rq, &take);
	vm_text(vm, "state", take.is_waiting ? "waiting" : "booked");
	if (take.place)
		vm_int(vm, "place", take.place);
	return OK;
}

static enum rc act(struct request *rq, tx_fn fn, const char *flash)
{
	struct q_session_to_book session;
	struct booking_act act = {.actor = rq->actor, .session = &session};

	TRY(find_place(rq, &session, &act.registration_id));
	act.scene = scene_of(rq);
	reply_to(rq, "%s/masterclasses#s-%s", page_event_path(rq), session.code);
	reply_flash(rq, "%s", flash);
	return page_write(rq, TX_HOT, fn, &act);
}

/* POST /:event/masterclasses/:code/release: gives a place back, declines an offer, stops waiting.
 */
enum rc post_booking_release(struct request *rq, struct vm *vm)
{
	(void)vm;
	return act(rq, booking_release, "Given back. Whoever has waited longest is asked next");
}

/* POST /:event/masterclasses/:code/accept: takes what was offered. */
enum rc post_booking_accept(struct request *rq, struct vm *vm)
{
	(void)vm;
	return act(rq, booking_accept, "The place is yours");
}

/* ---- who comes ---- */

/* Organisers, and those who give it: their list is their work. */
static enum rc may_see_bookings(struct request *rq, int64_t session_id, bool *may_see)
{
	struct q_session_has_person gives;

	*may_see = rq->actor->roles & ROLE_ORGANISER;
	if (*may_see || !rq->actor->person_id)
		return OK;
	TRY(q_session_has_person(rq->db, rq->arena,
		&(struct q_session_has_person_in){
			.event_id = page_event_id(rq),
			.session_id = session_id,
			.person_id = rq->actor->person_id,
		},
		&gives, &rq->err));
	*may_see = gives.n > 0;
	return OK;
}

static enum rc put_attendance(struct request *rq, struct vm *vm, const struct q_session_to_book *s)
{
	struct vm_list *list = vm_list(vm, "bookings");
	struct q_bookings_of_session *rows;
	int64_t n_booked = 0, n_waiting = 0;
	size_t n;

	TRY(q_bookings_of_session(rq->db, rq->arena,
		&(struct q_bookings_of_session_in){
			.event_id = page_event_id(rq), .session_id = s->id},
		&rows, &n, &rq->err));
	for (size_t i = 0; i < n; i++) {
		struct vm *row = vm_item(list);
		vm_text(row, "code", rows[i].code);
		vm_enum(row, "state", "booking_of", rows[i].state);
		page_person_name(row, "name", rows[i].badge_name, rows[i].name_lang);
		vm_text(row, "affiliation", rows[i].badge_affiliation);
		n_booked += text_equal(rows[i].state, "booked");
		n_waiting += text_equal(rows[i].state, "waiting");
	}
	vm_int(vm, "n_booked", n_booked);
	vm_int(vm, "n_offered", (int64_t)n - n_booked - n_waiting);
	vm_int(vm, "n_waiting", n_waiting);
	vm_int(vm, "capacity", s->capacity);
	vm_page_bool(vm, "has_bookings", n > 0);
	return OK;
}

enum rc put_session_bookings(struct request *rq, struct vm *vm, const char *session_code)
{
	struct q_session_to_book session;
	bool found, may_see;

	if (!rq->actor->account_id)
		return OK;
	TRY(q_session_to_book(rq->db, rq->arena,
		&(struct q_session_to_book_in){
			.event_id = page_event_id(rq), .code = session_code, .now = rq->now_ms},
		&session, &found, &rq->err));
	if (!found || !session.capacity)
		return OK;
	TRY(may_see_bookings(rq, session.id, &may_see));
	return may_see ? put_attendance(rq, vm_object(vm, "attendance"), &session) : OK;
}
