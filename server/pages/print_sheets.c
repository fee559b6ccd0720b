/* Lists to sign: of everybody at the door, or of those with a place in each masterclass. */
#include "base/text.h"
#include "pages/handlers.h"
#include "pages/print_kinds.h"
#include "pages/print_sessions.h"

/* pdf/documents/sign_in_sheet.schema.json */
enum { TITLE = 300, NAME = 160, AFFILIATION = 200, ROOM = 80, MOST_LEADERS = 12, MOST_CELL = 60 };

static const char *const lists[] = {"masterclasses", "everybody"};

enum rc fill_sign_in_sheets(struct request *rq, struct form_view *form)
{
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		form_view_option(form, "list", lists[i],
			i18n_word(rq->app->i18n, rq->lang, "sign_in", lists[i]), NULL);
	form_view_int(form, "walk_ins", 5);
	return OK;
}

static void put_column(struct vm_list *columns, const char *title, const char *kind, int64_t width)
{
	struct vm *vm = vm_item(columns);

	vm_text(vm, "title", title);
	vm_text(vm, "kind", kind);
	vm_int(vm, "width", width);
}

/* ---- everybody ---- */

static void put_guest(struct request *rq, struct vm *vm, const struct q_door_people *row)
{
	struct vm_list *cells;

	print_line(vm, "name", row->name, NAME);
	print_line(vm, "lang", row->name_lang, 35);
	print_line(vm, "affiliation", row->affiliation, AFFILIATION);
	cells = vm_list(vm, "cells");
	vm_item_text(cells, print_code(rq->arena, row->code));
	vm_item_text(cells, text_excerpt(rq->arena, row->ticket_title, MOST_CELL));
}

static enum rc put_everybody(struct request *rq, struct vm_list *sheets)
{
	struct vm *vm = vm_item(sheets);
	struct q_door_people *rows;
	struct vm_list *list;
	size_t n;

	TRY(q_door_people(rq->db, rq->arena,
		&(struct q_door_people_in){.event_id = page_event_id(rq)}, &rows, &n, &rq->err));
	if (!n)
		return err_set(&rq->err, CONFLICT, "Nobody is registered yet");
	vm_text(vm, "title", i18n_word(rq->app->i18n, rq->event->row.lang, "sign_in", "everybody"));
	list = vm_list(vm, "columns");
	put_column(list, i18n_text(rq->app->i18n, rq->lang, "Code", 1), "text", 26);
	put_column(list, i18n_text(rq->app->i18n, rq->lang, "Ticket", 1), "text", 28);
	list = vm_list(vm, "rows");
	for (size_t i = 0; i < n; i++)
		put_guest(rq, vm_item(list), &rows[i]);
	vm_int(vm, "walk_ins", form_int(&rq->form, "walk_ins", 0));
	return OK;
}

/* ---- masterclasses ---- */

static void put_leaders(struct vm *parent, const struct programme_session *s)
{
	struct vm_list *list = vm_list(parent, "leaders");

	for (size_t i = 0; i < s->n_people && vm_count(list) < MOST_LEADERS; i++) {
		struct vm *vm = vm_item(list);
		print_line(vm, "name", s->people[i].name, NAME);
		print_line(vm, "lang", s->people[i].name_lang, 35);
	}
}

static void put_session_sheet(struct request *rq, struct vm *vm, const struct programme_session *s,
	const struct q_sign_in_people *rows, size_t n)
{
	struct vm_list *list;

	print_line(vm, "title", programme_session_name(s), TITLE);
	print_date(rq, vm, "on", s->starts_at);
	print_clock(rq, vm, "start", s->starts_at);
	print_clock(rq, vm, "end", s->ends_at);
	print_line(vm, "room", s->room_name, ROOM);
	put_leaders(vm, s);
	list = vm_list(vm, "rows");
	for (size_t i = 0; i < n; i++) {
		struct vm *row;
		if (!text_equal(rows[i].session_code, s->code))
			continue;
		row = vm_item(list);
		print_line(row, "name", rows[i].name, NAME);
		print_line(row, "lang", rows[i].name_lang, 35);
		print_line(row, "affiliation", rows[i].affiliation, AFFILIATION);
	}
	vm_int(vm, "walk_ins", form_int(&rq->form, "walk_ins", 0));
}

/* One a repeat, whether somebody has booked it or not: people walk in. */
static enum rc put_masterclasses(struct request *rq, struct vm_list *sheets)
{
	struct q_sign_in_people *rows;
	struct programme p;
	size_t n;

	TRY(print_programme_load(rq, &p));
	TRY(q_sign_in_people(rq->db, rq->arena,
		&(struct q_sign_in_people_in){.event_id = page_event_id(rq)}, &rows, &n, &rq->err));
	for (size_t i = 0; i < p.n_sessions; i++)
		if (p.sessions[i].capacity)
			put_session_sheet(rq, vm_item(sheets), &p.sessions[i], rows, n);
	return vm_count(sheets) ? OK
				: err_set(&rq->err, CONFLICT,
					  "No session of the published programme can be booked");
}

/* POST /:event/print/sign-in-sheets */
enum rc post_print_sign_in_sheets(struct request *rq, struct vm *vm)
{
	const char *list = form_text(&rq->form, "list");
	struct vm *model = print_model_new(rq, NULL);
	struct vm_list *sheets = vm_list(model, "sheets");
	bool is_everybody = text_equal(list, "everybody");

	(void)vm;
	TRY(is_everybody ? put_everybody(rq, sheets) : put_masterclasses(rq, sheets));
	return print_ask(rq,
		&(struct print_wish){
			.kind = "sign-in-sheet",
			.model = vm_root(model),
			.about = print_chosen(rq,
				i18n_word(rq->app->i18n, rq->lang, "sign_in",
					is_everybody ? "everybody" : "masterclasses"),
				vm_count(sheets), "sheet|sheets"),
			.file_name = print_file_name(rq, "sign-in"),
		});
}
