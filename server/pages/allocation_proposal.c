/* What is proposed: seats in two ways side by side, or a chain of moves; and carrying it out. */
#include "domain/wish.h"
#include "pages/allocation.h"
#include "pages/handlers.h"

struct allocation_scene allocation_scene_of(struct request *rq)
{
	return (struct allocation_scene){
		.actor = rq->actor,
		.event = rq->event,
		.url = page_url(rq,
			arena_printf(rq->arena, "%s/masterclasses/wishes", page_event_path(rq))),
		.proposal_code = "",
		.now_ms = rq->now_ms,
	};
}

static struct allocation_scene scene_of(struct request *rq, const struct q_proposal_by_code *row)
{
	struct allocation_scene scene = allocation_scene_of(rq);

	scene.proposal_id = row->id;
	scene.proposal_code = row->code;
	return scene;
}

/* ---- seats ---- */

/* How many are written to: everybody who wished and has an address. */
static enum rc put_letters(struct request *rq, struct vm *vm)
{
	struct q_allocation_wishers *rows;
	int64_t n_letters = 0;
	size_t n;

	TRY(q_allocation_wishers(rq->db, rq->arena,
		&(struct q_allocation_wishers_in){.event_id = page_event_id(rq)}, &rows, &n,
		&rq->err));
	for (size_t i = 0; i < n; i++)
		n_letters += !text_is_empty(rows[i].email);
	vm_int(vm, "n_letters", n_letters);
	return OK;
}

static void put_give_form(struct request *rq, struct vm *vm, const cJSON *result,
	const struct q_proposal_by_code *row)
{
	struct form_view *form = form_view_new(rq, vm, post_allocation_accept,
		arena_printf(rq->arena, "%s/masterclasses/allocation/proposals/%s/accept",
			page_event_path(rq), row->code));
	const cJSON *method;

	cJSON_ArrayForEach(method, json_get(result, "methods"))
	{
		const char *word = json_text(method, "method");
		struct vm *option = form_view_option(form, "method", word,
			i18n_word(rq->app->i18n, rq->lang, "allocation", word), NULL);
		vm_page_int(option, "n", json_int(method, "n_seats", 0));
	}
}

static enum rc put_give(struct request *rq, struct vm *vm, const cJSON *result,
	const struct q_proposal_by_code *row)
{
	enum wish_phase phase = wish_phase_at(rq->event, rq->now_ms);

	vm_bool(vm, "is_give", true);
	vm_int(vm, "n_wishers", json_int(result, "n_wishers", 0));
	vm_int(vm, "n_attendees", json_int(result, "n_attendees", 0));
	vm_int(vm, "n_places", json_int(result, "n_places", 0));
	vm_bool(vm, "is_joined", json_bool(result, "is_joined"));
	put_methods(rq, vm, result);
	vm_bool(vm, "can_accept",
		phase == WISH_CLOSED && text_equal(row->state, "done") && !row->accepted_at);
	vm_page_bool(vm, "is_too_early", phase == WISH_OPEN);
	put_give_form(rq, vm, result, row);
	return put_letters(rq, vm);
}

/* ---- moves ---- */

static void put_place(
	struct vm *vm, const struct allocation_rows *rows, const struct q_allocation_sessions *s)
{
	vm_text(vm, "code", s->code);
	vm_text(vm, "title", allocation_masterclass(rows, s->masterclass_id)->title);
	vm_time(vm, "starts_at", s->starts_at);
}

static enum rc put_moves(struct request *rq, struct vm *vm, const cJSON *result,
	const struct q_proposal_by_code *row)
{
	struct vm_list *list = vm_list(vm, "moves");
	struct allocation_move m = {.scene = scene_of(rq, row)};
	struct err why = err_in(rq->arena);

	vm_bool(vm, "is_chain", true);
	why.translate = rq->err.translate;
	why.translate_context = rq->err.translate_context;
	if (allocation_move_prepare(rq->db, rq->arena, result, &m, &why) != OK) {
		vm_text(vm, "stale", row->accepted_at ? NULL : why.message);
		return why.rc == CONFLICT ? OK : err_set(&rq->err, why.rc, "%s", why.message);
	}
	for (size_t i = 0; i < m.n_steps; i++) {
		const struct allocation_step *step = &m.steps[i];
		struct vm *move = vm_item(list);
		page_person_name(move, "name", step->who.badge_name, step->who.name_lang);
		vm_text(move, "registration", step->who.code);
		if (step->from)
			put_place(vm_object(move, "from"), &m.rows, step->from);
		put_place(vm_object(move, "to"), &m.rows, step->to);
	}
	vm_page_bool(vm, "has_moves", m.n_steps > 0);
	vm_bool(vm, "can_move", m.n_steps > 0 && !row->accepted_at);
	return OK;
}

/* ---- the page ---- */

/* GET /:event/masterclasses/allocation/proposals/:code */
enum rc get_allocation_proposal(struct request *rq, struct vm *vm)
{
	struct q_proposal_by_code row;
	cJSON *result;

	TRY(proposal_of_path(rq, &allocation_kind, &row));
	put_proposal(rq, vm, &allocation_kind, &row);
	if (!text_equal(row.state, "done"))
		return OK;
	TRY(proposal_result(rq, &row, &result));
	if (text_equal(json_text(result, "what"), "chain"))
		return put_moves(rq, vm, result, &row);
	return put_give(rq, vm, result, &row);
}

/* POST /:event/masterclasses/allocation/proposals/:code/cancel */
enum rc post_allocation_cancel(struct request *rq, struct vm *vm)
{
	(void)vm;
	return proposal_cancel_of_path(rq, &allocation_kind);
}

/* POST /:event/masterclasses/allocation/proposals/:code/accept */
enum rc post_allocation_accept(struct request *rq, struct vm *vm)
{
	struct q_proposal_by_code row;
	struct allocation_give give = {
		.method = form_text(&rq->form, "method"),
		.n_expected = form_int(&rq->form, "expected", 0),
	};
	cJSON *result;

	(void)vm;
	TRY(proposal_of_path(rq, &allocation_kind, &row));
	TRY(proposal_result(rq, &row, &result));
	give.scene = scene_of(rq, &row);
	TRY(allocation_give_prepare(rq->db, rq->arena, result, &give, &rq->err));
	reply_to(rq, "%s/masterclasses/allocation", page_event_path(rq));
	reply_flash(rq, "The seats are given, and everybody who wished is written to");
	return page_write(rq, TX_NORMAL, allocation_give, &give);
}

/* POST /:event/masterclasses/allocation/proposals/:code/move */
enum rc post_allocation_move(struct request *rq, struct vm *vm)
{
	struct q_proposal_by_code row;
	struct allocation_move move = {0};
	cJSON *result;

	(void)vm;
	TRY(proposal_of_path(rq, &allocation_kind, &row));
	TRY(proposal_result(rq, &row, &result));
	if (!text_equal(json_text(result, "what"), "chain"))
		return err_set(&rq->err, NOT_FOUND, "This proposal moves nobody");
	move.scene = scene_of(rq, &row);
	TRY(allocation_move_prepare(rq->db, rq->arena, result, &move, &rq->err));
	reply_to(rq, "%s/masterclasses/allocation", page_event_path(rq));
	reply_flash(rq, "Moved, and written to everybody who has moved");
	return page_write(rq, TX_NORMAL, allocation_move, &move);
}
