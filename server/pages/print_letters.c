/*
 * The letters of decisions on paper, word by word as they went out by mail, the reviewers' words
 * included: for chairs, of what they may know of.
 */
#include <string.h>
#include "base/text.h"
#include "domain/decision.h"
#include "jobs/letter.h"
#include "pages/handlers.h"
#include "pages/print_kinds.h"

/* pdf/documents/letter.schema.json */
enum { SUBJECT = 300, TEXT = 30000, NAME = 160, PLACE = 80, CLOSING = 200, MOST_FEEDBACK = 20 };

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

/*
 * What stood between the letter's own words is set apart; its heading is the end of the first text.
 * A letter that does not hold the comments as they were frozen is printed as it is.
 */
static void put_words(struct request *rq, struct vm *vm, const char *body, const char *comments)
{
	const char *at = *comments ? strstr(body, comments) : NULL;
	struct decision_comment *rows;
	size_t n = at ? decision_comments_read(rq->arena, comments, &rows) : 0;
	const char *before =
		n ? str_dup(rq->arena, (struct str){body, (size_t)(at - body)}) : body;
	struct vm_list *list;

	print_block(vm, "text", before, TEXT);
	if (!n)
		return;
	list = vm_list(vm, "feedback");
	for (size_t i = 0; i < n && vm_count(list) < MOST_FEEDBACK; i++) {
		struct vm *feedback;
		if (text_is_empty(rows[i].text))
			continue;
		feedback = vm_item(list);
		vm_text(feedback, "title", rows[i].title);
		print_block(feedback, "text", rows[i].text, TEXT);
	}
	print_block(vm, "last_text", at + strlen(comments), TEXT);
}

/* What the reviewers wrote, as it was frozen with the letter. */
static const char *comments_of(struct request *rq, const struct q_decision_mails *row)
{
	struct err ignored = err_in(rq->arena);
	const char *comments;
	cJSON *model;

	if (json_parse(rq->arena, str_from(row->model), &model, &ignored) != OK)
		return "";
	comments = json_text(model, "comments");
	return comments ? comments : "";
}

/* "Yours sincerely", and who: the host when nobody is named. */
static void put_end(struct request *rq, struct vm *vm)
{
	const char *closing = form_text(&rq->form, "closing");
	const struct q_event_by_slug *event = &rq->event->row;

	print_line(vm, "closing", closing, CLOSING);
	if (*form_text(&rq->form, "signatory"))
		print_signatory(rq, vm);
	else if (*closing)
		print_line(vm_item(vm_list(vm, "signatories")), "name",
			*event->host ? event->host : event->title, NAME);
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
	put_words(rq, vm, words.body, comments_of(rq, row));
	put_end(rq, vm);
}

static const char *const outcomes[] = {"talk", "poster", "workshop", "waitlist", "reject"};

enum rc fill_letters(struct request *rq, struct form_view *form)
{
	for (size_t i = 0; i < sizeof(outcomes) / sizeof(outcomes[0]); i++)
		form_view_option(form, "outcome", outcomes[i],
			i18n_word(rq->app->i18n, rq->lang, "outcome", outcomes[i]), NULL);
	form_view_text(form, "closing",
		i18n_text(rq->app->i18n, rq->event->row.lang, "Yours sincerely", 1));
	return OK;
}

/* POST /:event/print/letters */
enum rc post_print_letters(struct request *rq, struct vm *vm)
{
	const char *outcome = form_text(&rq->form, "outcome");
	struct vm *model;
	struct q_decision_mails *rows;
	struct letters letters;
	struct vm_list *list;
	size_t n;

	(void)vm;
	TRY(print_signatory_check(rq));
	TRY(print_model_marked(rq, &model));
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
			.about = print_chosen(rq,
				*outcome ? i18n_word(rq->app->i18n, rq->lang, "outcome", outcome)
					 : NULL,
				vm_count(list), "letter|letters"),
			.file_name = print_file_name(rq, "letters"),
		});
}
