/* Rooms, and masterclasses with their repeats. */
#include "base/random.h"
#include "base/text.h"
#include "pages/handlers.h"
#include "pages/programme_edit.h"

/* GET /:event/programme/rooms */
enum rc get_programme_rooms(struct request *rq, struct vm *vm)
{
	struct form_view *form = form_view_new(rq, vm, post_programme_rooms, NULL);
	struct programme p;

	TRY(programme_load(rq->db, rq->arena, page_event_id(rq), &p, &rq->err));
	put_rooms(vm, &p);
	vm_int(vm, "rev", rq->event->row.rev);
	for (size_t i = 0; i < p.n_rooms; i++) {
		size_t row = form_view_row(form, "room");
		form_view_row_text(form, "room", row, "code", p.rooms[i].code);
		form_view_row_text(form, "room", row, "name", p.rooms[i].name);
		form_view_row_text(form, "room", row, "capacity",
			p.rooms[i].capacity
				? arena_printf(rq->arena, "%lld", (long long)p.rooms[i].capacity)
				: "");
		form_view_row_text(form, "room", row, "notes", p.rooms[i].notes);
	}
	form_view_int(form, "rev", rq->event->row.rev);
	if (form_view_refused(rq) && form_view_refused(rq)->rc == CONFLICT)
		form_view_renew_int(form, "rev", rq->event->row.rev);
	return OK;
}

/* POST /:event/programme/rooms */
enum rc post_programme_rooms(struct request *rq, struct vm *vm)
{
	const struct form *f = &rq->form;
	struct room_row *rows = ARENA_ARRAY(rq->arena, FORM_MAX_ROWS, struct room_row);
	size_t n_rows = form_n_rows(f, "room"), n = 0;

	(void)vm;
	for (size_t i = 0; i < n_rows; i++) {
		struct room_row row = {
			.code = form_row_text(f, "room", i, "code"),
			.name = form_row_text(f, "room", i, "name"),
			.notes = form_row_text(f, "room", i, "notes"),
			.capacity = form_row_int(f, "room", i, "capacity", 0),
			.number = i,
		};
		if (*row.code || *row.name || *row.notes || row.capacity)
			rows[n++] = row;
	}
	reply_to(rq, "%s/programme/rooms", page_event_path(rq));
	reply_flash(rq, "The rooms are saved");
	return page_write(rq, TX_NORMAL, rooms_change,
		&(struct rooms_change){
			.actor = rq->actor,
			.rows = rows,
			.n_rows = n,
			.event_rev = form_int(f, "rev", 0),
		});
}

/* ---- masterclasses ---- */

/* GET /:event/programme/masterclasses/new */
enum rc get_masterclass_new(struct request *rq, struct vm *vm)
{
	form_view_new(rq, vm, post_masterclass_new, NULL);
	vm_page_bool(vm, "is_new", true);
	return OK;
}

static void put_repeats(
	struct request *rq, struct vm *vm, const struct programme *p, const char *code)
{
	struct vm_list *list = vm_list(vm, "sessions");

	for (size_t i = 0; i < p->n_sessions; i++)
		if (text_equal(p->sessions[i].masterclass_code, code))
			put_edited(rq, vm_item(list), &p->sessions[i]);
	vm_page_bool(vm, "has_sessions", vm_count(list) > 0);
}

/* GET /:event/programme/masterclasses/:code */
enum rc get_masterclass_edit(struct request *rq, struct vm *vm)
{
	struct q_masterclass_by_code row;
	struct form_view *form, *delete_form;
	struct vm *masterclass;
	struct programme p;
	bool found;

	TRY(q_masterclass_by_code(rq->db, rq->arena,
		&(struct q_masterclass_by_code_in){
			.event_id = page_event_id(rq), .code = path_param(rq, "code")},
		&row, &found, &rq->err));
	if (!found)
		return err_set(&rq->err, NOT_FOUND, "There is no such masterclass");
	TRY(programme_load(rq->db, rq->arena, page_event_id(rq), &p, &rq->err));
	masterclass = vm_object(vm, "masterclass");
	vm_text(masterclass, "code", row.code);
	vm_text(masterclass, "title", row.title);
	vm_text(masterclass, "summary", row.summary);
	put_lines(masterclass, "outcomes", row.outcomes);
	vm_int(masterclass, "rev", row.rev);
	put_repeats(rq, masterclass, &p, row.code);
	vm_page_bool(vm, "is_new", false);
	form = form_view_new(rq, vm, post_masterclass_edit, NULL);
	form_view_text(form, "title", row.title);
	form_view_text(form, "summary", row.summary);
	form_view_text(form, "outcomes", row.outcomes);
	form_view_int(form, "rev", row.rev);
	if (form_view_refused(rq) && form_view_refused(rq)->rc == CONFLICT)
		form_view_renew_int(form, "rev", row.rev);
	delete_form = form_view_named(rq, vm, "delete_form", post_masterclass_delete,
		arena_printf(rq->arena, "%s/programme/masterclasses/%s/delete", page_event_path(rq),
			row.code));
	form_view_int(delete_form, "rev", row.rev);
	return OK;
}

static enum rc masterclass_post(struct request *rq, const char *code)
{
	const char *new_code = code_new(rq->arena);

	if (code)
		reply_to(rq, "%s/programme/masterclasses/%s", page_event_path(rq), code);
	else
		reply_created(rq, "%s/programme/masterclasses/%s", page_event_path(rq), new_code);
	reply_flash(rq, "The masterclass is saved");
	return page_write(rq, TX_NORMAL, masterclass_save,
		&(struct masterclass_save){
			.actor = rq->actor,
			.code = code ? code : "",
			.new_code = new_code,
			.title = form_text(&rq->form, "title"),
			.summary = form_text(&rq->form, "summary"),
			.outcomes = form_text(&rq->form, "outcomes"),
			.rev = code ? form_int(&rq->form, "rev", 0) : 0,
		});
}

/* POST /:event/programme/masterclasses/new */
enum rc post_masterclass_new(struct request *rq, struct vm *vm)
{
	(void)vm;
	return masterclass_post(rq, NULL);
}

/* POST /:event/programme/masterclasses/:code */
enum rc post_masterclass_edit(struct request *rq, struct vm *vm)
{
	(void)vm;
	return masterclass_post(rq, path_param(rq, "code"));
}

/* POST /:event/programme/masterclasses/:code/delete */
enum rc post_masterclass_delete(struct request *rq, struct vm *vm)
{
	(void)vm;
	reply_to(rq, "%s/programme/edit", page_event_path(rq));
	reply_flash(rq, "The masterclass is deleted");
	return page_write(rq, TX_NORMAL, masterclass_remove,
		&(struct masterclass_remove){
			.actor = rq->actor,
			.code = path_param(rq, "code"),
			.rev = form_int(&rq->form, "rev", 0),
		});
}
