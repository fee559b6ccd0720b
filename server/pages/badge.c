/* Badges: everybody's, for the desk to print, and one's own. */
#include "base/text.h"
#include "domain/ticket.h"
#include "pages/handlers.h"
#include "pdf/worker.h"

enum { BADGES_MAX_BYTES = 48 << 20, MAX_NAMED = 20 };

/* The colour of the band on the badge (pdf/documents/badge.c). */
static int role_number(const char *role)
{
	static const struct {
		const char *role;
		int number;
	} numbers[] = {
		{"attendee", 0}, {"speaker", 1}, {"facilitator", 3}, {"desk", 5}, {"organiser", 6}};

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (text_equal(numbers[i].role, role))
			return numbers[i].number;
	return 0;
}

static void put_optional(struct vm *vm, const char *key, const char *text)
{
	if (!text_is_empty(text))
		vm_text(vm, key, text);
}

static void put_event(struct request *rq, struct vm *model)
{
	const struct q_event_by_slug *row = &rq->event->row;
	struct vm *event = vm_object(model, "event");

	vm_text(model, "lang", row->lang);
	vm_text(event, "title", row->title);
	vm_text(event, "starts_on", row->starts_on);
	vm_text(event, "ends_on", row->ends_on);
	put_optional(event, "place", row->city);
}

static void put_badge(
	struct request *rq, struct vm *vm, const char *key, const struct q_badges_of_event *row)
{
	const char *ticket =
		registration_ticket(rq->arena, key, page_event_id(rq), row->id, row->ticket_serial);

	vm_text(vm, "name", row->badge_name);
	/* The language is that of the person's name, which the badge may not show. */
	if (text_equal(row->badge_name, row->name))
		put_optional(vm, "lang", row->name_lang);
	put_optional(vm, "said_name", row->said_name);
	put_optional(vm, "pronouns", row->pronouns);
	put_optional(vm, "affiliation", row->badge_affiliation);
	vm_text(vm, "role", i18n_word(rq->app->i18n, rq->event->row.lang, "badge_role", row->role));
	vm_int(vm, "role_number", role_number(row->role));
	vm_text(vm, "qr", ticket_payload(rq->arena, app_url(rq->app, rq->arena), ticket));
	vm_text(vm, "code", arena_printf(rq->arena, "%.4s-%s", row->code, row->code + 4));
}

static struct vm *model_new(
	struct request *rq, const struct q_badges_of_event *rows, size_t n, const char *role)
{
	static const struct vm_format plain = {.lang = "en"};
	struct vm *model = vm_new(rq->arena, &plain);
	const char *key = app_key(rq->app, rq->arena, "ticket");
	struct vm_list *list;

	put_event(rq, model);
	list = vm_list(model, "badges");
	for (size_t i = 0; i < n; i++)
		if (!*role || text_equal(rows[i].role, role))
			put_badge(rq, vm_item(list), key, &rows[i]);
	return vm_count(list) ? model : NULL;
}

/* A name with a hole in it is no badge: whoever prints decides, knowing which. */
static enum rc warn(struct request *rq, struct vm *vm, const struct print_warnings *warnings)
{
	struct vm_list *list = vm_list(vm, "missing");
	const struct print_warning *w = warnings->first;

	if (rq->wants_json)
		return err_set(&rq->err, CONFLICT,
			"No font here prints U+%04X in \"%s\". Change the name, or ask again with "
			"anyway=1",
			(unsigned)w->code_point, w->where);
	for (int i = 0; w && i < MAX_NAMED; w = w->next, i++) {
		struct vm *row = vm_item(list);
		vm_text(row, "character",
			arena_printf(rq->arena, "U+%04X", (unsigned)w->code_point));
		vm_text(row, "text", w->where);
	}
	vm_page_printf(vm, "anyway_href", "%s?%.*s%sanyway=1", rq->path, (int)rq->query.n,
		rq->query.n ? rq->query.p : "", rq->query.n ? "&" : "");
	reply_template(rq, "checkin/badges_missing");
	rq->reply.status = 409;
	return OK;
}

static enum rc print(struct request *rq, struct vm *vm, const struct vm *model, const char *name)
{
	struct buf out = buf_in(rq->arena, BADGES_MAX_BYTES);
	struct print_warnings warnings = print_warnings_in(rq->arena);

	page_release(rq);
	TRY(print_pool_run(rq->app->print, rq->arena, "badge", vm_root(model), NULL, &out,
		&warnings, &rq->err));
	if (warnings.first && !form_bool(&rq->form, "anyway"))
		return warn(rq, vm, &warnings);
	reply_bytes(rq, "application/pdf", buf_view(&out), name, false);
	return OK;
}

static enum rc rows_of(struct request *rq, const char *ticket, const char *code,
	struct q_badges_of_event **rows, size_t *n)
{
	return q_badges_of_event(rq->db, rq->arena,
		&(struct q_badges_of_event_in){
			.event_id = page_event_id(rq), .ticket = ticket, .code = code},
		rows, n, &rq->err);
}

/* GET /:event/badges.pdf */
enum rc get_badges(struct request *rq, struct vm *vm)
{
	struct q_badges_of_event *rows;
	const struct vm *model;
	size_t n;

	TRY(rows_of(rq, form_text(&rq->form, "ticket"), "", &rows, &n));
	model = model_new(rq, rows, n, form_text(&rq->form, "role"));
	if (!model)
		return err_set(&rq->err, NOT_FOUND,
			"Nobody is registered so, and there is no badge to print");
	return print(rq, vm, model, arena_printf(rq->arena, "badges-%s.pdf", rq->event->row.slug));
}

/* One's own; somebody else's for those who print badges. */
static enum rc code_wanted(struct request *rq, const char **code)
{
	const char *asked = form_text(&rq->form, "registration");
	struct q_person_registration own;
	bool found = false;

	*code = asked;
	if (*asked && policy_capability(rq->actor, rq->event, CAP_BADGES) == OK)
		return OK;
	if (rq->actor->person_id)
		TRY(q_person_registration(rq->db, rq->arena,
			&(struct q_person_registration_in){
				.event_id = page_event_id(rq), .person_id = rq->actor->person_id},
			&own, &found, &rq->err));
	if (!found || (*asked && !text_equal(asked, own.code)))
		return err_set(&rq->err, NOT_FOUND, "You have no badge here: register first");
	*code = own.code;
	return OK;
}

/* GET /:event/badge.pdf */
enum rc get_badge(struct request *rq, struct vm *vm)
{
	struct q_badges_of_event *rows;
	const struct vm *model;
	const char *code;
	size_t n;

	TRY(code_wanted(rq, &code));
	TRY(rows_of(rq, "", code, &rows, &n));
	model = model_new(rq, rows, n, "");
	if (!model)
		return err_set(
			&rq->err, NOT_FOUND, "This registration does not exist or was cancelled");
	return print(rq, vm, model, arena_printf(rq->arena, "badge-%s.pdf", code));
}
