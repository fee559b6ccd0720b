/* The published programme in print: at once for every reader, and by the print office. */
#include "base/text.h"
#include "domain/logo.h"
#include "pages/handlers.h"
#include "pages/print_kinds.h"
#include "pages/print_sessions.h"
#include "pages/programme.h"

static enum rc model_of(struct request *rq, const struct programme *p, struct vm **out)
{
	TRY(print_model_with_logos(rq, NULL, LOGOS_MAX, out));
	print_version(rq, *out, p);
	print_session_words(rq, *out);
	print_days(rq, *out, p);
	return OK;
}

static enum rc make_wish(struct request *rq, const struct programme *p, struct print_wish *wish)
{
	struct vm *model;

	TRY(model_of(rq, p, &model));
	*wish = (struct print_wish){.kind = "programme",
		.model = vm_root(model),
		.file_name = print_file_name(rq, "programme")};
	return OK;
}

enum rc reply_programme_pdf(struct request *rq, const struct programme *p)
{
	struct print_wish wish;

	TRY(make_wish(rq, p, &wish));
	return print_now(rq, &wish);
}

/* POST /:event/print/programme */
enum rc post_print_programme(struct request *rq, struct vm *vm)
{
	struct print_wish wish;
	struct programme p;

	(void)vm;
	TRY(print_programme_load(rq, &p));
	TRY(make_wish(rq, &p, &wish));
	return print_ask(rq, &wish);
}

/* ---- a day at a glance ---- */

enum rc fill_glance(struct request *rq, struct form_view *form)
{
	(void)rq;
	form_view_option(form, "size", "A4", "A4", NULL);
	form_view_option(form, "size", "A3", "A3", NULL);
	return OK;
}

/* POST /:event/print/glance */
enum rc post_print_glance(struct request *rq, struct vm *vm)
{
	bool is_large = text_equal(form_text(&rq->form, "size"), "A3");
	struct programme p;
	struct vm *model;
	struct vm_list *rooms;

	(void)vm;
	TRY(print_programme_load(rq, &p));
	TRY(model_of(rq, &p, &model));
	vm_text(model, "size", is_large ? "A3" : "A4");
	rooms = vm_list(model, "rooms");
	for (size_t i = 0; i < p.n_rooms; i++)
		vm_item_text(rooms, text_excerpt(rq->arena, p.rooms[i].name, 75));
	return print_ask(rq,
		&(struct print_wish){
			.kind = "glance",
			.model = vm_root(model),
			.about = is_large ? "A3" : "A4",
			.file_name = print_file_name(rq, "days"),
		});
}

/* ---- for the pocket ---- */

/* POST /:event/print/pocket */
enum rc post_print_pocket(struct request *rq, struct vm *vm)
{
	struct programme p;
	struct vm *model;

	(void)vm;
	TRY(print_programme_load(rq, &p));
	TRY(model_of(rq, &p, &model));
	vm_text(model, "qr", print_programme_url(rq));
	return print_ask(rq,
		&(struct print_wish){
			.kind = "pocket",
			.model = vm_root(model),
			.file_name = print_file_name(rq, "pocket"),
		});
}
