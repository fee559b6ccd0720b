/* The texts in front of the book of abstracts: foreword, committee, thanks. */
#include "domain/print_job.h"
#include "pages/handlers.h"

/* GET /:event/print/book */
enum rc get_print_texts(struct request *rq, struct vm *vm)
{
	struct form_view *form = form_view_new(rq, vm, post_print_texts, NULL);
	struct vm_list *list = vm_list(vm, "texts");
	struct q_print_texts *rows;
	size_t n;

	TRY(q_print_texts(rq->db, rq->arena,
		&(struct q_print_texts_in){.event_id = page_event_id(rq)}, &rows, &n, &rq->err));
	for (size_t i = 0; i < n; i++) {
		struct vm *text = vm_item(list);
		size_t row = form_view_row(form, "text");
		vm_text(text, "title", rows[i].title);
		vm_text(text, "text", rows[i].text);
		vm_text(text, "signature", rows[i].signature);
		form_view_row_text(form, "text", row, "title", rows[i].title);
		form_view_row_text(form, "text", row, "text", rows[i].text);
		form_view_row_text(form, "text", row, "signature", rows[i].signature);
	}
	vm_int(vm, "rev", rq->event->row.rev);
	form_view_int(form, "rev", rq->event->row.rev);
	if (form_view_refused(rq) && form_view_refused(rq)->rc == CONFLICT)
		form_view_renew_int(form, "rev", rq->event->row.rev);
	return OK;
}

/* A row without a word is none; one with half of them says what is missing. */
static enum rc typed_rows(struct request *rq, struct print_text *rows, size_t *n)
{
	const struct form *f = &rq->form;
	size_t n_rows = form_n_rows(f, "text");

	*n = 0;
	for (size_t i = 0; i < n_rows; i++) {
		struct print_text row = {form_row_text(f, "text", i, "title"),
			form_row_text(f, "text", i, "text"),
			form_row_text(f, "text", i, "signature")};
		if (!*row.title && !*row.text && !*row.signature)
			continue;
		if (!*row.title)
			err_field(&rq->err, arena_printf(rq->arena, "text.%zu.title", i),
				"Give the text a title, such as “Foreword”");
		if (!*row.text)
			err_field(&rq->err, arena_printf(rq->arena, "text.%zu.text", i),
				"Write the text, or remove it");
		rows[(*n)++] = row;
	}
	return rq->err.rc;
}

/* POST /:event/print/book */
enum rc post_print_texts(struct request *rq, struct vm *vm)
{
	struct print_text *rows = ARENA_ARRAY(rq->arena, FORM_MAX_ROWS, struct print_text);
	size_t n;

	(void)vm;
	TRY(typed_rows(rq, rows, &n));
	if (n > PRINT_MAX_TEXTS)
		return err_field(
			&rq->err, "text", "A book has at most %d texts in front", PRINT_MAX_TEXTS);
	reply_to(rq, "%s/print/book", page_event_path(rq));
	reply_flash(rq, "The texts are saved");
	return page_write(rq, TX_NORMAL, print_texts_change,
		&(struct print_texts_change){
			.actor = rq->actor,
			.rows = rows,
			.n_rows = n,
			.event_rev = form_int(&rq->form, "rev", 0),
		});
}
