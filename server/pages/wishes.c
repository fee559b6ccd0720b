/* The reader's own wishes: ranked, and what became of them. */
#include "domain/wish.h"
#include "base/random.h"
#include "domain/booking.h"
#include "pages/handlers.h"
#include "pages/wishes.h"

/* Everything the page shows, in as many statements however much is offered. */
struct wish_list {
	struct q_masterclasses_of_event *masterclasses;
	struct q_masterclass_sessions *sessions;
	size_t n_masterclasses, n_sessions;

	/* the reader */
	bool is_registered, is_wisher;
	int64_t registration_id;
	struct q_wisher_of_registration wisher;
	struct q_wishes_of_registration *wishes;
	size_t n_wishes;
	struct engagements own;
	cJSON *outcome; /* NULL: none yet */
};

static enum rc own_load(struct request *rq, struct wish_list *w)
{
	int64_t event_id = page_event_id(rq);

	TRY(q_wisher_of_registration(rq->db, rq->arena,
		&(struct q_wisher_of_registration_in){
			.event_id = event_id, .registration_id = w->registration_id},
		&w->wisher, &w->is_wisher, &rq->err));
	TRY(q_wishes_of_registration(rq->db, rq->arena,
		&(struct q_wishes_of_registration_in){
			.event_id = event_id, .registration_id = w->registration_id},
		&w->wishes, &w->n_wishes, &rq->err));
	if (w->is_wisher && *w->wisher.outcome)
		TRY(json_parse(rq->arena, str_from(w->wisher.outcome), &w->outcome, &rq->err));
	return engagements_load(rq->db, rq->arena, event_id, w->registration_id,
		rq->actor->person_id, &w->own, &rq->err);
}

static enum rc registration_load(struct request *rq, bool *is_registered, int64_t *id)
{
	struct q_person_registration own = {0};

	*is_registered = false;
	if (rq->actor->person_id)
		TRY(q_person_registration(rq->db, rq->arena,
			&(struct q_person_registration_in){
				.event_id = page_event_id(rq), .person_id = rq->actor->person_id},
			&own, is_registered, &rq->err));
	*id = own.id;
	return OK;
}

static enum rc wish_list_load(struct request *rq, struct wish_list *w)
{
	int64_t event_id = page_event_id(rq);

	TRY(q_masterclasses_of_event(rq->db, rq->arena,
		&(struct q_masterclasses_of_event_in){.event_id = event_id}, &w->masterclasses,
		&w->n_masterclasses, &rq->err));
	TRY(q_masterclass_sessions(rq->db, rq->arena,
		&(struct q_masterclass_sessions_in){.event_id = event_id}, &w->sessions,
		&w->n_sessions, &rq->err));
	TRY(registration_load(rq, &w->is_registered, &w->registration_id));
	return w->is_registered ? own_load(rq, w) : OK;
}

/* ---- one masterclass ---- */

/* Why the reader cannot come to a repeat; NULL when they can. */
static const char *clash_of(
	struct request *rq, const struct wish_list *w, const struct q_masterclass_sessions *s)
{
	const struct bookable bookable = {s->id, s->masterclass_id, s->starts_at, s->ends_at};
	struct engagements duties = w->own;
	struct err why = err_in(rq->arena);

	duties.n_bookings = 0;
	why.translate = rq->err.translate;
	why.translate_context = rq->err.translate_context;
	return booking_clash(&duties, &bookable, rq->event->zone, &why) == OK ? NULL : why.message;
}

static void put_repeats(
	struct request *rq, struct vm *vm, const struct wish_list *w, int64_t masterclass_id)
{
	struct vm_list *list = vm_list(vm, "sessions");
	size_t n_clash = 0;

	for (size_t i = 0; i < w->n_sessions; i++) {
		const struct q_masterclass_sessions *s = &w->sessions[i];
		if (s->masterclass_id != masterclass_id)
			continue;
		struct vm *session = vm_item(list);
		const char *clash = clash_of(rq, w, s);
		vm_text(session, "code", s->code);
		vm_time(session, "starts_at", s->starts_at);
		vm_time(session, "ends_at", s->ends_at);
		vm_text(session, "room", *s->room_name ? s->room_name : NULL);
		vm_int(session, "capacity", s->capacity);
		vm_text(session, "clash", clash);
		n_clash += clash != NULL;
	}
	vm_page_bool(vm, "is_hopeless", n_clash > 0 && n_clash == vm_count(list));
}

