/* Adding, changing and deleting one session. */
#include "base/random.h"
#include "base/text.h"
#include "pages/call.h"
#include "pages/handlers.h"
#include "pages/programme_edit.h"

/* ---- the form ---- */

static void put_choices(struct request *rq, struct form_view *form, const struct programme *p)
{
	for (size_t i = 0; session_kinds[i]; i++)
		form_view_option(form, "kind", session_kinds[i],
			i18n_word(rq->app->i18n, rq->lang, "session", session_kinds[i]), NULL);
	for (size_t i = 0; i < p->n_rooms; i++)
		form_view_option(form, "room", p->rooms[i].code, p->rooms[i].name, NULL);
	for (size_t i = 0; i < p->n_masterclasses; i++)
		form_view_option(form, "masterclass", p->masterclasses[i].code,
			p->masterclasses[i].title, NULL);
	for (size_t i = 0; session_roles[i]; i++)
		form_view_row_option(form, "person", "role", session_roles[i],
			i18n_word(rq->app->i18n, rq->lang, "session_role", session_roles[i]));
}

const char *known_person_text(struct request *rq, const char *name, const char *code)
{
	return arena_printf(rq->arena, "%s (%s)", name, code);
}

enum rc put_known_people(struct request *rq, struct vm *vm)
{
	struct vm_list *list = vm_page_list(vm, "known");
	struct q_people_to_choose *rows;
	size_t n;

	if (rq->wants_json)
		return OK;
	TRY(q_people_to_choose(rq->db, rq->arena,
		&(struct q_people_to_choose_in){.event_id = page_event_id(rq)}, &rows, &n,
		&rq->err));
	for (size_t i = 0; i < n; i++) {
		struct vm *person = vm_item(list);
		vm_page_text(person, "value", known_person_text(rq, rows[i].name, rows[i].code));
		vm_page_text(person, "label", rows[i].affiliation);
	}
	return OK;
}

static struct form_view *put_form(
	struct request *rq, struct vm *vm, const struct programme_session *s)
{
	struct form_view *form =
		form_view_new(rq, vm, s ? post_session_edit : post_session_new, NULL);

	if (!s)
		return form;
	form_view_text(form, "kind", s->kind);
	form_view_text(form, "title", s->title);
	form_view_text(form, "summary", s->summary);
	form_view_text(form, "room", s->room_code);
	form_view_datetime(form, "starts_at", s->starts_at, rq->event->zone);
	form_view_datetime(form, "ends_at", s->ends_at, rq->event->zone);
	form_view_text(form, "masterclass", s->masterclass_code);
	form_view_int(form, "capacity", s->capacity);
	form_view_int(form, "rev", s->rev);
	if (form_view_refused(rq) && form_view_refused(rq)->rc == CONFLICT)
		form_view_renew_int(form, "rev", s->rev);
	for (size_t i = 0; i < s->n_people; i++) {
		size_t row = form_view_row(form, "person");
		form_view_row_text(form, "person", row, "role", s->people[i].role);
		form_view_row_text(form, "person", row, "who",
			known_person_text(rq, s->people[i].name, s->people[i].code));
	}
	return form;
}

/* GET /:event/programme/edit/new */
enum rc get_session_new(struct request *rq, struct vm *vm)
{
	const struct programme_masterclass *masterclass;
	struct form_view *form;
	struct programme p;
	struct civil day;

	TRY(programme_load(rq->db, rq->arena, page_event_id(rq), &p, &rq->err));
	form = put_form(rq, vm, NULL);
	masterclass = programme_masterclass_of(&p, form_text(&rq->form, "masterclass"));
	form_view_text(form, "kind", masterclass ? "masterclass" : "parallel");
	if (masterclass) {
		form_view_text(form, "title", masterclass->title);
		form_view_text(form, "summary", masterclass->summary);
		form_view_text(form, "masterclass", masterclass->code);
	}
	if (!form_civil(&rq->form, "on", &day))
		(void)!civil_parse_date(str_from(rq->event->row.starts_on), &day);
	day.hour = 9;
	form_view_text(form, "starts_at", civil_datetime(rq->arena, &day));
	day.hour = 10;
	form_view_text(form, "ends_at", civil_datetime(rq->arena, &day));
	form_view_row(form, "person");
	put_choices(rq, form, &p);
	vm_page_bool(vm, "is_new", true);
	vm_text(vm, "zone", rq->event->row.zone);
	return put_known_people(rq, vm);
}

/* GET /:event/programme/edit/:code */
enum rc get_session_edit(struct request *rq, struct vm *vm)
{
	struct programme_session *s;
	struct form_view *form;
	struct programme p;

