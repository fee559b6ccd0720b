/*
 * The letters of decisions on paper, word by word as they went out by mail, the reviewers' words
 * included: for chairs, of what they may know of.
 */
#include "base/text.h"
#include "jobs/letter.h"
#include "pages/handlers.h"
#include "pages/print_kinds.h"

/* pdf/documents/letter.schema.json */
enum { SUBJECT = 300, TEXT = 30000, NAME = 160, PLACE = 80 };

/* A mail that was sent says what it said then. */
static struct letter words_of(
	struct request *rq, const struct letters *letters, const struct q_decision_mails *row)
{
	struct err ignored = err_in(rq->arena);
	struct letter words = {row->subject, row->body};

	if (!text_equal(row->state, "sent") &&
		letter_write(rq->arena, rq->app->templates, letters, row->template, row->lang,
			row->model, &words, &ignored) != OK)
		return (struct letter){"", ""};
	return words;
}

static void put_letter(struct request *rq, struct vm_list *list, const struct letters *letters,
	const struct q_decision_mails *row)
{
	struct letter words = words_of(rq, letters, row);
	struct vm *vm;

	if (text_is_empty(words.subject) || text_is_empty(words.body) ||
		text_is_empty(row->to_name))
		return;
	vm = vm_item(list);
	print_date(rq, vm, "on", row->created_at);
	vm_text(vm, "reference", print_code(rq->arena, row->code));
	print_line(vm_object(vm, "address"), "name", row->to_name, NAME);
	print_line(vm, "subject", words.subject, SUBJECT);
	print_block(vm, "text", words.body, TEXT);
}

static const char *const outcomes[] = {"talk", "poster", "workshop", "waitlist", "reject"};

enum rc fill_letters(struct request *rq, struct form_view *form)
{
	for (size_t i = 0; i < sizeof(outcomes) / sizeof(outcomes[0]); i++)
		form_view_option(form, "outcome", outcomes[i],
			i18n_word(rq->app->i18n, rq->lang, "outcome", outcomes[i]), NULL);
	return OK;
}

/* POST /:event/print/letters */
enum rc post_print_letters(struct request *rq, struct vm *vm)
{
	const char *outcome = form_text(&rq->form, "outcome");
	struct vm *model = print_model_new(rq, NULL);
	struct q_decision_mails *rows;
	struct letters letters;
	struct vm_list *list;
	size_t n;

	(void)vm;
	TRY(letters_load(rq->db, rq->arena, page_event_id(rq), &letters, &rq->err));
	TRY(q_decision_mails(rq->db, rq->arena,
		&(struct q_decision_mails_in){
			.event_id = page_event_id(rq),
			.template = *outcome ? arena_printf(rq->arena, "decision_%s", outcome) : "",
			.actor_id = rq->actor->person_id,
			.actor_roles = rq->actor->roles,
		},
		&rows, &n, &rq->err));
	print_sender(rq, model);
	print_line(model, "place", rq->event->row.city, PLACE);
	list = vm_list(model, "letters");
	for (size_t i = 0; i < n; i++)
		put_letter(rq, list, &letters, &rows[i]);
	if (!vm_count(list))
		return err_field(&rq->err, "outcome", "No such decision has been released");
	return print_ask(rq,
		&(struct print_wish){
			.kind = "letter",
			.model = vm_root(model),
			.about = *outcome ? i18n_word(rq->app->i18n, rq->lang, "outcome", outcome)
					  : NULL,
			.file_name = arena_printf(rq->arena, "%s-letters.pdf", rq->event->row.slug),
		});
}
