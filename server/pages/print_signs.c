/* What hangs on doors and poster boards. */
#include "base/text.h"
#include "pages/handlers.h"
#include "pages/print_kinds.h"
#include "pages/print_sessions.h"

/* pdf/documents/door_sign.schema.json, poster_label.schema.json */
enum {
	ROOM = 80,
	WAY = 160,
	SESSION_TITLE = 160,
	MOST_PEOPLE = 20,
	MOST_AUTHORS = 60,
	MOST_SESSIONS = 60,
	QR_MAX_BYTES = 106,
};

/* An address that is too long for a code that people scan from a distance is left out. */
static void put_qr(struct vm *vm, const char *url)
{
	if (str_from(url).n <= QR_MAX_BYTES)
		vm_text(vm, "qr", url);
}

/* ---- door signs ---- */

/* Days with a session, for a select; "" takes all. */
static enum rc fill_days(struct request *rq, struct form_view *form)
{
	const char *last_on = "";
	struct programme p;
	bool found;

	TRY(programme_load_published(rq->db, rq->arena, page_event_id(rq), &p, &found, &rq->err));
	for (size_t i = 0; found && i < p.n_sessions; i++) {
		const char *on = print_day_of(rq, &p.sessions[i]);
		struct civil c;
		if (!text_equal(on, last_on) && civil_parse_date(str_from(on), &c))
			form_view_option(form, "day", on,
				i18n_date(rq->arena, rq->lang, "EEEEdMMMM", &c), NULL);
		last_on = on;
	}
	return OK;
}

enum rc fill_door_signs(struct request *rq, struct form_view *form)
{
	form_view_option(form, "size", "A4", "A4", NULL);
	form_view_option(form, "size", "A3", "A3", NULL);
	return fill_days(rq, form);
}

static void put_door_session(
	struct request *rq, struct vm_list *list, const struct programme_session *s)
{
	struct vm *vm = vm_item(list);

	print_session_head(rq, vm, s);
	if (s->theme)
		print_theme(vm, s->theme->letter, s->theme->name, s->theme->hue);
	print_people(rq, vm, "chairs", s, true, MOST_PEOPLE);
	print_people(rq, vm, "speakers", s, false, MOST_PEOPLE);
}

/* The sign of one room on the day of its session `first`. */
static void put_sign(struct request *rq, struct vm *vm, const struct programme *p,
	const struct programme_room *room, size_t first)
{
	const char *on = print_day_of(rq, &p->sessions[first]);
	struct vm_list *list;

	print_line(vm, "room", room->name, ROOM);
	print_line(vm, "way", room->notes, WAY);
	vm_text(vm, "on", on);
	put_qr(vm, print_programme_url(rq));
	list = vm_list(vm, "sessions");
	for (size_t i = first; i < p->n_sessions && vm_count(list) < MOST_SESSIONS; i++)
		if (text_equal(p->sessions[i].room_code, room->code) &&
			text_equal(print_day_of(rq, &p->sessions[i]), on))
			put_door_session(rq, list, &p->sessions[i]);
}

static size_t put_signs(
	struct request *rq, struct vm *model, const struct programme *p, const char *day)
{
	struct vm_list *list = vm_list(model, "signs");

	for (size_t r = 0; r < p->n_rooms; r++) {
		const char *last_on = "";
		for (size_t i = 0; i < p->n_sessions; i++) {
			const char *on = print_day_of(rq, &p->sessions[i]);
			if (!text_equal(p->sessions[i].room_code, p->rooms[r].code) ||
				text_equal(on, last_on) || (*day && !text_equal(on, day)))
				continue;
			put_sign(rq, vm_item(list), p, &p->rooms[r], i);
			last_on = on;
		}
	}
	return vm_count(list);
}

/* "A3, Thursday 9 September" */
static const char *chosen_signs(struct request *rq, const char *size, const char *day)
{
	struct civil c;

	return *day && civil_parse_date(str_from(day), &c)
		       ? arena_printf(rq->arena, "%s, %s", size,
				 i18n_date(rq->arena, rq->lang, "EEEEdMMMM", &c))
		       : size;
}

