/* Saving, sending, withdrawing: every change of a submission. */
#include "domain/submission.h"
#include "base/random.h"
#include "base/text.h"
#include "domain/audit.h"
#include "domain/draft.h"
#include "domain/mail.h"
#include "domain/person.h"

/* ---- the draft's rows ---- */

static enum rc themes_write(struct tx *tx, const struct submission_save *s, struct err *err)
{
	int64_t event_id = tx_event_id(tx);

	TRY(q_draft_themes_delete(tx,
		&(struct q_draft_themes_delete_in){.event_id = event_id, .submission_id = s->id},
		NULL, err));
	for (size_t i = 0; i < s->text->n_themes; i++) {
		const struct q_themes_of_event *theme =
			call_theme(s->call, s->text->theme_codes[i]);
		if (!theme)
			return err_field(err, "theme", "This event has no theme %s",
				s->text->theme_codes[i]);
		TRY(q_version_theme_insert(tx,
			&(struct q_version_theme_insert_in){
				.event_id = event_id,
				.submission_id = s->id,
				.version = 0,
				.theme_id = theme->id,
			},
			NULL, err));
	}
	return OK;
}

static enum rc authors_write(struct tx *tx, const struct submission_save *s, struct err *err)
{
	struct arena *a = tx_arena(tx);
	int64_t event_id = tx_event_id(tx);

	TRY(q_draft_authors_delete(tx,
		&(struct q_draft_authors_delete_in){.event_id = event_id, .submission_id = s->id},
		NULL, err));
	for (size_t i = 0; i < s->text->n_authors; i++) {
		const struct author_text *author = &s->text->authors[i];
		TRY(q_author_insert(tx,
			&(struct q_author_insert_in){
				.event_id = event_id,
				.submission_id = s->id,
				.version = 0,
				.position = (int64_t)i,
				.name = author->name,
				.email = author->email,
				.email_key = *author->email ? email_key(a, author->email) : "",
				.affiliations = author->affiliations,
				.is_presenting = author->is_presenting,
			},
			NULL, err));
	}
	return OK;
}

/* The row of version 0, as it is written by insert and update alike. */
static struct q_version_insert_in draft_row(struct tx *tx, const struct submission_save *s)
{
	const struct submission_text *t = s->text;
	const struct q_types_of_event *type = call_type(s->call, t->type_code);

	return (struct q_version_insert_in){
		.event_id = tx_event_id(tx),
		.submission_id = s->id,
		.version = 0,
		.type_id = type ? type->id : 0,
		.title = t->title,
		.sort_key = text_sort_key(tx_arena(tx), t->title),
		.abstract = t->abstract,
		.keywords = t->keywords,
		.note = t->note,
		.n_words = text_count_words(t->abstract),
		.saved_at = tx_now_ms(tx),
		.saved_by_id = s->actor->person_id,
	};
}

/* A stranger's text: remember whose address it waits for, and mail the link that proves it. */
static enum rc claim_write(struct tx *tx, const struct submission_save *s, struct err *err)
{
	struct arena *a = tx_arena(tx);
	const char *key = email_key(a, s->claim_email);

	TRY(q_draft_claim_insert(tx,
		&(struct q_draft_claim_insert_in){
			.event_id = tx_event_id(tx),
			.submission_id = s->id,
			.token_hash = s->claim_token_hash,
			.email = s->claim_email,
			.email_key = key,
			.name = s->claim_name,
			.created_at = tx_now_ms(tx),
		},
		NULL, err));
	TRY(q_draft_claim_email_insert(tx,
		&(struct q_draft_claim_email_insert_in){
			.email_key = key, .event_id = tx_event_id(tx), .submission_id = s->id},
		NULL, err));
	return mail_queue(tx,
		&(struct mail){
			.template_name = "draft",
			.submission_id = s->id,
			.to_name = s->claim_name,
			.to_email = s->claim_email,
			.values = (struct mail_value[]){{"link", s->claim_link},
				{"title", s->text->title}, {"code", s->code}},
			.n_values = 3,
		},
		err);
}

static enum rc draft_create(struct tx *tx, struct submission_save *s, int64_t submitter_id,
	struct err *err)
{
	struct q_version_insert_in row;