/* ---- what became of a wish ---- */

static const struct q_masterclass_sessions *session_of_code(
	const struct wish_list *w, const char *code)
{
	for (size_t i = 0; code && i < w->n_sessions; i++)
		if (text_equal(w->sessions[i].code, code))
			return &w->sessions[i];
	return NULL;
}

static const char *title_of(const struct wish_list *w, int64_t masterclass_id)
{
	for (size_t i = 0; i < w->n_masterclasses; i++)
		if (w->masterclasses[i].id == masterclass_id)
			return w->masterclasses[i].title;
	return "";
}

static void put_reason(struct vm *vm, const struct wish_list *w, const cJSON *json)
{
	const struct q_masterclass_sessions *s = session_of_code(w, json_text(json, "session"));
	const struct q_masterclass_sessions *other = session_of_code(w, json_text(json, "other"));

	vm_enum(vm, "why", "allocation_why", json_text(json, "why"));
	vm_text(vm, "session", json_text(json, "session"));
	vm_time(vm, "starts_at", s ? s->starts_at : 0);
	vm_time(vm, "ends_at", s ? s->ends_at : 0);
	vm_text(vm, "other", json_text(json, "other"));
	vm_page_text(vm, "other_title", other ? title_of(w, other->masterclass_id) : NULL);
	vm_enum(vm, "worth", "allocation_worth", json_text(json, "worth"));
	vm_int(vm, "n_others", json_int(json, "n_others", 0));
	vm_page_int(vm, "n", json_int(json, "n_others", 0));
	vm_page_bool(vm, "has_others", json_int(json, "n_others", 0) > 0);
	vm_int(vm, "last_rank", json_int(json, "last_rank", 0));
	vm_int(vm, "last_turn", json_int(json, "last_turn", 0));
	vm_page_bool(vm, "was_drawn", json_int(json, "last_turn", 0) > 0);
}

/* The same wish in the outcome, which names it by its code. */
static void put_outcome(struct vm *vm, const struct wish_list *w, const char *code)
{
	const cJSON *wish, *reason;
	struct vm_list *reasons = vm_list(vm, "reasons");
	bool is_got = false;

	cJSON_ArrayForEach(wish, json_get(w->outcome, "wishes"))
	{
		if (!text_equal(json_text(wish, "masterclass"), code))
			continue;
		cJSON_ArrayForEach(reason, json_get(wish, "reasons"))
		{
			put_reason(vm_item(reasons), w, reason);
			is_got = is_got || text_equal(json_text(reason, "why"), "got");
		}
	}
	vm_bool(vm, "is_got", is_got);
}

/* ---- the page ---- */

static int64_t rank_of(const struct wish_list *w, int64_t masterclass_id)
{
	for (size_t i = 0; i < w->n_wishes; i++)
		if (w->wishes[i].masterclass_id == masterclass_id)
			return (int64_t)i + 1;
	return 0;
}

static void put_wishes(struct request *rq, struct vm *vm, const struct wish_list *w)
{
	struct vm_list *list = vm_list(vm, "wishes");

	for (size_t i = 0; i < w->n_wishes; i++) {
		const struct q_wishes_of_registration *row = &w->wishes[i];
		struct vm *wish = vm_item(list);
		vm_text(wish, "code", row->code);
		vm_text(wish, "title", row->title);
		vm_int(wish, "rank", (int64_t)i + 1);
		vm_page_int(wish, "rank_above", (int64_t)i);
		vm_page_int(wish, "rank_below", (int64_t)i + 2);
		vm_page_bool(wish, "is_first", i == 0);
		vm_page_bool(wish, "is_last", i + 1 == w->n_wishes);
		put_repeats(rq, wish, w, row->masterclass_id);
		if (w->outcome)
			put_outcome(wish, w, row->code);
	}
	vm_page_bool(vm, "has_wishes", w->n_wishes > 0);
}

