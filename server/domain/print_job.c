/* Asking for documents, and taking it back. */
#include "domain/print_job.h"
#include "domain/audit.h"
#include "domain/job.h"

enum rc print_job_add(struct tx *tx, void *arg, struct err *err)
{
	const struct print_job_add *p = arg;
	const struct q_print_job_same *same = p->same;
	bool has_document = same && !p->is_check;
	int64_t id = tx_id(tx);

	TRY(q_print_job_insert(tx,
		&(struct q_print_job_insert_in){
			.event_id = tx_event_id(tx),
			.id = id,
			.code = p->code,
			.kind = p->kind,
			.person_id = p->actor->person_id,
			.options = p->options,
			.is_check = p->is_check,
			.state = same ? "done" : "waiting",
			.percent = same ? 100 : 0,
			.warnings = same ? same->warnings : "[]",
			.content_hash = p->content_hash,
			.model_sha256 = p->model_sha256,
			.sha256 = has_document ? same->sha256 : "",
			.size_bytes = has_document ? same->size_bytes : 0,
			.file_name = p->file_name,
			.created_at = tx_now_ms(tx),
			.finished_at = same ? tx_now_ms(tx) : 0,
		},
		NULL, err));
	if (!same)
		TRY(job_add(tx, "print", id, err));
	return audit_write(tx, p->actor->person_id, p->is_check ? "print.check" : "print.ask",
		p->code, arena_printf(tx_arena(tx), "{\"kind\":\"%s\"}", p->kind), err);
}

enum rc print_job_cancel(struct tx *tx, void *arg, struct err *err)
{
	const struct print_job_cancel *p = arg;
	int64_t n;

	TRY(q_print_job_cancel(tx,
		&(struct q_print_job_cancel_in){
			.event_id = tx_event_id(tx),
			.code = p->code,
			.person_id = p->actor->person_id,
			.finished_at = tx_now_ms(tx),
		},
		&n, err));
	if (!n)
		return err_set(err, CONFLICT, "This is over already: there is nothing to cancel");
	return audit_write(tx, p->actor->person_id, "print.cancel", p->code, NULL, err);
}

/* ---- texts in front of the book ---- */

static enum rc insert_texts(struct tx *tx, const struct print_texts_change *p, struct err *err)
{
	for (size_t i = 0; i < p->n_rows; i++)
		TRY(q_print_text_insert(tx,
			&(struct q_print_text_insert_in){
				.event_id = tx_event_id(tx),
				.id = tx_id(tx),
				.title = p->rows[i].title,
				.text = p->rows[i].text,
				.signature = p->rows[i].signature,
				.position = (int64_t)i,
			},
			NULL, err));
	return OK;
}

enum rc print_texts_change(struct tx *tx, void *arg, struct err *err)
{
	const struct print_texts_change *p = arg;
	int64_t n;

	TRY(q_event_touch_rev(tx,
		&(struct q_event_touch_rev_in){.id = tx_event_id(tx), .rev = p->event_rev}, &n,
		err));
	if (!n)
		return err_set(err, CONFLICT,
			"Somebody else has changed the event meanwhile. Your texts stand below; "
			"save "
			"again to keep them");
	TRY(q_print_texts_delete(
		tx, &(struct q_print_texts_delete_in){.event_id = tx_event_id(tx)}, NULL, err));
	TRY(insert_texts(tx, p, err));
	return audit_write(tx, p->actor->person_id, "print.texts", "", NULL, err);
}