	s->id = tx_id(tx);
	TRY(q_submission_insert(tx,
		&(struct q_submission_insert_in){
			.event_id = tx_event_id(tx),
			.id = s->id,
			.code = s->code,
			.call_id = s->call->row.id,
			.submitter_id = submitter_id,
			.created_at = tx_now_ms(tx),
		},
		NULL, err));
	row = draft_row(tx, s);
	TRY(q_version_insert(tx, &row, NULL, err));
	return submitter_id ? OK : claim_write(tx, s, err);
}

static enum rc draft_change(struct tx *tx, const struct submission_save *s, struct err *err)
{
	struct q_version_insert_in row = draft_row(tx, s);
	int64_t n;

	TRY(q_submission_bump(tx,
		&(struct q_submission_bump_in){
			.event_id = tx_event_id(tx), .id = s->id, .rev = s->rev},
		&n, err));
	if (!n)
		return err_set(err, CONFLICT,
			"This text was changed in another window or by a co-author. Your words are "
			"below, nothing is lost: compare, then save again");
	return q_draft_update(tx,
		&(struct q_draft_update_in){
			.event_id = row.event_id,
			.submission_id = row.submission_id,
			.type_id = row.type_id,
			.title = row.title,
			.sort_key = row.sort_key,
			.abstract = row.abstract,
			.keywords = row.keywords,
			.note = row.note,
			.n_words = row.n_words,
			.saved_at = row.saved_at,
			.saved_by_id = row.saved_by_id,
		},
		NULL, err);
}

/* ---- sending ---- */

/* Authors with an address become people of the event, so that proving it makes the work theirs. */
static enum rc authors_become_people(struct tx *tx, const struct submission_save *s,
	struct err *err)
{
	for (size_t i = 0; i < s->text->n_authors; i++) {
		const struct author_text *author = &s->text->authors[i];
		int64_t person_id;

		if (!*author->email)
			continue;
		TRY(person_of_email(tx,
			&(struct person_new){.name = author->name, .email = author->email},
			&person_id, err));
		/* Only oneself: nobody may give others a name. */
		if (person_id == s->actor->person_id)
			TRY(person_name_first(tx, person_id, author->name, err));
		TRY(q_author_set_person(tx,
			&(struct q_author_set_person_in){
				.event_id = tx_event_id(tx),
				.submission_id = s->id,
				.position = (int64_t)i,
				.person_id = person_id,
			},
			NULL, err));
	}
	return OK;
}

static enum rc search_write(struct tx *tx, const struct submission_save *s, struct err *err)
{
	struct arena *a = tx_arena(tx);
	const char *all = arena_printf(a, "%s %s %s %s", s->code, s->text->title,
		s->text->keywords, s->text->abstract);
	size_t n;
	const char **tokens = text_tokens(a, all, &n);

	TRY(q_search_tokens_delete(tx,
		&(struct q_search_tokens_delete_in){
			.event_id = tx_event_id(tx), .kind = "submission", .id = s->id},
		NULL, err));
	for (size_t i = 0; i < n; i++)
		TRY(q_search_token_insert(tx,
			&(struct q_search_token_insert_in){
				.event_id = tx_event_id(tx),
				.token = tokens[i],
				.kind = "submission",
				.id = s->id,
			},
			NULL, err));
	return OK;
}

static enum rc version_freeze(struct tx *tx, const struct submission_save *s, int64_t version,
	struct err *err)
{
	int64_t event_id = tx_event_id(tx);

	TRY(q_version_copy(tx,
		&(struct q_version_copy_in){
			.event_id = event_id,
			.submission_id = s->id,
			.version = version,
			.saved_at = tx_now_ms(tx),
		},
		NULL, err));
	TRY(q_version_themes_copy(tx,
		&(struct q_version_themes_copy_in){
			.event_id = event_id, .submission_id = s->id, .version = version},
		NULL, err));
	TRY(q_version_authors_copy(tx,
		&(struct q_version_authors_copy_in){
			.event_id = event_id, .submission_id = s->id, .version = version},
		NULL, err));
	return q_submission_sent(tx,
		&(struct q_submission_sent_in){
			.event_id = event_id,
			.id = s->id,
			.version = version,
			.submitted_at = s->now_ms,
		},
		NULL, err);
}

static enum rc receipt_queue(struct tx *tx, const struct submission_save *s, struct err *err)
{
	const char *email = s->actor->account_id ? s->actor->email : s->claim_email;
	const char *name = s->actor->account_id ? s->actor->name : s->claim_name;