static void put_others(struct request *rq, struct vm *vm, const struct wish_list *w)
{
	struct vm_list *list = vm_list(vm, "others");

	for (size_t i = 0; i < w->n_masterclasses; i++) {
		const struct q_masterclasses_of_event *m = &w->masterclasses[i];
		if (rank_of(w, m->id))
			continue;
		struct vm *other = vm_item(list);
		vm_text(other, "code", m->code);
		vm_text(other, "title", m->title);
		vm_text(other, "summary", m->summary);
		put_repeats(rq, other, w, m->id);
	}
	vm_page_bool(vm, "has_others", vm_count(list) > 0);
	vm_page_int(vm, "rank_last", (int64_t)w->n_wishes + 1);
}

enum rc put_seating(struct request *rq, struct vm *parent)
{
	const struct q_event_by_slug *row = &rq->event->row;
	enum wish_phase phase = wish_phase_at(rq->event, rq->now_ms);
	struct vm *vm = vm_object(parent, "seating");
	struct vm_list *first = vm_list(vm, "first");
	struct q_wish_first_of_event *tickets;
	size_t n;

	vm_enum(vm, "phase", "wish_phase", wish_phase_word(phase));
	vm_time(vm, "wishes_open_at", row->wishes_open_at);
	vm_time(vm, "wishes_close_at", row->wishes_close_at);
	vm_time(vm, "seats_given_at", row->seats_given_at);
	vm_int(vm, "most_seats", row->most_seats);
	vm_page_int(vm, "n", row->most_seats);
	vm_page_bool(vm, "is_by_wishes", phase != WISH_FIRST_COME);
	TRY(q_wish_first_of_event(rq->db, rq->arena,
		&(struct q_wish_first_of_event_in){.event_id = page_event_id(rq)}, &tickets, &n,
		&rq->err));
	for (size_t i = 0; i < n; i++) {
		struct vm *ticket = vm_item(first);
		vm_text(ticket, "code", tickets[i].code);
		vm_text(ticket, "title", tickets[i].title);
	}
	vm_page_bool(vm, "has_first", n > 0);
	if (phase == WISH_NOT_YET || phase == WISH_OPEN)
		vm_time(vm_page_object(vm, "wish_deadline"), "at",
			phase == WISH_OPEN ? row->wishes_close_at : row->wishes_open_at);
	return OK;
}

/* GET /:event/masterclasses/wishes */
enum rc get_wishes(struct request *rq, struct vm *vm)
{
	struct wish_list w = {0};

	TRY(wish_list_load(rq, &w));
	TRY(put_seating(rq, vm));
	vm_bool(vm, "is_registered", w.is_registered);
	vm_bool(vm, "can_change",
		w.is_registered && wish_phase_at(rq->event, rq->now_ms) == WISH_OPEN);
	vm_text(vm, "code", w.is_wisher ? w.wisher.code : NULL);
	vm_page_text(vm, "own_code",
		w.is_wisher && (!w.outcome || json_bool(w.outcome, "is_in_file")) ? w.wisher.code
										  : NULL);
	vm_time(vm, "changed_at", w.is_wisher ? w.wisher.changed_at : 0);
	vm_bool(vm, "has_outcome", w.outcome != NULL);
	vm_page_int(vm, "n_got", w.outcome ? json_int(w.outcome, "n_seats", 0) : 0);
	vm_page_bool(vm, "is_exact", text_equal(json_text(w.outcome, "method"), "exact"));
	vm_page_bool(vm, "has_masterclasses", w.n_masterclasses > 0);
	put_wishes(rq, vm, &w);
	put_others(rq, vm, &w);
	return OK;
}

/* POST /:event/masterclasses/wishes */
enum rc post_wish(struct request *rq, struct vm *vm)
{
	struct wish_place w = {
		.actor = rq->actor,
		.event = rq->event,
		.masterclass = form_text(&rq->form, "masterclass"),
		.rank = form_int(&rq->form, "rank", 0),
		.code = code_new(rq->arena),
		.now_ms = rq->now_ms,
	};
	bool is_registered;

	(void)vm;
	TRY(registration_load(rq, &is_registered, &w.registration_id));
	if (!is_registered)
		return err_set(&rq->err, FORBIDDEN,
			"Seats are for people who come: register for the event first");
	reply_to(rq, "%s/masterclasses/wishes#w-%s", page_event_path(rq), w.masterclass);
	return page_write(rq, TX_NORMAL, wish_place, &w);
}