/* POST /:event/print/door-signs */
enum rc post_print_door_signs(struct request *rq, struct vm *vm)
{
	const char *size = text_equal(form_text(&rq->form, "size"), "A3") ? "A3" : "A4",
		   *day = form_text(&rq->form, "day");
	struct vm *model, *page;
	struct programme p;
	size_t n;

	(void)vm;
	TRY(print_model_marked(rq, &model));
	TRY(print_programme_load(rq, &p));
	page = vm_object(model, "page");
	vm_text(page, "size", size);
	vm_bool(page, "session_signs", form_bool(&rq->form, "session_signs"));
	print_version(rq, model, &p);
	print_session_words(rq, model);
	n = put_signs(rq, model, &p, day);
	return print_ask(rq, &(struct print_wish){
				     .kind = "door-sign",
				     .model = vm_root(model),
				     .about = print_chosen(rq, chosen_signs(rq, size, day), n,
					     "sign|signs"),
				     .file_name = print_file_name(rq, "door-signs"),
			     });
}

/* ---- poster labels ---- */

enum rc fill_poster_labels(struct request *rq, struct form_view *form)
{
	static const char *const sizes[] = {"A4", "A5", "A6"};

	(void)rq;
	form_view_text(form, "size", "A5");
	for (size_t i = 0; i < 3; i++)
		form_view_option(form, "size", sizes[i], sizes[i], NULL);
	return OK;
}

static void put_label_session(struct request *rq, struct vm *vm, const struct programme_session *s)
{
	print_line(vm, "title", programme_session_name(s), SESSION_TITLE);
	print_date(rq, vm, "on", s->starts_at);
	print_clock(rq, vm, "start", s->starts_at);
	print_clock(rq, vm, "end", s->ends_at);
	print_line(vm, "room", s->room_name, ROOM);
}

static void put_label(struct request *rq, struct vm *vm, const struct programme_session *s,
	const struct programme_item *item)
{
	vm_text(vm, "number", item->number);
	print_line(vm, "title", item->title, 400);
	print_authors(vm, "authors", item, MOST_AUTHORS);
	if (item->n_themes)
		print_theme(vm, item->themes[0].letter, item->themes[0].name, item->themes[0].hue);
	put_label_session(rq, vm_object(vm, "session"), s);
	if (!*item->submission_code)
		return;
	put_qr(vm, page_url(rq, arena_printf(rq->arena, "%s/submissions/%s", page_event_path(rq),
					item->submission_code)));
	vm_text(vm, "code", print_code(rq->arena, item->submission_code));
}

/* One a board, in the order of their numbers. */
static size_t put_labels(struct request *rq, struct vm *model, const struct programme *p)
{
	struct vm_list *list = vm_list(model, "labels");

	for (size_t i = 0; i < p->n_sessions; i++)
		for (size_t k = 0; k < p->sessions[i].n_items; k++)
			if (*p->sessions[i].items[k].number)
				put_label(rq, vm_item(list), &p->sessions[i],
					&p->sessions[i].items[k]);
	return vm_count(list);
}

/* POST /:event/print/poster-labels */
enum rc post_print_poster_labels(struct request *rq, struct vm *vm)
{
	const char *size = form_text(&rq->form, "size");
	struct vm *model = print_model_new(rq, NULL), *page;
	struct programme p;
	size_t n;

	(void)vm;
	TRY(print_programme_load(rq, &p));
	page = vm_object(model, "page");
	vm_text(page, "size", text_equal(size, "A4") || text_equal(size, "A6") ? size : "A5");
	vm_bool(page, "sheets", form_bool(&rq->form, "sheets"));
	if (form_bool(&rq->form, "stack"))
		vm_text(page, "order", "stack");
	n = put_labels(rq, model, &p);
	if (!n)
		return err_set(&rq->err, CONFLICT, "There is no poster in the published programme");
	return print_ask(rq, &(struct print_wish){
				     .kind = "poster-label",
				     .model = vm_root(model),
				     .about = print_chosen(rq, size, n, "label|labels"),
				     .file_name = print_file_name(rq, "poster-labels"),
			     });
}
