/* What came in, for chairs and organisers: none of their own, none in conflict, in no count either. */
#include <string.h>
#include "base/text.h"
#include "pages/submission.h"

/* The codes that hold every word of the search, each as a beginning; NULL when there is none. */
struct found {
	const char **codes;
	size_t n;
	bool is_searched;
};

static bool holds(const char *const *codes, size_t n, const char *code)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(codes[i], code) == 0)
			return true;
	return false;
}

/* The first text after everything that begins with the word, in the order of bytes. */
static const char *after_word(struct arena *a, const char *word)
{
	return arena_printf(a, "%s\xf4\x8f\xbf\xbf", word);
}

static enum rc search_word(struct request *rq, const char *word, struct found *found)
{
	struct q_submissions_found *rows;
	const char **kept;
	size_t n, n_kept = 0;

	TRY(q_submissions_found(rq->db, rq->arena,
		&(struct q_submissions_found_in){
			.event_id = page_event_id(rq),
			.actor_id = rq->actor->person_id,
			.actor_roles = rq->actor->roles,
			.word = word,
			.word_end = after_word(rq->arena, word),
		},
		&rows, &n, &rq->err));
	kept = ARENA_ARRAY(rq->arena, n, const char *);
	for (size_t i = 0; i < n; i++)
		if (!found->is_searched || holds(found->codes, found->n, rows[i].code))
			kept[n_kept++] = rows[i].code;
	*found = (struct found){kept, n_kept, true};
	return OK;
}

static void put_found(struct vm *vm, const struct q_submissions_selection *row)
{
	vm_text(vm, "code", row->code);
	vm_text(vm, "title", row->title);
	vm_page_text(vm, "type_text", row->type_title);
	vm_enum(vm, "state", "state", row->state);
	vm_time(vm, "submitted_at", row->submitted_at);
	vm_name(vm, "first_author", row->first_author, NULL);
}

enum rc put_selection(struct request *rq, struct vm *vm)
{
	const char *q = form_text(&rq->form, "q"), *state = form_text(&rq->form, "state");
	struct q_submissions_selection *rows;
	struct found found = {0};
	struct vm_list *list;
	size_t n, n_words;
	const char **words;

	if (!(rq->actor->roles & (ROLE_CHAIR | ROLE_ORGANISER)))
		return OK;
	words = text_tokens(rq->arena, q, &n_words);
	for (size_t i = 0; i < n_words && i < 8; i++)
		TRY(search_word(rq, words[i], &found));
	TRY(q_submissions_selection(rq->db, rq->arena,
		&(struct q_submissions_selection_in){
			.event_id = page_event_id(rq),
			.state = state,
			.actor_id = rq->actor->person_id,
			.actor_roles = rq->actor->roles,
		},
		&rows, &n, &rq->err));
	list = vm_list(vm, "selection");
	for (size_t i = 0; i < n; i++)
		if (!found.is_searched || holds(found.codes, found.n, rows[i].code))
			put_found(vm_item(list), &rows[i]);
	vm_page_bool(vm, "has_selection", true);
	vm_page_bool(vm, "has_found", vm_count(list) > 0);
	vm_page_text(vm, "q", q);
	vm_page_int(vm, "n_found", (int64_t)vm_count(list));
	return OK;
}
