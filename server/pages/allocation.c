/* The organisers' page: how seats are given, how much is wished for, and what came of it. */
#include "pages/allocation.h"
#include "domain/wish.h"
#include "pages/handlers.h"
#include "pages/wishes.h"
#include "planning/allocation_give.h"

enum { SOLVE_S = 60 };

const struct proposal_kind allocation_kind = {
	"allocation", "/masterclasses/allocation", CAP_EVENT_MANAGE};

/* ---- settings ---- */

static void put_ways(struct request *rq, struct form_view *form)
{
	static const char *const ways[] = {"first_come", "by_wishes"};

	form_view_text(form, "way", rq->event->row.is_by_wishes ? ways[1] : ways[0]);
	for (size_t i = 0; i < 2; i++)
		form_view_option(form, "way", ways[i],
			i18n_word(rq->app->i18n, rq->lang, "seating", ways[i]),
			i18n_word(rq->app->i18n, rq->lang, "seating_hint", ways[i]));
}

static enum rc put_tickets_first(struct request *rq, struct form_view *form)
{
	struct q_wish_first_of_event *first;
	struct q_ticket_types_of_event *types;
	size_t n_first, n_types;

	TRY(q_wish_first_of_event(rq->db, rq->arena,
		&(struct q_wish_first_of_event_in){.event_id = page_event_id(rq)}, &first,
		&n_first, &rq->err));
	TRY(q_ticket_types_of_event(rq->db, rq->arena,
		&(struct q_ticket_types_of_event_in){.event_id = page_event_id(rq)}, &types,
		&n_types, &rq->err));
	for (size_t i = 0; i < n_first; i++)
		form_view_list(form, "first", first[i].code);
	for (size_t i = 0; i < n_types; i++)
		form_view_option(form, "first", types[i].code, types[i].title, NULL);
	return OK;
}

static enum rc put_settings(struct request *rq, struct vm *vm)
{
	const struct q_event_by_slug *row = &rq->event->row;
	struct form_view *form = form_view_new(rq, vm, post_seating,
		arena_printf(rq->arena, "%s/masterclasses/allocation", page_event_path(rq)));

	put_ways(rq, form);
	form_view_datetime(form, "wishes_open_at", row->wishes_open_at, rq->event->zone);
	form_view_datetime(form, "wishes_close_at", row->wishes_close_at, rq->event->zone);
	form_view_int(form, "most_seats", row->most_seats);
	form_view_int(form, "rev", row->rev);
	if (form_view_refused(rq) && form_view_refused(rq)->rc == CONFLICT)
		form_view_renew_int(form, "rev", row->rev);
	vm_int(vm, "rev", row->rev);
	vm_text(vm, "zone", row->zone);
	return put_tickets_first(rq, form);
}

/* ---- demand ---- */

static int64_t places_of(
	const struct q_masterclass_sessions *sessions, size_t n, int64_t masterclass_id)
{
	int64_t places = 0;

	for (size_t i = 0; i < n; i++)
		if (sessions[i].masterclass_id == masterclass_id && sessions[i].starts_at)
			places += sessions[i].capacity;
	return places;
}

static void put_demand_row(struct vm *row, const struct q_masterclasses_of_event *m,
	const struct q_wish_demand *demand, size_t n_demand, int64_t n_places)
{
	int64_t n_wishes = 0, n_first = 0;

	for (size_t i = 0; i < n_demand; i++)
		if (demand[i].masterclass_id == m->id) {
			n_wishes = demand[i].n_wishes;
			n_first = demand[i].n_first;
		}
	vm_text(row, "code", m->code);
	vm_text(row, "title", m->title);
	vm_int(row, "n_places", n_places);
	vm_int(row, "n_wishes", n_wishes);
	vm_int(row, "n_first", n_first);
	vm_page_bool(row, "is_short", n_wishes > n_places);
	vm_page_int(row, "n", n_wishes - n_places);
}

static enum rc put_demand(struct request *rq, struct vm *vm)
{
	struct vm_list *list = vm_list(vm, "demand");
	struct q_masterclasses_of_event *masterclasses;
	struct q_masterclass_sessions *sessions;
	struct q_wish_demand *demand;
	struct q_wisher_count count;
	size_t n, n_sessions, n_demand;
	int64_t event_id = page_event_id(rq), n_free = 0;

