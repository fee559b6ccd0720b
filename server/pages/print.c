/* The page of all that can be printed, and the table behind it. */
#include "pages/print.h"
#include "base/text.h"
#include "pages/handlers.h"
#include "pages/print_kinds.h"
#include "pdf/print.h"

/* In the order of the page. */
static const struct print_kind kinds[] = {
	{"book", "abstracts", CAP_PROGRAMME_EDIT, post_print_book, "book", "submission", fill_book,
		NULL},
	{"programme", "programme", CAP_PROGRAMME_EDIT, post_print_programme, "book", NULL, NULL,
		NULL},
	{"pocket", "pocket", CAP_PROGRAMME_EDIT, post_print_pocket, "book", NULL, NULL, NULL},
	{"glance", "glance", CAP_PROGRAMME_EDIT, post_print_glance, "book", NULL, fill_glance,
		NULL},
	{"poster-label", "poster-labels", CAP_PROGRAMME_EDIT, post_print_poster_labels, "door",
		"submission", fill_poster_labels, NULL},
	{"door-sign", "door-signs", CAP_PROGRAMME_EDIT, post_print_door_signs, "door", NULL,
		fill_door_signs, NULL},
	{"sign-in-sheet", "sign-in-sheets", CAP_BADGES, post_print_sign_in_sheets, "door", NULL,
		fill_sign_in_sheets, NULL},
	{"badge", "badges", CAP_BADGES, post_print_badges, "door", "registration", fill_badges,
		about_badges},
	{"letter", "letters", CAP_SELECTION, post_print_letters, "money", "submission",
		fill_letters, NULL},
	{"invoice", "invoices", CAP_REGISTRATIONS, post_print_invoices, "money", NULL,
		fill_invoices, NULL},
	{"certificate", "certificates", CAP_EVENT_MANAGE, post_print_certificates, "money", NULL,
		fill_certificates, NULL},
	{"review-pack", "review-packs", CAP_REVIEW, post_print_review_packs, "review", "submission",
		fill_review_packs, NULL},
};

enum { N_KINDS = sizeof(kinds) / sizeof(kinds[0]) };

static const char *const groups[] = {"book", "door", "money", "review"};

const struct print_kind *print_kind_of(const char *kind)
{
	for (size_t i = 0; i < N_KINDS; i++)
		if (text_equal(kinds[i].kind, kind))
			return &kinds[i];
	return NULL;
}

/* What no document draws is not offered. */
static bool is_for_actor(struct request *rq, const struct print_kind *kind)
{
	return print_title(kind->kind) &&
	       policy_capability(rq->actor, rq->event, kind->capability) == OK;
}

/* The page under the address of a kind: its form is open. */
static bool is_at(struct request *rq, const struct print_kind *kind)
{
	return text_equal(rq->path,
		arena_printf(rq->arena, "%s/print/%s", page_event_path(rq), kind->path));
}

static enum rc put_kind(struct request *rq, struct vm_list *list, const struct print_kind *kind)
{
	const char *about = i18n_word(rq->app->i18n, rq->lang, "print_about", kind->kind);
	struct vm *vm = vm_item(list);
	struct form_view *form;

	vm_enum(vm, "kind", "print", kind->kind);
	vm_text(vm, "path", kind->path);
	if (kind->about)
		TRY(kind->about(rq, &about));
	vm_page_text(vm, "about_text", about);
	vm_page_bool(vm, "is_open", is_at(rq, kind));
	vm_page_printf(vm, "part", "print/%s", kind->path);
	form = form_view_named(rq, vm, kind->path, kind->post,
		arena_printf(rq->arena, "%s/print/%s", page_event_path(rq), kind->path));
	return kind->fill ? kind->fill(rq, form) : OK;
}

/* A group stands there only with something in it. */
static enum rc put_group(struct request *rq, struct vm_list *list, const char *group)
{
	struct vm *vm;
	struct vm_list *shown = NULL;

	for (size_t i = 0; i < N_KINDS; i++) {
		if (!text_equal(kinds[i].group, group) || !is_for_actor(rq, &kinds[i]))
			continue;
		if (!shown) {
			vm = vm_item(list);
			vm_enum(vm, "group", "print_group", group);
			shown = vm_list(vm, "kinds");
		}
		TRY(put_kind(rq, shown, &kinds[i]));
	}
	return OK;
}

static enum rc put_jobs(struct request *rq, struct vm *vm)
{
	struct vm_list *list = vm_list(vm, "jobs");
	struct q_print_jobs_of_person *rows;
	size_t n;

	TRY(q_print_jobs_of_person(rq->db, rq->arena,
		&(struct q_print_jobs_of_person_in){
			.event_id = page_event_id(rq), .person_id = rq->actor->person_id},
		&rows, &n, &rq->err));
	for (size_t i = 0; i < n; i++)
		put_print_row(rq, vm_item(list), &rows[i]);
	vm_page_bool(vm, "has_jobs", n > 0);
	return OK;
}

/* GET /:event/print, and the same page with one form open: GET /:event/print/badges */
enum rc get_print(struct request *rq, struct vm *vm)
{
	struct vm_list *list = vm_list(vm, "groups");

	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
		TRY(put_group(rq, list, groups[i]));
	return put_jobs(rq, vm);
}
