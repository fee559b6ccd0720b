/*
 * Certificates of what the event knows to be true: who was let in at the door, and who presented
 * what stands in the published programme.
 */
#include "base/text.h"
#include "pages/handlers.h"
#include "pages/print_kinds.h"
#include "pages/registration.h"

/* pdf/documents/certificate.schema.json */
enum { NAME = 160, AFFILIATION = 200, OFFICE = 160, TITLE = 400 };

static void put_person(struct vm *vm, const char *kind, const char *name, const char *lang)
{
	vm_text(vm, "kind", kind);
	print_line(vm, "name", name, NAME);
	print_line(vm, "lang", lang, 35);
}

static enum rc put_attendance(struct request *rq, struct vm_list *list, int64_t person_id)
{
	struct q_certified_guests *rows;
	size_t n;

	TRY(q_certified_guests(rq->db, rq->arena,
		&(struct q_certified_guests_in){
			.event_id = page_event_id(rq), .person_id = person_id},
		&rows, &n, &rq->err));
	for (size_t i = 0; i < n; i++) {
		struct vm *vm = vm_item(list);
		put_person(vm, "attendance", rows[i].name, rows[i].name_lang);
		print_line(vm, "affiliation", rows[i].affiliation, AFFILIATION);
	}
	return OK;
}

static enum rc put_presentations(struct request *rq, struct vm_list *list, int64_t person_id)
{
	struct q_certified_presenters *rows;
	size_t n;

	TRY(q_certified_presenters(rq->db, rq->arena,
		&(struct q_certified_presenters_in){
			.event_id = page_event_id(rq), .person_id = person_id},
		&rows, &n, &rq->err));
	for (size_t i = 0; i < n; i++) {
		struct vm *vm = vm_item(list);
		struct str lines = str_from(rows[i].affiliations);
		struct str first = str_cut(&lines, '\n');
		put_person(vm, "presentation", rows[i].name, rows[i].name_lang);
		print_line(vm, "affiliation", str_dup(rq->arena, first), AFFILIATION);
		print_line(vm_object(vm, "work"), "title", rows[i].title, TITLE);
	}
	return OK;
}

static enum rc model_new(
	struct request *rq, struct vm **model, struct vm_list **certificates)
{
	TRY(print_model_marked(rq, model));
	print_line(*model, "place", rq->event->row.city, 120);
	vm_text(*model, "issued_on", rq->event->row.ends_on);
	*certificates = vm_list(*model, "certificates");
	return OK;
}

/* ---- one's own ---- */

/* GET /:event/certificate.pdf: once the event is over, for who was there. */
enum rc get_certificate(struct request *rq, struct vm *vm)
{
	struct vm_list *certificates;
	struct vm *model;

	(void)vm;
	TRY(model_new(rq, &model, &certificates));
	if (!event_is_over(rq->event, rq->now_ms))
		return err_set(&rq->err, CONFLICT,
			"Certificates are given once the event is over: come back then");
	if (rq->actor->person_id) {
		TRY(put_attendance(rq, certificates, rq->actor->person_id));
		TRY(put_presentations(rq, certificates, rq->actor->person_id));
	}
	if (!vm_count(certificates))
		return err_set(&rq->err, NOT_FOUND,
			"The door has not seen you. If you were there, write to the organisers");
	return print_now(rq, &(struct print_wish){
				     .kind = "certificate",
				     .model = vm_root(model),
				     .file_name = print_file_name(rq, "certificate"),
			     });
}

/* ---- the print office ---- */

static const char *const kinds[] = {"attendance", "presentation"};

enum rc fill_certificates(struct request *rq, struct form_view *form)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		form_view_option(form, "what", kinds[i],
			i18n_word(rq->app->i18n, rq->lang, "certificates", kinds[i]), NULL);
	return OK;
}

enum rc print_signatory_check(struct request *rq)
{
	const char *name = form_text(&rq->form, "signatory"),
		   *office = form_text(&rq->form, "office");

	if (*office && !*name)
		return err_field(&rq->err, "signatory", "Say who signs, or empty their office");
	if (*name && !*office)
		return err_field(&rq->err, "office",
			"Say in what office %s signs, such as “Chair”", name);
	return OK;
}

void print_signatory(struct request *rq, struct vm *model)
{
	const char *name = form_text(&rq->form, "signatory");
	struct vm *vm;

	if (!*name)
		return;
	vm = vm_item(vm_list(model, "signatories"));
	print_line(vm, "name", name, NAME);
	print_line(vm, "office", form_text(&rq->form, "office"), OFFICE);
}

/* POST /:event/print/certificates */
enum rc post_print_certificates(struct request *rq, struct vm *vm)
{
	const char *what = form_text(&rq->form, "what");
	struct vm_list *certificates;
	struct vm *model;
	bool is_presenting = text_equal(what, "presentation");

	(void)vm;
	TRY(print_signatory_check(rq));
	TRY(model_new(rq, &model, &certificates));
	print_signatory(rq, model);
	TRY(is_presenting ? put_presentations(rq, certificates, 0)
			  : put_attendance(rq, certificates, 0));
	if (!vm_count(certificates))
		return err_field(&rq->err, "what",
			is_presenting ? "Nothing of the published programme is presented by anybody"
				      : "Nobody has been let in at the door yet");
	return print_ask(rq, &(struct print_wish){
				     .kind = "certificate",
				     .model = vm_root(model),
				     .about = print_chosen(rq,
					     i18n_word(rq->app->i18n, rq->lang, "certificates",
						     is_presenting ? "presentation" : "attendance"),
					     vm_count(certificates), "certificate|certificates"),
				     .file_name = print_file_name(rq, "certificates"),
			     });
}