	TRY(q_masterclasses_of_event(rq->db, rq->arena,
		&(struct q_masterclasses_of_event_in){.event_id = event_id}, &masterclasses, &n,
		&rq->err));
	TRY(q_masterclass_sessions(rq->db, rq->arena,
		&(struct q_masterclass_sessions_in){.event_id = event_id}, &sessions, &n_sessions,
		&rq->err));
	TRY(q_wish_demand(rq->db, rq->arena, &(struct q_wish_demand_in){.event_id = event_id},
		&demand, &n_demand, &rq->err));
	TRY(q_wisher_count(rq->db, rq->arena, &(struct q_wisher_count_in){.event_id = event_id},
		&count, &rq->err));
	for (size_t i = 0; i < n; i++)
		put_demand_row(vm_item(list), &masterclasses[i], demand, n_demand,
			places_of(sessions, n_sessions, masterclasses[i].id));
	for (size_t i = 0; i < n_sessions; i++)
		n_free += sessions[i].starts_at ? sessions[i].capacity - sessions[i].taken : 0;
	vm_page_bool(vm, "has_masterclasses", n > 0);
	vm_int(vm, "n_wishers", count.n_wishers);
	vm_int(vm, "n_registered", count.n_registered);
	vm_int(vm, "n_free", n_free);
	vm_page_int(vm_page_object(vm, "free"), "n", n_free);
	return OK;
}

/* ---- what was given ---- */

static enum rc put_given(struct request *rq, struct vm *vm)
{
	struct q_allocation_get allocation;
	struct err why = err_in(rq->arena);
	bool found;
	enum rc rc;

	TRY(q_allocation_get(rq->db, rq->arena,
		&(struct q_allocation_get_in){.event_id = page_event_id(rq)}, &allocation, &found,
		&rq->err));
	if (!found)
		return OK;
	TRY(put_allocation(rq, vm, &allocation));
	why.translate = rq->err.translate;
	why.translate_context = rq->err.translate_context;
	rc = allocation_may_take_back(rq->db, rq->arena, page_event_id(rq), &why);
	if (rc != OK && rc != CONFLICT)
		return err_set(&rq->err, rc, "%s", why.message);
	vm_bool(vm, "can_undo_seats", rc == OK);
	vm_text(vm, "undo_why", rc == OK ? NULL : why.message);
	return OK;
}

/* GET /:event/masterclasses/allocation */
enum rc get_allocation(struct request *rq, struct vm *vm)
{
	enum wish_phase phase = wish_phase_at(rq->event, rq->now_ms);

	TRY(put_seating(rq, vm));
	TRY(put_settings(rq, vm));
	TRY(put_demand(rq, vm));
	vm_bool(vm, "can_give", phase == WISH_OPEN || phase == WISH_CLOSED);
	vm_page_bool(vm, "is_given", phase == WISH_GIVEN);
	form_view_named(rq, vm, "ask_form", post_allocation_proposal,
		arena_printf(rq->arena, "%s/masterclasses/allocation/proposals",
			page_event_path(rq)));
	TRY(put_proposals(rq, vm, &allocation_kind));
	return put_given(rq, vm);
}

/* POST /:event/masterclasses/allocation */
enum rc post_seating(struct request *rq, struct vm *vm)
{
	const char *way = form_text(&rq->form, "way");
	const struct zone *zone = rq->event->zone;
	struct seating_change c = {
		.actor = rq->actor,
		.rev = form_int(&rq->form, "rev", 0),
		.is_by_wishes = text_equal(way, "by_wishes"),
		.wishes_open_at = form_instant(&rq->form, "wishes_open_at", zone),
		.wishes_close_at = form_instant(&rq->form, "wishes_close_at", zone),
		.most_seats = form_int(&rq->form, "most_seats", 1),
	};

	(void)vm;
	if (!c.is_by_wishes && !text_equal(way, "first_come"))
		return err_field(&rq->err, "way", "Choose how seats are given");
	c.first = form_list(&rq->form, "first", &c.n_first);
	reply_to(rq, "%s/masterclasses/allocation", page_event_path(rq));
	reply_flash(rq, "Saved: this is how seats are given");
	return page_write(rq, TX_NORMAL, seating_change, &c);
}

/* POST /:event/masterclasses/allocation/proposals */
enum rc post_allocation_proposal(struct request *rq, struct vm *vm)
{
	enum wish_phase phase = wish_phase_at(rq->event, rq->now_ms);
	bool is_chain = text_equal(form_text(&rq->form, "what"), "chain");

	(void)vm;
	if (is_chain && phase != WISH_GIVEN)
		return err_set(&rq->err, CONFLICT,
			"No seats are given yet: there is nobody to move");
	if (!is_chain && phase != WISH_OPEN && phase != WISH_CLOSED)
		return err_set(&rq->err, CONFLICT,
			phase == WISH_GIVEN ? "The seats are given already" :
					      "There are no wishes yet to work with");
	return proposal_put_question(rq, &allocation_kind,
		is_chain ? "{\"what\":\"chain\"}" : "{\"what\":\"give\"}",
		form_int(&rq->form, "seed", 0), SOLVE_S);
}

/* POST /:event/masterclasses/allocation/undo */
enum rc post_allocation_undo(struct request *rq, struct vm *vm)
{
	struct allocation_take_back t = {.scene = allocation_scene_of(rq)};

	(void)vm;
	reply_to(rq, "%s/masterclasses/allocation", page_event_path(rq));
	reply_flash(rq, "All seats are taken back, and everybody is written to");
	return page_write(rq, TX_NORMAL, allocation_take_back, &t);
}