	if (text_is_empty(email))
		return OK;
	return mail_queue(tx,
		&(struct mail){
			.template_name = "submission_received",
			.submission_id = s->id,
			.person_id = s->actor->person_id,
			.to_name = name,
			.to_email = email,
			.values = (struct mail_value[]){{"title", s->text->title}, {"code", s->code},
				{"link", s->url}},
			.n_values = 3,
		},
		err);
}

static enum rc draft_send(struct tx *tx, const struct submission_save *s, struct err *err)
{
	struct q_submission_standing now;
	bool found;

	if (call_phase_at(s->call, s->now_ms) != CALL_OPEN)
		return err_set(err, CONFLICT, "The call is closed. Your draft is kept, but it can no "
					      "longer be sent");
	TRY(submission_check(s->call, s->text, err));
	TRY(q_submission_standing(tx_db(tx), tx_arena(tx),
		&(struct q_submission_standing_in){
			.event_id = tx_event_id(tx),
			.code = s->code,
			.actor_id = s->actor->person_id,
		},
		&now, &found, err));
	if (text_equal(now.state, "withdrawn"))
		return err_set(err, CONFLICT, "This submission was withdrawn; restore it first");
	TRY(authors_become_people(tx, s, err));
	TRY(version_freeze(tx, s, now.version + 1, err));
	TRY(search_write(tx, s, err));
	TRY(receipt_queue(tx, s, err));
	return audit_write(tx, s->actor->person_id, "submission.send", s->code, NULL, err);
}

/* ---- the acts ---- */

enum rc submission_save(struct tx *tx, void *arg, struct err *err)
{
	/* A copy: the function may run again, and a new row's id is made inside. */
	struct submission_save s = *(struct submission_save *)arg;
	struct actor actor = *s.actor;

	if (actor.account_id)
		TRY(person_of_account(tx, actor.account_id, &actor.person_id, err));
	s.actor = &actor;
	if (s.id)
		TRY(draft_change(tx, &s, err));
	else
		TRY(draft_create(tx, &s, actor.person_id, err));
	TRY(themes_write(tx, &s, err));
	TRY(authors_write(tx, &s, err));
	return s.is_sent ? draft_send(tx, &s, err) : OK;
}

enum rc submission_withdraw(struct tx *tx, void *arg, struct err *err)
{
	const struct submission_act *act = arg;
	int64_t n;

	TRY(q_submission_withdrawn(tx,
		&(struct q_submission_withdrawn_in){
			.event_id = tx_event_id(tx),
			.id = act->submission->row.id,
			.withdrawn_at = act->now_ms,
		},
		&n, err));
	if (!n)
		return err_set(err, CONFLICT, "Only a submission that was sent can be withdrawn");
	return audit_write(tx, act->actor->person_id, "submission.withdraw",
		act->submission->row.code, NULL, err);
}

enum rc submission_restore(struct tx *tx, void *arg, struct err *err)
{
	const struct submission_act *act = arg;
	const struct q_submission_standing *row = &act->submission->row;

	if (!text_equal(row->state, "withdrawn"))
		return err_set(err, CONFLICT, "This submission was not withdrawn");
	if (act->now_ms > row->closes_at)
		return err_set(err, CONFLICT,
			"The call is closed. Write to the organisers to bring it back");
	TRY(q_submission_sent(tx,
		&(struct q_submission_sent_in){
			.event_id = tx_event_id(tx),
			.id = row->id,
			.version = row->version,
			.submitted_at = row->submitted_at,
		},
		NULL, err));
	return audit_write(tx, act->actor->person_id, "submission.restore", row->code, NULL, err);
}

enum rc submission_attach(struct tx *tx, void *arg, struct err *err)
{
	const struct submission_attach *f = arg;

	TRY(q_submission_file_insert(tx,
		&(struct q_submission_file_insert_in){
			.event_id = tx_event_id(tx),
			.id = tx_id(tx),
			.code = f->code,
			.submission_id = f->submission->row.id,
			.kind = f->kind,
			.sha256 = f->sha256,
			.file_name = f->file_name,
			.mime_type = f->mime_type,
			.size_bytes = f->size_bytes,
			.uploaded_at = tx_now_ms(tx),
			.uploaded_by_id = f->actor->person_id,
		},
		NULL, err));
	return audit_write(tx, f->actor->person_id, "submission.attach", f->submission->row.code,
		NULL, err);
}