	TRY(edited_session(rq, &p, &s));
	put_edited(rq, vm_object(vm, "session"), s);
	form = put_form(rq, vm, s);
	if (!s->n_people)
		form_view_row(form, "person");
	put_choices(rq, form, &p);
	vm_page_bool(vm, "is_new", false);
	vm_text(vm, "zone", rq->event->row.zone);
	return put_known_people(rq, vm);
}

/* ---- saving ---- */

const char *known_person_code(struct request *rq, const char *who)
{
	struct str s = str_trim(str_from(who));
	size_t open = s.n;

	if (!s.n || s.p[s.n - 1] != ')')
		return code_normalise(rq->arena, s);
	while (open && s.p[open - 1] != '(')
		open--;
	return open ? code_normalise(rq->arena, (struct str){s.p + open, s.n - open - 1}) : NULL;
}

static size_t typed_people(struct request *rq, struct session_person *people)
{
	const struct form *f = &rq->form;
	size_t n_rows = form_n_rows(f, "person"), n = 0;

	for (size_t i = 0; i < n_rows; i++) {
		const char *who = form_row_text(f, "person", i, "who");
		const char *email = form_row_text(f, "person", i, "email");
		const char *code = known_person_code(rq, who);
		const char *role = form_row_text(f, "person", i, "role");
		if (!*who && !*email)
			continue;
		if (!*who)
			err_field(&rq->err, arena_printf(rq->arena, "person.%zu.who", i),
				"Give a name to go with %s", email);
		people[n++] = (struct session_person){
			.role = *role ? role : "speaker",
			.person_code = code && !*email ? code : "",
			.name = who,
			.email = email,
			.number = i,
		};
	}
	if (n > SESSION_MAX_PEOPLE)
		err_field(&rq->err, "person", "At most %d people have a part in one session",
			SESSION_MAX_PEOPLE);
	return n;
}

static enum rc save(struct request *rq, const char *code)
{
	const struct form *f = &rq->form;
	struct session_person *people =
		ARENA_ARRAY(rq->arena, FORM_MAX_ROWS, struct session_person);
	struct session_save s = {
		.actor = rq->actor,
		.event = rq->event,
		.code = code ? code : "",
		.new_code = code_new(rq->arena),
		.rev = code ? form_int(f, "rev", 0) : 0,
		.kind = form_text(f, "kind"),
		.title = form_text(f, "title"),
		.summary = form_text(f, "summary"),
		.room_code = form_text(f, "room"),
		.masterclass_code = form_text(f, "masterclass"),
		.starts_at = form_instant(f, "starts_at", rq->event->zone),
		.ends_at = form_instant(f, "ends_at", rq->event->zone),
		.capacity = form_int(f, "capacity", 0),
		.people = people,
		.n_people = typed_people(rq, people),
	};

	if (rq->err.rc != OK)
		return rq->err.rc;
	if (code)
		reply_to(rq, "%s/programme/edit#s-%s", page_event_path(rq), code);
	else
		reply_created(rq, "%s/programme/edit/%s", page_event_path(rq), s.new_code);
	reply_flash(rq, "“%s” is saved; nobody sees it before you publish", s.title);
	return page_write(rq, TX_NORMAL, session_save, &s);
}

/* POST /:event/programme/edit/new */
enum rc post_session_new(struct request *rq, struct vm *vm)
{
	(void)vm;
	return save(rq, NULL);
}

/* POST /:event/programme/edit/:code */
enum rc post_session_edit(struct request *rq, struct vm *vm)
{
	(void)vm;
	return save(rq, path_param(rq, "code"));
}

/* GET /:event/programme/edit/:code/delete: asks. */
enum rc get_session_delete(struct request *rq, struct vm *vm)
{
	struct programme_session *s;
	struct form_view *form;
	struct programme p;

	TRY(edited_session(rq, &p, &s));
	put_edited(rq, vm_object(vm, "session"), s);
	form = form_view_new(rq, vm, post_session_delete, NULL);
	form_view_int(form, "rev", s->rev);
	form_view_renew_int(form, "rev", s->rev);
	return OK;
}

/* POST /:event/programme/edit/:code/delete */
enum rc post_session_delete(struct request *rq, struct vm *vm)
{
	(void)vm;
	reply_to(rq, "%s/programme/edit", page_event_path(rq));
	reply_flash(rq, "The session is deleted; what was in it waits for a place");
	return page_write(rq, TX_NORMAL, session_remove,
		&(struct session_remove){
			.actor = rq->actor,
			.code = path_param(rq, "code"),
			.rev = form_int(&rq->form, "rev", 0),
		});
}
