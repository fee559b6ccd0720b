/* Freezes a mail's model as JSON and writes the outbox row and its job. */
#include "domain/mail.h"
#include "base/json.h"
#include "base/random.h"
#include "domain/audit.h"
#include "domain/job.h"

enum { MODEL_MAX_BYTES = 1 << 20 };

static const char *model_freeze(struct arena *a, const struct mail *mail)
{
	struct buf b = buf_in(a, MODEL_MAX_BYTES);

	buf_char(&b, '{');
	for (size_t i = 0; i < mail->n_values; i++) {
		if (i)
			buf_char(&b, ',');
		json_add_string(&b, mail->values[i].key);
		buf_char(&b, ':');
		json_add_string(&b, mail->values[i].text ? mail->values[i].text : "");
	}
	buf_char(&b, '}');
	return b.failed ? NULL : buf_cstr(&b);
}

enum rc mail_queue(struct tx *tx, const struct mail *mail, struct err *err)
{
	struct arena *a = tx_arena(tx);
	const char *model = model_freeze(a, mail);
	int64_t id = tx_id(tx);

	if (!model)
		return err_set(err, INVALID, "This message is too long to be sent; shorten it");
	TRY(q_outbox_insert(tx,
		&(struct q_outbox_insert_in){
			.event_id = tx_event_id(tx),
			.id = id,
			.code = code_new(a),
			.template = mail->template_name,
			.lang = text_is_empty(mail->lang) ? "en" : mail->lang,
			.model = model,
			.person_id = mail->person_id,
			.submission_id = mail->submission_id,
			.discloses = mail->discloses ? mail->discloses : "",
			.to_name = mail->to_name ? mail->to_name : "",
			.to_email = mail->to_email,
			.next_attempt_at = tx_now_ms(tx),
			.created_at = tx_now_ms(tx),
		},
		NULL, err));
	return job_add(tx, "mail", id, err);
}

enum rc mail_retry(struct tx *tx, void *arg, struct err *err)
{
	const struct mail_retry *r = arg;
	int64_t n;

	TRY(q_outbox_queue_again(tx,
		&(struct q_outbox_queue_again_in){
			.event_id = tx_event_id(tx),
			.id = r->id,
			.next_attempt_at = tx_now_ms(tx),
		},
		&n, err));
	if (!n)
		return err_set(err, CONFLICT,
			"This mail has not failed: it was sent, or its next try is planned");
	TRY(job_add(tx, "mail", r->id, err));
	return audit_write(tx, r->person_id, "mail.retry", r->code, NULL, err);
}
